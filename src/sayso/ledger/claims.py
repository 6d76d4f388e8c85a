"""Claims across articles: statements of different articles that say the same.

A layer (see ``layers``). Statements that may be one are found by their rarest words, by their
source, and by their figures; ``likeness`` says which of them are one.
"""

import hashlib
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import combinations

from sayso.ledger import wording
from sayso.ledger.copies import around
from sayso.ledger.likeness import DAYS, TELLING, Number, Said, compare, said_of, worth
from sayso.ledger.store import Row, Store, numbers
from sayso.records import Reading

#: Rare words of a statement that it is found by, two at a time.
_RARE = 3
#: Statements that are compared with one at most, by each way of finding them.
_MOST = 16
#: Latest statements of one source that are compared.
_RECENT = 6
#: Statements that two articles share from which, at this share of the shorter one's, one is a
#: rewrite of the other.
_REWRITE, _REWRITTEN = 3, 0.6


def index(store: Store, article: int, reading: Reading) -> None:
    """Find what an article's statements say that others say too; see ``layers``."""
    own = {one.key: one for one in _said(store, _rows(store, "article = ?", article))}
    keys = [(key, one.key) for one in own.values() for key in _keys(one)]
    found = _candidates(store, list(own.values()), keys)
    told, alike = [], {}
    for row in _around(store, found, own.values()):
        near = [own[key] for key in found[row["statement"]] if worth(own[key], row)]
        if near and row["article"] != article:
            told.append(row)
            alike[row["statement"]] = sorted(one.key for one in near)
    others = {other.key: other for other in _said(store, told)}
    rows = []
    for other in others.values():
        for key in alike[other.key]:
            share = compare(own[key], other)
            if share is not None:
                rows.append((max(key, other.key), min(key, other.key), share))
    store.many(
        "INSERT INTO same_claim (statement, other, share) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
        rows,
    )
    store.many("INSERT INTO claim_key (key, statement) VALUES (?, ?) ON CONFLICT DO NOTHING", keys)
    pairs = {(one, others[other].article) for one, other in _pairs(rows, set(own))}
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
    own = _said(store, _rows(store, "article = ?", article))
    store.many(
        "DELETE FROM claim_key WHERE key = ? AND statement = ?",
        [(key, one.key) for one in own for key in _keys(one)],
    )
    for one in own:
        store.run("DELETE FROM same_claim WHERE statement = ?", one.key)
        store.run("DELETE FROM same_claim WHERE other = ?", one.key)


def _keys(one: Said) -> list[int]:
    """Keys that a statement is found by: two of its rarest words, a quotation, a large number."""
    words = [word for word in one.says.words if not word.isdecimal()]
    rarest = sorted(words, key=lambda word: (-one.says.words[word], _hash(word)))[:_RARE]
    meant = sorted({wording.meant(word) for word in rarest})
    found = {_hash(f"{a} {b}") for a, b in combinations(meant, 2)}
    found |= {_hash(quote) for quote in one.says.quotes}
    if not one.counts:
        # those that stand in a series are found by it
        found |= {
            _hash(f"{counted} {number}")
            for counted, given in one.numbers.items()
            for number in given
            if max(filter(None, number), default=0) >= TELLING
        }
    return sorted(found)


def _hash(text: str) -> int:
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=4).digest(), "big") >> 1


def _candidates(
    store: Store, own: Sequence[Said], keys: Sequence[tuple[int, int]]
) -> dict[int, set[int]]:
    """The statements that may be one with an article's own, each with those of them."""
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
                found.setdefault(row["statement"], set()).update(by_key[row["key"]])
    for source in sorted({source for one in own for source in one.sources}):
        said = [one.key for one in own if source in one.sources]
        for row in store.rows(
            "SELECT statement FROM statement_source WHERE entity = ?"
            f" ORDER BY statement DESC LIMIT {_RECENT}",
            source,
        ):
            found.setdefault(row["statement"], set()).update(said)
    for one in own:
        for statement in _counting(store, one):
            found.setdefault(statement, set()).add(one.key)
    return found


def _counting(store: Store, one: Said) -> Iterator[int]:
    """The statements of the days around that give a number of a series that a statement gives."""
    first, last = around(one.day, DAYS)
    for series, counted in one.counts.items():
        for row in store.rows(
            "SELECT statement, value, low, high, bound FROM figure WHERE series = ? AND day >= ?"
            " AND day <= ? AND statement IS NOT NULL",
            series,
            first,
            last,
        ):
            if _number(row) in counted:
                yield row["statement"]


def _around(store: Store, statements: Iterable[int], own: Collection[Said]) -> list[Row]:
    """Those of some statements that are of the days around an article's own, or bear no day."""
    days = [around(one.day, DAYS) for one in own]
    return _rows(
        store,
        f"statement IN ({numbers(statements)})"
        " AND (day IS NULL OR length(day) < 10 OR (day >= ? AND day <= ?))",
        min((first for first, _ in days), default=""),
        max((last for _, last in days), default=""),
    )


def _rows(store: Store, where: str, *values: object) -> list[Row]:
    return store.rows(
        f"SELECT statement, article, day, type, negated, source, text FROM statement WHERE {where}",
        *values,
    )


def _said(store: Store, rows: Sequence[Row]) -> list[Said]:
    """Statements as they are compared."""
    found = {row["statement"]: said_of(row) for row in rows}
    keys = numbers(found)
    for row in store.rows(
        "SELECT statement, root.entity, root.kind, root.party FROM statement_source"
        " JOIN entity ON entity.entity = statement_source.entity"
        " JOIN entity AS root ON root.entity = coalesce(entity.merged, entity.entity)"
        f" WHERE statement IN ({keys})"
    ):
        said = found[row["statement"]]
        said.sources.add(row["entity"])
        said.person = said.person or row["kind"] == "person"
        if row["party"]:
            said.parties.add(row["party"])
    for row in store.rows(
        "SELECT statement, figure.series, owners, unit_kind, figure.kind, figure.unit, value, low,"
        " high, bound FROM figure LEFT JOIN series ON series.series = figure.series"
        f" WHERE statement IN ({keys})"
    ):
        counted = f"{row['unit_kind']}|{row['kind']}|{row['unit']}"
        said, number = found[row["statement"]], _number(row)
        said.numbers.setdefault(counted, set()).add(number)
        if row["owners"]:
            said.owners.setdefault(counted, set()).add(row["owners"])
        if row["series"] is not None and max(filter(None, number), default=0) >= TELLING:
            said.counts.setdefault(row["series"], set()).add(number)
    return list(found.values())


def _number(row: Row) -> Number:
    """The number that a figure names, or its ends.

    "At least 40" and "40" are one claim, "more than 40" is another.
    """
    if row["value"] is None:
        return row["low"], row["high"]
    beyond = row["bound"] in ("more_than", "less_than")
    return (row["value"], None) if beyond else (row["value"],)


def _parts(keys: Sequence[int], size: int = 400) -> Iterator[Sequence[int]]:
    return (keys[start : start + size] for start in range(0, len(keys), size))
