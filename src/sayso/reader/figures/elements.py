"""Elements: a number with the currency before it and the unit after it."""

from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

from sayso import lexicon
from sayso.reader.figures import units
from sayso.reader.figures.numbers import read_number
from sayso.reader.figures.numeral import Numeral, words
from sayso.reader.figures.pieces import DASHES, HYPHENS, Pieces
from sayso.reader.figures.units import Unit


@dataclass(frozen=True, slots=True)
class Element:
    """A number with its currency and unit; pieces inclusive."""

    first: int
    last: int
    numeral: Numeral
    unit: Unit | None
    age: bool = False

    @property
    def bare_year(self) -> bool:
        """Whether the number may be a year."""
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
    not_one: frozenset[str]
    up: frozenset[str]


@cache
def lexis() -> _Lexis:
    """The words of the lexicon that this grammar asks for, read once."""
    numbers, scope = lexicon.toml("numbers"), lexicon.toml("figure_scope")
    change = {w for kind in ("up", "down") for w in scope["change"][kind]}
    forms = {f for w in change for f in (w, w + "s", w + "ed", w + "d", w + "ing", w[:-1] + "ing")}
    return _Lexis(
        frozenset(numbers["clock"]["after"]),
        frozenset(numbers["months"]["names"]),
        frozenset(numbers["compounds"]["not_counted"]),
        frozenset(numbers["compounds"]["not_one"]),
        frozenset(forms | set(scope["change"]["irregular"])),
    )


def name_or_clock(pieces: Pieces, index: int) -> int:
    """The piece to go on from where the digits at ``index`` are a name's or a time's, else 0."""
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
    elif pieces.word(after) in lexis().clock:
        return after + 1
    elif (
        pieces.word(after) in ("a", "p")
        and [pieces.word(after + 1), pieces.word(after + 2)]
        == [
            ".",
            "m",
        ]
    ) or (pieces.word(after) == "o" and pieces.word(after + 2) == "clock"):
        return after + 3
    return 0


def hyphened_before(pieces: Pieces, index: int) -> bool:
    """Whether a hyphen ties the word at ``index`` to the word before it ("mid-twenties")."""
    return (
        pieces.word(index - 1) in HYPHENS
        and pieces.glued(index)
        and pieces.glued(index - 1)
        and pieces.kinds[index - 2] == "w"
    )


def read_element(pieces: Pieces, index: int) -> Element | None:
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
        return Element(first, last, numeral, unit)
    if numeral.suffix and not _noun_like(pieces, last + 1):
        # "500m" with no currency and no noun after it: a length, not half a billion.
        attached = units.unit_after(pieces, last - 1, digits=True)
        if attached is not None and attached[0] == last:
            plain = replace(numeral, last=last - 1, value=numeral.mantissa, scale=Decimal(1))
            return Element(first, last, plain, attached[1])
    if numeral.form == "words" and (multiple := units.multiple_of(pieces.low[last])):
        return Element(first, last, numeral, multiple)
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
    return Element(first, last, numeral, unit, age)


def _noun_like(pieces: Pieces, index: int) -> bool:
    """Whether a plural noun seems to follow, so that "5m" counts ("5m people")."""
    word = pieces.word(index)
    return len(word) > 3 and (word.endswith("s") or word == "people") and not pieces.glued(index)


def not_counted(pieces: Pieces, element: Element) -> bool:
    """Whether a hyphen makes the number part of a word that is no quantity ("two-way", "G-7")."""
    at = element.last + 1
    if pieces.word(at) not in HYPHENS or not pieces.glued(at) or not pieces.glued(at + 1):
        return False
    word = pieces.word(at + 1)
    if element.numeral.value == 1 and word in lexis().not_one:
        return True
    return word in lexis().not_counted and element.unit is None


def read_ratio(pieces: Pieces, element: Element) -> Element | None:
    """A share such as "one in five" or "nine out of ten", from its first number to its second."""
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
    return Element(numeral.first, below.last, share, Unit("share", "share"))


def joined_after(pieces: Pieces, last: int) -> bool:
    """Whether digits go on after a hyphen, a slash or a dot: phone numbers, scores, addresses."""
    at = last + 1
    return (
        (pieces.word(at) in DASHES or pieces.word(at) in ("/", ".", ":"))
        and pieces.glued(at)
        and pieces.glued(at + 1)
        and pieces.kinds[at + 1] == "d"
    )


def after_join(pieces: Pieces, last: int) -> int:
    """The piece after the last of the digits joined so."""
    while joined_after(pieces, last):
        last += 2
    return last + 1
