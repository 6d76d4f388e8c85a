"""What shows that a phrase speaks of an agreement, and of one between states."""

from sayso.reader.agreements.mention import AgreementMention
from sayso.reader.agreements.parties import acting, is_state, parties_by
from sayso.reader.agreements.words import words
from sayso.reader.clauses import VERB, Clauses


def is_public(clauses: Clauses, mention: AgreementMention) -> bool:
    """Whether states, or what only states agree on, stand by it."""
    table = words()
    if mention.kind not in table.generic or mention.modifiers & table.public:
        return True
    if any(is_state(p) for p in mention.parties):
        return True
    if mention.proper and (mention.kind not in table.weak or _handled(clauses, mention)):
        return True
    if mention.definite and placed(clauses, mention):
        return True
    for link in mention.links:
        if any(is_state(p) for p in parties_by(clauses, link)[0]):
            return True
        under = link.role == "by" and link.prep in table.by_terms and link.word.pos_ in VERB
        if under and any(is_state(p) for p in acting(clauses, clauses.agents(link.word))):
            return True
        if link.role == "subject" and link.word.lemma_ in table.bind_object:
            bound = [c for dep, c in clauses.children(link.word) if dep == "dobj"]
            if any(is_state(p) for p in acting(clauses, bound)):
                return True
    return False


def placed(clauses: Clauses, mention: AgreementMention) -> bool:
    """Whether it is called by a place ("the Minsk agreements")."""
    before = mention.head.doc[mention.head.i - 1] if mention.head.i else mention.head
    if before.pos_ != "PROPN" or before.lower_ not in mention.modifiers:
        return False
    kinds = ("place", "government") if mention.plural else ("place",)
    return any(a.kind in kinds for _, a in clauses.named(before))


def accepted(clauses: Clauses, mention: AgreementMention) -> bool:
    """Whether a phrase speaks of one agreement, known or made here."""
    head, table = mention.head, words()
    if mention.proper:
        return mention.kind not in table.weak or mention.public or _handled(clauses, mention)
    if clauses.has_no(head):
        return False
    if mention.definite:
        return not (mention.kind in table.weak and mention.bare)
    if mention.kind == "ceasefire" and mention.bare and _made(clauses, mention):
        return True
    return mention.public and _made(clauses, mention)


def _handled(clauses: Clauses, mention: AgreementMention) -> bool:
    """Whether it is signed, ratified, kept or followed."""
    table = words()
    known = table.makes | table.ratified | table.ended | table.bind_object
    return any(
        link.word.lemma_ in known or (link.role == "by" and link.prep in table.under)
        for link in mention.links
    )


def _made(clauses: Clauses, mention: AgreementMention) -> bool:
    """Whether an indefinite phrase speaks of one agreement ("reached a ceasefire agreement")."""
    table, head = words(), mention.head
    specific = mention.kind in table.indefinite_kinds
    if mention.parties and (mention.modifiers or specific):
        return True
    for link in mention.links:
        if link.word.lemma_ in table.makes and link.role == "object":
            return link.word.lemma_ != "have" or bool(mention.modifiers)
        if link.role == "by" and link.prep in table.party_preps.get(link.word.lemma_, ()):
            return not clauses.negated(link.word)
        if link.role == "by" and link.word.lemma_ in table.makes:
            return True
    stating = table.bind_object | table.state
    if any(k.role == "subject" and k.relative and k.word.lemma_ in stating for k in mention.links):
        return True  # "under an agreement that permits Tokyo to …"
    if head.dep_ == "appos" and head.head.lower_ in table.kinds:
        return True
    # "In response to a treaty of friendship": what it is about says which.
    return bool(mention.modifiers & table.topics) and specific
