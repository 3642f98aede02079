"""``toLocaleString`` of numbers: what Intl.NumberFormat gives where it is there, else plain en-US grouping."""

from __future__ import annotations

from math import copysign, isfinite
from typing import Any

from odw.ecma.abstract_ops.number_text import bigint_to_string
from odw.ecma.number_format import shortest_digits
from odw.ecma.values import BigInt, undefined


def format_number(x: Any, locales: Any = undefined, options: Any = undefined) -> str:
    """A number or BigInt as ``new Intl.NumberFormat(locales, options).format(x)`` writes it."""
    if locales is undefined and options is undefined:
        return format_plain(x)
    from odw.ecma.intl_format import format_number_to_parts
    from odw.ecma.intrinsics.intl_number import read

    kind = "BigInt" if type(x) is BigInt else "Number"
    resolved = read(locales, options, f"{kind}.prototype.toLocaleString")
    return "".join(text for _, text in format_number_to_parts(x, resolved))


def format_plain(x: Any) -> str:
    """en-US with its default options: groups of three, at most three fraction digits, halves away from zero."""
    if type(x) is BigInt:
        return _grouped(bigint_to_string(x.value))
    if not isfinite(x):
        return "NaN" if x != x else "∞" if x > 0 else "-∞"
    if type(x) is int:
        return _grouped(int.__repr__(x))
    sign = "-" if copysign(1.0, x) < 0 else ""
    whole, fraction = _rounded(abs(x)) if x else ("0", "")
    return sign + (f"{_grouped(whole)}.{fraction}" if fraction else _grouped(whole))


def _rounded(x: float) -> tuple[str, str]:
    """Whole and fraction digits; what is rounded are the shortest digits that denote ``x``, as ICU does."""
    digits, exponent = shortest_digits(x)
    shift = exponent + 1 - len(digits)
    thousandths = (
        int(digits) * 10 ** (shift + 3) if shift >= -3 else (int(digits) * 2 // 10 ** (-shift - 3) + 1) // 2
    )
    text = str(thousandths).rjust(4, "0")
    return text[:-3], text[-3:].rstrip("0")


def _grouped(digits: str) -> str:
    sign, digits = ("-", digits[1:]) if digits[0] == "-" else ("", digits)
    head = len(digits) % 3 or 3
    return sign + ",".join([digits[:head], *(digits[k : k + 3] for k in range(head, len(digits), 3))])
