"""The rows of an article, by table; the columns are described in ``columns``."""

from collections.abc import Iterator, Mapping
from typing import Any

from sayso.exports.item import Item
from sayso.records import Figure, Span, Statement
from sayso.show.wording import meaning

Row = dict[str, Any]

#: Between the links of a chain, and between several at one link.
_LINK, _TOGETHER = " → ", " and "


def rows(item: Item) -> Iterator[tuple[str, Row]]:
    """Table and row of everything in an article that no reviewer rejected."""
    article = _article(item)
    said = {one.id: one for one in item.kept(item.reading.statements)}
    figures = item.kept(item.reading.figures)
    for table, found in (
        ("statements", (_statement(item, one, figures) for one in said.values())),
        ("figures", (_figure(item, one, said) for one in figures)),
        ("events", _events(item, said)),
        ("agreements", _agreements(item)),
        ("actors", _actors(item)),
    ):
        for row in found:
            yield table, row | article
    yield "articles", _whole(item) | article


def chain(statement: Statement) -> str:
    """By way of whom a statement came, from the outermost link on."""
    return _LINK.join(_TOGETHER.join(link) for link in statement.chain)


def source(statement: Statement) -> str | None:
    """Who makes a statement."""
    if statement.chain:
        return _TOGETHER.join(statement.chain[-1])
    words = [one.span.text for one in statement.sources if one.span]
    return _TOGETHER.join(words) or None


def content(statement: Statement) -> str:
    """What a statement says; parts joined by an ellipsis."""
    return " … ".join(" ".join(span.text.split()) for span in statement.content)


def reach(statement: Statement) -> tuple[int, int]:
    """The characters from the first to the last of a statement's content, else of its cue."""
    spans = statement.content or ((statement.cue,) if statement.cue else ())
    return min((s.start for s in spans), default=0), max((s.end for s in spans), default=0)


def _article(item: Item) -> Row:
    article = item.reading.article
    capture = item.captures[-1] if item.captures else None
    return {
        "article": item.name,
        "article_id": article.id,
        "outlet": article.publisher,
        "headline": article.headline,
        "url": article.url,
        "published": article.published,
        "reference": article.reference.value if article.reference else None,
        "reference_from": article.reference.from_ if article.reference else None,
        "version": item.version,
        "text_sha256": article.sha256,
        "capture_sha256": capture.sha256 if capture else None,
        "retrieved": capture.retrieved if capture else None,
        "program": item.program,
        "model": item.model,
    }


def _record(item: Item, name: str, start: int, end: int) -> Row:
    return {
        "id": name,
        "start": start,
        "end": end,
        "sentence": item.passages.sentence(start, end),
        "address": item.passages.address(start, end),
        "review": item.reviews.get(name),
    }


def _rests(name: str | None, attribution: str, said: Mapping[str, Statement]) -> Row:
    statement = said.get(name or "")
    return {
        "attribution": attribution,
        "statement": statement.id if statement else None,
        "source": source(statement) if statement else None,
        "chain": chain(statement) if statement else None,
        "cue": _text(statement.cue) if statement else None,
        "type": statement.type if statement else None,
    }


def _text(span: Span | None) -> str | None:
    return span.text if span else None


def _texts(spans: tuple[Span, ...]) -> list[str]:
    return [span.text for span in spans]


def _statement(item: Item, one: Statement, figures: list[Figure]) -> Row:
    return {
        "source": source(one),
        "source_kind": one.sources[0].kind if one.sources else None,
        "source_actors": [
            item.entities.get(s.actor, s.actor) for s in one.sources if s.actor is not None
        ],
        "chain": chain(one),
        "cue": _text(one.cue),
        "type": one.type,
        "negated": one.negated,
        "content": content(one),
        "quotes": _texts(one.quotes),
        "hedges": _texts(one.hedges),
        "date": one.date.value if one.date else None,
        "date_inferred": one.date.id is None if one.date else None,
        "venue": _text(one.venue),
        "addressee": _text(one.addressee),
        "parent": one.parent,
        "figures": [_meaning(item, f, figures) for f in figures if f.statement == one.id],
        "confidence": one.confidence,
        **_record(item, one.id, *reach(one)),
    }


def _meaning(item: Item, one: Figure, figures: list[Figure]) -> str:
    whole = next((f.span.text for f in figures if f.id == one.part_of), "")
    return meaning(one, ", ".join(item.names(one.of_actors)), whole)


def _figure(item: Item, one: Figure, said: Mapping[str, Statement]) -> Row:
    return {
        "wording": one.span.text,
        "meaning": _meaning(item, one, list(item.reading.figures)),
        "value": one.value,
        "low": one.low,
        "high": one.high,
        "bound": one.bound,
        "change": one.change,
        "unit": one.unit,
        "unit_kind": one.unit_kind,
        "currency": one.currency,
        "kind": one.kind,
        "counted": _text(one.counted),
        "of_actors": item.names(one.of_actors),
        "as_of": one.as_of.value if one.as_of else None,
        "since": one.since.value if one.since else None,
        "place": _text(one.place),
        "measure": one.measure,
        "part_of": one.part_of,
        **_rests(one.statement, one.attribution, said),
        **_record(item, one.id, one.span.start, one.span.end),
    }


def _events(item: Item, said: Mapping[str, Statement]) -> Iterator[Row]:
    for one in item.kept(item.reading.events):
        yield {
            "event_type": one.type,
            "mode": one.mode,
            "status": one.status,
            "trigger": one.trigger.text,
            "actors": item.names(one.actors),
            "recipients": item.names(one.recipients),
            "date": one.date.value if one.date else None,
            "date_inferred": one.date.id is None if one.date else None,
            "place": one.place.name if one.place else None,
            "country": one.place.country if one.place else None,
            "lat": one.place.lat if one.place else None,
            "lon": one.place.lon if one.place else None,
            **_rests(one.statement, one.attribution, said),
            **_record(item, one.id, one.trigger.start, one.trigger.end),
        }


def _agreements(item: Item) -> Iterator[Row]:
    for one in item.kept(item.reading.agreements):
        first = one.mentions[0] if one.mentions else Span(0, 0, "")
        yield {
            "name": one.name,
            "kind": one.kind,
            "parties": item.names(one.parties),
            "signed": one.signed.value if one.signed else None,
            "ratified": one.ratified.value if one.ratified else None,
            "in_force": one.in_force.value if one.in_force else None,
            "ended": one.ended.value if one.ended else None,
            "duration": one.duration,
            "obligations": [f"{o.type}: {o.content.text}" for o in one.obligations],
            **_record(item, one.id, first.start, first.end),
        }


def _actors(item: Item) -> Iterator[Row]:
    for one in item.kept(item.reading.actors):
        first = one.mentions[0] if one.mentions else Span(0, 0, "")
        yield {
            "name": one.name,
            "kind": one.kind,
            "country": one.country,
            "aliases": list(one.aliases),
            "roles": [role.title for role in one.roles],
            "mentions": len(one.mentions),
            "entity": item.entities.get(one.id),
            **_record(item, one.id, first.start, first.end),
        }


def _whole(item: Item) -> Row:
    reading = item.reading
    return {
        "section": reading.article.section,
        "authors": list(reading.article.authors),
        "language": reading.article.language,
        "words": len(reading.article.text.split()),
        "statements": len(item.kept(reading.statements)),
        "figures": len(item.kept(reading.figures)),
        "events": len(item.kept(reading.events)),
        "agreements": len(item.kept(reading.agreements)),
        "captured_from": item.captures[-1].origin if item.captures else None,
        "warnings": list(reading.warnings),
    }
