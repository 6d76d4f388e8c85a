"""From the words of a text to its dates: each expression by the reader of its form."""

from collections.abc import Callable
from datetime import date

from sayso.reader.dates import amounts, calendar, clocks, feasts, periods, ranges, relative
from sayso.reader.dates.context import Context, Found, NoSyntax, Syntax
from sayso.reader.dates.grammar import Expression, next_expression, other_readings
from sayso.reader.dates.values import is_timex_value
from sayso.reader.dates.words import scan

_READERS: dict[str, Callable[[Expression, Context], list[Found] | None]] = {
    "numeric": calendar.read_numeric,
    "range": ranges.read_range,
    "several": ranges.read_several,
    "clock": clocks.read_clock,
    "feast": feasts.read_feast,
    "fiscal": periods.read_fiscal,
    "quarter": periods.read_quarter,
    "half": periods.read_half,
    "day_of_month": calendar.read_day_of_month,
    "part_of_month": calendar.read_part_of_month,
    "calendar": calendar.read_calendar,
    "season": periods.read_season,
    "weekday": relative.read_weekday,
    "deictic": relative.read_deictic,
    "day_part": relative.read_day_part,
    "ago": relative.read_ago,
    "later": relative.read_later,
    "period_ref": amounts.read_period_ref,
    "period": amounts.read_period,
    "shifted": relative.read_shifted,
    "each": amounts.read_each,
    "duration": amounts.read_duration,
    "decade": periods.read_decade,
    "century": periods.read_century,
    "year": calendar.read_year,
    "adverb": amounts.read_adverb,
    "reference": amounts.read_reference,
}


def read_dates(
    text: str, reference: str | None = None, syntax: Syntax | None = None
) -> list[Found]:
    """All expressions of time of a text, in order, without overlaps.

    Args:
        text: the text.
        reference: the day to read against (ISO 8601; a month or a year will do), or None.
        syntax: answers about the parse; without it the words speak for themselves.
    """
    now, exact = reference_day(reference)
    words = scan(text)
    context = Context(text, syntax or NoSyntax(), now, exact)
    position = 0
    while (expression := next_expression(words, position)) is not None:
        found, last = _read(expression, context)
        context.found += found
        position = max(last, expression.first + 1)
    clocks.date_clocks(context.found, context)
    return [item for item in context.found if is_timex_value(item.value)]


def _read(expression: Expression, context: Context) -> tuple[list[Found], int]:
    """What an expression means, by the first form that makes sense, and where to go on."""
    found = _read_as(expression, context)
    if found is None:
        for other in other_readings(expression):
            found = _read_as(other, context)
            if found is not None:
                expression = other
                break
    if not found:
        return [], expression.first + 1
    starts, index = expression.words.starts, expression.last
    # A reader may take fewer words than the form: go on behind them.
    while index > expression.first + 1 and starts[index - 1] >= found[-1].end:
        index -= 1
    return found, index


def _read_as(expression: Expression, context: Context) -> list[Found] | None:
    """What the reader of its form makes of it; None where that lies beyond the calendar."""
    try:
        return _READERS[expression.form](expression, context)
    except (ValueError, OverflowError):
        return None


def reference_day(reference: str | None) -> tuple[date | None, bool]:
    """The day of an ISO 8601 date and True; of a month or year the last day and False."""
    if not reference:
        return None, False
    try:
        return date.fromisoformat(reference[:10]), True
    except ValueError:
        pass
    pieces = reference[:7].split("-")
    try:
        year = int(pieces[0])
        month = int(pieces[1]) if len(pieces) > 1 else 12
        last = date(year + month // 12, month % 12 + 1, 1)
    except (ValueError, IndexError):
        return None, False
    return date.fromordinal(last.toordinal() - 1), False
