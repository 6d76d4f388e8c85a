"""Lengths of time and repeated times: "two and a half years", "every Monday", "recently"."""

from sayso.reader.dates import values
from sayso.reader.dates.context import Context, Found
from sayso.reader.dates.grammar import Expression

UNITS = (
    "unit",
    "units",
    "clock_unit",
    "clock_units",
    "quarter",
    "quarters",
    "century",
    "weekend",
    "weekends",
)
#: The largest number that is read as a count of units.
_MOST = 10**6


def unit(expression: Expression) -> str | None:
    """The code of the expression's last unit ("Y"), None where it has none."""
    found = expression.indices(*UNITS)
    return str(expression.words.payloads[found[-1]]) if found else None


def count(expression: Expression) -> float | None:
    """How many units: 2.5 for "two and a half years", None for "several" or a bare plural."""
    if expression.has("few"):
        few = expression.get("few")
        return None if few == "X" else float(few or 0)
    total = 0.0
    numbers = expression.indices("numeral", "number")
    if numbers:
        total = sum(float(expression.words.payloads[i]) for i in numbers)
    elif expression.has("a", "another"):
        total = 1.0
    if expression.has("hundred"):
        total = max(total, 1.0) * float(expression.get("hundred") or 1)
    elif not numbers and not expression.has("a", "another", "half", "quarter"):
        return None
    if expression.has("quarter") and expression.has("century"):
        return 0.25
    if expression.has("half"):
        # "half a year" is a half; "a year and a half" is one and a half.
        total = total + 0.5 if expression.has("and") else 0.5
    return total if 0 < total <= _MOST else None


def read_duration(expression: Expression, context: Context) -> list[Found] | None:
    """A length of time; one that "in" puts ahead of the reference day is that day."""
    if expression.has("compound_duration"):
        value = str(expression.get("compound_duration"))
        return [Found(expression.start, expression.end, value, "duration", "explicit")]
    code = unit(expression)
    if len(units := expression.indices(*UNITS)) == 2 and not expression.has("quarter", "century"):
        whole = _read_compound(expression, units)
        if whole is not None:
            return whole
        expression = expression.part(expression.first, units[0] + 1)
        code = unit(expression)
    if code is None or _is_no_length(expression):
        return None
    amount = count(expression)
    if (
        expression.has("to")
        or (expression.has("and") and not expression.has("half"))
        or len(expression.indices("numeral")) > 1
    ):
        amount = None
    if amount is not None and expression.before("in"):
        tense = context.syntax.tense(expression.start, expression.end)
        if context.today and tense == "firm":
            try:
                value = values.period(context.today, code, amount)
            except (KeyError, ValueError, OverflowError):
                return None
            return [Found(expression.start, expression.end, value, "date", "published")]
    value = values.duration(amount, code)
    return [Found(expression.start, expression.end, value, "duration", "explicit")]


def _read_compound(expression: Expression, units: list[int]) -> list[Found] | None:
    """A length in two units: "two years and four months" → P2Y4M."""
    joint = units[0] + 1
    lengths = []
    for first, last in ((expression.first, joint), (joint, expression.last)):
        part = expression.part(first, last)
        code, amount = unit(part), count(part)
        if code is None or amount is None:
            return None
        lengths.append(values.duration(amount, code))
    value = values.joined(*lengths)
    if value is None:
        return None
    return [Found(expression.start, expression.end, value, "duration", "explicit")]


def _is_no_length(expression: Expression) -> bool:
    """Whether a number and a singular are something else: "one day", "a 2014 day"."""
    singular = expression.has("unit", "clock_unit", "century", "weekend", "quarter")
    if not singular:
        # "2014 days" counts, "in 2014 days of rain" is too rare to care.
        return expression.has("decimal") and expression.before("currency")
    if expression.has("hyphen", "half", "a", "another", "filler"):
        return False
    if expression.has("numeral"):
        return expression.has("year")
    one = expression.get("number") == 1
    lengthy = expression.before("preposition", "approx", "in", "after", "by", "of")
    return not one or not (lengthy or expression.followed("after", "before"))


def read_period(expression: Expression, context: Context) -> list[Found] | None:
    """A length of time that ends or begins at the reference: "the past two years"."""
    code = unit(expression)
    if code is None:
        return None
    counted = expression.has("few", "numeral", "number", "hundred", "half")
    part = expression.has("quarter") and expression.has("century")
    amount = count(expression) if counted or part else 1.0
    value = values.duration(amount, code)
    return [Found(expression.start, expression.end, value, "duration", "explicit")]


def read_period_ref(expression: Expression, context: Context) -> list[Found] | None:
    """A stretch of unnamed length before or after the reference: "in recent years"."""
    ahead = expression.has("coming", "next")
    value = "FUTURE_REF" if ahead else "PAST_REF"
    return [Found(expression.start, expression.end, value, "date", "published")]


def read_each(expression: Expression, context: Context) -> list[Found] | None:
    """A time that comes again: "every Monday", "twice a year"."""
    value = _set_value(expression)
    if value is None:
        return None
    return [Found(expression.start, expression.end, value, "set", "explicit")]


def _set_value(expression: Expression) -> str | None:
    if expression.has("weekday", "weekdays"):
        part = expression.get("part", "parts")
        return f"XXXX-WXX-{expression.get('weekday', 'weekdays')}" + (f"T{part}" if part else "")
    if expression.has("weekend", "weekends"):
        return "XXXX-WXX-WE"
    if expression.has("part", "parts"):
        return f"XXXX-XX-XXT{expression.get('part', 'parts')}"
    if expression.has("any_month"):
        return f"XXXX-{expression.number('any_month'):02}"
    if expression.has("any_season"):
        return f"XXXX-{expression.get('any_season')}"
    if expression.has("workday"):
        return str(expression.get("workday"))
    code = unit(expression)
    if code is None:
        return None
    many = expression.has("few", "numeral", "number", "ordinal_day")
    every = expression.get("ordinal", "ordinal_day")
    if expression.has("alternate"):
        return values.duration(2, code)
    amount = float(every) if every else count(expression) if many else 1.0
    return values.duration(amount, code)


def read_adverb(expression: Expression, context: Context) -> list[Found] | None:
    """A set in one word: "annually"; "the daily" is a newspaper."""
    syntax = context.syntax
    if syntax.is_part_of_name(expression.start) or syntax.is_noun(expression.start):
        return None
    value = str(expression.get("adverb"))
    return [Found(expression.start, expression.end, value, "set", "explicit")]


def read_reference(expression: Expression, context: Context) -> list[Found] | None:
    """A time that is not named: "now", "previously", "in the near future"."""
    if expression.has("these"):
        if expression.get("units") != "D":
            return None
        value = str(expression.get("these"))
    elif expression.has("recent", "current"):
        if context.syntax.is_part_of_name(expression.start):
            return None
        value = "PAST_REF" if expression.has("recent") else "PRESENT_REF"
    else:
        value = str(expression.get("reference", "soon", "moment", "time", "future", "past"))
    return [Found(expression.start, expression.end, value, "date", "published")]
