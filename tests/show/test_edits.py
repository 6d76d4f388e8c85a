"""What changed between two versions of a text."""

import pytest

from sayso.show import edits
from sayso.show.edits import Comparison, Paragraph

#: Two texts, and what is told: ``=n`` for n paragraphs that did not change, else the words of one,
#: those that went in square brackets and those that came in braces.
CASES = [
    ("a b c", "a b c", ["=1"]),
    ("The dam holds.", "The dam may fail.", ["The dam [holds]{may fail}."]),
    ("one two three\n\nfour", "one two three\n\nfour\n\nfive", ["=2", "{five}"]),
    ("Brask spoke.\n\nfour", "four", ["[Brask spoke.]", "=1"]),
    ("a\n\nwe are safe", "a\n\nnew\n\nwe were safe", ["=1", "{new}", "we [are ]{were }safe"]),
    ("all is said", "nothing stays here", ["[all is said]", "{nothing stays here}"]),
    ("🌊🌊 holds, café", "🌊 holds, cafe\u0301", ["[🌊🌊 ]{🌊 }holds, [café]{cafe\u0301}"]),
    ("", "words", ["{words}"]),
]  # fmt: skip


def told(paragraph: Paragraph) -> str:
    if paragraph.unchanged:
        return f"={paragraph.unchanged}"
    around = {"same": "{}", "gone": "[{}]", "come": "{{{}}}"}
    return "".join(around[fate].format(text) for fate, text in paragraph.pieces)


@pytest.mark.parametrize(("before", "after", "expected"), CASES)
def test_what_changed(before: str, after: str, expected: list[str]) -> None:
    paragraphs = list(Comparison().paragraphs(before, after))
    assert [told(one) for one in paragraphs] == expected


@pytest.mark.parametrize(("before", "after", "expected"), CASES)
def test_both_texts_are_in_what_is_told(before: str, after: str, expected: list[str]) -> None:
    pieces = Comparison().words(before, after)
    assert "".join(text for fate, text in pieces if fate != "come") == before
    assert "".join(text for fate, text in pieces if fate != "gone") == after


def test_what_would_take_too_long_is_told_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(edits, "PAIRS", 10_000)
    before, after = "a " * 50_000 + "\n\na" * 5_000, "a " * 49_999 + "\n\na" * 5_001
    pieces = [p for one in Comparison().paragraphs(before, after) for p in one.pieces]
    assert {piece.fate for piece in pieces} == {"gone", "come"}
