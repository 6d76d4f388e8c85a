"""The words that say what happened to what is counted: killed, deployed, earned."""

from dataclasses import dataclass
from functools import cache

from spacy.tokens import Token

from sayso import lexicon
from sayso.reader.figures.units import sort_of

#: A unit kind, or the finer sort of people that a noun names ("soldiers", "civilians").
Sort = str | None

_HURT = ("killed", "wounded")
#: What a number alone cannot be.
_MEASURES = frozenset({"money", "area", "distance"})


@dataclass(frozen=True, slots=True)
class Kinds:
    """Words to the sections of the lexicon that they may mean, in its order; sections to kinds."""

    object: dict[str, list[str]]
    subject: dict[str, list[str]]
    nouns: dict[str, list[str]]
    status: dict[str, list[str]]
    words: dict[str, list[str]]
    tolls: dict[str, str]
    phrases: dict[str, list[tuple[tuple[str, ...], str]]]
    present: dict[str, list[str]]
    units: dict[str, frozenset[str]]
    names: dict[str, str]


@cache
def kinds_of_words() -> Kinds:
    """The table of kinds, read once."""
    tables: dict[str, dict[str, list[str]]] = {
        "object": {},
        "subject": {},
        "nouns": {},
        "status": {},
        "words": {},
        "present": {},
    }
    tolls: dict[str, str] = {}
    phrases: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    units: dict[str, frozenset[str]] = {}
    names: dict[str, str] = {}
    for section, row in lexicon.toml("figure_kinds").items():
        kind = names[section] = row.get("kind", section)
        for name, table in tables.items():
            for word in row.get(name, ()):
                table.setdefault(word, []).append(section)
        for toll in row.get("tolls", ()):
            tolls.setdefault(toll, kind)
        for phrase in row.get("phrases", ()):
            words = tuple(phrase.split())
            phrases.setdefault(words[0], []).append((words, section))
        units[section] = frozenset(row.get("units", ()))
    return Kinds(tolls=tolls, phrases=phrases, units=units, names=names, **tables)


def fits(kinds: list[str] | None, sort: Sort) -> str | None:
    """The first of the kinds that goes with the sort; any count where nothing is known of it."""
    table = kinds_of_words()
    for section in kinds or ():
        allowed = table.units[section]
        if sort is None:
            fitting = not allowed or not allowed <= _MEASURES
        else:
            fitting = not allowed or sort in allowed or base_of(sort) in allowed
        if fitting:
            return table.names[section]
    return None


def base_of(sort: str) -> str:
    """The unit kind of a sort."""
    return "people" if sort in ("soldiers", "civilians") else sort


def sort_of_noun(noun: Token, unit_kind: str | None) -> Sort:
    """The sort of people that a counted noun names, else the unit kind."""
    if unit_kind not in ("people", "other"):
        return unit_kind
    if sort := sort_of(noun.lemma_.lower(), noun.lower_):
        return sort
    # "40,000 Kestrians": a people, of which soldiers would be said to be such.
    return "civilians" if unit_kind == "people" and noun.tag_ in ("NNP", "NNPS") else unit_kind


def noun_kind_of(noun: Token, sort: Sort) -> str | None:
    """The kind that a noun names by itself ("deaths", "delivery")."""
    nouns = kinds_of_words().nouns
    return fits(nouns.get(noun.lower_) or nouns.get(noun.lemma_.lower()), sort)


def is_outcome(noun: Token) -> bool:
    """Whether a noun names what befell those whom it counts ("deaths", "the wounded")."""
    return noun_kind_of(noun, None) is not None


def _both(first: str | None, second: str | None) -> str | None:
    """The kind of "killed or wounded"."""
    if first in _HURT and second in _HURT and first != second:
        return "killed_or_wounded"
    return first


def participle_kind(token: Token, sort: Sort) -> str | None:
    """The kind that a participle or an adjective beside a noun names, its "or" included."""
    kinds = kinds_of_words()
    kind = fits(kinds.words.get(token.lower_), sort)
    if kind is None and token.tag_ in ("VBN", "VBD"):
        kind = fits(kinds.object.get(token.lemma_), sort)
    if kind in _HURT:
        for child in token.children:
            between = token.doc[token.i + 1 : child.i]
            # "40 killed and 12 wounded": the second number has the second fate to itself.
            if child.dep_ == "conj" and len(between) < 3 and not any(t.like_num for t in between):
                return _both(kind, participle_kind(child, sort))
        after = token.doc[token.i + 1 : token.i + 4]
        if len(after) == 3 and after[0].lower_ in ("and", "or") and not after[2].like_num:
            # "76,000 dead and wounded", whatever the parse makes of it.
            return _both(kind, fits(kinds.words.get(after[1].lower_), sort))
    return kind


def modifier_kind(noun: Token, sort: Sort) -> tuple[str, Token] | None:
    """The kind of "dead soldiers", "soldiers killed in", "soldiers who died", and its word."""
    kinds = kinds_of_words()
    for child in noun.children:
        dep = child.dep_
        kind = None
        if dep == "amod" and child.i and child.nbor(-1).tag_ == "HYPH":
            continue  # "Kestrian-made shells" tells whence they are, not what befell them
        if dep == "amod" or (dep in ("acl", "appos") and child.tag_ == "VBN"):
            kind = participle_kind(child, sort)
        elif dep == "acl" and child.tag_ == "VBG":
            kind = fits(kinds.subject.get(child.lemma_), sort)
        elif dep == "relcl":
            kind = _clause_kind(child, sort)
        if kind is not None:
            return kind, child
    return None


def _clause_kind(verb: Token, sort: Sort) -> str | None:
    """The kind of "who were killed", "who died", "that it deployed"."""
    kinds = kinds_of_words()
    for child in verb.children:
        # "a town where 12 were killed", "drones, of which 98 fell" tell of something else.
        relative = child.tag_ == "WRB" or (
            child.dep_ in ("prep", "nsubj", "nsubjpass")
            and any(c.tag_ in ("WDT", "WP") for c in child.subtree if c.i != child.i)
        )
        if relative:
            return None
    if any(c.dep_ in ("auxpass", "nsubjpass") for c in verb.children):
        return participle_kind(verb, sort)
    subject = next((c for c in verb.children if c.dep_ == "nsubj"), None)
    if subject is not None and subject.tag_ in ("WP", "WDT"):
        return fits(kinds.subject.get(verb.lemma_), sort)
    return fits(kinds.object.get(verb.lemma_), sort)
