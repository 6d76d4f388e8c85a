"""From an article to its reading: one module a record kind, each pure, run in this order."""

from collections.abc import Iterable, Iterator

from sayso.reader.actors import Registry, find_actors
from sayso.reader.agreements import find_agreements
from sayso.reader.analysis import Analysis
from sayso.reader.attribution import attribute
from sayso.reader.dates import find_dates, with_reference
from sayso.reader.events import find_events
from sayso.reader.figures import find_figures
from sayso.reader.figures.vague import VagueTable
from sayso.reader.pipeline import analyse
from sayso.reader.sourcing import Sourcing
from sayso.reader.statements import build_statements
from sayso.records import Agreement, Article, Event, Reading

__all__ = ["read_articles", "reading_of"]


def read_articles(
    articles: Iterable[Article],
    registry: Registry | None = None,
    vague: VagueTable | None = None,
) -> Iterator[Reading]:
    """Read articles, in order; the model is loaded once and runs over batches."""
    for analysis in analyse(articles):
        yield reading_of(analysis, registry, vague)


def reading_of(
    analysis: Analysis, registry: Registry | None = None, vague: VagueTable | None = None
) -> Reading:
    """All records of one parsed article.

    Args:
        analysis: the article and its parse.
        registry: the actors known beforehand; the lexicon's where none is given.
        vague: what vague words stand for; the documented table where none is given.
    """
    analysis = with_reference(analysis)
    dates = find_dates(analysis)
    cast = find_actors(analysis, registry)
    statements = build_statements(analysis, cast, dates, attribute(analysis))
    sourcing = Sourcing(analysis, statements)
    events, brought_in = find_events(analysis, cast, dates, sourcing)
    figures, states = find_figures(analysis, cast, dates, sourcing, vague)
    agreements = find_agreements(analysis, cast, dates, sourcing)
    return Reading(
        article=analysis.article,
        actors=(*cast.joined(brought_in).actors, *states),
        statements=statements,
        figures=figures,
        dates=dates,
        events=tuple(event for event in events if not _is_a_clause(event, agreements)),
        agreements=agreements,
    )


def _is_a_clause(event: Event, agreements: tuple[Agreement, ...]) -> bool:
    """Whether what is told as done is only what a treaty speaks of ("an attack on one member")."""
    return event.status in ("happened", "ongoing") and any(
        obligation.content.start <= event.trigger.start
        and event.trigger.end <= obligation.content.end
        for agreement in agreements
        for obligation in agreement.obligations
    )
