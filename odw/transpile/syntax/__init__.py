"""From a script's text to its syntax tree: ES2023 module code with top-level ``return``.

May not: know about lint, meta or the runtime. Raises ``errors.ScriptRejected`` for every text that is no such script,
and nothing else.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from odw.errors import ScriptRejected
from odw.transpile.syntax.problem import SyntaxProblem

if TYPE_CHECKING:
    from odw.transpile.estree import Node
    from odw.transpile.source import Source

# Python frames that a parse may use: enough for some 1,000 nested brackets or 500 nested functions.
_FRAMES = 12_000


def parse(source: Source) -> Node:
    """The ``Program`` node of the script.

    Raises ``ScriptRejected`` with one diagnostic, code ODW200 (syntax-error) or ODW201 (typescript-syntax).
    """
    from odw.transpile.syntax.parser import ScriptParser

    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(max(limit, _depth() + _FRAMES))
    parser = None
    try:
        parser = ScriptParser(source)
        return parser.program()
    except SyntaxProblem as problem:
        failure = problem
    except RecursionError:
        at = parser.lookahead.start if parser else 0
        failure = SyntaxProblem("the script is nested too deeply", at, at + 1)
    finally:
        sys.setrecursionlimit(limit)
    from odw.transpile.syntax.explain import diagnose

    diagnostic = diagnose(source, failure, parser.tokens if parser else [])
    raise ScriptRejected(f"{source.file}: {diagnostic.message}", [diagnostic])


def _depth() -> int:
    frame = sys._getframe()
    depth = 0
    while frame is not None:
        depth += 1
        frame = frame.f_back  # type: ignore[assignment]
    return depth
