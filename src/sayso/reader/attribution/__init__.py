"""Attribution: from a parsed article to who-said-what spans, by the trained model and by rules."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from spacy.tokens import Doc

from sayso.model import weights
from sayso.reader.analysis import Analysis
from sayso.reader.attribution import lexis
from sayso.reader.attribution.found import Found
from sayso.reader.attribution.headlines import read_headlines
from sayso.reader.attribution.phrases import (
    according_to,
    adjective_cue,
    as_reported,
    by_count,
    hearsay,
    noun_cues,
)
from sayso.reader.attribution.quoted import join_quotations
from sayso.reader.attribution.relays import carried
from sayso.reader.attribution.tagged import merge, tagged
from sayso.reader.attribution.tails import tail_cues
from sayso.reader.attribution.trees import Range, agent, covers, is_passive, root_of, subject, trim
from sayso.reader.attribution.verbs import verb_cues
from sayso.reader.quotes import find_quotations
from sayso.records import Span

__all__ = ["Attribution", "attribute"]


#: Longest dateline, in tokens.
_MAX_DATELINE = 16
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})


@dataclass(frozen=True, slots=True)
class Attribution:
    """One relation of attribution, as spans; several sources where several speak together.

    Attributes:
        cue: the words that attribute; None for a quotation that goes on from the one before.
        sources: the words of each source, in order; empty where the text names none.
        content: the pieces of what is attributed, in order.
        confidence: of the model, between 0 and 1; None where rules alone found it.
        speech: whether something is said, reported or thought, as against a deed or an aim.
        cores: the sources without what hangs on them, as the rules have them.
    """

    cue: Span | None
    sources: tuple[Span, ...]
    content: tuple[Span, ...]
    confidence: float | None = None
    speech: bool = True
    cores: tuple[Span, ...] = ()


def attribute(analysis: Analysis) -> tuple[Attribution, ...]:
    """The attributions of an article, in the order of their cues."""
    quotations = find_quotations(analysis.article.text, analysis.article.blocks)
    found = _with_tails(analysis, list(_cues(analysis.doc)))
    found = _share_cited(analysis.doc, found)
    found = merge(analysis.doc, found, tagged(analysis), weights.load().settings.keep)
    found = [one for one in found if not _is_asked(analysis.doc, one)]
    _part_joined(analysis.doc, found)
    _untangle(found)
    found = read_headlines(analysis, found)
    found = join_quotations(analysis, quotations, found)
    found = _without_repeated_hearsay(found)
    found = [one for one in found if not _asks_for_anonymity(analysis.doc, one)]
    found = _without_nobodys_relays(found)
    for one in found:
        _leave_own_words(analysis.doc, one)
    return tuple(_as_spans(analysis, found))


def _cues(doc: Doc) -> Iterator[Found]:
    first_words = {phrase[0] for phrase in lexis.according()}
    for token in doc:
        pos = token.pos_
        if pos == "VERB":
            relayed = as_reported(token) or carried(token)
            if relayed is not None:
                yield relayed
            else:
                yield from verb_cues(token)
        elif pos == "NOUN":
            if subject(token) is not None and token.lemma_.lower() in lexis.verbs():
                yield from verb_cues(token)  # a verb that the tagger took for a noun
            elif (counted := by_count(token)) is not None:
                yield counted
            else:
                yield from noun_cues(token)
        elif pos == "ADJ":
            found = adjective_cue(token)
            if found is not None:
                yield found
        if token.lower_ in first_words:
            found = according_to(token)
            if found is not None:
                yield found
        elif pos == "ADV" and token.lower_ in lexis.adverbs():
            found = hearsay(token)
            if found is not None:
                yield found


def _with_tails(analysis: Analysis, found: list[Found]) -> list[Found]:
    """Read chains of cue clauses by their shape, instead of what the parse made of their cues."""
    tails = [
        tail
        for sentence in analysis.sentences
        for tail in tail_cues(analysis.doc, (sentence.start, sentence.end - 1))
    ]
    read = {tail.cue[1]: tail for tail in tails if tail.cue is not None}
    kept = []
    for one in found:
        tail = read.pop(one.cue[1], None) if one.cue is not None else None
        if tail is not None:
            one.sources = tail.sources
            one.content = tail.content
        kept.append(one)
    return kept + list(read.values())


def _share_cited(doc: Doc, found: list[Found]) -> list[Found]:
    """Give "X said P, citing Y" its content: what Y is cited for is what X said."""
    shared: list[Found] = []
    for one in found:
        if not one.content and not one.takes_quote and one.cue is not None:
            cue = one.cue
            sentence = doc[cue[0]].sent
            near = [
                other
                for other in found
                if other.content
                and other.cue
                and sentence.start <= other.cue[0] < sentence.end
                and not (one.sources and cue[1] < other.cue[0] <= one.sources[-1][1])
            ]
            before = [other for other in near if other.cue and other.cue[0] < cue[0]]
            if not near:
                near = before = _said_before(doc, found, cue)
            if not near:
                continue
            # "Citing Y, X reported P" stands before, every other order behind.
            with_it = before[-1] if before else near[0]
            one.content = [r for r in with_it.content if not covers(r, cue)] or [
                (r[0], cue[0] - 1) for r in with_it.content if covers(r, cue)
            ]
        shared.append(one)
    return shared


def _said_before(doc: Doc, found: list[Found], cue: Range) -> list[Found]:
    """What the sentence before says: "…, the daily reported. It cited a captain."."""
    start = doc[cue[0]].sent.start
    if start == 0:
        return []
    first = doc[start - 1].sent.start
    return [
        other for other in found if other.content and other.cue and first <= other.cue[0] < start
    ][:1]


def _is_asked(doc: Doc, one: Found) -> bool:
    """Whether it is the "asked whether Q" of "Asked whether Q, X said P", which X does not say."""
    if one.cue is None:
        return False
    verb = root_of(doc, one.cue)
    return (
        verb.lemma_.lower() == "ask"
        and verb.dep_ == "advcl"
        and is_passive(verb)
        and agent(verb) is None
    )


def _untangle(found: list[Found]) -> None:
    """Of two that hold each other's cues the first ends where the second begins.

    "The agency believes P, Yoo told reporters": what is believed ends before Yoo.
    """
    cues = sorted((one.cue[0], n) for n, one in enumerate(found) if one.cue is not None)
    starts = [start for start, _ in cues]
    for one in found:
        for at, (first, last) in enumerate(one.content):
            if one.cue is None:
                continue
            for _, n in cues[bisect_left(starts, first) : bisect_right(starts, last)]:
                other = found[n]
                if other is one or other.cue is None or other.cue[0] < one.cue[0]:
                    continue
                if not any(covers(piece, one.cue) for piece in other.content):
                    continue
                behind = [s[0] for s in other.sources if s[0] > one.cue[1]]
                end = min([other.cue[0], *behind]) - 1
                if first <= end < last:
                    one.content[at] = (first, end)
                    break


def _part_joined(doc: Doc, found: list[Found]) -> None:
    """End "confirmed the strike but denied that P" before the "but": the two stand side by side."""
    by_verb = {root_of(doc, one.cue).i: one for one in found if one.cue}
    for at, one in by_verb.items():
        first = by_verb.get(doc[at].head.i)
        if doc[at].dep_ != "conj" or first is None or first is one or one.cue is None:
            continue
        if first.sources != one.sources or first.cue is None:
            continue
        joint = next((t.i for t in reversed(doc[first.cue[1] : one.cue[0]]) if t.dep_ == "cc"), 0)
        first.content = [
            (a, joint - 1) if a < joint and covers((a, b), one.cue) else (a, b)
            for a, b in first.content
        ]


def _without_repeated_hearsay(found: Iterable[Found]) -> list[Found]:
    """Without "reportedly" inside what somebody is already said to have said."""
    found = list(found)
    spoken = [r for one in found if not one.hearsay for r in one.content]
    return [
        one
        for one in found
        if not one.hearsay or not any(one.cue and covers(r, one.cue) for r in spoken)
    ]


def _without_nobodys_relays(found: list[Found]) -> list[Found]:
    """Without the "was quoted" of "Y was quoted as saying P", where nobody is named who quotes."""
    said = {one.cue[0]: one for one in found if one.cue is not None and one.sources}

    def repeated(one: Found) -> bool:
        inner = said.get(one.cue[1] + 2) if one.cue is not None and not one.sources else None
        return inner is not None and inner.content == one.content

    return [one for one in found if not repeated(one)]


def _leave_own_words(doc: Doc, one: Found) -> None:
    """Take from what is said the background that the outlet itself puts behind the cue.

    In "The bridge fell, the mayor said, as fighting reached the coast" the mayor says the first
    clause. Nor is a source what is said: "one death has been confirmed".
    """
    one.sources = [source for source in one.sources if source not in one.content]
    if one.cue is None:
        return
    before = [piece for piece in one.content if piece[1] < one.cue[0]]
    behind = [piece for piece in one.content if piece[0] > one.cue[1]]
    if before and len(behind) == 1 and _is_own(doc, behind[0]):
        one.content = before


def _is_own(doc: Doc, piece: Range) -> bool:
    """Whether a piece behind a cue is a clause that the outlet tells in its own words."""
    opener = doc[piece[0]]
    if opener.lower_ not in lexis.words("own_words", "openers") or doc[opener.i - 1].text != ",":
        return False
    # A clause, whatever the parse makes of it; "as the envoy who has …" says what somebody is.
    told = any(t.tag_ in _FINITE for t in doc[piece[0] : piece[1] + 1])
    return opener.dep_ == "mark" or (told and doc[opener.i + 1].tag_ != "DT")


def _asks_for_anonymity(doc: Doc, one: Found) -> bool:
    """Whether it tells how a source wants to stay unnamed."""
    words = doc[one.content[0][0] : one.content[-1][1] + 1].text.lower() if one.content else ""
    return words.startswith(tuple(lexis.words("anonymity", "contents")))


def _datelines(analysis: Analysis) -> dict[int, int]:
    """Where the text behind a dateline begins, by the first token of its block.

    "KYIV (Reuters) - Two men …", "KYIV (Reuters): Two men …": the place and agency belong to no
    content, and say nothing.
    """
    found = {}
    doc = analysis.doc
    for block in analysis.article.blocks:
        start = analysis.token_at(block.start).i
        for at in range(start + 1, min(start + _MAX_DATELINE, len(doc) - 1)):
            token = doc[at]
            dash = token.text in ("-", "–", "—", "--") and doc[at - 1].whitespace_
            if dash or (token.text == ":" and doc[at - 1].text == ")") or token.text == "):":
                found[start] = at + 1
                break
            if token.pos_ not in ("PROPN", "PUNCT", "NUM", "SYM") and token.text not in "()/,":
                break
    return found


def _as_spans(analysis: Analysis, found: Iterable[Found]) -> Iterator[Attribution]:
    doc = analysis.doc

    datelines = _datelines(analysis)

    def spans(ranges: Iterable[Range]) -> tuple[Span, ...]:
        cut = ((datelines.get(first, first), last) for first, last in ranges)
        held = (trim(doc, r) for r in sorted(cut))
        return tuple(analysis.span(doc[r[0]], doc[r[1]]) for r in held if r is not None)

    def order(one: Found) -> Range:
        return one.cue or (one.content[0] if one.content else (0, 0))

    def in_dateline(tokens: Range) -> bool:
        return any(first <= tokens[0] < behind for first, behind in datelines.items())

    for one in sorted(found, key=order):
        content = spans(one.content)
        if content and not (one.cue and in_dateline(one.cue)):
            cue = spans([one.cue]) if one.cue is not None else ()
            yield Attribution(
                cue[0] if cue else None,
                spans(one.sources),
                content,
                one.confidence,
                one.speech,
                spans(one.cores),
            )
