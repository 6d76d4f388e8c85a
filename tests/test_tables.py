"""The scorers of marked tables and marked corpora, on texts of our own."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from sayso.errors import GoldError
from sayso.evaluation.actors import load_actors
from sayso.evaluation.agreements import load_agreements
from sayso.evaluation.dates import load_dates
from sayso.evaluation.entities import b_cubed, score_entities
from sayso.evaluation.events import load_events
from sayso.evaluation.figures import load_figures
from sayso.evaluation.marked import load_marked
from sayso.evaluation.places import kilometres, load_places
from sayso.evaluation.recognized_dates import same_date
from sayso.evaluation.recognizers import score_recognizers
from sayso.evaluation.tables import score_table
from sayso.evaluation.timex import evaluate
from sayso.records import Date, Span

CORPUS = sorted((Path(__file__).resolve().parent.parent / "corpus").glob("*.toml"))
LOADERS: dict[str, Callable[[Path], object]] = {
    "dates": load_dates,
    "actors": load_actors,
    "agreements": load_agreements,
    "events": load_events,
    "figures": load_figures,
    "places": load_places,
}

FIGURES = """
[[case]]
kind = "conflict"
text = "At least 40 soldiers were killed and 12 wounded in the shelling."
figures = [
  { span = "At least 40", value = 40, bound = "at_least", unit_kind = "people", kind = "killed" },
  { span = "12", value = 13, unit_kind = "people", kind = "wounded" },
]
"""
DATES = """
[[case]]
reference = "1989-11-02"
text = "The firm lost $4 million in the third quarter, it said Monday."
dates = [["the third quarter", "1989-Q3"], ["Monday", "1989-11-06"]]

