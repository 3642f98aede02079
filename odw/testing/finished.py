"""A run that has ended, with all that can be asked of it in a test."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from odw.diagnostics import printable
from odw.errors import OdwError
from odw.runtime.abc import ABSENT, Event, Usage
from odw.runtime.journal.reader import read_journal
from odw.runtime.run_view import RunView
from odw.testing.calls import Call, Calls

if TYPE_CHECKING:
    from odw.runtime.options import RunOutcome


class RunFailed(AssertionError):
    """The result of a run was asked for that has none."""


class Events(list[Event]):
    """The events of one session, in order; their types are those of the journal (docs/journal-format.md)."""

    def of(self, kind: str) -> list[Event]:
        return [event for event in self if event["type"] == kind]


class Run:
    """One session of a run: the whole of it, or since it was resumed."""

    def __init__(
        self, outcome: RunOutcome, again: Callable[..., Run], unused: list[Any], questions: list[str]
    ) -> None:
        self._outcome = outcome
        self._again = again
        self.questions = questions  # that a person was asked
        self.unused_answers = unused  # keys of the answers that no call asked for
        view, self.events = _folded(outcome.run_dir)
        self.name = view.name
        self.id = outcome.run_id
        self.directory = Path(outcome.run_dir)
        self.status = outcome.status  # "completed", "failed", "parked", "stopped"
        self.exit_code = outcome.exit_code
        self.error: OdwError | None = outcome.error
        self.calls = Calls([Call(view.calls[index], outcome.run_dir) for index in sorted(view.calls)])
        self.logs: list[str] = [event["message"] for event in self.events.of("log")]
        self.notes: list[str] = [event["message"] for event in self.events.of("note")]
        self.phases: list[str] = list(view.phases)
        self.checkpoints: dict[str, Any] = {
            event["name"]: event["value"] for event in self.events.of("checkpoint")
        }
        self.usage: Usage = view.usage
        self.cost: float = view.cost
        session = view.sessions[-1]
        self.duration = ((session.ended or view.moment) - session.started) / 1000  # seconds on its own clock

    @property
    def result(self) -> Any:
        """What the workflow returned, as JSON. Raises RunFailed, which tells why there is nothing."""
        __tracebackhide__ = True
        if self.error is not None:
            report = getattr(self.error, "report", "") or self.error.message
            ended = _ENDED.get(self.status, self.status)
            raise RunFailed(printable(f"the run of {self.name} {ended}: {report}"))
        return self._outcome.result

    @property
    def tokens(self) -> int:
        """Output tokens of all calls."""
        return self.usage.output

    def resume(
        self, edited: Any = None, *, args: Any = ABSENT, answers: Any = ABSENT, **settings: Any
    ) -> Run:
        """Go on with this run in a new session: recorded calls replay, the others are asked.

        ``edited`` is another version of the workflow; it, ``args``, ``answers`` and the settings are those of this run unless given.
        """
        return self._again(self.id, edited, args, answers, settings)

    def listing(self) -> str:
        """All calls and what the workflow logged, for people."""
        ending = self.status if self.error is None else f"{self.status}: {self.error.message}"
        lines = [f"{self.name} {ending}"]
        lines += [f"  {line}" for line in self.calls.listing().split("\n")] if self.calls else ["  no calls"]
        lines += [f"  log: {line}" for message in self.logs for line in message.split("\n")]
        return printable("\n".join(lines))

    def __repr__(self) -> str:
        return f"<Run {self.name} {self.status}, {len(self.calls)} calls>"


_ENDED: Mapping[str, str] = {"failed": "failed", "parked": "was parked", "stopped": "was stopped"}


def _folded(run_dir: str) -> tuple[RunView, Events]:
    """The journal as a view of the last session, and that session's own events."""
    view = RunView()
    session = Events()
    for event in read_journal(f"{run_dir}/events.jsonl").events:
        if event["type"] in ("workflow_start", "workflow_resume"):
            session.clear()
        session.append(event)
        view.take(event)
    return view, session
