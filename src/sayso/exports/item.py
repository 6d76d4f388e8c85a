"""One article as exports see it: its reading, and what is known of the reading itself."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeVar

from sayso import __version__
from sayso.exports.passages import Passages
from sayso.records import Reading, Record

R = TypeVar("R", bound=Record)


@dataclass(frozen=True)
class Capture:
    """The bytes that an article was read from: when, how and from where, and their SHA-256."""

    sha256: str
    retrieved: str
    how: str
    origin: str


@dataclass(frozen=True)
class Item:
    """A reading to export.

    Attributes:
        reading: with reviewers' corrections.
        name: what the article is called: its address, else its input.
        reviews: ``confirmed``, ``corrected`` or ``rejected``, by record id.
        captures: of this version, oldest first.
        entities: the ledger's actor ("entity-12") of each actor, by actor id.
        version: of the article.
        program: the version of Sayso that read it.
        model: the models that read it.
    """

    reading: Reading
    name: str
    reviews: Mapping[str, str] = field(default_factory=dict)
    captures: tuple[Capture, ...] = ()
    entities: Mapping[str, str] = field(default_factory=dict)
    version: int = 1
    program: str = __version__
    model: str | None = None

    @cached_property
    def passages(self) -> Passages:
        """Sentences and addresses of the article."""
        return Passages(self.reading.article)

    @cached_property
    def rows(self) -> list[tuple[str, dict[str, Any]]]:
        """The rows of its tables; see ``sayso.exports.rows``."""
        from sayso.exports.rows import rows

        return list(rows(self))

    @cached_property
    def actors(self) -> Mapping[str, str]:
        """Names of actors by id."""
        return {actor.id: actor.name for actor in self.reading.actors}

    def names(self, ids: tuple[str, ...]) -> list[str]:
        """The names of actors."""
        return [self.actors[one] for one in ids if one in self.actors]

    def kept(self, records: tuple[R, ...]) -> list[R]:
        """The records that no reviewer rejected."""
        return [r for r in records if self.reviews.get(r.id) != "rejected"]  # type: ignore[attr-defined]


def of_reading(reading: Reading) -> Item:
    """A reading that no ledger holds."""
    return Item(reading, name=reading.article.url or reading.article.input)
