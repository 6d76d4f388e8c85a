"""Where in an article something stands, for people and for other programs.

- ``sentence``: the sentences that a stretch of text stands in;
- ``quote``: the stretch with what stands before and after it, as W3C Web Annotations have it;
- ``address``: the page's address with a text fragment (WICG, "URL Fragment Text Directives"), which
  a browser scrolls to and marks: ``#:~:text=prefix-,start,end,-suffix``.
"""

import re
from bisect import bisect_right
from functools import cached_property
from urllib.parse import quote as percent

from sayso import lexicon
from sayso.records import Article, Block

#: Characters up to which a fragment quotes the whole stretch; a longer one is named by its ends.
_WHOLE = 200
#: Words of each end of a longer stretch, and of the context where the words alone are ambiguous.
_WORDS = 6
#: Words below which a stretch is always given with its context.
_FEW = 4
#: Characters of context in a quote.
_CONTEXT = 32

_END = re.compile(r"[.!?…]+[\"'”’»)\]]*(?=\s+[\"'“‘«(\[]*[A-ZÀ-Þ0-9])")
_WORD = re.compile(r"\w[\w.]*$")


class Passages:
    """The passages of one article."""

    def __init__(self, article: Article) -> None:
        self.article = article
        self._starts = [block.start for block in article.blocks]

    def sentence(self, start: int, end: int) -> str:
        """The sentences that the characters ``start`` to ``end`` stand in, on one line."""
        first, last = self._block(start), self._block(max(start, end - 1))
        a = self._sentence_start(first, start) if first else start
        b = self._sentence_end(last, end) if last else end
        return " ".join(self.article.text[a:b].split())

    def quote(self, start: int, end: int) -> tuple[str, str, str]:
        """What stands before (at most 32 characters), the characters themselves, what follows."""
        text = self.article.text
        return text[max(0, start - _CONTEXT) : start], text[start:end], text[end : end + _CONTEXT]

    def address(self, start: int, end: int) -> str | None:
        """The page's address with a text fragment; ``None`` where the page has no address."""
        page = self.page
        directive = self._directive(start, end) if page else None
        if page is None or directive is None:
            return page
        return f"{page}{'' if '#' in page else '#'}:~:text={directive}"

    @cached_property
    def page(self) -> str | None:
        """The page's address, its signs that no address may hold percent-encoded."""
        url = self.article.url
        if not url:
            return None
        page = url.split(":~:")[0].removesuffix("#").encode("utf-8", "replace")
        return percent(page, safe="%:/?#[]@!$&'()*+,;=~")

    def _directive(self, start: int, end: int) -> str | None:
        text = self.article.text
        start, end = self._whole_words(start, end)
        words = text[start:end].split()
        if not words:
            return None
        first, last = self._block(start), self._block(end - 1)
        if first == last and end - start <= _WHOLE:
            parts = [" ".join(words)]
        else:
            # A term must lie in one block; the ends of a range may lie in two.
            head = text[start : min(end, first.end if first else end)].split()[:_WORDS]
            tail = text[max(start, last.start if last else start) : end].split()[-_WORDS:]
            parts = [" ".join(head), " ".join(tail)]
        directive = ",".join(_encoded(part) for part in parts)
        # The page holds more than the article: words that are few stand elsewhere, too.
        if len(words) < _FEW or self._often(parts[0]):
            before = text[first.start if first else 0 : start].split()[-_WORDS:]
            after = text[end : last.end if last else len(text)].split()[:_WORDS]
            if before:
                directive = f"{_encoded(' '.join(before))}-,{directive}"
            if after:
                directive = f"{directive},-{_encoded(' '.join(after))}"
        return directive

    def _whole_words(self, start: int, end: int) -> tuple[int, int]:
        """A browser matches whole words alone: cut ones are taken in, space is left out."""
        text = self.article.text
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        while start and text[start - 1].isalnum() and text[start : start + 1].isalnum():
            start -= 1
        while end < len(text) and text[end].isalnum() and text[end - 1 : end].isalnum():
            end += 1
        return start, end

    @cached_property
    def _folded(self) -> str:
        return " ".join(self.article.text.split()).casefold()

    def _often(self, words: str) -> bool:
        """Whether words stand more than once in the article, without regard to case."""
        wanted = words.casefold()
        first = self._folded.find(wanted)
        return first >= 0 and self._folded.find(wanted, first + 1) >= 0

    def _block(self, at: int) -> Block | None:
        number = bisect_right(self._starts, at) - 1
        if number < 0:
            return None
        block = self.article.blocks[number]
        return block if at < block.end else None

    def _sentence_start(self, block: Block, at: int) -> int:
        ends = [end for end in self._ends(block) if end <= at]
        return ends[-1] if ends else block.start

    def _sentence_end(self, block: Block, at: int) -> int:
        return next((end for end in self._ends(block) if end >= at), block.end)

    def _ends(self, block: Block) -> list[int]:
        text = self.article.text
        return [
            match.end()
            for match in _END.finditer(text, block.start, block.end)
            if not _is_abbreviation(text[max(block.start, match.start() - 12) : match.start() + 1])
        ]


def _is_abbreviation(before: str) -> bool:
    """Whether what ends in a full stop is an abbreviation that a name follows."""
    if not before.endswith("."):
        return False
    word = _WORD.search(before[:-1])
    if word is None:
        return False
    letters = word[0]
    known = lexicon.toml("roles")["abbreviations"]
    return len(letters) == 1 or "." in letters or f"{letters.lower()}." in known


def _encoded(words: str) -> str:
    """Percent-encoded, with the three signs that a text directive gives a meaning to."""
    encoded = percent(words.encode("utf-8", "replace"), safe="")
    return encoded.replace("-", "%2D")
