"""The day on or soon after which a text was written, inferred from the dates that it names."""

from datetime import date

from sayso.reader.dates.context import FAR, NEAR, Found
from sayso.reader.dates.resolve import read_dates
from sayso.reader.dates.syntax import ParsedSyntax


def inferred_day(text: str, syntax: ParsedSyntax) -> str | None:
    """The reference as an ISO 8601 day, or month where no day can be had; None where nothing tells.

    The latest date that the text names in full as past bounds the text from below. A yearless day,
    first of all one on which something was told, is in the first year that does not put it before
    that bound; the latest such day is the reference. Without one it is the bound itself.
    """
    full: list[tuple[date, str]] = []
    yearless: list[tuple[Found, bool]] = []
    for item in read_dates(text, None, syntax):
        if item.stated is None or item.kind != "date":
            continue
        year, month, named = item.stated
        ahead = syntax.tense(item.start, item.end) in ("future", "firm")
        if ahead:
            continue
        if year:
            full.append((date(year, month or 1, named or 1), item.value))
        elif month and named:
            yearless.append((item, syntax.reports(item.start, item.end)))
    if not full:
        return None
    bound, value = max(full)
    told = [item for item, reports in yearless if reports] or [item for item, _ in yearless]
    days = [day for item in told if (day := _first_after(item, bound))]
    if days:
        return max(*days, bound).isoformat() if len(value) == 10 else max(days).isoformat()
    return value if len(value) >= 7 else None


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
