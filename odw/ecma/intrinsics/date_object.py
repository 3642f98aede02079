"""Date objects, and what their methods share."""

from __future__ import annotations

from math import nan
from typing import Any

from odw.ecma.completion import type_error
from odw.ecma.values import OrdinaryObject


class DateObject(OrdinaryObject):
    """A Date instance; ``time`` is its time value (``date_math``): an int, or NaN."""

    __slots__ = ("time",)
    class_name = "Date"

    def __init__(self, proto: Any, time: Any = nan) -> None:
        self._proto = proto
        self.extensible = True
        self.time: Any = time


def this_time(this: Any) -> Any:
    """The time value of a method's receiver."""
    if not isinstance(this, DateObject):
        raise type_error("this is not a Date object.")
    return this.time
