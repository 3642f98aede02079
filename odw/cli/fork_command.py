"""``odw fork RUN``: a new run over the results of another."""

from __future__ import annotations

from typing import Any

from odw.cli.exec_command import run_id_of
from odw.cli.launch import launch, project_of
from odw.cli.resume_command import Resumption
from odw.cli.terminal import note
from odw.cli.workflow_args import check_inputs
from odw.runtime.clock import SystemClock
from odw.runtime.fork import fork_run
from odw.runtime.journal.reader import read_journal
from odw.runtime.run_dir import RunDir, new_run_id
from odw.runtime.run_store import find_run


def fork_command(values: dict[str, Any]) -> int:
    """``odw fork``; returns the exit code of the new run."""
    check_inputs(values["script"], values)
    source = find_run(project_of(values), values["run"])
    resumption = Resumption({**values, "policy": None}, source, "fork")
    clock = SystemClock()
    target = RunDir(source.project, run_id_of(values["run_id"]) or new_run_id(clock.wall()))
    options, backend = resumption.options(resume_from=target.run_id), resumption.here.backend()
    journal = read_journal(source.file("events.jsonl"))
    kept = fork_run(source, journal.events, target, clock, values["from_node"], values["rerun"])
    if not values["json"]:
        results = "1 result" if kept == 1 else f"{kept} results"
        note(f"run {target.run_id} begins with {results} of {source.run_id}")
    resumption.here.remark_on_budget()
    if values["detach"]:
        from odw.cli.detach import detach_run
        from odw.cli.options import RESUME

        return detach_run(RESUME, {**values, "run": target.run_id, "check": False, "policy": None}, options)
    return launch(resumption.program, options, backend, values)
