"""Dates and times of day as press databases write them, in the language of the interface."""

import re
from functools import cache

from sayso.lexicon import toml
from sayso.pages.datelines import stated_dates
from sayso.pages.lines import words_of

#: Characters of the longest line that states a day.
_LONGEST = 80
#: Words that may follow the day: "Monday, Late Edition - Final".
_AFTER = 6
#: Words before it, of an outlet's name.
_BEFORE = 12
_WORD = re.compile(r"[^\W\d_][\w-]*")
_OF = re.compile(r"(?<=\w)\sde\s", re.IGNORECASE)
_CHINESE = re.compile(r"((?:19|20)\d\d)\s?年\s?(\d{1,2})\s?月\s?(\d{1,2})\s?日")
_ORDINAL = re.compile(r"\b(\d{1,2})(?:\.|er|º)(?=\s)")


def day_of(text: str) -> str | None:
    """The day that a line begins with, with the time where it states one (ISO 8601)."""
    if len(text) > _LONGEST:
        return None
    text = _in_english(text)
    dates = stated_dates(text)
    if len(dates) != 1 or dates[0].label:
        return None
    rest = dates[0].rest
    begins = not rest or not text.startswith(rest.split()[0])
    return dates[0].value if begins and words_of(rest) <= _AFTER else None


def day_within(text: str) -> int | None:
    """At which word the day begins with which a line ends; ``None`` where there is none."""
    words = text.split()
    if len(text) > 2 * _LONGEST:
        return None
    ends = range(1, min(len(words), _BEFORE))
    return next((at for at in ends if day_of(" ".join(words[at:]))), None)


def clock_of(text: str) -> str | None:
    """The time of day that a line is, as the end of a date ("T14:05")."""
    if len(text) > 20:
        return None
    dates = stated_dates(f"2000-01-01 {text}")
    value = dates[0].value if len(dates) == 1 and not dates[0].rest else None
    return (value or "")[10:] or None


def _in_english(text: str) -> str:
    text = _CHINESE.sub(lambda day: f"{day[1]}-{int(day[2]):02}-{int(day[3]):02}", text)
    text = _ORDINAL.sub(r"\1", _OF.sub(" ", text))
    return _WORD.sub(lambda word: _names().get(word[0].lower(), word[0]), text)


@cache
def _names() -> dict[str, str]:
    dates: dict[str, list[str]] = toml("press")["dates"]
    return {name: english for english, names in dates.items() for name in names}
