"""The lexicon's files: each loads, and each fact in them is one that the code can read."""

from importlib import resources

import pycountry
import pytest

from sayso import lexicon
from sayso.errors import LexiconError
from sayso.names import fold
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


def test_every_known_name_leads_to_one_actor() -> None:
    held: dict[str, str] = {}
    columns = {
        "outlets": ("name", "aliases"),
        "organisations": ("name", "aliases"),
        "countries": ("name", "aliases", "demonyms", "capital"),
        "metonyms": ("words",),
    }
    for file, names in columns.items():
        for row in lexicon.table(file):
            actor = row.get("name") or f"{row['country']} {row['stands_for']}"
            for phrase in (p for name in names for p in row[name].split(";") if p):
                key = phrase if phrase.isupper() and len(phrase) <= 5 else fold(phrase)
                assert held.setdefault(key, actor) == actor, phrase


def test_every_country_code_is_of_iso_3166() -> None:
    known = {c.alpha_3 for c in (*pycountry.countries, *pycountry.historic_countries)} | {"XKX"}
    for file, column in (("countries", "iso3"), ("outlets", "country"), ("metonyms", "country")):
        for row in lexicon.table(file):
            assert row[column] in known | {""}, row
    codes = {row["country"] for row in lexicon.table("organisations")}
    assert codes <= known | {""}


def test_bounds_follow_the_documented_rule() -> None:
    assert interval(4000, "at_least") == (4000, None)
    assert interval(15000, "nearly") == (None, 15000)
    assert interval(19.2, "about") == (None, None)
    assert interval(7, "exact") == (7, 7)
