"""Verbs that relay: "X reported P, citing Y", "X quoted Y as saying P"."""

from collections.abc import Iterator

from spacy.tokens import Token

from sayso import lexicon
from sayso.reader.attribution import lexis
from sayso.reader.attribution.contents import content_of
from sayso.reader.attribution.found import Found
from sayso.reader.attribution.speakers import noun_ranges, sources_of
from sayso.reader.attribution.trees import (
    Range,
    agent,
    child,
    edges,
    is_passive,
    subject,
    verb_group,
    without,
)
from sayso.reader.quotes import MARKS


def cited(verb: Token) -> Iterator[Found]:
    """Read "X reported P, citing Y"; "KCNA quoted Y as saying P"; "Y was quoted as saying P"."""
    passive = is_passive(verb)
    held = subject(verb) if passive else child(verb, "dobj")
    relayed = _as_verb(verb)
    if relayed is not None and held is not None:
        cue = lexis.verbs().get(relayed.lemma_.lower())
        # "“P,” Tass quoted Pashinyan as saying": what was said may be the clause before.
        inner = (content_of(relayed, cue) if cue else []) or _front(verb)
        if passive:
            outer = noun_ranges(by) if (by := agent(verb)) is not None else []
            outer_content = [edges(held), (relayed.head.i, relayed.right_edge.i)]
        else:
            outer = sources_of(verb)
            outer_content = [(held.left_edge.i, relayed.right_edge.i)]
        front = [r for r in inner if r[1] < verb.i]
        if outer:
            yield Found(verb_group(verb), outer, [*front, *outer_content], whole=True)
        said = (relayed.i, relayed.i)
        yield Found(said, noun_ranges(held), inner, takes_quote=True, whole=True)
        return
    if passive and verb.dep_ == "acl" and (by := agent(verb)) is not None:
        # "A director, quoted by the Times, said P": the Times relays the sentence.
        sentence = verb.sent
        rest = without((sentence.start, sentence.end - 1), [edges(verb)])
        yield Found(verb_group(verb), noun_ranges(by), rest, whole=True)
    if passive or held is None:
        return
    if verb.doc[held.left_edge.i].text in MARKS or verb.doc[held.left_edge.i - 1].text in MARKS:
        yield Found(verb_group(verb), sources_of(verb), [edges(held)], takes_quote=True)
    elif verb.dep_ in ("advcl", "conj", "acl", "ccomp", "parataxis") and verb.tag_ == "VBG":
        yield Found(verb_group(verb), noun_ranges(held), [], takes_quote=False, whole=True)
    elif (
        verb.tag_ != "VBG"
        and (who := subject(verb)) is not None
        and who.pos_ == "PRON"
        and _can_be_cited(held)
        and not _says_more(verb, held)
    ):
        # "It cited a captain", "which quotes residents": they say what the citing one says.
        yield Found(verb_group(verb), noun_ranges(held), [], takes_quote=False, whole=True)
    elif (sources := sources_of(verb)) and verb.tag_ != "VBG":
        last = max(
            [held.right_edge.i]
            + [
                c.right_edge.i
                for c in verb.children
                if c.i > held.i and c.dep_ in ("prep", "advcl")
            ]
        )
        yield Found(verb_group(verb), sources, [(held.left_edge.i, last)])


def carried(verb: Token) -> Found | None:
    """Read "X said in remarks carried by Y" and "the claim by X, reported by Y, that P".

    Y relays the sentence, or what the noun before it says.
    """
    if verb.dep_ != "acl" or verb.lemma_.lower() not in lexis.words("relay", "as_participles"):
        return None
    by, noun = agent(verb), verb.head
    if by is None or not is_passive(verb) or noun.i > verb.i:
        return None
    if noun.lemma_.lower() in lexis.nouns() and any(
        c.i > verb.i and c.dep_ in ("acl", "ccomp") for c in noun.children
    ):
        whole = edges(noun)
    elif noun.dep_ == "pobj" and _is_paper(noun) and _has_cue(noun.head.head):
        whole = (verb.sent.start, verb.sent.end - 1)
    else:
        return None
    content = without(whole, [edges(verb)])
    return Found((verb.i, verb.i), noun_ranges(by), content, whole=True)


def _is_paper(noun: Token) -> bool:
    return noun.lemma_.lower() in lexicon.toml("statements")["venue"]["nouns"]


def _has_cue(verb: Token) -> bool:
    return verb.lemma_.lower() in lexis.verbs()


def _can_be_cited(noun: Token) -> bool:
    """Whether a noun is somebody or a paper, as against a reason ("cited the drought")."""
    if noun.ent_type_ in ("PERSON", "ORG", "NORP"):
        return True
    known = lexicon.toml("statements")["source"]
    return noun.lemma_.lower() in {*known["unnamed"], *known["document"], *known["collective"]} | (
        lexis.words("speakers", "nouns")
    )


def _says_more(verb: Token, held: Token) -> bool:
    """Whether words for what is said follow the object: "cited him in its report on"."""
    return any(c.i > held.i and c.dep_ in ("advcl", "ccomp", "xcomp") for c in verb.children)


def _as_verb(verb: Token) -> Token | None:
    """The verb after "as" in "quoted Y as saying"."""
    for t in verb.doc[verb.i + 1 : verb.right_edge.i + 1]:
        if t.tag_ == "VBG" and t.i and verb.doc[t.i - 1].lower_ == "as":
            return t
    return None


def _front(verb: Token) -> list[Range]:
    clause = child(verb, "ccomp")
    if clause is not None and clause.i < verb.i:
        return [edges(clause)]
    return []


def relayed_already(verb: Token) -> bool:
    """Whether the verb is the "saying" of "quoted Y as saying", which its "quoted" has read."""
    doc = verb.doc
    if verb.tag_ != "VBG" or not verb.i or doc[verb.i - 1].lower_ != "as":
        return False
    cites = lexis.words("relay", "cites")
    return any(t.lemma_.lower() in cites for t in doc[max(0, verb.i - 25) : verb.i])
