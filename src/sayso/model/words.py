"""From text to the model's input: words, word pieces and windows of whole paragraphs.

The model labels words. A word is a run of letters and digits (with an inner apostrophe) or one
other mark; each is cut into word pieces by the tokenizer and stands for its first piece. Words that
have no piece (control characters) are left out, so a label never falls on them.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?|[^\w\s]|_")
_SENTENCE_END = frozenset(".!?")
_CLOSING = frozenset("\"”’')]")
_OPENS, _CLOSES, _TOGGLES = frozenset("“«„"), frozenset("”»"), frozenset('"')

SHAPES = ("mark", "lower", "title", "upper", "digit", "mixed")
LONGEST_WORD = 64
"""Characters; longer runs are cut, so that one word never fills memory."""

Encode = Callable[[Sequence[Sequence[str]]], Sequence[Sequence[Sequence[int]]]]
"""Word pieces (ids) of each word of each paragraph."""


@dataclass(frozen=True)
class Paragraph:
    """The words of one paragraph.

    Attributes:
        spans: start and end of each word, in characters of the article's text.
        texts: the words.
        shapes: index into `SHAPES` of each word.
        quoted: 1 for each word between quotation marks (marks too), else 0.
        pieces: ids of the pieces of each word, at least one each.
    """

    spans: tuple[tuple[int, int], ...]
    texts: tuple[str, ...]
    shapes: tuple[int, ...]
    quoted: tuple[int, ...]
    pieces: tuple[Sequence[int], ...]


@dataclass(frozen=True)
class Window:
    """What the model sees at once: paragraphs (or parts of one) up to a number of pieces.

    Attributes:
        spans, texts: of each word, as in `Paragraph`.
        paragraph: number of the paragraph of each word, within the window.
        first: position in `ids` of each word's first piece.
        ids, shapes, quoted: of each piece, with the marks at the beginning, between and at the
            end.
    """

    spans: tuple[tuple[int, int], ...]
    texts: tuple[str, ...]
    paragraph: tuple[int, ...]
    first: tuple[int, ...]
    ids: tuple[int, ...]
    shapes: tuple[int, ...]
    quoted: tuple[int, ...]


def shape(word: str) -> int:
    """The index in `SHAPES` of a word's letters."""
    if word.isdigit():
        return 4
    if not word[0].isalnum():
        return 0
    if word.islower():
        return 1
    if len(word) > 1 and word.isupper():
        return 3
    if word[0].isupper() and (len(word) == 1 or word[1:].islower()):
        return 2
    return 5


def _quoted(words: Sequence[str]) -> tuple[int, ...]:
    inside, marks = False, []
    for word in words:
        if word in _OPENS or (word in _TOGGLES and not inside):
            inside = True
            marks.append(1)
        elif word in _CLOSES or word in _TOGGLES:
            inside = False
            marks.append(1)
        else:
            marks.append(int(inside))
    return tuple(marks)


def paragraphs(text: str, blocks: Sequence[tuple[int, int]], encode: Encode) -> list[Paragraph]:
    """The words of each block (start, end) of a text; offsets in characters of the text."""
    split = []
    for start, end in blocks:
        spans = [
            (at, min(at + LONGEST_WORD, match.end()))
            for match in WORD.finditer(text, start, end)
            for at in range(match.start(), match.end(), LONGEST_WORD)
        ]
        split.append((spans, [text[a:b] for a, b in spans]))
    made = []
    for (spans, words), pieces in zip(split, encode([w for _, w in split]), strict=True):
        kept = [i for i, ids in enumerate(pieces) if ids]
        quoted = _quoted(words)
        made.append(
            Paragraph(
                tuple(spans[i] for i in kept),
                tuple(words[i] for i in kept),
                tuple(shape(words[i]) for i in kept),
                tuple(quoted[i] for i in kept),
                tuple(pieces[i] for i in kept),
            )
        )
    return made


def _parts(paragraph: Paragraph, limit: int) -> Iterator[tuple[int, int]]:
    """Word ranges of at most `limit` pieces, cut after a sentence's end where there is one."""
    start = 0
    size, last_end = 0, 0
    sizes = [len(p) for p in paragraph.pieces]
    position = 0
    while position < len(sizes):
        if size + sizes[position] > limit and position > start:
            cut = last_end if last_end > start else position
            yield start, cut
            start, size = cut, sum(sizes[cut:position])
            continue
        size += sizes[position]
        word = paragraph.texts[position]
        position += 1
        if word in _SENTENCE_END or (
            word in _CLOSING and position > 1 and paragraph.texts[position - 2] in _SENTENCE_END
        ):
            last_end = position
    if start < len(sizes):
        yield start, len(sizes)


def windows(made: Sequence[Paragraph], limit: int, begin: int, part: int) -> Iterator[Window]:
    """Windows of consecutive paragraphs.

    Args:
        made: the paragraphs of one article.
        limit: most word pieces a window.
        begin: id of the piece that begins a window.
        part: id of the piece that ends a paragraph.
    """
    chosen: list[tuple[Paragraph, int, int]] = []
    size = 0
    for paragraph in made:
        for start, end in _parts(paragraph, limit):
            pieces = sum(len(p) for p in paragraph.pieces[start:end]) + 1
            if chosen and size + pieces > limit:
                yield _window(chosen, begin, part)
                chosen, size = [], 0
            chosen.append((paragraph, start, end))
            size += pieces
    if chosen:
        yield _window(chosen, begin, part)


def _window(chosen: Sequence[tuple[Paragraph, int, int]], begin: int, part: int) -> Window:
    spans: list[tuple[int, int]] = []
    texts: list[str] = []
    number: list[int] = []
    first: list[int] = []
    ids, shapes, quoted = [begin], [0], [0]
    for order, (paragraph, start, end) in enumerate(chosen):
        for i in range(start, end):
            spans.append(paragraph.spans[i])
            texts.append(paragraph.texts[i])
            number.append(order)
            first.append(len(ids))
            for piece in paragraph.pieces[i]:
                ids.append(piece)
                shapes.append(paragraph.shapes[i])
                quoted.append(paragraph.quoted[i])
        ids.append(part)
        shapes.append(0)
        quoted.append(0)
    return Window(
        tuple(spans),
        tuple(texts),
        tuple(number),
        tuple(first),
        tuple(ids),
        tuple(shapes),
        tuple(quoted),
    )
