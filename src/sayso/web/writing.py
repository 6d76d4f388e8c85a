"""The calls of ``/api/v1`` that read something new or write: readings, reviews, merges, splits."""

from typing import Annotated, Any, Literal

import msgspec
from fastapi import APIRouter, Depends, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from sayso.errors import MissingError, OptionError
from sayso.ledger.reviews import Review
from sayso.web.api import At, Id
from sayso.web.jobs import PASTED, Asked, Job
from sayso.web.openapi import answers
from sayso.web.paging import Listing, listing, one
from sayso.web.shapes import Started

router = APIRouter()

Who = Annotated[str, Field(min_length=1, max_length=200, description="The reviewer.")]
Note = Annotated[str | None, Field(max_length=10_000, description="A remark, for the log.")]
Target = Annotated[
    str | None, Query(max_length=2000, description="Id of a record or an article, or number.")
]


class Body(BaseModel):
    """Base of what a call takes; what it does not know is refused."""

    model_config = ConfigDict(extra="forbid")


class ToRead(Body):
    """A text or an address, and what is known of it; see ``sayso read``."""

    text: str | None = Field(None, max_length=20 * 2**20, description="What to read: this, or")
    address: str | None = Field(
        None,
        max_length=2000,
        pattern=r"^[hH][tT][tT][pP][sS]?://",
        description="where to fetch it.",
    )
    as_: Literal["auto", "html", "page", "body", "json"] = Field(
        "auto", alias="as", description="How to take it; see sayso read --as."
    )
    name: str = Field(
        PASTED, min_length=1, max_length=500, description="Its name; a suffix tells its format."
    )
    published: str | None = Field(None, max_length=40, description="When it was published.")
    publisher: str | None = Field(None, max_length=200, description="By whom.")
    url: str | None = Field(None, max_length=2000, description="The article's own address.")


class ToReview(Body):
    """What a person says of a record or an article; see ``sayso review``."""

    target: str = Field(
        max_length=2000, description="Id of a record or an article; of undo, a line's number."
    )
    action: Literal["confirm", "reject", "note", "correct", "undo"] = Field(
        description="What is said."
    )
    who: Who
    field: str | None = Field(None, max_length=100, description="What a correction changes,")
    value: Any = Field(None, description="and what it should be.")
    note: Note = None


class ToMerge(Body):
    """Two actors of the ledger that are one."""

    one: str = Field(max_length=100, description="The id of one (entity-12),")
    into: str = Field(max_length=100, description="which is this one.")
    who: Who
    note: Note = None


class ToSplit(Body):
    """An actor of an article that is not whom it was led to."""

    article: str = Field(max_length=2000, description="The article's id, address or input.")
    actor: str = Field(max_length=100, description="The actor's id in its reading,")
    who: Who
    into: str | None = Field(
        None, max_length=100, description="who is this one; by default somebody new."
    )
    note: Note = None


def asked_of(body: ToRead) -> Asked:
    """What is to be read.

    Raises:
        OptionError: neither or both of text and address are given.
    """
    if (body.text is None) == (body.address is None):
        raise OptionError("give either text or address")
    text = None if body.text is None else body.text.encode("utf-8", "replace")
    known = {f: getattr(body, f) for f in ("address", "as_", "name", "published", "publisher")}
    return Asked(text=text, url=body.url, **known)


Wanted = Annotated[Asked, Depends(asked_of)]


@router.post("/read", **answers(Started, status=202), tags=["reading"])
def read(desk: At, asked: Wanted) -> Response:
    """Read a text or an address and store nothing (`sayso read`); `/read/{id}` has the reading."""
    return _started(desk.jobs.read(asked))


@router.post("/articles", **answers(Started, status=202, token=True), tags=["reading"])
def add(desk: At, asked: Wanted) -> Response:
    """Read a text or an address into the ledger (`sayso add`); `/read/{id}` tells when it is."""
    return _started(desk.jobs.read(asked, desk.store))


def _started(job: Job) -> Response:
    where = f"/api/v1/read/{job.id}"
    body = msgspec.json.encode(_told(job))
    return Response(body, 202, {"location": where}, "application/json")


@router.get("/read/{id}", **answers(Started), tags=["reading"])
def reading(request: Request, desk: At, id: Id) -> Response:
    """How far a reading is, and once it is done the readings."""
    job = desk.jobs.get(id)
    if job is None:
        raise MissingError("this reading is no longer kept: have it read again")
    return one(request, _told(job))


def _told(job: Job) -> Started:
    return Started(
        id=job.id,
        state=job.state,
        readings=[reading for reading, _ in job.readings] if job.over else [],
        stored=job.stored,
        failures=job.failures,
    )


@router.get("/reviews", **answers(Review, rows=True), tags=["reviews"])
def log(desk: At, rows: Annotated[Listing, listing(50)], target: Target = None) -> Response:
    """The review log, whole or of one target, in order (`sayso review log`)."""
    with desk.ledger() as book:
        return rows.of(map(msgspec.to_builtins, book.review_log(target, **rows.wanted)))


@router.post("/reviews", **answers(Review, status=201, token=True), tags=["reviews"])
def review(desk: At, body: ToReview) -> Response:
    """Confirm, reject, note, correct, or undo; in force at once (`sayso review`)."""
    with desk.writing() as book:
        line = book.review(
            body.target,
            body.action,
            who=body.who,
            field=body.field,
            value=body.value,
            note=body.note,
        )
    return _written(line)


@router.post("/merges", **answers(Review, status=201, token=True), tags=["reviews"])
def merge(desk: At, body: ToMerge) -> Response:
    """Say that two actors are one (`sayso review merge`)."""
    with desk.writing() as book:
        return _written(book.merge(body.one, body.into, who=body.who, note=body.note))


@router.post("/splits", **answers(Review, status=201, token=True), tags=["reviews"])
def split(desk: At, body: ToSplit) -> Response:
    """Say that an actor of an article is somebody else (`sayso review split`)."""
    with desk.writing() as book:
        line = book.split(body.article, body.actor, who=body.who, into=body.into, note=body.note)
    return _written(line)


def _written(line: Review) -> Response:
    return Response(msgspec.json.encode(line), 201, media_type="application/json")
