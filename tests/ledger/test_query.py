"""The language of full-text queries: what it means, and that nothing in it is an error."""

import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.ledger.search_language import Both, Either, Term, Without, fts5, parse

A, B, C = Term("a"), Term("b"), Term("c")

TREES = {
    "a": A,
    "a b": Both((A, B)),
    "a AND b": Both((A, B)),
    "a OR b c": Either((A, Both((B, C)))),
    "(a OR b) c": Both((Either((A, B)), C)),
    "a NOT b": Without(A, B),
    "a AND NOT b": Without(A, B),
    "a NOT b c": Without(Both((A, C)), B),
    "a NOT b NOT c": Without(A, Either((B, C))),
    "a NOT (b OR c)": Without(A, Either((B, C))),
    '"a b"': Term("a b"),
    '"a   b"*': Term("a b", prefix=True),
    "a*": Term("a", prefix=True),
    "source:a": Term("a", column="source"),
    'text:"a b"': Term("a b", column="text"),
    "other:a": Term("other:a"),
    "F-16": Term("F-16"),
    "and or not": Both((Term("and"), Term("or"), Term("not"))),
    "a — b": Both((A, B)),
}


@pytest.mark.parametrize(("text", "tree"), TREES.items(), ids=str)
def test_trees(text: str, tree: object) -> None:
    query = parse(text)
    assert query.root == tree
    assert query.note is None


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ('"a b', "quotation mark"),
        ("(a b", "( is not closed"),
        ("a b)", ") was never opened"),
        ("a AND", "nothing follows AND"),
        ("OR a b", "OR has nothing before it"),
        ("NOT a b", "NOT has nothing before it"),
        ("a b ()", "never opened"),
    ],
)
def test_what_is_no_query_is_plain_words_and_says_so(text: str, why: str) -> None:
    query = parse(text)
    assert query.root is not None
    assert fts5(query.root) in (fts5(Both((A, B))), fts5(A))
    assert query.note
    assert why in query.note
    assert "plain words" in query.note


@pytest.mark.parametrize("text", ["", "   ", "…", '""', "()", "* - !"])
def test_a_query_without_a_word_has_no_root(text: str) -> None:
    assert parse(text).root is None


@pytest.fixture(scope="module")
def index() -> sqlite3.Connection:
    held = sqlite3.connect(":memory:")
    held.execute("CREATE VIRTUAL TABLE held USING fts5(text, source)")
    return held


@given(st.text(max_size=60) | st.text('ab"()*: NOTANDR-', max_size=40))
def test_sqlite_takes_whatever_comes_out(index: sqlite3.Connection, text: str) -> None:
    query = parse(text)
    if query.root is not None:
        index.execute("SELECT rowid FROM held WHERE held MATCH ?", [fts5(query.root)]).fetchall()
