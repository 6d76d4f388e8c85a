"""Origins: the claims that several articles carry, and how many named sources stand behind each.

Who says a thing first-hand is its origin; whoever passes it on (an agency, a lawmaker who quotes a
spy agency, an outlet that cites another) is folded into the origin that it passes on, wherever in
the claim's articles that is said. Copies of one article count once. Unnamed sources and an outlet's
own voice never raise the number of independent origins; they are counted apart.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

import msgspec

from sayso.ledger import copies, entities, fulltext
from sayso.ledger.filters import Filter
from sayso.ledger.likeness import TELLING
from sayso.ledger.matching import listed, plain_words
from sayso.ledger.search_language import parse
from sayso.ledger.store import Row, Store, numbers

#: Statements that a question starts from, and those that one claim may have.
_SEEDS, _MOST = 1000, 200
#: Characters of a claim that are read at a glance.
_READABLE = 200
#: Links of a chain that are followed.
_DEEPEST = 10


class Member(msgspec.Struct):
    """A statement of a claim: its row, who says it, and who passes it on."""

    row: Row
    named: list[int]
    relays: set[int]
    passed_on: bool


def origins(store: Store, query: str, *, limit: int, offset: int = 0) -> Iterator[dict[str, Any]]:
    """The claims that several articles carry, those first that most articles carry.

    Args:
        store: the ledger.
        query: as for ``search``: what a statement of the claim, or its source, must hold; empty for
            all claims.
        limit: how many claims at most.
        offset: how many are left out before them.
    """
    seeds = _seeds(store, query)
    links = _links(store, seeds)
    rows = _places(store, {key for seed, others in links.items() for key in (seed, *others)})
    seen: set[int] = set()
    claims: list[list[int]] = []
    for seed in sorted(links, key=lambda key: (-len(links[key]), rows[key]["id"])):
        # a claim is a statement and those that say the same as it does: no chains from one to the
        # next, which would lead from one topic to another
        keys = [seed, *sorted(links[seed] - seen)][:_MOST]
        if seed not in seen and len(keys) > 1:
            seen.update(keys)
            claims.append(keys)
    claims.sort(key=lambda keys: -len({rows[key]["article"] for key in keys}))
    wanted = claims[offset : offset + limit]
    members = _members(store, [key for keys in wanted for key in keys])
    for keys in wanted:
        yield _answer(store, _in_order(members, keys))


def _in_order(members: Mapping[int, Member], keys: Sequence[int]) -> list[Member]:
    return sorted(
        (members[key] for key in keys), key=lambda m: (m.row["day"] or "", m.row["statement"])
    )


def _seeds(store: Store, query: str) -> list[int]:
    """The statements that a question starts from: those that match, or with most links."""
    parsed = parse(query)
    if parsed.root is not None:
        hits = fulltext.find(store, parsed.root, Filter(), _SEEDS)
        return [key for key, _ in hits.ranked]
    rows = store.rows(
        "SELECT key, count(*) AS others FROM (SELECT statement AS key FROM same_claim"
        " UNION ALL SELECT other AS key FROM same_claim) AS ends GROUP BY key"
        f" ORDER BY others DESC, key LIMIT {_SEEDS}"
    )
    return [row["key"] for row in rows]


def _places(store: Store, keys: Collection[int]) -> dict[int, Row]:
    """The articles of statements, and their ids, which tell an order that all ledgers share."""
    rows = store.rows(
        f"SELECT statement, id, article FROM statement WHERE statement IN ({numbers(keys)})"
    )
    return {row["statement"]: row for row in rows}


def _links(store: Store, seeds: Sequence[int]) -> dict[int, set[int]]:
    """The statements that say the same as each of these."""
    links: dict[int, set[int]] = {}
    for one, other in (("statement", "other"), ("other", "statement")):
        for row in store.rows(
            f"SELECT {one} AS one, {other} AS other FROM same_claim"
            f" WHERE {one} IN ({numbers(sorted(set(seeds)))})"
        ):
            links.setdefault(row["one"], set()).add(row["other"])
    return links


def _members(store: Store, keys: Sequence[int]) -> dict[int, Member]:
    """Statements as members of claims, by their keys."""
    rows = store.rows(
        "SELECT statement.*, article.name AS article_name, article.publisher FROM statement"
        " JOIN article ON article.article = statement.article"
        f" WHERE statement IN ({numbers(keys)})",
    )
    beside = _beside(store, {row["article"] for row in rows})
    sources = _sources(store, [key for held in beside.values() for key in held["keys"].values()])
    found = {}
    for row in rows:
        held = beside[row["article"]]
        relays: set[int] = set()
        above, steps = row["parent"], 0
        while above in held["keys"] and steps < _DEEPEST:
            relays.update(sources.get(held["keys"][above], ()))
            above, steps = held["parents"][above], steps + 1
        named = [] if row["source_kind"] == "unnamed" else sources.get(row["statement"], [])
        passed_on = any(
            start < row["end"] and row["start"] < end
            for start, end in held["below"].get(row["id"], ())
        )
        found[row["statement"]] = Member(row=row, named=named, relays=relays, passed_on=passed_on)
    return found


def _beside(store: Store, articles: set[int]) -> dict[int, dict[str, Any]]:
    """The links of attribution of articles: keys and parents by id, where relayed ones stand."""
    found: dict[int, dict[str, Any]] = {
        article: {"keys": {}, "parents": {}, "below": {}} for article in articles
    }
    for row in store.rows(
        'SELECT statement, id, article, parent, start, "end" FROM statement'
        f" WHERE article IN ({numbers(sorted(articles))})"
    ):
        held = found[row["article"]]
        held["keys"][row["id"]] = row["statement"]
        held["parents"][row["id"]] = row["parent"]
        if row["parent"]:
            held["below"].setdefault(row["parent"], []).append((row["start"], row["end"]))
    return found


def _sources(store: Store, statements: Sequence[int]) -> dict[int, list[int]]:
    """The entities that make statements, of those that a name is given for."""
    found: dict[int, list[int]] = {}
    for row in store.rows(
        "SELECT DISTINCT statement, coalesce(entity.merged, entity.entity) AS entity"
        " FROM statement_source JOIN entity ON entity.entity = statement_source.entity"
        f" WHERE statement IN ({numbers(statements)}) AND kind <> 'group'"
        " ORDER BY 1, 2"
    ):
        found.setdefault(row["statement"], []).append(row["entity"])
    return found


def _answer(store: Store, members: list[Member]) -> dict[str, Any]:
    passes = _passes(store, members)
    lead = _one_name(store, _folded(members, passes))
    articles: dict[int, list[str]] = {}
    attributed: set[int] = set()
    nobodys: list[int] = []
    for member in members:
        own = {lead[one] for one in member.named if one in lead}
        if not own and not member.passed_on:
            # nobody is named, but who passes it on has it from somebody who is named elsewhere
            passed = {one for relay in member.relays for one in passes.get(relay, ())}
            own = {lead[one] for one in passed if one in lead} if len(passed) == 1 else set()
            if not own:
                nobodys.append(member.row["article"])
        for one in sorted(own):
            articles.setdefault(one, []).append(member.row["article_name"])
        if own:
            attributed.add(member.row["article"])
    shown = store.rows(
        f"SELECT entity, name, kind FROM entity WHERE entity IN ({numbers(sorted(articles))})"
    )
    names: dict[int, str] = {row["entity"]: row["name"] for row in shown}
    # an outlet that is cited for it says it in its own voice
    sources = [row["entity"] for row in shown if row["kind"] != "outlet"]
    voices = _own_voice(store, members)
    nobodys += [row["article"] for row in voices]
    told = [(m.row["article_name"], m.row["publisher"]) for m in members]
    told += [(row["name"], row["publisher"]) for row in voices]
    groups = {copies.group(store, article) for article in nobodys}
    return {
        "claim": _text(members),
        "day": min((m.row["day"] for m in members if m.row["day"]), default=None),
        "statements": [m.row["id"] for m in members],
        "articles": listed(name for name, _ in told),
        "outlets": listed(publisher for _, publisher in told),
        "origins": [
            {"source": names[one], "articles": listed(articles[one])}
            for one in sorted(articles, key=lambda one: (-len(set(articles[one])), names[one]))
        ],
        "independent": len(sources),
        "parties": len({entities.party(store, one) for one in sources}),
        "unattributed": sum(not group & attributed for group in groups),
    }


def _own_voice(store: Store, members: list[Member]) -> list[Row]:
    """Other articles that give a number of the claim in their own voice, on nobody's word."""
    keys = [member.row["statement"] for member in members]
    held = {member.row["article"] for member in members}
    first, last = copies.around(min((m.row["day"] for m in members if m.row["day"]), default=None))
    rows = store.rows(
        "SELECT DISTINCT article.article, article.name, article.publisher, other.day,"
        " said.day AS told"
        " FROM figure AS said JOIN figure AS other ON other.series = said.series"
        " AND other.day >= ? AND other.day <= ?"
        " AND other.value = said.value AND other.bound = said.bound"
        " JOIN article ON article.article = other.article"
        f" WHERE said.statement IN ({numbers(keys)}) AND other.statement IS NULL"
        f" AND said.value >= {TELLING} ORDER BY article.article LIMIT {_MOST}",
        first,
        last,
    )
    found = {
        row["article"]: row
        for row in rows
        if row["article"] not in held and copies.near(row["day"], row["told"])
    }
    return list(found.values())


