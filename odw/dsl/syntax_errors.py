"""Python's syntax errors as findings."""

from __future__ import annotations

from typing import Any

from odw.diagnostics import Diagnostic, Span


def syntax_finding(shown: str, error: SyntaxError) -> Diagnostic:
    """A syntax error as a finding."""
    line = (error.text or "").rstrip("\n")
    return Diagnostic(
        "ODW200", "syntax-error", "error", error.msg or "invalid syntax", shown, _span(error), line, ""
    )


def _span(error: SyntaxError) -> Span:
    """The span that a SyntaxError points at."""
    line = error.lineno or 1
    column = max(0, (error.offset or 1) - 1)
    end_line: Any = error.end_lineno or line
    end = error.end_offset
    end_column = end - 1 if end and end > 0 else column + 1
    return Span(line, column, end_line, max(end_column, column + 1) if end_line == line else end_column)
