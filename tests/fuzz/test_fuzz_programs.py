"""The generator of programs: the same seed gives the same program, and nothing of the language is left out."""

from __future__ import annotations

from collections import Counter

import pytest

from fuzz.choices import Choices, Drawn, Seeded
from fuzz.grammar import HOLE, read_grammar
from fuzz.programs import program
from odw.transpile.estree import Node, walk
from odw.transpile.lower.visitor import EXPRESSIONS, STATEMENTS
from odw.transpile.source import Source
from odw.transpile.syntax import parse

PROGRAMS = 400
MODULES_ONLY = {
    "ImportDeclaration", "ExportAllDeclaration", "ExportNamedDeclaration", "ExportDefaultDeclaration", "ImportExpression",
}  # fmt: skip
PARTS = {
    "ArrayPattern", "AssignmentPattern", "ObjectPattern", "RestElement", "SpreadElement", "CatchClause", "SwitchCase", "StaticBlock",
    "PropertyDefinition", "MethodDefinition", "PrivateIdentifier", "Super", "TemplateElement",
}  # fmt: skip


@pytest.fixture(scope="module")
def written() -> tuple[list[str], Counter[str]]:
    used: Counter[str] = Counter()
    return [program(Choices(Seeded(number)), used) for number in range(PROGRAMS)], used


@pytest.fixture(scope="module")
def nodes(written: tuple[list[str], Counter[str]]) -> list[Node]:
    return [node for text in written[0] for node in walk(parse(Source(text, "p.js")))]


def test_a_seed_is_a_program() -> None:
    assert program(Choices(Seeded("a"))) == program(Choices(Seeded("a")))
    assert program(Choices(Seeded("a"))) != program(Choices(Seeded("b")))


def test_decisions_are_a_program(written: tuple[list[str], Counter[str]]) -> None:
    for number in range(20):
        source = Seeded(number)
        text = program(Choices(source))
        again = iter(source.made)
        assert text == program(Choices(Drawn(lambda count: next(again)))) == written[0][number]  # noqa: B023
        assert next(again, None) is None


def test_every_construct_of_the_language_occurs(nodes: list[Node]) -> None:
    """The table of node types: all that the compiler knows, but for modules."""
    met = Counter(node.type for node in nodes)
    assert set(EXPRESSIONS) | set(STATEMENTS) | PARTS <= set(met) | MODULES_ONLY
    assert [kind for kind, count in met.items() if count < 2] == []


OPERATIONS = (
    "BinaryExpression",
    "LogicalExpression",
    "AssignmentExpression",
    "UnaryExpression",
    "UpdateExpression",
)


def test_the_forms_of_nodes_occur(nodes: list[Node]) -> None:
    forms: set[str] = set()
    for node in nodes:
        kind = node.type
        if kind in OPERATIONS:
            forms.add(f"{kind[0]} {node.operator}")
        elif kind == "MethodDefinition":
            private = node.key.type == "PrivateIdentifier"
            forms |= {f"method {node.kind}", f"private {private}", f"static {node.static}"}
        elif kind == "ArrowFunctionExpression":
            forms.add(f"arrow async {node.is_async}")
        elif "Function" in kind:
            forms.add(f"{kind} async {node.is_async} generator {node.generator}")
    operators = {
        "B": "+ - * / % ** & | ^ << >> >>> < <= > >= == != === !== in instanceof",
        "L": "&& || ??",
        "A": "= += -= *= **= >>>= &&= ||= ??=",
        "U": "+ - ~ ! typeof void delete ++ --",
    }
    wanted = {f"{kind} {operator}" for kind, all_of in operators.items() for operator in all_of.split()}
    wanted |= {f"method {kind}" for kind in ("get", "set", "method", "constructor")}
    wanted |= {"private True", "static True", "arrow async True"}
    wanted |= {f"FunctionExpression async {a} generator {g}" for a in (True, False) for g in (True, False)}
    assert wanted - forms == set()


def test_nearly_every_production_is_used(written: tuple[list[str], Counter[str]]) -> None:
    names = {production.name for productions in read_grammar().kinds.values() for production in productions}
    assert set(written[1]) <= names
    assert len(names - set(written[1])) < len(names) // 20


def test_the_grammar_leaves_no_hole(written: tuple[list[str], Counter[str]]) -> None:
    kinds = set(read_grammar().kinds)
    for text in written[0]:
        assert [hole[0] for hole in HOLE.finditer(text) if hole["flags"] or hole["kind"] in kinds] == []


def test_programs_are_of_a_size_to_read(written: tuple[list[str], Counter[str]]) -> None:
    sizes = sorted(len(text) for text in written[0])
    assert 300 < sizes[len(sizes) // 2] < 4000
    assert sizes[-1] < 20_000
