"""Whether a script can have changed ``Math``, and which of its functions a call means.

``Math`` is reached by its name or as a property of ``globalThis``. So it is what it was if the script never says
``globalThis`` and says ``Math`` only to call one of its functions or to read one of its constants, which cannot be assigned.
"""

from __future__ import annotations

from typing import Final

from odw.transpile.analyze.scope import ScopeTable
from odw.transpile.estree import Node, walk

_FUNCTIONS: Final = frozenset(
    """
    abs acos acosh asin asinh atan atan2 atanh cbrt ceil clz32 cos cosh exp expm1 floor fround hypot imul log log10 log1p
    log2 max min pow random round sign sin sinh sqrt tan tanh trunc
    """.split()  # noqa: SIM905 - a table of words
)
_CONSTANTS: Final = frozenset({"E", "LN10", "LN2", "LOG10E", "LOG2E", "PI", "SQRT1_2", "SQRT2"})


def math_function(table: ScopeTable, call: Node) -> str:
    """``"imul"`` for the call ``Math.imul(…)``; "" for any other."""
    callee = call.callee
    if callee.type != "MemberExpression" or callee.computed or callee.optional or call.optional:
        return ""
    if callee.object.type != "Identifier" or callee.object.name != "Math":
        return ""
    name = callee.property.name
    return name if name in _FUNCTIONS and table.resolve(callee.object) is None else ""


def math_is_pristine(table: ScopeTable) -> bool:
    """Whether every mention of ``Math`` is a call of its functions or a look at its constants."""
    mentions = 0
    for node in table.unresolved:
        if node.name == "globalThis":
            return False
        mentions += node.name == "Math"
    harmless = 0
    for node in walk(table.program):
        if node.type == "CallExpression":
            harmless += bool(math_function(table, node))
        elif node.type == "MemberExpression" and not node.computed and node.object.type == "Identifier":
            if node.object.name == "Math" and node.property.name in _CONSTANTS:
                harmless += table.resolve(node.object) is None
    return harmless == mentions
