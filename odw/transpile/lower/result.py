"""What lowering a JavaScript expression gives.

Every expression becomes one Python expression, so the order of evaluation is Python's, which is JavaScript's: from left
to right. Only *definitions* (Python functions that the expression mentions) come before it; making them has no effect
that a script could see, so they may stand before the whole statement, whatever part of it runs.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Lowered:
    """``stmts`` are definitions that must precede ``expr``."""

    stmts: list[ast.stmt]
    expr: ast.expr
