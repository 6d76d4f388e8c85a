"""A reading as rows of the ledger's tables, and out again.

The rows are what answers are asked of; the reading itself is kept packed beside them, so that they
can be made anew. A record that a reviewer rejected gets no row.
"""

from collections.abc import Mapping

import msgspec

from sayso.ledger.days import day_of
from sayso.ledger.store import Row, Store
from sayso.records import Article, Event, Figure, Reading, Span, Statement

#: Tables that hold an article's records, those that others refer to last.
TABLES = ("event", "figure", "statement", "actor")


def article_day(article: Article) -> str | None:
    """The day that an article is sorted by: of publication, else the inferred one."""
    if article.published:
        return article.published[:10]
    return day_of(article.reference.value) if article.reference else None


def content_of(statement: Statement) -> str:
    """The words that a statement attributes; parts joined by an ellipsis."""
    return " … ".join(" ".join(span.text.split()) for span in statement.content)


def source_of(statement: Statement) -> str | None:
    """The source in words: names of the innermost link of the chain, else the text's words."""
    if statement.chain:
        return "; ".join(statement.chain[-1])
    words = [source.span.text for source in statement.sources if source.span]
    return "; ".join(words) or None


def _chain(statement: Statement) -> str | None:
    """The column ``chain``: JSON, or ``None`` where the chain is the source alone."""
    if len(statement.chain) == 1 and len(statement.chain[0]) == 1:
        return None
    return msgspec.json.encode(statement.chain).decode()


def chain_of(row: Row) -> list[list[str]]:
    """The chain of a row with the columns ``chain`` and ``source`` of a statement."""
    if row["chain"] is None:
        return [[row["source"]]] if row["source"] else []
    chain: list[list[str]] = msgspec.json.decode(row["chain"])
    return chain


def remove(store: Store, article: int) -> None:
    """Take the rows of an article's records out."""
    for table in TABLES:
        store.run(f"DELETE FROM {table} WHERE article = ?", article)


def insert(
    store: Store,
    article: int,
    reading: Reading,
    entities: Mapping[str, int],
    reviewed: Mapping[str, str],
) -> None:
    """Put the records of a reading into their tables.

    Args:
        store: inside ``write``.
        article: the article's key.
        reading: with reviewers' corrections.
        entities: the entity of each actor of the reading, by actor id.
        reviewed: what reviewers said of a record, by its id: ``confirmed``, ``corrected`` or
            ``rejected``.
    """
    day = article_day(reading.article)
    statements = [s for s in reading.statements if reviewed.get(s.id) != "rejected"]
    keys = _statements(store, article, statements, day, reviewed)
    _statement_entities(store, reading, statements, keys, entities)
    said: dict[str | None, str | None] = {
        # "since the 3rd" names no day on which it was said
        s.id: day_of(s.date.value) if s.date and "/" not in s.date.value else None
        for s in statements
    }
    figures = [f for f in reading.figures if reviewed.get(f.id) != "rejected"]
    _figures(store, article, figures, keys, said, day, reviewed)
    events = [e for e in reading.events if reviewed.get(e.id) != "rejected"]
    _events(store, article, events, keys, day, reviewed, entities)


def _statements(
    store: Store,
    article: int,
    statements: list[Statement],
    day: str | None,
    reviewed: Mapping[str, str],
) -> dict[str, int]:
    keys = {s.id: key for key, s in enumerate(statements, store.next_key("statement"))}
    rows = []
    for one in statements:
        start, end = _reach(one)
        rows.append(
            (
                keys[one.id],
                one.id,
                article,
                one.parent,
                one.type,
                int(one.negated),
                one.cue.text if one.cue else None,
                source_of(one),
                one.sources[0].kind if one.sources else None,
                _chain(one),
                content_of(one),
                start,
                end,
                (day_of(one.date.value) if one.date else None) or day,
                one.confidence,
                reviewed.get(one.id),
            )
        )
    store.many(
        "INSERT INTO statement (statement, id, article, parent, type, negated, cue, source,"
        ' source_kind, chain, text, start, "end", day, confidence, review)'
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        rows,
    )
    return keys


