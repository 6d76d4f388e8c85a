"""The evidence of an article: the untouched bytes that it was read from."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

import msgspec

from sayso.errors import InputError
from sayso.records import Article

How = Literal["file", "address", "standard input", "text"]


class Capture(msgspec.Struct, frozen=True):
    """The bytes of an input, as they came.

    Attributes:
        data: the bytes; of JSON Lines those of the article's own line, of an archive its page's.
        how: the way that they were had.
        origin: the absolute path of the file, the final address, or ``-``; of an input that holds
            several articles with the article's place in it (``feed.jsonl:12``).
        retrieved: when, ISO 8601, UTC, to the second; of an archive when the page was captured.
    """

    data: bytes
    how: How
    origin: str
    retrieved: str


def captured(
    result: Article | InputError, data: bytes, how: How, origin: str, when: str | None = None
) -> tuple[Article, Capture] | InputError:
    """An article with its capture; a failure as it is.

    Args:
        result: what the page reader made of the bytes.
        data: the bytes.
        how: the way that they were had.
        origin: the input's name: a path, an address, or ``-``.
        when: when they were had, if not now: ISO 8601, UTC, to the second.
    """
    if isinstance(result, InputError):
        return result
    place = result.input.removeprefix(origin) if result.input.startswith(origin) else ""
    if how == "file":
        origin = str(Path(origin).absolute())
    now = datetime.now(UTC).replace(microsecond=0, tzinfo=None).isoformat() + "Z"
    return result, Capture(data, how, origin + (place if how != "address" else ""), when or now)
