"""Attributions by verbs: who is the subject of a cue verb, and what it says of what."""

from collections.abc import Iterator

from spacy.tokens import Token

from sayso.reader.attribution import lexis
from sayso.reader.attribution.found import Found
from sayso.reader.attribution.lexis import Cue
from sayso.reader.attribution.trees import (
    Range,
    agent,
    child,
    conjuncts,
    edges,
    is_passive,
    noun_core,
    subject,
    verb_group,
    without,
)

_RELATIVE = frozenset({"who", "which", "that", "whom"})
_AFTER_OBJECT = frozenset({"prep", "oprd", "xcomp", "advcl", "dative", "ccomp", "acl", "prt"})
_ASIDE = frozenset({"npadvmod", "advmod", "advcl", "prep", "dative", "dobj", "punct", "agent"})


def verb_cues(verb: Token) -> Iterator[Found]:
    """The attributions that a verb makes; none where it is no cue or says nothing."""
    if verb.dep_ in ("amod", "aux", "auxpass", "compound"):
        return
    lemma = verb.lemma_.lower()
    if lemma in lexis.words("relay", "cites"):
        yield from _cited(verb)
        return
    found = _decline(verb, lemma) or _phrasal(verb, lemma)
    if found is None and (cue := lexis.verbs().get(lemma)):
        found = _plain(verb, cue)
    if found is not None:
        yield found


def sources_of(verb: Token) -> list[Range]:
    """Who speaks: the verb's subject, or that of the clause that it hangs on."""
    noun = source_noun(verb)
    return noun_ranges(noun) if noun is not None else []


def noun_ranges(noun: Token) -> list[Range]:
    """The noun phrase as a source, a range for each of several that are joined by "and"."""
    return [noun_core(n) for n in conjuncts(noun)]


def source_noun(verb: Token) -> Token | None:
    """The head noun of who speaks (see ``sources_of``)."""
    for _ in range(8):  # a clause hangs on at most a few others; a bound, should a parse be odd
        if is_passive(verb):
            by = agent(verb)
            if by is not None or verb.dep_ not in ("conj", "advcl"):
                return by
        own = subject(verb)
        if own is not None and own.dep_ != "expl":
            if own.lower_ in _RELATIVE and verb.dep_ == "relcl":
                return verb.head
            return own
        if verb.dep_ == "acl":
            return verb.head
        if verb.dep_ in ("conj", "advcl", "xcomp", "pcomp", "parataxis", "dep", "ccomp"):
            head = verb.head
            if head.dep_ == "prep":
                head = head.head
            if head.pos_ not in ("VERB", "AUX") or head is verb:
                return None
            verb = head
            if is_passive(verb) and subject(verb) is not None:
                return subject(verb)
            continue
        return None
    return None


def _plain(verb: Token, cue: Cue) -> Found | None:
    content = _content(verb, cue)
    passive = is_passive(verb)
    if passive and not agent(verb) and verb.lemma_.lower() not in lexis.words("passive", "verbs"):
        return None
    if not content:
        content = _beside(verb, cue)
    takes_quote = bool(set(cue.frames) & set("cqj"))
    if not content and not takes_quote:
        return None
    sources = sources_of(verb)
    if passive and not agent(verb):
        sources = []
        who = subject(verb)
        if content and who is not None and who.dep_ == "nsubjpass" and child(verb, "xcomp"):
            content = [edges(who), *content]
        takes_quote = False
    return Found(verb_group(verb), sources, content, takes_quote=takes_quote)


def _content(verb: Token, cue: Cue) -> list[Range]:
    """The content that the parse gives a cue verb; empty where it gives none."""
    frames = cue.frames
    clause = child(verb, "ccomp")
    if clause is not None and "c" in frames and _is_clause(clause):
        return _clause(verb, clause)
    infinitive = child(verb, "xcomp")
    gerund = infinitive is not None and infinitive.tag_ == "VBG"
    if infinitive is not None and not gerund and ("i" in frames or is_passive(verb)):
        held = child(verb, "dobj")
        first = held.left_edge.i if held is not None and "w" in frames else infinitive.left_edge.i
        return [(first, infinitive.right_edge.i)]
    if infinitive is not None and gerund and ("g" in frames or "o" in frames):
        return [edges(infinitive)]
    if clause is not None and set(frames) & set("gow"):
        return _clause(verb, clause)
    content = child(verb, "dobj", "oprd")
    if content is not None and set(frames) & set("ow"):
        return _object(verb, content, cue)
    for other in verb.children:
        if other.dep_ == "prep" and other.i > verb.i and other.lower_ in cue.preps:
            return [edges(other)]
    return []


def _is_clause(clause: Token) -> bool:
    """Whether a complement is a clause (and not a bare fragment that the parse hung there)."""
    return clause.pos_ in ("VERB", "AUX") or subject(clause) is not None or clause.i > 0


def _clause(verb: Token, clause: Token) -> list[Range]:
    """A clause as content, without the cue's own words where they stand inside it."""
    first, last = edges(clause)
    if first <= verb.i <= last:
        return without((first, last), _own_words(verb, clause))
    # "P, X said on Monday": what hangs on the cue beyond its content stays outside.
    return [(first, last)]


def _own_words(verb: Token, content: Token | None) -> list[Range]:
    """The cue verb and all that hangs on it, but for its content."""
    own = [(verb.i, verb.i)]
    own += [edges(c) for c in verb.children if c is not content]
    return own


