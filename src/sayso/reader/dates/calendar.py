"""Dates of the calendar: days, months, years, quarters, feasts, and from one to another."""

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
    shift = _year_shift(expression, context)
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


def _year_shift(expression: Expression, context: Context) -> tuple[int | None, Anchor] | None:
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


def read_quarter(expression: Expression, context: Context) -> list[Found] | None:
    """A quarter of a year: "the third quarter of 2024", "Q3"."""
    if expression.has("same", "ago", "early") and expression.has("unit"):
        return _named_quarter(expression, context)
    if expression.has("latest", "recent"):
        if not context.now:
            return None
        return found_date(expression, values.period(context.now, "Q", -1), "published")
    number = expression.number("any_ordinal", "quarter_code") or (
        4 if expression.has("last") else 0
    )
    if not 1 <= number <= 4:
        return None
    return _piece_of_year(expression, f"Q{number}", number * 3 - 2, context)


def _named_quarter(expression: Expression, context: Context) -> list[Found] | None:
    """A quarter or a like period, a year from the one named last: "the year-ago quarter"."""
    if expression.get("unit") != "Y":
        return None
    back = expression.shift if expression.has("same") else -1
    number = expression.number("any_ordinal")
    told = context.last_quarter(expression.start) if expression.has("quarter") else None
    if told and not number:
        year, number = told
        return found_date(expression, f"{year + back:04}-Q{number}", "text")
    if not context.now or (number or 1) > 4:
        return None
    if expression.has("quarter") and not number:
        return found_date(expression, values.period(context.now, "Q", 4 * back - 1), "published")
    year = context.now.year + back
    return found_date(expression, f"{year:04}-Q{number}" if number else f"{year:04}", "published")


def read_half(expression: Expression, context: Context) -> list[Found] | None:
    """A half of a year: "the first half of 2024", "H1"."""
    number = expression.number("any_ordinal", "half_code") or (2 if expression.has("last") else 0)
    if number not in (1, 2) or expression.get("unit") not in (None, "Y"):
        return None
    return _piece_of_year(expression, f"H{number}", number * 6 - 5, context)


def _piece_of_year(
    expression: Expression, piece: str, month: int, context: Context
) -> list[Found] | None:
    year = expression.number("year")
    anchor: Anchor = "explicit"
    if year is None:
        anchor = "published"
        shifted = _year_shift(expression, context)
        if shifted:
            year, anchor = shifted
        elif context.now:
            tense = context.syntax.tense(expression.start, expression.end)
            year = context.now.year
            # A quarter that has not begun is last year's, unless the verb looks ahead.
            if month > context.now.month and tense not in ("future", "firm"):
                year -= 1
    head = "XXXX" if year is None else f"{year:04}"
    return found_date(expression, f"{head}-{piece}", anchor)


def read_fiscal(expression: Expression, context: Context) -> list[Found] | None:
    """A fiscal year: "fiscal 2024" → FY2024."""
    year = expression.number("year")
    if year is not None:
        return found_date(expression, f"FY{year}", "explicit")
    if expression.get("unit") != "Y" or not context.now:
        return None
    return found_date(
        expression, f"FY{context.now.year + (expression.number('shift') or 0)}", "published"
    )


def read_season(expression: Expression, context: Context) -> list[Found] | None:
    """A season: "spring 2024"; one without a year is the nearest that the verb allows."""
    season, year = str(expression.get("any_season")), expression.number("year")
    if year is not None:
        return found_date(expression, f"{year:04}-{season}", "explicit")
    index = expression.index("any_season")
    start = expression.words.starts[index]
    if context.syntax.is_name(start) or context.syntax.is_part_of_name(start):
        return None
    if not context.now:
        return found_date(expression, f"XXXX-{season}", "published")
    tense = context.syntax.tense(expression.start, expression.end)
    value = values.season_value(context.now, season, 0)
    if (
        tense == "past"
        and values.SEASON_MONTH[season] > context.now.month
        and (value[:4] == f"{context.now.year:04}")
    ):
        value = values.season_value(context.now, season, -1)
    elif tense in ("future", "firm") and values.SEASON_MONTH[season] + 2 < context.now.month:
        value = values.season_value(context.now, season, 1)
    return found_date(expression, value, "published")


def read_decade(expression: Expression, context: Context) -> list[Found] | None:
    """A decade: "the 1990s" → 199."""
    decade = expression.number("decade_number")
    if decade is None:
        decade = expression.number("short_decade", "decade_word") or 0
        decade += 190 if decade >= 3 else 200
    return found_date(expression, f"{decade:03}", "explicit", (decade * 10, None, None))


def read_century(expression: Expression, context: Context) -> list[Found] | None:
    """A century: "the 20th century" → 19."""
    number = (expression.number("any_ordinal") or 0) + (expression.number("number") or 0)
    if not 1 <= number <= 22:
        return None
    return found_date(
        expression, f"{number - 1:02}", "explicit", ((number - 1) * 100 or None, None, None)
    )
