"""Whether two statements of different articles are one claim.

Two are one where enough of what they say is shared, by the weight of its words, and nothing speaks
against it: another number of the same thing, a denial of what the other asserts, other people or
places, a plan against its outcome, or words that only the one and words that only the other has
("the hospital", "the school"). Precision goes before recall: a claim that is missed is counted
twice, one that is joined wrongly says of somebody what he did not say.
"""

from collections.abc import Mapping
from functools import cache

import msgspec

from sayso import lexicon
from sayso.ledger import wording
from sayso.ledger.copies import near
from sayso.ledger.store import Row
from sayso.ledger.wording import Shared, Wording

#: Days between two statements that can be one claim.
DAYS = 14
#: Numbers from which a figure tells one report from another.
TELLING = 10
#: Words of two statements that must be the same, to the stem, for them to be compared.
_SAME = 2
#: Words, names aside, that two statements share at least, and the weight of all that they share:
#: "the Democratic nominee" is no claim.
_TOLD, _HEAVY = 3, 1.5
#: Weight of words that both statements may have left over, each on its own side: at most, and as a
#: share of what they have in common.
_LEFT, _LEFT_SHARE = 0.4, 0.2
#: Share of the weight of all words that is common: of claims of one source or number, of others.
AGREEING, SHARED = 0.3, 0.5

#: The number that a figure names, or the ends of a range.
Number = tuple[float | None, ...]


class Said(msgspec.Struct):
    """What is compared of a statement.

    Attributes:
        key: of its row.
        article: key of its article.
        day: when it was said.
        type: its type.
        denied: whether its type says that what its words assert is not so.
        says: its words.
        sayer: words of its source in which the other side's names may stand.
        numbers: the number of each figure, whatever its bound, by what it counts.
        owners: whose these are, where the texts say so.
        counts: those that are large enough to tell one report from another, by series.
        sources: entities that say it.
        person: whether a person says it.
        parties: the states that these speak for, of others the entities themselves.
    """

    key: int
    article: int
    day: str | None
    type: str
    denied: bool
    says: Wording
    sayer: frozenset[str]
    numbers: dict[str, set[Number]]
    owners: dict[str, set[str]]
    counts: dict[int, set[Number]]
    sources: set[int]
    person: bool
    parties: set[str]


def said_of(row: Row) -> Said:
    """A row of the table ``statement`` as it is compared; figures and sources are to be added."""
    says = wording.of_text(row["text"])
    return Said(
        key=row["statement"],
        article=row["article"],
        day=row["day"],
        type=row["type"],
        denied=(row["type"] == "deny") ^ bool(row["negated"]),
        says=says,
        sayer=wording.names_of(row["source"] or ""),
        numbers={},
        owners={},
        counts={},
        sources=set(),
        person=False,
        parties=set(),
    )


def worth(one: Said, row: Row) -> bool:
    """Whether it is worth to compare a statement with that of a row: near, a word or two shared."""
    if not near(one.day, row["day"], DAYS):
        return False
    words, others = one.says.words, wording.of_text(row["text"]).words
    least = min(len(words), len(others), _SAME)
    common = words.keys() & others.keys()
    # "71 dead soldiers", "the names of 71 servicemen"
    return len(common) >= least > 0 or any(
        word.isdecimal() and float(word) >= TELLING for word in common
    )


def compare(one: Said, other: Said) -> float | None:
    """The share of what is said that makes two statements one claim, or ``None``."""
    if not near(one.day, other.day, DAYS) or _against(one, other):
        return None
    same_source = _same_source(one, other)
    one_side = same_source or not one.parties.isdisjoint(other.parties)
    personal = {one.type, other.type} & _table("acts") or (one.says.own and other.says.own)
    if personal and not one_side and one.sayer and other.sayer:
        return None
    if one_side and _same_quote(one.says, other.says):
        return 1.0
    found = wording.shared(one.says, other.says)
    if not found.pairs or _turned(one, other, found):
        return None
    if _same_count(one, other) and not _other_names(one, other):
        return 1.0
    same_number = _same_number(one, other)
    told = sum(word not in one.says.names for word, _ in found.pairs) + same_number
    enough = told >= _TOLD or (same_source and told >= _TOLD - 1 and len(found.pairs) >= _TOLD)
    same_words = one.says.plain == other.says.plain and len(found.pairs) >= _TOLD - 1
    if not same_words and not (enough and found.both >= _HEAVY):
        return None
    if found.left > min(_LEFT, _LEFT_SHARE * found.both):
        return None
    share = found.both / found.all
    agree = same_source or same_number
    return share if share >= (AGREEING if agree else SHARED) else None


def _same_quote(one: Wording, other: Wording) -> bool:
    """Whether one text quotes words of the other."""
    return any(quote in other.plain for quote in one.quotes) or any(
        quote in one.plain for quote in other.quotes
    )


