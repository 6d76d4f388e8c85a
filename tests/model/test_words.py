"""Words, pieces and windows: what the model sees."""

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from sayso.model.words import SHAPES, paragraphs, shape, windows

BEGIN, PART = 101, 102


def letters(texts: Sequence[Sequence[str]]) -> list[list[list[int]]]:
    """A tokenizer for tests: a piece for each three characters, none for control characters."""
    return [
        [[1000 + len(word)] * -(-len(word) // 3) if word.isprintable() else [] for word in words]
        for words in texts
    ]


def test_words_keep_their_place_and_their_apostrophes() -> None:
    text = "Don’t “go”, he said."
    (made,) = paragraphs(text, [(0, len(text))], letters)
    assert made.texts == ("Don’t", "“", "go", "”", ",", "he", "said", ".")
    assert [text[a:b] for a, b in made.spans] == list(made.texts)
    assert made.quoted == (0, 1, 1, 1, 0, 0, 0, 0)


def test_shapes_tell_cases_apart() -> None:
    words = (",", "said", "Torvan", "NATO", "2031", "McKay")
    assert [SHAPES[shape(word)] for word in words] == list(SHAPES)


def test_a_straight_mark_opens_and_closes() -> None:
    text = '"We stay," she said. "All."'
    (made,) = paragraphs(text, [(0, len(text))], letters)
    assert [w for w, q in zip(made.texts, made.quoted, strict=True) if not q] == [
        "she",
        "said",
        ".",
    ]


def test_windows_hold_whole_paragraphs_where_they_fit() -> None:
    text = "one two. three four.\n\nfive six."
    made = paragraphs(text, [(0, 20), (22, 31)], letters)
    (together,) = windows(made, 40, BEGIN, PART)
    assert together.paragraph == (0, 0, 0, 0, 0, 0, 1, 1, 1)
    assert together.ids.count(PART) == 2
    first, second = windows(made, 12, BEGIN, PART)
    assert first.texts[0] == "one"
    assert second.texts == ("five", "six", ".")


def test_a_long_paragraph_is_cut_behind_a_sentence() -> None:
    text = "aa bb. cc dd ee. ff gg hh ii."
    made = paragraphs(text, [(0, len(text))], letters)
    cut = [w.texts for w in windows(made, 8, BEGIN, PART)]
    assert cut == [("aa", "bb", ".", "cc", "dd", "ee", "."), ("ff", "gg", "hh", "ii", ".")]


@given(st.text(max_size=300), st.integers(min_value=3, max_value=50))
def test_every_word_stands_in_one_window_and_none_is_too_large(text: str, limit: int) -> None:
    made = paragraphs(text, [(0, len(text))], letters)
    found = list(windows(made, limit, BEGIN, PART))
    assert [s for w in found for s in w.spans] == list(made[0].spans)
    longest = max((len(p) for p in made[0].pieces), default=0)
    assert all(len(w.ids) <= max(limit, longest) + 2 for w in found)
    for window in found:
        assert len(window.ids) == len(window.shapes) == len(window.quoted)
        assert all(window.ids[at] not in (BEGIN, PART) for at in window.first)
