"""``parallel(thunks, options?)`` and ``fanout``: what they mean, whatever runs the thunks. Contract, section 4."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from odw.runtime import events
from odw.runtime.call_path import Scope
from odw.runtime.context import RunContext
from odw.runtime.halts import CallHalt

NOT_AN_ARRAY = "parallel() expects an array of functions"
NOT_FUNCTIONS = "parallel() expects an array of functions, not promises. Wrap each call: () => agent(...)"
FANOUT_NOT_AN_ARRAY = "fanout() expects an array as the first argument"
FANOUT_NOT_A_FUNCTION = "fanout() expects a function as the second argument: fanout(items, item => ...)"


class Fanout:
    """The book of one fan-out: its path, its failures, and the one log line about a halt."""

    __slots__ = (
        "_failed",
        "_finished",
        "_halted",
        "_run",
        "count",
        "kind",
        "label",
        "limit",
        "path",
        "scope",
    )

    def __init__(
        self, run: RunContext, scope: Scope, kind: str, count: int, options: Mapping[str, Any] | None = None
    ) -> None:
        options = options or {}
        self._run = run
        self.kind = kind
        self.count = count
        self.path = scope.next("p" if kind == "parallel" else "l")
        label = options.get("label")
        self.label = label if isinstance(label, str) else None
        phase = options.get("phase")
        self.scope = scope.inside(self.path, phase if isinstance(phase, str) else None)
        self.limit = _limit(options)
        self._failed = 0
        self._finished = 0
        self._halted = False
        run.emit(events.fanout_start(kind, self.path, self.label, count))
        if count == 0:
            self._done()

    def slot(self, index: int, stage: int | None = None) -> Scope:
        """The scope in which slot ``index`` (of a pipeline: its stage ``stage``) runs."""
        where = f"{index}.{stage}" if stage is not None else str(index)
        return Scope(self.scope.frame, f"{self.path}[{where}]", self.scope.phase)

    def finished(self) -> None:
        """A slot has its result."""
        self._finished += 1
        if self._finished == self.count:
            self._done()

    def failed(self, index: int, message: str) -> None:
        """A slot threw: it becomes null, and this says so."""
        self._failed += 1
        self._run.emit(events.fanout_item_error(self.kind, self.path, index, message))
        self._run.log(f"{self.kind}[{index}] failed: {message}")
        self.finished()

    def halted(self, halt: CallHalt) -> None:
        """A slot met a halt, which ends the whole fan-out; logged the first time, by the innermost fan-out, only."""
        if self._halted or halt.logged:
            return
        self._halted = halt.logged = True
        dropped = self.count - self._finished
        self._run.log(f"{self.kind} halted, {dropped} of {self.count} results dropped: {halt.reason}")

    def _done(self) -> None:
        self._run.emit(events.fanout_done(self.kind, self.path, self.label, self.count, self._failed))


def _limit(options: Mapping[str, Any]) -> int | None:
    """``max`` or ``concurrency``: how many thunks may be under way at once."""
    for name in ("max", "concurrency"):
        value = options.get(name)
        if isinstance(value, int | float) and not isinstance(value, bool) and value >= 1:
            return int(value)
    return None
