"""Intl.RelativeTimeFormat for English (ECMA-402 section 17)."""

from __future__ import annotations

from math import isfinite
from typing import Any

from odw.ecma.abstract_ops.type_conversion import to_number, to_string
from odw.ecma.completion import range_error
from odw.ecma.intl_format import format_number_to_parts, resolve
from odw.ecma.intrinsics.intl_locales import canonicalize_locale_list
from odw.ecma.intrinsics.intl_options import (
    check_locale_matcher,
    coerced_options,
    keyword_option,
    text_option,
)
from odw.ecma.intrinsics.intl_support import define_constructor, locale_of, receiver
from odw.ecma.values import JSArray, JSObject, undefined

_OWNER = "Intl.RelativeTimeFormat"
_UNITS = ("second", "minute", "hour", "day", "week", "month", "quarter", "year")
# unit: (short, short plural, narrow)
_SHORT = {
    "second": ("sec.", "sec.", "s"),
    "minute": ("min.", "min.", "m"),
    "hour": ("hr.", "hr.", "h"),
    "day": ("day", "days", "d"),
    "week": ("wk.", "wk.", "w"),
    "month": ("mo.", "mo.", "mo"),
    "quarter": ("qtr.", "qtrs.", "q"),
    "year": ("yr.", "yr.", "y"),
}


def read(locales: Any, options: Any) -> dict[str, Any]:
    tags = canonicalize_locale_list(locales)
    options = coerced_options(options, _OWNER)
    check_locale_matcher(options, _OWNER)
    keyword_option(options, "numberingSystem", "latn")
    style = text_option(options, "style", ("long", "short", "narrow"), "long", _OWNER)
    numeric = text_option(options, "numeric", ("always", "auto"), "always", _OWNER)
    return {"locale": locale_of(tags), "style": style, "numeric": numeric, "numberingSystem": "latn"}


def relative_parts(value: Any, unit: str, style: str, numeric: str) -> list[tuple[str, str, str]]:
    """PartitionRelativeTimePattern (17.5.2): parts of (type, value, unit or "")."""
    negative = value < 0 or str(value)[0] == "-"
    if numeric == "auto":
        words = _words(value, unit, style, negative)
        if words:
            return [("literal", words, "")]
    digits = [(kind, text, unit) for kind, text in format_number_to_parts(abs(value), resolve({}))]
    one = "".join(text for _, text, _ in digits) == "1"
    short, shorts, narrow = _SHORT[unit]
    if style == "long":
        name = unit if one else f"{unit}s"
    elif style == "short":
        name = short if one else shorts
    else:
        name = narrow
    gap = "" if style == "narrow" else " "
    if negative:
        return [*digits, ("literal", f"{gap}{name} ago", "")]
    return [("literal", "in ", ""), *digits, ("literal", f"{gap}{name}", "")]


def _words(value: Any, unit: str, style: str, negative: bool) -> str:
    """Yesterday, tomorrow and their like, or ""."""
    name = unit if style == "long" else _SHORT[unit][0]
    if unit == "day" and value in (-1, 0, 1):
        return {-1: "yesterday", 0: "today", 1: "tomorrow"}[int(value)]
    if unit == "second":
        return "now" if value == 0 else ""
    if value == 0:
        return f"this {unit if unit in ('hour', 'minute') else name}"
    if value in (-1, 1) and unit not in ("hour", "minute"):
        return f"{'last' if negative else 'next'} {name}"
    return ""


def _arguments(this: Any, value: Any, unit: Any, method: str) -> list[tuple[str, str, str]]:
    resolved = receiver(this, "RelativeTimeFormat", method).resolved
    number = to_number(value)
    text = to_string(unit)
    singular = text[:-1] if text.endswith("s") else text
    where = f"Intl.RelativeTimeFormat.prototype.{method}()"
    if not isfinite(number):
        raise range_error(f"Value need to be finite number for {where}")
    if singular not in _UNITS:
        raise range_error(f"Invalid unit argument for {where} '{text}'")
    return relative_parts(number, singular, resolved["style"], resolved["numeric"])


def format_(this: Any, value: Any = undefined, unit: Any = undefined, *_: Any) -> Any:
    """Intl.RelativeTimeFormat.prototype.format (17.3.3)."""
    return "".join(text for _, text, _ in _arguments(this, value, unit, "format"))


def format_to_parts(this: Any, value: Any = undefined, unit: Any = undefined, *_: Any) -> Any:
    """Intl.RelativeTimeFormat.prototype.formatToParts (17.3.4)."""
    parts = []
    for kind, text, of_unit in _arguments(this, value, unit, "formatToParts"):
        part = JSObject({"type": kind, "value": text})
        if of_unit:
            part["unit"] = of_unit
        parts.append(part)
    return JSArray(parts)


def define(intl: Any) -> None:
    methods: dict[Any, Any] = {"format": (format_, 2), "formatToParts": (format_to_parts, 2)}
    define_constructor(intl, "RelativeTimeFormat", read, methods, {})
