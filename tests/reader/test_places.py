"""Which of several places of one name is meant."""

import pytest

from sayso.reader.places import Surroundings, containers_of, country_of, locate
from sayso.reader.surroundings import named_after


@pytest.mark.parametrize(
    ("text", "name", "near", "country", "lat"),
    [
        ("in Tripoli, Lebanon, on Monday", "Tripoli", (), "LBN", 34),
        ("in Tripoli on Monday", "Tripoli", (), "LBY", 33),
        ("in Tripoli on Monday", "Tripoli", ("LBN",), "LBN", 34),
        ("in Birmingham, Alabama", "Birmingham", (), "USA", 34),
        ("in Birmingham", "Birmingham", (), "GBR", 52),
        ("in Athens, Ohio", "Athens", (), "USA", 39),
        ("in Athens, Georgia", "Athens", (), "USA", 34),
        ("in Barcelona, in Venezuela's Anzoátegui state", "Barcelona", (), "VEN", 10),
        ("in Geneva", "Geneva", ("USA", "RUS"), "CHE", 46),
        ("in Guadalajara", "Guadalajara", ("MEX",), "MEX", 21),
        ("in London, Ontario", "London", (), "CAN", 43),
        ("in Kursk region", "Kursk region", ("RUS",), "RUS", 52),
        ("in Punjab", "Punjab", ("PAK",), "PAK", 31),
        ("in Helmand province", "Helmand province", (), "AFG", 31),
        # What stands behind a name may be of another sentence: it counts only where it fits.
        ("in Kharkiv, Alabama", "Kharkiv", (), "UKR", 50),
    ],
)
def test_a_place_is_chosen(
    text: str, name: str, near: tuple[str, ...], country: str, lat: float
) -> None:
    end = text.index(name) + len(name)
    place = locate(name, Surroundings(named_after(text, end), near))
    assert place is not None
    assert place.lat is not None
    assert (place.country, round(place.lat)) == (country, lat)


def test_a_province_without_a_point_has_its_country() -> None:
    place = locate("Tarija Department", Surroundings(near=("BOL",)))
    assert place is not None
    assert place.country == "BOL"


@pytest.mark.parametrize("text", ["", ", ", " in the", ", in 2024", ",\n\nLebanon", "x" * 5000])
def test_nothing_is_read_out_of_other_words(text: str) -> None:
    assert named_after(text, 0) == ()


def test_a_name_may_be_a_country_and_a_state() -> None:
    assert {code for code, _ in containers_of("Georgia")} >= {"GEO", "USA"}
    assert country_of("Georgia") == "GEO"
    assert locate("no such place at all") is None
