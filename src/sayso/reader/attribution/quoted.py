"""Quotations and attributions: a cue takes the whole quotation beside it, and the next."""

from collections.abc import Sequence

from spacy.tokens import Doc

from sayso.reader.analysis import Analysis
from sayso.reader.attribution.found import Found
from sayso.reader.attribution.tails import nominal_end
from sayso.reader.attribution.trees import Range, covers
from sayso.reader.quotes import Quotation

#: Words that a quotation must have to be carried on as speech without a cue of its own.
_MIN_WORDS = 4


def join_quotations(
    analysis: Analysis, quotations: Sequence[Quotation], found: list[Found]
) -> list[Found]:
    """Widen contents to whole quotations and give cue-less quotations to who spoke before."""
    ranges: list[Range] = []
    for quotation in quotations:
        tokens = analysis.tokens_in(quotation.start, quotation.end)
        ranges.append((tokens.start, tokens.end - 1))
    kept = [one for one in found if not _own_words_inside(analysis, ranges, one)]
    taken: set[int] = set()
    for one in kept:
        _clip(one, ranges)
        _speaker_outside(analysis, one, ranges)
        if one.cue is not None:
            taken |= _widen(one, ranges)
    for one in kept:
        if one.takes_quote and not one.content and one.cue is not None:
            taken |= _nearest(analysis, one, ranges, taken)
    kept = [one for one in kept if one.content]
    return kept + _carried(analysis, ranges, taken, kept)


def _speaker_outside(analysis: Analysis, one: Found, ranges: list[Range]) -> None:
    """Take the words behind the cue for its source where the parse took words of the quotation."""
    cue = one.cue
    if cue is None or not one.sources:
        return
    source = one.sources[0]
    if any(covers(q, source) and not covers(q, cue) and q[1] < cue[0] for q in ranges):
        sentence = analysis.doc[cue[0]].sent
        end = nominal_end(analysis.doc, cue[1] + 1, sentence.end)
        one.sources = [(cue[1] + 1, end)] if end is not None else []


def _own_words_inside(analysis: Analysis, ranges: list[Range], one: Found) -> bool:
    """Whether a cue is the quoted speaker's own ("I think"), no statement of its own."""
    quote = next((r for r in ranges if one.cue is not None and covers(r, one.cue)), None)
    if quote is None:
        return False
    if not one.sources:
        return True
    return any(
        s[0] == s[1] and analysis.doc[s[0]].pos_ == "PRON" and covers(quote, s) for s in one.sources
    )


def _clip(one: Found, ranges: list[Range]) -> None:
    """What a cue inside a quotation attributes ends where the quotation ends."""
    quote = next((r for r in ranges if one.cue is not None and covers(r, one.cue)), None)
    if quote is None or any(not covers(quote, s) for s in one.sources):
        return
    first, last = quote[0] + 1, quote[1] - 1
    inside = [(max(a, first), min(b, last)) for a, b in one.content if b >= first and a <= last]
    one.content = [r for r in inside if r[0] <= r[1]] or one.content


def _widen(one: Found, ranges: list[Range]) -> set[int]:
    """Widen a content to each quotation that it overlaps, unless the cue stands in that one."""
    taken = set()
    cue = one.cue or (0, 0)
    for index, quote in enumerate(ranges):
        if covers(quote, cue):
            continue
        for at, piece in enumerate(one.content):
            if piece[0] <= quote[1] and quote[0] <= piece[1]:
                taken.add(index)
                start, end = min(piece[0], quote[0]), max(piece[1], quote[1])
                if start <= cue[0] <= end and not start <= cue[0] <= piece[1]:
                    continue
                one.content[at] = (start, end)
    one.content = _merged(one.content)
    return taken


def _merged(ranges: list[Range]) -> list[Range]:
    merged: list[Range] = []
    for start, end in sorted(ranges):
        if merged and start <= merged[-1][1] + 1:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return merged


