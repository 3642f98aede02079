"""All that a journal tells about one call: found by number, path or label, in whichever session made it last."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from odw.errors import UsageError

if TYPE_CHECKING:
    from odw.runtime.abc import Event

CANDIDATES = 8
LABEL = 60  # characters, as of a label that was not given
_CALLS = ("agent_start", "agent_skip", "agent_done")
_ENDS = ("agent_skip", "agent_done")


def _one_line(label: str) -> str:
    """A label is the script's and may hold anything."""
    line = " ".join(label.split())
    return line if len(line) <= LABEL else f"{line[: LABEL - 1]}…"


class Place(NamedTuple):
    """A call as one session made it; sessions and calls count from 1."""

    session: int
    call: int


class CallStory:
    """The events of a run by session and call; ``node`` is the call that is asked for."""

    def __init__(self, node: str) -> None:
        self._node = node
        self._sessions: list[dict[int, list[Event]]] = []
        self._ends: dict[int, Place] = {}  # by the seq of the line

    def take(self, events: list[Event]) -> None:
        for event in events:
            if event["type"] in ("workflow_start", "workflow_resume") or not self._sessions:
                self._sessions.append({})
            index = event.get("index")
            if index is None:
                continue
            self._sessions[-1].setdefault(index, []).append(event)
            if event["type"] in _ENDS:
                self._ends[event["seq"]] = Place(len(self._sessions), index)

    @property
    def sessions(self) -> int:
        return len(self._sessions)

    def current(self) -> Place | None:
        """The call in the session that goes on; None as long as it was not made there. Raises UsageError."""
        return self._find(len(self._sessions)) if self._sessions else None

    def latest(self) -> Place:
        """The call in the last session that made it. Raises UsageError when none did, or when several calls are meant."""
        for session in range(len(self._sessions), 0, -1):
            place = self._find(session)
            if place is not None:
                return place
        calls = next((found for found in reversed([*self._calls()]) if found), {})
        known = ", ".join(
            f"{index} [{_one_line(call['label'])}]" for index, call in [*calls.items()][:CANDIDATES]
        )
        hint = (
            f"Calls: {known}{', …' if len(calls) > CANDIDATES else '.'}" if calls else "It made no call yet."
        )
        raise UsageError(f"the run has no call {self._node!r}", hint=hint)

    def events(self, place: Place) -> list[Event]:
        """What happened to a call in one session."""
        return self._sessions[place.session - 1].get(place.call, [])

    def ended(self, place: Place) -> bool:
        return any(event["type"] in _ENDS for event in self.events(place))

    def origin(self, skip: Event) -> Place | None:
        """Where the call was made whose result a replayed one got."""
        return self._ends.get(skip["from"])

    def _calls(self) -> Iterator[dict[int, Event]]:
        """For each session, a line that names each call."""
        for session in self._sessions:
            yield {
                index: found
                for index, events in sorted(session.items())
                if (found := next((event for event in events if event["type"] in _CALLS), None))
            }

    def _find(self, session: int) -> Place | None:
        calls = [*self._calls()][session - 1]
        for matches in (
            [index for index in calls if str(index) == self._node],
            [index for index, call in calls.items() if call["path"] == self._node],
            [index for index, call in calls.items() if call["label"] == self._node],
        ):
            if len(matches) == 1:
                return Place(session, matches[0])
            if matches:
                listing = ", ".join(f"{i} ({calls[i]['path']})" for i in matches[:CANDIDATES])
                more = f" and {len(matches) - CANDIDATES} more" if len(matches) > CANDIDATES else ""
                raise UsageError(
                    f"{len(matches)} calls are called {self._node!r}: {listing}{more}",
                    hint="Name one by its number or path.",
                )
        return None
