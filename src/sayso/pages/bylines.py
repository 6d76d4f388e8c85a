"""Who wrote an article and when, as the page shows it outside of the body.

What markup names comes first (schema.org, ``rel=author``, hCard, the names of classes), nearest to
the headline first; then lines between headline and body that say so in words.
"""

import re
from collections.abc import Sequence
from copy import deepcopy
from functools import cache, cached_property
from typing import Any

from sayso.lexicon import toml
from sayso.pages.article import Draft
from sayso.pages.datelines import stated_dates
from sayso.pages.furniture import meta_of, names_person, people_in, says_by
from sayso.pages.lines import plain
from sayso.pages.metadata import any_date
from sayso.pages.segments import Segment

_AUTHORS = (
    "//*[@itemprop='author' or @rel='author' or contains(@class, 'uthor') "
    "or contains(@class, 'yline') or contains(@id, 'uthor') or contains(@id, 'yline')]"
    "[not(ancestor::aside or ancestor::nav or ancestor::footer)]"
)
_DATES = (
    "//*[self::time or contains(@itemprop, 'date') or contains(@class, 'date') "
    "or contains(@class, 'Date') or contains(@class, 'time') or contains(@class, 'posted') "
    "or contains(@class, 'ublish') or contains(@class, 'yline') or contains(@class, 'meta') "
    "or (self::abbr and @title)][not(ancestor::aside or ancestor::nav or ancestor::footer)]"
)
_NAMES = (
    "descendant-or-self::*[@itemprop='name' or contains(concat(' ', @class, ' '), ' fn ')]"
    "[not(self::meta)]"
)
_OTHERS = "//body//*[self::aside or self::nav or self::footer or @class or @id]"
_PROFILE = re.compile(
    r"/(?:authors?|users?|people|staff|profiles?|contributors?|reporters?|by|team|writers?)/",
    re.IGNORECASE,
)
_PUBLISHED = re.compile(r"publish|posted|entry-date|post-date", re.IGNORECASE)
_LATER = re.compile(r"modif|updat|edit", re.IGNORECASE)
#: Elements looked at, and elements before and after the headline that may belong to it.
_MOST, _ABOVE, _BELOW = 80, 60, 120
#: Characters of a line that names an author or a date.
_LINE = 160
_URL_DATE = re.compile(
    r"/((?:19|20)\d\d)(?:/(\d\d?)/(\d\d?)(?=/|$)|-(\d\d)-(\d\d)(?!\d)|(\d\d)(\d\d)(?=[/_-]|$))"
)


def shown_facts(draft: Draft, tree: Any, around: Sequence[Segment]) -> None:
    """Fill in author, date and reading time where the page shows what ``draft`` does not hold.

    Args:
        draft: what is known of the article, its headline among it.
        tree: the page as lxml parsed it.
        around: the runs of text about the headline and the body.
    """
    if draft.authors and draft.published and draft.read_minutes:
        return
    page = _Page(tree, draft.headline)
    # an agency in the metadata may stand for the person that the byline names
    if not names_person(draft.authors):
        draft.authors = _authors(page.nearest(_AUTHORS)) or draft.authors
    if not draft.published:
        date = _date([one for one in page.nearest(_DATES) if page.near(one) or _marked(one)])
        if date:
            draft.published, draft.published_from = date, "page"
    for segment in around:
        meta = meta_of(segment.text) if len(segment.text) <= _LINE else None
        if not meta or page.beside(segment.holder):
            continue
        # a name beside a date may be that of a section
        if not names_person(draft.authors) and says_by(segment.text):
            draft.authors = meta.authors or draft.authors
        draft.read_minutes = draft.read_minutes or meta.minutes
        date = meta.published or meta.updated
        if date and not draft.published:
            draft.published, draft.published_from = date, "page"


def date_in_address(url: str | None) -> str | None:
    """The day that the path of an address names ("/2024/05/03/"), as an ISO 8601 date."""
    match = _URL_DATE.search(url or "")
    if not match:
        return None
    year, month, day = match[1], *(part for part in match.groups()[1:] if part)
    return any_date(f"{year}-{int(month):02d}-{int(day):02d}")


def date_by_htmldate(tree: Any) -> str | None:
    """The day by htmldate, which knows many more marks; not by its wide search, which guesses."""
    from htmldate import find_date

    page = deepcopy(tree)
    for element in page.xpath(
        "//body//*[self::aside or self::nav or self::footer or @class or @id]"
    ):
        other = element.tag in ("aside", "nav", "footer") or _beside_names().search(_name(element))
        # what an element of these was a part of may be gone with it, or hold the article
        if other and element.getparent() is not None and element.find(".//h1") is None:
            element.drop_tree()
    try:
        return find_date(
            page, original_date=True, extensive_search=False, deferred_url_extractor=True
        )
    except Exception:  # a page that breaks the library states no date
        return None


