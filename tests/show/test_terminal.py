import io

import msgspec
import pytest
from rich.console import Console

from sayso.pages.article import make_article
from sayso.records import Reading, Source, Span, Statement
from sayso.show.terminal import console_for, print_reading

HEADINGS = [
    "THE PAGE STATES",
    "INFERRED",
    "WHO IT RESTS ON",
    "FIGURES, THE WEAKEST SOURCED FIRST",
    "TREATIES AND AGREEMENTS",
    "DENIED OR DECLINED",
    "CLAIMS IN READING ORDER",
    "EVENTS",
    "ACTORS",
]


def shown(reading: Reading) -> str:
    stream = io.StringIO()
    print_reading(console_for(stream), reading)
    return stream.getvalue()


def test_sections_come_in_the_order_in_which_people_ask(reading: Reading) -> None:
    text = shown(reading)
    places = [text.index(f"\n{heading}") for heading in HEADINGS]
    assert places == sorted(places)
    assert "the Daily Heron → The Ostland government  deny" in text
    assert "not stated: section, authors, published, reading time" in text
    assert "2024-05-02  (the page gives no date; inferred" in text


def test_empty_lists_are_said_to_be_empty(empty: Reading) -> None:
    text = shown(empty)
    assert all(heading in text for heading in HEADINGS)
    assert text.count("none found") == 5


def test_no_colour_and_no_trailing_space_where_it_is_no_terminal(reading: Reading) -> None:
    text = shown(reading)
    assert "\x1b" not in text
    assert not any(line.endswith(" ") for line in text.splitlines())


def test_colour_on_a_terminal_unless_no_color(
    reading: Reading, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("NO_COLOR", raising=False)
    coloured = Terminal()
    print_reading(console_for(coloured), reading)
    assert "\x1b[1;36mFIGURES" in coloured.getvalue()
    monkeypatch.setenv("NO_COLOR", "1")
    plain = Terminal()
    print_reading(console_for(plain), reading)
    assert "\x1b[1;36m" not in plain.getvalue()


def test_the_text_of_an_article_is_neither_obeyed_nor_taken_for_markup() -> None:
    evil = "[red]a[/red] \x1b]0;owned\x07 \x1b[2J \x9b31m \u202e"
    article = make_article(evil, [("paragraph", evil)], headline=evil, publisher=evil)
    span = Span(0, len(evil), evil)
    statement = Statement(
        id="s",
        sources=(Source(span=span, actor=None, kind="named"),),
        cue=span,
        type="say",
        negated=True,
        content=(span,),
        quotes=(span,),
        hedges=(span,),
        venue=span,
        addressee=span,
    )
    reading = Reading(article=article, statements=(statement,), warnings=(evil,))
    text = shown(msgspec.structs.replace(reading))
    assert not {"\x1b", "\x07", "\x9b", "\u202e"} & set(text)
    assert text.count("[red]a[/red]") > 8


def test_width_is_fixed_where_it_is_no_terminal(reading: Reading) -> None:
    assert console_for(io.StringIO()).width == 100
    assert isinstance(console_for(io.StringIO()), Console)
