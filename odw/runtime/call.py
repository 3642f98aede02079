"""A call that was made: what it asks, how it is tried, and where it stands. The only mutable record of the runtime."""

from __future__ import annotations

from collections.abc import Callable, Generator
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from odw.runtime.abc import Attempt, CallOutcome, CallRequest, Executor, Report, Usage
from odw.runtime.retry import Judge, RetryPolicy, Step

if TYPE_CHECKING:
    import trio

    from odw.runtime.budget import Reservation
    from odw.runtime.halts import CallHalt
    from odw.runtime.inbox import Entry
    from odw.runtime.worktree import Worktree

Settle: TypeAlias = Callable[["Call", "CallOutcome | CallHalt"], None]

# What someone wants of a call that runs: give it up for null, start it over, end it since the budget is spent, or since the
# workflow does not wait for it any more.
SKIP, RESTART, CANCEL, WITHDRAW = "skip", "restart", "cancel", "withdraw"


class Isolation(NamedTuple):
    """``isolation: "worktree"``. ``dirty``: changes that are not committed are there too; the globs bound what may change."""

    dirty: bool = False
    allow: tuple[str, ...] = ()
    forbid: tuple[str, ...] = ()


class Deadlines(NamedTuple):
    """Seconds, None for no limit: ``total`` for one attempt, ``idle`` for its executor to be silent."""

    total: float | None = None
    idle: float | None = None


class Call:
    """``settle(call, outcome or halt)`` hands the end to the front end, as one completion."""

    __slots__ = (
        "arrived", "config", "deadlines", "done", "ended", "entry", "executor", "group", "isolation", "judge", "made", "model", "on_failure", "order",
        "policy", "request", "reservation", "scope", "serial", "settle", "stands_in", "started", "steps", "streamed", "streamed_cost",
        "trying", "waits", "worktree",
    )  # fmt: skip

    def __init__(
        self,
        request: CallRequest,
        executor: Executor,
        policy: RetryPolicy,
        judge: Judge | None,
        config: dict[str, Any],
        on_failure: str,
        group: str,
        deadlines: Deadlines,
        serial: int,
        isolation: Isolation | None = None,
        model: str | None = None,
    ) -> None:
        self.request = request
        self.executor = executor
        self.policy = policy
        self.judge = judge
        self.config = config
        self.on_failure = on_failure
        self.group = group
        self.deadlines = deadlines
        self.serial = serial
        self.isolation = isolation
        self.settle: Settle = lambda call, end: None
        self.made = 0.0  # milliseconds of the run, as ``started``: when the script made the call
        self.started = 0.0
        self.reservation: Reservation | None = None  # of a call that was dispatched and has not ended
        self.steps: Generator[Step, Report | None, CallOutcome] | None = None
        self.done: list[Attempt] = []  # attempts that ended
        self.trying = request  # the attempt in progress
        self.streamed = Usage()  # what it has told of its usage so far
        self.streamed_cost: float | None = None
        self.model = (
            model  # the one that its executor says it uses; until then what it takes if the call names none
        )
        self.entry: Entry | None = None  # on the time line: what comes next
        self.scope: trio.CancelScope | None = None  # in a task: cuts off what it does
        self.order = ""  # SKIP, RESTART, CANCEL or WITHDRAW
        self.worktree: Worktree | None = None
        self.arrived = False  # its outcome is on its way to the journal: an order comes too late
        self.ended = False
        self.waits = False  # for a slot
        self.stands_in = False  # it replays, and holds a slot as long as it would have

    @property
    def dispatched(self) -> bool:
        return self.reservation is not None

    def spent(self) -> tuple[Usage, float | None]:
        """Usage and cost so far, of all attempts."""
        usage, cost = self.streamed, self.streamed_cost
        for attempt in self.done:
            usage = usage + (attempt.usage or Usage())
            if attempt.cost is not None:
                cost = (cost or 0.0) + attempt.cost
        return usage, cost
