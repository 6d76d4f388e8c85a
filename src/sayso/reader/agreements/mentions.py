"""Mentions of agreements: their words, and what these say of which agreement is meant."""

from dataclasses import dataclass, field

from spacy.tokens import Token

from sayso.reader.agreements.words import words
from sayso.reader.clauses import NOUN, Clauses
from sayso.records import Actor, Span

_MODIFIERS = ("det", "poss", "amod", "compound", "nmod", "nummod", "predet", "quantmod", "punct")
#: Tokens that a name may go on for after its head ("Treaty on Friendship and Mutual Assistance").
_REACH = 14


@dataclass
class AgreementMention:
    """One stretch of text that refers to an agreement.

    Attributes:
        head: the noun, or the verb of "cease fire".
        span: the words, with article or possessive.
        core: the words that name it, without article, possessive or year.
        kind: the kind that its noun names.
        modifiers: the content words, lower case, that say which agreement it is.
        proper: whether it is a name in capitals.
        bare: whether nothing but its noun says which agreement is meant.
        definite: whether an article or possessive points at a known one.
        parties: the actors that its own words name as parties.
        paper: whether its noun is one that makes no agreement by itself ("the document", "it").
        other: whether it is set off from one spoken of before ("a previous truce").
    """

    head: Token
    span: Span
    core: str
    kind: str
    modifiers: frozenset[str]
    proper: bool
    bare: bool
    definite: bool
    parties: list[Actor] = field(default_factory=list)
    paper: bool = False
    other: bool = False


def find_mentions(clauses: Clauses, candidates: list[Token]) -> list[AgreementMention]:
    """The mentions headed by these words, in order."""
    found = []
    for token in candidates:
        if token.lower_ == "fire":
            mention = _cease_fire(clauses, token)
        elif token.lower_ in words().papers:
            mention = _paper(clauses, token)
        else:
            mention = _mention(clauses, token)
        if mention is not None:
            found.append(mention)
    return found


def _cease_fire(clauses: Clauses, fire: Token) -> AgreementMention | None:
    """A ceasefire named by a verb: "agreed to cease fire"."""
    verb = fire.head
    above = verb.head
    if fire.dep_ != "dobj" or verb.lemma_ != "cease" or above.lemma_ != "agree":
        return None
    if clauses.negated(above) or verb.dep_ not in ("xcomp", "ccomp"):
        return None
    span = clauses.analysis.span(above, fire)
    parties = parties_of(clauses, clauses.actors_of(clauses.agents(above)))
    return AgreementMention(
        verb, span, "ceasefire", "ceasefire", frozenset(["ceasefire"]), False, False, False, parties
    )


def _paper(clauses: Clauses, head: Token) -> AgreementMention | None:
    """An agreement taken up by a word of another use ("signed the document", "it runs")."""
    table = words()
    verb = head.head
    if head.lower_ == "it":
        if head.dep_ != "nsubj" or verb.lemma_ not in table.it_verbs or clauses.named(head):
            return None
        span = clauses.analysis.span(head, head)
    else:
        if not any(dep == "det" and c.lower_ == "the" for dep, c in clauses.children(head)):
            return None
        signing = head.dep_ in ("dobj", "nsubjpass") and verb.lemma_ in (
            table.signed | table.ratified
        )
        if not signing and not (head.dep_ == "pobj" and verb.lower_ == "under"):
            return None
        span = clauses.analysis.span(head.doc[_first(head)], head)
    return AgreementMention(
        head, span, head.text, "agreement", frozenset(), False, True, True, paper=True
    )


def _mention(clauses: Clauses, head: Token) -> AgreementMention | None:
    table = words()
    if head.pos_ not in NOUN:
        return None
    doc = clauses.analysis.doc
    lower = head.lower_
    if head.dep_ in ("compound", "nmod") and head.head.i > head.i:
        return None  # "Treaty Organization", "ceasefire agreement": the head's, or no agreement
    first = _first(head)
    last = _last(clauses, head)
    before = [doc[i] for i in range(first, head.i)]
    owner = clauses.child(head, "poss")
    kind = table.kinds[lower]
    core = [t for t in before if _names(clauses, t, owner)]
    if kind == "agreement" and any(table.kinds.get(t.lower_) == "ceasefire" for t in core):
        kind = "ceasefire"
    content = [
        t
        for t in (*core, *(doc[i] for i in range(head.i + 1, last + 1)))
        if t.pos_ in ("NOUN", "PROPN", "ADJ", "VERB") and t.lower_ not in table.empty_modifiers
    ]
    modifiers = frozenset(
        "ceasefire" if table.kinds.get(t.lower_) == "ceasefire" else t.lower_
        for t in content
        if not t.like_num
    )
    if table.kinds[lower] == "ceasefire":
        modifiers |= {"ceasefire"}
    if modifiers & table.private:
        return None
    # The model's text has a headline in sentence case: what is a name is seen in the article's.
    text = clauses.analysis.article.text
    capital = text[head.idx].isupper()
    proper = capital and (last > head.i or any(text[t.idx].isupper() for t in core))
    plural = head.tag_ in ("NNS", "NNPS")
    if plural and not proper:
        return None
    definite = owner is not None or any(t.lower_ in table.determiners for t in before)
    parties = _own_parties(clauses, head, owner, before)
    bare = not proper and not modifiers - {"ceasefire"}
    if not (proper or definite) and not _made(clauses, head, kind, modifiers, parties):
        return None
    if bare and not definite and kind != "ceasefire" and not parties:
        return None
    core_first = core[0] if core else head
    while core_first.i < head.i and core_first.lower_ in table.empty_modifiers and not proper:
        core_first = doc[core_first.i + 1]
    end = doc[last].idx + len(doc[last])
    return AgreementMention(
        head,
        clauses.analysis.article.span(doc[first].idx, end),
        clauses.analysis.article.text[core_first.idx : end],
        kind,
        modifiers,
        proper,
        bare,
        definite,
        parties,
        other=any(t.lower_ in table.other for t in before),
    )


