"""Training texts with sources inside sources."""

import numpy as np

from sayso.training import compose

TEXT = (
    "Mayor Ilka Torvan said that the old bridge would be closed. "
    "“Nobody will cross it this week,” she said."
)


def marked(source: str, cue: str, content: str) -> dict[str, list[list[int]]]:
    """An attribution by its words; each stands in the text but once, or is taken at the end."""
    places = (
        (role, TEXT.rindex(words), words)
        for role, words in (("source", source), ("cue", cue), ("content", content))
    )
    return {role: [[at, at + len(words)]] for role, at, words in places}


RECORD = {
    "text": TEXT,
    "attributions": [
        marked("Mayor Ilka Torvan", "said", "that the old bridge would be closed"),
        marked("she", "said", "“Nobody will cross it this week,”"),
    ],
}


def test_material_is_whole_clauses_and_quotations() -> None:
    sources, clauses, quotations = compose.material([RECORD])
    assert sources == ["Mayor Ilka Torvan"]
    assert clauses == ["the old bridge would be closed"]
    assert quotations == ["Nobody will cross it this week"]


def test_a_form_says_what_is_cue_source_and_content() -> None:
    given = {
        "R": compose.Clause("the Post"),
        "S": compose.Clause("two aides"),
        "P": compose.Clause("Torvan said no", (((7, 11), (0, 6), (12, 14)),)),
    }
    made = compose._fill("[s:Citing] {S}, {R} [r:reported] <rs that {P}>", given)
    assert made.text == "Citing two aides, the Post reported that Torvan said no"
    shown = [tuple(made.text[a:b] for a, b in item) for item in made.attributions]
    assert shown == [
        ("Citing", "two aides", "that Torvan said no"),
        ("reported", "the Post", "that Torvan said no"),
        ("said", "Torvan", "no"),
    ]


def test_every_form_can_be_filled_and_marks_words_that_stand_there() -> None:
    for record in compose.compose([RECORD], 300, np.random.default_rng(1)):
        for item in record["attributions"]:
            for role in ("cue", "source", "content"):
                ((start, end),) = item[role]
                words = record["text"][start:end]
                assert words
                assert words == words.strip(" ,")
            assert not set("{}[]<>") & set(record["text"])
