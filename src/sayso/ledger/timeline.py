"""Events across articles by date: those that several articles tell are folded into one."""

from collections.abc import Iterator
from typing import Any

import msgspec

from sayso.ledger.matching import Query, days_of, listed
from sayso.ledger.store import Row, Store, numbers

#: Events that are looked at for one answer, newest first: at first, and at most.
_FIRST, _MOST = 400, 20_000


class Told(msgspec.Struct):
    """One event as articles tell it."""

    rows: list[Row]
    actors: frozenset[str]
    recipients: frozenset[str]


def timeline(
    store: Store,
    query: Query,
    *,
    since: str | None,
    until: str | None,
    limit: int,
    offset: int = 0,
) -> Iterator[dict[str, Any]]:
    """Events by date, oldest first.

    Two are one where type, day and status agree, places do not clash, and who takes part in one
    takes part in the other. Shown is what is told of somebody who acts, with another who takes part
    or a place, or by several articles: a bare "violence" stands in its article alone.

    Args:
        store: the ledger.
        query: words that actors, place, type or the words of the event must meet.
        since: the first day, or year or month.
        until: the last one.
        limit: how many at most, the latest.
        offset: how many later ones are left out.
    """
    found: list[Told] = []
    most = min(_MOST, max(_FIRST, 4 * (offset + limit)))
    while True:
        events = _rows(store, since, until, most)
        if whole := len(events) < most or most == _MOST:
            found = _folded(store, query, events)
        else:
            # the oldest day may be cut in two
            oldest = events[0]["day"]
            found = _folded(store, query, [row for row in events if row["day"] != oldest])
        if whole or len(found) >= offset + limit:
            break
        most = min(_MOST, 4 * most)
    end = len(found) - offset
    yield from map(_answer, found[max(0, end - limit) : max(0, end)])


def _folded(store: Store, query: Query, events: list[Row]) -> list[Told]:
    """Events that meet a query, those that are one folded, oldest first."""
    parties = _parties(store, events)
    told: list[Told] = []
    # those that name somebody, by number: only they can be one with an event that does, too
    naming: dict[tuple[str, ...], dict[int, Told]] = {}
    for row in events:
        actors, recipients = parties.get(row["event"], (frozenset(), frozenset()))
        if not query.accepts(
            *actors, *recipients, row["place"], row["type"], row["trigger"], row["country_name"]
        ):
            continue
        key = _key(row)
        named = [(*key, "actor", name) for name in actors]
        named += [(*key, "recipient", name) for name in recipients]
        near = {at: one for name in named for at, one in naming.get(name, {}).items()}
        matching = (at for at, one in near.items() if _one(one, row, actors, recipients))
        at = min(matching, default=len(told))
        if at == len(told):
            told.append(Told(rows=[], actors=actors, recipients=recipients))
        told[at].rows.append(row)
        told[at].actors |= actors
        told[at].recipients |= recipients
        for name in named:
            naming.setdefault(name, {})[at] = told[at]
    return [one for one in sorted(told, key=_order) if _is_whole(one)]


def _order(told: Told) -> tuple[str, str, str]:
    return _key(told.rows[0])


def _key(row: Row) -> tuple[str, str, str]:
    """What the tellings of one event agree in."""
    return row["day"] or "", row["type"] or "", row["status"]


def _is_whole(told: Told) -> bool:
    """Whether an event says who did what to whom or where, or is told by several articles."""
    sides = len(told.actors) + bool(told.recipients)
    placed = any(row["place"] for row in told.rows)
    return (bool(told.actors) and (sides > 1 or placed)) or (
        sides > 0 and len({row["article"] for row in told.rows}) > 1
    )


def _rows(store: Store, since: str | None, until: str | None, most: int) -> list[Row]:
    """The newest events, at most so many, oldest first."""
    where, values = days_of(since, until)
    where = where.replace("day", "event.day")
    return store.rows(
        'SELECT event.event, event.type, event.mode, event.status, event."trigger", event.day,'
        " event.date, event.place, event.country, event.country AS country_name, event.attribution,"
        " article.name AS article, article.publisher, statement.source"
        " FROM event JOIN article ON article.article = event.article"
        " LEFT JOIN statement ON statement.statement = event.statement"
        f" {'WHERE ' + where if where else ''}"
        f" ORDER BY event.day DESC NULLS LAST, event.event DESC LIMIT {most}",
        *values,
    )[::-1]


def _parties(store: Store, events: list[Row]) -> dict[int, tuple[frozenset[str], frozenset[str]]]:
    sides: dict[int, dict[str, set[str]]] = {}
    for row in store.rows(
        "SELECT event_entity.event, event_entity.role, shown.name FROM event_entity"
        " JOIN entity ON entity.entity = event_entity.entity"
        " JOIN entity AS shown ON shown.entity = coalesce(entity.merged, entity.entity)"
        f" WHERE event_entity.event IN ({numbers(row['event'] for row in events)})"
    ):
        sides.setdefault(row["event"], {}).setdefault(row["role"], set()).add(row["name"])
    return {
        event: (frozenset(by.get("actor", ())), frozenset(by.get("recipient", ())))
        for event, by in sides.items()
    }


def _one(told: Told, row: Row, actors: frozenset[str], recipients: frozenset[str]) -> bool:
    first = told.rows[0]
    if first["place"] and row["place"] and first["place"] != row["place"]:
        return False
    if not actors and not recipients:
        return False
    return (
        _within(told.actors, actors)
        and _within(told.recipients, recipients)
        and bool((told.actors & actors) or (told.recipients & recipients))
    )


def _within(one: frozenset[str], other: frozenset[str]) -> bool:
    small, large = sorted((one, other), key=len)
    return small <= large


def _answer(told: Told) -> dict[str, Any]:
    first = told.rows[0]
    sources = listed(row["source"] or row["publisher"] for row in told.rows)
    return {
        "date": first["date"] or first["day"],
        "type": first["type"],
        "mode": first["mode"],
        "status": first["status"],
        "actors": sorted(told.actors),
        "recipients": sorted(told.recipients),
        "place": next((row["place"] for row in told.rows if row["place"]), None),
        "country": next((row["country"] for row in told.rows if row["country"]), None),
        "trigger": first["trigger"],
        "sources": sources,
        "articles": listed(row["article"] for row in told.rows),
    }
