"""Date: constructor and statics (ECMA-262 section 21.4.2 and 21.4.3), and the table of its prototype.

NON-SPEC: nothing here reads a clock. ``Date.now()``, ``new Date()`` and ``Date()`` throw, so that a resumed run sees the
same values as the run it goes on with. The local time zone is UTC.
"""

from __future__ import annotations

from typing import Any

from odw.ecma.abstract_ops.object_operations import get_prototype_from_constructor
from odw.ecma.abstract_ops.type_conversion import to_number, to_primitive
from odw.ecma.completion import JsThrow, throw
from odw.ecma.date_math import make_date, make_day, make_full_year, make_time, time_clip
from odw.ecma.intrinsics.builders import constructor, define_methods
from odw.ecma.intrinsics.date_fields import GETTERS
from odw.ecma.intrinsics.date_object import DateObject
from odw.ecma.intrinsics.date_setters import SETTERS
from odw.ecma.intrinsics.date_text import TEXTS, install_to_primitive
from odw.ecma.values import Property


def unavailable(what: str) -> JsThrow:
    """The Error of a form that would read the clock."""
    return throw(
        "Error",
        f"{what} is unavailable in workflow scripts: a resumed run must see the same values. "
        "Pass timestamps through args.",
    )


def call_date(this: Any, *_: Any) -> Any:
    """Date(…) without ``new`` is the present moment, whatever the arguments (21.4.2.1)."""
    raise unavailable("Date()")


def construct_date(args: Any, new_target: Any) -> Any:
    """Date (21.4.2.1)."""
    if not args:
        raise unavailable("new Date()")
    if len(args) == 1:
        value = args[0]
        if isinstance(value, DateObject):
            time = value.time
        else:
            primitive = to_primitive(value)
            if type(primitive) is str:
                from odw.ecma.date_parse import parse_date

                time = parse_date(primitive)
            else:
                time = time_clip(to_number(primitive))
    else:
        time = _from_components(args)
    return DateObject(get_prototype_from_constructor(new_target, "date_prototype"), time)


def _from_components(args: Any) -> Any:
    """The time value of year, month, date, hours, minutes, seconds and milliseconds, of which later ones may be absent."""
    numbers = [to_number(value) for value in args[:7]]
    numbers += (0, 0, 1, 0, 0, 0, 0)[len(numbers) :]
    year, month, date, *time = numbers
    return time_clip(make_date(make_day(make_full_year(year), month, date), make_time(*time)))


def now(this: Any, *_: Any) -> Any:
    """Date.now (21.4.3.1)."""
    raise unavailable("Date.now()")


def parse(this: Any, *args: Any) -> Any:
    """Date.parse (21.4.3.2)."""
    from odw.ecma.abstract_ops.type_conversion import to_string
    from odw.ecma.date_parse import parse_date

    return parse_date(to_string(args[0]) if args else "undefined")


def utc(this: Any, *args: Any) -> Any:
    """Date.UTC (21.4.3.4)."""
    return _from_components(args if args else (float("nan"),))


def install(realm: Any) -> None:
    """%Date% and %Date.prototype%."""
    from odw.ecma.values import OrdinaryObject

    prototype = OrdinaryObject(realm.object_prototype)
    realm.date_prototype = prototype
    realm.date_constructor = constructor("Date", 7, prototype, call_date, construct_date)
    define_methods(realm.date_constructor, {"now": (now, 0), "parse": (parse, 1), "UTC": (utc, 7)})
    define_methods(prototype, TEXTS)
    define_methods(prototype, GETTERS)
    define_methods(prototype, SETTERS)
    prototype["toGMTString"] = Property(prototype["toUTCString"].value, True, False, True)
    install_to_primitive(prototype)
