"""A crawl: many files in, shards out; cut short anywhere it goes on; engines give the same."""

import importlib.util
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from pyarrow import parquet

from sayso.crawl import Settings, crawl, shards, sources
from sayso.crawl.engines import Local
from sayso.errors import CrawlError
from sayso.ledger.ledger import Ledger

TOLL = (
    "At least 40 soldiers were killed at the Harn crossing on Monday, the Defence Ministry of"
    " Velmora said in a statement. Foreign Minister Edvin Roos told reporters that the army would"
    " hold the pass. Nobody in Karsovia has confirmed the number, and the road stays closed."
)
TALKS = (
    "The presidents of Velmora and Karsovia will meet in Lunde on Friday, according to two people"
    " familiar with the plans. The talks are to end the dispute over the water of the Harn. An"
    " adviser said the treaty of 2012 would be on the table, and that both sides had agreed to it."
)
FRENCH = (
    "Le gouvernement a annoncé lundi que les négociations reprendraient la semaine prochaine dans"
    " la capitale, après plusieurs mois de silence entre les deux pays voisins de la rivière."
)


def line(text: str, headline: str, host: str, **fields: str) -> str:
    url = f"https://{host}.example/{headline.replace(' ', '-').lower()}"
    held = {"url": url, "headline": headline, "text": text, "published": "2031-03-05", **fields}
    return json.dumps(held) + "\n"


@pytest.fixture
def inputs(tmp_path: Path) -> list[Path]:
    """Seven pages in three inputs: a copy, two nearly the same, one French, one broken."""
    folder = tmp_path / "in"
    folder.mkdir()
    first = folder / "a.jsonl"
    first.write_text(
        line(TOLL, "Forty killed at the pass", "courier")
        + line(TALKS, "Presidents to meet", "courier")
        + "{broken\n"
        + line(FRENCH, "Reprise des négociations", "tribune"),
        "utf-8",
    )
    second = folder / "b.jsonl"
    second.write_text(
        line(TOLL, "Forty killed at the pass", "herald")
        + line(TOLL, "Dozens dead as minister blames rebels", "radio")
        + line(TOLL.replace("40", "57"), "Forty killed at the pass", "gazette"),
        "utf-8",
    )
    (folder / "notes").mkdir()
    (folder / "notes" / "page.txt").write_text(TALKS.replace("Friday", "Sunday"), "utf-8")
    return [folder]


def rows(out: Path, kind: str) -> list[dict[str, Any]]:
    return [
        row
        for path in sorted((out / kind).glob("*.parquet"))
        for row in parquet.read_table(path).to_pylist()
    ]


def shown(out: Path) -> dict[str, bytes]:
    """The files of a crawl by name; when it was begun is not part of what it gives."""
    found = {str(p.relative_to(out)): p.read_bytes() for p in out.rglob("*") if p.is_file()}
    manifest = json.loads(found.pop("crawl.json"))
    del manifest["begun"]
    return found | {"crawl.json": json.dumps(manifest).encode()}


@pytest.fixture
def whole(inputs: list[Path], tmp_path: Path) -> Path:
    """What one run without a break gives."""
    crawl(inputs, tmp_path / "whole", engine=Local(1))
    return tmp_path / "whole"


def test_every_page_is_told_with_its_reason(whole: Path) -> None:
    pages = {row["input"].rsplit("/", 1)[1]: row for row in rows(whole, "pages")}
    told = {name: (row["status"], row["reason"]) for name, row in pages.items()}
    assert told == {
        "a.jsonl:1": ("article", None),
        "a.jsonl:2": ("article", None),
        "a.jsonl:3": ("failed", "unreadable"),
        "a.jsonl:4": ("other_language", "other_language"),
        "b.jsonl:1": ("article", None),
        "b.jsonl:2": ("article", None),
        "b.jsonl:3": ("article", None),
        "page.txt": ("article", None),
    }
    assert pages["a.jsonl:4"]["language"] == "fr"
    assert FRENCH in json.loads(pages["a.jsonl:4"]["article"])["text"]


