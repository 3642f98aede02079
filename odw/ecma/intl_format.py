"""Numbers as en-US text: what Intl.NumberFormat and Number's toLocaleString write (ECMA-402 section 15).

``options`` is a dict of the options of ECMA-402 by their JavaScript names (``{"style": "percent"}``), valid ones only;
``resolve`` adds the defaults. A result is a list of parts ``(type, value)``, or the text of them. Rounding starts from the
shortest decimal text of a number, as in V8, so that 1.005 with two digits is 1.01.
"""

from __future__ import annotations

from decimal import (
    ROUND_CEILING,
    ROUND_DOWN,
    ROUND_FLOOR,
    ROUND_HALF_DOWN,
    ROUND_HALF_EVEN,
    ROUND_HALF_UP,
    ROUND_UP,
    Context,
    Decimal,
)
from math import isfinite
from typing import Any, TypeAlias

from odw.ecma.completion import NotSupportedYet
from odw.ecma.intl_data import CURRENCIES, CURRENCY_DIGITS, UNITS
from odw.ecma.values import BigInt

Part: TypeAlias = tuple[str, str]

_EXACT = Context(prec=1200)  # enough for every double and for 308 digits after the point
_ROUNDING = {
    "ceil": ROUND_CEILING,
    "floor": ROUND_FLOOR,
    "expand": ROUND_UP,
    "trunc": ROUND_DOWN,
    "halfExpand": ROUND_HALF_UP,
    "halfTrunc": ROUND_HALF_DOWN,
    "halfEven": ROUND_HALF_EVEN,
}


def format_number(x: Any, options: dict[str, Any] | None = None) -> str:
    """The text of a number or BigInt."""
    return "".join(value for _, value in format_number_to_parts(x, resolve(options or {})))


def resolve(options: dict[str, Any]) -> dict[str, Any]:
    """The options with the defaults that depend on each other (SetNumberFormatDigitOptions, 15.1.3)."""
    resolved: dict[str, Any] = {
        "style": "decimal",
        "notation": "standard",
        "signDisplay": "auto",
        "roundingMode": "halfExpand",
    }
    resolved |= options
    style, compact = resolved["style"], resolved["notation"] == "compact"
    resolved.setdefault("minimumIntegerDigits", 1)
    significant = "minimumSignificantDigits" in options or "maximumSignificantDigits" in options
    fraction = "minimumFractionDigits" in options or "maximumFractionDigits" in options
    both = "roundingPriority" in options
    if significant or both:
        resolved.setdefault("minimumSignificantDigits", 1)
        resolved.setdefault("maximumSignificantDigits", 21)
    if both or not (significant or (compact and not fraction)):
        low, high = 0, 0 if style == "percent" else 3
        if style == "currency":
            low = high = CURRENCY_DIGITS.get(resolved["currency"], 2)
        if resolved.get("roundingIncrement", 1) != 1:
            high = low
        least, most = options.get("minimumFractionDigits"), options.get("maximumFractionDigits")
        if least is None:
            least = low if most is None else min(low, most)
        if most is None:
            most = max(high, least)
        resolved["minimumFractionDigits"], resolved["maximumFractionDigits"] = least, most
    elif not significant:
        resolved["minimumFractionDigits"] = resolved["maximumFractionDigits"] = 0
        resolved["minimumSignificantDigits"], resolved["maximumSignificantDigits"] = 1, 2
        resolved["roundingPriority"] = "morePrecision"
    resolved.setdefault("useGrouping", "min2" if compact else "auto")
    return resolved


def format_number_to_parts(x: Any, options: dict[str, Any]) -> list[Part]:
    """PartitionNumberPattern (15.5.4); ``options`` are resolved."""
    if type(x) is BigInt:
        x = x.value
    if type(x) is float and not isfinite(x):
        negative = x < 0
        number: list[Part] = [("nan", "NaN") if x != x else ("infinity", "∞")]
        zero, singular = False, False
    else:
        negative = x < 0 or (type(x) is float and x == 0 and str(x)[0] == "-")
        value = abs(Decimal(x) if type(x) is int else Decimal(repr(x)))
        if options["style"] == "percent":
            value = value.scaleb(2, _EXACT)
        number = _number_parts(value, negative, options)
        digits = "".join(text for kind, text in number if kind in ("integer", "fraction"))
        zero = not digits.strip("0")
        singular = digits == "1" and all(kind == "integer" for kind, _ in number)
    return _affixed(number, _sign(negative, zero, x != x, options), singular, options)


