"""Random workflow scripts, like those that coding agents write: fan-out, verify, judge, loop, dedupe, rank, report.

``workflow_scripts(seed, count)`` gives the same scripts for the same seed. They run to an end under any answers; agents that
fail give null, and most scripts look for it.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from fuzz.choices import Choices, Seeded
from fuzz.workflow_data import DATA_MOVES
from fuzz.workflow_loops import LOOP_MOVES
from fuzz.workflow_moves import MOVES
from fuzz.workflow_words import LENSES, PHASES, TOPICS, make_shape, sample_of
from fuzz.workflow_writer import Writer

ABSENT = object()
ALL_MOVES = (*MOVES, *LOOP_MOVES, *DATA_MOVES)


@dataclass(frozen=True)
class WorkflowScript:
    """A script and the args that it runs with (``ABSENT``: none)."""

    source: str
    args: Any


def workflow_scripts(seed: int, count: int) -> list[str]:
    """The sources of ``count`` scripts. They take no args, or do without."""
    return [workflow_script(Choices(Seeded(f"{seed}/{number}"))).source for number in range(count)]


def workflow_script(choices: Choices) -> WorkflowScript:
    """One script of 3 to 9 moves."""
    writer = Writer(choices)
    args = _inputs(writer)
    number = 0
    phases: list[str] = []
    while number < 2 or (number < 9 and choices.chance(70)):
        if len(phases) <= number // 2 and choices.chance(60):
            title = PHASES[len(phases)]
            phases.append(title)
            writer.phase_now = title
            writer.line("")
            writer.comment(f"Phase {len(phases)}: {title.lower()}", f"{title} what we have so far.")
            writer.statement(f"phase('{title}')")
        choices.weighted(ALL_MOVES if number else MOVES)(writer)
        number += 1
    _return(writer)
    return WorkflowScript(_assemble(writer, phases), args)


def _inputs(writer: Writer) -> Any:
    """The first lines: what the script works on, from args or by itself."""
    choices = writer.choices
    lenses = choices.some(LENSES, 2, 4)
    way = choices.below(6)
    args: Any = ABSENT
    if way == 0:
        items = writer.declare(writer.fresh("dims", "LENSES", "topics"), None, True)
        writer.statement(f"const {items.name} = {lenses!r}")
    elif way == 1:
        writer.statement("const input_ = typeof args === 'string' ? JSON.parse(args) : (args ?? {})")
        items = writer.declare(writer.fresh("files", "targets"), None, True)
        writer.statement(
            f"const {items.name} = Array.isArray(input_.{items.name}) && input_.{items.name}.length ? input_.{items.name} : {lenses!r}"
        )
        args = choices.pick(
            (
                ABSENT,
                {items.name: choices.some(TOPICS, 2, 3)},
                json.dumps({items.name: choices.some(TOPICS, 1, 3)}, ensure_ascii=False),
            )
        )
    elif way == 2:
        items = writer.declare(writer.fresh("areas", "modules"), None, True)
        target = writer.fresh("target", "goal")
        writer.statement(
            f"const {{ {target} = {choices.pick(TOPICS)!r}, {items.name} = {lenses!r} }} = args ?? {{}}"
        )
        writer.results[target] = target
        args = choices.pick(
            (ABSENT, {target: choices.pick(TOPICS)}, {items.name: choices.some(LENSES, 1, 3), "unused": None})
        )
    elif way == 3:
        shape = make_shape(choices)
        items = writer.declare(writer.fresh(f"{shape.noun}List", "seeds"), shape, True)
        samples = [sample_of(shape, number, choices) for number in range(choices.between(2, 4))]
        body = "".join(f"\n  {sample}," for sample in samples)
        writer.statement(f"const {items.name} = [{body}\n]")
    elif way == 4:
        request = writer.fresh("request", "task")
        writer.statement(
            f"const {request} = typeof args === 'string' && args.trim() ? args.trim() : (args && args.{request}) || {choices.pick(TOPICS)!r}"
        )
        items = writer.declare(writer.fresh("angles", "views"), None, True)
        writer.statement(f"const {items.name} = {lenses!r}.map((lens) => `${{lens}} of ${{{request}}}`)")
        args = choices.pick((ABSENT, "  the login flow ", {request: choices.pick(TOPICS)}))
    else:
        items = writer.declare(writer.fresh("steps", "rounds"), None, True)
        writer.statement(
            f"const {items.name} = Array.from({{ length: {choices.between(2, 4)} }}, (_, i) => `step ${{i + 1}}`)"
        )
    return args


def _return(writer: Writer) -> None:
    choices = writer.choices
    lists = [var for var in writer.scope if var.many]
    for var in choices.some(lists, 1, 3):
        title = writer.title("x", var.shape)
        writer.results[var.name] = choices.pick(
            (f"{var.name}.length", var.name, f"{var.name}.map((x) => {title})", f"{var.name}.slice(0, 2)")
        )
    parts = [name if name == text else f"{name}: {text}" for name, text in writer.results.items()]
    writer.line("")
    if choices.chance(50):
        writer.statement(f"return {{ {', '.join(parts)} }}")
    else:
        body = "".join(f"\n  {part}," for part in parts)
        writer.statement(f"return {{{body}\n}}")


def _assemble(writer: Writer, phases: list[str]) -> str:
    """The whole text: meta, constants and helpers before or after the body, as they may be."""
    choices = writer.choices
    titles = ", ".join(f"{{ title: '{title}' }}" for title in phases)
    parts = [
        f"name: 'generated-{len(writer.lines)}'",
        f"description: 'A generated workflow of {len(writer.lines)} lines'",
    ]
    if phases:
        parts.append(f"phases: [{titles}]")
    head = "".join(f"\n  {part}," for part in parts)
    lines = [f"export const meta = {{{head}\n}}{writer.semicolon}", ""]
    lines += [f"const {name} = {text}{writer.semicolon}" for name, text in writer.constants.items()]
    hoisted = [text for text in writer.helpers.values() if text.startswith("function")]
    late = hoisted if choices.chance(40) else []
    lines += [text for text in writer.helpers.values() if text not in late]
    lines += ["", *writer.lines]
    lines += ["", *late] if late else []
    return "\n".join(lines) + "\n"
