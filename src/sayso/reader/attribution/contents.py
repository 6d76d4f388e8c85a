"""What is said: from a cue verb to the clause, noun phrase or quotation that is its content."""

from spacy.tokens import Token

from sayso.reader.attribution import lexis
from sayso.reader.attribution.lexis import Cue
from sayso.reader.attribution.speakers import outer_speaker
from sayso.reader.attribution.trees import Range, child, edges, is_passive, subject, without

_AFTER_OBJECT = frozenset({"prep", "oprd", "xcomp", "dative", "ccomp", "acl", "prt"})
#: Furthest that a "that" may stand from its verb, in words.
_MAX_TO_THAT = 18


def content_of(verb: Token, cue: Cue) -> list[Range]:
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
    mark = child(clause, "mark")
    if mark is not None and mark.lower_ == "that" and verb.i < first < mark.i:
        first = mark.i  # "reported, citing Y, that P": what stands before "that" is the cue's
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
        if outer_speaker(other) is not None:
            joints = [c.i for c in other.head.children if c.dep_ == "cc" and c.i < other.i]
            return joints[-1] - 1
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


def beside(verb: Token, cue: Cue) -> list[Range]:
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
