"""Exports of press databases come apart into the articles that they were made of."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.pages.press_layouts import LAYOUTS, STORIES, Story, academic, uni_docx

from sayso.errors import InputError
from sayso.pages import read_bytes, read_inputs
from sayso.pages.documents.rtf import read_rtf
from sayso.pages.press.exports import Export, export_in_html, export_in_text, export_of
from sayso.records import Article

#: Layouts in which the hour is stated, and how.
HOURS = {"uni.docx": "T14:05+00:00", "uni.rtf": "T14:05+00:00", "academic.txt": ""}


def articles(name: str, data: bytes) -> list[Article]:
    made = []
    for found in read_bytes(name, data):
        assert not isinstance(found, InputError), found
        made.append(found[0])
    return made


@pytest.mark.parametrize(("name", "make"), LAYOUTS.items(), ids=LAYOUTS)
def test_every_article_with_its_outlet_date_and_headline(
    name: str, make: Callable[[Sequence[Story]], bytes]
) -> None:
    made = articles(name, make(STORIES))
    assert [one.input for one in made] == [f"{name}#{number}" for number in (1, 2, 3)]
    for story, one in zip(STORIES, made, strict=True):
        assert one.headline == story.headline
        assert one.publisher == story.outlet
        assert one.published == f"{story.day}{HOURS.get(name, 'T14:05')}"
        assert one.authors == (story.author,)
        assert one.section == story.section
        assert one.text == "\n\n".join([story.headline, *story.body])
        assert one.reference
        assert (one.reference.value, one.reference.from_) == (str(story.day), "metadata")


#: Paragraphs and headlines that begin, or stand, as labels and marks do.
TRAPS = (
    "“Nobody was killed,” she told the Gazette.",
    "Language: the ministers could not agree on the words.",
    "Notes: the governor denied it, and demanded that observers be let in.",
    "Update: the ministry said at night that the count was not final.",
    "The minister counted 300 words in the order.",
    "Copyright law was changed in 2029, the ministry of Tamor said.",
    "(c) the parties shall consult each other, the treaty says.",
    "Section: three of five were blacked out, the report says.",
    "By Monday all had left, Ana Quill said.",
    "On 28 April 2031 the treaty ends.",
    "Length: the wall is 300 metres long, the ministry said.",
    "End of Document was the name of the play, she said.",
    "Subject: to be told at noon, the letter said.",
    "Why?",
    "- Edvin Roos",
    "Tarnholm 40, Orlo 12",
    "What is known",
    "28 April 2031",
    "12 words",
    "Update",
    "Correction",
    "English",
)
HEADLINES = (
    "Dam closed",
    "Correction",
    "April 28 in pictures",
    "Talks To Begin In Orsk",
    "By train to Orlo",
    "Von Orlo bis Tarn",
    "Update: 40 dead",
    "Copyright row ends in Orlo",
    "Who said it?",
)
QUICK = {name: make for name, make in LAYOUTS.items() if not name.endswith(".docx")}


def taken_apart(name: str, data: bytes) -> Export | None:
    if name.endswith(".txt"):
        return export_in_text(data.decode())
    if name.endswith(".html"):
        return export_in_html(data.decode())
    return export_of(read_rtf(name, data))


@given(
    st.lists(
        st.tuples(st.sampled_from(HEADLINES), st.lists(st.sampled_from(TRAPS), max_size=6)),
        min_size=1,
        max_size=3,
    )
)
@settings(max_examples=40, deadline=None)
def test_no_paragraph_is_lost(made: list[tuple[str, list[str]]]) -> None:
    stories = [
        STORIES[at]._replace(headline=headline, body=(*body, STORIES[2].body[0]))
        for at, (headline, body) in enumerate(made)
    ]
    for name, make in QUICK.items():
        export = taken_apart(name, make(stories))
        assert export, name
        said = [(draft.headline, [text for _, text in draft.blocks]) for draft in export.drafts]
        assert said == [(one.headline, [one.headline, *one.body]) for one in stories], name


def test_an_export_of_one_article_keeps_its_name() -> None:
    (one,) = articles("one.docx", uni_docx(STORIES[:1]))
    assert one.input == "one.docx"
    assert one.headline == STORIES[0].headline


def test_what_the_cover_counts_and_the_file_lacks_is_told(tmp_path: Path) -> None:
    path = tmp_path / "export.txt"
    path.write_bytes(academic(STORIES).replace(b"Items: 1-3", b"Items: 1-5"))
    *made, missing = read_inputs([path])
    assert len(made) == 3
    assert isinstance(missing, InputError)
    assert (missing.input, missing.code) == (str(path), "incomplete")
    assert missing.reason == "says that it holds 5 articles, and holds 3"


def test_an_article_without_text_is_told_by_its_number() -> None:
    empty = STORIES[1]._replace(body=())
    first, second, third = read_bytes("a.docx", uni_docx([STORIES[0], empty, STORIES[2]]))
    assert isinstance(second, InputError)
    assert (second.input, second.reason) == ("a.docx#2", "no article text found")
    assert not isinstance(first, InputError)
    assert not isinstance(third, InputError)


@pytest.mark.parametrize(
    "text",
    [
        "Forty killed at the dam\n\n28 April 2031\n\nThe army said so.\n\nEnd of Document\n",
        "The minister said that page 1 of 3 documents was missing.\n\nLength: 500 words\n",
        "Subject: the dam\n\nDocument 1 of 3\n\nThe army of Tamor said so on Monday.\n",
    ],
)
def test_other_texts_are_no_exports(text: str) -> None:
    assert export_in_text(text) is None
    assert len(articles("a.txt", text.encode())) == 1


def test_samples_are_no_exports() -> None:
    for path in Path("samples").rglob("*.txt"):
        assert export_in_text(path.read_text("utf-8")) is None, path
