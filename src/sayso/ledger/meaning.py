"""Statements by meaning: vectors kept beside them, and the nearest to a vector, by brute force.

The first look goes through the signs of all vectors, 48 bytes each, by Hamming distance; the
nearest of them are then weighed by the vectors themselves (binary quantisation with rescoring, as
in Yamada et al., 2021, "Efficient Passage Retrieval with Hashing"). Two million statements are
96 MB of signs, read in pieces.

A vector is that of what is said, without who says it and how: with their names, the statements of
one person would be nearer to each other than those of one meaning. Vectors are made on demand,
block by block; what was made stays made. A statement that goes takes its vector with it; its signs
may stay in their block, and are passed over.
"""

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sayso.ledger.filters import Filter
from sayso.ledger.store import Store, numbers
from sayso.meaning import Encoder

#: Statements of a block, by their keys.
BLOCK = 4096
#: Bytes of a statement's signs.
_SIGNS = 48
#: Blocks that are read at once (12 MB).
_PIECE = 64
#: The nearest by signs that are weighed; more where a filter leaves too few of them.
_NEAREST = 8_000
#: Statements of a filter up to which all of them are weighed.
_FEW = 20_000
#: Cosine below which two texts have nothing to do with each other.
LEAST = 0.3

#: Called with the statements that have a vector now, and those that shall have one.
Progress = Callable[[int, int], None]


def lacking(store: Store, version: str, most: int) -> int:
    """How many statements have no vector of this version of the encoder, counted up to ``most``.

    Vectors are made in the order of the keys, and new statements come behind the last.
    """
    if store.one("SELECT 1 AS value FROM meaning_block WHERE model <> ? LIMIT 1", version):
        return min(most, sum(count for _, count in _unfinished(store, version)))
    last = store.value("SELECT max(statement) AS value FROM meaning") or 0
    return int(
        store.value(
            "SELECT count(*) AS value FROM"
            " (SELECT 1 FROM statement WHERE statement > ? LIMIT ?) AS held",
            last,
            most,
        )
    )


def any_made(store: Store, version: str) -> bool:
    """Whether there are vectors of this version of the encoder."""
    return bool(store.one("SELECT 1 AS value FROM meaning_block WHERE model = ? LIMIT 1", version))


def build(store: Store, encoder: Encoder, progress: Progress | None = None) -> int:
    """Make the vectors that are missing; a run that was cut goes on where it was.

    Returns:
        How many were made.
    """
    version = encoder.card.version
    wanted = list(_unfinished(store, version))
    total, done = sum(count for _, count in wanted), 0
    for block, count in wanted:
        _make(store, encoder, block)
        done += count
        if progress:
            progress(done, total)
    return done


def _unfinished(store: Store, version: str) -> Iterator[tuple[int, int]]:
    """Blocks that lack vectors, with the number that they lack."""
    held = {
        row["block"]: row["model"] for row in store.rows("SELECT block, model FROM meaning_block")
    }
    made = _counts(store, "meaning")
    for block, count in sorted(_counts(store, "statement").items()):
        right = made.get(block, 0) if held.get(block) == version else 0
        if right < count:
            yield block, count - right


def _counts(store: Store, table: str) -> dict[int, int]:
    rows = store.rows(
        f"SELECT statement / {BLOCK} AS block, count(*) AS number FROM {table}"
        f" GROUP BY statement / {BLOCK}"
    )
    return {row["block"]: row["number"] for row in rows}


def _make(store: Store, encoder: Encoder, block: int) -> None:
    """Make the vectors that a block lacks, and its signs anew."""
    version = encoder.card.version
    first, last = block * BLOCK, block * BLOCK + BLOCK - 1
    held = store.one("SELECT model FROM meaning_block WHERE block = ?", block)
    stale = held is not None and held["model"] != version
    lacking = store.rows(
        "SELECT statement, id, text FROM statement WHERE statement BETWEEN ? AND ?"
        + (
            ""
            if stale
            else " AND NOT EXISTS (SELECT 1 FROM meaning WHERE"
            " meaning.statement = statement.statement)"
        ),
        first,
        last,
    )
    vectors = small(encoder.vectors([row["text"] for row in lacking]))
    with store.write():
        if stale:
            store.run("DELETE FROM meaning WHERE statement BETWEEN ? AND ?", first, last)
        # Another process may have put another statement in the place of one meanwhile.
        store.many(
            "INSERT INTO meaning (statement, vector) SELECT statement, ? FROM statement"
            " WHERE statement = ? AND id = ? ON CONFLICT DO NOTHING",
            [
                (vector.tobytes(), row["statement"], row["id"])
                for row, vector in zip(lacking, vectors, strict=True)
            ],
        )
        signs = np.zeros((BLOCK, _SIGNS), np.uint8)
        for row in store.rows(
            "SELECT statement, vector FROM meaning WHERE statement BETWEEN ? AND ?", first, last
        ):
            vector = np.frombuffer(row["vector"], np.int8)
            signs[row["statement"] - first] = np.packbits(vector > 0)
        store.run("DELETE FROM meaning_block WHERE block = ?", block)
        store.run(
            "INSERT INTO meaning_block (block, model, signs) VALUES (?, ?, ?)",
            block,
            version,
            signs.tobytes(),
        )


