"""Intl.PluralRules for English (ECMA-402 section 16)."""

from __future__ import annotations

from typing import Any

from odw.ecma.abstract_ops.type_conversion import to_number
from odw.ecma.completion import range_error, type_error
from odw.ecma.intl_format import format_number, resolve
from odw.ecma.intrinsics.intl_locales import canonicalize_locale_list
from odw.ecma.intrinsics.intl_number import read_digits
from odw.ecma.intrinsics.intl_options import check_locale_matcher, coerced_options, text_option
from odw.ecma.intrinsics.intl_support import define_constructor, locale_of, receiver
from odw.ecma.values import JSArray, undefined

_OWNER = "Intl.PluralRules"
_DIGIT_NAMES = (
    "minimumIntegerDigits",
    "minimumFractionDigits",
    "maximumFractionDigits",
    "minimumSignificantDigits",
    "maximumSignificantDigits",
)


def read(locales: Any, options: Any) -> dict[str, Any]:
    tags = canonicalize_locale_list(locales)
    options = coerced_options(options, _OWNER)
    check_locale_matcher(options, _OWNER)
    kind = text_option(options, "type", ("cardinal", "ordinal"), "cardinal", _OWNER)
    chosen: dict[str, Any] = {}
    read_digits(options, chosen, _OWNER)
    resolved = resolve(chosen)
    shown = {"locale": locale_of(tags), "type": kind}
    shown |= {name: resolved[name] for name in _DIGIT_NAMES if name in resolved}
    categories = ["few", "one", "two", "other"] if kind == "ordinal" else ["one", "other"]
    return shown | {"pluralCategories": JSArray(categories), "_digits": chosen | {"useGrouping": False}}


def category(text: str, kind: str) -> str:
    """The plural category of a number, by its digits as they would be shown (CLDR's rules for English)."""
    if kind == "cardinal":
        return "one" if text in ("1", "-1") else "other"
    whole, _, fraction = text.lstrip("-").partition(".")
    if not whole.isdigit() or fraction.strip("0"):
        return "other"
    number = int(whole)
    if number % 100 in (11, 12, 13):
        return "other"
    return {1: "one", 2: "two", 3: "few"}.get(number % 10, "other")


def select(this: Any, value: Any = undefined, *_: Any) -> Any:
    """Intl.PluralRules.prototype.select (16.3.3)."""
    resolved = receiver(this, "PluralRules", "select").resolved
    number = to_number(value)
    return category(format_number(number, resolved["_digits"]), resolved["type"])


def select_range(this: Any, start: Any = undefined, end: Any = undefined, *_: Any) -> Any:
    """Intl.PluralRules.prototype.selectRange (16.3.4): every range is "other" in English."""
    receiver(this, "PluralRules", "selectRange")
    for value, name in ((start, "startRange"), (end, "endRange")):
        if value is undefined:
            raise type_error(f"Invalid {name} : undefined")
    for number, name in ((to_number(start), "startRange"), (to_number(end), "endRange")):
        if number != number:
            raise range_error(f"Invalid {name} : NaN")
    return "other"


def define(intl: Any) -> None:
    methods: dict[Any, Any] = {"select": (select, 1), "selectRange": (select_range, 2)}
    define_constructor(intl, "PluralRules", read, methods, {})
