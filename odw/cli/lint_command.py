"""``odw lint PATH…``"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from odw.cli.script import read_bytes, read_script, script_path
from odw.cli.terminal import count_findings, note, say
from odw.errors import ScriptRejected, UsageError

if TYPE_CHECKING:
    from odw.diagnostics import Diagnostic

ERRORS = 3
# Directories that hold no workflows of one's own.
_SKIPPED = frozenset({"node_modules", "__pycache__", "venv", "dist", "build"})
_HIDDEN_BUT_READ = frozenset({".odw", ".claude"})


def lint_command(values: dict[str, Any]) -> int:
    """Check every script named; returns 3 when one has errors."""
    files = [file for path in values["paths"] for file in _scripts(path)]
    findings: list[Diagnostic] = []
    for file in files:
        findings.extend(_check(file))
    _SHOW[values["format"]](findings, len(files))
    if values["fix"]:
        note("nothing to fix: none of the findings can be mended without a decision of yours")
    return ERRORS if any(d.severity == "error" for d in findings) else 0


def _check(file: str) -> list[Diagnostic]:
    if file.endswith(".py"):
        return _check_python(file)
    from odw.transpile.driver import check_script

    try:
        return list(check_script(read_script(file)).diagnostics)
    except ScriptRejected as rejected:
        return list(rejected.diagnostics)


def _check_python(file: str) -> list[Diagnostic]:
    from odw.dsl.checks import check_text

    return check_text(read_bytes(file), file)


def _scripts(path: str) -> Iterator[str]:
    """The file itself, or every .js and every .py with a workflow below a directory, in a stable order."""
    if not os.path.isdir(path):  # noqa: PTH112 - a str, as the messages show it
        yield path if path == "-" else script_path(path)
        return
    found = False
    for folder, below, names in os.walk(path):
        below[:] = sorted(name for name in below if _is_read(folder, name))
        for name in sorted(names):
            file = str(Path(folder, name))
            if name.endswith(".js") or (name.endswith(".py") and _has_workflow(file)):
                found = True
                yield file
    if not found:
        raise UsageError(
            f"no workflow below {path}: no .js file, no .py file with @odw.workflow",
            hint="Name the script itself.",
        )


_WORKFLOW = re.compile(rb"^\s*@(odw\.)?workflow\b", re.MULTILINE)


def _has_workflow(file: str) -> bool:
    data = read_bytes(file)
    return b"odw" in data and _WORKFLOW.search(data) is not None


def _is_read(folder: str, name: str) -> bool:
    if name.startswith("."):
        return name in _HIDDEN_BUT_READ
    return name not in _SKIPPED and not (name == "runs" and Path(folder).name == ".odw")


def _show_text(findings: list[Diagnostic], files: int) -> None:
    from odw.diagnostics import render_text

    for diagnostic in findings:
        say(render_text(diagnostic))
    note(f"{count_findings(findings)} in {files} file{'' if files == 1 else 's'}")


def _show_json(findings: list[Diagnostic], files: int) -> None:
    from odw.diagnostics import to_report

    say(json.dumps(to_report(findings, files), ensure_ascii=False, indent=2))


def _show_sarif(findings: list[Diagnostic], files: int) -> None:
    from odw import __version__
    from odw.diagnostics import to_sarif
    from odw.dsl.rule_pages import python_summaries
    from odw.transpile.rules.document import summaries

    pages = {**summaries(), **python_summaries()}
    say(json.dumps(to_sarif(findings, __version__, pages), ensure_ascii=False, indent=2))


def _show_github(findings: list[Diagnostic], files: int) -> None:
    from odw.diagnostics import render_github

    for diagnostic in findings:
        say(render_github(diagnostic))


_SHOW = {"text": _show_text, "json": _show_json, "sarif": _show_sarif, "github": _show_github}