def _object(verb: Token, noun: Token, cue: Cue) -> list[Range]:
    """A noun phrase as content, with what the verb says of it where its frame takes that."""
    first, last = edges(noun)
    if first < verb.i:
        return []
    if "w" in cue.frames:
        for other in verb.children:
            if other.i > noun.i and other.dep_ in _AFTER_OBJECT:
                last = max(last, other.right_edge.i)
        if "o" not in cue.frames and last == noun.right_edge.i and not _says_more(verb, noun):
            return []
    return [(first, last)]


def _says_more(verb: Token, noun: Token) -> bool:
    """Whether something is said of the object: "called it a lie", "blamed the mayor"."""
    return any(c.dep_ in _AFTER_OBJECT for c in noun.children) or verb.lemma_ in ("blame", "accuse")


def _beside(verb: Token, cue: Cue) -> list[Range]:
    """The clause that a cue is set into or after: "The plan, X said, will fail"."""
    if "c" not in cue.frames:
        return []
    head = verb.head
    inserted = verb.dep_ in ("parataxis", "ccomp", "advcl", "dep", "conj")
    if head is verb or not inserted or head.pos_ not in ("VERB", "AUX"):
        return []
    if verb.dep_ == "conj" or subject(verb) is None or child(verb, "dobj", "prep", "mark"):
        return []
    first, last = edges(verb)
    doc = verb.doc
    before = doc[first - 1] if first else None
    after = doc[last + 1] if last + 1 < len(doc) else None
    if not any(t is not None and t.is_punct for t in (before, after)):
        return []
    return without(edges(head), [(first, last)])


def _decline(verb: Token, lemma: str) -> Found | None:
    """ "declined to comment on P", "would not comment", "redirected questions to Y"."""
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
            return Found((verb_group(verb)[0], held.i), sources_of(verb), content)
        infinitive = child(verb, "xcomp")
        if infinitive is not None and infinitive.lemma_ in lexis.words("decline", "answers"):
            return Found(verb_group(verb), sources_of(verb), [edges(infinitive)])
    if lemma in lexis.words("decline", "negated") and child(verb, "neg"):
        if child(verb, "ccomp"):
            return None
        rest = [c for c in verb.children if c.i > verb.i and c.dep_ in ("prep", "dobj")]
        if rest and (lemma not in ("say", "give", "provide", "offer") or _declines(rest)):
            return Found(
                verb_group(verb),
                sources_of(verb),
                [(min(c.left_edge.i for c in rest), max(c.right_edge.i for c in rest))],
            )
    return None


def _declines(rest: list[Token]) -> bool:
    objects = lexis.words("decline", "objects")
    return any(t.lemma_.lower() in objects for t in rest) or any(t.lower_ == "details" for t in rest)


def _phrasal(verb: Token, lemma: str) -> Found | None:
    """Cues of several words: "pointed out that", "called for calm"."""
    for following, cue in lexis.phrasal().get(lemma, ()):
        doc = verb.doc
        end = verb.i + len(following)
        if end >= len(doc) or tuple(t.lemma_.lower() for t in doc[verb.i + 1 : end + 1]) != following:
            continue
        last = doc[end]
        rest = [
            (c.left_edge.i, c.right_edge.i)
            for t in (verb, last)
            for c in t.children
            if c.i > end and c.dep_ in ("pobj", "dobj", "ccomp", "xcomp", "prep", "pcomp", "advcl")
        ]
        if rest and rest[0][0] <= end + 2:
            cue_range = (verb_group(verb)[0], end)
            stop = max(r[1] for r in rest) if "w" in cue.frames else rest[0][1]
            return Found(cue_range, sources_of(verb), [(end + 1, stop)], takes_quote=True)
        if "q" in cue.frames or "c" in cue.frames:
            return Found((verb_group(verb)[0], end), sources_of(verb), [], takes_quote=True)
    return None


def _cited(verb: Token) -> Iterator[Found]:
    """ "X reported P, citing Y"; "KCNA quoted Y as saying P"; "Y was quoted (by X) as saying P"."""
    passive = is_passive(verb)
    held = subject(verb) if passive else child(verb, "dobj")
    relayed = _as_verb(verb)
    if relayed is not None and held is not None:
        cue = lexis.verbs().get(relayed.lemma_.lower())
        inner = _content(relayed, cue) if cue else []
        if not inner and relayed.i < relayed.right_edge.i:
            inner = [(relayed.i + 1, relayed.right_edge.i)]
        if not inner or relayed.head.head is not verb:
            # "“P,” Tass quoted Pashinyan as saying": the clause before is what was said.
            inner = inner or _front(verb)
        if passive:
            outer = noun_ranges(by) if (by := agent(verb)) is not None else []
            outer_content = [edges(held), (relayed.head.i, relayed.right_edge.i)]
        else:
            outer = sources_of(verb)
            outer_content = [(held.left_edge.i, relayed.right_edge.i)]
        front = [r for r in inner if r[1] < verb.i]
        if outer:
            yield Found(verb_group(verb), outer, [*front, *outer_content])
        yield Found((relayed.i, relayed.i), noun_ranges(held), inner, takes_quote=True)
        return
    if passive or held is None:
        return
    if verb.dep_ in ("advcl", "conj", "acl", "ccomp", "parataxis") and verb.tag_ == "VBG":
        yield Found(verb_group(verb), noun_ranges(held), [], takes_quote=False)
    elif (sources := sources_of(verb)) and verb.tag_ != "VBG":
        last = max([held.right_edge.i] + [c.right_edge.i for c in verb.children if c.i > held.i
                                          and c.dep_ in ("prep", "advcl")])
        yield Found(verb_group(verb), sources, [(held.left_edge.i, last)])


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
