"""The sample articles: the page reader on each, and the accuracy of reading held to floors."""

import hashlib
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from sayso.api import read_many
from sayso.evaluation import Report, evaluate, load_gold
from sayso.records import Reading

TESTS = Path(__file__).parent
SAMPLES = TESTS.parent / "samples"
GOLD = sorted((SAMPLES / "gold").glob("*.json"))
#: What is read; the list of feeds is not.
READ = (".txt", ".html", ".json", ".jsonl", ".csv")
ARTICLES = tomllib.loads((TESTS / "samples" / "articles.toml").read_text(encoding="utf-8"))
FLOORS = tomllib.loads((TESTS / "floors.toml").read_text(encoding="utf-8"))


def digest() -> str:
    """SHA-256 over names and bytes of the samples, their gold and the actors, in order of path."""
    found = hashlib.sha256()
    for path in sorted([*(p for p in SAMPLES.glob("[!.]*") if p.suffix in READ), *GOLD]):
        found.update(path.relative_to(SAMPLES).as_posix().encode() + b"\0" + path.read_bytes())
    return found.hexdigest()


@cache
def readings() -> dict[str, Reading]:
    """The readings of all samples by file name."""
    paths = sorted(p for p in SAMPLES.iterdir() if p.suffix in (".txt", ".html", ".json", ".jsonl"))
    found: dict[str, Reading] = {}
    for item in read_many(paths, actors=SAMPLES / "actors.csv"):
        assert isinstance(item, Reading), item
        found[Path(item.article.input).name] = item
    return found


@cache
def report() -> Report:
    return evaluate(GOLD, readings=list(readings().values()))


def table() -> str:
    """The measured scores, as floors.toml wants them."""
    rows = (row for row in report().rows() if row.score is not None)
    lines = [f'"{row.metric}" = {row.score:.3f}' for row in rows]
    return "\n".join([f'data = "{digest()}"', "[floors]", *lines])


def test_every_sample_is_listed() -> None:
    assert sorted(readings()) == sorted(ARTICLES)


@pytest.mark.parametrize("name", ARTICLES)
def test_page(name: str) -> None:
    article, wanted = readings()[name].article, ARTICLES[name]
    fields: dict[str, Any] = {
        key: value for key, value in wanted.items() if key not in ("begins", "ends", "lacks")
    }
    assert {key: getattr(article, key) for key in fields} == fields
    assert article.text.startswith(wanted.get("begins", ""))
    assert article.text.endswith(wanted.get("ends", ""))
    assert [words for words in wanted.get("lacks", ()) if words in article.text] == []


@pytest.mark.parametrize("name", ARTICLES)
def test_a_reading_holds_claims(name: str) -> None:
    assert len(readings()[name].statements) >= 5


def test_floors_hold_for_these_samples() -> None:
    assert FLOORS["data"] == digest(), f"the samples changed; measured now:\n{table()}"


@pytest.mark.parametrize("metric", FLOORS["floors"])
def test_floor(metric: str) -> None:
    measured = report().pooled.score(metric)
    problems = "\n".join(
        line
        for lines in (report().pooled.missed, report().pooled.spurious, report().pooled.wrong)
        for line in lines
        if f" {metric.split('.')[0]}" in line
    )
    assert measured is not None
    assert measured >= FLOORS["floors"][metric], f"{metric} is {measured:.3f}:\n{problems}"


@pytest.mark.parametrize("path", GOLD, ids=lambda path: path.stem)
def test_gold_stands_in_its_article(path: Path) -> None:
    file = next(f for f in report().files if Path(f.gold) == path)
    assert [line for line in file.scores.wrong if line.startswith("gold:")] == []


def test_four_samples_or_more_have_gold() -> None:
    assert len(GOLD) >= 4
    assert sum(len(load_gold(path).statements or ()) for path in GOLD) > 100
