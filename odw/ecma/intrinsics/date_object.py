"""Date objects, and what their methods share."""

from __future__ import annotations

from math import nan
from typing import Any

from odw.ecma.abstract_ops.iteration_errors import incompatible_receiver
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


def this_time(this: Any, method: str = "") -> Any:
    """The time value of a method's receiver; V8 names all methods but the getters where it is no Date."""
    if not isinstance(this, DateObject):
        if method:
            raise incompatible_receiver(f"Date.prototype.{method}", this)
        raise type_error("this is not a Date object.")
    return this.time
