"""Articles of the ledger: stored once, versioned where their text changed, shown again."""

import difflib
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from functools import cache
from typing import Any, Literal

from sayso import __version__
from sayso.ledger import corrections, entities, evidence, layers, rows
from sayso.ledger.matching import days_of, plain_words
from sayso.ledger.packing import pack, pack_text, unpack, unpack_text
from sayso.ledger.store import Row, Store
from sayso.pages.capture import Capture
from sayso.records import Article, Reading

Outcome = Literal["added", "changed", "unchanged", "reread"]

#: Share of its words that a file must have kept to be another version of what lay there.
SAME_ARTICLE = 0.4


@cache
def model_version() -> str:
    """The language model and the attribution weights that make readings here."""
    from sayso.model.weights import card
    from sayso.reader.pipeline import MODEL_PACKAGE, MODEL_VERSION

    return f"{MODEL_PACKAGE} {MODEL_VERSION}; attribution {card().version}"


def now() -> str:
    """This second, ISO 8601, UTC."""
    return datetime.now(UTC).replace(microsecond=0, tzinfo=None).isoformat() + "Z"


def is_stored(store: Store, article: Article) -> bool:
    """Whether this text of this article is stored, as its current version or an earlier one."""
    return key_of(store, article.id) is not None


def key_of(store: Store, id: str | None) -> int | None:
    """The key of the article that has, or in an earlier version had, this id."""
    held = store.value(
        "SELECT article AS value FROM article WHERE id = ?"
        " UNION ALL SELECT article AS value FROM version WHERE id = ?",
        id,
        id,
    )
    return None if held is None else int(held)


def add(
    store: Store, reading: Reading, capture: Capture | None = None, actors: bytes | None = None
) -> Outcome:
    """Store one reading, with what it was read from, in one transaction.

    The same article with the same text changes nothing; with another text it becomes a new version,
    and what changed is kept. A version that a later one took the place of does not come back.

    Args:
        store: the ledger.
        reading: as ``sayso.read`` gives it.
        capture: the bytes that it was read from.
        actors: the file of actors that it was read with, to read it again with.

    Returns:
        What became of it: ``added``, ``changed`` or ``unchanged``.
    """
    with store.write():
        return _add(store, reading, capture, actors)


def _add(
    store: Store, reading: Reading, capture: Capture | None = None, actors: bytes | None = None
) -> Outcome:
    article = reading.article
    if capture:
        evidence.keep(store, article, capture)
    if is_stored(store, article):
        return "unchanged"
    known = None if actors is None else evidence.put(store, actors)
    key = _key(article, capture)
    held = store.one("SELECT * FROM article WHERE key = ?", key)
    if held is not None and not article.url and not _alike(unpack_text(held["text"]), article.text):
        key, held = f"{key} {article.id}", None
    if held is None:
        number = store.next_key("article")
        _insert(store, number, key, 1, reading, known)
        _fill(store, number, reading)
        return "added"
    before = reading_of(held)
    _set_aside(store, held)
    _keep_changes(store, held["article"], held["version"] + 1, before, reading)
    _replace(store, held["article"], held["version"] + 1, reading, known)
    return "changed"


def seen(store: Store, article: Article, capture: Capture) -> None:
    """Keep the capture of an article that is stored already."""
    with store.write():
        evidence.keep(store, article, capture)


def add_all(store: Store, readings: Iterable[Reading]) -> list[Outcome]:
    """Store many readings in one transaction: all of them, or, on an error, none; see ``add``."""
    with store.write():
        return [_add(store, reading) for reading in readings]


def put_back(store: Store, article: int, reading: Reading, actors: bytes | None = None) -> None:
    """Put another reading of the same version in the place of a stored one; inside ``write``.

    Args:
        store: the ledger.
        article: the article's key.
        reading: the new one.
        actors: the file of actors that it was read with; by default that of the old one.
    """
    held = store.one("SELECT version, actors FROM article WHERE article = ?", article)
    if held is not None:
        known = held["actors"] if actors is None else evidence.put(store, actors)
        _replace(store, article, held["version"], reading, known)


