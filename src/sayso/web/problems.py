"""Errors as problem details (RFC 9457): one shape for every error of the API.

``{type, title, status, detail}``, and for values that are refused ``errors: [{where, what}]``. The
type is always ``about:blank``: the status says which problem it is, the detail what to do.
"""

from http import HTTPStatus
from typing import Any, NamedTuple

import msgspec
from fastapi import Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from sayso.errors import (
    BusyError,
    InputError,
    LedgerError,
    MissingError,
    OptionError,
    ReadOnlyError,
)

MEDIA_TYPE = "application/problem+json"
#: The status of each kind of error; the first that fits.
_STATUS = (
    (MissingError, 404),
    (ReadOnlyError, 403),
    (BusyError, 503),
    (OptionError, 422),
    (InputError, 422),
    (LedgerError, 409),
)


#: What people are told in place of a status's phrase.
_PLAIN = {
    401: "This needs the token",
    403: "This is not allowed here",
    404: "There is nothing here",
    408: "This came too slowly",
    409: "This cannot be done",
    413: "This is too large",
    421: "This server has another name",
    422: "This cannot be taken as it is",
    500: "The server failed",
    503: "Too much at once",
}


class Told(NamedTuple):
    """An error in words: its status, what is wrong and what to do, the single faults."""

    status: int
    detail: str
    errors: list[dict[str, str]]

    @property
    def title(self) -> str:
        """What the status means, in a person's words."""
        return _PLAIN.get(self.status, HTTPStatus(self.status).phrase)


def told(error: Exception) -> Told:
    """An error in words; of one that nobody foresaw no more than that it happened."""
    if isinstance(error, RequestValidationError):
        faults = [
            {"where": ".".join(map(str, one["loc"])), "what": str(one["msg"])}
            for one in error.errors()
        ]
        return Told(422, "; ".join(f"{f['where']}: {f['what']}" for f in faults), faults)
    if isinstance(error, HTTPException):
        return Told(error.status_code, str(error.detail), [])
    for kind, status in _STATUS:
        if isinstance(error, kind):
            return Told(status, str(error), [])
    return Told(500, "the server failed; what it printed says more", [])


def problem(status: int, detail: str, errors: list[dict[str, str]] | None = None) -> Response:
    """The answer that tells a problem."""
    body = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
    }
    if errors:
        body["errors"] = errors
    return Response(msgspec.json.encode(body), status, media_type=MEDIA_TYPE)


def is_api(request: Request) -> bool:
    """Whether a program asks, and not a person with a browser."""
    return request.url.path.startswith("/api/v1")


SCHEMA: dict[str, Any] = {
    "type": "object",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string", "format": "uri-reference"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["where", "what"],
                "properties": {"where": {"type": "string"}, "what": {"type": "string"}},
            },
        },
    },
}
