"""The cue lexicon as the parse rules read it: one look-up per kind of cue."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sayso import lexicon
from sayso.errors import LexiconError
from sayso.records import StatementType


@dataclass(frozen=True, slots=True)
class Cue:
    """What a cue word is: its statement type, the frames and the prepositions of its content."""

    type: StatementType
    frames: str
    preps: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class NounCue:
    """A noun that names a speech act; ``preps`` are those whose phrase is its content."""

    type: StatementType
    preps: frozenset[str]


@cache
def verbs() -> dict[str, Cue]:
    """Cue verbs by lemma.

    Raises:
        LexiconError: a verb stands twice.
    """
    found: dict[str, Cue] = {}
    for row in lexicon.table("cue_verbs"):
        if row["lemma"] in found:
            raise LexiconError(f"cue_verbs.csv: {row['lemma']} stands twice")
        preps = frozenset(p for p in row["preps"].split(";") if p)
        found[row["lemma"]] = Cue(_type(row["type"]), row["frames"], preps)
    return found


@cache
def phrasal() -> dict[str, list[tuple[tuple[str, ...], Cue]]]:
    """Verbs with a particle or fixed object: by lemma, the lemmas that follow and the cue."""
    found: dict[str, list[tuple[tuple[str, ...], Cue]]] = {}
    for row in lexicon.toml("cues")["phrasal"]:
        cue = Cue(_type(row["type"]), row["frames"])
        found.setdefault(row["lemma"], []).append((tuple(row["next"]), cue))
    return found


@cache
def nouns() -> dict[str, NounCue]:
    """Cue nouns by lemma."""
    return {
        lemma: NounCue(
            _type(row["type"]), frozenset(p for p in ("of", "for", "about") if row.get(p))
        )
        for lemma, row in lexicon.toml("cues")["nouns"].items()
    }


@cache
def adjectives() -> dict[str, StatementType]:
    """Adjectives that take a clause, with their statement types."""
    return {k: _type(v) for k, v in lexicon.toml("cues")["adjectives"].items()}


@cache
def adverbs() -> dict[str, StatementType]:
    """Adverbs that mark hearsay, with their statement types."""
    return {k: _type(v) for k, v in lexicon.toml("cues")["adverbs"].items()}


@cache
def words(section: str, key: str) -> frozenset[str]:
    """The word list ``key`` of a section of ``cues.toml``."""
    return frozenset(lexicon.toml("cues")[section][key])


@cache
def according() -> tuple[tuple[str, ...], ...]:
    """The phrases after which a source stands, each as its words in lower case."""
    phrases: list[str] = lexicon.toml("cues")["according"]["phrases"]
    return tuple(tuple(phrase.split()) for phrase in phrases)


def knows(lemmas: Sequence[str]) -> bool:
    """Whether the words of a cue (lemmas, in lower case) hold one that tells of speech.

    Verbs and nouns of deeds and aims ("sought", "attempts") are not in the lexicon.
    """
    if any(tuple(lemmas[: len(p)]) == p or lemmas[0] == p[0] for p in according()):
        return True
    held = set(lemmas)
    return bool(
        held & (verbs().keys() | nouns().keys() | adjectives().keys() | adverbs().keys())
        or held & words("decline", "verbs")
        or held & words("toll", "verbs")
        or held & words("issued", "verbs")
        or any(
            lemma in phrasal() and any(set(following) <= held for following, _ in phrasal()[lemma])
            for lemma in lemmas
        )
    )


def _type(name: Any) -> StatementType:
    from typing import get_args

    if name not in get_args(StatementType):
        raise LexiconError(f"cue lexicon: {name!r} is not a statement type")
    return name  # type: ignore[no-any-return]
