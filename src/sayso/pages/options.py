"""What the caller of the page reader says about its inputs."""

import re
from datetime import datetime
from typing import Literal, get_args

import msgspec

from sayso.errors import OptionError

Kind = Literal["auto", "html", "page", "body", "json"]

_ISO = re.compile(r"\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?\s?\S{0,6})?")


class Stated(msgspec.Struct, frozen=True, kw_only=True):
    """What a feed says of a page; it stands below what the page states of itself.

    Attributes:
        title: the headline, plain text.
        published: ISO 8601 date or date-time.
        authors: their names.
    """

    title: str | None = None
    published: str | None = None
    authors: tuple[str, ...] = ()


class Options(msgspec.Struct, frozen=True, kw_only=True):
    """How to read inputs, and what is known of them from outside.

    Attributes:
        as_: what the input is; ``auto`` tells by its name and its first characters.
        published: ISO 8601 date or date-time; stands above what the page states.
        publisher: name of the publisher; stands above what the page states.
        url: address of the page; stands above what the page states.
        allow_private: fetch addresses of private networks too.
        stated: what the feed says that led to the page.

    Raises:
        OptionError: ``published`` is no date, or ``as_`` no kind.
    """

    as_: Kind = "auto"
    published: str | None = None
    publisher: str | None = None
    url: str | None = None
    allow_private: bool = False
    stated: Stated = Stated()

    def __post_init__(self) -> None:
        if self.as_ not in get_args(Kind):
            kinds = ", ".join(get_args(Kind))
            raise OptionError(f"'{self.as_}' is no kind of input: use one of {kinds}")
        if self.published is not None:
            iso = iso_date(self.published)
            if iso is None:
                raise OptionError(
                    f"'{self.published}' is no date: write it as 2024-05-03 or 2024-05-03T14:05"
                )
            msgspec.structs.force_setattr(self, "published", iso)


def iso_date(text: str) -> str | None:
    """``text`` as an ISO 8601 date or date-time without fractions, or ``None`` if it is neither."""
    text = text.strip()
    if not _ISO.fullmatch(text):
        return None
    try:
        moment = datetime.fromisoformat(
            text.replace(",", ".").replace(" ", "T", 1).replace(" ", "")
        )
    except ValueError:
        return None
    if len(text) == 10:
        return text
    shown = moment.replace(microsecond=0).isoformat()
    # seconds that the source does not state are not made up
    return shown if text.count(":", 0, 19) == 2 else shown[:16] + shown[19:]
