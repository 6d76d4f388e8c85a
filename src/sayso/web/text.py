"""An article's text with its marks, for the article page: claims, figures and dates.

Marks are made here, on the server, from offsets in code points, so that no character (an emoji, a
combining accent) can shift one. The sweep over overlapping spans is ``show.segments``.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape

from markupsafe import Markup

from sayso.records import Block, Figure, Reading
from sayso.show.html import claim_marks
from sayso.show.plain import line, safe, shortened
from sayso.show.segments import Mark, Segment, segments
from sayso.show.view import Claim, View
from sayso.show.wording import amount

_DEEPEST = 3


@dataclass(frozen=True)
class Note:
    """A small sign after the words it belongs to: a claim's number, a normalised value."""

    kind: str
    text: str
    target: str

    def markup(self, places: bool) -> str:
        """The note as HTML; see ``Piece.markup``."""
        if self.kind != "claim":
            return f'<small class="value">{escape(shortened(self.text, 40))}</small>'
        text, target = escape(self.text), escape(self.target)
        to = f"/review?id={target}" if places else f"#{target}"
        link = f'<a href="{to}" aria-label="claim {text}">{text}</a>'
        return f'<sup id="m-{target}">{link}</sup>'


@dataclass(frozen=True)
class Piece:
    """A stretch of text under the same marks throughout.

    Attributes:
        text: its characters, safe to show.
        start: offset of its first character in the article's text.
        target: the id of the claim that it leads to, or None.
        classes: its looks, and one class a claim that covers it.
        title: what a pointer resting on it is told.
        anchors: ids of figures that begin with it.
        notes: what is told after it.
    """

    text: str
    start: int
    target: str | None
    classes: str
    title: str
    anchors: tuple[str, ...]
    notes: tuple[Note, ...]

    def markup(self, focus: str = "", places: bool = False) -> Markup:
        """The piece as HTML; here and not in a template, since an article has hundreds of them.

        Args:
            focus: the id of the claim that is looked at.
            places: give each piece its offset, for selecting, in the place of links to claims.
        """
        looks = escape(self.classes)
        if focus and focus in self.classes.split():
            looks += " current"
        title = f' title="{escape(self.title)}"' if self.title else ""
        parts = [f'<span id="{escape(id)}"></span>' for id in self.anchors]
        if self.target and not places:
            parts.append(
                f'<a class="m {looks}" href="#{escape(self.target)}"{title}>{escape(self.text)}</a>'
            )
        elif looks or places:
            at = f' data-start="{self.start}"' if places else ""
            parts.append(f'<span class="{looks}"{at}{title}>{escape(self.text)}</span>')
        else:
            parts.append(escape(self.text))
        parts += [note.markup(places) for note in self.notes]
        return Markup("".join(parts))


class Marked:
    """One article with its marks.

    Args:
        reading: the reading, corrected.
        rejected: ids of records that reviewers rejected; they are not marked.
    """

    def __init__(self, reading: Reading, rejected: frozenset[str] = frozenset()) -> None:
        self.view = View(reading)
        self.claims = [c for c in self.view.claims if c.statement.id not in rejected]
        self._claims = {claim.number: claim for claim in self.claims}
        self._figures = {f.span.start: f for f in reading.figures if f.id not in rejected}
        self._dates = {d.span.start: d for d in reading.dates}
        marks = [mark for claim in self.claims for mark in claim_marks(claim)]
        marks += [Mark(f.span.start, f.span.end, "figure", 0) for f in self._figures.values()]
        marks += [Mark(d.span.start, d.span.end, "date", 0) for d in self._dates.values()]
        self._marks = sorted(marks)

    def blocks(self) -> Iterator[tuple[Block, str, list[Piece]]]:
        """The blocks of the article: each with its name and its pieces."""
        noted: set[int] = set()
        for block in self.view.article.blocks:
            marks = [m for m in self._marks if m.start < block.end and m.end > block.start]
            pieces = [self._piece(s, noted) for s in segments(block.start, block.end, marks)]
            yield block, self.view.position(block.start), pieces

    def style(self) -> str:
        """The style sheet by which the words of a claim stand out while it is chosen."""
        rules = [f":root:has(#{c.statement.id}:target) .{c.statement.id}" for c in self.claims]
        if not rules:
            return ""
        look = "background:var(--content3);box-shadow:inset 0 -3px 0 var(--accent)"
        return f"{','.join(rules)}{{{look}}}\n"

    def _piece(self, segment: Segment, noted: set[int]) -> Piece:
        text = safe(self.view.article.text[segment.start : segment.end])
        said = [m for m in segment.marks if m.claim in self._claims]
        figure = next((self._figures[m.start] for m in segment.marks if m.part == "figure"), None)
        classes: list[str] = sorted({mark.part for mark in segment.marks})
        if figure is not None:
            classes.append(f"on-{figure.attribution}")
        depth = min(_DEEPEST, len({m.claim for m in said if m.part == "content"}))
        classes += [f"deep{depth}"] if depth > 1 else []
        anchors = (figure.id,) if figure and figure.span.start == segment.start else ()
        if not said:
            notes = tuple(self._values(segment))
            return Piece(text, segment.start, None, " ".join(classes), "", anchors, notes)
        inner = min(said, key=lambda m: (m.part == "content", m.end - m.start, m.claim))
        claim = self._claims[inner.claim]
        classes += sorted({self._claims[m.claim].statement.id for m in said})
        title = f"{inner.part} of claim {claim.number}: {' → '.join(claim.chain)}, {claim.type}"
        notes = (*self._values(segment), *self._numbers(segment, noted))
        id = claim.statement.id
        return Piece(text, segment.start, id, " ".join(classes), title, anchors, notes)

    def _numbers(self, segment: Segment, noted: set[int]) -> Iterator[Note]:
        """A claim is numbered after its cue, or after its content where it has none."""
        for mark in segment.ends:
            claim = self._claims.get(mark.claim)
            if claim is None or mark.claim in noted:
                continue
            if mark.part == ("cue" if claim.statement.cue else "content"):
                noted.add(mark.claim)
                yield Note("claim", str(claim.number), claim.statement.id)

    def _values(self, segment: Segment) -> Iterator[Note]:
        """What the figures and dates that end here come to, where their words do not say it."""
        for mark in segment.ends:
            if mark.part == "figure":
                figure = self._figures[mark.start]
                value = None if figure.unit_kind == "duration" else _figure_value(figure)
                if value is not None:
                    yield Note("value", value, figure.id)
            elif mark.part == "date":
                date = self._dates[mark.start]
                plain = line(date.span.text) == date.value or date.value.endswith("_REF")
                if date.kind != "duration" and not plain:
                    yield Note("value", date.value, "")


def claim_of(marked: Marked, record: str) -> Claim | None:
    """The claim of a statement's id."""
    return next((c for c in marked.claims if c.statement.id == record), None)


def _figure_value(figure: Figure) -> str | None:
    """The value of a figure, or None where its words are just that."""
    told = amount(figure)
    return None if _bare(told) in _bare(figure.span.text) else told


def _bare(words: str) -> str:
    return "".join(c for c in words.casefold() if c.isalnum() or c in "%$€£")
