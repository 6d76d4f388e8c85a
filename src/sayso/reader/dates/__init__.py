"""Dates and durations: spans of the text to TIMEX3 / ISO 8601 values; see ``docs/dates.md``."""

from msgspec import structs

from sayso.reader.analysis import Analysis
from sayso.reader.dates.reference import inferred_day
from sayso.reader.dates.resolve import read_dates
from sayso.reader.dates.syntax import ParsedSyntax
from sayso.reader.dates.values import is_timex_value
from sayso.records import Date, Reference, record_id

__all__ = ["find_dates", "infer_reference", "is_timex_value", "read_dates", "with_reference"]


def infer_reference(analysis: Analysis) -> Reference | None:
    """The day that the text was written on or soon after, inferred from the dates that it names.

    Returns:
        The reference with ``from_`` "text" and a day, or a month where no day can be had, as value;
        None where the text names no month of any year.
    """
    value = inferred_day(analysis.article.text, ParsedSyntax(analysis))
    return Reference(value=value, from_="text") if value else None


def with_reference(analysis: Analysis) -> Analysis:
    """The analysis with a day to read dates against: the article's own, else one inferred."""
    if analysis.article.reference is not None:
        return analysis
    article = structs.replace(analysis.article, reference=infer_reference(analysis))
    return Analysis(article, analysis.doc)


def find_dates(analysis: Analysis) -> tuple[Date, ...]:
    """The dates of an article, in order, without overlaps, read against ``article.reference``."""
    article = analysis.article
    reference = article.reference.value if article.reference else None
    return tuple(
        Date(
            id=record_id("d", article.id, found.start, found.end),
            span=article.span(found.start, found.end),
            value=found.value,
            kind=found.kind,
            anchor=found.anchor,
        )
        for found in read_dates(article.text, reference, ParsedSyntax(analysis))
    )
