"""``odw logs RUN [NODE]``: the events of a run, or everything about one of its calls."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from json import dumps
from typing import TYPE_CHECKING, Any

from odw.cli.call_lines import CallLines
from odw.cli.call_story import CallStory, Place
from odw.cli.fork_source import asked_in
from odw.cli.launch import project_of
from odw.cli.terminal import PlainProgress, say
from odw.runtime.journal.lock import is_locked
from odw.runtime.journal.reader import tail_events
from odw.runtime.run_store import JOURNAL, find_run

if TYPE_CHECKING:
    from odw.runtime.abc import Event
    from odw.runtime.run_dir import RunDir

LOOK_S = 0.2


def logs_command(values: dict[str, Any]) -> int:
    """Print what there is, and with --follow what comes, until the run or the call has ended."""
    directory = find_run(project_of(values), values["run"])
    if values["node"] is not None:
        return _one(directory, values)
    progress = PlainProgress()
    for events in _batches(directory, values["follow"]):
        for event in events:
            if values["json"]:
                _print_json(event)
            else:
                progress.on_event(event)
    return 0


def _batches(directory: RunDir, follow: bool) -> Iterator[list[Event]]:
    """What the journal holds; following, also what comes. Raises JournalDamaged after what is whole."""
    path = directory.file(JOURNAL)
    tail = tail_events(path, checked=True)
    driven = follow
    while True:
        driven = follow and is_locked(path)  # before the events: nothing comes after the driver is gone
        events = tail.poll()
        if events:
            yield events
        if tail.damage is not None:
            raise tail.damage
        if not driven and not (follow and events):
            return
        if not events:
            time.sleep(LOOK_S)


def _one(directory: RunDir, values: dict[str, Any]) -> int:
    """One call: following, in the session that goes on; else, and if it is not made there, in the last that made it."""
    story = CallStory(values["node"])
    teller = _Teller(story, directory, as_json=values["json"])
    place: Place | None = None
    session = 0
    for events in _batches(directory, values["follow"]):
        story.take(events)
        if not values["follow"]:
            continue
        if story.sessions != session:  # somebody resumed the run
            session, place = story.sessions, None
        place = place or story.current()
        if place is not None:
            teller.tell(place)
            if story.ended(place):
                return 0
    if place is None:
        teller.tell(story.latest())
    return 0


class _Teller:
    """Prints what is known of a call and was not printed before."""

    def __init__(self, story: CallStory, directory: RunDir, *, as_json: bool) -> None:
        self._story = story
        self._run_dir = directory.path
        self._lines = CallLines(directory.path)
        self._as_json = as_json
        self._told: dict[Place, int] = {}

    def tell(self, place: Place) -> None:
        events = self._story.events(place)
        told = self._told.get(place, 0)
        self._told[place] = len(events)
        started = any(event["type"] == "agent_start" for event in events)
        for event in events[told:]:
            self._print(event, headed=started)
            if event["type"] == "agent_skip" and event["cached"]:
                origin = self._story.origin(event)
                if origin is not None:
                    self.tell(origin)

    def _print(self, event: Event, *, headed: bool) -> None:
        asked = asked_in(self._run_dir, event) if "imported" in event else None
        if self._as_json:
            if asked is not None:
                _print_json({**asked.start, "run": asked.run_id})
            _print_json(event)
            return
        lines = self._lines.of(event)
        if event["type"] == "agent_skip" and (headed or "imported" in event):
            lines = [line for line in lines if line.startswith("[")]
        if asked is not None:
            lines = [*CallLines(asked.run_dir).of(asked.start), *lines]
        elif "imported" in event:
            lines = [*self._lines.of_lost_start(event), *lines]
        for line in lines:
            say(line.replace("\n", "\n  "))


def _print_json(event: Event) -> None:
    sys.stdout.write(dumps(event, ensure_ascii=True, separators=(",", ":")) + "\n")
    sys.stdout.flush()
