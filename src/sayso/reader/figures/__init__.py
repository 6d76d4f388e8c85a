"""Figures: every quantity of the text, with bounds, unit, what is counted and whose it is.

The way of a figure: ``quantities`` finds it by its characters, ``site`` finds its place in the
parse, ``names`` throws out what is a date or a name, ``govern`` says what happened to what it
counts, ``owners`` whose it is (``states``: for which country an actor stands, ``parallels``:
clauses without a verb), ``scope`` how it relates to others; ``assemble`` puts it together, and
``sums`` compares it with the others.
"""

from sayso.reader.analysis import Analysis
from sayso.reader.cast import Cast
from sayso.reader.figures.assemble import Assembler
from sayso.reader.figures.bounds import interval
from sayso.reader.figures.names import Calendar, is_figure
from sayso.reader.figures.quantities import find_quantities
from sayso.reader.figures.site import locate
from sayso.reader.figures.sums import settled
from sayso.reader.figures.vague import VagueTable
from sayso.reader.sourcing import Sourcing
from sayso.records import Actor, Date, Figure

__all__ = ["find_figures", "interval"]


def find_figures(
    analysis: Analysis,
    cast: Cast,
    dates: tuple[Date, ...],
    sourcing: Sourcing,
    vague: VagueTable | None = None,
) -> tuple[tuple[Figure, ...], tuple[Actor, ...]]:
    """The figures of an article, in order; vague words by the table, else the documented one.

    Returns:
        The figures, and countries that they belong to of which the cast has only a body.
    """
    calendar = Calendar.of(dates)
    assembler = Assembler(analysis, cast, dates, sourcing)
    for quantity in find_quantities(analysis.article.text, vague):
        site = locate(analysis, quantity)
        if is_figure(analysis, cast, site, calendar):
            assembler.add(site)
    sides = assembler.owners.states.main
    figures = settled(assembler.figures, analysis.article, sides)
    return figures, assembler.owners.states.made(figures)
