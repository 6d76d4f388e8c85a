"""What a line of an export is, by the lexicon file ``press.toml``: a mark, a label, a line."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Literal, NamedTuple, cast

from sayso.lexicon import toml
from sayso.pages.documents.document import Paragraph
from sayso.pages.lines import plain, stops

Role = Literal[
    "headline",
    "authors",
    "credit",
    "published",
    "time",
    "publisher",
    "section",
    "length",
    "kept",
    "abstract",
    "full",
    "body",
    "caption",
    "url",
    "dropped",
    "end",
]
Mark = Literal["above", "below", "between", "counts", "words", "page"]
Beginning = Literal["rights", "byline", "caption", "original", "untitled", "filed", "closing"]
#: The labels of ProQuest are other ones than those of all others.
Table = Literal["labels", "filed"]

#: Characters of the longest mark.
_LONGEST = 60
#: Places of a word that are looked at.
_PLACES = 10_000
#: Characters of the longest line that says whose a text is.
_RIGHTS = 400
_PREFIX = re.compile(r"([^\W\d_][\w ()/-]{1,30}):(?:\s|$)")
_NUMBER = re.compile(r"[\d.,]+")
_YEAR = re.compile(r"(?:19|20)\d\d")
#: Words before the year in it.
_BEFORE = 2
_TABBED = re.compile(r"^([A-Z]{2,3})[ ]?\t", re.MULTILINE)
_PIECES = {
    "#": r"(\d{1,3}(?:[,.]\d{3}){1,2}|\d{1,9})",
    # the code of the source, the day of loading, a number
    "@": r"([A-Z0-9]{4,10}(?:19|20)\d{6}[A-Za-z0-9]{5,20})",
}


class Line(NamedTuple):
    """A paragraph of an export.

    Attributes:
        text: its words, without the label.
        role: what its label names.
        certain: no sentence begins with that label.
        code: the label is one of Factiva's, of two or three capitals.
        paragraph: as it stands in the document.
    """

    text: str
    role: Role | None
    certain: bool
    code: bool
    paragraph: Paragraph


class Found(NamedTuple):
    """A mark: its kind, its numbers, the id that it names."""

    kind: Mark
    numbers: list[int]
    id: str


def line_of(paragraph: Paragraph, table: Table = "labels") -> Line:
    """A paragraph, its label apart."""
    text, roles = paragraph.text, _roles(table)
    if label := paragraph.label.rstrip(": "):
        after = text[len(paragraph.label) :]
        # bold words at the beginning may be those that were searched for
        set_off = label in _codes() or ":" in (paragraph.label[-1], after[:1])
        if set_off and (role := _role(label, roles)):
            return _labelled(label, role, after.lstrip(": "), paragraph)
    prefix = _PREFIX.match(text)
    if prefix and (role := _role(prefix[1], roles)):
        return _labelled(prefix[1], role, text[prefix.end() :].strip(), paragraph)
    alone = text.rstrip(": ")
    if len(text) <= _LONGEST and (role := _role(alone, roles)):
        return _labelled(alone, role, "", paragraph)
    return unlabelled(paragraph)


def unlabelled(paragraph: Paragraph) -> Line:
    """A paragraph as it stands, without any label."""
    return Line(paragraph.text, None, False, False, paragraph)


def mark_of(text: str, kinds: Sequence[Mark]) -> Found | None:
    """The mark that a line is; ``None`` for any other line."""
    if len(text) > _LONGEST:
        return None
    for kind in kinds:
        if match := _marks(kind).fullmatch(text):
            said = [one for one in match.groups() if one]
            names = [one for one in said if not _NUMBER.fullmatch(one)]
            numbers = [int(re.sub(r"\D", "", one)) for one in said if one not in names]
            return Found(kind, numbers, names[0] if names else "")
    return None


def is_marked(text: str) -> bool:
    """Whether a line of a text, or what stands between two tags, is a mark: it may be an export.

    Takes linear time: only what stands about the words that marks have in common is looked at.
    """
    return any(
        mark_of(plain(_about(text, start, end, *signs)), ("above", "below", "between"))
        for start, end in _places(text)
        for signs in (("\n\t", "\n\t"), (">", "<"))
    )


def _places(text: str) -> Iterator[tuple[int, int]]:
    """Where the words stand that marks have in common; no export has its first mark so late."""
    for word in _words():
        at = text.find(word)
        for _ in range(_PLACES):
            if at < 0:
                break
            yield at, at + len(word)
            at = text.find(word, at + len(word))


def _about(text: str, start: int, end: int, opens: str, closes: str) -> str:
    """What stands about a word between two signs; ``""`` where it is long."""
    low, high = max(0, start - _LONGEST), min(len(text), end + _LONGEST)
    first = max(text.rfind(sign, low, start) for sign in opens)
    ends = [at for at in (text.find(sign, end, high) for sign in closes) if at >= 0]
    if (first < 0 < low) or (not ends and high < len(text)):
        return ""
    return text[first + 1 : min(ends, default=high)]


def parted(text: str) -> list[str]:
    """The fields that a PDF file's lines were put together from, where they begin with one."""
    return [piece for piece in _inner().split(text) if piece]


