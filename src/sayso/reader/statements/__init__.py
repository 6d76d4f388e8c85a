"""From attributions to statements: sources led to actors, type, circumstances, parent and chain."""

import msgspec

from sayso.reader.analysis import Analysis
from sayso.reader.attribution import Attribution
from sayso.reader.cast import Cast
from sayso.reader.quotes import Quotation, find_quotations
from sayso.reader.statements.chains import with_chains
from sayso.reader.statements.circumstances import addressee_of, date_of, hedges_of, venue_of
from sayso.reader.statements.kinds import kind_of
from sayso.reader.statements.sources import sources_of
from sayso.records import Date, Span, Statement, record_id

__all__ = ["build_statements"]


def build_statements(
    analysis: Analysis, cast: Cast, dates: tuple[Date, ...], found: tuple[Attribution, ...]
) -> tuple[Statement, ...]:
    """The statements of an article, in the order of their cues.

    Args:
        analysis: the parsed article.
        cast: its actors.
        dates: its dates.
        found: its attributions, as spans.
    """
    quotations = find_quotations(analysis.article.text, analysis.article.blocks)
    statements = []
    told = set()
    for one in found:
        # a quotation over two paragraphs may be carried on from both
        if not one.speech or (one.cue, one.content) in told:
            continue
        told.add((one.cue, one.content))
        sources = sources_of(analysis, cast, one.sources, one.cores)
        type_, negated = kind_of(analysis, one, sources)
        venue = venue_of(analysis, one)
        statements.append(
            Statement(
                id=record_id("s", analysis.article.id, one.cue, one.content),
                sources=sources,
                cue=one.cue,
                type=type_,
                negated=negated,
                content=one.content,
                quotes=_quotes(analysis, quotations, one.content),
                date=date_of(analysis, dates, one),
                venue=venue,
                addressee=addressee_of(analysis, one, venue),
                confidence=one.confidence,
            )
        )
    chained = with_chains(analysis, cast, statements)
    return tuple(
        msgspec.structs.replace(statement, hedges=hedges)
        for statement, hedges in zip(chained, hedges_of(analysis, chained), strict=True)
    )


def _quotes(
    analysis: Analysis, quotations: tuple[Quotation, ...], content: tuple[Span, ...]
) -> tuple[Span, ...]:
    """The verbatim parts of a content, without their marks and the punctuation of the frame."""
    text = analysis.article.text
    quotes = []
    for piece in content:
        for quotation in quotations:
            start = max(quotation.inner_start, piece.start)
            end = min(quotation.inner_end, piece.end)
            # A fragment's full stop is that of the sentence around it.
            if text[end - 1 : end] == "." and text[start : start + 1].islower():
                end -= 1
            if end > start:
                quotes.append(analysis.article.span(start, end))
    return tuple(quotes)
