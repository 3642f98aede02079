"""``new Date(instant)``, in UTC: a workflow has no clock, so an instant has to be given."""

from __future__ import annotations

from collections.abc import Callable
from math import nan
from typing import Any, ClassVar

from odw.dsl.javascript import errors
from odw.dsl.javascript.values import number, units


class Date:
    """An instant: ``time`` is in milliseconds since 1970, NaN for an invalid one."""

    METHODS: ClassVar[dict[str, Callable[..., Any]]] = {}

    def __init__(self, *given: Any) -> None:
        if not given:
            raise errors.Error(
                "a workflow has no clock, so that it can be resumed: pass timestamps in through args"
            )
        first = given[0]
        self.time: int | float = first.time if isinstance(first, Date) else _time_of(*given)

    def javascript_text(self) -> str:
        return self.iso()

    def javascript_json(self) -> Any:
        return self.iso() if self.time == self.time else None

    def javascript_number(self) -> int | float:
        return self.time

    def iso(self) -> str:
        """``toISOString()``. Raises RangeError for an invalid date."""
        from datetime import UTC, datetime, timedelta

        if self.time != self.time:
            raise errors.RangeError("Invalid time value")
        moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=int(self.time))
        return moment.strftime("%Y-%m-%dT%H:%M:%S.") + f"{moment.microsecond // 1000:03}Z"


def _time_of(*given: Any) -> int | float:
    if len(given) > 1:
        return utc(*given)
    return parse(given[0]) if isinstance(given[0], str) else number(given[0])


def parse(value: Any) -> int | float:
    """``Date.parse(value)``."""
    from odw.ecma.date_parse import parse_date

    found: int | float = parse_date(units(value))
    return found


def utc(year: Any, month: Any = 0, day: Any = 1, *clock: Any) -> int | float:
    """``Date.UTC(…)``."""
    from datetime import UTC, datetime, timedelta

    if any(number(item) != number(item) for item in (year, month, day, *clock)):
        return nan
    months = int(number(year)) * 12 + int(number(month))
    moment = datetime(months // 12, months % 12 + 1, 1, tzinfo=UTC)
    units_of_time = zip(("hours", "minutes", "seconds", "milliseconds"), clock, strict=False)
    moment += timedelta(
        days=int(number(day)) - 1, **{name: int(number(item)) for name, item in units_of_time}
    )
    return round((moment - datetime(1970, 1, 1, tzinfo=UTC)) / timedelta(milliseconds=1))


def _field(read: Callable[[Any], Any]) -> Callable[[Date], Any]:
    from datetime import UTC, datetime, timedelta

    def field(date: Date) -> Any:
        if date.time != date.time:
            return nan
        return read(datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=int(date.time)))

    return field


for _name, _read in {
    "FullYear": lambda moment: moment.year,
    "Month": lambda moment: moment.month - 1,
    "Date": lambda moment: moment.day,
    "Day": lambda moment: moment.isoweekday() % 7,
    "Hours": lambda moment: moment.hour,
    "Minutes": lambda moment: moment.minute,
    "Seconds": lambda moment: moment.second,
    "Milliseconds": lambda moment: moment.microsecond // 1000,
}.items():
    Date.METHODS[f"get{_name}"] = Date.METHODS[f"getUTC{_name}"] = _field(_read)
Date.METHODS.update(
    {
        "getTime": lambda date: date.time,
        "valueOf": lambda date: date.time,
        "toISOString": Date.iso,
        "toJSON": Date.javascript_json,
        "toString": Date.javascript_text,
        "getTimezoneOffset": lambda date: 0,
    }
)

__all__ = ["Date", "parse", "utc"]
