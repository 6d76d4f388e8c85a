"""Numbers that are parts or sizes: "half a million", "a third of", "dozens", "several hundred"."""

from decimal import Decimal

from sayso.reader.figures.numeral import Numeral, ratio, skip_hyphen, words
from sayso.reader.figures.pieces import HYPHENS, Pieces


def half_of(pieces: Pieces, index: int) -> Numeral | None:
    """A number such as "half a million" or "a quarter of a million"; shares are read elsewhere."""
    lexis = words()
    word = pieces.low[index]
    at = index
    if word in ("half", "quarter"):
        part, at = ratio(Decimal(1), Decimal(lexis.denominators[word])), index + 1
    else:
        over = 1 if word == "a" else lexis.units.get(word, 0)
        at = skip_hyphen(pieces, index + 1)
        under = lexis.denominators.get(pieces.word(at), 0)
        if not 0 < over < under:
            return None
        part = ratio(Decimal(over), Decimal(under))
        at += 1
        # "a half million", but "a third million people" is an ordinal.
        if pieces.word(at) != "of" and under not in (2, 4):
            return None
    if pieces.word(at) == "of":
        at += 1
        if pieces.word(at) not in ("a", "an"):
            return None
    at = skip_hyphen(pieces, at)
    if pieces.word(at) in ("a", "an"):
        at += 1
    factor = lexis.scales.get(pieces.word(at)) or (12 if pieces.word(at) == "dozen" else 0)
    if not factor:
        return None
    return Numeral(index, at, part * factor, "words", None, None, part, Decimal(factor))


def fraction(pieces: Pieces, index: int) -> Numeral | None:
    """A share in words: "half of", "a third of", "two-thirds", "three quarters"."""
    lexis = words()
    word = pieces.low[index]
    if word == "half":
        if not _is_share(pieces, index, index):
            return None
        return Numeral(index, index, Decimal("0.5"), "share")
    over = 1 if word in ("a", "an") else lexis.units.get(word, 0)
    at = skip_hyphen(pieces, index + 1)
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
    return Numeral(index, at, ratio(Decimal(over), Decimal(under)), "share")


def _is_share(pieces: Pieces, first: int, last: int, strict: bool = False) -> bool:
    """Whether "half" or "a third" at these pieces is a share and no ordinal or part."""
    lexis = words()
    before, after = pieces.word(first - 1), pieces.word(last + 1)
    if pieces.word(last + 1) in HYPHENS and pieces.glued(last + 1):
        return False
    if before in lexis.share_not_after:
        return False
    if after == "of" or after in lexis.share_compared or before in ("which", "whom"):
        return True
    if pieces.low[last] in ("half", "quarter") and after in ("a", "an"):
        return True
    if not strict:
        if pieces.low[last] != "half":
            return True
        return after in lexis.share_before or before in lexis.share_lead
    ended = not after or pieces.kinds[last + 1] in ("p", "b") or after in lexis.share_end
    return before in lexis.share_lead and ended


def vague(pieces: Pieces, index: int) -> Numeral | None:
    """A size such as "dozens", "several hundred", "tens of thousands", "a few"."""
    lexis, table = words(), pieces.vague
    word = pieces.low[index]
    at = index
    if word in ("a", "an"):
        if pieces.word(index + 1) not in lexis.with_article:
            return None
        at, word = index + 1, pieces.low[index + 1]
    if word in table.multipliers:
        low, high = table.multipliers[word]
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
            most = None if high is None else high * factor
            return Numeral(index, after - 1, None, "vague", low * factor, most)
        if word in lexis.alone and (word not in lexis.with_article or at > index):
            return Numeral(index, at, None, "vague", low, high)
        return None
    if word not in table.plurals or at != index:
        return None
    low, high = table.plurals[word]
    last = at
    while pieces.word(last + 1) == "of" and (
        factor := lexis.vague_scales.get(pieces.word(last + 2), 0)
    ):
        if low * factor > 10**15:
            break
        low, high, last = low * factor, None if high is None else high * factor, last + 2
    return Numeral(index, last, None, "vague", low, high)
