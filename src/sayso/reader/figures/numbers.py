"""The grammar of numbers: from pieces of text to values. Knows no units, no bounds and no parse."""

import re
from decimal import Decimal

from sayso.reader.figures.numeral import Numeral, ratio, skip_hyphen, words
from sayso.reader.figures.pieces import Pieces
from sayso.reader.figures.shares import fraction, half_of, vague

#: Digits of the longest number that is read as one; longer runs are keys or card numbers.
MAX_DIGITS = 18

_PLAIN = re.compile(r"[0-9]{1,18}(?:\.[0-9]{1,9})?")
_COMMAS = re.compile(r"[0-9]{1,3}(?:,[0-9]{2,3}){0,6},[0-9]{3}(?:\.[0-9]{1,9})?")
_DOTS = re.compile(r"[0-9]{1,3}(?:\.[0-9]{3}){2,6}")
_COMMA_DECIMAL = re.compile(r"[0-9]{1,3},[0-9]{1,2}")
_SPACES = frozenset(" \u00a0\u2009\u202f")


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
    if word in lexis.multiples:
        return Numeral(index, index, Decimal(lexis.multiples[word]), "words")
    return (
        half_of(pieces, index)
        or vague(pieces, index)
        or fraction(pieces, index)
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
        # Ten digits and more with nothing between them are a key, a telephone or an account.
        return Decimal(digits) if len(digits.partition(".")[0]) < 10 else None
    if _COMMAS.fullmatch(digits):
        return Decimal(digits.replace(",", ""))
    if _DOTS.fullmatch(digits):
        return Decimal(digits.replace(".", ""))
    return None


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
    elif part := _slash_fraction(pieces, last + 1):
        last += 3
        value += part
    elif pieces.word(last + 1) == "/":
        return _slash_share(pieces, index, value)
    last, value, scale = _scaled(pieces, last, value)
    return Numeral(index, last, value, "digits", None, None, mantissa, scale, suffix)


def _spaced_groups(pieces: Pieces, index: int, value: Decimal) -> tuple[int, Decimal]:
    """Groups of three digits parted by single spaces ("15 000")."""
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
    return Numeral(index, index + 2, ratio(value, below), "share")


def _scaled(pieces: Pieces, last: int, value: Decimal) -> tuple[int, Decimal, Decimal]:
    """A number with the scale words that follow ("1.5 million", "two and a half million")."""
    lexis = words()
    scale = Decimal(1)
    after = skip_hyphen(pieces, last + 1)
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
        after = skip_hyphen(pieces, last + 1)
    if scale > 1 and [pieces.word(after + i) for i in range(3)] == ["and", "a", "half"]:
        last, value = after + 2, value + scale / 2
    return last, value, scale


def _words(pieces: Pieces, index: int) -> Numeral | None:
    """A number in words: "twenty-three", "a hundred and five", "two million"."""
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
        at = skip_hyphen(pieces, at + 1) if state in ("ten", "unit", "scale") else at + 1
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
