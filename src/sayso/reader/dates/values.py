"""TIMEX3 values: building them from calendar arithmetic, and telling whether a string is one."""

import re
from datetime import date, timedelta

#: Months that a season begins in; a winter carries the year in which it begins.
SEASON_MONTH = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}
#: Days and months of the units that have a fixed number of them.
_DAYS = {"D": 1, "W": 7, "FN": 14}
_MONTHS = {"M": 1, "Q": 3, "Y": 12, "DE": 120, "CE": 1200}
#: How a duration counts each unit: TIMEX3 has no letter for quarters, decades and centuries that
#: readers of ISO 8601 know.
_DURATION = {
    "D": ("P", 1, "D"),
    "W": ("P", 1, "W"),
    "FN": ("P", 2, "W"),
    "M": ("P", 1, "M"),
    "Q": ("P", 3, "M"),
    "Y": ("P", 1, "Y"),
    "DE": ("P", 10, "Y"),
    "CE": ("P", 100, "Y"),
    "WE": ("P", 2, "D"),
    "H": ("PT", 1, "H"),
    "MIN": ("PT", 1, "M"),
    "S": ("PT", 1, "S"),
}

#: Half of a unit, in whole numbers of the next smaller one.
_HALF = {"H": "PT30M", "D": "PT12H", "Y": "P6M", "MIN": "PT30S"}

_AMOUNT = r"(?:\d{1,15}(?:\.\d{1,9})?|X)"
#: One unit, or two that follow one another.
_DURATION_FORM = re.compile(
    rf"P(?:{_AMOUNT}[DWMY](?:{_AMOUNT}[DWM]|T{_AMOUNT}[HMS])?|T{_AMOUNT}[HMS](?:{_AMOUNT}[MS])?)"
)
_DATE_FORM = re.compile(
    r"""
    (?P<year>\d{4}|XXXX)
    (?: -(?:Q[1-4X]|H[12]|SP|SU|FA|WI)
      | -W(?P<week>\d\d|XX)(?:-(?:WE|[1-7]))?
      | -(?P<month>\d\d|XX)(?:-(?P<day>\d\d|XX))?
    )?
    (?P<time>T(?:MO|AF|EV|NI|\d\d(?::\d\d){0,2}Z?))?
    """,
    re.VERBOSE,
)
_TIME_FORM = re.compile(
    r"T(?:(?P<hour>\d\d)(?::(?P<minute>\d\d)(?::(?P<second>\d\d))?)?Z?|[A-Z]{2})"
)
_OTHER_FORM = re.compile(r"(?:PRESENT|PAST|FUTURE)_REF|\d\d|\d{3}|FY\d{4}")


def is_timex_value(value: str) -> bool:
    """Whether ``value`` is a value that a Date record may have, down to the calendar."""
    if "/" in value:
        start, _, end = value.partition("/")
        return all(part == ".." or _is_date(part) for part in (start, end)) and start != end
    if _OTHER_FORM.fullmatch(value) or _DURATION_FORM.fullmatch(value):
        return True
    return _is_date(value)


def _is_date(value: str) -> bool:
    match = _DATE_FORM.fullmatch(value)
    if not match:
        return _OTHER_FORM.fullmatch(value) is not None
    year = int(match["year"]) if match["year"] != "XXXX" else 2000
    month, day, week = match["month"], match["day"], match["week"]
    try:
        if month and month != "XX":
            date(year, int(month), int(day) if day and day != "XX" else 1)
        if week and week != "XX":
            date.fromisocalendar(year, int(week), 1)
    except ValueError:
        return False
    return match["time"] is None or _is_time(match["time"])


def _is_time(value: str) -> bool:
    match = _TIME_FORM.fullmatch(value)
    if not match or match["hour"] is None:
        return match is not None
    return (
        int(match["hour"]) <= 24
        and int(match["minute"] or 0) <= 59
        and int(match["second"] or 0) <= 59
    )


def duration(count: float | None, unit: str) -> str:
    """A duration: ``duration(2.5, "Y") == "P2.5Y"``, ``duration(None, "D") == "PXD"``."""
    prefix, factor, letter = _DURATION[unit]
    if count == 0.5 and unit in _HALF:
        return _HALF[unit]
    if count is None:
        return f"{prefix}X{letter}"
    return (
        f"{prefix}{count * factor:.12g}{letter}" if count * factor < 1e12 else f"{prefix}X{letter}"
    )


def joined(first: str, second: str) -> str | None:
    """Two durations as one, the larger unit first: ``P2Y`` and ``P4M`` are ``P2Y4M``."""
    order = "YMWD"
    if "T" in first:
        whole = first + second[2:] if "T" in second else ""
        order = "HMS"
    elif "T" in second:
        return first + second[1:] if first[-1] == "D" else None
    else:
        whole = first + second[1:]
    letters = [letter for letter in whole if letter in order]
    if len(letters) != 2 or order.index(letters[0]) >= order.index(letters[1]):
        return None
    return whole if _DURATION_FORM.fullmatch(whole) else None


def day_value(day: date) -> str:
    """A day: ``2024-05-03``."""
    return day.isoformat()


def month_value(year: int, month: int) -> str:
    """A month: ``2024-05``."""
    return f"{year:04}-{month:02}"


def week_value(day: date) -> str:
    """The ISO week of a day: ``2024-W18``."""
    year, week, _ = day.isocalendar()
    return f"{year:04}-W{week:02}"


def add_months(day: date, months: int) -> date:
    """The first day of the month that lies ``months`` after the month of ``day``.

    Raises:
        ValueError: the calendar does not go so far.
    """
    total = day.year * 12 + day.month - 1 + months
    return date(total // 12, total % 12 + 1, 1)


def period(day: date, unit: str, shift: float = 0) -> str:
    """The day, week, month … that lies ``shift`` units after the one that holds ``day``.

    Raises:
        ValueError, OverflowError: the calendar does not go so far.
    """
    if unit == "WE":
        return week_value(day + timedelta(weeks=shift)) + "-WE"
    if unit in _DAYS:
        moved = day + timedelta(days=round(shift * _DAYS[unit]))
        return day_value(moved) if unit == "D" else week_value(moved)
    months = round(shift * _MONTHS[unit])
    moved = add_months(day, months)
    if shift != int(shift) or unit == "M":
        return month_value(moved.year, moved.month)
    if unit == "Q":
        return f"{moved.year:04}-Q{(moved.month + 2) // 3}"
    year = f"{moved.year:04}"
    return year[:3] if unit == "DE" else year[:2] if unit == "CE" else year


def season_value(day: date, season: str, shift: int) -> str:
    """The season before (-1), around (0) or after (1) a day: ``2023-WI``."""
    first = SEASON_MONTH[season]
    # The latest year in which this season had begun by ``day``, and whether it has ended.
    year = day.year if day.month >= first else day.year - 1
    running = (day.year - year) * 12 + day.month - first < 3
    if shift < 0:
        year -= running
    elif shift > 0:
        year += 1
    elif not running:
        # "this summer" is that of this year, whether before or behind.
        year = day.year
    return f"{year:04}-{season}"


def easter(year: int) -> date:
    """Easter Sunday of the Western churches (Anonymous Gregorian computus)."""
    golden = year % 19
    century, rest = divmod(year, 100)
    epact = (
        19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15
    ) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (rest // 4) - epact - rest % 4) % 7
    correction = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * correction + 114, 31)
    return date(year, month, day + 1)
