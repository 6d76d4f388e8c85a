"""Scores places of events on marked sentences: TOML tables of texts with where their events are.

    [[case]]
    text = "Gunmen attacked a police post in Tripoli, Lebanon, on Monday."
    places = [{ place = "Tripoli", country = "LBN", at = [34.44, 35.85] }]

``at`` is latitude and longitude in degrees; the place that is read is right where it lies no
farther off than ``within`` kilometres (30 where it is not given). Where ``at`` is left out the
point is not compared.
"""

import math
import tomllib
from pathlib import Path
from typing import Any

from sayso.errors import GoldError
from sayso.evaluation.tallies import Scores
from sayso.records import Place, Reading

#: How far a town may lie from its mark, in kilometres.
NEAR = 30.0
_EARTH = 6371.0


def load_places(path: Path) -> list[dict[str, Any]]:
    """The cases of a file.

    Raises:
        GoldError: the file is missing, is no such table, or marks words that its text lacks.
    """
    try:
        cases: list[dict[str, Any]] = tomllib.loads(path.read_text(encoding="utf-8"))["case"]
        for number, case in enumerate(cases, 1):
            for place in case["places"]:
                if place["place"] not in case["text"]:
                    raise GoldError(f"{path}: case {number}: {place['place']!r} is not in the text")
    except (OSError, ValueError, KeyError) as error:
        raise GoldError(f"{path}: {error!r}") from error
    return cases


def score_places(path: Path) -> Scores:
    """Scores the reader on a file of marked sentences.

    Returns:
        ``place`` (marked ones at which an event was read), ``country`` of the event's place, or
        where no event was read there of the place as an actor, and ``point`` of the event's.

    Raises:
        GoldError: see ``load_places``.
        ModelError: a model is missing or is not the pinned one.
    """
    from sayso.evaluation.marked import read_texts

    cases = load_places(path)
    scores = Scores()
    for case, reading in zip(cases, read_texts(c["text"] for c in cases), strict=True):
        faults = []
        for wanted in case["places"]:
            got = _place(reading, wanted["place"])
            scores.add("place", got is not None, 1, 1)
            country = got.country if got is not None else _country(reading, wanted["place"])
            scores.add("country", country == wanted["country"], 1, 1)
            right = "at" not in wanted or got is None or _near(got, wanted)
            if "at" in wanted and got is not None:
                scores.add("point", right, 1, 1)
            if country != wanted["country"] or not right:
                point = f"{got.lat} {got.lon}" if got is not None else "no event there"
                shown = f"{country}, {point}"
                faults.append(f"{wanted['place']!r}: {shown}, marked {wanted['country']}")
        if faults:
            scores.faults.append("\n    ".join([case["text"], *faults]))
    return scores


def _place(reading: Reading, words: str) -> Place | None:
    """The place of an event that these words name, the most alike first."""
    found = [
        e.place
        for e in reading.events
        if e.place is not None
        and e.place.span is not None
        and (words in e.place.span.text or e.place.span.text in words)
    ]
    return found[0] if found else None


def _country(reading: Reading, words: str) -> str | None:
    """The country of the place that these words name, read as an actor."""
    kinds = ("place", "country")
    return next((a.country for a in reading.actors if a.kind in kinds and a.name in words), None)


def _near(got: Place, wanted: dict[str, Any]) -> bool:
    if got.lat is None or got.lon is None:
        return False
    lat, lon = wanted["at"]
    return kilometres(got.lat, got.lon, lat, lon) <= float(wanted.get("within", NEAR))


def kilometres(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """The distance between two points in degrees, by the haversine formula."""
    a, b = math.radians(lat), math.radians(other_lat)
    half = math.sin((b - a) / 2) ** 2
    half += math.cos(a) * math.cos(b) * math.sin(math.radians(other_lon - lon) / 2) ** 2
    return 2 * _EARTH * math.asin(math.sqrt(half))
