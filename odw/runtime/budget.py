"""The ledger: what a run may spend, has spent, and holds in reserve for the calls in flight.

Contract, section 5. Three units: output tokens (``500k``), all tokens (``2M-total``), US dollars (``$5``). Besides the run, a phase or a
runtime may have a limit of its own; each limit is an account, and a call is booked on all that concern it.

How the overshoot stays about one call: a call starts beside others only if what is spent, what is held for those in flight (the running
mean of the calls so far, or what a call has already told to have used, if that is more) and the mean once more fit under the
total. While nothing is known about the size of a call, one runs alone; a call that told no usage teaches nothing, but after a few of
those in a row the executor is taken for one that never tells, and its calls run side by side.

Two sums are kept apart. *Settled* is the truth and decides what is started. *Shown* is what the script has been handed: a resumed
run shows the same numbers at the same points, so that a script which asks ``budget.spent()`` takes the same turns. What was spent in vain
is shown where it was shown first: to the results that were recorded after it, else when the first call has run live.
"""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Iterator
from typing import Any, NamedTuple

from odw.runtime.abc import Usage
from odw.runtime.budget_limits import COST, OUTPUT, TOTAL, BudgetLimit, Limits
from odw.runtime.halts import BudgetExhausted
from odw.runtime.told import is_amount

_SILENT = 3  # calls without usage, before any with, after which waiting to learn a call's size is given up


class _Account:
    """One limit, or the run without one. Sums are in the unit of the account."""

    __slots__ = (
        "in_flight",
        "limit",
        "measured",
        "name",
        "reserved",
        "shown",
        "silent",
        "sized",
        "spent",
        "streamed",
        "unit",
    )

    def __init__(self, name: str, limit: BudgetLimit | None) -> None:
        self.name = name
        self.limit = limit
        self.unit = limit.unit if limit is not None else OUTPUT
        self.spent = 0.0
        self.shown = 0.0
        self.reserved = 0.0  # for calls in flight: the greater of a reservation and what was streamed
        self.streamed = 0.0  # by calls in flight
        self.in_flight = 0
        self.measured = 0.0  # by ``sized`` calls that told what they used, for the mean
        self.sized = 0
        self.silent = 0  # calls that told nothing

    @property
    def mean(self) -> float:
        return self.measured / self.sized if self.sized else 0.0

    def amount(self, usage: Usage | None, cost: float | None) -> float:
        """What a call counts here. An executor may tell any nonsense: it counts as nothing."""
        if self.unit == COST:
            return _sane(cost)
        if usage is None:
            return 0.0
        if self.unit == OUTPUT:
            return _sane(usage.output)
        return sum(map(_sane, (usage.input, usage.output, usage.cache_read, usage.cache_write)))

    def book(self, usage: Usage | None, cost: float | None) -> None:
        """A call has ended."""
        amount = self.amount(usage, cost)
        self.spent += amount
        if amount:
            self.measured += amount
            self.sized += 1
        else:
            self.silent += 1

    def admits(self) -> bool:
        if self.limit is None or self.in_flight == 0:
            return True
        if not self.sized and self.silent < _SILENT:
            return False
        return self.spent + self.reserved + self.mean <= self.limit.total

    def halt(self, spent: float) -> BudgetExhausted | None:
        if self.limit is None or spent < self.limit.total:
            return None
        suffix = "" if self.unit == COST else "tokens"
        return BudgetExhausted(
            _shown(spent, self.unit), _shown(self.limit.total, self.unit), suffix, self.name
        )


class _Held:
    """What one call in flight holds on one account."""

    __slots__ = ("account", "reserved", "streamed")

    def __init__(self, account: _Account) -> None:
        self.account = account
        self.reserved = account.mean
        self.streamed = 0.0
        account.reserved += self.reserved
        account.in_flight += 1

    def stream(self, amount: float) -> None:
        now = max(self.streamed, amount)
        self.account.streamed += now - self.streamed
        self.account.reserved += max(self.reserved, now) - max(self.reserved, self.streamed)
        self.streamed = now

    def give_back(self) -> None:
        account = self.account
        account.in_flight -= 1
        # sums of fractions leave a rest: nothing is ever held below zero, and nothing at all with nothing in flight
        held = account.reserved - max(self.reserved, self.streamed)
        account.reserved = max(0.0, held) if account.in_flight else 0.0
        account.streamed = max(0.0, account.streamed - self.streamed) if account.in_flight else 0.0


class Reservation:
    """What is held for one call in flight, on every account that concerns it."""

    __slots__ = ("_held",)

    def __init__(self, accounts: Iterator[_Account]) -> None:
        self._held = [_Held(account) for account in accounts]

    def stream(self, usage: Usage | None, cost: float | None) -> bool:
        """Take in what the call has used so far; True when some account's total is reached."""
        gone = False
        for held in self._held:
            account = held.account
            held.stream(account.amount(usage, cost))
            limit = account.limit
            gone = gone or (limit is not None and account.spent + account.streamed >= limit.total)
        return gone

    def close(self) -> list[_Account]:
        """Give everything back, once; returns the accounts, none the second time."""
        closed, self._held = self._held, []
        for held in closed:
            held.give_back()
        return [held.account for held in closed]


class _Sunk(NamedTuple):
    position: int
    phase: str | None
    runtime: str
    usage: Usage | None
    cost: float | None


