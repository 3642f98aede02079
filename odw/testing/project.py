"""A directory in which workflows are run for tests, and the running itself."""

from __future__ import annotations

import contextvars
import shutil
import subprocess
import sys
import tempfile
import weakref
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Unpack

import trio

from odw.diagnostics import render_text
from odw.dsl.json_values import to_json
from odw.errors import OdwError, UsageError
from odw.loader import run_options
from odw.runtime.abc import ABSENT, Event
from odw.runtime.budget_limits import budget_limits
from odw.runtime.clock import SystemClock
from odw.runtime.halts import Stopped
from odw.runtime.options import RunOutcome
from odw.runtime.run import run_program_async
from odw.settings import load_settings
from odw.settings_file import read_project_file
from odw.testing.answers import AnswerBook, Unanswered
from odw.testing.executor import Answering, Trouble
from odw.testing.finished import Run
from odw.testing.people import Person
from odw.testing.recordings import MissingAnswer, Recording
from odw.testing.settings import DEFAULTS, RunSettings, checked
from odw.testing.sources import load
from odw.testing.virtual_time import BESIDE_PROCESSES, DatedClock, VirtualTime, steps_run

if TYPE_CHECKING:
    from odw.loader import WorkflowProgram
    from odw.runtime.context import RunContext
    from odw.runtime.options import RunOptions

# Whoever runs the tests may sign commits, or have hooks.
_GIT = ("-c", "user.name=odw", "-c", "user.email=odw@localhost", "-c", "commit.gpgsign=false")
_LIMITS = ("concurrency", "max_agents", "max_attempts", "on_failure", "fail_on", "policy", "budget_policy")


class Project:
    """A directory for runs, ``runs`` those that were made in it. What a workflow's agents may find there, put there before.

    ``folders``: where paths and names of workflows are looked for, the last of them the project that is tested; by default the
    current directory. ``recording``: the file of ``odw.testing.recorded`` answers; ``record_with``: the backend to ask for those that
    are not in it. ``args`` and ``settings`` are for every run that is given no others. Without ``directory`` it is a temporary one.
    """

    def __init__(
        self,
        directory: Path | None = None,
        *,
        folders: Sequence[Path] = (),
        recording: Recording | None = None,
        record_with: str | None = None,
        args: Any = ABSENT,
        settings: Mapping[str, Any] | None = None,
    ) -> None:
        checked(settings or {}, "odw.testing.Project()")
        if directory is None:
            directory = Path(tempfile.mkdtemp(prefix="odw-test-"))
            weakref.finalize(self, shutil.rmtree, directory, ignore_errors=True)
        directory.mkdir(parents=True, exist_ok=True)
        self.directory = directory.resolve()
        self.runs: list[Run] = []
        self._folders = [folder.absolute() for folder in folders] or [Path.cwd()]
        self._recording = recording
        self._record_with = record_with
        self._args = args
        self._settings = {**DEFAULTS, **(settings or {})}

    def __call__(
        self, workflow: Any, args: Any = ABSENT, *, answers: Any = None, **settings: Unpack[RunSettings]
    ) -> Run:
        __tracebackhide__ = True
        return self.run(workflow, args, answers=answers, **settings)

    def run(
        self, workflow: Any, args: Any = ABSENT, *, answers: Any = None, **settings: Unpack[RunSettings]
    ) -> Run:
        """Run a workflow to its end.

        ``workflow`` is a ``@odw.workflow`` function, a path, ``module:function``, the name of a saved one, or the text of a script.
        ``answers`` is a mapping from what finds a call to its answer, a function of the request, or one answer for all.
        Raises what loading it raises, what a function of the test raises, and AssertionError for a call that must have an
        answer and has none. How the run itself ended is in what is returned.
        """
        __tracebackhide__ = True
        checked(settings, "odw_run()")
        chosen = {**self._settings, **settings}
        args = self._args if args is ABSENT else args
        return self._session(workflow, args, AnswerBook(answers, chosen["strict"]), chosen, None)

    def make_repository(self) -> None:
        """Make the directory a git repository with all that is in it committed, for calls with ``isolation``."""
        for command in ("init --quiet", "add --all", "commit --quiet --allow-empty --no-verify -m test"):
            try:
                subprocess.run(
                    ["git", *_GIT, *command.split()], cwd=self.directory, check=True, capture_output=True
                )
            except FileNotFoundError:
                raise UsageError("calls with isolation need git, which is not on PATH") from None

    def _session(
        self, workflow: Any, args: Any, book: AnswerBook, settings: dict[str, Any], resume: str | None
    ) -> Run:
        __tracebackhide__ = True
        given = ABSENT if args is ABSENT else to_json(args, "the args of the workflow")
        try:
            program = load(workflow, self._folders, self.directory / ".home")
            options = self._options(program, given, settings, resume)
            outcome, questions = self._outcome(program, options, book, settings)
        except OdwError as error:
            raise _explained(error).with_traceback(None) from None

        def again(run_id: str, edited: Any, new_args: Any, answers: Any, more: dict[str, Any]) -> Run:
            checked(more, "run.resume()")
            chosen = {**settings, "stop_after": None, **more}
            return self._session(
                workflow if edited is None else edited,
                args if new_args is ABSENT else new_args,
                book if answers is ABSENT else AnswerBook(answers, chosen["strict"]),
                chosen,
                run_id,
            )

        run = Run(outcome, again, list(book.unused), questions)
        self.runs.append(run)
        return run

    def _options(
        self, program: WorkflowProgram, args: Any, settings: Mapping[str, Any], resume: str | None
    ) -> RunOptions:
        limits = load_settings({name: settings[name] for name in _LIMITS}, environ={})
        budget = settings["budget"]
        budgets = budget_limits(None if budget is None else str(budget), args, program.meta)
        timeout = settings["timeout"]
        return run_options(
            self.directory,
            limits,
            {},
            args=args,
            budget=budgets if any(budgets) else None,
            model=settings["model"],
            effort=settings["effort"],
            timeout_ms=None if timeout is None else timeout * 1000,
            resume_from=resume,
            grace_s=0.0,
        )

    def _outcome(
        self, program: WorkflowProgram, options: RunOptions, book: AnswerBook, settings: Mapping[str, Any]
    ) -> tuple[RunOutcome, list[str]]:
        """How the run ended, and what a person was asked."""
        __tracebackhide__ = True
        isolated = "worktree" in program.source
        if isolated and not any(
            (folder / ".git").exists() for folder in [self.directory, *self.directory.parents]
        ):
            self.make_repository()
        trouble = Trouble()
        person = None if settings["human"] is None else Person(settings["human"], trouble)
        options = options._replace(human=person)
        stop_after = settings["stop_after"]
        tape = None if self._recording is None else self._recording.tape(str(self.directory), program.file)
        file = read_project_file(self._folders[-1])
        answering = Answering(book, trouble, tape, self._record_with, file, one_by_one=stop_after is not None)
        virtual = None
        if settings["virtual_time"] and not answering.records:
            virtual = VirtualTime(BESIDE_PROCESSES if isolated else 0.0)
        watcher = _Watcher(trouble, stop_after)

        async def main() -> RunOutcome:
            clock = SystemClock() if virtual is None else DatedClock(settings["now"])
            return await run_program_async(program, options, answering.backend, watcher, clock)

        with book.listening(), steps_run(settings["steps"], virtual):
            outcome = _in_a_loop_of_its_own(
                partial(trio.run, main, clock=None if virtual is None else virtual.clock)
            )
        if trouble.error is not None:
            own = isinstance(trouble.error, Unanswered | MissingAnswer)
            raise trouble.error.with_traceback(None if own else trouble.error.__traceback__)
        if outcome.status == "interrupted":
            raise KeyboardInterrupt
        return outcome, [] if person is None else person.asked


