"""The words of a text as classes: one character a word, so that an expression is a regular one."""

import re
from dataclasses import dataclass
from functools import cache

from sayso.lexicon import toml

# Every alternative ends at the first character that it cannot take, so the scan is linear.
_WORD = re.compile(
    r"""
      \n[^\S\n]*\n\s*                 # an empty line
    | \d{1,3}(?:,\d{3})+(?!\d)        # 10,000
    | \d+(?:\.\d+)+                   # 2.5, 8.30, 28.04.2025
    | (?<![^\W_])['’]\d\d(?!\w)      # '98
    | \d+(?:st|nd|rd|th|s)\b          # 4th, 1990s
    | \d+(?=[ap]\.?m\b)               # the 8 of 8pm
    | \b[ap]\.[ ]?m\b\.?              # p.m.
    | \bo['’]clock\b
    | [^\W_]+
    | \S
    """,
    re.IGNORECASE | re.VERBOSE,
)

_SIGNS = {
    "comma": ",",
    "hyphen": "-‐‑–—−~",
    "slash": "/",
    "colon": ":",
    "semicolon": ";",
    "period": ".!?…",
    "quote": "'’‘ʼ",
    "open": "([",
    "close": ")]",
    "currency": "$€£¥₽₴#№",
    "percent": "%",
}
_SCANNED = (
    "other",
    "break",
    "dot",
    "day",
    "ordinal_day",
    "year",
    "integer",
    "decimal",
    "dotted",
    "decade_number",
    "short_decade",
)
Payload = str | int | float
_LONGEST_NUMBER = 9
_APOSTROPHES = "'’"
#: Two digits behind an apostrophe below this are of this century: '05, but '89.
_PIVOT = 40


@cache
def symbols() -> dict[str, str]:
    """The character of each class, by the class's name."""
    names = [*_SCANNED, *_SIGNS, *toml("dates")["classes"]]
    # From 0x100 on "re" would need larger tables; there is room for 128 classes below.
    return {name: chr(0x80 + index) for index, name in enumerate(names)}


@cache
def _entries() -> dict[str, tuple[str, Payload]]:
    """Symbol and payload of every spelling that the lexicon knows, and of the signs."""
    chars = symbols()
    entries: dict[str, tuple[str, Payload]] = {}
    for name, words in toml("dates")["classes"].items():
        for word, payload in words.items():
            for spelling in (word, word[:1].upper() + word[1:], word.upper()):
                entries.setdefault(spelling, (chars[name], payload))
    for name, signs in _SIGNS.items():
        entries.update((sign, (chars[name], sign)) for sign in signs)
    return entries


@dataclass(slots=True)
class Words:
    """The words of a text, in order.

    Attributes:
        text: the text.
        symbols: one character a word, its class.
        starts: the offset in ``text`` (characters) at which each word begins.
        ends: the offset after each word's last character.
        payloads: what each word means in its class (a month's number, a unit's code).
    """

    text: str
    symbols: str
    starts: list[int]
    ends: list[int]
    payloads: list[Payload]


def scan(text: str) -> Words:
    """The words of ``text``."""
    entries = _entries()
    chars = symbols()
    other, dot, period = chars["other"], chars["dot"], chars["period"]
    shortened = {chars["short_month"], chars["short_weekday"]}
    found: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    payloads: list[Payload] = []
    for match in _WORD.finditer(text):
        word = match[0]
        start, end = match.span()
        entry = entries.get(word)
        if entry is not None:
            symbol, payload = entry
            # "Sept." keeps its full stop, so that the form goes on behind it.
            if symbol == period and word == "." and found and found[-1] in shortened:
                symbol = dot if ends[-1] == start else period
        elif word[0].isdecimal() or (len(word) == 3 and word[0] in _APOSTROPHES):
            name, payload = _number(word)
            symbol = chars[name]
        elif word[0] == "\n":
            symbol, payload = chars["break"], 0
        else:
            symbol, payload = other, 0
        found.append(symbol)
        starts.append(start)
        ends.append(end)
        payloads.append(payload)
    return Words(text, "".join(found), starts, ends, payloads)


def _number(word: str) -> tuple[str, Payload]:
    """Class and value of a word that begins with a digit."""
    if len(word) > _LONGEST_NUMBER + 3:
        return "other", 0
    if word[0] in _APOSTROPHES:
        short = int(word[1:])
        return "year", short + (2000 if short < _PIVOT else 1900)
    if word.isdecimal():
        value = int(word)
        if len(word) <= 2:
            return ("day" if 1 <= value <= 31 else "integer"), value
        if len(word) == 4 and 1000 <= value < 2200:
            return "year", value
        return "integer", value
    if "." in word:
        parts = word.split(".")
        if len(parts) == 2 and all(part.isdecimal() for part in parts):
            return "decimal", float(word)
        return "dotted", word
    if "," in word:
        return "integer", int(word.replace(",", ""))
    digits = word.rstrip("sthndrSTHNDR")
    if not digits.isdecimal():
        return "other", 0
    value = int(digits)
    if word[len(digits) :] in ("s", "S"):
        if value % 10:
            return "other", 0
        if len(digits) == 4 and 1000 <= value < 2200:
            return "decade_number", value // 10
        if len(digits) == 2:
            return "short_decade", value // 10
        return "other", 0
    return ("ordinal_day" if 1 <= value <= 31 else "other"), value
