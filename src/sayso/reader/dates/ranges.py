"""From one date to another, and several dates that share a month or a year."""

from datetime import date, timedelta

from sayso.reader.dates.calendar import complete, stated, value_of
from sayso.reader.dates.context import Context, Found
from sayso.reader.dates.grammar import Expression, members
from sayso.reader.dates.values import is_timex_value

_Stated = tuple[int | None, int | None, int | None]
#: Years between the ends of "1939-45", where the second has two digits.
_SHORT_SPAN = 20


def read_range(expression: Expression, context: Context) -> list[Found] | None:
    """Two ends as one interval: "between June and August 2023"."""
    if expression.has("onwards"):
        return _open(expression, context)
    at = _joint(expression)
    if at is None:
        return None
    left, right = expression.part(expression.first, at), expression.part(at + 1, expression.last)
    for end in (left, right):
        if end.has("weekday", "deictic", "decade_number") and not end.has("any_month"):
            return _named_ends(expression, left, right, context)
    if _counts(right, context):
        return None
    start, stop = list(stated(left)), list(stated(right))
    if not right.has("year", "any_month", "day_number") and right.has("integer"):
        stop[0] = right.number("integer")
    if start[0] and not start[1] and not stop[1]:
        return _years(expression, start[0], stop[0] if stop[0] is not None else stop[2])
    # What one end leaves out, the other names: "June and August 2023", "13-14 September 2022".
    if start[1] is None and start[2]:
        start[1] = stop[1]
    if stop[1] is None and stop[2]:
        stop[1] = start[1]
    if start[0] is None and stop[0] and start[1] and stop[1]:
        start[0] = stop[0] - ((start[1], start[2] or 0) > (stop[1], stop[2] or 32))
    if stop[0] is None and start[0] and start[1] and stop[1]:
        stop[0] = start[0] + ((start[1], start[2] or 0) > (stop[1], stop[2] or 32))
    first, second = (start[0], start[1], start[2]), (stop[0], stop[1], stop[2])
    if (first[1] is None) != (second[1] is None) and not (first[0] and second[0]):
        return None
    first, anchor = complete(left, first, context)
    if second[0] is None and first[0] is not None and second[1]:
        later = (second[1], second[2] or 32) < (first[1] or 0, first[2] or 0)
        second = (first[0] + later, second[1], second[2])
    return _interval(expression, value_of(first), value_of(second), anchor)


def _joint(expression: Expression) -> int | None:
    """The index of the word that parts the two ends."""
    for names in (("to",), ("and",), ("hyphen",), ("slash",)):
        at = [i for i in expression.indices(*names) if expression.first < i < expression.last - 1]
        if names == ("hyphen",):
            # The hyphen of "mid-2014" parts nothing.
            early = members(("early",))
            at = [i for i in at if expression.words.symbols[i - 1] not in early]
        if at:
            return at[0]
    return None


def _counts(right: Expression, context: Context) -> bool:
    """Whether the second number counts what follows: "from 1500 to 2000 people"."""
    index = right.last - 1
    if right.words.symbols[index] not in members(("numeral",)):
        return False
    if right.followed("counted", "scale", "any_unit", "hundred", "percent"):
        return True
    return context.syntax.counts(right.words.starts[index])


def _years(expression: Expression, first: int, second: int | None) -> list[Found] | None:
    if second is None:
        return None
    if second < 100:
        short = second
        second += first // 100 * 100
        close = expression.end - expression.start == len("2024-05")
        if short <= 12 and second <= first and close and expression.has("hyphen"):
            value = value_of((first, short, None))
            stated_month = (first, short, None)
            return [
                Found(expression.start, expression.end, value, "date", "explicit", stated_month)
            ]
        if second - first > _SHORT_SPAN:
            return None
    if not first < second < 2200 or second - first > 1000:
        return None
    return _interval(expression, f"{first:04}", f"{second:04}", "explicit")


def _interval(
    expression: Expression, first: str, second: str, anchor: object
) -> list[Found] | None:
    value = f"{first}/{second}"
    if first == second or not is_timex_value(value):
        return None
    if ".." not in value and "X" not in value and second < first[: len(second)]:
        return None
    kept: Found = Found(
        expression.start,
        expression.end,
        value,
        "date",
        "explicit" if anchor == "explicit" else "text" if anchor == "text" else "published",
    )
    return [kept]


def _named_ends(
    expression: Expression, left: Expression, right: Expression, context: Context
) -> list[Found] | None:
    """Ends that are weekdays or the like: each read by itself, the first before the second."""
    from sayso.reader.dates.relative import read_day_name

    first, second = read_day_name(left, context), read_day_name(right, context)
    if first is None or second is None:
        return None
    start, stop = first[1], second[1]
    if start and stop and start > stop:
        # "Tuesday through Sunday": ends that were looked for on two sides of the reference.
        step = timedelta(days=(start - stop).days // 7 * 7 + 7)
        if context.syntax.tense(expression.start, expression.end) == "past":
            start -= step
        else:
            stop += step
        return _interval(expression, start.isoformat(), stop.isoformat(), "published")
    return _interval(expression, first[0], second[0], "published")


def _open(expression: Expression, context: Context) -> list[Found] | None:
    """An interval without an end: "from 2025 onwards" → 2025/.. ."""
    parts = stated(expression)
    if expression.has("weekday", "deictic"):
        return None
    if not any(parts):
        return None
    full, anchor = complete(expression, parts, context)
    return _interval(expression, value_of(full), "..", anchor)


def read_several(expression: Expression, context: Context) -> list[Found] | None:
    """Dates that share a month or a year, one each: "September 13 and 14"."""
    last = expression.last - 1
    days = expression.indices("day_number")
    if days and days[-1] == last and _counts(expression, context):
        return None
    months = expression.indices("any_month")
    items: list[tuple[Expression, _Stated]] = []
    year = expression.number("year")
    words = expression.words
    if days:
        month = int(words.payloads[months[0]])
        for index in days:
            # The month and the year belong to the span of the day next to them.
            start = min(index, months[0]) if index == days[0] else index
            end = expression.last if index == days[-1] else index + 1
            if index == days[0] and months[0] < index:
                start = expression.first
            items.append((expression.part(start, end), (year, month, int(words.payloads[index]))))
    else:
        for index in months:
            end = expression.last if index == months[-1] else index + 1
            items.append((expression.part(index, end), (year, int(words.payloads[index]), None)))
    found = []
    for part, parts in items:
        full, anchor = complete(part, parts, context)
        value = value_of(full)
        if not is_timex_value(value):
            return None
        day = None
        if full[0] and full[1] and full[2]:
            day = date(full[0], full[1], full[2])
        found.append(Found(part.start, part.end, value, "date", anchor, parts, day))
    return found
