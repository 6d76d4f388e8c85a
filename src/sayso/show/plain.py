"""Characters and numbers as people see them."""

import re

# What a terminal or a browser would obey instead of showing: C0 and C1 controls (escape sequences
# begin with one), the embeddings and overrides that turn the direction of the text around, and
# lone surrogates, which no encoding takes. One character each, so that offsets stay.
_OBEYED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_SCALES = ((1e12, " trillion"), (1e9, " billion"), (1e6, " million"))
#: The sign before the amount where the currency has one that stands for it alone.
_SIGNS = {"USD": "$", "EUR": "€", "GBP": "£"}


def safe(text: str) -> str:
    """``text`` with control characters replaced, one by one, by U+FFFD; tabs and newlines stay."""
    return _OBEYED.sub("\ufffd", text)


def line(text: str) -> str:
    """``safe`` text on one line, each run of white space a space."""
    return " ".join(safe(text).split())


def shortened(text: str, limit: int) -> str:
    """``line`` of at most ``limit`` characters, cut at a space where there is one."""
    whole = line(text)
    if len(whole) <= limit:
        return whole
    cut = whole.rfind(" ", limit // 2, limit)
    return whole[: cut if cut > 0 else limit - 1] + "…"


def number(value: float, unit_kind: str | None = None, currency: str | None = None) -> str:
    """A number with its unit: ``15,000``, ``$19.2 billion``, ``50%``."""
    if unit_kind == "share":
        return f"{_digits(value * 100)}%"
    sign = _SIGNS.get(currency or "", "")
    after = "" if sign or not currency else f" {currency}"
    for size, name in _SCALES:
        if abs(value) >= size:
            return f"{sign}{_digits(value / size)}{name}{after}"
    return f"{sign}{_digits(value)}{after}"


def _digits(value: float) -> str:
    if value == int(value):
        return f"{int(value):,}"
    return f"{value:,.4g}" if abs(value) < 1000 else f"{value:,.1f}"


def count(amount: int, one: str, many: str | None = None) -> str:
    """``1 claim``, ``2 claims``."""
    return f"{amount} {one if amount == 1 else many or one + 's'}"
