"""``Date.parse``: the Date Time String Format of ECMA-262 21.4.1.32, and the older forms that V8 takes besides.

The older forms are read word by word, as V8's documentation of its parser says: numbers followed by ``:`` are a time, other
numbers are a date (month first, unless the first number can be no day), words before the first number do not
matter, text in parentheses does not either, and a sign after a time begins an offset from UTC.
"""

from __future__ import annotations

import re
from math import nan
from typing import Any

from odw.ecma.date_math import make_date, make_day, make_time, time_clip
from odw.ecma.regexp.charset import SPACE_MEMBERS

_ISO = re.compile(
    r"(?P<year>[0-9]{4}|[+-][0-9]{6})(?:-(?P<month>[0-9]{2})(?:-(?P<day>[0-9]{2}))?)?"
    r"(?:T(?P<hour>[0-9]{2}):(?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2})(?:\.(?P<fraction>[0-9]+))?)?"
    r"(?P<zone>Z|[+-][0-9]{2}:?[0-9]{2})?)?",
    re.IGNORECASE,
)
_LOOKS_LIKE_ISO_TIME = re.compile(
    r"(?:[0-9]{4}|[+-][0-9]{6})(?:-[0-9]{2}(?:-[0-9]{2})?)?T(?![A-Z])", re.IGNORECASE
)
_TOKEN = re.compile(
    rf"[0-9]+|[{SPACE_MEMBERS}]+|(?:(?![{SPACE_MEMBERS}])[A-Za-z\[-`{{-\uffff])+|.", re.DOTALL
)
_SPACE = re.compile(f"[{SPACE_MEMBERS}]")

_MONTHS = {
    name: number
    for number, name in enumerate(
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], start=1
    )
}
_ZONES = {
    "utc": 0,
    "ut": 0,
    "gmt": 0,
    "z": 0,
    "est": -5,
    "edt": -4,
    "cst": -6,
    "cdt": -5,
    "mst": -7,
    "mdt": -6,
    "pst": -8,
    "pdt": -7,
}


def parse_date(text: str) -> Any:
    """The time value that the text means, or NaN."""
    match = _ISO.fullmatch(text)
    if match is not None:
        return _iso_time_value(match)
    if _LOOKS_LIKE_ISO_TIME.match(text):
        return nan
    return _LegacyParser(text).parse()


def _iso_time_value(match: re.Match[str]) -> Any:
    part = match.groupdict()
    year = part["year"]
    month, day = int(part["month"] or 1), int(part["day"] or 1)
    hour, minute, second = int(part["hour"] or 0), int(part["minute"] or 0), int(part["second"] or 0)
    millisecond = milliseconds_of(part["fraction"] or "0")
    if year == "-000000" or not (1 <= month <= 12 and 1 <= day <= 31):
        return nan
    if hour > 24 or minute > 59 or second > 59 or (hour == 24 and (minute or second or millisecond)):
        return nan
    offset = 0
    zone = part["zone"]
    if zone is not None and zone not in "zZ":
        zone_hour, zone_minute = int(zone[1:3]), int(zone[-2:])
        if zone_hour > 23 or zone_minute > 59:
            return nan
        offset = (zone_hour * 60 + zone_minute) * (-60_000 if zone[0] == "-" else 60_000)
    return _time_value(int(year), month, day, (hour, minute, second, millisecond), offset)


def milliseconds_of(digits: str) -> int:
    """The first three digits of a fraction of a second."""
    return int(digits[:3].ljust(3, "0"))


def _time_value(year: int, month: int, day: int, time: tuple[int, int, int, int], offset: int) -> Any:
    return time_clip(make_date(make_day(year, month - 1, day), make_time(*time)) - offset)


