"""The budget: what may be spent, what is spent, what is reserved for the calls in flight.

Contract, section 5. Three units: output tokens (``500k``), all tokens (``2M-total``), US dollars (``$5``).
"""

from __future__ import annotations

import re
from typing import NamedTuple

from odw.errors import UsageError
from odw.runtime.abc import CallOutcome
from odw.runtime.halts import BudgetExhausted

OUTPUT, TOTAL, COST = "output-tokens", "total-tokens", "usd"
_BUDGET = re.compile(r"(\$)?\s*([0-9]+(?:\.[0-9]+)?|\.[0-9]+)\s*([kmKM])?(-total)?\Z")


class BudgetLimit(NamedTuple):
    """A total in one unit."""

    total: float
    unit: str = OUTPUT


def parse_budget(text: str, where: str = "--budget") -> BudgetLimit:
    """``500k``, ``1.5M``, ``2M-total``, ``$5``; raises UsageError for anything else."""
    match = _BUDGET.match(text.strip())
    if not match or (match[1] and match[4]):
        raise UsageError(
            f"{where}: expected output tokens (500k), all tokens (2M-total) or dollars ($5), found {text!r}"
        )
    number = float(match[2]) * {"k": 1e3, "m": 1e6}.get((match[3] or "").lower(), 1)
    unit = COST if match[1] else TOTAL if match[4] else OUTPUT
    return BudgetLimit(number if unit == COST else float(int(number)), unit)


class Ledger:
    """What this run spent and reserved. ``limit`` is None without a budget; spending is counted all the same."""

    __slots__ = ("approximate", "calls", "in_flight", "limit", "reserved", "spent")

    def __init__(self, limit: BudgetLimit | None = None) -> None:
        self.limit = limit
        self.spent = 0.0
        self.reserved = 0.0
        self.in_flight = 0
        self.calls = 0  # settled calls, for the running mean
        self.approximate = False

    @property
    def unit(self) -> str:
        return self.limit.unit if self.limit else OUTPUT

    @property
    def remaining(self) -> float:
        return max(0.0, self.limit.total - self.spent) if self.limit else float("inf")

    def check(self) -> None:
        """Raise BudgetExhausted once the total is spent: the hard check before every new call."""
        if self.limit and self.spent >= self.limit.total:
            suffix = "" if self.unit == COST else "tokens"
            raise BudgetExhausted(self._amount(self.spent), self._amount(self.limit.total), suffix)

    def admits(self) -> bool:
        """Whether one more call may start beside those in flight.

        A call that is alone always may (the hard check has the last word on it), so a queue held back here moves again
        when one in flight settles.
        """
        if self.limit is None or self.in_flight == 0:
            return True
        return self.spent + self.reserved + self._mean() <= self.limit.total

    def reserve(self) -> float:
        """Hold the running mean for a call that starts; the amount goes back by ``settle``."""
        amount = self._mean()
        self.reserved += amount
        self.in_flight += 1
        return amount

    def settle(self, reservation: float, outcome: CallOutcome) -> None:
        """Replace a reservation by what the call cost, failed attempts included."""
        self.refund(reservation)
        self.calls += 1
        self.spent += self._price(outcome)
        self.approximate = self.approximate or outcome.approximate

    def refund(self, reservation: float) -> None:
        """Give back the reservation of a call that never ended."""
        self.in_flight -= 1
        self.reserved = self.reserved - reservation if self.in_flight else 0.0

    def _price(self, outcome: CallOutcome) -> float:
        if self.unit == OUTPUT:
            return outcome.usage.output
        if self.unit == TOTAL:
            return outcome.usage.total
        return outcome.cost or 0.0

    def _mean(self) -> float:
        return self.spent / self.calls if self.calls else 0.0

    def _amount(self, amount: float) -> str:
        if self.unit == COST:
            return f"${amount:.2f}" if amount == 0 or amount >= 0.01 else f"${amount:g}"
        return str(int(amount))
