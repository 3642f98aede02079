"""Which characters may stand in a name, and the small stand-in for ``esprima.character``.

ECMA-262 12.7: a name starts with ID_Start, $ or _, and goes on with ID_Continue, $, ZWNJ or ZWJ. Python's
``str.isidentifier`` knows XID_Start and XID_Continue: the same sets without the few characters whose NFKC form is no
identifier, which are listed here. What it refuses may be newer than Python's Unicode database: then the ``regex``
package, which has a later one, is asked.
"""

from __future__ import annotations

from typing import Final

WHITE_SPACE: Final = (  # (12.2)
    "\t\v\f \xa0\ufeff\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
)
LINE_TERMINATORS: Final = "\n\r\u2028\u2029"  # (12.3)

# Derived from Unicode's DerivedCoreProperties: ID_Start minus XID_Start, ID_Continue minus XID_Continue.
_START_NOT_XID: Final = frozenset(
    "\u037a\u0e33\u0eb3\u309b\u309c\ufc5e\ufc5f\ufc60\ufc61\ufc62\ufc63\ufdfa\ufdfb"
    "\ufe70\ufe72\ufe74\ufe76\ufe78\ufe7a\ufe7c\ufe7e\uff9e\uff9f"
)
_CONTINUE_NOT_XID: Final = _START_NOT_XID | frozenset("\u200c\u200d$")


def is_identifier_start(ch: str) -> bool:
    return (
        ch.isidentifier() or ch == "$" or ch in _START_NOT_XID or (ch > "\x7f" and _has(ch, r"\p{ID_Start}"))
    )


def is_identifier_part(ch: str) -> bool:
    return (
        ("a" + ch).isidentifier() or ch in _CONTINUE_NOT_XID or (ch > "\x7f" and _has(ch, r"\p{ID_Continue}"))
    )


def _has(ch: str, property_class: str) -> bool:
    if ch.isspace():
        return False
    import regex  # which takes a moment, for the rare script that gets here

    return regex.fullmatch(property_class, ch) is not None


class Character:
    """What esprima's modules import from ``esprima.character``; our scanner has its own, faster ways."""

    fromCodePoint = staticmethod(chr)
    isIdentifierStart = staticmethod(is_identifier_start)
    isIdentifierPart = staticmethod(is_identifier_part)


HEX_CONV: Final = {c: int(c, 16) for c in "0123456789abcdefABCDEF"}
OCTAL_CONV: Final = {c: int(c) for c in "01234567"}
