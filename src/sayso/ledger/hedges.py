"""Lost hedges within an article: a headline that says bare what its text says with a hedge."""

from collections.abc import Iterator

from sayso import lexicon
from sayso.ledger.counted import class_of
from sayso.ledger.found import Found, Side
from sayso.records import Figure, Reading

#: Bounds that are hedges, with the words by which people are told.
_BOUNDS = ("about", "nearly", "at_least", "more_than", "at_most", "less_than")


def headline(reading: Reading) -> Iterator[Found]:
    """Figures of the headline that lost the hedge which the text has throughout."""
    end = next((b.end for b in reading.article.blocks if b.kind == "headline"), 0)
    heads = [one for one in reading.figures if one.span.end <= end and one.bound == "exact"]
    for head in heads:
        same = [one for one in reading.figures if one.span.start >= end and _alike(head, one)]
        hedged = [one for one in same if one.bound in _BOUNDS]
        if not hedged or len(hedged) < len(same):
            continue
        body = hedged[0]
        yield Found(
            "hedge_lost",
            78,
            f"{head.span.text} {head.counted.text if head.counted else ''}".strip(),
            _side(reading, body),
            _side(reading, head),
            f"the headline says “{head.span.text}”, the text “{body.span.text}”",
        )


def _alike(head: Figure, body: Figure) -> bool:
    """Whether two figures of an article are one number of one thing."""
    if head.value is None or head.value != body.value or head.unit_kind != body.unit_kind:
        return False
    if head.kind != body.kind or head.currency != body.currency:
        return False
    if {head.kind} & {None} and head.unit_kind in ("other", "duration"):
        return False
    nouns = {
        class_of(one.counted.text if one.counted else None, one.unit_kind) for one in (head, body)
    }
    return len(nouns) == 1 or (bool(head.kind) and "people" in nouns)


def _side(reading: Reading, figure: Figure) -> Side:
    """The sentence of a figure."""
    start, end = sentence(reading.article.text, figure.span.start, figure.span.end)
    return Side(figure.statement, None, start, end)


def sentence(text: str, start: int, end: int, reach: int = 300) -> tuple[int, int]:
    """The characters of the sentence around others, at most ``reach`` to either side."""
    ends = tuple(lexicon.toml("denials")["sentences"]["ends"])
    lefts = [
        at + len(mark)
        for mark in ends
        if (at := text.rfind(mark, max(0, start - reach), start)) >= 0
    ]
    rights = [
        at + len(mark.rstrip()) - 1
        for mark in ends
        if (at := text.find(mark, max(start, end - 1), end + reach)) >= 0
    ]
    first = max(lefts, default=max(0, start - reach))
    last = min(rights, default=min(len(text), end + reach) - 1) + 1
    while first < start and text[first].isspace():
        first += 1
    while last > end and text[last - 1].isspace():
        last -= 1
    return first, last
