"""The early errors of a regular expression literal (ECMA-262 13.2.7.1)."""

from __future__ import annotations

from odw.transpile.syntax.problem import SyntaxProblem

_FLAGS = "dgimsuvy"


def check_regexp(pattern: str, flags: str, start: int, end: int) -> None:
    """Raise ``SyntaxProblem`` for flags or a pattern that no RegExp accepts; ``pattern`` is UTF-16."""
    for index, flag in enumerate(flags):
        if flag not in _FLAGS or flag in flags[:index]:
            raise SyntaxProblem("Invalid regular expression flags", end - len(flags), end)
    if "u" in flags and "v" in flags:
        raise SyntaxProblem("Invalid regular expression flags", end - len(flags), end)
    # Imported here: only scripts with such a literal pay for it.
    from odw.ecma.regexp.syntax import RegExpSyntaxError, parse_pattern

    try:
        parse_pattern(pattern, flags)
    except RegExpSyntaxError as error:
        raise SyntaxProblem(str(error), start, end) from None
