"""A fake of every seam in ``abc.py``, for tests of this package and of whatever stands on it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from odw.jsonvalue import JsonValue
from odw.runtime.abc import Backend, CallRequest, Capabilities, Emit, Event, Planned, Report
from odw.runtime.context import RunContext


class FakeClock:
    """Time that stands still until ``advance``."""

    def __init__(self, wall: float = 1_700_000_000.0) -> None:
        self.time = 0.0
        self._wall = wall

    def monotonic(self) -> float:
        return self.time

    def wall(self) -> float:
        return self._wall + self.time

    def advance(self, seconds: float) -> None:
        self.time += seconds


class EventList:
    """An EventSink that remembers."""

    def __init__(self) -> None:
        self.events: list[Event] = []

    def on_event(self, event: Event) -> None:
        self.events.append(event)

    def of(self, kind: str) -> list[Event]:
        return [event for event in self.events if event["type"] == kind]

    @property
    def logs(self) -> list[str]:
        return [event["message"] for event in self.of("log")]


class MemoryJournal:
    """A JournalStore in memory; ``commits`` holds how many events each commit made durable."""

    def __init__(self) -> None:
        self.events: list[Event] = []
        self.blobs: dict[str, bytes] = {}
        self.commits: list[int] = []
        self.failed = False
        self._durable = 0

    def append(self, event: Event) -> None:
        self.events.append(event)

    def flush(self) -> None:
        return

    def commit(self) -> None:
        self.commits.append(len(self.events) - self._durable)
        self._durable = len(self.events)

    def blob(self, text: str, suffix: str, durable: bool = True) -> str:
        return self.blob_bytes(text.encode("utf-8", "replace"), suffix, durable)

    def blob_bytes(self, data: bytes, suffix: str, durable: bool = True) -> str:
        name = next((n for n, d in self.blobs.items() if d == data), f"nodes/{len(self.blobs)}{suffix}")
        self.blobs[name] = data
        return name

    def close(self) -> None:
        return


class FakeExecutor:
    """Runs ``answer(request)``, a coroutine function, in a task for each attempt; ``seen`` has every request."""

    name = "fake"
    capabilities = Capabilities(backoff_s=0.0)

    def __init__(self, answer: Callable[[CallRequest], Awaitable[Report]] | None = None) -> None:
        self._answer = answer
        self.seen: list[CallRequest] = []

    async def run(self, request: CallRequest, emit: Emit) -> Report:
        self.seen.append(request)
        if self._answer is None:
            return Report(text=f"re: {request.prompt}")
        return await self._answer(request)


class FakeGate:
    """A HumanGate that answers from a list; ``asked`` holds the questions."""

    def __init__(self, *answers: str) -> None:
        self._answers = list(answers)
        self.asked: list[tuple[str, tuple[str, ...]]] = []

    async def ask(self, question: str, choices: tuple[str, ...]) -> str:
        self.asked.append((question, choices))
        return self._answers.pop(0)


class FakePlanner:
    """Plans ``answer(request)`` for each attempt, a Planned or just a text."""

    name = "planner"
    capabilities = Capabilities(backoff_s=0.0, providers=True)

    def __init__(self, answer: Callable[[CallRequest], Planned | str] | None = None) -> None:
        self._answer = answer or (lambda request: f"re: {request.prompt}")
        self.seen: list[CallRequest] = []

    def plan(self, request: CallRequest) -> Planned:
        self.seen.append(request)
        answer = self._answer(request)
        return Planned(Report(text=answer)) if isinstance(answer, str) else answer

    async def run(self, request: CallRequest, emit: Emit) -> Report:
        return self.plan(request).report


def backend_of(executor: Any, *names: str) -> Backend:
    """A backend whose every runtime is ``executor``."""
    return Backend(executor.name, executor.name, dict.fromkeys((executor.name, *names), executor))


class CoroutineProgram:
    """A Program made of one Python coroutine function that takes the run context."""

    source = "# a test\n"
    file = "test.py"

    def __init__(
        self, body: Callable[[RunContext], Awaitable[JsonValue]], meta: Mapping[str, Any] | None = None
    ) -> None:
        self._body = body
        self.meta = meta or {"name": "test", "description": "a test"}
        self.name = str(self.meta["name"])

    async def run(self, context: RunContext) -> JsonValue:
        return await self._body(context)
