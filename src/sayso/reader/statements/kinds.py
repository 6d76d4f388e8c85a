"""The type of a statement and whether it is negated, read from its cue by the lexicon."""

from collections.abc import Sequence
from functools import cache

from spacy.tokens import Span as TokenSpan
from spacy.tokens import Token

from sayso import lexicon
from sayso.reader.analysis import Analysis
from sayso.reader.attribution import Attribution, lexis
from sayso.records import Source, Span, StatementType


@cache
def _asks() -> frozenset[str]:
    return frozenset(lexicon.toml("statements")["asks"]["words"])


def kind_of(
    analysis: Analysis, one: Attribution, sources: tuple[Source, ...]
) -> tuple[StatementType, bool]:
    """The type of a statement and whether its cue is negated ("did not confirm").

    A cue that the lexicon does not know, and a quotation without one, is ``say``.
    """
    if one.cue is None:
        return ("report" if sources and sources[0].kind == "outlet" else "say"), False
    cue = analysis.tokens_in(one.cue.start, one.cue.end)
    if cites(analysis, one.cue, one.sources):
        return "say", False  # "it cited Y": the source is Y, who said it
    negated = _is_negated(cue)
    type_ = _type(analysis, one, cue)
    if negated and type_ != "decline" and _refuses(cue):
        return "decline", False
    if type_ == "decline":
        return type_, False
    if type_ == "ask" and not _is_question(one):
        return "demand", negated
    if type_ == "say" and cue[0].lower_ == "according" and sources and sources[0].kind == "outlet":
        return "report", negated
    return type_, negated


def cites(analysis: Analysis, cue: Span, sources: Sequence[Span]) -> bool:
    """Whether a cue leads to a source that somebody else cites: "citing Y", "it quoted Y".

    Not so "Y, cited by X", where X is the one who relays.
    """
    tokens = analysis.tokens_in(cue.start, cue.end)
    root = tokens.root
    if root.tag_ == "VBG" and root.lemma_.lower() in lexis.words("relay", "cites"):
        return True
    if cue.text.lower() not in lexis.words("relay", "cited_by"):
        return False
    after = any(source.start >= cue.end for source in sources)
    return after and analysis.doc[min(tokens.end, len(analysis.doc) - 1)].lower_ != "by"


def _type(analysis: Analysis, one: Attribution, cue: TokenSpan) -> StatementType:
    lemmas = [t.lemma_.lower() for t in cue]
    if (cue[0].lower_ in ("according", "in", "per") and len(cue) != 1) or cue[0].lower_ == "per":
        return _by_estimate(analysis, one)
    decline = lexis.words("decline", "verbs")
    for at, lemma in enumerate(lemmas):
        rest = tuple(lemmas[at + 1 :])
        for following, phrase in lexis.phrasal().get(lemma, ()):
            if lexis.follows(following, rest):
                return phrase.type
        if lemma in decline and (
            set(rest) & lexis.words("decline", "objects") or lemma in ("decline", "refuse")
        ):
            return "decline"
    for token, lemma in zip(reversed(list(cue)), reversed(lemmas), strict=True):
        if token.dep_ in ("aux", "auxpass", "neg", "prt") and len(cue) > 1:
            continue
        if token.pos_ in ("NOUN", "PROPN") and lemma in lexis.nouns():
            return lexis.nouns()[lemma].type
        if token.tag_ == "VBG" and lemma in lexis.words("relay", "cites"):
            return "say"  # "citing Y": the source is Y, who said it
        if lemma in lexis.verbs():
            return lexis.verbs()[lemma].type
        if lemma in lexis.nouns():
            return lexis.nouns()[lemma].type
        if lemma in lexis.adjectives():
            return lexis.adjectives()[lemma]
        if token.lower_ in lexis.adverbs():
            return lexis.adverbs()[token.lower_]
        if lemma in lexis.words("issued", "verbs"):
            return "report"
        if lemma in lexis.words("toll", "verbs"):
            return "estimate" if _counts(token) else "report"
    return "say"


def _counts(verb: Token) -> bool:
    return any(t.lemma_ in ("estimate", "forecast") for t in verb.children) or verb.lemma_ == "put"


def _by_estimate(analysis: Analysis, one: Attribution) -> StatementType:
    """The type of "according to X": that of a noun beside X ("X's estimates"), else say."""
    for source in one.cores or one.sources:
        tokens = analysis.tokens_in(source.start, source.end)
        after = analysis.doc[tokens.end : tokens.end + 3]
        for token in [*after, tokens.root]:
            noun = lexis.nouns().get(token.lemma_.lower())
            if noun is not None and noun.type in ("estimate", "report", "claim"):
                return noun.type
            if token.is_punct:
                break
    return "say"


def _is_negated(cue: TokenSpan) -> bool:
    words = lexis.words("negation", "words")
    if any(t.lower_ in words for t in cue):
        return True
    if any(t.lemma_.lower() in lexis.words("negation", "verbs") for t in cue[:-1]):
        return True
    for token in cue:
        if token.pos_ not in ("VERB", "AUX"):
            continue
        if token.dep_ == "conj" and token.i and token.nbor(-1).lower_ == "nor":
            return True
        for other in token.children:
            if other.dep_ == "cc" and other.lower_ == "nor" and other.i > token.i:
                return True
            if other.dep_ == "neg" or (other.dep_ == "preconj" and other.lower_ in words):
                return True
            if other.dep_ in ("nsubj", "nsubjpass") and other.i < token.i:
                # "No official has confirmed", "neither side has confirmed", "neither".
                first = other.left_edge
                if first.lower_ in ("no", "neither", "nobody", "none"):
                    return True
    return False


def _refuses(cue: TokenSpan) -> bool:
    return any(
        t.lemma_.lower() in ("respond", "comment", "reply", "answer", "elaborate", "return")
        for t in cue
    )


def _is_question(one: Attribution) -> bool:
    words = one.content[0].text.lower().split()
    return bool(words) and (words[0] in _asks() or "?" in one.content[-1].text)
