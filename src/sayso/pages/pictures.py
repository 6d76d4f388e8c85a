"""The pictures of an HTML page: captions, credits, addresses, and where they stand."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
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


_FOLLOWING = (
    "following::*[self::h1 or self::h2 or self::h3 or self::h4 or self::p or self::li "
    "or self::blockquote or self::div]"
)


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
    order = _order(tree, blocks)
    figures: list[Figure] = []
    seen: set[str] = set()
    for element in elements:
        if element.xpath(_ASIDE) or (element.tag == "figure" and element.xpath("ancestor::figure")):
            continue
        caption, credit = _caption(element)
        if not (caption or credit or element.tag == "figure"):
            continue
        place = _following(element, order, len(blocks))
        if place is None:
            continue
        url = _address(element, base)
        key = caption or url or ""
        if (caption or credit or url) and key not in seen:
            seen.add(key)
            figures.append(Figure(place, caption, credit, url))
    return figures


def _order(tree: Any, blocks: Sequence[tuple[BlockKind, str]]) -> dict[Any, int]:
    """The index of its block for each element that a block was made of."""
    wanted: dict[str, list[int]] = {}
    for index, (_, text) in enumerate(blocks):
        wanted.setdefault(text[:80], []).append(index)
    order: dict[Any, int] = {}
    for element in tree.iter("h1", "h2", "h3", "h4", "p", "li", "blockquote", "div"):
        if element.tag == "div" and not (element.text or "").strip():
            continue
        places = wanted.get(plain(" ".join(element.itertext())[:400])[:80]) or wanted.get(
            plain("".join(element.itertext()))[:80]
        )
        if places:
            order[element] = places.pop(0) if len(places) > 1 else places[0]
    return order


def _following(element: Any, order: dict[Any, int], count: int) -> int | None:
    """The index of the first block after ``element``; ``None`` if it is outside of the article."""
    if any(inner in order for inner in element.iterdescendants()):
        return None
    for after in islice(element.xpath(_FOLLOWING), 400):
        if after in order:
            return order[after]
    before = element.xpath("(preceding::p | preceding::li)[last()]")
    return count if before and before[0] in order else None


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
