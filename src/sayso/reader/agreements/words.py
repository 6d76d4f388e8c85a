"""The agreement lexicon (``agreements.toml``) as look-up tables."""

from dataclasses import dataclass, fields
from functools import cache
from typing import Any

from sayso.lexicon import toml
from sayso.records import ObligationType

Words_ = frozenset[str]


@dataclass(frozen=True)
class Words:
    """The lexicon's tables; see the comments in ``agreements.toml`` for each."""

    kinds: dict[str, str]
    types: tuple[tuple[ObligationType, tuple[Words_, ...]], ...]
    milestone_nouns: dict[str, str]
    # names
    known: dict[str, str]
    generic: Words_
    weak: Words_
    public: Words_
    officials: Words_
    determiners: Words_
    empty_modifiers: Words_
    papers: Words_
    other: Words_
    subject_preps: Words_
    name_glue: Words_
    topics: Words_
    naming: Words_
    articles: Words_
    makes: Words_
    indefinite_kinds: Words_
    private: Words_
    meetings: Words_
    # milestones
    signed: Words_
    ratified: Words_
    ended: Words_
    left: Words_
    lapse: Words_
    force_verbs: Words_
    starts: Words_
    force_nouns: Words_
    holding: Words_
    until: Words_
    # parties
    party_verbs: Words_
    joining: Words_
    plural_only: Words_
    presuppose: Words_
    party_preps: dict[str, Words_]
    party_nouns: Words_
    sides: Words_
    # duration
    indefinite: Words_
    duration_verbs: Words_
    # obligations
    bind_subject: Words_
    follow_on: Words_
    bind_object: Words_
    state: Words_
    state_preps: dict[str, Words_]
    state_nouns: dict[str, Words_]
    state_clause: Words_
    clause_only: Words_
    terms: Words_
    under: Words_
    lines: Words_
    by_terms: Words_
    duty: Words_
    no_terms: Words_
    telling: Words_
    members: Words_
    if_marks: Words_
    if_preps: dict[str, Words_]


@cache
def words() -> Words:
    """The tables, built once."""
    data = toml("agreements")
    sections = ("names", "milestones", "parties", "duration", "obligations")
    flat = {key: value for section in sections for key, value in data[section].items()}
    tables: dict[str, Any] = {
        field.name: _table(flat[field.name]) for field in fields(Words) if field.name in flat
    }
    return Words(
        kinds={word: kind for kind, forms in data["kinds"].items() for word in forms},
        types=tuple(
            (row["type"], tuple(frozenset(group) for group in row["all"])) for row in data["types"]
        ),
        milestone_nouns={
            noun: name for name in ("signed", "ratified", "ended") for noun in flat[f"{name}_nouns"]
        },
        **tables,
    )


def _table(value: Any) -> Any:
    """Lists as sets, in tables too."""
    if isinstance(value, dict):
        return {key: _table(part) for key, part in value.items()}
    return frozenset(value) if isinstance(value, list) else value


@cache
def candidate_ids() -> frozenset[int]:
    """The ids, in spaCy's string store, of the words (lower case) that may head an agreement."""
    from spacy.strings import get_string_id

    table = words()
    known = (name.rpartition(" ")[2].lower() for name in table.known)
    return frozenset(get_string_id(word) for word in (*table.kinds, *table.papers, *known, "fire"))


@cache
def cue_ids() -> frozenset[int]:
    """The ids, in spaCy's string store, of the lemmas that may state an obligation."""
    from spacy.strings import get_string_id

    table = words()
    return frozenset(
        get_string_id(lemma) for lemma in table.bind_subject | table.bind_object | table.state
    )
