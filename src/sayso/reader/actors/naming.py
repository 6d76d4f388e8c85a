"""People's names: which part is the family name, and whether two names are one person's.

Transliterations of one name differ in a few letters ("Zelensky", "Zelenskyy", "Pashinyan",
"Pashinián"): names are compared by a skeleton in which these letters are alike, and by one
exchanged vowel at most.
"""

from functools import cache, lru_cache

from sayso import lexicon
from sayso.reader.places import fold

#: Letters that transliterations exchange, drop or double.
_SOFT = frozenset("aeiouyhjw'")
_ALIKE = (("yy", "i"), ("iy", "i"), ("ii", "i"), ("ij", "i"), ("y", "i"), ("j", "i"), ("kh", "h"))
_ALIKE_MORE = (("ph", "f"), ("ks", "x"), ("w", "v"), ("ie", "e"), ("ou", "u"), ("oo", "u"))
#: Letters that a name must have for one exchanged vowel to be taken for a transliteration.
_LONG = 6
_SUFFIXES = frozenset({"jr", "jr.", "sr", "sr.", "ii", "iii", "iv"})


@lru_cache(maxsize=16384)
def skeleton(word: str) -> str:
    """A name's letters with those alike that transliterations exchange."""
    found = fold(word).replace("-", "").replace("'", "")
    for old, new in (*_ALIKE, *_ALIKE_MORE):
        found = found.replace(old, new)
    return "".join(c for i, c in enumerate(found) if not i or c != found[i - 1])


@lru_cache(maxsize=16384)
def alike(one: str, other: str) -> bool:
    """Whether two words may be one name, spelled twice."""
    a, b = skeleton(one), skeleton(other)
    if a == b:
        return True
    if min(len(a), len(b)) < _LONG or a[0] != b[0] or abs(len(a) - len(b)) > 1:
        return False
    # "Ivanov" and "Ivanova" are two people: a final "a" alone tells women's names from men's.
    if {a + "a", b + "a"} & {a, b}:
        return False
    at = next(
        (i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b))
    )
    if len(a) == len(b):
        return a[at + 1 :] == b[at + 1 :] and a[at] in _SOFT and b[at] in _SOFT
    longer, shorter = (a, b) if len(a) > len(b) else (b, a)
    return longer[at + 1 :] == shorter[at:] and longer[at] in _SOFT


@cache
def _family_first() -> frozenset[str]:
    return frozenset(lexicon.toml("family_first")["names"])


@cache
def _first_names() -> dict[str, str]:
    """Gender ("m", "f") by folded first name; names given to both are left out."""
    found: dict[str, str] = {}
    for row in lexicon.table("first_names"):
        for name in row["names"].split(";"):
            key = fold(name)
            if key:
                found[key] = "" if found.get(key, row["gender"]) != row["gender"] else row["gender"]
    return found


def name_parts(words: list[str]) -> tuple[str, ...]:
    """The parts of a name: hyphens split ("Jong-un"), suffixes and initials' points dropped."""
    parts = [part for word in words for part in word.split("-") if part]
    while len(parts) > 1 and parts[-1].casefold() in _SUFFIXES:
        parts.pop()
    return tuple(part.rstrip(".") for part in parts if part.rstrip("."))


def is_family_first(parts: tuple[str, ...]) -> bool:
    """Whether a name has its family name first."""
    if len(parts) not in (2, 3) or fold(parts[0]) not in _family_first():
        return False
    # "Kim Kardashian", "Lee Anderson": parts of such names are short.
    return all(len(part) <= 5 for part in parts[1:]) and not (
        len(parts) == 2 and fold(parts[1]) in _first_names()
    )


def surnames(parts: tuple[str, ...]) -> tuple[str, ...]:
    """The parts by which a person may be named alone."""
    if len(parts) < 2:
        return parts
    if is_family_first(parts):
        return (parts[0],)
    return (parts[-1],)


def first_name_gender(parts: tuple[str, ...]) -> str:
    """The gender that a first name shows: "m", "f", or "" where it shows none."""
    if len(parts) < 2 or is_family_first(parts):
        return ""
    return _first_names().get(fold(parts[0]), "")


def is_first_name(word: str) -> bool:
    """Whether a word is a common first name."""
    return fold(word) in _first_names()


def same_person(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether two full names (two parts or more each) can be one person's.

    Family names must be alike; first names too, or one an initial of the other; parts in the middle
    may be missing on one side.
    """
    if len(one) == len(other) and all(alike(a, b) for a, b in zip(one, other, strict=True)):
        return True
    if is_family_first(one) or is_family_first(other):
        joined = skeleton("".join(one)), skeleton("".join(other))
        return joined[0] == joined[1]
    if not alike(one[-1], other[-1]):
        return False
    first, second = one[0], other[0]
    if len(first) == 1 or len(second) == 1:
        return fold(first[0]) == fold(second[0])
    return alike(first, second) or _short_of(first, second) or _short_of(second, first)


def _short_of(short: str, name: str) -> bool:
    """Whether one first name is a clipped form of another ("Alex", "Alexander")."""
    return len(short) >= 3 and fold(name).startswith(fold(short))
