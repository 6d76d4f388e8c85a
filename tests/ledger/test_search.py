"""Search: by words and by meaning, with filters, in both stores."""

import json
from collections.abc import Sequence
from typing import Any

import pytest

from sayso.errors import LedgerError, OptionError
from sayso.ledger import fulltext, meaning, search
from sayso.ledger.ledger import Ledger
from sayso.ledger.snippets import LENGTH, Marks, cut
from sayso.pages.article import make_article
from sayso.records import (
    Actor,
    BlockKind,
    DateRef,
    Event,
    Mention,
    Place,
    Reading,
    Source,
    Statement,
    record_id,
)

Line = tuple[str, str, str, str]

STORY: list[tuple[str, str, str, list[Line]]] = [
    (
        "Heron Post",
        "https://heron.example/dam",
        "2031-05-03",
        [
            ("Edda Brask", "said", "the dam at Tarnholm would hold", "say"),
            ("Edda Brask", "denied", "that villages had been flooded", "deny"),
            ("Ilmar Koss", "claimed", "rebels shelled the harbour at dawn", "claim"),
        ],
    ),
    (
        "Oslund Courier",
        "https://news.courier.example/strike",
        "2031-06-10",
        [
            ("Edda Brask", "announced", "talks with the ferry union", "announce"),
            ("Ferry Union", "said", "the dam workers’ wages were withheld", "say"),
            ("Jonas Brask", "warned", "of floods “along the whole river”", "warn"),
        ],
    ),
]


def reading(publisher: str, url: str, day: str, lines: Sequence[Line]) -> Reading:
    """An article whose sentences are the statements, made by hand."""
    text = "\n\n".join(f"{who} {cue} {what}." for who, cue, what, _ in lines)
    blocks: list[tuple[BlockKind, str]] = [("paragraph", part) for part in text.split("\n\n")]
    article = make_article(url, blocks, url=url, publisher=publisher, published=day)
    actors: dict[str, list[Mention]] = {}
    statements = []
    at = 0
    for who, cue, what, kind in lines:
        at = text.index(f"{who} {cue} {what}", at)
        cued = at + len(who) + 1
        said = cued + len(cue) + 1
        name = record_id("actor", url, who)
        actors.setdefault(who, []).append(Mention(at, at + len(who), who, "name"))
        statements.append(
            Statement(
                id=record_id("s", url, at),
                sources=(Source(article.span(at, at + len(who)), name, "named"),),
                cue=article.span(cued, cued + len(cue)),
                type=kind,  # type: ignore[arg-type]
                negated=False,
                content=(article.span(said, said + len(what)),),
                chain=((who,),),
                date=DateRef(day),
            )
        )
    return Reading(
        article=article,
        actors=tuple(
            Actor(
                id=record_id("actor", url, who),
                name=who,
                kind="organisation" if "Union" in who else "person",
                mentions=tuple(mentions),
            )
            for who, mentions in actors.items()
        ),
        statements=tuple(statements),
    )


@pytest.fixture
def story(ledger: Ledger) -> Ledger:
    for one in STORY:
        ledger.add_reading(reading(*one))
    return ledger


@pytest.fixture(scope="module")
def told(shared: Ledger) -> Ledger:
    """The same, for tests that only ask."""
    for one in STORY:
        shared.add_reading(reading(*one))
    return shared


def said(found: Any) -> list[str]:
    """What the statements say."""
    return [" ".join(span["text"] for span in one["content"]) for one in found]


def test_words_are_found_in_any_of_their_forms(told: Ledger) -> None:
    assert set(said(told.search("flood", by="words"))) == {
        "that villages had been flooded",
        "of floods “along the whole river”",
    }


@pytest.mark.parametrize(
    ("query", "number"),
    [
        ("dam", 2),
        ("dam workers", 1),
        ('"dam at Tarnholm"', 1),
        ('"dam Tarnholm"', 0),
        ("harb*", 1),
        ('"shelled the harb"*', 1),
        ("harbour OR villages", 2),
        ("dam NOT workers", 1),
        ("dam NOT (workers OR hold)", 0),
        ("source:brask", 4),
        ("text:brask", 0),
        ("source:union dam", 1),
        ("the", 5),
    ],
)
def test_the_query_language(told: Ledger, query: str, number: int) -> None:
    assert len(list(told.search(query, by="words"))) == number


def test_an_answer_is_the_statement_with_its_article(told: Ledger) -> None:
    (found,) = told.search("harbour", by="words")
    held = told.reading("https://heron.example/dam").statements[2]
    shown = told.show(held.id)["record"]
    record = {key: found[key] for key in shown}
    assert json.loads(json.dumps(record)) == json.loads(json.dumps(shown))
    assert found["article"] == "https://heron.example/dam"
    assert found["found_by"] == ["words"]
    assert found["score"] > 0
    text = found["snippet"]["text"]
    assert [text[a:b] for a, b in found["snippet"]["hits"]] == ["harbour"]


