"""Writes random programs: expands the grammar with the decisions of a source (see ``grammar`` for what its holes mean)."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cache

from fuzz.choices import Choices
from fuzz.grammar import HOLE, Grammar, Production, read_grammar

INHERITED = frozenset(("this", "super", "private"))  # what an arrow function has of the code around it
FUEL = 80  # holes of one section; what comes after is as short as can be
DEEPEST = 4  # holes within holes of an expression
STATEMENTS = frozenset(
    [
        "section",
        "async_section",
        "task",
        "stmt",
        "decl",
        "assign",
        "loud",
        "closing_use",
        "species",
        "keeping",
        "finals",
        "queue",
    ]
)


@dataclass(frozen=True)
class Variable:
    name: str
    kind: str
    assignable: bool


class Expander:
    """The program under construction: variables in scope, flags of the place, fuel. ``used`` counts productions."""

    def __init__(self, choices: Choices, grammar: Grammar) -> None:
        self.used: Counter[str] = Counter()
        self._choices = choices
        self._grammar = grammar
        self._variables: list[Variable] = []
        self._flags: frozenset[str] = frozenset(("async",))
        self._names: set[str] = set()
        self._fuel = FUEL

    def statements(self, most: int, depth: int) -> list[str]:
        """One statement to ``most``; what they declare ends with them."""
        known = len(self._variables)
        made = [self.expand("stmt", depth)]
        while len(made) < most and self._fuel > 0 and self._choices.chance(72):
            made.append(self.expand("stmt", depth))
        del self._variables[known:]
        return made

    def section(self, kind: str, depth: int) -> str:
        """A part of the program, with fuel of its own."""
        self._fuel = FUEL
        return self.expand(kind, depth)

    def expand(self, kind: str, depth: int) -> str:
        self._fuel -= 1
        variables = [variable for variable in self._variables if variable.kind == kind]
        if variables and self._choices.chance(45):
            return variables[-1 - self._choices.below(min(len(variables), 4))].name
        if kind not in STATEMENTS:
            depth = min(depth, DEEPEST)
        return self._write(self._production(kind, depth), depth - 1)

    def _production(self, kind: str, depth: int) -> Production:
        least = self._grammar.height[kind]
        most = max(depth, least) if self._fuel > 0 else least
        assignable = frozenset(variable.kind for variable in self._variables if variable.assignable)
        production = self._choices.pick(_fitting(self._grammar, kind, most, self._flags, assignable))
        self.used[production.name] += 1
        return production

    def _assignable(self, kind: str) -> list[Variable]:
        return [variable for variable in self._variables if variable.kind == kind and variable.assignable]

    def _write(self, production: Production, depth: int) -> str:
        """The text of a production with its holes filled, from left to right."""
        flags = self._flags
        bound: set[str] = set()
        stack: list[frozenset[str]] = []
        names: dict[str, str] = {}
        declared: list[Variable] = []
        parts: list[str] = []
        at = 0
        for hole in HOLE.finditer(production.text):
            parts.append(production.text[at : hole.start()])
            at = hole.end()
            if hole["flags"]:
                self._flags = self._turn(hole["flags"], stack)
                if hole["flags"] == "@":  # the end of a function or a loop ends its names
                    self._forget(bound)
            elif hole["bind"]:
                names[hole["name"]] = self._fresh(hole["name"])
                variable = Variable(names[hole["name"]], hole["bound"], bool(hole["mode"]))
                if hole["bind"] == "$":
                    self._variables.append(variable)
                    bound.add(variable.name)
                else:
                    declared.append(variable)
                parts.append(variable.name)
            elif hole["again"]:
                parts.append(names[hole["again"]])
            elif hole["target"]:
                parts.append(self._choices.pick(self._assignable(hole["target"])).name)
            elif hole["many"]:
                count = self._choices.below(4)
                parts.append(", ".join(self.expand(hole["kind"], depth) for _ in range(count)))
            elif hole["kind"] in ("block", "stmts"):
                parts.append(self._block(hole["kind"], depth))
            else:
                text = self.expand(hole["kind"], depth)
                before = "".join(parts)
                is_start = before.endswith("=> ") or (not before and production.kind in STATEMENTS)
                if (
                    is_start
                    and hole["kind"] not in STATEMENTS
                    and text.startswith(("{", "function", "class"))
                ):
                    text = f"({text})"  # else it would be a block or a declaration
                parts.append(text)
        assert not stack, production.name
        self._flags = flags
        self._forget(bound)
        self._variables += declared
        return "".join([*parts, production.text[at:]])

    def _forget(self, names: set[str]) -> None:
        self._variables = [variable for variable in self._variables if variable.name not in names]
        names.clear()

    def _turn(self, flags: str, stack: list[frozenset[str]]) -> frozenset[str]:
        if flags == "@":
            return stack.pop()
        stack.append(self._flags)
        given = frozenset(flags[2:].split())
        if flags[1] == "!":
            return given
        return given | (self._flags & INHERITED if flags[1] == "&" else self._flags)

    def _block(self, kind: str, depth: int) -> str:
        made = self.statements(3, depth)
        text = "\n".join(made).replace("\n", "\n  ")
        return f"{{\n  {text}\n}}" if kind == "block" else f"  {text}"

    def _fresh(self, stem: str) -> str:
        name, number = stem, 1
        while name in self._names:
            number += 1
            name = f"{stem}{number}"
        self._names.add(name)
        return name


@cache
def _fitting(
    grammar: Grammar, kind: str, most: int, flags: frozenset[str], assignable: frozenset[str]
) -> tuple[Production, ...]:
    """The productions of a kind that a place may have, each as often as it weighs."""
    return tuple(
        production
        for production in grammar.kinds[kind]
        if grammar.height[production.name] <= most
        and production.wanted <= flags
        and not production.unwanted & flags
        and production.targets <= assignable
        for _ in range(production.weight)
    )


def program(choices: Choices, used: Counter[str] | None = None) -> str:
    """One program of a few sections, each of which catches what it throws. ``used`` counts the productions."""
    expander = Expander(choices, read_grammar())
    sections = [expander.section("decl", 4) for _ in range(choices.below(4))]
    sections.append(expander.section("section", 8))
    while len(sections) < 9 and choices.chance(75):
        sections.append(expander.section("section", choices.between(3, 8)))
    if used is not None:
        used.update(expander.used)
    return "\n".join(sections) + "\n"
