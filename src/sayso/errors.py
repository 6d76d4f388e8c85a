"""Every error that Sayso raises on purpose.

SaysoError
├── InputError        an input that cannot be read: names the input, the reason and the way out
│   ├── FetchError    an address that cannot or may not be fetched
│   │   └── PrivateError  an address in a private network
│   └── LeftOut       no failure: what an archive holds that is no article, counted
├── BusyError         too much is asked at once: come again
├── OptionError       an option whose value it cannot have
├── FeedsError        a feeds file that is malformed: names the entry and the way out
├── LexiconError      a lexicon or actors file that is malformed
├── LedgerError       a ledger that cannot be opened, read or written: names it and the way out
│   ├── MissingError  what was asked for is not in the ledger
│   └── ReadOnlyError a ledger that may not be written
├── CrawlError        a folder that cannot take a crawl, or a crawl that was cut short
├── ExportError       a folder that cannot take an export, or a format whose library is missing
├── GoldError         a gold file that is malformed
└── ModelError        the language model is missing or is not the pinned one
"""

from collections.abc import Mapping
from typing import Any


class SaysoError(Exception):
    """Base of all errors that Sayso raises on purpose."""


class InputError(SaysoError):
    """An input that cannot be read.

    Args:
        input: the input as it was named by the caller.
        reason: what is wrong and, where there is one, what to do.
        code: the name of the reason, to count by; those of pages are in ``pages.reasons``.
    """

    def __init__(self, input: str, reason: str, code: str = "unreadable") -> None:
        super().__init__(f"{input}: {reason}")
        self.input = input
        self.reason = reason
        self.code = code

    def __reduce__(self) -> tuple[Any, ...]:
        """As what it was made from, so that it can go from one process to another."""
        return type(self), (self.input, self.reason, self.code)


class FetchError(InputError):
    """An address that cannot or may not be fetched."""


class PrivateError(FetchError):
    """An address in a private network, where those of the public internet alone may be fetched."""


class LeftOut(InputError):
    """No failure: what an archive holds that is no article, told once an archive.

    Args:
        input: the archive as it was named.
        counts: how many records there are for each reason.
        languages: of those in another language, how many in which (ISO 639-1).
        cut: how many articles were read from pages that the crawler cut off.
        altered: how many from records whose bytes are other than their digest says.
    """

    def __init__(
        self,
        input: str,
        counts: Mapping[str, int],
        languages: Mapping[str, int] | None = None,
        cut: int = 0,
        altered: int = 0,
    ) -> None:
        self.counts = dict(counts)
        self.languages = dict(languages or {})
        self.cut = cut
        self.altered = altered
        which = ", ".join(f"{code} {number:,}" for code, number in self.languages.items())
        words = [
            f"{number:,} {code}" + (f" ({which})" if which and code == "other_language" else "")
            for code, number in self.counts.items()
        ]
        said = [f"left out as no articles: {', '.join(words)}"] if words else []
        if cut:
            said.append(f"articles that may end early, their pages were cut off: {cut:,}")
        if altered:
            said.append(f"articles whose bytes are not those of the archive's digest: {altered:,}")
        super().__init__(input, "; ".join(said), "left_out")

    def __reduce__(self) -> tuple[Any, ...]:
        """As what it was made from, so that it can go from one process to another."""
        return type(self), (self.input, self.counts, self.languages, self.cut, self.altered)


class BusyError(SaysoError):
    """Too much is asked at once; asking again later is the way out."""


class OptionError(SaysoError, ValueError):
    """An option whose value is not one of those it can have."""


class FeedsError(SaysoError):
    """A feeds file that cannot be read or is malformed; the message names file and entry."""


class LexiconError(SaysoError):
    """A lexicon or actors file that is malformed; the message names file and entry."""


class LedgerError(SaysoError):
    """A ledger that cannot be opened, read or written; the message names it and what to do."""


class MissingError(LedgerError):
    """What was asked for (an article, a record, an actor, a review) is not in the ledger."""


class ReadOnlyError(LedgerError):
    """A ledger that may not be written."""


class CrawlError(SaysoError):
    """A folder that cannot take a crawl, or a crawl that was cut short; the message says how on."""


class ExportError(SaysoError):
    """A folder that cannot take an export, or a format that cannot be written here."""


class GoldError(SaysoError):
    """A gold file that is malformed; the message names file and entry."""


class ModelError(SaysoError):
    """The language model is missing or is not the pinned one."""
