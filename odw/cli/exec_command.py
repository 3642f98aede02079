"""``odw exec SCRIPT``: run a workflow, or go on with a run under a given script."""

from __future__ import annotations

import sys
from typing import Any

from odw.cli.launch import Surroundings, launch, project_of
from odw.cli.terminal import note, say
from odw.cli.workflow_args import check_inputs, with_parameters, workflow_args
from odw.errors import UsageError
from odw.loader import ABSENT, Loader


def exec_command(values: dict[str, Any]) -> int:
    """Run a workflow and print what it comes to; returns the exit code."""
    if values["resume"] is not None:
        return _resume(values)
    word = _script(values)
    args, remarks = workflow_args(values, ABSENT)
    for remark in remarks:
        note(remark)
    here = Surroundings(values, project_of(values))
    backend = here.backend()
    stdin = sys.stdin.buffer.read() if word == "-" else None
    program = Loader(here.project, here.settings).load(word, stdin, values.get("workflow"))
    if values.get("parameters"):
        args = with_parameters(values, program, args)
    program.check_args(args)
    if values["dry_run"]:
        from odw.cli.dry_run import show_dry_run

        return show_dry_run(values, here, args, program)
    options = here.options(args, program.meta, run_id=run_id_of(values["run_id"]))
    if not confirmed(values, here, program, options):
        return 2
    if values["detach"]:
        from odw.cli.detach import detach_run
        from odw.cli.options import EXEC

        return detach_run(EXEC, values, options)
    return launch(program, options, backend, values)


def _script(values: dict[str, Any]) -> str:
    word = _given_script(values)
    if word is None:
        raise UsageError("SCRIPT is missing", hint="See: odw exec --help")
    if values["dry_run"] and values["detach"]:
        raise UsageError("--dry-run leaves no run behind", hint="Leave out --detach.")
    check_inputs(word, values)
    return word


def _given_script(values: dict[str, Any]) -> str | None:
    given = [word for word in (values["script"], values["script_option"]) if word is not None]
    if len(given) > 1:
        raise UsageError(
            f"two scripts are given: {given[0]} and --script {given[1]}", hint="Use one of them."
        )
    return given[0] if given else None


def _resume(values: dict[str, Any]) -> int:
    """With SCRIPT the run goes on with that, edited as it may be; without, with what it recorded."""
    from odw.cli.resume_command import resume_run

    for name, flag in (("dry_run", "--dry-run"), ("run_id", "--run-id")):
        if values[name]:
            raise UsageError(f"--resume and {flag} exclude each other")
    backend = values["backend"] if values["backend"] != "native" else None
    script = _given_script(values)
    return resume_run(
        {**values, "run": values["resume"], "script": script, "backend": backend, "check": False}
    )


def run_id_of(given: str | None) -> str | None:
    import re

    if given == "latest":
        raise UsageError("--run-id: latest is what the newest run is called", hint="Give it another id.")
    if given is not None and not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}", given):
        raise UsageError(
            f"--run-id: expected up to 64 letters, digits, dots, dashes and underscores, the first a letter or digit, found {given!r}"
        )
    return given


def confirmed(values: dict[str, Any], here: Surroundings, program: Any, options: Any) -> bool:
    """``--confirm-above N``: on a terminal, whether the person agrees to a run of more than N calls."""
    limit = here.settings.value_of("confirm_above")
    if limit is None or values["yes"] or values["detach"] or not sys.stdin.isatty():
        return True
    from odw.runtime.dry_run import count_calls, stand_in

    count = count_calls(program, options, stand_in(here.backend(), here.mock()))
    if count <= limit:
        return True
    say(f"odw: a dry run makes {count} agent calls, more than {limit}. Run it? [y/N] ", sys.stderr)
    agreed = sys.stdin.readline().strip().lower() in ("y", "yes")
    if not agreed:
        note("not run")
    return agreed
