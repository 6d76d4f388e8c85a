"""What the attribution model finds, as token ranges."""

from bisect import bisect_left, bisect_right

from spacy.tokens import Doc

from sayso.model import weights
from sayso.model.tagger import Tagged
from sayso.reader.analysis import Analysis
from sayso.reader.attribution import lexis
from sayso.reader.attribution.found import Found
from sayso.reader.attribution.trees import (
    Range,
    child,
    covers,
    edges,
    is_passive,
    is_someone,
    root_of,
)
from sayso.reader.attribution.verbs import is_deed

#: Confidence from which a candidate is looked at.
DOUBTFUL = 0.2


def tagged(analysis: Analysis) -> list[Found]:
    """The model's candidates in an article, doubtful ones too.

    The model sees the text as the parser does, with headlines in sentence case.

    Raises:
        ModelError: the weights are missing or not the released ones.
    """
    blocks = [(block.start, block.end) for block in analysis.article.blocks]
    found = weights.load()(analysis.doc.text, blocks, DOUBTFUL)
    return [as_found(analysis, one) for one in found]


def as_found(analysis: Analysis, one: Tagged) -> Found:
    """One attribution of the model as token ranges."""

    def tokens(span: tuple[int, int]) -> Range:
        held = analysis.tokens_in(*span)
        return held.start, held.end - 1

    cue = tokens(one.cue)
    lemmas = [t.lemma_.lower() for t in analysis.doc[cue[0] : cue[1] + 1]]
    return Found(
        cue,
        [tokens(s) for s in one.sources],
        [tokens(c) for c in one.contents],
        takes_quote=True,
        confidence=one.confidence,
        speech=lexis.knows(lemmas) or not any(lemma.isalpha() for lemma in lemmas),
    )


def merge(doc: Doc, rules: list[Found], model: list[Found], keep: float) -> list[Found]:
    """One list of what rules and model find.

    The model's reading of a cue stands, but for forms of several words, which its training articles
    seldom have. A candidate that the model doubts stands where the rules see the same cue; what the
    rules alone see is dropped (of 25 such, 4 were right), but for those forms, the plainest verbs
    ("said", "added") and hearsay.

    Args:
        doc: the parse.
        rules: found by parse and lexicon.
        model: every candidate of the model.
        keep: the confidence from which a candidate needs no support.
    """
    by_token: dict[int, list[Found]] = {}
    for rule in rules:
        for at in range(rule.cue[0], rule.cue[1] + 1) if rule.cue else ():
            by_token.setdefault(at, []).append(rule)
    starts = sorted(rule.cue[0] for rule in rules if rule.cue and not rule.hearsay)
    merged, taken = [], set[int]()
    for one in model:
        met = _met(one, by_token)
        same = [rule for rule in met if id(rule) not in taken]
        if met and not same:
            continue  # a second candidate for words that another has taken
        if not same:
            if (one.confidence or 0) >= keep:
                one.speech = one.speech and not (_deed(doc, one) or _nobodys(doc, one))
                _within_sentence(doc, one)
                merged.append(one)
            continue
        rule = same[0]
        one.sources = [s for s in one.sources if is_someone(doc, s)]
        if len(same) > 1 or rule.whole or _more(rule, one) or _holds_cue(rule, one, starts):
            for other in same:
                other.confidence = one.confidence
            taken.update(id(other) for other in same)
            merged += same
            continue
        taken.add(id(rule))
        one.takes_quote, one.hearsay, one.speech = rule.takes_quote, rule.hearsay, True
        one.sources = one.sources or rule.sources
        one.cores = rule.sources
        if rule.content and _astray(doc, one, rule):
            one.content = rule.content
        merged.append(one)
    named = [source for one in merged for source in one.sources]
    return merged + [
        rule
        for rule in rules
        if (rule.whole or rule.hearsay or _plainest(doc, rule))
        and id(rule) not in taken
        # "On the strength of a pilot's account": the noun is part of who speaks.
        and not (rule.cue and any(covers(s, rule.cue) for s in named))
    ]


def _deed(doc: Doc, one: Found) -> bool:
    """Whether a verb of speech has an object that it cannot say: "ordered two beers".

    Its content is that object alone, and the lexicon gives the verb none.
    """
    if one.cue is None or len(one.content) != 1:
        return False
    verb = root_of(doc, one.cue)
    cue = lexis.verbs().get(verb.lemma_.lower())
    held = child(verb, "dobj")
    if cue is None or held is None or is_passive(verb) or child(verb, "ccomp", "xcomp"):
        return False
    if not edges(held)[0] <= one.content[0][0] <= held.i:
        return False
    return is_deed(verb) or not set(cue.frames) & set("ow")


def _plainest(doc: Doc, rule: Found) -> bool:
    """Whether a cue is a verb that hardly ever means anything but speech, with its speaker."""
    if rule.cue is None or not rule.sources:
        return False
    return doc[rule.cue[1]].lemma_.lower() in lexis.words("plainest", "verbs")


def _met(one: Found, by_token: dict[int, list[Found]]) -> list[Found]:
    """The rules' readings of a cue, in order."""
    if one.cue is None:
        return []
    met = [r for at in range(one.cue[0], one.cue[1] + 1) for r in by_token.get(at, ())]
    return list({id(r): r for r in met}.values())


def _nobodys(doc: Doc, one: Found) -> bool:
    """Whether a passive without a source tells of a deed: "were refused visas"."""
    if one.cue is None or one.sources:
        return False
    verb = root_of(doc, one.cue)
    return (
        verb.pos_ == "VERB"
        and is_passive(verb)
        and verb.lemma_.lower() not in lexis.words("passive", "verbs")
    )


def _within_sentence(doc: Doc, one: Found) -> None:
    """End "P, said X as quoted by Y" at its sentence."""
    if one.cue is not None and doc[one.cue[0]].lower_ == "as":
        end = doc[one.cue[0]].sent.end
        one.content = [r for r in one.content if r[0] < end] or one.content


def _astray(doc: Doc, one: Found, rule: Found) -> bool:
    """Whether the model's content is one that the rules know better.

    "Denied the report" is about the report, not about the sentence before; and the clause of a noun
    ("the claim that P was refuted") ends where the parse ends it.
    """
    if one.cue is None:
        return False
    sentence = doc[one.cue[0]].sent
    here = (sentence.start, sentence.end - 1)
    if not any(_touch(piece, here) for piece in one.content):
        return all(covers(here, piece) for piece in rule.content)
    noun = root_of(doc, one.cue).pos_ == "NOUN"
    return noun and all(any(covers(c, r) for c in one.content) for r in rule.content)


def _touch(a: Range, b: Range) -> bool:
    return a[0] <= b[1] and b[0] <= a[1]


def _more(rule: Found, one: Found) -> bool:
    """Whether the rules' cue holds the model's and more: "called on" against "called"."""
    return bool(rule.cue and one.cue and rule.cue != one.cue and covers(rule.cue, one.cue))


def _holds_cue(same: Found, one: Found, starts: list[int]) -> bool:
    """Whether the rules' content holds a cue beside the model's: "P, said X, Y reported".

    Args:
        same: the rules' reading.
        one: the model's.
        starts: the first tokens of all cues of the rules, in order.
    """
    wider = any(covers(piece, own) for own in one.content for piece in same.content)
    return wider and any(
        not any(first <= at <= last for first, last in one.content)
        for piece in same.content
        for at in starts[bisect_left(starts, piece[0]) : bisect_right(starts, piece[1])]
        if same.cue is None or at != same.cue[0]
    )
