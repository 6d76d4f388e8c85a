"""The answer ``figures``: series with their points, or with the range that each party gives."""

from collections.abc import Iterator
from typing import Any

from sayso.errors import MissingError
from sayso.ledger import asking, points, ranges
from sayso.ledger.points import Point
from sayso.ledger.series import owner_name
from sayso.ledger.store import Row, Store

#: What outlets say in their own voice, and sources without a name, in ranges by party.
OWN_VOICE = "outlets' own voice"
UNNAMED = "unnamed or joint sources"
#: Figures that stand for a series in a list.
LATEST = 2


def answer(
    store: Store,
    query: str | None = None,
    *,
    limit: int | None = None,
    offset: int = 0,
    ranged: bool = False,
) -> Iterator[dict[str, Any]]:
    """Series, those with the most figures first.

    Args:
        store: the ledger.
        query: words of a series' label, owners, kind or places; by default any series.
        limit: at most so many.
        offset: how many are left out before them.
        ranged: give each party's lowest and highest number in the place of the points.

    Returns:
        ``{id, what, kind, of, unit, points}``, or with ``ranged`` in the place of the points
        ``ranges: [{party, stance, low, high, points, from, until}]``.
    """
    for row in chosen(store, query, limit, offset):
        yield _answer(store, row, ranged)


def one(store: Store, name: str, *, ranged: bool = False) -> dict[str, Any]:
    """One series by its id ("killed|soldiers|people|XVM"), as ``answer`` gives it.

    Raises:
        MissingError: the ledger has no such series.
    """
    return _answer(store, _row(store, name), ranged)


def _row(store: Store, name: str) -> Row:
    row = store.one("SELECT * FROM series WHERE key = ?", name)
    if row is None:
        raise MissingError(f"{name}: no such series; sayso figures shows those there are")
    return row


def _answer(store: Store, row: Row, ranged: bool) -> dict[str, Any]:
    owners = row["owners"].split()
    found = points.of_series(store, [row["series"]], owners)
    said = _said(store, row)
    if ranged:
        return said | {"ranges": _ranges(store, found)}
    return said | {"points": [point.shown() for point in found]}


def _said(store: Store, row: Row) -> dict[str, Any]:
    """What a series counts."""
    return {
        "id": row["key"],
        "what": row["what"],
        "kind": row["kind"],
        "of": [owner_name(store, owner) for owner in row["owners"].split()],
        "unit": row["unit"],
    }


def both(store: Store, name: str) -> dict[str, Any]:
    """One series with its points and its ranges, worked out once; see ``one``."""
    row = _row(store, name)
    found = points.of_series(store, [row["series"]], row["owners"].split())
    told = {"points": [point.shown() for point in found], "ranges": _ranges(store, found)}
    return _said(store, row) | told


def listed(
    store: Store, query: str | None = None, *, limit: int, offset: int = 0
) -> Iterator[dict[str, Any]]:
    """Series as a list names them, those with the most figures first, however many they have.

    Args:
        store: the ledger.
        query: as for ``answer``.
        limit: at most so many.
        offset: how many are left out before them.

    Yields:
        ``{id, what, kind, of, unit, figures, from, until, latest}``: ``latest`` are the figures
        of the last days, ``{date, wording, source, article, statement}``.
    """
    for row in chosen(store, query, limit, offset):
        ends = store.one(
            'SELECT min(day) AS "from", max(day) AS until FROM figure WHERE series = ?',
            row["series"],
        )
        latest = store.rows(
            "SELECT figure.day AS date, figure.wording, statement.source,"
            " article.name AS article, statement.id AS statement"
            " FROM figure JOIN article ON article.article = figure.article"
            " LEFT JOIN statement ON statement.statement = figure.statement"
            " WHERE figure.series = ? AND figure.day IS NOT NULL"
            f" ORDER BY figure.day DESC, figure.figure DESC LIMIT {LATEST}",
            row["series"],
        )
        yield {
            **_said(store, row),
            "figures": row["figures"],
            "from": ends and ends["from"],
            "until": ends and ends["until"],
            "latest": [{key: one[key] for key in one.keys()} for one in latest],  # noqa: SIM118
        }


def chosen(store: Store, query: str | None, limit: int | None, offset: int = 0) -> list[Row]:
    """The rows of the series that a query means, those with the most figures first."""
    most = "" if limit is None else f" LIMIT {limit} OFFSET {offset}"
    if not query:
        return store.rows(f"SELECT * FROM series ORDER BY figures DESC, key{most}")
    found = sorted(asking.series(store, query))
    rows = []
    for start in range(0, len(found), 500):
        part = found[start : start + 500]
        marks = ", ".join("?" * len(part))
        rows += store.rows(f"SELECT * FROM series WHERE series IN ({marks})", *part)
    rows.sort(key=lambda row: (-row["figures"], row["key"]))
    return rows[offset : None if limit is None else offset + limit]


def _ranges(store: Store, found: list[Point]) -> list[dict[str, Any]]:
    """What each party's points reach from and to; no number is preferred to another."""
    by: dict[tuple[str, str | None], list[Point]] = {}
    for point in found:
        if point.side is not None:
            by.setdefault((point.side, point.stance), []).append(point)
        else:
            name = OWN_VOICE if point.first["statement"] is None else UNNAMED
            by.setdefault((name, point.stance), []).append(point)
    ranged = []
    names = {
        side: owner_name(store, side) for side in {side for side, _ in by} - {OWN_VOICE, UNNAMED}
    }
    for (side, stance), group in by.items():
        low, high = ranges.ends([point.first for point in group])
        days = [point.day for point in group if point.day]
        ranged.append(
            {
                "party": names.get(side, side),
                "stance": stance,
                "low": low,
                "high": high,
                "points": len(group),
                "from": min(days, default=None),
                "until": max(days, default=None),
            }
        )
    return sorted(ranged, key=lambda one: (-one["points"], one["party"]))