def test_a_correction_is_what_is_found(story: Ledger) -> None:
    (found,) = story.search("harbour", by="words")
    start = story.reading("https://heron.example/dam").article.text.index("rebels")
    story.review(found["id"], "correct", who="ann", field="type", value="accuse")
    value = [{"start": start, "end": start + len("rebels shelled")}]
    story.review(found["id"], "correct", who="ann", field="content", value=value)
    assert not list(story.search("harbour", by="words"))
    (after,) = story.search("shelled", by="words")
    assert (after["type"], said([after])) == ("accuse", ["rebels shelled"])


def test_what_was_rejected_is_not_found(story: Ledger) -> None:
    (found,) = story.search("harbour", by="words")
    story.review(found["id"], "reject", who="ann")
    assert not list(story.search("harbour", by="words"))


@pytest.mark.parametrize(
    ("options", "number"),
    [
        ({"actor": "Edda Brask"}, 3),
        ({"actor": "brask"}, 4),
        ({"actor": "Ferry Union"}, 1),
        ({"types": ["say"]}, 2),
        ({"types": ["deny", "warn"]}, 2),
        ({"since": "2031-05-04"}, 3),
        ({"since": "2031-06"}, 3),
        ({"until": "2031-05"}, 3),
        ({"until": "2031"}, 6),
        ({"since": "2031-05-03", "until": "2031-05-03"}, 3),
        ({"outlet": "heron post"}, 3),
        ({"outlet": "courier"}, 3),
        ({"outlet": "courier.example"}, 3),
        ({"outlet": "heron.example"}, 3),
        ({"outlet": "eron.example"}, 0),
        ({"actor": "Brask", "types": ["say"], "outlet": "Heron Post"}, 1),
    ],
)
@pytest.mark.parametrize("few", [0, 3000])
def test_filters(
    told: Ledger, monkeypatch: pytest.MonkeyPatch, options: Any, number: int, few: int
) -> None:
    monkeypatch.setattr(fulltext, "FEW", few)
    everything = "dam OR villages OR harbour OR talks OR floods"
    assert len(list(told.search(everything, by="words", **options))) == number


def test_a_place_is_that_of_events_and_of_countries(ledger: Ledger) -> None:
    made = reading(*STORY[0])
    trigger = made.article.span(
        made.article.text.index("shelled"), 0 or made.article.text.index("shelled") + 7
    )
    event = Event(
        id="e-1",
        type="ASSAULT",
        trigger=trigger,
        status="happened",
        place=Place(name="Oslund", country="ARM"),
        statement=made.statements[2].id,
    )
    ledger.add_reading(
        Reading(
            article=made.article, actors=made.actors, statements=made.statements, events=(event,)
        )
    )
    for place, number in (("oslund", 1), ("Armenia", 1), ("Tarnholm", 0)):
        assert len(list(ledger.search("dam OR harbour", by="words", place=place))) == number


def test_windows_go_on_until_there_is_enough(told: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fulltext, "WINDOW", 1)
    notes: list[str] = []
    found = list(
        told.search("dam OR villages OR harbour", by="words", types=["deny"], note=notes.append)
    )
    assert len(found) == (1 if told.store.dialect == "sqlite" else len(found))


def test_more_matches_than_are_ranked_are_told_of(
    told: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fulltext, "WINDOW", 2)
    notes: list[str] = []
    assert len(list(told.search("source:brask", by="words", limit=2, note=notes.append))) == 2
    assert "more than 2 statements match" in notes[0]


def test_offset_goes_on_where_limit_ended(told: Ledger) -> None:
    whole = [one["id"] for one in told.search("the", by="words")]
    parts = [
        one["id"]
        for offset in range(0, 6, 2)
        for one in told.search("the", by="words", limit=2, offset=offset)
    ]
    assert whole == parts


@pytest.mark.parametrize(
    ("query", "options", "words"),
    [
        ("", {}, "no word"),
        ("—", {}, "no word"),
        ("dam", {"types": ["shout"]}, "no type of statement"),
        ("dam", {"since": "yesterday"}, "is no date"),
        ("dam", {"since": "2031-06", "until": "2031-05"}, "no day"),
        ("dam", {"limit": 0}, "limit"),
    ],
)
def test_wrong_wishes_say_what_is_wrong(told: Ledger, query: str, options: Any, words: str) -> None:
    with pytest.raises(OptionError, match=words):
        list(told.search(query, **options))


