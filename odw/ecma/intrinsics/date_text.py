"""Date.prototype: everything that makes text or a primitive of a date (ECMA-262 section 21.4.4)."""

from __future__ import annotations

from collections.abc import Callable
from math import isfinite
from typing import Any

from odw.ecma.abstract_ops.object_operations import get
from odw.ecma.abstract_ops.type_conversion import ordinary_to_primitive, to_object, to_primitive
from odw.ecma.completion import range_error, type_error
from odw.ecma.date_math import Fields, fields
from odw.ecma.intrinsics.builders import builtin
from odw.ecma.intrinsics.date_object import this_time
from odw.ecma.values import JSFunction, ObjectBase, Property, WellKnown, undefined

INVALID = "Invalid Date"
_DAYS = ("Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def _year(at: Fields) -> str:
    return f"{at.year:04d}" if at.year >= 0 else f"-{-at.year:06d}"


def _signed_year(at: Fields) -> str:
    """The year as toString and its like show it: at least four digits, after a minus for years before 1 BC."""
    return f"{at.year:04d}" if at.year >= 0 else f"-{-at.year:04d}"


def date_string(at: Fields) -> str:
    """DateString (21.4.4.41.2)."""
    return f"{_DAYS[at.weekday]} {_MONTHS[at.month]} {at.day:02d} {_signed_year(at)}"


def time_string(at: Fields) -> str:
    """TimeString and TimeZoneString (21.4.4.41.1, 21.4.4.41.3)."""
    return f"{at.hours:02d}:{at.minutes:02d}:{at.seconds:02d} GMT+0000 (Coordinated Universal Time)"


def full_string(at: Fields) -> str:
    """ToDateString (21.4.4.41.4)."""
    return f"{date_string(at)} {time_string(at)}"


def utc_string(at: Fields) -> str:
    """Date.prototype.toUTCString (21.4.4.43)."""
    return (
        f"{_DAYS[at.weekday]}, {at.day:02d} {_MONTHS[at.month]} {_signed_year(at)} "
        f"{at.hours:02d}:{at.minutes:02d}:{at.seconds:02d} GMT"
    )


def iso_string(time: int) -> str:
    """The Date Time String Format (21.4.1.32) of a finite time value."""
    at = fields(time)
    year = _year(at) if at.year <= 9999 else f"+{at.year:06d}"
    return (
        f"{year}-{at.month + 1:02d}-{at.day:02d}T{at.hours:02d}:{at.minutes:02d}:{at.seconds:02d}"
        f".{at.milliseconds:03d}Z"
    )


def _text(name: str, form: Callable[[Fields], str]) -> Callable[..., Any]:
    def method(this: Any, *_: Any) -> Any:
        time = this_time(this, name)
        return form(fields(time)) if type(time) is int else INVALID

    return method


def to_iso_string(this: Any, *_: Any) -> Any:
    """Date.prototype.toISOString (21.4.4.36)."""
    time = this_time(this, "toISOString")
    if type(time) is not int:
        raise range_error("Invalid time value")
    return iso_string(time)


def to_json(this: Any, *_: Any) -> Any:
    """Date.prototype.toJSON (21.4.4.37)."""
    o = to_object(this)
    primitive = to_primitive(o, "number")
    if type(primitive) in (int, float) and not isfinite(primitive):
        return None
    method = get(o, "toISOString")
    if not isinstance(method, JSFunction):
        raise type_error("toISOString is not a function")
    return method.call(o)


def _locale_text(name: str, required: str, defaults: str) -> Callable[..., Any]:
    """toLocaleString and its like, by Intl.DateTimeFormat (ECMA-402 section 19.4)."""
    owner = f"Date.prototype.{name}"

    def method(this: Any, locales: Any = undefined, options: Any = undefined, *_: Any) -> Any:
        time = this_time(this, name)
        if type(time) is not int:
            return INVALID
        from odw.ecma.intl_date_format import format_date
        from odw.ecma.intrinsics.intl_date import date_options
        from odw.ecma.intrinsics.intl_locales import canonicalize_locale_list

        canonicalize_locale_list(locales)
        return format_date(time, date_options(options, required, defaults, owner))

    return method


def to_primitive_(this: Any, hint: Any = undefined, *_: Any) -> Any:
    """Date.prototype[Symbol.toPrimitive] (21.4.4.45)."""
    from odw.ecma.abstract_ops.describe import describe

    if not isinstance(this, ObjectBase):
        raise type_error(
            f"Method Date.prototype [ @@toPrimitive ] called on incompatible receiver {describe(this)}"
        )
    if hint in ("string", "default"):
        return ordinary_to_primitive(this, "string")
    if hint == "number":
        return ordinary_to_primitive(this, "number")
    raise type_error(f"Invalid hint: {describe(hint)}")


def install_to_primitive(prototype: Any) -> None:
    function = builtin(to_primitive_, "[Symbol.toPrimitive]", 1)
    prototype[WellKnown.to_primitive] = Property(function, configurable=True)


TEXTS: dict[Any, tuple[Callable[..., Any], int]] = {
    "toString": (_text("toString", full_string), 0),
    "toDateString": (_text("toDateString", date_string), 0),
    "toTimeString": (_text("toTimeString", time_string), 0),
    "toISOString": (to_iso_string, 0),
    "toUTCString": (_text("toUTCString", utc_string), 0),
    "toJSON": (to_json, 1),
    "toLocaleString": (_locale_text("toLocaleString", "any", "all"), 0),
    "toLocaleDateString": (_locale_text("toLocaleDateString", "date", "date"), 0),
    "toLocaleTimeString": (_locale_text("toLocaleTimeString", "time", "time"), 0),
}
