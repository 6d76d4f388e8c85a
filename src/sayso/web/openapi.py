"""The API's description (OpenAPI 3.1): the shapes of answers are made from their types."""

from typing import Any

import msgspec
from fastapi import FastAPI, Request, Response
from fastapi.openapi.utils import get_openapi

from sayso.web.paging import one
from sayso.web.problems import MEDIA_TYPE, SCHEMA
from sayso.web.shapes import Listed

_REFERENCE = "#/components/schemas/{name}"
_ABOUT = """\
What `sayso` answers on the command line, in the same JSON. Articles are named by their address, or
by their input where they have none. Errors are problem details (RFC 9457); lists have pages, and
every answer an `ETag`. Where the server can be reached by others, writing needs
`Authorization: Bearer TOKEN`.
"""
_shapes: dict[str, Any] = {}


def answers(shape: Any, *, rows: bool = False, status: int = 200, token: bool = False) -> Any:
    """How an operation is described: its answer's shape and its problems.

    Args:
        shape: the type of its answer, or of a row of it.
        rows: whether it answers a page of rows, which may be had as JSON Lines and CSV too.
        status: of the answer.
        token: whether it writes.
    """
    told: Any = Listed[shape] if rows else shape
    (schema,), held = msgspec.json.schema_components([told], ref_template=_REFERENCE)
    _shapes.update(held)
    content: dict[str, Any] = {"application/json": {"schema": schema}}
    if rows:
        (row,), _ = msgspec.json.schema_components([shape], ref_template=_REFERENCE)
        content["application/jsonl"] = {"schema": row}
        content["text/csv"] = {"schema": {"type": "string"}}
    responses: dict[int | str, Any] = {
        status: {"description": "The answer.", "content": content},
        "4XX": {
            "description": "What is wrong with the request.",
            "content": {MEDIA_TYPE: {"schema": {"$ref": _REFERENCE.format(name="Problem")}}},
        },
    }
    if status == 200 and not token:
        responses[304] = {"description": "The asker has it already."}
    return {
        "responses": responses,
        "status_code": status,
        "response_class": Response,
        **({"openapi_extra": {"security": [{"token": []}, {}]}} if token else {}),
    }


def described(app: FastAPI) -> None:
    """Give a program its description, at ``/api/v1/openapi.json``."""

    def made() -> dict[str, Any]:
        if app.openapi_schema is None:
            told = get_openapi(
                title=app.title, version=app.version, description=_ABOUT, routes=app.routes
            )
            parts = told.setdefault("components", {})
            parts["schemas"] = {**parts.get("schemas", {}), **_shapes, "Problem": SCHEMA}
            parts["securitySchemes"] = {"token": {"type": "http", "scheme": "bearer"}}
            for path in told["paths"].values():
                for operation in path.values():
                    # FastAPI's own shape of a refusal is not what this server answers
                    operation["responses"].pop("422", None)
            for name in ("HTTPValidationError", "ValidationError"):
                parts["schemas"].pop(name, None)
            app.openapi_schema = told
        return app.openapi_schema

    app.openapi = made  # type: ignore[method-assign]

    @app.get("/api/v1/openapi.json", include_in_schema=False)
    def description(request: Request) -> Response:
        return one(request, made())
