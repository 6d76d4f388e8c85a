"""Dates as pages state them of themselves: "Published 3 May 2024, 14:05 GMT"."""

import re
from datetime import date
from functools import cache
from typing import NamedTuple

from sayso.lexicon import toml


class Stated(NamedTuple):
    """A date that a line states.

    Attributes:
        value: ISO 8601 date or date-time; ``None`` where it is relative or ambiguous.
        label: ``published`` or ``updated``, where the line says which.
        rest: what else the line holds.
    """

    value: str | None
    label: str | None
    rest: str


@cache
def _months() -> dict[str, int]:
    months = toml("furniture")["dates"]["months"]
    return {name: number for number, names in enumerate(months, 1) for name in names}


def _any(words: list[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=lambda w: (-len(w), w)))


@cache
def _date_pattern() -> re.Pattern[str]:
    dates = toml("furniture")["dates"]
    weekday = rf"(?:\b(?:{_any(dates['weekdays'])})\b\.?,?\s)?"
    month = rf"(?:{_any(list(_months()))})"
    return re.compile(
        rf"{weekday}(?:"
        rf"\b(?P<m1>{month})\b\.?\s(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?,?\s(?P<y1>\d{{4}})\b"
        rf"|\b(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?\s(?:of\s)?(?P<m2>{month})\b\.?,?\s(?P<y2>\d{{4}})\b"
        rf"|\b(?P<y3>\d{{4}})[-/.](?P<m3>\d{{2}})[-/.](?P<d3>\d{{2}})(?=\b|T\d)"
        rf"|\b(?P<d4>\d{{1,2}})(?P<sep>[./-])(?P<m4>\d{{1,2}})(?P=sep)(?P<y4>\d{{4}})\b"
        rf")",
        re.IGNORECASE,
    )


@cache
def _time_pattern() -> re.Pattern[str]:
    zones = _any(list(toml("furniture")["dates"]["zones"]))
    return re.compile(
        rf"(?:^T)?(?<![\d:])(?:(?P<h>[01]?\d|2[0-3])[:.h](?P<m>[0-5]\d)(?::[0-5]\d(?:\.\d{{1,6}})?)?"
        rf"(?:\s?(?P<ap>[ap])\.?m\b\.?)?|(?P<h2>1[0-2]|[1-9])\s?(?P<ap2>[ap])\.?m\b\.?)"
        rf"(?:\s?(?:\((?P<z1>{zones})\)|(?P<z2>{zones})\b)?(?P<off>[+-]\d{{1,2}}(?::?\d{{2}})?)?)?"
        rf"(?:\s(?:local time|[A-Z]{{2,4}}T)\b)?",
        re.IGNORECASE,
    )


@cache
def _label_pattern() -> re.Pattern[str]:
    labels = toml("furniture")["labels"]
    return re.compile(
        rf"\b(?:(?P<published>{_any(labels['published'])})|(?P<updated>{_any(labels['updated'])}))\b"
        r"\s?:?\s?",
        re.IGNORECASE,
    )


@cache
def _ago_pattern() -> re.Pattern[str]:
    units = _any(toml("furniture")["dates"]["ago"])
    return re.compile(
        rf"\b(?:\d{{1,3}}|an?)\s?(?:{units})s?(?:\s\d{{1,3}}\s?(?:{units})s?)?\sago\b",
        re.IGNORECASE,
    )


def stated_dates(line: str) -> list[Stated]:
    """The dates that a short line states, in order; empty where it states none.

    Args:
        line: one line of a page, white space normalised.
    """
    pieces: list[tuple[str | None, str]] = []
    label, at = None, 0
    for match in _label_pattern().finditer(line):
        if match.start() and not line[at : match.start()].strip(" ,;:|·•-–—/()"):
            # "First published" and the like: one label of several words
            label, at = match.lastgroup, match.end()
            continue
        pieces.append((label, line[at : match.start()]))
        label, at = match.lastgroup, match.end()
    pieces.append((label, line[at:]))
    found = []
    for label, piece in pieces:
        stated = _one_date(piece)
        if stated:
            found.append(Stated(stated[0], label, stated[1]))
    return found


def _one_date(piece: str) -> tuple[str | None, str] | None:
    """The date in ``piece`` and what is left of it; ``None`` if there is none."""
    match = _date_pattern().search(piece)
    if not match:
        ago = _ago_pattern().search(piece)
        if not ago:
            return None
        return None, _rest(piece[: ago.start()], piece[ago.end() :])
    value = _iso(match)
    before, after = piece[: match.start()], piece[match.end() :]
    time = _time_pattern().search(after) or _time_pattern().search(before)
    if time:
        part = time.string
        left = part[: time.start()] + " " + part[time.end() :]
        if part is after:
            after = left
        else:
            before = left
        clock = _clock(time)
        value = value + clock if value and clock else value
    return value, _rest(before, after)


def _rest(before: str, after: str) -> str:
    words = f"{before} {after}".split()
    strip = ",;:|·•-–—/()@"
    kept = [word for word in words if word.strip(strip).lower() not in ("", "at", "on", "in")]
    return " ".join(kept).strip(strip + " ")


def _iso(match: re.Match[str]) -> str | None:
    group = match.groupdict()
    if group["y1"]:
        year, month, day = int(group["y1"]), _months()[group["m1"].lower()], int(group["d1"])
    elif group["y2"]:
        year, month, day = int(group["y2"]), _months()[group["m2"].lower()], int(group["d2"])
    elif group["y3"]:
        year, month, day = int(group["y3"]), int(group["m3"]), int(group["d3"])
    else:
        year, month, day = int(group["y4"]), int(group["m4"]), int(group["d4"])
        if group["sep"] != ".":
            # 03/05/2024 is March in one country and May in another: only told where it can be
            if month <= 12 and day <= 12 and month != day:
                return None
            if month > 12:
                month, day = day, month
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def _clock(match: re.Match[str]) -> str | None:
    group = match.groupdict()
    hour, minute = int(group["h"] or group["h2"]), int(group["m"] or 0)
    half = (group["ap"] or group["ap2"] or "").lower()
    if half and hour <= 12:
        hour = hour % 12 + (12 if half == "p" else 0)
    zone = group["z1"] or group["z2"]
    offset = ""
    if group["off"]:
        sign, digits = group["off"][0], group["off"][1:].replace(":", "")
        hours, minutes = (digits[:-2], digits[-2:]) if len(digits) > 2 else (digits, "00")
        if int(hours) > 14 or int(minutes) > 59:
            return None
        offset = f"{sign}{int(hours):02d}:{minutes}"
    elif zone:
        shift = int(toml("furniture")["dates"]["zones"][zone.lower()])
        offset = f"{'-' if shift < 0 else '+'}{abs(shift):02d}:00"
    return f"T{hour:02d}:{minute:02d}{offset}"
