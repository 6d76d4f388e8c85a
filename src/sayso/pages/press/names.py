"""Who wrote and who published an article, tidied from what a database says."""

import re
from functools import cache

from sayso.lexicon import table, toml
from sayso.pages.furniture import names_nobody, parted, people_in
from sayso.pages.press.marks import begins, names_language

_PLACE = re.compile(r"(.{2,80}?)\s?\(([^()]{2,40})\)")
#: "Roos, Edvin", "van der Berg, Jan": a family name before the given ones.
_TURNED = re.compile(
    r"((?:[^\W\d_]{2,4} ){0,2}[^\W\d_][^\W\d_'’-]+),\s?([^\W\d_][\w.'’-]*(?: [^\W\d_][\w.'’-]*)?)"
)


def authors_of(text: str) -> tuple[str, ...]:
    """The people that a byline names, as names are spoken; an agency where it names nobody."""
    after = text.partition(" ")[2]
    if begins(text, "byline") and after[:1].isupper():
        text = after
    pieces = [piece.strip() for piece in text.split(";")]
    turned = [_TURNED.fullmatch(piece) for piece in pieces]
    names = [
        f"{match[2]} {match[1]}" if match and _is_family(match[1]) else piece
        for match, piece in zip(turned, pieces, strict=True)
    ]
    found = people_in("; ".join(names), certain=True)
    people, _ = parted(found)
    if named := tuple(name for name in people if " " in name and not names_nobody(name)):
        return named
    agencies = toml("furniture")["bylines"]["collective"]
    return tuple(name for name in found if name.lower() in agencies and not names_nobody(name))


def _is_family(name: str) -> bool:
    """Whether all words of a name but the last are small ones, as those of a family name are."""
    return name.rpartition(" ")[0] == name.rpartition(" ")[0].lower()


def outlet_of(text: str) -> str:
    """The name of an outlet; a place in brackets stays, for it may tell it from others of the name.

    It goes where the name without it is that of a known outlet of the place's country: "The
    Guardian (London)" is the one that others write without it; so does the language of an edition
    of a known outlet ("Agence France Presse -- English").
    """
    name, dash, language = text.partition(" -- ")
    if dash and name.lower() in _outlets() and names_language(language):
        return name
    match = _PLACE.fullmatch(text)
    if not match:
        return text
    name, place = match[1], match[2]
    country = _countries().get(place.lower())
    return name if country and country == _outlets().get(name.lower()) else f"{name} ({place})"


def section_of(text: str) -> str | None:
    """The section that a line names, without page, column and edition."""
    pieces = [piece.strip() for piece in text.split(";") if piece.strip()]
    place = toml("press")["lines"]["place"]
    named = [
        one for one in pieces if re.split(r"[\s.:\d]", one.lower(), maxsplit=1)[0] not in place
    ]
    return next((one for one in (*named, *pieces) if any(map(str.isalpha, one))), None)


@cache
def _outlets() -> dict[str, str]:
    return {
        name.lower(): row["country"]
        for row in reversed(table("outlets"))
        for name in (row["name"], *row["aliases"].split(";"))
        if name and row["country"]
    }


@cache
def _countries() -> dict[str, str]:
    return {
        name.lower(): row["iso3"]
        for row in table("countries")
        for name in (row["name"], row["capital"], *row["aliases"].split(";"))
        if name
    }
