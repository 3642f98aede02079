"""The job queue (ECMA-262 section 9.5): promise reactions and microtasks, in exact first-in first-out order.

A job is a tuple ``(context, run, subject, argument)`` and runs as ``run(subject, argument)``; so a promise that settles
queues its reactions without making a closure for each.

``context`` is the async context, as in the AsyncContext proposal: any Python object, ``None`` by default, that code and all
its continuations share. It is read when a reaction is registered and is back in ``current`` while its job runs, so
that what one branch of a fan-out does can be told from what its sibling does.
"""

from __future__ import annotations

import warnings
from collections import deque
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from odw.ecma.abstract_ops.promise_operations import PromiseObject

current: Any = None  # the async context of the code that is running; read it as ``jobs.current``


def run_in_context(context: Any, fn: Callable[..., Any], *args: Any) -> Any:
    """``fn(*args)``, with ``context`` current meanwhile and in every continuation that it registers."""
    global current
    before = current
    current = context
    try:
        return fn(*args)
    finally:
        current = before


class JobQueue:
    """The jobs of one realm, its rejected promises that nobody handles, and its coroutines that have not ended.

    ``push`` appends one job tuple (see the module's docstring).
    """

    __slots__ = ("_queue", "_unhandled", "live", "push")

    def __init__(self) -> None:
        # Where the stack is exhausted, a coroutine is made that never begins; the script gets a RangeError for it.
        warnings.filterwarnings("ignore", "coroutine 'workflow", RuntimeWarning)
        self._queue: deque[tuple[Any, Callable[[Any, Any], Any], Any, Any]] = deque()
        self._unhandled: dict[PromiseObject, None] = {}
        self.push = self._queue.append
        self.live: dict[Any, Any] = {}  # record of a run -> its coroutine, in the order they began

    def __len__(self) -> int:
        return len(self._queue)

    def enqueue(self, job: Callable[[], None]) -> None:
        """HostEnqueuePromiseJob (9.5.5): run ``job()`` after all that is queued, in the present context."""
        self.push((current, _call_job, job, None))

    def run_all(self) -> None:
        """Run jobs until none is left, those included that the jobs add.

        An exception that is no throw completion (a halt, a mistake of ours) leaves at once and keeps the rest queued.
        """
        global current
        before = current
        queue = self._queue
        pop = queue.popleft
        try:
            while queue:
                current, run, subject, argument = pop()
                run(subject, argument)
        finally:
            current = before

    def reject(self, promise: PromiseObject) -> None:
        """HostPromiseRejectionTracker(promise, "reject") (27.2.1.9)."""
        self._unhandled[promise] = None

    def handle(self, promise: PromiseObject) -> None:
        """HostPromiseRejectionTracker(promise, "handle")."""
        self._unhandled.pop(promise, None)

    def take_unhandled(self) -> list[PromiseObject]:
        """The promises rejected since the last call that have no handler, the earliest first. For after a drain."""
        promises = list(self._unhandled)
        self._unhandled.clear()
        return promises

    def close_all(self) -> None:
        """End every coroutine that still waits, the earliest first; their finalizers do not run (``halting()``)."""
        while self.live:
            waiting = list(self.live.values())
            self.live.clear()
            for coroutine in waiting:
                try:
                    coroutine.close()
                except RuntimeError:  # it awaited on its way out: cut short, as a halt means
                    continue


def _call_job(job: Callable[[], None], _: Any) -> None:
    job()
