"""The words of a term: where it ends, on what condition it holds, and its type."""

from spacy.tokens import Token

from sayso.reader.agreements.words import words
from sayso.reader.clauses import VERB, Clauses
from sayso.records import ObligationType, Span


def end_of(clauses: Clauses, head: Token) -> int:
    """The index of the last word of a clause: without joined clauses, nor a source after it."""
    doc = head.doc
    end = min(head.right_edge.i, head.sent.end - 1)
    for dep, child in clauses.children(head):
        if dep == "conj" and child.pos_ in VERB and child.i > head.i:
            end = min(end, child.left_edge.i - 1)
    for index in range(head.i + 1, end):
        if doc[index].lower_ == "according" and doc[index + 1].lower_ == "to":
            end = index - 1
            break
    return stripped(doc[end], head.i).i


def stripped(last: Token, first: int) -> Token:
    """The last word at or before ``last`` that is no mark and no "and"."""
    while last.i > first and (
        last.is_punct or last.is_space or last.lower_ in ("and", "or", "but")
    ):
        last = last.doc[last.i - 1]
    return last


def condition_of(clauses: Clauses, first: Token, last: Token) -> tuple[int, int] | None:
    """The first and last word of what must come about first ("in the event of an attack")."""
    table = words()
    doc = first.doc
    for index in range(first.i + 1, last.i + 1):
        token = doc[index]
        if token.lower_ in table.if_marks and token.dep_ in ("mark", "advmod"):
            end = min(token.head.right_edge.i, last.i)
            return (index, end) if end > index else None
        if token.lower_ == "should" and token.dep_ == "aux" and token.head.i > index + 1:
            subject = clauses.child(token.head, "nsubj", "nsubjpass")
            if subject is not None and subject.i > index:
                return index, min(token.head.right_edge.i, last.i)
        nouns = table.if_preps.get(token.lower_)
        if nouns is not None and token.pos_ in ("ADP", "SCONJ"):
            for dep, child in clauses.children(token):
                if dep == "pobj" and child.lemma_.lower() in nouns:
                    return index, min(token.right_edge.i, last.i)
    return None


def content_and_trigger(clauses: Clauses, first: Token, last: Token) -> tuple[Span, Span | None]:
    """A term's words, without its condition where that opens or closes them."""
    doc, analysis = first.doc, clauses.analysis
    condition = condition_of(clauses, first, last)
    if condition is None:
        return analysis.span(first, last), None
    begin, end = condition
    trigger = analysis.span(doc[begin], doc[end])
    if end >= last.i and begin > first.i + 1:
        return analysis.span(first, stripped(doc[begin - 1], first.i)), trigger
    if begin == first.i + 1 and end < last.i:
        start = end + 1
        while start < last.i and doc[start].is_punct:
            start += 1
        return analysis.span(doc[start], last), trigger
    return analysis.span(first, last), trigger


def obligation_type(lemmas: set[str]) -> ObligationType:
    """ATOP's type of a term by its words (lemmas, lower case): the first rule that holds."""
    for name, groups in words().types:
        if all(not group.isdisjoint(lemmas) for group in groups):
            return name
    return "other"
