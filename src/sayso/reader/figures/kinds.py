"""What happened to what a figure counts: killed, deployed, earned; from the words that govern it."""

from dataclasses import dataclass
from functools import cache

from spacy.tokens import Token

from sayso import lexicon
from sayso.reader.analysis import Analysis
from sayso.reader.figures.site import Site
from sayso.records import UnitKind

_HURT = ("killed", "wounded")
_SKIPPED = frozenset({"RB", "RBR", "VBD", "VBZ", "VBP", "VB", "VBN", "TO", "MD"})
_AUXILIARIES = frozenset(
    {"be", "have", "get", "to", "'ve", "was", "were", "been", "are", "is", "had", "has"}
)


@dataclass(frozen=True, slots=True)
class Governed:
    """The kind of a figure and how it was found.

    Attributes:
        kind: what happened to what is counted; None where no known word governs it.
        verb: the verb that governs the figure, whatever it says.
        role: the figure's place with that verb: "object", "subject" or "".
        noun: a noun other than the figure's own that says what is counted ("the number of soldiers").
    """

    kind: str | None
    verb: Token | None = None
    role: str = ""
    noun: Token | None = None


@dataclass(frozen=True, slots=True)
class _Kinds:
    """Words to the kinds that they may mean, in the order of the lexicon."""

    object: dict[str, list[str]]
    subject: dict[str, list[str]]
    nouns: dict[str, list[str]]
    words: dict[str, list[str]]
    tolls: dict[str, str]
    phrases: dict[str, list[tuple[tuple[str, ...], str]]]
    units: dict[str, frozenset[str]]


@cache
def _kinds() -> _Kinds:
    tables: dict[str, dict[str, list[str]]] = {
        "object": {},
        "subject": {},
        "nouns": {},
        "words": {},
    }
    tolls: dict[str, str] = {}
    phrases: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    units: dict[str, frozenset[str]] = {}
    for kind, row in lexicon.toml("figure_kinds").items():
        for name, table in tables.items():
            for word in row.get(name, ()):
                table.setdefault(word, []).append(kind)
        for toll in row.get("tolls", ()):
            tolls.setdefault(toll, kind)
        for phrase in row.get("phrases", ()):
            words = tuple(phrase.split())
            phrases.setdefault(words[0], []).append((words, kind))
        units[kind] = frozenset(row.get("units", ()))
    return _Kinds(
        tables["object"], tables["subject"], tables["nouns"], tables["words"], tolls, phrases, units
    )


@cache
def _scope() -> dict[str, frozenset[str]]:
    data = lexicon.toml("figure_scope")
    return {
        "holders": frozenset(data["holders"]["nouns"]),
        "reporting": frozenset(data["reporting"]["verbs"]),
    }


def govern(analysis: Analysis, site: Site, unit_kind: UnitKind | None) -> Governed:
    """The kind of a figure, by its noun, the words beside it and the verb above it.

    Args:
        analysis: the article.
        site: the figure's place.
        unit_kind: what kind of thing its unit or noun is, None where nothing says so.
    """
    noun = site.noun
    if noun is not None:
        kind = _noun_kind(noun, unit_kind) or _modifier_kind(noun, unit_kind)
        if kind is not None:
            found = _climb(analysis, site, unit_kind)
            return Governed(kind, found.verb, found.role)
    kind = _beside(analysis, site, unit_kind)
    found = _climb(analysis, site, unit_kind)
    if kind is not None:
        return Governed(kind, found.verb, found.role, found.noun)
    return found


def _fits(kinds: list[str] | None, unit_kind: UnitKind | None) -> str | None:
    """The first of the kinds that goes with the unit kind; any where nothing is known of it."""
    if not kinds:
        return None
    table = _kinds().units
    for kind in kinds:
        allowed = table[kind]
        if unit_kind is None or not allowed or unit_kind in allowed:
            return kind
    return None


def _noun_kind(noun: Token, unit_kind: UnitKind | None) -> str | None:
    nouns = _kinds().nouns
    return _fits(nouns.get(noun.lower_) or nouns.get(noun.lemma_.lower()), unit_kind)


def _both(first: str | None, second: str | None) -> str | None:
    """The kind of "killed or wounded"."""
    if first in _HURT and second in _HURT and first != second:
        return "killed_or_wounded"
    return first


def _participle(token: Token, unit_kind: UnitKind | None) -> str | None:
    """The kind that a participle or an adjective beside a noun names, its "or" included."""
    kinds = _kinds()
    kind = _fits(kinds.words.get(token.lower_), unit_kind)
    if kind is None and token.tag_ in ("VBN", "VBD"):
        kind = _fits(kinds.object.get(token.lemma_), unit_kind)
    if kind in _HURT:
        for child in token.children:
            if child.dep_ == "conj" and child.i - token.i <= 3:
                return _both(kind, _participle(child, unit_kind))
    return kind


