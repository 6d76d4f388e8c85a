"""Attributions by verbs: which verbs of a text are cues, and what each attributes to whom."""

import itertools
from collections.abc import Iterator

from spacy.tokens import Token

from sayso.reader.attribution import lexis
from sayso.reader.attribution.contents import beside, content_of
from sayso.reader.attribution.found import Found
from sayso.reader.attribution.lexis import Cue
from sayso.reader.attribution.refusals import refusal
from sayso.reader.attribution.relays import cited, relayed_already
from sayso.reader.attribution.speakers import sources_of
from sayso.reader.attribution.trees import (
    agent,
    child,
    edges,
    is_passive,
    noun_core,
    subject,
    verb_group,
)

_CLAUSE_ENDS = frozenset({",", ";", ".", "?", "!"})
#: Furthest that a "toll" stands from its verb, and fewest words that tell what a paper holds.
_MAX_TO_TOLL = 10
_MIN_ISSUED = 4
_COMPLEMENTS = frozenset({"pobj", "dobj", "ccomp", "xcomp", "prep", "pcomp", "advcl", "acl"})
_UNREAL = frozenset({"would", "could", "might", "should", "may", "can", "must", "to"})


def verb_cues(verb: Token) -> Iterator[Found]:
    """The attributions that a verb makes; none where it is no cue or says nothing."""
    if verb.dep_ in ("amod", "aux", "auxpass", "compound"):
        return
    lemma = verb.lemma_.lower()
    if lemma in lexis.words("relay", "cites"):
        yield from cited(verb)
        return
    if relayed_already(verb):
        return
    found = refusal(verb, lemma)
    if found is None and _unreal(verb):
        return
    found = found or _phrasal(verb, lemma) or _toll(verb, lemma) or _issued(verb, lemma)
    if found is None and (cue := lexis.verbs().get(lemma)):
        found = _plain(verb, cue)
    if found is not None:
        yield found


def _unreal(verb: Token) -> bool:
    """Whether the verb tells of no act: "would agree", "likely to say", "asked him to condemn"."""
    for other in verb.children:
        if other.dep_ == "aux" and other.i < verb.i and other.lower_ in _UNREAL:
            goes_on = verb.dep_ == "xcomp" and verb.head.lemma_ in lexis.words("aspect", "verbs")
            if other.lower_ == "to":
                return not goes_on
            # "could not confirm" tells of an act: that of not confirming.
            return not (child(verb, "neg") and _confirms(verb))
    return False


def _confirms(verb: Token) -> bool:
    cue = lexis.verbs().get(verb.lemma_.lower())
    return cue is not None and cue.type == "confirm"


def is_deed(verb: Token) -> bool:
    """Whether the object makes a deed of a verb of speech: "claimed three lives"."""
    held = child(verb, "dobj")
    return held is not None and held.lemma_.lower() in lexis.deeds().get(
        verb.lemma_.lower(), frozenset()
    )


def _plain(verb: Token, cue: Cue) -> Found | None:
    if is_deed(verb):
        return None
    content = content_of(verb, cue)
    passive = is_passive(verb)
    if passive and not agent(verb) and verb.lemma_.lower() not in lexis.words("passive", "verbs"):
        return None
    if not content:
        content = beside(verb, cue)
    if not content and passive and verb.dep_ == "acl" and agent(verb) and "o" in cue.frames:
        content = [noun_core(verb.head)]  # "an attack denied by the ministry"
    if not content and passive and agent(verb) and "o" in cue.frames:
        told = subject(verb)  # "that version was contradicted by the mission"
        content = [edges(told)] if told is not None else []
    takes_quote = bool(set(cue.frames) & set("cqj")) and "k" not in cue.frames
    if not content and not takes_quote:
        return None
    sources = sources_of(verb)
    if not sources and verb.tag_ == "VBG":
        return None
    if passive and not agent(verb):
        sources = []
        who = subject(verb)
        if content and who is not None and who.dep_ == "nsubjpass" and child(verb, "xcomp"):
            content = [edges(who), *content]
        takes_quote = False
    # The model takes "neither confirmed nor denied" for one cue.
    nor = any(c.lower_ == "nor" for c in (*verb.children, *verb.head.children))
    return Found(verb_group(verb), sources, content, takes_quote=takes_quote, whole=nor)


