"""``odw exec SCRIPT``: from options to a run, and from its outcome to what is printed."""

from __future__ import annotations

import os
import sys
from contextlib import nullcontext
from json import dumps
from pathlib import Path
from typing import TYPE_CHECKING, Any

from odw.cli.backend import choose_backend
from odw.cli.terminal import PlainProgress, note, say, show_error, show_findings
from odw.cli.workflow_args import workflow_args
from odw.errors import UsageError
from odw.loader import ABSENT, Loader, budget_of, run_workflow
from odw.runtime.options import RunOptions
from odw.settings import Settings, load_settings

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from odw.runtime.options import RunOutcome

# What run.json keeps of the command line, so that a resume can use it again.
_RECORDED = (
    "backend",
    "mock_file",
    "concurrency",
    "max_agents",
    "budget",
    "model",
    "effort",
    "timeout",
    "on_failure",
)


def exec_command(values: dict[str, Any]) -> int:
    """Run a workflow and print what it comes to; returns the exit code."""
    word = _script(values)
    args, remarks = workflow_args(values, ABSENT)
    for remark in remarks:
        note(remark)
    project = _project(values["path"])
    settings = load_settings({name: values[name] for name in ("concurrency", "max_agents", "on_failure")})
    backend = choose_backend(values)
    program = Loader(project, settings).load(word, sys.stdin.buffer.read() if word == "-" else None)
    show_findings(program.compiled.diagnostics)
    sink = None if values["json"] else PlainProgress()
    with _place_of_runs(values, project) as place:
        options = _options(values, settings, str(place), args, program.meta)
        outcome = run_workflow(program, options, backend, sink)
        report = None if values["no_report"] or values["dry_run"] else _write_report(outcome)
    _show(outcome, values, report)
    return outcome.exit_code


def _script(values: dict[str, Any]) -> str:
    given = [word for word in (values["script"], values["script_option"]) if word is not None]
    if not given:
        raise UsageError("SCRIPT is missing", hint="See: odw exec --help")
    if len(given) > 1:
        raise UsageError(
            f"two scripts are given: {given[0]} and --script {given[1]}", hint="Use one of them."
        )
    if given[0] == "-" and values["args_file"] == "-":
        raise UsageError("the script and --args-file cannot both be standard input")
    return str(given[0])


def _project(path: str | None) -> Path:
    if path is not None and not Path(path).is_dir():
        raise UsageError(f"--path: no such directory: {path}")
    return Path(path or ".").absolute()


def _place_of_runs(values: dict[str, Any], project: Path) -> AbstractContextManager[Any]:
    """The directory whose .odw holds the run: the project, or for a dry run one that is gone afterwards."""
    if not values["dry_run"]:
        return nullcontext(project)
    import tempfile

    return tempfile.TemporaryDirectory(prefix="odw-dry-run-")


def _options(values: dict[str, Any], settings: Settings, place: str, args: Any, meta: Any) -> RunOptions:
    return RunOptions(
        project=place,
        args=args,
        concurrency=settings.value_of("concurrency"),
        max_agents=settings.value_of("max_agents"),
        max_attempts=settings.value_of("max_attempts"),
        on_failure=settings.value_of("on_failure"),
        budget=budget_of(values["budget"], args, meta),
        model=values["model"],
        effort=values["effort"],
        timeout_ms=_milliseconds(values["timeout"]),
        slice_s=settings.value_of("script_slice_s"),
        memory_mb=settings.value_of("script_memory_mb"),
        dry_run=values["dry_run"],
        recorded={name: values[name] for name in _RECORDED if values[name] is not None},
    )


def _milliseconds(timeout: str | None) -> float | None:
    if timeout is None:
        return None
    try:
        seconds = float(timeout)
    except ValueError:
        seconds = 0.0
    if not 0 < seconds < float("inf"):
        raise UsageError(f"--timeout: expected a number of seconds above 0, found {timeout!r}")
    return seconds * 1000


def _write_report(outcome: RunOutcome) -> Path | None:
    """The report; a full disk or the like costs the report, never the result."""
    from odw.report.render import write_report

    try:
        return write_report(Path(outcome.run_dir))
    except OSError as error:
        note(f"the report could not be written: {error.strerror}")
        return None


def _show(outcome: RunOutcome, values: dict[str, Any], report: Path | None) -> None:
    if report is not None and not values["json"]:
        say(f"[odw] report={os.path.relpath(report)}")
    if outcome.error is not None:
        show_error(outcome.error)
        if outcome.hint:
            say(f"  {outcome.hint}", sys.stderr)
    elif values["json"]:
        say(dumps(outcome.result, ensure_ascii=False, separators=(",", ":")))
    if values["open"] and report is not None:
        import webbrowser

        webbrowser.open(report.absolute().as_uri())
