"""Dates of the calendar: days, months, years, quarters, feasts, and from one to another."""

from datetime import date, timedelta

from sayso.reader.dates import values
from sayso.reader.dates.context import Context, Found
from sayso.reader.dates.grammar import Expression, members
from sayso.records import Anchor

_Stated = tuple[int | None, int | None, int | None]
#: Years that a bare number of four digits may mean; others need a preposition.
_BARE_YEARS = range(1900, 2100)


def _found(
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
        expression.int("year"),
        expression.int("any_month"),
        expression.int("day_number", "ordinal"),
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
    return _found(expression, value_of((year, month, day)), "explicit", (year, month, day))


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
        return _found(expression, value_of(full), anchor, full)
    if parts[2] and parts[0] is None and _ends_in_count(expression, context):
        # "in March 15 people": the month alone.
        index = _month(expression)
        if expression.first != index:
            return None
        expression = expression.part(index, index + 1)
        parts = (None, parts[1], None)
    if expression.has("shift"):
        return _shifted_month(expression, parts, context)
    full, anchor = complete(expression, parts, context)
    return _found(expression, value_of(full), anchor, parts)


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
            return named[0] + (expression.int("previous", "following") or 0), "text"
    if not context.now:
        return None, "published"
    return context.now.year + (expression.int("last", "next", "coming") or 0), "published"


def _shifted_month(expression: Expression, parts: _Stated, context: Context) -> list[Found]:
    """The August that ended last ("last August"); "next" and "this" likewise."""
    month = parts[1] or 1
    if not context.now:
        return _found(expression, value_of(parts), "published", parts)
    year, now = context.now.year, context.now.month
    shift = expression.int("shift") or 0
    if shift < 0:
        year -= month >= now
    elif shift > 0:
        year += month <= now
    return _found(expression, value_of((year, month, parts[2])), "published", parts)


def read_year(expression: Expression, context: Context) -> list[Found] | None:
    """A year by its number alone."""
    year = expression.int("year") or 0
    index = expression.index("year")
    words = expression.words
    number = expression.part(index, index + 1)
    if number.before("currency", "approximate", "numbered", "hundred", "slash", "number") or (
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
    return _found(expression, f"{year:04}", "explicit", (year, None, None))


def read_part_of_month(expression: Expression, context: Context) -> list[Found] | None:
    """The month of "the first half of June"; the day of "the last day of June"."""
    if expression.get("unit") not in (None, "W", "D"):
        return None
    month = expression.int("any_month") or 1
    day = None
    if expression.get("unit") == "D":
        # February as in most years.
        last = (date(2001 + month // 12, month % 12 + 1, 1) - timedelta(days=1)).day
        day = last if expression.has("last") else expression.int("any_ordinal")
    parts = (expression.int("year"), month, day)
    if not _is_date(*parts):
        return None
    full, anchor = complete(expression, parts, context)
    return _found(expression, value_of(full), anchor, parts)


def read_quarter(expression: Expression, context: Context) -> list[Found] | None:
    """A quarter of a year: "the third quarter of 2024", "Q3"."""
    number = expression.int("any_ordinal", "quarter_code") or (4 if expression.has("last") else 0)
    if not 1 <= number <= 4:
        return None
    return _piece_of_year(expression, f"Q{number}", number * 3 - 2, context)


def read_half(expression: Expression, context: Context) -> list[Found] | None:
    """A half of a year: "the first half of 2024", "H1"."""
    number = expression.int("any_ordinal", "half_code") or (2 if expression.has("last") else 0)
    if number not in (1, 2) or expression.get("unit") not in (None, "Y"):
        return None
    return _piece_of_year(expression, f"H{number}", number * 6 - 5, context)


def _piece_of_year(
    expression: Expression, piece: str, month: int, context: Context
) -> list[Found] | None:
    year = expression.int("year")
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
    return _found(expression, f"{head}-{piece}", anchor)


def read_fiscal(expression: Expression, context: Context) -> list[Found] | None:
    """A fiscal year: "fiscal 2024" → FY2024."""
    year = expression.int("year")
    if year is not None:
        return _found(expression, f"FY{year}", "explicit")
    if expression.get("unit") != "Y" or not context.now:
        return None
    return _found(expression, f"FY{context.now.year + (expression.int('shift') or 0)}", "published")


def read_season(expression: Expression, context: Context) -> list[Found] | None:
    """A season of a named year: "spring 2024"."""
    season, year = str(expression.get("any_season")), expression.int("year")
    return _found(expression, f"{year:04}-{season}", "explicit")


def read_decade(expression: Expression, context: Context) -> list[Found] | None:
    """A decade: "the 1990s" → 199."""
    decade = expression.int("decade_number")
    if decade is None:
        decade = expression.int("short_decade", "decade_word") or 0
        decade += 190 if decade >= 3 else 200
    return _found(expression, f"{decade:03}", "explicit", (decade * 10, None, None))


def read_century(expression: Expression, context: Context) -> list[Found] | None:
    """A century: "the 20th century" → 19."""
    number = (expression.int("any_ordinal") or 0) + (expression.int("number") or 0)
    if not 1 <= number <= 22:
        return None
    return _found(expression, f"{number - 1:02}", "explicit")


def read_feast(expression: Expression, context: Context) -> list[Found] | None:
    """A feast, in its year: "Christmas", "New Year's Eve"."""
    words = expression.words
    rule = expression.get("feast")
    if rule is None:
        name = expression.index("unit")
        if words.payloads[name] != "Y" or not words.text[words.starts[name]].isupper():
            return None
        rule = "01-01"
    year = expression.int("year")
    anchor: Anchor = "explicit" if year else "published"
    eve = expression.has("eve")
    if year is None:
        month = 4 if str(rule).startswith("easter") else int(str(rule)[:2])
        if eve and rule == "01-01":
            month = 12
        year, anchor = context.year_of(month, None, expression.start, expression.end)
        if year is not None and eve and rule == "01-01":
            year += 1
    elif eve and rule == "01-01":
        year += 1
    day = _feast_day(str(rule), year, -1 if eve else 0)
    if day is None:
        return None
    return _found(expression, day, anchor)


def _feast_day(rule: str, year: int | None, shift: int) -> str | None:
    moving = rule.startswith("easter") or "#" in rule
    if year is None and moving:
        return None
    known = 2001 if year is None else year
    if rule.startswith("easter"):
        day = values.easter(known) + timedelta(days=int(rule[6:]))
    elif "#" in rule:
        month, weekday, nth = int(rule[:2]), int(rule[3]), int(rule[5])
        first = date(known, month, 1)
        day = first + timedelta(days=(weekday - first.isoweekday()) % 7 + 7 * (nth - 1))
    else:
        day = date(known, int(rule[:2]), int(rule[3:]))
    day += timedelta(days=shift)
    return day.isoformat() if year is not None else f"XXXX-{day.month:02}-{day.day:02}"
