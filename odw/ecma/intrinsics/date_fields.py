"""Date.prototype: the getters (ECMA-262 section 21.4.4). With UTC as local zone, each pair of them is one function."""

from __future__ import annotations

from collections.abc import Callable
from math import nan
from typing import Any

from odw.ecma.date_math import Fields, fields
from odw.ecma.intrinsics.date_object import this_time


def _getter(name: str) -> Callable[..., Any]:
    index = Fields._fields.index(name)

    def getter(this: Any, *_: Any) -> Any:
        time = this_time(this)
        return fields(time)[index] if type(time) is int else nan

    return getter


def get_time(this: Any, *_: Any) -> Any:
    """Date.prototype.getTime and valueOf (21.4.4.10, 21.4.4.44)."""
    return this_time(this)


def get_timezone_offset(this: Any, *_: Any) -> Any:
    """Date.prototype.getTimezoneOffset (21.4.4.11)."""
    return 0 if type(this_time(this)) is int else nan


def get_year(this: Any, *_: Any) -> Any:
    """Date.prototype.getYear (B.2.3.1)."""
    time = this_time(this, "getYear")
    return fields(time).year - 1900 if type(time) is int else nan


GETTERS: dict[Any, tuple[Callable[..., Any], int]] = {}
for _suffix, _field in (
    ("Date", "day"),
    ("Day", "weekday"),
    ("FullYear", "year"),
    ("Hours", "hours"),
    ("Milliseconds", "milliseconds"),
    ("Minutes", "minutes"),
    ("Month", "month"),
    ("Seconds", "seconds"),
):
    for _zone in ("", "UTC"):
        GETTERS[f"get{_zone}{_suffix}"] = (_getter(_field), 0)
GETTERS |= {
    "getTime": (get_time, 0),
    "valueOf": (get_time, 0),
    "getTimezoneOffset": (get_timezone_offset, 0),
    "getYear": (get_year, 0),
}
