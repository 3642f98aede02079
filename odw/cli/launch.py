"""What exec, resume and fork have in common: from options to a run, and from its outcome to what is printed."""

from __future__ import annotations

import os
import sys
from json import dumps
from pathlib import Path
from typing import TYPE_CHECKING, Any

from odw.cli.live.progress import JsonProgress, LiveTree, choose_progress
from odw.cli.next_step import resume_words, run_words
from odw.cli.terminal import PlainProgress, note, say, say_line, show_error, show_findings
from odw.errors import UsageError
from odw.executors.choice import choose_backend, pandacode_program
from odw.loader import run_options, run_workflow
from odw.runtime.budget_limits import COST, BudgetLimit, Limits, budget_limits, budget_text, raised
from odw.runtime.call_path import phase_titles
from odw.settings import Settings, load_settings
from odw.settings_file import read_project_file

if TYPE_CHECKING:
    from collections.abc import Mapping

    from odw.loader import WorkflowProgram
    from odw.runtime.abc import Backend, EventSink
    from odw.runtime.options import RunOptions, RunOutcome

# What run.json keeps of the command line, so that a resume can use it again.
RECORDED = (
    "backend", "mock_file", "pandacode_bin", "concurrency", "max_agents", "budget", "budget_policy", "model", "effort", "timeout", "grace",
    "on_failure", "fail_on", "keep_worktrees",
)  # fmt: skip
_SETTINGS = ("concurrency", "max_agents", "on_failure", "budget_policy", "fail_on", "confirm_above", "policy")


class Surroundings:
    """The project's directory, its odw.toml, and the settings that follow from both, the environment and the flags."""

    def __init__(self, values: Mapping[str, Any], project: Path) -> None:
        self.values = values
        self.project = project
        self.file = read_project_file(project)
        flags = {name: values.get(name) for name in _SETTINGS}
        flags["grace_s"] = values.get("grace")
        self.settings: Settings = load_settings(flags, toml=self.file)
        self._budgets: tuple[BudgetLimit | None, BudgetLimit | None] = None, None

    def backend(self) -> Backend:
        """Who answers the calls. Raises UsageError."""
        return choose_backend(dict(self.values), self.file)

    def mock(self) -> Backend:
        """The mock executor under every name that the workflow may give: for rehearsals, where nobody else is asked."""
        from odw.executors import mock_backend

        return mock_backend(self.values.get("mock_file"), self.file)

    def options(self, args: Any, meta: Any, before: BudgetLimit | None = None, **more: Any) -> RunOptions:
        """The run's options. ``before`` is the budget that ``+200k`` adds to."""
        values = self.values
        limits = self._limits(args, meta, before)
        recorded = {name: values[name] for name in RECORDED if values.get(name)}
        if limits.run is not None and values.get("budget") is not None:
            recorded["budget"] = budget_text(limits.run)
        if recorded.get("mock_file"):
            recorded["mock_file"] = str(Path(recorded["mock_file"]).absolute())
        if recorded.get("pandacode_bin"):
            recorded["pandacode_bin"] = pandacode_program(recorded["pandacode_bin"])
        return run_options(
            self.project,
            self.settings,
            self.file,
            args=args,
            budget=limits if any(limits) else None,
            model=values.get("model"),
            effort=values.get("effort"),
            timeout_ms=_milliseconds(values.get("timeout")),
            recorded=recorded,
            keep_worktrees=bool(values.get("keep_worktrees")),
            **more,
        )

    def _limits(self, args: Any, meta: Any, before: BudgetLimit | None) -> Limits:
        given = self.values.get("budget")
        if given is not None and given.strip().startswith("+"):
            limits = budget_limits(None, args, meta, self.file)
            before = before or limits.run
            limits = limits._replace(run=raised(before, given))
        else:
            limits = budget_limits(given, args, meta, self.file)
        self._budgets = before, limits.run
        return limits

    def remark_on_budget(self) -> None:
        """Say what ``--budget`` made of the budget that a run had: ``+100k`` does not tell what it comes to."""
        before, now = self._budgets
        if before is not None and now is not None and now != before:
            note(
                f"the budget is now {amount(now.total, now.unit)}; it was {amount(before.total, before.unit)}"
            )


def _milliseconds(timeout: Any) -> float | None:
    if timeout is None:
        return None
    try:
        seconds = float(timeout)
    except ValueError:
        seconds = 0.0
    if not 0 < seconds < float("inf"):
        raise UsageError(f"--timeout: expected a number of seconds above 0, found {timeout!r}")
    return seconds * 1000


