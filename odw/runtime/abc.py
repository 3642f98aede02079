"""The seams of the runtime: what it asks of an executor, a journal, a clock, a sink of events and a program.

Records are immutable (named tuples: a third of a dataclass's cost to define and to make); every Protocol has a fake in ``fakes.py`` that passes the same contract tests as the real thing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, TypeAlias, runtime_checkable

from odw.jsonvalue import JsonValue

if TYPE_CHECKING:
    from odw.runtime.context import RunContext

Event: TypeAlias = dict[
    str, Any
]  # one line of the journal before ``v``, ``seq``, ``ts`` and ``sum`` are added
Emit: TypeAlias = Callable[[Event], None]


class _Absent:
    __slots__ = ()

    def __repr__(self) -> str:
        return "ABSENT"

    def __bool__(self) -> bool:
        return False


ABSENT: Any = _Absent()  # "no value was given", where None is a value


class Usage(NamedTuple):
    """Tokens of one attempt, or of several added up."""

    input: int = 0
    output: int = 0
    cache_read: int = 0
    cache_write: int = 0
    reasoning: int = 0

    @property
    def total(self) -> int:
        return self.input + self.output + self.cache_read + self.cache_write

    def __add__(self, other: Usage) -> Usage:  # type: ignore[override]  # sums, where a tuple would be joined
        return Usage(
            self.input + other.input,
            self.output + other.output,
            self.cache_read + other.cache_read,
            self.cache_write + other.cache_write,
            self.reasoning + other.reasoning,
        )


class Failure(NamedTuple):
    """Why an attempt failed. ``category`` is one of ``retry.CATEGORIES``; ``retry_after_s`` is the server's own wish."""

    category: str
    message: str
    retryable: bool = False
    retry_after_s: float | None = None


class Report(NamedTuple):
    """What an executor brings back from one attempt.

    ``text`` is the final text, kept as it came. ``value`` is the structured answer when the executor has one of its own,
    else ABSENT, and the runtime reads JSON out of ``text``. ``usage`` is None when the executor reports none, which
    marks the budget as approximate; ``cost`` is in US dollars.
    """

    text: str = ""
    value: Any = ABSENT
    usage: Usage | None = None
    cost: float | None = None
    model: str | None = None
    session: str | None = None
    error: Failure | None = None
    exit: str | None = None  # how its process ended: "0", "3", "SIGKILL"; None if there was none


class AgentType(NamedTuple):
    """What ``agentType`` names: an agent that a Markdown file describes. ``tools`` is None when it may use all of them."""

    name: str
    description: str
    prompt: str  # the system prompt
    model: str | None = None
    tools: tuple[str, ...] | None = None


class CallRequest(NamedTuple):
    """One attempt of one agent call, as an executor sees it. ``options`` are the author's, defaults filled in.

    From the second attempt after a schema mismatch on, ``feedback`` holds the validator's messages, ``previous`` the raw
    text they are about, and ``session`` what the executor may continue.
    """

    prompt: str
    options: Mapping[str, Any]
    schema: Any  # the JSON Schema, or None
    model: str | None
    effort: str | None
    runtime: str
    label: str
    phase: str | None
    index: int  # type: ignore[assignment]  # hides tuple.index, which no record needs
    key: str
    path: str
    cwd: str
    attempt: int = 1
    feedback: tuple[str, ...] = ()
    previous: str = ""
    session: str | None = None
    tag: str = ""  # ODW_NODE of every process of this attempt: run id, session, call index, attempt, each with a dot after it
    nth: int = 0  # which of the calls of this content in its scope it is
    agent: AgentType | None = None
    site: tuple[
        int | str, ...
    ] = ()  # line and column of the call in the script, from 1; then the file, of a sub-workflow
    transcript: str = ""  # a file that may take all that the executor's process writes; "" for none


class Planned(NamedTuple):
    """An answer known in advance, which takes ``delay_ms`` to arrive."""

    report: Report
    delay_ms: float = 0.0


