"""Events: who did what to whom, where and when, in PLOVER's types."""

from sayso.reader.analysis import Analysis
from sayso.reader.cast import Cast
from sayso.reader.sourcing import Sourcing
from sayso.records import Date, Event


def find_events(
    analysis: Analysis, cast: Cast, dates: tuple[Date, ...], sourcing: Sourcing
) -> tuple[Event, ...]:
    """The events of an article, in order of their triggers."""
    return ()
