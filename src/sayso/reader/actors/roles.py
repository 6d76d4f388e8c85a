"""The titles of people: before a name, after it, in a relative clause, or alone."""

from dataclasses import dataclass
from functools import cache

from sayso import lexicon
from sayso.reader.actors.chunks import addresses, titles, weak_titles
from sayso.reader.actors.tokens import Tokens

_INSIDE = frozenset(
    {
        "NN",
        "NNS",
        "NNP",
        "NNPS",
        "JJ",
        "JJS",
        "POS",
        "IN",
        "DT",
        "CC",
        "HYPH",
        "CD",
        "VBG",
        "VBN",
        "TO",
    }
)
_DIRECT = frozenset({"NN", "NNP", "NNPS", "NNS", "JJ", "JJS", "POS", "HYPH", "VBG"})
#: Tokens of a title at most.
_REACH = 16


@cache
def _links() -> frozenset[str]:
    return frozenset(lexicon.toml("roles")["links"])


@dataclass(frozen=True, slots=True)
class Title:
    """A title from token ``first`` to ``last``; ``joined`` where the name follows directly."""

    first: int
    last: int
    joined: bool


def title_before(tokens: Tokens, start: int, hits: set[int]) -> Title | None:
    """The title that ends right before token ``start``, or before a comma before it.

    Args:
        tokens: the text.
        start: the first token of the name.
        hits: the tokens of known names, which may be part of a title ("Kremlin spokesperson").
    """
    last = start - 1
    joined = True
    if last >= 0 and tokens.words[last] == ",":
        last, joined = last - 1, False
    if joined and last > 0 and tokens.words[last] == "." and tokens.low[last - 1] in titles():
        last -= 1  # "Lt. Col.", which the tokenizer parts
    if last < 0 or tokens.sents[last] != tokens.sents[start]:
        return None
    if tokens.low[last] in addresses() and joined:
        return None
    floor = max(0, start - _REACH)
    if (tokens.low[last] in titles() and tokens.is_noun(last)) or tokens.words[last][-1:] == ".":
        if tokens.low[last] not in titles():
            return None
        first = _left(tokens, last, floor, hits)
        if first == last and tokens.low[last] in weak_titles() and tokens.words[last].islower():
            return None
        if not joined and not _has_article(tokens, first):
            return None
        # "chairman of the committee's deputy head": the outer title is the one that counts.
        return Title(first, last, joined)
    found = _with_link(tokens, last, floor, hits)
    if found is None:
        return None
    return Title(found, last, joined)


def title_gender(tokens: Tokens, title: Title) -> str:
    """The gender that a title's main noun shows: "m", "f" or ""."""
    genders = lexicon.toml("roles")["gender"]
    words = tokens.low[title.first : title.last + 1]
    end = next((i for i, word in enumerate(words) if word in _links()), len(words))
    return next((genders[w] for w in reversed(words[:end]) if w in genders), "")


def kin_gender(tokens: Tokens, first: int, last: int) -> str:
    """The gender that a word of kinship beside a name shows ("her husband, X", "X, his sister")."""
    kin = lexicon.toml("roles")["kin"]
    before = first - 1
    if before >= 0 and tokens.words[before] == ",":
        before -= 1
    if before >= 0 and tokens.sents[before] == tokens.sents[first] and tokens.low[before] in kin:
        return str(kin[tokens.low[before]])
    after = last + 1
    if after >= len(tokens) or tokens.words[after] != ",":
        return ""
    for index in range(after + 1, min(after + 5, len(tokens))):
        if tokens.tags[index] not in ("PRP$", "DT", "JJ", "JJR", "JJS", "NN", "POS", "NNP"):
            break
        if tokens.low[index] in kin:
            return str(kin[tokens.low[index]])
    return ""


def _left(tokens: Tokens, at: int, floor: int, hits: set[int]) -> int:
    """The first token of the modifiers before ``at``."""
    while at > floor and tokens.sents[at - 1] == tokens.sents[at]:
        before = at - 1
        hyphen = tokens.words[before] in "-‐"
        if (
            before not in hits
            and not hyphen
            and (
                tokens.tags[before] not in _DIRECT
                or tokens.ents[before] in ("DATE", "TIME")
                or tokens.deps[before] in ("nsubj", "ROOT", "npadvmod")
            )
        ):
            break
        at = before
    while tokens.tags[at] in ("POS", "HYPH") or tokens.words[at] in "-‐":
        at += 1
    return at


