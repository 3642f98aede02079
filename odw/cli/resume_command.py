"""``odw resume RUN``: go on with a run; with ``--check``, only say what that would do."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from odw.cli.exec_command import confirmed
from odw.cli.launch import RECORDED, Surroundings, launch, project_of
from odw.cli.next_step import run_words
from odw.cli.terminal import note
from odw.cli.workflow_args import check_inputs, workflow_args
from odw.errors import UsageError
from odw.loader import ABSENT, Loader
from odw.runtime.budget_limits import BudgetLimit, parse_budget
from odw.runtime.run_facts import run_facts
from odw.runtime.run_store import find_run

if TYPE_CHECKING:
    from odw.loader import WorkflowProgram
    from odw.runtime.options import RunOptions
    from odw.runtime.run_dir import RunDir


def resume_command(values: dict[str, Any]) -> int:
    """``odw resume``; returns the exit code."""
    return resume_run(values)


def resume_run(values: dict[str, Any]) -> int:
    """Go on with ``values["run"]``: with ``values["script"]``, or the script that the run recorded."""
    check_inputs(values["script"], values)
    directory = find_run(project_of(values), values["run"])
    resumption = Resumption(values, directory)
    if values["check"]:
        from odw.cli.check_report import show_check

        return show_check(resumption)
    options = resumption.options(resume_from=directory.reference)
    resumption.here.remark_on_budget()
    if not confirmed(values, resumption.here, resumption.program, options):
        return 2
    if values["detach"]:
        from odw.cli.detach import detach_run
        from odw.cli.options import RESUME

        return detach_run(RESUME, values, options)
    return launch(resumption.program, options, resumption.here.backend(), values)


class Resumption:
    """A recorded run, and how it is to go on: its own options where none are given, its script, its args."""

    def __init__(self, values: dict[str, Any], directory: RunDir, command: str = "resume") -> None:
        """``command`` is the one that goes on with it, for messages."""
        self.directory = directory
        self.facts = run_facts(directory)
        self.values = _merged(values, self.facts.get("options", {}))
        self.here = Surroundings(self.values, Path(directory.project))
        self.args = _args(values, directory, self.facts)
        self._command = command
        self.program = self._program(values.get("script"))

    def options(self, **more: Any) -> RunOptions:
        return self.here.options(self.args, self.program.meta, before=self._budget(), **more)

    def _budget(self) -> BudgetLimit | None:
        before = self.facts.get("options", {}).get("budget")
        return parse_budget(before, "run.json: budget") if isinstance(before, str) else None

    def _program(self, given: str | None) -> WorkflowProgram:
        loader = Loader(self.here.project, self.here.settings)
        if given is not None:
            stdin = sys.stdin.buffer.read() if given == "-" else None
            return loader.load(given, stdin, self.values.get("workflow"))
        name = str(self.facts.get("script") or "script.js")
        kept = Path(self.directory.file(str(self.facts.get("scriptFile") or "script.js")))
        try:
            text = kept.read_bytes()
        except OSError as error:
            raise UsageError(
                f"the script of run {self.directory.run_id} cannot be read: {kept.name}: {error.strerror}",
                hint=f"Name one: odw {self._command} {run_words(self.directory.path)} --script FILE",
            ) from None
        original = self.here.project / name
        self._remark_on_change(original, text, name)
        return loader.load_text(text, name, original.parent, self.facts.get("name"))

    def _remark_on_change(self, original: Path, text: bytes, name: str) -> None:
        try:
            changed = original.read_bytes() != text
        except OSError:
            return
        if changed:
            note(
                f"{name} has changed since the run; it goes on with what it recorded. --script {name} takes the new one"
            )


def _merged(values: dict[str, Any], recorded: dict[str, Any]) -> dict[str, Any]:
    """The options given now, else those of the run. A relative budget stays what it is: it adds to the recorded one."""
    merged = dict(values)
    for name in RECORDED:
        if not merged.get(name) and recorded.get(name) is not None:
            merged[name] = recorded[name]
    merged["backend"] = merged.get("backend") or "native"
    return merged


def _args(values: dict[str, Any], directory: RunDir, facts: dict[str, Any]) -> Any:
    args, remarks = workflow_args(values, ABSENT)
    for remark in remarks:
        note(remark)
    if args is not ABSENT:
        return args
    path = Path(directory.file("args.json"))
    if not path.exists():
        if facts.get("argsSha256"):
            raise UsageError(
                f"run {directory.run_id} was given args, but its args.json is gone",
                hint="Give them again with --args.",
            )
        return ABSENT
    try:
        return json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise UsageError(
            f"the args of run {directory.run_id} cannot be read: {error}", hint="Give them again with --args."
        ) from None
