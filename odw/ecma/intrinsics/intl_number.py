"""Intl.NumberFormat (ECMA-402 section 15): reading its options; the texts are made in ``odw.ecma.intl_format``."""

from __future__ import annotations

import re
from typing import Any

from odw.ecma.abstract_ops.number_text import string_to_number
from odw.ecma.abstract_ops.object_operations import get
from odw.ecma.abstract_ops.type_conversion import to_numeric, to_primitive, to_string, truthy
from odw.ecma.completion import NotSupportedYet, range_error, type_error
from odw.ecma.intl_data import UNITS
from odw.ecma.intl_format import format_number_to_parts, resolve
from odw.ecma.intrinsics.intl_locales import canonicalize_locale_list
from odw.ecma.intrinsics.intl_options import (
    check_locale_matcher,
    checked_number,
    coerced_options,
    keyword_option,
    number_option,
    text_option,
)
from odw.ecma.intrinsics.intl_support import (
    IntlObject,
    bound_function,
    define_constructor,
    locale_of,
    parts_array,
    receiver,
)
from odw.ecma.values import BigInt, undefined

_OWNER = "Intl.NumberFormat"
_INCREMENTS = (1, 2, 5, 10, 20, 25, 50, 100, 200, 250, 500, 1000, 2000, 2500, 5000)


def read(locales: Any, options: Any, owner: str = _OWNER) -> dict[str, Any]:
    """InitializeNumberFormat (15.1.2): the resolved options; ``owner`` is named in errors."""
    tags = canonicalize_locale_list(locales)
    options = coerced_options(options, owner)
    check_locale_matcher(options, owner)
    keyword_option(options, "numberingSystem", "latn")
    chosen: dict[str, Any] = {}
    style = text_option(options, "style", ("decimal", "percent", "currency", "unit"), "decimal", owner)
    chosen["style"] = style
    _read_currency(options, style, chosen, owner)
    _read_unit(options, style, chosen, owner)
    notations = ("standard", "scientific", "engineering", "compact")
    chosen["notation"] = text_option(options, "notation", notations, "standard", owner)
    read_digits(options, chosen, owner)
    display = text_option(options, "compactDisplay", ("short", "long"), "short", owner)
    if chosen["notation"] == "compact":
        chosen["compactDisplay"] = display
    grouping = _grouping(get(options, "useGrouping"), owner)
    if grouping is not None:
        chosen["useGrouping"] = grouping
    signs = ("auto", "never", "always", "exceptZero", "negative")
    chosen["signDisplay"] = text_option(options, "signDisplay", signs, "auto", owner)
    resolved = resolve(chosen)
    if "roundingIncrement" in resolved:
        if "maximumSignificantDigits" in resolved:
            raise type_error("RoundingType is not fractionDigits")
        if resolved["minimumFractionDigits"] != resolved["maximumFractionDigits"]:
            raise range_error("maximumFractionDigits not equal to minimumFractionDigits")
    return {"locale": locale_of(tags), "numberingSystem": "latn"} | _ordered(resolved)


def _read_currency(options: Any, style: str, chosen: dict[str, Any], owner: str) -> None:
    code = text_option(options, "currency", (), None, owner)
    if code is not None and re.fullmatch("[A-Za-z]{3}", code) is None:
        raise range_error(f"Invalid currency code : {code}")
    if code is None and style == "currency":
        raise type_error("Currency code is required with currency style.")
    displays = ("code", "symbol", "narrowSymbol", "name")
    display = text_option(options, "currencyDisplay", displays, "symbol", owner)
    sign = text_option(options, "currencySign", ("standard", "accounting"), "standard", owner)
    if style == "currency":
        chosen |= {"currency": code.upper(), "currencyDisplay": display, "currencySign": sign}


def _read_unit(options: Any, style: str, chosen: dict[str, Any], owner: str) -> None:
    unit = text_option(options, "unit", (), None, owner)
    if unit is not None and unit not in UNITS:
        numerator, per, denominator = unit.partition("-per-")
        if not per or numerator not in UNITS or denominator not in UNITS:
            raise range_error(f"Invalid unit argument for {owner}() '{unit}'")
        if style == "unit":
            raise NotSupportedYet(f"the unit {unit} in Intl.NumberFormat")
    if unit is None and style == "unit":
        raise type_error(f"Invalid unit argument for {owner}() ''")
    display = text_option(options, "unitDisplay", ("short", "narrow", "long"), "short", owner)
    if style == "unit":
        chosen |= {"unit": unit, "unitDisplay": display}


