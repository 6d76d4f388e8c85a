"""Feeds files: what they say, and what is wrong in them."""

from pathlib import Path
from typing import Any

import pytest

from sayso.errors import FeedsError
from sayso.follow.settings import fits, load, seconds

FEED = '[[feed]]\nurl = "https://gazette.example/rss"\n'
WRONG = {
    "feeds = 1": "unknown key 'feeds': the keys are delay",
    "[feed]\nurl = 'https://a.example/'": "write [[feed]], with two brackets",
    "": "names nothing to follow",
    "[[feed]]": "feed 1: give its url",
    FEED + "newst = 3": "feed 1 (https://gazette.example/rss): unknown key 'newst'",
    FEED + "newest = 0": "newest: give a number from 1 on",
    FEED + "newest = 'all'": "Expected int | null, got str",
    FEED + "include = ['world']": "pattern 'world': begin it with /",
    FEED + f"exclude = ['/{'*a' * 40}']": "is longer than 500 characters and 10 stars",
    FEED + FEED: "feed 2 (https://gazette.example/rss): is there twice",
    "[[feed]]\nurl = 'gazette.example/rss'": "is no address: begin it with http",
    "[[feed]]\nurl = 'https://a:b@gazette.example/'": "user name or password: take them out",
    "[[feed]]\nfile = 'urls.txt'": "unknown key 'file'",
    "[[list]]": "list 1: give url, file or urls, one of them",
    "[[list]]\nurls = ['x']": "'x' is no address",
    "delay = -1\n" + FEED: "delay: give seconds from 0",
    "delay = 'x'\n" + FEED: "delay: give seconds from 0",
    "revisit = '1 week'\n" + FEED: 'revisit: give a time such as 90s, 15m, 2h or 1d, or "never"',
    'contact = "x\\ny"\n' + FEED: "contact: give a mail or web address",
    "delay = ": "is no TOML in UTF-8",
}


@pytest.mark.parametrize(("toml", "reason"), WRONG.items(), ids=range(len(WRONG)))
def test_what_is_wrong_is_told(tmp_path: Path, toml: str, reason: str) -> None:
    path = tmp_path / "feeds.toml"
    path.write_text(toml)
    with pytest.raises(FeedsError) as told:
        load(path)
    assert str(told.value).startswith(f"{path}: ")
    assert reason in str(told.value)


def test_the_sample_can_be_read() -> None:
    settings = load(Path(__file__).parents[2] / "samples" / "feeds.toml")
    assert {entry.kind for entry in settings.entries} == {"feed", "sitemap", "list"}


@pytest.mark.parametrize(
    ("pattern", "address", "does"),
    [
        ("/world/", "https://a.example/world/x", True),
        ("/world/", "https://a.example/sport/world/x", False),
        ("/*/world/", "https://a.example/en/world/x", True),
        ("/world$", "https://a.example/world", True),
        ("/world$", "https://a.example/world/", False),
        ("/*.html$", "https://a.example/x.html", True),
        ("/*.html$", "https://a.example/x.html?y", False),
        ("/*id=", "https://a.example/x?id=2", True),
        ("/ab*b$", "https://a.example/ab", False),
        ("/", "https://a.example", True),
        ("https://a.example/w", "https://a.example/world", True),
        ("*://a.example/", "http://a.example/world", True),
        ("/" + "*a" * 10 + "b", "https://a.example/" + "a" * 1900, False),
    ],
)
def test_patterns(pattern: str, address: str, does: bool) -> None:
    assert fits(pattern, address) is does


@pytest.mark.parametrize(
    ("text", "value"), [("90s", 90), ("15m", 900), ("2h", 7200), ("1d", 86400)]
)
def test_times(text: str, value: float) -> None:
    assert seconds(text) == value


@pytest.mark.parametrize("text", ["", "m", "0m", "-1m", "1.5h", "15", "²m", 15, None])
def test_no_times(text: Any) -> None:
    with pytest.raises(ValueError, match="give a time"):
        seconds(text)
