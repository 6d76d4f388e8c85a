"""What a figure counts: the class of its noun, so that "troops" and "servicemen" are one."""

import re
from functools import cache

from sayso import lexicon

_WORD = re.compile(r"[^\W_]+(?:[-’'][^\W_]+)*")
#: Words after which a noun phrase says no more of what is counted.
_ENDS = frozenset(
    ("in", "at", "on", "by", "from", "who", "that", "which", "to", "for", "near", "during", "with")
)


def words_of(text: str) -> list[str]:
    """The words of a text, small letters, hyphens and apostrophes kept."""
    return [word.group().replace("’", "'").casefold() for word in _WORD.finditer(text)]


@cache
def singular(noun: str) -> str:
    """The singular of a noun in small letters, by rule where the lexicon has none."""
    held: str | None = lexicon.toml("counted")["singular"].get(noun)
    if held is not None:
        return held
    if noun.endswith(("ss", "us", "is")) or not noun.endswith("s") or len(noun) < 4:
        return noun
    if noun.endswith("ies") and len(noun) > 4:
        return noun[:-3] + "y"
    if noun.endswith(("ches", "shes", "xes", "sses", "zes")):
        return noun[:-2]
    return noun[:-1]


@cache
def class_of(counted: str | None, unit_kind: str) -> str:
    """The class of what is counted: one of the lexicon's, else its noun in the singular.

    Args:
        counted: the words that name it ("dead Ostrenian soldiers"), or ``None``.
        unit_kind: of the figure.
    """
    words = [singular(word) for word in words_of(counted or "")]
    end = next((i for i, word in enumerate(words) if word in _ENDS), len(words))
    words = words[:end] or words
    parts = " ".join(words).split(" of ")
    # The noun before "of" is the head; where it says nothing, what follows it is looked at.
    for part in parts:
        found = _named(part.split())
        if found is not None:
            return found
    if unit_kind == "people":
        around = set(words) & set(lexicon.toml("counted")["generic"]["military"])
        return "soldiers" if around else "people"
    return ""


def _named(words: list[str]) -> str | None:
    """The class of the last words of a noun phrase; ``None`` for a noun that says nothing."""
    if not words:
        return None
    known = _classes()
    for length in (3, 2, 1):
        found = known.get(" ".join(words[-length:]))
        if found is not None and len(words) >= length:
            return found
    head = words[-1]
    if head.endswith(("ed", "ing")) and not _says_nothing(head) and len(words) > 1:
        return _named(words[:-1])  # "shells used"
    if head in _nationals():
        return "people"
    if not _says_nothing(head):
        return head
    # "civilian deaths", "military personnel": the word before may be a class by itself.
    for word in reversed(words[:-1]):
        found = known.get(word)
        if found is not None and found != "people":
            return found
    return None


def _says_nothing(noun: str) -> bool:
    return noun in lexicon.toml("counted")["generic"]["nouns"]


@cache
def _classes() -> dict[str, str]:
    return {
        noun: label for label, nouns in lexicon.toml("counted")["classes"].items() for noun in nouns
    }


@cache
def _nationals() -> frozenset[str]:
    return frozenset(
        singular(name.casefold().split()[-1])
        for row in lexicon.table("countries")
        for name in row["demonyms"].split(";")
        if name
    )


def known_class(noun: str) -> str | None:
    """The class that the lexicon has for a noun in the singular."""
    return _classes().get(noun)


@cache
def kinds_asked(word: str) -> frozenset[str]:
    """The kinds that a word of a question can mean ("deaths": killed, killed or wounded)."""
    noun = singular(word)
    return frozenset(
        kind
        for kind, held in lexicon.toml("counted")["kinds"].items()
        if noun in held["words"] or word in held["words"] or word == kind
    )


@cache
def kind_label(kind: str) -> str:
    """A kind in words for people."""
    held = lexicon.toml("counted")["kinds"].get(kind, {})
    return str(held.get("label", kind.replace("_", " ")))


def class_label(name: str, unit_kind: str, unit: str | None) -> str:
    """A class in words for people: its label, or its noun in the plural."""
    if unit_kind == "money":
        return "money"
    if not name:
        return unit or unit_kind
    if name in lexicon.toml("counted")["classes"]:
        return name
    return plural(name)


def plural(noun: str) -> str:
    """A noun in the plural, by rule."""
    for many, one in lexicon.toml("counted")["singular"].items():
        if one == noun:
            return str(many)
    if noun.endswith("y") and noun[-2:-1] not in "aeiou":
        return noun[:-1] + "ies"
    return noun + ("es" if noun.endswith(("s", "x", "ch", "sh")) else "s")
