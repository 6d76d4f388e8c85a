"""The answer ``conflicts``: what is said against what, the surest and gravest first."""

from collections.abc import Callable, Collection, Iterator
from functools import partial
from itertools import islice
from typing import Any, NamedTuple

from sayso.ledger import blames, contested, disputes, figures, points
from sayso.ledger.disputes import Dispute
from sayso.ledger.hedges import sentence
from sayso.ledger.matching import Query
from sayso.ledger.packing import unpack_text
from sayso.ledger.points import Point
from sayso.ledger.stems import stems
from sayso.ledger.store import Row, Store

#: Series that are looked at: those that a query names, or those with the most figures.
SERIES = 40
#: Figures of a series that are looked at, the latest.
SIGHTINGS = 400
#: How sure and grave it is, of 100, that two sides blame each other.
_BLAMES = 55
#: Content words in which claims begin alike.
_ALIKE = 4
#: Conflicts within articles that are looked at, the gravest.
WITHIN = 2000


class Conflict(NamedTuple):
    """One conflict as it is answered; ``grade`` sorts."""

    grade: int
    kind: str
    about: str
    a: dict[str, Any]
    b: dict[str, Any]
    why: str

    def shown(self) -> dict[str, Any]:
        """As the answer has it."""
        return {
            "kind": self.kind,
            "about": self.about,
            "a": self.a,
            "b": self.b,
            "why": self.why,
        }


class Draft(NamedTuple):
    """A conflict that may be shown: its texts are fetched only then.

    Attributes:
        grade: how sure and grave it is, of 100.
        kind: of conflict.
        order: by which those of one grade are sorted: the day of the later side, what it is about,
            the statements and characters of the sides.
        made: makes the conflict.
    """

    grade: int
    kind: str
    order: tuple[str, str, str]
    made: Callable[[], Conflict]


def answer(
    store: Store,
    query: str | None = None,
    *,
    kinds: Collection[str] = (),
    limit: int | None = None,
    offset: int = 0,
) -> Iterator[dict[str, Any]]:
    """Contradictions, denials, reversals, lost hedges and updates, surest and gravest first.

    Args:
        store: the ledger.
        query: words of what is counted, of the statements, their sources or the kind of conflict.
        kinds: of conflicts, any of them; by default all.
        limit: at most so many.
        offset: how many are left out before them.

    Returns:
        ``{kind, about, a: {statement, source, date, text, article}, b: {…}, why}``.
    """
    texts = _Texts(store)
    end = None if limit is None else offset + limit
    drafts = [*_of_figures(store, query, texts)]
    drafts += _within(store, query, texts, None if kinds else end)
    drafts += _contested(store, query, texts)
    drafts += _blames(store, query, texts)
    wanted = [draft for draft in drafts if not kinds or draft.kind in kinds]
    yield from (one.shown() for one in islice(_once(wanted), offset, end))


def _once(drafts: list[Draft]) -> Iterator[Conflict]:
    """Each conflict once, however many articles carry both of its sides, the gravest first.

    Claims that begin alike and that one denial denies are one, whoever passes it on.
    """
    kept: set[object] = set()
    for draft in sorted(drafts, key=lambda draft: (-draft.grade, draft.order)):
        one = draft.made()
        key: tuple[object, ...] = (one.kind, *(_plain(side) for side in (one.a, one.b)))
        if one.kind == "denial":
            key = (one.kind, _plain(one.b), stems(one.about)[:_ALIKE])
        if key not in kept:
            kept.add(key)
            yield one


def _plain(side: dict[str, Any]) -> tuple[str, str]:
    words = "".join(c if c.isalnum() else " " for c in side["text"].casefold()).split()
    return (side["source"] or "").casefold(), " ".join(words)


