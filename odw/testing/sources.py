"""What a test calls a workflow: a function, a path, a module, a saved name or the text of a script."""

from __future__ import annotations

import inspect
import re
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from odw.dsl.modules import program_of
from odw.dsl.workflows import Workflow, workflow
from odw.errors import UsageError
from odw.loader import Loader
from odw.settings import load_settings

if TYPE_CHECKING:
    from odw.loader import WorkflowProgram

_MODULE = re.compile(r"([A-Za-z_][\w.]*):([A-Za-z_][\w-]*)\Z")
_SCRIPT = re.compile(r"\s*export\s+const\s+meta\b")
_PYTHON = re.compile(r"^\s*(?:@odw\.|import |from \w+ import |async def )", re.MULTILINE)


def load(source: Any, folders: Sequence[Path], home: Path) -> WorkflowProgram:
    """The workflow, ready to run. Paths and names are looked for from each of ``folders``, in order; the last is the project.

    Raises UsageError, ScriptRejected, WorkflowError.
    """
    root = folders[-1]
    loader = Loader(root, load_settings(environ={"ODW_NO_CACHE": "1"}), home)
    if isinstance(source, Workflow):
        return program_of(source, root, loader._load_for_python)
    if inspect.iscoroutinefunction(source):
        return program_of(workflow(source), root, loader._load_for_python)
    if isinstance(source, Path):
        source = str(source)
    if not isinstance(source, str):
        raise UsageError(
            f"expected a workflow, found {type(source).__name__}",
            hint="A @odw.workflow function, a path, module:function, the name of a saved one, or the text of a script.",
        )
    if "\n" in source or _SCRIPT.match(source):
        shown = "workflow.py" if _PYTHON.search(source) and "export const" not in source else "workflow.js"
        return loader.load_text(inspect.cleandoc(source).encode(), shown, root)
    module = _MODULE.match(source)
    if module is not None and not module[1].endswith(".py"):
        found = getattr(import_module(module[1]), module[2], None)
        if found is None:
            raise UsageError(f"the module {module[1]} has no {module[2]!r}")
        return load(found, folders, home)
    file, _, _ = source.partition(":")
    for folder in folders:
        if (folder / file).is_file():
            return loader.load(_shown(folder / source))
    return loader.load(source)


def _shown(path: Path) -> str:
    """As people know it: from the current directory, where it is in there."""
    here = Path.cwd()
    return str(path.relative_to(here) if path.is_relative_to(here) else path)
