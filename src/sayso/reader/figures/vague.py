"""The table of vague words: how many "dozens" or "several" stand for at least and at most.

The documented one (``lexicon/data/vague.toml``, docs/figures.md), or that with a user's own rows: a
CSV file with the columns ``word``, ``low`` and ``high``, one of the table's words a row; an empty
``high`` leaves the upper end open.
"""

import csv
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import cache
from pathlib import Path

from sayso import lexicon
from sayso.errors import LexiconError

Ends = tuple[Decimal, Decimal | None]


@dataclass(frozen=True)
class VagueTable:
    """Low and high of the words that give a size and no number.

    Attributes:
        plurals: of nouns ("dozens").
        multipliers: of words before a scale, or alone ("several hundred", "a few").
    """

    plurals: dict[str, Ends]
    multipliers: dict[str, Ends]


@cache
def documented() -> VagueTable:
    """The table that docs/figures.md shows."""
    data = lexicon.toml("vague")

    def ends(rows: dict[str, list[int]]) -> dict[str, Ends]:
        return {word: (Decimal(low), Decimal(high)) for word, (low, high) in rows.items()}

    return VagueTable(ends(data["plurals"]), ends(data["multipliers"]))


def load_vague(path: str | Path) -> VagueTable:
    """The documented table with the rows of a user's file in the place of its own.

    Raises:
        LexiconError: the file cannot be read, or a row is none of such a table; the message names
            the file and the line.
    """
    table = documented()
    plurals, multipliers = dict(table.plurals), dict(table.multipliers)
    try:
        with Path(path).open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            if missing := {"word", "low", "high"} - set(reader.fieldnames or ()):
                raise LexiconError(f"{path}: no column {' or '.join(sorted(missing))}")
            for row in reader:
                word = (row["word"] or "").strip().lower()
                rows = plurals if word in plurals else multipliers
                if word not in rows:
                    known = ", ".join([*plurals, *multipliers])
                    raise LexiconError(
                        f"{path}, line {reader.line_num}: {word!r} is none of {known}"
                    )
                rows[word] = _ends(row["low"], row["high"], f"{path}, line {reader.line_num}")
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        reason = getattr(error, "strerror", None) or error
        raise LexiconError(f"{path}: cannot be read as CSV in UTF-8: {reason}") from error
    return VagueTable(plurals, multipliers)


def _ends(low: str | None, high: str | None, where: str) -> Ends:
    try:
        ends = (
            Decimal((low or "").strip()),
            Decimal(high.strip()) if high and high.strip() else None,
        )
    except InvalidOperation as error:
        raise LexiconError(f"{where}: low and high are no numbers: {low!r}, {high!r}") from error
    least, most = ends
    finite = least.is_finite() and (most is None or most.is_finite())
    if not finite or not 0 <= least < 10**6 or (most is not None and not least <= most < 10**16):
        raise LexiconError(f"{where}: low must be 0 or more, and high no less than low")
    return ends