def _first(head: Token) -> int:
    """The index of the first word of the phrase: its article, possessor or modifier."""
    first = head.i
    for child in head.lefts:
        if child.dep_ in _MODIFIERS:
            first = min(first, child.left_edge.i)
    while first < head.i and head.doc[first].is_punct:
        first += 1
    return first


def _last(clauses: Clauses, head: Token) -> int:
    """The index of the last word of the name: past "on Friendship and Mutual Assistance"."""
    table = words()
    for dep, child in clauses.children(head):
        if dep != "prep" or child.i != head.i + 1 or child.lower_ not in table.subject_preps:
            continue
        for inner_dep, inner in clauses.children(child):
            if inner_dep != "pobj" or clauses.named(inner):
                continue
            if not (inner.text[0].isupper() or inner.lower_ in table.topics):
                continue
            parts = [p for p in clauses.conjuncts(inner) if p.pos_ in (*NOUN, "ADJ")]
            return max(p.i for p in parts if p.i <= head.i + _REACH)
    return head.i


def _names(clauses: Clauses, token: Token, owner: Token | None) -> bool:
    """Whether a word before the head belongs to the agreement's name: no article, owner or date."""
    if owner is not None and owner.left_edge.i <= token.i <= owner.i:
        return False
    if owner is not None and token.tag_ == "POS":
        return False
    if token.ent_type_ == "DATE" and not token.is_alpha:
        return not token.is_punct
    if token.is_punct or token.pos_ in ("DET", "PRON"):
        return token.lower_ in ("-", "–")
    return not (token.ent_type_ == "DATE" and token.text[0].isupper())


def _made(
    clauses: Clauses, head: Token, kind: str, modifiers: frozenset[str], parties: list[Actor]
) -> bool:
    """Whether an indefinite phrase speaks of one agreement ("reached a ceasefire agreement")."""
    table = words()
    if head.lower_ in table.vague and not modifiers and not parties:
        return False
    if clauses.has_no(head):
        return False
    if parties and (modifiers or kind in table.indefinite_kinds):
        return True
    if any(dep == "acl" and c.lemma_ in table.makes for dep, c in clauses.children(head)):
        return True
    verb = head.head
    if head.dep_ == "nsubj" and not any(d == "det" for d, _ in clauses.children(head)):
        return verb.tag_ == "VBN" and verb.lemma_ in table.makes  # a headline: "Truce deal reached"
    if head.dep_ in ("dobj", "nsubjpass", "pobj"):
        if head.dep_ == "pobj":
            verb = verb.head
        if verb.lemma_ in table.makes:
            return True
    # "In response to a treaty of friendship": what it is about says which.
    return bool(modifiers & table.topics) and kind in table.indefinite_kinds


def _own_parties(
    clauses: Clauses, head: Token, owner: Token | None, before: list[Token]
) -> list[Actor]:
    """The parties that the phrase itself names: possessors, demonyms, "between", "with"."""
    found: list[Actor] = []
    if owner is not None:
        found += clauses.actors_of(clauses.conjuncts(owner))
    found += [
        actor
        for token in before
        if owner is None or not owner.left_edge.i <= token.i <= owner.i
        for _, actor in clauses.named(token)
    ]
    for prep, inner in clauses.prepositions(head):
        if prep in ("between", "with", "among"):
            found += clauses.actors_of(clauses.conjuncts(inner))
    return parties_of(clauses, found)


def parties_of(clauses: Clauses, actors: list[Actor]) -> list[Actor]:
    """The countries and organisations that these actors stand for, each once.

    A government, an official or an army stands for its country where the article names that.
    """
    found: dict[str, Actor] = {}
    by_code = {a.country: a for a in reversed(clauses.cast.actors) if a.kind == "country"}
    for actor in actors:
        party: Actor | None = actor
        if actor.kind not in ("country", "organisation") or (
            actor.kind == "organisation" and actor.country is not None
        ):
            party = by_code.get(actor.country) if actor.country is not None else None
            if party is None and actor.kind in ("government", "organisation", "group"):
                party = actor
        if party is not None:
            found.setdefault(party.id, party)
    return list(found.values())
