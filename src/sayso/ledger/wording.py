"""What the words of two statements share, and what each says that the other does not.

Words are paired off: the same stem, names that begin alike ("Velmora", "Velmoran"), words that news
uses for one another. What is left over on one side alone is a detail that the other leaves out;
left over on both sides ("the hospital", "the school") it tells two claims apart.
"""

import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from itertools import pairwise
from typing import NamedTuple

from sayso import lexicon
from sayso.ledger.terms import stem, weight
from sayso.names import fold

_WORD = re.compile(r"[^\W_]+")
#: A capitalised word behind another one; one that opens a sentence.
_NAME = re.compile(r"(?<=[^\W\d_] )[A-Z][^\W\d_]{2,}")
_OPENING = re.compile(r"(?:^|[.!?] |[“\"])([A-Z][^\W\d_]{2,})")
_CAPITAL = re.compile(r"\b[A-Z][^\W\d_]{2,}")
_COMMON_OPENING = re.compile(r"[A-Z][^\W\d_]+ [^A-Z]")
_QUOTED = re.compile(r"[“\"]([^“”\"]{8,300})[”\"]")
_NONE: frozenset[int | str] = frozenset()
#: Letters in which the forms of a name agree.
_BEGINNING = 5
#: Weight of a word below which its lack on one side says nothing.
_TELLS = 0.3
#: Telling words behind a negation that it turns round, and behind "will" that it holds for.
_REACH = 2
_YEAR = re.compile(r"(?:19|20)[0-9][0-9]")
#: Weight of a day or month that one text alone names.
_DATED = 0.5
#: Telling words of a quotation from which it tells one saying from others; in a long one fewer do.
_QUOTE_TELLS, _QUOTE_LONG, _QUOTE_LONG_TELLS = 3, 4, 2


class Wording(NamedTuple):
    """What is compared of a text.

    Attributes:
        words: the stems of its telling words and their weights.
        names: those of them that are names.
        order: the names that are no place's, in the order of the text, with ``by`` where who acts
            stands behind it.
        owners: the stem behind each name ("Velmoran soldiers"), with the name.
        days: days of the week and months that it names.
        negated: the stems that a negation turns round; ``turned`` says whether there is a negation.
        ahead: the stems of what is to come, is wished for or is possible.
        own: whether it speaks of its source ("its soldiers", "we").
        plain: all its words, a space around each.
        quotes: its quotations, in the same form.
    """

    words: Mapping[str, float]
    names: frozenset[str]
    order: tuple[str, ...]
    owners: Mapping[str, str]
    days: frozenset[str]
    negated: frozenset[str]
    turned: bool
    ahead: frozenset[str]
    own: bool
    plain: str
    quotes: tuple[str, ...]


class Shared(NamedTuple):
    """What two texts have in common.

    Attributes:
        both: weight of the words of both; ``all``: of all words.
        left: weight of the words left over, names aside, on the side that has less of them.
        pairs: the stems of the words of both.
    """

    both: float
    all: float
    left: float
    pairs: tuple[tuple[str, str], ...]


@lru_cache(maxsize=5_000)
def of_text(text: str) -> Wording:
    """What is compared of a text."""
    named = _names(text)
    found: dict[str, float] = {}
    names: list[str] = []
    order: list[str] = []
    owners: dict[str, str] = {}
    reach: dict[str, set[str]] = {"negators": set(), "ahead": set()}
    left = dict.fromkeys(reach, 0)
    plain = [word for word in _WORD.findall(fold(text)) if word != "s"]
    for before, word in pairwise(["", *plain]):
        if word == "by":
            order.append(word)
        if word in _table("negators"):
            left["negators"] = _REACH
        if word in _table("ahead") or (word == "to" and _opens_plan(before, named, plain)):
            left["ahead"] = _REACH
        if word in _table("small") or word in _days() or len(word) < 2 or weight(word) < _TELLS:
            continue
        key = stem(word)
        if before in named and word not in named:
            owners[key] = stem(before)
        found[key] = 1.0 if word in named else max(found.get(key, 0.0), weight(word))
        if word in named:
            names.append(key)
            if before not in _table("at"):
                order.append(key)
        for kind, count in left.items():
            if count:
                reach[kind].add(key)
                left[kind] -= 1
    held = set(plain)
    return Wording(
        words=found,
        names=frozenset(names),
        order=tuple(order),
        owners=owners,
        days=frozenset(_dated(plain)),
        negated=frozenset(reach["negators"]),
        turned=not held.isdisjoint(_table("negators")),
        ahead=frozenset(reach["ahead"]),
        own=not held.isdisjoint(_table("own")),
        plain=f" {' '.join(plain)} ",
        quotes=tuple(q for q in map(_quote, _QUOTED.findall(text)) if q),
    )


def _opens_plan(before: str, named: frozenset[str], plain: list[str]) -> bool:
    """Whether "to" behind a word opens what is to come: "threatened to", "Velmora to"."""
    opens = not before or before == plain[0]
    return opens or before in named or before in _table("ahead_to")


