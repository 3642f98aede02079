"""``human(question)``: a person decides. The answer is recorded like a step's result, so nobody is asked twice."""

from __future__ import annotations

from collections.abc import Sequence
from contextvars import ContextVar

from odw.dsl.errors import NobodyToAsk
from odw.dsl.steps import step
from odw.runtime.abc import HumanGate

GATE: ContextVar[HumanGate | None] = ContextVar("odw_human_gate", default=None)  # of the run


async def human(question: str, *, choices: Sequence[str] = (), default: str | None = None) -> str:
    """Ask a person and wait for the answer, one of ``choices`` if there are any; it is asked again until it is.

    Who is asked is said by ``odw.run(…, human=gate)``. Where there is nobody the answer is ``default``; without one it raises NobodyToAsk.
    In a dry run the answer is the default, else the first choice.
    """
    return await _ask(question, list(choices), default)


def _rehearsed(question: str, choices: list[str], default: str | None) -> str:
    return default if default is not None else choices[0] if choices else ""


@step(name="odw.human", rehearse=_rehearsed)
async def _ask(question: str, choices: list[str], default: str | None) -> str:
    gate = GATE.get()
    if gate is None:
        if default is None:
            raise NobodyToAsk(
                f"nobody is there to answer {question!r}: run it with odw.run(…, human=gate), or give a default"
            )
        return default
    answer = await gate.ask(question, tuple(choices))
    while choices and answer not in choices:
        answer = await gate.ask(f"{question} ({answer!r} is none of: {', '.join(choices)})", tuple(choices))
    return answer
