"""Which statements an answer is about: by actor, type, date, outlet and place, as SQL."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import get_args

from sayso import lexicon
from sayso.errors import MissingError, OptionError
from sayso.ledger import articles, who
from sayso.ledger.store import Store, numbers
from sayso.names import fold
from sayso.records import StatementType

TYPES: tuple[str, ...] = get_args(StatementType)
_DAY = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")


@dataclass
class Filter:
    """Conditions on a statement ``s`` of an article ``a``.

    Attributes:
        conditions: in SQL; all of them hold.
        values: of their parameters, in order.
        listed: queries of the keys of all statements that can be meant, where an index lists
            them, with their parameters.
        of_articles: whether a condition is on ``a``.
    """

    conditions: list[str] = field(default_factory=list)
    values: list[object] = field(default_factory=list)
    listed: list[tuple[str, tuple[object, ...]]] = field(default_factory=list)
    of_articles: bool = False

    def add(self, condition: str, *values: object) -> None:
        """One condition more."""
        self.conditions.append(condition)
        self.values += values

    def few(self, store: Store, most: int) -> list[int] | None:
        """The keys of all statements that can be meant, where an index lists at most so many."""
        for query, values in self.listed:
            rows = store.rows(f"{query} LIMIT {most + 1}", *values)
            if len(rows) <= most:
                return sorted({row["statement"] for row in rows})
        return None

    @property
    def sql(self) -> str:
        """The conditions as one; true where there is none."""
        join = ["a.article = s.article"] if self.of_articles else []
        return " AND ".join(f"({one})" for one in (*join, *self.conditions)) or "1 = 1"

    @property
    def tables(self) -> str:
        """The tables that the conditions are on, as they stand after FROM."""
        join = " CROSS JOIN article AS a" if self.of_articles else ""
        return f"statement AS s{join}"


def made(
    store: Store,
    *,
    actor: str | None = None,
    types: Sequence[str] = (),
    since: str | None = None,
    until: str | None = None,
    outlet: str | None = None,
    place: str | None = None,
) -> Filter:
    """The filter of a person's wishes; see ``Ledger.search``.

    Raises:
        OptionError: a wish is not one that can be met: an unknown type, a date that is none.
        MissingError: the ledger knows no such actor or outlet.
    """
    found = Filter()
    if types:
        _add_types(found, types)
    _add_days(found, since, until)
    if actor is not None:
        _add_actor(found, store, actor)
    if outlet is not None:
        _add_outlet(found, store, outlet)
    if place is not None:
        _add_place(found, store, place)
    return found


def _add_types(found: Filter, types: Sequence[str]) -> None:
    for one in types:
        if one not in TYPES:
            raise OptionError(f"{one}: is no type of statement; there are: {', '.join(TYPES)}")
    found.add(f"s.type IN ({', '.join('?' * len(types))})", *types)


def _add_days(found: Filter, since: str | None, until: str | None) -> None:
    for day in (since, until):
        if day is not None and not _DAY.fullmatch(day):
            raise OptionError(f"{day}: is no date: write it as 2024-05-03, 2024-05 or 2024")
    if since and until and since > until and not since.startswith(until):
        raise OptionError(f"no day is both from {since} on and until {until}")
    # A day that is known to the month alone meets every day of that month.
    if since:
        found.add("s.day >= ? OR s.day = substr(?, 1, length(s.day))", since, since)
    if until:
        found.add(f"s.day <= ? OR substr(s.day, 1, {len(until)}) = ?", until, until)


def _add_actor(found: Filter, store: Store, name: str) -> None:
    entities = _entities(store, name)
    if not entities:
        raise MissingError(f"{name}: the ledger knows no actor of this name")
    found.add(
        "EXISTS (SELECT 1 FROM statement_source AS by WHERE by.statement = s.statement"
        f" AND by.entity IN ({entities}))"
    )
    said = f"SELECT statement FROM statement_source WHERE entity IN ({entities})"
    found.listed.append((said, ()))


def _entities(store: Store, name: str) -> str:
    """The entities that a name can mean, as a list in SQL; empty where there is none."""
    found = [
        entity for row in who.named(store, name) for entity in who.members(store, row["entity"])
    ]
    return numbers(found) if found else ""


def _add_outlet(found: Filter, store: Store, name: str) -> None:
    """An outlet by (part of) its name, or by the host of its addresses."""
    found.of_articles = True
    wanted = name.strip().casefold()
    if re.fullmatch(r"[\w-]+(\.[\w-]+)+", wanted):
        host = wanted.removeprefix("www.")
        found.add("a.url LIKE ? OR a.url LIKE ?", f"%//{host}/%", f"%//%.{host}/%")
        return
    publishers = articles.publishers(store)
    same = [p for p in publishers if p.casefold() == wanted]
    named = same or [p for p in publishers if wanted and wanted in p.casefold()]
    if not named:
        raise MissingError(
            f"{name}: the ledger has no article by an outlet of this name; sayso list shows them"
        )
    found.add(f"a.publisher IN ({', '.join('?' * len(named))})", *named)


def _add_place(found: Filter, store: Store, name: str) -> None:
    """A place that a statement speaks of: of its events and figures, or named in it."""
    entities = _entities(store, name) or "NULL"
    wanted = name.strip()
    codes = {
        row["iso3"]
        for row in lexicon.table("countries")
        if fold(wanted) in map(fold, (row["name"], *row["aliases"].split(";")))
    }
    ways = (
        "SELECT {} FROM event AS e WHERE lower(e.place) = lower(?) AND e.place IS NOT NULL",
        f"SELECT {{}} FROM event AS e WHERE e.country IN ({_texts(codes)})",
        "SELECT {} FROM figure AS e WHERE lower(e.place) = lower(?) AND e.place IS NOT NULL",
        "SELECT {} FROM statement_about AS e JOIN entity AS named ON named.entity = e.entity"
        f" WHERE e.entity IN ({entities}) AND named.kind IN ('place', 'country')",
    )
    values = (wanted, wanted)
    here = (f"EXISTS ({way.format('1')} AND e.statement = s.statement)" for way in ways)
    found.add(" OR ".join(here), *values)
    there = (f"{way.format('e.statement')} AND e.statement IS NOT NULL" for way in ways)
    found.listed.append((" UNION ALL ".join(there), values))


def _texts(codes: set[str]) -> str:
    """Country codes of the lexicon as they stand in SQL."""
    return ", ".join(f"'{code}'" for code in sorted(codes)) or "''"
