"""What a sentence is about: its content words, so that two sentences about one thing share them."""

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from itertools import combinations
from zlib import crc32

from sayso import lexicon
from sayso.ledger import counted

#: Content words of a sentence that are kept, the first ones.
MOST = 24
_DOUBLE = re.compile(r"([b-df-hjkmnp-rtvwxz])\1$")


@cache
def stem(word: str) -> str:
    """A word without its ending, in small letters; nouns of one class are one ("@soldiers")."""
    noun = counted.singular(word.removesuffix("'s"))
    named = counted.known_class(noun)
    if named is not None and named != "people":
        return f"@{named}"
    for ending in lexicon.toml("denials")["stems"]["endings"]:
        if noun.endswith(ending) and len(noun) - len(ending) >= 4:
            noun = noun.removesuffix(ending)
            break
    return _DOUBLE.sub(r"\1", noun).rstrip("eyi") or noun


@cache
def _small() -> frozenset[str]:
    return frozenset(lexicon.toml("denials")["stems"]["small"])


@cache
def countries() -> dict[str, str]:
    """Countries by words for them and their people, in small letters."""
    found: dict[str, str] = {}
    for row in lexicon.table("countries"):
        names = [row["name"], *row["aliases"].split(";"), *row["demonyms"].split(";")]
        found.update((" ".join(counted.words_of(name)), row["iso3"]) for name in names if name)
    return found


@cache
def _firsts() -> frozenset[str]:
    """The words with which names of countries begin."""
    return frozenset(words.split()[0] for words in countries() if words)


@lru_cache(maxsize=20_000)
def stems(text: str) -> tuple[str, ...]:
    """The content words of a text as stems, each once, in order; countries as "=" and code."""
    words = counted.words_of(text)
    known, firsts = countries(), _firsts()
    found: dict[str, None] = {}
    at = 0
    while at < len(words) and len(found) < MOST:
        length = 0
        if words[at] in firsts:
            length = next((n for n in (3, 2, 1) if " ".join(words[at : at + n]) in known), 0)
        if length:
            found["=" + known[" ".join(words[at : at + length])]] = None
        elif words[at] not in _small() and (len(words[at]) > 2 or words[at].isdecimal()):
            found[stem(words[at])] = None
        at += length or 1
    return tuple(found)


@cache
def actions() -> frozenset[str]:
    """Stems of the words that name events, or what happens to what figures count."""
    words = [
        word
        for row in lexicon.toml("events")["trigger"]
        for word in [*row.get("verbs", ()), *row.get("nouns", ())]
    ]
    for row in lexicon.toml("figure_kinds").values():
        words += [*row.get("object", ()), *row.get("subject", ())]
    return frozenset(
        stem(word)
        for word in words
        if word.isalpha() and word not in _small() and not stem(word).startswith("@")
    )


def pairs(found: Sequence[str]) -> set[int]:
    """Keys of the pairs of stems of which one names an event, as numbers of 31 bits."""
    acts = actions()
    return {
        _number(f"{one} {other}")
        for one, other in combinations(sorted(found), 2)
        if one in acts or other in acts
    }


def _number(text: str) -> int:
    return crc32(text.encode()) >> 1
