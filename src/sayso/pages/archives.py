"""The articles of a WARC file, each with its capture, and at the end what else there was."""

from collections import Counter
from collections.abc import Iterator
from typing import IO

from sayso.errors import InputError, LeftOut
from sayso.pages.capture import Capture, How, captured
from sayso.pages.guarded import Extracted, Page, extract
from sayso.pages.options import Options
from sayso.pages.reasons import ORDINARY
from sayso.pages.warc import WarcPage, records
from sayso.records import Article


def articles_in_archive(
    name: str, stream: IO[bytes], options: Options, how: How
) -> Iterator[tuple[Article, Capture] | InputError]:
    """The articles in English of a WARC file, read in a process with limits.

    An article's ``input`` is the file's name and the record's offset (``crawl.warc.gz:48151``), its
    address that of the record, its capture the page's bytes and the day that they were captured.

    Args:
        name: the file as it was named.
        stream: the file, from its first byte.
        options: what is known of all its articles from outside.
        how: the way that the file was had.

    Yields:
        The articles in the order of the file; then one ``InputError`` where records are lost, and
        one ``LeftOut`` where there are records that are no articles, with their numbers.
    """
    tally = _Tally(name)
    waiting: list[WarcPage] = []

    def pages() -> Iterator[Page]:
        for found in records(name, stream):
            if isinstance(found, WarcPage):
                waiting.append(found)
                yield Page(f"{name}:{found.offset}", found.data, found.url, found.charset)
            else:
                tally.count(found.reason, found.offset)

    for result in extract(pages(), options=options):
        page = waiting.pop(0)
        if not isinstance(result, Extracted):
            tally.count(result.code, page.offset)
        elif result.article.language not in ("en", None):
            tally.count("other_language", page.offset, result.article.language)
        else:
            tally.read += 1
            tally.cut += page.cut is not None
            tally.altered += page.altered
            yield captured(result.article, page.data, how, name, page.date or None)
    yield from tally.told()


class _Tally:
    """What a file holds beside its articles."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._counts: Counter[str] = Counter()
        self._languages: Counter[str] = Counter()
        self._first: dict[str, int] = {}
        self.read = self.cut = self.altered = 0

    def count(self, reason: str, offset: int, language: str | None = None) -> None:
        self._counts[reason] += 1
        self._first.setdefault(reason, offset)
        if language:
            self._languages[language] += 1

    def told(self) -> Iterator[InputError]:
        lost = {code: n for code, n in self._counts.most_common() if code not in ORDINARY}
        rest = {code: n for code, n in self._counts.most_common() if code in ORDINARY}
        if lost:
            first = self._first
            words = [f"{n:,} {code} (the first at byte {first[code]})" for code, n in lost.items()]
            yield InputError(self._name, f"records lost: {', '.join(words)}", "lost")
        if rest or self.cut or self.altered:
            yield LeftOut(self._name, rest, self._languages, self.cut, self.altered)
        if not self.read and not self._counts:
            yield InputError(self._name, "holds no records", "empty")