class Ledger:
    """All accounts of a run. Without limits it only counts."""

    __slots__ = ("_hidden", "_phases", "_run", "_runtimes", "approximate")

    def __init__(self, limits: Limits | BudgetLimit | None = None) -> None:
        if isinstance(limits, BudgetLimit):
            limits = Limits(limits)
        limits = limits or Limits()
        self._run = _Account("", limits.run)
        self._phases = {name: _Account(f'phase "{name}"', limit) for name, limit in limits.phases.items()}
        self._runtimes = {name: _Account(f"runtime {name}", limit) for name, limit in limits.runtimes.items()}
        self._hidden: deque[_Sunk] = deque()  # not shown yet, in the order of the journal
        self.approximate = False

    @property
    def limit(self) -> BudgetLimit | None:
        return self._run.limit

    @property
    def unit(self) -> str:
        return self._run.unit

    @property
    def spent(self) -> float:
        """What the script has been shown, in the run's unit."""
        return self._run.shown

    @property
    def settled(self) -> float:
        """What was really spent by calls that ended, in this and earlier sessions."""
        return self._run.spent

    @property
    def remaining(self) -> float:
        return max(0.0, self._run.limit.total - self._run.shown) if self._run.limit else math.inf

    @property
    def in_flight(self) -> int:
        return self._run.in_flight

    @property
    def counts_cost(self) -> bool:
        """Whether some limit is in dollars."""
        return any(account.unit == COST for account in self._all())

    def lane(self, phase: str | None) -> str | None:
        """The phase, if it has a limit of its own; None for all others, whose calls are held back alike."""
        return phase if phase in self._phases else None

    def check(self, phase: str | None, runtime: str) -> None:
        """Raise BudgetExhausted once the script has been shown that a total is spent: for every new call."""
        for account in self._of(phase, runtime):
            halt = account.halt(account.shown)
            if halt is not None:
                raise halt

    def exhausted(self, phase: str | None, runtime: str) -> BudgetExhausted | None:
        """The halt for a call whose turn has come, when a total is really spent: what those in flight told counts."""
        for account in self._of(phase, runtime):
            halt = account.halt(account.spent + account.streamed)
            if halt is not None:
                return halt
        return None

    def admits(self, phase: str | None, runtime: str) -> bool:
        """Whether one more call may start beside those in flight. One alone may: ``exhausted`` has the last word on it."""
        if self._run.limit is None and not self._phases and not self._runtimes:
            return True
        return all(account.admits() for account in self._of(phase, runtime))

    def reserve(self, phase: str | None, runtime: str) -> Reservation:
        """Hold the running mean for a call that starts."""
        return Reservation(self._of(phase, runtime))

    def stream(self, reservation: Reservation, usage: Usage | None, cost: float | None) -> bool:
        """A running call tells what it has used so far, in all its attempts; True when a total is reached with that."""
        return reservation.stream(usage, cost)

    def settle(
        self, reservation: Reservation, usage: Usage | None, cost: float | None, approximate: bool = False
    ) -> None:
        """Replace a reservation by what the call used, failed attempts included."""
        for account in reservation.close():
            account.book(usage, cost)
        self.approximate = self.approximate or approximate

    def refund(self, reservation: Reservation) -> None:
        """Give back the reservation of a call that did not begin after all."""
        reservation.close()

    def show(self, phase: str | None, runtime: str, usage: Usage | None, cost: float | None) -> None:
        """The script is handed the end of a call that used this much."""
        for account in self._of(phase, runtime):
            account.shown += account.amount(usage, cost)

    def restore(
        self,
        phase: str | None,
        runtime: str,
        usage: Usage | None,
        cost: float | None,
        approximate: bool = False,
    ) -> None:
        """Book a recorded result of an earlier session; it is shown when it is handed out again."""
        for account in self._of(phase, runtime):
            account.book(usage, cost)
        self.approximate = self.approximate or approximate

    def sunk(
        self, position: int, phase: str | None, runtime: str, usage: Usage | None, cost: float | None
    ) -> None:
        """Book what an earlier session spent on a call that gave no result, the line of which is ``position``.

        To be told in the order of positions.
        """
        for account in self._of(phase, runtime):
            account.spent += account.amount(usage, cost)
        self._hidden.append(_Sunk(position, phase, runtime, usage, cost))

    def reveal(self, before: float = math.inf) -> None:
        """Let the script see the spending that was sunk before the line ``before``: all of it once something runs live."""
        while self._hidden and self._hidden[0].position < before:
            self.show(*self._hidden.popleft()[1:])

    def to_json(self) -> dict[str, Any]:
        """``{total, spent, unit, approx}`` of the run, and the same per limited phase and runtime."""
        entry = {**_account_json(self._run), "approx": self.approximate}
        for name, accounts in (("phases", self._phases), ("runtimes", self._runtimes)):
            if accounts:
                entry[name] = {key: _account_json(account) for key, account in accounts.items()}
        return entry

    def _of(self, phase: str | None, runtime: str) -> Iterator[_Account]:
        yield self._run
        if self._phases and phase in self._phases:
            yield self._phases[phase]
        if self._runtimes and runtime in self._runtimes:
            yield self._runtimes[runtime]

    def _all(self) -> Iterator[_Account]:
        yield self._run
        yield from self._phases.values()
        yield from self._runtimes.values()


def _account_json(account: _Account) -> dict[str, Any]:
    total = _number(account.limit.total, account.unit) if account.limit is not None else None
    return {"total": total, "spent": _number(account.spent, account.unit), "unit": account.unit}


def _number(amount: float, unit: str) -> float:
    """Tokens as whole numbers, dollars without the dust of binary fractions."""
    return round(amount, 9) if unit == COST else int(amount)


def _sane(amount: Any) -> float:
    return float(amount) if is_amount(amount) else 0.0


def _shown(amount: float, unit: str) -> str:
    if unit == COST:
        return f"${amount:.2f}" if amount == 0 or amount >= 0.01 else f"${amount:g}"
    return str(int(amount))


__all__ = ["COST", "OUTPUT", "TOTAL", "BudgetLimit", "Ledger", "Limits", "Reservation"]
