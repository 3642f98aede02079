"""``phase``, ``log``, ``checkpoint``, ``budget`` and ``args``: what a workflow says, and what it may ask about its run."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import TracebackType
from typing import Any

from odw.dsl.current import current_run, current_scope, driver_of
from odw.dsl.json_values import json_text, to_json
from odw.runtime.abc import ABSENT
from odw.runtime.primitives.checkpoint import record_checkpoint
from odw.runtime.primitives.log import write_log
from odw.runtime.primitives.phase import enter_phase


class phase:
    """``odw.phase("Verify")``: the phase of the calls that follow in this workflow.

    ``async with odw.phase("Verify"):`` (or ``with``) is for the calls inside only, in this task and in those that it starts.
    """

    __slots__ = ("_before", "_outer", "_scope", "title")

    def __init__(self, title: str, detail: str | None = None) -> None:
        self.title = title
        self._scope = current_scope("odw.phase()")
        self._before = self._scope.frame.phase
        self._outer: str | None = None
        enter_phase(driver_of(self._scope).run, self._scope, str(title), detail)

    def __enter__(self) -> phase:
        self._scope.frame.phase = self._before
        self._outer, self._scope.phase = self._scope.phase, self.title
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._scope.phase = self._outer

    async def __aenter__(self) -> phase:
        return self.__enter__()

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.__exit__(kind, error, trace)


def log(message: object, *, level: str = "log") -> None:
    """A line in the run's log; a value that is no text is shown as JSON. ``level`` is "log", "info", "warn", "error" or "debug"."""
    write_log(current_run("odw.log()"), message if type(message) is str else json_text(message), level)


def checkpoint(name: str, value: Any = None) -> None:
    """A named value for those who watch, kept in the journal and in state.json. Raises TypeError for one that is not JSON."""
    record_checkpoint(current_run("odw.checkpoint()"), name, to_json(value, "odw.checkpoint()"))


class Budget:
    """What the run may spend and what it has been shown as spent, in ``unit``; ``total`` is None without a limit."""

    __slots__ = ()

    @property
    def total(self) -> float | None:
        limit = current_run("odw.budget").ledger.limit
        return limit.total if limit else None

    @property
    def unit(self) -> str:
        return current_run("odw.budget").ledger.unit

    def spent(self) -> float:
        return current_run("odw.budget").ledger.spent

    def remaining(self) -> float:
        """Infinity without a limit."""
        return current_run("odw.budget").ledger.remaining


class Args(Mapping[str, Any]):
    """The args of the running workflow, when they are an object; ``value`` is what was passed, whatever it is, None for nothing."""

    __slots__ = ()

    @property
    def value(self) -> Any:
        args = current_scope("odw.args").frame.args
        return None if args is ABSENT else args

    def __getitem__(self, name: str) -> Any:
        return self._object()[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._object())

    def __len__(self) -> int:
        return len(self._object())

    def _object(self) -> dict[str, Any]:
        value = self.value
        return value if isinstance(value, dict) else {}


budget = Budget()
args = Args()