def _turned(one: Said, other: Said, found: Shared) -> bool:
    """Whether one denies what the other says, or tells as a plan what is done there."""
    if one.denied != other.denied:
        return not (one if other.denied else other).says.turned
    if _apart(found, one.says.negated, other.says.negated):
        return True
    pairs = dict(found.pairs)
    if _swapped(one.says, other.says, pairs):
        return True
    if any(
        word in _table("embeds") and word not in pairs and word not in pairs.values()
        for word in (*one.says.words, *other.says.words)
    ):
        return True
    ahead = one.says.ahead, other.says.ahead
    return not all(ahead) and _apart(found, *ahead)


def _swapped(one: Wording, other: Wording, pairs: Mapping[str, str]) -> bool:
    """Whether two texts open with what the other has behind the same verb, both in the active.

    "Miners fired on police", "Police fired on miners".
    """
    if any(f" {word} " in text.plain for text in (one, other) for word in _table("passive")):
        return False
    a, b = [pairs[word] for word in one.words if word in pairs], [*other.words]
    b = [word for word in b if word in set(a)]
    if len(a) < 3 or a[0] == b[0]:
        return False
    between = set(a[1 : a.index(b[0])]) & set(b[1 : b.index(a[0])])
    return bool(between)


def _apart(found: Shared, one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether shared words are marked in one text and none of them in the other."""
    marked = [(a in one, b in other) for a, b in found.pairs]
    return any(a != b for a, b in marked) and (True, True) not in marked


def _against(one: Said, other: Said) -> bool:
    """Whether something speaks against two statements being one claim."""
    if one.type != other.type and {one.type, other.type} & _table("apart"):
        return True
    if wording.other_days(one.says, other.says):
        return True
    for counted in one.numbers.keys() & other.numbers.keys():
        if not one.numbers[counted] & other.numbers[counted]:
            return True
        owners = one.owners.get(counted), other.owners.get(counted)
        if owners[0] and owners[1] and owners[0].isdisjoint(owners[1]):
            return True
    if _turned_round(one.says.order, other.says.order) or _other_owner(one.says, other.says):
        return True
    large = _large(one), _large(other)
    if all(large) and large[0].isdisjoint(large[1]):
        return True
    # "the village of Krell", "the village of Dunmar"
    one_report = _same_source(one, other) and bool(large[0] & large[1])
    return _other_names(one, other) and not one_report


def _large(said: Said) -> set[Number]:
    """The numbers of a statement that are large enough to tell reports apart."""
    every = (number for numbers in said.numbers.values() for number in numbers)
    return {number for number in every if max(filter(None, number), default=0) >= TELLING}


def _same_source(one: Said, other: Said) -> bool:
    """Whether the sources are one, or one bears a part of the other's name."""
    short, long = sorted((one.sayer, other.sayer), key=len)
    return bool(
        one.sources & other.sources
        or (short and all(any(wording.alike(a, b) for b in long) for a in short))
    )


def _other_names(one: Said, other: Said) -> bool:
    """Whether each of two statements names what the other does not.

    Where a text names nothing, or speaks of its source ("its soldiers"), the source's name counts.
    """
    a, b = _names(one), _names(other)
    if _same_source(one, other):
        # "Quill said Ostrenia …", "he said …": each may name the source that both have
        a -= frozenset() if one.says.own else other.sayer
        b -= frozenset() if other.says.own else one.sayer
    return _lacks(a, other) and _lacks(b, one)


def _names(said: Said) -> frozenset[str]:
    if said.person or (said.says.names and not said.says.own):
        return said.says.names
    return said.says.names | said.sayer


def _lacks(names: frozenset[str], said: Said) -> bool:
    """Whether one of some names is in no word of a statement, and not its source's."""
    held = [*said.says.words, *_names(said)]
    return any(not any(wording.alike(name, word) for word in held) for name in names)


def _turned_round(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether two names stand the other way round, and no passive tells why: ``Wording.order``."""
    if ("by" in one) != ("by" in other):
        return False
    places = [_place(word, other) for word in one if word != "by"]
    held = [place for place in places if place is not None]
    return len(held) > 1 and held[0] > held[1]


def _other_owner(one: Wording, other: Wording) -> bool:
    """Whether a word stands behind two names: "Velmoran guards", "Karsovian guards"."""
    common = one.owners.keys() & other.owners.keys()
    return any(not wording.alike(one.owners[word], other.owners[word]) for word in common)


def _place(name: str, order: tuple[str, ...]) -> int | None:
    return next((at for at, word in enumerate(order) if wording.alike(name, word)), None)


@cache
def _table(name: str) -> frozenset[str]:
    return frozenset(lexicon.toml("claims")[name])


def _same_count(one: Said, other: Said) -> bool:
    """Whether two statements give one number of one series."""
    return any(
        one.counts[series] & other.counts[series]
        for series in one.counts.keys() & other.counts.keys()
    )


def _same_number(one: Said, other: Said) -> bool:
    return any(
        one.numbers[counted] & other.numbers[counted]
        for counted in one.numbers.keys() & other.numbers.keys()
    )