def _nearest(analysis: Analysis, one: Found, ranges: list[Range], taken: set[int]) -> set[int]:
    """Give a cue without content the quotation beside it, within its block."""
    cue = one.cue
    if cue is None or any(covers(quote, cue) for quote in ranges):
        return set()
    doc = analysis.doc
    block = analysis.block_at(doc[cue[0]].idx)
    best: tuple[int, int] | None = None
    for index, quote in enumerate(ranges):
        if covers(quote, cue) or block is None:
            continue
        in_block = block.start <= doc[quote[0]].idx < block.end
        if not in_block and not (quote[0] > cue[1] and _before(doc, quote[0]) == ":"):
            continue
        gap = cue[0] - quote[1] if quote[1] < cue[0] else quote[0] - cue[1]
        if (
            gap <= 25
            and _joined(doc, quote, cue)
            and not _sentence_between(analysis, quote, cue)
            and (best is None or gap < best[0])
        ):
            best = (gap, index)
    if best is None:
        return set()
    one.content = [ranges[best[1]]]
    return {best[1]}


def _joined(doc: Doc, quote: Range, cue: Range) -> bool:
    """Whether punctuation shows a quotation to be speech: "…,” he said", "he said: “…"."""
    if quote[1] < cue[0]:
        return doc[quote[1] - 1].is_punct or doc[quote[1] + 1].text == ","
    return _before(doc, quote[0]) in (",", ":") or quote[0] - 1 == cue[1]


def _before(doc: Doc, at: int) -> str:
    """The word before token ``at``, white space apart."""
    at -= 1
    while at > 0 and doc[at].is_space:
        at -= 1
    return doc[at].text


def _sentence_between(analysis: Analysis, quote: Range, cue: Range) -> bool:
    """Whether a whole sentence stands between a quotation and a cue."""
    doc = analysis.doc
    last, first = (quote[1], cue[0]) if quote[1] < cue[0] else (cue[1], quote[0])
    ends = [t for t in doc[last + 1 : first] if t.text in ".?!"]
    return bool(ends)


def _carried(
    analysis: Analysis, ranges: list[Range], taken: set[int], found: list[Found]
) -> list[Found]:
    """Quotations that no cue took: they go on from the speaker before, if he was quoted.

    Within the block of the statement before they join its content as a further piece; a block of
    its own makes a statement without a cue.
    """
    doc = analysis.doc
    added: list[Found] = []
    for index, quote in enumerate(ranges):
        if index in taken or _continue_sentence(analysis, ranges[index - 1 : index], quote, found):
            continue
        if quote[1] - quote[0] < _MIN_WORDS + 2:
            continue
        if any(c[0] <= quote[0] and quote[1] <= c[1] for one in found for c in one.content):
            continue
        block = analysis.block_at(doc[quote[0]].idx)
        before = [
            one
            for one in [*found, *added]
            if one.takes_quote and one.sources and _end(one) < quote[0]
        ]
        starts = (
            quote[0] == 0
            or doc[quote[0]].is_sent_start
            or doc[quote[0] - 1].is_space
            or (doc[quote[0] - 1].text in '.?!”"')
        )
        if block is None or not before or not starts or block.kind == "headline":
            continue
        last = max(before, key=_end)
        last_block = analysis.block_at(doc[last.content[-1][0]].idx)
        if last_block == block:
            last.content = _merged([*last.content, quote])
        elif _previous(analysis, block.start) == last_block and block.start == doc[quote[0]].idx:
            added.append(Found(None, list(last.sources), [quote], takes_quote=True))
    return added


def _continue_sentence(
    analysis: Analysis, before: list[Range], quote: Range, found: list[Found]
) -> bool:
    """Join the second half of a split quotation: "“We stay,” she said, “all of us.”"."""
    doc = analysis.doc
    if not before or _before(doc, quote[0]) != ",":
        return False
    for one in found:
        if (
            one.takes_quote
            and one.cue
            and before[0] in one.content
            and (before[0][1] < one.cue[0] < quote[0] and quote[0] - one.cue[1] < 15)
        ):
            one.content.append(quote)
            return True
    return False


def _end(one: Found) -> int:
    """The last token of an attribution's cue and content."""
    return max(one.content[-1][1], one.cue[1] if one.cue else 0)


def _previous(analysis: Analysis, start: int) -> object:
    blocks = [b for b in analysis.article.blocks if b.start < start]
    return blocks[-1] if blocks else None
