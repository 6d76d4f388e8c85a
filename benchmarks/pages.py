"""How well articles are taken out of real pages, beside other libraries, in one run.

    python benchmarks/pages.py FOLDER TRUTH.json [--each]

``FOLDER`` holds ``NAME.html`` (or ``NAME.html.gz``) for each entry of ``TRUTH.json``:

    {"NAME": {"body": "…", "headline": "…", "authors": ["…"], "published": "2024-05-03"}}

A field that is left out is not scored on that page; ``null`` (or ``[]``) says that the page states
none. Rivals are those that are installed: trafilatura (three settings), readability-lxml,
resiliparse, newspaper4k, htmldate.

Scores. Body: precision and recall over the bag of runs of four words, the mean over pages, and the
harmonic mean of the two means. Headline: the same words. Authors: the same set of names. Date: the
same day. All are shares of the pages where the truth says something of the field.
"""

import argparse
import contextlib
import gzip
import json
import logging
import re
import sys
import time
import warnings
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from statistics import mean
from typing import Any

_WORD = re.compile(r"\w+")
_RUN = 4
FIELDS = ("headline", "authors", "published")


@dataclass
class Found:
    """What one extractor found on a page; a field it does not look for is left out of ``gives``."""

    body: str = ""
    headline: str | None = None
    authors: tuple[str, ...] = ()
    published: str | None = None


@dataclass(frozen=True)
class Extractor:
    """A name for the table, the function, and the fields that it looks for."""

    name: str
    run: Callable[[bytes], Found]
    gives: tuple[str, ...]


def _sayso(data: bytes) -> list[Found]:
    from sayso.errors import InputError
    from sayso.pages import read_bytes

    for item in read_bytes("page.html", data):
        if isinstance(item, InputError):
            break
        article = item[0]

        def body(*without: str, article: Any = article) -> str:
            return "\n".join(
                article.text[block.start : block.end]
                for block in article.blocks
                if block.kind not in without
            )

        facts = (article.headline, article.authors, (article.published or "")[:10] or None)
        return [
            Found(body("headline", "caption"), *facts),
            Found(article.text, *facts),
            Found(body("headline", "caption", "subheading", "quote", "list_item"), *facts),
        ]
    return [Found()] * 3


def _trafilatura(**settings: bool) -> Callable[[bytes], Found]:
    extract: Any = import_module("trafilatura").bare_extraction

    def run(data: bytes) -> Found:
        found = extract(data, with_metadata=True, include_comments=False, **settings)
        if found is None:
            return Found()
        authors = tuple(name.strip() for name in (found.author or "").split(";") if name.strip())
        return Found(found.text or "", found.title, authors, found.date)

    return run


def _readability(data: bytes) -> Found:
    from lxml import html

    document: Any = import_module("readability").Document(data.decode("utf-8", "replace"))
    summary: Any = html.fromstring(document.summary())
    return Found(" ".join(summary.itertext()), document.short_title())


def _resiliparse(data: bytes) -> Found:
    encoding: Any = import_module("resiliparse.parse.encoding")
    html2text: Any = import_module("resiliparse.extract.html2text")
    text = encoding.bytes_to_str(data, encoding.detect_encoding(data))
    options = {"main_content": True, "alt_texts": False, "links": False}
    return Found(html2text.extract_plain_text(text, **options))


def _newspaper(data: bytes) -> Found:
    article: Any = import_module("newspaper").Article(
        url="http://page.example/", language="en", fetch_images=False
    )
    article.download(input_html=data.decode("utf-8", "replace"))
    article.parse()
    day = article.publish_date
    return Found(
        article.text or "",
        article.title or None,
        tuple(article.authors or ()),
        day.date().isoformat() if hasattr(day, "date") else (str(day)[:10] if day else None),
    )


def _htmldate(data: bytes) -> Found:
    find_date: Any = import_module("htmldate").find_date
    return Found(published=find_date(data.decode("utf-8", "replace"), original_date=True))


def extractors() -> list[Extractor]:
    """Sayso in three readings of its record, then the rivals that are installed."""
    every = ("body", *FIELDS)
    made: list[Extractor] = [
        Extractor("sayso", lambda data: _sayso(data)[0], every),
        Extractor("sayso, whole text", lambda data: _sayso(data)[1], ("body",)),
        Extractor("sayso, paragraphs", lambda data: _sayso(data)[2], ("body",)),
    ]
    rivals: list[tuple[str, str, Callable[[], Callable[[bytes], Found]], tuple[str, ...]]] = [
        ("trafilatura precise", "trafilatura", lambda: _trafilatura(favor_precision=True), every),
        ("trafilatura", "trafilatura", _trafilatura, every),
        ("trafilatura fast", "trafilatura", lambda: _trafilatura(fast=True), every),
        ("readability-lxml", "readability", lambda: _readability, ("body", "headline")),
        ("resiliparse", "resiliparse", lambda: _resiliparse, ("body",)),
        ("newspaper4k", "newspaper", lambda: _newspaper, every),
        ("htmldate", "htmldate", lambda: _htmldate, ("published",)),
    ]
    for name, module, make, gives in rivals:
        try:
            import_module(module)
        except ImportError:
            continue
        made.append(Extractor(name, make(), gives))
    return made