@pytest.mark.parametrize("options", [{"actor": "Nobody Known"}, {"outlet": "No Such Paper"}])
def test_a_name_that_the_ledger_does_not_know_is_an_error(told: Ledger, options: Any) -> None:
    with pytest.raises(LedgerError, match=r"(Nobody Known|No Such Paper): the ledger"):
        list(told.search("dam", **options))


def test_a_query_that_is_none_is_told_of_and_tried_as_words(told: Ledger) -> None:
    notes: list[str] = []
    assert len(list(told.search('dam "workers', by="words", note=notes.append))) == 1
    assert "plain words" in notes[0]


# By meaning


def test_by_meaning_other_words_are_found(story: Ledger) -> None:
    (first, *_) = story.search("the port came under artillery fire", by="meaning")
    assert said([first]) == ["rebels shelled the harbour at dawn"]
    assert first["found_by"] == ["meaning"]
    assert first["snippet"]["hits"] == []


def test_by_default_both_are_merged_once_there_are_vectors(story: Ledger) -> None:
    assert [one["found_by"] for one in story.search("harbour shelled")] == [["words"]]
    assert story.build_meaning() == 6
    assert story.build_meaning() == 0
    found = list(story.search("harbour shelled"))
    assert found[0]["found_by"] == ["words", "meaning"]
    assert [one["found_by"] for one in story.search('"harbour"')] != []


def test_filters_hold_by_meaning(story: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    story.build_meaning()
    monkeypatch.setattr(meaning, "LEAST", -1.0)
    for few in (0, 100):
        monkeypatch.setattr(meaning, "_FEW", few)
        for options, number in (({}, 6), ({"actor": "Edda Brask"}, 3), ({"outlet": "Heron"}, 3)):
            found = list(story.search("water", by="meaning", **options))  # type: ignore[arg-type]
            assert len(found) == number


def test_the_nearest_by_signs_are_the_nearest(
    story: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    story.build_meaning()
    whole = [one["id"] for one in story.search("shelling of a port", by="meaning")]
    monkeypatch.setattr(meaning, "_NEAREST", 2)
    some = [one["id"] for one in story.search("shelling of a port", by="meaning")]
    assert some[0] == whole[0]
    assert len(some) <= 2


def test_a_vector_goes_with_its_statement_and_the_next_one_gets_its_own(story: Ledger) -> None:
    story.build_meaning()
    changed = [("Edda Brask", "said", "the festival would open with a concert", "say")]
    assert story.add_reading(reading(*STORY[1][:3], changed)) == "changed"
    rows = story.store.rows("SELECT statement FROM meaning")
    assert len(rows) == 3
    found = list(story.search("music event", by="meaning"))
    assert said(found)[0] == "the festival would open with a concert"
    assert story.store.value("SELECT count(*) AS value FROM meaning") == 4
    assert not any("ferry" in words for words in said(story.search("ferry union", by="meaning")))


def test_vectors_of_another_encoder_are_made_anew(story: Ledger) -> None:
    story.build_meaning()
    with story.store.write():
        story.store.run("UPDATE meaning_block SET model = 'older'")
    assert story.build_meaning() == 6


def test_many_statements_without_vectors_name_the_way_out(
    story: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "AT_ONCE", 2)
    with pytest.raises(LedgerError, match="--build"):
        list(story.search("dam", by="meaning"))


def test_building_that_was_cut_goes_on(story: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(meaning, "BLOCK", 2)

    def stop(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        story.build_meaning(stop)
    made = story.store.value("SELECT count(*) AS value FROM meaning")
    assert 0 < made < 6
    assert story.build_meaning() == 6 - made


# Snippets


def test_marks_in_a_text_are_no_hits() -> None:
    marks = Marks()
    other = Marks()
    assert other.open != marks.open
    text = f"<b>bold</b> {other.open}x{other.close} "
    made = marks.snippet(f"{text}{marks.open}hit{marks.close}")
    assert made == {"text": f"{text}hit", "hits": [(len(text), len(text) + 3)]}


def test_a_long_text_is_cut_around_its_first_hit() -> None:
    text = "word " * 200 + "needle " + "word " * 200
    at = text.index("needle")
    made = cut(text, [(at, at + 6)])
    assert len(made["text"]) <= LENGTH + 2
    assert [made["text"][a:b] for a, b in made["hits"]] == ["needle"]
    assert made["text"].startswith("…word")
    assert made["text"].endswith("word…")


def test_a_long_text_without_a_hit_is_cut_at_its_end() -> None:
    made = cut("word " * 200, [])
    assert made["text"].startswith("word")
    assert len(made["text"]) <= LENGTH + 1