def read_digits(options: Any, chosen: dict[str, Any], owner: str) -> None:
    """SetNumberFormatDigitOptions (15.1.3), the reading part."""
    chosen["minimumIntegerDigits"] = number_option(options, "minimumIntegerDigits", 1, 21, 1)
    raw = {
        name: get(options, name)
        for name in (
            "minimumFractionDigits",
            "maximumFractionDigits",
            "minimumSignificantDigits",
            "maximumSignificantDigits",
        )
    }
    increment = number_option(options, "roundingIncrement", 1, 5000, 1)
    if increment not in _INCREMENTS:
        raise range_error("roundingIncrement value is out of range.")
    modes = [
        "ceil",
        "floor",
        "expand",
        "trunc",
        "halfCeil",
        "halfFloor",
        "halfExpand",
        "halfTrunc",
        "halfEven",
    ]
    chosen["roundingMode"] = text_option(options, "roundingMode", modes, "halfExpand", owner)
    priorities = ("auto", "morePrecision", "lessPrecision")
    priority = text_option(options, "roundingPriority", priorities, "auto", owner)
    zeros = text_option(options, "trailingZeroDisplay", ("auto", "stripIfInteger"), "auto", owner)
    chosen["trailingZeroDisplay"] = zeros
    significant = any(raw[name] is not undefined for name in raw if "Significant" in name)
    if priority != "auto":
        chosen["roundingPriority"] = priority
    if priority != "auto" or significant:
        _read_bounds(raw, "SignificantDigits", 1, 21, chosen)
    if priority != "auto" or not significant:
        _read_bounds(raw, "FractionDigits", 0, 100, chosen)
    if increment != 1:
        chosen["roundingIncrement"] = increment


def _read_bounds(raw: dict[str, Any], kind: str, low: int, high: int, chosen: dict[str, Any]) -> None:
    """The minimum and the maximum of one kind of digits, where given; the first bounds the second."""
    least, most = raw[f"minimum{kind}"], raw[f"maximum{kind}"]
    if least is not undefined:
        low = chosen[f"minimum{kind}"] = checked_number(least, f"minimum{kind}", low, high)
    if most is not undefined:
        chosen[f"maximum{kind}"] = checked_number(most, f"maximum{kind}", low, high)


def _grouping(value: Any, owner: str) -> Any:
    if value is undefined:
        return None
    if value is True:
        return "always"
    if not truthy(value):
        return False
    text = to_string(value)
    if text in ("true", "false"):
        return None
    if text not in ("min2", "auto", "always"):
        raise range_error(f"Value {text} out of range for {owner} options property useGrouping")
    return text


def _ordered(resolved: dict[str, Any]) -> dict[str, Any]:
    """In the order in which ``resolvedOptions`` has them."""
    order = [
        "style",
        "currency",
        "currencyDisplay",
        "currencySign",
        "unit",
        "unitDisplay",
        "minimumIntegerDigits",
        "minimumSignificantDigits",
        "maximumSignificantDigits",
        "minimumFractionDigits",
        "maximumFractionDigits",
        "useGrouping",
        "notation",
        "compactDisplay",
        "signDisplay",
        "roundingMode",
    ]
    result = {name: resolved[name] for name in order if name in resolved}
    return result | {
        "roundingIncrement": resolved.get("roundingIncrement", 1),
        "trailingZeroDisplay": resolved["trailingZeroDisplay"],
        "roundingPriority": resolved.get("roundingPriority", "auto"),
    }


def to_intl_number(value: Any) -> Any:
    """ToIntlMathematicalValue (15.5.16), with strings read as doubles."""
    primitive = to_primitive(value, "number")
    if type(primitive) is BigInt:
        return primitive
    return string_to_number(primitive) if type(primitive) is str else to_numeric(primitive)


def format_getter(this: Any, *_: Any) -> Any:
    """get Intl.NumberFormat.prototype.format (15.3.3)."""
    formatter: IntlObject = receiver(this, "NumberFormat", "format", getter=True)

    def format_(_this: Any, value: Any = undefined, *_: Any) -> Any:
        parts = format_number_to_parts(to_intl_number(value), formatter.resolved)
        return "".join(text for _, text in parts)

    return bound_function(formatter, format_, 1)


def format_to_parts(this: Any, value: Any = undefined, *_: Any) -> Any:
    """Intl.NumberFormat.prototype.formatToParts (15.3.4)."""
    formatter = receiver(this, "NumberFormat", "formatToParts")
    return parts_array(format_number_to_parts(to_intl_number(value), formatter.resolved))


def format_range(this: Any, *_: Any) -> Any:
    raise NotSupportedYet("Intl.NumberFormat.prototype.formatRange")


def define(intl: Any) -> None:
    define_constructor(
        intl,
        "NumberFormat",
        read,
        {
            "formatToParts": (format_to_parts, 1),
            "formatRange": (format_range, 2),
            "formatRangeToParts": (format_range, 2),
        },
        {"format": format_getter},
        callable_without_new=True,
    )
