"""Review: one claim after the other, doubtful first, by keys or buttons; the log and agreement."""

from typing import Annotated, get_args

from fastapi import APIRouter, Form, Query, Request, Response
from starlette.responses import RedirectResponse

from sayso.errors import MissingError, OptionError
from sayso.ledger.judging import Item
from sayso.ledger.ledger import Ledger
from sayso.ledger.reviews import Review
from sayso.records import Statement, StatementType
from sayso.show.citing import citation
from sayso.web.api import At
from sayso.web.editing import corrections, written
from sayso.web.paging import Limit, Offset, page_of
from sayso.web.security import local
from sayso.web.templating import link, page
from sayso.web.text import Marked, claim_of

router = APIRouter()

#: The cookie with the reviewer's name: who says it, not a secret.
REVIEWER = "sayso-reviewer"
Record = Annotated[str | None, Query(alias="id", max_length=40)]
Of = Annotated[str | None, Query(max_length=40)]
Name = Annotated[str, Form(max_length=200)]


def reviewer(request: Request) -> str:
    """The reviewer's name, as this browser keeps it."""
    from urllib.parse import unquote

    return unquote(request.cookies.get(REVIEWER, "")).strip()


@router.get("/review")
def review(
    request: Request, desk: At, id: Record = None, article: Of = None, blind: bool = False
) -> Response:
    """The claim that is looked at, in its article, and what can be said of it."""
    who = reviewer(request)
    with desk.ledger() as book:
        items = book.queue(article)
        judged = book.judged()
        mine = frozenset(one.target for one in judged if one.who == who)
        others = frozenset(one.target for one in judged if one.who != who) - mine
        waiting = [i for i in items if _waits(i, mine, others, blind)]
        if id is None and waiting:
            id = waiting[0].id
        progress = book.progress()
        if id is None:
            return page(
                request,
                "review_done.html",
                progress=progress,
                who=who,
                article=article,
                blind=blind,
            )
        place = book.place(id)
        if place.article is None:
            raise MissingError(f"{id}: is no claim: only claims are reviewed here")
        shown = book.article(place.article)
        log = book.review_log(id)
    reading = shown.machine if blind else shown.reading
    marked = Marked(reading)
    claim = claim_of(marked, id)
    if claim is None:
        raise MissingError(f"{id}: is no claim: only claims are reviewed here")
    return page(
        request,
        "review.html",
        shown=shown,
        marked=marked,
        claim=claim,
        who=who,
        blind=blind,
        article=article,
        progress=progress,
        left=len(waiting),
        before=_before(items, id),
        after=_after(items, waiting, id),
        log=[line for line in log if not blind or line.who == who],
        verdict=None if blind and id not in mine else shown.verdicts.get(id),
        citation=citation(reading.article, claim, shown.captures),
        spans=_spans(claim.statement),
        types=get_args(StatementType),
    )


def _waits(item: Item, mine: frozenset[str], others: frozenset[str], blind: bool) -> bool:
    """Whether somebody should look at it: blind, at what somebody else judged and I did not."""
    return item.id in others if blind else item.verdict is None and item.id not in mine


def _before(items: list[Item], id: str) -> str | None:
    """The claim before this one in the queue."""
    ids = [item.id for item in items]
    at = ids.index(id) if id in ids else 0
    return ids[at - 1] if at else None


def _after(items: list[Item], waiting: list[Item], id: str) -> str | None:
    """The next claim after this one that waits, from the first again after the last."""
    ids = [item.id for item in items]
    places = {one: number for number, one in enumerate(ids)}
    at = places.get(id, -1)
    later = [item.id for item in waiting if places[item.id] > at]
    return next((one for one in (*later, *(item.id for item in waiting)) if one != id), None)


def _spans(statement: Statement) -> dict[str, str]:
    """The spans of a claim as its form has them."""
    return {
        "source": written([source.span for source in statement.sources]),
        "cue": written([statement.cue]),
        "content": written(statement.content),
    }


@router.post("/review/name")
def name(who: Name, back: Annotated[str, Form(max_length=2000)] = "/review") -> Response:
    """Keep the reviewer's name in this browser."""
    from urllib.parse import quote

    answer = RedirectResponse(local(back, "/review"), 303)
    answer.set_cookie(REVIEWER, quote(who.strip()), samesite="strict", max_age=400 * 86400)
    return answer


@router.post("/review/{id}")
async def said(request: Request, desk: At, id: str) -> Response:
    """What a reviewer says of a claim; then the next one."""
    from starlette.concurrency import run_in_threadpool

    form = {key: value for key, value in (await request.form()).items() if isinstance(value, str)}
    who = reviewer(request) or form.get("who", "").strip()
    if not who:
        raise OptionError("a review needs the name of its reviewer: give it at /review")
    after = await run_in_threadpool(_say, desk, id, form, who)
    return RedirectResponse(
        link(
            "/review",
            id=after,
            article=form.get("article"),
            blind="true" if form.get("blind") else None,
        ),
        303,
    )


def _say(desk: At, id: str, form: dict[str, str], who: str) -> str | None:
    """Write what was said; the id of the claim to look at then."""
    action, note = form.get("action", ""), form.get("note", "").strip() or None
    with desk.writing() as book:
        if action == "undo":
            return _undo(book, who, id)
        if action == "correct":
            return _correct(book, id, form, who, note)
        if action not in ("confirm", "reject", "note"):
            raise OptionError(f"{action}: is nothing that can be said of a claim")
        if action == "note" and note is None:
            raise OptionError("a note needs its words")
        book.review(id, action, who=who, note=note)  # type: ignore[arg-type]
    return id if action == "note" else form.get("after") or None


def _correct(book: Ledger, id: str, form: dict[str, str], who: str, note: str | None) -> str:
    place = book.place(id)
    reading = book.article(str(place.article)).reading
    statement = next(s for s in reading.statements if s.id == id)
    changed = list(corrections(statement, form))
    if not changed:
        raise OptionError("nothing was changed: confirm it, or change a field first")
    for field, value in changed:
        book.review(id, "correct", who=who, field=field, value=value, note=note)
    return id


def _undo(book: Ledger, who: str, id: str) -> str:
    """Take back what this reviewer said last."""
    last = book.last_review(who)
    if last is None:
        raise OptionError(f"{who} has said nothing that could be taken back")
    book.review(str(last.review), "undo", who=who)
    return last.target if last.target.startswith("s-") else id


@router.get("/review/log")
def log(request: Request, desk: At, limit: Limit = 100, offset: Offset = 0) -> Response:
    """The whole log, the latest first, and how far reviewers agree."""
    with desk.ledger() as book:
        lines = book.review_log()[::-1]
        pairs = book.agreement()
        progress = book.progress()
    return page(
        request,
        "log.html",
        list=page_of(lines[offset:], limit, offset),
        pairs=pairs,
        progress=progress,
        taken=_taken(lines),
        who=reviewer(request),
    )


def _taken(lines: list[Review]) -> frozenset[int]:
    """The lines that were taken back; of these, the latest first, an undo takes back nothing."""
    taken: set[int] = set()
    for line in lines:
        if line.action == "undo" and line.review not in taken:
            taken.add(int(line.target))
    return frozenset(taken)


@router.post("/log/{number}/undo")
def undo(request: Request, desk: At, number: int, who: Name = "") -> Response:
    """Take one line of the log back."""
    name = reviewer(request) or who.strip()
    with desk.writing() as book:
        book.review(str(number), "undo", who=name)
    return RedirectResponse("/review/log", 303)
