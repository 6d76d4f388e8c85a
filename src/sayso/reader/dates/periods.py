"""Parts of years and groups of them: quarters, halves, fiscal years, seasons, decades."""

from sayso.reader.dates import values
from sayso.reader.dates.calendar import found_date, year_shift
from sayso.reader.dates.context import Context, Found
from sayso.reader.dates.grammar import Expression
from sayso.records import Anchor


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
        shifted = year_shift(expression, context)
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
