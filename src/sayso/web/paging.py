"""Lists as pages, and the same rows as JSON, JSON Lines or CSV."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from typing import Annotated, Any, Literal
from urllib.parse import urlencode

import msgspec
from fastapi import Depends, Query, Request, Response

from sayso.web import sheets

Format = Literal["json", "jsonl", "csv"]
#: Rows of a page, and of the largest that a program may ask for.
ROWS, MOST = 50, 1000
#: Rows that may be passed over.
FARTHEST = 1_000_000
_MEDIA = {
    "json": "application/json",
    "jsonl": "application/jsonl",
    "csv": "text/csv; charset=utf-8; header=present",
}

Limit = Annotated[int, Query(ge=1, le=MOST, description="Rows at most.")]
Offset = Annotated[int, Query(ge=0, le=FARTHEST, description="Rows to pass over.")]
As = Annotated[Format, Query(alias="format", description="How the rows are written.")]


@dataclass(frozen=True)
class Page:
    """One page of a list.

    Attributes:
        rows: what it shows.
        limit: rows that it may have.
        offset: rows before it.
        more: whether there are rows after it.
    """

    rows: list[Any]
    limit: int
    offset: int
    more: bool


def page_of(found: Iterable[Any], limit: int, offset: int) -> Page:
    """A page of an answer that was asked for one row more than the page has."""
    rows = list(islice(found, limit + 1))
    return Page(rows[:limit], limit, offset, len(rows) > limit)


def last_page(found: Iterable[Any], limit: int, offset: int) -> Page:
    """A page of an answer that is asked for its last rows: the one too many is its first."""
    rows = list(found)
    return Page(rows[-limit:], limit, offset, len(rows) > limit)


def turned(request: Request, **changes: object) -> str:
    """The request's own address with other values of its query; None takes one out."""
    query = [(k, v) for k, v in request.query_params.multi_items() if k not in changes]
    query += [(k, str(v)) for k, v in changes.items() if v is not None]
    return request.url.path + (f"?{urlencode(query)}" if query else "")


@dataclass(frozen=True)
class Listing:
    """Which rows of a list a program asked for, and how they are written.

    Attributes:
        request: what is answered.
        limit: rows at most.
        offset: rows before them.
        format: how they are written.
    """

    request: Request
    limit: int
    offset: int
    format: Format

    @property
    def wanted(self) -> dict[str, int]:
        """What a ledger is asked for: one row more than are shown tells whether there are more."""
        return {"limit": self.limit + 1, "offset": self.offset}

    def of(
        self, found: Iterable[Any], lines: sheets.Lines = sheets.flat, *, last: bool = False
    ) -> Response:
        """The answer.

        Args:
            found: the rows, asked for as ``wanted`` says.
            lines: a row as the lines of a table, for CSV.
            last: the rows are the list's last ones; see ``last_page``.
        """
        page = (last_page if last else page_of)(found, self.limit, self.offset)
        return answered(self.request, page, self.format, lines)


def listing(rows: int) -> Any:
    """The dependency of a list that has so many rows a page by default."""

    def asked(
        request: Request, limit: Limit = rows, offset: Offset = 0, format: As = "json"
    ) -> Listing:
        return Listing(request, limit, offset, format)

    return Depends(asked)


def answered(
    request: Request, page: Page, format: Format, lines: sheets.Lines = sheets.flat
) -> Response:
    """A page of rows as a program asked for it.

    JSON is ``{items, limit, offset, next}``; JSON Lines are the rows alone, as the command line's
    ``--json`` prints them. The next page is also named by the header ``Link`` (RFC 8288).

    Args:
        request: what is answered.
        page: the rows.
        format: how they are written.
        lines: a row as the lines of a table, for CSV.
    """
    after = turned(request, offset=page.offset + page.limit) if page.more else None
    if format == "json":
        body = msgspec.json.encode(
            {"items": page.rows, "limit": page.limit, "offset": page.offset, "next": after}
        )
    elif format == "jsonl":
        body = b"".join(msgspec.json.encode(row) + b"\n" for row in page.rows)
    else:
        body = sheets.written(line for row in page.rows for line in lines(row))
    answer = Response(body, media_type=_MEDIA[format])
    if after:
        answer.headers["link"] = f'<{after}>; rel="next"'
    return tagged(request, answer)


def one(request: Request, record: Any) -> Response:
    """One record as JSON."""
    return tagged(request, Response(msgspec.json.encode(record), media_type=_MEDIA["json"]))


def tagged(request: Request, answer: Response) -> Response:
    """An answer with its ETag, or 304 where the asker has it already (RFC 9110, 13.1.2)."""
    tag = f'"{hashlib.sha256(bytes(answer.body)).hexdigest()[:32]}"'
    headers = {"etag": tag, "cache-control": "no-cache"}
    if is_held(tag, request.headers.get("if-none-match", "")):
        return Response(status_code=304, headers=headers)
    answer.headers.update(headers)
    return answer


def is_held(tag: str, if_none_match: str) -> bool:
    """Whether the asker has the answer of an ETag already.

    Args:
        tag: the answer's.
        if_none_match: the header of the request.
    """
    held = {part.strip().removeprefix("W/") for part in if_none_match.split(",")}
    return tag in held or "*" in held
