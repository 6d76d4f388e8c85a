"""Dates of the calendar: days, months and years, by name or in digits."""

from datetime import date, timedelta

from sayso.reader.dates import values
from sayso.reader.dates.context import Context, Found
from sayso.reader.dates.grammar import Expression, members
from sayso.records import Anchor

_Stated = tuple[int | None, int | None, int | None]
#: Years that a bare number of four digits may mean; others need a preposition.
_BARE_YEARS = range(1900, 2100)


def found_date(
    expression: Expression, value: str, anchor: Anchor, stated: _Stated | None = None
) -> list[Found]:
    """One date with this value; its day follows from the value."""
    return [Found(expression.start, expression.end, value, "date", anchor, stated, _day_of(value))]


def _day_of(value: str) -> date | None:
    try:
        return date.fromisoformat(value[:10]) if value[4:5] == "-" and len(value) == 10 else None
    except ValueError:
        return None


def stated(expression: Expression) -> _Stated:
    """Year, month and day that the words name."""
    return (
        expression.number("year"),
        expression.number("any_month"),
        expression.number("day_number", "ordinal"),
    )


def _is_date(year: int | None, month: int | None, day: int | None) -> bool:
    """Whether the calendar has this day; a yearless one in some year."""
    try:
        date(year or 2000, month or 1, day or 1)
    except ValueError:
        return False
    return True


def value_of(parts: _Stated) -> str:
    """Year, month and day as a value: ``XXXX-04-28`` where the year is not known."""
    year, month, day = parts
    value = "XXXX" if year is None else f"{year:04}"
    if month:
        value += f"-{month:02}"
        if day:
            value += f"-{day:02}"
    return value


def complete(expression: Expression, parts: _Stated, context: Context) -> tuple[_Stated, Anchor]:
    """The parts with the year that the words leave out."""
    year, month, day = parts
    if year is not None or month is None:
        return parts, "explicit"
    year, anchor = context.year_of(month, day, expression.start, expression.end)
    if year is not None and not _is_date(year, month, day):
        year = None
    return (year, month, day), anchor


def read_numeric(expression: Expression, context: Context) -> list[Found] | None:
    """A date in digits: 2024-05-03, 3/5/2024, 28.04.2025."""
    words = expression.words
    if expression.has("dotted"):
        pieces = str(expression.get("dotted")).split(".")
        if len(pieces) != 3 or len(pieces[2]) != 4 or max(map(len, pieces[:2])) > 2:
            return None
        day, month, year = map(int, pieces)
    else:
        numbers = [int(words.payloads[i]) for i in expression.indices("day", "integer", "year")]
        if len(numbers) != 3 or any(
            words.ends[i] != words.starts[i + 1]
            for i in range(expression.first, expression.last - 1)
        ):
            return None
        if words.symbols[expression.first] in members(("year",)):
            year, month, day = numbers
        else:
            month, day, year = numbers
            if month > 12 or (context.day_first and day <= 12):
                month, day = day, month
            if year < 100:
                year += 2000 if year < 70 else 1900
    if not 1000 <= year < 2200 or not _is_date(year, month, day):
        return None
    return found_date(expression, value_of((year, month, day)), "explicit", (year, month, day))


def read_calendar(expression: Expression, context: Context) -> list[Found] | None:
    """A day or month by name, with or without its year."""
    parts = stated(expression)
    if not _is_date(*parts):
        return None
    if parts[0] is None and context.syntax.is_name(expression.words.starts[_month(expression)]):
        return None
    shift = year_shift(expression, context)
    if shift is not None:
        year, anchor = shift
        full = (year, parts[1], parts[2])
        if not _is_date(*full):
            return None
        return found_date(expression, value_of(full), anchor, full)
    if parts[2] and parts[0] is None and _ends_in_count(expression, context):
        # "in March 15 people": the month alone.
        index = _month(expression)
        if expression.first != index:
            return None
        expression = expression.part(index, index + 1)
        parts = (None, parts[1], None)
    if expression.has("that", "same") and parts[0] is None:
        named = context.last_stated(expression.start)
        if named and named[0]:
            full = (named[0], parts[1], parts[2])
            return found_date(expression, value_of(full), "text", full)
    if expression.has("shift", "past"):
        return _shifted_month(expression, parts, context)
    full, anchor = complete(expression, parts, context)
    value = value_of(full)
    if expression.get("unit") == "W" and (day := _day_of(value)):
        # "the week of Oct. 9"
        return found_date(expression, values.week_value(day), anchor)
    found = found_date(expression, value, anchor, parts)
    if (part := expression.get("part")) and parts[2]:
        found[0].value, found[0].kind = f"{value}T{part}", "time"
    return found


