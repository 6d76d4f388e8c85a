"""Copies among the articles of a crawl, found before anything is read.

One pass over the pages in their order: an article with the text of an earlier one is its copy and
takes its reading over (``carry``); one that shares most of its three-word sequences with an earlier
one is near to it, and is read all the same, since a number or a name may differ. Near ones are
found by MinHash (Broder 1997) in the bands of ``ledger.copies``. What is found depends on the order
of the inputs alone, not on who read what when.

Held in memory for each article: its id, its text's hash, its signature, and its place in 20 bands,
some kilobytes together (``benchmarks/crawl_copies.py``).
"""

from array import array
from collections.abc import Iterable
from typing import NamedTuple

from sayso.crawl.rows import PageRow

#: Bands of a signature, and numbers in each.
_BANDS, _ROWS = 20, 3
#: Share of equal numbers from which two articles are near.
NEAR = 0.5
#: Articles of a band that are compared, the first; boilerplate fills bands.
_MOST = 8


class First(NamedTuple):
    """The article that others are copies of: its id, its input's, and the batch that it is in."""

    id: str
    source: str
    batch: int


class Link(NamedTuple):
    """What an article has to do with an earlier one.

    Attributes:
        copy_of: the article whose reading it takes over.
        near: the id of one that is nearly the same.
    """

    copy_of: First | None
    near: str | None


class Copies:
    """The articles so far, by what finds them."""

    def __init__(self) -> None:
        self._texts: dict[str, First] = {}
        self._bands: dict[int, tuple[int, ...] | int] = {}
        self._near: list[tuple[str, bytes]] = []

    def link(self, rows: Iterable[PageRow], batch: int) -> list[Link | None]:
        """What each page has to do with those before it; None where it is no article to be read.

        Args:
            rows: the pages of a batch.
            batch: its number in its input.
        """
        return [self._of(row, batch) if row.status == "article" else None for row in rows]

    def _of(self, row: PageRow, batch: int) -> Link:
        text, id = row.sameness or "", row.article_id or ""
        first = self._texts.get(text)
        if first is not None:
            return Link(first, None)
        self._texts[text] = First(id, row.source, batch)
        return Link(None, self._like(id, array("I", row.signature)))

    def _like(self, id: str, signature: "array[int]") -> str | None:
        if not signature:
            return None
        bands = [hash((at, *signature[at * _ROWS : (at + 1) * _ROWS])) for at in range(_BANDS)]
        others = sorted({number for band in bands for number in self._of_band(band)})
        found = max(others, key=lambda number: self._share(number, signature), default=None)
        for band in bands:
            held = self._of_band(band)
            if len(held) < _MOST:
                # one number alone, as most bands have, takes no list
                self._bands[band] = (*held, len(self._near)) if held else len(self._near)
        self._near.append((id, signature.tobytes()))
        if found is None or self._share(found, signature) < NEAR:
            return None
        return self._near[found][0]

    def _of_band(self, band: int) -> tuple[int, ...]:
        held = self._bands.get(band, ())
        return (held,) if isinstance(held, int) else held

    def _share(self, number: int, signature: "array[int]") -> float:
        other = array("I", self._near[number][1])
        return sum(a == b for a, b in zip(signature, other, strict=True)) / len(signature)
