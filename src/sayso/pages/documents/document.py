"""What a file of an office program or a PDF says: paragraphs, and how they look."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple


class Paragraph(NamedTuple):
    """A paragraph, or what stands on a line of its own (a heading, an item, a cell of a table).

    Attributes:
        text: its words, every run of white space as one plain space; never empty.
        level: of a heading, 1 the highest (a title is 1); 0 for all others.
        item: whether it is an item of a list; the bullet or number is not in ``text``.
        bold: whether all of it is bold.
        label: the bold words that it begins with where the rest is not bold ("Byline:"), or the
            first cell of a row of a table whose second cell is the rest, as they stand in ``text``.
        size: of its type in points, where the file says so.
        page: the page or section that it stands on, from 1; 0 where the file has none.
        broken: whether a line break, and not the end of a paragraph, stands before it.
    """

    text: str
    level: int = 0
    item: bool = False
    bold: bool = False
    label: str = ""
    size: float | None = None
    page: int = 0
    broken: bool = False


@dataclass
class Document:
    """A file's paragraphs in reading order, without what is printed around each page.

    Attributes:
        paragraphs: of the body; no running heads, page numbers, notes or deleted text.
        title: the title that the file's properties state; often wrong (a name of a file).
        url: the address that is printed on every page, as a browser does.
    """

    paragraphs: list[Paragraph] = field(default_factory=list)
    title: str | None = None
    url: str | None = None


def prevailing(sizes: Iterable[tuple[float, int]]) -> float | None:
    """The size in which most characters are set; ``None`` where none are.

    Args:
        sizes: sizes of type in points, each with a number of characters.
    """
    counts: Counter[float] = Counter()
    for size, characters in sizes:
        counts[size] += characters
    return counts.most_common(1)[0][0] if counts else None
