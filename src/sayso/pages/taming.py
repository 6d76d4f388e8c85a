"""What is done to a page's text before it is parsed, so that no page can make the parser slow.

Everything here takes time in proportion to the length of the page.
"""

import re

#: Characters of one tag above which its attributes are left out: a parser compares each of them
#: with each other, and what is so long is data for scripts.
LONG_TAG = 20_000

#: Tags above which a page is refused.
MAX_MARKUP = 500_000

# lxml refuses text that declares an encoding
_XML_DECLARATION = re.compile(r"<\?xml[^>]{0,300}>")
_LONG_TAG = re.compile(rf"<(/?[A-Za-z][\w:-]{{0,40}})[^<>]{{{LONG_TAG},}}+>")
_LONG_SPACE = re.compile(r"[ \t\r\n\f]{1000,}+")

_NO_TAGS = re.compile(r"(?:</?+){50,1000}+")
_P = r"<[Pp]\b[^<>]{0,200}+>[ \t\r\n]{0,99}+"
_EMPTY = re.compile(f"{_P}(?:{_P}){{2,1000}}+")

_INLINE = "abbr|b|big|center|em|font|i|small|span|strong|sub|sup|u"
_TEXT = "body|br|head|html|link|meta|p|script|style|title"
_KEPT = f"a|figcaption|figure|h[1-6]|img|time|{_TEXT}"
_REST = r"[^<>]{0,20000}+>"
_INLINE_TAG = re.compile(rf"</?(?:{_INLINE})\b{_REST}", re.IGNORECASE)
_NESTING_TAG = re.compile(rf"(?:</?(?!(?:{_KEPT})\b)[A-Za-z]{_REST}\s{{0,99}})+", re.IGNORECASE)
_ANY_TAG = re.compile(rf"(?:</?(?!(?:{_TEXT})\b)[A-Za-z]{_REST}\s{{0,99}})+", re.IGNORECASE)


def tamed(html: str) -> str:
    """``html`` without what makes parsers slow or refuse it; what it says stays the same."""
    html = _XML_DECLARATION.sub("", html[:4000], count=1) + html[4000:]
    html = html.replace("\0", "")
    if len(html) > LONG_TAG:
        # most pages have none of these, which is quickly told
        if "<<" in html or "</<" in html:
            html = _NO_TAGS.sub(" ", html)
        html = _EMPTY.sub("<p>", html)
        if html.count("<") > MAX_MARKUP:
            return html
        if any(len(tag) > LONG_TAG and tag.find(">", 0, LONG_TAG) < 0 for tag in html.split("<")):
            html = _LONG_TAG.sub(r"<\1>", html)
        if _has_long_space(html):
            html = _LONG_SPACE.sub(" ", html)
    return html


def _has_long_space(html: str) -> bool:
    for space in "\t\r\n\f":
        html = html.replace(space, " ")
    return " " * 1000 in html


def flattened(html: str, wholly: bool = False) -> str:
    """``html`` with nothing in it that nests: each run of such tags is the start of a paragraph.

    Args:
        html: the page.
        wholly: whether headings, links and pictures, which should not nest and can, go too.
    """
    if wholly:
        return _ANY_TAG.sub("<p>", html)
    return _NESTING_TAG.sub("<p>", _INLINE_TAG.sub(" ", html))
