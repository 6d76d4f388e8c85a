"""Sentences, quotes and addresses with text fragments."""

import re
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.exports.passages import Passages
from sayso.pages.article import make_article
from sayso.records import BlockKind

SOME = "Some%20words%20stand%20here"
TEXT = [
    "Gen. Ilmar Koss, of the U.S. mission, spoke. “We lost 40.” Nobody else – not J. Brask – did.",
    "Ferries, trams & buses stop-start here. They lost 40 buses in 3.5 days!",
    "One more paragraph that is rather long, so that a statement which takes all of it has to be "
    "named by its first and last words, since a browser would otherwise be given an address of a "
    "length that nobody wants to see in a table, let alone paste.",
]


def passages(*paragraphs: str) -> Passages:
    blocks: list[tuple[BlockKind, str]] = [("paragraph", one) for one in paragraphs]
    return Passages(make_article("x", blocks, url="https://heron.example/dam?a=1#top"))


def sentence(words: str) -> str:
    held = passages(*TEXT)
    start = held.article.text.index(words)
    return held.sentence(start, start + len(words))


@pytest.mark.parametrize(
    ("words", "whole"),
    [
        ("spoke", "Gen. Ilmar Koss, of the U.S. mission, spoke."),
        ("lost 40.”", "“We lost 40.”"),
        ("not J", "Nobody else – not J. Brask – did."),
        ("Ferries", "Ferries, trams & buses stop-start here."),
        ("3.5", "They lost 40 buses in 3.5 days!"),
        ("spoke. “We", "Gen. Ilmar Koss, of the U.S. mission, spoke. “We lost 40.”"),
        (
            "did.\n\nFerries",
            "Nobody else – not J. Brask – did. Ferries, trams & buses stop-start here.",
        ),
    ],
)
def test_sentences(words: str, whole: str) -> None:
    assert sentence(words) == whole


def directive(words: str, nth: int = 0) -> str:
    held = passages(*TEXT)
    start = [m.start() for m in re.finditer(re.escape(words), held.article.text)][nth]
    address = held.address(start, start + len(words))
    assert address is not None
    page, _, found = address.partition(":~:text=")
    assert page == "https://heron.example/dam?a=1#top"
    return found


def test_signs_with_a_meaning_are_encoded() -> None:
    assert directive("Ferries, trams & buses stop-start here") == (
        "Ferries%2C%20trams%20%26%20buses%20stop%2Dstart%20here"
    )


def test_few_or_ambiguous_words_have_their_context() -> None:
    assert directive("40 buses") == (
        "%26%20buses%20stop%2Dstart%20here.%20They%20lost-,40%20buses,-in%203.5%20days%21"
    )
    first, second = directive("40"), directive("40", 1)
    assert ",40,-" in first
    assert first != second
    assert "lost-,40,-buses" in second


def test_a_long_stretch_is_named_by_its_ends() -> None:
    assert directive(TEXT[2]) == (
        "One%20more%20paragraph%20that%20is%20rather,in%20a%20table%2C%20let%20alone%20paste."
    )


def test_a_stretch_over_two_paragraphs_is_named_by_its_ends() -> None:
    start, end = directive("not J. Brask – did.\n\nFerries, trams").split(",")[0:2]
    assert unquote(start).startswith("not J.")
    assert unquote(end) == "Ferries, trams"


def test_cut_words_are_whole_in_an_address() -> None:
    assert ",Ferries,-" in "," + directive("erri").lstrip("-")


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("https://heron.example/dam", "https://heron.example/dam#:~:text=" + SOME),
        ("https://heron.example/#/dam", "https://heron.example/#/dam:~:text=" + SOME),
        ("https://heron.example/a#:~:text=x", "https://heron.example/a#:~:text=" + SOME),
        (
            "https://heron.example/ä <b>?q=ö%20",
            "https://heron.example/%C3%A4%20%3Cb%3E?q=%C3%B6%20#:~:text=" + SOME,
        ),
    ],
)
def test_a_page_keeps_its_own_fragment_and_becomes_an_address(url: str, address: str) -> None:
    article = make_article("x", [("paragraph", "Some words stand here.")], url=url)
    assert Passages(article).address(0, 21) == address


def test_no_address_without_a_page() -> None:
    article = make_article("x", [("paragraph", "Some words.")])
    assert Passages(article).address(0, 4) is None


@given(st.lists(st.text(min_size=1, max_size=40), min_size=1, max_size=4), st.data())
def test_any_text_gives_a_directive_of_its_own_words(texts: list[str], data: st.DataObject) -> None:
    held = passages(*texts)
    text = held.article.text
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    held.sentence(start, end)
    before, exact, after = held.quote(start, end)
    assert text[start - len(before) : end + len(after)] == before + exact + after
    address = held.address(start, end)
    assert address is not None
    found = address.partition(":~:text=")[2]
    assert re.fullmatch(r"[A-Za-z0-9%._~,-]*", found)
    folded = " ".join(text.encode("utf-8", "replace").decode().split())
    for part in found.split(","):
        assert unquote(part.strip("-")) in folded
