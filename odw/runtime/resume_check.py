"""``odw resume --check``: which calls of a script would replay, which would run, and why. Nothing is run.

Two rehearsals tell. In the first a call that would run never answers, so what is reached does not depend on it. In the second it
answers as the recorded call that it replaces did, or with a guess; whatever is reached only then depends on its answer.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, NamedTuple

from odw.runtime.abc import Backend, CallOutcome, Program, Usage
from odw.runtime.call import Call, Settle
from odw.runtime.context import RunContext
from odw.runtime.journal.explain import Past
from odw.runtime.journal.history import History, Recorded, ResultLost, result_of, usage_of
from odw.runtime.journal.replay import Replay
from odw.runtime.options import RunOptions
from odw.runtime.rehearsal import NothingLeft, Rehearsal, rehearse
from odw.runtime.run_dir import RunDir

REPLAYS, RUNS, DEPENDS, ORPHANED = "replays", "runs", "depends", "orphaned"
Guess = Callable[[Call], Any]  # an answer that the call might get, valid under its schema


class CallCheck(NamedTuple):
    """One call. ``verdict`` is REPLAYS, RUNS, DEPENDS (it replays if what it depends on comes out as before) or ORPHANED
    (recorded, and made no more). ``usage`` is what the result cost, or what a run of it may cost; None if unknown."""

    verdict: str
    label: str
    phase: str | None
    path: str
    reasons: tuple[str, ...] = ()
    usage: Usage | None = None

    def to_json(self) -> dict[str, Any]:
        return {
            "verdict": self.verdict,
            "label": self.label,
            "phase": self.phase,
            "path": self.path,
            "reasons": list(self.reasons),
            "outputTokens": self.usage.output if self.usage else None,
            "totalTokens": self.usage.total if self.usage else None,
        }


class ResumeCheck(NamedTuple):
    """All calls in the order in which the script makes them, then the orphans."""

    calls: list[CallCheck]
    ending: BaseException | None  # what the script itself comes to, where that is known

    def of(self, verdict: str) -> list[CallCheck]:
        return [call for call in self.calls if call.verdict == verdict]

    def tokens(self, *verdicts: str) -> Usage:
        total = Usage()
        for call in self.calls:
            if call.verdict in verdicts and call.usage is not None:
                total = total + call.usage
        return total


def check_resume(
    program: Program, options: RunOptions, backend: Backend, directory: RunDir, history: History, guess: Guess
) -> ResumeCheck:
    """Rehearse a resume of ``history`` with ``program`` and ``options``."""
    past = Past(history, directory.path)
    first, sure = _pass(program, options, backend, directory, history, None)
    if not sure.live:
        ending = first.ending if not isinstance(first.ending, NothingLeft) else None
        return ResumeCheck([*sure.calls(past), *_orphans(sure.replay)], ending)
    answer = partial(_answer, past, history, directory.path, guess)
    second, likely = _pass(program, options, backend, directory, history, answer)
    known = {check.path for check in sure.calls(past)}
    calls = [
        check._replace(verdict=DEPENDS) if check.verdict == REPLAYS and check.path not in known else check
        for check in likely.calls(past)
    ]
    ending = second.ending if not isinstance(second.ending, NothingLeft) else None
    return ResumeCheck([*calls, *_orphans(likely.replay)], ending)


class _Seen:
    """What one rehearsal made of each call."""

    def __init__(self, replay: Replay) -> None:
        self.replay = replay
        self.live: list[Call] = []
        self.events: list[dict[str, Any]] = []

    def calls(self, past: Past) -> list[CallCheck]:
        found = [
            (event["index"], CallCheck(REPLAYS, event["label"], event["phase"], event["path"], (), usage_of(event.get("usage"))))
            for event in self.events
            if event["type"] == "agent_skip" and event["cached"]
        ]  # fmt: skip
        for call in self.live:
            request = call.request
            _, lost = self.replay.unreadable.get(request.index, (None, ""))
            reasons = [f"its recorded result cannot be read: {lost}"] if lost else past.reasons(request)
            found.append(
                (
                    request.index,
                    CallCheck(
                        RUNS, request.label, request.phase, request.path,
                        tuple(reasons), _likely_usage(past, call),
                    ),
                )
            )  # fmt: skip
        return [check for _, check in sorted(found, key=lambda entry: entry[0])]


def _pass(
    program: Program,
    options: RunOptions,
    backend: Backend,
    directory: RunDir,
    history: History,
    answer: Callable[[Call], CallOutcome] | None,
) -> tuple[Rehearsal, _Seen]:
    replay = Replay(history, options.policy)
    seen = _Seen(replay)

    def unmatched(run: RunContext, call: Call, settle: Settle) -> None:
        seen.live.append(call)
        run.inbox.pending += 1
        if answer is not None:
            outcome = answer(call)
            run.inbox.at(
                0, call.serial, lambda: run.inbox.hand_out(partial(settle, call, outcome), durable=False)
            )

    rehearsal = rehearse(program, options, backend, directory, replay, unmatched)
    seen.events = rehearsal.events
    return rehearsal, seen


def _answer(past: Past, history: History, run_dir: str, guess: Guess, call: Call) -> CallOutcome:
    """What the call that this one replaces answered, if it fits; else a guess."""
    start = past.counterpart(call.request)
    end = past.last_end(start["key"]) if start is not None else None
    if end is not None and end.final:
        try:
            value = result_of(end.event, run_dir)
        except ResultLost:
            value = None
        if isinstance(value, str) == (call.request.schema is None) and value is not None:
            return CallOutcome(value, None)
    return CallOutcome(guess(call), None)


def _likely_usage(past: Past, call: Call) -> Usage | None:
    start = past.counterpart(call.request)
    end = past.last_end(start["key"]) if start is not None else None
    return end.usage if end is not None else None


def _orphans(replay: Replay) -> list[CallCheck]:
    return [_orphan(call) for call in replay.orphans]


def _orphan(call: Recorded) -> CallCheck:
    event = call.event
    return CallCheck(
        ORPHANED, event["label"], event["phase"], call.path, ("no call asks for it",), call.usage
    )
