"""Intl.DateTimeFormat (ECMA-402 section 11): reading its options; the texts are made in ``odw.ecma.intl_date_format``."""

from __future__ import annotations

from typing import Any

from odw.ecma.abstract_ops.object_operations import get
from odw.ecma.abstract_ops.type_conversion import to_number, to_string
from odw.ecma.completion import NotSupportedYet, range_error, type_error
from odw.ecma.date_math import time_clip
from odw.ecma.intl_date_format import format_date, format_date_to_parts
from odw.ecma.intrinsics.date import unavailable
from odw.ecma.intrinsics.date_object import DateObject
from odw.ecma.intrinsics.intl_locales import canonicalize_locale_list
from odw.ecma.intrinsics.intl_options import (
    check_locale_matcher,
    coerced_options,
    flag_option,
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
from odw.ecma.values import undefined

_OWNER = "Intl.DateTimeFormat"
_NAME = ("narrow", "short", "long")
_DIGITS = ("2-digit", "numeric")
_COMPONENTS = {
    "weekday": _NAME,
    "era": _NAME,
    "year": _DIGITS,
    "month": (*_DIGITS, *_NAME),
    "day": _DIGITS,
    "dayPeriod": _NAME,
    "hour": _DIGITS,
    "minute": _DIGITS,
    "second": _DIGITS,
    "fractionalSecondDigits": (),
    "timeZoneName": ("short", "long", "shortOffset", "longOffset", "shortGeneric", "longGeneric"),
}
_DATE_COMPONENTS = ("weekday", "year", "month", "day")
_TIME_COMPONENTS = ("dayPeriod", "hour", "minute", "second", "fractionalSecondDigits")
_DEFAULTS = {
    "date": {"year": "numeric", "month": "numeric", "day": "numeric"},
    "time": {"hour": "numeric", "minute": "2-digit", "second": "2-digit"},
}
_UTC_NAMES = (
    "utc",
    "gmt",
    "etc/utc",
    "etc/gmt",
    "etc/uct",
    "etc/zulu",
    "uct",
    "zulu",
    "universal",
    "etc/universal",
)


def date_options(options: Any, required: str, defaults: str, owner: str = _OWNER) -> dict[str, Any]:
    """The options that ``odw.ecma.intl_date_format`` takes, defaults included (CreateDateTimeFormat, 11.1.2).

    ``required`` is "date", "time" or "any": which components count as given; ``defaults`` is "date", "time" or "all";
    ``owner`` is named in errors.
    """
    options = coerced_options(options)
    check_locale_matcher(options, owner)
    keyword_option(options, "calendar", "gregory")
    keyword_option(options, "numberingSystem", "latn")
    hour12 = flag_option(options, "hour12", None)
    cycle = text_option(options, "hourCycle", ("h11", "h12", "h23", "h24"), None, owner)
    _check_zone(get(options, "timeZone"))
    chosen: dict[str, Any] = {}
    for name, allowed in _COMPONENTS.items():
        if name == "fractionalSecondDigits":
            value: Any = number_option(options, name, 1, 3, None)
        else:
            value = text_option(options, name, allowed, None, owner)
        if value is not None:
            chosen[name] = value
    if "dayPeriod" in chosen:
        raise NotSupportedYet("dayPeriod in Intl.DateTimeFormat")
    text_option(options, "formatMatcher", ("basic", "best fit"), "best fit", owner)
    styles = ("full", "long", "medium", "short")
    date_style = text_option(options, "dateStyle", styles, None, owner)
    time_style = text_option(options, "timeStyle", styles, None, owner)
    if date_style is not None or time_style is not None:
        if (required == "date" and time_style) or (required == "time" and date_style):
            raise type_error(f"Invalid option : {'timeStyle' if required == 'date' else 'dateStyle'}")
        if chosen:
            kind = "dateStyle" if date_style is not None else "timeStyle"
            raise type_error(f"Can't set option {next(iter(chosen))} when {kind} is used")
        chosen |= {"dateStyle": date_style} if date_style else {}
        chosen |= {"timeStyle": time_style} if time_style else {}
    else:
        counted = (_DATE_COMPONENTS if required in ("date", "any") else ()) + (
            _TIME_COMPONENTS if required in ("time", "any") else ()
        )
        if not any(name in chosen for name in counted):
            for part in ("date", "time") if defaults == "all" else (defaults,):
                chosen |= _DEFAULTS[part]
    if "hour" in chosen or time_style is not None:
        # V8 counts from 1 to 24 in English when asked for hour12: false.
        chosen["hourCycle"] = cycle or "h12" if hour12 is None else "h12" if hour12 else "h24"
    return chosen


def _check_zone(zone: Any) -> None:
    if zone is undefined:
        return
    name = to_string(zone)
    if name.lower() in _UTC_NAMES:
        return
    if "/" not in name and not (name.isalpha() and name.isupper()):
        raise range_error(f"Invalid time zone specified: {name}")
    raise NotSupportedYet(f"the time zone {name} in Intl.DateTimeFormat: only UTC is there")


def read(locales: Any, options: Any) -> dict[str, Any]:
    tags = canonicalize_locale_list(locales)
    chosen = date_options(options, "any", "date")
    shown: dict[str, Any] = {"locale": locale_of(tags), "calendar": "gregory"}
    shown |= {"numberingSystem": "latn", "timeZone": "UTC", "_options": chosen}
    if "hourCycle" in chosen:
        shown |= {"hourCycle": chosen["hourCycle"], "hour12": chosen["hourCycle"] in ("h11", "h12")}
    return shown | {name: value for name, value in chosen.items() if name != "hourCycle"}


def _time(value: Any) -> int:
    """The time value to format; the present moment, which a missing one asks for, is not to be had."""
    if value is undefined:
        raise unavailable("Intl.DateTimeFormat.prototype.format() without a date")
    time = value.time if isinstance(value, DateObject) else time_clip(to_number(value))
    if type(time) is not int:
        raise range_error("Invalid time value")
    return time


def format_getter(this: Any, *_: Any) -> Any:
    """get Intl.DateTimeFormat.prototype.format (11.3.3)."""
    formatter: IntlObject = receiver(this, "DateTimeFormat", "format", getter=True)

    def format_(_this: Any, date: Any = undefined, *_: Any) -> Any:
        return format_date(_time(date), formatter.resolved["_options"])

    return bound_function(formatter, format_, 1)


def format_to_parts(this: Any, date: Any = undefined, *_: Any) -> Any:
    """Intl.DateTimeFormat.prototype.formatToParts (11.3.4)."""
    formatter = receiver(this, "DateTimeFormat", "formatToParts")
    return parts_array(format_date_to_parts(_time(date), formatter.resolved["_options"]))


def format_range(this: Any, *_: Any) -> Any:
    raise NotSupportedYet("Intl.DateTimeFormat.prototype.formatRange")


def define(intl: Any) -> None:
    define_constructor(
        intl,
        "DateTimeFormat",
        read,
        {
            "formatToParts": (format_to_parts, 1),
            "formatRange": (format_range, 2),
            "formatRangeToParts": (format_range, 2),
        },
        {"format": format_getter},
        callable_without_new=True,
    )
