"""``/api/v1``: what the command line answers, in the same JSON, and the calls that write."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Query, Request, Response

from sayso.errors import MissingError
from sayso.web import sheets
from sayso.web.desk import Desk
from sayso.web.openapi import answers
from sayso.web.paging import As, Limit, Listing, answered, listing, one, page_of
from sayso.web.shapes import (
    ActorRow,
    ArticleAnswer,
    ArticleRow,
    Claim,
    Conflict,
    Found,
    Happening,
    RecordAnswer,
    Series,
    Treaty,
    Verified,
    WhoAnswer,
)
from sayso.web.wishes import Days, Kinds, Outlet, Searched

router = APIRouter()


def desk_of(request: Request) -> Desk:
    """The server's state."""
    desk: Desk = request.app.state.desk
    return desk


At = Annotated[Desk, Depends(desk_of)]
Id = Annotated[str, Path(description="Its id.")]
Ranges = Annotated[bool, Query(description="Each party's range instead of points.")]
Words = Annotated[str | None, Query(max_length=1000, description="Words that must be met.")]
Name = Annotated[str, Query(max_length=2000, description="Its id, address, input or name.")]


@router.get("/articles", **answers(ArticleRow, rows=True), tags=["articles"])
def articles(
    desk: At,
    rows: Annotated[Listing, listing(50)],
    days: Days,
    q: Words = None,
    outlet: Outlet = None,
) -> Response:
    """The articles, newest first (`sayso list`)."""
    with desk.ledger() as book:
        found = book.articles(q, outlet=outlet, since=days.since, until=days.until, **rows.wanted)
        return rows.of(found)


@router.get("/articles/{id}", **answers(ArticleAnswer), tags=["articles"])
def article(request: Request, desk: At, id: Id) -> Response:
    """One article, whole: its corrected reading, versions, captures, reviews (`sayso show`)."""
    with desk.ledger() as book:
        found = book.show(id)
    if found["kind"] != "article":
        raise MissingError(f"{id}: is the id of no article")
    return one(request, found)


@router.get("/show", **answers(RecordAnswer), tags=["records"])
def show(request: Request, desk: At, name: Name) -> Response:
    """One article, statement, figure, event, agreement or actor (`sayso show`)."""
    with desk.ledger() as book:
        return one(request, book.show(name))


@router.get("/records/{id}", **answers(RecordAnswer), tags=["records"])
def record(request: Request, desk: At, id: Id) -> Response:
    """One record by its id: `s-…`, `f-…`, `e-…`, `g-…`, `actor-…` or `entity-…`."""
    return show(request, desk, id)


@router.get("/actors", **answers(ActorRow, rows=True), tags=["actors"])
def actors(
    desk: At,
    rows: Annotated[Listing, listing(50)],
    q: Words = None,
    kind: Annotated[str | None, Query(max_length=40, description="person, outlet, …")] = None,
) -> Response:
    """The actors of the ledger, those that most articles name first."""
    with desk.ledger() as book:
        return rows.of(book.actors(q, kind=kind, **rows.wanted))


@router.get("/who", **answers(WhoAnswer, rows=True), tags=["actors"])
def who(desk: At, rows: Annotated[Listing, listing(100)], name: Name) -> Response:
    """All that one actor said, and all that was said of it, by date (`sayso who`)."""
    with desk.ledger() as book:
        return rows.of(book.who(name, **rows.wanted), sheets.statements)


@router.get("/figures", **answers(Series, rows=True), tags=["answers"])
def figures(
    desk: At,
    rows: Annotated[Listing, listing(20)],
    q: Words = None,
    ranges: Ranges = False,
) -> Response:
    """Series of figures that count the same thing, by source over time (`sayso figures`)."""
    with desk.ledger() as book:
        return rows.of(book.figures(q, **rows.wanted, ranged=ranges), sheets.figures)


@router.get("/figures/{id:path}", **answers(Series), tags=["answers"])
def series(request: Request, desk: At, id: Id, ranges: Ranges = False) -> Response:
    """One series by its id."""
    with desk.ledger() as book:
        return one(request, book.series(id, ranged=ranges))


@router.get("/origins", **answers(Claim, rows=True), tags=["answers"])
def origins(desk: At, rows: Annotated[Listing, listing(50)], q: Words = None) -> Response:
    """Claims that several articles carry, with their independent origins (`sayso origins`)."""
    with desk.ledger() as book:
        return rows.of(book.origins(q, **rows.wanted), sheets.origins)


@router.get("/conflicts", **answers(Conflict, rows=True), tags=["answers"])
def conflicts(
    desk: At, rows: Annotated[Listing, listing(20)], kinds: Kinds = (), q: Words = None
) -> Response:
    """What is said against what, the surest and gravest first (`sayso conflicts`)."""
    with desk.ledger() as book:
        return rows.of(book.conflicts(q or None, kinds=kinds, **rows.wanted), sheets.conflicts)


@router.get("/agreements", **answers(Treaty, rows=True), tags=["answers"])
def agreements(desk: At, rows: Annotated[Listing, listing(20)], q: Words = None) -> Response:
    """The treaties, what they bind to, and who called on it (`sayso agreements`)."""
    with desk.ledger() as book:
        return rows.of(book.agreements(q, **rows.wanted), sheets.agreements)


@router.get("/timeline", **answers(Happening, rows=True), tags=["answers"])
def timeline(
    desk: At, rows: Annotated[Listing, listing(500)], days: Days, q: Words = None
) -> Response:
    """Events by date, the latest page first, each page oldest first (`sayso timeline`)."""
    with desk.ledger() as book:
        found = book.timeline(q, since=days.since, until=days.until, **rows.wanted)
        return rows.of(found, last=True)


@router.get("/search", **answers(Found, rows=True), tags=["answers"])
def search(
    request: Request, desk: At, wanted: Searched, limit: Limit = 20, format: As = "json"
) -> Response:
    """Statements by words and meaning, the best first (`sayso search`)."""
    with desk.ledger() as book:
        found = book.search(**wanted.options(limit + 1))
        return answered(request, page_of(found, limit, wanted.offset), format, sheets.statements)


@router.get("/verify", **answers(Verified), tags=["ledger"])
def verify(request: Request, desk: At) -> Response:
    """Stored bytes and texts against their hashes, the review log against its chain."""
    with desk.ledger() as book:
        faults = book.verify()
    told: dict[str, Any] = {"sound": not faults, "faults": faults}
    return one(request, {"ledger": book.store.name, **told})
