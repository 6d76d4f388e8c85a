"""How far the name of an agreement reaches around its noun."""

from spacy.tokens import Token

from sayso.reader.agreements.words import words
from sayso.reader.clauses import NOUN, Clauses

_MODIFIERS = ("det", "poss", "amod", "compound", "nmod", "nummod", "predet", "quantmod", "punct")
#: Tokens that a name may go on for after its head ("Treaty on Friendship and Mutual Assistance").
_REACH = 14
#: Names of these are no part of what a treaty is on.
_WHEN = ("DATE", "TIME", "CARDINAL", "MONEY")


def first_of(head: Token) -> int:
    """The index of the first word of the phrase: its article, possessor or modifier."""
    first = head.i
    for child in head.lefts:
        if child.dep_ in _MODIFIERS:
            first = min(first, child.left_edge.i)
    while first < head.i and head.doc[first].is_punct:
        first += 1
    return first


def last_of(clauses: Clauses, head: Token) -> int:
    """The index of the last word of the name: past "on Friendship and Mutual Assistance"."""
    doc = head.doc
    after = head.i + 1
    if after >= len(doc) or doc[after].lower_ not in words().subject_preps:
        return head.i
    text = clauses.analysis.article.text
    if text[head.idx].isupper():
        last = _capitals(clauses, head)
        if last > head.i:
            return last
    for dep, child in clauses.children(head):
        if dep != "prep" or child.i != after:
            continue
        for inner_dep, inner in clauses.children(child):
            if inner_dep == "pobj" and _topic(clauses, inner):
                parts = [p for p in clauses.conjuncts(inner) if p.pos_ in (*NOUN, "ADJ")]
                return max(p.i for p in parts if p.i <= head.i + _REACH)
    return head.i


def _topic(clauses: Clauses, noun: Token) -> bool:
    """Whether a noun says what an agreement is about: bare, and neither a day nor an actor."""
    if clauses.named(noun) or noun.ent_type_ in _WHEN or noun.pos_ not in NOUN:
        return False
    if noun.lower_ in words().topics or noun.text[0].isupper():
        return True
    loose = any(dep in ("det", "poss", "nummod") for dep, _ in clauses.children(noun))
    return not loose and noun.lower_ not in words().kinds


def _capitals(clauses: Clauses, head: Token) -> int:
    """The end of a name in capitals: small words only where a capital follows."""
    doc, table = head.doc, words()
    text = clauses.analysis.article.text
    last, index = head.i, head.i + 1
    end = min(len(doc), head.sent.end, head.i + _REACH)
    while index < end:
        token = doc[index]
        small = token.lower_ in table.name_glue
        if not small and (token.ent_type_ in _WHEN or not text[token.idx].isupper()):
            break
        if not small:
            last = index
        elif token.lower_ in (",", "and", "in", "for", "to") and _stranger(clauses, index):
            break
        index += 1
    return last


def _stranger(clauses: Clauses, index: int) -> bool:
    """Whether what follows a small word of a name belongs to the sentence instead."""
    doc = clauses.analysis.doc
    token = doc[index]
    if token.lower_ == "in":
        return token.head.pos_ not in NOUN
    if token.lower_ == ",":
        # Only a list goes on: "Friendship, Cooperation and Mutual Assistance".
        joined = (doc[i].lower_ for i in range(index + 1, min(len(doc), index + 6)))
        if "and" not in joined:
            return True
    after = index + 1
    while after < len(doc) and doc[after].lower_ in words().name_glue:
        after += 1
    return after >= len(doc) or bool(clauses.named(doc[after]))


def belongs(token: Token, owner: Token | None, last_owner: Token | None) -> bool:
    """Whether a word before the head belongs to the agreement's name: no article, owner or date."""
    first = owner.left_edge.i if owner is not None else token.i + 1
    if last_owner is not None and first <= token.i <= last_owner.i:
        return False
    if owner is not None and token.tag_ == "POS":
        return False
    if token.ent_type_ == "DATE" and not token.is_alpha:
        return not token.is_punct
    if token.is_punct or token.pos_ in ("DET", "PRON"):
        return token.lower_ in ("-", "–")
    return not (token.ent_type_ == "DATE" and token.text[0].isupper())
