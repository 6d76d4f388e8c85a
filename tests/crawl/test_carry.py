"""A reading that is carried over is what reading the copy would have given."""

from pathlib import Path

import msgspec
import pytest

import sayso
from sayso.api import readings_of
from sayso.crawl.carry import carried
from sayso.pages import Options, article_from_text
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


BODY = (
    "\n\nThe Defence Ministry of Velmora said on Monday that 40 soldiers had been killed at the"
    " Harn crossing. Edvin Roos denied it.\n\nThe treaty of Lunde, signed in 2012, binds both"
    " countries to defend each other, the ministry said."
)


def test_under_another_headline_what_the_first_one_says_stays_behind() -> None:
    made = [
        article_from_text(
            f"<html><body><article><h1>{headline}</h1>"
            + "".join(f"<p>{p}</p>" for p in BODY.strip().split("\n\n"))
            + "</article></body></html>",
            Options(as_="html", published="2031-03-05", url=f"https://{number}.example/"),
        )
        for number, headline in enumerate(
            ["Forty soldiers killed, Karsovian spies say", "Deaths at the crossing, long doubted"]
        )
    ]
    first, copy = (read_one(article) for article in made)
    moved = carried(first, copy.article)
    assert any(one.cue and one.cue.start < 50 for one in first.statements)
    for kind in ("statements", "figures", "dates", "events", "agreements"):
        found = {one.id for one in getattr(moved, kind)}
        assert found == {one.id for one in getattr(copy, kind)}, kind
    for actor in moved.actors:
        for mention in actor.mentions:
            assert mention.text == copy.article.text[mention.start : mention.end]
