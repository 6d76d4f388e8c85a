"""A reading that is carried over is what reading the copy would have given."""

from pathlib import Path

import msgspec
import pytest

import sayso
from sayso.api import readings_of
from sayso.crawl.carry import carried
from sayso.records import Article, Reading

SAMPLES = sorted(Path("samples").glob("*.txt"))


def read_one(article: Article) -> Reading:
    (found,) = readings_of([article])
    assert isinstance(found, Reading)
    return found


@pytest.mark.parametrize("path", SAMPLES, ids=[path.stem for path in SAMPLES])
def test_the_same_text_at_another_address(path: Path) -> None:
    first = sayso.read(path)
    changed = {"id": "a-0123456789abcdef", "url": "https://other.example/x", "input": "other"}
    copy = msgspec.structs.replace(first.article, **changed)
    assert carried(first, copy) == read_one(copy)
