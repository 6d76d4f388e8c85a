"""On whose word a figure or an event stands: a statement's, one carried on, or nobody's."""

from dataclasses import dataclass

from sayso.reader.analysis import Analysis
from sayso.records import AttributionKind, Span, Statement


@dataclass(frozen=True)
class Sourcing:
    """Look-up from a span of the text to the statement that it rests on."""

    analysis: Analysis
    statements: tuple[Statement, ...]

    def of(self, span: Span) -> tuple[str | None, AttributionKind]:
        """The id of the (innermost) statement that the words stand on, and how they do."""
        inside = [
            (sum(c.end - c.start for c in s.content), s)
            for s in self.statements
            if any(c.start <= span.start and span.end <= c.end for c in s.content)
        ]
        if inside:
            return min(inside, key=lambda pair: pair[0])[1].id, "stated"
        return None, "none"