[[case]]
text = "The bridge at Dorn opened in 1931."
dates = [["The bridge", "1930"], ["1931", "1931"]]
"""
EVENTS = """
[[case]]
text = "Turkish police detained 14 politicians in Ankara on Tuesday."
events = [
  { type = "COERCE", status = "happened", trigger = "detained", place = "Ankara", \
actors = ["Turkish police"], recipients = ["14 politicians"] },
]
[[case]]
text = "Turkey invaded nobody."
events = [{ type = "AID", status = "happened", trigger = "invaded", actors = [], recipients = [] }]
"""
ACTORS = """
[[case]]
marked = "The mayor, {Agnes Quill}, met {Bruno Staal}. {Quill=Agnes Quill} said no. \
{She=Bruno Staal} said that it was late."
"""
AGREEMENTS = """
published = "2024-05-16"
[[case]]
text = "Kenya and Chad signed a border treaty on Monday. The treaty binds both states to \
consult each other if either is attacked, and to remain neutral in any war."
[[case.agreements]]
name = "border treaty"
kind = "treaty"
parties = ["Kenya", "Chad"]
mentions = ["a border treaty", "The treaty"]
signed = "2024-05-14"
obligations = [
  "consultation | to consult each other | if either is attacked | Kenya; Chad",
  "arms | to remain neutral in any war",
]
[[case]]
text = "The club agreed terms with Mali."
[[case.agreements]]
name = "terms"
mentions = ["terms"]
"""
PLACES = """
[[case]]
text = "Gunmen attacked a police post in Tripoli, Lebanon, on Monday."
places = [{ place = "Tripoli", country = "LBN", at = [34.44, 35.85] }]
[[case]]
text = "Gunmen attacked a police post in Tripoli, Lebanon, on Tuesday."
places = [
  { place = "Tripoli", country = "LBY", at = [32.88, 13.19] },
  { place = "Lebanon", country = "LBN" },
]
"""
XML = """<?xml version="1.0"?>
<Document doc_name="x">
{tokens}
<Markables>
<TIMEX3 functionInDocument="CREATION_TIME" m_id="1" value="2008-03-01" type="DATE"/>
<TIMEX3 functionInDocument="NONE" m_id="2" value="2008-02-29" type="DATE">
<token_anchor t_id="13"/></TIMEX3>
<ENTITY_MENTION m_id="3"><token_anchor t_id="6"/><token_anchor t_id="7"/></ENTITY_MENTION>
<ENTITY_MENTION m_id="4"><token_anchor t_id="11"/></ENTITY_MENTION>
<ENTITY ent_type="PER" m_id="9"/>
</Markables>
<Relations>
<REFERS_TO r_id="1"><source m_id="3"/><source m_id="4"/><target m_id="9"/></REFERS_TO>
</Relations>
</Document>
"""


@pytest.fixture
def document(tmp_path: Path) -> Path:
    sentences = [0, 0, 0, 1, 1, 2, 2, 2, 2, 2, 3, 3, 3, 3]
    words = "Minister resigns . London . John Miller met nobody . Miller left yesterday .".split()  # noqa: SIM905
    tokens = "\n".join(
        f'<token number="{n}" sentence="{s}" t_id="{n + 1}">{w}</token>'
        for n, (w, s) in enumerate(zip(words, sentences, strict=True))
    )
    path = tmp_path / "x.xml"
    path.write_text(XML.format(tokens=tokens), encoding="utf-8")
    return path


@pytest.mark.parametrize("path", CORPUS, ids=[path.stem for path in CORPUS])
def test_every_table_of_the_corpus_marks_words_of_its_texts(path: Path) -> None:
    kind = path.stem.partition("-")[0]
    load = LOADERS.get(kind, load_marked)
    assert load(path)


def test_a_wrong_value_is_found_but_not_right(tmp_path: Path) -> None:
    path = tmp_path / "figures.toml"
    path.write_text(FIGURES, encoding="utf-8")
    scores = score_table(path)
    assert scores.tallies["found, conflict"].right == 2
    assert scores.tallies["value, conflict"].right == 1
    assert scores.tallies["kind, conflict"].right == 2
    assert "marked 13" in scores.faults[0]


def test_an_event_is_right_by_type_and_those_who_take_part(tmp_path: Path) -> None:
    path = tmp_path / "events.toml"
    path.write_text(EVENTS, encoding="utf-8")
    scores = score_table(path)
    assert scores.tallies["type"].right == 1
    assert scores.tallies["type"].gold == 2
    assert scores.tallies["whole"].right == 1
    assert any("missed AID" in fault for fault in scores.faults)


def test_an_agreement_is_right_by_each_of_its_fields(tmp_path: Path) -> None:
    path = tmp_path / "agreements.toml"
    path.write_text(AGREEMENTS, encoding="utf-8")
    scores = score_table(path)
    counts = {name: (t.right, t.predicted, t.gold) for name, t in scores.tallies.items()}
    assert counts["agreements"] == (1, 1, 2)
    assert counts["name"] == counts["kind"] == (1, 1, 1)
    assert counts["mentions"] == (2, 2, 3)
    assert counts["parties"] == (2, 2, 2)
    assert counts["milestones"] == (0, 1, 1)  # Monday was the 13th
    assert counts["obligations"] == (2, 2, 2)
    assert counts["obligation type"] == (1, 2, 2)
    assert counts["trigger"] == (2, 2, 2)
    assert counts["bound"] == (1, 1, 1)
    assert counts["whole"] == (0, 1, 2)
    assert any("signed of 'border treaty': 2024-05-13" in fault for fault in scores.faults)
    assert any("missed 'terms'" in fault for fault in scores.faults)


def test_a_place_is_right_by_country_and_distance(tmp_path: Path) -> None:
    path = tmp_path / "places.toml"
    path.write_text(PLACES, encoding="utf-8")
    scores = score_table(path)
    counts = {name: (t.right, t.gold) for name, t in scores.tallies.items()}
    assert counts == {"place": (2, 3), "country": (2, 3), "point": (1, 2)}
    assert any("LBN" in fault and "marked LBY" in fault for fault in scores.faults)


def test_a_degree_of_latitude_is_111_kilometres() -> None:
    assert kilometres(10, 20, 11, 20) == pytest.approx(111.2, abs=0.1)
    assert kilometres(60, 20, 60, 21) == pytest.approx(55.6, abs=0.1)


@pytest.mark.parametrize("text", ["", "[[case]]", "case = 3", "not toml"])
def test_what_is_no_table_is_named(tmp_path: Path, text: str) -> None:
    path = tmp_path / "bad.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(GoldError, match=r"bad\.toml"):
        score_table(path)


@pytest.mark.parametrize(
    ("table", "right", "wrong"),
    [(FIGURES, 'At least 40"', "At least 41"), (AGREEMENTS, '"The treaty"', "The pact")],
)
def test_words_that_the_text_lacks_are_named(
    tmp_path: Path, table: str, right: str, wrong: str
) -> None:
    path = tmp_path / "bad.toml"
    path.write_text(table.replace(right, f'"{wrong}"'[right[0] != '"' :]), encoding="utf-8")
    with pytest.raises(GoldError, match=wrong):
        score_table(path)


def test_dates_and_entities_of_a_marked_document(document: Path) -> None:
    dates = evaluate([document])
    assert (dates.marked, dates.met, dates.right) == (1, 1, 1)
    entities = score_entities([document])
    assert (entities.mentions, entities.met) == (2, 2)
    read, same = entities.rows()
    assert read[3] == 1.0
    assert same[2] == 0.5  # "John Miller" and "Miller" are not the same words


def test_whoever_is_meant_must_be_led_to(tmp_path: Path) -> None:
    path = tmp_path / "actors.toml"
    path.write_text(ACTORS, encoding="utf-8")
    scores = score_table(path)
    assert [scores.tallies[n].right for n in ("surname", "pronoun", "mentions")] == [1, 0, 3]
    assert scores.tallies["apart"].right == 2
    assert any("source by pronoun 'She'" in fault for fault in scores.faults)
    path.write_text("[[case]]\nmarked = 'The mayor, {Agnes Quill, said so.'", encoding="utf-8")
    with pytest.raises(GoldError, match="not closed"):
        score_table(path)


def test_b_cubed_of_one_cluster_too_many() -> None:
    gold = {(0, 1): "a", (2, 3): "a", (4, 5): "b"}
    joined = dict.fromkeys(gold, "x")
    precision, recall = b_cubed(gold, joined)
    assert precision == pytest.approx(2 / 3 + 2 / 3 + 1 / 3)
    assert recall == 3


def test_what_is_no_document_is_named(tmp_path: Path) -> None:
    path = tmp_path / "bad.xml"
    path.write_text("<Document>", encoding="utf-8")
    with pytest.raises(GoldError, match=r"bad\.xml"):
        evaluate([path])


def test_recognizers(tmp_path: Path) -> None:
    def row(text: str, words: str, type_: str, **resolution: str) -> dict[str, object]:
        start = text.index(words)
        return {
            "Input": text,
            "Context": {"ReferenceDateTime": "2024-03-01T00:00:00"},
            "Results": [
                {"Start": start, "End": start + len(words) - 1, "TypeName": type_}
                | {"Resolution": resolution}
            ],
        }

    cases = [
        row("They sent 40 trucks.", "40", "number", value="40"),
        row("They sent 41 trucks.", "41", "number", value="42"),
        row("They paid $5 million.", "$5 million", "currency", value="5000000", isoCurrency="USD"),
        row("They paid 5 euros.", "5 euros", "currency", value="5", isoCurrency="USD"),
        row("Between 20 and 30 men came.", "Between 20 and 30", "numberrange", value="[20,30)"),
        {"Input": "They left in May.", "Results": []},
        {"Input": "Two left in May.", "Results": []},
    ]
    path = tmp_path / "Cases.json"
    path.write_text(json.dumps(cases), encoding="utf-8-sig")
    scores = score_recognizers([tmp_path])
    tally = scores.tallies["Cases"]
    assert (tally.right, tally.gold) == (4, 7)
    assert [fault.split(":")[0] for fault in scores.faults] == ["Cases 2", "Cases 4", "Cases 7"]
    path.write_text(json.dumps([row("40", "40", "weight")]))
    with pytest.raises(GoldError, match="of type 'weight'"):
        score_recognizers([path])
    path.write_text("[1]")
    with pytest.raises(GoldError, match="no list of cases"):
        score_recognizers([path])


def test_dates_are_found_by_their_words_and_right_by_their_values(tmp_path: Path) -> None:
    path = tmp_path / "dates.toml"
    path.write_text(DATES)
    scores = score_table(path)
    rows = {name: (t.right, t.predicted, t.gold) for name, t in scores.tallies.items()}
    assert rows == {"span": (3, 3, 4), "value": (2, 3, 4)}
    assert "value 'Monday' is 1989-11-06, read 1989-10-30" in scores.faults[0]
    assert "missed 'The bridge' is 1930" in scores.faults[1]


@pytest.mark.parametrize("case", ['text = "Monday"', 'text = "x"\ndates = [["y", "2001"]]'])
def test_what_is_no_table_of_dates_is_named(tmp_path: Path, case: str) -> None:
    path = tmp_path / "dates.toml"
    path.write_text(f"[[case]]\n{case}\n")
    with pytest.raises(GoldError, match=r"dates\.toml"):
        load_dates(path)


@pytest.mark.parametrize(
    ("value", "timex", "start", "end", "same"),
    [
        ("2024-05", "2024-05", "2024-05-01", "2024-06-01", True),
        ("2024-05-03/2024-05-09", "(2024-05-03,2024-05-09,P6D)", "2024-05-03", "2024-05-09", True),
        ("2024-W18-WE", "2024-W18-WE", "2024-05-04", "2024-05-06", True),
        ("2024-Q2", "(2024-04-01,2024-07-01,P3M)", "2024-04-01", "2024-07-01", True),
        ("2024-Q3", "(2024-04-01,2024-07-01,P3M)", "2024-04-01", "2024-07-01", False),
        ("199", "(1990-01-01,2000-01-01,P10Y)", "1990-01-01", "2000-01-01", True),
        ("2024-05-03T20:00", "T20", "", "", True),
        ("2024-05-03T21:00", "T20", "", "", False),
        ("P3D", "P3D", "", "", True),
        ("PXD", "P3D", "", "", False),
    ],
)
def test_dates_of_recognizers_are_the_same_days(
    value: str, timex: str, start: str, end: str, same: bool
) -> None:
    date = Date(
        id="d", span=Span(start=0, end=1, text="x"), value=value, kind="date", anchor="explicit"
    )
    wanted = {"timex": timex, "type": "daterange", "start": start, "end": end}
    assert same_date(date, {"values": [wanted]}) is same