class _Texts:
    """Texts of articles, unpacked once each."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._held: dict[int, str] = {}

    def sentence(self, article: int, start: int, end: int) -> str:
        """The sentence around some characters of an article."""
        text = self._text(article)
        first, last = sentence(text, start, end)
        return text[first:last]

    def words(self, article: int, start: int, end: int) -> str:
        """Some characters of an article."""
        return self._text(article)[start:end]

    def _text(self, article: int) -> str:
        if article not in self._held:
            packed = self._store.value(
                "SELECT text AS value FROM article WHERE article = ?", article
            )
            self._held[article] = unpack_text(packed)
        return self._held[article]


def _of_figures(store: Store, query: str | None, texts: _Texts) -> Iterator[Draft]:
    for row in figures.chosen(store, query, SERIES):
        owners = row["owners"].split()
        held = points.of_series(store, [row["series"]], owners, most=SIGHTINGS)
        found = [*disputes.of_points(held, row["kind"], bool(owners))]
        if row["kind"] == "killed":
            found += disputes.after_casualties(_casualties(store, row), held)
        for one in found:
            order = one.b.day, row["what"], f"{_at(one.a.best)} {_at(one.b.best)}"
            yield Draft(one.grade, one.kind, order, partial(_of_dispute, one, row["what"], texts))


def _at(row: Row) -> str:
    """What a figure is sorted by: its article and place, the same in whatever order they came."""
    return f"{row['article_id']} {row['start']:08}"


def _of_dispute(one: Dispute, what: str, texts: _Texts) -> Conflict:
    a, b = _of_point(one.a, texts), _of_point(one.b, texts)
    return Conflict(one.grade, one.kind, what, a, b, one.why)


def _casualties(store: Store, row: Row) -> list[Point]:
    """Points that count the killed and wounded of those whose killed a series counts."""
    key = row["key"].replace("killed|", "killed_or_wounded|", 1)
    series = store.value("SELECT series AS value FROM series WHERE key = ?", key)
    return (
        []
        if series is None
        else points.of_series(store, [series], row["owners"].split(), most=SIGHTINGS)
    )


def _of_point(point: Point, texts: _Texts) -> dict[str, Any]:
    row = point.best
    return {
        "statement": row["statement_id"],
        "source": row["source"],
        "date": point.day or None,
        "text": texts.sentence(row["article"], row["start"], row["end"]),
        "article": row["article_name"],
    }


def _within(store: Store, query: str | None, texts: _Texts, limit: int | None) -> Iterator[Draft]:
    asked = Query(query)
    most = WITHIN if query or limit is None else min(WITHIN, 4 * limit)
    rows = store.rows(
        "SELECT conflict.*, article.name, a.id AS a_id, a.source AS a_said, a.day AS a_day,"
        " a.text AS a_text, b.id AS b_id, b.source AS b_said, b.day AS b_day, b.text AS b_text"
        " FROM conflict JOIN article ON article.article = conflict.article"
        " LEFT JOIN statement AS a ON a.statement = conflict.a_statement"
        " LEFT JOIN statement AS b ON b.statement = conflict.b_statement"
        f" ORDER BY conflict.grade DESC, conflict.day DESC LIMIT {most}"
    )
    for row in rows:
        words = [word for which in "ab" for word in _words(row, which, texts)] if query else []
        if asked.accepts(row["about"], row["kind"], *words):
            order = row["b_day"] or row["day"] or "", row["about"], _sides(row)
            yield Draft(row["grade"], row["kind"], order, partial(_of_article, row, texts))


def _sides(row: Row) -> str:
    return " ".join(f"{row['name']} {row[f'{which}_start']:08}" for which in "ab")


def _of_article(row: Row, texts: _Texts) -> Conflict:
    a, b = (_side_of(row, which, texts) for which in "ab")
    return Conflict(row["grade"], row["kind"], row["about"], a, b, row["why"])


def _side_of(row: Row, which: str, texts: _Texts) -> dict[str, Any]:
    start, end = row[f"{which}_start"], row[f"{which}_end"]
    # What a denial denies is shown as it is said; the denial with its whole sentence.
    words = texts.words(row["article"], start, end)
    if which == "b" or len(words.split()) < 4:
        words = texts.sentence(row["article"], start, end)
    return {
        "statement": row[f"{which}_id"],
        "source": row[f"{which}_source"] or row[f"{which}_said"],
        "date": row[f"{which}_day"] or row["day"],
        "text": words,
        "article": row["name"],
    }


def _words(row: Row, which: str, texts: _Texts) -> tuple[str | None, str | None]:
    """What a side says, and who says it, in words by which it is asked for."""
    text = row[f"{which}_text"] or _side_of(row, which, texts)["text"]
    return text, row[f"{which}_source"] or row[f"{which}_said"]


def _contested(store: Store, query: str | None, texts: _Texts) -> Iterator[Draft]:
    """Denials and what other articles assert of the same thing; reversals."""
    for one in contested.pairs(store, Query(query)):
        made = partial(_of_statements, one.a, one.b, texts)
        made = partial(made, one.grade, one.kind, one.about, one.why)
        order = one.b["day"] or "", one.about, f"{one.a['id']} {one.b['id']}"
        yield Draft(one.grade, one.kind, order, made)


def _blames(store: Store, query: str | None, texts: _Texts) -> Iterator[Draft]:
    """Two sides of which each says that the other attacked it."""
    for one, other in blames.pairs(store, Query(query)):
        why = "each says that the other attacked; both can be so"
        about, kind = "who attacked whom", "contradiction"
        order = other["day"] or "", about, f"{one['id']} {other['id']}"
        made = partial(_of_statements, one, other, texts, _BLAMES, kind, about, why)
        yield Draft(_BLAMES, kind, order, made)


def _of_statements(
    one: Row, other: Row, texts: _Texts, grade: int, kind: str, about: str, why: str
) -> Conflict:
    a, b = _of_statement(one, texts), _of_statement(other, texts)
    return Conflict(grade, kind, about, a, b, why)


def _of_statement(row: Row, texts: _Texts) -> dict[str, Any]:
    return {
        "statement": row["id"],
        "source": row["source"],
        "date": row["day"],
        "text": texts.sentence(row["article"], row["start"], row["end"]),
        "article": row["name"],
    }
