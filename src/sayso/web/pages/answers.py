"""Figures, origins, conflicts, agreements, the timeline and the search, as pages."""

from fastapi import APIRouter, Request, Response

from sayso.errors import MissingError, OptionError
from sayso.web.api import At, Words
from sayso.web.paging import Limit, Offset, Page, last_page, page_of
from sayso.web.plots import drawn
from sayso.web.templating import page, shown
from sayso.web.wishes import Days, Kinds, Searched

router = APIRouter()


@router.get("/figures")
def figures(
    request: Request, desk: At, q: Words = None, limit: Limit = 25, offset: Offset = 0
) -> Response:
    """The series, each with its latest figures."""
    with desk.ledger() as book:
        found = book.series_list(q, limit=limit + 1, offset=offset)
        return page(request, "figures.html", list=page_of(found, limit, offset))


@router.get("/figures/{id:path}")
def series(request: Request, desk: At, id: str, limit: Limit = 100, offset: Offset = 0) -> Response:
    """One series as a plot and as a table, the latest points first."""
    with desk.ledger() as book:
        one = book.whole_series(id)
    links = [shown((point["statements"] or point["articles"])[0]) for point in one["points"]]
    latest = page_of(one["points"][::-1][offset:], limit, offset)
    return page(request, "series.html", one=one, list=latest, plot=drawn(one, [*links]))


@router.get("/origins")
def origins(
    request: Request, desk: At, q: Words = None, limit: Limit = 25, offset: Offset = 0
) -> Response:
    """The claims that several articles carry, each as a tree of its origins."""
    with desk.ledger() as book:
        found = book.origins(q, limit=limit + 1, offset=offset)
        return page(request, "origins.html", list=page_of(found, limit, offset))


@router.get("/conflicts")
def conflicts(
    request: Request,
    desk: At,
    kinds: Kinds = (),
    q: Words = None,
    limit: Limit = 25,
    offset: Offset = 0,
) -> Response:
    """What is said against what, side by side."""
    with desk.ledger() as book:
        found = book.conflicts(q or None, kinds=kinds, limit=limit + 1, offset=offset)
        return page(request, "conflicts.html", list=page_of(found, limit, offset), kinds=kinds)


@router.get("/agreements")
def agreements(
    request: Request, desk: At, q: Words = None, limit: Limit = 20, offset: Offset = 0
) -> Response:
    """The treaties with their obligations, and who called on which."""
    with desk.ledger() as book:
        found = book.agreements(q, limit=limit + 1, offset=offset)
        return page(request, "agreements.html", list=page_of(found, limit, offset))


@router.get("/timeline")
def timeline(
    request: Request,
    desk: At,
    days: Days,
    q: Words = None,
    limit: Limit = 100,
    offset: Offset = 0,
) -> Response:
    """Events by date, the latest page first."""
    with desk.ledger() as book:
        found = book.timeline(q, since=days.since, until=days.until, limit=limit + 1, offset=offset)
        return page(request, "timeline.html", list=last_page(found, limit, offset))


@router.get("/search")
def search(request: Request, desk: At, wanted: Searched, limit: Limit = 20) -> Response:
    """Statements by words and meaning; without a query, how to ask."""
    notes: list[str] = []
    found = Page([], limit, wanted.offset, False)
    if wanted.q.strip():
        try:
            with desk.ledger() as book:
                rows = book.search(**wanted.options(limit + 1), note=notes.append)
                found = page_of(rows, limit, wanted.offset)
        except (OptionError, MissingError) as error:
            notes.append(str(error))
    return page(request, "search.html", list=found, wanted=wanted, notes=notes)
