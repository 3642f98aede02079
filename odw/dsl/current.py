"""Where the running code stands: the scope in a context variable, and through its frame the driver of the run.

Each branch (a slot of ``parallel``, a task of the author's own nursery) has its own scope, set when its task is spawned, so that
what is called inside has a path that follows from the structure of the workflow alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any, Protocol, cast

from odw.runtime.call_path import Frame, Scope

if TYPE_CHECKING:
    from odw.dsl.driver import Driver
    from odw.runtime.context import RunContext


class OutsideRun(RuntimeError):
    """A hook was used where no workflow runs."""


class PythonFrame(Frame):
    """A workflow in Python that runs; ``driver`` runs its tasks."""

    __slots__ = ("driver",)

    def __init__(
        self,
        driver: Driver,
        name: str,
        meta: Mapping[str, Any],
        args: Any = None,
        depth: int = 0,
        group: str = "",
    ) -> None:
        super().__init__(name, meta, args, depth, group)
        self.driver = driver


class Deadline(Protocol):
    """The clock of an ``odw.timeout`` block; ``reset``: something in it runs anew, so what is recorded of it counts no more."""

    def reset(self) -> None: ...


SCOPE: ContextVar[Scope | None] = ContextVar("odw_scope", default=None)
DEADLINES: ContextVar[tuple[Deadline, ...]] = ContextVar(
    "odw_deadlines", default=()
)  # those around the running code
STEP: ContextVar[str | None] = ContextVar("odw_step", default=None)  # the step whose body runs


def current_scope(hook: str) -> Scope:
    """The scope of the running code. Raises OutsideRun, which names ``hook``."""
    scope = SCOPE.get()
    if scope is None:
        step = STEP.get()
        if step is not None:
            raise OutsideRun(
                f"{hook} cannot be used inside the step {step}: a step is one effect, which is recorded as a whole. "
                "Call it from the workflow."
            )
        raise OutsideRun(
            f"{hook} works only while a workflow runs: start one with odw exec FILE.py, or odw.run(workflow, …)"
        )
    return scope


def driver_of(scope: Scope) -> Driver:
    return cast("PythonFrame", scope.frame).driver


def current_run(hook: str) -> RunContext:
    return driver_of(current_scope(hook)).run
