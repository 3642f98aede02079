"""expm1, log1p and the hyperbolic functions with the rounding of V8; see ``elementary``. Arguments are finite."""

from __future__ import annotations

import math
from math import inf

from odw.ecma.elementary import LN2_HIGH, LN2_LOW, exp, high_word, log, with_high_word

LN2 = 6.93147180559945286227e-01
HALF_LN2 = 0.34657359027997264
LARGEST_LOG = 709.782712893384  # log of the largest double
SINH_OVERFLOW = 710.4758600739439


def expm1(x: float) -> float:
    """e**x - 1."""
    size = abs(x)
    if size >= 38.816242431640625:  # 56 ln(2)
        if x > LARGEST_LOG:
            return inf
        if x < 0:
            return -1.0
    k = 0
    lost = 0.0
    if size > HALF_LN2:
        if size < 1.0397207708399179:
            k = 1 if x > 0 else -1
        else:
            k = int(1.44269504088896338700 * x + math.copysign(0.5, x))
        high, low = x - k * LN2_HIGH, k * LN2_LOW
        x = high - low
        lost = (high - x) - low
    elif size < 2.0**-54:
        return x
    half = 0.5 * x
    square = x * half
    r = 1.0 + square * (
        -3.33333333333331316428e-02
        + square
        * (
            1.58730158725481460165e-03
            + square
            * (
                -7.93650757867487942473e-05
                + square * (4.00821782732936239552e-06 + square * -2.01099218183624371326e-07)
            )
        )
    )
    t = 3.0 - r * half
    e = square * ((r - t) / (6.0 - x * t))
    if k == 0:
        return x - (x * e - square)
    e = (x * (e - lost) - lost) - square
    if k == -1:
        return 0.5 * (x - e) - 0.5
    if k == 1:
        return -2.0 * (e - (x + 0.5)) if x < -0.25 else 1.0 + 2.0 * (x - e)
    if k <= -2 or k > 56:
        return math.ldexp(1.0 - (e - x), k) - 1.0
    if k < 20:
        return math.ldexp((1.0 - 2.0**-k) - (e - x), k)
    return math.ldexp((x - (e + 2.0**-k)) + 1.0, k)


def log1p(x: float) -> float:
    """log(1 + x) for x > -1."""
    word = high_word(x)
    k = 1
    lost = 0.0
    f, fraction = x, 1
    if word < 0x3FDA827A:  # sqrt(2) - 1
        if abs(x) < 2.0**-29:
            return x if abs(x) < 2.0**-54 else x - x * x * 0.5
        if word > 0 or word <= 0xBFD2BEC4 - 0x100000000:
            k = 0
    if k:
        u = 1.0 + x if word < 0x43400000 else x
        fraction = high_word(u)
        k = (fraction >> 20) - 1023
        if word < 0x43400000:
            lost = (1.0 - (u - x) if k > 0 else x - (u - 1.0)) / u
        fraction &= 0xFFFFF
        if fraction < 0x6A09E:
            u = with_high_word(u, fraction | 0x3FF00000)
        else:
            k += 1
            u = with_high_word(u, fraction | 0x3FE00000)
            fraction = (0x100000 - fraction) >> 2
        f = u - 1.0
    half = 0.5 * f * f
    if fraction == 0:  # |f| < 2**-20
        if f == 0.0:
            return k * LN2_HIGH + (lost + k * LN2_LOW) if k else 0.0
        r = half * (1.0 - 0.66666666666666666 * f)
        return f - r if k == 0 else k * LN2_HIGH - ((r - (k * LN2_LOW + lost)) - f)
    s = f / (2.0 + f)
    z = s * s
    r = 1.479819860511658591e-01
    for coefficient in (
        1.531383769920937332e-01,
        1.818357216161805012e-01,
        2.222219843214978396e-01,
        2.857142874366239149e-01,
        3.999999999940941908e-01,
        6.666666666666735130e-01,
    ):
        r = coefficient + z * r
    r *= z
    if k == 0:
        return f - (half - s * (half + r))
    return k * LN2_HIGH - ((half - (s * (half + r) + (k * LN2_LOW + lost))) - f)


def sinh(x: float) -> float:
    h = -0.5 if x < 0 else 0.5
    size = abs(x)
    if size < 22.0:
        if size < 2.0**-28:
            return x
        t = expm1(size)
        return h * (2.0 * t - t * t / (t + 1.0)) if size < 1.0 else h * (t + t / (t + 1.0))
    if size < 709.7822265625:
        return h * exp(size)
    if size <= SINH_OVERFLOW:
        w = exp(0.5 * size)
        return (h * w) * w
    return math.copysign(inf, x)


def cosh(x: float) -> float:
    size = abs(x)
    if size < HALF_LN2:
        t = expm1(size)
        w = 1.0 + t
        return w if size < 2.0**-55 else 1.0 + (t * t) / (w + w)
    if size < 22.0:
        t = exp(size)
        return 0.5 * t + 0.5 / t
    if size < 709.7822265625:
        return 0.5 * exp(size)
    if size <= SINH_OVERFLOW:
        w = exp(0.5 * size)
        return (0.5 * w) * w
    return inf


def tanh(x: float) -> float:
    size = abs(x)
    if size >= 22.0:
        z = 1.0
    elif size < 2.0**-28:
        return x
    elif size >= 1.0:
        z = 1.0 - 2.0 / (expm1(2.0 * size) + 2.0)
    else:
        t = expm1(-2.0 * size)
        z = -t / (t + 2.0)
    return math.copysign(z, x)


def asinh(x: float) -> float:
    size = abs(x)
    if size < 2.0**-28:
        return x
    if size > 2.0**28:
        w = log(size) + LN2
    elif size > 2.0:
        w = log(2.0 * size + 1.0 / (math.sqrt(x * x + 1.0) + size))
    else:
        t = x * x
        w = log1p(size + t / (1.0 + math.sqrt(1.0 + t)))
    return math.copysign(w, x)


def acosh(x: float) -> float:
    """For x >= 1."""
    if x > 2.0**28:
        return log(x) + LN2
    if x == 1.0:
        return 0.0
    if x > 2.0:
        return log(2.0 * x - 1.0 / (x + math.sqrt(x * x - 1.0)))
    t = x - 1.0
    return log1p(t + math.sqrt(2.0 * t + t * t))


def atanh(x: float) -> float:
    """For x between -1 and 1."""
    size = abs(x)
    if size < 2.0**-28:
        return x
    if size < 0.5:
        t = size + size
        t = 0.5 * log1p(t + t * size / (1.0 - size))
    else:
        t = 0.5 * log1p((size + size) / (1.0 - size))
    return math.copysign(t, x)
