"""The untouched bytes that articles were read from, and the check that they still are."""

import hashlib
import zlib
from collections.abc import Iterator
from typing import Any

from sayso.errors import LedgerError
from sayso.ledger.packing import unpack_text
from sayso.ledger.store import Store
from sayso.pages.capture import Capture
from sayso.records import Article


def keep(store: Store, article: Article, capture: Capture) -> None:
    """Store a capture; bytes that are there already are not stored again. Inside ``write``.

    A file seen again with the same bytes is no new capture; a page fetched again is one, since it
    shows that the page stood so at that time.
    """
    digest = put(store, capture.data)
    seen = store.one(
        "SELECT 1 AS value FROM capture WHERE id = ? AND sha256 = ? AND origin = ?"
        " AND (how <> 'address' OR retrieved = ?)",
        article.id,
        digest,
        capture.origin,
        capture.retrieved,
    )
    if not seen:
        store.run(
            "INSERT INTO capture (id, retrieved, how, origin, sha256) VALUES (?, ?, ?, ?, ?)",
            article.id,
            capture.retrieved,
            capture.how,
            capture.origin,
            digest,
        )


def put(store: Store, data: bytes) -> str:
    """Store bytes, once; their SHA-256, by which they are had again. Inside ``write``."""
    digest = hashlib.sha256(data).hexdigest()
    if not store.one("SELECT 1 AS value FROM evidence WHERE sha256 = ?", digest):
        store.run(
            "INSERT INTO evidence (sha256, size, bytes) VALUES (?, ?, ?)",
            digest,
            len(data),
            zlib.compress(data, 6),
        )
    return digest


def get(store: Store, digest: str) -> bytes:
    """Stored bytes by their SHA-256.

    Raises:
        LedgerError: they are damaged.
    """
    packed = store.value("SELECT bytes AS value FROM evidence WHERE sha256 = ?", digest)
    try:
        return zlib.decompress(packed)
    except zlib.error as error:
        raise LedgerError(
            f"{store.name}: evidence {digest}: the stored bytes are damaged"
        ) from error


def captures(store: Store, article: str) -> list[dict[str, Any]]:
    """The captures of a version, by its article id, oldest first."""
    rows = store.rows(
        "SELECT retrieved, how, origin, capture.sha256, size FROM capture JOIN evidence"
        " ON evidence.sha256 = capture.sha256 WHERE id = ? ORDER BY retrieved, origin",
        article,
    )
    return [
        {key: row[key] for key in ("retrieved", "how", "origin", "sha256", "size")} for row in rows
    ]


def faults(store: Store) -> Iterator[str]:
    """What no longer agrees with its hash: stored bytes, and texts of articles and versions."""
    for listed in store.rows("SELECT sha256 FROM evidence"):
        row = store.one("SELECT sha256, bytes FROM evidence WHERE sha256 = ?", listed["sha256"])
        try:
            data = zlib.decompress(row["bytes"]) if row else b""
        except zlib.error:
            data = b""
        if row and hashlib.sha256(data).hexdigest() != row["sha256"]:
            yield f"evidence {row['sha256']}: the stored bytes are not those that were captured"
    for table in ("article", "version"):
        for listed in store.rows(f"SELECT id FROM {table}"):
            row = store.one(f"SELECT id, sha256, text FROM {table} WHERE id = ?", listed["id"])
            if row and _digest(row["text"]) != row["sha256"]:
                yield f"{table} {row['id']}: the stored text is not the one that was read"


def _digest(packed: bytes) -> str:
    try:
        text = unpack_text(packed)
    except (zlib.error, UnicodeDecodeError):
        return "damaged"
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
