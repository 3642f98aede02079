"""Templates and joined texts as f-strings.

``\\`Review ${file}\\``` becomes ``f"Review {file}"``; what is no text goes through ``js.text``. A long text is broken after its
newlines into several literals side by side.
"""

from __future__ import annotations

from typing import TypeAlias

from odw.transpile.estree import Node
from odw.transpile.python_workflow import code
from odw.transpile.python_workflow.code import Py
from odw.transpile.python_workflow.context import Context
from odw.transpile.python_workflow.expressions import exact_text, handles, points, value
from odw.transpile.python_workflow.kinds import INT, STR, only
from odw.transpile.python_workflow.layout import HARD, SPACE, Doc, Group, Text, escaped_in, inside_fstring

Piece: TypeAlias = "str | Py"
LONG = 84


@handles("TemplateLiteral")
def template(ctx: Context, node: Node) -> Py:
    return joined(pieces_of(ctx, node))


def pieces_of(ctx: Context, node: Node) -> list[Piece]:
    """A text as its literal parts and the texts between them."""
    if node.type == "TemplateLiteral":
        found: list[Piece] = []
        for index, quasi in enumerate(node.quasis):
            found.append(points(quasi.value["cooked"]))
            if index < len(node.expressions):
                found += inner_pieces(ctx, node.expressions[index])
        return found
    if node.type == "Literal" and isinstance(node.value, str):
        return [points(node.value)]
    if node.type == "BinaryExpression" and node.operator == "+":
        if only(ctx.kind(node.left), STR) or only(ctx.kind(node.right), STR):
            return [*inner_pieces(ctx, node.left), *inner_pieces(ctx, node.right)]
    return [as_text(ctx, node)]


def inner_pieces(ctx: Context, node: Node) -> list[Piece]:
    if node in ctx.substituted:
        return [as_text(ctx, node)]
    if node.type == "TemplateLiteral" or (node.type == "Literal" and isinstance(node.value, str)):
        return pieces_of(ctx, node)
    if node.type == "BinaryExpression" and node.operator == "+" and only(ctx.kind(node), STR):
        return pieces_of(ctx, node)
    return [as_text(ctx, node)]


def as_text(ctx: Context, node: Node) -> Py:
    """What stands between the braces: a text, or a count, which Python writes as JavaScript does."""
    if only(ctx.kind(node), INT):
        part = value(ctx, node)
        counted = Py(part.doc, part.level)
        counted.count = True
        return counted
    return exact_text(ctx, node)


def joined(pieces: list[Piece]) -> Py:
    """One expression for texts one after the other."""
    merged = _merged(pieces)
    if all(isinstance(piece, str) for piece in merged):
        return literal_text("".join(piece for piece in merged if isinstance(piece, str)))
    runs: list[list[Piece]] = [[]]  # each becomes literals side by side; between them stands +
    outside: list[Py | None] = []
    for piece in merged:
        if isinstance(piece, Py) and inside_fstring(piece.doc) is None:
            outside.append(piece)
            runs.append([])
        else:
            runs[-1].append(piece)
    if not outside:
        return _literals(runs[0])
    terms: list[Doc] = []
    for index, run in enumerate(runs):
        if run:
            part = _literals(run)
            terms.append(part.doc if part.strings else part.at(code.ADD))
        if index < len(outside):
            one = outside[index]
            assert one is not None
            terms.append((code.call("str", one) if one.count else one).at(code.MULTIPLY))
    body: list[Doc] = [terms[0]]
    for term in terms[1:]:
        body += [SPACE, "+ ", term]
    return Py(Group(body), code.ADD)


def _merged(pieces: list[Piece]) -> list[Piece]:
    found: list[Piece] = []
    for piece in pieces:
        if isinstance(piece, str):
            if not piece:
                continue
            if found and isinstance(found[-1], str):
                found[-1] += piece
                continue
        found.append(piece)
    return found or [""]


def literal_text(text: str) -> Py:
    if len(text) <= LONG and "\n" not in text[:-1]:
        return Py(Text(text))
    return _literals([text])


def _literals(run: list[Piece]) -> Py:
    """Literal parts and short expressions: one f-string, or several side by side."""
    lines = _lines(run)
    docs: list[Doc] = [_one(line) for line in lines]
    if len(docs) == 1:
        return Py(docs[0])
    body: list[Doc] = []
    for index, doc in enumerate(docs):
        body += [HARD, doc] if index else [doc]
    return Py(Group(body), code.ATOM, strings=True)


def _one(line: list[Piece]) -> Doc:
    if all(isinstance(piece, str) for piece in line):
        return Text("".join(piece for piece in line if isinstance(piece, str)))
    parts = []
    for piece in line:
        if isinstance(piece, str):
            parts.append(escaped_in(piece, '"').replace("{", "{{").replace("}", "}}"))
        else:
            inner = inside_fstring(piece.doc) or ""
            if inner.startswith("{") or piece.level <= code.LAMBDA:
                inner = f"({inner})"
            parts.append("{" + inner + "}")
    return 'f"' + "".join(parts) + '"'


def _lines(run: list[Piece]) -> list[list[Piece]]:
    """A run cut after newlines if it is long, and at spaces where a line is too long still."""
    total = sum(len(piece) if isinstance(piece, str) else len(str(piece)) + 2 for piece in run)
    if total <= LONG and sum(piece.count("\n") for piece in run if isinstance(piece, str)) <= 2:
        return [run]
    lines: list[list[Piece]] = [[]]
    width = 0
    for piece in run:
        if isinstance(piece, Py):
            size = len(str(piece)) + 2
            if width and width + size > LONG + 10:
                lines.append([])
                width = 0
            lines[-1].append(piece)
            width += size
            continue
        for part in _cuts(piece):
            if width and (width + len(part) > LONG + 8 or part == "\n") and part != "\n":
                lines.append([])
                width = 0
            lines[-1].append(part)
            width += len(part)
            if part.endswith("\n"):
                lines.append([])
                width = 0
    if not lines[-1]:
        lines.pop()
    return lines


def _cuts(text: str) -> list[str]:
    """A text in parts that stay together: words with the space behind them, newlines with what is before."""
    parts: list[str] = []
    start = 0
    for index, c in enumerate(text):
        following = text[index + 1 : index + 2]
        if (c == "\n" and following != "\n") or (c == " " and following not in (" ", "\n", "")):
            parts.append(text[start : index + 1])
            start = index + 1
    if start < len(text):
        parts.append(text[start:])
    return parts


@handles("TaggedTemplateExpression")
def tagged(ctx: Context, node: Node) -> Py:
    tag = node.tag
    if (
        tag.type == "MemberExpression"
        and ctx.is_global(tag.object, "String")
        and not tag.computed
        and tag.property.name == "raw"
    ):
        pieces: list[Piece] = []
        for index, quasi in enumerate(node.quasi.quasis):
            pieces.append(points(quasi.value["raw"]))
            if index < len(node.quasi.expressions):
                pieces.append(as_text(ctx, node.quasi.expressions[index]))
        return joined(pieces)
    cooked = code.list_of(code.string(points(quasi.value["cooked"] or "")) for quasi in node.quasi.quasis)
    raw = code.list_of(code.string(points(quasi.value["raw"])) for quasi in node.quasi.quasis)
    strings = code.call("js.template", cooked, raw)
    return code.call(
        "js.call", value(ctx, tag), strings, *[value(ctx, part) for part in node.quasi.expressions]
    )
