"""Small readings of the parse: ranges, subjects, auxiliaries. Indices are token indices."""

from collections.abc import Iterable

from spacy.tokens import Doc, Token

#: A contiguous range of tokens: first and last index, both inclusive.
Range = tuple[int, int]

_TRIM = frozenset(",;:-–—…") | {"...", "--"}
_DANGLING = frozenset({"and", "but", "or", "as", "while", "when", "which"})
_DASHES = frozenset({"-", "–", "—", "--"})
_AUXILIARY = frozenset({"aux", "auxpass", "neg", "prt"})
_SUBJECT = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass", "expl"})


def edges(token: Token) -> Range:
    """The range of a token's subtree."""
    return token.left_edge.i, token.right_edge.i


def root_of(doc: Doc, span: Range) -> Token:
    """The token of a range that governs the others."""
    return doc[span[0] : span[1] + 1].root


def child(token: Token, *deps: str) -> Token | None:
    """The first child with one of these dependency labels."""
    for other in token.children:
        if other.dep_ in deps:
            return other
    return None


def subject(token: Token) -> Token | None:
    """The subject among the children of a verb."""
    return child(token, *_SUBJECT)


def is_passive(verb: Token) -> bool:
    """Whether a verb stands in the passive."""
    subjects = False
    for other in verb.children:
        if other.dep_ in ("auxpass", "nsubjpass"):
            return True
        subjects = subjects or other.dep_ in _SUBJECT
    if verb.tag_ == "VBD" and verb.dep_ == "advcl" and not subjects:
        return True  # "When asked whether …": a participle that the tagger took for a past tense
    # The tagger often takes the participle behind a noun ("officials briefed on") for a past tense.
    return verb.dep_ in ("acl", "advcl", "amod") and (
        verb.tag_ == "VBN" or (verb.tag_ == "VBD" and verb.dep_ == "acl" and not subjects)
    )


def agent(verb: Token) -> Token | None:
    """Who did it, in a passive: the noun after "by"."""
    by = child(verb, "agent")
    if by is None:
        by = next((c for c in verb.children if c.dep_ == "prep" and c.lower_ == "by"), None)
    return child(by, "pobj") if by is not None else None


def verb_group(verb: Token) -> Range:
    """A verb with the auxiliaries, negation and particle that stand directly around it."""
    first = last = verb.i
    for other in verb.children:
        if other.dep_ not in _AUXILIARY:
            continue
        if other.i < first and verb.i - other.i <= 4:
            between = verb.doc[other.i : verb.i]
            if not any(t.dep_ in _SUBJECT or t.is_punct for t in between):
                first = other.i
        elif other.i == last + 1:
            last = other.i
    return first, last


def noun_core(noun: Token) -> Range:
    """A noun phrase without relative clauses, appositions in commas and what follows "and"."""
    first, last = edges(noun)
    for at in range(noun.i - 1, first, -1):
        if noun.doc[at].text in _DASHES and noun.doc[at - 1].whitespace_:
            first = at + 1  # a dateline: "KYIV (Reuters) - The army said"
            break
    for other in noun.children:
        if other.i < noun.i:
            if other.dep_ == "preconj":
                first = max(first, other.i + 1)
        elif other.dep_ == "case":
            last = min(last, other.i - 1)
        elif (
            other.dep_ in ("relcl", "cc", "conj", "acl", "parataxis", "dep", "advcl")
            or (other.dep_ == "prep" and _is_when(other))
            or (other.dep_ == "appos" and other.ent_type_ != "PERSON" and _after_comma(other))
        ):
            last = min(last, other.left_edge.i - 1)
    return trim(noun.doc, (first, max(last, noun.i))) or (noun.i, noun.i)


def _after_comma(token: Token) -> bool:
    first = token.left_edge.i
    return first > 0 and token.doc[first - 1].is_punct


def _is_when(prep: Token) -> bool:
    """Whether a phrase says when ("at the time", "on Monday") and is no part of a name."""
    held = child(prep, "pobj")
    return held is not None and (
        held.ent_type_ in ("DATE", "TIME") or held.lemma_ in ("time", "part")
    )


def with_name(doc: Doc, span: Range) -> Range:
    """The range and the name around it: "Russian news agency" + "Tass", "Minister Pak" + "Ae"."""
    first, last = span
    while first > 0 and doc[first].pos_ == "PROPN" and doc[first - 1].pos_ == "PROPN":
        if doc[first].is_sent_start or doc[first - 1].ent_type_ in ("DATE", "TIME"):
            break
        first -= 1
    while (
        last + 1 < len(doc)
        and doc[last + 1].pos_ == "PROPN"
        and doc[last].pos_ in ("NOUN", "PROPN")
        and doc[last + 1].ent_type_ not in ("DATE", "TIME")
        and not doc[last + 1].is_sent_start
    ):
        last += 1
    return first, last


def is_someone(doc: Doc, span: Range) -> bool:
    """Whether a range can name a source: more than a time ("Wednesday") or a number."""
    held = [doc[i] for i in range(span[0], span[1] + 1)]
    if all(t.ent_type_ in ("DATE", "TIME") for t in held):
        return False
    return any(t.pos_ in ("NOUN", "PROPN", "PRON", "ADJ", "X") for t in held) or (
        any(t.pos_ == "DET" for t in held)
    )


_NOMINAL = frozenset({"PROPN", "NOUN", "DET", "ADJ", "NUM", "PART", "PRON"})


def nominal_before(doc: Doc, last: int, floor: int) -> Range | None:
    """The noun phrase that ends at or (adverbs and times apart) before token ``last``."""
    while last >= floor and (
        doc[last].pos_ in ("ADV", "AUX")
        or doc[last].ent_type_ in ("DATE", "TIME")
        or (doc[last].lower_ == "on" and doc[last + 1].ent_type_ == "DATE")
    ):
        last -= 1
    if last < floor or doc[last].pos_ not in ("PROPN", "NOUN", "PRON"):
        return None
    if doc[last].lower_ in ("that", "which", "who", "it", "this", "there"):
        return None
    first = last
    while first > floor and (
        doc[first - 1].pos_ in _NOMINAL or doc[first - 1].lower_ in ("of", "'s", "’s", "for", "the")
    ):
        first -= 1
    return first, last


def conjuncts(noun: Token) -> list[Token]:
    """A noun and the nouns that "and" joins to it."""
    found = [noun]
    for other in noun.children:
        if other.dep_ == "conj" and other.i > noun.i:
            found += conjuncts(other)
    return found


def trim(doc: Doc, span: Range) -> Range | None:
    """The range without punctuation and white space at its ends; None where nothing is left.

    Quotation marks, brackets and full stops within stay; a final full stop goes.
    """
    first, last = span
    while first <= last and (
        doc[first].is_space or doc[first].text in _TRIM or doc[first].text == "."
    ):
        first += 1
    while first <= last and (
        doc[last].is_space
        or doc[last].text in _TRIM
        or doc[last].text == "."
        or (last > first and doc[last].lower_ in _DANGLING)
    ):
        last -= 1
    return (first, last) if first <= last else None


def without(span: Range, holes: Iterable[Range]) -> list[Range]:
    """What is left of a range once the holes are cut out of it, in order."""
    first, last = span
    left = []
    for start, end in sorted(holes):
        if end < first or start > last:
            continue
        if start > first:
            left.append((first, start - 1))
        first = max(first, end + 1)
    if first <= last:
        left.append((first, last))
    return left


def covers(outer: Range, inner: Range) -> bool:
    """Whether the inner range lies within the outer."""
    return outer[0] <= inner[0] and inner[1] <= outer[1]
