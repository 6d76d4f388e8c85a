"""Claims across articles: statements of different articles that say the same.

A layer (see ``layers``). Statements that may be one are found by their rarest words, by their
source, and by their figures; two are one where enough of what they say is shared, by the weight of
its words, and nothing speaks against it: another number of the same thing, a denial of what the
other asserts, other people or places.
"""

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from itertools import combinations

import msgspec

from sayso import lexicon
from sayso.ledger.copies import around, near
from sayso.ledger.matching import plain_words
from sayso.ledger.store import Store
from sayso.ledger.terms import terms, weight, weighted
from sayso.names import fold
from sayso.records import Reading

#: Rare words of a statement that it is found by, two at a time.
_RARE = 3
#: Words that tell something, from which a statement can be one with another.
_LEAST = 3
#: Statements that are compared with one at most, by each way of finding them; days between them.
_MOST, _DAYS = 16, 14
#: Latest statements of one source that are compared.
_RECENT = 6
#: Numbers from which a figure tells one report from another.
TELLING = 10
#: Shares of the weight of words from which statements are one: of both, of the shorter one, and of
#: both where source or figures agree.
SHARED, CONTAINED, AGREEING = 0.5, 0.8, 0.34
#: A capitalised word behind another one, and the letters in which its forms agree.
_NAME = re.compile(r"(?<=[^\W\d_] )[A-Z][^\W\d_]{2,}")
_OPENING = re.compile(r"(?:^|[.!?] |[“\"])([A-Z][^\W\d_]{2,})")
_BEGINNING = 5
#: Statements that two articles share from which, at this share of the shorter one's, one is a
#: rewrite of the other.
_REWRITE, _REWRITTEN = 3, 0.6


Number = tuple[float | None, float | None, float | None]


class Said(msgspec.Struct):
    """What is compared of a statement.

    Attributes:
        key: of its row.
        article: key of its article.
        day: when it was said.
        type: its type; ``negated`` says that the type does not hold.
        turned: whether its words hold a negation.
        words: its stems and their weights.
        names: beginnings of its capitalised words; of those that open a sentence, the rare ones.
        numbers: value, low and high of each figure, by what it counts.
        counts: the same, by series, of figures large enough to tell one report from another.
        sources: entities that say it.
        about: entities that it names.
    """

    key: int
    article: int
    day: str | None
    type: str
    negated: bool
    turned: bool
    words: Mapping[str, float]
    names: frozenset[str]
    numbers: dict[str, set[Number]]
    counts: dict[int, set[Number]]
    sources: set[int]
    about: set[int]


def index(store: Store, article: int, reading: Reading) -> None:
    """Find what an article's statements say that others say too; see ``layers``."""
    own = _said(store, "article = ?", article)
    keys = [(key, one.key) for one in own for key in _keys(one)]
    found = _candidates(store, own, keys)
    others = {one.key: one for one in _fetched(store, {k for ks in found.values() for k in ks})}
    rows = []
    for one in own:
        for key in sorted(found.get(one.key, ())):
            other = others.get(key)
            if other is None or other.article == article:
                continue
            share = compare(one, other)
            if share is not None:
                rows.append((max(one.key, key), min(one.key, key), share))
    store.many(
        "INSERT INTO same_claim (statement, other, share) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
        rows,
    )
    store.many("INSERT INTO claim_key (key, statement) VALUES (?, ?) ON CONFLICT DO NOTHING", keys)
    pairs = {(one, others[other].article) for one, other in _pairs(rows, {s.key for s in own})}
    _rewrites(store, article, len(own), Counter(other for _, other in pairs))


def _pairs(rows: list[tuple[int, int, float]], own: set[int]) -> Iterator[tuple[int, int]]:
    """The links of ``same_claim`` from an article's own statements to others'."""
    for statement, other, _ in rows:
        yield (statement, other) if statement in own else (other, statement)


