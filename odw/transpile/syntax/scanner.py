"""From text to tokens: esprima's Scanner with ES2023's lexical grammar (ECMA-262 clause 12), driven by one regex.

The parser decides what a ``/`` or a ``}`` means: it asks for a plain token first and, where a regular expression or the
rest of a template must stand, scans again from the same place. So the scanner keeps no state but its index, and looking
ahead is safe.
"""

from __future__ import annotations

import re
from typing import Final

from odw.transpile.source import utf16
from odw.transpile.syntax.characters import (
    LINE_TERMINATORS,
    WHITE_SPACE,
    is_identifier_part,
    is_identifier_start,
)
from odw.transpile.syntax.esprima_base import Scanner
from odw.transpile.syntax.literals import bigint_digits, number_value, template_values, unescape
from odw.transpile.syntax.problem import SyntaxProblem
from odw.transpile.syntax.tokens import (
    BIGINT,
    END,
    ESCAPED_KEYWORD,
    KEYWORDS,
    NAME,
    NUMBER,
    PRIVATE,
    REGEXP,
    STRING,
    TEMPLATE,
    Token,
)

_WORD, _PUNCTUATOR, _NEWLINE, _STRING, _INTEGER, _LINE_COMMENT, _BLOCK_COMMENT = range(1, 8)
_PUNCTUATORS = (
    r"[{}()\[\],;:~]|\.\.\.|\.(?![0-9])|=(?:>|==?)?|!(?:==?)?|\?(?:\?=?|\.(?![0-9]))?|&(?:&=?|=)?|\|(?:\|=?|=)?"
    r"|\+[+=]?|-[-=]?|\*\*?=?|/(?![/*])=?|%=?|\^=?|<(?!!--)<?=?|>{1,3}=?"
)
_TOKEN: Final = re.compile(
    r"[ \t]*(?:"
    r"([A-Za-z_$][A-Za-z0-9_$]*+)(?=[\x00-\x5b\x5d-\x7f])"  # a backslash or any other character goes on in _name
    rf"|({_PUNCTUATORS})"
    r"|([\n\r][ \t\n\r]*)"
    r"""|("[^"\\\n\r]*"|'[^'\\\n\r]*')"""
    r"|((?:0|[1-9][0-9]*+)(?=[\x00-#%-\-/:-@\[\]^`{-\x7f]))"  # not: a letter, a dot, …
    rf"|(//[^{LINE_TERMINATORS}]*)"
    r"|(/\*))"
).match
_NUMBER: Final = re.compile(
    r"0[xX][0-9a-fA-F]+(?:_[0-9a-fA-F]+)*n?|0[oO][0-7]+(?:_[0-7]+)*n?|0[bB][01]+(?:_[01]+)*n?"
    r"|(?:0|[1-9][0-9]*(?:_[0-9]+)*)n"
    r"|(?:(?:0|[1-9][0-9]*(?:_[0-9]+)*)(?:\.(?:[0-9]+(?:_[0-9]+)*)?)?|\.[0-9]+(?:_[0-9]+)*)(?:[eE][+-]?[0-9]+(?:_[0-9]+)*)?"
).match
_STRING_BODY: Final = {
    quote: re.compile(rf"(?:[^{quote}\\\n\r]++|\\(?:\r\n|[\s\S]))*+").match for quote in "\"'"
}
_TEMPLATE_BODY: Final = re.compile(r"(?:[^`\\$]++|\$(?!\{)|\\[\s\S])*+").match
_REGEXP_BODY: Final = re.compile(
    rf"/((?:[^/\\\[{LINE_TERMINATORS}]++|\\[^{LINE_TERMINATORS}]|\[(?:[^\]\\{LINE_TERMINATORS}]++|\\[^{LINE_TERMINATORS}])*+\])++)/"
).match
_UNUSUAL_SPACE: Final = frozenset(WHITE_SPACE + LINE_TERMINATORS)
_UNICODE_ESCAPE: Final = re.compile(r"\\u(?:\{([0-9a-fA-F]+)\}|([0-9a-fA-F]{4}))").match
_HAS_LINE: Final = re.compile(f"[{LINE_TERMINATORS}]").search


