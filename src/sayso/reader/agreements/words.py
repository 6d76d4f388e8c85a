"""The agreement lexicon (``agreements.toml``) as look-up tables."""

from dataclasses import dataclass
from functools import cache

from sayso.lexicon import toml
from sayso.records import ObligationType


@dataclass(frozen=True)
class Words:
    """The lexicon's tables; see the comments in ``agreements.toml`` for each."""

    kinds: dict[str, str]
    anaphoric: frozenset[str]
    vague: frozenset[str]
    determiners: frozenset[str]
    empty_modifiers: frozenset[str]
    subject_preps: frozenset[str]
    topics: frozenset[str]
    makes: frozenset[str]
    papers: frozenset[str]
    it_verbs: frozenset[str]
    other: frozenset[str]
    indefinite_kinds: frozenset[str]
    private: frozenset[str]
    signed: frozenset[str]
    ratified: frozenset[str]
    ended: frozenset[str]
    milestone_nouns: dict[str, str]
    force_verbs: frozenset[str]
    force_nouns: frozenset[str]
    party_verbs: frozenset[str]
    plural_only: frozenset[str]
    indefinite: frozenset[str]
    duration_verbs: frozenset[str]
    bind_subject: frozenset[str]
    bind_object: frozenset[str]
    state: frozenset[str]
    state_preps: dict[str, frozenset[str]]
    state_nouns: dict[str, frozenset[str]]
    terms: frozenset[str]
    under: frozenset[str]
    members: frozenset[str]
    if_marks: frozenset[str]
    if_preps: dict[str, frozenset[str]]
    types: tuple[tuple[ObligationType, tuple[frozenset[str], ...]], ...]


@cache
def words() -> Words:
    """The tables, built once."""
    data = toml("agreements")
    names, milestones = data["names"], data["milestones"]
    duration, terms = data["duration"], data["obligations"]
    return Words(
        kinds={word: kind for kind, forms in data["kinds"].items() for word in forms},
        anaphoric=frozenset(names["anaphoric"]),
        vague=frozenset(names["vague"]),
        determiners=frozenset(names["determiners"]),
        empty_modifiers=frozenset(names["empty_modifiers"]),
        subject_preps=frozenset(names["subject_preps"]),
        topics=frozenset(names["topics"]),
        makes=frozenset(names["makes"]),
        papers=frozenset(names["papers"]),
        it_verbs=frozenset(names["it_verbs"]),
        other=frozenset(names["other"]),
        indefinite_kinds=frozenset(names["indefinite_kinds"]),
        private=frozenset(names["private"]),
        signed=frozenset(milestones["signed"]),
        ratified=frozenset(milestones["ratified"]),
        ended=frozenset(milestones["ended"]),
        milestone_nouns={
            noun: name
            for name in ("signed", "ratified", "ended")
            for noun in milestones[f"{name}_nouns"]
        },
        force_verbs=frozenset(milestones["force_verbs"]),
        force_nouns=frozenset(milestones["force_nouns"]),
        party_verbs=frozenset(milestones["party_verbs"]),
        plural_only=frozenset(milestones["plural_only"]),
        indefinite=frozenset(duration["indefinite"]),
        duration_verbs=frozenset(duration["verbs"]),
        bind_subject=frozenset(terms["bind_subject"]),
        bind_object=frozenset(terms["bind_object"]),
        state=frozenset(terms["state"]),
        state_preps={verb: frozenset(preps) for verb, preps in terms["state_preps"].items()},
        state_nouns={verb: frozenset(nouns) for verb, nouns in terms["state_nouns"].items()},
        terms=frozenset(terms["terms"]),
        under=frozenset(terms["under"]),
        members=frozenset(terms["members"]),
        if_marks=frozenset(terms["if_marks"]),
        if_preps={prep: frozenset(nouns) for prep, nouns in terms["if_preps"].items()},
        types=tuple(
            (row["type"], tuple(frozenset(group) for group in row["all"])) for row in data["types"]
        ),
    )


@cache
def candidate_ids() -> frozenset[int]:
    """The ids, in spaCy's string store, of the words (lower case) that may head an agreement."""
    from spacy.strings import get_string_id

    return frozenset(get_string_id(word) for word in (*words().kinds, *words().papers, "fire"))


@cache
def cue_ids() -> frozenset[int]:
    """The ids, in spaCy's string store, of the lemmas that may state an obligation."""
    from spacy.strings import get_string_id

    table = words()
    return frozenset(
        get_string_id(lemma) for lemma in table.bind_subject | table.bind_object | table.state
    )