def _with_link(tokens: Tokens, last: int, floor: int, hits: set[int]) -> int | None:
    """The start of a title with "of" that ends at ``last`` ("Chief of the General Staff")."""
    at = last
    if tokens.tags[at] not in ("NN", "NNS", "NNP", "NNPS") and at not in hits:
        return None
    while at > floor and tokens.sents[at - 1] == tokens.sents[last]:
        at -= 1
        if tokens.tags[at] not in _INSIDE and at not in hits:
            return None
        if tokens.low[at] in titles() and tokens.is_noun(at) and tokens.low[at + 1] in _links():
            return _left(tokens, at, floor, hits)
    return None


def _has_article(tokens: Tokens, first: int) -> bool:
    return first > 0 and (
        tokens.low[first - 1] in ("the", "a", "an", "his", "her", "its", "their", "our")
        or tokens.sents[first - 1] != tokens.sents[first]
        or tokens.tags[first - 1] == "IN"
    )


def title_after(tokens: Tokens, last: int, hits: set[int], names: set[int]) -> Title | None:
    """The title in apposition after a name: "X, secretary of the council,"; "X, who heads Y".

    ``names`` are the tokens of people's names: a title before one of them is that person's.
    """
    total = len(tokens)
    at = last + 1
    if (
        at + 1 >= total
        or tokens.words[at] not in (",", "(")
        or tokens.sents[at] != tokens.sents[last]
    ):
        return None
    at += 1
    if tokens.low[at] == "who":
        return _led(tokens, at, hits)
    if tokens.low[at] in ("the", "a", "an"):
        at += 1
    first, found = at, -1
    while at < total and at - first < 8 and tokens.sents[at] == tokens.sents[last]:
        if tokens.tags[at] not in _DIRECT and at not in hits:
            break
        if tokens.low[at] in titles() and tokens.is_noun(at):
            found = at
        at += 1
    if found < 0 or found != at - 1:
        return None
    end = _right(tokens, found, hits)
    after = end + 1
    if any(i in names for i in range(first, after + 1)):
        return None
    closes = after >= total or tokens.words[after] in (",", ")", ".", ";", "—", "–", ":", "”", '"')
    if not closes and tokens.deps[found] != "appos":
        return None
    # "X, Foreign Minister Y and Z": the title is the next one's.
    if after < total and tokens.proper[after] and after not in hits:
        return None
    return Title(first, end, False)


def _right(tokens: Tokens, at: int, hits: set[int]) -> int:
    """The last token of the phrase with "of" after a title."""
    total, end = len(tokens), at
    if at + 1 >= total or tokens.low[at + 1] not in _links():
        return at
    index = at + 1
    while index < total and index - at <= _REACH and tokens.sents[index] == tokens.sents[at]:
        if tokens.tags[index] not in _INSIDE and index not in hits:
            break
        if tokens.is_noun(index) or index in hits:
            end = index
        index += 1
    return end


def _led(tokens: Tokens, who: int, hits: set[int]) -> Title | None:
    """The title in "who heads the committee": from the verb on."""
    at = who + 1
    if at >= len(tokens) or tokens.lemmas[at] not in lexicon.toml("roles")["leads"]:
        return None
    index, end = at + 1, -1
    while index < len(tokens) and tokens.sents[index] == tokens.sents[who]:
        if tokens.tags[index] not in _INSIDE and tokens.tags[index] != "PRP$" and index not in hits:
            break
        if tokens.is_noun(index) or index in hits:
            end = index
        index += 1
    return Title(at, end, False) if end > at else None


def title_around(tokens: Tokens, index: int, hits: set[int]) -> tuple[int, int] | None:
    """The phrase of a title that stands alone, from its modifiers to what follows "of".

    None where the noun is no head of its phrase or a name follows it.
    """
    after = index + 1
    if after < len(tokens) and tokens.sents[after] == tokens.sents[index]:
        if tokens.proper[after] or (tokens.is_noun(after) and tokens.heads[index] == after):
            return None
        if tokens.words[after] in "-‐":
            return None
    last = _right(tokens, index, hits) if _owner_follows(tokens, index, hits) else index
    return _left(tokens, index, max(0, index - _REACH), hits), last


def _owner_follows(tokens: Tokens, index: int, hits: set[int]) -> bool:
    """Whether "of" and a known name follow ("president of Veldania")."""
    at = index + 1
    if at >= len(tokens) or tokens.low[at] != "of":
        return False
    return any(i in hits for i in range(at + 1, min(at + 3, len(tokens))))
