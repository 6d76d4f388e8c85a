"""PDF, Word and RTF files → their paragraphs (``Document``) → the articles in them."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal

from sayso.errors import InputError

if TYPE_CHECKING:
    from sayso.pages.documents.document import Document
    from sayso.pages.options import Options
    from sayso.records import Article

DocumentKind = Literal["pdf", "docx", "rtf"]

#: The first bytes by which they are told; an old Word file is told apart by its reader.
_SIGNATURES: tuple[tuple[bytes, DocumentKind], ...] = (
    (b"%PDF-", "pdf"),
    (b"PK\x03\x04", "docx"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "docx"),
    (b"{\\rtf", "rtf"),
)


def document_kind(data: bytes) -> DocumentKind | None:
    """What kind of document bytes are, by the first of them; ``None`` for any other input."""
    head = data[:1024].removeprefix(b"\xef\xbb\xbf").lstrip()
    return next((kind for signature, kind in _SIGNATURES if head.startswith(signature)), None)


def read_document(name: str, data: bytes, kind: DocumentKind) -> "Document":
    """The paragraphs of a file.

    Raises:
        InputError: it cannot be read; its ``code`` says why.
    """
    if kind == "pdf":
        from sayso.pages.documents.pdf import read_pdf

        return read_pdf(name, data)
    if kind == "docx":
        from sayso.pages.documents.docx import read_docx

        return read_docx(name, data)
    from sayso.pages.documents.rtf import read_rtf

    return read_rtf(name, data)


def articles_in_document(
    name: str, data: bytes, kind: DocumentKind, options: "Options"
) -> Iterator["Article | InputError"]:
    """The articles of a file: one, or those of a press database's export (``export.rtf#3``).

    With no limit of time or memory; ``pages.guarded`` sets them.

    Raises:
        InputError: there is none.
    """
    from sayso.pages.documents.articles import articles_of

    return articles_of(name, read_document(name, data, kind), options)
