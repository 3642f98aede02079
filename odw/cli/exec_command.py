"""``odw exec SCRIPT``: run a workflow, or go on with a run under a given script."""

from __future__ import annotations

import sys
from typing import Any

from odw.cli.launch import Surroundings, launch, project_of
from odw.cli.terminal import note, say
from odw.cli.workflow_args import workflow_args
from odw.errors import UsageError
from odw.loader import ABSENT, Loader


def exec_command(values: dict[str, Any]) -> int:
    """Run a workflow and print what it comes to; returns the exit code."""
    word = _script(values)
    if values["resume"] is not None:
        return _resume(values, word)
    args, remarks = workflow_args(values, ABSENT)
    for remark in remarks:
        note(remark)
    here = Surroundings(values, project_of(values))
    backend = here.backend()
    program = Loader(here.project, here.settings).load(word, sys.stdin.buffer.read() if word == "-" else None)
    if values["dry_run"]:
        return _dry_run(values, here, args, program, backend)
    options = here.options(args, program.meta, run_id=run_id_of(values["run_id"]))
    if not confirmed(values, here, program, options):
        return 2
    if values["detach"]:
        from odw.cli.detach import detach_run
        from odw.cli.options import EXEC

        return detach_run(EXEC, values, options)
    return launch(program, options, backend, values)


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
    if values["dry_run"] and values["detach"]:
        raise UsageError("--dry-run leaves no run behind", hint="Leave out --detach.")
    if given[0] == "-" and values["detach"]:
        raise UsageError("--detach needs a script that can be read again: not standard input")
    return str(given[0])


def _resume(values: dict[str, Any], word: str) -> int:
    from odw.cli.resume_command import resume_run

    for name, flag in (("dry_run", "--dry-run"), ("run_id", "--run-id")):
        if values[name]:
            raise UsageError(f"--resume and {flag} exclude each other")
    backend = values["backend"] if values["backend"] != "native" else None
    return resume_run({**values, "run": values["resume"], "script": word, "backend": backend, "check": False})


def run_id_of(given: str | None) -> str | None:
    import re

    if given is not None and (
        not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}", given) or given == "latest"
    ):
        raise UsageError(
            f"--run-id: expected up to 64 letters, digits, dots, dashes and underscores, the first a letter or digit, found {given!r}"
        )
    return given


def _dry_run(values: dict[str, Any], here: Surroundings, args: Any, program: Any, backend: Any) -> int:
    """The run's files go to a directory that is gone afterwards."""
    import tempfile
    from pathlib import Path

    with tempfile.TemporaryDirectory(prefix="odw-dry-run-") as place:
        return launch(program, here.options(args, program.meta, Path(place), dry_run=True), backend, values)


def confirmed(values: dict[str, Any], here: Surroundings, program: Any, options: Any) -> bool:
    """``--confirm-above N``: on a terminal, whether the person agrees to a run of more than N calls."""
    limit = here.settings.value_of("confirm_above")
    if limit is None or values["yes"] or values["detach"] or not sys.stdin.isatty():
        return True
    from odw.executors import mock_backend
    from odw.runtime.estimate import count_calls

    count = count_calls(program, options, mock_backend(values.get("mock_file")))
    if count <= limit:
        return True
    say(f"odw: a dry run makes {count} agent calls, more than {limit}. Run it? [y/N] ", sys.stderr)
    return sys.stdin.readline().strip().lower() in ("y", "yes")
