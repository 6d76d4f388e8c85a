"""The inside of a process of ``pages.guarded``: one page after the other, within its limits."""

import resource
import signal
import sys
import time
from collections.abc import Iterator
from multiprocessing.connection import Connection
from pathlib import Path

import msgspec

from sayso.errors import InputError
from sayso.pages.article import Extractor, article_from_draft
from sayso.pages.boilerplate import boilerplate_of
from sayso.pages.decoding import decode
from sayso.pages.documents import articles_in_document
from sayso.pages.jsonrecords import article_from_record
from sayso.pages.options import Options
from sayso.pages.press.exports import articles_in_export, export_in_html
from sayso.pages.processes import READY, Answer, Extracted, Found, Limits, Page, Question
from sayso.pages.webpage import read_webpage
from sayso.records import Article

#: Seconds after which a page is given to the plain rule, where its limit is not nearer.
PATIENCE = 7.5


def extract_page(
    page: Page, options: Options, *, slow: float | None = None
) -> tuple[Article, Extractor]:
    """The article of a page, and what found its body; with no limit of time or memory.

    Args:
        page: an HTML page.
        options: what is known of it from outside.
        slow: seconds after which the plain rule takes over; in the main thread alone.

    Raises:
        InputError: there is no article; its ``code`` says why.
    """
    return _of_html(page, decode(page.name, page.data, page.charset), options, slow)


def _of_html(
    page: Page, html: str, options: Options, slow: float | None
) -> tuple[Article, Extractor]:
    draft = read_webpage(page.name, html, options.url or page.url, slow=slow)
    if not page.chosen:
        draft.url = page.url or draft.url
    article = article_from_draft(page.name, draft, options)
    if not page.chosen and (kind := boilerplate_of(article, page.url, html)):
        raise InputError(page.name, kind.words, kind.code)
    return article, draft.extractor or "paragraphs"


def serve(connection: Connection) -> None:
    """Answer pages until nobody asks any more.

    Args:
        connection: gives the ``Limits``, then one ``Question`` after the other; takes ``Answer``.
    """
    limits = msgspec.msgpack.decode(connection.recv_bytes(), type=Limits)
    _warm()
    rest = _address_space()
    _limit(rest, limits.memory)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    connection.send_bytes(READY)
    while True:
        try:
            question = msgspec.msgpack.decode(connection.recv_bytes(), type=Question)
        except EOFError:
            return
        _outlive_nobody(limits.seconds)
        answer = _answer(question, limits)
        answer.last |= _address_space() - rest > limits.memory // 2
        connection.send_bytes(msgspec.msgpack.encode(answer))


def _answer(question: Question, limits: Limits) -> Answer:
    try:
        slow = min(limits.seconds / 2, PATIENCE)
        return Answer(list(_found(question.page, question.options, slow)))
    except InputError as error:
        return Answer([_lost(error)])
    except MemoryError:
        reason = f"takes more memory than {limits.memory // 2**20} MB"
        return Answer([Found(reason=reason, code="memory")], last=True)
    except Exception as error:  # a fault of ours or of a library costs one page
        reason = f"breaks the page reader: {type(error).__name__}: {error}"[:200]
        return Answer([Found(reason=reason, code="crashed")], last=True)


def _found(page: Page, options: Options, slow: float) -> Iterator[Found]:
    for result in _results(page, options, slow):
        if isinstance(result, InputError):
            yield _lost(result)
        else:
            yield Found(result.article.input, *result)


def _results(page: Page, options: Options, slow: float) -> Iterator[Extracted | InputError]:
    if page.kind == "json":
        record = msgspec.json.decode(page.data)
        yield Extracted(article_from_record(page.name, record, options), "trafilatura")
        return
    if page.kind == "html":
        html = decode(page.name, page.data, page.charset)
        export = export_in_html(html) if page.chosen else None
        if export is None:
            yield Extracted(*_of_html(page, html, options, slow))
            return
        results = articles_in_export(page.name, export, options)
    else:
        results = articles_in_document(page.name, page.data, page.kind, options)
    for result in results:
        yield result if isinstance(result, InputError) else Extracted(result, "document")


def _lost(error: InputError) -> Found:
    return Found(error.input, reason=error.reason, code=error.code)


def _outlive_nobody(seconds: float) -> None:
    """End by oneself where the program that would end this process is gone."""
    used = int(time.process_time() + 2 * seconds) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (used, resource.getrlimit(resource.RLIMIT_CPU)[1]))


def _warm() -> None:
    """Load all that reading a page needs, so that it counts as the process's own."""
    words = "<p>The mayor of Tarnholm said on Friday that the bridge had been closed.</p>"
    page = f"<html><body><h1>A bridge is closed</h1>{words * 3}</body></html>".encode()
    extract_page(Page("", page), Options())


def _address_space() -> int:
    """Bytes of memory that this process has laid claim to; 0 where the system does not tell."""
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[0])
    except OSError:
        return 0
    return pages * resource.getpagesize()


def _limit(rest: int, memory: int) -> None:
    if rest:
        hard = resource.getrlimit(resource.RLIMIT_AS)[1]
        resource.setrlimit(resource.RLIMIT_AS, (rest + memory, hard))


if __name__ == "__main__":
    serve(Connection(int(sys.argv[1])))
