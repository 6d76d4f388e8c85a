"""Dates that lean on another day: weekdays, "yesterday", "last week", "two days later", hours."""

from datetime import date, timedelta

from sayso.reader.dates import values
from sayso.reader.dates.amounts import count, unit
from sayso.reader.dates.calendar import complete, stated, value_of
from sayso.reader.dates.context import Context, Found, weekday_near
from sayso.reader.dates.grammar import Expression
from sayso.records import Anchor, DateKind

#: What a shift into the past, none, and one into the future come to where no day is known.
_UNKNOWN = {-1: "PAST_REF", 0: "PRESENT_REF", 1: "FUTURE_REF"}
_MOST = 10**6


def _one(
    expression: Expression,
    value: str,
    anchor: Anchor,
    day: date | None = None,
    kind: DateKind = "date",
) -> list[Found]:
    return [Found(expression.start, expression.end, value, kind, anchor, None, day)]


def _with_part(expression: Expression, value: str) -> tuple[str, DateKind]:
    """The value with the part of the day that the expression names last."""
    # "the night of Tuesday" and "Tuesday night" alike; the small hours are of the day itself.
    part = expression.get("part")
    if part is None or value.endswith("_REF"):
        return value, "date"
    return f"{value}T{part}", "time"


def _sign(number: float) -> int:
    return (number > 0) - (number < 0)


def read_weekday(expression: Expression, context: Context) -> list[Found] | None:
    """A weekday: the last one for what has happened, the next one for what is to come."""
    if expression.before("weekday_name"):
        return None
    value, day, anchor = _weekday(expression, context)
    if expression.has("before", "after"):
        if expression.get("unit") != "D" or day is None:
            return None
        day = _moved(day, expression.number("before", "after") or 0)
        value = day.isoformat() if day else value
    value, kind = _with_part(expression, value)
    return _one(expression, value, anchor, day, kind)


def _weekday(expression: Expression, context: Context) -> tuple[str, date | None, Anchor]:
    number = expression.number("weekday", "short_weekday") or 1
    named = f"XXXX-WXX-{number}"
    weeks = expression.get("unit") == "W"
    if expression.has("recent"):
        return named, None, "published"
    if expression.has("same", "previous", "following"):
        told = context.last_day(expression.start)
        if told and not weeks:
            step = expression.shift
            near = told + timedelta(days=step) if step else told
            day = weekday_near(number, near, "firm" if step > 0 else "past")
            return day.isoformat(), day, "text"
    today = context.today
    if today is None:
        return named, None, "published"
    tense = context.syntax.tense(expression.start, expression.end)
    try:
        if weeks:
            shift = expression.shift
            day = _same_week(today, number, shift)
        elif expression.has("last", "previous", "past"):
            day = weekday_near(number, today - timedelta(days=1), "past")
        elif expression.has("next", "following"):
            day = _same_week(today, number, 1)
        elif expression.has("coming"):
            day = weekday_near(number, today + timedelta(days=1), "firm")
        elif expression.has("this") and tense is None:
            day = _same_week(today, number, 0)
        else:
            day = weekday_near(number, today, tense)
    except OverflowError:
        return named, None, "published"
    return day.isoformat(), day, "published"


def _same_week(today: date, weekday: int, weeks: int) -> date:
    return today + timedelta(days=weekday - today.isoweekday(), weeks=weeks)


def read_deictic(expression: Expression, context: Context) -> list[Found] | None:
    """A day near today: "yesterday", "tomorrow night", "the day before yesterday"."""
    if expression.has("tonight"):
        today = context.today
        value = today.isoformat() if today else "XXXX-XX-XX"
        part = expression.get("tonight")
        return _one(expression, f"{value}T{part}", "published", today, "time")
    shift = expression.number("deictic") or 0
    if expression.has("before", "after"):
        if expression.get("unit") != "D":
            return None
        shift += expression.number("before", "after") or 0
    day = _moved(context.today, shift)
    value = day.isoformat() if day else _UNKNOWN[_sign(shift)]
    value, kind = _with_part(expression, value)
    return _one(expression, value, "published", day, kind)


def _moved(day: date | None, days: int) -> date | None:
    try:
        return day + timedelta(days=days) if day else None
    except OverflowError:
        return None


def read_day_name(expression: Expression, context: Context) -> tuple[str, date | None] | None:
    """Value and day of a weekday or deictic word alone, as one end of an interval."""
    if expression.has("weekday"):
        value, day, _ = _weekday(expression, context)
        return value, day
    if expression.has("deictic"):
        day = _moved(context.today, expression.number("deictic") or 0)
        return (day.isoformat(), day) if day else None
    if expression.has("decade_number"):
        return f"{expression.number('decade_number'):03}", None
    if expression.has("any_month", "year"):
        full, _ = complete(expression, stated(expression), context)
        return value_of(full), None
    return None


def read_day_part(expression: Expression, context: Context) -> list[Found] | None:
    """A part of a day: "this morning", "last night", "in the afternoon"."""
    part = str(expression.get("part"))
    anchor: Anchor = "published"
    day = context.today
    if expression.has("last"):
        day = _moved(day, -1)
    elif not expression.has("this"):
        told = context.last_day(expression.start)
        day, anchor = (told, "text") if told else (day, anchor)
    value = f"{day.isoformat() if day else 'XXXX-XX-XX'}T{part}"
    return _one(expression, value, anchor, day, "time")