class ScriptScanner(Scanner):  # type: ignore[misc]  # esprima is untyped
    """``lex()`` gives the next token; ``comments`` collects ``(type, start, end)`` on the way."""

    def __init__(self, text: str) -> None:
        super().__init__(text, None)
        self.comments: list[tuple[str, int, int]] = []
        self.isModule = True
        if text.startswith("#!"):
            end = _HAS_LINE(text)
            self.index = end.start() if end else self.length
            self.comments.append(("Line", 0, self.index))

    def saveState(self) -> tuple[int, int]:
        return self.index, len(self.comments)

    def restoreState(self, state: tuple[int, int]) -> None:
        self.index, kept = state
        del self.comments[kept:]

    def lex(self) -> Token:
        """The next token; a ``/`` is a division, a ``}`` a punctuator, a `````  a template up to its first hole."""
        source = self.source
        newline = False
        while True:
            match = _TOKEN(source, self.index)
            if match is None:
                if (space := self._skip_unusual_space()) is None:
                    return self._lex_unusual(newline)
                newline = newline or space
                continue
            group = match.lastindex
            self.index = end = match.end()
            if group == _WORD:
                word = match[1]
                return Token(KEYWORDS.get(word, NAME), word, end - len(word), end, newline)
            if group == _PUNCTUATOR:
                text = match[2]
                return Token(text, text, end - len(text), end, newline)
            if group == _NEWLINE:
                newline = True
            elif group == _STRING:
                text = match[4]
                return Token(STRING, utf16(text[1:-1]), end - len(text), end, newline)
            elif group == _INTEGER:
                text = match[5]
                return Token(NUMBER, number_value(text), end - len(text), end, newline)
            elif group == _LINE_COMMENT:
                if end > self.length:  # the text ends in a comment, and the sentinel looked like part of it
                    self.index = end = self.length
                self.comments.append(("Line", match.start(6), end))
            elif group == _BLOCK_COMMENT:
                newline = self._skip_block_comment(match.start(7)) or newline

    def _skip_unusual_space(self) -> bool | None:
        """Go behind one white space or line terminator that the regex does not know; whether a line ended, or None."""
        source = self.source
        at = self.index
        while source[at] in " \t":
            at += 1
        self.index = at
        if source[at] not in _UNUSUAL_SPACE:
            return None
        self.index = at + 1
        return source[at] in LINE_TERMINATORS

    def _skip_block_comment(self, start: int) -> bool:
        """Go behind the comment; whether it holds a line end."""
        close = self.source.find("*/", start + 2)
        if close < 0:
            raise SyntaxProblem("Unterminated comment", start, self.length, opener=start)
        self.index = close + 2
        self.comments.append(("Block", start, close + 2))
        return _HAS_LINE(self.source, start, close) is not None

    def _lex_unusual(self, newline: bool) -> Token:
        """What the regex leaves: strings with escapes, templates, most numbers, private and non-ASCII names, the end."""
        source = self.source
        start = self.index
        ch = source[start]
        if start >= self.length:
            self.index = self.length
            return Token(END, "", self.length, self.length, newline)
        if ch in "\"'":
            return self._lex_string(start, newline)
        if ch == "`":
            return self.scan_template(start, newline)
        if ch in "0123456789.":
            return self._lex_number(start, newline)
        if ch == "#":
            self.index += 1
            if not (source[self.index] == "\\" or is_identifier_start(source[self.index])):
                raise SyntaxProblem("Invalid or unexpected token '#'", start, start + 1)
            return Token(PRIVATE, self._name(), start, self.index, newline)
        if ch == "\\" or is_identifier_start(ch):
            word = self._name()
            kind = KEYWORDS.get(word, NAME)
            if kind != NAME and self.index - start != len(word):
                kind = ESCAPED_KEYWORD
            return Token(kind, word, start, self.index, newline)
        if source.startswith("<!--", start):
            raise SyntaxProblem("HTML comments are not allowed in modules", start, start + 4)
        raise SyntaxProblem(f"Invalid or unexpected token {_shown(ch)}", start, start + 1)

    def _lex_string(self, start: int, newline: bool) -> Token:
        quote = self.source[start]
        match = _STRING_BODY[quote](self.source, start + 1)
        end = match.end() if match else start
        if end >= self.length or self.source[end] != quote:
            line_end = _HAS_LINE(self.source, start)
            stop = line_end.start() if line_end else self.length
            raise SyntaxProblem("Unterminated string", start, stop, opener=start)
        self.index = end + 1
        return Token(STRING, unescape(self.source[start + 1 : end], start + 1), start, end + 1, newline)

    def scan_template(self, start: int, newline: bool = False) -> Token:
        """From ````` or from the ``}`` that closes a hole, to the next ``${`` or the closing `````."""
        match = _TEMPLATE_BODY(self.source, start + 1)
        end = match.end() if match else start
        if end >= self.length:
            raise SyntaxProblem("Unterminated template literal", start, self.length, opener=start)
        tail = self.source[end] == "`"
        self.index = end + (1 if tail else 2)
        value = (*template_values(self.source[start + 1 : end], start + 1), tail)
        return Token(TEMPLATE, value, start, self.index, newline)

    def scanRegExp(self) -> Token:
        """The regular expression that starts at the index."""
        start = self.index
        match = _REGEXP_BODY(self.source, start)
        if match is None or match.end() > self.length:
            line_end = _HAS_LINE(self.source, start)
            stop = line_end.start() if line_end else self.length
            raise SyntaxProblem("Invalid regular expression: missing /", start, stop)
        self.index = flags_start = match.end()
        while is_identifier_part(self.source[self.index]):
            self.index += 1
        flags = self.source[flags_start : self.index]
        return Token(REGEXP, (match[1], flags), start, self.index, False)

    def _lex_number(self, start: int, newline: bool) -> Token:
        match = _NUMBER(self.source, start)
        end = match.end() if match else start + 1
        following = self.source[end]
        if match is None or following == "_" or is_identifier_part(following) or following == "\\":
            raise self._bad_number(start, end)
        self.index = end
        text = match[0].replace("_", "")
        if text.endswith("n"):
            return Token(BIGINT, bigint_digits(text[:-1]), start, end, newline)
        return Token(NUMBER, number_value(text), start, end, newline)

    def _bad_number(self, start: int, end: int) -> SyntaxProblem:
        stop = end
        while stop < self.length and is_identifier_part(self.source[stop]):
            stop += 1
        text = self.source[start:stop]
        if re.match("0[0-7]+$", text):
            message = "Octal literals are not allowed in strict mode: write 0o" + text.lstrip("0")
        elif re.match("0[0-9]", text):
            message = "Decimals with leading zeros are not allowed in strict mode"
        elif "_" in text:
            message = "Numeric separators are allowed only between two digits"
        else:
            message = f"Invalid or unexpected token: the number {text[:40]!r}"
        return SyntaxProblem(message, start, stop)

    def _name(self) -> str:
        """An IdentifierName from the index on, escapes resolved (12.7)."""
        source = self.source
        parts: list[str] = []
        while True:
            ch = source[self.index]
            start = self.index
            if ch == "\\":
                escape = _UNICODE_ESCAPE(source, start)
                code = int(escape[1] or escape[2], 16) if escape else 0x110000
                ch = chr(code) if code <= 0x10FFFF else ""
                allowed = is_identifier_part if parts else is_identifier_start
                if escape is None or not (ch and allowed(ch)):
                    raise SyntaxProblem("Invalid Unicode escape sequence", start, min(start + 6, self.length))
                self.index = escape.end()
            elif start < self.length and is_identifier_part(ch):
                self.index += 1
            else:
                return "".join(parts)
            parts.append(ch)


def _shown(ch: str) -> str:
    return f"'{ch}'" if ch.isprintable() else f"U+{ord(ch):04X}"
