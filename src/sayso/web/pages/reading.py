"""Paste or drop: text, an address or a file → its reading, stored or not."""

from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, File, Form, Request, Response, UploadFile
from starlette.responses import RedirectResponse

from sayso.errors import MissingError, OptionError
from sayso.web.api import At
from sayso.web.jobs import PASTED, Asked, Job
from sayso.web.templating import page
from sayso.web.text import Marked

router = APIRouter()


@router.get("/read")
def form(request: Request) -> Response:
    """Where one pastes, drops or names what is to be read."""
    return page(request, "read.html")


@router.post("/read")
def read(
    desk: At,
    text: Annotated[str, Form()] = "",
    address: Annotated[str, Form(max_length=2000)] = "",
    file: Annotated[UploadFile | None, File()] = None,
    published: Annotated[str, Form(max_length=40)] = "",
    publisher: Annotated[str, Form(max_length=200)] = "",
    url: Annotated[str, Form(max_length=2000)] = "",
    store: Annotated[bool, Form()] = False,
) -> Response:
    """Have it read; the page of the reading follows its progress."""
    upload = file.file.read() if file and file.filename else b""
    if not (upload or text.strip() or address.strip()):
        raise OptionError("paste a text, name an address or choose a file")
    pasted = text.replace("\r\n", "\n").encode("utf-8", "replace") if text.strip() else None
    asked = Asked(
        text=upload or pasted,
        name=(upload and file and file.filename) or PASTED,
        address=None if upload or pasted else address_of(address),
        published=published or None,
        publisher=publisher or None,
        url=url or None,
    )

    def keep(job: Job) -> None:
        if store and desk.writable:
            desk.store(job)

    return RedirectResponse(f"/read/{desk.jobs.read(asked, keep).id}", 303)


def address_of(given: str) -> str:
    """An address that may be fetched.

    Raises:
        OptionError: it is none.
    """
    address = given.strip()
    if not address.lower().startswith(("http://", "https://")):
        raise OptionError(f"{address}: is no address that begins with http:// or https://")
    return address


@router.get("/read/{id}")
def reading(request: Request, desk: At, id: str) -> Response:
    """A reading, or how far it is."""
    job = _job(desk, id)
    marked = [Marked(reading) for reading, _ in job.readings]
    return page(request, "job.html", job=job, articles=marked)


@router.post("/read/{id}/again")
def again(
    desk: At,
    id: str,
    published: Annotated[str, Form(max_length=40)] = "",
    publisher: Annotated[str, Form(max_length=200)] = "",
) -> Response:
    """Read the same once more, published when and by whom a person says."""
    job = _job(desk, id)
    if job.asked is None or len(job.readings) != 1:
        raise OptionError("only what holds one article can be read anew from here")
    asked, (_, capture) = job.asked, job.readings[0]
    known = replace(
        asked,
        text=None if asked.address or capture is None else capture.data,
        published=published.strip() or asked.published,
        publisher=publisher.strip() or asked.publisher,
    )
    return RedirectResponse(f"/read/{desk.jobs.read(known).id}", 303)


@router.post("/read/{id}/store")
def store(desk: At, id: str) -> Response:
    """Store what was read."""
    job = _job(desk, id)
    with desk.writing():
        pass  # says so where nothing may be written
    desk.store(job)
    return RedirectResponse(f"/read/{id}", 303)


def _job(desk: At, id: str) -> Job:
    job = desk.jobs.get(id)
    if job is None:
        raise MissingError("this reading is no longer kept: have it read again")
    return job
