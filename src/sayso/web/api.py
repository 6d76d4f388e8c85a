"""``/api/v1``: what the command line answers, in the same JSON, and the calls that write."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request, Response

from sayso.errors import MissingError
from sayso.web import sheets
from sayso.web.desk import Desk
from sayso.web.openapi import answers
from sayso.web.paging import As, Limit, Offset, answered, last_page, one, page_of
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
from sayso.web.wishes import Days, Kinds, Searched

router = APIRouter()


def desk_of(request: Request) -> Desk:
    """The server's state."""
    desk: Desk = request.app.state.desk
    return desk


At = Annotated[Desk, Depends(desk_of)]
Words = Annotated[str | None, Query(max_length=1000, description="Words that must be met.")]
Name = Annotated[str, Query(max_length=2000, description="Its id, address, input or name.")]


@router.get("/articles", **answers(ArticleRow, rows=True), tags=["articles"])
def articles(
    request: Request,
    desk: At,
    days: Days,
    q: Words = None,
    outlet: Annotated[str | None, Query(max_length=200)] = None,
    limit: Limit = 50,
    offset: Offset = 0,
    format: As = "json",
) -> Response:
    """The articles, newest first (`sayso list`)."""
    with desk.ledger() as book:
        found = book.articles(
            q,
            outlet=outlet,
            since=days.since,
            until=days.until,
            limit=limit + 1,
            offset=offset,
        )
        return answered(request, page_of(found, limit, offset), format)


@router.get("/articles/{id}", **answers(ArticleAnswer), tags=["articles"])
def article(request: Request, desk: At, id: str) -> Response:
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
def record(request: Request, desk: At, id: str) -> Response:
    """One record by its id: `s-…`, `f-…`, `e-…`, `g-…`, `actor-…` or `entity-…`."""
    return show(request, desk, id)


@router.get("/actors", **answers(ActorRow, rows=True), tags=["actors"])
def actors(
    request: Request,
    desk: At,
    q: Words = None,
    kind: Annotated[str | None, Query(max_length=40)] = None,
    limit: Limit = 50,
    offset: Offset = 0,
    format: As = "json",
) -> Response:
    """The actors of the ledger, those that most articles name first."""
    with desk.ledger() as book:
        found = book.actors(q, kind=kind, limit=limit + 1, offset=offset)
        return answered(request, page_of(found, limit, offset), format)


@router.get("/who", **answers(WhoAnswer, rows=True), tags=["actors"])
def who(
    request: Request,
    desk: At,
    name: Name,
    limit: Limit = 100,
    offset: Offset = 0,
    format: As = "json",
) -> Response:
    """All that one actor said, and all that was said of it, by date (`sayso who`)."""
    with desk.ledger() as book:
        found = book.who(name, limit=limit + 1, offset=offset)
        return answered(request, page_of(found, limit, offset), format, sheets.statements)


@router.get("/figures", **answers(Series, rows=True), tags=["answers"])
def figures(
    request: Request,
    desk: At,
    q: Words = None,
    ranges: Annotated[bool, Query(description="Each party's range instead of points.")] = False,
    limit: Limit = 20,
    offset: Offset = 0,
    format: As = "json",
) -> Response:
    """Series of figures that count the same thing, by source over time (`sayso figures`)."""
    with desk.ledger() as book:
        found = book.figures(q, limit=limit + 1, offset=offset, ranged=ranges)
        return answered(request, page_of(found, limit, offset), format, sheets.figures)


@router.get("/figures/{id:path}", **answers(Series), tags=["answers"])
def series(request: Request, desk: At, id: str, ranges: bool = False) -> Response:
    """One series by its id."""
    with desk.ledger() as book:
        return one(request, book.series(id, ranged=ranges))


@router.get("/origins", **answers(Claim, rows=True), tags=["answers"])
def origins(
    request: Request,
    desk: At,
    q: Words = None,
    limit: Limit = 50,
    offset: Offset = 0,
    format: As = "json",
) -> Response:
    """Claims that several articles carry, with their independent origins (`sayso origins`)."""
    with desk.ledger() as book:
        found = book.origins(q, limit=limit + 1, offset=offset)
        return answered(request, page_of(found, limit, offset), format, sheets.origins)


@router.get("/conflicts", **answers(Conflict, rows=True), tags=["answers"])
def conflicts(
    request: Request,
    desk: At,
    kinds: Kinds = (),
    q: Words = None,
    limit: Limit = 20,
    offset: Offset = 0,
    format: As = "json",
) -> Response:
    """What is said against what, the surest and gravest first (`sayso conflicts`)."""
    with desk.ledger() as book:
        found = book.conflicts(q or None, kinds=kinds, limit=limit + 1, offset=offset)
        return answered(request, page_of(found, limit, offset), format, sheets.conflicts)


@router.get("/agreements", **answers(Treaty, rows=True), tags=["answers"])
def agreements(
    request: Request,
    desk: At,
    q: Words = None,
    limit: Limit = 20,
    offset: Offset = 0,
    format: As = "json",
) -> Response:
    """The treaties, what they bind to, and who called on it (`sayso agreements`)."""
    with desk.ledger() as book:
        found = book.agreements(q, limit=limit + 1, offset=offset)
        return answered(request, page_of(found, limit, offset), format, sheets.agreements)


@router.get("/timeline", **answers(Happening, rows=True), tags=["answers"])
def timeline(
    request: Request,
    desk: At,
    days: Days,
    q: Words = None,
    limit: Limit = 500,
    offset: Offset = 0,
    format: As = "json",
) -> Response:
    """Events by date, the latest page first, each page oldest first (`sayso timeline`)."""
    with desk.ledger() as book:
        found = book.timeline(q, since=days.since, until=days.until, limit=limit + 1, offset=offset)
        return answered(request, last_page(found, limit, offset), format)


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
