"""exp, log and their kin with the rounding of V8.

ECMA-262 leaves these functions approximate. V8 computes them by the algorithms of Sun's fdlibm, whose last digit often
differs from the C library's, and scripts print it; so they are computed here by the same polynomials and the same
order of operations. Domains and special values are the callers' business unless a docstring says otherwise.
"""

from __future__ import annotations

import math
from math import inf
from struct import pack, unpack

LN2_HIGH, LN2_LOW = 6.93147180369123816490e-01, 1.90821492927058770002e-10


def high_word(x: float) -> int:
    """The sign, exponent and first 20 fraction bits, as a signed integer."""
    return unpack(">i", pack(">d", x)[:4])[0]  # type: ignore[no-any-return]


def without_low_word(x: float) -> float:
    """``x`` with the lower 32 bits of its fraction cleared."""
    return unpack(">d", pack(">d", x)[:4] + b"\0\0\0\0")[0]  # type: ignore[no-any-return]


def with_high_word(x: float, word: int) -> float:
    """``x`` with other upper 32 bits."""
    return unpack(">d", pack(">i", word) + pack(">d", x)[4:])[0]  # type: ignore[no-any-return]


def from_high_word(word: int) -> float:
    return unpack(">d", pack(">i", word) + b"\0\0\0\0")[0]  # type: ignore[no-any-return]


def _exp_polynomial(z: float) -> float:
    return z * (
        1.66666666666666019037e-01
        + z
        * (
            -2.77777777770155933842e-03
            + z
            * (
                6.61375632143793436117e-05
                + z * (-1.65339022054652515390e-06 + z * 4.13813679705723846039e-08)
            )
        )
    )


def exp(x: float) -> float:
    """e**x for any x."""
    if x > 709.782712893384:
        return inf
    if x < -745.1332191019411:
        return 0.0
    if x == 1.0:
        return math.e
    size = abs(x)
    k = 0
    high = low = 0.0
    if size > 0.34657359027997264:  # ln(2) / 2
        if size < 1.0397207708399179:
            k = 1 if x > 0 else -1
        else:
            k = int(1.44269504088896338700 * x + math.copysign(0.5, x))
        high = x - k * LN2_HIGH
        low = k * LN2_LOW
        x = high - low
    elif size < 2.0**-28:
        return 1.0 + x
    c = x - _exp_polynomial(x * x)
    if k == 0:
        return 1.0 - ((x * c) / (c - 2.0) - x)
    return math.ldexp(1.0 - ((low - (x * c) / (2.0 - c)) - high), k)


def _normalised(x: float) -> tuple[int, float, int]:
    """``x = 2**k * m`` with m between sqrt(1/2) and sqrt(2): k, m and the fraction bits of x's high word."""
    k = 0
    if x < 2.0**-1022:
        k = -54
        x *= 2.0**54
    word = high_word(x)
    k += (word >> 20) - 1023
    word &= 0xFFFFF
    carry = (word + 0x95F64) & 0x100000
    return k + (carry >> 20), with_high_word(x, word | (carry ^ 0x3FF00000)), word


def _log_polynomial(z: float) -> float:
    """(log(1 + f) - f + f²/2 - …) / s as a function of z = s², s = f / (2 + f)."""
    w = z * z
    even = w * (3.999999999940941908e-01 + w * (2.222219843214978396e-01 + w * 1.531383769920937332e-01))
    odd = z * (
        6.666666666666735130e-01
        + w * (2.857142874366239149e-01 + w * (1.818357216161805012e-01 + w * 1.479819860511658591e-01))
    )
    return odd + even


def log(x: float) -> float:
    """The natural logarithm of a positive finite x."""
    k, x, word = _normalised(x)
    f = x - 1.0
    if (0xFFFFF & (2 + word)) < 3:  # |f| < 2**-20
        if f == 0.0:
            return k * LN2_HIGH + k * LN2_LOW
        r = f * f * (0.5 - 0.33333333333333333 * f)
        return f - r if k == 0 else k * LN2_HIGH - ((r - k * LN2_LOW) - f)
    s = f / (2.0 + f)
    r = _log_polynomial(s * s)
    if (word - 0x6147A) | (0x6B851 - word) > 0:
        half = 0.5 * f * f
        if k == 0:
            return f - (half - s * (half + r))
        return k * LN2_HIGH - ((half - (s * (half + r) + k * LN2_LOW)) - f)
    if k == 0:
        return f - s * (f - r)
    return k * LN2_HIGH - ((s * (f - r) - k * LN2_LOW) - f)


def log2(x: float) -> float:
    """The binary logarithm of a positive finite x."""
    if x == 1.0:
        return 0.0
    k, x, _ = _normalised(x)
    f = x - 1.0
    half = 0.5 * f * f
    s = f / (2.0 + f)
    r = s * (half + _log_polynomial(s * s))
    high = without_low_word(f - half)
    low = (f - high) - half + r
    value_high = high * 1.44269504072144627571
    value_low = (low + high) * 1.67517131648865118353e-10 + low * 1.44269504072144627571
    w = k + value_high
    return value_low + ((k - w) + value_high) + w


def log10(x: float) -> float:
    """The decimal logarithm of a positive finite x."""
    fraction, exponent = math.frexp(x)
    k = exponent - 1
    y = k + 1 if k < 0 else k
    rest = fraction if k < 0 else fraction * 2.0
    return (
        y * 3.69423907715893078616e-13 + 4.34294481903251816668e-01 * log(rest)
    ) + y * 3.01029995663611771306e-01


def cbrt(x: float) -> float:
    """The cube root of a finite x that is not 0."""
    size = abs(x)
    if size < 2.0**-1022:
        t = from_high_word((high_word(size * 2.0**54) & 0x7FFFFFFF) // 3 + 696219795)
    else:
        t = from_high_word(high_word(size) // 3 + 715094163)
    r = (t * t) * (t / size)
    t = t * (
        (1.87595182427177009643 + r * (-1.88497979543377169875 + r * 1.621429720105354466140))
        + ((r * r) * r) * (-0.758397934778766047437 + r * 0.145996192886612446982)
    )
    bits = (unpack(">Q", pack(">d", t))[0] + 0x80000000) & 0xFFFFFFFFC0000000
    t = unpack(">d", pack(">Q", bits))[0]
    r = size / (t * t)
    r = (r - t) / ((t + t) + r)
    return math.copysign(t + t * r, x)