def _dated(plain: list[str]) -> Iterator[str]:
    """The days of the week, months, days of a month and years of a text."""
    months = set(lexicon.toml("claims")["days"][1])
    for before, word, after in zip(["", *plain], plain, [*plain[1:], ""], strict=False):
        if (
            word in _days()
            or _YEAR.fullmatch(word)
            or (word.isdecimal() and (before in months or after in months))
        ):
            yield word


def _quote(text: str) -> str | None:
    plain = _WORD.findall(fold(text))
    telling = sum(word not in _table("small") for word in plain)
    least = _QUOTE_LONG_TELLS if len(plain) >= _QUOTE_LONG else _QUOTE_TELLS
    return f" {' '.join(plain)} " if telling >= least else None


def shared(one_text: Wording, other_text: Wording) -> Shared:
    """The words of two texts paired off; a day that one alone names is a word of its own."""
    one, other = one_text.words, other_text.words
    dated = one_text.days, other_text.days
    pairs = [(word, word) for word in one if word in other]
    left = {word: None for word in other if word not in one}
    meaning = {sense: word for word in left for sense in _senses(word)}
    lone: list[str] = []
    for word in one:
        if word in other:
            continue
        meant = next((meaning[s] for s in _senses(word) if meaning.get(s) in left), None)
        if meant is None:
            lone.append(word)
        else:
            del left[meant]
            pairs.append((word, meant))
    lone = [word for word in lone if not word.isdecimal()]
    rest = [word for word in left if not word.isdecimal()]
    return Shared(
        both=sum(min(one[a], other[b]) for a, b in pairs),
        all=sum(min(one[a], other[b]) for a, b in pairs)
        + sum(one[word] for word in lone)
        + sum(other[word] for word in rest),
        left=min(
            sum(one[word] for word in lone if word not in one_text.names)
            + _DATED * (dated[0] > dated[1]),
            sum(other[word] for word in rest if word not in other_text.names)
            + _DATED * (dated[1] > dated[0]),
        ),
        pairs=tuple(pairs),
    )


def alike(one: str, other: str) -> bool:
    """Whether two stems are forms of one word or of one name, or stand for one another in news."""
    return one == other or not _senses(one).isdisjoint(_senses(other))


@lru_cache(maxsize=65536)
def _senses(word: str) -> frozenset[int | str]:
    """The groups of synonyms of a stem; of a rare one, as names are, also how it begins."""
    rare = len(word) >= _BEGINNING and weight(word) == 1.0
    return _groups().get(word, _NONE) | ({word[:_BEGINNING]} if rare else _NONE)


def meant(word: str) -> str:
    """What stands for a stem and for the words of its first group alike."""
    own = [sense for sense in _groups().get(word, ()) if isinstance(sense, int) and sense >= 0]
    return f"@{min(own)}" if own else word[:_BEGINNING]


@cache
def _groups() -> dict[str, frozenset[int | str]]:
    """The groups of synonyms of each stem: the lexicon's own from 0, WordNet's sets below."""
    found: dict[str, set[int | str]] = {}
    for number, group in enumerate(lexicon.toml("synonyms")["groups"]):
        for word in group.split():
            found.setdefault(stem(word), set()).add(number)
    for row in lexicon.table("wordnet"):
        found.setdefault(row["stem"], set()).update(-int(sense) for sense in row["senses"].split())
    return {word: frozenset(numbers) for word, numbers in found.items()}


def _names(text: str) -> frozenset[str]:
    inside = {fold(word) for word in _NAME.findall(text)}
    opening = {fold(word) for word in _OPENING.findall(text) if weight(fold(word)) == 1.0}
    return frozenset(inside | opening)


@lru_cache(maxsize=20_000)
def names_of(source: str) -> frozenset[str]:
    """The stems of the names in a source's name; a common word that opens it alone is none."""
    found = [stem(fold(word)) for word in _CAPITAL.findall(source)]
    if _COMMON_OPENING.match(source) and weight(fold(source.split()[0])) < 1:
        found = found[1:]
    return frozenset(found)


@cache
def _table(name: str) -> frozenset[str]:
    return frozenset(lexicon.toml("claims")[name])


@cache
def _days() -> frozenset[str]:
    table = lexicon.toml("claims")
    return frozenset(word for group in table["days"] for word in group)


def other_days(one: Wording, other: Wording) -> bool:
    """Whether two texts name different days or months, or one another year or a time long ago."""
    if not one.days and not other.days:
        return False
    groups = [*map(frozenset, lexicon.toml("claims")["days"])]
    groups += [frozenset(day for text in (one, other) for day in text.days if day.isdecimal())]
    for group in groups:
        a, b = one.days & group, other.days & group
        if a and b and a.isdisjoint(b):
            return True
    return any(_long_ago(a) and b.days & groups[0] for a, b in ((one, other), (other, one)))


def _long_ago(text: Wording) -> bool:
    """Whether a text names a year, or a time that lies long back."""
    return any(_YEAR.fullmatch(day) for day in text.days) or any(
        f" {words} " in text.plain for words in lexicon.toml("claims")["long_ago"]
    )
