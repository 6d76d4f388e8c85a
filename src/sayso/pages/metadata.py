"""What an HTML page states of itself in its head: JSON-LD, OpenGraph and other meta elements."""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from html import unescape
from typing import Any
from urllib.parse import urlsplit

from sayso.pages.datelines import stated_dates
from sayso.pages.furniture import is_outlet, names_nobody
from sayso.pages.lines import plain
from sayso.pages.options import iso_date

_ARTICLE_TYPES = ("article", "report", "blogposting", "liveblogposting", "webpage", "review")
_TITLE_KEYS = ("og:title", "twitter:title", "dc.title", "parsely-title", "sailthru.title")
_DATE_KEYS = (
    "article:published_time", "og:published_time", "datepublished", "date", "pubdate",
    "publishdate", "publish-date", "publish_date", "parsely-pub-date", "sailthru.date", "dc.date",
    "dc.date.issued", "dcterms.date", "dcterms.created", "article.published", "published_at",
    "cxenseparse:recs:publishtime", "rnews:datepublished", "article:published", "article.created",
    "article_date_original", "article:post_date", "publicationdate", "publication_date",
    "published", "published_time", "published-date", "published_date", "originalpublicationdate",
    "pub_date",
    "dateposted", "datecreated", "displaydate", "dc.date.created", "dc.date.available",
    "citation_date", "citation_publication_date", "citation_online_date", "prism.publicationdate",
    "bt:pubdate", "vr:published_time", "ptime", "created", "release_date", "sort_date", "timestamp",
)  # fmt: skip
_AUTHOR_KEYS = (
    "author",
    "article:author",
    "byl",
    "dc.creator",
    "parsely-author",
    "sailthru.author",
    "author.name",
    "article_author",
    "cse_author",
    "dcsext.author",
    "dcterms.creator",
    "citation_author",
    "cxenseparse:author",
    "rnews:author",
)
_PUBLISHER_KEYS = ("og:site_name", "application-name", "dc.publisher", "publisher")
_SECTION_KEYS = ("article:section", "parsely-section", "section", "cxenseparse:recs:category")
#: What systems write where they know no date.
_NO_DATES = ("0", "1900-01-01", "1970-01-01")
#: Seconds or milliseconds since 1970.
_EPOCH = re.compile(r"1\d{9}(?:\d{3})?")
_BRACKETS = re.compile(r"\([^()]{0,80}\)")
_NAMES = re.compile(r"\s?[;|]\s?|\s?,\s(?=[A-Z])|\s(?:and|&)\s")
_AROUND_JSON = re.compile(r"<!--|-->|(?://|/\*)?\s?<!\[CDATA\[(?:\*/)?|(?://|/\*)?\s?\]\]>(?:\*/)?")
_COMMA = re.compile(r",\s{0,99}([}\]])")
#: Characters of one JSON-LD text that are read.
_MOST_JSON = 2_000_000
#: Nesting of JSON-LD that is followed.
_DEPTH = 6


@dataclass
class Metadata:
    """The fields of a page's head; ``titles`` from the most to the least trusted."""

    titles: list[str] = field(default_factory=list)
    authors: tuple[str, ...] = ()
    published: str | None = None
    publisher: str | None = None
    section: str | None = None
    url: str | None = None
    body: str | None = None


def metadata_of(tree: Any) -> Metadata:
    """The metadata of a parsed page (an lxml tree); fields it does not state stay empty."""
    found = Metadata()
    records, known = _records(tree)
    for record in records:
        _from_json_ld(found, record, known)
    metas = _metas(tree)
    found.titles += [metas[key] for key in _TITLE_KEYS if key in metas]
    found.titles += [plain(text) for text in tree.xpath("//head/title/text()")[:1] if plain(text)]
    found.publisher = found.publisher or _first(metas, _PUBLISHER_KEYS)
    found.section = found.section or _first(metas, _SECTION_KEYS)
    if not found.published:
        dates = (any_date(metas[key]) for key in _DATE_KEYS if key in metas)
        found.published = next((value for value in dates if value), None)
    if not _people(found.authors, found.publisher, None):
        authors = (author_names(metas[key]) for key in _AUTHOR_KEYS if key in metas)
        found.authors = next((names for names in authors if names), ())
    links = tree.xpath("//link[@rel='canonical']/@href")[:1]
    address = str(links[0]).strip() if links else metas.get("og:url", "")
    found.url = address if re.match(r"https?://[^\s/]", address) else None
    found.authors = _people(found.authors, found.publisher, found.url)
    return found


def any_date(text: str) -> str | None:
    """``text`` as an ISO 8601 date or date-time, whatever the common way it is written in."""
    text = plain(text)[:80]
    iso = iso_date(text)
    if iso:
        return None if iso.startswith(_NO_DATES) else iso
    if _EPOCH.fullmatch(text):
        return datetime.fromtimestamp(int(text[:10]), UTC).isoformat()
    if re.fullmatch(r"\d{8}(?:T\d{4,6}(?:Z|[+-]\d{4})?)?", text):
        try:
            moment = datetime.fromisoformat(text)
        except ValueError:
            return None
        return moment.isoformat() if "T" in text else moment.date().isoformat()
    if re.match(r"[A-Za-z]{3},? \d", text):
        try:
            return parsedate_to_datetime(text).isoformat()
        except (ValueError, TypeError, IndexError, OverflowError):
            pass
    dates = stated_dates(text)
    return dates[0].value if dates and not dates[0].rest else None


