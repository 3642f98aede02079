"""Strange output: no UTF-8, terminal codes, cut in the middle, far too much, with a secret in it."""

from __future__ import annotations

import base64
import secrets
from collections.abc import Awaitable, Callable, Iterable, Iterator
from typing import Any

import trio

from odw.executors.kit.checks import NotApplicable, check_no_secret, require, shown
from odw.executors.kit.stage import ANSWER, USAGE, Seen, Stage
from odw.executors.kit.stand_in import as_line
from odw.runtime.abc import Report

MB = 1 << 20
LINE_MEMORY = 72 * MB  # what is read line by line keeps one line of 16 MB, in pieces, joined, and as text
WHOLE_MEMORY = 272 * MB  # what is read as a whole keeps 64 MB, in pieces, joined, and as text
_BEGIN = [["read"], ["tell", "begin"]]
_END = ["tell", "end", ANSWER, USAGE]
_AT_ONCE = 12
# In place of what an event should hold; the last is deeper than a parser may go.
_STRANGE: tuple[Any, ...] = (None, True, -1, 1e300, "", "\ud800", [], [[]], {}, {"x": [1]}, "[" * 100_000)


async def not_utf8(stage: Stage) -> None:
    """bytes that are no UTF-8, NUL among them"""
    await _noise(stage, b"\xff\xfe\x80 \x00 \xc3\n")


async def terminal_codes(stage: Stage) -> None:
    """terminal codes and carriage returns, on both streams"""
    await _noise(stage, b"\x1b[2J\x1b]0;kit\x07\x1b[31mred\x1b[0m\r\n")


async def byte_by_byte(stage: Stage) -> None:
    """an answer that arrives byte by byte, with characters of several bytes"""
    seen = await stage.play([*_BEGIN, ["cut"], ["tell", "say", "grüße 🙂"], _END])
    _check_answer(seen)


async def cut_anywhere(stage: Stage) -> None:
    """output that ends at any byte: the whole answer or a failure, never half of it"""
    dialect = stage.subject.dialect
    whole = b"".join(map(as_line, [*dialect.begin(), *dialect.end(ANSWER, USAGE)]))
    if whole.decode().rstrip("\n") == ANSWER:
        raise NotApplicable("a plain text has no end but its own: half of it is what the program said")

    async def cut(length: int) -> None:
        report = await _printed(stage, whole[:length], f"cut-{length}")
        good = report.error is not None or report.text.strip() == ANSWER
        require(good, f"cut after {length} of {len(whole)} bytes: {shown(report.text)} passed for the answer")

    await _for_each(cut, range(0, len(whole) + 1, stage.sizes.step))


async def wrong_shapes(stage: Stage) -> None:
    """each value of each event in turn is something that it never is"""
    dialect = stage.subject.dialect
    events = [
        *dialect.begin(),
        *dialect.say("I look."),
        *dialect.tool("Bash", "ls"),
        *dialect.end(ANSWER, USAGE),
    ]

    async def spoilt(number: int) -> None:
        await _printed(stage, b"".join(map(as_line, outputs[number])), f"shape-{number}")

    outputs = [
        [*events[:place], strange, *events[place + 1 :]]
        for place, event in enumerate(events)
        for strange in _strange(event)
    ]
    await _for_each(spoilt, range(0, len(outputs), stage.sizes.step))


def _strange(value: Any) -> Iterator[Any]:
    """``value`` as something else, and with each value in it as something else."""
    yield from (each for each in _STRANGE if each != value)
    if isinstance(value, dict):
        for key, inner in value.items():
            yield {name: each for name, each in value.items() if name != key}
            for strange in _strange(inner):
                yield {**value, key: strange}
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            for strange in _strange(inner):
                yield [*value[:index], strange, *value[index + 1 :]]


async def _printed(stage: Stage, output: bytes, name: str) -> Report:
    """The report on a program that prints ``output`` and is done."""
    file = stage.directory / name
    file.write_bytes(output)
    executor = stage.subject.running(["sh", "-c", 'exec cat "$0" </dev/null', str(file)])
    report = (await stage.attempt(executor, stage.request())).ended
    file.unlink()
    return report


async def _for_each(play: Callable[[int], Awaitable[None]], numbers: Iterable[int]) -> None:
    limiter = trio.CapacityLimiter(_AT_ONCE)

    async def one(number: int) -> None:
        async with limiter:
            await play(number)

    async with trio.open_nursery() as nursery:
        for number in numbers:
            nursery.start_soon(one, number)


async def secret(stage: Stage) -> None:
    """a secret of the program's environment, in all that it writes"""
    canary = f"kit{secrets.token_hex(16)}"
    steps = [
        ["err", f"the key is {canary}\n"],
        ["raw", _raw(f"key={canary}\n".encode())],
        ["tell", "say", f"I found {canary}"],
        ["tell", "tool", "Bash", f"curl -H 'X: {canary}'"],
        ["cut"],
        ["err", f"bit by bit: {canary}\n"],
    ]
    for end in ([["tell", "end", f"It is {canary}.", USAGE]], [["err", canary], ["exit", 9]]):
        seen = await stage.play([*_BEGIN, *steps, *end], env={"KIT_CANARY_TOKEN": canary})
        check_no_secret(canary, seen.ended, seen.events, stage.files())
        words = [word for start in seen.started for word in start["words"]]
        require(not any(canary in word for word in words), "the secret stands on the command line")


async def huge_output(stage: Stage) -> None:
    """megabytes on the way to the answer"""
    await _much(stage, [["noise", stage.sizes.output]])


async def one_long_line(stage: Stage) -> None:
    """one line of megabytes before the answer"""
    await _much(stage, [["line", stage.sizes.line]])


async def _much(stage: Stage, steps: list[list[object]]) -> None:
    """In bounded memory, either the answer or a failure that says which limit was passed."""
    limit = WHOLE_MEMORY if stage.subject.dialect.whole else LINE_MEMORY
    with stage.memory_within(limit):
        seen = await stage.play([*_BEGIN, *steps, _END])
    report = seen.ended
    if report.error is None:
        require(report.text.strip().endswith(ANSWER), f"the answer was lost: {shown(report.text[-200:])}")
    else:
        require(report.error.category == "crash", f"expected a crash, found {report.error.category}")


async def _noise(stage: Stage, noise: bytes) -> None:
    """Around the answer; where all of the output is one document, what comes before it may spoil it, but not hurt."""
    encoded = _raw(noise)
    junk = noise.decode("latin-1")
    seen = await stage.play([*_BEGIN, ["err", junk], ["raw", encoded], _END, ["raw", encoded], ["err", junk]])
    if seen.ended.error is None:
        require(ANSWER in seen.ended.text, f"the answer was lost: {shown(seen.ended.text)}")
    else:
        require(
            stage.subject.dialect.whole, f"lines that mean nothing spoilt the answer: {seen.failed.message}"
        )


def _check_answer(seen: Seen) -> None:
    require(seen.answered.text.strip() == ANSWER, f"expected {ANSWER!r}, found {shown(seen.ended.text)}")


def _raw(data: bytes) -> str:
    return base64.b64encode(data).decode()


CASES = (not_utf8, terminal_codes, byte_by_byte, cut_anywhere, wrong_shapes, secret)
LARGE = (huge_output, one_long_line)
