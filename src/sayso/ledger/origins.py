"""Origins: the claims that several articles carry, and how many named sources stand behind each.

Who says a thing first-hand is its origin; whoever passes it on (an agency, a lawmaker who quotes a
spy agency, an outlet that cites another) is folded into the origin that it passes on, wherever in
the claim's articles that is said. Copies of one article count once. Unnamed sources and an outlet's
own voice never raise the number of independent origins; they are counted apart.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

import msgspec

from sayso.ledger import copies, entities
from sayso.ledger.queries import Query, listed
from sayso.ledger.store import Row, Store

#: Statements that a question starts from, and that one claim may have.
_SEEDS, _MOST = 3000, 200


class Member(msgspec.Struct):
    """A statement of a claim: its row, who says it, and who passes it on."""

    row: Row
    named: list[int]
    relays: set[int]
    passed_on: bool


def origins(store: Store, query: Query, *, limit: int) -> Iterator[dict[str, Any]]:
    """The claims that several articles carry, those first that most carry.

    Args:
        store: the ledger.
        query: words that the claim, or one of its sources, must meet.
        limit: how many claims at most.
    """
    links = _links(store)
    seen: set[int] = set()
    found = []
    for seed in sorted(links, key=lambda key: (-len(links[key]), key))[:_SEEDS]:
        if seed in seen:
            continue
        # a claim is a statement and those that say the same as it does: no chains from one to the
        # next, which would lead from one topic to another
        keys = [seed, *sorted(links[seed] - seen)][:_MOST]
        if len(keys) < 2:
            continue
        seen.update(keys)
        members = _members(store, keys)
        if query.accepts(*(m.row["text"] for m in members), *(m.row["source"] for m in members)):
            answer = _answer(store, members)
            if len(answer["articles"]) > 1:
                found.append(answer)
    found.sort(
        key=lambda answer: (-len(answer["articles"]), -answer["independent"], answer["claim"])
    )
    yield from found[:limit]


def _links(store: Store) -> dict[int, set[int]]:
    links: dict[int, set[int]] = {}
    for row in store.rows("SELECT statement, other FROM same_claim"):
        links.setdefault(row["statement"], set()).add(row["other"])
        links.setdefault(row["other"], set()).add(row["statement"])
    return links


def _members(store: Store, keys: Sequence[int]) -> list[Member]:
    marks = ", ".join("?" * len(keys))
    rows = store.rows(
        "SELECT statement.*, article.name AS article_name, article.publisher FROM statement"
        " JOIN article ON article.article = statement.article"
        f" WHERE statement IN ({marks}) ORDER BY statement.day, statement",
        *keys,
    )
    found = []
    for row in rows:
        relays: set[int] = set()
        parent = row["parent"]
        for _ in range(10):
            above = (
                store.one("SELECT statement, parent FROM statement WHERE id = ?", parent)
                if parent
                else None
            )
            if above is None:
                break
            relays.update(_sources(store, above["statement"]))
            parent = above["parent"]
        below = store.one(
            "SELECT 1 AS value FROM statement WHERE article = ? AND parent = ?"
            ' AND start < ? AND "end" > ?',
            row["article"],
            row["id"],
            row["end"],
            row["start"],
        )
        named = _sources(store, row["statement"]) if row["source_kind"] != "unnamed" else []
        found.append(Member(row=row, named=named, relays=relays, passed_on=below is not None))
    return found


def _sources(store: Store, statement: int) -> list[int]:
    """The entities that make a statement, of those that a name is given for."""
    rows = store.rows(
        "SELECT DISTINCT coalesce(entity.merged, entity.entity) AS entity, kind"
        " FROM statement_entity"
        " JOIN entity ON entity.entity = statement_entity.entity"
        " WHERE statement = ? AND role = 'source' AND kind <> 'group' ORDER BY 1",
        statement,
    )
    return [row["entity"] for row in rows]


def _answer(store: Store, members: list[Member]) -> dict[str, Any]:
    lead = _folded(store, members)
    articles: dict[int, list[str]] = {}
    nobodys = []
    for member in members:
        own = {lead[one] for one in member.named if one in lead}
        if not own and not member.passed_on:
            nobodys.append(member)
        for one in own:
            articles.setdefault(one, []).append(member.row["article_name"])
    attributed = {m.row["article"] for m in members} - {m.row["article"] for m in nobodys}
    names: dict[int, str] = {
        one: store.value("SELECT name AS value FROM entity WHERE entity = ?", one)
        for one in articles
    }
    groups = {copies.group(store, m.row["article"]) for m in nobodys}
    unattributed = [group for group in groups if not group & attributed]
    return {
        "claim": _text(members),
        "day": min((m.row["day"] for m in members if m.row["day"]), default=None),
        "statements": [m.row["id"] for m in members],
        "articles": listed(m.row["article_name"] for m in members),
        "outlets": listed(m.row["publisher"] for m in members),
        "origins": [
            {"source": names[one], "articles": listed(articles[one])}
            for one in sorted(articles, key=lambda one: (-len(set(articles[one])), names[one]))
        ],
        "independent": len(articles),
        "parties": len({entities.party(store, one) for one in articles}),
        "unattributed": len(unattributed),
    }


def _text(members: list[Member]) -> str:
    """The claim in the words of the statement that is told most often, the shortest of these."""
    texts: Counter[str] = Counter(member.row["text"] for member in members)
    return max(texts, key=lambda text: (texts[text], -len(text), text))


def _folded(store: Store, members: list[Member]) -> dict[int, int]:
    """The origin that each named source leads to: itself, or the one that it passes on."""
    origins = {one for member in members if not member.passed_on for one in member.named}
    passes: dict[int, set[int]] = {}
    for member in members:
        if member.passed_on:
            continue
        for relay in member.relays | _outlets(store, member):
            passes.setdefault(relay, set()).update(member.named)
    lead = {one: one for one in origins}
    for one in sorted(origins):
        beyond = (passes.get(one, set()) - {one}) & origins
        # whoever passes on what several others say first-hand may have it from any of them
        if beyond and one not in {end for other in beyond for end in passes.get(other, ())}:
            lead[one] = min(beyond)
    return {one: _end(lead, one) for one in lead}


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
        "SELECT coalesce(merged, entity) AS entity FROM entity WHERE kind = 'outlet' AND name = ?",
        member.row["publisher"],
    )
    return {row["entity"] for row in rows}
