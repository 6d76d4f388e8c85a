"""Articles: added once, versioned where their text changed, with their evidence."""

import hashlib
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

import sayso
from sayso.errors import LedgerError, LexiconError
from sayso.ledger import articles
from sayso.ledger.ledger import Ledger
from sayso.ledger.packing import pack, unpack

Write = Callable[[str, str], Path]

FIRST = """Dam holds, mayor says

The mayor of Tarnholm, Edda Brask, said on 3 May 2031 that at least 40 people had been moved.

"The dam will hold," Brask told reporters. The army denied that it had been warned.
"""
EDITED = FIRST.replace("at least 40", "40").replace("denied", "confirmed")


def test_adding_again_changes_nothing(ledger: Ledger, write: Write) -> None:
    path = write("dam.txt", FIRST)
    first = ledger.add([path])
    before = [dict(row) for row in ledger.store.rows("SELECT * FROM statement ORDER BY statement")]
    again = ledger.add([path])
    assert (first.added, again.added, again.unchanged) == (1, 0, 1)
    assert [
        dict(row) for row in ledger.store.rows("SELECT * FROM statement ORDER BY statement")
    ] == before


def test_the_stored_reading_is_the_reading(ledger: Ledger, write: Write) -> None:
    path = write("dam.txt", FIRST)
    ledger.add([path])
    assert ledger.reading(str(path)) == sayso.read(path)


def test_a_changed_text_is_a_new_version_and_says_what_changed(
    ledger: Ledger, write: Write
) -> None:
    path = write("dam.txt", FIRST)
    ledger.add([path])
    write("dam.txt", EDITED)
    assert ledger.add([path]).changed == 1
    shown = ledger.show(str(path))
    assert [version["version"] for version in shown["versions"]] == [1, 2]
    assert any(
        change["record"] == "statement"
        and "denied" in change["before"]
        and "confirmed" in change["after"]
        for change in shown["changes"]
    )
    assert len(list(ledger.articles())) == 1
    # the text before does not come back when the old file is added again
    write("dam.txt", FIRST)
    assert ledger.add([path]).unchanged == 1


def test_another_story_in_the_same_file_is_another_article(ledger: Ledger, write: Write) -> None:
    path = write("today.txt", FIRST)
    ledger.add([path])
    write(
        "today.txt", "Ferry strike ends\n\nThe union in Oslund said crews go back to work Monday.\n"
    )
    assert ledger.add([path]).added == 1
    assert len(list(ledger.articles())) == 2


def test_an_address_is_one_article_whatever_it_is_tracked_by(ledger: Ledger) -> None:
    base = sayso.read(FIRST, url="https://heron.example/dam")
    tracked = sayso.read(EDITED, url="https://heron.example/dam?utm_source=mail#top")
    assert ledger.add_reading(base) == "added"
    assert ledger.add_reading(tracked) == "changed"


def test_evidence_is_the_untouched_bytes(ledger: Ledger, write: Write) -> None:
    path = write("dam.txt", FIRST)
    ledger.add([path])
    (capture,) = ledger.show(str(path))["captures"]
    assert capture["sha256"] == hashlib.sha256(path.read_bytes()).hexdigest()
    assert (capture["how"], capture["origin"]) == ("file", str(path))
    assert ledger.verify() == []


@pytest.mark.parametrize(("table", "change"), [("article", "text = ?"), ("evidence", "bytes = ?")])
def test_verify_finds_what_was_altered(
    ledger: Ledger, write: Write, table: str, change: str
) -> None:
    ledger.add([write("dam.txt", FIRST)])
    with ledger.store.write():
        ledger.store.run(f"UPDATE {table} SET {change}", b"other")
    assert ledger.verify()


def test_lines_of_a_feed_keep_their_own_bytes(ledger: Ledger, tmp_path: Path) -> None:
    lines = [
        '{"url": "https://a.example/1", "text": "The mayor said the dam holds."}',
        '{"url": "https://a.example/2", "text": "The army denied a warning."}',
        "{broken",
    ]
    path = tmp_path / "feed.jsonl"
    path.write_text("\n".join(lines), encoding="utf-8")
    done = ledger.add([path])
    assert (done.added, [failure.input for failure in done.failed]) == (2, [f"{path}:3"])
    (capture,) = ledger.show("https://a.example/2")["captures"]
    assert capture["sha256"] == hashlib.sha256((lines[1] + "\n").encode()).hexdigest()
    assert capture["origin"] == f"{path}:2"


