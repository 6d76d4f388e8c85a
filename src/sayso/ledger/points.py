"""Points of a series: each one estimate of one origin, with the articles that carry it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from sayso.ledger import sides
from sayso.ledger.rows import chain_of
from sayso.ledger.sides import Party
from sayso.ledger.store import Row, Store

#: Days within which the same number of the same origin is one estimate repeated.
REPEATED = 7
#: Figures of a series that are looked at, the latest.
MOST = 2000


class Sighting(NamedTuple):
    """One figure of one article, with who says it."""

    row: Row
    parties: tuple[Party, ...]

    @property
    def order(self) -> tuple[str, str, int]:
        """By day, then by article and place in it: the same in whatever order they were added."""
        return self.row["day"] or "", self.row["article_id"], self.row["start"]


@dataclass
class Point:
    """One estimate: sightings of the same number from the same origin, in order of time."""

    sightings: list[Sighting] = field(default_factory=list)
    stance: str | None = None
    #: How many sightings ``parties`` was found among, what was found, and the side of it.
    _parties: tuple[int, tuple[Party, ...], str | None] = (0, (), None)

    @property
    def first(self) -> Row:
        """The row of the first sighting."""
        return self.sightings[0].row

    @property
    def best(self) -> Row:
        """The row of the first sighting under the source's most particular name."""
        return min(self.sightings, key=lambda s: (_particular(s.parties), s.order)).row

    @property
    def day(self) -> str:
        """The day of the first sighting, perhaps empty."""
        return self.first["day"] or ""

    @property
    def parties(self) -> tuple[Party, ...]:
        """Who says it: of several names for one side, the most particular."""
        return self._sided()[1]

    @property
    def side(self) -> str | None:
        """The key of the one party that says it; ``None`` for several, or for nobody named."""
        return self._sided()[2]

    def _sided(self) -> tuple[int, tuple[Party, ...], str | None]:
        if self._parties[0] != len(self.sightings):
            best = min((s.parties for s in self.sightings), key=_particular)
            keys = {party.key for party in best}
            side = keys.pop() if len(keys) == 1 else None
            self._parties = len(self.sightings), best, side
        return self._parties

    @property
    def place(self) -> str | None:
        """The first place that a sighting names."""
        return next((s.row["place"] for s in self.sightings if s.row["place"]), None)

    @property
    def since(self) -> str | None:
        """The first start of the period that a sighting names."""
        return next((s.row["since"] for s in self.sightings if s.row["since"]), None)

    def shown(self) -> dict[str, Any]:
        """The point as an answer has it."""
        row, best = self.first, self.best
        statements = [s.row["statement_id"] for s in self.sightings if s.row["statement_id"]]
        return {
            "date": row["day"],
            "since": self.since,
            "stance": self.stance,
            "value": row["value"],
            "low": row["low"],
            "high": row["high"],
            "bound": row["bound"],
            "wording": row["wording"],
            "source": best["source"],
            "chain": chain_of(best),
            "origin": "; ".join(party.name for party in self.parties) or None,
            "place": self.place,
            "articles": list(dict.fromkeys(s.row["article_name"] for s in self.sightings)),
            "statements": list(dict.fromkeys(statements)),
        }


def of_series(
    store: Store, series: Iterable[int], owners: list[str], most: int = MOST
) -> list[Point]:
    """The points of one or more series of the same owners, by date.

    Args:
        store: the ledger.
        series: keys.
        owners: keys of the parties whose the counted are.
        most: figures that are looked at, the latest.
    """
    found = sorted(_sightings(store, list(series), most), key=lambda s: s.order)
    sets: dict[object, list[Sighting]] = {}
    for one in found:
        row = one.row
        sets.setdefault((_origin(one), row["value"], row["low"], row["high"]), []).append(one)
    points = [point for group in sets.values() for point in _repeats(group)]
    foes = {foe for owner in owners for foe in sides.opponents(store, owner)} - set(owners)
    for point in points:
        point.stance = _stance(point, owners, foes)
    return sorted(points, key=lambda point: point.sightings[0].order)


def _sightings(store: Store, series: list[int], most: int) -> list[Sighting]:
    marks = ", ".join("?" * len(series))
    rows = store.rows(
        "SELECT figure.figure, figure.id, figure.article, figure.series, figure.value, figure.low,"
        ' figure.high, figure.bound, figure.wording, figure.start, figure."end", figure.day,'
        " figure.since, figure.place, figure.measure, figure.dated, figure.of_statement,"
        " figure.statement, article.name AS article_name, article.id AS article_id,"
        " article.published, statement.id AS statement_id, statement.source, statement.source_kind,"
        " statement.chain, statement.text AS statement_text"
        " FROM figure JOIN article ON article.article = figure.article"
        " LEFT JOIN statement ON statement.statement = figure.statement"
        f" WHERE figure.series IN ({marks}) ORDER BY figure.day DESC LIMIT {most}",
        *series,
    )
    said = {row["of_statement"] for row in rows if row["of_statement"] is not None}
    parties = sides.of_statements(store, said)
    return [Sighting(row, tuple(parties.get(row["of_statement"], ()))) for row in rows]


def _origin(one: Sighting) -> object:
    """What tells origins apart before names of one side are joined."""
    if one.parties:
        return tuple(sorted({party.key for party in one.parties}))
    return (one.row["source"] or "?").casefold() if one.row["statement"] else None


def _particular(parties: tuple[Party, ...]) -> tuple[bool, bool, tuple[int, ...]]:
    """Sorts names of one side: persons and bodies before the side as a whole, nobody last."""
    return (
        not parties,
        any(party.general for party in parties),
        tuple(party.entity for party in parties),
    )


def _repeats(group: list[Sighting]) -> list[Point]:
    """One number of one side, parted by who says it and by time."""
    named = {s.parties for s in group if s.parties and not any(p.general for p in s.parties)}
    if len(named) <= 1:
        return _by_time(group)
    parted: dict[tuple[Party, ...], list[Sighting]] = {}
    general = []
    for one in group:
        if any(party.general for party in one.parties):
            general.append(one)
        else:
            parted.setdefault(one.parties, []).append(one)
    return [point for part in [*parted.values(), general] if part for point in _by_time(part)]


def _by_time(group: list[Sighting]) -> list[Point]:
    """Repeats that lie near in time, or that the text does not date, and in no other place."""
    points: list[Point] = []
    for one in group:
        for point in reversed(points):
            if _fits(point, one):
                point.sightings.append(one)
                break
        else:
            points.append(Point([one]))
    return points


def _fits(point: Point, one: Sighting) -> bool:
    for column in ("place", "since"):
        held, new = getattr(point, column), one.row[column]
        if held and new and held.casefold() != new.casefold():
            return False
    last = point.sightings[-1].row["day"]
    gap = days_between(last, one.row["day"])
    return gap is None or gap <= REPEATED or not one.row["dated"]


def days_between(one: str | None, other: str | None) -> int | None:
    """Days from one day to another; ``None`` where either is not a full day."""
    try:
        return abs((date.fromisoformat(other or "") - date.fromisoformat(one or "")).days)
    except ValueError:
        return None


def _stance(point: Point, owners: list[str], foes: set[str]) -> str | None:
    """Whether the source speaks of its own side's, by countries alone; see the design.

    ``None`` where the text does not say whose the counted are.
    """
    if not point.first["statement"] or (
        point.parties and all(party.kind == "outlet" for party in point.parties)
    ):
        return "outlet"
    if not owners:
        return None
    keys = {party.key for party in point.parties}
    if keys and keys <= set(owners):
        return "own"
    return "opponent" if keys and keys <= foes else "third"