class _Watcher:
    """Ends the run when the test wants it, or when its answers are wrong."""

    def __init__(self, trouble: Trouble, stop_after: int | None) -> None:
        self._trouble = trouble
        self._left = stop_after

    def attach(self, run: RunContext) -> None:
        self._run = self._trouble.run = run

    def on_event(self, event: Event) -> None:
        if self._left is not None and event["type"] == "agent_done":
            self._left -= 1
            if self._left <= 0:
                self._run.inbox.halt(Stopped("stopped by the test"))


def _in_a_loop_of_its_own(main: Any) -> RunOutcome:
    """What ``main`` returns, in a thread where an event loop runs in this one already."""
    __tracebackhide__ = True
    outcome: RunOutcome
    if not _in_a_loop():
        outcome = main()
        return outcome
    with ThreadPoolExecutor(1, "odw run") as pool:
        outcome = pool.submit(contextvars.copy_context().run, main).result()
        return outcome


def _in_a_loop() -> bool:
    if trio.lowlevel.in_trio_run():
        return True
    asyncio = sys.modules.get("asyncio")
    if asyncio is None:
        return False
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return False
    return True


def _explained(error: OdwError) -> OdwError:
    """The error of a workflow that cannot be loaded, with all that the command line would say."""
    found = getattr(error, "diagnostics", ())
    for note in [*(render_text(one) for one in found), getattr(error, "report", "") or "", error.hint or ""]:
        if note:
            error.add_note(note)
    return error


def run(workflow: Any, args: Any = ABSENT, *, answers: Any = None, **settings: Unpack[RunSettings]) -> Run:
    """Run a workflow in a temporary directory, which is there as long as the run is: ``Project.run`` says more."""
    return Project().run(workflow, args, answers=answers, **settings)
