"""``odw exec``: options become a run, the run's outcome becomes output and an exit code."""

from __future__ import annotations

import os
import sys
import tempfile
from json import dumps
from pathlib import Path
from typing import Any

from odw.cli.terminal import PlainProgress, note, say, show_error, show_findings
from odw.cli.workflow_args import workflow_args
from odw.errors import UsageError
from odw.executors import mock_backend
from odw.loader import ABSENT, Loader, budget_of, run_workflow
from odw.runtime.abc import Backend
from odw.runtime.options import RunOptions, RunOutcome
from odw.settings import load_settings

RECORDED = (
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
    """Run one workflow; returns the exit code."""
    word = _script(values)
    project = _project(values["path"])
    settings = load_settings(values)
    backend = _backend(values)
    args, remarks = workflow_args(values, ABSENT)
    for remark in remarks:
        note(remark)
    stdin = sys.stdin.buffer.read() if word == "-" else None
    program = Loader(project, settings).load(word, stdin)
    show_findings(program.compiled.diagnostics)
    budget = budget_of(values["budget"], args, program.meta)
    sink = None if values["json"] else PlainProgress()
    with tempfile.TemporaryDirectory(prefix="odw-dry-run-") if values["dry_run"] else _nothing() as scratch:
        options = RunOptions(
            project=scratch or str(project),
            args=args,
            concurrency=settings.value_of("concurrency"),
            max_agents=settings.value_of("max_agents"),
            max_attempts=settings.value_of("max_attempts"),
            on_failure=settings.value_of("on_failure"),
            budget=budget,
            model=values["model"],
            effort=values["effort"],
            timeout_ms=_timeout_ms(values["timeout"]),
            slice_s=settings.value_of("script_slice_s"),
            memory_mb=settings.value_of("script_memory_mb"),
            dry_run=values["dry_run"],
            recorded={name: values[name] for name in RECORDED if values[name] is not None},
        )
        outcome = run_workflow(program, options, backend, sink)
        report = None if values["no_report"] or values["dry_run"] else _write_report(outcome)
    _finish(values, outcome, report, project)
    return outcome.exit_code


class _nothing:
    """A context manager that gives None: no scratch directory."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, *exc: object) -> None:
        return None


def _script(values: dict[str, Any]) -> str:
    word, option = values["script"], values["script_option"]
    if word is not None and option is not None:
        raise UsageError("SCRIPT and --script are both given", hint="Use one of them.")
    chosen = word if word is not None else option
    if chosen is None:
        raise UsageError("no script is given", hint="For example: odw exec review.js --backend mock")
    return str(chosen)


def _project(path: str | None) -> Path:
    project = Path(path or ".")
    if not project.is_dir():
        raise UsageError(f"--path: {path} is not a directory")
    return project.resolve()


def _backend(values: dict[str, Any]) -> Backend:
    name = "mock" if values["dry_run"] else values["backend"]
    if name == "mock":
        return mock_backend(values["mock_file"])
    if values["mock_file"] is not None:
        raise UsageError("--mock-file needs --backend mock")
    if name == "native":
        raise UsageError(
            "no executor is available: this version of odw has only the embedded mock executor",
            hint="Try the workflow without spending anything: add --backend mock. "
            "Real agents (claude, codex, …) come with a later version.",
        )
    raise UsageError(
        f"--backend: {name} is not in this version",
        hint="Use --backend mock, which spends nothing; real agents come with a later version.",
    )


def _timeout_ms(text: str | None) -> float | None:
    if text is None:
        return None
    try:
        seconds = float(text)
    except ValueError:
        seconds = 0.0
    if not 0 < seconds < float("inf"):
        raise UsageError(f"--timeout: expected seconds above 0, found {text!r}")
    return seconds * 1000


def _write_report(outcome: RunOutcome) -> Path:
    from odw.report.render import write_report

    return write_report(Path(outcome.run_dir))


def _finish(values: dict[str, Any], outcome: RunOutcome, report: Path | None, project: Path) -> None:
    if values["json"] and outcome.error is None:
        # Surrogates without a partner have no UTF-8; the stream replaces them.
        sys.stdout.write(f"{dumps(outcome.result, ensure_ascii=False, separators=(',', ':'))}\n")
    if outcome.error is not None:
        show_error(outcome.error)
    if outcome.hint:
        say(f"  {outcome.hint}", sys.stderr)
    if report is not None and not values["json"]:
        shown = report.relative_to(project) if report.is_relative_to(project) else report
        say(f"[odw] report={os.fspath(shown)}")