def runs_of_words(text: str) -> Counter[tuple[str, ...]]:
    """The runs of four words in ``text`` and how often each stands there."""
    words = _WORD.findall(text)
    if 0 < len(words) < _RUN:
        return Counter([tuple(words)])
    return Counter(zip(*(words[at:] for at in range(_RUN)), strict=False))


def overlap(found: str, wanted: str) -> tuple[float, float]:
    """Precision and recall of ``found`` against ``wanted``, over runs of four words."""
    have, want = runs_of_words(found), runs_of_words(wanted)
    shared = sum((have & want).values())
    if not want:
        return (1.0, 1.0) if not have else (0.0, 1.0)
    return (shared / sum(have.values()) if have else 1.0), shared / sum(want.values())


def same(field: str, found: Found, wanted: Any) -> bool:
    """Whether a field holds what the truth says, as the head of this module tells."""
    value = getattr(found, field)
    if field == "authors":
        return {_words(name) for name in value} == {_words(name) for name in wanted or ()}
    if field == "published":
        return bool((value or "")[:10] == (wanted or "")[:10])
    return _words(value or "") == _words(wanted or "")


def _words(text: str) -> str:
    return " ".join(_WORD.findall(text.casefold()))


def harmonic(precision: float, recall: float) -> float:
    """F1 of the two."""
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def measured(
    extractor: Extractor, pages: dict[str, bytes], truth: dict[str, dict[str, Any]], each: bool
) -> list[str]:
    """The row of one extractor."""
    bodies: list[tuple[float, float]] = []
    right: dict[str, list[bool]] = {field: [] for field in FIELDS}
    spent = 0.0
    for name, wanted in truth.items():
        start = time.process_time()
        try:
            found = extractor.run(pages[name])
        except Exception as error:  # a page that breaks a library counts as an empty answer
            print(f"{extractor.name}: {name}: {error!r}"[:200], file=sys.stderr)
            found = Found()
        spent += time.process_time() - start
        if "body" in wanted and "body" in extractor.gives:
            bodies.append(overlap(found.body, wanted["body"] or ""))
        for field in FIELDS:
            if field in wanted and field in extractor.gives:
                right[field].append(same(field, found, wanted[field]))
        if each:
            p, r = bodies[-1] if bodies and "body" in wanted else (0, 0)
            wrong = [
                f"{field}: {getattr(found, field)!r} not {wanted[field]!r}"
                for field in FIELDS
                if field in wanted and field in extractor.gives and not right[field][-1]
            ]
            print(f"{extractor.name:20} {name:44} {p:.3f} {r:.3f}  {'; '.join(wrong)}")
    row = [extractor.name]
    if bodies:
        p, r = mean(p for p, _ in bodies), mean(r for _, r in bodies)
        row += [f"{harmonic(p, r):.3f}", f"{p:.3f}", f"{r:.3f}"]
    else:
        row += ["", "", ""]
    row += [f"{mean(right[field]):.3f}" if right[field] else "" for field in FIELDS]
    return [*row, f"{len(truth) / spent:.0f}" if spent else ""]


def table(rows: Iterable[list[str]]) -> str:
    """Rows as a table in Markdown."""
    head = ["extractor", "body F1", "precision", "recall", "headline", "authors", "date", "pages/s"]
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def read_pages(folder: Path, names: Iterable[str]) -> dict[str, bytes]:
    """The bytes of each page."""
    pages = {}
    for name in names:
        plain, packed = folder / f"{name}.html", folder / f"{name}.html.gz"
        pages[name] = plain.read_bytes() if plain.exists() else gzip.decompress(packed.read_bytes())
    return pages


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("truth", type=Path)
    parser.add_argument("--each", action="store_true", help="print every page's scores too")
    parser.add_argument("--only", help="only extractors whose name begins so")
    options = parser.parse_args()
    truth = json.loads(options.truth.read_text(encoding="utf-8"))
    pages = read_pages(options.folder, truth)
    warnings.simplefilter("ignore")
    logging.disable(logging.CRITICAL)
    chosen = [e for e in extractors() if e.name.startswith(options.only or "")]
    for extractor in chosen:
        # what is imported on first use is not timed
        with contextlib.suppress(Exception):
            extractor.run(next(iter(pages.values())))
    print(table(measured(e, pages, truth, options.each) for e in chosen))


if __name__ == "__main__":
    main()
