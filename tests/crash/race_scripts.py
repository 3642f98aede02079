"""Random scripts made of races, and an executor that never gives the same answer twice: who gets which answer shows.

Deterministic answers hide it when equal calls swap their results; here every answer is one execution's own.
"""

from __future__ import annotations

import contextlib
import itertools
import random
import re
from pathlib import Path
from typing import Any

import trio

from odw.loader import Loader, run_workflow
from odw.runtime.abc import CallRequest, Event, Planned, Report, Usage
from odw.runtime.fakes import FakeExecutor, FakePlanner, backend_of
from odw.runtime.options import RunOptions, RunOutcome
from odw.settings import load_settings

HEAD = """export const meta = { name: 'races', description: 'Everything that ends is noted in the order of the ends.' }
const order = []
const note = (site) => (value) => { order.push(`${site}=${value}`); return value }
const ask = (prompt, site) => agent(prompt, { label: site }).then(note(site))
const timer = (ms, site) => new Promise((resolve) => setTimeout(resolve, ms, 't')).then(note(site))
"""
_ANSWERS = itertools.count()


class Races:
    """Makes one random script."""

    def __init__(self, rng: random.Random) -> None:
        self._rng = rng
        self._count = 0

    def script(self) -> str:
        blocks = [f"await {self._block(self._rng.randint(1, 3))}" for _ in range(self._rng.randint(1, 3))]
        return HEAD + "\n".join(blocks) + "\nreturn order\n"

    def _name(self, letter: str) -> str:
        self._count += 1
        return f"{letter}{self._count}"

    def _prompt(self) -> str:
        """Often the same as another call's."""
        return self._rng.choice(("equal", "alike", *([f"unique {self._count}"] * 2)))

    def _leaf(self, heard: str | None) -> str:
        if self._rng.random() < 0.2:
            return f"timer({self._rng.choice((0, 1, 2, 5, 9))}, '{self._name('s')}')"
        rest = f" ${{{heard}}}" if heard and self._rng.random() < 0.5 else ""
        return f"ask(`{self._prompt()}{rest}`, '{self._name('s')}')"

    def _block(self, depth: int, heard: str | None = None) -> str:
        if depth == 0 or self._rng.random() < 0.15:
            return self._leaf(heard)
        kind = self._rng.choice(("all", "race", "any", "parallel", "pipeline", "then", "then", "branch"))
        if kind in ("then", "branch"):
            name = self._name("v")
            first = f"Promise.race([{self._leaf(None)}, {self._leaf(None)}])"
            if kind == "then":
                first = self._block(depth - 1, heard)
            return f"(async () => {{ const {name} = await {first}; return await {self._block(depth - 1, name)} }})()"
        count = self._rng.randint(2, 4)
        if kind == "pipeline":
            stages = (
                f"(x) => ask(`{self._prompt()} ${{x % 2}}`, '{self._name('s')}')",
                f"(t) => ask(`{self._prompt()} ${{t}}`, '{self._name('s')}')",
            )
            return f"pipeline([1, 2, 3, 4].slice(0, {count}), {', '.join(stages)})"
        parts = [self._block(depth - 1, heard) for _ in range(count)]
        if kind == "parallel":
            return f"parallel([{', '.join('() => ' + part for part in parts)}])"
        return f"Promise.{kind}([{', '.join(parts)}])"


def edited(source: str, rng: random.Random) -> str:
    """``source`` with one call changed, added or removed, or only a comment more."""
    kind = rng.choice(("change", "add", "add an equal", "remove", "comment"))
    pattern = {
        "change": r"ask\(`[^`$]*()",
        "remove": r"\(\[((?:\(\) => )?ask\(`[^`]*`, '\w+'\), )",
        "comment": r"()\Z",
    }.get(kind, r"(?:all|race|any|(parallel))\(\[")
    found = list(re.finditer(pattern, source))
    if not found:
        return source
    place = rng.choice(found)
    if kind.startswith("add"):
        prompt = "equal" if kind == "add an equal" else "added"
        thunk = "() => " if place.group(1) else ""
        return f"{source[: place.end()]}{thunk}ask('{prompt}', 'i{rng.randrange(1000)}'), {source[place.end() :]}"
    text = {"change": "!", "remove": "", "comment": "// a remark\n"}[kind]
    return source[: place.start(1)] + text + source[place.end(1) :]


class RaceRun:
    """One run ``r`` of a project under ``root``, driven again and again by executors of random speed."""

    def __init__(self, root: Path, rng: random.Random) -> None:
        self._project = root / "project"
        self._home = root
        self._rng = rng
        self._concurrency = rng.choice((1, 2, 4, 16))
        self._project.mkdir(parents=True)
        self.journal = self._project / ".odw" / "runs" / "r" / "events.jsonl"

    def go(self, source: str) -> list[str]:
        """Begin or resume; the order of the ends, as the script saw it."""
        (self._project / "main.js").write_text(source)
        settings = load_settings(environ={"ODW_NO_CACHE": "1"})
        with contextlib.chdir(self._project):
            program = Loader(self._project, settings, self._home).load("main.js")
        run_id: dict[str, Any] = {"resume_from": "r"} if self.journal.exists() else {"run_id": "r"}
        options = RunOptions(str(self._project), concurrency=self._concurrency, **run_id)
        outcome: RunOutcome = run_workflow(program, options, backend_of(self._executor()))
        assert outcome.error is None, outcome.error
        order: Any = outcome.result
        return [str(entry) for entry in order]

    def cut(self) -> None:
        """Leave the journal as a kill -9 might have: its beginning, which has at least the first line."""
        data = self.journal.read_bytes()
        first = data.index(b"\n") + 1
        lines = [place + 1 for place, byte in enumerate(data) if byte == 10]
        size = self._rng.randint(first, len(data)) if self._rng.random() < 0.5 else self._rng.choice(lines)
        self.journal.write_bytes(data[:size])

    def _executor(self) -> FakePlanner | FakeExecutor:
        rng = self._rng
        if rng.random() < 0.7:
            return FakePlanner(lambda request: Planned(_answer(), rng.choice((0, 1, 1, 2, 3, 5, 8))))

        async def in_a_task(request: CallRequest) -> Report:
            await trio.sleep(rng.choice((0, 0, 1, 2)) / 1000)
            return _answer()

        executor = FakeExecutor(in_a_task)
        executor.name = FakePlanner.name  # the name is part of a call's key
        return executor


def _answer() -> Report:
    return Report(text=f"a{next(_ANSWERS)}", usage=Usage(output=7))


def ends(events: list[Event]) -> int:
    """How many calls and timers are recorded to have ended."""
    calls = sum(event["type"] == "agent_done" for event in events)
    return calls + len(
        {(event["path"], event["delayMs"]) for event in events if event["type"] == "timer_fired"}
    )


def answers(order: list[str]) -> list[str]:
    return [entry.partition("=")[2] for entry in order if not entry.endswith("=t")]