def refresh(store: Store, article: int) -> None:
    """Make an article's rows anew from its stored reading and the reviews; inside ``write``."""
    held = store.one("SELECT * FROM article WHERE article = ?", article)
    if held is not None:
        put_back(store, article, reading_of(held))


def catch_up(store: Store) -> None:
    """Make the rows anew of articles whose rows an older version of the tables made.

    One article a transaction: what is cut short goes on the next time.
    """
    for row in store.rows("SELECT article FROM stale ORDER BY article"):
        with store.write():
            refresh(store, row["article"])
            store.run("DELETE FROM stale WHERE article = ?", row["article"])


def reading_of(row: Row) -> Reading:
    """The machine's reading of a row of ``article`` or ``version``, without corrections."""
    return unpack(row["reading"], unpack_text(row["text"]))


def corrected(store: Store, row: Row) -> Reading:
    """The reading of a row of ``article``, with reviewers' corrections."""
    return corrections.apply(reading_of(row), corrections.of_article(store, row["article"]))


def outdated(store: Store) -> list[Row]:
    """What another version of the program or of its models read: ``article``, ``actors``."""
    return store.rows(
        "SELECT article, actors FROM article WHERE program <> ? OR model <> ?"
        " ORDER BY actors, article",
        __version__,
        model_version(),
    )


def _key(article: Article, capture: Capture | None) -> str:
    if article.url:
        return address_key(article.url)
    if capture and capture.how == "file":
        return capture.origin
    return article.id


def address_key(url: str) -> str:
    """An address without what does not tell pages apart: fragment, tracking, a closing slash."""
    from urllib.parse import urldefrag

    from courlan import normalize_url

    try:
        return str(normalize_url(urldefrag(url).url)).rstrip("/")
    except ValueError:
        return url


def _alike(old: str, new: str) -> bool:
    """Whether two texts can be versions of one article: they share much of their vocabulary."""
    a, b = set(old.casefold().split()), set(new.casefold().split())
    return len(a & b) >= SAME_ARTICLE * max(1, min(len(a), len(b)))


def _columns(reading: Reading) -> dict[str, object]:
    article = reading.article
    return {
        "id": article.id,
        "name": article.url or article.input,
        "url": article.url,
        "publisher": article.publisher,
        "headline": article.headline,
        "published": article.published,
        "day": rows.article_day(article),
        "language": article.language,
        "words": len(article.text.split()),
        "added": now(),
        "program": __version__,
        "model": model_version(),
        "sha256": article.sha256,
        "text": pack_text(article.text),
        "reading": pack(reading),
    }


def _insert(
    store: Store, number: int, key: str, version: int, reading: Reading, actors: str | None
) -> None:
    columns = {"article": number, "key": key, "version": version, "actors": actors}
    columns |= _columns(reading)
    marks = ", ".join("?" * len(columns))
    store.run(f"INSERT INTO article ({', '.join(columns)}) VALUES ({marks})", *columns.values())


def _set_aside(store: Store, held: Row) -> None:
    columns = "article, version, id, added, program, model, sha256, text, reading"
    store.run(
        f"INSERT INTO version ({columns}) SELECT {columns} FROM article WHERE article = ?",
        held["article"],
    )


def _replace(
    store: Store, article: int, version: int, reading: Reading, actors: str | None
) -> None:
    for layer in reversed(layers.LAYERS):
        layer.forget(store, article)
    named = entities.of_article(store, article)
    rows.remove(store, article)
    columns = {"version": version, "actors": actors} | _columns(reading)
    names = ", ".join(f"{name} = ?" for name in columns)
    store.run(f"UPDATE article SET {names} WHERE article = ?", *columns.values(), article)
    _fill(store, article, reading)
    entities.drop_orphans(store, named)


def _fill(store: Store, article: int, reading: Reading) -> None:
    """The rows of an article's records, and what the layers work out from them."""
    reviews = corrections.of_article(store, article)
    reading = corrections.apply(reading, reviews)
    found = entities.resolve(store, article, reading)
    rows.insert(store, article, reading, found, corrections.verdicts(reviews))
    for layer in layers.LAYERS:
        layer.index(store, article, reading)