def is_set_as(line: Line, other: Line) -> bool:
    """Whether the label of a line is set as that of another: in capitals, or bold."""
    return all(not style(other) or style(line) for style in (_in_capitals, _is_bold))


def _in_capitals(line: Line) -> bool:
    text = line.paragraph.text
    return text[: len(text) - len(line.text)].isupper()


def _is_bold(line: Line) -> bool:
    paragraph = line.paragraph
    return bool(paragraph.label) or paragraph.bold or paragraph.level > 0


def around_marks(text: str) -> list[str]:
    """A text in which a mark stands as the mark and what is before and after it.

    Marks are looked for at its end, and those that name an id anywhere.
    """
    pieces, at = list[str](), 0
    for mark in _within().finditer(text):
        pieces += [text[at : mark.start()], mark[0]]
        at = mark.end()
    return [piece.strip() for piece in (*pieces, text[at:]) if piece.strip()]


def begins(text: str, kind: Beginning) -> bool:
    """Whether a line begins as one of that kind does."""
    return text.lower().startswith(tuple(_lines()[kind]))


def is_rights(text: str) -> bool:
    """Whether a line says whose a text is, and is no sentence about rights."""
    if len(text) > _RIGHTS:
        return False
    if any(word in text.lower() for word in _lines()["owned"]):
        return True
    year = _YEAR.search(text)
    if year is None or not begins(text, "rights"):
        return False
    return len(text[: year.start()].split()) <= _BEFORE or not stops(text)


def has_word(text: str, kind: Literal["edition"]) -> bool:
    """Whether a line has one of the words of that kind."""
    return bool(set(re.findall(r"\w+", text.lower())) & set(_lines()[kind]))


def is_button(text: str) -> bool:
    """Whether a line was a button of the database's page, or stands for a missing text."""
    return text.lower() in _lines()["button"]


def is_database(text: str) -> bool:
    """Whether a line is the name of a database."""
    return text.lower() in _lines()["database"]


def names_language(text: str) -> bool:
    """Whether a line is the name of a language."""
    return text.lower() in _lines()["language"]


def untabbed(text: str) -> str:
    """A text in which a code before a tab stands on a line of its own."""
    return _TABBED.sub(
        lambda match: f"\n{match[1]}\n\n" if _role(match[1], _roles()) else match[0], text
    )


def _labelled(label: str, role: Role, text: str, paragraph: Paragraph) -> Line:
    code = label.isupper() and label in _codes()
    if role == "length" and not code and not text[:1].isdigit():
        # a sentence may begin with the word
        return unlabelled(paragraph)
    certain = code or label.lower() in toml("press")["certain"]["labels"]
    return Line(text, role, certain, code, paragraph)


def _role(label: str, roles: dict[str, Role]) -> Role | None:
    """What a label names; a code is another one than the same letters, small."""
    return roles.get(label) or roles.get(label.lower())


def _lines() -> dict[str, list[str]]:
    lines: dict[str, list[str]] = toml("press")["lines"]
    return lines


@cache
def _codes() -> frozenset[str]:
    return frozenset(label for label in _roles() if label.isupper())


@cache
def _roles(table: Table = "labels") -> dict[str, Role]:
    labels: dict[str, list[str]] = toml("press")[table]
    return {label: cast(Role, role) for role, named in labels.items() for label in named}


def _pattern(form: str) -> str:
    return "".join(_PIECES.get(piece) or re.escape(piece) for piece in re.split(r"([#@])", form))


@cache
def _marks(kind: Mark) -> re.Pattern[str]:
    forms = toml("press")["marks"][kind]
    return re.compile("|".join(map(_pattern, forms)), 0 if kind == "below" else re.IGNORECASE)


@cache
def _words() -> tuple[str, ...]:
    """A word of each mark, the longest one, small, in capitals, and with one."""
    marks = toml("press")["marks"]
    words = {
        max(re.findall(r"[^\W\d_]+", form.lower()) or [form], key=len)
        for form in (*marks["above"], *marks["below"], *marks["between"])
    }
    # where one is the beginning of another, it is enough to look for it
    short = [word for word in words if not any(word != one and one in word for one in words)]
    return tuple(sorted({one for word in short for one in (word, word.upper(), word.title())}))


@cache
def _inner() -> re.Pattern[str]:
    """White space before a label that no sentence has."""
    labels = "|".join(re.escape(label.title()) for label in toml("press")["certain"]["inner"])
    return re.compile(rf"\s(?=(?:{labels}):\s)")


@cache
def _within() -> re.Pattern[str]:
    """A mark that names an id between white space, or any mark at the end."""
    forms = toml("press")["marks"]["below"]
    ids = "|".join(_pattern(form) for form in forms if "@" in form)
    return re.compile(rf"(?<!\S)(?:(?:{ids})(?!\S)|(?:{'|'.join(map(_pattern, forms))})$)")
