"""Canonicalize (22.2.2.7.3): which characters a pattern with the flag ``i`` takes for equal.

There are two rules: Unicode's simple case folding under ``u`` and ``v``, and upper case without, where no character
beyond ASCII equals one within it.
"""

from __future__ import annotations

from functools import cache

from odw.ecma.regexp.charset import Ranges, contains, normalised


@cache
def _sets(full_unicode: bool) -> dict[int, tuple[int, ...]]:
    """character -> all that equal it, in order, where these are several."""
    from odw.ecma.regexp.unicode_data import fold_sets

    return {code: codes for codes in fold_sets(full_unicode) for code in codes}


def canonicalize(code: int, full_unicode: bool) -> int:
    """One character that stands for all that the flag ``i`` takes for ``code``: the first of them."""
    return equivalents(code, full_unicode)[0]


def equivalents(code: int, full_unicode: bool) -> tuple[int, ...]:
    """All characters that the flag ``i`` takes for this one, itself included."""
    if code < 128:  # the everyday case needs no table
        if not chr(code).isalpha():
            return (code,)
        both = (code & ~0x20, code | 0x20)
        extra = {0x4B: (0x212A,), 0x53: (0x17F,)}.get(code & ~0x20, ()) if full_unicode else ()
        return both + extra
    return _sets(full_unicode).get(code, (code,))


def closure(ranges: Ranges, full_unicode: bool) -> Ranges:
    """The set with everything that equals one of its members."""
    result = list(ranges)
    if not ranges or ranges[-1][1] < 128:
        for low, high in ranges:
            for code in range(low, high + 1):
                result.extend((other, other) for other in equivalents(code, full_unicode))
        return normalised(result)
    for code, codes in _sets(full_unicode).items():
        if contains(ranges, code):
            result.extend((other, other) for other in codes)
    return normalised(result)
