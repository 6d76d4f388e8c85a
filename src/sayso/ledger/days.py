"""Days to sort by: the first day of a TIMEX3 or EDTF value, so that text order is time order."""

import re
from datetime import date

_ISO = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")
_WEEK = re.compile(r"(\d{4})-W(\d{2})(?:-WE)?")
_QUARTER = re.compile(r"(\d{4})-Q([1-4])")
_SEASON = {"SP": "03", "SU": "06", "FA": "09", "WI": "12"}


def day_of(value: str | None) -> str | None:
    """The start of a date's value, as ``2024``, ``2024-06`` or ``2024-06-03``.

    Args:
        value: a TIMEX3 value or an interval ``a/b``; ``None`` and values that name no day of the
            calendar ("P5Y", "PAST_REF") give ``None``.
    """
    if not value:
        return None
    start = value.split("/")[0]
    if week := _WEEK.match(start):
        try:
            return date.fromisocalendar(int(week[1]), int(week[2]), 1).isoformat()
        except ValueError:
            return week[1]
    if quarter := _QUARTER.match(start):
        return f"{quarter[1]}-{3 * int(quarter[2]) - 2:02}"
    if start[5:7] in _SEASON and start[:4].isdigit():
        return f"{start[:4]}-{_SEASON[start[5:7]]}"
    found = _ISO.match(start)
    return found[0] if found else None


def day_number(day: str | None) -> int | None:
    """The number of a whole day, from the first of year 1 on; ``None`` for a month or a year."""
    try:
        return date.fromisoformat(day or "").toordinal()
    except ValueError:
        return None
