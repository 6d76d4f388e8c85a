"""The paragraphs of an HTML page by a plain rule, for pages that trafilatura cannot read.

The block elements with sentences in them are collected, and those kept that stand in the same
container as most of the text. Linear in the size of the page.
"""

from collections import Counter
from typing import Any

from sayso.pages.lines import is_prose, plain, words_of
from sayso.records import BlockKind

_KINDS: dict[str, BlockKind] = {
    "p": "paragraph",
    "div": "paragraph",
    "td": "paragraph",
    "section": "paragraph",
    "article": "paragraph",
    "main": "paragraph",
    "body": "paragraph",
    "font": "paragraph",
    "center": "paragraph",
    "li": "list_item",
    "blockquote": "quote",
    "h2": "subheading",
    "h3": "subheading",
}
#: Elements that hold no text of the article.
OUTSIDE = frozenset(
    ("script", "style", "noscript", "nav", "aside", "footer", "form", "button", "figure", "select",
     "template", "svg", "iframe", "textarea", "head", "title")
)  # fmt: skip
#: Elements that stand within a line.
INLINE = frozenset(
    ("a", "abbr", "b", "bdi", "bdo", "big", "br", "cite", "code", "data", "dfn", "em", "i", "ins",
     "kbd", "mark", "q", "s", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u",
     "var", "wbr")
)  # fmt: skip


def paragraphs_of(tree: Any) -> list[tuple[BlockKind, str]]:
    """Kind and text of the blocks of the page's main text; empty where it holds no sentence.

    Args:
        tree: the page as lxml parsed it.
    """
    found = _collect(tree)
    weights: Counter[int] = Counter()
    for kind, text, _, holders in found:
        if kind != "subheading":
            for holder in holders:
                weights[holder] += len(text)
    if not weights:
        return []
    total = max(weights.values())
    # the innermost container that still holds most of the text
    depth: dict[int, int] = {}
    for _, _, _, holders in found:
        depth.update((holder, level) for level, holder in enumerate(holders))
    best = max((h for h in weights if weights[h] >= 0.6 * total), key=lambda h: (depth[h], -h))
    return [(kind, text) for kind, text, _, holders in found if best in holders]


def _collect(tree: Any) -> list[tuple[BlockKind, str, int, tuple[int, ...]]]:
    """The blocks with sentences, and numbers of the containers that each stands in."""
    from lxml import etree

    found: list[tuple[BlockKind, str, int, tuple[int, ...]]] = []
    holders: list[int] = []
    texts: list[list[str]] = [[]]
    links: list[int] = [0]
    outside = in_link = number = 0
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        tag = element.tag if isinstance(element.tag, str) else "script"
        inline = tag in INLINE
        if event == "start":
            if tag in OUTSIDE:
                outside += 1
            if tag == "a":
                in_link += 1
            if not inline:
                number += 1
                # beyond this depth containers are all alike
                if len(holders) < 64:
                    holders.append(number)
                else:
                    holders.append(holders[-1])
                texts.append([])
                links.append(0)
            if not outside:
                texts[-1].append(" " if tag == "br" else element.text or "")
                links[-1] += len(element.text or "") if in_link else 0
            continue
        if tag in OUTSIDE:
            outside -= 1
        if tag == "a":
            in_link -= 1
        if not inline:
            text = plain("".join(texts.pop()))
            linked = links.pop()
            within = tuple(dict.fromkeys(holders[:64]))[:-1]
            holders.pop()
            kind = _KINDS.get(tag)
            if kind and text and linked < 0.5 * len(text) and _counts(tag, kind, text):
                found.append((kind, text, number, within))
        if not outside:
            texts[-1].append(element.tail or "")
            links[-1] += len(element.tail or "") if in_link else 0
    return found


def _counts(tag: str, kind: BlockKind, text: str) -> bool:
    """Whether an element's text is one of the article: a sentence, or what is marked as one."""
    return kind == "subheading" or is_prose(text) or (tag == "p" and words_of(text) >= 8)
