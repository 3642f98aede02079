"""``odw exec SCRIPT --dry-run``: what a run would do, told as a run is told, on the mock and without leaving a trace."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from odw.cli.launch import show_outcome
from odw.cli.terminal import PlainProgress, say, show_findings
from odw.runtime import events
from odw.runtime.dry_run import dry_run
from odw.runtime.options import RunOutcome
from odw.runtime.state import StateFold

if TYPE_CHECKING:
    from odw.cli.launch import Surroundings
    from odw.loader import WorkflowProgram


def show_dry_run(values: dict[str, Any], here: Surroundings, args: Any, program: WorkflowProgram) -> int:
    """Rehearse ``program`` in its own project; returns the exit code that a run with this ending has."""
    show_findings(program.diagnostics)
    backend, options = here.mock(), here.options(args, program.meta)
    progress = None if values["json"] else PlainProgress()
    if progress is not None:
        say("[odw] dry run: nothing is asked, nothing is written")
        say(f"[workflow] start {program.name} backend={backend.name}")
    done = dry_run(program, options, backend, progress)
    fold = StateFold()
    for event in done.events:
        fold.on_event(event)
    census = fold.census.to_json()
    if progress is not None:
        progress.on_event(
            events.workflow_done(program.name, done.result, len(done.calls), census)
            if done.error is None
            else events.workflow_error(program.name, done.status, done.error.message)
        )
    outcome = RunOutcome(done.status, done.result, done.error, "", "", census, fail_on=options.fail_on)
    show_outcome(outcome, values, None)
    return outcome.exit_code
