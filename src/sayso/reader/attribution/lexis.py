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
    """Phrases by the lemma of their verb: the lemmas that follow and the cue, longest first."""
    found: dict[str, list[tuple[tuple[str, ...], Cue]]] = {}
    for row in lexicon.table("cue_phrases"):
        lemma, *following = row["phrase"].split()
        cue = Cue(_type(row["type"]), row["frames"])
        found.setdefault(lemma, []).append((tuple(following), cue))
    for phrases in found.values():
        phrases.sort(key=lambda phrase: -len(phrase[0]))
    return found


def follows(phrase: tuple[str, ...], lemmas: Sequence[str]) -> bool:
    """Whether lemmas begin with those of a phrase, in which ``~`` stands for any one word."""
    return len(lemmas) >= len(phrase) and all(
        want in ("~", got) for want, got in zip(phrase, lemmas, strict=False)
    )


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
def deeds() -> dict[str, frozenset[str]]:
    """Objects that make a deed of a verb of speech ("claimed three lives"), by the verb's lemma."""
    return {lemma: frozenset(objects) for lemma, objects in lexicon.toml("cues")["deeds"].items()}


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
        or held & words("relay", "as_participles")
        or held & words("relay", "credits")
        or any(
            follows(following, lemmas[at + 1 :])
            for at, lemma in enumerate(lemmas)
            for following, _ in phrasal().get(lemma, ())
        )
    )


def _type(name: Any) -> StatementType:
    from typing import get_args

    if name not in get_args(StatementType):
        raise LexiconError(f"cue lexicon: {name!r} is not a statement type")
    return name  # type: ignore[no-any-return]