def _rewrites(store: Store, article: int, size: int, shared: Counter[int]) -> None:
    """Note the articles that most of this one's claims are told by, too: one rewrites the other."""
    for other, count in sorted(shared.items()):
        if count < _REWRITE:
            continue
        theirs = store.value("SELECT count(*) AS value FROM statement WHERE article = ?", other)
        share = count / max(1, min(size, theirs))
        if share >= _REWRITTEN:
            store.run(
                "INSERT INTO copy (article, other, how, share) VALUES (?, ?, 'rewrite', ?)"
                " ON CONFLICT DO NOTHING",
                max(article, other),
                min(article, other),
                min(share, 1.0),
            )


def forget(store: Store, article: int) -> None:
    """Take an article's statements out; see ``layers``."""
    own = _said(store, "article = ?", article)
    store.many(
        "DELETE FROM claim_key WHERE key = ? AND statement = ?",
        [(key, one.key) for one in own for key in _keys(one)],
    )
    for one in own:
        store.run("DELETE FROM same_claim WHERE statement = ?", one.key)
        store.run("DELETE FROM same_claim WHERE other = ?", one.key)


def compare(one: Said, other: Said) -> float | None:
    """The share of what is said that makes two statements one claim, or ``None``."""
    if not near(one.day, other.day, _DAYS) or _against(one, other):
        return None
    if _same_count(one, other):
        return 1.0
    shared = one.words.keys() & other.words.keys()
    least = min(len(one.words), len(other.words))
    if len(shared) < min(_LEAST, least) or least < 2:
        return None
    both = weighted(shared, one.words, other.words)
    a, b = sum(one.words.values()), sum(other.words.values())
    jaccard = both / (a + b - both)
    contained = both / min(a, b)
    agree = bool(one.sources & other.sources) or _same_number(one, other)
    if jaccard >= SHARED or (agree and jaccard >= AGREEING):
        return jaccard
    if contained >= CONTAINED and (agree or least >= 2 * _LEAST):
        return jaccard
    return None


def _against(one: Said, other: Said) -> bool:
    """Whether something speaks against two statements being one claim."""
    if one.type != other.type and {one.type, other.type} & _apart():
        return True
    if one.negated != other.negated or one.turned != other.turned:
        return True
    for counted in one.numbers.keys() & other.numbers.keys():
        if not one.numbers[counted] & other.numbers[counted]:
            return True
    # "the village of Krell", "the village of Dunmar"
    return bool(one.names - other.names and other.names - one.names) and not _same_large(one, other)


@cache
def _apart() -> frozenset[str]:
    return frozenset(lexicon.toml("claims")["apart"])


@cache
def _negators() -> frozenset[str]:
    return frozenset(lexicon.toml("claims")["negators"])


@lru_cache(maxsize=20_000)
def _names(text: str) -> frozenset[str]:
    """Beginnings, in which a country and its people agree ("Velmora", "Velmoran")."""
    inside = {fold(word) for word in _NAME.findall(text)}
    opening = {fold(word) for word in _OPENING.findall(text) if weight(fold(word)) == 1.0}
    return frozenset(word[:_BEGINNING] for word in inside | opening)


@lru_cache(maxsize=20_000)
def _turned(text: str) -> bool:
    return not _negators().isdisjoint(plain_words(text))


def _same_count(one: Said, other: Said) -> bool:
    """Whether two statements give one number of one series."""
    return any(
        one.counts[series] & other.counts[series]
        for series in one.counts.keys() & other.counts.keys()
    )


def _same_large(one: Said, other: Said) -> bool:
    """Whether two statements share a number that is large enough to tell reports apart."""
    return any(
        max(filter(None, number), default=0) >= TELLING
        for counted in one.numbers.keys() & other.numbers.keys()
        for number in one.numbers[counted] & other.numbers[counted]
    )


def _same_number(one: Said, other: Said) -> bool:
    return any(
        one.numbers[counted] & other.numbers[counted]
        for counted in one.numbers.keys() & other.numbers.keys()
    )


def _keys(one: Said) -> list[int]:
    """Keys by which a statement is found: each two of its rarest words."""
    rarest = sorted(one.words, key=lambda word: (-one.words[word], _hash(word)))[: _RARE + 1]
    if len(rarest) < _RARE:
        return []
    return sorted({_hash(f"{a} {b}") for a, b in combinations(sorted(rarest[:_RARE]), 2)})


