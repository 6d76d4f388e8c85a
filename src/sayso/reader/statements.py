"""From attributions to statements: type, negation, quotes, hedges, parent and chain."""

from sayso.reader.analysis import Analysis
from sayso.reader.attribution import Attribution
from sayso.reader.cast import Cast
from sayso.records import Date, Statement


def build_statements(
    analysis: Analysis, cast: Cast, dates: tuple[Date, ...], found: tuple[Attribution, ...]
) -> tuple[Statement, ...]:
    """The statements of an article, in the order of their cues."""
    return ()