def _reach(statement: Statement) -> tuple[int, int]:
    spans = statement.content or ((statement.cue,) if statement.cue else ())
    return min((s.start for s in spans), default=0), max((s.end for s in spans), default=0)


def _statement_entities(
    store: Store,
    reading: Reading,
    statements: list[Statement],
    keys: Mapping[str, int],
    entities: Mapping[str, int],
) -> None:
    """Who makes each statement, and who is mentioned in what it says."""
    said: set[tuple[int, int]] = set()
    about: set[tuple[int, int]] = set()
    mentions = sorted(
        (mention.start, mention.end, entities[actor.id])
        for actor in reading.actors
        for mention in actor.mentions
        if actor.id in entities
    )
    for one in statements:
        key = keys[one.id]
        for source in one.sources:
            if source.actor and source.actor in entities:
                said.add((entities[source.actor], key))
        for span in one.content:
            about.update((who, key) for who in _inside(mentions, span))
    store.many("INSERT INTO statement_source (entity, statement) VALUES (?, ?)", sorted(said))
    store.many("INSERT INTO statement_about (entity, statement) VALUES (?, ?)", sorted(about))


def _inside(mentions: list[tuple[int, int, int]], span: Span) -> set[int]:
    return {who for start, end, who in mentions if span.start <= start and end <= span.end}


def _figures(
    store: Store,
    article: int,
    figures: list[Figure],
    statements: Mapping[str, int],
    said: Mapping[str | None, str | None],
    day: str | None,
    reviewed: Mapping[str, str],
) -> None:
    rows = []
    for key, one in enumerate(figures, store.next_key("figure")):
        statement = one.statement or ""
        own = day_of(one.as_of.value) if one.as_of else None
        rows.append(
            (
                key,
                one.id,
                article,
                statements.get(statement),
                one.value,
                one.low,
                one.high,
                one.bound,
                one.change,
                one.currency or one.unit,
                one.unit_kind,
                one.kind,
                one.counted.text if one.counted else None,
                one.span.text,
                one.span.start,
                one.span.end,
                own or said.get(statement) or day,
                one.since.value if one.since else None,
                one.place.text if one.place else None,
                one.measure,
                one.part_of,
                one.attribution,
                reviewed.get(one.id),
            )
        )
    store.many(
        "INSERT INTO figure (figure, id, article, statement, value, low, high, bound, change, unit,"
        ' unit_kind, kind, counted, wording, start, "end", day, since, place, measure, part_of,'
        " attribution, review)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        rows,
    )


def _events(
    store: Store,
    article: int,
    events: list[Event],
    statements: Mapping[str, int],
    day: str | None,
    reviewed: Mapping[str, str],
    entities: Mapping[str, int],
) -> None:
    rows, parties = [], set()
    for key, one in enumerate(events, store.next_key("event")):
        place = one.place
        rows.append(
            (
                key,
                one.id,
                article,
                statements.get(one.statement) if one.statement else None,
                one.type,
                one.mode,
                one.status,
                one.trigger.text,
                one.trigger.start,
                one.trigger.end,
                one.date.value if one.date else None,
                (day_of(one.date.value) if one.date else None) or day,
                place.name if place else None,
                place.country if place else None,
                place.lat if place else None,
                place.lon if place else None,
                one.attribution,
                reviewed.get(one.id),
            )
        )
        for role, actors in (("actor", one.actors), ("recipient", one.recipients)):
            parties |= {(key, role, entities[actor]) for actor in actors if actor in entities}
    store.many(
        'INSERT INTO event (event, id, article, statement, type, mode, status, "trigger", start,'
        ' "end", date, day, place, country, lat, lon, attribution, review)'
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        rows,
    )
    store.many("INSERT INTO event_entity (event, role, entity) VALUES (?, ?, ?)", sorted(parties))
