"""The program that answers requests: pages for people, ``/api/v1`` for programs."""

import contextlib
from collections.abc import AsyncIterator
from importlib import resources
from pathlib import Path

import anyio.to_thread
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.staticfiles import StaticFiles

from sayso import __version__
from sayso.errors import SaysoError
from sayso.web import security
from sayso.web.api import router as api
from sayso.web.desk import Desk
from sayso.web.kept import Kept
from sayso.web.openapi import described
from sayso.web.pages import router as pages
from sayso.web.problems import is_api, problem, told
from sayso.web.settings import Settings
from sayso.web.templating import page
from sayso.web.writing import router as writing

STATIC = resources.files("sayso.web") / "static"


def create_app(settings: Settings, desk: Desk | None = None) -> FastAPI:
    """The program for one ledger.

    Args:
        settings: how it is run.
        desk: its state, where the caller made it; it is closed when the program ends.

    Raises:
        LedgerError: there is no such ledger, or it cannot be read.
    """
    held = desk or Desk(settings)

    @contextlib.asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        # as many answers at once as there may be ledgers open; the rest wait their turn
        anyio.to_thread.current_default_thread_limiter().total_tokens = settings.workers
        yield
        held.close()

    app = FastAPI(
        title="Sayso",
        version=__version__,
        docs_url=None,  # FastAPI's own pages load scripts from elsewhere
        redoc_url=None,
        openapi_url=None,
        lifespan=lifespan,
        middleware=[
            Middleware(security.Headers),
            Middleware(security.HostCheck, hosts=settings.hosts),
            Middleware(security.SameSite),
            Middleware(security.WriteCheck, writable=held.writable, key=held.key),
            Middleware(security.BodyBudget),
            Middleware(Kept, stamp=held.stamp, busy=held.told),
        ],
    )
    app.state.desk = held
    app.include_router(api, prefix="/api/v1")
    app.include_router(writing, prefix="/api/v1")
    app.include_router(pages, include_in_schema=False)
    app.mount("/static", StaticFiles(directory=Path(str(STATIC))), name="static")
    for kind in (SaysoError, RequestValidationError, HTTPException, Exception):
        app.add_exception_handler(kind, _failed)
    described(app)
    return app


def _failed(request: Request, error: Exception) -> Response:
    """An error as its asker takes it: problem details for programs, a page for people."""
    what = told(error)
    answer = (
        problem(what.status, what.detail, what.errors)
        if is_api(request)
        else page(
            request,
            "problem.html",
            status=what.status,
            what=what,
            back=security.local(request.headers.get("referer", ""), ""),
        )
    )
    # what nobody foresaw is answered outside of the layers that set these
    answer.headers.update(security.HEADERS)
    if isinstance(error, HTTPException):
        answer.headers.update(error.headers or {})
    return answer
