"""Treaties across articles: one file a treaty, with its milestones, obligations and invocations.

A layer (see ``layers``). An agreement of an article joins a treaty where their names share what
tells them apart, and neither parties nor years speak against it. A ceasefire, which seldom has a
name, joins by its parties and its day.
"""

from collections import Counter
from collections.abc import Iterator
from functools import cache
from typing import Any

import msgspec

from sayso import lexicon
from sayso.ledger.days import day_of
from sayso.ledger.entities import of_reading
from sayso.ledger.matching import Query, plain_words
from sayso.ledger.store import Row, Store
from sayso.names import fold
from sayso.records import Agreement, Obligation, Reading, Span, Statement

_MOST = 40
#: Days between two reports of a ceasefire that is not dated.
_NEAR = 14
#: Characters around its name in which an agreement's parties may be named.
_CLOSE = 250
_MILESTONES = ("signed", "ratified", "in_force", "ended")


class Known(msgspec.Struct, frozen=True):
    """What tells an agreement apart.

    Attributes:
        words: of its name, without its kind.
        kind: the class of its kind.
        parties: entities.
        countries: of the parties, ISO 3166-1 alpha-3.
        near: countries that are named close to it, of which some may be parties.
        years: of its milestones and of its name.
        day: when the article tells of it, or when it was made.
    """

    words: frozenset[str]
    kind: str
    parties: frozenset[int]
    countries: frozenset[str]
    near: frozenset[str]
    years: frozenset[str]
    day: str | None


def index(store: Store, article: int, reading: Reading) -> None:
    """Lead an article's agreements to treaties; see ``layers``."""
    if not reading.agreements:
        return
    entities = of_reading(store, article, reading)
    day = store.value("SELECT day AS value FROM article WHERE article = ?", article)
    for agreement in reading.agreements:
        known = _known(agreement, reading, entities, day)
        treaty = _treaty(store, agreement, known)
        key = store.next_key("agreement")
        store.run(
            "INSERT INTO agreement (agreement, id, article, treaty, name, record)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            key,
            agreement.id,
            article,
            treaty,
            agreement.name,
            msgspec.json.encode(
                {
                    "known": known,
                    "record": agreement,
                    "parties": _names(reading, agreement.parties),
                    "bound": [_names(reading, one.parties) for one in agreement.obligations],
                }
            ).decode(),
        )
        _statements(store, key, agreement, reading)


def forget(store: Store, article: int) -> None:
    """Take an article's agreements out; a treaty that no article names goes too."""
    treaties = store.rows("SELECT DISTINCT treaty FROM agreement WHERE article = ?", article)
    store.run("DELETE FROM agreement WHERE article = ?", article)
    for row in treaties:
        store.run(
            "DELETE FROM treaty WHERE treaty = ?"
            " AND NOT EXISTS (SELECT 1 FROM agreement WHERE agreement.treaty = treaty.treaty)",
            row["treaty"],
        )


def _names(reading: Reading, actors: tuple[str, ...]) -> list[str]:
    names = {actor.id: actor.name for actor in reading.actors}
    return [names[actor] for actor in actors if actor in names]


@cache
def _joining() -> dict[str, Any]:
    table: dict[str, Any] = lexicon.toml("agreements")["joining"]
    return table


def _class(kind: str) -> str:
    for kinds in _joining()["classes"]:
        if kind in kinds:
            return str(kinds[0])
    return kind


def _known(
    agreement: Agreement, reading: Reading, entities: dict[str, int], day: str | None
) -> Known:
    plain = plain_words(agreement.name)
    kinds = {word for kinds in _joining()["classes"] for word in kinds}
    dates = [date.value for m in _MILESTONES if (date := getattr(agreement, m)) is not None]
    years = {word for word in plain if len(word) == 4 and word.isdecimal()}
    signed = day_of(agreement.signed.value) if agreement.signed else None
    return Known(
        words=frozenset(plain) - kinds - years - set(_joining()["stop"]),
        kind=_class(agreement.kind),
        parties=frozenset(entities[p] for p in agreement.parties if p in entities),
        countries=frozenset(
            actor.country
            for actor in reading.actors
            if actor.id in agreement.parties and actor.country
        ),
        near=_countries_near(agreement, reading),
        years=frozenset(years | {value[:4] for value in dates[:1] if agreement.signed}),
        day=signed or day,
    )


def _countries_near(agreement: Agreement, reading: Reading) -> frozenset[str]:
    """The countries whose mentions stand close to one of an agreement's, in its paragraph."""
    text = reading.article.text
    reaches = []
    for mention in agreement.mentions:
        start = text.rfind("\n\n", 0, mention.start) + 1
        end = text.find("\n\n", mention.end)
        reaches.append(
            (max(start, mention.start - _CLOSE), min(end % (len(text) + 1), mention.end + _CLOSE))
        )
    return frozenset(
        actor.country
        for actor in reading.actors
        if actor.country and actor.kind in ("country", "government")
        for mention in actor.mentions
        if any(start <= mention.start and mention.end <= end for start, end in reaches)
    )


