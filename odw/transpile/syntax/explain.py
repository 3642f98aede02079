"""From a ``SyntaxProblem`` to the diagnostic that its author reads."""

from __future__ import annotations

from odw.diagnostics import Diagnostic
from odw.transpile.source import Source
from odw.transpile.syntax.problem import SyntaxProblem
from odw.transpile.syntax.tokens import Token


def diagnose(source: Source, problem: SyntaxProblem, tokens: list[Token]) -> Diagnostic:
    return source.diagnostic("ODW200", "syntax-error", "error", problem.message, problem.start, problem.end)