def _sign(negative: bool, zero: bool, nan: bool, options: dict[str, Any]) -> str:
    """The sign to show: "-", "+" or ""."""
    display = options["signDisplay"]
    if display == "never" or (display == "exceptZero" and (zero or nan)):
        return ""
    if negative:
        return "" if zero and display == "negative" else "-"
    return "+" if display in ("always", "exceptZero") else ""


def _affixed(number: list[Part], sign: str, singular: bool, options: dict[str, Any]) -> list[Part]:
    """The number with its sign and the currency, unit or percent sign around it."""
    style = options["style"]
    parts = number
    if style == "percent":
        parts = [*parts, ("percentSign", "%")]
    elif style == "unit":
        parts = [*parts, *_unit_parts(singular, options)]
    elif style == "currency":
        parts = _with_currency(parts, singular, options)
        if sign == "-" and options.get("currencySign") == "accounting":
            return [("literal", "("), *parts, ("literal", ")")]
    if not sign:
        return parts
    return [("minusSign", "-") if sign == "-" else ("plusSign", "+"), *parts]


def _with_currency(parts: list[Part], singular: bool, options: dict[str, Any]) -> list[Part]:
    code = options["currency"]
    display = options.get("currencyDisplay", "symbol")
    symbol, narrow, one, many = CURRENCIES.get(code, (code, code, code, code))
    if display == "name":
        return [*parts, ("literal", " "), ("currency", one if singular else many)]
    text = code if display == "code" else narrow if display == "narrowSymbol" else symbol
    # A symbol that ends in a letter is kept off the digits (UTS 35, currency spacing).
    gap: list[Part] = [("literal", "\u00a0")] if text[-1].isalpha() and parts[0][0] == "integer" else []
    return [("currency", text), *gap, *parts]


def _unit_parts(singular: bool, options: dict[str, Any]) -> list[Part]:
    names = UNITS.get(options["unit"])
    if names is None:
        raise NotSupportedYet(f"the unit {options['unit']} in Intl.NumberFormat")
    display = options.get("unitDisplay", "short")
    index = 4 if display == "narrow" else (2 if display == "long" else 0) + (not singular)
    text = names[index]
    if text[0] == " ":
        return [("literal", " "), ("unit", text[1:])]
    return [("unit", text)]


def _number_parts(value: Decimal, negative: bool, options: dict[str, Any]) -> list[Part]:
    notation = options["notation"]
    if notation == "compact":
        return _compact_parts(value, negative, options)
    if notation in ("scientific", "engineering"):
        return _exponent_parts(value, negative, options, 3 if notation == "engineering" else 1)
    return _digit_parts(_rounded(value, negative, options), options)


def _compact_parts(value: Decimal, negative: bool, options: dict[str, Any]) -> list[Part]:
    """1.2K, or 1.2 thousand with ``compactDisplay`` long."""
    power = 0
    for candidate in (0, 3, 6, 9, 12):
        power = candidate
        if abs(Decimal(_rounded(value.scaleb(-power, _EXACT), negative, options))) < 1000:
            break
    parts = _digit_parts(_rounded(value.scaleb(-power, _EXACT), negative, options), options)
    if power:
        short, long = {3: ("K", "thousand"), 6: ("M", "million"), 9: ("B", "billion"), 12: ("T", "trillion")}[
            power
        ]
        if options.get("compactDisplay") == "long" and options["style"] != "currency":
            parts += [("literal", " "), ("compact", long)]
        else:
            parts.append(("compact", short))
    return parts


