"""Copies of articles: wire copy as many outlets print it, cut, reordered, under another headline.

A layer (see ``layers``). Articles whose MinHash signatures (Broder, "On the resemblance and
containment of documents", 1997) share a band are compared by their three-word sequences: by the
share of all that both have (Jaccard), and by the share of the shorter one's (containment), which
finds copies that were cut.
"""

import hashlib
from collections import Counter
from datetime import date, timedelta

from rensa import RMinHash

from sayso.ledger.matching import plain_words
from sayso.ledger.packing import unpack, unpack_text
from sayso.ledger.store import Row, Store
from sayso.records import Article, Reading

#: Bands of the signature and numbers in each: of two articles that share half of their sequences
#: 93 of 100 share a band, of two that share a tenth 2 of 100.
_BANDS, _ROWS = 20, 3
_SEED = 20
#: Shares from which an article is a copy, of all sequences and of the shorter one's.
JACCARD, CONTAINMENT = 0.5, 0.6
#: Sequences that an article must have to be compared.
_LEAST = 30
#: Articles that are compared at most, and days that a copy may be older or newer.
_MOST, _DAYS = 12, 14


def index(store: Store, article: int, reading: Reading) -> None:
    """Find the copies of an article; see ``layers``."""
    sequences = sequences_of(reading.article)
    if len(sequences) < _LEAST:
        return
    bands = _bands(sequences)
    day = store.value("SELECT day AS value FROM article WHERE article = ?", article)
    for other in _candidates(store, article, bands, day):
        how = compare(sequences, sequences_of(_article(other)))
        if how is not None:
            store.run(
                "INSERT INTO copy (article, other, how, share) VALUES (?, ?, 'copy', ?)",
                max(article, other["article"]),
                min(article, other["article"]),
                how,
            )
    store.many(
        "INSERT INTO copy_band (band, article) VALUES (?, ?) ON CONFLICT DO NOTHING",
        [(band, article) for band in bands],
    )


def forget(store: Store, article: int) -> None:
    """Take an article out; see ``layers``."""
    store.run("DELETE FROM copy WHERE article = ?", article)
    store.run("DELETE FROM copy WHERE other = ?", article)
    row = store.one("SELECT * FROM article WHERE article = ?", article)
    if row is None:
        return
    sequences = sequences_of(_article(row))
    if len(sequences) >= _LEAST:
        store.many(
            "DELETE FROM copy_band WHERE band = ? AND article = ?",
            [(band, article) for band in _bands(sequences)],
        )


def group(store: Store, article: int) -> frozenset[int]:
    """An article with its copies and theirs, by their keys."""
    found, waiting = {article}, [article]
    while waiting:
        at = waiting.pop()
        for row in store.rows(
            "SELECT other AS article FROM copy WHERE article = ?"
            " UNION SELECT article FROM copy WHERE other = ?",
            at,
            at,
        ):
            if row["article"] not in found:
                found.add(row["article"])
                waiting.append(row["article"])
    return frozenset(found)


def compare(one: frozenset[str], other: frozenset[str]) -> float | None:
    """The share of their sequences that makes two articles copies, or ``None``."""
    least = min(len(one), len(other))
    if least < _LEAST:
        return None
    shared = len(one & other)
    jaccard = shared / (len(one) + len(other) - shared)
    return jaccard if jaccard >= JACCARD or shared / least >= CONTAINMENT else None


def sequences_of(article: Article) -> frozenset[str]:
    """The three-word sequences of an article's body, without its headline and captions."""
    found: set[str] = set()
    for block in article.blocks:
        if block.kind in ("headline", "caption"):
            continue
        words = plain_words(article.text[block.start : block.end])
        found.update(" ".join(words[at : at + 3]) for at in range(len(words) - 2))
    return frozenset(found)


def _article(row: Row) -> Article:
    return unpack(row["reading"], unpack_text(row["text"])).article


def _bands(sequences: frozenset[str]) -> list[int]:
    sketch = RMinHash(_BANDS * _ROWS, _SEED)
    sketch.update(sorted(sequences))
    numbers = sketch.digest()
    return sorted(
        {_short(f"{at}:{numbers[at * _ROWS : (at + 1) * _ROWS]}") for at in range(_BANDS)}
    )


def _short(text: str) -> int:
    """31 bits of a hash: keys that take four bytes."""
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=4).digest(), "big") >> 1


def _candidates(store: Store, article: int, bands: list[int], day: str | None) -> list[Row]:
    marks = ", ".join("?" * len(bands))
    shared = Counter(
        row["article"]
        for row in store.rows(
            f"SELECT article FROM copy_band WHERE band IN ({marks}) AND article <> ?"
            " ORDER BY article DESC LIMIT 2000",
            *bands,
            article,
        )
    )
    found = []
    for other, _ in sorted(shared.items(), key=lambda item: (-item[1], item[0]))[:_MOST]:
        row = store.one("SELECT * FROM article WHERE article = ?", other)
        if row is not None and near(day, row["day"]):
            found.append(row)
    return found


def near(one: str | None, other: str | None, days: int = _DAYS) -> bool:
    """Whether two days are no further apart than this; what is not known is near."""
    if not one or not other or len(one) < 10 or len(other) < 10:
        return True
    return abs((date.fromisoformat(one[:10]) - date.fromisoformat(other[:10])).days) <= days


def around(day: str | None, days: int = _DAYS) -> tuple[str, str]:
    """The first and the last day that are near to one, as text order has them; all, if unknown."""
    if not day or len(day) < 10:
        return "", "~"
    middle = date.fromisoformat(day[:10])
    return (middle - timedelta(days=days)).isoformat(), (middle + timedelta(days=days)).isoformat()
