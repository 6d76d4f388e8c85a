"""The answer ``conflicts``: what is said against what, the surest and gravest first."""

from collections.abc import Collection, Iterable, Iterator
from typing import Any, NamedTuple

from sayso.ledger import blames, contested, disputes, figures, points
from sayso.ledger.hedges import sentence
from sayso.ledger.matching import Query
from sayso.ledger.packing import unpack_text
from sayso.ledger.points import Point
from sayso.ledger.stems import stems
from sayso.ledger.store import Row, Store

#: Series that are looked at: those that a query names, or those with the most figures.
SERIES = 40
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
    found = [*_of_figures(store, query, texts)]
    found += _within(store, query, texts, None if kinds else end)
    found += _contested(store, query, texts)
    found += _blames(store, query, texts)
    found.sort(key=lambda one: (-one.grade, _date(one.b), one.about, str(one.a), str(one.b)))
    for one in [c for c in _once(found) if not kinds or c.kind in kinds][offset:end]:
        yield one.shown()


def _date(side: dict[str, Any]) -> str:
    return side["date"] or ""


def _once(found: Iterable[Conflict]) -> list[Conflict]:
    """Each conflict once, however many articles carry both of its sides.

    Claims that begin alike and that one denial denies are one, whoever passes it on.
    """
    kept: dict[object, Conflict] = {}
    for one in found:
        key: tuple[object, ...] = (one.kind, *(_plain(side) for side in (one.a, one.b)))
        if one.kind == "denial":
            key = (one.kind, _plain(one.b), stems(one.about)[:_ALIKE])
        kept.setdefault(key, one)
    return list(kept.values())


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


def _of_figures(store: Store, query: str | None, texts: _Texts) -> Iterator[Conflict]:
    for row in figures.chosen(store, query, SERIES):
        owners = row["owners"].split()
        held = points.of_series(store, [row["series"]], owners)
        found = [*disputes.of_points(held, row["kind"], bool(owners))]
        if row["kind"] == "killed":
            found += disputes.after_casualties(_casualties(store, row), held)
        for one in found:
            yield Conflict(
                one.grade,
                one.kind,
                row["what"],
                _of_point(one.a, texts),
                _of_point(one.b, texts),
                one.why,
            )


def _casualties(store: Store, row: Row) -> list[Point]:
    """Points that count the killed and wounded of those whose killed a series counts."""
    key = row["key"].replace("killed|", "killed_or_wounded|", 1)
    series = store.value("SELECT series AS value FROM series WHERE key = ?", key)
    return [] if series is None else points.of_series(store, [series], row["owners"].split())


def _of_point(point: Point, texts: _Texts) -> dict[str, Any]:
    row = point.best
    return {
        "statement": row["statement_id"],
        "source": row["source"],
        "date": point.day or None,
        "text": texts.sentence(row["article"], row["start"], row["end"]),
        "article": row["article_name"],
    }


def _within(
    store: Store, query: str | None, texts: _Texts, limit: int | None
) -> Iterator[Conflict]:
    asked = Query(query)
    most = WITHIN if query or limit is None else min(WITHIN, 4 * limit)
    rows = store.rows(
        "SELECT conflict.*, article.name, a.id AS a_id, a.source AS a_said, a.day AS a_day,"
        " b.id AS b_id, b.source AS b_said, b.day AS b_day"
        " FROM conflict JOIN article ON article.article = conflict.article"
        " LEFT JOIN statement AS a ON a.statement = conflict.a_statement"
        " LEFT JOIN statement AS b ON b.statement = conflict.b_statement"
        f" ORDER BY conflict.grade DESC, conflict.day DESC LIMIT {most}"
    )
    for row in rows:
        a, b = (_side_of(row, which, texts) for which in "ab")
        if asked.accepts(row["about"], row["kind"], *_words(a), *_words(b)):
            yield Conflict(row["grade"], row["kind"], row["about"], a, b, row["why"])


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


def _words(side: dict[str, Any]) -> tuple[str | None, str | None]:
    return side["text"], side["source"]


def _contested(store: Store, query: str | None, texts: _Texts) -> Iterator[Conflict]:
    """Denials and what other articles assert of the same thing; reversals."""
    for one in contested.pairs(store, Query(query)):
        a, b = (_of_statement(row, texts) for row in (one.a, one.b))
        yield Conflict(one.grade, one.kind, one.about, a, b, one.why)


def _blames(store: Store, query: str | None, texts: _Texts) -> Iterator[Conflict]:
    """Two sides of which each says that the other attacked it."""
    for one, other in blames.pairs(store, Query(query)):
        a, b = (_of_statement(row, texts) for row in (one, other))
        why = "each says that the other attacked; both can be so"
        yield Conflict(_BLAMES, "contradiction", "who attacked whom", a, b, why)


def _of_statement(row: Row, texts: _Texts) -> dict[str, Any]:
    return {
        "statement": row["id"],
        "source": row["source"],
        "date": row["day"],
        "text": texts.sentence(row["article"], row["start"], row["end"]),
        "article": row["name"],
    }
