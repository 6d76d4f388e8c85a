"""The headline of an HTML page: the heading that it shows, told by what its head says."""

import re
from typing import Any
from urllib.parse import urlsplit

from sayso.pages.lines import plain
from sayso.pages.metadata import Metadata, squashed

_WORD = re.compile(r"\w{2,60}")
#: What parts a title from the name of its site and of its section.
_PARTS = re.compile(r"\s[|–—·•»«:-]\s|\s?\|\s?|:\s")
_CUT_SHORT = re.compile(r"(?:…|\.\.\.)$")
#: A name in the title after a bar is the site's, whatever the metadata says.
_BARRED = re.compile(r"\s\|\s[^|]{2,40}$")
_SITE = re.compile(r"logo|site-title|site-name|sitename|masthead|brand", re.IGNORECASE)
#: Headings looked at, and characters of the longest.
_MOST, _LONGEST = 60, 300
#: The share of words that a first heading has in common with a title that tells it, and that of
#: another heading.
_FIRST, _OTHER = 0.5, 0.7


def headline_of(tree: Any, meta: Metadata) -> str | None:
    """The visible heading that agrees with the page's metadata, else the metadata's title.

    Args:
        tree: the page as lxml parsed it.
        meta: what the page's head states.
    """
    titles = sorted(meta.titles, key=lambda title: bool(_CUT_SHORT.search(title)))
    firsts = _headings(tree, "//h1", meta)
    for title in titles:
        best = _best(title, firsts, _FIRST)
        if best:
            return best
    others = _headings(tree, "//h2 | //h3 | //*[@itemprop='headline']", meta) if titles else []
    for title in titles:
        for part in (title, *_PARTS.split(title)):
            best = _best(part, others, _OTHER)
            if best and len(_words(part)) > 1:
                return best
    if titles:
        return _without_site(titles[0], meta)
    return firsts[0] if len(firsts) == 1 else None


def _headings(tree: Any, path: str, meta: Metadata) -> list[str]:
    """The headings that are not the name of the site."""
    found = []
    for element in tree.xpath(path)[:_MOST]:
        text = plain(" ".join(element.itertext()))
        mark = f"{element.get('class') or ''} {element.get('id') or ''}"
        if text and len(text) <= _LONGEST and not _SITE.search(mark) and not _is_site(text, meta):
            found.append(text)
    return found


def _words(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(text.lower()))


def _best(title: str, headings: list[str], least: float) -> str | None:
    """The heading that is most like ``title``; ``None`` where none is like enough."""
    wanted = _words(title)
    scored = []
    for heading in headings:
        words = _words(heading)
        if _is_last(heading, title):
            continue
        both = len(words & wanted)
        # two words may meet a title by chance
        enough = len(words) if len(words) < 3 else least * min(len(words), len(wanted))
        if len(words) > 1 and both >= enough:
            scored.append((both / len(words | wanted), heading))
    if not scored:
        return None
    score, best = max(scored, key=lambda pair: pair[0])
    return best if least <= _FIRST or score >= least else None


def _is_last(heading: str, title: str) -> bool:
    """Whether ``heading`` is what stands last in a title, after something longer: the site."""
    *before, last = _PARTS.split(title)
    longer = max((len(_words(part)) for part in before), default=0) > len(_words(last))
    return longer and squashed(heading) == squashed(last)


def _is_site(text: str, meta: Metadata) -> bool:
    """Whether ``text`` is the name of the site, by its metadata or its address."""
    own = squashed(text)
    host = urlsplit(meta.url or "").netloc.lower().removeprefix("www.")
    names = {squashed(meta.publisher or ""), squashed(host), squashed(host.rpartition(".")[0])}
    # "The Tarnholm Courier" is headed "Courier"
    return bool(own) and (own in names or _words(text) <= _words(meta.publisher or ""))


def _without_site(title: str, meta: Metadata) -> str:
    """``title`` without the name of the site before or after it."""
    parts = list(_PARTS.finditer(title))
    if parts and _is_site(title[parts[-1].end() :], meta):
        return title[: parts[-1].start()]
    if parts and _is_site(title[: parts[0].start()], meta):
        return title[parts[0].end() :]
    return _BARRED.sub("", title)
