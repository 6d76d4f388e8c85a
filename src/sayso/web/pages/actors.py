"""The actors of the ledger, and one of them: what they said, whom they relay, merge and split."""

import contextlib
from collections.abc import Callable, Iterable
from typing import Annotated

from fastapi import APIRouter, Form, Query, Request, Response
from starlette.responses import RedirectResponse

from sayso.errors import MissingError, OptionError
from sayso.ledger.ledger import Ledger
from sayso.ledger.orders import PREFIX, entity_of
from sayso.ledger.reviews import Review
from sayso.show import plain
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
        one = book.actor(id, most=LISTED)
        own = one["record"]["id"]
        likely = [a for a in book.actors(same, limit=CHOICES) if a["id"] != own] if same else []
        said = page_of(book.who(id, limit=limit + 1, offset=offset), limit, offset)
        orders = book.orders(id)
        return page(
            request,
            "actor.html",
            one=one,
            list=said,
            beside=book.relays(id),
            orders=orders,
            called=_called(book, orders),
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
        wanted = book.place(id).actor
        named = [actor for actor, led in book.article(article).entities.items() if led == wanted]
        if not named:
            raise MissingError(f"{article}: does not name {id}")
        for actor in named:
            line = book.split(article, actor, who=_named(request, who))
        return _to(book, id, f"{PREFIX}{line.detail['into']}")


@router.post("/actors/{id}/undo")
def undo(
    request: Request, desk: At, id: str, review: Annotated[int, Form(ge=1)], who: Name = ""
) -> Response:
    """Take a merge or a split back."""
    with desk.writing() as book:
        undone = next((line for line in book.orders(id) if line.review == review), None)
        book.review(str(review), "undo", who=_named(request, who))
        return _to(book, id, *([undone.target] if undone else []))


def _to(book: Ledger, *ids: str) -> Response:
    """To the first of some actors that there is; an order may leave one without an article."""
    for id in ids:
        with contextlib.suppress(MissingError):
            return RedirectResponse(f"/actors/{book.show(id)['record']['id']}", 303)
    return RedirectResponse("/actors", 303)


def _called(book: Ledger, orders: list[Review]) -> Callable[[str], str]:
    """The names of the actors of orders, by their ids; the id of one that is gone."""
    ids = {line.target for line in orders} | {f"{PREFIX}{line.detail['into']}" for line in orders}
    names = {id: book.party_name(f"#{entity_of(id)}") for id in ids}
    return lambda id: id if names[id].startswith("#") else plain.line(names[id])


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
