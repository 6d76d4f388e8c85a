"""The grammar of numbers: from pieces of text to values. Knows no units, no bounds and no parse."""

import re
from decimal import Decimal

from sayso.reader.figures.numeral import Numeral, ratio, skip_hyphen, words
from sayso.reader.figures.pieces import Pieces
from sayso.reader.figures.shares import fraction, half_of, vague

#: Digits of the longest number that is read as one; longer runs are keys or card numbers.
MAX_DIGITS = 18

_PLAIN = re.compile(r"(?:[0-9]{1,18}|(?=\.))(?:\.[0-9]{1,9})?")
_COMMAS = re.compile(r"[0-9]{1,3}(?:,[0-9]{2,3}){0,6},[0-9]{3}(?:\.[0-9]{1,9})?")
_DOTS = re.compile(r"[0-9]{1,3}(?:\.[0-9]{3}){2,6}")
_COMMA_DECIMAL = re.compile(r"[0-9]{1,3},[0-9]{1,2}")
_GROUP = re.compile(r"[0-9]{3}(?:\.[0-9]{1,9})?")
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
        powered = pieces.kinds[last + 2 : last + 3] == ["d"] and pieces.glued(last + 2)  # "24m2"
        if letters in lexis.suffixes and not powered:
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
    groups: list[str] = []
    while (
        last + 1 < len(pieces)
        and pieces.kinds[last + 1] == "d"
        and (group := _GROUP.fullmatch(pieces.low[last + 1]))
        and pieces.starts[last + 1] == pieces.ends[last] + 1
        and pieces.text[pieces.ends[last]] in _SPACES
        and last - index < 4
    ):
        last += 1
        groups.append(group[0])
        if "." in group[0]:
            break
    # "15 000", "1 414 021": one group after a plain space is two numbers, unless it is round.
    plain = pieces.text[pieces.ends[index] : pieces.ends[index] + 1] == " "
    if not groups or (plain and len(groups) == 1 and groups[0] != "000"):
        return index, value
    for group_ in groups:
        value = value * 1000 + Decimal(group_)
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
    after = pieces.word(skip_hyphen(pieces, index + 3))
    if after in words().share_measured:
        return Numeral(index, index + 2, ratio(value, below), "digits")
    if after not in words().share_before:
        return None
    return Numeral(index, index + 2, ratio(value, below), "share")


def _scaled(pieces: Pieces, last: int, value: Decimal) -> tuple[int, Decimal, Decimal]:
    """A number with the scale words that follow ("1.5 million", "two and a quarter million")."""
    lexis = words()
    scale = Decimal(1)
    end, part = _and_part(pieces, last)
    if part:
        # The part belongs to the number before the scale: "two and a half million".
        last, value = end, value + part
    after = skip_hyphen(pieces, last + 1)
    while (word := pieces.word(after)) in lexis.scales or word in ("hundred", "dozen", "dozens"):
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
    if scale > 1 and not part:
        # "three million and a quarter": a quarter of a million.
        end, part = _and_part(pieces, last)
        if part:
            last, value = end, value + part * scale
    return last, value, scale


def _and_part(pieces: Pieces, last: int) -> tuple[int, Decimal]:
    """The last piece and the size of "and a half", "and two thirds" behind a number, else 0."""
    lexis = words()
    if pieces.word(last + 1) != "and":
        return last, Decimal(0)
    word = pieces.word(last + 2)
    over = 1 if word in ("a", "one") else lexis.units.get(word, 0)
    at = skip_hyphen(pieces, last + 3)
    under = lexis.denominators.get(pieces.word(at), 0)
    if not 0 < over < under or (over > 1) != (pieces.low[at][-1] == "s"):
        return last, Decimal(0)
    if pieces.word(at + 1) == "of":
        return last, Decimal(0)  # "killed 20 and a quarter of those"
    # "two and a third man": an ordinal. A half and a quarter are none.
    if under not in (2, 4) and pieces.word(at + 1) not in lexis.scales and over == 1:
        return last, Decimal(0)
    return at, ratio(Decimal(over), Decimal(under))


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
    elif pieces.low[index] == "hundred" and pieces.word(index + 1) in lexis.scales:
        current = 1  # "hundred thousand dollars"
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
    if state != "scale":
        last, value_ = _with_point(pieces, last, value_)
    tail, scaled, more = _scaled(pieces, last, value_)
    if state == "scale" and tail > last:
        end, part = _and_part(pieces, last)
        if part and end == tail:
            return Numeral(index, tail, value_ + part * below, "words", None, None, mantissa)
        if (last_word := pieces.word(last)) == "lakh" and pieces.word(last + 1) == "crore":
            crore = lexis.scales["crore"]
            lakh = Decimal(lexis.scales[last_word])
            return Numeral(
                index, last + 1, value_ * crore, "words", None, None, mantissa, lakh * crore
            )
        return Numeral(index, last, value_, "words", None, None, mantissa, Decimal(below))
    scale_ = Decimal(below) if state == "scale" else more
    return Numeral(index, tail, scaled, "words", None, None, mantissa, scale_)


def _with_point(pieces: Pieces, last: int, value: Decimal) -> tuple[int, Decimal]:
    """A number with spoken decimals: "six point two five"."""
    lexis = words()
    digits = ""
    at = last + 2
    while pieces.word(last + 1) == "point" and len(digits) < 9:
        unit = lexis.units.get(pieces.word(at), 10)
        if unit > 9:
            break
        digits, at = digits + str(unit), at + 1
    return (at - 1, value + Decimal(f"0.{digits}")) if digits else (last, value)
