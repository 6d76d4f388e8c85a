"""The front page, the way to anything by its name, the token, the API's documentation."""

from typing import Annotated

from fastapi import APIRouter, Form, Query, Request, Response
from starlette.responses import RedirectResponse

from sayso.web.api import At
from sayso.web.security import local
from sayso.web.templating import link, page

router = APIRouter()

#: Rows of each part of the front page.
FEW = 6


@router.get("/")
def front(request: Request, desk: At) -> Response:
    """What is new, what conflicts, the largest stories, what nobody has reviewed."""
    with desk.ledger() as book:
        return page(
            request,
            "front.html",
            counts=book.counts(),
            progress=book.progress(),
            articles=list(book.articles(limit=FEW)),
            conflicts=list(book.conflicts(limit=FEW)),
            claims=list(book.origins(limit=FEW)),
            series=list(book.series_list(limit=FEW)),
            jobs=desk.jobs.running(),
        )


@router.get("/show")
def show(desk: At, name: Annotated[str, Query(max_length=2000)]) -> Response:
    """Leads to the page of whatever the ledger names so."""
    with desk.ledger() as book:
        place = book.place(name)
    if place.actor is not None:
        return RedirectResponse(link(f"/actors/{place.actor}"), 303)
    anchor = f"#{place.record}" if place.record else ""
    return RedirectResponse(link(f"/articles/{place.article}") + anchor, 303)


@router.get("/token")
def token(request: Request, back: Annotated[str, Query(max_length=2000)] = "/") -> Response:
    """Where a person gives the token that writing needs."""
    return page(request, "token.html", wrong=False, back=local(back, "/"))


@router.post("/token")
def given(
    request: Request,
    desk: At,
    word: Annotated[str, Form(max_length=500)],
    back: Annotated[str, Form(max_length=2000)] = "/",
) -> Response:
    """Lets this browser write until it is closed, or the server stops."""
    if not desk.key.opens(word):
        return page(request, "token.html", 403, wrong=True, back=local(back, "/"))
    answer = RedirectResponse(local(back, "/"), 303)
    answer.set_cookie(desk.key.cookie, desk.key.value(), httponly=True, samesite="strict")
    return answer


@router.get("/api")
def api(request: Request) -> Response:
    """The API's documentation, made from its description, without a script."""
    return page(request, "api.html", told=request.app.openapi())