def _modifier_kind(noun: Token, unit_kind: UnitKind | None) -> str | None:
    """The kind of "dead soldiers", "soldiers killed in", "soldiers who died"."""
    kinds = _kinds()
    for child in noun.children:
        dep = child.dep_
        if dep == "amod" or (dep in ("acl", "appos") and child.tag_ == "VBN"):
            kind = _participle(child, unit_kind)
        elif dep == "acl" and child.tag_ == "VBG":
            kind = _fits(kinds.subject.get(child.lemma_), unit_kind)
        elif dep == "relcl":
            kind = _clause_kind(child, unit_kind)
        elif dep == "compound" and noun.i - child.i <= 2:
            continue
        else:
            continue
        if kind is not None:
            return kind
    return None


def _clause_kind(verb: Token, unit_kind: UnitKind | None) -> str | None:
    """The kind of "who were killed", "who died", "that it deployed"."""
    kinds = _kinds()
    passive = any(c.dep_ in ("auxpass", "nsubjpass") for c in verb.children)
    if passive:
        return _participle(verb, unit_kind)
    subject = next((c for c in verb.children if c.dep_ == "nsubj"), None)
    if subject is not None and subject.tag_ in ("WP", "WDT"):
        return _fits(kinds.subject.get(verb.lemma_), unit_kind)
    return _fits(kinds.object.get(verb.lemma_), unit_kind)


def _beside(analysis: Analysis, site: Site, unit_kind: UnitKind | None) -> str | None:
    """The kind that the words right after the figure name: "100 killed", "1,200 dead", "50 were hurt".

    Needs no right parse, which headlines and clipped copy seldom get.
    """
    doc = analysis.doc
    start = site.noun.i if site.noun is not None else site.last
    end_char = max(site.quantity.end, site.counted.end if site.counted else 0)
    start = max(start, analysis.token_at(end_char - 1).i)
    stop = min(doc[site.last].sent.end, start + 7)
    kinds = _kinds()
    auxiliary = False
    for index in range(start + 1, stop):
        token = doc[index]
        lower = token.lower_
        for words, kind in kinds.phrases.get(lower, ()):
            if tuple(t.lower_ for t in doc[index : index + len(words)]) == words:
                return _fits([kind], unit_kind)
        if lower in kinds.words or token.tag_ in ("VBN", "VBD"):
            if token.lemma_ in _AUXILIARIES:
                auxiliary = True
                continue
            found = _participle(token, unit_kind)
            if found is not None:
                has_object = any(c.dep_ in ("dobj", "obj") for c in token.children)
                return None if has_object and not auxiliary else found
            return _fits(kinds.subject.get(token.lemma_), unit_kind)
        if token.lemma_ in _AUXILIARIES:
            auxiliary = True
        elif token.tag_ not in ("RB", "RBR") and lower not in ("others", "more", "people"):
            break
    return None


def _climb(analysis: Analysis, site: Site, unit_kind: UnitKind | None) -> Governed:
    """The kind by the words above the figure in the parse."""
    kinds = _kinds()
    node = site.node
    verb: Token | None = None
    for _ in range(8):
        head, dep = node.head, node.dep_
        if head.i == node.i:
            # A headline's root noun, or the root verb taken for a noun.
            break
        tag = head.tag_
        if tag in ("IN", "TO", "RP") or dep == "pobj":
            above = head.head
            if above.i == head.i:
                break
            if above.tag_[:2] == "NN":
                kind = _noun_kind(above, unit_kind)
                if kind is not None and head.lower_ in ("of", "in", "to", "at", "for", "from"):
                    outer = _verb_above(above)
                    return Governed(kind, outer, "object")
                if head.lower_ not in ("of", "at", "to", "in", "by", "from", "with"):
                    break
                node = above
                continue
            if above.tag_[0] == "V":
                return _argument(analysis, site, head, above, unit_kind)
            node = head
            continue
        if tag[0] == "V":
            if dep in ("dobj", "obj", "oprd", "attr", "dative", "nsubj", "nsubjpass", "npadvmod"):
                return _of_verb(site, node, head, dep, unit_kind)
            if dep in ("pcomp", "conj", "advmod", "prep", "appos", "dep"):
                verb = head
                if dep == "conj" and node.tag_[0] != "V":
                    # "killed 5 people and 3 soldiers" with the second noun hung on the verb.
                    kind = _fits(kinds.object.get(head.lemma_), unit_kind)
                    return Governed(kind, head, "object")
            break
        if tag[:2] in ("NN", "CD", "PR", "JJ", "DT"):
            if dep in (
                "conj",
                "appos",
                "nummod",
                "nmod",
                "compound",
                "npadvmod",
                "amod",
                "quantmod",
            ):
                kind = _noun_kind(head, unit_kind) or _modifier_kind(head, unit_kind)
                if kind is not None and dep == "appos":
                    return Governed(kind, _verb_above(head), "object", head)
                node = head
                continue
            break
        node = head
    return Governed(None, verb)