def small(vectors: NDArray[np.float32]) -> NDArray[np.int8]:
    """Vectors in eight bits; their directions stay, their lengths do not."""
    largest = np.abs(vectors).max(axis=1, keepdims=True, initial=1e-9)
    made: NDArray[np.int8] = np.round(vectors * (127 / largest)).astype(np.int8)
    return made


def nearest(
    store: Store, encoder: Encoder, text: str, filter: Filter, count: int
) -> list[tuple[int, float]]:
    """The statements whose meaning is nearest to a text's.

    Returns:
        Keys with the cosine of the two vectors, the nearest first; those below ``LEAST`` are left
        out.
    """
    (vector,) = encoder.vectors([text])
    weighed = _weigh(store, vector, filter.few(store, _FEW), filter)
    if weighed is None:
        width = _NEAREST
        while True:
            keys = _by_signs(store, vector, width, encoder.card.version)
            weighed = _weigh(store, vector, keys, filter) or []
            near = sum(cosine >= LEAST for _, cosine in weighed)
            if near >= count or len(keys) < width or not filter.conditions:
                break
            width *= 8
    weighed.sort(key=lambda hit: (-hit[1], -hit[0]))
    return [hit for hit in weighed[:count] if hit[1] >= LEAST]


def _by_signs(store: Store, vector: NDArray[np.float32], width: int, version: str) -> list[int]:
    """Keys of the ``width`` statements whose signs differ least from the vector's."""
    wanted = np.packbits(vector > 0).view(np.uint64)
    keys = np.empty(0, np.int64)
    apart = np.empty(0, np.int16)
    after = -1
    while rows := store.rows(
        "SELECT block, signs FROM meaning_block WHERE block > ? AND model = ?"
        f" ORDER BY block LIMIT {_PIECE}",
        after,
        version,
    ):
        after = rows[-1]["block"]
        held = np.frombuffer(b"".join(row["signs"] for row in rows), np.uint64)
        signs = held.reshape(-1, _SIGNS // 8)
        here = np.bitwise_count(signs ^ wanted).sum(axis=1, dtype=np.int16)
        here[~signs.any(axis=1)] = 8 * _SIGNS  # no statement has this key
        starts = np.array([row["block"] * BLOCK for row in rows], np.int64)
        names = (starts[:, None] + np.arange(BLOCK)).ravel()
        if len(here) > width:
            best = np.argpartition(here, width - 1)[:width]
            here, names = here[best], names[best]
        keys, apart = np.concatenate([keys, names]), np.concatenate([apart, here])
        if len(keys) > width:
            best = np.argpartition(apart, width - 1)[:width]
            keys, apart = keys[best], apart[best]
    found: list[int] = keys.tolist()
    return found


def _weigh(
    store: Store, vector: NDArray[np.float32], keys: list[int] | None, filter: Filter
) -> list[tuple[int, float]] | None:
    """The cosines of statements that pass the filter; ``None`` where no statements are given."""
    if keys is None:
        return None
    found: list[tuple[int, float]] = []
    tables = f", {filter.tables}" if filter.conditions else ""
    where = f"s.statement = m.statement AND {filter.sql} AND" if filter.conditions else ""
    for start in range(0, len(keys), 1000):
        part = numbers(keys[start : start + 1000])
        rows: list[Any] = store.rows(
            f"SELECT m.statement, m.vector FROM meaning AS m{tables}"
            f" WHERE {where} m.statement IN ({part})",
            *filter.values,
        )
        if not rows:
            continue
        held = np.frombuffer(b"".join(row["vector"] for row in rows), np.int8)
        vectors = held.reshape(len(rows), -1).astype(np.float32)
        cosines = vectors @ vector / np.linalg.norm(vectors, axis=1)
        found += [(row["statement"], float(c)) for row, c in zip(rows, cosines, strict=True)]
    return found
