"""One process's turn at a run: its directory and journal, opened, continued and closed; ``run.json`` and ``state.json``.

The first session makes the directory. A later one takes the journal's lock, cuts off a torn tail, and hands what is recorded
to the run. Everything but the journal can be derived from it, so a failure to write it costs nothing.
"""

from __future__ import annotations

import json
import os
import sys
from contextlib import suppress
from typing import Any

import odw
from odw.errors import UsageError, WorkflowError
from odw.jsonvalue import content_hash
from odw.runtime import events
from odw.runtime.abc import ABSENT, Backend, Clock, Program
from odw.runtime.context import RunContext
from odw.runtime.halts import Parked
from odw.runtime.journal.history import History
from odw.runtime.journal.replay import Replay
from odw.runtime.journal.writer import JournalBusy, JournalWriter
from odw.runtime.options import RunOptions, RunOutcome
from odw.runtime.run_dir import DIRECTORY_MODE, RunDir, iso_time
from odw.runtime.run_facts import busy, journal_lost, recorded_facts, script_file

PRETTY_AGENTS = 200  # state.json is indented up to this many agents


class Session:
    """``open`` → ``restore`` → ``announce`` → the run → ``close``."""

    journal: JournalWriter

    def __init__(
        self, program: Program, options: RunOptions, backend: Backend, directory: RunDir, clock: Clock
    ) -> None:
        self._program = program
        self._options = options
        self._backend = backend
        self._clock = clock
        self.directory = directory
        self.history: History | None = None
        self._facts: dict[str, Any] = {}
        self._torn: str | None = None
        self._before: dict[str, Any] = {}

    def open(self) -> None:
        """Make or take over the run's directory. Raises UsageError, JournalDamaged."""
        directory = self.directory
        resumed = self._options.resume_from is not None
        if not resumed:
            directory.create()
        try:
            self.journal = JournalWriter(
                directory.file("events.jsonl"), directory.file("nodes"), self._clock, create=not resumed
            )
        except JournalBusy:
            raise busy(directory) from None
        except OSError as error:
            if isinstance(error, FileNotFoundError) and os.path.isdir(directory.path):  # noqa: PTH112
                raise journal_lost(directory, directory.read_json("run.json")) from None
            raise UsageError(
                f"the journal of {directory.run_id} cannot be opened: {error.strerror}"
            ) from None
        try:
            if resumed:
                os.makedirs(directory.file("nodes"), DIRECTORY_MODE, exist_ok=True)  # noqa: PTH103
                self._take_over()
            elif not self.journal.empty:  # another process was quicker to begin a run of this name
                raise UsageError(
                    f"there is a run {directory.run_id} already",
                    hint=f"Go on with it: odw resume {directory.run_id}",
                )
            self._facts = self._describe()
            directory.write_json("run.json", self._facts, durable=True)
        except OSError as error:
            self.journal.close()
            raise UsageError(
                f"cannot write into {directory.shown}: {error.strerror}",
                hint="Nothing was run. Give the same command again when the disk is in order.",
            ) from None
        except BaseException:
            self.journal.close()
            raise
        directory.point_latest()

    def _take_over(self) -> None:
        from odw.runtime.journal.reader import read_journal

        journal = read_journal(self.directory.file("events.jsonl"))
        self._before = self.directory.read_json("run.json")
        if not journal.events and self._before.get("sessions", 0):
            raise journal_lost(self.directory, self._before)
        self._torn = self.journal.go_on_after(journal)
        self.history = History().read(journal.events)
        self._before = self._before or recorded_facts(journal.events)

    def restore(self, run: RunContext) -> None:
        """Give the run what earlier sessions recorded and spent."""
        if self.history is None:
            return
        run.session = len(self.history.sessions) + 1
        run.replay = Replay(self.history, self._options.policy)
        restore_spending(run, self.history)

    def announce(self, run: RunContext) -> None:
        """The first line of the session. Only when that is on the disk does run.json count the session, so that a journal
        that was emptied can be told from one that never had a line."""
        program, directory = self._program, self.directory
        common: dict[str, Any] = {
            "script": program.file,
            "scriptSha256": self._facts["scriptSha256"],
            "argsSha256": self._facts["argsSha256"],
            "options": self._facts["options"],
            "odw": odw.__version__,
        }
        shown = f"{directory.shown}/events.jsonl"
        number = self._sessions_before + 1
        if number == 1:
            run.emit(
                events.workflow_start(program.name, directory.run_id, self._backend.name, shown, **common)
            )
        else:
            assert self.history is not None
            before = self.history.sessions[-1]
            common["changed"] = [
                name for name in ("scriptSha256", "argsSha256", "backend")
                if {**common, "backend": self._backend.name}[name] != before.get(name)
            ]  # fmt: skip
            run.emit(
                events.workflow_resume(
                    program.name, directory.run_id, self._backend.name, shown, number, **common
                )
            )
        if self._torn is not None:
            run.note(f"the journal ended in the middle of a line, which was cut off and kept as {self._torn}")
        run.journal.commit()
        self._facts["sessions"] = number
        with suppress(OSError):
            self.directory.write_json("run.json", self._facts)

    @property
    def _sessions_before(self) -> int:
        return len(self.history.sessions) if self.history is not None else 0

    def write_status(self, status: str) -> None:
        """Say in run.json what the run is doing."""
        with suppress(OSError):
            self.directory.write_json("run.json", {**self._facts, "status": status}, durable=True)

    def close(self, run: RunContext, outcome: RunOutcome | None) -> RunOutcome:
        """Make the last lines durable, write the snapshots, and give the run back: whoever resumes it finds all of it.

        ``outcome`` is None when an exception passes through.
        """
        try:
            try:
                self.journal.commit()
            except Parked as parked:
                outcome = self._parked(run, parked)
            if outcome is None:
                return None  # type: ignore[return-value]  # the exception goes on; nobody sees this
            self._write_snapshots(run, outcome)
            return outcome
        finally:
            self.journal.close()

    def _parked(self, run: RunContext, parked: Parked) -> RunOutcome:
        directory = self.directory
        error = WorkflowError(parked.reason, code=parked.code)
        census = run.fold.census.to_json()
        return RunOutcome(
            "parked",
            None,
            error,
            directory.run_id,
            directory.path,
            census,
            run.options.fail_on,
            run.fold.patches,
        )

    def _write_snapshots(self, run: RunContext, outcome: RunOutcome) -> None:
        ended = iso_time(self._clock.wall())
        state = run.fold.snapshot(run.budget_json(), ended)
        last = {
            "status": outcome.status,
            "endedAt": ended,
            "census": outcome.census,
            "budget": state["budget"],
        }
        with suppress(OSError):
            self.directory.write_json("state.json", state, indent=2 if run.agents <= PRETTY_AGENTS else None)
            self.directory.write_json("run.json", {**self._facts, **last}, durable=True)

    def _describe(self) -> dict[str, Any]:
        """run.json: what was started, when, with what; ``script.js`` and ``args.json`` are written beside it."""
        program, options, directory = self._program, self._options, self.directory
        kept = script_file(program.file)
        script_hash = directory.keep_text(kept, program.source)
        given = options.args is not ABSENT
        if given:
            directory.keep_text("args.json", json.dumps(options.args, ensure_ascii=False, indent=2) + "\n")
        elif self._before.get("argsSha256"):
            directory.remove("args.json")
        now = iso_time(self._clock.wall())
        facts = {
            "v": 1,
            "runId": directory.run_id,
            "name": program.name,
            "status": "running",
            "startedAt": self._before.get("startedAt", now),
            "script": program.file,
            "scriptFile": kept,
            "scriptSha256": script_hash,
            "argsSha256": content_hash(options.args) if given else None,
            "backend": self._backend.name,
            "concurrency": options.concurrency,
            "maxAgents": options.max_agents,
            "onFailure": options.on_failure,
            "options": dict(options.recorded or {}),
            "odw": odw.__version__,
            "python": f"{sys.version_info.major}.{sys.version_info.minor}.{sys.version_info.micro}",
            "pid": os.getpid(),
            "host": os.uname().nodename,
            "sessions": self._sessions_before,
        }
        if self.history is not None:
            facts["resumedAt"] = now
        if "forkOf" in self._before:
            facts["forkOf"] = self._before["forkOf"]
        return facts


def restore_spending(run: RunContext, history: History) -> None:
    """Book what earlier sessions spent: results that can replay, and what no result stands for."""
    for call in history.calls.values():
        if call.final:
            event = call.event
            run.ledger.restore(
                event.get("phase"), event.get("runtime", ""), call.usage, call.cost, bool(event.get("approx"))
            )
    for position, event, usage, cost in history.sunk:
        run.ledger.sunk(position, event.get("phase"), event.get("runtime", ""), usage, cost)
