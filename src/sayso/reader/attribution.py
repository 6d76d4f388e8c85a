"""The seam of attribution: from a parsed article to who-said-what spans, by parse and lexicon.

``attribute`` is the one function that a trained model replaces.
"""

from dataclasses import dataclass

from sayso.reader.analysis import Analysis
from sayso.records import Span


@dataclass(frozen=True)
class Attribution:
    """One relation of attribution, as spans; several sources where several speak together."""

    cue: Span | None
    sources: tuple[Span, ...]
    content: tuple[Span, ...]


def attribute(analysis: Analysis) -> tuple[Attribution, ...]:
    """The attributions of an article, in the order of their cues."""
    return ()
