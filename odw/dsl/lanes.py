"""The slots of a ``gather``: no places of their own. What is called in them counts as called around it, as under ``Promise.all``."""

from __future__ import annotations

from odw.runtime.call_path import Scope
from odw.runtime.halts import CallHalt


class Lane(Scope):
    """One slot: it counts with the scope around it, and has a phase of its own. ``order`` is where it stands among others."""

    __slots__ = ("_around", "order")

    def __init__(self, around: Scope, order: str) -> None:
        super().__init__(around.frame, around.path, around.phase)
        self._around = around
        self.order = order

    def next(self, kind: str) -> str:
        return self._around.next(kind)


class Lanes:
    """The book of a ``gather``; as that of a fan-out, but nothing of it is recorded."""

    __slots__ = ("_scope", "path")
    limit: int | None = None

    def __init__(self, scope: Scope) -> None:
        around = scope.order if isinstance(scope, Lane) else scope.path
        number = scope.next("g")
        self._scope = scope
        self.path = f"{around}/{number}"

    def slot(self, index: int, stage: int | None = None) -> Scope:
        return Lane(self._scope, f"{self.path}[{index}]")

    def finished(self) -> None: ...

    def failed(self, index: int, message: str) -> None: ...

    def halted(self, halt: CallHalt) -> None: ...