def _text(members: list[Member]) -> str:
    """The claim in the words in which it is told most often, the longest that are short enough."""
    texts: Counter[str] = Counter(member.row["text"] for member in members)
    return max(texts, key=lambda text: (texts[text], len(text) <= _READABLE, len(text), text))


def _passes(store: Store, members: list[Member]) -> dict[int, set[int]]:
    """Whom each source or outlet that passes the claim on has it from."""
    passes: dict[int, set[int]] = {}
    for member in members:
        if member.passed_on or not member.named:
            continue
        for relay in member.relays | _outlets(store, member):
            passes.setdefault(relay, set()).update(set(member.named) - {relay})
    return passes


def _folded(members: list[Member], passes: Mapping[int, set[int]]) -> dict[int, int]:
    """The origin that each named source leads to: itself, or the one that it passes on."""
    origins = {one for member in members if not member.passed_on for one in member.named}
    lead = {one: one for one in origins}
    for one in sorted(origins):
        beyond = passes.get(one, set()) & origins
        # two who pass each other on are both first hand
        if beyond and one not in {end for other in beyond for end in passes.get(other, ())}:
            lead[one] = min(beyond)
    return {one: _end(lead, one) for one in lead}


def _one_name(store: Store, lead: Mapping[int, int]) -> dict[int, int]:
    """The origins again, each that has no name of its own led to the one that it may be.

    "The State Intelligence Service" of one outlet is no other origin than that "of Ostrenia" of
    another, nor is "Ostrenia's acting prime minister" than the minister whom another names: too few
    origins are counted rather than too many.
    """
    rows = store.rows(
        "SELECT entity, name, kind, country, party FROM entity"
        f" WHERE entity IN ({numbers(sorted(set(lead.values())))}) ORDER BY entity"
    )
    fuller: dict[int, int] = {}
    for row in rows:
        held = [other for other in rows if other["kind"] == row["kind"] and _may_be(row, other)]
        if held:
            fuller[row["entity"]] = max(held, key=lambda one: (len(one["name"]), -one["entity"]))[
                "entity"
            ]
    return {one: fuller.get(end, end) for one, end in lead.items()}


def _may_be(row: Row, other: Row) -> bool:
    """Whether one origin is only a part of another's name, or an office of its state."""
    if row["kind"] == "organisation":
        own, whole = (set(plain_words(one["name"])) for one in (row, other))
        return not row["country"] and own < whole
    if row["kind"] != "person" or row["party"] is None or row["party"] != other["party"]:
        return False
    return row["name"].split()[-1].islower() and not other["name"].split()[-1].islower()


def _end(lead: dict[int, int], one: int) -> int:
    seen = set()
    while lead.get(one, one) != one and one not in seen:
        seen.add(one)
        one = lead[one]
    return one


def _outlets(store: Store, member: Member) -> set[int]:
    """The entity of the outlet that carries a statement, where it is an actor elsewhere."""
    if not member.row["publisher"]:
        return set()
    rows = store.rows(
        "SELECT coalesce(entity.merged, entity.entity) AS entity FROM entity_name"
        " JOIN entity ON entity.entity = entity_name.entity WHERE key = ? AND kind = 'outlet'",
        entities.find_key(member.row["publisher"]),
    )
    return {row["entity"] for row in rows}
