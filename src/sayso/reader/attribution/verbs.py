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
    is_someone,
    nominal_before,
    noun_core,
    subject,
    verb_group,
    with_name,
    without,
)
from sayso.reader.quotes import MARKS

_RELATIVE = frozenset({"who", "which", "that", "whom"})
_AFTER_OBJECT = frozenset({"prep", "oprd", "xcomp", "dative", "ccomp", "acl", "prt"})
#: Furthest that a "that" may stand from its verb, in words.
_MAX_TO_THAT = 18
_UNREAL = frozenset({"would", "could", "might", "should", "may", "can", "must", "to"})


def verb_cues(verb: Token) -> Iterator[Found]:
    """The attributions that a verb makes; none where it is no cue or says nothing."""
    if verb.dep_ in ("amod", "aux", "auxpass", "compound"):
        return
    lemma = verb.lemma_.lower()
    if lemma in lexis.words("relay", "cites"):
        yield from _cited(verb)
        return
    if _relayed_already(verb):
        return
    found = _decline(verb, lemma)
    if found is None and _unreal(verb):
        return
    found = found or _phrasal(verb, lemma) or _toll(verb, lemma)
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


def _relayed_already(verb: Token) -> bool:
    """Whether the verb is the "saying" of "quoted Y as saying", which its "quoted" has read."""
    doc = verb.doc
    if verb.tag_ != "VBG" or not verb.i or doc[verb.i - 1].lower_ != "as":
        return False
    cites = lexis.words("relay", "cites")
    return any(t.lemma_.lower() in cites for t in doc[max(0, verb.i - 25) : verb.i])


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


def _toll(verb: Token, lemma: str) -> Found | None:
    """Read "put the toll at 300", "raised to 70 the number of dead"."""
    if lemma not in lexis.words("toll", "verbs") or is_passive(verb):
        return None
    held = child(verb, "dobj")
    if held is None or held.lemma_.lower() not in lexis.words("toll", "objects"):
        return None
    rest = [c for c in verb.children if c.i > verb.i and c.dep_ in ("dobj", "prep")]
    content = [(min(c.left_edge.i for c in rest), max(c.right_edge.i for c in rest))]
    return Found(verb_group(verb), sources_of(verb), content)


def sources_of(verb: Token) -> list[Range]:
    """Who speaks: the verb's subject, or that of the clause that it hangs on.

    Where the parse gives none, the noun phrase that stands directly before the verb.
    """
    noun = source_noun(verb)
    if noun is None and not is_passive(verb) and verb.tag_ not in ("VBG", "VB", "VBN"):
        before = nominal_before(verb.doc, verb_group(verb)[0] - 1, verb.sent.start)
        return [before] if before is not None else []
    return noun_ranges(noun) if noun is not None else []


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
        own = subject(verb)
        if own is not None and own.dep_ != "expl":
            return _antecedent(verb, own) if own.lower_ in _RELATIVE else own
        if verb.dep_ == "acl":
            return verb.head
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


def _plain(verb: Token, cue: Cue) -> Found | None:
    content = _content(verb, cue)
    passive = is_passive(verb)
    if passive and not agent(verb) and verb.lemma_.lower() not in lexis.words("passive", "verbs"):
        return None
    if not content:
        content = _beside(verb, cue)
    if not content and passive and verb.dep_ == "acl" and agent(verb) and "o" in cue.frames:
        content = [noun_core(verb.head)]  # "an attack denied by the ministry"
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
    return Found(verb_group(verb), sources, content, takes_quote=takes_quote)


def _content(verb: Token, cue: Cue) -> list[Range]:
    """The content that the parse gives a cue verb; empty where it gives none."""
    frames = cue.frames
    clause = child(verb, "ccomp")
    if clause is not None and clause.i < verb.i and clause.lemma_ == "ask":
        clause = None  # "Asked whether …, he replied": what was asked is not what he replied
    if clause is not None and clause.i < verb.i and _parted(clause, verb):
        clause = None
    if clause is None and "c" in frames and child(verb, "dobj") is None:
        after = _that_after(verb)
        if after is not None:
            return [after]
    if clause is not None and "c" in frames:
        return _clause(verb, clause)
    infinitive = child(verb, "xcomp")
    gerund = infinitive is not None and infinitive.tag_ == "VBG"
    if infinitive is not None and not gerund and ("i" in frames or is_passive(verb)):
        first = infinitive.left_edge.i
        for other in verb.children:
            asked = other.dep_ == "dobj" and "w" in frames
            asked = asked or (other.dep_ == "prep" and other.lower_ in cue.preps)
            if asked and verb.i < other.i < first:
                first = other.left_edge.i
        return [(first, infinitive.right_edge.i)]
    if infinitive is not None and gerund and ("g" in frames or "o" in frames):
        return [edges(infinitive)]
    if clause is not None and set(frames) & set("gow"):
        return _clause(verb, clause)
    content = child(verb, "dobj", "oprd")
    if content is None and (joined := child(verb, "conj")) is not None:
        # "confirmed and denied the report": the object of the second verb is that of both.
        content = child(joined, "dobj") if joined.i - verb.i <= 3 else None
    if content is not None and set(frames) & set("ow"):
        return _object(verb, content, cue)
    for other in verb.children:
        if other.dep_ == "prep" and other.i > verb.i and other.lower_ in cue.preps:
            return [edges(other)]
    return []


