"""What the attribution model finds, as token ranges."""

from sayso.model import weights
from sayso.model.tagger import Tagged
from sayso.reader.analysis import Analysis
from sayso.reader.attribution.found import Found
from sayso.reader.attribution.trees import Range


def tagged(analysis: Analysis) -> list[Found]:
    """The model's attributions of an article.

    The model sees the text as the parser does, with headlines in sentence case.

    Raises:
        ModelError: the weights are missing or not the released ones.
    """
    blocks = [(block.start, block.end) for block in analysis.article.blocks]
    found = weights.load()(analysis.doc.text, blocks)
    return [as_found(analysis, one) for one in found]


def as_found(analysis: Analysis, one: Tagged) -> Found:
    """One attribution of the model as token ranges."""

    def tokens(span: tuple[int, int]) -> Range:
        held = analysis.tokens_in(*span)
        return held.start, held.end - 1

    return Found(
        tokens(one.cue),
        [tokens(s) for s in one.sources],
        [tokens(c) for c in one.contents],
        takes_quote=True,
        confidence=one.confidence,
    )


def merge(rules: list[Found], model: list[Found]) -> list[Found]:
    """The model's attributions, and the rules' of cues that it does not see."""
    merged = []
    for one in model:
        same = next((r for r in rules if _meet(r, one)), None)
        if same is not None:
            rules = [r for r in rules if r is not same]
            one.takes_quote = same.takes_quote
            one.hearsay = same.hearsay
        merged.append(one)
    return merged + rules


def _meet(a: Found, b: Found) -> bool:
    return bool(a.cue and b.cue and a.cue[0] <= b.cue[1] and b.cue[0] <= a.cue[1])
