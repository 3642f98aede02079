"""What to type to go on with a run that has not come to its end."""

from __future__ import annotations

import os

from odw.runtime.run_dir import RunDir

_OF_A_PART = "budget of "  # … a phase or a runtime: what ``halts.BudgetExhausted`` begins with; else it is the run's own


def run_words(run_dir: str) -> str:
    """How a run is named on a command line from here: its id, with ``--path`` where that is in another project; or its directory."""
    from shlex import quote

    run = RunDir.at(run_dir)
    words = quote(run.reference)
    if run.reference == run.run_id and os.path.realpath(run.project) != os.path.realpath("."):
        words += f" --path {quote(os.path.relpath(run.project))}"
    return words


def resume_words(run_dir: str, status: str, message: str, script: str) -> str:
    """The command, with what is to be done before it; "" for a run that there is no going on with.

    ``message`` is what the run ended with, ``script`` the file that it was started from.
    """
    if status not in ("parked", "interrupted", "stopped", "dead"):
        return ""
    from shlex import quote

    resume = f"odw resume {run_words(run_dir)}"
    if status == "parked" and message.startswith(_OF_A_PART):
        return (
            f"{resume} after raising that limit in odw.toml, "
            f"or {resume} --script {quote(script)} after raising it in the script's meta"
        )
    if status == "parked" and "budget" in message:
        return f"{resume} --budget +AMOUNT"
    return resume