def _exponent_parts(value: Decimal, negative: bool, options: dict[str, Any], step: int) -> list[Part]:
    """1.234E3."""
    power = 0 if not value else value.adjusted() // step * step
    text = _rounded(value.scaleb(-power, _EXACT), negative, options)
    if Decimal(text) >= 10**step:
        power += step
        text = _rounded(value.scaleb(-power, _EXACT), negative, options)
    parts = _digit_parts(text, options)
    parts.append(("exponentSeparator", "E"))
    if power < 0:
        parts.append(("exponentMinusSign", "-"))
    parts.append(("exponentInteger", str(abs(power))))
    return parts


def _rounded(value: Decimal, negative: bool, options: dict[str, Any]) -> str:
    """The decimal digits of ``value``, rounded as the options say: FormatNumericToString (15.5.3)."""
    priority = options.get("roundingPriority", "auto")
    if priority != "auto":
        last_digit = (value.adjusted() if value else 0) - options["maximumSignificantDigits"] + 1
        finer = last_digit <= -options["maximumFractionDigits"]
        significant = finer is (priority == "morePrecision")
    else:
        significant = "maximumSignificantDigits" in options
    if significant:
        return _to_significant(value, negative, options)
    return _to_fraction(value, negative, options)


def _rounding(negative: bool, options: dict[str, Any]) -> str:
    mode = options["roundingMode"]
    if mode in ("halfCeil", "halfFloor"):
        return ROUND_HALF_UP if (mode == "halfCeil") is not negative else ROUND_HALF_DOWN
    if mode in ("ceil", "floor"):  # of the signed value, while only its magnitude is here
        return ROUND_UP if (mode == "ceil") is not negative else ROUND_DOWN
    return _ROUNDING[mode]


def _to_fraction(value: Decimal, negative: bool, options: dict[str, Any]) -> str:
    least, most = options["minimumFractionDigits"], options["maximumFractionDigits"]
    increment = options.get("roundingIncrement", 1)
    if increment != 1:  # a divisor of a power of ten: the quotient is exact
        steps = _EXACT.divide(value.scaleb(most, _EXACT), Decimal(increment))
        value = (steps.quantize(Decimal(1), _rounding(negative, options), _EXACT) * increment).scaleb(-most)
    rounded = value.quantize(Decimal(1).scaleb(-most), _rounding(negative, options), _EXACT)
    return _trimmed(f"{rounded:f}", least, options)


def _to_significant(value: Decimal, negative: bool, options: dict[str, Any]) -> str:
    least, most = options["minimumSignificantDigits"], options["maximumSignificantDigits"]
    if not value:
        return _trimmed("0" if least == 1 else "0." + "0" * (least - 1), least - 1, options)
    last = value.adjusted() - most + 1
    rounded = value.quantize(Decimal(1).scaleb(last), _rounding(negative, options), _EXACT)
    text = f"{rounded:f}"
    return _trimmed(text, max(least - 1 - rounded.adjusted(), 0), options)


def _trimmed(text: str, least: int, options: dict[str, Any]) -> str:
    """The text without the zeros at its end that go beyond ``least`` fraction digits."""
    whole, _, fraction = text.partition(".")
    fraction = fraction[:least] + fraction[least:].rstrip("0")
    fraction = fraction.ljust(least, "0")
    if options.get("trailingZeroDisplay") == "stripIfInteger" and not fraction.strip("0"):
        fraction = ""
    return f"{whole}.{fraction}" if fraction else whole


def _digit_parts(text: str, options: dict[str, Any]) -> list[Part]:
    """Digits as integer, group, decimal and fraction parts."""
    whole, _, fraction = text.partition(".")
    whole = whole.rjust(options["minimumIntegerDigits"], "0")
    grouping = options["useGrouping"]
    parts: list[Part] = []
    if grouping is False or (grouping == "min2" and len(whole) < 5):
        parts.append(("integer", whole))
    else:
        head = len(whole) % 3 or 3
        parts.append(("integer", whole[:head]))
        for start in range(head, len(whole), 3):
            parts += [("group", ","), ("integer", whole[start : start + 3])]
    if fraction:
        parts += [("decimal", "."), ("fraction", fraction)]
    return parts
