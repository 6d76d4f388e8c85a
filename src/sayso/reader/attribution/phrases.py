"""Attributions by other words than verbs: "according to", "as X reported", nouns, adjectives."""

from collections.abc import Iterator

from spacy.tokens import Token

from sayso.reader.attribution import lexis
from sayso.reader.attribution.found import Found
from sayso.reader.attribution.speakers import noun_ranges, source_noun
from sayso.reader.attribution.trees import (
    Range,
    agent,
    child,
    conjuncts,
    edges,
    is_passive,
    noun_core,
    subject,
    without,
)


def according_to(token: Token) -> Found | None:
    """Read "According to X, P" and "P, according to X", X being several where "and" joins them."""
    doc = token.doc
    for phrase in lexis.according():
        end = token.i + len(phrase) - 1
        if end + 1 >= len(doc) or tuple(t.lower_ for t in doc[token.i : end + 1]) != phrase:
            continue
        noun = child(doc[end], "pobj") or child(token, "pobj") or _who_told(doc[end])
        if noun is None or (len(phrase) == 1 and noun.ent_type_ not in ("ORG", "PERSON")):
            return None
        sources = [_without_estimate(n) for n in conjuncts(noun)]
        phrase_range = (token.i, max(noun.right_edge.i, sources[-1][1]))
        content = without(_clause_around(token), [phrase_range])
        rare = phrase != ("according", "to")  # too rare for the model to have learnt
        return Found((token.i, end), sources, content, takes_quote=True, whole=rare)
    return None


def _who_told(preposition: Token) -> Token | None:
    """Whose words "according to reported the agency X" are, as clumsy translations put it."""
    told = child(preposition, "pcomp")
    if told is None or told.tag_ not in ("VBN", "VBD") or subject(told) is not None:
        return None
    return agent(told) or child(told, "dobj")


def _without_estimate(noun: Token) -> Range:
    """The source in "the ministry's estimates": whose they are."""
    first, last = noun_core(noun)
    cue = lexis.nouns().get(noun.lemma_.lower())
    if cue is None or cue.type == "report":
        return first, last
    owner = child(noun, "poss")
    if owner is not None:
        return noun_core(owner)
    names = [c for c in noun.children if c.i < noun.i and c.dep_ in ("compound", "nmod", "amod")]
    if any(c.ent_type_ or c.pos_ == "PROPN" for c in names) and names[-1].dep_ != "amod":
        return min(c.left_edge.i for c in names), noun.i - 1
    return first, last


def _clause_around(token: Token) -> Range:
    """The clause that a phrase comments on: its sentence, or the content clause around it."""
    head = token.head
    for _ in range(12):
        if head.dep_ in ("ccomp", "pcomp") and head.head.lemma_.lower() in lexis.verbs():
            clause = edges(head)
            if clause[0] <= token.i <= clause[1] and head.head.i < head.i:
                return clause
        if head.head is head or head.head.i == head.i:
            break
        head = head.head
    sentence = token.sent
    return sentence.start, sentence.end - 1


def as_reported(verb: Token) -> Found | None:
    """Read "as X said", "as reported by X", "as cited by X": the content is the rest."""
    mark = next((c for c in verb.children if c.lower_ == "as" and c.i < verb.i), None)
    if (
        mark is None
        or not _opens_clause(mark, verb)
        or child(verb, "ccomp", "dobj", "xcomp") is not None
    ):
        return None
    if verb.lemma_.lower() not in lexis.words("relay", "as_participles"):
        return None
    noun = agent(verb) if is_passive(verb) else subject(verb)
    if noun is None or noun.lower_ == "it":
        return None
    sentence = verb.sent
    content = without((sentence.start, sentence.end - 1), [edges(verb)])
    return Found((mark.i, verb.i), noun_ranges(noun), content, whole=True) if content else None


def _opens_clause(mark: Token, verb: Token) -> bool:
    """Whether an "as" opens its clause, at the sentence's start or behind a comma."""
    before = mark.i - 1
    return mark.i == verb.left_edge.i and (mark.is_sent_start or mark.doc[before].is_punct)


