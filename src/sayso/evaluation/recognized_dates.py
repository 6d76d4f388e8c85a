"""Whether a date that was read says what a date of Recognizers-Text says.

Recognizers-Text writes TIMEX3 with its own additions: ranges as ``(start,end,length)``, hours as
``T15``, and, where the words leave a date open, values on both sides of the reference. A date is
met by a record of the same value, of one of the values, or of the same days.
"""

import re
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from sayso.records import Date

_HOUR = re.compile(r"T(\d\d)$")
#: Parts of a day, weekend and names for a part of a year that the two write alike.
_MONTHS = {"Q1": 1, "Q2": 4, "Q3": 7, "Q4": 10, "H1": 1, "H2": 7}
_SEASONS = {"SP", "SU", "FA", "WI"}


def same_date(read: Date, resolution: dict[str, Any]) -> bool:
    """Whether a date that was read is the one that ``resolution`` names."""
    values = resolution.get("values") or []
    return any(_same(read, value) for value in values)


def _same(read: Date, value: dict[str, str]) -> bool:
    timex = value.get("timex", "")
    plain = _full_hour(read.value)
    wanted = {_full_hour(timex), _full_hour(value.get("value", "").replace(" ", "T"))}
    if plain in wanted:
        return True
    # A ledger of news gives a time of day its day where these cases leave it out, and the year
    # or month where they cut it ("early 2025").
    if timex.startswith("T") and "T" in plain and plain[plain.index("T") :] in wanted:
        return True
    if value.get("Mod") and plain in (timex, value.get("start", "")[: len(plain)]):
        return True
    days = days_of(read.value)
    if days and "start" in value and "end" in value:
        return [day.isoformat() for day in days] == [value["start"][:10], value["end"][:10]]
    length = re.fullmatch(r"\(.*,(P[^)]*)\)", timex)
    return length is not None and read.value == length[1]


def _full_hour(value: str) -> str:
    value = _HOUR.sub(r"T\1:00", value.removesuffix("Z"))
    return re.sub(r"(T\d\d:\d\d):00$", r"\1", value)


def days_of(value: str) -> tuple[date, date] | None:
    """The start and end of a value as Recognizers-Text gives them, None where it means no stretch.

    The end is the day after the last; that of an interval the first day of its second end.

    Args:
        value: a value of a Date record: "2024", "2024-05", "2024-W18", "2024-05-03/2024-05-09".
    """
    first, interval, last = value.partition("/")
    start = _days(first)
    if not interval:
        return start
    end = _days(last)
    return (start[0], end[0]) if start and end else None


def _days(value: str) -> tuple[date, date] | None:
    try:
        if re.fullmatch(r"\d{4}-\d\d-\d\d", value):
            day = date.fromisoformat(value)
            return day, day + timedelta(days=1)
        if week := re.fullmatch(r"(\d{4})-W(\d\d)(-WE)?", value):
            monday = date.fromisocalendar(int(week[1]), int(week[2]), 1)
            start = monday + timedelta(days=5) if week[3] else monday
            return start, monday + timedelta(days=7)
        if re.fullmatch(r"\d{2,4}", value):
            years = 10 ** (4 - len(value))
            return date(int(value) * years, 1, 1), date((int(value) + 1) * years, 1, 1)
        year, _, rest = value.partition("-")
        if rest in _SEASONS or not rest:
            return None
        month = _MONTHS.get(rest) or int(rest)
        months = 3 if rest[0] == "Q" else 6 if rest[0] == "H" else 1
        after = int(year) * 12 + month - 1 + months
        return date(int(year), month, 1), date(after // 12, after % 12 + 1, 1)
    except ValueError:
        return None


def near(dates: Iterable[Date], start: int, end: int) -> list[Date]:
    """The dates that share characters with a stretch of text."""
    return [d for d in dates if d.span.start < end and start < d.span.end]
