"""Whether two names can be one person's, and whom a short name names."""

from functools import cache

from sayso.names.parts import PersonName, first_names, is_first_name, is_particle, name_words
from sayso.names.spelling import Fit, fold, likeness, names_table, skeleton

#: Letters of a clipped first name ("Alex").
_CLIPPED = 3


@cache
def _variant() -> dict[str, str]:
    return {name: row[0] for row in reversed(names_table()["family_variants"]) for name in row}


def same_person(one: PersonName, other: PersonName, *, near: bool = True) -> bool:
    """Whether two full names can be one person's; False where one is a surname alone.

    Args:
        one: a name.
        other: the other one.
        near: whether one exchanged vowel in a long word is a spelling ("Sergey", "Sergiy").
    """
    if not (one.full and other.full) or len({one.suffix, other.suffix} - {""}) > 1:
        return False
    least = Fit.NEAR if near else Fit.SPELLING
    if one.family_first or other.family_first:
        return _same_family_first(one, other)
    if _swapped(one, other) or any(
        _begins(a, b) or _ends(a, b) for a, b in ((one, other), (other, one))
    ):
        return True
    return _same_family(one.family, other.family) >= least and _same_given(one, other, near)


def _same_family_first(one: PersonName, other: PersonName) -> bool:
    """Compare names of which one has its family name first, by all letters of the given name."""

    def key(name: PersonName) -> tuple[str, str]:
        family = fold(name.family[0])
        return _variant().get(family, family), skeleton("".join(name.given))

    if one.family_first and other.family_first:
        return key(one) == key(other)
    # "Jong-un Kim" of "Kim Jong-un"
    return {skeleton("".join(one.given)), skeleton("".join(one.family))} == {
        skeleton("".join(other.given)),
        skeleton("".join(other.family)),
    }


def _swapped(one: PersonName, other: PersonName) -> bool:
    """Whether two words stand the other way round ("Kertai Balázs"), and only one can be first."""
    a, b = [[fold(word) for word in name.words] for name in (one, other)]
    return len(a) == len(b) == 2 and a == b[::-1] and sum(is_first_name(w) for w in a) < 2


def _begins(short: PersonName, long: PersonName) -> bool:
    """Whether a name is another's without its second family name ("Lucía Ferrán" of "… Oteiza")."""
    if len(long.words) != len(short.words) + 1 or len(long.given) < 2:
        return False
    if is_first_name(short.words[-1]) or len(short.words[-1]) < _CLIPPED:
        return False
    pairs = zip(short.words, long.words, strict=False)
    return all(likeness(a, b) >= Fit.SPELLING for a, b in pairs)


def _ends(short: PersonName, long: PersonName) -> bool:
    """Whether a name is the two family names of another ("Beltrán Ruiz" of "José …")."""
    size = len(short.words)
    if size >= len(long.words) or is_first_name(short.words[0]) or len(short.words[0]) < _CLIPPED:
        return False
    pairs = zip(short.words, long.words[-size:], strict=True)
    return all(likeness(a, b) >= Fit.SPELLING for a, b in pairs)


def _same_family(one: tuple[str, ...], other: tuple[str, ...]) -> Fit:
    """How alike two family names are, with particles, without, or with an article joined on."""
    whole = likeness(" ".join(one), " ".join(other))
    if whole:
        return whole
    if len(one) == len(other):
        parts = min(likeness(a, b) for a, b in zip(one, other, strict=True))
        if parts:
            return parts
    bare = _bare(one), _bare(other)
    return min(likeness(*bare), Fit.SPELLING) if all(bare) else Fit.NONE


def _bare(family: tuple[str, ...]) -> str:
    """A family name without its particles and articles ("al-Harazi": "Harazi"); "" for others."""
    word = family[-1]
    if not all(is_particle(other) for other in family[:-1]):
        return ""
    head, hyphen, rest = word.partition("-")
    return rest if hyphen and rest and fold(head) in name_words("articles") else word


def _same_given(one: PersonName, other: PersonName, near: bool) -> bool:
    if not _given_agree(one.given[0], other.given[0], near):
        return False
    # Middle names may be missing, but where both have them they must agree.
    if len(one.given) == len(other.given):
        pairs = zip(one.given[1:], other.given[1:], strict=True)
        return all(_given_agree(a, b, near) for a, b in pairs)
    return True


def _given_agree(first: str, second: str, near: bool) -> bool:
    if len(first) == 1 or len(second) == 1:
        return fold(first[0]) == fold(second[0])
    alike = likeness(first, second)
    if alike >= Fit.SPELLING:
        return True
    short, long = sorted((fold(first), fold(second)), key=len)
    known = first_names()
    if {known.get(short), known.get(long)} >= {"m", "f"}:
        return False
    if alike and near:
        return long.count("a") == short.count("a")  # "Marina" and "Mariana" are two
    clipped = len(short) >= _CLIPPED and long.startswith(short)
    return clipped and long.removeprefix(short) not in name_words("feminine")


def named_by(name: PersonName, short: PersonName) -> Fit:
    """How well a name without a first name ("Ferrán Oteiza") can name a person.

    ``SAME`` to ``NEAR`` for the family name, ``PART`` for one word of a family name of several
    ("Ferrán" of "Lucía Ferrán Oteiza", "Molnár" of "Molnár-Fekete"), ``GIVEN`` for a first name.
    """
    words = short.words
    if not words or not name.words or (short.suffix and short.suffix != name.suffix):
        return Fit.NONE
    family = _same_family(words, name.family)
    if family:
        return family
    if len(words) > 1 and _ends(PersonName((), words), name):
        return Fit.SPELLING
    if not name.given or name.family_first:
        alone = len(words) == 1 and name.given and likeness(words[0], "-".join(name.given))
        return Fit.GIVEN if alone else Fit.NONE
    if _is_part(name, words):
        return Fit.PART
    given = min(len(words), len(name.given))
    if all(likeness(a, b) >= Fit.SPELLING for a, b in zip(words, name.given[:given], strict=False)):
        return Fit.GIVEN if len(words) <= len(name.given) else Fit.NONE
    return Fit.NONE


def _is_part(name: PersonName, words: tuple[str, ...]) -> bool:
    """Whether words are a part of a family name of several words, or of one with a hyphen."""
    parts = [part for word in name.family for part in word.split("-")]
    if len(parts) > 1 and len(words) == 1 and not is_particle(words[0]):
        for part in parts:
            if likeness(words[0], part) >= Fit.SPELLING:
                return True
    # A first family name stands among the given ones: "Ferrán" of "Lucía Ferrán Oteiza".
    size = len(words)
    for at in range(1, len(name.words) - size + 1):
        held = name.words[at : at + size]
        pairs = zip(held, words, strict=True)
        if not is_first_name(held[0]) and all(
            len(a) > 1 and likeness(a, b) >= Fit.SPELLING for a, b in pairs
        ):
            return True
    return False
