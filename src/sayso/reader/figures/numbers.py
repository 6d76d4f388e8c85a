"""The grammar of numbers: from pieces of text to values. Knows no units, no bounds and no parse."""

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Literal

from sayso import lexicon
from sayso.reader.figures.pieces import HYPHENS, Pieces

Form = Literal["digits", "words", "share", "vague"]

#: Digits of the longest number that is read as one; longer runs are keys or card numbers.
MAX_DIGITS = 18

_PLAIN = re.compile(r"[0-9]{1,18}(?:\.[0-9]{1,9})?")
_COMMAS = re.compile(r"[0-9]{1,3}(?:,[0-9]{2,3}){0,6},[0-9]{3}(?:\.[0-9]{1,9})?")
_DOTS = re.compile(r"[0-9]{1,3}(?:\.[0-9]{3}){2,6}")
_COMMA_DECIMAL = re.compile(r"[0-9]{1,3},[0-9]{1,2}")
_SPACES = frozenset(" \u00a0\u2009\u202f")


@dataclass(frozen=True, slots=True)
class Numeral:
    """One number as the text writes it.

    Attributes:
        first: its first piece.
        last: its last piece, inclusive.
        value: the number named; None for a vague one.
        low: lower end of a vague one.
        high: upper end of a vague one.
        form: how it is written.
        mantissa: the number before it was multiplied by a scale word.
        scale: what it was multiplied by.
        suffix: the multiplying letters attached to the digits that might be a unit ("5m"), else "".
    """

    first: int
    last: int
    value: Decimal | None
    form: Form
    low: Decimal | None = None
    high: Decimal | None = None
    mantissa: Decimal = Decimal(0)
    scale: Decimal = Decimal(1)
    suffix: str = ""


@dataclass(frozen=True, slots=True)
class Words:
    """The number words of the lexicon, ready for look-up."""

    units: dict[str, int]
    tens: dict[str, int]
    scales: dict[str, int]
    suffixes: dict[str, int]
    ambiguous: frozenset[str]
    denominators: dict[str, int]
    signs: dict[str, Decimal]
    share_before: frozenset[str]
    share_end: frozenset[str]
    share_lead: frozenset[str]
    share_not_after: frozenset[str]
    plurals: dict[str, tuple[int, int]]
    multipliers: dict[str, tuple[int, int]]
    vague_scales: dict[str, int]
    alone: frozenset[str]
    with_article: frozenset[str]
    triggers: frozenset[str]


@cache
def words() -> Words:
    """The number words, read once."""
    data, vague = lexicon.toml("numbers"), lexicon.toml("vague")
    share = data["share"]
    starters = {"a", "an", "half", "hundred", "dozen"}
    return Words(
        units=data["units"],
        tens=data["tens"],
        scales=data["scales"],
        suffixes=data["suffixes"],
        ambiguous=frozenset(data["ambiguous"]["suffixes"]),
        denominators=data["denominators"],
        signs={sign: Decimal(str(value)) for sign, value in data["fraction_signs"].items()},
        share_before=frozenset(share["before"]),
        share_end=frozenset(share["end"]),
        share_lead=frozenset(share["lead"]),
        share_not_after=frozenset(share["not_after"]),
        plurals={word: (low, high) for word, (low, high) in vague["plurals"].items()},
        multipliers={word: (low, high) for word, (low, high) in vague["multipliers"].items()},
        vague_scales=vague["scales"],
        alone=frozenset(vague["alone"]["words"]),
        with_article=frozenset(vague["alone"]["article"]),
        triggers=frozenset(
            starters
            | set(data["units"])
            | set(data["tens"])
            | set(vague["plurals"])
            | set(vague["multipliers"])
            | set(data["fraction_signs"])
        ),
    )


def read_number(pieces: Pieces, index: int) -> Numeral | None:
    """The number that begins at piece ``index``, the longest reading of it, or None."""
    if pieces.kinds[index] == "d":
        return _digits(pieces, index)
    word = pieces.low[index]
    lexis = words()
    if word not in lexis.triggers:
        return None
    if word in lexis.signs:
        return Numeral(index, index, lexis.signs[word], "share")
    return (
        _half(pieces, index)
        or _vague(pieces, index)
        or _fraction(pieces, index)
        or _words(pieces, index)
    )


