"""Lines as they are set on pages → paragraphs: a page says where a line stands, not what it ends.

The order of the lines is the file's own, which is that of reading in what browsers and office
programs write; ``columns`` mends it where a file gives two columns row by row.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import pairwise, takewhile
from statistics import median

from sayso.pages.documents.building import LABEL, Builder
from sayso.pages.documents.columns import in_columns
from sayso.pages.documents.document import Document, Paragraph
from sayso.pages.documents.setting import Line, body_size, whole
from sayso.pages.lines import BULLETS, stops

#: Points from the edges of a page in which what is printed around it stands.
_MARGIN = 60.0
#: Points by which lines that are printed around each page may stand elsewhere.
_SAME = 4.0
_NUMBERED = re.compile(
    r"(?:page\s)?[-–]?\s?(\d{1,4})(?:\s?(?:/|of|von|de)\s?(\d{1,4}))?\s?[-–]?", re.I
)
_ADDRESS = re.compile(r"(https?://\S{4,2000})(?:\s(\d{1,4})/(\d{1,4}))?")
_PRINTED = re.compile(r"\d{0,4}[/.]\d{1,2}[/.]\d{1,4},?\d{1,2}[:.]\d{2}(?!\d)")
_NOTE = re.compile(r"(?:\d{1,3}|[*†‡])\s?\S")
_BULLET = re.compile(rf"[{BULLETS}·]\s?(?=\S)")
_HYPHENS = "-\u2010\u00ad"


def document_of(lines: Sequence[Line], pages: int, title: str | None = None) -> Document:
    """The paragraphs of lines, without what is printed around each page and without notes.

    Args:
        lines: of all pages, in order.
        pages: how many there are.
        title: the one that the file states.
    """
    lines = in_columns(whole(lines))
    around, url = _around(lines, pages)
    kept = [line for at, line in enumerate(lines) if at not in around]
    kept = _without_notes(kept)
    return Document(_paragraphs(kept), title, url)


def _around(lines: Sequence[Line], pages: int) -> tuple[set[int], str | None]:
    """The numbers of the lines that are printed around pages, and the address among them."""
    places: dict[tuple[str, int], set[int]] = defaultdict(set)
    edge = [at for at, line in enumerate(lines) if _at_edge(line)]
    for at in edge:
        places[_shape(lines[at])].add(lines[at].page)
    found: set[int] = set()
    urls: Counter[str] = Counter()
    by_browser = False
    for at in edge:
        line, text = lines[at], lines[at].text
        # small type is sometimes set letter by letter
        packed = text.replace(" ", "")
        counted = packed.endswith(f"{line.page}/{pages}")
        by_browser |= counted
        if address := _ADDRESS.fullmatch(text):
            urls[address[1]] += 1
        number = _NUMBERED.fullmatch(text)
        numbered = number is not None and _is_of(number[1], number[2], line.page, pages)
        repeated = pages > 1 and len(places[_shape(line)]) >= max(2, pages / 2)
        if counted or numbered or address or repeated:
            found.add(at)
    if by_browser:
        # what browsers print above: when, and the page's title
        dates = [at for at in edge if _PRINTED.match(lines[at].text.replace(" ", ""))]
        heads = {(lines[at].page, round(lines[at].base / _SAME)) for at in dates}
        found |= {at for at in edge if (lines[at].page, round(lines[at].base / _SAME)) in heads}
    url = urls.most_common(1)[0] if urls else ("", 0)
    return found, url[0] if url[1] == pages else None


def _is_of(number: str, count: str | None, page: int, pages: int) -> bool:
    """Whether numbers are those of a page."""
    return int(number) == page and count in (None, str(pages))


def _at_edge(line: Line) -> bool:
    return line.base < _MARGIN or line.base > line.height - _MARGIN


def _shape(line: Line) -> tuple[str, int]:
    """What a line says but for its numbers, and about where it stands."""
    return re.sub(r"\d+|\s", "#", line.text), round(line.base / _SAME)


def _without_notes(lines: Sequence[Line]) -> list[Line]:
    """The lines without notes at the foot of pages: smaller type, begun by a number or a sign."""
    body = body_size(lines)
    kept: list[Line] = []
    for at, line in enumerate(lines):
        last = at + 1 == len(lines) or lines[at + 1].page != line.page
        kept.append(line)
        if not last:
            continue
        small = len(kept)
        while small and kept[small - 1].page == line.page and kept[small - 1].size < 0.9 * body:
            small -= 1
        notes = kept[small:]
        if small and notes and _NOTE.match(notes[0].text) and notes[0].base < line.height / 2:
            del kept[small:]
    return kept


def _paragraphs(lines: Sequence[Line]) -> list[Paragraph]:
    builder = Builder()
    words = _vocabulary(lines)
    leading = _leading(lines)
    rights = _rights(lines)
    before: Line | None = None
    for at, line in enumerate(lines):
        opens = True
        if before is not None:
            opens = _opens(before, line, rights[at - 1], leading)
        joint = ""
        if before is not None and not opens:
            joint = _joint(before.words[-1].text, line.words[0].text, words)
        if opens:
            builder.end()
            builder.page = line.page
        _set(builder, line, joint)
        before = line
    return builder.finish()


def _set(builder: Builder, line: Line, joint: str) -> None:
    """Put a line into the paragraph; ``joint``: what becomes of the hyphen before it, if any."""
    if joint == "drop":
        builder.cut()
    elif joint != "keep":
        builder.text(" ")
    first = line.words[0]
    bullet = _BULLET.match(line.text)
    if bullet and not joint:
        builder.item = True
    for word in line.words:
        text = word.text if word is first else f" {word.text}"
        builder.text(text, bold=word.bold, size=round(word.size, 1))


def _opens(before: Line, line: Line, right: float, leading: dict[float, float]) -> bool:
    """Whether a line begins a paragraph, by where it stands after the one before."""
    if not _is_alike(before, line):
        return True
    if before.is_bold != line.is_bold and (before.is_bold or line.is_bold):
        return True
    if _BULLET.match(line.text) or _is_labelled(line):
        return True
    step = before.base - line.base
    if line.page != before.page or step <= 0:
        # the next column or page: the sentence goes on, or it does not
        goes_on = line.words[0].text[:1].islower() or before.text[-1:] in _HYPHENS
        return not goes_on and (stops(before.text) or before.right < right - 4 * line.size)
    if step > 1.25 * leading.get(line.size, 1.35 * line.size):
        return True
    if line.left > before.left + 0.8 * line.size and stops(before.text):
        return True
    # the next word would have had room
    first = line.words[0]
    room = right - before.right
    return room > (first.right - first.left) + 0.5 * line.size and not _runs_on(before, line)


def _is_labelled(line: Line) -> bool:
    """Whether a line begins with a bold label and goes on in plain type: "Byline:", "TD"."""
    label = " ".join(word.text for word in takewhile(lambda word: word.bold, line.words))
    if not label or len(label) > LABEL or line.is_bold:
        return False
    return label.endswith(":") or (label.isupper() and len(label) <= 3)


def _is_alike(one: Line, other: Line) -> bool:
    """Whether lines are of one size, but for the small capitals in one of them."""
    near = 0.08 * max(one.size, other.size)
    if abs(one.size - other.size) <= near:
        return True
    small, large = sorted((one, other), key=lambda line: line.size)
    return small.size > 0.6 * large.size and any(
        abs(word.size - large.size) <= near for word in small.words
    )


def _runs_on(before: Line, line: Line) -> bool:
    """Whether a word or a sentence certainly goes on, whatever the room."""
    if before.text[-1:] in _HYPHENS:
        return True
    return line.words[0].text[:1].islower() and not stops(before.text)


def _leading(lines: Sequence[Line]) -> dict[float, float]:
    """Points from line to line, for each size of type."""
    steps: dict[float, list[float]] = defaultdict(list)
    for one, other in pairwise(lines):
        step = one.base - other.base
        if one.page == other.page and one.size == other.size and 0 < step < 2.5 * one.size:
            steps[one.size].append(step)
    return {size: median(found) for size, found in steps.items() if len(found) >= 3}


def _rights(lines: Sequence[Line]) -> list[float]:
    """For each line the right edge of the column that it stands in."""
    rights = [0.0] * len(lines)
    start = 0
    for at in range(1, len(lines) + 1):
        if at == len(lines) or not _same_column(lines[at - 1], lines[at]):
            edge = max(line.right for line in lines[start:at])
            rights[start:at] = [edge] * (at - start)
            start = at
    return rights


def _same_column(one: Line, other: Line) -> bool:
    overlap = min(one.right, other.right) - max(one.left, other.left)
    return (
        one.page == other.page and one.base > other.base and _is_alike(one, other) and overlap > 0
    )


def _vocabulary(lines: Sequence[Line]) -> frozenset[str]:
    """The words of the document that stand whole on a line."""
    return frozenset(_bare(word.text) for line in lines for word in line.words[:-1])


def _joint(left: str, right: str, words: frozenset[str]) -> str:
    """What becomes of a hyphen at the end of a line: ``drop`` it, ``keep`` it, or there is none."""
    if left[-1:] not in _HYPHENS or len(left) < 2 or not right[:1].isalnum():
        return ""
    if left[-1] == "\u00ad":
        return "drop"
    bare, rest = left[:-1].lower(), _bare(right)
    if not bare[-1:].isalpha() or not right[:1].islower() or "-" in rest:
        return "keep"
    if f"{bare}-{rest}" in words:
        return "keep"
    if f"{bare}{rest}" in words:
        return "drop"
    # both halves are words of their own here: a compound
    return "keep" if bare.strip("“‘(") in words and rest in words else "drop"


def _bare(word: str) -> str:
    return word.strip(".,;:!?\"'()“”‘’").lower()