def project_of(values: Mapping[str, Any]) -> Path:
    """``--path``, else the current directory, absolute."""
    path = values["path"]
    if path is not None and not Path(path).is_dir():
        raise UsageError(f"--path: no such directory: {path}")
    return Path(path or ".").absolute()


def launch(program: WorkflowProgram, options: RunOptions, backend: Backend, values: Mapping[str, Any]) -> int:
    """Run a workflow here and now, print what it comes to; returns the exit code."""
    show_findings(program.diagnostics)
    sink = choose_progress(values, phase_titles(program.meta))
    outcome = _run(program, options, backend, sink)
    report = None if values["no_report"] else _write_report(outcome)
    show_outcome(outcome, values, report, program.file, told=isinstance(sink, PlainProgress | JsonProgress))
    return outcome.exit_code


def _run(
    program: WorkflowProgram, options: RunOptions, backend: Backend, sink: EventSink | None
) -> RunOutcome:
    """The run itself; a live tree stays on the screen as it was at the end."""
    try:
        return run_workflow(program, options, backend, sink)
    finally:
        if isinstance(sink, LiveTree):
            sink.close()


def _write_report(outcome: RunOutcome) -> Path | None:
    """The report; a full disk or the like costs the report, never the result."""
    from odw.report.render import write_report

    try:
        return write_report(Path(outcome.run_dir))
    except OSError as error:
        note(f"the report could not be written: {error.filename or outcome.run_dir}: {error.strerror}")
        return None


def show_outcome(
    outcome: RunOutcome,
    values: Mapping[str, Any],
    report: Path | None,
    script: str = "",
    *,
    told: bool = True,
) -> None:
    """The last lines: census, report, the result or the error, and what to do next. A dry run has no ``run_dir``.

    ``told``: the progress has shown the result already.
    """
    if not values["json"]:
        if outcome.status == "completed" and not told:
            say(f"[result] {dumps(outcome.result, ensure_ascii=False, separators=(',', ':'))}")
    if not values["json"] and not values["quiet"]:
        say(f"[census] {census_line(outcome.census)}")
        if report is not None:
            say(f"[odw] report={os.path.relpath(report)}")
    if outcome.error is not None:
        message = outcome.error.message
        words = resume_words(outcome.run_dir, outcome.status, message, script) if outcome.run_dir else ""
        show_error(outcome.error)
        if words:
            say_line(f"  Resume it with: {words}", sys.stderr)
        if values["json"]:
            say(dumps(_error_json(outcome, words), ensure_ascii=False, separators=(",", ":")), sys.stderr)
    elif values["json"]:
        say(dumps(outcome.result, ensure_ascii=False, separators=(",", ":")))
    if outcome.patches and not values["json"] and not values["quiet"]:
        what = (
            "the changes of 1 agent" if outcome.patches == 1 else f"the changes of {outcome.patches} agents"
        )
        note(f"apply {what} with: odw apply {run_words(outcome.run_dir)}")
    if outcome.status == "completed" and outcome.fail_on == "partial" and outcome.partial:
        note("some calls failed or were dropped, which --fail-on partial makes the exit code 1")
    if values["open"] and report is not None:
        import webbrowser

        webbrowser.open(report.absolute().as_uri())


def _error_json(outcome: RunOutcome, words: str) -> dict[str, Any]:
    """The last line on standard error under ``--json``, when there is no result to print."""
    error = outcome.error
    assert error is not None
    return {
        "status": outcome.status,
        "exitCode": outcome.exit_code,
        "error": {"code": getattr(error, "code", outcome.status), "message": error.message},
        "runId": outcome.run_id or None,
        "runDir": outcome.run_dir or None,
        "census": outcome.census,
        "next": words or None,
    }


def amount(number: float, unit: str) -> str:
    """``$1.20``, ``12,000 output tokens``."""
    return f"${number:.2f}" if unit == COST else f"{number:,.0f} {unit.replace('-', ' ')}"


def census_line(census: Mapping[str, Any]) -> str:
    """``3 succeeded, 2 replayed, 1 failed (timeout 1)``; only what is not zero."""
    parts = [f"{census.get('succeeded', 0)} succeeded"]
    for name in ("replayed", "retried", "failed", "skipped", "withdrawn", "dropped"):
        if census.get(name):
            parts.append(f"{census[name]} {name}")
        if name == "failed" and census.get("failedByCategory"):
            kinds = ", ".join(f"{kind} {n}" for kind, n in sorted(census["failedByCategory"].items()))
            parts[-1] += f" ({kinds})"
    return ", ".join(parts)
