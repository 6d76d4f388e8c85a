"""The parts of a person's name: given names, family name, suffix."""

from dataclasses import dataclass
from functools import cache, lru_cache

from sayso import lexicon
from sayso.names.spelling import fold, names_table


@dataclass(frozen=True, slots=True)
class PersonName:
    """The parts of a person's name.

    Attributes:
        given: first and middle names, without the points of initials; empty for a lone surname.
        family: the words of the family name, particles first ("van", "der", "Meer").
        suffix: "jr", "sr", "ii" and the like, or the empty string.
        family_first: whether the family name stands first.
    """

    given: tuple[str, ...]
    family: tuple[str, ...]
    suffix: str = ""
    family_first: bool = False

    @property
    def words(self) -> tuple[str, ...]:
        """All words in the order in which they stand, without the suffix."""
        return self.family + self.given if self.family_first else self.given + self.family

    @property
    def full(self) -> bool:
        """Whether there are a first name and a family name."""
        return bool(self.given)


@cache
def name_words(name: str) -> frozenset[str]:
    """A list of the lexicon's table of names, for look-ups."""
    return frozenset(names_table()[name])


@lru_cache(maxsize=4096)
def parse_name(name: str) -> PersonName:
    """The parts of a name without its titles ("Salim al-Harazi", "Xu Wenbo", "J. P. Orlo Jr.")."""
    words = [word.strip(",") for word in name.replace(" - ", "-").split()]
    words = [word for word in words if word]
    suffix = ""
    while len(words) > 1 and (key := words[-1].rstrip(".").casefold()) in names_table()["suffixes"]:
        suffix = names_table()["suffixes"][key]
        words.pop()
    parts = tuple(word.rstrip(".") or word for word in words)
    if len(parts) > 1 and is_family_first(parts):
        return PersonName(parts[1:], parts[:1], suffix, family_first=True)
    at = len(parts) - 1
    while at > 0 and is_particle(parts[at - 1]):
        at -= 1
    return PersonName(parts[:at], parts[at:], suffix)


def is_particle(word: str) -> bool:
    """Whether a word belongs to the family name after it ("van")."""
    return fold(word) in name_words("particles")


def is_family_first(parts: tuple[str, ...]) -> bool:
    """Whether the words of a name have the family name first."""
    if fold(parts[0]) not in name_words("family_first"):
        return False
    rest = [part for word in parts[1:] for part in word.split("-") if part]
    if not 1 <= len(rest) <= 3 or len(parts) > 4:
        return False
    # "Kim Kardashian", "Lee Anderson": the parts of such names are short.
    return all(len(part) <= _longest(parts) for part in rest) and not (
        len(rest) == 1 and is_first_name(rest[0])
    )


def _longest(parts: tuple[str, ...]) -> int:
    # "Xu Jialin": two syllables written as one word.
    return 8 if len(parts) == 2 and "-" not in parts[1] and _two_syllables(parts[1]) else 5


def _two_syllables(word: str) -> bool:
    """Whether a word is made as two Chinese or Korean syllables are: few letters, two vowels."""
    groups, before = 0, False
    for char in fold(word):
        vowel = char in "aeiouy"
        groups += vowel and not before
        before = vowel
    return groups == 2 and fold(word)[-1] in "aeiounglk"


@cache
def first_names() -> dict[str, str]:
    """Gender ("m", "f") by folded first name; names given to both have none."""
    found: dict[str, str] = {}
    for row in lexicon.table("first_names"):
        for name in row["names"].split(";"):
            key = fold(name)
            if key:
                found[key] = "" if found.get(key, row["gender"]) != row["gender"] else row["gender"]
    return found


def is_first_name(word: str) -> bool:
    """Whether a word is a common first name."""
    return fold(word) in first_names()


def first_name_gender(name: PersonName) -> str:
    """The gender that a first name shows: "m", "f", or "" where it shows none."""
    if not name.given or name.family_first:
        return ""
    known, first = first_names(), fold(name.given[0])
    return known.get(first) or known.get(first.split("-")[0], "")
