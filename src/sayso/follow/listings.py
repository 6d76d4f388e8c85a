"""From the bytes of a feed, a sitemap or a list to the pages that it names.

Nothing here goes to the network: feedparser is given bytes, and the XML of sitemaps is read without
entities, external or not. What comes of it is plain text of bounded length, and addresses that may
be asked for.
"""

import re
import zlib
from collections.abc import Iterator
from html import unescape
from io import BytesIO
from itertools import islice
from typing import Any
from urllib.parse import urljoin

import msgspec

from sayso.errors import InputError
from sayso.follow.settings import fault_of
from sayso.pages.decoding import decode
from sayso.pages.lines import plain
from sayso.pages.metadata import any_date, author_names
from sayso.pages.options import Stated

#: Bytes of a feed, of a sitemap (unpacked; as sitemaps.org has it), of a list.
MAX_FEED, MAX_SITEMAP, MAX_LIST = 5 * 2**20, 50 * 2**20, 10 * 2**20
#: Pages of one document; as sitemaps.org has it.
MAX_PAGES = 50_000
#: Entries of a feed above which it is refused: feedparser takes 0.3 ms for each.
MAX_ENTRIES = 5_000
#: Nesting above which a sitemap is refused.
MAX_DEPTH = 100
MAX_TITLE = 500
_TAG = re.compile(r"<[^<>]{0,2000}>")
_ENTRY = re.compile(rb"<(?:[\w-]{1,20}:)?(?:item|entry)\b", re.IGNORECASE)
_HTML = re.compile(
    rb"\s{0,100}(?:<!--.{0,2000}?-->\s{0,100})?<(?:!doctype\s{1,9}html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)


class Listed(msgspec.Struct, frozen=True):
    """A page as a document lists it.

    Attributes:
        url: its address.
        mark: what changes when the page does: the document's date of its last change.
        stated: what the document says of it.
    """

    url: str
    mark: str | None = None
    stated: Stated = Stated()


class Listing(msgspec.Struct):
    """What a document lists.

    Attributes:
        pages: in its order.
        sitemaps: of an index, its sitemaps.
        whole: false where the document was damaged and there may be more.
    """

    pages: list[Listed] = []
    sitemaps: list[Listed] = []
    whole: bool = True


def of_feed(name: str, data: bytes, url: str, content_type: str = "") -> Listing:
    """The entries of an RSS or Atom feed.

    Args:
        name: what to call it.
        data: its bytes.
        url: where it came from, to complete addresses.
        content_type: as the server states it.

    Raises:
        InputError: it is no feed.
    """
    if not data.strip():
        raise InputError(name, "is empty")
    if _HTML.match(data[:8000]):
        raise InputError(name, "is a web page (HTML), no feed: look there for the feed's address")
    if data.lstrip()[:1] in b"{[":
        raise InputError(name, "is JSON, no RSS or Atom feed: give the address of one of those")
    if sum(1 for _ in islice(_ENTRY.finditer(data), MAX_ENTRIES + 1)) > MAX_ENTRIES:
        raise InputError(name, f"has more than {MAX_ENTRIES} entries: follow its sitemap instead")
    try:
        found, whole = _parsed(data, url, content_type)
        # Atom's "updated" is no date of publication, RSS 1.0 has no other
        dates = ("published",) if found.version.startswith("atom") else ("published", "updated")
        pages = [page for entry in found.entries if (page := _of_entry(entry, url, dates))]
    except Exception as error:  # feedparser fails in many ways on damaged feeds
        raise InputError(name, f"is damaged beyond reading ({type(error).__name__})") from error
    if not found.version and not found.entries:
        fault = found.get("bozo_exception")
        why = f" ({' '.join(str(fault).split())[:120]})" if fault else ""
        raise InputError(name, f"is no RSS or Atom feed{why}: is the address right?")
    return Listing(pages=_once(pages), whole=whole)


def _parsed(data: bytes, url: str, content_type: str) -> tuple[Any, bool]:
    """What feedparser makes of a feed, and whether the feed is sound."""
    import feedparser

    # a stream: a text or bytes might be taken for a name to open
    found: Any = feedparser.parse(
        BytesIO(data),
        response_headers={"content-type": content_type, "content-location": url},
        resolve_relative_uris=False,
        sanitize_html=False,
    )
    # another character set or media type than the declared one is no damage
    harmless = feedparser.CharacterEncodingOverride | feedparser.NonXMLContentType
    return found, not found.bozo or isinstance(found.bozo_exception, harmless)


def _of_entry(entry: Any, base: str, dates: tuple[str, ...]) -> Listed | None:
    link = entry.get("link")
    if not isinstance(link, str) or not (address := _address(base, link)):
        return None
    # without "dict" feedparser answers for one date with the other
    published = next((_date(dict.get(entry, name)) for name in dates if name in entry), None)
    authors = [str(one.get("name") or "") for one in entry.get("authors", []) if one]
    stated = Stated(
        title=_text(entry.get("title")),
        published=published,
        authors=author_names([_text(name) or "" for name in authors[:20]]),
    )
    return Listed(address, str(dict.get(entry, "updated") or "")[:100] or None, stated)


def of_sitemap(name: str, data: bytes, url: str) -> Listing:
    """The pages of a sitemap, or the sitemaps of an index.

    See https://www.sitemaps.org/protocol.html; dates and titles are those of Google's extension
    for news.

    Raises:
        InputError: it is no sitemap, or beyond the limits.
    """
    if data.startswith(b"\x1f\x8b"):
        data = _unpacked(name, data)
    if not data.strip():
        raise InputError(name, "is empty")
    if _HTML.match(data[:8000]):
        raise InputError(name, "is a web page (HTML), no sitemap: is the address right?")
    from lxml import etree

    listing = Listing()
    root = ""
    try:
        for element, depth in _elements(name, data):
            tag = _tag(element)
            root = root or (tag if depth == 1 else "")
            if depth == 2 and tag in ("url", "sitemap"):
                into = listing.pages if tag == "url" else listing.sitemaps
                if len(into) < MAX_PAGES and (one := _of_element(element, url)):
                    into.append(one)
    except etree.XMLSyntaxError as error:
        if not listing.pages and not listing.sitemaps:
            raise InputError(name, f"is no sitemap: {error.msg}") from error
        listing.whole = False
    if listing.whole and root not in ("urlset", "sitemapindex"):
        raise InputError(name, f"is no sitemap: it is <{root}>")
    listing.pages = _once(listing.pages)
    return listing


def _elements(name: str, data: bytes) -> Iterator[tuple[Any, int]]:
    """Elements as they end, with their depth; those of the second level are emptied afterwards."""
    from lxml import etree

    depth = 0
    events = etree.iterparse(
        BytesIO(data),
        events=("start", "end"),
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
    )
    for event, element in events:
        if event == "start":
            if depth == 0 and element.getroottree().docinfo.doctype:
                raise InputError(name, "declares a document type, as no sitemap does: not read")
            depth += 1
            if depth > MAX_DEPTH:
                raise InputError(name, f"is nested more than {MAX_DEPTH} deep: it is no sitemap")
            continue
        yield element, depth
        if depth == 2:
            parent = element.getparent()
            element.clear()
            while parent is not None and element.getprevious() is not None:
                del parent[0]
        depth -= 1


def _tag(element: Any) -> str:
    """The name of an element without its namespace, known or not."""
    return str(element.tag).rpartition("}")[2].rpartition(":")[2]


def _of_element(element: Any, base: str) -> Listed | None:
    found: dict[str, str] = {}
    for child in element.iter("{*}loc", "{*}lastmod", "{*}publication_date", "{*}title"):
        # an image or a video has its own
        if "/sitemap-image/" in child.tag or "/sitemap-video/" in child.tag:
            continue
        found.setdefault(_tag(child), (child.text or "").strip())
    address = _address(base, found.get("loc", ""))
    if not address:
        return None
    stated = Stated(
        title=_text(found.get("title")),
        published=_date(found.get("publication_date")),
    )
    return Listed(address, found.get("lastmod", "")[:100] or None, stated)


def of_list(name: str, data: bytes) -> Listing:
    """The addresses of a text with one a line; a line that begins with ``#`` is a remark.

    Raises:
        InputError: it is no text, too large, or a line is no address.
    """
    if len(data) > MAX_LIST:
        raise InputError(name, f"is larger than {MAX_LIST // 2**20} MB: split it")
    if not data.strip():
        return Listing()
    if _HTML.match(data[:8000]):
        raise InputError(name, "is a web page (HTML), no list of addresses: one a line is expected")
    pages = []
    for number, line in enumerate(decode(name, data).splitlines(), 1):
        address = line.strip()
        if not address or address.startswith("#"):
            continue
        if fault := fault_of(address):
            raise InputError(name, f"line {number}: {address[:100]!r} {fault}")
        pages.append(Listed(address))
    if len(pages) > MAX_PAGES:
        raise InputError(name, f"has more than {MAX_PAGES} addresses: split it")
    return Listing(pages=_once(pages))


def _unpacked(name: str, data: bytes) -> bytes:
    unzip = zlib.decompressobj(16 + zlib.MAX_WBITS)
    try:
        found = unzip.decompress(data, MAX_SITEMAP + 1)
    except zlib.error as error:
        raise InputError(name, f"is damaged gzip: {error}") from error
    if len(found) > MAX_SITEMAP:
        raise InputError(name, f"unpacks to more than {MAX_SITEMAP // 2**20} MB, the limit")
    if not unzip.eof:
        raise InputError(name, "is gzip that breaks off before its end")
    return found


def _address(base: str, link: str) -> str | None:
    """An address that may be asked for, without its fragment."""
    try:
        address = urljoin(base, link.strip()).partition("#")[0]
    except ValueError:
        return None
    return None if fault_of(address) else address


def _text(value: object) -> str | None:
    """Plain text of a title, which may hold HTML, once or twice escaped."""
    if not isinstance(value, str):
        return None
    text = plain(unescape(_TAG.sub(" ", unescape(value[: 4 * MAX_TITLE]))))
    return text[:MAX_TITLE] or None


def _date(value: object) -> str | None:
    return any_date(value) if isinstance(value, str) else None


def _once(pages: list[Listed]) -> list[Listed]:
    return list({page.url: page for page in reversed(pages)}.values())[::-1]
