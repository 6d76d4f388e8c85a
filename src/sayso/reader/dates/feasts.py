"""Feasts, in their year: "Christmas", "New Year's Eve", "Thanksgiving Day"."""

from datetime import date, timedelta

from sayso.reader.dates import values
from sayso.reader.dates.calendar import found_date
from sayso.reader.dates.context import Context, Found
from sayso.reader.dates.grammar import Expression
from sayso.records import Anchor


def read_feast(expression: Expression, context: Context) -> list[Found] | None:
    """A feast, in its year: "Christmas", "New Year's Eve"."""
    words = expression.words
    rule = expression.get("feast")
    if rule is None:
        name = expression.index("unit")
        if words.payloads[name] != "Y" or not words.text[words.starts[name]].isupper():
            return None
        rule = "01-01"
    year = expression.number("year")
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
    return found_date(expression, day, anchor)


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
