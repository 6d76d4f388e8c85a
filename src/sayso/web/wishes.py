"""What askers may say of an answer: days, kinds, the filters of a search."""

from dataclasses import dataclass
from typing import Annotated, Any, Literal

from fastapi import Depends, Query

from sayso.records import StatementType

ConflictKind = Literal["contradiction", "denial", "reversal", "hedge_lost", "update"]
Outlet = Annotated[str | None, Query(max_length=200, description="Words of its name.")]
_By = Annotated[
    Literal["words", "meaning", "both", ""], Query(description="How; where both can, by both.")
]
_Types = Annotated[tuple[StatementType, ...], Query(alias="type", description="Any of these.")]


@dataclass(frozen=True)
class Between:
    """Days that bound an answer, both included; months and years mean all of their days."""

    since: str | None
    until: str | None


def _between(
    since: Annotated[
        str | None,
        Query(alias="from", pattern=r"^(\d{4}(-\d{2}(-\d{2})?)?)?$", description="First day."),
    ] = None,
    until: Annotated[
        str | None,
        Query(pattern=r"^(\d{4}(-\d{2}(-\d{2})?)?)?$", description="Last day."),
    ] = None,
) -> Between:
    return Between(since or None, until or None)


Days = Annotated[Between, Depends(_between)]
Kinds = Annotated[tuple[ConflictKind, ...], Query(alias="kind", description="Any of these.")]


@dataclass(frozen=True)
class Search:
    """A search with its filters; empty ones are none."""

    q: str
    by: Literal["words", "meaning", "both"] | None
    actor: str | None
    types: tuple[StatementType, ...]
    days: Between
    outlet: str | None
    place: str | None
    offset: int

    def options(self, limit: int) -> dict[str, Any]:
        """As ``Ledger.search`` takes them."""
        return {
            "query": self.q,
            "by": self.by,
            "actor": self.actor or None,
            "types": self.types,
            "since": self.days.since,
            "until": self.days.until,
            "outlet": self.outlet or None,
            "place": self.place or None,
            "limit": min(limit, 1000),
            "offset": self.offset,
        }


def searched(
    days: Days,
    q: Annotated[str, Query(max_length=1000, description="Words, phrases, AND, OR, NOT.")] = "",
    by: Annotated[
        Literal["words", "meaning", "both", ""], Query(description="How; where both can, by both.")
    ] = "",
    actor: Annotated[str | None, Query(max_length=200, description="Who said it.")] = None,
    types: Annotated[
        tuple[StatementType, ...], Query(alias="type", description="Any of these.")
    ] = (),
    outlet: Outlet = None,
    place: Annotated[str | None, Query(max_length=200, description="Of which it speaks.")] = None,
    offset: Annotated[int, Query(ge=0, le=10_000, description="Rows to pass over.")] = 0,
) -> Search:
    """The search that a query asks for."""
    return Search(q, by or None, actor, types, days, outlet, place, offset)


Searched = Annotated[Search, Depends(searched)]
