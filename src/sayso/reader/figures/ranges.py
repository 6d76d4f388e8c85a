"""Ranges: "40–45", "between 40 and 50", "two or three", "$5 to $10 million", and what is none."""

from dataclasses import replace
from decimal import Decimal

from sayso.reader.figures.bounds import bound_before
from sayso.reader.figures.elements import Element, lexis, read_element
from sayso.reader.figures.pieces import DASHES, Pieces
from sayso.reader.figures.quantity import Quantity, make_quantity
from sayso.reader.figures.units import Unit


def read_range(pieces: Pieces, left: Element) -> tuple[list[Quantity], int] | None:
    """The range that begins with ``left``: "40–45", "between 40 and 50", "two or three"."""
    numeral = left.numeral
    if numeral.value is None:
        return None
    for end in dict.fromkeys((left.last, numeral.last)):
        at = end + 1
        if at + 1 >= len(pieces):
            continue
        link = pieces.low[at]
        second = at + 1
        dash = link in DASHES
        if dash and (
            pieces.glued(at) != pieces.glued(second) and pieces.word(second) not in ("$", "€", "£")
        ):
            continue
        if dash and not pieces.glued(at) and numeral.form != "digits":
            continue
        if not dash and link not in ("to", "and", "or", "through"):
            continue
        while pieces.word(second) in (
            "about",
            "around",
            "even",
            "perhaps",
            "maybe",
            "as",
            "nearly",
        ):
            second += 1
            if pieces.word(second) in ("many", "much") and pieces.word(second + 1) == "as":
                second += 2
        if second + 1 < len(pieces) and pieces.kinds[second] == "p":
            second += 1
        elif (
            second + 1 < len(pieces)
            and pieces.kinds[second] == "w"
            and (pieces.word(second + 1) == "$")
        ):
            second += 2
        if second >= len(pieces):
            continue
        right = read_element(pieces, second)
        if right is None or right.numeral.value is None:
            continue
        if right.first != second and right.first <= at:
            continue
        if (right.first == second) != (
            pieces.kinds[second - 1] in "wdb" or pieces.low[second - 1] in DASHES
        ):
            continue
        result = _join(pieces, left, right, link, dash)
        if result is not None:
            return result
    return None


def _join(
    pieces: Pieces, left: Element, right: Element, link: str, dash: bool
) -> tuple[list[Quantity], int] | None:
    low, high = left.numeral.value, right.numeral.value
    if low is None or high is None:
        return None
    unit = right.unit or left.unit
    if left.unit and right.unit and left.unit != right.unit:
        return None
    if left.unit and not right.unit and left.unit.kind not in ("money", "share"):
        return None
    if (left.numeral.form == "share") != (right.numeral.form == "share") and link != "to":
        return None
    # "5 to 10 million": the scale is both numbers'.
    scale = right.numeral.scale
    if left.numeral.scale == 1 and scale > 1 and 0 < low < right.numeral.mantissa:
        low *= scale
    between = _lead(pieces, left.first, ("between",))
    from_ = _lead(pieces, left.first, ("from",))
    start = left.first
    if link == "through" and not 0 <= low < high:
        return None
    if link == "and":
        if between is None:
            return None
        start = between
    if left.bare_year and right.bare_year:
        return ([], right.last + 1) if dash else None
    if link == "or" and not (low < high <= 2 * low):
        return None
    if link == "to":
        changed = _changed(pieces, *((left.first, 3) if from_ is None else (from_, 9)))
        if changed or low >= high:
            if from_ is None and not changed:
                return None
            first = make_quantity(
                pieces, left if left.unit else replace(left, unit=None), left, None
            )
            if left.unit is None and right.unit is not None and right.unit.kind != "money":
                first = replace(first, unit=right.unit, value=low * right.unit.factor)
            first = replace(first, value=_factored(low, unit)) if left.unit is None else first
            second = make_quantity(pieces, right, right, None)
            if right.unit is None and left.unit is not None and left.unit.kind == "money":
                second = replace(second, unit=left.unit)
            # "rose by 20 to 300": the first is the change, the second what it came to.
            pair = 1 if from_ is not None else 0
            return [replace(first, pair=pair), replace(second, pair=2)], right.last + 1
        start = from_ if from_ is not None else left.first
    if low >= high:
        return ([], right.last + 1) if dash else None
    if link in ("to", "or") and right.numeral.form == "vague":
        return None
    both = Element(start, right.last, right.numeral, unit, left.age or right.age)
    quantity = make_quantity(pieces, both, left, (_factored(low, unit), _factored(high, unit)))
    return [quantity], right.last + 1


def _factored(value: Decimal, unit: Unit | None) -> Decimal:
    return value * unit.factor if unit is not None else value


def _lead(pieces: Pieces, first: int, leads: tuple[str, ...]) -> int | None:
    """The piece of "between" or "from" before a number, bound words in between passed over."""
    at, _, _ = bound_before(pieces, first, duration=False)
    for index in (first - 1, at - 1):
        if pieces.word(index) in leads:
            return index
    return None


def _changed(pieces: Pieces, before: int, reach: int) -> bool:
    """Whether a word of change stands shortly before: "rose from 49 to 71" is no range."""
    up = lexis().up
    for index in range(before - 1, max(-1, before - 1 - reach), -1):
        if pieces.kinds[index] in "bp" and pieces.low[index] not in "$€£%'’\"":
            return False
        if pieces.low[index] in up:
            return True
    return False
