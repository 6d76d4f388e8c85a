"""Scores the dates that Sayso reads against TIMEX3 marks in the XML of the MEANTIME corpus.

The text of a document is put together from its tokens; its first sentences are marked, so only
those are scored. Values are read against the document's creation time.
"""

import xml.etree.ElementTree as ElementTree
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sayso.errors import GoldError
from sayso.evaluation.dates import Mark, pair_dates
from sayso.pages.article import make_article
from sayso.reader.dates import find_dates, with_reference
from sayso.reader.pipeline import analyse
from sayso.records import Article, Date, Reference

#: Sentences of a document that carry marks: the title, the dateline and the first of the body.
MARKED_SENTENCES = 6


@dataclass(frozen=True)
class Document:
    """A marked document.

    Attributes:
        article: its text with the creation time as reference.
        marks: the marks that stand in the text.
        end: offset of the end of the marked sentences.
    """

    article: Article
    marks: tuple[Mark, ...]
    end: int


@dataclass
class Score:
    """Counts over documents.

    Attributes:
        marked: marks in the gold.
        read: dates read in the marked sentences.
        met: marks that a date overlaps, one to one.
        right: those whose value is the mark's.
        misses: a line for each fault: what was missed, read beyond the gold, or read otherwise.
    """

    marked: int = 0
    read: int = 0
    met: int = 0
    right: int = 0
    misses: list[str] = field(default_factory=list)

    def f1(self, hits: int) -> float:
        """F1 of so many hits."""
        return 2 * hits / (self.marked + self.read) if self.marked + self.read else 1.0

    def as_dict(self) -> dict[str, Any]:
        """The figures, as they are printed."""
        return {
            "marked": self.marked,
            "read": self.read,
            "span_precision": self.met / self.read if self.read else 1.0,
            "span_recall": self.met / self.marked if self.marked else 1.0,
            "span_f1": self.f1(self.met),
            "value_f1": self.f1(self.right),
            "value_accuracy": self.right / self.met if self.met else 1.0,
        }


def load_document(
    path: Path, sentences: int = MARKED_SENTENCES
) -> tuple[Document, dict[str, tuple[int, int]]]:
    """The document of one XML file, and the characters of its tokens by their ids.

    Raises:
        OSError, ElementTree.ParseError: the file cannot be read.
    """
    root = ElementTree.parse(path).getroot()
    blocks: list[str] = []
    places: dict[str, tuple[int, int]] = {}
    at, sentence, end, paragraph = 0, None, 0, ""
    for token in root.iter("token"):
        number = int(token.get("sentence") or 0)
        word = token.text or ""
        if sentence is None:
            separator = ""
        elif number != sentence and number <= 2:
            # Title and dateline stand apart from the body.
            blocks.append(paragraph)
            separator, paragraph = "\n\n", ""
        else:
            separator = " "
        paragraph += separator.strip("\n") + word
        at += len(separator)
        places[token.get("t_id") or ""] = (at, at + len(word))
        at += len(word)
        if number < sentences:
            end = at
        sentence = number
    blocks.append(paragraph)
    marks, created = [], None
    for timex in root.iter("TIMEX3"):
        value = timex.get("value") or ""
        if timex.get("functionInDocument") == "CREATION_TIME":
            created = value
        anchored = [places[a.get("t_id") or ""] for a in timex.iter("token_anchor")]
        if anchored and anchored[0][0] < end:
            marks.append(Mark(min(anchored)[0], max(anchored)[1], value))
    marks.sort(key=lambda mark: (mark.start, mark.end))
    kinds = ["headline", *["paragraph"] * len(blocks)]
    article = make_article(
        str(path),
        list(zip(kinds, blocks, strict=False)),  # type: ignore[arg-type]
        headline=blocks[0],
        published=created,
        reference=Reference(value=created, from_="given") if created else None,
        language="en",
    )
    return Document(article, tuple(marks), end), places


def score_dates(dates: Iterable[Date], document: Document, score: Score) -> None:
    """Add one document's dates to a score; each mark is met by at most one date, best first."""
    read = [date for date in dates if date.span.start < document.end]
    pairs = pair_dates(document.marks, read)
    name = Path(document.article.input).name[:24]
    for i, mark in enumerate(document.marks):
        if i not in pairs:
            text = document.article.text[mark.start : mark.end]
            score.misses.append(f"missed {name}  {text!r} is {mark.value}")
            continue
        date = read[pairs[i]]
        score.met += 1
        score.right += date.value == mark.value
        if date.value != mark.value:
            text = date.span.text
            score.misses.append(f"value  {name}  {text!r} is {mark.value}, read {date.value}")
    score.marked += len(document.marks)
    score.read += len(read)
    for j, date in enumerate(read):
        if j not in pairs.values():
            score.misses.append(f"beyond {name}  {date.span.text!r} read {date.value}")


def files_of(paths: Iterable[Path]) -> Iterator[Path]:
    """The XML files among the paths and below the folders among them, in order."""
    for path in paths:
        if path.is_dir():
            yield from sorted(path.rglob("*.xml"))
        else:
            yield path


def evaluate(paths: Iterable[Path]) -> Score:
    """The score over all documents of files and folders.

    Raises:
        GoldError: a file cannot be read or is no such document.
    """
    documents = []
    for path in files_of(paths):
        try:
            documents.append(load_document(path)[0])
        except (OSError, ElementTree.ParseError, KeyError, ValueError, IndexError) as error:
            raise GoldError(f"{path}: is no document with TIMEX3 marks: {error!r}") from error
    score = Score()
    for document, analysis in zip(documents, analyse(d.article for d in documents), strict=True):
        score_dates(find_dates(with_reference(analysis)), document, score)
    return score
