"""The versions of an article as its page tells them: what changed in its words and its claims."""

from collections.abc import Iterator
from typing import NamedTuple

from sayso.ledger.records import Shown
from sayso.show.edits import Comparison, Paragraph, Piece


class Change(NamedTuple):
    """A claim, a figure or a field of the page that changed."""

    what: str
    record: str
    pieces: tuple[Piece, ...]


class Edition(NamedTuple):
    """A version, by what it changed in the one before."""

    version: int
    added: str
    paragraphs: list[Paragraph]
    changes: list[Change]


def editions(shown: Shown) -> Iterator[Edition]:
    """The versions of an article from the second on, the latest first."""
    comparison = Comparison()
    texts = [*shown.texts, shown.reading.article.text]
    for number in range(len(texts) - 1, 0, -1):
        version = shown.versions[number]
        yield Edition(
            version["version"],
            version["added"],
            list(comparison.paragraphs(texts[number - 1], texts[number])),
            [
                Change(
                    one["what"],
                    "claim" if one["record"] == "statement" else one["record"],
                    comparison.words(_said(one["before"]), _said(one["after"])),
                )
                for one in shown.changes
                if one["version"] == version["version"]
            ],
        )


def _said(claim: str | None) -> str | None:
    """A claim's source, cue and content as one line."""
    return claim and claim.replace(" | ", " · ")