def _keys(known: Known) -> Iterator[str]:
    yield from (f"word|{word}" for word in known.words)
    if not known.words:
        yield f"{known.kind}|{'|'.join(map(str, sorted(known.parties)))}"


def _treaty(store: Store, agreement: Agreement, known: Known) -> int:
    """The treaty that an agreement is, made where it is new."""
    best: tuple[float, int] | None = None
    for treaty in _candidates(store, known):
        rows = store.rows(
            f"SELECT record FROM agreement WHERE treaty = ? ORDER BY agreement LIMIT {_MOST}",
            treaty,
        )
        held = [msgspec.convert(msgspec.json.decode(r["record"])["known"], Known) for r in rows]
        if held and all(_can_be(known, other) for other in held):
            score = max(_likeness(known, other) for other in held)
            if score > 0 and (best is None or (score, -treaty) > (best[0], -best[1])):
                best = score, treaty
    treaty = best[1] if best else store.next_key("treaty")
    if best is None:
        store.run(
            "INSERT INTO treaty (treaty, name, kind) VALUES (?, ?, ?)",
            treaty,
            agreement.name,
            agreement.kind,
        )
    store.many(
        "INSERT INTO treaty_key (key, treaty) VALUES (?, ?) ON CONFLICT DO NOTHING",
        [(key, treaty) for key in sorted(_keys(known))],
    )
    return treaty


def _candidates(store: Store, known: Known) -> list[int]:
    shared: Counter[int] = Counter()
    for key in sorted(_keys(known)):
        rows = store.rows(
            f"SELECT treaty FROM treaty_key WHERE key = ? ORDER BY treaty DESC LIMIT {_MOST}", key
        )
        shared.update(row["treaty"] for row in rows)
    return [treaty for treaty, _ in shared.most_common(_MOST)]


def _can_be(one: Known, other: Known) -> bool:
    """Whether nothing speaks against two agreements being one."""
    if one.kind != other.kind and not one.words & other.words:
        return False
    if one.years and other.years and not one.years & other.years:
        return False
    small, large = sorted((one.parties, other.parties), key=len)
    return small <= large


def _likeness(one: Known, other: Known) -> float:
    """How much speaks for two agreements being one; 0 where it is not enough."""
    shared = one.words & other.words
    least = min(len(one.words), len(other.words))
    parties = bool(one.parties & other.parties)
    if not least:
        # without a name: the same parties, at one time
        if one.words or other.words or not parties or one.parties != other.parties:
            return 0.0
        return 1.0 if _near(one.day, other.day) else 0.0
    share = len(shared) / least
    enough = share >= 0.6 and (
        one.words == other.words
        or parties
        or len(shared) > 1
        or bool(one.years & other.years)
        or _told_near(one, other)
        or _told_near(other, one)
    )
    return share + parties if enough else 0.0


def _told_near(one: Known, other: Known) -> bool:
    """Whether the parties of one are named close to the other, for which no parties are given."""
    if other.parties or not one.countries:
        return False
    return len(one.countries & other.near) >= min(2, len(one.countries), len(other.near)) > 0


def _near(one: str | None, other: str | None) -> bool:
    from datetime import date

    if not one or not other or len(one) < 10 or len(other) < 10:
        return one is not None and other is not None and one[:7] == other[:7]
    return abs((date.fromisoformat(one) - date.fromisoformat(other)).days) <= _NEAR


def _statements(store: Store, key: int, agreement: Agreement, reading: Reading) -> None:
    """The statements that name an agreement or say what it binds to."""
    stating = {o.statement for o in agreement.obligations if o.statement}
    rows = {
        row["id"]: row["statement"]
        for row in store.rows(
            "SELECT id, statement FROM statement WHERE article ="
            " (SELECT article FROM agreement WHERE agreement = ?)",
            key,
        )
    }
    found = [
        (key, rows[one.id], int(one.id in stating or _invokes(one)))
        for one in reading.statements
        if one.id in rows and (one.id in stating or _holds(one, agreement.mentions))
    ]
    store.many(
        "INSERT INTO agreement_statement (agreement, statement, invokes) VALUES (?, ?, ?)", found
    )


def _holds(statement: Statement, spans: tuple[Span, ...]) -> bool:
    return any(
        part.start <= span.start and span.end <= part.end
        for part in statement.content
        for span in spans
    )


