"""The completion inbox: what the outside tells a workflow, one thing at a time, in an order that can be recorded.

A front end runs its script until nothing is left to do, then takes one completion with ``await inbox.next()``. Completions
come from two sides:

- the *time line*: things whose moment is known in advance (timers, pauses, an executor that plans its answers). They fall
  due on a time of the inbox's own, in milliseconds since the run began, which jumps from one due moment to the next. Their
  order follows from their due times and, among equals, the order of the calls; a busy machine cannot change it.
- *arrivals*: what tasks bring. Those that are there together at one wake-up are taken in call order.

All that is ready at one wake-up is journaled with one sync before the first of it is handed out.

On resume there is a third side, which comes before both: *replays*, ends that an earlier session recorded. Each time the script
has nothing left to do, the one that was recorded first among those it now waits for is handed out: by induction that is
the recorded order.
"""

from __future__ import annotations

import heapq
from collections import deque
from collections.abc import Callable

import trio

from odw.runtime.abc import Clock, JournalStore
from odw.runtime.halts import Halt, Interrupted, Stopped

Action = Callable[[], None]


class Entry:
    """A place on the time line; ``action`` is None once it was taken back."""

    __slots__ = ("action", "due", "serial")

    def __init__(self, due: float, serial: int, action: Action) -> None:
        self.due = due
        self.serial = serial
        self.action: Action | None = action

    def __lt__(self, other: Entry) -> bool:
        return (self.due, self.serial) < (other.due, other.serial)


