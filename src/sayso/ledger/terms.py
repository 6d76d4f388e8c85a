"""Words: their stems, and how much each tells.

How rare a word is, is read off its place in the vocabulary of the shipped tokenizer, whose whole
words stand in the order of their frequency (BERT's WordPiece vocabulary); what it lacks is rare.
"""

import json
import math
from functools import cache, lru_cache
from importlib.resources import files

import snowballstemmer

#: The place of the first whole word ("the"), below which stand letters and signs.
_FIRST = 1996


@cache
def _places() -> dict[str, int]:
    model = json.loads((files("sayso.model") / "weights" / "tokenizer.json").read_bytes())["model"]
    return {word: place for word, place in model["vocab"].items() if place >= _FIRST}


@cache
def _stemmer() -> "snowballstemmer.stemmer":
    return snowballstemmer.stemmer("english")


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """The stem of an English word in lower case (Snowball's English stemmer)."""
    return str(_stemmer().stemWord(word))


@lru_cache(maxsize=65536)
def weight(word: str) -> float:
    """How much a word (lower case, no accents) tells: near 0 for "the", 1 for a rare name."""
    if word.isdecimal():
        return 0.9
    place = _places().get(word)
    if place is None:
        return 1.0
    return math.log(place - _FIRST + 2) / math.log(30522 - _FIRST)
