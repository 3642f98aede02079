"""``odw replay``: a script executed against a recorded run, every ending as recorded, failures too; where they part is an error.

What Temporal calls a replay test: recorded histories prove that an edited script, or a new odw, still does what it did.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import zip_longest
from json import dumps
from typing import Any, NamedTuple

from odw.errors import OdwError
from odw.jsonvalue import JsonValue
from odw.runtime import events as said_events
from odw.runtime.abc import Backend, Event, Program
from odw.runtime.call import Call, Settle
from odw.runtime.context import RunContext
from odw.runtime.halts import Halt
from odw.runtime.journal.history import History, Recorded
from odw.runtime.journal.replay import Replay
from odw.runtime.options import RunOptions
from odw.runtime.rehearsal import NothingLeft, Rehearsal, rehearse
from odw.runtime.run_dir import RunDir

SHOWN = 200
# What a script says, in the order in which it says it.
_SAID = (
    "phase", "log", "checkpoint", "parallel_start", "parallel_done", "parallel_item_error", "pipeline_start",
    "pipeline_done", "pipeline_item_error", "workflow_call_start", "workflow_call_done",
)  # fmt: skip


class Divergence(NamedTuple):
    """Where script and journal part. ``seq`` is the line of the journal concerned, None when it has none."""

    seq: int | None
    expected: str
    found: str


class Reenactment(NamedTuple):
    """``divergences`` is empty when the script did what the journal says; ``calls`` is how many calls agreed.

    ``ended`` tells whether the history goes to the end of the script, or stops where the run was cut off.
    """

    divergences: list[Divergence]
    calls: int
    ended: bool
    result: JsonValue


def reenact(
    program: Program,
    options: RunOptions,
    backend: Backend,
    directory: RunDir,
    events: list[Event],
    *,
    strict: bool = False,
) -> Reenactment:
    """Execute ``program`` against the journal lines ``events``."""
    history = History().read(events)
    ended = history.end is not None and history.end.get("status") in (None, "failed")
    replay = Replay(history, all_endings=True)
    never_ended = _NeverEnded(history)
    strangers: list[Call] = []

    def unmatched(run: RunContext, call: Call, settle: Settle) -> None:
        run.inbox.pending += 1
        if call.request.index in replay.unreadable:
            return
        if never_ended.began(call):
            run.emit(said_events.agent_start(call.request, call.config, call.group, None))
        elif not ended:
            strangers.append(call)
        elif not never_ended.waited(call):
            strangers.append(call)
            run.inbox.halt(NothingLeft())

    rehearsal = rehearse(program, options, backend, directory, replay, unmatched)
    if replay.unreadable:  # whatever else there is may come of that
        return Reenactment(list(_unreadable(replay)), _agreed(rehearsal), ended, rehearsal.result)
    # what only earlier sessions made, before an edit, nobody has to make again
    orphans = [call for call in replay.orphans if call.session == len(history.sessions)]
    found: list[Divergence] = []
    if ended and strangers:
        found.append(_stranger(strangers[0], orphans))
    elif orphans:
        found.append(_missing(orphans[0]))
    if ended and not strangers:
        found.extend(_endings(history, rehearsal))
    if strict:
        found.extend(_strictly(_last_session(events), rehearsal.events, ended))
    found.sort(key=lambda divergence: divergence.seq or 0)
    return Reenactment(found, _agreed(rehearsal), ended, rehearsal.result)


def _agreed(rehearsal: Rehearsal) -> int:
    return sum(event["type"] == "agent_skip" for event in rehearsal.events)


def _unreadable(replay: Replay) -> Iterator[Divergence]:
    for call, why in replay.unreadable.values():
        yield Divergence(call.seq, f"{_recorded(call)}, with its result", f"the result cannot be read: {why}")


class _NeverEnded:
    """Calls of a run that came to its end without them: the losers of a race, in flight or still waiting for a slot."""

    def __init__(self, history: History) -> None:
        last = len(history.sessions)
        self._in_flight = {(event["key"], event["path"]) for event in history.unfinished}
        self._known = {index for session, index in history.starts if session == last}
        self._known.update(call.index for call in history.calls.values() if call.session == last)
        self._made = (history.end or {}).get("calls", 0)

    def began(self, call: Call) -> bool:
        return (call.request.key, call.request.path) in self._in_flight

    def waited(self, call: Call) -> bool:
        return call.request.index not in self._known and call.request.index <= self._made


def _stranger(call: Call, orphans: list[Recorded]) -> Divergence:
    request = call.request
    expected = _recorded(orphans[0]) if orphans else "no further call"
    return Divergence(
        orphans[0].seq if orphans else None,
        expected,
        f"call {request.index} [{request.label}] at {request.path}, key {request.key[:12]}",
    )


def _missing(orphan: Recorded) -> Divergence:
    return Divergence(orphan.seq, _recorded(orphan), "the script does not make this call")


def _recorded(call: Recorded) -> str:
    return f"call {call.index} [{call.event['label']}] at {call.path}, key {call.key[:12]}"


def _endings(history: History, rehearsal: Rehearsal) -> Iterator[Divergence]:
    """Compare how the run ended with how the re-enactment did."""
    end = history.end
    assert end is not None
    if end["type"] == "workflow_done":
        if rehearsal.ending is not None:
            yield Divergence(end["seq"], "the workflow completes", _ending(rehearsal.ending))
        elif (path := difference(end["result"], rehearsal.result)) is not None:
            where, expected, found = path
            yield Divergence(end["seq"], f"the result has {expected} at {where}", f"{found} at {where}")
    elif rehearsal.ending is None:
        yield Divergence(end["seq"], f"the workflow fails: {end['message']}", "it completes")
    elif (message := _message(rehearsal.ending)) != end["message"]:
        yield Divergence(end["seq"], f"the workflow fails: {end['message']}", message)


def _ending(ending: BaseException) -> str:
    if isinstance(ending, NothingLeft):
        return "it waits for what is not recorded"
    return f"it fails: {_message(ending)}"


def _message(ending: BaseException) -> str:
    if isinstance(ending, OdwError):
        return ending.message
    return ending.reason if isinstance(ending, Halt) else str(ending)


def difference(expected: Any, found: Any, where: str = "$") -> tuple[str, str, str] | None:
    """The first place where two JSON values differ: its path, and what is there in each."""
    if isinstance(expected, dict) and isinstance(found, dict):
        for key in {**expected, **found}:
            inner = difference(expected.get(key, _NOTHING), found.get(key, _NOTHING), f"{where}.{key}")
            if inner is not None:
                return inner
        return None
    if isinstance(expected, list) and isinstance(found, list):
        for index, (a, b) in enumerate(zip_longest(expected, found, fillvalue=_NOTHING)):
            inner = difference(a, b, f"{where}[{index}]")
            if inner is not None:
                return inner
        return None
    same = expected == found and isinstance(expected, bool) == isinstance(found, bool)
    return None if same else (where, _shown(expected), _shown(found))


_NOTHING = object()


def _shown(value: Any) -> str:
    if value is _NOTHING:
        return "nothing"
    text = dumps(value, ensure_ascii=False)
    return text if len(text) <= SHOWN else f"{text[: SHOWN - 1]}…"


def _last_session(events: list[Event]) -> list[Event]:
    starts = [i for i, event in enumerate(events) if event["type"] in ("workflow_start", "workflow_resume")]
    return events[starts[-1] :] if starts else events


def _strictly(recorded: list[Event], found: list[Event], ended: bool) -> Iterator[Divergence]:
    """The orders in which calls were made, in which things ended, and in which things were said have to agree."""
    for pick in (_made, _said):
        yield from _compare(list(pick(recorded)), list(pick(found)), ended)
    # The line of a live end is written when it is ready, that of a replayed one when it is handed out: each kind has its order.
    live = {event["seq"] for event in recorded if event["type"] in _ENDS and "from" not in event}
    for replayed in (False, True):
        yield from _compare(
            list(_ends(event for event in recorded if ("from" in event) == replayed)),
            list(_ends(event for event in found if (event.get("from") not in live) == replayed)),
            ended,
        )


def _compare(
    expected: list[tuple[int, str]], found: list[tuple[int, str]], ended: bool
) -> Iterator[Divergence]:
    for a, b in zip_longest(expected, found):
        if a is None or b is None:
            if ended:
                yield Divergence(a[0] if a else None, a[1] if a else "nothing more", b[1] if b else "nothing")
            return
        if a[1] != b[1]:
            yield Divergence(a[0], a[1], b[1])
            return


def _made(events: Iterable[Event]) -> Iterator[tuple[int, str]]:
    """Calls in the order of their making."""
    calls = {
        event["index"]: event
        for event in reversed(list(events))
        if event["type"] in ("agent_start", "agent_skip")
    }
    for index in sorted(calls):
        event = calls[index]
        phase = f" in phase {event['phase']}" if event["phase"] is not None else ", in no phase"
        place = f"call {index} [{event['label']}] at {event['path']}{phase}"
        yield event.get("seq", 0), f"{place}, key {event['key'][:12]}"


def _ends(events: Iterable[Event]) -> Iterator[tuple[int, str]]:
    """Calls and timers in the order of their ends."""
    for event in events:
        if event["type"] in ("agent_done", "agent_skip"):
            yield event.get("seq", 0), f"the end of [{event['label']}] at {event['path']}"
        elif event["type"] == "timer_fired":
            yield event.get("seq", 0), f"the timer {event['path']} of {event['delayMs']:g} ms"


_ENDS = ("agent_done", "agent_skip", "timer_fired")


def _said(events: Iterable[Event]) -> Iterator[tuple[int, str]]:
    for event in events:
        if event["type"] in _SAID:
            facts = {
                name: value for name, value in event.items() if name not in ("v", "seq", "ts", "sum", "type")
            }
            yield event.get("seq", 0), f"{event['type']} {_shown(facts)}"
