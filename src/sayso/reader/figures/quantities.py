"""Quantities: numbers with their currency, unit, range and bound, from the text alone.

The one entry is ``find_quantities``. It knows the forms of numbers that are names or clock times by
their characters ("F-16", "8:30"); which of the others are dates or names only the parse tells.
"""

from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

from sayso import lexicon
from sayso.reader.figures import units
from sayso.reader.figures.bounds import bound_after, bound_before
from sayso.reader.figures.numbers import Numeral, read_number, words
from sayso.reader.figures.pieces import DASHES, HYPHENS, Pieces, cut
from sayso.reader.figures.units import Unit
from sayso.records import Bound

_ZERO = Decimal(0)


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
        pair: 1 or 2 for the first and second number of "from 49 to 71" where it is no range, else 0.
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


@dataclass(frozen=True, slots=True)
class _Element:
    """A number with its currency and unit; pieces inclusive."""

    first: int
    last: int
    numeral: Numeral
    unit: Unit | None
    age: bool = False

    @property
    def bare_year(self) -> bool:
        return (
            self.unit is None
            and self.numeral.form == "digits"
            and (
                self.numeral.scale == 1
                and self.numeral.value is not None
                and 1500 <= self.numeral.value <= 2199
                and self.numeral.value == self.numeral.value.to_integral_value()
            )
        )


@dataclass(frozen=True, slots=True)
class _Lexis:
    clock: frozenset[str]
    months: frozenset[str]
    not_counted: frozenset[str]
    up: frozenset[str]


@cache
def _lexis() -> _Lexis:
    numbers, scope = lexicon.toml("numbers"), lexicon.toml("figure_scope")
    change = {w for kind in ("up", "down") for w in scope["change"][kind]}
    forms = {f for w in change for f in (w, w + "s", w + "ed", w + "d", w + "ing", w[:-1] + "ing")}
    return _Lexis(
        frozenset(numbers["clock"]["after"]),
        frozenset(numbers["months"]["names"]),
        frozenset(numbers["compounds"]["not_counted"]),
        frozenset(forms | set(scope["change"]["irregular"])),
    )


def find_quantities(text: str) -> list[Quantity]:
    """The quantities of ``text``, in order, none inside another; never raises."""
    pieces = cut(text)
    triggers = words().triggers
    found: list[Quantity] = []
    index, length = 0, len(pieces)
    while index < length:
        if pieces.kinds[index] != "d" and pieces.low[index] not in triggers:
            index += 1
            continue
        quantities, index = _at(pieces, index)
        found += quantities
    return found


def _at(pieces: Pieces, index: int) -> tuple[list[Quantity], int]:
    """The quantities that begin with the number at ``index``, and the piece to go on from."""
    if pieces.kinds[index] == "d" and (skip := _name_or_clock(pieces, index)):
        return [], skip
    if pieces.kinds[index] == "w" and _hyphened_before(pieces, index):
        return [], index + 1
    element = _element(pieces, index)
    if element is None:
        return [], index + 1
    ratio = _ratio(pieces, element)
    if ratio is not None:
        return [_quantity(pieces, ratio, ratio, None)], ratio.last + 1
    joined = _range(pieces, element)
    if joined is not None:
        return joined
    if element.numeral.form == "digits" and _joined_after(pieces, element.last):
        return [], _after_join(pieces, element.last)
    if _not_counted(pieces, element):
        return [], element.last + 1
    return [_quantity(pieces, element, element, None)], element.last + 1


def _name_or_clock(pieces: Pieces, index: int) -> int:
    """The piece to go on from where the digits at ``index`` are part of a name or a time, else 0."""
    if pieces.glued(index):
        kind, before = pieces.kinds[index - 1], pieces.low[index - 1]
        if kind == "w" and units.currency_before(pieces, index) is None:
            return index + 1
        if before in HYPHENS and pieces.glued(index - 1) and pieces.kinds[index - 2] in "wd":
            return index + 1
        if before in "/:#@_.,'’" and pieces.glued(index - 1):
            return index + 1
        if before == "#" or (before in ("\u2013", "\u2014") and pieces.kinds[index - 2] == "d"):
            return index + 1
    after = index + 1
    if pieces.word(after) == ":" and pieces.glued(after) and pieces.glued(after + 1):
        return index + 3 if pieces.kinds[after + 1 : after + 2] == ["d"] else 0
    if pieces.glued(after) and pieces.kinds[after] == "w":
        letters, raw = pieces.low[after], pieces.raw(after)
        if raw in words().suffixes or letters in ("am", "pm"):
            return 0 if raw in words().suffixes else after + 1
        element = units.unit_after(pieces, index, digits=True)
        if element is None or (len(raw) == 1 and raw.isupper() and raw not in "F C"):
            return after + 1
    elif pieces.word(after) in _lexis().clock:
        return after + 1
    elif pieces.word(after) in ("a", "p") and [pieces.word(after + 1), pieces.word(after + 2)] == [
        ".",
        "m",
    ]:
        return after + 3
    elif pieces.word(after) == "o" and pieces.word(after + 2) == "clock":
        return after + 3
    return 0