def test_copies_are_read_once_and_what_differs_is_read_itself(whole: Path) -> None:
    made = {row["input"].rsplit("/", 1)[1]: row for row in rows(whole, "readings")}
    first = made["a.jsonl:1"]["article_id"]
    assert {name: (row["made"], row["copy_of"], row["near"]) for name, row in made.items()} == {
        "a.jsonl:1": ("read", None, None),
        "a.jsonl:2": ("read", None, None),
        "b.jsonl:1": ("copy", first, None),
        "b.jsonl:2": ("read", None, first),  # another headline, which says who and how many
        "b.jsonl:3": ("read", None, first),  # another number
        "page.txt": ("read", None, made["a.jsonl:2"]["article_id"]),
    }
    assert '"value":57.0' in made["b.jsonl:3"]["reading"]
    for row in made.values():
        reading = json.loads(row["reading"])
        assert reading["article"]["id"] == row["article_id"]
        assert len(reading["statements"]) == row["statements"] > 0


@pytest.mark.parametrize("cut", range(1, 12))
def test_a_crawl_that_is_cut_short_anywhere_goes_on(
    inputs: list[Path], whole: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cut: int
) -> None:
    """Everything that counts goes through one rename: the crawl is ended before the n-th."""
    out, renames = tmp_path / "out", 0
    rename = Path.replace

    def counting(path: Path, target: Path) -> Path:
        nonlocal renames
        renames += 1
        if renames == cut:
            raise KeyboardInterrupt
        return rename(path, target)

    monkeypatch.setattr(Path, "replace", counting)
    try:
        crawl(inputs, out, engine=Local(1))
    except KeyboardInterrupt:
        assert list(out.rglob("*.new-*"))
    else:
        assert cut > renames
    crawl(inputs, out, engine=Local(1))
    assert shown(out) == shown(whole)
    before = renames
    done, _ = crawl(inputs, out, engine=Local(1))
    assert (done.pages, done.read, renames) == (0, 0, before)


def test_a_crawl_that_is_killed_goes_on(inputs: list[Path], whole: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    command = [sys.executable, "-m", "sayso", "crawl", *map(str, inputs), "--out", str(out)]
    process = subprocess.Popen([*command, "--processes", "2"], stderr=subprocess.DEVNULL)
    until = time.monotonic() + 60
    while time.monotonic() < until and not list(out.glob("pages/*.parquet")):
        time.sleep(0.02)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    assert not list(out.glob("readings/*.parquet"))
    crawl(inputs, out, engine=Local(1))
    assert shown(out) == shown(whole)


@pytest.mark.skipif(
    not importlib.util.find_spec("daft"), reason="daft is not installed (extra cluster)"
)
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # of Daft's pipes
def test_daft_gives_the_same_shards(inputs: list[Path], whole: Path, tmp_path: Path) -> None:
    from sayso.crawl.on_daft import Daft

    done, missing = crawl(inputs, tmp_path / "out", engine=Daft(1))
    assert (done.pages, done.read, done.copies, missing) == (8, 5, 1, [])
    assert shown(tmp_path / "out") == shown(whole)


def test_inputs_are_known_again_by_what_they_hold(
    inputs: list[Path], whole: Path, tmp_path: Path
) -> None:
    moved = inputs[0] / "a.jsonl"
    moved.rename(moved.with_name("z.jsonl"))
    (inputs[0] / "b.jsonl").write_text(line(TALKS, "Presidents to meet", "herald"), "utf-8")
    done, _ = crawl(inputs, whole, engine=Local(1))
    assert (done.pages, done.copies) == (1, 1)
    assert len(list((whole / "readings").iterdir())) == 4


def test_two_crawls_in_one_folder_are_one_too_many(inputs: list[Path], tmp_path: Path) -> None:
    with (
        shards.Folder(tmp_path / "out").opened(Settings(), []),
        pytest.raises(CrawlError, match="another crawl is at work"),
    ):
        crawl(inputs, tmp_path / "out", engine=Local(1))
    assert crawl(inputs, tmp_path / "out", engine=Local(1))[0].read == 5


Break = Callable[[Path], Settings]


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda out: (out / "crawl.json").unlink(), "holds other files"),
        (lambda out: (out / "crawl.json").write_text("{"), "is no folder of sayso crawl"),
        (lambda out: Settings(keep_pages=True), "other settings"),
    ],
)
def test_a_folder_of_something_else_is_refused(
    inputs: list[Path], whole: Path, make: Callable[[Path], Any], words: str
) -> None:
    made = make(whole)
    with pytest.raises(CrawlError, match=words):
        crawl(inputs, whole, made if isinstance(made, Settings) else None, engine=Local(1))


