"""Events in PLOVER's categories (Political Language Ontology for Verifiable Event Records), JSON.

One object an event: PLOVER's type and mode, the quadrant that the type lies in, who did it to whom,
where and when, and on whose word. Events without a type of PLOVER's are left out.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sayso import lexicon
from sayso.exports.item import Item
from sayso.exports.rows import chain
from sayso.exports.tables import encoded

NAME = "plover.jsonl"


class PloverWriter:
    """Events as JSON Lines."""

    def __init__(self, folder: Path) -> None:
        self._file = (folder / NAME).open("wb")

    def add(self, item: Item) -> None:
        """Write an article's events."""
        for event in events(item):
            self._file.write(encoded(event) + b"\n")

    def close(self) -> None:
        """End the file."""
        self._file.close()


def quadrants() -> dict[str, str]:
    """PLOVER's quadrant of each type."""
    found: dict[str, str] = lexicon.toml("plover")["quadrants"]
    return found


def events(item: Item) -> Iterator[dict[str, Any]]:
    """An article's events."""
    article = item.reading.article
    said = {one.id: one for one in item.kept(item.reading.statements)}
    actors = {actor.id: actor for actor in item.reading.actors}

    def people(ids: tuple[str, ...]) -> list[dict[str, Any]]:
        return [
            {
                "id": item.entities.get(one, one),
                "name": actors[one].name,
                "sector": actors[one].kind,
                "country": actors[one].country,
            }
            for one in ids
            if one in actors
        ]

    for one in item.kept(item.reading.events):
        if one.type is None or one.type not in quadrants():
            continue
        statement = said.get(one.statement or "")
        place = one.place
        yield {
            "id": one.id,
            "date": one.date.value if one.date else None,
            "event_type": one.type,
            "event_mode": one.mode,
            "quad": quadrants()[one.type] or None,
            "status": one.status,
            "actor": people(one.actors),
            "recipient": people(one.recipients),
            "location": {
                "placename": place.name,
                "country": place.country,
                "latitude": place.lat,
                "longitude": place.lon,
            }
            if place
            else None,
            "text": item.passages.sentence(one.trigger.start, one.trigger.end),
            "trigger": one.trigger.text,
            "attribution": {
                "kind": one.attribution,
                "statement": statement.id if statement else None,
                "chain": chain(statement) if statement else None,
            },
            "source": {
                "publisher": article.publisher,
                "headline": article.headline,
                "url": item.passages.address(one.trigger.start, one.trigger.end),
                "publication_date": article.published,
                "language": article.language,
                "capture_sha256": item.captures[-1].sha256 if item.captures else None,
            },
            "review": item.reviews.get(one.id),
            "version": f"Sayso {item.program}",
        }