def _verb_above(token: Token) -> Token | None:
    """The nearest verb above a token, a few steps up."""
    for _ in range(5):
        if token.head.i == token.i:
            return token if token.tag_[0] == "V" else None
        token = token.head
        if token.tag_[0] == "V":
            return token
    return None


def _of_verb(
    site: Site, node: Token, verb: Token, dep: str, unit_kind: UnitKind | None
) -> Governed:
    """The kind of an object or a subject of ``verb``."""
    kinds = _kinds()
    lemma = verb.lemma_.lower()
    if dep == "nsubjpass":
        kind = _participle(verb, unit_kind) or _fits(kinds.object.get(lemma), unit_kind)
        return Governed(kind, verb, "object")
    if dep == "nsubj":
        kind = _fits(kinds.subject.get(lemma), unit_kind)
        objects = [c for c in verb.children if c.dep_ in ("dobj", "obj")]
        passive_like = verb.tag_ in ("VBN", "VBD") and not objects
        if kind is None and passive_like:
            # "176 soldiers killed in clashes": a headline's participle read as a past tense.
            kind = _participle(verb, unit_kind)
        if kind is None and lemma in ("be", "stand", "remain"):
            kind = _state(verb, unit_kind)
        return Governed(kind, verb, "subject")
    particle = next((c.lower_ for c in verb.children if c.dep_ == "prt"), "")
    named = kinds.object.get(f"{lemma}_{particle}") if particle else None
    kind = _fits(named or kinds.object.get(lemma), unit_kind)
    if kind is not None and lemma != "see":
        return Governed(kind, verb, "object")
    sibling = _held(verb, node, unit_kind)
    return Governed(sibling.kind, verb, "object", sibling.noun)


def _state(verb: Token, unit_kind: UnitKind | None) -> str | None:
    """The kind of "is under occupation", "are missing", "are dead"."""
    for child in verb.children:
        if child.dep_ in ("acomp", "attr", "oprd"):
            kind = _participle(child, unit_kind)
            if kind is not None:
                return kind
        elif child.dep_ == "prep":
            for grandchild in child.children:
                if grandchild.dep_ == "pobj":
                    kind = _noun_kind(grandchild, unit_kind)
                    if kind is not None:
                        return kind
    return None


def _argument(
    analysis: Analysis, site: Site, preposition: Token, verb: Token, unit_kind: UnitKind | None
) -> Governed:
    """The kind of "put the toll at 300", "raised it to 71", "supplied it with 40 tanks"."""
    kinds = _kinds()
    lower = preposition.lower_
    if lower in ("at", "to", "by", "from", "of", "as"):
        held = _held(verb, preposition, unit_kind)
        if held.kind is not None or held.noun is not None:
            return Governed(held.kind, verb, "", held.noun)
    if lower == "with":
        return Governed(_fits(kinds.object.get(verb.lemma_), unit_kind), verb, "object")
    if lower == "for" and unit_kind == "money":
        return Governed("spent" if verb.lemma_ in ("buy", "purchase") else None, verb)
    return Governed(None, verb)


def _held(verb: Token, besides: Token, unit_kind: UnitKind | None) -> Governed:
    """What another noun phrase of the verb says a figure counts ("the number of soldiers killed")."""
    holders = _scope()["holders"]
    for child in verb.children:
        if child.i == besides.i or child.dep_ not in (
            "dobj",
            "obj",
            "nsubj",
            "nsubjpass",
            "attr",
            "oprd",
        ):
            continue
        compound = " ".join(t.lower_ for t in child.lefts if t.dep_ in ("compound", "amod"))
        toll = f"{compound} {child.lower_}".strip()
        kind = _kinds().tolls.get(toll) or _noun_kind(child, unit_kind)
        if child.lemma_ in holders or kind is not None:
            noun = _inner_noun(child)
            inner = noun if noun is not None else child
            kind = _modifier_kind(inner, unit_kind) or _noun_kind(inner, unit_kind) or kind
            if kind is None and child.lemma_ == "toll":
                kind = "killed"
            return Governed(kind, verb, "", noun)
    return Governed(None)


def _inner_noun(holder: Token) -> Token | None:
    """The noun of "the number of soldiers": "soldiers"."""
    for child in holder.children:
        if child.dep_ == "prep" and child.lower_ in ("of", "from"):
            for grandchild in child.children:
                if grandchild.dep_ == "pobj":
                    return grandchild
    return None
