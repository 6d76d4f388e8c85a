"""W3C Web Annotations (JSON-LD, Web Annotation Data Model, 2017): one annotation a statement.

The target is what is attributed: the page, a TextQuoteSelector with what stands around it, and a
TextPositionSelector in code points of Sayso's text of the article. The body says who says it, by
way of whom, and how.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

import msgspec

from sayso import __version__
from sayso.exports.item import Item
from sayso.exports.rows import chain, content
from sayso.exports.tables import encoded
from sayso.records import Span, Statement

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
NAME = "annotations.jsonld"


class AnnotationWriter:
    """One AnnotationCollection whose one page holds the annotations."""

    def __init__(self, folder: Path) -> None:
        self._file = (folder / NAME).open("wb")
        self._total = 0
        head = {
            "@context": CONTEXT,
            "id": iri("collection"),
            "type": "AnnotationCollection",
            "label": "Attributed claims",
            "generator": {
                "id": iri("program", __version__),
                "type": "Software",
                "name": f"Sayso {__version__}",
            },
        }
        page = {
            "id": iri("page"),
            "type": "AnnotationPage",
            "partOf": iri("collection"),
            "startIndex": 0,
        }
        self._file.write(msgspec.json.encode(head)[:-1] + b',"first":')
        self._file.write(msgspec.json.encode(page)[:-1] + b',"items":[')

    def add(self, item: Item) -> None:
        """Write an article's annotations."""
        for annotation in annotations(item):
            self._file.write(b",\n" if self._total else b"\n")
            self._file.write(encoded(annotation))
            self._total += 1

    def close(self) -> None:
        """End the page and the collection."""
        self._file.write(f']}},"total":{self._total}}}\n'.encode())
        self._file.close()


def annotations(item: Item) -> Iterator[dict[str, Any]]:
    """An article's statements as annotations; those without words of their own are left out."""
    for one in item.kept(item.reading.statements):
        spans = one.content or ((one.cue,) if one.cue else ())
        if not spans:
            continue
        targets = [_target(item, span) for span in spans]
        yield {
            "id": iri(item.reading.article.id, one.id),
            "type": "Annotation",
            "motivation": ["describing", "tagging"],
            "body": _bodies(one),
            "target": targets[0] if len(targets) == 1 else targets,
        }


def iri(*parts: str) -> str:
    """A stable name of a thing of Sayso's, as a UUID (RFC 4122, version 5)."""
    return f"urn:uuid:{uuid5(NAMESPACE_URL, '/'.join(('sayso', *parts)))}"


def _bodies(one: Statement) -> list[dict[str, Any]]:
    who = chain(one) or "nobody named"
    cue = f" “{one.cue.text}”" if one.cue else ""
    negated = "not " if one.negated else ""
    told = f"{who}{cue} ({negated}{one.type}): {content(one)}"
    return [
        {
            "type": "TextualBody",
            "purpose": "describing",
            "format": "text/plain",
            "language": "en",
            "value": told,
        },
        {"type": "TextualBody", "purpose": "tagging", "value": f"{negated}{one.type}"},
    ]


def _target(item: Item, span: Span) -> dict[str, Any]:
    article = item.reading.article
    before, exact, after = item.passages.quote(span.start, span.end)
    return {
        "type": "SpecificResource",
        "source": item.passages.page or iri("article", article.id),
        "selector": [
            {"type": "TextQuoteSelector", "exact": exact, "prefix": before, "suffix": after},
            {"type": "TextPositionSelector", "start": span.start, "end": span.end},
        ],
    }
