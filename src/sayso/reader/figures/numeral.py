"""What a number is, and the number words of the lexicon ready for look-up."""

from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Literal

from sayso import lexicon
from sayso.reader.figures.pieces import HYPHENS, Pieces

Form = Literal["digits", "words", "share", "vague"]


@dataclass(frozen=True, slots=True)
class Numeral:
    """One number as the text writes it.

    Attributes:
        first: its first piece.
        last: its last piece, inclusive.
        value: the number named; None for a vague one.
        low: lower end of a vague one.
        high: upper end of a vague one.
        form: how it is written.
        mantissa: the number before it was multiplied by a scale word.
        scale: what it was multiplied by.
        suffix: the multiplying letters attached to the digits that might be a unit ("5m"), else "".
    """

    first: int
    last: int
    value: Decimal | None
    form: Form
    low: Decimal | None = None
    high: Decimal | None = None
    mantissa: Decimal = Decimal(0)
    scale: Decimal = Decimal(1)
    suffix: str = ""


@dataclass(frozen=True, slots=True)
class Words:
    """The number words of the lexicon, ready for look-up."""

    units: dict[str, int]
    tens: dict[str, int]
    scales: dict[str, int]
    suffixes: dict[str, int]
    ambiguous: frozenset[str]
    denominators: dict[str, int]
    signs: dict[str, Decimal]
    share_before: frozenset[str]
    share_measured: frozenset[str]
    share_end: frozenset[str]
    share_lead: frozenset[str]
    share_compared: frozenset[str]
    share_not_after: frozenset[str]
    vague_scales: dict[str, int]
    alone: frozenset[str]
    with_article: frozenset[str]
    multiples: dict[str, int]
    triggers: frozenset[str]


@cache
def words() -> Words:
    """The number words, read once."""
    data, vague = lexicon.toml("numbers"), lexicon.toml("vague")
    share = data["share"]
    starters = {"a", "an", "half", "quarter", "hundred", "dozen"}
    ending = data["multiple"]["ending"]
    multiples = {w + ending: n for w, n in {**data["units"], **data["tens"]}.items() if n > 1}
    multiples["hundred" + ending] = 100
    return Words(
        units=data["units"],
        tens=data["tens"],
        scales=data["scales"],
        suffixes=data["suffixes"],
        ambiguous=frozenset(data["ambiguous"]["suffixes"]),
        denominators=data["denominators"],
        signs={sign: Decimal(str(value)) for sign, value in data["fraction_signs"].items()},
        share_before=frozenset(share["before"]),
        share_measured=frozenset(share["measured"]),
        share_end=frozenset(share["end"]),
        share_lead=frozenset(share["lead"]),
        share_compared=frozenset(share["compared"]),
        share_not_after=frozenset(share["not_after"]),
        vague_scales=vague["scales"],
        alone=frozenset(vague["alone"]["words"]),
        with_article=frozenset(vague["alone"]["article"]),
        multiples=multiples,
        triggers=frozenset(
            starters
            | set(multiples)
            | set(data["units"])
            | set(data["tens"])
            | set(vague["plurals"])
            | set(vague["multipliers"])
            | set(data["fraction_signs"])
        ),
    )


def skip_hyphen(pieces: Pieces, index: int) -> int:
    """``index``, or the piece after it where it is a hyphen between two words."""
    if pieces.word(index) in HYPHENS and pieces.glued(index) and pieces.glued(index + 1):
        return index + 1
    return index


def ratio(over: Decimal, under: Decimal) -> Decimal:
    """``over / under`` to ten places: a third is 0.3333333333."""
    return round(over / under, 10)