class _LegacyParser:
    def __init__(self, text: str) -> None:
        self.tokens = _tokens(text)
        self.position = 0
        self.numbers: list[int] = []
        self.named_month = 0
        self.time: list[int] = []
        self.half_day: int | None = None  # 0 after AM, 12 after PM
        self.zone_sign = 0
        self.zone_hour: int | None = None
        self.zone_minute: int | None = None
        self.seen_number = False

    def peek(self) -> str:
        return self.tokens[self.position] if self.position < len(self.tokens) else ""

    def skip(self, symbol: str) -> bool:
        if self.peek() == symbol:
            self.position += 1
            return True
        return False

    def leading_date(self) -> None:
        """A date as in the standard's format, at the beginning, is read as such whatever follows it."""
        sign = self.peek() if self.peek() in ("+", "-") else ""
        year = self.tokens[1] if sign and len(self.tokens) > 1 else self.peek()
        if not _is_digits(year, 6 if sign else 4) or (sign == "-" and year == "000000"):
            return
        self.position = 2 if sign else 1
        self.numbers.append(int(sign + year))
        self.seen_number = True
        for highest in (12, 31):
            if not self.skip("-"):
                return
            part = self.peek()
            if not _is_digits(part, 2) or not 1 <= int(part) <= highest:
                return
            self.position += 1
            self.numbers.append(int(part))

    def parse(self) -> Any:
        self.leading_date()
        while self.position < len(self.tokens):
            token = self.tokens[self.position]
            self.position += 1
            if token[0] in "0123456789":
                self.seen_number = True
                accepted = self.number(token)
            elif token[0] >= "A" and not _SPACE.match(token):
                accepted = self.word(token.lower())
            elif token in "+-" and (self.time or (self.zone_hour == 0 and self.zone_minute == 0)):
                accepted = self.offset(token)
            else:
                accepted = not (token in "+-)" and self.seen_number)
            if not accepted:
                return nan
        return self.result()

    def number(self, token: str) -> bool:
        value = int(token.lstrip("0")[:9] or "0")
        if self.skip(":"):
            if self.skip(":"):
                if self.time:
                    return False
                self.time = [value, 0]
                return True
            if len(self.time) == 4:
                return False
            self.time.append(value)
            self.skip(".")
            return True
        dotted = self.skip(".")
        if dotted and self.expects_in_time(value):
            self.time.append(value)
            fraction = self.peek()
            if not fraction or fraction[0] not in "0123456789":
                return False
            self.position += 1
            self.time.append(milliseconds_of(fraction))
            self.time = [*self.time, 0, 0, 0][:4]
            return True
        if self.zone_hour is not None and self.zone_minute is None and value < 60:
            self.zone_minute = value
            return True
        if self.expects_in_time(value):
            self.time.append(value)
            self.time += [0] * (4 - len(self.time))
            following = self.peek()
            return (
                not following
                or _SPACE.match(following) is not None
                or following in "+-"
                or following.lower() == "z"
            )
        if len(self.numbers) == 3:
            return False
        self.numbers.append(value)
        self.skip("-")
        return True

    def expects_in_time(self, value: int) -> bool:
        """Whether the number can go on a time: its minutes, seconds or milliseconds."""
        known = len(self.time)
        return (known in (1, 2) and value < 60) or (known == 3 and value < 1000)

    def word(self, word: str) -> bool:
        if word in ("am", "pm") and self.time:
            self.half_day = 0 if word == "am" else 12
        elif word[:3] in _MONTHS:
            self.named_month = _MONTHS[word[:3]]
            self.skip("-")
        elif word in _ZONES and self.seen_number:
            self.zone_sign = -1 if _ZONES[word] < 0 else 1
            self.zone_hour, self.zone_minute = abs(_ZONES[word]), 0
        else:
            following = self.peek()
            return not self.seen_number and not (following and following[0] in "0123456789")
        return True

    def offset(self, sign: str) -> bool:
        self.zone_sign = -1 if sign == "-" else 1
        digits = ""
        if self.peek() and self.peek()[0] in "0123456789":
            digits = self.peek()
            self.position += 1
        self.seen_number = True
        value = int(digits or "0")
        if self.peek() == ":":
            self.zone_hour, self.zone_minute = value, None
        elif len(digits) in (1, 2):
            self.zone_hour, self.zone_minute = value, 0
        elif len(digits) in (3, 4):
            self.zone_hour, self.zone_minute = divmod(value, 100)
        else:
            return False
        return True

    def result(self) -> Any:
        date = self.date()
        time = self.time + [0] * (4 - len(self.time))
        if date is None:
            return nan
        if self.half_day is not None:
            if time[0] > 12:
                return nan
            time[0] = time[0] % 12 + self.half_day
        hour, minute, second, millisecond = time
        if (hour > 23 or minute > 59 or second > 59 or millisecond > 999) and time != [24, 0, 0, 0]:
            return nan
        offset = ((self.zone_hour or 0) * 60 + (self.zone_minute or 0)) * 60_000 * self.zone_sign
        return _time_value(*date, (hour, minute, second, millisecond), offset)

    def date(self) -> tuple[int, int, int] | None:
        """(year, month, day) from the numbers, of which missing ones are 1."""
        if not self.numbers:
            return None
        first, second, third = self.numbers + [1] * (3 - len(self.numbers))
        first_is_day = 1 <= first <= 31
        if self.named_month:
            month = self.named_month
            day, year = (first, second) if first_is_day else (second, first)
        elif first_is_day:
            month, day, year = first, second, third
        else:
            year, month, day = first, second, third
        if 0 <= year <= 49:
            year += 2000
        elif 50 <= year <= 99:
            year += 1900
        return (year, month, day) if 1 <= month <= 12 and 1 <= day <= 31 else None


def _is_digits(token: str, count: int) -> bool:
    return len(token) == count and token.isascii() and token.isdigit()


def _tokens(text: str) -> list[str]:
    """Numbers, words, runs of white space, single symbols, and what parentheses hold as one token."""
    result: list[str] = []
    depth = 0
    for token in _TOKEN.findall(text):
        if token == "(":
            depth += 1
            if depth == 1:
                result.append("(…)")
        elif token == ")" and depth:
            depth -= 1
        elif depth == 0:
            result.append(token)
    return result
