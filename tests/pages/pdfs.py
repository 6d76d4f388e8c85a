"""PDF files for the tests, written by hand: what stands where, in which type."""

import zlib
from collections.abc import Sequence
from typing import NamedTuple

WIDTH, HEIGHT = 400, 600


class Set(NamedTuple):
    """A line as it is set: points from the page's left and bottom edge."""

    text: str
    left: float = 50
    base: float = 500
    size: float = 10
    font: str = "F1"


def column(
    *lines: str, left: float = 50, top: float = 520, size: float = 10, font: str = "F1"
) -> list[Set]:
    """Lines one below the other; one that begins with a tab is indented, an empty one is a gap."""
    made, base = [], top
    for line in lines:
        if line:
            made.append(Set(line.lstrip("\t"), left + 15 * line.startswith("\t"), base, size, font))
        base -= 1.2 * size
    return made


def _shown(line: Set, scaled: bool) -> bytes:
    text = (
        line.text.encode("cp1252")
        .replace(b"\\", rb"\\")
        .replace(b"(", rb"\(")
        .replace(b")", rb"\)")
    )
    if scaled:
        place = (line.font.encode(), line.size, line.size, line.left, line.base, text)
        return b"BT /%s 1 Tf %g 0 0 %g %g %g Tm (%s) Tj ET" % place
    return b"BT /%s %g Tf %g %g Td (%s) Tj ET" % (
        line.font.encode(),
        line.size,
        line.left,
        line.base,
        text,
    )


def pdf(
    *pages: Sequence[Set],
    title: str | None = None,
    packed: bool = False,
    scaled: bool = False,
    more: bytes = b"",
) -> bytes:
    """A PDF file with a line of content for each line that is set.

    ``scaled``: the type is of one point, and each line scaled to its size, as macOS writes.
    """
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count %d/Kids[%s]>>"
        % (len(pages), b" ".join(b"%d 0 R" % (6 + 2 * at) for at in range(len(pages)))),
        *(
            b"<</Type/Font/Subtype/Type1/BaseFont/%s/Encoding/WinAnsiEncoding>>" % font
            for font in (b"Helvetica", b"Helvetica-Bold")
        ),
        b"<</Title(%s)>>" % (title or "").encode("cp1252"),
    ]
    for at, lines in enumerate(pages):
        content = b"\n".join([*(_shown(line, scaled) for line in lines), more])
        filter_ = b"/Filter/FlateDecode" if packed else b""
        content = zlib.compress(content) if packed else content
        objects += [
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 %d %d]/Contents %d 0 R/Resources"
            b"<</Font<</F1 3 0 R/F2 4 0 R>>>>>>" % (WIDTH, HEIGHT, 7 + 2 * at),
            b"<</Length %d%s>>stream\n%s\nendstream" % (len(content), filter_, content),
        ]
    return assembled(objects)


def assembled(objects: Sequence[bytes]) -> bytes:
    """The file of numbered objects: the first is the catalogue, the fifth the properties."""
    file, places = b"%PDF-1.7\n", []
    for number, held in enumerate(objects, 1):
        places.append(len(file))
        file += b"%d 0 obj\n%s\nendobj\n" % (number, held)
    start = len(file)
    file += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    file += b"".join(b"%010d 00000 n \n" % place for place in places)
    info = b"/Info 5 0 R" if len(objects) >= 5 else b""
    file += b"trailer<</Size %d/Root 1 0 R%s>>\n" % (len(objects) + 1, info)
    return file + b"startxref\n%d\n%%%%EOF\n" % start
