"""Date.prototype: the setters (ECMA-262 section 21.4.4). With UTC as local zone, each pair of them is one function."""

from __future__ import annotations

from collections.abc import Callable
from math import nan
from typing import Any

from odw.ecma.abstract_ops.type_conversion import to_number
from odw.ecma.date_math import (
    MS_PER_DAY,
    fields,
    make_date,
    make_day,
    make_full_year,
    make_time,
    time_clip,
)
from odw.ecma.intrinsics.date_object import this_time
from odw.ecma.values import undefined


def _store(this: Any, time: Any) -> Any:
    this.time = time_clip(time)
    return this.time


def _time_setter(name: str, first: int, count: int) -> Callable[..., Any]:
    """A setter of ``count`` of hours, minutes, seconds, milliseconds, the first being number ``first``."""

    def setter(this: Any, *args: Any) -> Any:
        time = this_time(this, name)
        numbers = [to_number(value) for value in args[:count]] or [nan]
        if type(time) is not int:
            return nan
        parts: list[Any] = list(fields(time)[3:7])
        parts[first : first + len(numbers)] = numbers
        return _store(this, make_date(time // MS_PER_DAY, make_time(*parts)))

    return setter


def _day_setter(name: str, first: int, count: int) -> Callable[..., Any]:
    """A setter of ``count`` of year, month, date, the first being number ``first``."""

    def setter(this: Any, *args: Any) -> Any:
        time = this_time(this, name)
        numbers = [to_number(value) for value in args[:count]] or [nan]
        if type(time) is not int:
            if first != 0:
                return nan
            time = 0  # setFullYear makes an invalid date valid
        parts: list[Any] = list(fields(time)[:3])
        parts[first : first + len(numbers)] = numbers
        return _store(this, make_date(make_day(*parts), time % MS_PER_DAY))

    return setter


def set_time(this: Any, time: Any = undefined, *_: Any) -> Any:
    """Date.prototype.setTime (21.4.4.27)."""
    this_time(this, "setTime")
    return _store(this, to_number(time))


def set_year(this: Any, year: Any = undefined, *_: Any) -> Any:
    """Date.prototype.setYear (B.2.3.2)."""
    time = this_time(this, "setYear")
    full_year = make_full_year(to_number(year))
    if full_year != full_year:
        return _store(this, nan)
    if type(time) is not int:
        time = 0
    at = fields(time)
    return _store(this, make_date(make_day(full_year, at.month, at.day), time % MS_PER_DAY))


SETTERS: dict[Any, tuple[Callable[..., Any], int]] = {}
for _zone in ("", "UTC"):
    for _field, _setter, _first, _count in (
        ("Date", _day_setter, 2, 1),
        ("FullYear", _day_setter, 0, 3),
        ("Hours", _time_setter, 0, 4),
        ("Milliseconds", _time_setter, 3, 1),
        ("Minutes", _time_setter, 1, 3),
        ("Month", _day_setter, 1, 2),
        ("Seconds", _time_setter, 2, 2),
    ):
        _name = f"set{_zone}{_field}"
        SETTERS[_name] = (_setter(_name, _first, _count), _count)
SETTERS |= {"setTime": (set_time, 1), "setYear": (set_year, 1)}
