"""Word files: mammoth turns them into HTML, and that into paragraphs.

mammoth (https://github.com/mwilliamson/python-mammoth) reads what tracked changes put in, content
controls, text boxes and lists as Word shows them, and leaves out what they deleted, headers,
footers and comments. Hidden text is taken out before, notes after.
"""

import zipfile
from io import BytesIO
from typing import Any

from sayso.errors import InputError
from sayso.pages.documents.document import Document
from sayso.pages.documents.html import read_html

#: Bytes of all of a file's text together, unpacked; a Word file of 500 articles has 15 MB.
MAX_UNPACKED = 100 * 1024 * 1024
#: Parts of a file.
MAX_PARTS = 10_000
_OLD = b"\xd0\xcf\x11\xe0"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
#: What mammoth has no element for of its own: breaks of pages, titles.
_STYLES = "br[type='page'] => hr\np[style-name='Title'] => h1:fresh"
_OFF = ("0", "false", "off", "none")
#: What else comes as a ZIP archive, by what is in it.
_OTHERS = (
    ("xl/", "an Excel file"),
    ("ppt/", "a PowerPoint file"),
    ("META-INF/", "an OpenDocument file or an e-book"),
    ("mimetype", "an OpenDocument file or an e-book"),
)


def read_docx(name: str, data: bytes) -> Document:
    """The paragraphs of a Word file; nothing that it refers to is followed.

    Args:
        name: the input as it was named.
        data: its bytes.

    Raises:
        InputError: it is none, is protected or damaged, or unpacks to more than ``MAX_UNPACKED``.
    """
    if data.startswith(_OLD):
        if "EncryptedPackage".encode("utf-16-le") in data:
            reason = "is protected by a password: open it in Word and save it without one"
            raise InputError(name, reason, "encrypted")
        reason = "is an old Word file (.doc): open it in Word or LibreOffice and save it as .docx"
        raise InputError(name, reason, "not_supported")
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            held = _parts(name, archive)
        return _document(held)
    except (InputError, MemoryError):
        raise
    except (
        Exception
    ) as error:  # whatever zipfile, lxml and mammoth stumble over: that checks nothing
        reason = "is a damaged Word file: open it in Word and save it anew"
        raise InputError(name, reason, "damaged") from error


def _parts(name: str, archive: zipfile.ZipFile) -> dict[str, bytes]:
    """The parts that hold text and style; pictures and what is embedded stay where they are."""
    parts = archive.infolist()
    if len(parts) > MAX_PARTS:
        raise InputError(name, f"has more than {MAX_PARTS:,} parts", "bomb")
    names = [part.filename for part in parts]
    if not any(one.startswith("word/") for one in names):
        others = (what for start, what in _OTHERS if any(one.startswith(start) for one in names))
        what = next(others, "a ZIP archive")
        reason = f"is {what}, no Word file: save it as .docx, PDF or text"
        raise InputError(name, reason, "not_supported")
    held: dict[str, bytes] = {}
    left = MAX_UNPACKED
    for part in parts:
        if part.filename.endswith((".xml", ".rels")) and "/embeddings/" not in part.filename:
            with archive.open(part) as stream:
                read = stream.read(left + 1)
            left -= len(read)
            if left < 0:
                reason = f"unpacks to more than {MAX_UNPACKED // 2**20} MB: split it"
                raise InputError(name, reason, "bomb")
            if b"<!DOCTYPE" in read or b"<!ENTITY" in read:
                # no program that writes Word files declares entities
                raise InputError(name, "declares entities, as no Word file does", "bomb")
            held[part.filename] = read
    return held


def _document(parts: dict[str, bytes]) -> Document:
    from mammoth import convert_to_html
    from mammoth.images import img_element

    for part, text in parts.items():
        if part.startswith("word/") and b"vanish" in text:
            parts[part] = _shown(text)
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for part, text in parts.items():
            archive.writestr(part, text)
    made = convert_to_html(
        file,
        style_map=_STYLES,
        convert_image=img_element(lambda image: {}),
        ignore_empty_paragraphs=False,
    )
    document = read_html(_without_notes(made.value))
    document.title = _title(parts.get("docProps/core.xml"))
    return document


def _shown(part: bytes) -> bytes:
    """A part without the runs that are hidden."""
    from lxml import etree

    tree = etree.fromstring(part, etree.XMLParser(resolve_entities=False, huge_tree=True))
    for mark in list(tree.iter(f"{_W}vanish")):
        run = mark.getparent().getparent()
        if run is not None and run.tag == f"{_W}r" and mark.get(f"{_W}val") not in _OFF:
            for child in list(run):
                run.remove(child)
    return bytes(etree.tostring(tree))


def _without_notes(html: str) -> str:
    """The HTML without notes and the marks that lead to them."""
    if "note-" not in html:
        return html
    from lxml import html as lxml_html

    tree = lxml_html.fragment_fromstring(html, create_parent="div")
    for element in list(tree.iter("sup", "li")):
        ids = [element.get("id") or "", *(a.get("id") or "" for a in element.iterfind("a"))]
        if any(one.startswith(("footnote-", "endnote-")) for one in ids):
            element.drop_tree()
    return str(lxml_html.tostring(tree, encoding="unicode"))


def _title(part: bytes | None) -> str | None:
    from lxml import etree

    if part is None:
        return None
    tree: Any = etree.fromstring(part, etree.XMLParser(resolve_entities=False))
    return tree.findtext("{http://purl.org/dc/elements/1.1/}title") or None
