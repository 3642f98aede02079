"""A file of Python as a module, and the workflow that is meant in it. The code is the author's own: nothing confines it."""

from __future__ import annotations

import hashlib
import linecache
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

from odw.dsl.children import LoadChild
from odw.dsl.places import report_of
from odw.dsl.program import PythonProgram
from odw.dsl.syntax_errors import syntax_finding
from odw.dsl.workflows import Workflow
from odw.errors import ScriptRejected, UsageError, WorkflowError


def load_program(
    data: bytes, shown: str, base: Path, load_child: LoadChild, wanted: str | None = None
) -> PythonProgram:
    """The workflow in a file's text, ready to run; its sub-workflows come from ``load_child``. Raises as the functions below."""
    workflow = load_workflow(data, shown, base / Path(shown).name, wanted)
    return PythonProgram(workflow, data.decode("utf-8-sig", "replace"), shown, load_child)


def program_of(
    workflow: Workflow[Any, Any], project: Path, load_child: Callable[[Path], LoadChild]
) -> PythonProgram:
    """The program of a workflow that is imported already, with the text of its file; ``load_child(base)`` as above."""
    import inspect

    path = Path(inspect.getsourcefile(inspect.unwrap(workflow.fn)) or workflow.fn.__code__.co_filename)
    try:
        source = path.read_text("utf-8-sig")
    except OSError:  # typed into a prompt
        source = ""
    path = path.absolute()
    shown = str(path.relative_to(project)) if path.is_relative_to(project) else str(path)
    return PythonProgram(workflow, source, shown, load_child(path.parent))


def load_workflow(data: bytes, shown: str, path: Path, wanted: str | None = None) -> Workflow[Any, Any]:
    return choose_workflow(load_module(data, shown, str(path.absolute())), shown, wanted)


def load_module(data: bytes, shown: str, file: str) -> ModuleType:
    """Execute a file's text as a module of a name of its own, importable files beside it included.

    ``file`` is its absolute path (messages and tracebacks name it), ``shown`` the one people know. Raises ScriptRejected for text
    that does not parse, WorkflowError for what it raises.
    """
    try:
        code = compile(data, file, "exec", dont_inherit=True)
    except SyntaxError as error:
        raise _rejected(error, shown) from None
    except ValueError as error:  # a null byte
        raise ScriptRejected(f"{shown}: {error}", [syntax_finding(shown, SyntaxError(str(error)))]) from None
    name = f"odw_workflow_{hashlib.sha256(file.encode('utf-8', 'replace') + data).hexdigest()[:16]}"
    module = ModuleType(name)
    module.__file__ = file
    text = data.decode("utf-8-sig", "replace")
    linecache.cache[file] = (len(text), None, text.splitlines(keepends=True), file)
    folder = str(Path(file).parent)
    if folder not in sys.path:
        sys.path.insert(0, folder)
    sys.modules[name] = module  # classes look up their module when they are made
    try:
        exec(code, module.__dict__)
    except (Exception, SystemExit) as error:
        del sys.modules[name]
        message = f"{type(error).__name__}: {error}"
        raise WorkflowError(
            f"{shown} cannot be imported: {message}", report=report_of(error, message), code="import_error"
        ) from error
    return module


def choose_workflow(module: ModuleType, shown: str, wanted: str | None = None) -> Workflow[Any, Any]:
    """The workflow of a module: the one named ``wanted`` (by function or by name), else the only one that the file defines.

    Raises UsageError that lists what there is.
    """
    found = {
        name: value
        for name, value in vars(module).items()
        if isinstance(value, Workflow) and value.fn.__module__ == module.__name__
    }
    if wanted is not None:
        imported = {name: value for name, value in vars(module).items() if isinstance(value, Workflow)}
        for name, value in imported.items():
            if wanted in (name, value.name):
                return value
        raise UsageError(f"{shown} has no workflow {wanted!r}", hint=_listing(imported))
    if len(found) == 1:
        return next(iter(found.values()))
    if not found:
        raise UsageError(
            f"{shown} defines no workflow",
            hint="Decorate an async function with @odw.workflow.",
        )
    raise UsageError(
        f"{shown} defines {len(found)} workflows", hint=f"Name one with --workflow. {_listing(found)}"
    )


def _listing(found: dict[str, Workflow[Any, Any]]) -> str:
    names = ", ".join(sorted({value.name for value in found.values()}))
    return (
        f"There are: {names}." if names else "It defines none: decorate an async function with @odw.workflow."
    )


def _rejected(error: SyntaxError, shown: str) -> ScriptRejected:
    finding = syntax_finding(shown, error)
    return ScriptRejected(f"{shown}:{finding.span.line}: {finding.message}", [finding])
