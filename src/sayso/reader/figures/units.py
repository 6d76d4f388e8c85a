"""Units, currencies and counted nouns: look-ups from words to what a number measures."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import cast

from sayso import lexicon
from sayso.reader.figures.pieces import HYPHENS, Pieces
from sayso.records import UnitKind


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of measure: its kind, its name, its currency (ISO 4217), what the number is times."""

    kind: UnitKind
    name: str
    factor: Decimal = Decimal(1)
    currency: str | None = None


@dataclass(frozen=True, slots=True)
class _Units:
    by_first: dict[str, list[tuple[tuple[str, ...], Unit]]]
    attached: frozenset[str]
    glued: frozenset[str]
    weights: dict[str, Unit]
    not_weighed: frozenset[str]
    signs: dict[str, str]
    dollars: dict[str, str]
    prefixes: dict[str, str]
    codes: frozenset[str]
    wordlike: frozenset[str]
    ambiguous: frozenset[str]
    age_after: frozenset[str]
    age_before: frozenset[str]
    nouns: dict[str, UnitKind]
    endings: tuple[tuple[str, UnitKind], ...]
    weapon: re.Pattern[str]
    sorts: dict[str, str]
    groups: frozenset[str]


def _plural(words: tuple[str, ...]) -> tuple[str, ...]:
    return (*words[:-1], words[-1] + "s")


@cache
def _units() -> _Units:
    from sayso.reader.figures.pieces import cut

    data, money = lexicon.toml("units"), lexicon.toml("currencies")
    entries: dict[tuple[str, ...], Unit] = {}
    for name, code in _currency_names(money).items():
        unit = Unit("money", code, currency=code)
        words = tuple(name.split())
        entries[words] = unit
        entries.setdefault(_plural(words), unit)
    for name, code in money["parts"].items():
        unit = Unit("money", name, currency=code)
        entries[(name,)] = unit
        entries[(name + "s",)] = unit
    for row in data["units"]:
        unit = Unit(row["kind"], row["unit"], Decimal(str(row.get("factor", 1))))
        for text in row["words"]:
            words = tuple(w for w in cut(text).low if w not in HYPHENS)
            entries[words] = unit
            if words[-1].isalpha() and len(words[-1]) > 2:
                entries.setdefault(_plural(words), unit)
    by_first: dict[str, list[tuple[tuple[str, ...], Unit]]] = {}
    for words, unit in entries.items():
        by_first.setdefault(words[0], []).append((words, unit))
    for options in by_first.values():
        options.sort(key=lambda option: (-len(option[0]), option[0]))
    nouns = {
        noun: cast(UnitKind, kind) for kind, listed in data["nouns"].items() for noun in listed
    }
    endings = tuple(
        (ending, cast(UnitKind, kind))
        for kind, listed in data["endings"].items()
        for ending in listed
    )
    return _Units(
        by_first,
        frozenset(data["attached"]["words"]),
        frozenset(data["attached"]["glued"]),
        {"pound": Unit("goods", money["weights"]["pound"])},
        frozenset(money["weights"]["not_of"]),
        money["signs"],
        money["dollars"],
        money["prefixes"],
        frozenset(_codes()),
        frozenset(money["ambiguous"]["codes"]),
        frozenset(money["ambiguous"]["words"]),
        frozenset(data["age"]["after"]),
        frozenset(data["age"]["before"]),
        nouns,
        endings,
        re.compile(data["designations"]["weapons"]),
        {word: sort for sort in ("civilians", "soldiers") for word in data["sorts"][sort]},
        frozenset(data["sorts"]["groups"]),
    )


@cache
def _codes() -> tuple[str, ...]:
    """The ISO 4217 codes of the currencies in use."""
    import pycountry

    return tuple(sorted(c.alpha_3 for c in pycountry.currencies if not c.alpha_3.startswith("X")))


