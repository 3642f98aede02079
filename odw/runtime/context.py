"""The run context: everything one run shares, handed to the program and to every primitive."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from odw.runtime import events
from odw.runtime.abc import Backend, Clock, Event, EventSink, JournalStore
from odw.runtime.budget import Ledger
from odw.runtime.inbox import Inbox
from odw.runtime.options import RunOptions
from odw.runtime.run_dir import RunDir
from odw.runtime.slice_guard import SliceGuard
from odw.runtime.slots import Slots
from odw.runtime.state import StateFold

if TYPE_CHECKING:
    import trio

    from odw.schema import Validator


class RunContext:
    """One run. ``agents`` counts the calls made; ``nursery`` owns the executor tasks while the run lasts."""

    def __init__(
        self,
        options: RunOptions,
        backend: Backend,
        directory: RunDir,
        clock: Clock,
        journal: JournalStore,
        sink: EventSink | None = None,
    ) -> None:
        self.options = options
        self.backend = backend
        self.directory = directory
        self.clock = clock
        self.journal = journal
        self.fold = StateFold()
        self._sink = sink
        self.inbox = Inbox(clock, journal)
        self.ledger = Ledger(options.budget)
        self.slots = Slots(options.concurrency, self.ledger.admits)
        self.guard = SliceGuard(options.slice_s, options.memory_mb)
        self.agents = 0
        self.nursery: trio.Nursery | None = None
        self.validators: dict[
            str, tuple[Validator, dict[str, Any]]
        ] = {}  # schema text -> (it, its config entry)
        self.groups: dict[str, int] = {}  # sub-workflow name -> how often it was called
        self._noted: set[str] = set()

    def emit(self, event: Event) -> None:
        """Record an event and show it; it is durable with the next commit."""
        self.journal.append(event)
        self.fold.on_event(event)
        if self._sink is not None:
            self._sink.on_event(event)

    def log(self, message: str) -> None:
        self.emit(events.log(message))

    def note(self, message: str) -> None:
        """A remark of odw's own, made once per run."""
        if message not in self._noted:
            self._noted.add(message)
            self.emit(events.note(message))

    def budget_json(self) -> dict[str, Any]:
        ledger = self.ledger
        return {
            "total": ledger.limit.total if ledger.limit else None,
            "spent": ledger.spent,
            "unit": ledger.unit,
            "approx": ledger.approximate,
        }
