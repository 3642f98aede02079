"""The agent calls of a run under test, to be looked at and filtered: ``run.calls.labelled("verify:*")``."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from json import loads
from typing import Any, overload

from odw.diagnostics import printable
from odw.runtime.abc import Usage
from odw.runtime.journal.history import read_blob, result_of
from odw.runtime.run_view import AttemptView, CallView
from odw.testing.answers import fits

_IN_REPR = 12
_IN_LISTING = 100


class Call:
    """One agent call. ``status``: "done", "failed", "replayed" (its result is that of an earlier session), "skipped", "refused"
    (it was not made, since a budget was spent), "waiting" or "running" (it had not ended when the run did).

    Times are in seconds, on the run's own clock.
    """

    def __init__(self, view: CallView, run_dir: str) -> None:
        self._view = view
        self._dir = run_dir
        self.index = view.index
        self.label = view.label
        self.phase = view.phase
        self.path = view.path
        self.key = view.key
        self.runtime = view.runtime
        self.status = view.status
        self.group = view.group  # "▸ name" of the sub-workflow it belongs to, else ""
        self.site = view.site  # [line, column] of the call, from 1
        self.usage: Usage = view.usage
        self.cost = view.cost
        self.model = view.model or self._config.get("model")
        self.attempts: list[AttemptView] = view.attempts
        self.error = view.error  # {"category", "message", "retryable"} of a call that failed

    @property
    def _config(self) -> dict[str, Any]:
        config: dict[str, Any] = (self._view.start or {}).get("config", {})
        return config

    @cached_property
    def prompt(self) -> str:
        start = self._view.start or {}
        reference = start.get("promptRef")
        return read_blob(self._dir, reference) if reference else str(start.get("promptPreview", ""))

    @cached_property
    def schema(self) -> Any:
        """Its JSON Schema, None for text."""
        reference = self._config.get("schemaRef")
        return loads(read_blob(self._dir, reference)) if reference else self._config.get("schema")

    @cached_property
    def options(self) -> dict[str, Any]:
        """The options of the call as JavaScript spells them, with the model and effort that it really has."""
        return {name: value for name, value in self._config.items() if name not in ("schema", "schemaRef")}

    @cached_property
    def result(self) -> Any:
        """What the workflow got, None of a call that failed."""
        end = self._view.end or {}
        return result_of(end, self._dir) if "result" in end or "resultRef" in end else None

    @property
    def ok(self) -> bool:
        return self.error is None and self.status in ("done", "replayed")

    @property
    def tokens(self) -> int:
        """Those of its output."""
        return self.usage.output

    @property
    def duration(self) -> float | None:
        milliseconds = self._view.duration_ms
        return None if milliseconds is None else milliseconds / 1000

    @property
    def waited(self) -> float:
        """How long it was in the queue for a slot."""
        return self._view.waited_ms / 1000

    def __repr__(self) -> str:
        return f"<Call {self.line()}>"

    def line(self) -> str:
        """``3 verify:bugs (Verify) failed: timeout: no answer within 5 s``"""
        phase = f" ({self.phase})" if self.phase else ""
        said = "" if self.status == "done" else f" {self.status}"
        if self.error is not None:
            said = f" {self.status}: {self.error['category']}: {self.error['message']}"
        if len(self.attempts) > 1:
            said += f", {len(self.attempts)} attempts"
        return printable(f"{self.index} {self.label}{phase}{said}").replace("\n", "\\n")


class Calls(Sequence[Call]):
    """Calls in the order in which the workflow made them."""

    def __init__(self, calls: Sequence[Call], which: str = "") -> None:
        self._calls = list(calls)
        self._which = which

    @overload
    def __getitem__(self, index: int) -> Call: ...
    @overload
    def __getitem__(self, index: slice) -> Calls: ...
    def __getitem__(self, index: int | slice) -> Call | Calls:
        __tracebackhide__ = True
        if isinstance(index, slice):
            return Calls(self._calls[index], self._which)
        try:
            return self._calls[index]
        except IndexError:
            raise IndexError(f"there is no call {index} among {self!r}") from None

    def __len__(self) -> int:
        return len(self._calls)

    def __iter__(self) -> Iterator[Call]:
        return iter(self._calls)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Calls) and self._calls == other._calls

    __hash__ = None  # type: ignore[assignment]  # as of a list

    def labelled(self, pattern: str) -> Calls:
        """Those whose label fits: ``*`` stands for anything, ``?`` for one character."""
        return self._where(lambda call: fits(call.label, pattern), f"labelled {pattern!r}")

    def in_phase(self, pattern: str) -> Calls:
        return self._where(lambda call: fits(call.phase or "", pattern), f"in phase {pattern!r}")

    def with_model(self, pattern: str) -> Calls:
        return self._where(lambda call: fits(call.model or "", pattern), f"with model {pattern!r}")

    def in_workflow(self, pattern: str) -> Calls:
        """Those of a sub-workflow."""
        return self._where(
            lambda call: fits(call.group.removeprefix("▸ "), pattern), f"in workflow {pattern!r}"
        )

    def asking(self, pattern: str | re.Pattern[str]) -> Calls:
        """Those in whose prompt the regular expression is found."""
        found = re.compile(pattern)
        return self._where(lambda call: found.search(call.prompt) is not None, f"asking {found.pattern!r}")

    @property
    def failed(self) -> Calls:
        return self._where(lambda call: call.error is not None, "failed")

    @property
    def live(self) -> Calls:
        """Those that an executor was asked, in this session."""
        return self._where(lambda call: call.status not in ("replayed", "refused"), "live")

    @property
    def replayed(self) -> Calls:
        return self._where(lambda call: call.status == "replayed", "replayed")

    @property
    def one(self) -> Call:
        """The only one. Raises AssertionError that lists them when there is another number."""
        __tracebackhide__ = True
        if len(self._calls) != 1:
            raise AssertionError(f"expected one call, found {self!r}")
        return self._calls[0]

    @property
    def labels(self) -> list[str]:
        return [call.label for call in self._calls]

    @property
    def prompts(self) -> list[str]:
        return [call.prompt for call in self._calls]

    @property
    def results(self) -> list[Any]:
        return [call.result for call in self._calls]

    @property
    def tokens(self) -> int:
        return sum(call.tokens for call in self._calls)

    @property
    def cost(self) -> float:
        return sum(call.cost or 0.0 for call in self._calls)

    def _where(self, fits: Callable[[Call], bool], which: str) -> Calls:
        return Calls(
            [call for call in self._calls if fits(call)],
            f"{self._which} and {which}" if self._which else which,
        )

    def __repr__(self) -> str:
        count = "1 call" if len(self._calls) == 1 else f"{len(self._calls)} calls"
        what = f"{count} {self._which}" if self._which else count
        return f"<{what}: {'; '.join(self._lines(_IN_REPR))}>" if self._calls else f"<{what}>"

    def listing(self) -> str:
        """One line each, of the first hundred."""
        return "\n".join(self._lines(_IN_LISTING))

    def _lines(self, most: int) -> list[str]:
        lines = [call.line() for call in self._calls[:most]]
        more = len(self._calls) - most
        return [*lines, f"… and {more} more"] if more > 0 else lines