def _hyphened_before(pieces: Pieces, index: int) -> bool:
    """Whether a hyphen ties the word at ``index`` to the word before it ("mid-twenties")."""
    return (
        pieces.word(index - 1) in HYPHENS
        and pieces.glued(index)
        and pieces.glued(index - 1)
        and pieces.kinds[index - 2] == "w"
    )


def _element(pieces: Pieces, index: int) -> _Element | None:
    """The number at ``index`` with the currency before it and the unit after it."""
    numeral = read_number(pieces, index)
    if numeral is None:
        return None
    first, last, unit = numeral.first, numeral.last, None
    currency = units.currency_before(pieces, index)
    if currency is not None:
        first, code = currency
        unit = Unit("money", code, currency=code)
        # "$ 20 million dollars", "A$5 USD": what follows says it again.
        again = units.unit_after(pieces, last, digits=True, scaled=True)
        if again and again[1].kind == "money":
            last = again[0]
        return _Element(first, last, numeral, unit)
    if numeral.suffix and not _noun_like(pieces, last + 1):
        # "500m" with no currency and no noun after it: a length, not half a billion.
        attached = units.unit_after(pieces, last - 1, digits=True)
        if attached is not None and attached[0] == last:
            plain = replace(numeral, last=last - 1, value=numeral.mantissa, scale=Decimal(1))
            return _Element(first, last, plain, attached[1])
    after = last
    if numeral.form == "vague" and pieces.word(last + 1) == "of":
        after = last + 1
    if (
        numeral.form == "share"
        and numeral.value == Decimal("0.5")
        and pieces.word(last + 1)
        in (
            "a",
            "an",
        )
    ):
        after = last + 1
    found = units.unit_after(
        pieces, after, digits=numeral.form == "digits", scaled=numeral.scale > 1
    )
    if found is None and numeral.form == "vague" and after > last:
        found = units.unit_after(pieces, last, digits=False, scaled=True)
    age = False
    if found is not None:
        last, unit = found
        if unit.kind == "duration" and (old := units.age_after(pieces, last)) is not None:
            last, age = old, True
    if not age and unit is None and units.is_age_before(pieces, first):
        age = True
    return _Element(first, last, numeral, unit, age)


def _noun_like(pieces: Pieces, index: int) -> bool:
    """Whether a plural noun seems to follow, so that "5m" counts ("5m people")."""
    word = pieces.word(index)
    return len(word) > 3 and (word.endswith("s") or word == "people") and not pieces.glued(index)


def _not_counted(pieces: Pieces, element: _Element) -> bool:
    """Whether a hyphen makes the number part of a word that is no quantity ("two-way", "G-7")."""
    at = element.last + 1
    if pieces.word(at) not in HYPHENS or not pieces.glued(at) or not pieces.glued(at + 1):
        return False
    return pieces.word(at + 1) in _lexis().not_counted and element.unit is None


