"""Which verbs an agreement is a subject or an object of, and which follow it by a preposition."""

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Token

from sayso.reader.agreements.words import words
from sayso.reader.clauses import NOUN, VERB, Clauses

_RELATIVE = ("which", "that", "whereby")
#: Tokens between an agreement and the relative pronoun that takes it up.
_NEAR = 14
_FINITE = ("VBD", "VBZ", "VBP", "MD")


@dataclass(frozen=True)
class Link:
    """A word that an agreement hangs on.

    Attributes:
        word: the verb, or the noun of "a party to the treaty".
        role: ``subject``, ``object`` (subjects of passives too) or ``by`` a preposition.
        prep: that preposition in lower case, else empty.
        relative: whether a relative clause takes the agreement up ("which", "under which").
    """

    word: Token
    role: str
    prep: str = ""
    relative: bool = False


def links_of(clauses: Clauses, head: Token) -> list[Link]:
    """The links of an agreement's noun, its own clause first."""
    if head.pos_ == "VERB":  # "agreed to cease fire"
        return [Link(head.head, "object")]
    found = list(_upwards(clauses, head))
    for dep, child in clauses.children(head):
        if dep == "acl" and child.tag_ in ("VBN", "VBD", "VBG") and child.pos_ in VERB:
            role = "subject" if child.tag_ == "VBG" else "object"
            found += [Link(v, role) for v in clauses.conjuncts(child) if v.pos_ in VERB]
    for prep, inner in clauses.prepositions(head):
        if prep in ("with", "between", "among"):
            # "an agreement with Pakistan stating that …": the parse gives the clause to Pakistan.
            last = clauses.conjuncts(inner)[-1]
            stating = (c for dep, c in clauses.children(last) if dep == "acl" and c.tag_ == "VBG")
            found += [Link(verb, "subject") for verb in stating]
    found += _participle_before(clauses, head)
    found += _relative(clauses, head)
    return found


def _upwards(clauses: Clauses, head: Token) -> Iterator[Link]:
    top = head
    while top.dep_ in ("conj", "appos") and top.head.pos_ in NOUN:
        top = top.head
    above = top.head
    if top.dep_ == "nsubj" and (above.pos_ in VERB or clauses.child(above, "dobj", "nsubj")):
        yield from (Link(v, "subject") for v in _sharing(clauses, above))
    elif top.dep_ == "nsubjpass" and above.pos_ in VERB:
        yield from (Link(v, "object") for v in _sharing(clauses, above))
    elif top.dep_ == "dobj" and above.pos_ in VERB:
        yield Link(above, "object")
        # "signed and ratified the treaty", "signed the treaty and ratified it"
        if above.dep_ == "conj" and above.head.pos_ in VERB and _bare(clauses, above.head):
            yield Link(above.head, "object")
        for dep, child in clauses.children(above):
            if dep == "conj" and child.pos_ in VERB and child.i < head.i:
                yield Link(child, "object")
    elif top.dep_ == "pobj":
        prep = above
        word = prep.head
        if word.pos_ == "ADP" and word.dep_ in ("prep", "prt"):
            prep, word = word, word.head
        if _parenthetic(clauses, head, word):
            yield Link(word, "object")  # "Under the treaty, concluded in 1899, they gave up …"
            word = word.head
        given = prep.lower_
        if word.lemma_.lower() in words().terms | words().lines and word.dep_ == "pobj":
            # "under the terms of the treaty", "in line with the deal"
            given = "under" if word.head.lower_ in ("in", "as", "under", "within") else given
            word = word.head.head if given == "under" else word
        for verb in _sharing(clauses, word) if word.pos_ in VERB else (word,):
            yield Link(verb, "by", given)


def _parenthetic(clauses: Clauses, head: Token, verb: Token) -> bool:
    """Whether a participle between commas after an agreement was taken for its clause's verb."""
    return (
        verb.tag_ in ("VBN", "VBD")
        and verb.dep_ == "advcl"
        and head.i < verb.i < verb.head.i
        and verb.doc[verb.i - 1].text == ","
        and clauses.child(verb, "nsubj", "nsubjpass") is None
    )


def _bare(clauses: Clauses, verb: Token) -> bool:
    return clauses.child(verb, "dobj", "prep", "ccomp", "xcomp") is None


def _sharing(clauses: Clauses, verb: Token) -> Iterator[Token]:
    """A verb and those joined to it without a subject of their own."""
    yield verb
    for token in clauses.conjuncts(verb)[1:]:
        if token.pos_ in VERB and clauses.child(token, "nsubj", "nsubjpass") is None:
            yield token


def _participle_before(clauses: Clauses, head: Token) -> Iterator[Link]:
    """The "sealed" of "Sealed on Friday, the accord …", the "concluded" after "the pact, "."""
    if head.dep_ in ("nsubj", "nsubjpass"):
        for dep, child in clauses.children(head.head):
            opens = dep == "advcl" and child.tag_ == "VBN" and child.i < head.i
            if opens and clauses.child(child, "nsubj", "nsubjpass", "mark") is None:
                yield Link(child, "object")
    after = head.right_edge.i + 1 if head.dep_ == "pobj" else head.i + 1
    doc = head.doc
    if after + 1 < min(len(doc), head.sent.end) and doc[after].lower_ == ",":
        token = doc[after + 1]
        named = token.tag_ in ("VBN", "VBD") and token.dep_ in ("advcl", "acl", "ROOT", "conj")
        if named and token.head.i != head.i and clauses.child(token, "nsubj", "nsubjpass") is None:
            yield Link(token, "object")


def _relative(clauses: Clauses, head: Token) -> Iterator[Link]:
    """Links by a relative pronoun, though the parse hang its clause on a word between."""
    doc = head.doc
    for index in range(head.i + 1, min(head.i + _NEAR, head.sent.end)):
        token = doc[index]
        taken = token.dep_ in ("nsubj", "nsubjpass", "dobj")
        if token.lower_ in _RELATIVE and (taken or token.tag_ in ("WDT", "WP", "WRB")):
            yield from _taken_up(clauses, token)
            return
        if token.tag_ in _FINITE or (token.tag_ == "VBN" and token.dep_ != "acl"):
            return


def _taken_up(clauses: Clauses, pronoun: Token) -> Iterator[Link]:
    above = pronoun.head
    if pronoun.dep_ == "pobj" and above.head.pos_ in (*VERB, "NOUN"):
        yield Link(above.head, "by", above.lower_, relative=True)
    elif pronoun.lower_ == "whereby" and above.pos_ in VERB:
        yield Link(above, "by", "under", relative=True)
    elif pronoun.dep_ == "nsubj":
        yield from (Link(v, "subject", relative=True) for v in _sharing(clauses, above))
    elif pronoun.dep_ == "nsubjpass":
        yield from (Link(v, "object", relative=True) for v in _sharing(clauses, above))
    elif pronoun.dep_ == "dobj" and above.pos_ in VERB:
        yield Link(above, "object", relative=True)
