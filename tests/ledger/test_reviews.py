"""The review log: corrections win everywhere, nothing is lost, an undo takes back."""

from collections.abc import Callable
from pathlib import Path

import pytest

import sayso
from sayso.errors import LedgerError
from sayso.ledger import articles
from sayso.ledger.ledger import Ledger
from sayso.records import Reading

Write = Callable[[str, str], Path]

TEXT = """The mayor of Tarnholm, Edda Brask, said on Friday that at least 40 people had been moved.

The army denied that it had been warned.
"""


@pytest.fixture
def read(ledger: Ledger, write: Write) -> Reading:
    path = write("dam.txt", TEXT)
    ledger.add([path], published="2031-05-10")
    return ledger.reading(str(path))


def test_a_correction_holds_in_every_answer(ledger: Ledger, read: Reading) -> None:
    statement = read.statements[-1]
    line = ledger.review(statement.id, "correct", who="ada", field="type", value="confirm")
    held = ledger.store.one("SELECT type, review FROM statement WHERE id = ?", statement.id)
    assert held is not None
    assert (held["type"], held["review"]) == ("confirm", "corrected")
    assert ledger.show(statement.id)["record"]["type"] == "confirm"
    assert line.detail["before"] == statement.type
    ledger.review(str(line.review), "undo", who="ada")
    assert ledger.reading(read.article.input) == read


def test_a_corrected_span_gets_its_words_from_the_text(ledger: Ledger, read: Reading) -> None:
    figure = next(f for f in read.figures if f.value == 40)
    start = read.article.text.index("40")
    ledger.review(
        figure.id, "correct", who="ada", field="span", value={"start": start, "end": start + 2}
    )
    ledger.review(figure.id, "correct", who="ada", field="bound", value="exact")
    held = ledger.store.one("SELECT wording, bound FROM figure WHERE id = ?", figure.id)
    assert held is not None
    assert (held["wording"], held["bound"]) == ("40", "exact")


def test_what_is_rejected_is_in_no_answer_but_can_be_shown(ledger: Ledger, read: Reading) -> None:
    statement = read.statements[-1]
    ledger.review(statement.id, "reject", who="ada", note="not a claim")
    assert ledger.store.one("SELECT id FROM statement WHERE id = ?", statement.id) is None
    assert ledger.show(statement.id)["reviews"][0]["detail"]["note"] == "not a claim"


def test_corrections_outlive_a_new_reading(
    ledger: Ledger, read: Reading, monkeypatch: pytest.MonkeyPatch
) -> None:
    statement = read.statements[-1]
    ledger.review(statement.id, "correct", who="ada", field="type", value="confirm")
    with monkeypatch.context() as newer:
        newer.setattr(articles, "__version__", "9.9.9")
        assert ledger.reread().reread == 1
    assert ledger.show(statement.id)["record"]["type"] == "confirm"


def test_corrections_go_on_to_a_new_version(ledger: Ledger, read: Reading, write: Write) -> None:
    ledger.review(read.statements[-1].id, "correct", who="ada", field="type", value="confirm")
    write("dam.txt", "An opening line that was not there before.\n\n" + TEXT)
    assert ledger.add([read.article.input], published="2031-05-10").changed == 1
    assert ledger.reading(read.article.input).statements[-1].type == "confirm"


def test_a_corrected_date_of_publication_is_read_against(ledger: Ledger, read: Reading) -> None:
    name = read.article.input
    assert [date.value for date in read.dates] == ["2031-05-09"]
    line = ledger.review(name, "correct", who="ada", field="published", value="2031-06-02")
    after = ledger.reading(name)
    assert after.article.published == "2031-06-02"
    assert [date.value for date in after.dates] == ["2031-05-30"]
    ledger.review(str(line.review), "undo", who="ada")
    assert [date.value for date in ledger.reading(name).dates] == ["2031-05-09"]


def test_the_log_shows_that_it_was_altered(ledger: Ledger, read: Reading) -> None:
    for statement in read.statements:
        ledger.review(statement.id, "confirm", who="ada")
    assert ledger.verify() == []
    with ledger.store.write():
        ledger.store.run("UPDATE review SET who = 'eve' WHERE review = 1")
    assert any("line 1" in fault for fault in ledger.verify())


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("colour", "red", "no field"),
        ("type", "shout", "cannot be"),
        ("cue", {"start": 0, "end": 9999}, "do not stand"),
        ("id", "s-1", "no field"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_written(
    ledger: Ledger, read: Reading, field: str, value: object, message: str
) -> None:
    with pytest.raises(LedgerError, match=message):
        ledger.review(read.statements[0].id, "correct", who="ada", field=field, value=value)
    assert ledger.review_log() == []


def test_an_undo_can_be_undone(ledger: Ledger, read: Reading) -> None:
    statement = read.statements[0]
    line = ledger.review(statement.id, "reject", who="ada")
    undo = ledger.review(str(line.review), "undo", who="bo")
    assert ledger.store.one("SELECT id FROM statement WHERE id = ?", statement.id)
    ledger.review(str(undo.review), "undo", who="ada")
    assert ledger.store.one("SELECT id FROM statement WHERE id = ?", statement.id) is None


def test_the_reading_itself_is_never_changed(ledger: Ledger, read: Reading) -> None:
    ledger.review(read.statements[0].id, "reject", who="ada")
    row = ledger.store.one("SELECT * FROM article")
    assert row is not None
    assert articles.reading_of(row) == sayso.read(
        ledger.show(read.article.input)["captures"][0]["origin"], published="2031-05-10"
    )
