"""Readings as one HTML page that stands alone: no outside request, no script, strict escaping.

The page carries a content security policy that allows nothing but its own style sheet, named by
its SHA-256 (CSP level 2, hash sources); jinja2 escapes every value.
"""

import base64
import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from sayso import __version__
from sayso.records import Block, Reading
from sayso.show.plain import count, line, safe
from sayso.show.segments import Mark, Part, Segment, segments
from sayso.show.view import Claim, View

#: Marks deeper than this look alike.
_DEEPEST = 3


@dataclass(frozen=True)
class Piece:
    """A segment as the template draws it.

    Attributes:
        text: its characters, safe to show.
        target: the claim that it leads to (the innermost one), or None.
        classes: its looks, and one class a claim that covers it.
        title: what a pointer resting on it is told.
        notes: the claims whose cue (or else content) ends here, to be numbered.
    """

    text: str
    target: int | None
    classes: str
    title: str
    notes: tuple[int, ...]


class ArticlePage:
    """One article's part of the page.

    Args:
        reading: the reading to show.
        number: its place on the page, from 1.
    """

    def __init__(self, reading: Reading, number: int) -> None:
        self.view = View(reading)
        self.number = number
        self._claims = {claim.number: claim for claim in self.view.claims}
        self._marks = [mark for claim in self.view.claims for mark in claim_marks(claim)]

    def blocks(self) -> Iterator[tuple[Block, str, list[Piece]]]:
        """The blocks of the article: each with its name and its pieces."""
        article = self.view.article
        noted: set[int] = set()
        for block in article.blocks:
            marks = [m for m in self._marks if m.start < block.end and m.end > block.start]
            pieces = [
                self._piece(segment, noted) for segment in segments(block.start, block.end, marks)
            ]
            yield block, self.view.position(block.start), pieces

    def anchor(self, claim: int) -> str:
        """The id of a claim's card."""
        return f"a{self.number}c{claim}"

    def _piece(self, segment: Segment, noted: set[int]) -> Piece:
        text = safe(self.view.article.text[segment.start : segment.end])
        if not segment.marks:
            return Piece(text, None, "", "", ())
        inner = min(segment.marks, key=lambda m: (m.part == "content", m.end - m.start, m.claim))
        parts = sorted({mark.part for mark in segment.marks})
        depth = min(_DEEPEST, len({m.claim for m in segment.marks if m.part == "content"}))
        claims = sorted({mark.claim for mark in segment.marks})
        classes = [*parts, *([f"deep{depth}"] if depth > 1 else []), *map(self.anchor, claims)]
        notes = [m.claim for m in segment.ends if m.claim not in noted and self._noted_at(m)]
        noted.update(notes)
        claim = self._claims[inner.claim]
        title = f"{inner.part} of claim {inner.claim}: {' → '.join(claim.chain)}, {claim.type}"
        return Piece(text, inner.claim, " ".join(classes), title, tuple(dict.fromkeys(notes)))

    def _noted_at(self, mark: Mark) -> bool:
        """A claim is numbered after its cue, or after its content where it has none."""
        cue = self._claims[mark.claim].statement.cue
        return mark.part == "cue" if cue else mark.part == "content"


def page(readings: Sequence[Reading]) -> str:
    """The HTML page of some readings.

    Args:
        readings: at least one; each becomes a section.

    Returns:
        A whole document, to be stored as UTF-8.
    """
    articles = [ArticlePage(reading, n) for n, reading in enumerate(readings, 1)]
    style = _style() + "".join(map(_target_rules, articles))
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return (
        _environment()
        .get_template("page.html")
        .render(articles=articles, style=Markup(style), digest=digest, version=__version__)
    )


def claim_marks(claim: Claim) -> Iterator[Mark]:
    """The marks of a claim: its sources, its cue, its content."""
    statement = claim.statement
    spans: list[tuple[Part, int, int]] = [
        ("source", source.span.start, source.span.end)
        for source in statement.sources
        if source.span
    ]
    if statement.cue:
        spans.append(("cue", statement.cue.start, statement.cue.end))
    spans += [("content", span.start, span.end) for span in statement.content]
    for part, start, end in spans:
        yield Mark(start, end, part, claim.number)


def _target_rules(article: ArticlePage) -> str:
    """Where a claim's card is the target of a link, its words in the text stand out, and back."""
    names = [article.anchor(claim.number) for claim in article.view.claims]
    chosen = ",".join(f":root:has(#{name}:target) .{name}" for name in names)
    return f"{chosen}{{outline:2px solid var(--accent);outline-offset:1px}}\n" if names else ""


def http(address: str | None) -> str | None:
    """The address where it may be a link: a page's own word could be ``javascript:``."""
    lower = (address or "").lower()
    return address if lower.startswith(("http://", "https://")) else None


@cache
def _style() -> str:
    return (resources.files(__package__) / "templates" / "page.css").read_text(encoding="utf-8")


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("sayso.show"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(line=line, count=count, http=http)
    return environment
