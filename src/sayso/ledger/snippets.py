"""Snippets: the part of a text in which the words that were looked for stand.

A store marks hits in the text itself. Its marks are made anew for each query out of random letters,
so that no text, whatever it holds, can pass for one; they end here, and a snippet says by offsets
where its hits are.
"""

import secrets
from typing import TypedDict

#: Characters of a snippet, at most.
LENGTH = 240
_ELLIPSIS = "…"


class Snippet(TypedDict):
    """Words, and where in them (start, end exclusive, in code points) the hits are."""

    text: str
    hits: list[tuple[int, int]]


class Marks:
    """A pair of marks that no text holds."""

    def __init__(self) -> None:
        made = secrets.token_hex(12)
        self.open, self.close = f"<{made}>", f"</{made}>"

    def snippet(self, marked: str) -> Snippet:
        """The snippet of a marked text."""
        text, hits = "", []
        for number, part in enumerate(marked.split(self.open)):
            inside, close, after = part.partition(self.close)
            if number and close:
                hits.append((len(text), len(text) + len(inside)))
            text += inside + after
        return cut(text, hits)


def cut(text: str, hits: list[tuple[int, int]]) -> Snippet:
    """The stretch of a text that begins a little before its first hit, cut at spaces."""
    if len(text) <= LENGTH:
        return {"text": text, "hits": hits}
    first = hits[0][0] if hits else 0
    start = max(0, min(first - LENGTH // 4, len(text) - LENGTH))
    if start:
        space = text.find(" ", start, first)
        start = space + 1 if space >= 0 else start
    end = min(len(text), start + LENGTH)
    if end < len(text):
        space = text.rfind(" ", start + LENGTH // 2, end)
        end = space if space > 0 else end
    before = _ELLIPSIS if start else ""
    shift = start - len(before)
    kept = [(a - shift, b - shift) for a, b in hits if start <= a and b <= end]
    return {"text": before + text[start:end] + (_ELLIPSIS if end < len(text) else ""), "hits": kept}
