"""Number::exponentiate (ECMA-262 6.1.6.1.3), to the last bit as V8 has it.

ECMA-262 leaves the result "implementation-approximated". V8 computes it by the method of fdlibm, whose error is below
0.7 units in the last place, so it is not always the nearest double that the C library's ``pow`` gives; scripts print
such numbers. The method: log2(x) in two parts of together 100 bits, from a polynomial in s = (x - c) / (x + c) with c
1 or 1.5; times y, in two parts; then 2 to that power, by a rational approximation of the exponential.
"""

from __future__ import annotations

import struct
from math import copysign, floor, inf, isinf, ldexp, nan, sqrt

from odw.ecma.abstract_ops.number_text import normalise
from odw.ecma.values import MAX_SAFE

_DOUBLE = struct.Struct("<d")
_WORDS = struct.Struct("<II")  # low, high

# log2(1.5), in two parts
_LOG2_1_5 = (5.84962487220764160156e-01, 1.35003920212974897128e-08)
# (log(x) - 2s - 2/3 s**3) as a polynomial in s**2, from s**5 on
_LOG = (
    5.99999999999994648725e-01,
    4.28571428578550184252e-01,
    3.33333329818377432918e-01,
    2.72728123808534006489e-01,
    2.30660745775561754067e-01,
    2.06975017800338417784e-01,
)
# 2 / (3 ln 2), whole and in two parts
_CP, _CP_HIGH, _CP_LOW = 9.61796693925975554329e-01, 9.61796700954437255859e-01, -7.02846165095275826516e-09
# 1 / ln 2, whole and in two parts
_INV_LN2, _INV_LN2_HIGH, _INV_LN2_LOW = (
    1.44269504088896338700,
    1.44269502162933349609,
    1.92596299112661746887e-08,
)
# ln 2, whole and in two parts
_LN2, _LN2_HIGH, _LN2_LOW = (
    6.93147180559945286227e-01,
    6.93147182464599609375e-01,
    -1.90465429995776804525e-09,
)
# z - z (exp(z) + 1) / (exp(z) - 1) as a polynomial in z**2
_EXP = (
    1.66666666666666019037e-01,
    -2.77777777770155933842e-03,
    6.61375632143793436117e-05,
    -1.65339022054652515390e-06,
    4.13813679705723846039e-08,
)
_OVERFLOW_MARGIN = 8.0085662595372944372e-17  # -(1024 - log2(the largest double + half a unit))


def number_power(a: int | float, b: int | float) -> int | float:
    """``a ** b``, also ``Math.pow``. https://tc39.es/ecma262/#sec-numeric-types-number-exponentiate"""
    if type(a) is int and type(b) is int and 0 < b <= 1023 and a.bit_length() * b <= 128:
        exact = a**b
        if -MAX_SAFE <= exact <= MAX_SAFE:
            return int(exact)
    return normalise(_power(float(a), float(b)))


def _power(x: float, y: float) -> float:
    if y != y:
        return nan
    if y == 0:
        return 1.0
    if x != x:
        return nan
    if isinf(y):
        size = abs(x)
        return nan if size == 1 else (inf if (size > 1) == (y > 0) else 0.0)
    integral = y.is_integer()
    negative = copysign(1.0, x) < 0 and integral and int(y) % 2 == 1
    if x == 0 or isinf(x):
        size = inf if (x == 0) == (y < 0) else 0.0
        return -size if negative else size
    if y == 1:
        return x
    if y == -1:
        return 1 / x if abs(x) > 6e-309 else copysign(inf, x)
    if y == 2:
        return x * x
    if y == 0.5 and x > 0:
        return sqrt(x)
    if x < 0 and not integral:
        return nan
    if abs(x) == 1:
        size = 1.0
    else:
        size = _positive_power(abs(x), y)
    return -size if negative else size


