"""Time values and their fields in UTC, by day arithmetic on the proleptic Gregorian calendar (ECMA-262 21.4.1).

A time value is an ``int`` of milliseconds since 1970 within ±8.64e15, or NaN. NON-SPEC: the local time zone is UTC, so
that a run gives the same on every machine.
"""

from __future__ import annotations

from math import isfinite, nan
from typing import Any, Final, NamedTuple

MS_PER_DAY: Final = 86_400_000
MAX_TIME: Final = 8_640_000_000_000_000


class Fields(NamedTuple):
    """A time value taken apart; ``month`` 0 to 11, ``day`` 1 to 31, ``weekday`` 0 (Sunday) to 6."""

    year: int
    month: int
    day: int
    hours: int
    minutes: int
    seconds: int
    milliseconds: int
    weekday: int


def fields(time: int) -> Fields:
    """The fields of a finite time value."""
    days, rest = divmod(time, MS_PER_DAY)
    year, month, day = civil_from_days(days)
    rest, milliseconds = divmod(rest, 1000)
    rest, seconds = divmod(rest, 60)
    hours, minutes = divmod(rest, 60)
    return Fields(year, month, day, hours, minutes, seconds, milliseconds, (days + 4) % 7)


def days_from_civil(year: int, month: int, day: int) -> int:
    """Days since 1970-01-01; ``month`` 0 to 11; any ``day``. Years begin in March here, so that leap days end them."""
    year -= month < 2
    era, year_of_era = divmod(year, 400)
    day_of_year = (153 * ((month + 10) % 12) + 2) // 5 + day - 1
    return era * 146097 + year_of_era * 365 + year_of_era // 4 - year_of_era // 100 + day_of_year - 719468


def civil_from_days(days: int) -> tuple[int, int, int]:
    """(year, month 0 to 11, day) of a day number: the inverse of ``days_from_civil``."""
    era, day_of_era = divmod(days + 719468, 146097)
    year_of_era = (day_of_era - day_of_era // 1460 + day_of_era // 36524 - day_of_era // 146096) // 365
    day_of_year = day_of_era - (365 * year_of_era + year_of_era // 4 - year_of_era // 100)
    shifted = (5 * day_of_year + 2) // 153  # 0 is March
    month = (shifted + 2) % 12
    day = day_of_year - (153 * shifted + 2) // 5 + 1
    return year_of_era + era * 400 + (month < 2), month, day


def make_time(*parts: Any) -> Any:
    """MakeTime (21.4.1.27) of hour, minute, second and millisecond: numbers in, milliseconds or NaN out.

    The sum is of doubles, left to right, as the operators of a script would have it; it is exact for usual arguments.
    """
    total = 0.0
    for part, unit in zip(parts, (3_600_000, 60_000, 1000, 1), strict=True):
        if not isfinite(part):
            return nan
        total += float(int(part)) * unit
    return int(total) if isfinite(total) else nan


def make_day(year: Any, month: Any, date: Any) -> Any:
    """MakeDay (21.4.1.28): a day number or NaN."""
    if not (isfinite(year) and isfinite(month) and isfinite(date)):
        return nan
    years, month_of_year = divmod(int(month), 12)
    whole_year = int(year) + years
    if abs(whole_year) > 400_000:  # beyond every time value, whatever the date
        return nan
    return float(days_from_civil(whole_year, month_of_year, 1)) + int(date) - 1


def make_date(day: Any, time: Any) -> Any:
    """MakeDate (21.4.1.29), in doubles too; the result is for ``time_clip``."""
    return day * float(MS_PER_DAY) + time


def make_full_year(year: Any) -> Any:
    """MakeFullYear (21.4.1.30): 0 to 99 mean 1900 to 1999."""
    if not isfinite(year):
        return nan
    whole = int(year)
    return 1900 + whole if 0 <= whole <= 99 else whole


def time_clip(time: Any) -> Any:
    """TimeClip (21.4.1.31): the time value, an int, or NaN."""
    if type(time) is float:
        if not isfinite(time):
            return nan
        time = int(time)
    return time if -MAX_TIME <= time <= MAX_TIME else nan
