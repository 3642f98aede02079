"""Numbers as text and text as numbers: the exact decimal rules of ECMA-262, on top of Python's shortest ``repr``."""

from __future__ import annotations

from math import copysign, inf, nan
from typing import Any

from odw.ecma.values import MAX_SAFE

# WhiteSpace and LineTerminator (12.2, 12.3): what StringToNumber, trim and parseInt skip.
WHITE_SPACE = (
    "\t\n\v\f\r \u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000\ufeff"
)
_DECIMAL = frozenset("0123456789.eE+-")
_DIGITS = {16: frozenset("0123456789abcdefABCDEF"), 8: frozenset("01234567"), 2: frozenset("01")}
_RADIX = {"0x": 16, "0X": 16, "0o": 8, "0O": 8, "0b": 2, "0B": 2}
_CHUNK = 4000  # decimal digits that CPython converts at once, below its limit for int <-> str


def normalise(x: int | float) -> int | float:
    """The one representation of a number value: int when integral, within 2**53 and not -0; else float."""
    if type(x) is int:
        if -MAX_SAFE <= x <= MAX_SAFE:
            return x
        x = int_to_float(x)
    if x.is_integer() and -MAX_SAFE <= x <= MAX_SAFE:  # type: ignore[union-attr]
        if x == 0 and copysign(1.0, x) < 0:
            return x
        return int(x)
    return x


def int_to_float(x: int) -> float:
    """The nearest double, infinite when ``x`` is beyond the largest."""
    try:
        return float(x)
    except OverflowError:
        return inf if x > 0 else -inf


def number_to_string(x: int | float) -> str:
    """Number::toString (6.1.6.1.20) with radix 10. https://tc39.es/ecma262/#sec-numeric-types-number-tostring"""
    if type(x) is int:
        return int.__repr__(x)
    if x != x:
        return "NaN"
    if x in (inf, -inf):
        return "Infinity" if x > 0 else "-Infinity"
    if x == 0:
        return "0"
    text = float.__repr__(x)
    if "e" not in text:  # repr is positional from 1e-4 to 1e16, as Number::toString is there
        return text[:-2] if text.endswith(".0") else text
    sign = "-" if text[0] == "-" else ""
    mantissa, _, exponent = text.lstrip("-").partition("e")
    digits = mantissa.replace(".", "")
    count, point = len(digits), int(exponent) + 1
    if count <= point <= 21:
        return sign + digits + "0" * (point - count)
    if 0 < point <= 21:
        return sign + digits[:point] + "." + digits[point:]
    if -6 < point <= 0:
        return sign + "0." + "0" * -point + digits
    tail = "." + digits[1:] if count > 1 else ""
    return f"{sign}{digits[0]}{tail}e{'+' if point > 0 else '-'}{abs(point - 1)}"


def string_to_number(text: str) -> int | float:
    """StringToNumber (7.1.4.1.1). https://tc39.es/ecma262/#sec-stringtonumber"""
    text = text.strip(WHITE_SPACE)
    if not text:
        return 0
    if len(text) <= 15 and text.isdecimal() and text.isascii():
        return int(text)
    radix = _RADIX.get(text[:2])
    if radix is not None:
        digits = text[2:]
        return normalise(int(digits, radix)) if digits and _DIGITS[radix].issuperset(digits) else nan
    if text in ("Infinity", "+Infinity"):
        return inf
    if text == "-Infinity":
        return -inf
    if not _DECIMAL.issuperset(text):
        return nan
    try:
        return normalise(float(text))
    except ValueError:
        return nan


def string_to_bigint(text: str) -> int | None:
    """StringToBigInt (7.1.14): the integer, or None when the text is no StringIntegerLiteral."""
    text = text.strip(WHITE_SPACE)
    if not text:
        return 0
    radix = _RADIX.get(text[:2])
    if radix is not None:
        digits = text[2:]
        return int(digits, radix) if digits and _DIGITS[radix].issuperset(digits) else None
    unsigned = text[1:] if text[0] in "+-" else text
    if not (unsigned.isdecimal() and unsigned.isascii()):
        return None
    value = _parse_decimal(unsigned)
    return -value if text[0] == "-" else value


def bigint_to_string(value: int) -> str:
    """Decimal digits of any integer; beyond CPython's limit by halves, which also keeps the cost from being quadratic."""
    return f"-{_decimal(-value)}" if value < 0 else _decimal(value)


def _decimal(value: int, width: int = 0) -> str:
    bits = value.bit_length()
    if bits < 12_000:
        return int.__repr__(value).rjust(width, "0")
    half = max(1, int(bits * 0.30103) // 2)
    high, low = divmod(value, 10**half)
    return (_decimal(high) + _decimal(low, half)).rjust(width, "0")


def _parse_decimal(digits: str) -> int:
    if len(digits) <= _CHUNK:
        return int(digits)
    half = len(digits) // 2
    return _parse_decimal(digits[:-half]) * 10**half + _parse_decimal(digits[-half:])  # type: ignore[no-any-return]


def is_array_index(key: Any) -> bool:
    """Whether a property key is an array index: the canonical text of an integer from 0 to 2**32 - 2."""
    return array_index(key) >= 0


def array_index(key: Any) -> int:
    """The array index that a property key (str or Symbol) is, or -1."""
    if type(key) is str and key.isdecimal() and len(key) <= 10 and key.isascii():
        if key[0] != "0" or len(key) == 1:
            index = int(key)
            if index < 4294967295:
                return index
    return -1
