"""From the source text of a literal to its value: numbers, strings, templates.

Clauses: 12.9.3 Numeric Literals, 12.9.4 String Literals, 12.9.6 Template Literal Lexical Components of ECMA-262.
"""

from __future__ import annotations

import re
from typing import Final

from odw.transpile.source import utf16
from odw.transpile.syntax.problem import SyntaxProblem

MAX_EXACT: Final = 2**53

_ESCAPE = re.compile(r"\\(\r\n|u\{([0-9a-fA-F]+)\}|u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|[\s\S])")
_SIMPLE: Final = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "v": "\v"}
_DIGITS: Final = frozenset("0123456789")
_CONTINUATIONS: Final = frozenset(("\r\n", "\n", "\r", "\u2028", "\u2029"))


def number_value(text: str) -> int | float:
    """The value of a numeric literal without separators and suffix: an int when integral and at most 2**53."""
    if len(text) < 16 and text.isdigit():
        return int(text)
    if text[:2] in ("0x", "0X", "0o", "0O", "0b", "0B"):
        whole = int(text, 0)
        if whole <= MAX_EXACT:
            return whole
        try:
            return float(whole)
        except OverflowError:
            return float("inf")
    value = float(text)
    return int(value) if value <= MAX_EXACT and value.is_integer() else value


def bigint_digits(text: str) -> str:
    """The decimal digits of a BigInt literal without separators and suffix; a huge hexadecimal one stays as it is."""
    if text[:2] in ("0x", "0X", "0o", "0O", "0b", "0B"):
        whole = int(text, 0)
        return str(whole) if whole.bit_length() < 10_000 else text
    return text


def unescape(text: str, at: int) -> str:
    """The String value, as UTF-16, of the characters between the quotes or backticks; ``at`` is their offset.

    Raises ``SyntaxProblem`` for an escape that is not allowed in strict code.
    """
    if "\\" not in text:
        return utf16(text)
    return utf16(_ESCAPE.sub(lambda m: _escaped(m, text, at), text))


def _escaped(match: re.Match[str], text: str, at: int) -> str:
    what, braced, four, two = match.groups()
    start = at + match.start()
    if digits := four or two:
        return chr(int(digits, 16))
    if braced:
        if len(braced.lstrip("0")) > 6 or (code := int(braced, 16)) > 0x10FFFF:
            raise SyntaxProblem("Undefined Unicode code-point", start, at + match.end())
        return chr(code)
    if what in _CONTINUATIONS:
        return ""
    if what == "u":
        raise SyntaxProblem("Invalid Unicode escape sequence", start, start + 2)
    if what == "x":
        raise SyntaxProblem("Invalid hexadecimal escape sequence", start, start + 2)
    if what == "0" and text[match.end() : match.end() + 1] not in _DIGITS:
        return "\0"
    if what in "01234567":
        raise SyntaxProblem("Octal escape sequences are not allowed in strict mode", start, start + 2)
    if what in "89":
        raise SyntaxProblem("\\8 and \\9 are not allowed in strict mode", start, start + 2)
    return _SIMPLE.get(what, what)


def template_values(text: str, at: int) -> tuple[str | None, str, SyntaxProblem | None]:
    """``(cooked, raw, problem)`` of a template's characters: with a ``problem``, cooked is None (fine if tagged)."""
    if "\r" in text:
        normal = text.replace("\r\n", "\n").replace("\r", "\n")
        _, _, problem = template_values(text.replace("\r", "\n"), at)  # same length: positions stay right
        return (None if problem else unescape(normal, at)), utf16(normal), problem
    try:
        return unescape(text, at), utf16(text), None
    except SyntaxProblem as problem:
        message = problem.message.replace("in strict mode", "in template strings")
        return None, utf16(text), SyntaxProblem(message, problem.start, problem.end)