def _month(expression: Expression) -> int:
    return expression.index("any_month")


def _ends_in_count(expression: Expression, context: Context) -> bool:
    days = expression.indices("day")
    if not days or days[-1] != expression.last - 1:
        return False
    return expression.followed("counted", "scale", "hundred") or context.syntax.counts(
        expression.words.starts[days[-1]]
    )


def year_shift(expression: Expression, context: Context) -> tuple[int | None, Anchor] | None:
    """The year that "last year", "the same year" behind a date mean; None where none is there."""
    if expression.get("unit") != "Y":
        return None
    if expression.has("same", "that", "previous", "following"):
        named = context.last_stated(expression.start)
        if named and named[0]:
            return named[0] + expression.shift, "text"
    if not context.now:
        return None, "published"
    return context.now.year + expression.shift, "published"


def _shifted_month(expression: Expression, parts: _Stated, context: Context) -> list[Found]:
    """The August that ended last ("last August"); "next" and "this" likewise."""
    month = parts[1] or 1
    if not context.now:
        return found_date(expression, value_of(parts), "published", parts)
    year, now = context.now.year, context.now.month
    shift = expression.shift
    if shift < 0:
        year -= month >= now
    elif shift > 0:
        year += month <= now
    return found_date(expression, value_of((year, month, parts[2])), "published", parts)


def read_year(expression: Expression, context: Context) -> list[Found] | None:
    """A year by its number alone."""
    year = expression.number("year") or 0
    index = expression.index("year")
    words = expression.words
    number = expression.part(index, index + 1)
    if number.before("currency", "approx", "numbered", "hundred", "slash", "number") or (
        number.before("hyphen", "comma")
        and index > 1
        and words.symbols[index - 2] in members(("numeral",))
    ):
        return None
    if number.followed("counted", "scale", "any_unit", "hundred", "percent", "slash", "ampm"):
        return None
    near = index > 0 and words.ends[index - 1] == words.starts[index]
    if near and not number.before("open", "hyphen", "quote", "comma"):
        return None
    told = number.before("before_date", "in", "by", "open") or expression.first < index
    if not told and year not in _BARE_YEARS:
        return None
    if context.syntax.counts(number.start):
        return None
    return found_date(expression, f"{year:04}", "explicit", (year, None, None))


def read_day_of_month(expression: Expression, context: Context) -> list[Found] | None:
    """A day of the month that the text is about: "on the 28th"."""
    day = expression.number("ordinal_day")
    if not context.today or not day:
        return None
    tense = context.syntax.tense(expression.start, expression.end)
    month = context.today.replace(day=1)
    if tense in ("future", "firm") and day < context.today.day:
        month = values.add_months(month, 1)
    elif tense == "past" and day > context.today.day:
        month = values.add_months(month, -1)
    if not _is_date(month.year, month.month, day):
        return None
    parts = (month.year, month.month, day)
    return found_date(expression, value_of(parts), "published", (None, None, day))


def read_part_of_month(expression: Expression, context: Context) -> list[Found] | None:
    """The month of "the first half of June"; the day of "the last day of June"."""
    if expression.get("unit") not in (None, "W", "D"):
        return None
    month = expression.number("any_month") or 1
    if expression.has("weekday"):
        return _nth_weekday(expression, month, context)
    day = None
    if expression.get("unit") == "D":
        # February as in most years.
        last = (date(2001 + month // 12, month % 12 + 1, 1) - timedelta(days=1)).day
        day = last if expression.has("last") else expression.number("any_ordinal")
    parts = (expression.number("year"), month, day)
    if not _is_date(*parts):
        return None
    full, anchor = complete(expression, parts, context)
    return found_date(expression, value_of(full), anchor, parts)


def _nth_weekday(expression: Expression, month: int, context: Context) -> list[Found] | None:
    """The day of "the first Saturday in August"."""
    full, anchor = complete(expression, (expression.number("year"), month, None), context)
    nth = expression.number("any_ordinal")
    if not full[0]:
        return None
    first = date(full[0], month, 1)
    day = first + timedelta(days=((expression.number("weekday") or 1) - first.isoweekday()) % 7)
    days = [d for n in range(5) if (d := day + timedelta(weeks=n)).month == month]
    if nth is not None and not 1 <= nth <= len(days):
        return None
    day = days[-1] if nth is None else days[nth - 1]
    return found_date(expression, day.isoformat(), anchor, (day.year, day.month, day.day))
