"""The ledger under any sequence of starts, progress, ends, refunds and records of earlier sessions, beside a plain model of it."""

from __future__ import annotations

import json
import math
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from odw.runtime.abc import Usage
from odw.runtime.budget import Ledger, Reservation
from odw.runtime.budget_limits import COST, TOTAL, BudgetLimit, Limits

PHASES = st.sampled_from([None, "Review", "Write"])
RUNTIMES = st.sampled_from(["claude", "codex"])
TOKENS = st.one_of(
    st.integers(0, 300),
    st.sampled_from([-1, 10**400, math.nan, math.inf, -math.inf, None, "many", True]),
)
COSTS = st.one_of(st.none(), st.floats(0, 3), st.sampled_from([-1.0, math.nan, math.inf, 1e300, "much"]))
USAGES = st.one_of(st.none(), st.builds(Usage, TOKENS, TOKENS, TOKENS, TOKENS))
Limited = tuple[str | None, str]


def sane(value: Any) -> float:
    usable = isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 1e15
    return float(value) if usable else 0.0


def output(usage: Usage | None, cost: Any) -> float:
    return 0.0 if usage is None else sane(usage.output)


def total(usage: Usage | None, cost: Any) -> float:
    return 0.0 if usage is None else sum(map(sane, usage[:4]))


class LedgerMachine(RuleBasedStateMachine):
    """Three accounts with three units: the run in output tokens, a phase in all tokens, a runtime in dollars."""

    def __init__(self) -> None:
        super().__init__()
        self.ledger = Ledger(
            Limits(BudgetLimit(1000), {"Review": BudgetLimit(800, TOTAL)}, {"codex": BudgetLimit(5, COST)})
        )
        self.flying: list[tuple[Reservation, Limited]] = []
        self.run = self.review = self.codex = 0.0  # settled
        self.shown = 0.0
        self.hidden: list[float] = []
        self.positions = 0

    def book(self, limited: Limited, usage: Usage | None, cost: Any) -> None:
        self.run += output(usage, cost)
        if limited[0] == "Review":
            self.review += total(usage, cost)
        if limited[1] == "codex":
            self.codex += sane(cost)

    @rule(phase=PHASES, runtime=RUNTIMES)
    def start(self, phase: str | None, runtime: str) -> None:
        if self.ledger.admits(phase, runtime) and self.ledger.exhausted(phase, runtime) is None:
            self.flying.append((self.ledger.reserve(phase, runtime), (phase, runtime)))

    @precondition(lambda self: self.flying)
    @rule(data=st.data(), usage=USAGES, cost=COSTS)
    def progress(self, data: Any, usage: Usage | None, cost: Any) -> None:
        reservation, _ = data.draw(st.sampled_from(self.flying))
        self.ledger.stream(reservation, usage, cost)

    @precondition(lambda self: self.flying)
    @rule(data=st.data(), usage=USAGES, cost=COSTS, delivered=st.booleans())
    def end(self, data: Any, usage: Usage | None, cost: Any, delivered: bool) -> None:
        entry = data.draw(st.sampled_from(self.flying))
        self.flying.remove(entry)
        reservation, limited = entry
        self.ledger.settle(reservation, usage, cost)
        self.book(limited, usage, cost)
        self.ledger.settle(reservation, usage, cost)  # a second time changes nothing
        if delivered:
            self.ledger.show(*limited, usage, cost)
            self.shown += output(usage, cost)

    @precondition(lambda self: self.flying)
    @rule(data=st.data())
    def give_up(self, data: Any) -> None:
        entry = data.draw(st.sampled_from(self.flying))
        self.flying.remove(entry)
        self.ledger.refund(entry[0])

    @rule(phase=PHASES, runtime=RUNTIMES, usage=USAGES, cost=COSTS)
    def recorded(self, phase: str | None, runtime: str, usage: Usage | None, cost: Any) -> None:
        self.ledger.restore(phase, runtime, usage, cost)
        self.book((phase, runtime), usage, cost)

    @rule(phase=PHASES, runtime=RUNTIMES, usage=USAGES, cost=COSTS)
    def lost(self, phase: str | None, runtime: str, usage: Usage | None, cost: Any) -> None:
        self.positions += 1
        self.ledger.sunk(self.positions, phase, runtime, usage, cost)
        self.book((phase, runtime), usage, cost)
        self.hidden.append(output(usage, cost))

    @rule(kept=st.integers(0, 3))
    def reveal(self, kept: int) -> None:
        """All but the last ``kept`` ones."""
        self.ledger.reveal(self.positions + 1 - kept)
        count = max(0, len(self.hidden) - kept)
        self.shown, self.hidden = self.shown + sum(self.hidden[:count]), self.hidden[count:]

    @invariant()
    def sums_are_those_of_the_model(self) -> None:
        found = self.ledger.to_json()
        assert self.ledger.settled == pytest.approx(self.run)
        assert self.ledger.spent == pytest.approx(self.shown)
        assert self.ledger.remaining == pytest.approx(max(0.0, 1000 - self.shown))
        assert found["phases"]["Review"]["spent"] == int(self.review)
        assert found["runtimes"]["codex"]["spent"] == pytest.approx(self.codex, abs=1e-6)
        json.dumps(found, allow_nan=False)

    @invariant()
    def what_is_held_is_held_by_calls_in_flight(self) -> None:
        assert self.ledger.in_flight == len(self.flying)
        for account in self.ledger._all():
            assert 0 <= account.streamed <= account.reserved + 1e-6 < math.inf
            if account.in_flight == 0:
                assert account.reserved == account.streamed == 0

    @invariant()
    def a_call_alone_is_never_held_back(self) -> None:
        if not self.flying:
            assert all(
                self.ledger.admits(phase, name) for phase in (None, "Review") for name in ("claude", "codex")
            )


LedgerMachine.TestCase.settings = settings(max_examples=60, stateful_step_count=40, deadline=None)
TestLedger = LedgerMachine.TestCase