def _keep_changes(store: Store, article: int, version: int, old: Reading, new: Reading) -> None:
    changes = [*_field_changes(old.article, new.article), *_claim_changes(old, new)]
    store.many(
        "INSERT INTO change (article, version, position, what, record, before, after)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        [(article, version, place, *change) for place, change in enumerate(changes)],
    )


Change = tuple[str, str, str | None, str | None]


def _field_changes(old: Article, new: Article) -> Iterator[Change]:
    for field in ("headline", "published", "publisher"):
        before, after = getattr(old, field), getattr(new, field)
        if before != after:
            yield (
                "reworded",
                "article",
                before and f"{field}: {before}",
                after and f"{field}: {after}",
            )


def _claim_changes(old: Reading, new: Reading) -> Iterator[Change]:
    """Claims that went, came, or were put in other words."""
    before, after = list(map(_claim, old.statements)), list(map(_claim, new.statements))
    yield from _differences("statement", before, after)
    figures = [
        [f"{f.span.text} {f.counted.text if f.counted else ''}".strip() for f in r.figures]
        for r in (old, new)
    ]
    yield from _differences("figure", *figures)


def _claim(statement: Any) -> str:
    source = rows.source_of(statement)
    cue = statement.cue.text if statement.cue else ""
    return " | ".join(filter(None, (source, cue, rows.content_of(statement))))


def _differences(record: str, before: list[str], after: list[str]) -> Iterator[Change]:
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    for what, i, j, k, m in matcher.get_opcodes():
        if what == "equal":
            continue
        gone, come = before[i:j], after[k:m]
        for old in gone:
            best = max(come, key=lambda new: _ratio(old, new), default=None)
            if best is not None and _ratio(old, best) >= 0.6:
                come.remove(best)
                yield "reworded", record, old, best
            else:
                yield "removed", record, old, None
        for new in come:
            yield "added", record, None, new


def _ratio(a: str, b: str) -> float:
    return difflib.SequenceMatcher(None, a[:400].split(), b[:400].split(), autojunk=False).ratio()


def listed(
    store: Store,
    query: str | None = None,
    *,
    outlet: str | None = None,
    since: str | None = None,
    until: str | None = None,
    limit: int | None = None,
    offset: int = 0,
) -> Iterator[dict[str, Any]]:
    """The articles by day, newest first, as ``sayso list`` shows them; see ``Ledger.articles``."""
    parts, values = ["true"], []
    for word in plain_words(query or ""):
        parts.append("lower(coalesce(headline, name)) LIKE ?")
        values.append(f"%{word}%")
    if outlet:
        named = [name for name in publishers(store) if outlet.casefold() in name.casefold()]
        parts.append(f"publisher IN ({', '.join('?' * len(named)) or 'NULL'})")
        values += named
    days, between = days_of(since, until)
    parts += [days] if days else []
    values += between
    page = "" if limit is None else f" LIMIT {int(limit)} OFFSET {int(offset)}"
    rows = store.rows(
        "SELECT id, name AS article, publisher, headline, published, day, version, words,"
        " (SELECT count(*) FROM statement WHERE statement.article = article.article) AS statements,"
        " (SELECT count(*) FROM figure WHERE figure.article = article.article) AS figures,"
        f" added, program, model FROM article WHERE {' AND '.join(parts)}"
        f" ORDER BY day DESC, article.article DESC{page}",
        *values,
    )
    return ({name: row[name] for name in row.keys()} for row in rows)  # noqa: SIM118


def publishers(store: Store) -> list[str]:
    """The outlets of the ledger by name, each looked up after the one before it in the index."""
    rows = store.rows(
        "WITH RECURSIVE outlet (name) AS (SELECT min(publisher) FROM article UNION ALL"
        " SELECT (SELECT min(publisher) FROM article WHERE publisher > outlet.name) FROM outlet"
        " WHERE outlet.name IS NOT NULL) SELECT name FROM outlet WHERE name IS NOT NULL"
    )
    return [row["name"] for row in rows]


def changes(store: Store, article: int) -> list[dict[str, Any]]:
    """What changed between the versions of an article, oldest first."""
    return [
        {key: row[key] for key in ("version", "what", "record", "before", "after")}
        for row in store.rows(
            "SELECT version, what, record, before, after FROM change WHERE article = ?"
            " ORDER BY version, position",
            article,
        )
    ]
