"""sin, cos, tan and their inverses with the rounding of V8; see ``elementary`` for why and whose algorithms.

Arguments are finite; the inverses' are in their domains.
"""

from __future__ import annotations

import math

from odw.ecma.elementary import high_word, without_low_word

HALF_PI_HIGH, HALF_PI_LOW = 1.57079632679489655800, 6.12323399573676603587e-17
QUARTER_PI, QUARTER_PI_LOW = 7.85398163397448278999e-01, 3.06161699786838301793e-17
# π/2 in three parts of 33 bits, each with the rest that follows it
_PARTS = (
    (1.57079632673412561417, 6.07710050650619224932e-11),
    (6.07710050630396597660e-11, 2.02226624879595063154e-21),
    (2.02226624871116645580e-21, 8.47842766036889956997e-32),
)


def sin(x: float) -> float:
    quadrant, r, tail = _reduce(x)
    value = _cos_kernel(r, tail) if quadrant & 1 else _sin_kernel(r, tail)
    return -value if quadrant & 2 else value


def cos(x: float) -> float:
    quadrant, r, tail = _reduce(x)
    value = _sin_kernel(r, tail) if quadrant & 1 else _cos_kernel(r, tail)
    return -value if (quadrant + 1) & 2 else value


def tan(x: float) -> float:
    quadrant, r, tail = _reduce(x)
    return _tan_kernel(r, tail, -1 if quadrant & 1 else 1)


def _exponent(x: float) -> int:
    return (high_word(x) >> 20) & 0x7FF


def _reduce(x: float) -> tuple[int, float, float]:
    """The nearest multiple of π/2 (its number, modulo 4) and what is left of x beyond it, in two parts."""
    size = abs(x)
    word = high_word(size)
    if word <= 0x3FE921FB:  # π/4
        return 0, x, 0.0
    if word < 0x4002D97C:  # 3π/4
        part, rest = _PARTS[0]
        z = size - part
        if word == 0x3FF921FB:
            part, rest = _PARTS[1]
            z -= part
        r = z - rest
        n, tail = 1, (z - r) - rest
    elif word <= 0x413921FB:  # 2**19 · π/2
        n, r, tail = _reduce_medium(size, word)
    else:
        n, r, tail = _reduce_large(size)
    return (n & 3, r, tail) if x > 0 else (-n & 3, -r, -tail)


def _reduce_medium(size: float, word: int) -> tuple[int, float, float]:
    n = int(size * 6.36619772367581382433e-01 + 0.5)
    part, rest = _PARTS[0]
    r = size - n * part
    w = n * rest
    y = r - w
    if n >= 32 or word == high_word(n * HALF_PI_HIGH):
        for (part, rest), lost in zip(_PARTS[1:], (16, 49), strict=True):
            if (word >> 20) - _exponent(y) <= lost:
                break
            t = r
            w = n * part
            r = t - w
            w = n * rest - ((t - r) - w)
            y = r - w
    return n, y, (r - y) - w


def _reduce_large(size: float) -> tuple[int, float, float]:
    """With as many digits of π as it takes."""
    from fractions import Fraction  # too slow to import for what is hardly ever needed

    half_pi = Fraction(_pi_digits(), 2 * 2**1300)
    exact = Fraction(size)
    n = math.floor(exact / half_pi + Fraction(1, 2))
    rest = exact - n * half_pi
    r = float(rest)
    return n, r, float(rest - Fraction(r))


_pi: list[int] = []


def _pi_digits() -> int:
    """⌊π · 2**1300⌋ by Machin's formula."""
    if not _pi:
        one = 1 << 1364
        total = 0
        for factor, divisor in ((16, 5), (-4, 239)):
            term = one * factor // divisor
            k = 1
            while term:
                total += term // k if k % 4 == 1 else -(term // k)
                term //= divisor * divisor
                if factor < 0 and term == -1:
                    break  # floor division of a negative number never reaches 0
                k += 2
        _pi.append(total >> 64)
    return _pi[0]


