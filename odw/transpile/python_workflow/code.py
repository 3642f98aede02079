"""Python expressions with what is needed to put them together: how tightly they bind, and how they break over lines."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from odw.transpile.python_workflow.layout import SOFT, SPACE, Broken, Doc, Group, Indent, Text, flat

# how tightly an expression binds
WALRUS: Final = 1
LAMBDA: Final = 2
CONDITION: Final = 3
OR: Final = 4
AND: Final = 5
NOT: Final = 6
COMPARE: Final = 7
BIT_OR: Final = 8
BIT_XOR: Final = 9
BIT_AND: Final = 10
SHIFT: Final = 11
ADD: Final = 12
MULTIPLY: Final = 13
UNARY: Final = 14
POWER: Final = 15
AWAIT: Final = 16
POSTFIX: Final = 17
ATOM: Final = 18


class Py:
    """One expression. ``strings``: several literals side by side, which want brackets around them; ``count``: an int."""

    __slots__ = ("count", "denial", "doc", "level", "strings")

    def __init__(self, doc: Doc, level: int = ATOM, strings: bool = False) -> None:
        self.doc = doc
        self.level = level
        self.strings = strings
        self.count = False
        self.denial: Py | None = None  # a comparison's opposite

    def at(self, level: int) -> Doc:
        """The expression where one that binds at least as tightly as ``level`` may stand."""
        if self.level >= level and not self.strings:
            return self.doc
        return parenthesised(self.doc)

    def __str__(self) -> str:
        return flat(self.doc) or ""


def parenthesised(doc: Doc) -> Doc:
    return Group(["(", Indent([SOFT, doc]), SOFT, ")"])


def name(text: str) -> Py:
    return Py(text)


def string(value: str) -> Py:
    return Py(Text(value))


def item(part: Py) -> Doc:
    """An expression as an element, an argument, a value of a dict."""
    return part.at(LAMBDA)


def argument(part: Py) -> Doc:
    """An argument: literals side by side need no brackets of their own there."""
    return part.doc if part.strings and part.level >= LAMBDA else part.at(LAMBDA)


def listed(begin: str, parts: Sequence[Doc], end: str) -> Doc:
    """Parts between brackets, one a line where they do not fit."""
    if not parts:
        return begin + end
    body: list[Doc] = []
    for index, part in enumerate(parts):
        if index:
            body += [",", SPACE]
        body.append(part)
    return Group([begin, Indent([SOFT, body]), Broken(","), SOFT, end])


def call(fn: Py | str, *given: Py, **named: Py) -> Py:
    """A call; ``named`` arguments with the value None are left out."""
    parts = [argument(part) for part in given]
    parts += [[f"{label}=", argument_value(value)] for label, value in named.items()]
    callee = fn if isinstance(fn, str) else fn.at(POSTFIX)
    return Py([callee, _arguments(parts)], POSTFIX)


def argument_value(value: Py) -> Doc:
    return value.at(LAMBDA)


def head(word: str, part: Py) -> Doc:
    """``if part:`` and its like, the expression in brackets where it takes several lines."""
    if part.level >= POSTFIX and not part.strings:
        return [f"{word} ", part.doc, ":"]
    if part.level <= WALRUS:
        return [f"{word} ", part.at(LAMBDA), ":"]
    return [f"{word} ", Group([Broken("("), Indent([SOFT, part.doc]), SOFT, Broken(")")]), ":"]


def joined_by(separator: Py, parts: Doc) -> Py:
    """``separator.join(… for … in …)``, whose only argument takes no comma."""
    return Py([separator.at(POSTFIX), ".join", Group(["(", Indent([SOFT, parts]), SOFT, ")"])], POSTFIX)


def _arguments(parts: list[Doc]) -> Doc:
    if len(parts) == 1 and hugs(parts[0]):
        return ["(", parts[0], ")"]
    return listed("(", parts, ")")


def hugs(doc: Doc) -> bool:
    """Whether a single argument may keep its brackets next to those of the call: a list, a dict."""
    if isinstance(doc, Group) and isinstance(doc.doc, list) and doc.doc:
        return doc.doc[0] in ("[", "{")
    return False


def call_with(fn: str, parts: list[Doc]) -> Py:
    """A call of arguments that are documents already."""
    return Py([fn, _arguments(parts)], POSTFIX)


def attribute(of: Py, attr: str) -> Py:
    return Py([of.at(POSTFIX), f".{attr}"], POSTFIX)


def method(of: Py, attr: str, *given: Py) -> Py:
    return Py([of.at(POSTFIX), f".{attr}", _arguments([argument(part) for part in given])], POSTFIX)


def subscript(of: Py, key: Py) -> Py:
    return Py([of.at(POSTFIX), "[", item(key), "]"], POSTFIX)


def list_of(parts: Iterable[Py]) -> Py:
    return Py(listed("[", [item(part) for part in parts], "]"))


def binary(left: Py, operator: str, right: Py, level: int) -> Py:
    return Py(Group([*_first(left, level), SPACE, f"{operator} ", right.at(level + 1)]), level)


def _first(left: Py, level: int) -> list[Doc]:
    """The first operand; the parts of one that binds alike go on the same level of the layout."""
    if (
        left.level == level
        and not left.strings
        and isinstance(left.doc, Group)
        and isinstance(left.doc.doc, list)
    ):
        return left.doc.doc
    return [left.at(level)]


def comparison(left: Py, operator: str, right: Py) -> Py:
    found = Py(Group([left.at(BIT_OR), SPACE, f"{operator} ", right.at(BIT_OR)]), COMPARE)
    opposite = _OPPOSITES.get(operator)
    if opposite is not None:
        found.denial = Py(Group([left.at(BIT_OR), SPACE, f"{opposite} ", right.at(BIT_OR)]), COMPARE)
    return found


_OPPOSITES: Final = {"in": "not in", "is": "is not", "==": "!=", "not in": "in", "is not": "is", "!=": "=="}


def negated(value: Py) -> Py:
    if value.denial is not None:
        return value.denial
    return Py(["not ", value.at(NOT)], NOT)


def either(first: Py, operator: str, second: Py) -> Py:
    level = OR if operator == "or" else AND
    return Py(Group([*_first(first, level), SPACE, f"{operator} ", second.at(level + 1)]), level)


def condition(test: Py, yes: Py, no: Py) -> Py:
    rest = no.doc.doc if no.level == CONDITION and isinstance(no.doc, Group) else [no.at(CONDITION)]
    return Py(Group([yes.at(OR), SPACE, "if ", test.at(OR), SPACE, "else ", *rest]), CONDITION)


def awaited(value: Py) -> Py:
    return Py(["await ", value.at(POSTFIX)], AWAIT)


def walrus(target: str, value: Py) -> Py:
    return Py([f"{target} := ", value.at(LAMBDA)], WALRUS)


def function(parameters: str, body: Py) -> Py:
    """A lambda."""
    head = f"lambda {parameters}: " if parameters else "lambda: "
    return Py([head, body.at(CONDITION)], LAMBDA)


def comprehension(element: Doc, clauses: Sequence[Doc], begin: str = "[", end: str = "]") -> Py:
    body: list[Doc] = [element]
    for clause in clauses:
        body += [SPACE, clause]
    return Py(Group([begin, Indent([SOFT, *body]), SOFT, end]))


def clause(target: str, items: Py) -> Doc:
    return [f"for {target} in ", items.at(OR)]


def guard(test: Py) -> Doc:
    return ["if ", test.at(OR)]