def _hash(text: str) -> int:
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=4).digest(), "big") >> 1


def _candidates(
    store: Store, own: Sequence[Said], keys: Sequence[tuple[int, int]]
) -> dict[int, set[int]]:
    """The statements that each of an article's statements may be one with."""
    found: dict[int, set[int]] = {}
    by_key: dict[int, list[int]] = {}
    for key, statement in keys:
        by_key.setdefault(key, []).append(statement)
    for part in _parts(sorted(by_key)):
        marks = ", ".join("?" * len(part))
        seen: dict[int, int] = {}
        for row in store.rows(
            f"SELECT key, statement FROM claim_key WHERE key IN ({marks})"
            " ORDER BY statement DESC LIMIT 4000",
            *part,
        ):
            seen[row["key"]] = seen.get(row["key"], 0) + 1
            if seen[row["key"]] <= _MOST:
                for statement in by_key[row["key"]]:
                    found.setdefault(statement, set()).add(row["statement"])
    for source in sorted({source for one in own for source in one.sources}):
        recent = [
            row["statement"]
            for row in store.rows(
                "SELECT statement FROM statement_entity WHERE entity = ? AND role = 'source'"
                f" ORDER BY statement DESC LIMIT {_RECENT}",
                source,
            )
        ]
        for one in own:
            if source in one.sources:
                found.setdefault(one.key, set()).update(recent)
    for one in own:
        found.setdefault(one.key, set()).update(_counting(store, one))
    return found


def _counting(store: Store, one: Said) -> Iterator[int]:
    """The statements of the days around that give a number of a series that a statement gives."""
    first, last = around(one.day, _DAYS)
    for series, numbers in one.counts.items():
        for row in store.rows(
            "SELECT statement, value, low, high FROM figure WHERE series = ? AND day >= ?"
            " AND day <= ? AND statement IS NOT NULL",
            series,
            first,
            last,
        ):
            if (row["value"], row["low"], row["high"]) in numbers:
                yield row["statement"]


def _fetched(store: Store, keys: set[int]) -> Iterator[Said]:
    for part in _parts(sorted(keys)):
        marks = ", ".join("?" * len(part))
        yield from _said(store, f"statement IN ({marks})", *part)


def _said(store: Store, where: str, *values: object) -> list[Said]:
    """Statements as they are compared."""
    rows = store.rows(
        f"SELECT statement, article, day, type, negated, text FROM statement WHERE {where}", *values
    )
    found = {
        row["statement"]: Said(
            key=row["statement"],
            article=row["article"],
            day=row["day"],
            type=row["type"],
            negated=bool(row["negated"]),
            turned=_turned(row["text"]),
            names=_names(row["text"]),
            words=terms(row["text"]),
            numbers={},
            counts={},
            sources=set(),
            about=set(),
        )
        for row in rows
    }
    for part in _parts(sorted(found)):
        marks = ", ".join("?" * len(part))
        for row in store.rows(
            "SELECT statement, role, coalesce(merged, entity.entity) AS entity"
            " FROM statement_entity"
            " JOIN entity ON entity.entity = statement_entity.entity"
            f" WHERE statement IN ({marks})",
            *part,
        ):
            said = found[row["statement"]]
            (said.sources if row["role"] == "source" else said.about).add(row["entity"])
        for row in store.rows(
            "SELECT statement, series, unit_kind, kind, unit, value, low, high FROM figure"
            f" WHERE statement IN ({marks})",
            *part,
        ):
            counted = f"{row['unit_kind']}|{row['kind']}|{row['unit']}"
            said, number = found[row["statement"]], (row["value"], row["low"], row["high"])
            said.numbers.setdefault(counted, set()).add(number)
            if row["series"] is not None and max(filter(None, number), default=0) >= TELLING:
                said.counts.setdefault(row["series"], set()).add(number)
    return list(found.values())


def _parts(keys: Sequence[int], size: int = 400) -> Iterable[Sequence[int]]:
    return (keys[start : start + size] for start in range(0, len(keys), size))
