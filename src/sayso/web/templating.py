"""Pages out of templates: strict escaping, the filters that templates share, one way to answer."""

from functools import cache
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

from fastapi import Request, Response
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape
from starlette.responses import HTMLResponse

from sayso import __version__
from sayso.ledger.reviews import Review
from sayso.show.html import http
from sayso.show.plain import count, line, number, safe, shortened
from sayso.web.paging import tagged, turned


def page(request: Request, template: str, status: int = 200, **values: Any) -> Response:
    """A page, with what every page needs to know of the server.

    Args:
        request: what is answered.
        template: the template's name.
        status: of the answer.
        **values: what the template shows.
    """
    desk = request.app.state.desk
    words = (
        environment()
        .get_template(template)
        .render(
            request=request,
            path=request.url.path,
            desk=desk,
            demo=desk.settings.demo,
            writable=desk.writable,
            here=lambda **changes: turned(request, **changes),
            asked=request.query_params,
            **values,
        )
    )
    answer = HTMLResponse(words, status)
    return tagged(request, answer) if status == 200 else answer


@cache
def environment() -> Environment:
    """The templates' environment."""
    made = Environment(
        loader=PackageLoader("sayso.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,  # they come with the program
    )
    made.filters.update(
        line=line,
        safe_text=safe,
        count=count,
        number=number,
        shortened=shortened,
        http=http,
        words=lambda text: str(text or "").replace("_", " "),
        host=_host,
        label=_label,
        coded=_coded,
        target=_target,
        parts=_parts,
        said=_said,
    )
    made.globals.update(version=__version__, shown=shown, link=link)
    return made


def shown(name: str) -> str:
    """The address of the page of anything that the ledger names: an article, a record, an actor."""
    return link("/show", name=name)


def link(path: str, **query: object) -> str:
    """An address within this server."""
    held = {k: str(v) for k, v in query.items() if v not in (None, "")}
    return quote(path) + (f"?{urlencode(held)}" if held else "")


def _host(name: str | None) -> str:
    """What an article is called where room is short: its host, or the last part of its input."""
    return _address(name)[0]


def _label(name: str) -> str:
    """A short name that tells an article from others of its host: ``host/…/last-part``."""
    host, last = _address(name)
    return f"{shortened(host, 40)}/…/{shortened(last, 32)}" if last else shortened(host, 60)


def _address(name: str | None) -> tuple[str, str]:
    """The host and the last part of an address; of a file, its name and nothing."""
    text = line(name or "")
    try:
        parts = urlsplit(text)
    except ValueError:
        return text, ""
    if not http(text) or not parts.netloc:
        return text.rsplit("/", 1)[-1], ""
    return parts.netloc.removeprefix("www."), parts.path.rstrip("/").rsplit("/", 1)[-1]


def _parts(snippet: dict[str, Any]) -> list[tuple[str, bool]]:
    """The words of a snippet, in turn those between the hits and the hits themselves."""
    found: list[tuple[str, bool]] = []
    at = 0
    for start, end in snippet["hits"]:
        found += [
            (safe(snippet["text"][at:start]), False),
            (safe(snippet["text"][start:end]), True),
        ]
        at = end
    return [*found, (safe(snippet["text"][at:]), False)]


def _coded(text: str) -> Markup:
    """Words of the program's own, with what stands between backticks as code."""
    parts = enumerate(text.split("`"))
    return Markup("").join(
        Markup("<code>{}</code>").format(part) if at % 2 else escape(part) for at, part in parts
    )


def _target(review: Review) -> str:
    """What a line of the review log is about: the words of the record, else its id."""
    record = review.detail.get("record") or {}
    spans = record.get("content") or [record.get("span") or record.get("trigger") or {}]
    words = " … ".join(span.get("text", "") for span in spans) or record.get("name", "")
    return f"“{shortened(words, 90)}”" if words else line(review.target)


def _said(value: Any) -> str:
    """A value of the review log in words: the words of spans, the names within."""
    if isinstance(value, dict):
        told = value.get("text") or value.get("value") or value.get("span") or value.get("name")
        return _said(told) if told else line(str(value))
    if isinstance(value, list):
        return "; ".join(_said(one) for one in value) or "nothing"
    return "nothing" if value in (None, "") else line(str(value))