class _Page:
    """A page's elements by their distance from the headline."""

    def __init__(self, tree: Any, headline: str | None) -> None:
        self._tree = tree
        self._heading: Any = None
        self._article: frozenset[Any] = frozenset()
        for heading in tree.xpath("//h1 | //h2 | //h3")[:100] if headline else ():
            if plain("".join(heading.itertext())) == headline:
                self._heading = heading
                self._article = frozenset(heading.iterancestors())
                break

    @cached_property
    def _distances(self) -> dict[Any, int]:
        """How many elements after the headline each element stands."""
        numbers = {element: number for number, element in enumerate(self._tree.iter())}
        top = numbers.get(self._heading, 0)
        return {element: number - top for element, number in numbers.items()}

    def nearest(self, path: str) -> list[Any]:
        """What is found and is no part of comments: first from the headline on, then above it."""
        found = [element for element in self._tree.xpath(path)[:_MOST] if not self.beside(element)]
        return sorted(found, key=lambda element: self._distances[element] < -_ABOVE)

    def near(self, element: Any) -> bool:
        """Whether an element stands about the headline."""
        return -_ABOVE <= self._distances[element] <= _BELOW

    def beside(self, element: Any) -> bool:
        """Whether an element stands among comments or other stories."""
        for holder in (element, *element.iterancestors()):
            if holder in self._article or holder.tag == "body":
                return False
            if _beside_names().search(_name(holder)):
                return True
        return False


def _name(element: Any) -> str:
    return f"{element.get('class') or ''} {element.get('id') or ''}".lower()


@cache
def _beside_names() -> re.Pattern[str]:
    containers = toml("furniture")["containers"]
    return re.compile("|".join(map(re.escape, [*containers["others"], *containers["beside"]])))


def _line(element: Any) -> str:
    """The text of an element that is as short as a byline; ``""`` of any other."""
    pieces: list[str] = []
    length = 0
    for piece in element.itertext():
        piece = plain(piece)
        length += len(piece) + 1 if piece else 0
        if length > _LINE:
            return ""
        pieces.append(piece)
    return plain(" ".join(pieces))


def _authors(elements: Sequence[Any]) -> tuple[str, ...]:
    ranked = sorted(elements, key=_rank)
    for element in ranked:
        if _rank(element) > 2:
            return ()
        names = _names_of(element)
        if names:
            return names
    return ()


def _rank(element: Any) -> int:
    """How surely an element names the author: 0 schema.org, 1 a link, 2 the name of a class."""
    if element.get("itemprop") == "author":
        return 0
    if element.get("rel") == "author":
        return 1
    noise = toml("furniture")["bylines"]["noise"]
    for name in _name(element).split():
        if ("author" in name or "byline" in name) and not any(word in name for word in noise):
            return 2
    return 3


def _names_of(element: Any) -> tuple[str, ...]:
    """The people that an element names, and those beside it that are marked in the same way."""
    if element.tag == "meta":
        return people_in(element.get("content") or "", certain=True)
    together = [element]
    for mark in ("itemprop", "rel"):
        holder = element.getparent()
        if element.get(mark) == "author" and holder is not None:
            together = holder.xpath(f".//*[@{mark}='author']")[:12]
    names: list[str] = []
    for one in together:
        # what schema.org marks may hold more than the name
        if one.get("itemprop") != "author" and not _line(one):
            continue
        parts = one.xpath(_NAMES)
        links = one.xpath(".//a[@href]") if not parts else []
        parts = parts or [link for link in links if _PROFILE.search(link.get("href"))] or [one]
        for part in parts:
            names += people_in(_line(part), certain=True)
    return tuple(dict.fromkeys(names))


def _marked(element: Any) -> bool:
    """Whether an element is named the day of publication."""
    marks = f"{element.get('class') or ''} {element.get('itemprop') or ''}"
    return bool(_PUBLISHED.search(marks)) or element.get("pubdate") is not None


def _date(elements: Sequence[Any]) -> str | None:
    later: str | None = None
    for element in elements:
        date = _date_of(element)
        if not date:
            continue
        marks = (element.get("class") or "", element.get("itemprop") or "")
        if not any(map(_LATER.search, marks)):
            return date
        later = later or date
    return later


def _date_of(element: Any) -> str | None:
    for key in ("datetime", "content", "title", "data-datetime"):
        date = any_date(element.get(key) or "")
        if date:
            return date
    text = _line(element)
    stated = [one for one in stated_dates(text) if one.value]
    published = [one for one in stated if one.label != "updated"] or stated
    return published[0].value if published else None