def _currency_names(money: dict[str, dict[str, str]]) -> dict[str, str]:
    """Currency names in lower case to codes; the lexicon's own win over the official ones."""
    import pycountry

    skip = set(money["ambiguous"]["skip"])
    names: dict[str, str] = {}
    for currency in pycountry.currencies:
        name = currency.name.lower()
        if name.replace(" ", "").isalpha() and name not in skip and currency.alpha_3[0] != "X":
            names.setdefault(name, currency.alpha_3)
    return names | money["words"]


@cache
def _shared() -> dict[str, dict[str, str]]:
    """For each name that currencies share ("peso") their codes by country (ISO 3166-1 alpha-2)."""
    import pycountry

    found: dict[str, dict[str, str]] = {}
    for currency in pycountry.currencies:
        for word in currency.name.lower().split():
            found.setdefault(word, {})[currency.alpha_3[:2]] = currency.alpha_3
    names: dict[str, str] = lexicon.toml("currencies")["shared"]
    return {name: found[official] for name, official in names.items()}


def currency_of_countries(words: str, code: str, countries: Sequence[str]) -> str:
    """The currency that a shared name stands for where these countries are spoken of.

    Args:
        words: the quantity as written ("40 million pesos").
        code: its currency as the name alone has it (ISO 4217).
        countries: countries (ISO 3166-1 alpha-2), the most spoken of first.

    Returns:
        The first country's that has a currency of the name; ``code`` where none has, or where the
        name says more than the shared word ("Chilean pesos").
    """
    word = words.split()[-1].lower() if words.split() else ""
    codes = _shared().get(word) or _shared().get(word.removesuffix("s"))
    if codes is None or code[:2] in countries:
        return code
    if code not in (currency_words().get(word), currency_words().get(word.removesuffix("s"))):
        return code
    return next((codes[country] for country in countries if country in codes), code)


def currency_words() -> dict[str, str]:
    """The lexicon's names of currencies, to their codes."""
    words: dict[str, str] = lexicon.toml("currencies")["words"]
    return words


def currency_before(pieces: Pieces, index: int) -> tuple[int, str] | None:
    """The currency whose sign, prefix or code ends right before piece ``index``.

    Returns:
        Its first piece and its ISO 4217 code; None where there is none.
    """
    at = index - 1
    if at < 0:
        return None
    units = _units()
    sign = pieces.low[at]
    if (code := units.signs.get(sign)) is not None:
        if pieces.glued(at) and pieces.kinds[at - 1] == "w":
            letters = pieces.low[at - 1]
            if sign == "$" and letters in units.dollars:
                return at - 1, units.dollars[letters]
            if letters.upper() in units.codes:
                return at - 1, letters.upper()
        elif sign == "$" and [pieces.word(at + i) for i in range(-4, 0)] == ["u", ".", "s", "."]:
            return at - 4, code
        return at, code
    if pieces.kinds[at] == "w" and pieces.raw(at) in units.codes - units.wordlike:
        return at, pieces.raw(at)
    if sign == "." and pieces.glued(at) and pieces.word(at - 1) in units.prefixes:
        at -= 1
        sign = pieces.low[at]
    if sign in units.prefixes and pieces.raw(at)[0].isupper():
        return at, units.prefixes[sign]
    return None


