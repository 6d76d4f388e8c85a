"""Two sides that each say the other attacked: both accounts, none of them called right."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from sayso.ledger import sides
from sayso.ledger.matching import Query
from sayso.ledger.points import days_between
from sayso.ledger.store import Row, Store, numbers

#: Attacks that are looked at, the latest, and days between two accounts of one time.
LATEST, NEAR = 400, 3


class Blame(NamedTuple):
    """One side's account of an attack: a row of ``event`` with its statement's columns."""

    row: Row
    by: str
    on: str


def pairs(store: Store, query: Query) -> Iterator[tuple[Row, Row]]:
    """Of each two states that blame each other within ``NEAR`` days the accounts that are closest.

    An account counts where a state's own word says that the other attacked it; outlets and third
    sides are left out, as are attacks that are denied or only possible.
    """
    found: dict[frozenset[str], tuple[tuple[int, int, str], Row, Row]] = {}
    blames = _blames(store)
    for at, one in enumerate(blames):
        for other in blames[:at]:
            if (one.by, one.on) != (other.on, other.by):
                continue
            gap = days_between(one.row["day"], other.row["day"])
            if gap is None or gap > NEAR:
                continue
            if not query.accepts(*(r[c] for r in (one.row, other.row) for c in ("text", "source"))):
                continue
            first, last = sorted((one.row, other.row), key=lambda row: (row["day"], row["id"]))
            apart = one.row["article"] != other.row["article"]
            rank = (gap, int(apart), first["id"])
            key = frozenset((one.by, one.on))
            if key not in found or rank < found[key][0]:
                found[key] = rank, first, last
    yield from ((a, b) for _, a, b in found.values())


def _blames(store: Store) -> list[Blame]:
    rows = store.rows(
        "SELECT event.event, event.day, statement.statement, statement.id, statement.article,"
        ' statement.source, statement.text, statement.start, statement."end", article.name'
        " FROM event JOIN statement ON statement.statement = event.statement"
        " JOIN article ON article.article = event.article"
        " WHERE event.type = 'ASSAULT' AND event.status IN ('happened', 'ongoing')"
        " AND event.attribution = 'stated'"
        f" ORDER BY event.day DESC, event.event DESC LIMIT {LATEST}"
    )
    said = sides.of_statements(store, {row["statement"] for row in rows})
    acting = _codes(store, rows)
    found = []
    for row in rows:
        by = {party.code for party in said.get(row["statement"], [])}
        actors, hit = acting.get(row["event"], (frozenset(), frozenset()))
        if len(by) != 1 or len(actors) != 1:
            continue
        (who,), (attacker,) = by, actors
        if who and who != attacker and hit <= {who}:
            found.append(Blame(row, who, attacker))
    return found


def _codes(store: Store, rows: list[Row]) -> Mapping[int, tuple[frozenset[str], frozenset[str]]]:
    """The countries of who acts and of who is acted on, by event."""
    found: dict[int, tuple[set[str], set[str]]] = {}
    for row in store.rows(
        "SELECT event, role, root.country FROM event_entity"
        " JOIN entity ON entity.entity = event_entity.entity"
        " JOIN entity AS root ON root.entity = coalesce(entity.merged, entity.entity)"
        f" WHERE event IN ({numbers(row['event'] for row in rows)}) AND root.country IS NOT NULL"
    ):
        actors, hit = found.setdefault(row["event"], (set(), set()))
        (actors if row["role"] == "actor" else hit).add(row["country"])
    return {event: (frozenset(a), frozenset(h)) for event, (a, h) in found.items()}
