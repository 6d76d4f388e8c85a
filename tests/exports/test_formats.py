"""Every format, read again by another program's reader."""

import csv
import json
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

import sayso
from sayso import exports
from sayso.errors import ExportError
from sayso.evaluation.evaluate import evaluate
from sayso.evaluation.gold import load_gold
from sayso.evaluation.marked import load_marked
from sayso.exports.columns import TABLES
from sayso.ledger.ledger import Ledger


def jsonl(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_bytes().splitlines()]


@pytest.fixture
def out(ledger: Ledger, tmp_path: Path) -> Path:
    assert (
        ledger.export(tmp_path, ["csv", "jsonl", "parquet", "webannotation", "plover", "gold"]) == 2
    )
    return tmp_path


def test_every_row_stands_alone(out: Path, book: Path) -> None:
    rows = jsonl(out / "statements.jsonl")
    (said,) = [row for row in rows if row["cue"] == "said" and "moved" in row["content"]]
    assert said["chain"] == "Edda Brask"
    assert said["sentence"].startswith("The mayor of Tarnholm, Edda Brask, said on 3 May 2031")
    assert (
        said["figures"] == ["at least 40 people; displaced"] or "at least 40" in said["figures"][0]
    )
    assert said["url"] == "https://heron.example/dam"
    assert said["address"].startswith("https://heron.example/dam#:~:text=")
    assert said["outlet"] == "Heron Post"
    assert said["published"] is None
    assert said["reference_from"] == "text"
    assert said["review"] == "confirmed"
    assert re.fullmatch("[0-9a-f]{64}", said["capture_sha256"])
    assert said["program"] == sayso.__version__
    with Ledger(book) as ledger:
        text = ledger.reading(said["article"]).article.text
    for row in rows:
        if row["article"] == said["article"]:
            assert " ".join(text[row["start"] : row["end"]].split()) in row["sentence"]


def test_what_was_rejected_is_in_no_table_and_corrections_are(out: Path) -> None:
    rows = jsonl(out / "statements.jsonl")
    cues = [row["cue"] for row in rows]
    assert "reported" not in cues
    (denial,) = [row for row in rows if "denied" in (row["cue"] or "")]
    assert (denial["type"], denial["review"]) == ("decline", "corrected")


@pytest.mark.parametrize("table", TABLES)
def test_the_tables_agree(out: Path, table: str) -> None:
    held = jsonl(out / f"{table}.jsonl")
    columns = [column.name for column in TABLES[table]]
    assert len(set(columns)) == len(columns)
    assert all(list(row) == columns for row in held)
    read = pq.read_table(out / f"{table}.parquet")
    assert read.to_pylist() == held
    with (out / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, strict=True))
    assert len(rows) == len(held)
    for row, other in zip(rows, held, strict=True):
        assert list(row) == columns
        for column in TABLES[table]:
            cell, value = row[column.name], other[column.name]
            if value is None:
                assert cell == ""
            elif column.type == "truth":
                assert cell == str(value).lower()
            elif column.type in ("number", "integer"):
                assert float(cell) == value
            else:
                text = "; ".join(value) if column.type == "texts" else value
                assert cell in (text, f"'{text}")


def test_csv_is_of_rfc_4180(out: Path) -> None:
    data = (out / "statements.csv").read_bytes()
    assert data.endswith(b"\r\n")
    assert b"\n" not in data.replace(b"\r\n", b"")
    assert not data.startswith(b"\xef\xbb\xbf")


