"""The actors of the ledger, and one of them."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from sayso.web.api import At, Words
from sayso.web.paging import Limit, Offset, page_of
from sayso.web.templating import page

router = APIRouter()


@router.get("/actors")
def actors(
    request: Request,
    desk: At,
    q: Words = None,
    kind: Annotated[str | None, Query(max_length=40)] = None,
    limit: Limit = 50,
    offset: Offset = 0,
) -> Response:
    """The actors, those that most articles name first."""
    with desk.ledger() as book:
        found = book.actors(q, kind=kind or None, limit=limit + 1, offset=offset)
        return page(request, "actors.html", list=page_of(found, limit, offset))


@router.get("/actors/{id}")
def actor(request: Request, desk: At, id: str, limit: Limit = 50, offset: Offset = 0) -> Response:
    """One actor: roles and names, what they said and what was said of them, by date."""
    with desk.ledger() as book:
        one = book.show(id)
        said = page_of(book.who(id, limit=limit + 1, offset=offset), limit, offset)
        return page(request, "actor.html", one=one, list=said)
