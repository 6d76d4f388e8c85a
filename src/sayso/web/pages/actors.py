"""The actors of the ledger, and one of them: what they said, whom they relay, merge and split."""

from collections.abc import Iterable
from typing import Annotated

from fastapi import APIRouter, Form, Query, Request, Response
from starlette.responses import RedirectResponse

from sayso.errors import MissingError, OptionError
from sayso.ledger.ledger import Ledger
from sayso.web.api import At, Words
from sayso.web.pages.review import reviewer
from sayso.web.paging import Limit, Offset, page_of
from sayso.web.templating import page

router = APIRouter()

#: Actors of a name that a person chooses from, and articles of an actor that are listed.
CHOICES, LISTED = 20, 100
Name = Annotated[str, Form(max_length=200)]


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
        list = page_of(found, limit, offset)
        names = _parties(book, [row["country"] for row in list.rows])
    return page(request, "actors.html", list=list, party=names.get)


@router.get("/actors/{id}")
def actor(
    request: Request,
    desk: At,
    id: str,
    same: Annotated[str, Query(max_length=200)] = "",
    limit: Limit = 50,
    offset: Offset = 0,
) -> Response:
    """One actor: roles and names, what they said and what was said of them, by date."""
    with desk.ledger() as book:
        one = book.show(id)
        if one["kind"] != "actor":
            raise MissingError(f"{id}: is no actor of the ledger (they read entity-12)")
        own = one["record"]["id"]
        likely = [a for a in book.actors(same, limit=CHOICES) if a["id"] != own] if same else []
        said = page_of(book.who(id, limit=limit + 1, offset=offset), limit, offset)
        return page(
            request,
            "actor.html",
            one=one,
            list=said,
            beside=book.relays(id),
            orders=book.orders(id),
            party=_parties(book, [one["record"]["country"], one["record"]["party"]]).get,
            same=same,
            likely=likely,
            listed=LISTED,
            who=reviewer(request),
        )


@router.post("/actors/{id}/merge")
def merge(request: Request, desk: At, id: str, one: Name, who: Name = "") -> Response:
    """Say that another actor is this one."""
    with desk.writing() as book:
        book.merge(one, id, who=_named(request, who))
    return RedirectResponse(f"/actors/{id}", 303)


@router.post("/actors/{id}/split")
def split(
    request: Request,
    desk: At,
    id: str,
    article: Annotated[str, Form(max_length=2000)],
    who: Name = "",
) -> Response:
    """Say that whom an article names is not this actor."""
    with desk.writing() as book:
        shown = book.article(article)
        wanted = book.place(id).actor
        named = [a for a, e in shown.entities.items() if book.place(e).actor == wanted]
        if not named:
            raise MissingError(f"{article}: does not name {id}")
        for actor in named:
            book.split(article, actor, who=_named(request, who))
    return RedirectResponse(f"/actors/{id}", 303)


@router.post("/actors/{id}/undo")
def undo(
    request: Request, desk: At, id: str, review: Annotated[int, Form(ge=1)], who: Name = ""
) -> Response:
    """Take a merge or a split back."""
    with desk.writing() as book:
        book.review(str(review), "undo", who=_named(request, who))
    return RedirectResponse(f"/actors/{id}", 303)


def _parties(book: Ledger, codes: Iterable[str | None]) -> dict[str | None, str]:
    """The names of countries by their codes; of none, no words."""
    return {None: ""} | {code: book.party_name(code) for code in codes if code}


def _named(request: Request, given: str) -> str:
    """Who says it.

    Raises:
        OptionError: nobody gave a name.
    """
    name = reviewer(request) or given.strip()
    if not name:
        raise OptionError("a review needs the name of its reviewer: give it in the form")
    return name
