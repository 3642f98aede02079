"""The last pass: a Python tree becomes a code object.

ast.Module(workflow) -> CompiledScript(code, meta, file, lines, diagnostics); ``load`` makes its coroutine function.

Nothing is registered anywhere when a script is compiled, so that compiled scripts can be cached and compared.
"""

from __future__ import annotations

import sys
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from types import CodeType
from typing import TYPE_CHECKING, Any, Final, NamedTuple

if TYPE_CHECKING:
    import ast  # not at run time: a run from the cache does without

    from odw.diagnostics import Diagnostic

_FRAMES: Final = 60_000  # Python frames for walks over deep trees; pure Python calls use no C stack


class CompiledScript(NamedTuple):
    """A script ready to run. ``meta`` is its literal as JSON; ``lines`` the source's, for messages; ``diagnostics`` what
    lint found that does not keep it from running."""

    code: CodeType
    meta: Mapping[str, Any]
    file: str
    lines: tuple[str, ...]
    diagnostics: tuple[Diagnostic, ...] = ()


@contextmanager
def deep_recursion() -> Iterator[None]:
    """Within the block, Python may recurse as deep as trees of long scripts are."""
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(max(limit, _FRAMES))
    try:
        yield
    finally:
        sys.setrecursionlimit(limit)


def compile_module(module: ast.Module, file: str) -> CodeType:
    """The code object of a script's module; ``file`` is its ``co_filename``, which tracebacks and positions name."""
    with warnings.catch_warnings():
        warnings.simplefilter(
            "ignore"
        )  # Python comments on code nobody wrote: "is" with a literal, return in finally
        return compile(module, file, "exec", dont_inherit=True, optimize=0)


def load(compiled: CompiledScript) -> dict[str, Any]:
    """Run the module level of a compiled script; returns its namespace, whose ``workflow`` is the coroutine function.

    Call it with the realm active. Registers the script's lines, so that errors and tracebacks show them.
    """
    import linecache

    from odw.ecma import positions
    from odw.ecma.abi import ABI

    lines = list(compiled.lines)
    positions.register_script(compiled.file, lines)
    linecache.cache[compiled.file] = (
        sum(len(line) + 1 for line in lines),
        None,
        [f"{line}\n" for line in lines],
        compiled.file,
    )
    namespace: dict[str, Any] = {**ABI, "__builtins__": {}}
    exec(compiled.code, namespace)
    return namespace
