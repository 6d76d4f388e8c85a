"""Figures of single sentences, against the table in figures.toml, and their invariants."""

import os
import tomllib
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.lexicon import toml
from sayso.pages.article import make_article
from sayso.reader import reading_of
from sayso.reader.figures.bounds import interval
from sayso.reader.figures.numeral import words
from sayso.reader.figures.quantities import find_quantities
from sayso.reader.pipeline import analyse
from sayso.records import Bound, Figure, Reading, Reference

CASES: list[dict[str, Any]] = tomllib.loads(
    Path(__file__).with_name("figures.toml").read_text(encoding="utf-8")
)["case"]
BOUNDS: list[Bound] = [
    "exact",
    "about",
    "nearly",
    "at_least",
    "more_than",
    "at_most",
    "less_than",
]


def reading(text: str) -> Reading:
    article = make_article(
        "test",
        [("paragraph", paragraph) for paragraph in text.split("\n\n")],
        published="2024-05-03",
        reference=Reference(value="2024-05-03", from_="given"),
    )
    return reading_of(next(analyse([article])))


def figures_of(text: str) -> tuple[Figure, ...]:
    return reading(text).figures


@pytest.mark.parametrize("case", CASES, ids=[case["text"][:60] for case in CASES])
def test_sentence(case: dict[str, Any]) -> None:
    found = figures_of(case["text"])
    rows = [
        {
            key: getattr(figure, key).text if key in ("span", "counted") else getattr(figure, key)
            for key in expected
        }
        for figure, expected in zip(found, case["figures"], strict=False)
    ]
    assert rows == case["figures"]
    assert len(found) == len(case["figures"])


@pytest.mark.parametrize(
    ("text", "owners"),
    [
        # The words of the counted noun, one after the other.
        ("Clashes killed 19 Georgian and 26 Armenian soldiers.", [["Georgia"], ["Armenia"]]),
        ("Thailand lost two of its pilots.", [["Thailand"]]),
        ("Kenya, whose 400 men patrol the port, sent 20 trucks.", [["Kenya"], ["Kenya"]]),
        ("\u201cOur army lost 12 men,\u201d Chad's defence minister said.", [["Chad"]]),
        # A compound with a hyphen is no owner.
        ("The Swedish-made guns killed 40 Malian soldiers.", [["Mali"]]),
        # Who does it is no owner of those to whom it is done; who says so is none of the enemy's.
        ("Colombian troops killed nine rebels.", [[]]),
        ("Turkey said that 130 militants had been killed.", [[]]),
        # Who suffers, holds, gives, and upon whom a cost falls.
        ("Uganda has suffered 54 deaths, 20 of them officers.", [["Uganda"], ["Uganda"]]),
        ("Russia holds about a fifth of Ukraine.", [["Russia"]]),
        ("About 20 per cent of Georgia is under Russian occupation.", [["Russia"]]),
        ("The war has cost Ethiopia $2 billion.", [["Ethiopia"]]),
        # Both sides.
        ("Mali and Niger contributed 2,000 soldiers each.", [["Mali", "Niger"]]),
        ("Some 90 soldiers fell in clashes between Chad and Sudan.", [["Chad", "Sudan"]]),
        (
            "The war killed 44 and displaced 900 people on both sides, Mali and Niger said.",
            [["Mali", "Niger"], ["Mali", "Niger"]],
        ),
        (
            "Mali reported six new deaths, raising the toll on both sides of a war with Chad to 9.",
            [["Mali"], ["Mali", "Chad"]],
        ),
        # Each side's number makes the sum that no owner is said of.
        (
            "The flood killed 22: nine in Mali and 13 in Niger.",
            [["Mali", "Niger"], ["Mali"], ["Niger"]],
        ),
        # Where people die or flee; soldiers and rebels may be abroad.
        ("In Mali, six deaths were confirmed, Niger said.", [["Mali"]]),
        ("Some 900 people were evacuated from Mali's border towns.", [["Mali"]]),
        ("Niger said that 14 soldiers were killed in Mali.", [["Niger"]]),
        ("Nine rebels were killed in Mali.", [[]]),
        # A ministry is not the foe's, though the text names no other country.
        ("The army has lost 12 men in its war with Mali.", [[]]),
        ("The army has lost 12 men, Mali said.", [["Mali"]]),
        # A clause without its verb, and the side on which somebody stands.
        ("Zambia lost 14 soldiers and Malawi nine.", [["Zambia"], ["Malawi"]]),
        ("The fire killed five on the Omani side.", [["Oman"]]),
        # A body of a state is its country, a weapon's name is nobody.
        ("The Pentagon sent 60 Bradley vehicles to Kyiv.", [["United States"]]),
        # Of two sides the other's are shot down.
        ("Peru shot down 12 drones on the border with Chile.", [["Chile"]]),
        # The noun that a figure is the size of.
        ("Estonia's defence budget rose to 2 billion euros.", [["Estonia"]]),
    ],
)
def test_whose(text: str, owners: list[list[str]]) -> None:
    found = reading(text)
    names = {actor.id: actor.name for actor in found.actors}
    assert [[names[i] for i in figure.of_actors] for figure in found.figures] == owners


