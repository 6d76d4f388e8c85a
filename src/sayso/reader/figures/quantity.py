"""A quantity of the text: an element or a range, with the bound words around it."""

from dataclasses import dataclass, replace
from decimal import Decimal

from sayso.reader.figures import units
from sayso.reader.figures.bounds import bound_after, bound_before
from sayso.reader.figures.elements import Element
from sayso.reader.figures.pieces import HYPHENS, Pieces
from sayso.reader.figures.units import Unit
from sayso.records import Bound


@dataclass(frozen=True, slots=True)
class Quantity:
    """A quantity of the text.

    Attributes:
        start: first character of the quantity with its bound words.
        end: the last one, exclusive.
        core: characters of number, currency and unit without the bound words.
        number: characters of the numbers alone.
        value: the number named; None for a range or a vague one.
        low: the lower end of a range or a vague quantity.
        high: the upper end of one.
        bound: how the number is bound.
        unit: the unit of measure, None for a plain count.
        more: whether it is said to come on top of another ("another 50", "50 more").
        age: whether it is somebody's age.
        compound: whether a hyphen ties it to a noun ("20-point").
        digits: whether it is written in digits.
        bare: whether it may be a year: four digits and nothing else.
        pair: 1 or 2 for the numbers of "from 49 to 71" where it is no range, else 0.
    """

    start: int
    end: int
    core: tuple[int, int]
    number: tuple[int, int]
    value: Decimal | None
    low: Decimal | None
    high: Decimal | None
    bound: Bound
    unit: Unit | None = None
    more: bool = False
    age: bool = False
    compound: bool = False
    digits: bool = False
    bare: bool = False
    pair: int = 0


def make_quantity(
    pieces: Pieces,
    whole: Element,
    left: Element,
    ends: tuple[Decimal, Decimal] | None,
) -> Quantity:
    """The quantity of an element or a range, with the bound words around it."""
    numeral, unit = whole.numeral, whole.unit
    duration = unit is not None and unit.kind == "duration" and not whole.age
    first = whole.first
    # A minus sign.
    negative = False
    if first and ends is None:
        sign = pieces.low[first - 1]
        free = not pieces.glued(first - 1) and numeral.form == "digits"
        if (sign in ("-", "\u2212") and pieces.glued(first) and free) or sign == "minus":
            negative, first = True, first - 1
    start, bound, more = bound_before(pieces, first, duration)
    last, end_bound, more_after = bound_after(pieces, numeral.last)
    if (
        unit is None
        and last > numeral.last
        and numeral.form != "share"
        and (found := units.unit_after(pieces, last, digits=False, scaled=True))
    ):
        # "15-plus years"
        last, unit = found
        whole = replace(whole, last=last, unit=unit)
    if last < whole.last:
        last = whole.last
        last, unit_bound, unit_more = bound_after(pieces, last)
        end_bound, more_after = end_bound or unit_bound, more_after or unit_more
    factor = unit.factor if unit is not None else Decimal(1)
    value, low, high = numeral.value, numeral.low, numeral.high
    if numeral.form == "share" and unit is not None and unit.kind == "money":
        unit = None
    if ends is not None:
        value, low, high, final = None, ends[0], ends[1], "range"
    elif value is None:
        low = low * factor if low is not None else None
        high = high * factor if high is not None else None
        final = "vague"
    else:
        value = -value * factor if negative else value * factor
        low = high = None
        final = bound if bound and bound != "about" else end_bound or bound or "exact"
    if numeral.form == "share" and unit is None:
        unit = Unit("share", "share")
    # A word of increment after the number alone is its noun's: "70 more", but not "70 more than".
    at = last + 1
    compound = pieces.word(at) in HYPHENS and pieces.glued(at) and pieces.glued(at + 1)
    return Quantity(
        start=pieces.starts[start],
        end=pieces.ends[last],
        core=(pieces.starts[whole.first], pieces.ends[whole.last]),
        number=(pieces.starts[left.numeral.first], pieces.ends[numeral.last]),
        value=value,
        low=low,
        high=high,
        bound=final,  # type: ignore[arg-type]
        unit=unit,
        more=more or more_after,
        age=whole.age,
        compound=compound,
        digits=numeral.form == "digits",
        bare=ends is None and whole.bare_year and len(pieces.low[numeral.first]) == 4,
    )
