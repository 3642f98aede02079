"""The texts of a Number other than ToString: fixed, exponential, precision and radix forms (ECMA-262 21.1.3).

All of it is integer arithmetic on the exact value of the double, so that rounding is what the specification says: to
the nearest, and of two equally near the larger. Arguments are finite and checked by the callers.
"""

from __future__ import annotations

import math

DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


def to_fixed(x: float, fraction_digits: int) -> str:
    """Number.prototype.toFixed for ``abs(x) < 1e21``: https://tc39.es/ecma262/#sec-number.prototype.tofixed"""
    negative = x < 0
    if x and not math.ldexp(x, fraction_digits + 1).is_integer():
        return f"{x:.{fraction_digits}f}"  # no tie is possible, and Python rounds to the nearest
    numerator, denominator = abs(x).as_integer_ratio()
    n = (numerator * 10**fraction_digits * 2 + denominator) // (2 * denominator)
    text = str(n)
    if fraction_digits:
        text = text.rjust(fraction_digits + 1, "0")
        text = f"{text[:-fraction_digits]}.{text[-fraction_digits:]}"
    return f"-{text}" if negative else text


def decimal_digits(x: float, count: int) -> tuple[str, int]:
    """The ``count`` significant digits of ``x > 0`` and its decimal exponent: ``x ≈ d.ddd × 10**exponent``."""
    numerator, denominator = x.as_integer_ratio()
    exponent = math.floor(math.log10(x)) if x >= 2.3e-308 else math.floor(math.log10(x * 2.0**100) - 30.103)
    while True:
        shift = count - 1 - exponent
        top, bottom = (
            (numerator * 10**shift, denominator) if shift >= 0 else (numerator, denominator * 10**-shift)
        )
        # The estimate of the exponent may be off by one either way; rounding may carry into a new digit, a zero.
        if top >= bottom * 10**count:
            exponent += 1
        elif top < bottom * 10 ** (count - 1):
            exponent -= 1
        else:
            digits = str((2 * top + bottom) // (2 * bottom))
            return digits[:count], exponent + len(digits) - count


def shortest_digits(x: float) -> tuple[str, int]:
    """The shortest digits that read back as ``x > 0``, and its decimal exponent."""
    mantissa, _, exponent = f"{x!r}".partition("e")
    if not exponent:
        whole, _, fraction = mantissa.partition(".")
        if whole != "0":
            return (whole + fraction).rstrip("0") or "0", len(whole) - 1
        significant = fraction.lstrip("0")
        return significant.rstrip("0") or "0", len(significant) - len(fraction) - 1
    digits = mantissa.replace(".", "").rstrip("0")
    return digits, int(exponent)


def to_exponential(x: float, fraction_digits: int | None) -> str:
    """Number.prototype.toExponential; None asks for as many digits as needed.

    https://tc39.es/ecma262/#sec-number.prototype.toexponential
    """
    sign = "-" if x < 0 else ""
    x = abs(x)
    if x == 0:
        digits, exponent = "0" * ((fraction_digits or 0) + 1), 0
    elif fraction_digits is None:
        digits, exponent = shortest_digits(float(x))
    else:
        digits, exponent = decimal_digits(x, fraction_digits + 1)
    return f"{sign}{_with_point(digits)}e{'-' if exponent < 0 else '+'}{abs(exponent)}"


def to_precision(x: float, precision: int) -> str:
    """Number.prototype.toPrecision: https://tc39.es/ecma262/#sec-number.prototype.toprecision"""
    sign = "-" if x < 0 else ""
    x = abs(x)
    digits, exponent = ("0" * precision, 0) if x == 0 else decimal_digits(x, precision)
    if exponent < -6 or exponent >= precision:
        return f"{sign}{_with_point(digits)}e{'-' if exponent < 0 else '+'}{abs(exponent)}"
    if exponent == precision - 1:
        return sign + digits
    if exponent >= 0:
        return f"{sign}{digits[: exponent + 1]}.{digits[exponent + 1 :]}"
    return f"{sign}0.{'0' * (-exponent - 1)}{digits}"


def _with_point(digits: str) -> str:
    return f"{digits[0]}.{digits[1:]}" if len(digits) > 1 else digits


def to_radix(x: float, radix: int) -> str:
    """Number::toString for a radix other than 10, with V8's choice of fraction digits.

    The specification leaves the digits to the implementation. V8 emits digits until the rest is under half the gap to
    the next double, and rounds the last one up where the rest is over one half.
    """
    sign = "-" if x < 0 else ""
    value = abs(float(x))
    fraction, whole = math.modf(value)
    digits: list[int] = []
    carry = 0
    gap = max(0.5 * (math.nextafter(value, math.inf) - value), 5e-324)
    if fraction >= gap:
        while True:
            fraction *= radix
            gap *= radix
            digit = int(fraction)
            digits.append(digit)
            fraction -= digit
            if (fraction > 0.5 or (fraction == 0.5 and digit & 1)) and fraction + gap > 1:
                carry = _round_up(digits, radix)
                break
            if fraction < gap:
                break
    text = sign + _whole_in_radix(whole + carry, radix)
    return f"{text}.{''.join(DIGITS[d] for d in digits)}" if digits else text


def _round_up(digits: list[int], radix: int) -> int:
    """Add one to the last digit, dropping digits that overflow; the carry into the whole part is returned."""
    while digits:
        digit = digits.pop() + 1
        if digit < radix:
            digits.append(digit)
            return 0
    return 1


def _whole_in_radix(whole: float, radix: int) -> str:
    """The whole part; digits beyond the 53 significant bits are written as zeros, as V8 does."""
    zeros = 0
    while math.frexp(whole / radix)[1] > 53:
        whole /= radix
        zeros += 1
    out: list[str] = []
    while True:
        remainder = math.fmod(whole, radix)
        out.append(DIGITS[int(remainder)])
        whole = (whole - remainder) / radix
        if whole <= 0:
            break
    return "".join(reversed(out)) + "0" * zeros


def integer_to_radix(n: int, radix: int) -> str:
    """An exact integer in ``radix`` (2 to 36), in time that grows gently with its length."""
    if radix == 10:
        return str(n) if abs(n) < 10**600 else _split_radix(n, 10)
    if radix == 16:
        return f"{n:x}"
    if radix == 8:
        return f"{n:o}"
    if radix == 2:
        return f"{n:b}"
    return _split_radix(n, radix)


def _split_radix(n: int, radix: int) -> str:
    """Divide and conquer: Python's own conversion refuses integers over 4300 decimal digits."""
    if n < 0:
        return f"-{_split_radix(-n, radix)}"
    powers = [radix**64]
    while powers[-1] * powers[-1] <= n:
        powers.append(powers[-1] * powers[-1])

    def render(value: int, level: int) -> str:
        if level < 0:
            out = []
            while value:
                value, digit = divmod(value, radix)
                out.append(DIGITS[digit])
            return "".join(reversed(out)).rjust(64, "0")
        high, low = divmod(value, powers[level])
        return render(high, level - 1) + render(low, level - 1)

    return render(n, len(powers) - 1).lstrip("0") or "0"