def test_what_is_missing_is_told_and_the_rest_done(inputs: list[Path], tmp_path: Path) -> None:
    done, missing = crawl([tmp_path / "none", *inputs], tmp_path / "out", engine=Local(1))
    assert [str(error) for error in missing] == [f"{tmp_path / 'none'}: no such file or folder"]
    assert done.read == 5


def test_parquet_with_the_fields_of_json_lines_is_an_input(tmp_path: Path) -> None:
    table = {"url": ["https://a.example/1"], "text": [TOLL], "published": ["2031-03-05"], "x": [1]}
    parquet.write_table(pa.table(table), tmp_path / "in.parquet")
    parquet.write_table(pa.table({"x": [1]}), tmp_path / "other.parquet")
    crawl([tmp_path / "in.parquet", tmp_path / "other.parquet"], tmp_path / "out", engine=Local(1))
    found = {row["input"].rsplit("/", 1)[1]: row for row in rows(tmp_path / "out", "pages")}
    assert found["in.parquet:1"]["status"] == "article"
    assert found["other.parquet"]["detail"] == "has no column 'text' or 'html'"


def test_shards_go_into_a_ledger(inputs: list[Path], tmp_path: Path) -> None:
    out = tmp_path / "out"
    crawl(inputs, out, Settings(keep_pages=True), engine=Local(1))
    with Ledger(tmp_path / "a.db") as one, Ledger(tmp_path / "b.db") as other:
        assert (one.add([out]).added, one.add([out]).unchanged) == (6, 6)
        assert one.verify() == []
        other.add(inputs, processes=1)
        for article in one.articles():
            held = other.article(article["id"])
            # a copy's reading is what reading it gives
            assert one.article(article["id"]).reading == held.reading
        claim = next(iter(one.origins("soldiers")))
        assert len(claim["articles"]) == 3


def test_a_file_of_many_articles_is_kept_once(tmp_path: Path) -> None:
    path = tmp_path / "in" / "many.json"
    path.parent.mkdir()
    stories = {"Toll": TOLL, "Talks": TALKS, "Reprise": FRENCH}
    records = [json.loads(line(text, name, "courier")) for name, text in stories.items()]
    path.write_text(json.dumps(records), "utf-8")
    crawl([path], tmp_path / "out", Settings(keep_pages=True), engine=Local(1))
    kept = [row["page"] for row in rows(tmp_path / "out", "pages")]
    assert kept == [path.read_bytes(), None, None]
    with Ledger(tmp_path / "a.db") as book:
        assert book.add([tmp_path / "out"]).added == 2
        assert book.verify() == []
        captures = [book.article(one["id"]).captures for one in book.articles()]
    assert [len(one) for one in captures] == [1, 1]
    assert len({one[0]["sha256"] for one in captures}) == 1


def test_a_crawl_that_is_not_whole_is_told(inputs: list[Path], whole: Path, tmp_path: Path) -> None:
    manifest = json.loads((whole / "crawl.json").read_text())
    (whole / "readings" / f"{manifest['sources'][0]['id']}.parquet").unlink()
    with Ledger(tmp_path / "a.db") as book:
        done = book.add([whole])
    assert done.added == 4
    assert [e.reason for e in done.failed] == [
        "1 of 3 inputs are not read to the end: run sayso crawl again"
    ]


def test_batches_are_the_same_each_time(inputs: list[Path]) -> None:
    found = [one for one in sources.sources(inputs) if isinstance(one, sources.Source)]
    assert [one.kind for one in found] == ["lines", "lines", "files"]
    for source in found:
        assert list(sources.batches(source)) == list(sources.batches(source))
    assert shards.Folder("x").part("pages", "id", 7).name == "id.pages.000007.parquet"