def author_names(value: object, known: dict[str, str] | None = None) -> tuple[str, ...]:
    """The names in a metadata value: a text, a person, or a list of them; no addresses.

    Args:
        value: the value of the field.
        known: names by the ``@id`` under which the page states them elsewhere.
    """
    names: list[str] = []
    for item in value if isinstance(value, list) else [value]:
        name = item.get("name") if isinstance(item, dict) else item
        if isinstance(item, dict) and not name:
            name = (known or {}).get(str(item.get("@id")))
        if isinstance(name, list):
            names += author_names(name, known)
        elif isinstance(name, str) and name.lstrip().startswith(("{", "[")):
            # an object that was written as a text
            names += author_names(_json(name) or "", known)
        elif isinstance(name, str):
            text = _BRACKETS.sub(" ", plain(unescape(unescape(name)))[:300])
            parts = _NAMES.split(text)
            names += [re.sub(r"^[Bb][Yy]:?\s", "", part).strip(" ,.|") for part in parts]
    kept = (name for name in names if name and "://" not in name and "@" not in name)
    return tuple(dict.fromkeys(name for name in kept if any(map(str.isalpha, name))))


def _people(names: tuple[str, ...], publisher: str | None, address: str | None) -> tuple[str, ...]:
    """``names`` without the publisher and what names nobody; outlets where no person is left."""
    site = urlsplit(address or "").netloc.lower().removeprefix("www.")
    own = {squashed(publisher or ""), squashed(site), squashed(site.rpartition(".")[0])}
    people = [
        name
        for name in names
        if squashed(name) not in own and not names_nobody(name) and "www." not in name
    ]
    persons = [name for name in people if not is_outlet(name) and " " in name]
    # beside the publisher single words are its town and its country
    return tuple(persons or (people if len(people) == len(names) else ()))


def squashed(name: str) -> str:
    """``name`` as an address may have it: its letters and digits alone, without "The"."""
    return "".join(filter(str.isalnum, name.casefold().removeprefix("the ")))


def _first(metas: dict[str, str], keys: Iterable[str]) -> str | None:
    return next((metas[key] for key in keys if metas.get(key)), None)


def _metas(tree: Any) -> dict[str, str]:
    metas: dict[str, str] = {}
    for element in tree.xpath("//meta[@content]")[:500]:
        key = element.get("property") or element.get("name") or element.get("itemprop") or ""
        value = plain(element.get("content"))
        if key and value:
            metas.setdefault(key.strip().lower(), value)
    return metas


def _json(text: str) -> object:
    """The value of a JSON text as pages have it: in comments, or with commas too many."""
    text = _AROUND_JSON.sub("", text.strip()[:_MOST_JSON]).strip().rstrip(";")
    for attempt in (text, _COMMA.sub(r"\1", text)):
        try:
            return json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _records(tree: Any) -> tuple[list[dict[str, Any]], dict[str, str]]:
    """The records of articles, those of their pages last, and the names of what has an ``@id``."""
    records: list[dict[str, Any]] = []
    known: dict[str, str] = {}
    for script in tree.xpath("//script[contains(@type, 'ld+json')]")[:50]:
        records += _articles(_json(script.text or ""), _DEPTH, known)
    return sorted(records, key=lambda record: "webpage" in _types(record)), known


def _types(record: dict[str, Any]) -> str:
    return str(record.get("@type")).lower()


def _articles(value: object, depth: int, known: dict[str, str]) -> Iterator[dict[str, Any]]:
    if depth and isinstance(value, list):
        for item in value:
            yield from _articles(item, depth - 1, known)
    elif depth and isinstance(value, dict):
        name, own = value.get("name"), value.get("@id")
        if isinstance(name, str) and isinstance(own, str):
            known.setdefault(own, name)
        types = value.get("@type")
        types = types if isinstance(types, list) else [types]
        if any(str(kind).lower().endswith(_ARTICLE_TYPES) for kind in types):
            yield value
        for key in ("@graph", "mainEntity", "mainEntityOfPage", "author"):
            yield from _articles(value.get(key), depth - 1, known)


def _from_json_ld(found: Metadata, record: dict[str, Any], known: dict[str, str]) -> None:
    headline = record.get("headline")
    if isinstance(headline, str) and plain(headline):
        found.titles.append(plain(unescape(headline)))
    published = record.get("datePublished")
    if isinstance(published, str):
        found.published = found.published or any_date(published)
    found.authors = found.authors or author_names(
        record.get("author") or record.get("creator"), known
    )
    publisher = author_names(record.get("publisher"), known)
    found.publisher = found.publisher or ", ".join(publisher) or None
    section = record.get("articleSection")
    section = section[0] if isinstance(section, list) and section else section
    if isinstance(section, str):
        found.section = found.section or plain(unescape(section)) or None
    body = record.get("articleBody")
    if isinstance(body, str) and len(body) > len(found.body or ""):
        found.body = unescape(body)
