"""How a crawl is done, and what came of it."""

from typing import Literal

import msgspec

Engine = Literal["local", "daft"]


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """What is the same for all pages of a crawl.

    Attributes:
        actors: the path of a CSV file of actors to know by name.
        keep_pages: keep the bytes of the pages in the shards, as evidence for a ledger.
    """

    actors: str | None = None
    keep_pages: bool = False


class Summary(msgspec.Struct, kw_only=True):
    """What came of a crawl, or of a part of it.

    Attributes:
        pages: what the inputs hold: pages, lines, files, and records that are none of these.
        read: articles that were read.
        copies: articles that have their reading from another of the same text.
        near: articles that are nearly another, and were read all the same.
        left_out: what is no article, or none in English, by reason.
        failed: what could not be had or read, by reason.
        words: of the articles that were read.
        skipped: batches that an earlier run had done.
        seconds: of the clocks of all processes, by stage.
    """

    pages: int = 0
    read: int = 0
    copies: int = 0
    near: int = 0
    left_out: dict[str, int] = msgspec.field(default_factory=dict)
    failed: dict[str, int] = msgspec.field(default_factory=dict)
    words: int = 0
    skipped: int = 0
    seconds: dict[str, float] = msgspec.field(default_factory=dict)

    def spent(self, stage: str, seconds: float) -> None:
        """Count the seconds of a stage."""
        self.seconds[stage] = self.seconds.get(stage, 0.0) + seconds

    def lose(self, reason: str, number: int = 1) -> None:
        """Count what failed."""
        self.failed[reason] = self.failed.get(reason, 0) + number

    def leave(self, reason: str, number: int = 1) -> None:
        """Count what is left out."""
        self.left_out[reason] = self.left_out.get(reason, 0) + number

    def add(self, other: "Summary") -> None:
        """Take another's numbers in."""
        for name in ("pages", "read", "copies", "near", "words", "skipped"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        for reason, number in other.left_out.items():
            self.leave(reason, number)
        for reason, number in other.failed.items():
            self.lose(reason, number)
        for stage, seconds in other.seconds.items():
            self.spent(stage, seconds)
