"""Paragraphs out of runs of text, lines, cells and rows, in the order in which a file has them."""

from sayso.pages.documents.document import Paragraph, prevailing
from sayso.pages.lines import BULLETS, plain

#: Characters of the longest label.
LABEL = 40
_BULLETS = f"{BULLETS}·\uf0b7\uf0a7"


class Builder:
    """Takes what a file says piece by piece; ``paragraphs`` holds what is whole.

    What a paragraph is (``level``, ``item``) is set before it ends; ``page`` stays.
    """

    def __init__(self) -> None:
        self.paragraphs: list[Paragraph] = []
        self.page = 1
        self.level = 0
        self.item = False
        self._runs: list[tuple[str, bool, float | None]] = []
        self._broken = False
        self._row: list[list[Paragraph]] | None = None
        self._cell: list[Paragraph] | None = None
        self._aside: list[Paragraph] = []

    def text(self, text: str, *, bold: bool = False, size: float | None = None) -> None:
        """More of the paragraph; its size in points."""
        if text:
            self._runs.append((text, bold, size))

    def cut(self) -> None:
        """Take the last character of the paragraph back: a hyphen that only ended a line."""
        if self._runs:
            text, bold, size = self._runs[-1]
            self._runs[-1] = text[:-1], bold, size

    def end(self) -> None:
        """The paragraph ends."""
        self._flush()
        self._keep(self._aside)
        self._aside = []
        self._broken = False
        self.level, self.item = 0, False

    def line(self) -> None:
        """The line ends, the paragraph does not."""
        held = self.level, self.item
        self._flush()
        self.level, self.item = held
        self._broken = True

    def aside(self, paragraphs: list[Paragraph]) -> None:
        """What stands in a box beside the paragraph comes after it."""
        self._aside += paragraphs

    def cell(self) -> None:
        """The cell ends, and what comes is of the next one, or of no table."""
        self.end()
        if self._row is None:
            self._row = []
        self._row.append(self._cell or [])
        self._cell = None

    def in_cell(self) -> None:
        """What comes, to the end of the cell, is of one."""
        if self._cell is None:
            self.end()
            self._cell = []

    def row(self) -> None:
        """The row ends."""
        self.end()
        if self._cell:
            self.cell()
        self._cell = None
        cells, self._row = self._row or [], None
        if len(cells) == 2 and len(cells[0]) == 1 and cells[1] and len(cells[0][0].text) <= LABEL:
            label, first = cells[0][0].text, cells[1][0]
            self.paragraphs.append(first._replace(text=f"{label} {first.text}", label=label))
            self.paragraphs += cells[1][1:]
        else:
            for cell in cells:
                self.paragraphs += cell

    def finish(self) -> list[Paragraph]:
        """The file ends: all paragraphs."""
        self.end()
        self.row()
        return self.paragraphs

    def _flush(self) -> None:
        runs, self._runs = self._runs, []
        text = plain(_paired("".join(run[0] for run in runs)))
        if text[:1] in _BULLETS and text[1:2] == " ":
            text, self.item = text[2:], True
        if not text:
            return
        bold, label = _boldness(runs, text)
        item = self.item and not self.level
        size = prevailing((size, len(run.strip())) for run, _, size in runs if size)
        self._keep([Paragraph(text, self.level, item, bold, label, size, self.page, self._broken)])

    def _keep(self, paragraphs: list[Paragraph]) -> None:
        held = self.paragraphs if self._cell is None else self._cell
        held += paragraphs


def _paired(text: str) -> str:
    """``text`` with the halves of characters that some files write one by one put together."""
    if text.isascii():
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _boldness(runs: list[tuple[str, bool, float | None]], text: str) -> tuple[bool, str]:
    """Whether all of a paragraph is bold, and the label that it begins with where not."""
    beginning = ""
    for run, bold, _ in runs:
        if not bold and run.strip():
            break
        beginning += run
    else:
        return bool(beginning.strip()), ""
    label = plain(beginning)
    return False, label if 0 < len(label) <= LABEL and text.startswith(label) else ""
