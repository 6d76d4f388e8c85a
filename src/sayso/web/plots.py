"""A series' plot as a part of a page: its points lead to their words, its colours follow the page.

``show.plot`` draws it. Its style attributes, which the content security policy refuses, become
presentation attributes (SVG 2, section 6.6), over which the page's own style sheet stands: so ink
and paper are the page's, in the light and in the dark.
"""

import io
import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import msgspec
from lxml import etree
from markupsafe import Markup

from sayso.show.plot import describe, plot

_SVG = "{http://www.w3.org/2000/svg}"
_LINK = "{http://www.w3.org/1999/xlink}href"
_FONT = re.compile(r"(?:(?:normal|bold|italic|\d{3}) ){0,3}([\d.]+)px (.+)")
#: Parts that say nothing in a page.
_LEFT_OUT = (f"{_SVG}metadata", f"{_SVG}style", f"{_SVG}title", f"{_SVG}desc")


def drawn(series: Mapping[str, Any], links: list[str | None]) -> Markup | None:
    """The plot of a series.

    Args:
        series: an answer of ``figures`` with points.
        links: where each point leads to.

    Returns:
        An ``svg`` element, or None where fewer than two points have a date.
    """
    points = [{**point, "link": to} for point, to in zip(series["points"], links, strict=True)]
    if sum(bool(point["date"]) for point in points) < 2:
        return None
    return _drawn(msgspec.json.encode({**series, "points": points}))


@lru_cache(64)
def _drawn(packed: bytes) -> Markup:
    series = msgspec.json.decode(packed)
    out = io.BytesIO()
    plot([{**series, "what": ""}], out)  # the page has its name
    root = etree.fromstring(out.getvalue(), etree.XMLParser(resolve_entities=False))
    for part in [e for e in root.iter() if e.tag in _LEFT_OUT or not isinstance(e.tag, str)]:
        part.getparent().remove(part)
    for part in root.iter():
        style = part.attrib.pop("style", "")
        for name, value in _properties(style):
            part.set(name, value)
    for name in ("width", "height"):
        root.attrib.pop(name, None)
    root.set("class", "plot")
    root.set("role", "group")
    root.set("aria-label", describe([series]))
    for number, leads in enumerate(root.iter(f"{_SVG}a")):
        leads.set("role", "link")
        leads.set("aria-label", f"point {number + 1}: to its words")
        leads.attrib.pop("target", None)
    etree.cleanup_namespaces(root)
    return Markup(etree.tostring(root, encoding="unicode"))


def _properties(style: str) -> list[tuple[str, str]]:
    """The properties of a style attribute, the shorthand ``font`` taken apart."""
    found: list[tuple[str, str]] = []
    for one in style.split(";"):
        name, _, value = (part.strip() for part in one.partition(":"))
        if name == "font" and (match := _FONT.fullmatch(value)):
            found.append(("font-size", match[1]))
        elif name and name != "font":
            found.append((name, value))
    return found