def decimal_of(digits: str) -> Decimal | None:
    """The value of digits with their separators, or None where they are no number.

    Commas part groups ("1,500,000", "15,00,000"), a full stop begins the decimals; two or more dots
    before groups of three part groups too ("1.500.000").
    """
    if len(digits) > MAX_DIGITS + 8:
        return None
    if _PLAIN.fullmatch(digits):
        return Decimal(digits)
    if _COMMAS.fullmatch(digits):
        return Decimal(digits.replace(",", ""))
    if _DOTS.fullmatch(digits):
        return Decimal(digits.replace(".", ""))
    return None


def _skip_hyphen(pieces: Pieces, index: int) -> int:
    """``index``, or the piece after it where it is a hyphen between two words."""
    if pieces.word(index) in HYPHENS and pieces.glued(index) and pieces.glued(index + 1):
        return index + 1
    return index


def _digits(pieces: Pieces, index: int) -> Numeral | None:
    lexis = words()
    digits = pieces.low[index]
    value = decimal_of(digits)
    last = index
    if value is None:
        follower = pieces.word(index + 1)
        if not (_COMMA_DECIMAL.fullmatch(digits) and follower in lexis.scales):
            return None
        value = Decimal(digits.replace(",", "."))
    elif len(digits) <= 3 and digits.isdigit() and digits[0] != "0":
        last, value = _spaced_groups(pieces, index, value)
    mantissa, suffix = value, ""
    if pieces.glued(last + 1) and pieces.kinds[last + 1] == "w":
        letters = pieces.raw(last + 1)
        if letters in lexis.suffixes:
            last += 1
            value *= lexis.suffixes[letters]
            suffix = letters if letters in lexis.ambiguous else ""
    elif pieces.word(last + 1) in lexis.signs:
        last += 1
        value += lexis.signs[pieces.low[last]]
    elif fraction := _slash_fraction(pieces, last + 1):
        last += 3
        value += fraction
    elif pieces.word(last + 1) == "/":
        return _slash_share(pieces, index, value)
    last, value, scale = _scaled(pieces, last, value)
    return Numeral(index, last, value, "digits", None, None, mantissa, scale, suffix)


def _spaced_groups(pieces: Pieces, index: int, value: Decimal) -> tuple[int, Decimal]:
    """Groups of three digits parted by single spaces ("15 000"), where the first has at most three."""
    last = index
    while (
        last + 1 < len(pieces)
        and pieces.kinds[last + 1] == "d"
        and len(pieces.low[last + 1]) == 3
        and pieces.starts[last + 1] == pieces.ends[last] + 1
        and pieces.text[pieces.ends[last]] in _SPACES
        and (pieces.low[last + 1] == "000" or pieces.text[pieces.ends[last]] != " ")
        and last - index < 4
    ):
        last += 1
        value = value * 1000 + int(pieces.low[last])
    return last, value


def _slash_fraction(pieces: Pieces, index: int) -> Decimal | None:
    """The fraction of "10 1/2" that begins at ``index``."""
    if (
        pieces.word(index + 1) == "/"
        and pieces.kinds[index] == "d"
        and not pieces.glued(index)
        and pieces.glued(index + 1)
        and pieces.glued(index + 2)
        and pieces.low[index] in ("1", "3")
        and pieces.word(index + 2) in ("2", "4", "8")
    ):
        return Decimal(pieces.low[index]) / Decimal(pieces.low[index + 2])
    return None


def _slash_share(pieces: Pieces, index: int, value: Decimal) -> Numeral | None:
    """The share "2/3", where "of" or a determiner follows; dates and scores are none."""
    below = decimal_of(pieces.word(index + 2)) if pieces.glued(index + 2) else None
    if below is None or not value < below <= 10 or value == 0:
        return None
    if pieces.word(index + 3) not in words().share_before:
        return None
    return Numeral(index, index + 2, _ratio(value, below), "share")


