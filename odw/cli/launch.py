"""What exec, resume and fork have in common: from options to a run, and from its outcome to what is printed."""

from __future__ import annotations

import os
import sys
from json import dumps
from pathlib import Path
from typing import TYPE_CHECKING, Any

from odw.cli.backend import choose_backend
from odw.cli.terminal import PlainProgress, note, say, show_error, show_findings
from odw.errors import UsageError
from odw.loader import run_workflow
from odw.runtime.budget_limits import BudgetLimit, Limits, budget_limits, budget_text, raised
from odw.runtime.options import RunOptions
from odw.settings import Settings, load_settings
from odw.settings_file import read_project_file

if TYPE_CHECKING:
    from collections.abc import Mapping

    from odw.runtime.abc import Backend
    from odw.runtime.options import RunOutcome
    from odw.transpile.host_defined.program import ScriptProgram

# What run.json keeps of the command line, so that a resume can use it again.
RECORDED = (
    "backend", "mock_file", "concurrency", "max_agents", "budget", "budget_policy", "model", "effort", "timeout", "grace",
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

    def backend(self) -> Backend:
        """Who answers the calls. Raises UsageError."""
        return choose_backend(dict(self.values), self.file)

    def options(
        self, args: Any, meta: Any, place: Path | None = None, before: BudgetLimit | None = None, **more: Any
    ) -> RunOptions:
        """The run's options. ``before`` is the budget that ``+200k`` adds to; ``place`` has the ``.odw`` of the run."""
        values, value_of = self.values, self.settings.value_of
        limits = self._limits(args, meta, before)
        recorded = {name: values[name] for name in RECORDED if values.get(name)}
        if limits.run is not None and values.get("budget") is not None:
            recorded["budget"] = budget_text(limits.run)
        if recorded.get("mock_file"):
            recorded["mock_file"] = str(Path(recorded["mock_file"]).absolute())
        return RunOptions(
            project=str(place or self.project),
            args=args,
            concurrency=value_of("concurrency"),
            max_agents=value_of("max_agents"),
            max_attempts=value_of("max_attempts"),
            on_failure=value_of("on_failure"),
            budget=limits if any(limits) else None,
            model=values.get("model"),
            effort=values.get("effort"),
            timeout_ms=_milliseconds(values.get("timeout")),
            slice_s=value_of("script_slice_s"),
            memory_mb=value_of("script_memory_mb"),
            recorded=recorded,
            policy=value_of("policy"),
            budget_policy=value_of("budget_policy"),
            fail_on=value_of("fail_on"),
            grace_s=value_of("grace_s"),
            keep_worktrees=bool(values.get("keep_worktrees")),
            per_runtime=_per_runtime(self.file),
            prices=self.file.get("prices", {}),
            **more,
        )

    def _limits(self, args: Any, meta: Any, before: BudgetLimit | None) -> Limits:
        given = self.values.get("budget")
        if given is None or not given.strip().startswith("+"):
            return budget_limits(given, args, meta, self.file)
        limits = budget_limits(None, args, meta, self.file)
        return limits._replace(run=raised(before or limits.run, given))


def _per_runtime(project_file: Mapping[str, Any]) -> dict[str, int]:
    runtimes = project_file.get("runtimes", {})
    return {name: entry["concurrency"] for name, entry in runtimes.items() if "concurrency" in entry}


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


def launch(program: ScriptProgram, options: RunOptions, backend: Backend, values: Mapping[str, Any]) -> int:
    """Run a workflow here and now, print what it comes to; returns the exit code."""
    show_findings(program.compiled.diagnostics)
    sink = None if values["json"] else PlainProgress()
    outcome = run_workflow(program, options, backend, sink)
    report = None if values["no_report"] or options.dry_run else _write_report(outcome)
    show_outcome(outcome, values, report)
    return outcome.exit_code


def _write_report(outcome: RunOutcome) -> Path | None:
    """The report; a full disk or the like costs the report, never the result."""
    from odw.report.render import write_report

    try:
        return write_report(Path(outcome.run_dir))
    except OSError as error:
        note(f"the report could not be written: {error.strerror}")
        return None


def show_outcome(outcome: RunOutcome, values: Mapping[str, Any], report: Path | None) -> None:
    """The last lines: census, report, the result or the error, and what to do next."""
    if not values["json"]:
        say(f"[census] {census_line(outcome.census)}")
        if report is not None:
            say(f"[odw] report={os.path.relpath(report)}")
    if outcome.error is not None:
        show_error(outcome.error)
        if outcome.hint:
            say(f"  {outcome.hint}", sys.stderr)
    elif values["json"]:
        say(dumps(outcome.result, ensure_ascii=False, separators=(",", ":")))
    if outcome.status == "completed" and outcome.fail_on == "partial" and outcome.partial:
        note("some calls failed or were dropped, which --fail-on partial makes the exit code 1")
    if values["open"] and report is not None:
        import webbrowser

        webbrowser.open(report.absolute().as_uri())


def census_line(census: Mapping[str, Any]) -> str:
    """``3 succeeded, 2 replayed, 1 failed (timeout 1)``; only what is not zero."""
    parts = [f"{census.get('succeeded', 0)} succeeded"]
    for name in ("replayed", "retried", "failed", "skipped", "dropped"):
        if census.get(name):
            parts.append(f"{census[name]} {name}")
        if name == "failed" and census.get("failedByCategory"):
            kinds = ", ".join(f"{kind} {n}" for kind, n in sorted(census["failedByCategory"].items()))
            parts[-1] += f" ({kinds})"
    return ", ".join(parts)
