"""followthemoney entities (extra ``followthemoney``), one a line, as its own model checks them.

An article is an Article, an actor a Person, PublicBody or Organization, an event an Event, a
statement a Note on its sources and its article. Places and documents are no entities of their own.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sayso.errors import ExportError
from sayso.exports.item import Item
from sayso.exports.rows import chain, content, reach
from sayso.exports.tables import encoded
from sayso.records import Actor

NAME = "followthemoney.jsonl"

_SCHEMAS = {
    "person": "Person",
    "government": "PublicBody",
    "country": "PublicBody",
    "armed_force": "PublicBody",
    "organisation": "Organization",
    "outlet": "Organization",
    "group": "Organization",
}


class FtmWriter:
    """Entities as JSON Lines.

    Raises:
        ExportError: the extra is not installed.
    """

    def __init__(self, folder: Path) -> None:
        try:
            from followthemoney import model
        except ImportError as error:
            raise ExportError(
                "followthemoney: needs the extra: pip install 'sayso[followthemoney]'"
            ) from error
        self._model: Any = model
        self._written: set[str] = set()
        self._file = (folder / NAME).open("wb")

    def add(self, item: Item) -> None:
        """Write an article's entities; those of the ledger that were written before are not."""
        for schema, name, values in entities(item):
            if name in self._written:
                continue
            if name.startswith("entity-"):
                self._written.add(name)
            entity = self._model.make_entity(schema)
            entity.id = f"sayso-{name}"
            for field, given in values.items():
                entity.add(field, given, quiet=True)
            self._file.write(encoded(entity.to_dict()) + b"\n")

    def close(self) -> None:
        """End the file."""
        self._file.close()


Entity = tuple[str, str, dict[str, list[str]]]


def entities(item: Item) -> Iterator[Entity]:
    """Schema, name and properties of everything in an article that has a schema."""
    article = item.reading.article
    names = {
        actor.id: item.entities.get(actor.id, f"{article.id}-{actor.id}")
        for actor in item.kept(item.reading.actors)
        if actor.kind in _SCHEMAS
    }

    def links(ids: tuple[str, ...]) -> list[str]:
        return [f"sayso-{names[one]}" for one in ids if one in names]

    yield (
        "Article",
        article.id,
        _stated(
            title=article.headline,
            publisher=article.publisher,
            publishedAt=article.published,
            sourceUrl=article.url,
            author=list(article.authors),
            language=article.language,
            fileName=article.input.rsplit("/", 1)[-1],
            retrievedAt=item.captures[-1].retrieved if item.captures else None,
            notes=f"SHA-256 of the capture: {item.captures[-1].sha256}" if item.captures else None,
        ),
    )
    for actor in item.kept(item.reading.actors):
        if actor.id in names:
            yield _actor(actor, names[actor.id])
    for event in item.kept(item.reading.events):
        start, end = event.trigger.start, event.trigger.end
        yield (
            "Event",
            event.id,
            _stated(
                name=f"{event.type or 'event'}: {event.trigger.text}",
                date=_day(event.date.value) if event.date else None,
                summary=item.passages.sentence(start, end),
                location=event.place.name if event.place else None,
                country=event.place.country if event.place else None,
                organizer=links(event.actors),
                involved=links(event.recipients),
                keywords=[one for one in (event.type, event.mode, event.status) if one],
                sourceUrl=item.passages.address(start, end),
                proof=f"sayso-{article.id}",
            ),
        )
    for one in item.kept(item.reading.statements):
        sources = tuple(source.actor for source in one.sources if source.actor)
        yield (
            "Note",
            one.id,
            _stated(
                entity=[*links(sources), f"sayso-{article.id}"],
                summary=content(one),
                description=f"{chain(one) or 'nobody named'} ({'not ' * one.negated}{one.type})",
                keywords=[one.type, *[hedge.text for hedge in one.hedges]],
                publisher=article.publisher,
                sourceUrl=item.passages.address(*reach(one)),
                proof=f"sayso-{article.id}",
            ),
        )


def _actor(actor: Actor, name: str) -> Entity:
    country = {"Person": "citizenship"}.get(_SCHEMAS[actor.kind], "jurisdiction")
    roles = {"position": [role.title for role in actor.roles]} if actor.kind == "person" else {}
    return (
        _SCHEMAS[actor.kind],
        name,
        _stated(name=actor.name, alias=list(actor.aliases), **{country: actor.country}, **roles),
    )


def _day(value: str) -> str:
    """The day, month or year of a date's value; its model knows no others."""
    return value.split("/")[0].split("T")[0]


def _stated(**values: Any) -> dict[str, list[str]]:
    """The properties that have a value, as lists."""
    return {
        name: value if isinstance(value, list) else [value]
        for name, value in values.items()
        if value
    }