def _sin_kernel(x: float, tail: float) -> float:
    """On [-π/4, π/4]; ``tail`` is the second part of the argument."""
    if abs(x) < 2.0**-27:
        return x
    z = x * x
    v = z * x
    r = 8.33333333332248946124e-03 + z * (
        -1.98412698298579493134e-04
        + z
        * (2.75573137070700676789e-06 + z * (-2.50507602534068634195e-08 + z * 1.58969099521155010221e-10))
    )
    if tail == 0.0:
        return x + v * (-1.66666666666666324348e-01 + z * r)
    return x - ((z * (0.5 * tail - v * r) - tail) - v * -1.66666666666666324348e-01)


def _cos_kernel(x: float, tail: float) -> float:
    size = abs(x)
    if size < 2.0**-27:
        return 1.0
    z = x * x
    r = z * (
        4.16666666666666019037e-02
        + z
        * (
            -1.38888888888741095749e-03
            + z
            * (
                2.48015872894767294178e-05
                + z
                * (
                    -2.75573143513906633035e-07
                    + z * (2.08757232129817482790e-09 + z * -1.13596475577881948265e-11)
                )
            )
        )
    )
    word = high_word(size)
    if word < 0x3FD33333:
        return 1.0 - (0.5 * z - (z * r - x * tail))
    shift = 0.28125 if word > 0x3FE90000 else without_low_word(size) / 4.0
    return (1.0 - shift) - ((0.5 * z - shift) - (z * r - x * tail))


_TAN = (
    3.33333333333334091986e-01,
    1.33333333333201242699e-01,
    5.39682539762260521377e-02,
    2.18694882948595424599e-02,
    8.86323982359930005737e-03,
    3.59207910759131235356e-03,
    1.45620945432529025516e-03,
    5.88041240820264096874e-04,
    2.46463134818469906812e-04,
    7.81794442939557092300e-05,
    7.14072491382608190305e-05,
    -1.85586374855275456654e-05,
    2.59073051863633712884e-05,
)


def _polynomial(z: float, coefficients: tuple[float, ...]) -> float:
    value = coefficients[-1]
    for coefficient in coefficients[-2::-1]:
        value = coefficient + z * value
    return value


def _tan_kernel(x: float, tail: float, kind: int) -> float:
    """tan where ``kind`` is 1, -1/tan where it is -1."""
    negative = x < 0
    if abs(x) < 2.0**-28 and kind == 1:
        return x
    large = high_word(abs(x)) >= 0x3FE59428
    if large:
        if negative:
            x, tail = -x, -tail
        x = (QUARTER_PI - x) + (QUARTER_PI_LOW - tail)
        tail = 0.0
    z = x * x
    w = z * z
    odd = _polynomial(w, _TAN[1::2])
    even = z * _polynomial(w, _TAN[2::2])
    s = z * x
    r = tail + z * (s * (odd + even) + tail)
    r += _TAN[0] * s
    w = x + r
    if large:
        value = kind - 2.0 * (x - (w * w / (w + kind) - r))
        return -value if negative else value
    if kind == 1:
        return w
    head = without_low_word(w)
    rest = r - (head - x)
    quotient = -1.0 / w
    t = without_low_word(quotient)
    return t + quotient * ((1.0 + t * head) + t * rest)


def _arc_ratio(z: float) -> float:
    """The rational function that asin and acos share."""
    p = z * (
        1.66666666666666657415e-01
        + z
        * (
            -3.25565818622400915405e-01
            + z
            * (
                2.01212532134862925881e-01
                + z
                * (
                    -4.00555345006794114027e-02
                    + z * (7.91534994289814532176e-04 + z * 3.47933107596021167570e-05)
                )
            )
        )
    )
    q = 1.0 + z * (
        -2.40339491173441421878
        + z * (2.02094576023350569471 + z * (-6.88283971605453293030e-01 + z * 7.70381505559019352791e-02))
    )
    return p / q