def test_no_cell_of_csv_is_a_formula(out: Path) -> None:
    with (out / "articles.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    cells = [cell for row in rows for cell in row]
    assert any(cell.startswith("'=cmd") for cell in cells)
    for path in out.glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.reader(file):
                assert not [c for c in row if c[:1] in "=+@\t\r" and c]
                assert not [c for c in row if c[:1] == "-" and not re.fullmatch(r"-[\d.e+-]+", c)]


# W3C Web Annotations, by the rules of the Recommendation (sections 3 to 5)

_MOTIVATIONS = {
    "assessing", "bookmarking", "classifying", "commenting", "describing", "editing",
    "highlighting", "identifying", "linking", "moderating", "questioning", "replying", "tagging",
}  # fmt: skip


def _is_iri(value: Any) -> bool:
    return (
        isinstance(value, str)
        and re.fullmatch(r"[a-z][a-z0-9+.-]*:[^\s<>\"{}|\\^`]+", value) is not None
    )


def _several(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def faults(held: Any) -> Iterator[str]:
    """What a collection of annotations does against the model."""
    if held.get("@context") != "http://www.w3.org/ns/anno.jsonld":
        yield "context"
    if held.get("type") != "AnnotationCollection" or not _is_iri(held.get("id")):
        yield "collection: type and id"
    page = held.get("first")
    if page.get("type") != "AnnotationPage" or not _is_iri(page.get("id")):
        yield "page: type and id"
    if page.get("partOf") != held["id"] or page.get("startIndex") != 0:
        yield "page: partOf and startIndex"
    if held.get("total") != len(page["items"]):
        yield "total"
    ids = [one.get("id") for one in page["items"]]
    if len(set(ids)) != len(ids):
        yield "ids are not unique"
    for one in page["items"]:
        if one.get("type") != "Annotation" or not _is_iri(one.get("id")):
            yield "annotation: type and id"
        if not set(_several(one.get("motivation"))) <= _MOTIVATIONS:
            yield "motivation"
        for body in _several(one.get("body", [])):
            if body.get("type") != "TextualBody" or not isinstance(body.get("value"), str):
                yield "body"
            if body.get("purpose") not in _MOTIVATIONS:
                yield "purpose"
        targets = _several(one.get("target"))
        if not targets:
            yield "no target"
        for target in targets:
            if target.get("type") != "SpecificResource" or not _is_iri(target.get("source")):
                yield "target"
            for selector in _several(target.get("selector")):
                match selector.get("type"):
                    case "TextQuoteSelector":
                        parts = [selector.get(k) for k in ("exact", "prefix", "suffix")]
                        if not all(isinstance(part, str) for part in parts) or not parts[0]:
                            yield "quote"
                    case "TextPositionSelector":
                        start, end = selector.get("start"), selector.get("end")
                        if not (
                            isinstance(start, int) and isinstance(end, int) and 0 <= start < end
                        ):
                            yield "position"
                    case _:
                        yield "selector"


def test_annotations_keep_the_model_and_lead_to_the_words(out: Path, ledger: Ledger) -> None:
    held = json.loads((out / "annotations.jsonld").read_text(encoding="utf-8"))
    assert list(faults(held)) == []
    assert held["total"] == len(jsonl(out / "statements.jsonl"))
    text = ledger.reading("https://heron.example/dam").article.text
    for one in held["first"]["items"]:
        for target in _several(one["target"]):
            if target["source"] != "https://heron.example/dam":
                continue
            quote, place = target["selector"]
            assert text[place["start"] : place["end"]] == quote["exact"]
            assert text[: place["start"]].endswith(quote["prefix"])
            assert text[place["end"] :].startswith(quote["suffix"])


def test_the_checker_of_annotations_finds_faults() -> None:
    bad = {"first": {"items": [{"target": {"selector": {"type": "TextPositionSelector"}}}]}}
    assert {"context", "total", "motivation", "target", "position"} <= set(
        faults({"id": "x", **bad})
    )


def test_plover_events_have_its_types(out: Path) -> None:
    held = jsonl(out / "plover.jsonl")
    (shelling,) = [one for one in held if one["trigger"] == "shelled"]
    assert shelling["event_type"] == "ASSAULT"
    assert shelling["quad"] == "material conflict"
    assert shelling["text"].startswith("Rebels shelled")
    assert all(re.fullmatch("[A-Z]+", one["event_type"]) for one in held)


def test_followthemoney_takes_the_entities(ledger: Ledger, tmp_path: Path) -> None:
    ftm = pytest.importorskip("followthemoney", reason="the extra followthemoney is not installed")
    ledger.export(tmp_path, ["followthemoney"])
    held = jsonl(tmp_path / "followthemoney.jsonl")
    ids = {one["id"] for one in held}
    assert len(ids) == len(held)
    for one in held:
        proxy = ftm.model.get_proxy(one)
        proxy.schema.validate(one)
        for prop in proxy.iterprops():
            for value in proxy.get(prop):
                assert prop.type.clean(value) == value
                assert not prop.range or value in ids
    schemas = {one["schema"] for one in held}
    assert {"Article", "Person", "Note", "Event"} <= schemas


def test_followthemoney_says_what_it_needs(
    ledger: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "followthemoney", None)
    with pytest.raises(ExportError, match=r"pip install 'sayso\[followthemoney\]'"):
        ledger.export(tmp_path / "new", ["followthemoney"])
    assert not list((tmp_path / "new").rglob("*"))


def test_gold_files_load_and_a_reading_is_scored_on_what_was_reviewed(out: Path) -> None:
    (path,) = (out / "gold").glob("*.json")
    gold = load_gold(path)
    assert gold.statements
    asked = [one for one in gold.statements if not one.optional]
    assert len(asked) == 3
    assert "reported" not in [one.cue for one in gold.statements]
    assert not gold.figures
    scored = evaluate([path])
    scores = scored.pooled.counts
    assert scores["statements.found"] == (3, 3)
    for metric in ("statements.type", "statements.precision"):  # what was corrected, and rejected
        right, total = scores[metric]
        assert right == total - 1


def test_marked_texts_are_the_paragraphs_that_were_wholly_reviewed(out: Path) -> None:
    held = load_marked(out / "gold" / "marked.toml")
    texts = [one.text for one in held]
    assert any(text.startswith("The mayor of Tarnholm") for text in texts)
    assert not any("crews" in text for text in texts)
    for one in held:
        for statement in one.statements:
            assert one.text[slice(*statement.cue)]


def test_a_reading_without_a_ledger_can_be_exported(tmp_path: Path) -> None:
    reading = sayso.read("The union said crews would go back.")
    assert exports.write([exports.of_reading(reading)], tmp_path, ["jsonl"]) == 1
    (row,) = jsonl(tmp_path / "statements.jsonl")
    assert row["url"] is None
    assert row["address"] is None
    assert row["capture_sha256"] is None


def test_texts_that_no_encoding_takes(tmp_path: Path) -> None:
    reading = sayso.read("The union said “crews \ud800 would\x7f go” back \U0001f600 soon.")
    formats = ["csv", "jsonl", "parquet", "webannotation", "plover", "gold"]
    item = exports.Item(
        reading, name="x", reviews={one.id: "confirmed" for one in reading.statements}
    )
    assert exports.write([item], tmp_path, formats) == 1
    assert jsonl(tmp_path / "statements.jsonl")
    tomllib.loads((tmp_path / "gold" / "marked.toml").read_text(encoding="utf-8"))
