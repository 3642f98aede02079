"""Regular expressions: a literal that stands still becomes a constant of the module."""

from __future__ import annotations

from odw.transpile.estree import Node
from odw.transpile.python_workflow.code import Py, call
from odw.transpile.python_workflow.context import Context
from odw.transpile.python_workflow.expressions import points
from odw.transpile.python_workflow.layout import quoted


def regexp_literal(ctx: Context, node: Node) -> Py:
    """``js.RegExp(r"…", "flags")``."""
    pattern, flags = points(node.regex["pattern"]), node.regex["flags"]
    parts = [Py(raw(pattern))]
    if flags:
        parts.append(Py(f'"{flags}"'))
    return call("js.RegExp", *parts)


def raw(pattern: str) -> str:
    """A pattern as a raw literal, where that can say it."""
    simple = pattern.isprintable() and not pattern.endswith("\\")
    if simple and '"' not in pattern:
        return f'r"{pattern}"' if "\\" in pattern else f'"{pattern}"'
    if simple and "'" not in pattern:
        return f"r'{pattern}'" if "\\" in pattern else f"'{pattern}'"
    return quoted(pattern)
