"""Telling furniture from journalism, line by line, by the lexicon file ``furniture.toml``."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from sayso.lexicon import toml
from sayso.pages.datelines import stated_dates
from sayso.pages.lines import plain, stops, words_of

_READ_TIME = re.compile(
    r"(?:^|(?<=\s))(?:(?:reading time|read time|time to read|estimated reading time)\s?:?\s?)?"
    r"(?:about\s|~\s?)?(\d{1,3})[\s-]{0,2}(?:min|mins|minute|minutes)\.?"
    r"(?:[\s-](?:read|reading|listen|de lecture|watch))\b\.?|"
    r"(?:^|(?<=\s))(?:reading time|read time|time to read|estimated reading time)\s?:?\s?"
    r"(?:about\s|~\s?)?(\d{1,3})\s?(?:min|mins|minute|minutes)\b\.?",
    re.IGNORECASE,
)
_PARTS = re.compile(r"\s?[|·•‧∙●]\s?|\s[/—–-]\s")
_NAME_PARTS = re.compile(r"\s?(?:,|;|&|\band\b|\s/\s)\s?", re.IGNORECASE)
_WHERE = re.compile(r"\s(?:in|for|from|at)\s.{1,60}$", re.IGNORECASE)
#: Brackets, addresses and handles, which are no part of a name.
_ASIDE = re.compile(r"\([^()]{0,80}\)|\S{0,80}(?:@|://|www\.)\S{0,80}")
_LATE_DATE = re.compile(
    r"\s(?:(?:on|at)\s)?(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|\w{3,9}\.?\s\d{1,2}\b|\d).{0,80}$",
    re.IGNORECASE,
)
_ONE_NAME = re.compile(r"[^\W\d_][\w’'.-]{1,30}")
_GLUED = re.compile(r"[.!?…]['\"”’»)]{0,3}(?=\s?([A-Z][^.!?…]{1,40})$)")


@dataclass(frozen=True)
class Meta:
    """What a line says about the page itself; a field is ``None`` where it says nothing of it."""

    section: str | None = None
    authors: tuple[str, ...] = ()
    published: str | None = None
    updated: str | None = None
    minutes: int | None = None
    publisher: str | None = None
    listing: bool = False


@cache
def _set(section: str, key: str) -> frozenset[str]:
    return frozenset(toml("furniture")[section][key])


@cache
def _starts() -> tuple[str, ...]:
    return tuple(toml("furniture")["lines"]["starts"])


def key_of(line: str) -> str:
    """What of a line counts in a comparison: lower-case words without numbers, signs and emoji."""
    words = (_bare(word) for word in line.lower().replace("’", "'").split())
    return " ".join(word for word in words if word and not any(map(str.isdigit, word)))


def _bare(word: str) -> str:
    first, last = 0, len(word)
    while first < last and not word[first].isalnum():
        first += 1
    while last > first and not word[last - 1].isalnum():
        last -= 1
    # the apostrophe of "editors' picks" is a part of the word
    return word[first:last] + ("'" if word[last : last + 1] == "'" else "")


def is_furniture(line: str) -> bool:
    """Whether a line is a button, a label, a notice or nothing but signs and numbers."""
    if len(line) > 500:
        return False
    count = words_of(line)
    # numbers and signs do not count as words: what is long has some all the same
    if count <= 12:
        key = key_of(line)
        if not key or key in _set("lines", "exact"):
            return count <= 8
    lower = plain(line.lower())
    if count <= 30 and lower.startswith(_starts()):
        return True
    # a paragraph of an article may well speak of cookies and terms: a notice is short
    return count <= 45 and any(
        all(word in lower for word in group) for group in toml("furniture")["lines"]["contains"]
    )


def is_tail(line: str) -> bool:
    """Whether a line opens a list of other stories ("Related articles")."""
    if len(line) > 120:
        return False
    key = key_of(line)
    return len(key) < 60 and (
        key in _set("lines", "tail") or (key.startswith("more from ") and not stops(line))
    )


def label_of(line: str) -> tuple[str, str] | None:
    """The field that a line labels and the value on the line (``""``: on the next one)."""
    bare = line.rstrip(" :").lower()
    for field in ("section", "authors", "published", "updated", "minutes", "dropped"):
        labels = _set("labels", field)
        if bare in labels:
            return field, ""
        name, colon, value = line.partition(":")
        if colon and value.strip() and name.strip().lower() in labels:
            return field, value.strip()
    return None


def unglued(line: str) -> str:
    """``line`` without a button that copying glued to its last sentence ("…. See all")."""
    match = _GLUED.search(line, max(0, len(line) - 60))
    if match and key_of(match[1]) in _set("lines", "exact") | _set("lines", "tail"):
        return line[: match.end()]
    return line


def is_section_name(line: str) -> bool:
    """Whether a line is the usual name of a section ("World")."""
    return line.lower().strip(" :") in _set("sections", "names")


def names_in(text: str) -> tuple[str, ...]:
    """The authors that a byline names (without its "By"); empty where ``text`` is none."""
    names: list[str] = []
    roles = _set("bylines", "roles")
    for number, part in enumerate(_NAME_PARTS.split(text[:300])):
        name = _WHERE.sub("", part.strip(" .|·")).strip()
        if not name:
            continue
        if name.lower() in _set("bylines", "collective") or _is_name(name):
            if not (names and roles & set(name.lower().split())):
                names.append(name)
        elif not (
            names and (roles & set(name.lower().split()) or (number > 0 and words_of(name) <= 4))
        ):
            return ()
    return tuple(names)


def _is_name(text: str) -> bool:
    words = text.split()
    if not 2 <= len(words) <= 5 or len(text) > 50 or any(map(str.isdigit, text)):
        return False
    particles = _set("bylines", "particles")
    big = [w for w in words if w[0].isupper() or (not w[0].isascii() and w[0].isalpha())]
    return len(big) >= 2 and all(w in big or w.lower() in particles for w in words)


def parted(names: tuple[str, ...]) -> tuple[tuple[str, ...], str | None]:
    """The people and the outlet among the names of a byline."""
    outlets = tuple(name for name in names if is_outlet(name))
    people = tuple(name for name in names if name not in outlets)
    return people, (outlets[0] if outlets else None)


def is_outlet(name: str) -> bool:
    """Whether a name is that of a newspaper, an agency or a station."""
    return bool(_set("bylines", "outlets") & set(name.lower().split()))


def people_in(text: str, *, certain: bool = False) -> tuple[str, ...]:
    """The people among what an author's field or element says; roles, outlets, addresses go.

    Args:
        text: "By Jane Doe and Jo Bell, Radio Ulm | May 3", "Jane Doe, Senior Correspondent".
        certain: the text is known to name an author, so that one word may be a name.
    """
    names: list[str] = []
    outlets: list[str] = []
    for piece in _PARTS.split(_ASIDE.sub(" ", plain(text))[:300]):
        for part in _NAME_PARTS.split(_unlabelled(piece)):
            name = _WHERE.sub("", _LATE_DATE.sub("", part).strip(" .,|·:-–—")).strip()
            lower = name.lower()
            if not name or lower in _set("bylines", "nobody") or stated_dates(name):
                continue
            if lower in _set("bylines", "collective") or is_outlet(name):
                outlets.append(name)
            elif _is_name(name) and not _set("bylines", "roles") & set(lower.split()):
                names.append(name)
            elif certain and _ONE_NAME.fullmatch(name) and not is_furniture(name):
                outlets.append(name)
    # one word, or an agency, is an author only where no person is
    return tuple(dict.fromkeys(names or outlets[:1]))


def names_person(names: Iterable[str]) -> bool:
    """Whether any of the names may be a person's: not an outlet's, not one word."""
    return any(" " in name and not is_outlet(name) for name in names)


def names_nobody(name: str) -> bool:
    """Whether what stands for an author names nobody: "Staff", "Senior Correspondent"."""
    words = set(name.lower().split())
    return name.lower() in _set("bylines", "nobody") or words <= _set("bylines", "roles")


def _unlabelled(text: str) -> str:
    """``text`` without its "By", "Written by", "Author:"."""
    text = text.strip()
    lower = text.lower()
    for start in sorted(_set("bylines", "starts"), key=lambda s: (-len(s), s)):
        if lower.startswith(start) and text[len(start) : len(start) + 1] in (" ", ":"):
            return text[len(start) :].lstrip(" :")
    return text


def says_by(line: str) -> bool:
    """Whether a part of a line begins as a byline does ("May 3 | By Jane Doe")."""
    return any(part.strip() != _unlabelled(part) for part in _PARTS.split(line))


def byline_of(line: str) -> tuple[str, ...]:
    """The authors of a line "By Jane Doe"; empty where it is no byline."""
    lower = line.lower()
    for start in sorted(_set("bylines", "starts"), key=lambda s: (-len(s), s)):
        if lower.startswith(start) and line[len(start) : len(start) + 1] in (" ", ":"):
            return names_in(line[len(start) :].lstrip(" :"))
    return ()


def meta_of(line: str) -> Meta | None:
    """What a short line states of the page ("By Jane Doe | May 3, 2024"), if it does."""
    if len(line) > 240 or words_of(line) > 32:
        return None
    minutes: int | None = None
    timed = _READ_TIME.search(line)
    if timed:
        minutes = int(timed[1] or timed[2])
        line = plain(f"{line[: timed.start()]} | {line[timed.end() :]}")
    authors: tuple[str, ...] = ()
    published = updated = section = None
    known = timed is not None
    dated = False
    rest: list[str] = []
    # a date may itself be written with the signs that part a line: it is taken out first
    found = stated_dates(line)
    for stated in found:
        known = dated = True
        if stated.label == "updated":
            updated = updated or stated.value
        else:
            published = published or stated.value
        rest.append(stated.rest)
    for part in _PARTS.split(" | ".join(rest) if found else line):
        part = part.strip(" ,;|()")
        if not part:
            continue
        names = byline_of(part)
        if names:
            authors += names
            known = True
        elif is_section_name(part):
            section = section or part
        elif known and not authors and found and _is_name(part):
            authors += (part,)
        elif not (is_furniture(part) or label_of(part)) and (
            words_of(part) > 4 or stops(part) or part[0].islower()
        ):
            return None
    if not known:
        return None
    people, publisher = parted(authors)
    listing = dated or timed is not None
    return Meta(section, people, published, updated, minutes, publisher, listing)