def _ratio(over: Decimal, under: Decimal) -> Decimal:
    return round(over / under, 10)


def _scaled(pieces: Pieces, last: int, value: Decimal) -> tuple[int, Decimal, Decimal]:
    """A number with the scale words that follow ("1.5 million", "two and a half million")."""
    lexis = words()
    scale = Decimal(1)
    after = _skip_hyphen(pieces, last + 1)
    if [pieces.word(after + i) for i in range(3)] == ["and", "a", "half"]:
        last, value = after + 2, value + Decimal("0.5")
        after = last + 1
    while (word := pieces.word(after)) in lexis.scales or word in ("hundred", "dozen"):
        factor = lexis.scales.get(word) or (100 if word == "hundred" else 12)
        if value * factor > 10**16:
            break
        last, value, scale = after, value * factor, scale * factor
        if (
            pieces.word(last + 1) == "."
            and word in ("mln", "bln", "mn", "bn")
            and (
                pieces.glued(last + 1) and pieces.word(last + 2) and pieces.raw(last + 2).islower()
            )
        ):
            last += 1
        after = _skip_hyphen(pieces, last + 1)
    if scale > 1 and [pieces.word(after + i) for i in range(3)] == ["and", "a", "half"]:
        last, value = after + 2, value + scale / 2
    return last, value, scale


def _words(pieces: Pieces, index: int) -> Numeral | None:
    """A number in words: "twenty-three", "a hundred and five", "two million three hundred thousand"."""
    lexis = words()
    total, current, state = 0, -1, ""
    below = 10**18
    at, last = index, -1
    if pieces.low[index] in ("a", "an"):
        if pieces.word(index + 1) not in lexis.scales and pieces.word(index + 1) not in (
            "hundred",
            "dozen",
        ):
            return None
        current, at = 1, index + 1
    while at < len(pieces):
        word = pieces.low[at]
        if (value := lexis.units.get(word)) is not None and (
            current < 0 or (state == "ten" and 1 <= value <= 9) or state == "hundred"
        ):
            current = max(current, 0) + value
            state = "unit"
        elif (value := lexis.tens.get(word)) is not None and (current < 0 or state == "hundred"):
            current = max(current, 0) + value
            state = "ten"
        elif word == "hundred" and 0 < current < 100 and state != "dozen":
            current *= 100
            state = "hundred"
        elif word == "dozen" and state != "dozen" and (current > 0 or at == index):
            current = max(current, 1) * 12
            state = "dozen"
        elif (scale := lexis.scales.get(word)) is not None and current > 0 and scale < below:
            total += current * scale
            below, current, state = scale, -1, "scale"
        elif (
            word == "and"
            and state in ("hundred", "scale")
            and below in (1000, 10**18)
            and (pieces.word(at + 1) in lexis.units or pieces.word(at + 1) in lexis.tens)
        ):
            at += 1
            continue
        else:
            break
        last = at
        at = _skip_hyphen(pieces, at + 1) if state in ("ten", "unit", "scale") else at + 1
    if last < 0:
        return None
    value_ = Decimal(total + max(current, 0))
    mantissa = value_ / below if state == "scale" and below < 10**18 else value_
    if below < 10**18 and state != "scale":
        return Numeral(index, last, value_, "words", None, None, value_)
    tail, scaled, more = _scaled(pieces, last, value_)
    if state == "scale" and tail > last:
        if [pieces.word(tail - 2 + i) for i in range(3)] == ["and", "a", "half"] and more == 1:
            return Numeral(index, tail, value_ + Decimal(below) / 2, "words", None, None, mantissa)
        return Numeral(index, last, value_, "words", None, None, mantissa, Decimal(below))
    scale_ = Decimal(below) if state == "scale" else more
    return Numeral(index, tail, scaled, "words", None, None, mantissa, scale_)


