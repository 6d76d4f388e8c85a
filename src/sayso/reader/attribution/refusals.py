"""Refusals to answer: "declined to comment", "would not say", "redirected questions to Y"."""

from spacy.tokens import Token

from sayso.reader.attribution import lexis
from sayso.reader.attribution.found import Found
from sayso.reader.attribution.speakers import sources_of
from sayso.reader.attribution.trees import child, edges, verb_group


def refusal(verb: Token, lemma: str) -> Found | None:
    """Read "declined to comment on P", "would not comment", "redirected questions to Y"."""
    held = child(verb, "dobj")
    if lemma in lexis.words("decline", "verbs"):
        if held is not None and held.lemma_.lower() in lexis.words("decline", "objects"):
            asked = next(
                (
                    c
                    for a in verb.children
                    if a.dep_ == "advcl" and a.lemma_ == "ask"
                    for c in a.children
                    if c.dep_ == "ccomp"
                ),
                None,
            )
            last = max(
                [held.right_edge.i]
                + [c.right_edge.i for c in verb.children if c.dep_ == "prep" and c.i > held.i]
            )
            content = [edges(asked)] if asked is not None else [(held.left_edge.i, last)]
            return Found((verb_group(verb)[0], held.i), sources_of(verb), content, whole=True)
        infinitive = child(verb, "xcomp")
        if infinitive is not None and infinitive.lemma_ in lexis.words("decline", "answers"):
            return Found(verb_group(verb), sources_of(verb), [edges(infinitive)], whole=True)
    if lemma in lexis.words("decline", "negated") and child(verb, "neg"):
        if child(verb, "ccomp"):
            return None
        rest = [c for c in verb.children if c.i > verb.i and c.dep_ in ("prep", "dobj")]
        if rest and (lemma not in ("say", "give", "provide", "offer") or _declines(rest)):
            return Found(
                verb_group(verb),
                sources_of(verb),
                [(min(c.left_edge.i for c in rest), max(c.right_edge.i for c in rest))],
                whole=True,
            )
    return None


def _declines(rest: list[Token]) -> bool:
    objects = lexis.words("decline", "objects")
    return any(t.lemma_.lower() in objects for t in rest) or any(
        t.lower_ == "details" for t in rest
    )