def _parted(clause: Token, verb: Token) -> bool:
    """Whether a semicolon parts a clause before the verb from it."""
    return any(t.text == ";" for t in verb.doc[clause.i : verb.i])


def _that_after(verb: Token) -> Range | None:
    """What follows "that" after the verb, where the parse has missed the clause.

    Between them may stand a phrase ("said in a report to the council that") or one set in commas
    ("reported, citing witnesses, that").
    """
    doc = verb.doc
    end = min(verb.sent.end, verb.i + _MAX_TO_THAT)
    inserted = False
    for at in range(verb.i + 1, end):
        token = doc[at]
        if token.text == ",":
            inserted = not inserted
        elif token.lower_ == "that" and not inserted and at + 2 < verb.sent.end:
            if token.dep_ in ("det", "dobj", "pobj", "nsubj") and token.head.pos_ != "VERB":
                return None
            stop = next((t.i for t in doc[at : verb.sent.end] if t.text == ";"), verb.sent.end)
            return at, stop - 1
        elif not inserted and (token.pos_ in ("VERB", "SCONJ", "CCONJ") or token.dep_ == "dobj"):
            return None
    return None


def _clause(verb: Token, clause: Token) -> list[Range]:
    """A clause as content, without the cue's own words where they stand inside it."""
    first, last = edges(clause)
    if first <= verb.i <= last:
        return without((first, last), _own_words(verb, clause))
    if verb.doc[last].dep_ == "cc" and first > verb.i:
        # A conjunction that joins nothing: the parse has lost the second half.
        last = verb.sent.end - 1
    return [(first, _without_next_cue(clause, last))]


def _without_next_cue(clause: Token, last: int) -> int:
    """The end of a clause before ", adding that …" or ", while Y claimed …", which say anew."""
    doc = clause.doc
    for other in doc[clause.i + 1 : last + 1]:
        if other.dep_ not in ("advcl", "conj") or other.lemma_.lower() not in lexis.verbs():
            continue
        start = other.left_edge.i
        if start <= clause.i + 1 or doc[start - 1].text != "," or other.right_edge.i != last:
            continue
        if (other.tag_ == "VBG" and start == other.i) or doc[start].lower_ in ("while", "whereas"):
            return start - 2
    return last


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
    """Whether something is said of the object: "accused the mayor of theft"."""
    of_it = lexis.words("said_of", "preps")
    after = [c for c in noun.children if c.i > noun.i and c.dep_ == "prep"]
    return any(c.lower_ in of_it for c in after) or verb.lemma_ in lexis.words("said_of", "verbs")


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
    return any(t.lemma_.lower() in objects for t in rest) or any(
        t.lower_ == "details" for t in rest
    )


def _phrasal(verb: Token, lemma: str) -> Found | None:
    """Cues of several words: "pointed out that", "called for calm"."""
    for following, cue in lexis.phrasal().get(lemma, ()):
        doc = verb.doc
        end = verb.i + len(following)
        if (
            end >= len(doc)
            or tuple(t.lemma_.lower() for t in doc[verb.i + 1 : end + 1]) != following
        ):
            continue
        last = doc[end]
        rest = [
            (c.left_edge.i, c.right_edge.i)
            for t in (verb, last)
            for c in t.children
            if c.i > end and c.dep_ in ("pobj", "dobj", "ccomp", "xcomp", "prep", "pcomp", "advcl")
        ]
        rest.sort()
        if rest and rest[0][0] <= end + 2:
            cue_range = (verb_group(verb)[0], end)
            stop = max(r[1] for r in rest) if "w" in cue.frames else rest[0][1]
            return Found(cue_range, sources_of(verb), [(end + 1, stop)], takes_quote=True)
        if "q" in cue.frames or "c" in cue.frames:
            return Found((verb_group(verb)[0], end), sources_of(verb), [], takes_quote=True)
    return None


def _cited(verb: Token) -> Iterator[Found]:
    """Read "X reported P, citing Y"; "KCNA quoted Y as saying P"; "Y was quoted as saying P"."""
    passive = is_passive(verb)
    held = subject(verb) if passive else child(verb, "dobj")
    relayed = _as_verb(verb)
    if relayed is not None and held is not None:
        cue = lexis.verbs().get(relayed.lemma_.lower())
        # "“P,” Tass quoted Pashinyan as saying": what was said may be the clause before.
        inner = (_content(relayed, cue) if cue else []) or _front(verb)
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
    if passive and verb.dep_ == "acl" and (by := agent(verb)) is not None:
        # "A director, quoted by the Times, said P": the Times relays the sentence.
        sentence = verb.sent
        rest = without((sentence.start, sentence.end - 1), [edges(verb)])
        yield Found(verb_group(verb), noun_ranges(by), rest)
    if passive or held is None:
        return
    if verb.doc[held.left_edge.i].text in MARKS or verb.doc[held.left_edge.i - 1].text in MARKS:
        yield Found(verb_group(verb), sources_of(verb), [edges(held)], takes_quote=True)
    elif verb.dep_ in ("advcl", "conj", "acl", "ccomp", "parataxis") and verb.tag_ == "VBG":
        yield Found(verb_group(verb), noun_ranges(held), [], takes_quote=False)
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