def _half(pieces: Pieces, index: int) -> Numeral | None:
    """ "half a million", "half a dozen", "a quarter of a million"; a share is read elsewhere."""
    lexis = words()
    word = pieces.low[index]
    at = index
    if word == "half":
        part, at = Decimal("0.5"), index + 1
    elif word == "a" and pieces.word(index + 1) in ("half", "quarter"):
        part = Decimal("0.5") if pieces.low[index + 1] == "half" else Decimal("0.25")
        at = index + 2
        if pieces.word(at) == "of":
            at += 1
    else:
        return None
    at = _skip_hyphen(pieces, at)
    if pieces.word(at) in ("a", "an"):
        at += 1
    factor = lexis.scales.get(pieces.word(at)) or (12 if pieces.word(at) == "dozen" else 0)
    if not factor:
        return None
    return Numeral(index, at, part * factor, "words", None, None, part, Decimal(factor))


def _fraction(pieces: Pieces, index: int) -> Numeral | None:
    """A share in words: "half of", "a third of", "two-thirds", "three quarters"."""
    lexis = words()
    word = pieces.low[index]
    if word == "half":
        if not _is_share(pieces, index, index):
            return None
        return Numeral(index, index, Decimal("0.5"), "share")
    over = 1 if word in ("a", "an") else lexis.units.get(word, 0)
    at = _skip_hyphen(pieces, index + 1)
    under = lexis.denominators.get(pieces.word(at), 0)
    if not 0 < over < max(under, 1):
        return None
    # "two third" is none, "one thirds" neither; "a third country" is an ordinal.
    if (over > 1) != (pieces.low[at][-1] == "s"):
        return None
    if over == 1 and not _is_share(pieces, index, at, strict=word in ("a", "an")):
        return None
    if (
        over == 1
        and word == "one"
        and pieces.word(at + 1) not in lexis.share_before
        and (at == index + 1 and pieces.word(at) in ("fourth", "second"))
    ):
        return None
    return Numeral(index, at, _ratio(Decimal(over), Decimal(under)), "share")


def _is_share(pieces: Pieces, first: int, last: int, strict: bool = False) -> bool:
    """Whether "half" or "a third" at these pieces is a share and no ordinal or part."""
    lexis = words()
    before, after = pieces.word(first - 1), pieces.word(last + 1)
    if pieces.word(last + 1) in HYPHENS and pieces.glued(last + 1):
        return False
    if before in lexis.share_not_after:
        return False
    if after == "of":
        return True
    if pieces.low[last] in ("half", "quarter") and after in ("a", "an"):
        return True
    if not strict:
        if pieces.low[last] != "half":
            return True
        return after in lexis.share_before or before in lexis.share_lead
    ended = not after or pieces.kinds[last + 1] in ("p", "b") or after in lexis.share_end
    return before in lexis.share_lead and ended


def _vague(pieces: Pieces, index: int) -> Numeral | None:
    """ "dozens", "several hundred", "tens of thousands", "a few", "many thousands"."""
    lexis = words()
    word = pieces.low[index]
    at = index
    if word in ("a", "an"):
        if pieces.word(index + 1) not in lexis.with_article:
            return None
        at, word = index + 1, pieces.low[index + 1]
    if word in lexis.multipliers:
        low, high = lexis.multipliers[word]
        after = at + 1
        if pieces.word(after) == "of":
            after += 1
        factor = 0
        while pieces.word(after) in lexis.vague_scales and factor < 10**12:
            factor = max(factor, 1) * lexis.vague_scales[pieces.low[after]]
            after += (
                2
                if pieces.word(after + 1) == "of" and (pieces.word(after + 2) in lexis.vague_scales)
                else 1
            )
        if factor:
            return Numeral(
                index, after - 1, None, "vague", Decimal(low * factor), Decimal(high * factor)
            )
        if word in lexis.alone and (word not in lexis.with_article or at > index):
            return Numeral(index, at, None, "vague", Decimal(low), Decimal(high))
        return None
    if word not in lexis.plurals or at != index:
        return None
    low, high = lexis.plurals[word]
    last = at
    while pieces.word(last + 1) == "of" and (
        factor := lexis.vague_scales.get(pieces.word(last + 2), 0)
    ):
        if low * factor > 10**15:
            break
        low, high, last = low * factor, high * factor, last + 2
    return Numeral(index, last, None, "vague", Decimal(low), Decimal(high))
