"""Figures: every quantity of the text, with bounds, unit, what is counted and whose it is."""

from sayso.reader.analysis import Analysis
from sayso.reader.cast import Cast
from sayso.reader.sourcing import Sourcing
from sayso.records import Date, Figure


def find_figures(
    analysis: Analysis, cast: Cast, dates: tuple[Date, ...], sourcing: Sourcing
) -> tuple[Figure, ...]:
    """The figures of an article, in order."""
    return ()