def read_ago(expression: Expression, context: Context) -> list[Found] | None:
    """A time back from the day of reference, as fine as its unit: "two years ago"."""
    code, amount = unit(expression), count(expression)
    if code is None:
        return None
    if expression.has("ago") and expression.has("this", "deictic"):
        return _anniversary(expression, context)
    ahead = expression.has("from")
    return _step(expression, code, amount, 1 if ahead else -1, context.now, context, "published")


def _anniversary(expression: Expression, context: Context) -> list[Found] | None:
    """The week or day of "a year ago this week", "two years ago today"."""
    ago = expression.index("ago")
    back = expression.part(expression.first, ago)
    years = count(back)
    fine = "D" if expression.has("deictic") else unit(expression) or "D"
    if context.today is None or unit(back) != "Y" or years is None or years != int(years):
        return None
    day = _moved(context.today, expression.number("deictic") or 0)
    try:
        leap = day is not None and (day.month, day.day) == (2, 29)
        day = day and day.replace(year=day.year - int(years), day=28 if leap else day.day)
        value = values.period(day, fine) if day else None
    except (ValueError, KeyError):
        return None
    return _one(expression, value, "published") if value else None


def read_later(expression: Expression, context: Context) -> list[Found] | None:
    """A time from the day named last: "two days later", "the day before"."""
    code, amount = unit(expression), count(expression)
    if code is None:
        return None
    if expression.has("the"):
        amount = 1.0
    word = expression.get("early")
    if word not in (None, "earlier", "later"):
        return None
    sign = (1 if word == "later" else -1) if word else expression.number("before", "after") or 1
    told = context.last_stated(expression.start)
    base = _as_day(told) if told else context.now
    if told and base and code in ("D", "W", "FN", "WE") and not told[2]:
        base = None
    return _step(expression, code, amount, sign, base, context, "text" if told else "published")


def _as_day(told: tuple[int | None, int | None, int | None]) -> date | None:
    try:
        return date(told[0] or 0, told[1] or 1, told[2] or 1)
    except ValueError:
        return None


def _step(
    expression: Expression,
    code: str,
    amount: float | None,
    sign: int,
    base: date | None,
    context: Context,
    anchor: Anchor,
) -> list[Found]:
    """The period that lies so many units from ``base``."""
    unknown = "PAST_REF" if sign < 0 else "FUTURE_REF"
    if sign > 0 and context.syntax.tense(expression.start, expression.end) == "past":
        unknown = "PAST_REF"
    fine = code in ("H", "MIN", "S")
    day_known = context.exact or anchor == "text" or code not in ("D", "W", "FN", "WE")
    if amount is None or base is None or fine or not day_known or amount > _MOST:
        return _one(expression, unknown, anchor)
    try:
        value = values.period(base, code, sign * amount)
    except (ValueError, OverflowError):
        return _one(expression, unknown, anchor)
    day = date.fromisoformat(value) if code == "D" else None
    return _one(expression, value, anchor, day)


def read_shifted(expression: Expression, context: Context) -> list[Found] | None:
    """A period next to another: "last week", "the following day", "the end of the year"."""
    if expression.has("part"):
        return read_day_part(expression, context)
    code = unit(expression)
    season = expression.get("any_season")
    shift = expression.shift
    if _bare(expression):
        start = expression.words.starts[expression.last - 1]
        # "Woman of the Year", "the year book"
        if context.text[start].isupper() or context.syntax.leans(start):
            return None
    if code == "D" and expression.has("this") and expression.before("to"):
        return _one(expression, _UNKNOWN[0], "published")
    here = expression.has("this", "current")
    if code == "Q" and not shift and not here and (told := context.last_quarter(expression.start)):
        return _one(expression, f"{told[0]:04}-Q{told[1]}", "text")
    base, anchor = _base(expression, context, code)
    if base is None:
        if anchor == "text" and not context.now and not expression.has("previous", "following"):
            return None
        return _one(expression, _UNKNOWN[_sign(shift)], anchor)
    try:
        if season:
            return _one(expression, values.season_value(base, str(season), shift), anchor)
        if code is None:
            return None
        if code == "WE":
            base = _weekend_base(base, expression, shift, context)
            shift = 0
        value = values.period(base, code, shift)
    except (ValueError, OverflowError):
        return _one(expression, _UNKNOWN[_sign(shift)], anchor)
    day = date.fromisoformat(value) if code == "D" else None
    return _one(expression, value, anchor, day)


def _bare(expression: Expression) -> bool:
    """Whether it is a unit alone: "the year"."""
    return expression.last - expression.first == 2 and expression.has("the")


def _base(expression: Expression, context: Context, code: str | None) -> tuple[date | None, Anchor]:
    """The day from which to count: one named in the text, or the day of reference."""
    # "next week" leans on today; "the next day", "the following week" on the story's last day.
    told_words = expression.has("previous", "following", "same", "that") or (
        code == "D" and expression.has("the", "next", "last", "early")
    )
    today = context.now if code not in ("D", "W", "FN", "WE") else context.today
    if not told_words:
        return today, "published"
    told = context.last_stated(expression.start)
    if told is None:
        return today, "published"
    if code in ("D", "W", "FN", "WE") and not told[2]:
        return None, "text"
    return _as_day(told), "text"


def _weekend_base(base: date, expression: Expression, shift: int, context: Context) -> date:
    """A day of the weekend meant: "the weekend" is the last one for what has happened."""
    weekend = base.isoweekday() >= 6
    if shift < 0:
        return base - timedelta(weeks=1)
    if shift > 0:
        return base + timedelta(weeks=1)
    tense = context.syntax.tense(expression.start, expression.end)
    if tense in ("past", None) and not weekend:
        return base - timedelta(weeks=1)
    return base
