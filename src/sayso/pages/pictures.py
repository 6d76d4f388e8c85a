"""The pictures of an HTML page: captions, credits, addresses, and where they stand."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin

from sayso.pages.credits import credit_of, split_credit, strip_caption_label
from sayso.pages.lines import plain
from sayso.records import BlockKind

#: Pictures of one page that are looked at.
_MOST = 300
_FIGURES = (
    "//figure | //*[self::div or self::p or self::span][contains(concat(' ', @class), 'caption')]"
    "[not(ancestor::figure)]"
)
_ASIDE = (
    "ancestor::nav | ancestor::aside | ancestor::footer | ancestor::*[contains(@class, 'related') "
    "or contains(@class, 'recommend') or contains(@class, 'teaser') "
    "or contains(@class, 'sidebar')]"
)
_CREDITS = (
    ".//*[contains(@class, 'credit') or contains(@class, 'copyright') "
    "or contains(@class, 'source') or self::cite or self::small]"
)


_BLOCKS = ("h1", "h2", "h3", "h4", "p", "li", "blockquote", "div")
#: Elements between a picture and the block beside it, above which it is not of the article.
_FAR = 400
_NEAR = 60


@dataclass
class Figure:
    """A picture of a page; ``before`` is the index of the block that follows it."""

    before: int
    caption: str
    credit: str | None
    url: str | None


def figures_of(
    tree: Any, blocks: Sequence[tuple[BlockKind, str]], base: str | None
) -> list[Figure]:
    """The pictures that stand between the headline and the last of ``blocks``, in page order.

    Args:
        tree: the page as lxml parsed it.
        blocks: kind and text of the blocks found in it.
        base: the address that addresses of pictures are relative to.
    """
    elements = tree.xpath(_FIGURES)[:_MOST]
    if not elements or not blocks:
        return []
    places = _places(tree, blocks, elements)
    figures: list[Figure] = []
    seen: set[str] = set()
    for element in elements:
        if element.xpath(_ASIDE) or (element.tag == "figure" and element.xpath("ancestor::figure")):
            continue
        caption, credit = _caption(element)
        if not (caption or credit or element.tag == "figure"):
            continue
        place = places.get(element)
        if place is None:
            continue
        url = _address(element, base)
        key = caption or url or ""
        if (caption or credit or url) and key not in seen:
            seen.add(key)
            figures.append(Figure(place, caption, credit, url))
    return figures


def _places(
    tree: Any, blocks: Sequence[tuple[BlockKind, str]], elements: Sequence[Any]
) -> dict[Any, int]:
    """For each picture of the article, the index of the block that follows it."""
    wanted: dict[str, list[int]] = {}
    for index, (_, text) in enumerate(blocks):
        wanted.setdefault(text[:80], []).append(index)
    pictures = set(elements)
    places: dict[Any, int] = {}
    waiting: list[tuple[int, int, Any]] = []
    last_block = -_FAR
    for number, element in enumerate(tree.iter()):
        if element in pictures:
            waiting.append((number, last_block, element))
        elif element.tag in _BLOCKS and (element.tag != "div" or (element.text or "").strip()):
            found = _block_of(element, wanted)
            if found is None:
                continue
            last_block = number
            inside = set(element.iterancestors()) if waiting else set()
            for start, _, picture in waiting:
                # what holds a block of the article is a frame around it, not a picture
                if picture not in inside and number - start <= _FAR:
                    places[picture] = found
            waiting = []
    for start, before, picture in waiting:
        if start - before <= _NEAR:
            places[picture] = len(blocks)
    return places


def _block_of(element: Any, wanted: dict[str, list[int]]) -> int | None:
    """The index of the block that was made of ``element``; blocks of one text are given in turn."""
    pieces: list[str] = []
    length = 0
    for piece in element.itertext():
        pieces.append(piece)
        length += len(piece)
        if length > 400:
            break
    found = wanted.get(plain("".join(pieces))[:80]) or wanted.get(plain(" ".join(pieces))[:80])
    if not found:
        return None
    return found.pop(0) if len(found) > 1 else found[0]


def _caption(element: Any) -> tuple[str, str | None]:
    """Caption and credit of a picture's element; the caption is ``""`` where there is none."""
    from copy import deepcopy

    holders = element.xpath(".//figcaption | .//*[contains(concat(' ', @class), 'caption')]")
    holder = (
        deepcopy(holders[0] if holders else element)
        if element.tag == "figure"
        else deepcopy(element)
    )
    holder.tail = None
    if element.tag == "figure" and not holders:
        return "", None
    for odd in holder.xpath(".//script | .//style | .//button | .//noscript"):
        odd.drop_tree()
    credit: str | None = None
    for part in holder.xpath(_CREDITS):
        words = plain(" ".join(part.itertext()))
        if words and part.getparent() is not None and len(words.split()) <= 14:
            credit = (
                credit or credit_of(words.strip("()[] "), bracketed=True) or words.strip("()[] ")
            )
            part.drop_tree()
    text = plain(" ".join(holder.itertext())).replace(" ,", ",").replace(" .", ".")
    text = strip_caption_label(text) or text
    split = split_credit(text)
    if split:
        return split[0], credit or split[1]
    return text, credit


def _address(element: Any, base: str | None) -> str | None:
    scope = element if element.tag == "figure" else element.getparent()
    images = scope.xpath(".//img") if scope is not None else []
    for image in images:
        for key in ("src", "data-src", "data-original", "srcset", "data-srcset"):
            value = (image.get(key) or "").strip()
            if value and not value.startswith("data:"):
                value = value.split()[0].rstrip(",") if key.endswith("srcset") else value
                try:
                    address = urljoin(base or "", value)
                except ValueError:
                    continue
                return address if address.startswith(("http://", "https://")) else value
    return None
