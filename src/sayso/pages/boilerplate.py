"""Telling pages that are no articles: front pages, lists, walls, and errors served as pages.

For crawls, where nobody chose the page: a page that a person names is read as it is. The words are
in the lexicon file ``boilerplate.toml``.
"""

import re
from functools import cache
from itertools import islice
from typing import NamedTuple
from urllib.parse import urlsplit

from sayso.lexicon import toml
from sayso.pages.lines import words_of
from sayso.pages.reasons import Boilerplate
from sayso.records import Article

#: Words of a text above which it is no page about an error or about robots.
FEW_WORDS = 300
#: Links with a headline in them from which on a page with the address of a section is its front.
MANY_HEADLINES = 15
#: Characters of a page in which it is looked for what it states.
LOOKED_AT = 1_000_000

_META = re.compile(r"<meta\b[^<>]{0,2000}>", re.IGNORECASE)
_ARTICLE = re.compile(r"""content\s{0,5}=\s{0,5}["']?article\b""", re.IGNORECASE)
_JSON_LD = re.compile(
    r""""@type"\s{0,9}:\s{0,9}(?:\[\s{0,9})?"(?:\w{0,20}Article|\w{0,9}BlogPosting)"""
)
_HEADLINE_LINK = re.compile(
    r"<a\b[^<>]{0,2000}>\s{0,99}(?:<[^<>]{1,200}>\s{0,99}){0,4}([^<>]{25,250})"
)
_TITLE = re.compile(r"<(?:title|h1)\b[^<>]{0,2000}>([^<]{0,300})", re.IGNORECASE)


class Kind(NamedTuple):
    """What a page is in place of an article: the name of the reason, and words for people."""

    code: Boilerplate
    words: str


def boilerplate_of(article: Article, url: str | None, html: str) -> Kind | None:
    """What a page is, if it is no article.

    Args:
        article: what the page reader made of it.
        url: where it came from.
        html: the page.
    """
    text = article.text
    blocks = [text[block.start : block.end].lower() for block in article.blocks]
    if _about_cookies(blocks):
        return _kind("cookie_wall")
    html = html[:LOOKED_AT]
    if _states_article(html):
        return None
    if words_of(text[:20_000]) <= FEW_WORDS:
        titles = [match[1].lower() for match in islice(_TITLE.finditer(html), 4)]
        shown = "\n".join([*titles, *blocks[:3]]).replace("’", "'")
        for code in ("not_found", "robot_check"):
            if any(phrase in shown for phrase in _entries(code, "phrases")):
                return _kind(code)
    return _by_address(url or article.url, html)


def _by_address(url: str | None, html: str) -> Kind | None:
    try:
        address = urlsplit(url or "")
    except ValueError:
        return None
    # "/?p=959" is an article
    if url is None or any(map(str.isdigit, address.query)):
        return None
    parts = [part for part in address.path.lower().split("/") if part]
    if not parts or (len(parts) == 1 and parts[0] in _entries("front_page", "parts")):
        return _kind("front_page")
    if _entries("listing", "parts") & {*parts[:2], *parts[-2:-1]}:
        return _kind("listing")
    # sections have short names: no date, no number, no headline in their address
    short = len(parts) <= 2 and not any(map(str.isdigit, "".join(parts)))
    if short and len(re.findall("[-_]", parts[-1])) <= 2:
        links = sum(1 for _ in _HEADLINE_LINK.finditer(html))
        if links >= MANY_HEADLINES:
            return _kind("front_page")
    return None


def _about_cookies(blocks: list[str]) -> bool:
    words = sum(map(words_of, blocks))
    phrases = _entries("cookie_wall", "phrases")
    about = sum(
        words_of(block)
        for block in blocks
        if sum(phrase in block for phrase in phrases) >= min(2, 1 + words_of(block) // 20)
    )
    return 0 < words <= 2 * FEW_WORDS and about >= 0.5 * words


def _states_article(html: str) -> bool:
    if _JSON_LD.search(html):
        return True
    return any("og:type" in meta[0] and _ARTICLE.search(meta[0]) for meta in _META.finditer(html))


@cache
def _entries(code: str, key: str) -> frozenset[str]:
    return frozenset(toml("boilerplate")[code][key])


def _kind(code: Boilerplate) -> Kind:
    return Kind(code, toml("boilerplate")[code]["words"])