class Inbox:
    """``pending`` counts what was begun and not yet handed out: at zero, nothing can ever come any more."""

    def __init__(self, clock: Clock, journal: JournalStore) -> None:
        self._clock = clock
        self._journal = journal
        self._start = clock.monotonic()
        self._time_line: list[Entry] = []
        self._arrivals: list[tuple[int, Action]] = []
        self._ready: deque[Action] = deque()
        self._replays: list[Entry] = []
        self._wake: trio.Event | None = None
        self._needs_sync = False
        self._halt: Halt | None = None
        self._serial = 0
        self._had_tasks = False
        self.on_idle: Callable[[], None] | None = (
            None  # a rehearsal: nothing is waited for, this is called instead
        )
        self.pending = 0
        self.tasks = 0  # executor tasks in flight: whether anything can arrive
        self.now = 0.0

    def next_serial(self) -> int:
        """A number for a call or a timer, in the order the script made them."""
        self._serial += 1
        return self._serial

    def at(self, delay_ms: float, serial: int, action: Action, since: float | None = None) -> Entry:
        """Put ``action`` on the time line, ``delay_ms`` from the inbox's now, or from the moment ``since``."""
        entry = Entry((self.now if since is None else since) + max(0.0, delay_ms), serial, action)
        heapq.heappush(self._time_line, entry)
        return entry

    @property
    def moment(self) -> float | None:
        """Now, where that follows from the script alone: as long as nothing ran in a task. It is recorded with every end."""
        return None if self._had_tasks else self.now

    def replay(self, position: int, action: Action, moment: float | None = None) -> Entry:
        """``action`` hands out an end that was recorded at ``position``, a sequence number, and at ``moment``.

        Time goes on to that moment: what runs beside it stands where it would have stood.
        """

        def at_its_moment() -> None:
            if moment is not None and moment > self.now:
                self.now = moment
                self._start = min(self._start, self._clock.monotonic() - moment / 1000)
            action()

        entry = Entry(position, 0, at_its_moment)
        heapq.heappush(self._replays, entry)
        return entry

    def task_begins(self) -> None:
        """A call runs in a task of the nursery; when it ends is the world's affair."""
        self.tasks += 1
        self._had_tasks = True

    def take_back(self, entry: Entry) -> bool:
        """Cancel an entry; False if its action has run already."""
        taken = entry.action is not None
        entry.action = None
        return taken

    def arrive(self, serial: int, action: Action) -> None:
        """From a task: ``action`` will run at the next wake-up."""
        self._arrivals.append((serial, action))
        self.wake()

    def hand_out(self, deliver: Action, *, durable: bool) -> None:
        """From an action: ``deliver`` is for the script; ``durable`` if what was journaled for it must be on disk first."""
        self._ready.append(deliver)
        self._needs_sync = self._needs_sync or durable

    def halt(self, halt: Halt) -> None:
        """End the waiting: ``next`` raises ``halt`` from now on. Callable between any two steps of the run."""
        if self._halt is None or isinstance(halt, Interrupted | Stopped):
            self._halt = halt
        self.wake()

    @property
    def halted(self) -> Halt | None:
        """The halt that ended the waiting, if there was one."""
        return self._halt

    def wake(self) -> None:
        if self._wake is not None:
            self._wake.set()

    async def next(self) -> Action:
        """The next completion's delivery, everything it rests on being durable. Waits as long as there is none."""
        while True:
            if self._halt is not None:
                raise self._halt
            at_hand = self._take()
            if at_hand is not None:
                return at_hand
            if self._replays:
                continue
            if self.tasks:
                await trio.lowlevel.checkpoint()
            self._gather()
            if self._ready:
                if self._needs_sync:
                    self._journal.commit()
                    self._needs_sync = False
            elif self._halt is None:
                await self._wait()

    def next_ready(self) -> Action | None:
        """What ``next`` would return, if that takes no waiting; else None. Raises Parked."""
        if self._halt is not None or self.on_idle is not None:
            return None
        at_hand = self._take()
        if at_hand is not None or self._replays or self.tasks:
            return at_hand
        self._gather()
        if self._ready and self._needs_sync:
            self._journal.commit()
            self._needs_sync = False
        return self._take()

    def _take(self) -> Action | None:
        """A completion that is at hand: recorded ends come before any live one, those that are ready already too."""
        if self._replays:
            live, self._ready = self._ready, deque()
            self._replay_first()
            self._ready.extend(live)
        if self._ready:
            self.pending -= 1
            return self._ready.popleft()
        return None

    async def settle(self, unfinished: Callable[[], bool]) -> None:
        """Record what ends while ``unfinished()``, without handing out any of it; the caller bounds the time."""
        self._ready.clear()
        while unfinished():
            await trio.lowlevel.checkpoint()
            self._gather()
            self._ready.clear()
            if unfinished():
                await self._wait()
        self._journal.commit()

    def drain(self) -> None:
        """The script has ended: record what was recorded together with its last completion, and hand nothing out any more."""
        while self._replays:
            self._replay_first()
        self._ready.clear()

    def _replay_first(self) -> None:
        entry = heapq.heappop(self._replays)
        action, entry.action = entry.action, None
        if action is not None:
            action()

    def _gather(self) -> None:
        """Run the actions of what is due and what has arrived."""
        line = self._drop_taken_back()
        clock = self._clock.monotonic()
        if line and (line[0].due <= self.now or self._moment(line[0].due) <= clock or self.on_idle):
            self.now = moment = max(self.now, line[0].due)
            while line and line[0].due <= moment:
                entry = heapq.heappop(line)
                action, entry.action = entry.action, None
                if action is not None:
                    action()
        if self._arrivals:
            self.now = max(self.now, (clock - self._start) * 1000)
            arrivals = sorted(self._arrivals, key=lambda arrival: arrival[0])
            self._arrivals.clear()
            for _, action in arrivals:
                action()

    async def _wait(self) -> None:
        line = self._drop_taken_back()
        if self.on_idle is not None and not self.tasks:
            if not line:
                self.on_idle()
            return
        deadline = self._moment(line[0].due) if line else float("inf")
        if deadline <= self._clock.monotonic() or self._arrivals:
            return
        self._journal.flush()
        self._wake = trio.Event()
        with trio.CancelScope(deadline=deadline):
            await self._wake.wait()
        self._wake = None

    def _drop_taken_back(self) -> list[Entry]:
        line = self._time_line
        while line and line[0].action is None:
            heapq.heappop(line)
        return line

    def _moment(self, due: float) -> float:
        """A time of the inbox on the clock; always by this one sum, so that rounding cannot make two of one moment."""
        return self._start + due / 1000
