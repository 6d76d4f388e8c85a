"""What a line of an export is, by the lexicon file ``press.toml``: a mark, a label, a line."""

import re
from collections.abc import Sequence
from functools import cache
from typing import Literal, NamedTuple, cast

from sayso.lexicon import toml
from sayso.pages.documents.document import Paragraph

Role = Literal[
    "headline",
    "authors",
    "published",
    "time",
    "publisher",
    "section",
    "length",
    "kept",
    "body",
    "caption",
    "dropped",
    "end",
]
Mark = Literal["above", "below", "counts", "words", "page"]

#: Characters of the longest mark.
_LONGEST = 60
_PREFIX = re.compile(r"([^\W\d_][\w -]{1,24}):(?:\s|$)")
_PIECES = {
    "#": r"(\d{1,3}(?:[,.]\d{3}){0,2}|\d{1,9})",
    "@": r"([A-Z][A-Za-z0-9]{3,12}\d[A-Za-z0-9]{8,30})",
}


class Line(NamedTuple):
    """A paragraph of an export.

    Attributes:
        text: its words, without the label.
        role: what its label names.
        paragraph: as it stands in the document.
    """

    text: str
    role: Role | None
    paragraph: Paragraph


def line_of(paragraph: Paragraph) -> Line:
    """A paragraph, its label apart."""
    text = paragraph.text
    if paragraph.label and (role := _role(paragraph.label.rstrip(": "))):
        return Line(text[len(paragraph.label) :].lstrip(": "), role, paragraph)
    prefix = _PREFIX.match(text)
    if prefix and _is_certain(prefix[1], "before", paragraph) and (role := _role(prefix[1])):
        return Line(text[prefix.end() :].strip(), role, paragraph)
    alone = text.rstrip(":")
    if len(text) <= _LONGEST and _is_certain(alone, "alone", paragraph) and (role := _role(alone)):
        return Line("", role, paragraph)
    return Line(text, None, paragraph)


def _is_certain(label: str, where: str, paragraph: Paragraph) -> bool:
    """Whether words that a label could be are set as one, or can be nothing else."""
    return (
        label.isupper()
        or paragraph.bold
        or paragraph.level > 0
        or label.lower() in toml("press")["certain"][where]
    )


def mark_of(text: str, kinds: Sequence[Mark]) -> tuple[Mark, list[int]] | None:
    """The kind of mark that a line is, with its numbers; ``None`` for any other line."""
    if len(text) > _LONGEST:
        return None
    for kind in kinds:
        if match := _marks(kind).fullmatch(text):
            numbers = [one for one in match.groups() if one and one[0].isdigit()]
            return kind, [int(re.sub(r"\D", "", one)) for one in numbers]
    return None


def is_marked(text: str) -> bool:
    """Whether a text has a mark of an export anywhere: it may be one. Takes linear time."""
    return bool(_anywhere().search(text))


def begins(text: str, kind: Literal["rights", "byline"]) -> bool:
    """Whether a line begins as one of that kind does."""
    return text.lower().startswith(tuple(toml("press")["lines"][kind]))


def _role(label: str) -> Role | None:
    """What a label names; those of two or three capitals are other ones than the same words."""
    return _roles().get(label if label.isupper() and len(label) <= 3 else label.lower())


@cache
def _roles() -> dict[str, Role]:
    labels: dict[str, list[str]] = toml("press")["labels"]
    return {label: cast(Role, role) for role, named in labels.items() for label in named}


def _pattern(form: str) -> str:
    return "".join(_PIECES.get(piece) or re.escape(piece) for piece in re.split(r"([#@])", form))


@cache
def _marks(kind: Mark) -> re.Pattern[str]:
    forms = toml("press")["marks"][kind]
    return re.compile("|".join(map(_pattern, forms)), 0 if kind == "below" else re.IGNORECASE)


@cache
def _anywhere() -> re.Pattern[str]:
    forms = [form for kind in ("above", "below") for form in toml("press")["marks"][kind]]
    return re.compile(
        rf"(?:^|>|\s)(?:{'|'.join(map(_pattern, forms))})[ \t\xa0]{{0,99}}(?:$|<)", re.MULTILINE
    )