def _positive_power(x: float, y: float) -> float:
    """``x`` finite, positive, not 1; ``y`` finite, not 0."""
    if abs(y) > 2.0**31:
        high = _words(x)[1]
        if abs(y) > 2.0**64 or high < 0x3FEFFFFF or high > 0x3FF00000:
            return inf if (x > 1) == (y > 0) else 0.0
        log_high, log_low = _log2_near_one(x)
    else:
        log_high, log_low = _log2(x)
    y_high = _without_low_word(y)
    low = (y - y_high) * log_high + y * log_low
    high_part = y_high * log_high
    z = low + high_part
    if z >= 1024:
        if z > 1024 or low + _OVERFLOW_MARGIN > z - high_part:
            return inf
    elif z <= -1075 and (z < -1075 or low <= z - high_part):
        return 0.0
    return _exp2(high_part, low, z)


def _log2(x: float) -> tuple[float, float]:
    """log2(x) as a sum whose first part has its low word zero."""
    exponent = 0
    if x < 2.0**-1022:
        x *= 2.0**53
        exponent = -53
    low_word, high_word = _words(x)
    exponent += (high_word >> 20) - 0x3FF
    fraction = high_word & 0xFFFFF
    high_word = fraction | 0x3FF00000
    upper = 0x3988E < fraction < 0xBB67A  # between sqrt(3/2) and sqrt(3)
    if fraction >= 0xBB67A:
        exponent += 1
        high_word -= 0x00100000
    x = _from_words(low_word, high_word)
    center = 1.5 if upper else 1.0
    u = x - center
    v = 1.0 / (x + center)
    s = u * v
    s_high = _without_low_word(s)
    t_high = _from_words(0, ((high_word >> 1) | 0x20000000) + 0x00080000 + (upper << 18))
    t_low = x - (t_high - center)
    s_low = v * ((u - s_high * t_high) - s_high * t_low)
    s2 = s * s
    r = s2 * s2 * _polynomial(_LOG, s2)
    r += s_low * (s_high + s)
    s2 = s_high * s_high
    t_high = _without_low_word(3.0 + s2 + r)
    t_low = r - ((t_high - 3.0) - s2)
    u = s_high * t_high
    v = s_low * t_high + t_low * s
    p_high = _without_low_word(u + v)
    p_low = v - (p_high - u)
    add_high, add_low = _LOG2_1_5 if upper else (0.0, 0.0)
    z_high = _CP_HIGH * p_high
    z_low = _CP_LOW * p_high + p_low * _CP + add_low
    whole = float(exponent)
    first = _without_low_word(((z_high + z_low) + add_high) + whole)
    return first, z_low - (((first - whole) - add_high) - z_high)


def _log2_near_one(x: float) -> tuple[float, float]:
    """The same for abs(1 - x) <= 2**-20, where a short series does."""
    t = x - 1
    w = (t * t) * (0.5 - t * (0.3333333333333333333333 - t * 0.25))
    u = _INV_LN2_HIGH * t
    v = t * _INV_LN2_LOW - w * _INV_LN2
    first = _without_low_word(u + v)
    return first, v - (first - u)


def _exp2(high: float, low: float, z: float) -> float:
    """2 ** (high + low), whose sum is about ``z``."""
    whole = 0
    if abs(z) > 0.5:
        whole = floor(abs(z) + 0.5)
        if z < 0:
            whole = -whole
        high -= whole
    t = _without_low_word(low + high)
    u = t * _LN2_HIGH
    v = (low - (t - high)) * _LN2 + t * _LN2_LOW
    z = u + v
    w = v - (z - u)
    t = z * z
    t1 = z - t * _polynomial(_EXP, t)
    # In fdlibm, the last term is subtracted from the quotient. V8 has it in the divisor, and so must we.
    r = (z * t1) / ((t1 - 2.0) - (w + z * w))
    return ldexp(1.0 - (r - z), whole)


def _polynomial(coefficients: tuple[float, ...], x: float) -> float:
    total = coefficients[-1]
    for coefficient in coefficients[-2::-1]:
        total = coefficient + x * total
    return total


def _words(x: float) -> tuple[int, int]:
    low, high = _WORDS.unpack(_DOUBLE.pack(x))
    return low, high


def _from_words(low: int, high: int) -> float:
    (x,) = _DOUBLE.unpack(_WORDS.pack(low, high))
    return float(x)


def _without_low_word(x: float) -> float:
    return _from_words(0, _words(x)[1])