def test_the_same_troops_of_one_account() -> None:
    found = reading(
        "A government report says that Armenia was attacked from the east.\n\n"
        "222 troops of Armenia were killed. 20 troops were captured."
    )
    owners = [figure.of_actors for figure in found.figures]
    assert owners[0] == owners[1] != ()


def test_since_an_event_that_the_article_dates() -> None:
    found = reading(
        "Fighting erupted on the border on 29 April. Some 40 people have died since the clashes"
        " began, officials said. Since the harvest 12 more have died."
    )
    since = [figure.since.value if figure.since else None for figure in found.figures]
    assert since == ["2024-04-29", None]


def test_two_sides_own_numbers_are_parts_of_the_sum() -> None:
    found = reading(
        "At least 176 soldiers from both countries have died, the ministries of Kenya and Uganda"
        " said.\n\nWhile Kenya reports 71 dead soldiers, Uganda declares 105."
    )
    whole, *parts = found.figures
    assert [part.part_of for part in parts] == [whole.id, whole.id]


def test_some_of_so_many_are_a_part() -> None:
    part, whole, other = figures_of("They saw 63 of the 92 drones, and six of a crew were hurt.")[
        :3
    ]
    assert (part.part_of, whole.part_of, other.part_of) == (whole.id, None, None)


def test_parts_told_in_commas_belong_to_the_number_before_them() -> None:
    found = figures_of(
        "The toll rose to 22, with nine in Mali, including four farmers, and 13 in Niger, with six"
        " nurses."
    )
    whole, mali, farmers, niger, nurses = found
    assert [f.part_of for f in (mali, farmers, niger, nurses)] == [
        whole.id,
        mali.id,
        whole.id,
        niger.id,
    ]


def test_a_headline_s_total_is_whose_the_text_says() -> None:
    article = make_article(
        "test",
        [
            ("headline", "Kenya counts 12 more deaths in clashes with Uganda, raising toll to 32"),
            ("paragraph", "Kenya reported 12 new deaths, bringing the toll on both sides to 32."),
            ("paragraph", "Its spokesman said that seven more women and five men have died."),
        ],
        published="2024-05-03",
        reference=Reference(value="2024-05-03", from_="given"),
    )
    found = reading_of(next(analyse([article])))
    names = {actor.id: actor.name for actor in found.actors}
    owners = [[names[i] for i in figure.of_actors] for figure in found.figures]
    assert owners[0] == owners[2] == ["Kenya"]
    assert owners[1] == owners[3] == ["Kenya", "Uganda"]
    # The women and men are those of the new deaths.
    assert owners[4] == owners[5] == ["Kenya"]
    assert {figure.part_of for figure in found.figures[4:]} == {found.figures[2].id}


def test_whence_things_are_is_nothing_that_befell_them() -> None:
    (found,) = figures_of("The army said that 12 Norrek-made mines were found near the road.")
    assert (found.unit_kind, found.kind) == ("weapons", None)


@given(st.floats(0, 1e13), st.sampled_from(BOUNDS))
def test_a_bound_keeps_its_value_inside(value: float, bound: Bound) -> None:
    low, high = interval(value, bound)
    assert low is None or low <= value
    assert high is None or value <= high


@given(
    st.lists(
        st.sampled_from(
            ["at", "least", "two", "40", "1.5", "million", "-", "–", "between", "and", "hundred",
             "dozens", "of", "soldiers", "killed", "%", "$", "3/4", "a", "third", "or", "more", ","]
        ),
        max_size=12,
    )
)  # fmt: skip
def test_any_words_give_ordered_ends_and_true_spans(words: list[str]) -> None:
    text = " ".join(words) or "x"
    for figure in figures_of(text):
        assert figure.span.text == text[figure.span.start : figure.span.end]
        ends = [end for end in (figure.low, figure.value, figure.high) if end is not None]
        assert ends == sorted(ends)


PIECES = st.one_of(
    st.sampled_from(sorted(words().triggers)),
    st.sampled_from(
        [p for bound in toml("approximators")["before"].values() for p in bound]
        + [p for bound in toml("approximators")["after"].values() for p in bound]
    ),
    st.sampled_from(
        ["0", "7", "40", "1,000", "1.5", "3/4", "10-12", "1,2,3", "9" * 30, "-5", "½", "2nd", "5am"]
    ),
    st.sampled_from(["-", "–", "to", "and", "or", "between", "from", "of", "%", "$", "€", "US$"]),
    st.sampled_from(
        ["bn", "km", "sq km", "per cent", "years", "soldiers", ",", ".", "(", ")", "x"]
    ),
)
SOUP = st.builds(
    lambda parts, glue: glue.join(parts), st.lists(PIECES, max_size=16), st.sampled_from([" ", ""])
)


@settings(max_examples=int(os.environ.get("SAYSO_EXAMPLES", "300")), deadline=None)
@given(st.one_of(SOUP, st.text()))
def test_any_text_gives_ordered_quantities_with_ordered_ends(text: str) -> None:
    found = find_quantities(text)
    for one in found:
        assert 0 <= one.start <= one.number[0] < one.number[1] <= one.end <= len(text)
        if one.value is None:
            ends = [float(end) for end in (one.low, one.high) if end is not None]
        else:
            low, high = interval(float(one.value), one.bound)
            ends = [end for end in (low, float(one.value), high) if end is not None]
        assert ends == sorted(ends)
    assert all(a.end <= b.start for a, b in pairwise(found))
