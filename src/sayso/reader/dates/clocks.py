"""Times of day: "8:30 p.m. on Thursday", "noon", "2314 GMT"; each with the day that it is of."""

from datetime import date

from sayso.reader.dates.calendar import read_calendar
from sayso.reader.dates.context import Context, Found
from sayso.reader.dates.grammar import Expression, members
from sayso.reader.dates.relative import read_day_part, read_deictic, read_weekday
from sayso.records import Anchor

#: Words that begin the name of the day behind a time of day.
_DAY_WORDS = ("any_month", "weekday", "deictic", "part", "shift", "that", "on")
_LATE = ("AF", "EV", "NI")


def read_clock(expression: Expression, context: Context) -> list[Found] | None:
    """A time of day; its day is the one that the words behind it name, or is filled in later."""
    split = _day_index(expression)
    time = _clock_time(expression.part(expression.first, split))
    if time is None:
        return None
    undated = split == expression.last
    value, day = "XXXX-XX-XX", None
    anchor: Anchor = "text"
    if not undated:
        named = _named_day(expression.part(split, expression.last), context)
        if named is None:
            return None
        day_value, _, part = named.value.partition("T")
        value, day, anchor = day_value, named.day, named.anchor
        hour = int(time[:2])
        if part in _LATE and 0 < hour < 12 and not expression.has("ampm", "clock_word"):
            time = f"{hour + 12}{time[2:]}"
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


def _day_index(expression: Expression) -> int:
    """Index of the first word behind the time of day that names its day; the end without one."""
    first = expression.index(*_DAY_WORDS)
    if first < 0:
        return expression.last
    if expression.words.symbols[first] in members(("on",)):
        return first + 1
    month = expression.index("any_month")
    # "20:00, 3 May": the day's number stands before its month.
    days = [i for i in expression.indices("day_number") if 0 < month - i <= 2 < month]
    clock = expression.index("ampm", "oclock", "clock_word", "any_zone", "comma")
    return min([first, *(i for i in days if i > max(clock, expression.first))])


def _named_day(expression: Expression, context: Context) -> Found | None:
    if expression.has("any_month"):
        found = read_calendar(expression, context)
    elif expression.has("weekday"):
        found = read_weekday(expression, context)
    elif expression.has("deictic"):
        found = read_deictic(expression, context)
    else:
        found = read_day_part(expression, context)
    return found[0] if found else None


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
    noon = expression.number("ampm")
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