def test_what_another_version_read_is_read_again(
    ledger: Ledger, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write("dam.txt", FIRST)
    with monkeypatch.context() as older:
        older.setattr(articles, "__version__", "0.0.1")
        ledger.add([path])
    assert ledger.reread().reread == 1
    assert ledger.reread().reread == 0
    assert ledger.reading(str(path)) == sayso.read(path)


def test_ids_that_are_not_the_readers_own_are_kept(ledger: Ledger) -> None:
    read = sayso.read(FIRST, published="2031-05-10")
    assert read.figures
    assert read.actors
    changed = msgspec.structs.replace(
        read,
        figures=tuple(msgspec.structs.replace(f, id="f-1") for f in read.figures[:1]),
        actors=tuple(msgspec.structs.replace(a, id=f"{a.id[:-1]}-") for a in read.actors),
    )
    ledger.add_reading(changed)
    assert ledger.reading(read.article.id) == changed


def test_words_that_look_like_what_packing_writes_are_kept(ledger: Ledger) -> None:
    read = sayso.read(FIRST, published="2031-05-10")
    for headline in ("actor-0", 'He said "actor-0"', read.actors[0].id):
        article = msgspec.structs.replace(read.article, headline=headline, id=headline)
        changed = msgspec.structs.replace(read, article=article)
        assert unpack(pack(changed), article.text) == changed


ACTORS = "name,kind,country\nHollow Reach,country,XHR\n"
REACH = "The government of Hollow Reach denied on Friday that it had closed the dam at Tarnholm."


def test_the_file_of_actors_is_remembered(
    ledger: Ledger, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    known, path, plain = write("known.csv", ACTORS), write("a.txt", REACH), write("b.txt", FIRST)
    with monkeypatch.context() as older:
        older.setattr(articles, "__version__", "0.0.1")
        ledger.add([path], actors=known)
        ledger.add([plain])
    expected = sayso.read(path, actors=known)
    assert expected.actors != sayso.read(path).actors
    known.unlink()
    assert ledger.reread().reread == 2
    assert ledger.reading(str(path)) == expected
    assert ledger.reading(str(plain)) == sayso.read(plain)
    assert ledger.verify() == []


def test_a_corrected_date_is_read_with_the_file_of_actors(ledger: Ledger, write: Write) -> None:
    known, path = write("known.csv", ACTORS), write("a.txt", REACH)
    ledger.add([path], actors=known, published="2031-05-10")
    ledger.review(str(path), "correct", who="ada", field="published", value="2031-06-02")
    assert ledger.reading(str(path)) == sayso.read(path, actors=known, published="2031-06-02")


def test_another_file_of_actors_takes_the_place_of_the_first(
    ledger: Ledger, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write("a.txt", REACH)
    with monkeypatch.context() as older:
        older.setattr(articles, "__version__", "0.0.1")
        ledger.add([path])
        known = write("known.csv", ACTORS)
        assert ledger.reread(actors=known).reread == 0
    expected = sayso.read(path, actors=known)
    assert ledger.reread(actors=known).reread == 1
    known.unlink()
    with monkeypatch.context() as newer:
        newer.setattr(articles, "__version__", "9.9.9")
        assert ledger.reread().reread == 1
    assert ledger.reading(str(path)) == expected


def test_a_file_of_actors_that_is_not_there(ledger: Ledger, write: Write) -> None:
    with pytest.raises(LexiconError, match=r"none\.csv: cannot be read"):
        ledger.add([write("a.txt", REACH)], actors="none.csv")


def test_several_processes_read_as_one_does(write: Write, tmp_path: Path) -> None:
    for number in range(30):
        write(f"{number:02}.txt", FIRST.replace("40", str(40 + number)))
    with Ledger(tmp_path / "one.db") as one, Ledger(tmp_path / "two.db") as two:
        inputs = sorted(tmp_path.glob("*.txt"))
        one.add(inputs, processes=1)
        two.add(inputs, processes=2)
        sql = "SELECT id, source, text, chain FROM statement ORDER BY statement"
        assert [tuple(r) for r in one.store.rows(sql)] == [tuple(r) for r in two.store.rows(sql)]


def test_what_is_not_there_is_named(ledger: Ledger) -> None:
    with pytest.raises(LedgerError, match="no such article"):
        ledger.show("https://nowhere.example")
    with pytest.raises(LedgerError, match="no such record"):
        ledger.show("s-0123456789abcdef")


def test_a_ledger_in_memory_makes_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with Ledger(":memory:") as one, Ledger(":memory:") as other:
        one.add_reading(sayso.read("The bridge is shut, the mayor said.", published="2031-09-02"))
        assert len(list(one.articles())) == 1
        assert list(other.articles()) == []
    assert list(tmp_path.iterdir()) == []
