"""The run context: everything one run shares, handed to the program and to every primitive."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from odw.runtime import events
from odw.runtime.abc import Backend, CallOutcome, Clock, Event, EventSink, JournalStore, Report, Usage
from odw.runtime.breaker import Breaker
from odw.runtime.budget import Ledger
from odw.runtime.inbox import Inbox
from odw.runtime.options import RunOptions
from odw.runtime.run_dir import RunDir
from odw.runtime.sizes import line
from odw.runtime.slice_guard import SliceGuard
from odw.runtime.slots import Slots
from odw.runtime.state import StateFold
from odw.runtime.told import told_cost, told_usage

if TYPE_CHECKING:
    import trio

    from odw.runtime.agent_types import AgentTypes
    from odw.runtime.call import Call, Settle
    from odw.runtime.journal.replay import Replay
    from odw.runtime.warden import Warden
    from odw.runtime.worktree import Worktrees
    from odw.schema import Validator


class RunContext:
    """One run. ``agents`` counts the calls made, ``calls`` holds those that have not ended; ``nursery`` owns the executor tasks.

    ``replay`` is what earlier sessions recorded, None in the first; ``unmatched`` takes the calls that it has nothing for, where
    they are not to be run (a rehearsal).
    """

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
        self.slots = Slots(options.concurrency, self.ledger.admits, options.per_runtime)
        self.breaker = Breaker()
        self.guard = SliceGuard(options.slice_s, options.memory_mb)
        self.agents = 0
        self.session = 1
        self.calls: dict[int, Call] = {}
        self.replay: Replay | None = None
        # scope and serial number of the last call that runs anew, though earlier sessions are recorded: a timer that is made right
        # after it is its deadline, and waits anew too
        self.anew: tuple[str, int] | None = None
        self.unmatched: Callable[[Call, Settle], None] | None = None
        self.nursery: trio.Nursery | None = None
        self.validators: dict[
            str, tuple[Validator, dict[str, Any]]
        ] = {}  # schema text -> (it, its config entry)
        self.on_status: Callable[[str], None] = lambda status: None
        self.groups: dict[str, int] = {}  # sub-workflow name -> how often it was called
        self._equals: dict[tuple[str, str], int] = {}
        self._noted: set[str] = set()
        self._agent_types: AgentTypes | None = None
        self._warden: Warden | None = None
        self._worktrees: Worktrees | None = None

    @property
    def tag(self) -> str:
        """What every process of this session bears. Not the run alone: the warden of a killed session is still at work when
        the next one begins, and must not take the new processes for its own."""
        return f"{self.directory.run_id}.{self.session}"

    @property
    def warden(self) -> Warden:
        """What kills the executors' processes when this one dies; made with the first process."""
        if self._warden is None:
            from odw.runtime.warden import Warden

            self._warden = Warden(self.tag)
        return self._warden

    @property
    def worktrees(self) -> Worktrees:
        if self._worktrees is None:
            from odw.runtime.worktree import Worktrees

            self._worktrees = Worktrees(
                self.options.project,
                self.directory.run_id,
                self.directory.path,
                self.journal.blob_bytes,
                self.options.keep_worktrees,
            )
        return self._worktrees

    @property
    def agent_types(self) -> AgentTypes:
        """What ``agentType`` can name; its files are read with the first call that names one."""
        if self._agent_types is None:
            from pathlib import Path

            from odw.runtime.agent_types import AgentTypes

            self._agent_types = AgentTypes(Path(self.options.project))
        return self._agent_types

    def nth_equal(self, scope: str, key: str) -> int:
        """How many calls of this content were made in the scope before this one."""
        number = self._equals.get((scope, key), 0)
        self._equals[scope, key] = number + 1
        return number

    def set_status(self, status: str) -> None:
        """Say in run.json what the run is doing: "running" or "paused"."""
        self.on_status(status)

    def close(self) -> None:
        """Nothing that this run started may outlive it."""
        if self._warden is not None:
            self._warden.close()

    def cancel_in_flight(self) -> None:
        """The budget is spent, and the policy is not to wait for the calls that run."""
        from odw.runtime.activity import cancel_in_flight

        cancel_in_flight(self)

    def taken_in(self, report: Report, model: str | None) -> Report:
        """A report whose usage and cost can be counted and recorded; ``model`` is the one that was asked for, or that the
        executor takes when none is: it is the answer's, unless the report says another."""
        usage = told_usage(report.usage)
        cost = self.cost_of(usage, told_cost(report.cost), report.model or model)
        told = report.model
        if told is None and (report.error is None or any(usage or ())):
            told = model
        if usage is report.usage and cost is report.cost and told is report.model:
            return report
        return report._replace(usage=usage, cost=cost, model=told)

    def cost_of(self, usage: Usage | None, told: float | None, model: str | None) -> float | None:
        """The cost that an executor told, else that by the price table; None where there is no price."""
        if told is not None or usage is None or model is None or not any(usage):
            return told
        from odw.runtime.prices import cost_of

        return cost_of(usage, model, self.options.prices)

    def approximated(self, outcome: CallOutcome) -> CallOutcome:
        """The outcome, marked and remarked on if dollars count and what some attempt cost is not known."""
        if not self.ledger.counts_cost or not any(
            attempt.cost is None and any(attempt.usage or ()) for attempt in outcome.attempts
        ):
            return outcome
        whose = f"the model {outcome.model}" if outcome.model else "a model that is not told"
        self.note(
            f"no price is known for {whose}: its calls count as $0 and the budget is approximate; "
            'odw.toml can name one: [prices."MODEL"]'
        )
        return outcome._replace(approximate=True)

    def emit(self, event: Event) -> None:
        """Record an event and show it; it is durable with the next commit."""
        self.journal.append(event)
        self.fold.on_event(event)
        if self._sink is not None:
            self._sink.on_event(event)

    def log(self, message: str) -> None:
        self.emit(events.log(line(message)))

    def note(self, message: str) -> None:
        """A remark of odw's own, made once per run."""
        if message not in self._noted:
            self._noted.add(message)
            self.emit(events.note(message))

    def budget_json(self) -> dict[str, Any]:
        return self.ledger.to_json()
