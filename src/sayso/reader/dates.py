"""Dates and durations: spans of the text to TIMEX3 / ISO 8601 values."""

from sayso.reader.analysis import Analysis
from sayso.records import Date, Reference


def infer_reference(analysis: Analysis) -> Reference | None:
    """The day that the text was written on or soon after, inferred from the dates that it names."""
    return None


def find_dates(analysis: Analysis) -> tuple[Date, ...]:
    """The dates of an article, in order, read against ``article.reference``."""
    return ()