def _phrasal(verb: Token, lemma: str) -> Found | None:
    """Cues of several words: "pointed out that", "called for calm"."""
    if is_passive(verb) and agent(verb) is None and subject(verb) is not None:
        return None
    for following, cue in lexis.phrasal().get(lemma, ()):
        doc = verb.doc
        end = verb.i + len(following)
        if end >= len(doc) or not lexis.follows(
            following, [t.lemma_.lower() for t in doc[verb.i + 1 : end + 1]]
        ):
            continue
        idiom = len(following) > 1  # "poured cold water on": the model has not met it
        rest = [
            (c.left_edge.i, c.right_edge.i)
            for t in doc[verb.i : end + 1]
            for c in t.children
            if c.i > end and c.dep_ in _COMPLEMENTS
        ]
        rest.sort()
        if rest and rest[0][0] <= end + 2:
            cue_range = (verb_group(verb)[0], end)
            near = [r for r in rest if doc[r[0]].tag_ != "VBG" or doc[r[0] - 1].text != ","]
            stop = max(r[1] for r in near) if "w" in cue.frames and near else rest[0][1]
            return Found(
                cue_range, sources_of(verb), [(end + 1, stop)], takes_quote=True, whole=idiom
            )
        if "q" in cue.frames or "c" in cue.frames:
            cue_range = (verb_group(verb)[0], end)
            return Found(cue_range, sources_of(verb), [], takes_quote=True, whole=idiom)
    return None


def _toll(verb: Token, lemma: str) -> Found | None:
    """Read "put the toll at 300", "raised to 70 the number of dead"."""
    if lemma not in lexis.words("toll", "verbs") or is_passive(verb):
        return None
    objects = lexis.words("toll", "objects")
    # The object may stand behind its number, where the parse loses it: look at the words.
    clause = list(itertools.takewhile(_within_clause, verb.doc[verb.i + 1 : verb.sent.end]))
    held = next((t for t in clause[:_MAX_TO_TOLL] if t.lemma_.lower() in objects), None)
    if held is None or not any(t.like_num for t in clause):
        return None
    about = lexis.words("toll", "about")
    told = any(t.lemma_.lower() in about for t in (held, *clause))
    if not told and lemma not in lexis.words("toll", "says"):
        return None
    if sources := sources_of(verb):
        content = [(verb.i + 1, max(clause[-1].i, edges(held)[1]))]
        return Found(verb_group(verb), sources, content, whole=True)
    return None


def _within_clause(token: Token) -> bool:
    return token.text not in _CLAUSE_ENDS


def _issued(verb: Token, lemma: str) -> Found | None:
    """Read "published a statement with an updated list of the dead": a paper and what it holds."""
    if lemma not in lexis.words("issued", "verbs") or is_passive(verb):
        return None
    paper = child(verb, "dobj")
    if paper is None or paper.lemma_.lower() not in lexis.words("issued", "objects"):
        return None
    if any(c.dep_ == "acl" and c.lemma_.lower() in lexis.verbs() for c in paper.children):
        return None  # "issued a statement saying": the participle is the cue
    first, last = edges(paper)
    for other in verb.children:
        if other.dep_ == "prep" and other.lower_ == "with" and other.i > paper.i:
            last = max(last, other.right_edge.i)
    if last - paper.i < _MIN_ISSUED:
        return None  # "released a statement": it holds nothing that is told
    return Found(verb_group(verb), sources_of(verb), [(first, last)], whole=True)
