"""Dates that lean on another day: weekdays, "yesterday", "last week", "two days later", hours."""

from datetime import date, timedelta

from sayso.reader.dates import values
from sayso.reader.dates.amounts import count, unit
from sayso.reader.dates.calendar import complete, stated, value_of
from sayso.reader.dates.context import Context, Found, weekday_near
from sayso.reader.dates.grammar import Expression, members
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
    value, kind = _with_part(expression, value)
    return _one(expression, value, anchor, day, kind)


def _weekday(expression: Expression, context: Context) -> tuple[str, date | None, Anchor]:
    number = expression.int("weekday", "short_weekday") or 1
    named = f"XXXX-WXX-{number}"
    weeks = expression.get("unit") == "W"
    if expression.has("same", "previous", "following"):
        told = context.last_day(expression.start)
        if told and not weeks:
            step = expression.int("previous", "following") or 0
            near = told + timedelta(days=step) if step else told
            day = weekday_near(number, near, "firm" if step > 0 else "past")
            return day.isoformat(), day, "text"
    today = context.today
    if today is None:
        return named, None, "published"
    tense = context.syntax.tense(expression.start, expression.end)
    try:
        if weeks:
            shift = expression.int("last", "next", "coming", "previous", "following") or 0
            day = _same_week(today, number, shift)
        elif expression.has("last", "previous"):
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
    shift = expression.int("deictic") or 0
    if expression.has("before", "after"):
        if expression.get("unit") != "D":
            return None
        shift += expression.int("before", "after") or 0
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
        day = _moved(context.today, expression.int("deictic") or 0)
        return (day.isoformat(), day) if day else None
    if expression.has("decade_number"):
        return f"{expression.int('decade_number'):03}", None
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
    ahead = expression.has("from")
    return _step(expression, code, amount, 1 if ahead else -1, context.now, context, "published")


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
    sign = (1 if word == "later" else -1) if word else expression.int("before", "after") or 1
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
    shift = expression.int("last", "next", "coming", "previous", "following") or 0
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


def read_clock(expression: Expression, context: Context) -> list[Found] | None:
    """A time of day; its day is the one that the words next to it name, or is filled in later."""
    time = _clock_time(expression)
    if time is None:
        return None
    day = None
    anchor: Anchor = "text"
    value = "XXXX-XX-XX"
    undated = False
    if expression.has("any_month"):
        parts = stated(_tail(expression))
        full, anchor = complete(expression, parts, context)
        value = value_of(full)
        if not values.is_timex_value(value):
            return None
        day = _as_day(full) if full[0] else None
    elif expression.has("weekday"):
        value, day, anchor = _weekday(expression, context)
    elif expression.has("deictic"):
        day, anchor = _moved(context.today, expression.int("deictic") or 0), "published"
        value = day.isoformat() if day else value
    else:
        undated = True
    return [
        Found(
            expression.start,
            expression.end,
            f"{value}T{time}",
            "time",
            anchor,
            None,
            day,
            undated,
        )
    ]


def _tail(expression: Expression) -> Expression:
    """The words behind the time of day."""
    month = expression.index("any_month")
    days = [i for i in expression.indices("day_number") if abs(i - month) <= 3]
    first = min(month, *days) if days else month
    if days and days[-1] > month:
        first = month
    return expression.part(first, expression.last)


def _clock_time(expression: Expression) -> str | None:
    """Hours, minutes and seconds as ``20:00``; with ``Z`` for Greenwich."""
    words = expression.words
    zone = "Z" if expression.has("zone") else ""
    word = expression.get("clock_word")
    if word is not None:
        return f"{word}{zone}"
    first = words.text[words.starts[expression.first] : words.ends[expression.first]]
    pieces = [first]
    colon = members(("colon",))
    index = expression.first + 1
    while index + 1 < expression.last and words.symbols[index] in colon:
        pieces.append(words.text[words.starts[index + 1] : words.ends[index + 1]])
        index += 2
    if "." in first:
        pieces = first.split(".")
    elif len(pieces) == 1 and len(first) == 4:
        pieces = [first[:2], first[2:]]
    if any(len(piece) != 2 for piece in pieces[1:]) or len(pieces[0]) > 2:
        return None
    try:
        numbers = [int(piece) for piece in pieces]
    except ValueError:
        return None
    hour = numbers[0]
    noon = expression.int("ampm")
    if noon is not None:
        if not 1 <= hour <= 12:
            return None if hour > 23 or noon == 0 else _clock(numbers, zone)
        numbers[0] = hour % 12 + noon
    return _clock(numbers, zone)


def _clock(numbers: list[int], zone: str) -> str | None:
    if numbers[0] > 23 or any(number > 59 for number in numbers[1:]):
        return None
    numbers = [*numbers, 0] if len(numbers) == 1 else numbers
    return ":".join(f"{number:02}" for number in numbers) + zone


def date_clocks(found: list[Found], context: Context) -> None:
    """Give each time of day its day: the nearest in its sentence, the last named, or today."""
    for index, item in enumerate(found):
        if not item.undated:
            continue
        day = _day_beside(found, index, context.text)
        if day is None:
            day = next((f.day for f in reversed(found[:index]) if f.day), None)
        item.anchor = "text"
        if day is None:
            day, item.anchor = context.today, "published"
        if day:
            item.day = day
            item.value = day.isoformat() + item.value[item.value.index("T") :]


def _day_beside(found: list[Found], index: int, text: str) -> date | None:
    """The day named nearest in the same sentence."""
    clock = found[index]
    near: list[tuple[int, date]] = []
    for other in found[max(0, index - 4) : index + 5]:
        if other.day is None or other is clock or other.undated:
            continue
        between = text[clock.end : other.start] or text[other.end : clock.start]
        if ". " not in between and "\n" not in between:
            near.append((len(between), other.day))
    return min(near)[1] if near else None
