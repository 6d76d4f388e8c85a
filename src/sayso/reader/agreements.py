"""Agreements: treaties, pacts, ceasefires, with parties, milestones and obligations."""

from sayso.reader.analysis import Analysis
from sayso.reader.cast import Cast
from sayso.reader.sourcing import Sourcing
from sayso.records import Agreement, Date


def find_agreements(
    analysis: Analysis, cast: Cast, dates: tuple[Date, ...], sourcing: Sourcing
) -> tuple[Agreement, ...]:
    """The agreements of an article, in order of first mention."""
    return ()
