"""Answers: text, structured, mended, with and without usage; and what the program is given."""

from __future__ import annotations

from typing import Any

from odw.executors.kit.checks import require, shown
from odw.executors.kit.stage import ANSWER, SCHEMA, USAGE, Stage
from odw.runtime.abc import CallOutcome, Capabilities

_BEGIN: list[list[Any]] = [["read"], ["tell", "begin"]]
_MISMATCH = "does not match the schema"
_SCHEMA_MARK = "additionalProperties"


async def descriptor(stage: Stage) -> None:
    """a name and capabilities, as the runtime reads them"""
    executor = stage.subject.real()
    require(executor.name == stage.subject.name, f"its name is {shown(executor.name)}")
    found = executor.capabilities
    require(isinstance(found, Capabilities), f"its capabilities are no Capabilities: {shown(found)}")
    require(found.processes, "capabilities.processes: it starts processes, and odw must watch over them")
    for names in (found.permissions, found.runtimes):
        require(
            all(isinstance(name, str) and name for name in names), f"expected names, found {shown(names)}"
        )


async def success(stage: Stage) -> None:
    """an answer, with what happened on the way and what it cost"""
    work: list[list[Any]] = [
        ["tell", "say", "I look."],
        ["tell", "tool", "Bash", "ls -l"],
        ["tell", "end", ANSWER, USAGE],
    ]
    seen = await stage.play([*_BEGIN, *work])
    report = seen.answered
    require(report.text.strip() == ANSWER, f"expected the text {ANSWER!r}, found {shown(report.text)}")
    require(report.exit == "0", f"expected report.exit '0', found {shown(report.exit)}")
    told = stage.subject.dialect.usage
    found = report.usage._asdict() if report.usage is not None else {}
    wrong = {name: found.get(name) for name, count in told.items() if found.get(name) != count}
    require(not wrong, f"expected the usage {dict(told)}, found {shown(report.usage)}")
    capabilities = stage.subject.real().capabilities
    kinds = [event["type"] for event in seen.events]
    if capabilities.streams_usage and told:
        require("usage" in kinds, f"capabilities.streams_usage, but no event tells usage: {shown(kinds)}")
    if capabilities.sessions:
        session = stage.subject.dialect.session
        require(report.session == session, f"expected the session {session!r}, found {shown(report.session)}")


async def schema(stage: Stage) -> None:
    """a structured answer"""
    executor, witness = stage.prepare([_value({"answer": 42})], [_SCHEMA_MARK], {})
    outcome = await stage.call(executor, stage.request(schema=SCHEMA))
    _check_value(outcome)
    require(len(outcome.attempts) == 1, f"it took {len(outcome.attempts)} attempts")
    [start, *_] = stage.starts(witness)
    require(
        start["marks"][_SCHEMA_MARK],
        "the schema did not reach the program, neither by itself nor in the prompt",
    )


async def schema_repair(stage: Stage) -> None:
    """an answer that does not match its schema, mended when the program is told what is wrong"""
    session = stage.subject.dialect.session if stage.subject.real().capabilities.sessions else None
    executor, witness = stage.prepare(
        [_value({"answer": "forty-two"}), _value({"answer": 42})],
        [_MISMATCH, *([session] if session else [])],
        {},
    )
    outcome = await stage.call(executor, stage.request(schema=SCHEMA))
    _check_value(outcome)
    require(len(outcome.attempts) == 2, f"expected 2 attempts, found {len(outcome.attempts)}")
    require("forty-two" in outcome.attempts[0].text, "the text of the wrong answer was not kept")
    second = stage.starts(witness)[-1]
    require(second["marks"][_MISMATCH], "the second attempt was not told what is wrong")
    require("argv" not in second["marks"][_MISMATCH], "the validator's messages stand on the command line")
    if session:
        require(second["marks"][session], "the second attempt does not continue the session of the first")


