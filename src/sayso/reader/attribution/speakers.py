"""Who speaks: from a cue verb to the noun phrases that are its sources."""

from spacy.tokens import Token

from sayso.reader.attribution import lexis
from sayso.reader.attribution.trees import (
    Range,
    agent,
    conjuncts,
    is_passive,
    is_someone,
    nominal_before,
    noun_core,
    subject,
    verb_group,
    with_name,
)

_RELATIVE = frozenset({"who", "which", "that", "whom"})


def sources_of(verb: Token) -> list[Range]:
    """Who speaks: the verb's subject, or that of the clause that it hangs on.

    Where the parse gives none, the noun phrase that stands directly before the verb.
    """
    noun = source_noun(verb)
    if noun is not None and (nearer := _in_own_clause(verb, noun)) is not None:
        return [nearer]
    if noun is None and not is_passive(verb) and verb.tag_ not in ("VBG", "VB", "VBN"):
        before = nominal_before(verb.doc, verb_group(verb)[0] - 1, verb.sent.start)
        return [before] if before is not None else []
    return noun_ranges(noun) if noun is not None else []


def _in_own_clause(verb: Token, noun: Token) -> Range | None:
    """The phrase between a subordinator and the verb, where the parse took a subject before it.

    In "70 dead, hours after the two sides announced", the sides announce, whatever the parse says.
    """
    doc = verb.doc
    before = nominal_before(doc, verb_group(verb)[0] - 1, verb.sent.start)
    if before is None or before[0] <= noun.i <= before[1] or noun.i > verb.i or before[0] == 0:
        return None
    opener = doc[before[0] - 1]
    return before if opener.lower_ in lexis.words("subordinators", "words") else None


def noun_ranges(noun: Token) -> list[Range]:
    """The noun phrase as a source, a range for each of several that are joined by "and"."""
    ranges = [with_name(noun.doc, noun_core(n)) for n in conjuncts(noun)]
    return [r for r in ranges if is_someone(noun.doc, r)]


def source_noun(verb: Token) -> Token | None:
    """The head noun of who speaks (see ``sources_of``)."""
    for _ in range(8):  # a clause hangs on at most a few others; a bound, should a parse be odd
        if is_passive(verb):
            by = agent(verb)
            if by is None and verb.dep_ == "acl" and verb.head.dep_ == "ROOT":
                return verb.head  # the parse took the sentence's own verb for a participle
            return by
        outer = outer_speaker(verb)
        if outer is not None:
            verb = outer
        own = subject(verb)
        if own is not None and own.dep_ != "expl":
            return _antecedent(verb, own) if own.lower_ in _RELATIVE else own
        if verb.dep_ == "acl":
            paper = verb.head
            if paper.dep_ == "dobj" and paper.head.lemma_ in lexis.words("nouns_made", "verbs"):
                verb = paper.head  # "issued a statement saying": who issued it says it
                continue
            return paper
        if verb.dep_ in ("conj", "advcl", "xcomp", "pcomp", "parataxis", "dep", "ccomp"):
            head = verb.head
            if head.dep_ == "prep":
                head = head.head
            if verb.dep_ == "advcl" and verb.tag_ == "VBG" and verb.doc[verb.i - 1].text == ",":
                # "said P, adding Q": whoever says P adds Q, though the parse hangs it on P.
                while head.dep_ == "ccomp" and head.head.lemma_.lower() in lexis.verbs():
                    head = head.head
            if head.pos_ not in ("VERB", "AUX") or head is verb:
                return None
            verb = head
            if is_passive(verb) and subject(verb) is not None:
                return subject(verb)
            continue
        return None
    return None


def outer_speaker(verb: Token) -> Token | None:
    """The cue verb whose speaker also says this: "said P, and blamed Q", where P holds "blamed".

    The parse hangs the second verb on the verb of P. It belongs to the outer speaker where a comma
    stands before the "and", or where P tells of a state that its subject does not act in.
    """
    if verb.dep_ != "conj" or subject(verb) is not None:
        return None
    inner = verb.head
    outer = inner.head
    if inner.dep_ != "ccomp" or outer.i > inner.i or outer.tag_ != verb.tag_:
        return None
    if outer.lemma_.lower() not in lexis.verbs():
        return None
    joint = next((c.i for c in inner.children if c.dep_ == "cc" and inner.i < c.i < verb.i), None)
    if joint is None:
        return None
    comma = verb.doc[joint - 1].text == ","
    return outer if comma or is_passive(inner) or inner.lemma_ == "be" else None


def _antecedent(verb: Token, pronoun: Token) -> Token:
    """Whom a "who" or "which" stands for: the name before it, else what its clause hangs on."""
    doc = verb.doc
    for at in range(pronoun.i - 1, max(-1, pronoun.i - 4), -1):
        if doc[at].pos_ in ("PROPN", "NOUN"):
            named = doc[at]
            if named.ent_type_ in ("PERSON", "ORG", "GPE", "NORP"):
                while (
                    named.head.i != named.i
                    and named.head.ent_type_ == named.ent_type_
                    and (
                        abs(named.head.i - named.i) < 12
                        and named.dep_ in ("compound", "appos", "nmod")
                    )
                ):
                    named = named.head
                return named
            break
    return verb.head if verb.dep_ == "relcl" else pronoun
