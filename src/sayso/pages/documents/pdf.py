"""PDF files: PDFium tells their characters and where these stand; ``typeset`` makes paragraphs."""

import math
import re
from collections.abc import Iterator
from typing import Any

from sayso.errors import InputError
from sayso.pages.documents.document import Document
from sayso.pages.documents.setting import Line, words_in
from sayso.pages.documents.typeset import document_of

#: Pages of one file.
MAX_PAGES = 2_000
#: Characters of one file.
MAX_CHARACTERS = 20_000_000
#: Characters a page from which on a file has text.
_LEAST = 20
#: Share of characters that are no letters anybody knows from which on a file cannot be read.
_UNKNOWN = 0.2
_BOLD = re.compile(r"bold|black|heavy|semibold|demi", re.IGNORECASE)
_HEAVY = 600
_LINE_HYPHEN = "\x02"


def read_pdf(name: str, data: bytes) -> Document:
    """The paragraphs of a PDF file.

    Args:
        name: the input as it was named.
        data: its bytes.

    Raises:
        InputError: it is protected, damaged, has no text (a scan), too many pages, or fonts whose
            characters cannot be told.
    """
    import pypdfium2

    try:
        file = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            reason = "is protected by a password: print it anew without one"
            raise InputError(name, reason, "encrypted") from error
        raise InputError(name, "is a damaged PDF file: print it anew", "damaged") from error
    try:
        return _document(name, file)
    finally:
        file.close()


def _document(name: str, file: Any) -> Document:
    pages = len(file)
    if not pages:
        raise InputError(name, "is a PDF file without pages", "empty")
    if pages > MAX_PAGES:
        raise InputError(
            name, f"has {pages:,} pages, more than {MAX_PAGES:,}: split it", "too_large"
        )
    lines: list[Line] = []
    characters = 0
    for number in range(pages):
        for line in lines_of(name, file, number):
            characters += len(line.text)
            lines.append(line)
        if characters > MAX_CHARACTERS:
            reason = f"has more than {MAX_CHARACTERS:,} characters: split it"
            raise InputError(name, reason, "too_long")
    if characters < _LEAST * min(pages, 10):
        reason = "is a PDF of pictures without text: run OCR over it first (ocrmypdf)"
        raise InputError(name, reason, "no_text")
    text = "".join(line.text for line in lines[:2000])
    if sum(map(_is_unknown, text)) > _UNKNOWN * len(text):
        reason = "has fonts whose letters cannot be told: run OCR over it (ocrmypdf --force-ocr)"
        raise InputError(name, reason, "binary")
    title = file.get_metadata_dict().get("Title") or None
    return document_of(lines, pages, title)


def _is_unknown(char: str) -> bool:
    return char == "\ufffd" or "\ue000" <= char <= "\uf8ff"


def lines_of(name: str, file: Any, number: int) -> Iterator[Line]:
    """The lines of a page, in the file's order; one that cannot be read is an error."""
    import pypdfium2

    try:
        page = file[number]
        text_page = page.get_textpage()
    except pypdfium2.PdfiumError as error:
        reason = f"page {number + 1} is damaged: print the file anew"
        raise InputError(name, reason, "damaged") from error
    try:
        height = page.get_height()
        for pieces, base in _rows(text_page):
            words = tuple(words_in(pieces))
            if words:
                yield Line(words, number + 1, base, height)
    finally:
        text_page.close()
        page.close()


_Piece = tuple[str, float, float, float, bool]


def _rows(page: Any) -> Iterator[tuple[list[_Piece], float]]:
    """The characters of each line with their places, and the line's own."""
    import ctypes

    import pypdfium2.raw as pdfium

    count = pdfium.FPDFText_CountChars(page)
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    origin = ctypes.c_double(), ctypes.c_double()
    matrix = pdfium.FS_MATRIX()
    pieces: list[_Piece] = []
    base: float | None = None
    bold = False
    fresh = True
    last_size = 0.0
    for at in range(count):
        char = _char(pdfium.FPDFText_GetUnicode(page, at))
        if char in "\r\n":
            if pieces:
                yield pieces, base or 0.0
            pieces, base, fresh = [], None, True
            continue
        if char.isspace() or pdfium.FPDFText_IsGenerated(page, at) == 1:
            pieces.append((" " if char.isspace() else char, 0.0, 0.0, 0.0, False))
            fresh = True
            continue
        pdfium.FPDFText_GetCharBox(page, at, left, right, bottom, top)
        size = pdfium.FPDFText_GetFontSize(page, at)
        # some programs set all type at one point and scale the page, or each line
        if pdfium.FPDFText_GetMatrix(page, at, matrix):
            size *= math.hypot(matrix.c, matrix.d) or 1.0
        if fresh:
            bold, fresh = _is_bold(page, at), False
        pdfium.FPDFText_GetCharOrigin(page, at, *origin)
        if base is not None and _is_other(last_size, size, origin[1].value - base):
            yield pieces, base
            pieces, base = [], None
        last_size = size
        if base is None:
            base = origin[1].value
        # PDFium has this in place of a hyphen and the end of its line
        ends = char == _LINE_HYPHEN
        pieces.append(("-" if ends else char, left.value, right.value, size, bold))
        if ends:
            yield pieces, base
            pieces, base, fresh = [], None, True
    if pieces:
        yield pieces, base or 0.0


def _is_other(before: float, size: float, rise: float) -> bool:
    """Whether a character is raised or lowered and smaller, or the first that no longer is."""
    return abs(rise) > 0.1 * size and abs(size - before) > 0.1 * size


def _char(code: int) -> str:
    return chr(code) if 0 < code <= 0x10FFFF and not 0xD800 <= code <= 0xDFFF else "\ufffd"


def _is_bold(page: Any, at: int) -> bool:
    import ctypes

    import pypdfium2.raw as pdfium

    if pdfium.FPDFText_GetFontWeight(page, at) >= _HEAVY:
        return True
    buffer = ctypes.create_string_buffer(128)
    pdfium.FPDFText_GetFontInfo(page, at, buffer, 128, ctypes.c_int())
    return bool(_BOLD.search(buffer.value.decode("latin-1")))
