"""The articles, and one article: its text with its claims marked, and the claims beside it."""

from typing import Annotated

from fastapi import APIRouter, Form, Query, Request, Response
from starlette.responses import RedirectResponse

from sayso.web.api import At, Words
from sayso.web.editions import editions
from sayso.web.pages.review import reviewer
from sayso.web.paging import Limit, Offset, page_of, tagged
from sayso.web.templating import page
from sayso.web.text import Marked
from sayso.web.wishes import Days

router = APIRouter()


@router.get("/articles")
def articles(
    request: Request,
    desk: At,
    days: Days,
    q: Words = None,
    outlet: Annotated[str | None, Query(max_length=200)] = None,
    limit: Limit = 50,
    offset: Offset = 0,
) -> Response:
    """The articles, newest first."""
    with desk.ledger() as book:
        found = book.articles(
            q, outlet=outlet, since=days.since, until=days.until, limit=limit + 1, offset=offset
        )
        return page(request, "articles.html", list=page_of(found, limit, offset))


@router.get("/articles/{id}")
def article(request: Request, desk: At, id: str) -> Response:
    """One article."""
    with desk.ledger() as book:
        shown = book.article(id)
    return page(
        request,
        "article.html",
        shown=shown,
        marked=Marked(shown.reading, shown.rejected),
        editions=list(editions(shown)),
        who=reviewer(request),
    )


@router.post("/articles/{id}/correct")
def correct(
    request: Request,
    desk: At,
    id: str,
    published: Annotated[str, Form(max_length=40)] = "",
    publisher: Annotated[str, Form(max_length=200)] = "",
) -> Response:
    """Say when and by whom it was published; what hangs on it is read anew."""
    who = reviewer(request)
    with desk.writing() as book:
        held = book.article(id).reading.article
        for field, value in (("published", published.strip()), ("publisher", publisher.strip())):
            if value and value != getattr(held, field):
                book.review(id, "correct", who=who, field=field, value=value)
    return RedirectResponse(f"/articles/{id}", 303)


@router.get("/articles/{id}/marks.css")
def marks(request: Request, desk: At, id: str) -> Response:
    """By which the words of a claim stand out while it is chosen, without a script."""
    with desk.ledger() as book:
        shown = book.article(id)
    style = Marked(shown.reading, shown.rejected).style()
    return tagged(request, Response(style, media_type="text/css"))
