"""The day on or soon after which a text was written, inferred from the dates that it names."""

import re
from datetime import date

from sayso.reader.dates.context import FAR, NEAR, Found
from sayso.reader.dates.resolve import read_dates
from sayso.reader.dates.syntax import ParsedSyntax, looking_back

#: Behind the day of a dateline: "KLOW, Oct. 7 (Reuters) - ".
_DATELINE_TAIL = re.compile(r"\s{0,2}(?:\([^()\n]{1,40}\)\s{0,2})?[-–—_]{1,2}\s")
_DATELINE_HEAD = 60
#: Characters before a date in which the word before it stands.
_WORD = 12


def inferred_day(text: str, syntax: ParsedSyntax) -> str | None:
    """The reference as an ISO 8601 day, or month where no day can be had; None where nothing tells.

    The latest date that the text names in full as past bounds the text from below. A yearless day,
    first of all that of a dateline, then one on which something was told, is in the first year that
    does not put it before that bound; the latest such day is the reference. Without one it is the
    bound itself.
    """
    full: list[tuple[date, str]] = []
    yearless: list[tuple[Found, bool]] = []
    for item in read_dates(text, None, syntax):
        if item.stated is None or item.kind != "date":
            continue
        year, month, named = item.stated
        before = text[max(0, item.start - _WORD) : item.start].split()[-1:]
        back = bool(looking_back().intersection(before))
        if not back and syntax.tense(item.start, item.end) in ("future", "firm"):
            continue
        if year:
            full.append((date(year, month or 1, named or 1), item.value))
        elif month and named:
            yearless.append((item, syntax.reports(item.start, item.end)))
    if not full:
        return None
    bound, value = max(full)
    told = (
        [item for item, _ in yearless if _in_dateline(text, item)]
        or [item for item, reports in yearless if reports]
        or [item for item, _ in yearless]
    )
    days = [day for item in told if (day := _first_after(item, bound))]
    if days:
        return max(*days, bound).isoformat() if len(value) == 10 else max(days).isoformat()
    return value if len(value) >= 7 else None


def _in_dateline(text: str, item: Found) -> bool:
    """Whether a day stands in the line of place and date that opens a paragraph."""
    block = text.rfind("\n\n", 0, item.start)
    head = text[block + 2 if block >= 0 else 0 : item.start].rstrip()
    return (
        len(head) <= _DATELINE_HEAD
        and head.endswith(",")
        and _DATELINE_TAIL.match(text, item.end) is not None
    )


def _first_after(item: Found, bound: date) -> date | None:
    """The first day of this name on or after the bound; the last before it where that is near."""
    assert item.stated is not None
    _, month, day = item.stated
    days = []
    for year in range(max(1, bound.year - 1), min(9999, bound.year + 8) + 1):
        try:
            days.append(date(year, month or 1, day or 1))
        except ValueError:
            continue
    after = next((d for d in days if d >= bound), None)
    before = [d for d in days if d < bound]
    if after and before and (after - bound).days > FAR and (bound - before[-1]).days < NEAR:
        return before[-1]
    return after