def _invokes(statement: Statement) -> bool:
    words = " ".join(span.text for span in statement.content).casefold()
    cue = statement.cue.text.casefold() if statement.cue else ""
    return bool(
        set(_joining()["invoking"]) & {w.strip(".,;:'\"“”’") for w in f"{cue} {words}".split()}
    )


def agreements(store: Store, query: Query) -> Iterator[dict[str, Any]]:
    """The treaties, those first that most articles name, as ``sayso agreements`` shows them."""
    rows = store.rows(
        "SELECT treaty, count(*) AS articles FROM agreement GROUP BY treaty"
        " ORDER BY articles DESC, treaty"
    )
    for row in rows:
        found = _file(store, row["treaty"])
        if query.accepts(found["name"], *found["aliases"], *found["parties"], found["kind"]):
            yield found


def _file(store: Store, treaty: int) -> dict[str, Any]:
    rows = store.rows(
        "SELECT agreement, agreement.id, record, article.name AS article, article.day"
        " FROM agreement JOIN article ON article.article = agreement.article WHERE treaty = ?"
        " ORDER BY article.day, agreement.agreement",
        treaty,
    )
    told = [(row, msgspec.json.decode(row["record"])) for row in rows]
    records = [msgspec.convert(t["record"], Agreement) for _, t in told]
    names = Counter(record.name for record in records)
    name = max(names, key=lambda n: (n[:1].isupper(), len(n), n))
    found: dict[str, Any] = {
        "id": records[0].id,
        "name": name,
        "kind": Counter(record.kind for record in records).most_common(1)[0][0],
        "aliases": sorted(set(names) - {name}),
        "parties": sorted({party for _, t in told for party in t["parties"]}),
    }
    for milestone in _MILESTONES:
        found[milestone] = _settled([getattr(record, milestone) for record in records])
    durations = Counter(record.duration for record in records if record.duration)
    found["duration"] = durations.most_common(1)[0][0] if durations else None
    found["mentions"] = [
        {**msgspec.to_builtins(span), "article": row["article"]}
        for (row, _), record in zip(told, records, strict=True)
        for span in record.mentions
    ]
    found["obligations"] = _obligations(store, told, records)
    found["statements"] = _named_in(store, [row["agreement"] for row in rows])
    found["invoked"] = _named_in(store, [row["agreement"] for row in rows], invoking=True)
    found["articles"] = sorted({row["article"] for row in rows})
    return found


def _settled(dates: list[Any]) -> Any:
    """The date that most articles give, the more exact one first where they agree."""
    stated = [date for date in dates if date is not None]
    if not stated:
        return None
    counts = Counter(date.value for date in stated)
    best = max(counts, key=lambda value: (counts[value], len(value), value))
    longer = [value for value in counts if value.startswith(best)]
    value = max(longer, key=len)
    return msgspec.to_builtins(next(date for date in stated if date.value == value))


def _obligations(
    store: Store, told: list[tuple[Row, dict[str, Any]]], records: list[Agreement]
) -> list[dict[str, Any]]:
    """What the treaty binds to, each once, with the statements that call on it."""
    found: list[tuple[Obligation, dict[str, Any]]] = []
    for (row, kept), record in zip(told, records, strict=True):
        for one, bound in zip(record.obligations, kept["bound"], strict=True):
            calls = [one.statement] if one.statement else []
            # one article tells its obligations apart; two may tell the same one
            same = next(
                (
                    f
                    for o, f in found
                    if f["article"] != row["article"] and _same_obligation(o, one)
                ),
                None,
            )
            if same is None:
                plain = msgspec.to_builtins(one)
                plain |= {"article": row["article"], "invoked": []}
                plain["parties"] = bound
                found.append((one, plain))
                same = plain
            same["invoked"] += [call for call in calls if call not in same["invoked"]]
    if len(found) == 1:
        # a treaty with one obligation: whoever calls on the treaty calls on it
        for call in _named_in(store, [row["agreement"] for row, _ in told], invoking=True):
            if call not in found[0][1]["invoked"]:
                found[0][1]["invoked"].append(call)
    return [plain for _, plain in found]


def _same_obligation(one: Obligation, other: Obligation) -> bool:
    a, b = set(fold(one.content.text).split()), set(fold(other.content.text).split())
    return one.type == other.type and len(a & b) >= 0.5 * max(1, min(len(a), len(b)))


def _named_in(store: Store, keys: list[int], *, invoking: bool = False) -> list[str]:
    marks = ", ".join("?" * len(keys))
    only = " AND invokes = 1" if invoking else ""
    rows = store.rows(
        "SELECT statement.id FROM agreement_statement JOIN statement"
        " ON statement.statement = agreement_statement.statement"
        f" WHERE agreement IN ({marks}){only} ORDER BY statement.day, statement.statement",
        *keys,
    )
    return [row["id"] for row in rows]
