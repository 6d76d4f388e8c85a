"""From bytes to text, and telling what kind of input a text is."""

import codecs
import re
from typing import Literal

from sayso.errors import InputError

Sniffed = Literal["html", "json", "page"]

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
#: Formats that are told by their first bytes and cannot be read.
_SIGNATURES = (
    (b"%PDF", "PDF"),
    (b"PK\x03\x04", "a ZIP archive or office document"),
    (b"{\\rtf", "RTF"),
    (b"WARC/", "WARC"),
    (b"\x1f\x8b", "gzip"),
    (b"\xd0\xcf\x11\xe0", "old office document (doc)"),
)
_UNSUPPORTED = frozenset((".odt", ".gz", ".zip", ".epub", ".mobi", ".csv", ".tsv", ".xlsx"))
#: Bytes in which a page declares its character set.
_DECLARATION = re.compile(rb"""charset\s{0,5}=\s{0,5}["']?\s{0,5}([A-Za-z0-9_.:-]{2,40})""")
_XML_DECLARATION = re.compile(rb"""<\?xml[^>]{0,200}?encoding\s{0,5}=\s{0,5}["']([\w.:-]{2,40})""")
_HTML = re.compile(
    r"\s{0,100}(?:<\?xml[^>]{0,200}>\s{0,100})?(?:<!--.{0,2000}?-->\s{0,100}){0,5}"
    r"<(?:!doctype\s{1,9}html|html|head|body|p|div|article|main|section|h1|meta|title)\b",
    re.IGNORECASE | re.DOTALL,
)
#: Share of NUL bytes up to which they are left out of a page, not taken for binary data.
MAX_NULS = 0.01
_C0 = frozenset(range(32)) - set(b"\t\n\r\f\x0b\x1b\x08\x1c\x1d\x1e\x1f")
_ODD = dict.fromkeys([*_C0, 0xFFFD])


def unsupported_suffix(suffix: str) -> bool:
    """Whether files of this suffix (with its dot) are known not to be readable."""
    return suffix.lower() in _UNSUPPORTED


def decode(name: str, data: bytes, declared: str | None = None) -> str:
    """The text of ``data``, its character set told by BOM, declaration, UTF-8 or statistics.

    Args:
        name: the input as it was named, for the message.
        data: the bytes.
        declared: the character set that came with the bytes (HTTP), if any.

    Raises:
        InputError: the bytes are binary, of a format that cannot be read, or empty.
    """
    if not data.strip():
        raise InputError(name, "is empty", code="empty")
    for signature, what in _SIGNATURES:
        if data.startswith(signature):
            raise InputError(
                name, f"is {what}: not supported yet, save it as text or HTML", code="not_html"
            )
    for mark, charset in _BOMS:
        if data.startswith(mark):
            return _checked(name, data[len(mark) :].decode(charset, "replace"))
    sparse = _utf16_without_mark(data)
    if sparse:
        return _checked(name, data.decode(sparse, "replace"))
    if b"\0" in data:
        # a stray one does a page no harm
        if b"<" not in data[:1000] or data.count(b"\0") > MAX_NULS * len(data):
            raise InputError(name, "is binary, not text", code="binary")
        data = data.replace(b"\0", b"")
    return _checked(name, _decode_8bit(name, data, declared))


def _decode_8bit(name: str, data: bytes, declared: str | None) -> str:
    stated = declared or _declared(data)
    # text that is not ASCII and yet valid UTF-8 is UTF-8, whatever the page declares
    if not (stated and data.isascii()):
        try:
            return data.decode("utf-8")
        except UnicodeDecodeError:
            pass
    if stated:
        try:
            # as browsers do: what is declared as Latin-1 is Windows-1252
            codec = codecs.lookup(stated).name
            codec = {"iso8859-1": "cp1252", "ascii": "cp1252"}.get(codec, codec)
            return data.decode(codec, "replace")
        except (LookupError, ValueError, TypeError):
            pass
    from charset_normalizer import from_bytes

    best = from_bytes(data[:200_000]).best()
    if best is None:
        raise InputError(
            name, "is binary, or its character set cannot be told: save it as UTF-8", code="binary"
        )
    return data.decode(best.encoding, "replace")


def _declared(data: bytes) -> str | None:
    head = data[:4096]
    if b"<" not in head:
        return None
    match = _XML_DECLARATION.search(head) or _DECLARATION.search(head)
    return match[1].decode("ascii", "replace") if match else None


def _utf16_without_mark(data: bytes) -> str | None:
    sample = data[:4000]
    half = max(1, len(sample) // 2)
    if sample[1::2].count(0) > 0.6 * half and not sample[::2].count(0):
        return "utf-16-le"
    if sample[::2].count(0) > 0.6 * half and not sample[1::2].count(0):
        return "utf-16-be"
    return None


def _checked(name: str, text: str) -> str:
    if not text.strip():
        raise InputError(name, "is empty", code="empty")
    sample = text[:20_000]
    odd = len(sample) - len(sample.translate(_ODD))
    if odd > 0.05 * len(sample) + 2:
        raise InputError(name, "is binary, not text", code="binary")
    return text


def clean(text: str) -> str:
    """``text`` with lone surrogates, which no JSON can hold, replaced; same length."""
    if not text.isascii() and any("\ud800" <= char <= "\udfff" for char in text):
        return "".join("\ufffd" if "\ud800" <= char <= "\udfff" else char for char in text)
    return text


def sniff(text: str, suffix: str = "") -> Sniffed:
    """What kind of input ``text`` is, by the file's suffix (with its dot) and its beginning."""
    suffix = suffix.lower()
    if suffix in (".html", ".htm", ".xhtml", ".shtml"):
        return "html"
    if suffix == ".json":
        return "json"
    head = text[:8000]
    if _HTML.match(head):
        return "html"
    if suffix in (".txt", ".text", ".md"):
        return "page"
    return "json" if _opens_json(head) else "page"


def _opens_json(head: str) -> bool:
    return bool(re.match(r'\s{0,100}(?:\{\s{0,100}"|\[\s{0,100}\{\s{0,100}")', head))
