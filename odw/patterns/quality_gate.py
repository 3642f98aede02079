"""Quality gate: work goes on only if it passes every gate; a gate that gives no answer is not passed."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from odw.dsl.border import message_of
from odw.dsl.options import AgentOptions
from odw.patterns import _checks as check
from odw.patterns._prompts import fill, text
from odw.patterns._section import section
from odw.patterns._shapes import Form

INSPECT = (
    "You are a quality gate. Decide whether the work below passes, by this criterion alone: {gate}\n\nIf you cannot tell, it does not "
    "pass. Name every problem.\n\nWork:\n{work}"
)
RUN = (
    "Run this command in the project, exactly as it is written, and change nothing else:\n\n{command}\n\nReport its exit code and the "
    "last lines of what it printed. If it cannot be run at all, report the exit code 127, and why."
)
JUDGED: Form = {
    "type": "object",
    "required": ["passed", "problems"],
    "properties": {"passed": {"type": "boolean"}, "problems": {"type": "array", "items": {"type": "string"}}},
}
RAN: Form = {
    "type": "object",
    "required": ["code", "output"],
    "properties": {"code": {"type": "integer"}, "output": {"type": "string"}},
}


@dataclass(frozen=True, slots=True)
class Gate:
    """One gate: a ``command`` that exits with 0, a ``prompt`` for an agent, or a ``check`` of your own, as for ``retry_until_passes``.

    A command runs in the project as a step, for ``timeout`` seconds at most; with ``by_agent`` an agent runs it, as from a script.
    """

    name: str
    command: str | None = None
    prompt: str | None = None
    check: Callable[[Any], Awaitable[bool | Sequence[str] | None]] | None = None
    timeout: float = 600
    by_agent: bool = False


@dataclass(frozen=True, slots=True)
class Opened:
    """What a gate said; ``passed`` is None for one that gave no answer."""

    name: str
    passed: bool | None
    problems: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Gated:
    """``passed`` only if every gate did. The names of those that did not, by why: ``skipped`` came after one that was not passed."""

    passed: bool
    gates: list[Opened]
    failed: list[str]
    undecided: list[str]
    skipped: list[str]


async def quality_gate(
    gates: Sequence[Gate],
    work: Any = "",
    *,
    in_order: bool = False,
    inspect: str = INSPECT,
    run: str = RUN,
    inspector: AgentOptions | None = None,
    runner: AgentOptions | None = None,
) -> Gated:
    """Let every gate judge ``work``, all at the same time, or ``in_order`` up to the first that is not passed. docs/patterns/quality-gate.md

    ``inspect`` is the prompt for a gate with a prompt, with holes {gate}, {work}; ``run`` for a command that an agent runs, with {command}.
    """
    known: list[Gate] = check.several("gates", gates)
    for gate in known:
        kinds = [kind for kind in (gate.command, gate.prompt, gate.check) if kind is not None]
        if len(kinds) != 1:
            raise ValueError(
                f"expected the gate {gate.name!r} with one of command, prompt and check, found {len(kinds)}"
            )
    check.template("inspect", inspect, "gate")
    check.template("run", run, "command")

    with section("quality-gate") as here:

        async def opened(index: int) -> Opened:
            gate = known[index]
            values = {"gate": gate.prompt, "command": gate.command, "work": text(work), "number": index + 1}
            label = f"gate: {gate.name}"
            if gate.check is not None:
                try:
                    verdict = await here.own(gate.check, work)
                except Exception as error:  # noqa: BLE001 - the author's code: a check that raises has no answer
                    here.log(f"{gate.name}: {message_of(error)}")
                    verdict = None
                if verdict is None or isinstance(verdict, bool):
                    return Opened(gate.name, verdict)
                return Opened(gate.name, not verdict, [str(problem) for problem in verdict])
            if gate.command is None:
                asked = fill(inspect, values)
                answer = await here.ask(asked, values, inspector, label=label, phase="Gate", form=JUDGED)
                return (
                    Opened(gate.name, answer["passed"], answer["problems"])
                    if answer
                    else Opened(gate.name, None)
                )
            if gate.by_agent:
                ran = await here.ask(fill(run, values), values, runner, label=label, phase="Gate", form=RAN)
                if ran is None:
                    return Opened(gate.name, None)
                code, output = ran["code"], ran["output"]
            else:
                from odw.patterns._shell import (
                    run_command,
                )  # and with it executors' processes, when there is a command

                done = await run_command(gate.command, gate.timeout)
                code, output = done.code, done.output
            return Opened(gate.name, code == 0, [f"exit code {code}: {output}"] if code else [])

        results: list[Opened] = []
        if in_order:
            for index in range(len(known)):
                results.append(await opened(index))
                if results[-1].passed is not True:
                    break
        else:
            results = [entry for entry in await here.times(len(known), opened) if entry is not None]
        failed = [entry.name for entry in results if entry.passed is False]
        undecided = [entry.name for entry in results if entry.passed is None]
        skipped = [gate.name for gate in known[len(results) :]]
        passed = not skipped and all(entry.passed is True for entry in results)
        here.log(
            f"{'passed' if passed else 'not passed'}: {len(failed)} of {len(known)} gates failed, "
            f"{len(undecided)} undecided, {len(skipped)} skipped"
        )
        return Gated(passed, results, failed, undecided, skipped)