def _ratio(pieces: Pieces, element: _Element) -> _Element | None:
    """ "one in five", "nine out of ten": a share, from its first number to its second."""
    numeral = element.numeral
    at = numeral.last + 1
    if element.unit or numeral.value is None or numeral.scale > 1 or numeral.form == "share":
        return None
    out_of = pieces.word(at) == "out" and pieces.word(at + 1) == "of"
    if not out_of and (pieces.word(at) not in ("in", "of") or numeral.value > 9):
        return None
    second = at + (2 if out_of else 1)
    if pieces.word(second) == "every":
        second += 1
    if second >= len(pieces):
        return None
    below = read_number(pieces, second)
    if below is None or below.value is None or below.form not in ("digits", "words"):
        return None
    if not 0 < numeral.value < below.value or below.value > 10**6:
        return None
    if not out_of:
        if pieces.word(at) == "of" or below.form != numeral.form:
            return None
        if below.value not in (
            2,
            3,
            4,
            5,
            6,
            7,
            8,
            9,
            10,
            12,
            20,
            50,
            100,
            1000,
            10000,
            100000,
            10**6,
        ):
            return None
        if numeral.value > 1 and below.value > 10:
            return None
        found = units.unit_after(pieces, below.last, digits=below.form == "digits")
        if found is not None:
            return None
        # "killed two in three attacks" is no ratio; "two in three voters" and "one in five" are.
        if numeral.value > 1 and pieces.word(numeral.first - 1)[-2:] in ("ed", "ng"):
            return None
    share = Numeral(numeral.first, below.last, round(numeral.value / below.value, 10), "share")
    return _Element(numeral.first, below.last, share, Unit("share", "share"))


def _range(pieces: Pieces, left: _Element) -> tuple[list[Quantity], int] | None:
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
        if not dash and link not in ("to", "and", "or"):
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
        right = _element(pieces, second)
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
    pieces: Pieces, left: _Element, right: _Element, link: str, dash: bool
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
    if link == "and":
        if between is None:
            return None
        start = between
    if left.bare_year and right.bare_year and not (left.numeral.value == 0):
        return ([], right.last + 1) if dash else None
    if link == "or" and not (low < high <= 2 * low):
        return None
    if link == "to":
        changed = _changed(pieces, left.first if from_ is None else from_)
        if changed or low >= high:
            if from_ is None and not changed:
                return None
            first = _quantity(pieces, left if left.unit else replace(left, unit=None), left, None)
            if left.unit is None and right.unit is not None and right.unit.kind != "money":
                first = replace(first, unit=right.unit, value=low * right.unit.factor)
            first = replace(first, value=_factored(low, unit)) if left.unit is None else first
            second = _quantity(pieces, right, right, None)
            if right.unit is None and left.unit is not None and left.unit.kind == "money":
                second = replace(second, unit=left.unit)
            return [replace(first, pair=1), replace(second, pair=2)], right.last + 1
        start = from_ if from_ is not None else left.first
    if low >= high:
        return ([], right.last + 1) if dash else None
    if link in ("to", "or") and right.numeral.form == "vague":
        return None
    both = _Element(start, right.last, right.numeral, unit, right.age)
    quantity = _quantity(pieces, both, left, (_factored(low, unit), _factored(high, unit)))
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


def _changed(pieces: Pieces, before: int) -> bool:
    """Whether a word of change stands shortly before: "rose from 49 to 71" is no range."""
    up = _lexis().up
    for index in range(before - 1, max(-1, before - 9), -1):
        if pieces.kinds[index] in "bp" and pieces.low[index] not in "$€£%'’\"":
            return False
        if pieces.low[index] in up:
            return True
    return False


def _joined_after(pieces: Pieces, last: int) -> bool:
    """Whether digits go on after a hyphen, a slash or a dot: phone numbers, scores, addresses."""
    at = last + 1
    return (
        (pieces.word(at) in DASHES or pieces.word(at) in ("/", ".", ":"))
        and pieces.glued(at)
        and pieces.glued(at + 1)
        and pieces.kinds[at + 1] == "d"
    )


def _after_join(pieces: Pieces, last: int) -> int:
    while _joined_after(pieces, last):
        last += 2
    return last + 1


def _quantity(
    pieces: Pieces,
    whole: _Element,
    left: _Element,
    ends: tuple[Decimal, Decimal] | None,
) -> Quantity:
    """The quantity of an element or a range, with the bound words around it."""
    numeral, unit = whole.numeral, whole.unit
    duration = unit is not None and unit.kind == "duration"
    first = whole.first
    # A minus sign.
    negative = False
    if numeral.form == "digits" and first and ends is None:
        sign = pieces.low[first - 1]
        free = not pieces.glued(first - 1)
        if (sign in ("-", "\u2212") and pieces.glued(first) and free) or sign == "minus":
            negative, first = True, first - 1
    start, bound, more = bound_before(pieces, first, duration)
    last, end_bound, more_after = bound_after(pieces, numeral.last)
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