def asin(x: float) -> float:
    size = abs(x)
    if size == 1.0:
        return x * HALF_PI_HIGH + x * HALF_PI_LOW
    if size < 0.5:
        return x if size < 2.0**-27 else x + x * _arc_ratio(x * x)
    t = (1.0 - size) * 0.5
    ratio = _arc_ratio(t)
    s = math.sqrt(t)
    if high_word(size) >= 0x3FEF3333:
        value = HALF_PI_HIGH - (2.0 * (s + s * ratio) - HALF_PI_LOW)
    else:
        w = without_low_word(s)
        c = (t - w * w) / (s + w)
        value = QUARTER_PI - ((2.0 * s * ratio - (HALF_PI_LOW - 2.0 * c)) - (QUARTER_PI - 2.0 * w))
    return math.copysign(value, x)


def acos(x: float) -> float:
    if abs(x) == 1.0:
        return 0.0 if x > 0 else math.pi + 2.0 * HALF_PI_LOW
    if abs(x) < 0.5:
        if abs(x) < 2.0**-57:
            return HALF_PI_HIGH + HALF_PI_LOW
        return HALF_PI_HIGH - (x - (HALF_PI_LOW - x * _arc_ratio(x * x)))
    z = (1.0 - abs(x)) * 0.5
    s = math.sqrt(z)
    ratio = _arc_ratio(z)
    if x < 0:
        return math.pi - 2.0 * (s + (ratio * s - HALF_PI_LOW))
    head = without_low_word(s)
    c = (z - head * head) / (s + head)
    return 2.0 * (head + (ratio * s + c))


_ATAN_HIGH = (4.63647609000806093515e-01, QUARTER_PI, 9.82793723247329054082e-01, HALF_PI_HIGH)
_ATAN_LOW = (2.26987774529616870924e-17, QUARTER_PI_LOW, 1.39033110312309984516e-17, HALF_PI_LOW)
_ATAN = (
    3.33333333333329318027e-01,
    -1.99999999998764832476e-01,
    1.42857142725034663711e-01,
    -1.11111104054623557880e-01,
    9.09088713343650656196e-02,
    -7.69187620504482999495e-02,
    6.66107313738753120669e-02,
    -5.83357013379057348645e-02,
    4.97687799461593236017e-02,
    -3.65315727442169155270e-02,
    1.62858201153657823623e-02,
)


def atan(x: float) -> float:
    """Any x, infinities too."""
    size = abs(x)
    if size >= 2.0**66:
        return math.copysign(HALF_PI_HIGH + HALF_PI_LOW, x)
    piece = -1
    t = x
    if size < 0.4375:
        if size < 2.0**-27:
            return x
    elif size < 0.6875:
        piece, t = 0, (2.0 * size - 1.0) / (2.0 + size)
    elif size < 1.1875:
        piece, t = 1, (size - 1.0) / (size + 1.0)
    elif size < 2.4375:
        piece, t = 2, (size - 1.5) / (1.0 + 1.5 * size)
    else:
        piece, t = 3, -1.0 / size
    z = t * t
    w = z * z
    total = z * _polynomial(w, _ATAN[::2]) + w * _polynomial(w, _ATAN[1::2])
    if piece < 0:
        return t - t * total
    return math.copysign(_ATAN_HIGH[piece] - ((t * total - _ATAN_LOW[piece]) - t), x)


def atan2(y: float, x: float) -> float:
    """Both finite and not 0."""
    pi_low = 1.2246467991473531772e-16
    k = (high_word(abs(y)) - high_word(abs(x))) >> 20
    if k > 60:
        return math.copysign(HALF_PI_HIGH + 0.5 * pi_low, y)
    z = 0.0 if x < 0 and k < -60 else atan(abs(y / x))
    if x < 0:
        z = math.pi - (z - pi_low)
    return math.copysign(z, y)
