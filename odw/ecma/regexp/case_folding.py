"""Canonicalize (22.2.2.7.3): which characters a pattern with the flag ``i`` takes for equal."""

from __future__ import annotations

from functools import cache

from odw.ecma.regexp.charset import Ranges, contains, normalised

_LAST_CASED = 0x1E943  # the last character with a case mapping; nothing above folds


@cache
def fold_simple(code: int) -> int:
    """scf (Unicode's simple case folding), for ``u`` and ``v``."""
    character = chr(code)
    folded = character.casefold()
    if (
        len(folded) != 1
    ):  # only the full folding differs from the character: take the simple one, its lower case
        folded = character.lower()
    return ord(folded) if len(folded) == 1 else code


@cache
def fold_upper(code: int) -> int:
    """The older rule, by upper case: no character beyond ASCII equals one within it."""
    upper = chr(code).upper()
    if len(upper) != 1:
        return code
    folded = ord(upper)
    return code if code >= 128 > folded or folded > 0xFFFF else folded


def canonicalize(code: int, full_unicode: bool) -> int:
    """Canonicalize(rer, ch) with the flag ``i`` set."""
    return fold_simple(code) if full_unicode else fold_upper(code)


@cache
def _classes(full_unicode: bool) -> dict[int, tuple[int, ...]]:
    """canonical character -> all characters that have it, where these are several."""
    fold = fold_simple.__wrapped__ if full_unicode else fold_upper.__wrapped__
    members: dict[int, list[int]] = {}
    for code in range(_LAST_CASED + 1 if full_unicode else 0x10000):
        canonical = fold(code)
        if canonical != code:
            members.setdefault(canonical, [canonical]).append(code)
    return {canonical: tuple(codes) for canonical, codes in members.items()}


def equivalents(code: int, full_unicode: bool) -> tuple[int, ...]:
    """All characters that the flag ``i`` takes for this one, itself included."""
    if code < 128:  # the everyday case needs no table
        if not chr(code).isalpha():
            return (code,)
        both = (code & ~0x20, code | 0x20)
        extra = {0x4B: (0x212A,), 0x53: (0x17F,)}.get(code & ~0x20, ()) if full_unicode else ()
        return both + extra
    canonical = canonicalize(code, full_unicode)
    return _classes(full_unicode).get(canonical, (code,))


def closure(ranges: Ranges, full_unicode: bool) -> Ranges:
    """The set with everything that equals one of its members."""
    result = list(ranges)
    if not ranges or ranges[-1][1] < 128:
        for low, high in ranges:
            for code in range(low, high + 1):
                result.extend((other, other) for other in equivalents(code, full_unicode))
        return normalised(result)
    for codes in _classes(full_unicode).values():
        inside = [contains(ranges, code) for code in codes]
        if any(inside) and not all(inside):
            result.extend((code, code) for code in codes)
    return normalised(result)
