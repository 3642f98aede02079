"""What a call has used so far, told whenever it changes."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from odw.executors.bamboo.failures import ProviderError
from odw.executors.bamboo.wire import Spent, Turn

TEXT_EVERY_S = 2.0


class Account:
    """``emit`` gets events. A turn without usage makes the sum a lower bound, which ``totals`` says by ``partial``."""

    def __init__(self, emit: Callable[[dict[str, Any]], None], model: str) -> None:
        self._emit = emit
        self._model = model
        self._sum = Spent()
        self._cost: float | None = None
        self._known = self._missing = False
        self._said = ""
        self._next_text = 0.0
        self._next_sign = time.monotonic() + TEXT_EVERY_S

    def spent(self, turn: Turn) -> int:
        """Book a turn; returns its tokens, input included."""
        self._model = turn.model or self._model
        if turn.spent is None:
            self._missing = True
            return 0
        self._known = True
        self._sum = Spent(*(a + b for a, b in zip(self._sum, turn.spent, strict=True)))
        if turn.cost is not None:
            self._cost = (self._cost or 0.0) + turn.cost
        self._emit({"type": "usage", **self._told()})
        return turn.spent.input + turn.spent.output + turn.spent.cache_read

    def says(self, text: str) -> None:
        """A piece of the answer, "" for one that nobody reads, such as a thought; a sign of life now and then."""
        self._said = (self._said + text)[-2000:]
        now = time.monotonic()
        if text and now >= self._next_text:
            self._next_text = self._next_sign = now + TEXT_EVERY_S
            self._emit({"type": "text", "text": self._said})
        elif now >= self._next_sign:
            self._next_sign = now + TEXT_EVERY_S
            self._emit({"type": "thinking"})

    def waits(self, error: ProviderError, seconds: float) -> None:
        self._emit({"type": "rate_limit", "message": error.message, "retry_after_s": seconds})

    def totals(self) -> dict[str, Any]:
        found: dict[str, Any] = {"model": self._model}
        if self._known:
            found.update(self._told())
        if self._missing:
            found["partial"] = True
        return found

    def _told(self) -> dict[str, Any]:
        spent = self._sum
        usage = {
            "input": spent.input,
            "output": spent.output,
            "cache_read": spent.cache_read,
            "reasoning": spent.reasoning,
        }
        return {"usage": usage} if self._cost is None else {"usage": usage, "cost": self._cost}
