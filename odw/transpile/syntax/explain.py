"""From a ``SyntaxProblem`` to the diagnostic that its author reads: is it another language, and what is left open?"""

from __future__ import annotations

from odw.diagnostics import Diagnostic
from odw.transpile.source import Source
from odw.transpile.syntax.other_languages import Foreign, find_foreign
from odw.transpile.syntax.problem import SyntaxProblem
from odw.transpile.syntax.tokens import END, TEMPLATE, Token

_CLOSING = {")": "(", "]": "[", "}": "{"}
_MISSING = {"(": ")", "[": "]", "{": "}", "${": "}"}


def diagnose(source: Source, problem: SyntaxProblem, tokens: list[Token]) -> Diagnostic:
    """The one diagnostic for a script that does not parse; ``tokens`` are those read so far."""
    foreign = find_foreign(source.text, problem, tokens)
    if foreign is not None:
        return _foreign_diagnostic(source, foreign)
    message = problem.message
    if problem.opener is not None:
        message += f", {_opened_at(source, problem.opener)}"
        return _syntax_error(source, message, problem.opener, _end_of_line(source, problem.opener))
    return _syntax_error(
        source,
        message + _unclosed(source, problem, tokens),
        problem.start,
        problem.end,
        _help(problem, source),
    )


def _syntax_error(source: Source, message: str, start: int, end: int, help: str = "") -> Diagnostic:
    return source.diagnostic("ODW200", "syntax-error", "error", message, start, end, help)


def _foreign_diagnostic(source: Source, foreign: Foreign) -> Diagnostic:
    if foreign.language == "TypeScript":
        code, rule = "ODW201", "typescript-syntax"
    else:
        code, rule = "ODW200", "syntax-error"
    message = f"this is {foreign.language}: {foreign.what}"
    return source.diagnostic(code, rule, "error", message, foreign.start, foreign.end, foreign.help)


def _unclosed(source: Source, problem: SyntaxProblem, tokens: list[Token]) -> str:
    """What to add about the innermost bracket that is open where an end or another bracket's end was met."""
    if not tokens or tokens[-1].start != problem.start:
        return ""
    last = tokens[-1]
    if last.kind != END and last.kind not in _CLOSING:
        return ""
    opened = _open_brackets(source.text, tokens[:-1])
    if not opened:
        return "" if last.kind == END else f": no '{_CLOSING[last.kind]}' is open here"
    bracket, offset = opened[-1]
    if last.kind != END and _MISSING[bracket] == last.kind:
        return ""
    expected = _MISSING[bracket]
    return f": '{expected}' is missing for the '{bracket}' {_opened_at(source, offset)}"


def _open_brackets(text: str, tokens: list[Token]) -> list[tuple[str, int]]:
    """The brackets that these tokens leave open, with their offsets, outermost first."""
    opened: list[tuple[str, int]] = []
    for token in tokens:
        kind = token.kind
        if kind in ("(", "[", "{"):
            opened.append((kind, token.start))
        elif kind in _CLOSING:
            if opened:
                opened.pop()
        elif kind == TEMPLATE:
            if opened and text[token.start] == "}":
                opened.pop()
            if not token.value[3]:
                opened.append(("${", token.end - 2))
    return opened


def _opened_at(source: Source, offset: int) -> str:
    line, column = source.position(offset)
    return f"opened at line {line}, column {column + 1}"


def _end_of_line(source: Source, offset: int) -> int:
    line, column = source.position(offset)
    return offset + max(1, len(source.lines[line - 1]) - column)


def _help(problem: SyntaxProblem, source: Source) -> str:
    if problem.start < len(source.text) and source.text[problem.start] in "“”‘’":
        return "Use a plain quote: ' or \"."
    if problem.message.startswith("await is only valid"):
        return "Make the function around it async: async () => { … }"
    return ""
