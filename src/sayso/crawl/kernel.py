"""The work of a crawl on one batch: rows in, rows out, nothing remembered between batches.

Any engine can run these functions anywhere; they need the batch, the settings, and the program.
"""

import hashlib
import os
import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec

from sayso.crawl.rows import PageRow, ReadingRow
from sayso.crawl.settings import Settings, Summary
from sayso.crawl.sources import Batch, Raw
from sayso.errors import InputError
from sayso.pages.guarded import OF_FILES, Extracted, Limits, Page, extract_one
from sayso.pages.options import Options
from sayso.pages.patience import OutOfPatience, patience
from sayso.pages.reasons import ORDINARY
from sayso.records import Article, Reading

#: Numbers of a signature.
SIGNATURE = 60
_SEED = 20
#: Seconds that one line may take, and one file, which may hold many articles.
_LINE, _FILE = Limits().seconds, OF_FILES.seconds + 30
#: Rows that a batch may have at most: files may hold many articles.
_WIDE = 1_000_000


def pages_of(batch: Batch, settings: Settings) -> tuple[list[PageRow], Summary]:
    """The pages of a batch, each with its article or the reason why it has none.

    Args:
        batch: the pages as bytes.
        settings: of the crawl.
    """
    start = time.perf_counter()
    rows: list[PageRow] = []
    for raw in batch.pages:
        for row in _rows_of(raw, settings):
            row.source, row.place = batch.source, batch.number * _WIDE + len(rows)
            rows.append(row)
    done = Summary(pages=len(rows))
    for row in rows:
        if row.status in ("left_out", "other_language"):
            done.leave(row.reason or "")
        elif row.status == "failed":
            done.lose(row.reason or "")
    done.spent("extract", time.perf_counter() - start)
    return rows, done


def readings_of(
    pages: Sequence[PageRow], near: Sequence[str | None], settings: Settings
) -> tuple[list[ReadingRow], Summary]:
    """The readings of articles.

    Args:
        pages: the rows of the articles.
        near: for each the id of an earlier article that is nearly the same, or None.
        settings: of the crawl.
    """
    from sayso.api import readings_of as read

    start = time.perf_counter()
    articles = [msgspec.json.decode(row.article or "", type=Article) for row in pages]
    rows = []
    done = Summary()
    for page, like, result in zip(pages, near, read(articles, actors=settings.actors), strict=True):
        if isinstance(result, Reading):
            row = reading_row(page, result)
            done.read += 1
            done.words += page.words
        else:
            row = _unread(page, result)
            done.lose(result.code)
        row.near = like
        done.near += like is not None
        rows.append(row)
    done.spent("read", time.perf_counter() - start)
    return rows, done


def reading_row(page: PageRow, reading: Reading, copy_of: str | None = None) -> ReadingRow:
    """The row of a reading.

    Args:
        page: the article's row.
        reading: its reading.
        copy_of: the id of the article whose reading it was.
    """
    article = reading.article
    return _base(
        page,
        made="read" if copy_of is None else "copy",
        copy_of=copy_of,
        publisher=article.publisher,
        headline=article.headline,
        published=article.published,
        statements=len(reading.statements),
        figures=len(reading.figures),
        events=len(reading.events),
        agreements=len(reading.agreements),
        reading=reading.to_json().decode(),
    )


def _unread(page: PageRow, error: InputError) -> ReadingRow:
    return _base(page, made="failed", reason=error.reason)


def _base(page: PageRow, **fields: Any) -> ReadingRow:
    same = ("source", "place", "input", "url", "retrieved", "origin", "page_sha256", "page")
    held = {name: getattr(page, name) for name in same}
    return ReadingRow(**held, article_id=page.article_id or "", words=page.words, **fields)


def _rows_of(raw: Raw, settings: Settings) -> Iterator[PageRow]:
    kept: bytes | None = None
    for name, found, data in _found(raw):
        row = PageRow(
            source="", place=0, input=name, status="failed", url=raw.url, origin=_origin(name)
        )
        if data:
            row.page_sha256 = hashlib.sha256(data).hexdigest()
            row.retrieved = raw.retrieved
            if settings.keep_pages and data != kept:
                # many articles can be of one file
                row.page = kept = data
        if isinstance(found, Article):
            _describe(row, found)
        else:
            row.status = "left_out" if found.code in ORDINARY else "failed"
            row.reason, row.detail = found.code, found.reason[:300]
        yield row


def _found(raw: Raw) -> Iterator[tuple[str, Article | InputError, bytes]]:
    """The articles of a page, line or file, each with its name and bytes."""
    from sayso.pages.inputs import read_captured
    from sayso.pages.jsonrecords import articles_in_lines

    if raw.kind == "none":
        yield raw.name, InputError(raw.name, raw.detail or raw.reason, raw.reason), b""
    elif raw.kind == "page":
        page = Page(raw.name, raw.data, raw.url, raw.charset)
        result = extract_one(page)
        held = result.article if isinstance(result, Extracted) else result
        yield raw.name, held, raw.data
    else:
        from io import BytesIO

        seconds = _LINE if raw.kind == "line" else _FILE
        try:
            with patience(_time(seconds)):
                if raw.kind == "line":
                    for found, _ in articles_in_lines(raw.name, BytesIO(raw.data), Options()):
                        yield raw.name, _named(found, raw.name), raw.data
                else:
                    for one in read_captured([Path(os.fsdecode(raw.data))]):
                        if isinstance(one, InputError):
                            yield one.input, one, b""
                        else:
                            yield one[0].input, one[0], one[1].data
        except OutOfPatience:
            reason = f"takes longer than {seconds:g} seconds"
            yield raw.name, InputError(raw.name, reason, "timeout"), b""
        except Exception as error:  # a fault of ours or of a library costs one input
            reason = f"breaks the page reader: {type(error).__name__}: {error}"[:200]
            yield raw.name, InputError(raw.name, reason, "crashed"), b""


def _named(found: Article | InputError, name: str) -> Article | InputError:
    """An article of a line under the name that the line has in its file."""
    return msgspec.structs.replace(found, input=name) if isinstance(found, Article) else found


def _describe(row: PageRow, article: Article) -> None:
    from sayso.ledger.copies import sequences_of

    row.url = article.url or row.url
    row.language = article.language
    row.article_id = article.id
    row.article = msgspec.json.encode(article).decode()
    row.headline = article.headline
    row.words = len(article.text.split())
    if article.language not in ("en", None):
        row.status = row.reason = "other_language"
        return
    row.status = "article"
    row.sameness = sameness(article)
    sequences = sequences_of(article)
    if sequences:
        from rensa import RMinHash

        sketch = RMinHash(SIGNATURE, _SEED)
        sketch.update(sorted(sequences))
        row.signature = sketch.digest()


def sameness(article: Article) -> str:
    """A hash of all that a reading is made from: text, blocks, and the day of reference."""
    day = article.reference.value if article.reference else ""
    blocks = msgspec.json.encode(article.blocks)
    held = article.text.encode("utf-8", "surrogatepass")
    return hashlib.sha256(b"\0".join((day.encode(), blocks, held))).hexdigest()[:32]


def _time(seconds: float) -> float | None:
    """Seconds that one line or file may take; any time where no alarm can be set."""
    return seconds if threading.current_thread() is threading.main_thread() else None


def _origin(name: str) -> str:
    return str(Path(name).absolute())