def unit_after(
    pieces: Pieces, last: int, *, digits: bool, scaled: bool = False
) -> tuple[int, Unit] | None:
    """The unit whose words begin right after piece ``last``, hyphens as spaces; the longest one.

    Args:
        pieces: the text.
        last: the number's last piece.
        digits: whether the number is written in digits, which abbreviated units ask for.
        scaled: whether a scale word is in the number ("2 million"), after which a word that may be
            something else is a currency.
    """
    units = _units()
    at = last + 1
    if at >= len(pieces):
        return None
    hyphen = pieces.low[at] in HYPHENS and pieces.glued(at) and pieces.glued(at + 1)
    if hyphen:
        at += 1
    word = pieces.word(at)
    if (code := units.signs.get(word)) is not None and digits:
        # "20 €": a sign before another number belongs to that one.
        if pieces.glued(at + 1) and pieces.kinds[at + 1] == "d":
            return None
        return at, Unit("money", code, currency=code)
    if digits and pieces.kinds[at : at + 1] == ["w"] and pieces.raw(at) in units.codes:
        return at, Unit("money", word.upper(), currency=word.upper())
    if word == "us" and pieces.word(at + 1).startswith("dollar"):
        return at + 1, Unit("money", "USD", currency="USD")
    if [pieces.word(at + i).rstrip("s") for i in range(5)] == ["u", ".", "", ".", "dollar"]:
        return at + 4, Unit("money", "USD", currency="USD")
    for words, unit in units.by_first.get(word, ()):
        end = _matched(pieces, at, words)
        if end is None:
            continue
        if len(words) == 1:
            # "5m", "3g": letters that are a unit only where digits touch them.
            touching = digits and (hyphen or pieces.glued(at))
            spaced = digits and words[0] not in units.glued
            if words[0] in units.attached and not (touching or spaced):
                continue
            if (
                unit.kind == "money"
                and words[0].rstrip("s") in units.ambiguous
                and not (scaled or digits or words[0] in ("pounds", "bucks"))
            ):
                continue
            weight = units.weights.get(words[0].rstrip("s"))
            of = pieces.word(end + 1) == "of" and pieces.word(end + 2) not in units.not_weighed
            if weight is not None and of:
                return end, weight
            if words[0] == "second" and not hyphen and pieces.word(last) not in ("one", "1"):
                continue
        return end, unit
    return None


def _matched(pieces: Pieces, at: int, words: tuple[str, ...]) -> int | None:
    """The last piece of ``words`` at piece ``at``, with hyphens between them passed over."""
    for position, word in enumerate(words):
        if position and pieces.word(at) in HYPHENS and pieces.glued(at):
            at += 1
        if pieces.word(at) != word or pieces.kinds[at] == "b":
            return None
        at += 1
    return at - 1


def multiple_of(word: str) -> Unit | None:
    """The unit of a word that is a multiple ("threefold"), or None."""
    ending = lexicon.toml("numbers")["multiple"]["ending"]
    return Unit("other", "times") if len(word) > len(ending) and word.endswith(ending) else None


def age_after(pieces: Pieces, last: int) -> int | None:
    """The last piece of the words that make a duration an age ("-old", "of age"), or None."""
    at = last + 1
    if pieces.word(at) in HYPHENS:
        at += 1
    if pieces.word(at) in _units().age_after:
        return at
    if pieces.word(at) == "of" and pieces.word(at + 1) == "age":
        return at + 1
    return None


def is_age_before(pieces: Pieces, first: int) -> bool:
    """Whether the word before piece ``first`` says that a number is an age ("aged 34")."""
    return pieces.word(first - 1) in _units().age_before


def noun_kind(lemma: str, lower: str) -> UnitKind | None:
    """The unit kind of a counted noun, by its lemma or its own form, else by its ending."""
    units = _units()
    kind = units.nouns.get(lemma) or units.nouns.get(lower)
    if kind is None and units.weapon.fullmatch(lower):
        return "weapons"
    if kind is None:
        for ending, ending_kind in units.endings:
            if lower.endswith(ending) and len(lower) > len(ending) + 2:
                return ending_kind
    return kind


def sort_of(lemma: str, lower: str) -> str | None:
    """The sort of people that a noun names ("soldiers", "civilians"), or None."""
    sorts = _units().sorts
    return sorts.get(lemma) or sorts.get(lower)


def is_group(lemma: str) -> bool:
    """Whether a noun is a group of people whose size an "of" may give ("a crew of 22")."""
    return lemma in _units().groups