def noun_cues(noun: Token) -> Iterator[Found]:
    """Nouns that name a speech act: "X's claim that P", "reports of P by X", "reports emerged"."""
    cue = lexis.nouns().get(noun.lemma_.lower())
    if cue is None or noun.dep_ in ("compound", "amod"):
        return
    head = noun.head
    brought = noun.dep_ == "nsubj" and head.lemma_.lower() in lexis.words("nouns_brought", "verbs")
    clause = _that_clause(noun)
    if brought and cue.type in ("report", "claim", "accuse", "estimate"):
        if clause is None and head.lemma_.lower() not in lexis.verbs():
            clause = child(head, "ccomp")
            if clause is not None:
                yield Found((head.i, head.i), [noun_core(noun)], [edges(clause)])
                return
        elif clause is not None and head.lemma_ in ("emerge", "surface", "circulate", "spread"):
            yield Found((head.i, head.i), [(noun.left_edge.i, noun.i)], [edges(clause)])
            return
    content: list[Range] = [edges(clause)] if clause is not None else []
    if not content:
        for prep in noun.children:
            if prep.dep_ == "prep" and prep.i > noun.i and prep.lower_ in cue.preps:
                held = child(prep, "pobj", "pcomp")
                if held is not None:
                    content = [_without_from(held)]
    if not content:
        return
    sources = _noun_sources(noun)
    if not sources and brought:
        sources = _from_sources(head)
    if not sources and clause is None:
        return
    if not sources and cue.type == "report":
        sources = [(noun.left_edge.i, noun.i)]
    yield Found((noun.i, noun.i), sources, content)


def by_count(noun: Token) -> Found | None:
    """Read "by the ministry's count, P": whose count it is says what the clause says."""
    prep = noun.head
    if (
        noun.dep_ != "pobj"
        or prep.lower_ not in lexis.words("counts", "preps")
        or noun.lemma_.lower() not in lexis.words("counts", "nouns")
    ):
        return None
    owner = child(noun, "poss")
    if owner is None or owner.i < prep.i:
        return None
    first, last = prep.i, noun.right_edge.i
    doc = noun.doc
    set_apart = (first == 0 or doc[first].is_sent_start or doc[first - 1].text == ",") and (
        last + 1 >= len(doc) or doc[last + 1].is_punct
    )
    if not set_apart:
        return None
    content = without(_clause_around(prep), [(first, last)])
    return Found((noun.i, noun.i), [noun_core(owner)], content, whole=True)


def _that_clause(noun: Token) -> Token | None:
    """The clause that says what the noun says: "the claim that P"."""
    for other in noun.children:
        if other.i > noun.i and other.dep_ in ("acl", "ccomp", "relcl"):
            mark = child(other, "mark")
            if mark is not None and mark.lower_ in ("that", "whether"):
                return other
    return None


def _without_from(held: Token) -> Range:
    """A noun phrase as content, without a "from X" or "by X" that names the source."""
    first, last = edges(held)
    for other in held.children:
        if other.dep_ == "prep" and other.lower_ in ("from", "by") and other.i > held.i:
            last = min(last, other.i - 1)
    return first, last


def _noun_sources(noun: Token) -> list[Range]:
    owner = child(noun, "poss")
    if owner is not None:
        return [noun_core(owner)]
    for prep in noun.children:
        if prep.dep_ in ("prep", "agent") and prep.lower_ in ("by", "from"):
            held = child(prep, "pobj")
            if held is not None:
                return noun_ranges(held)
    if noun.dep_ == "dobj" and noun.head.lemma_.lower() in lexis.words("nouns_made", "verbs"):
        speaker = source_noun(noun.head)
        return noun_ranges(speaker) if speaker is not None else []
    return []


def _from_sources(verb: Token) -> list[Range]:
    """The sources in "reports came from X and Y"."""
    for prep in verb.children:
        if prep.dep_ == "prep" and prep.lower_ == "from":
            held = child(prep, "pobj")
            return noun_ranges(held) if held is not None else []
    return []


def adjective_cue(adjective: Token) -> Found | None:
    """Read "X is confident that P"."""
    if adjective.lemma_.lower() not in lexis.adjectives() or adjective.dep_ != "acomp":
        return None
    clause = child(adjective, "ccomp", "xcomp")
    verb = adjective.head
    who = subject(verb)
    if clause is None or who is None or who.dep_ == "expl" or who.lower_ in ("it", "this", "that"):
        return None
    return Found((verb.i, adjective.i), noun_ranges(who), [edges(clause)])


def hearsay(adverb: Token) -> Found | None:
    """Read "reportedly", "allegedly": on somebody's word, without saying whose."""
    head = adverb.head
    if adverb.dep_ != "advmod" or head.i == adverb.i:
        return None
    content = [r for r in without(edges(head), [(adverb.i, adverb.i)]) if r[1] >= r[0]]
    return Found((adverb.i, adverb.i), [], content, hearsay=True) if content else None
