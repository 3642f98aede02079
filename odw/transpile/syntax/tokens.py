"""Tokens: what the scanner hands to the parser.

A punctuator or an unescaped reserved word has its own text as ``kind``; so a parser's question is one comparison of
strings. All others have one of the kinds below, which no source text can equal.
"""

from __future__ import annotations

from typing import Any, Final

NAME: Final = "<name>"
NUMBER: Final = "<number>"
BIGINT: Final = "<bigint>"
STRING: Final = "<string>"
TEMPLATE: Final = "<template>"
REGEXP: Final = "<regexp>"
PRIVATE: Final = "<private>"
ESCAPED_KEYWORD: Final = "<escaped keyword>"
END: Final = "<end>"

_RESERVED = (
    "await break case catch class const continue debugger default delete do else enum export extends false finally for "
    "function if import in instanceof new null return super switch this throw true try typeof var void while with"
)
_RESERVED_IN_STRICT_CODE = "implements interface let package private protected public static yield"

STRICT_RESERVED: Final = frozenset(_RESERVED_IN_STRICT_CODE.split())
KEYWORDS: Final[dict[str, str]] = {word: word for word in (*_RESERVED.split(), *STRICT_RESERVED)}


class Token:
    """``value``: the name (escapes resolved), the number, the string as UTF-16, a template's ``(cooked, raw,
    problem, tail)``, a
    regular expression's ``(pattern, flags)``, else the text. ``newline``: a line ended before it.
    """

    __slots__ = ("end", "kind", "newline", "start", "value")

    def __init__(self, kind: str, value: Any, start: int, end: int, newline: bool) -> None:
        self.kind = kind
        self.value = value
        self.start = start
        self.end = end
        self.newline = newline

    def __repr__(self) -> str:
        return f"Token({self.kind!r}, {self.value!r}, {self.start}, {self.end})"

    @property
    def is_word(self) -> bool:
        """An IdentifierName: a name, a keyword, escaped or not."""
        return self.kind == NAME or self.kind in KEYWORDS or self.kind == ESCAPED_KEYWORD

    @property
    def is_escaped(self) -> bool:
        """Written with a Unicode escape: then it is no contextual keyword (``\\u0061sync``)."""
        return bool(self.end - self.start != len(self.value))
