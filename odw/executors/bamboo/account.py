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
        self._known = self._missing = False
        self._said = ""
        self._next = 0.0

    def spent(self, turn: Turn) -> int:
        """Book a turn; returns its tokens, input included."""
        self._model = turn.model or self._model
        if turn.spent is None:
            self._missing = True
            return 0
        self._known = True
        self._sum = Spent(*(a + b for a, b in zip(self._sum, turn.spent, strict=True)))
        self._emit({"type": "usage", "usage": self._usage()})
        return turn.spent.input + turn.spent.output + turn.spent.cache_read

    def says(self, text: str) -> None:
        """A piece of the answer; a sign of life now and then."""
        self._said = (self._said + text)[-2000:]
        now = time.monotonic()
        if now >= self._next:
            self._next = now + TEXT_EVERY_S
            self._emit({"type": "text", "text": self._said})

    def waits(self, error: ProviderError, seconds: float) -> None:
        self._emit({"type": "rate_limit", "message": error.message, "retry_after_s": seconds})

    def totals(self) -> dict[str, Any]:
        found: dict[str, Any] = {"model": self._model}
        if self._known:
            found["usage"] = self._usage()
        if self._missing:
            found["partial"] = True
        return found

    def _usage(self) -> dict[str, int]:
        spent = self._sum
        return {
            "input": spent.input,
            "output": spent.output,
            "cacheRead": spent.cache_read,
            "reasoning": spent.reasoning,
        }
