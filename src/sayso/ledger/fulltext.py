"""Statements by their words: FTS5 in SQLite, text search vectors in PostgreSQL.

What is ranked is bounded: of the statements that match, the ``WINDOW`` added last (BM25 weighs them
in SQLite, cover density in PostgreSQL). A word that stands in a million statements tells little
about any of them, and a query with it must not take a second.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from sayso.ledger import search_language as queries
from sayso.ledger.filters import Filter
from sayso.ledger.search_language import Both, Node, Term, Without
from sayso.ledger.snippets import Marks, Snippet
from sayso.ledger.store import Store, numbers

#: Matching statements that are ranked.
WINDOW = 5_000
#: Statements of an actor or a place up to which they are looked through by themselves.
FEW = 3_000

#: BM25's weights of the text and of the source's name.
_WEIGHTS = "1.0, 0.5"


@dataclass(frozen=True)
class Hits:
    """What was found.

    Attributes:
        ranked: keys of statements with their scores (more is better), best first.
        more: whether there were more matches than are ranked.
    """

    ranked: list[tuple[int, float]]
    more: bool


def find(store: Store, node: Node, filter: Filter, count: int) -> Hits:
    """The best ``count`` statements."""
    if store.dialect == "postgresql":
        found, more = _postgresql(store, node, filter, count)
    elif (keys := filter.few(store, FEW)) is not None:
        found, more = _sqlite_few(store, node, filter, keys, count), False
    else:
        found, more = _sqlite(store, node, filter, count)
    return Hits(found, more)


def snippets(store: Store, node: Node, keys: Sequence[int]) -> dict[int, Snippet]:
    """The snippet of each statement that matches."""
    marks = Marks()
    if not keys:
        return {}
    if store.dialect == "postgresql":
        wanted, values = _wanted(node)
        rows = store.rows(
            f"SELECT statement, ts_headline('sayso', text, {wanted}, ?) AS marked FROM statement"
            f" WHERE statement IN ({numbers(keys)})",
            *values,
            f'HighlightAll=true, StartSel="{marks.open}", StopSel="{marks.close}"',
        )
    else:
        with _index_of(store, keys):
            rows = store.rows(
                "SELECT rowid AS statement, highlight(few_text, 0, ?, ?) AS marked"
                " FROM temp.few_text WHERE few_text MATCH ?",
                marks.open,
                marks.close,
                queries.fts5(node),
            )
    return {row["statement"]: marks.snippet(row["marked"]) for row in rows}


def _sqlite(
    store: Store, node: Node, filter: Filter, count: int
) -> tuple[list[tuple[int, float]], bool]:
    """Windows of matches, the last added first, until they have brought enough."""
    found: list[tuple[int, float]] = []
    fits = (
        f"EXISTS (SELECT 1 FROM {filter.tables} WHERE s.statement = hit.statement AND {filter.sql})"
        if filter.conditions
        else "1 = 1"
    )
    match = (
        "FROM statement_text WHERE statement_text MATCH ? AND rowid < ?"
        f" ORDER BY rowid DESC LIMIT {WINDOW}"
    )
    words, before = queries.fts5(node), 1 << 62
    while True:
        # ranked once; the row without a statement tells of the window as a whole
        rows = store.rows(
            "WITH hit AS MATERIALIZED (SELECT rowid AS statement,"
            f" -bm25(statement_text, {_WEIGHTS}) AS score {match})"
            " SELECT * FROM (SELECT statement, score, NULL AS number, NULL AS last FROM hit"
            f" WHERE {fits} ORDER BY score DESC, statement DESC LIMIT ?)"
            " UNION ALL SELECT NULL, NULL, count(*), min(statement) FROM hit",
            words,
            before,
            *filter.values,
            count,
        )
        window = rows.pop()
        found += [(row["statement"], row["score"]) for row in rows]
        if window["number"] < WINDOW or len(found) >= count:
            break
        before = window["last"]
    found.sort(key=lambda hit: (-hit[1], -hit[0]))
    return found[:count], window["number"] == WINDOW


def _sqlite_few(
    store: Store, node: Node, filter: Filter, keys: Sequence[int], count: int
) -> list[tuple[int, float]]:
    """Look through a few statements in an index of their own, instead of through all that match."""
    with _index_of(store, keys, filter):
        rows = store.rows(
            f"SELECT rowid AS statement, -bm25(few_text, {_WEIGHTS}) AS score FROM temp.few_text"
            " WHERE few_text MATCH ? ORDER BY score DESC, statement DESC LIMIT ?",
            queries.fts5(node),
            count,
        )
    return [(row["statement"], row["score"]) for row in rows]


@contextmanager
def _index_of(store: Store, keys: Sequence[int], filter: Filter | None = None) -> Iterator[None]:
    """An index of some statements, ``temp.few_text``, like that of all."""
    filter = filter or Filter()
    store.run(
        "CREATE VIRTUAL TABLE temp.few_text USING"
        " fts5(text, source, tokenize = 'porter unicode61 remove_diacritics 2')"
    )
    try:
        store.run(
            "INSERT INTO temp.few_text (rowid, text, source) SELECT s.statement, s.text, s.source"
            f" FROM {filter.tables} WHERE s.statement IN ({numbers(keys)}) AND {filter.sql}",
            *filter.values,
        )
        yield
    finally:
        store.run("DROP TABLE temp.few_text")


def _postgresql(
    store: Store, node: Node, filter: Filter, count: int
) -> tuple[list[tuple[int, float]], bool]:
    condition, values = _condition(node)
    wanted, words = _wanted(node)
    rows = store.rows(
        f"SELECT statement, ts_rank_cd(words, {wanted}) AS score, count(*) OVER () AS number"
        " FROM (SELECT s.statement, s.words"
        f" FROM {filter.tables} WHERE {condition} AND {filter.sql}"
        f" ORDER BY s.statement DESC LIMIT {WINDOW}) AS hit"
        " ORDER BY score DESC, statement DESC LIMIT ?",
        *words,
        *values,
        *filter.values,
        count,
    )
    more = bool(rows) and rows[0]["number"] == WINDOW
    return [(row["statement"], row["score"]) for row in rows], more


def _condition(node: Node) -> tuple[str, list[object]]:
    """A query as a condition in PostgreSQL's SQL, and its parameters."""
    if isinstance(node, Term):
        words, values = _term(node)
        weight = {"text": "a", "source": "b"}.get(node.column or "")
        column = f"ts_filter(s.words, '{{{weight}}}')" if weight else "s.words"
        return f"{column} @@ {words}", values
    if isinstance(node, Without):
        what, values = _condition(node.what)
        unwanted, more = _condition(node.unwanted)
        return f"({what} AND NOT ({unwanted}))", values + more
    parts = [_condition(part) for part in node.parts]
    word = " AND " if isinstance(node, Both) else " OR "
    return f"({word.join(sql for sql, _ in parts)})", [v for _, values in parts for v in values]


def _wanted(node: Node) -> tuple[str, list[object]]:
    """Any of a query's wanted terms, for ranking and marking."""
    parts = [_term(term) for term in queries.terms(node)]
    return f"({' || '.join(sql for sql, _ in parts)})", [v for _, values in parts for v in values]


def _term(term: Term) -> tuple[str, list[object]]:
    if not term.prefix:
        return "phraseto_tsquery('sayso', ?)", [term.words]
    *before, last = "".join(c if c.isalnum() else " " for c in term.words).split()
    begins = ("to_tsquery('sayso', ?)", [f"{last}:*"])
    if not before:
        return begins[0], [*begins[1]]
    return f"(phraseto_tsquery('sayso', ?) <-> {begins[0]})", [" ".join(before), *begins[1]]
