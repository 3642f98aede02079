"""The passes, in order: parse -> bind -> meta -> lint -> lower -> emit. Each maps one frozen thing to another.

``check_script`` stops after lint; ``compile_script`` goes to the end, or takes the result from the cache, in which case neither
the parser nor the compiler is imported.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from odw.errors import ScriptRejected
from odw.transpile.emit import CompiledScript, deep_recursion

if TYPE_CHECKING:
    import ast

    from odw.diagnostics import Diagnostic
    from odw.inspection import Inspection
    from odw.transpile.analyze.meta import Meta
    from odw.transpile.analyze.scope import ScopeTable
    from odw.transpile.estree import Node
    from odw.transpile.source import Source


class CheckedScript(NamedTuple):
    """What is known about a script that parses. ``diagnostics`` in source order, suppressions applied."""

    source: Source
    program: Node
    table: ScopeTable
    meta: Meta
    diagnostics: tuple[Diagnostic, ...]


def check_script(source: Source) -> CheckedScript:
    """Parse, bind and lint. Raises ``ScriptRejected`` only for what does not parse; lint errors are in the result."""
    from odw.transpile.analyze.meta import read_meta
    from odw.transpile.analyze.scope import analyze_scopes
    from odw.transpile.rules import run_rules
    from odw.transpile.syntax import parse

    program = parse(source)
    try:
        with deep_recursion():
            table = analyze_scopes(program)
            meta = read_meta(program, source, table)
            return CheckedScript(source, program, table, meta, tuple(run_rules(program, source, table, meta)))
    except RecursionError as error:
        raise _too_deep(source) from error


def compile_script(source: Source, *, cache: Path | None = None) -> CompiledScript:
    """Compile a script, with ``cache`` as the directory of compiled scripts (None: without one).

    Raises ``ScriptRejected`` with the findings that keep it from running; the others are in the result.
    """
    from odw.transpile import cache as compiled_scripts

    key = compiled_scripts.key_of(source) if cache is not None else ""
    if cache is not None and (known := compiled_scripts.read(cache, key, source)) is not None:
        return known
    checked = check_script(source)
    compiled = _emit(checked)
    if cache is not None:
        compiled_scripts.write(cache, key, compiled)
    return compiled


def _emit(checked: CheckedScript) -> CompiledScript:
    from odw.transpile.emit import compile_module
    from odw.transpile.rules import blocks_run

    blocking = [d for d in checked.diagnostics if blocks_run(d)]
    if blocking:
        raise ScriptRejected(f"{checked.source.file}: {blocking[0].message}", blocking)
    source = checked.source
    try:
        with deep_recursion():
            code = compile_module(lower_script(checked), source.file)
    except (
        RecursionError,
        MemoryError,
        SyntaxError,
    ) as error:  # what CPython's compiler says of code too deep for it
        raise _too_deep(source) from error
    return CompiledScript(code, checked.meta.raw, source.file, tuple(source.lines), checked.diagnostics)


def _too_deep(source: Source) -> ScriptRejected:
    message = "the script is nested too deeply to compile"
    found = source.diagnostic("ODW200", "syntax-error", "error", message, 0, 0, "Split it up.")
    return ScriptRejected(f"{source.file}: {found.message}", [found])


def inspect_script(source: Source) -> Inspection:
    """What the script says about itself without being run. Raises ``ScriptRejected`` for what does not parse."""
    from odw.transpile.inspection import inspect_tree

    checked = check_script(source)
    with deep_recursion():
        return inspect_tree(checked.program, source, checked.table, checked.meta, checked.diagnostics)


def lower_script(checked: CheckedScript) -> ast.Module:
    """The Python module of a checked script."""
    from odw.transpile.lower.modules import lower_program

    with deep_recursion():
        return lower_program(checked.program, checked.source, checked.table)


def transpile_script(source: Source, form: str = "python") -> str:
    """The compiled form of a script for people: ``form`` is "python" or "ast"."""
    from odw.transpile.python_text import python_text, tree_text

    checked = check_script(source)
    module = lower_script(checked)
    with deep_recursion():
        return tree_text(module) if form == "ast" else python_text(module, checked)


def python_workflow(checked: CheckedScript) -> str:
    """The script as a workflow in Python, for people. Raises ``ScriptRejected`` for what has no form there."""
    from odw.transpile.python_workflow.module import write_workflow

    source = checked.source
    try:
        with deep_recursion():
            text = write_workflow(source, checked.program, checked.table, checked.meta)
            compile(text.encode("utf-8", "replace"), source.file, "exec", dont_inherit=True)
    except (RecursionError, MemoryError) as error:
        raise _too_deep(source) from error
    except SyntaxError as error:  # what was written is no Python: better no program than half of one
        message = f"the script cannot be written in Python by odw ({error.msg})"
        found = source.diagnostic(
            "ODW213", "no-python-form", "error", message, 0, 0, "Run the script as it is."
        )
        raise ScriptRejected(f"{source.file}: {message}", [found]) from error
    return text