async def structured_text(stage: Stage) -> None:
    """a structured answer in a code fence, with talk around it"""
    executor, _ = stage.prepare(
        [[*_BEGIN, ["tell", "end", 'Here it is:\n```json\n{"answer": 42}\n```\nDone.', USAGE]]], [], {}
    )
    _check_value(await stage.call(executor, stage.request(schema=SCHEMA)))


async def usage_absent(stage: Stage) -> None:
    """an answer without usage: unknown, not zero"""
    seen = await stage.play([*_BEGIN, ["tell", "end", ANSWER, None]])
    require(seen.answered.text.strip() == ANSWER, f"the answer was lost: {shown(seen.ended.text)}")
    usage = seen.ended.usage
    require(usage is None or not any(usage), f"usage was made up: {shown(usage)}")


async def usage_absurd(stage: Stage) -> None:
    """usage that is negative, not finite, huge, or no number at all"""
    for absurd in (-5, float("nan"), float("inf"), 1e300, "many", True, [7], {"n": 1}, None, 10**400):
        told = dict.fromkeys(USAGE, absurd)
        seen = await stage.play([*_BEGIN, ["tell", "end", ANSWER, told]])
        report = seen.answered
        require(report.text.strip() == ANSWER, f"with usage {shown(absurd)} the answer was lost")
        require(not report.cost, f"with a cost of {shown(absurd)}: {shown(report.cost)}")


async def long_prompt(stage: Stage) -> None:
    """a prompt of megabytes, which arrives whole and not on the command line"""
    first, last = "<kit-first>", "<kit-last>"
    filler = "All work and no play. ä🙂\n"
    prompt = first + filler * (stage.sizes.prompt // len(filler.encode())) + last
    seen = await stage.play([*_BEGIN, ["tell", "end", ANSWER, USAGE]], prompt=prompt, marks=[first, last])
    require(seen.answered.text.strip() == ANSWER, f"expected {ANSWER!r}, found {shown(seen.ended.text)}")
    places = [set(start["marks"][first]) & set(start["marks"][last]) for start in seen.started]
    require(any(places), "no start of the program was given the whole prompt")
    lengths = [start["lengths"].get(place, 0) for start, found in zip(seen.started, places, strict=True) for place in found]  # fmt: skip
    require(max(lengths) >= len(prompt.encode()), f"{max(lengths)} bytes of {len(prompt.encode())} arrived")


async def prompt_is_no_argument(stage: Stage) -> None:
    """a short prompt stays off the command line too, which every user of the machine can read"""
    seen = await stage.play(
        [*_BEGIN, ["tell", "end", ANSWER, USAGE]], prompt="The word is <kit-word>.", marks=["<kit-word>"]
    )
    require(not any(map(_in_argv, seen.started)), "the prompt stands on the command line")
    require(any(start["marks"]["<kit-word>"] for start in seen.started), "the prompt did not arrive")


async def nobody_reads(stage: Stage) -> None:
    """a program that never reads its standard input"""
    seen = await stage.play(
        [["tell", "begin"], ["tell", "end", ANSWER, USAGE]], prompt="x" * stage.sizes.prompt
    )
    require(seen.answered.text.strip() == ANSWER, f"expected {ANSWER!r}, found {shown(seen.ended.text)}")


def _value(value: Any) -> list[list[Any]]:
    return [*_BEGIN, ["tell", "end_value", value, USAGE]]


def _check_value(outcome: CallOutcome) -> None:
    if outcome.failure is not None:
        require(False, f"the call failed: {outcome.failure.category}: {outcome.failure.message}")
    require(outcome.value == {"answer": 42}, f"expected {{'answer': 42}}, found {shown(outcome.value)}")


def _in_argv(start: dict[str, Any]) -> bool:
    return any("argv" in places for places in start["marks"].values())


CASES = (
    descriptor,
    success,
    schema,
    schema_repair,
    structured_text,
    usage_absent,
    usage_absurd,
    long_prompt,
    prompt_is_no_argument,
    nobody_reads,
)
