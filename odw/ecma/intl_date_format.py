"""Dates as en-US text in UTC: what Intl.DateTimeFormat and Date's toLocaleString write (ECMA-402 section 11).

``options`` is a dict of the component options (``weekday era year month day hour minute second fractionalSecondDigits
timeZoneName``, absent or with the values of ECMA-402), or of ``dateStyle`` and ``timeStyle``; ``hourCycle`` is one of
h11, h12, h23, h24. A result is a list of parts ``(type, value)``. The patterns are those of the CLDR for English.
"""

from __future__ import annotations

from typing import Any, TypeAlias

from odw.ecma.date_math import Fields, fields

Part: TypeAlias = tuple[str, str]

WEEKDAYS = ("Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday")
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_BEFORE_AM = "\u202f"
_ERAS = {"long": ("Anno Domini", "Before Christ"), "short": ("AD", "BC"), "narrow": ("A", "B")}
_ZONES = {
    "short": "UTC",
    "long": "Coordinated Universal Time",
    "shortOffset": "GMT+0",
    "longOffset": "GMT+00:00",
    "shortGeneric": "GMT+0",
    "longGeneric": "GMT+00:00",
}
_DATE_STYLES: dict[str, dict[str, str]] = {
    "full": {"weekday": "long", "year": "numeric", "month": "long", "day": "numeric"},
    "long": {"year": "numeric", "month": "long", "day": "numeric"},
    "medium": {"year": "numeric", "month": "short", "day": "numeric"},
    "short": {"year": "2-digit", "month": "numeric", "day": "numeric"},
}
_TIME_STYLES: dict[str, dict[str, str]] = {
    "full": {"hour": "numeric", "minute": "2-digit", "second": "2-digit", "timeZoneName": "long"},
    "long": {"hour": "numeric", "minute": "2-digit", "second": "2-digit", "timeZoneName": "short"},
    "medium": {"hour": "numeric", "minute": "2-digit", "second": "2-digit"},
    "short": {"hour": "numeric", "minute": "2-digit"},
}


def format_date(time: int, options: dict[str, Any]) -> str:
    """The text of a finite time value."""
    text = "".join(value for _, value in format_date_to_parts(time, options))
    return text.replace(_BEFORE_AM, " ")  # as V8 does, for programs that know no other space


def format_date_to_parts(time: int, options: dict[str, Any]) -> list[Part]:
    """FormatDateTimeToParts (11.5.7)."""
    chosen = {
        **_DATE_STYLES.get(options.get("dateStyle", ""), {}),
        **_TIME_STYLES.get(options.get("timeStyle", ""), {}),
        **options,
    }
    at = fields(time)
    date = _date_parts(at, chosen)
    clock = _time_parts(at, chosen)
    if not date or not clock:
        return date or clock
    if chosen.get("month") == "long":
        between = " at "
    elif len(date) == 1 and date[0][0] == "weekday" and _follows_weekday({kind for kind, _ in clock}):
        between = " "
    else:
        between = ", "
    return [*date, ("literal", between), *clock]


def _follows_weekday(clock: set[str]) -> bool:
    """Whether the CLDR has one pattern for a weekday with such a time; two patterns are joined by a comma."""
    return "hour" in clock and bool(clock & {"dayPeriod", "minute"}) and "timeZoneName" not in clock


def _date_parts(at: Fields, options: dict[str, Any]) -> list[Part]:
    weekday, month, day = _weekday(at, options), _month(at, options), _day(at, options)
    year = _year(at, options)
    textual = options.get("month") in ("long", "short", "narrow")
    parts: list[Part] = []
    if month and day:
        parts = [month, ("literal", " " if textual else "/"), day]
        if year:
            parts += [("literal", ", " if textual else "/"), year]
        if weekday:
            parts = [weekday, ("literal", ", "), *parts]
            weekday = None
    elif month and year:
        parts = [month, ("literal", " " if textual else "/"), year]
    elif month:
        parts = [month]
    elif year:
        parts = [year]
        if day and (options["year"], options["day"]) == ("2-digit", "numeric"):
            parts = [day, ("literal", " "), year]
        elif day:
            parts += [("literal", " (day: "), day, ("literal", ")")]
    elif day:
        parts = [day]
    if options.get("era"):
        parts += [("literal", " ")] if parts else []
        parts.append(("era", _ERAS[options["era"]][at.year <= 0]))
    if weekday:
        parts = [*parts, ("literal", " "), weekday] if parts else [weekday]
    return parts


def _named(names: tuple[str, ...], index: int, width: str) -> str:
    name = names[index]
    return name if width == "long" else name[:3] if width == "short" else name[0]


def _weekday(at: Fields, options: dict[str, Any]) -> Part | None:
    width = options.get("weekday")
    return ("weekday", _named(WEEKDAYS, at.weekday, width)) if width else None


def _month(at: Fields, options: dict[str, Any]) -> Part | None:
    width = options.get("month")
    if not width:
        return None
    if width in ("numeric", "2-digit"):
        return ("month", _number(at.month + 1, width))
    return ("month", _named(MONTHS, at.month, width))


def _day(at: Fields, options: dict[str, Any]) -> Part | None:
    width = options.get("day")
    return ("day", _number(at.day, width)) if width else None


def _year(at: Fields, options: dict[str, Any]) -> Part | None:
    width = options.get("year")
    if not width:
        return None
    year = at.year if at.year > 0 else 1 - at.year
    return ("year", f"{year % 100:02d}" if width == "2-digit" else str(year))


def _number(value: int, width: str) -> str:
    return f"{value:02d}" if width == "2-digit" else str(value)


def _time_parts(at: Fields, options: dict[str, Any]) -> list[Part]:
    parts: list[Part] = []
    hour = options.get("hour")
    cycle = options.get("hourCycle", "h12")
    if hour:
        parts.append(("hour", _hour(at.hours, hour, cycle)))
    if options.get("minute"):
        if parts:
            parts.append(("literal", ":"))
        padded = hour or options.get("second")
        parts.append(("minute", f"{at.minutes:02d}" if padded else str(at.minutes)))
    if options.get("second"):
        if parts:
            parts.append(("literal", ":"))
        parts.append(("second", f"{at.seconds:02d}" if len(parts) > 0 else str(at.seconds)))
    digits = options.get("fractionalSecondDigits")
    if digits:
        if parts:
            parts.append(("literal", "."))
        parts.append(("fractionalSecond", f"{at.milliseconds:03d}"[:digits]))
    if hour and cycle in ("h11", "h12"):
        parts += [("literal", _BEFORE_AM), ("dayPeriod", "AM" if at.hours < 12 else "PM")]
    if options.get("timeZoneName"):
        if parts:
            lone_hour = len(parts) == 1 and parts[0][0] == "hour"
            parts.append(("literal", "h " if lone_hour else " "))
        parts.append(("timeZoneName", _ZONES[options["timeZoneName"]]))
    return parts


def _hour(hours: int, width: str, cycle: str) -> str:
    if cycle == "h23":
        return f"{hours:02d}"
    if cycle == "h24":
        return f"{hours or 24:02d}"
    hours %= 12
    return _number(hours if cycle == "h11" else hours or 12, width)
