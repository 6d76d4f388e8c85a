"""The lexicon's files: each loads, and each fact in them is one that the code can read."""

from importlib import resources

import pytest

from sayso import lexicon
from sayso.errors import LexiconError
from sayso.reader.attribution import lexis
from sayso.reader.figures.bounds import interval

FILES = sorted(
    entry.name for entry in (resources.files("sayso.lexicon") / "data").iterdir() if entry.is_file()
)


@pytest.mark.parametrize("name", FILES)
def test_file_loads_and_holds_something(name: str) -> None:
    stem, _, suffix = name.rpartition(".")
    assert lexicon.toml(stem) if suffix == "toml" else lexicon.table(stem)


def test_a_missing_file_is_named() -> None:
    with pytest.raises(LexiconError, match=r"nowhere\.toml"):
        lexicon.toml("nowhere")


def test_every_cue_has_a_type_and_known_frames() -> None:
    for lemma, cue in lexis.verbs().items():
        assert set(cue.frames) <= set("cogiwqvkj"), lemma
    assert lexis.nouns()
    assert lexis.adjectives()
    assert lexis.adverbs()
    assert lexis.phrasal()


def test_bounds_follow_the_documented_rule() -> None:
    assert interval(4000, "at_least") == (4000, None)
    assert interval(15000, "nearly") == (None, 15000)
    assert interval(19.2, "about") == (None, None)
    assert interval(7, "exact") == (7, 7)
