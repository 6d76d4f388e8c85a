"""An attribution while it is being read: token ranges, before they become spans."""

from dataclasses import dataclass, field

from sayso.reader.attribution.trees import Range


@dataclass(slots=True)
class Found:
    """One attribution as token ranges.

    Attributes:
        cue: the words that attribute; None for a quotation that goes on without a cue.
        sources: the sources, in order.
        content: the pieces of what is attributed, in order.
        takes_quote: whether a quotation beside the cue belongs to the content.
        hearsay: stands for an adverb ("reportedly"), which counts only on nobody else's word.
        confidence: the model's, between 0 and 1; None where rules alone found it.
        speech: whether something is said, reported or thought, as against a deed or an aim.
        whole: whether the rules read a form of several words ("quoted Y as saying"), so that cue,
            source and content stand or fall together.
        cores: the sources as the rules have them, where the model's words are more.
    """

    cue: Range | None
    sources: list[Range] = field(default_factory=list)
    content: list[Range] = field(default_factory=list)
    takes_quote: bool = False
    hearsay: bool = False
    confidence: float | None = None
    speech: bool = True
    whole: bool = False
    cores: list[Range] = field(default_factory=list)
