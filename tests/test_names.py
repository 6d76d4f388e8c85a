"""People's names, against the table in names.toml."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.names import Fit, fold, likeness, named_by, parse_name, same_person

TABLE = tomllib.loads(Path(__file__).with_name("names.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize(("one", "other"), TABLE["same"])
def test_one_person(one: str, other: str) -> None:
    assert same_person(parse_name(one), parse_name(other))
    assert same_person(parse_name(other), parse_name(one))


@pytest.mark.parametrize(("one", "other"), TABLE["different"])
def test_two_people(one: str, other: str) -> None:
    assert not same_person(parse_name(one), parse_name(other))
    assert not same_person(parse_name(other), parse_name(one))


@pytest.mark.parametrize(("one", "other"), TABLE["near"])
def test_one_vowel(one: str, other: str) -> None:
    assert same_person(parse_name(one), parse_name(other))
    assert not same_person(parse_name(one), parse_name(other), near=False)


@pytest.mark.parametrize(("name", "short", "fit"), TABLE["short"])
def test_short_name(name: str, short: str, fit: str) -> None:
    assert named_by(parse_name(name), parse_name(short)) is Fit[fit]


def test_parts() -> None:
    name = parse_name("Augusto Teixeira da Mota Jr.")
    assert (name.given, name.family, name.suffix) == (
        ("Augusto", "Teixeira"),
        ("da", "Mota"),
        "jr",
    )
    assert parse_name("Xu Wenbo").words == ("Xu", "Wenbo")


NAMES = st.text(alphabet="abdeikoyzAKMÉłı -.'", max_size=24)


@given(NAMES, NAMES)
def test_any_names(one: str, other: str) -> None:
    first, second = parse_name(one), parse_name(other)
    assert same_person(first, second) == same_person(second, first)
    assert likeness(one, other) is likeness(other, one)
    assert likeness(one, one) is Fit.SAME
    assert fold(fold(one)) == fold(one)
    named_by(first, second)
