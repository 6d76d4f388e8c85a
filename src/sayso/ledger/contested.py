"""What one article denies and another asserts; what a party denied first and confirmed later."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from sayso import lexicon
from sayso.ledger import sides, stems
from sayso.ledger.days import day_number
from sayso.ledger.denials import agreement, says_none
from sayso.ledger.matching import Query
from sayso.ledger.points import days_between
from sayso.ledger.sides import Party
from sayso.ledger.store import Row, Store

#: Days around a denial in which its claim is looked for, and after it for a reversal.
AROUND, AFTER = 14, 400
#: Denials that are looked at, the latest; with a query, those of which some may match.
LATEST, ASKED = 100, 1000
#: Share of a denial's words that a claim of another article must have.
SHARED = 0.75
#: Claims that are looked at for a denial.
MOST = 60


class Pair(NamedTuple):
    """Two statements, as rows, of different articles."""

    kind: str
    grade: int
    about: str
    a: Row
    b: Row
    why: str


_STATEMENT = (
    "SELECT statement.statement, statement.id, statement.article, statement.type,"
    ' statement.source, statement.day, statement.text, statement.start, statement."end",'
    " article.name FROM statement JOIN article ON article.article = statement.article"
)


def pairs(store: Store, query: Query) -> Iterator[Pair]:
    """Denials across articles and reversals, each story of two parties once."""
    most = ASKED if query.words else LATEST
    rows = store.rows(
        f"{_STATEMENT} JOIN denial ON denial.statement = statement.statement"
        f" ORDER BY denial.day DESC, statement.id LIMIT {most}"
    )
    rows = [row for row in rows if query.accepts(row["text"], row["source"])][:LATEST]
    seen: set[object] = set()
    for row in rows:
        for pair, parties in _of_denial(store, row):
            known = frozenset(stems.stems(pair.a["text"])) & frozenset(stems.stems(pair.b["text"]))
            key = (pair.kind, parties, known)
            if key not in seen:
                seen.add(key)
                yield pair


def _of_denial(store: Store, row: Row) -> Iterator[tuple[Pair, object]]:
    denied = stems.stems(row["text"])
    claims = _candidates(store, row, denied)
    said = sides.of_statements(store, [row["statement"], *(one["statement"] for one in claims)])
    own = _keys(said.get(row["statement"], []))
    if not own:
        return
    about = _abouts(store, claims)
    admit = lexicon.toml("denials")["types"]["admit"]
    for one in claims:
        others = _keys(said.get(one["statement"], []))
        share = agreement(denied, one["text"], own)
        if not others or share is None:
            continue
        gap = days_between(row["day"], one["day"])
        later = (one["day"] or "") > (row["day"] or "")
        if others == own and later and one["type"] in admit:
            words = "declined to say" if row["type"] == "decline" else "denied"
            past = "acknowledged" if one["type"] == "acknowledge" else "confirmed"
            why = f"the same party first {words}, then {past} the same thing"
            yield Pair("reversal", 80, _bare(one["text"]), row, one, why), (own, others)
        elif _denied(row, gap, share) and not others & own and own & about[one["statement"]]:
            why = "one article has the claim, another its denial by another party"
            yield Pair("denial", 74, _bare(one["text"]), one, row, why), (own, others)


def _denied(row: Row, gap: int | None, share: float) -> bool:
    denies = row["type"] == "deny" or says_none(row["text"])
    return denies and gap is not None and gap <= AROUND and share >= SHARED


def _abouts(store: Store, claims: Sequence[Row]) -> Mapping[int, frozenset[str]]:
    """The parties that claims are about: only those can deny them."""
    said = sides.of_statements(store, [one["statement"] for one in claims], role="about")
    return {one["statement"]: _keys(said.get(one["statement"], [])) for one in claims}


def _bare(text: str) -> str:
    return text.removeprefix("that ")


def _keys(parties: list[Party]) -> frozenset[str]:
    return frozenset(party.key for party in parties)


def _candidates(store: Store, row: Row, denied: Sequence[str]) -> list[Row]:
    """Statements of other articles that share two words with a denial, one naming an event."""
    keys = sorted(stems.pairs(denied))[:200]
    day = day_number(row["day"])
    if not keys or day is None:
        return []
    marks = ", ".join("?" * len(keys))
    found = store.rows(
        f'SELECT statement, count(*) AS n FROM denied_key WHERE "key" IN ({marks})'
        f" AND day >= ? AND day <= ? GROUP BY statement ORDER BY n DESC, statement LIMIT {MOST}",
        *keys,
        day - AROUND,
        day + AFTER,
    )
    if not found:
        return []
    marks = ", ".join("?" * len(found))
    rows = store.rows(
        f"{_STATEMENT} WHERE statement.statement IN ({marks})",
        *(one["statement"] for one in found),
    )
    others = [one for one in rows if one["article"] != row["article"]]
    return sorted(others, key=lambda one: (one["day"] or "", one["id"]))