class Capabilities(NamedTuple):
    """What an executor can do. ``backoff_s``: the first pause between attempts after a transport failure.

    What it cannot do the runtime does for it (a schema goes into the prompt) or refuses (a provider that it has not).
    """

    backoff_s: float = 1.0
    sessions: bool = False  # an answer that does not fit its schema is mended in the same session
    native_schema: bool = False
    providers: bool = False  # whether ``provider`` means anything to it
    processes: bool = False  # whether it starts processes, which must not outlive the run
    runtimes: tuple[str, ...] = ()  # names that ``runtime`` may have when this executor takes every call
    streams_usage: bool = False  # tells what it used while it works
    interrupt: bool = False  # ends by itself, in order, when told to
    permissions: tuple[str, ...] = ()  # values that ``permission`` may have, besides limited and max
    sandbox: bool = False  # whether ``sandbox`` means anything to it
    tools: bool = False  # whether ``tools`` can narrow what it may use
    agents: bool = False  # takes ``agentType`` itself; else its prompt goes before the author's


class Executor(Protocol):
    """The program that answers. ``run`` raises ExecutorError, or returns a report that carries a failure."""

    name: str
    capabilities: Capabilities

    async def run(self, request: CallRequest, emit: Emit) -> Report: ...


@runtime_checkable
class PlanningExecutor(Protocol):
    """An executor that needs nothing from the outside: its calls run on the inbox's own time line, without a task.

    That is what makes a mock run repeatable to the byte: no scheduler has a say in it.
    """

    def plan(self, request: CallRequest) -> Planned: ...


class Backend(NamedTuple):
    """Which executor takes a call. ``runtimes`` maps each name that the ``runtime`` option may have to its executor;
    ``default`` (one of those names) is for a call that names none. ``models``: the model that an executor of that name takes for
    a call that names none, where it is known."""

    name: str
    default: str
    runtimes: Mapping[str, Executor]
    models: Mapping[str, str] = {}


class Clock(Protocol):
    """The only clock the runtime reads. ``monotonic`` in seconds; ``wall`` in seconds since 1970, data only.

    Sleeping and deadlines are trio's own, on the same monotonic time.
    """

    def monotonic(self) -> float: ...

    def wall(self) -> float: ...


class EventSink(Protocol):
    """Whoever shows the run; called in journal order, must not raise and must not block."""

    def on_event(self, event: Event) -> None: ...


@runtime_checkable
class RunWatcher(EventSink, Protocol):
    """A sink that also wants what no event tells: ``attach`` comes once, before the first event.

    It may look at slots, queue and ledger from another thread, and must change nothing.
    """

    def attach(self, run: RunContext) -> None: ...


class JournalStore(Protocol):
    """The append-only record. ``append`` may wait for the next ``flush``; ``commit`` returns when all of it is durable.

    ``blob`` stores a large text under its hash and returns its name relative to the run directory. Once ``failed``, nothing more
    is recorded until the run is resumed; the next ``flush`` or ``commit`` says so.
    """

    @property
    def failed(self) -> bool: ...

    def append(self, event: Event) -> None: ...

    def flush(self) -> None: ...

    def commit(self) -> None: ...

    def blob(self, text: str, suffix: str, durable: bool = True) -> str: ...

    def blob_bytes(self, data: bytes, suffix: str, durable: bool = True) -> str: ...

    def close(self) -> None: ...


class HumanGate(Protocol):
    """Where questions of a workflow to a person go; ``choices`` is empty for a free answer. It may take days."""

    async def ask(self, question: str, choices: tuple[str, ...]) -> str: ...


class Program(Protocol):
    """A workflow that is ready to run, whatever it is written in.

    ``run`` returns the JSON result, or raises WorkflowError or a halt. ``source`` is kept as ``script.js`` / ``script.py``.
    """

    name: str
    meta: Mapping[str, Any]
    source: str
    file: str

    async def run(self, context: RunContext) -> JsonValue: ...


class Attempt(NamedTuple):
    """One try of a call, as the journal keeps it: the raw text of each is never thrown away."""

    number: int
    text: str = ""
    usage: Usage | None = None
    cost: float | None = None
    failure: Failure | None = None
    problems: tuple[str, ...] = ()  # the validator's messages, for a schema mismatch


class CallOutcome(NamedTuple):
    """How a call ended. ``value`` is what the script gets when ``failure`` is None."""

    value: Any
    failure: Failure | None
    attempts: tuple[Attempt, ...] = ()
    usage: Usage = Usage()
    cost: float | None = None
    model: str | None = None
    approximate: bool = False  # some attempt told no usage
