"""The fields and the text of one article of an export.

Four forms: a code before every field (Factiva, "plus indexing"); a head around the number of words
without any label (Factiva); a title, an outlet and a day above words as labels (Nexis, LexisNexis);
words as labels above and below the text (ProQuest).
"""

import re
from collections.abc import Sequence

from sayso.pages.article import Draft
from sayso.pages.lines import words_of
from sayso.pages.press.bodies import Cut, add_text, cut_of, tail_of, text_of
from sayso.pages.press.days import clock_of, day_of, day_within
from sayso.pages.press.heads import read_above, read_bare
from sayso.pages.press.links import address_in
from sayso.pages.press.marks import Line, Role, is_rights, is_set_as, line_of, mark_of, unlabelled
from sayso.pages.press.names import authors_of, outlet_of, section_of
from sayso.pages.press.parts import Part, is_filed

#: Codes by which an article is told to have one before every field.
_CODES = 3
#: Kinds of labels by which an article is told, with a day and without one.
_LABELS, _LABELS_ALONE = 2, 4
#: Lines above the labels among which the day is.
_NEAR = 30
#: Words of a line that names a month or a season.
_SEASON = 5
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


def draft_of(part: Part) -> Draft | None:
    """What an article of an export says; ``None`` where the part is none."""
    lines = part.lines
    if is_filed(lines):
        return _filed(lines)
    if sum(line.code for line in lines) >= _CODES:
        return _coded(lines)
    anchor = _anchor(lines)
    length = next((at for at in range(anchor) if _is_length(lines, at)), None)
    if length is not None and (part.id or anchor == len(lines)):
        return _bare(lines, length, part)
    if anchor < len(lines) or (not part.loose and any(day_of(line.text) for line in lines[:_NEAR])):
        return _titled(part)
    return None


def is_told(part: Part, draft: Draft | None) -> bool:
    """Whether a part is an article as only those of exports are."""
    if draft is None or not draft.blocks:
        return False
    if is_filed(part.lines):
        return draft.published is not None
    roles = {line.role for line in part.lines if line.role}
    if "length" in roles or roles >= {"body", "end"}:
        return len(roles) >= (_LABELS if draft.published else _LABELS_ALONE)
    return bool(part.id and draft.published and any(map(_says_length, part.lines)))


def _is_length(lines: Sequence[Line], at: int) -> bool:
    """Whether a line is the number of words between a headline and the day."""
    if not 0 < at < len(lines) - 1 or not _says_length(lines[at]):
        return False
    return not lines[at + 1].role and day_of(lines[at + 1].text) is not None


def _says_length(line: Line) -> bool:
    return not line.role and mark_of(line.text, ("words",)) is not None


def _coded(lines: Sequence[Line]) -> Draft:
    """An article of which every field has a code: all is its field up to the next one."""
    draft = Draft()
    body: list[Line] = []
    captions: list[Line] = []
    role: Role | None = None
    credit = ""
    for line in lines:
        if line.code:
            role = line.role
        line = line if line.code else line._replace(text=line.paragraph.text)
        if not line.text:
            continue
        if role == "body":
            body.append(line)
        elif role == "caption":
            captions.append(line)
        elif role == "credit":
            credit = credit or line.text
        elif role == "headline" and draft.headline:
            draft.headline = f"{draft.headline} {line.text}"
        else:
            _field(draft, role, line.text)
    draft.authors = draft.authors or authors_of(credit)
    add_text(draft, body, captions)
    return draft


def _bare(lines: Sequence[Line], length: int, part: Part) -> Draft:
    """An article without labels."""
    draft = Draft()
    body = read_bare(draft, lines, length, cover=part.covered)
    body = [line._replace(text=line.paragraph.text) for line in body]
    add_text(draft, body, [])
    return draft


def _filed(lines: Sequence[Line]) -> Draft:
    """An article with words as labels above and below its text."""
    draft = Draft()
    lines = [line_of(line.paragraph, "filed") for line in lines]
    named = next((at for at, line in enumerate(lines) if line.role), len(lines))
    full = next((at for at, line in enumerate(lines) if line.role == "full"), len(lines))
    draft.headline = lines[named - 1].text if named else None
    tail = tail_of(lines, full + 1)
    captions: list[Line] = []
    role: Role | None = None
    for line in (*lines[named:full], *lines[tail:]):
        role = line.role or role
        if line.text and role == "caption":
            captions.append(line)
        elif line.text and line.role == "publisher":
            draft.publisher = outlet_of(line.text.split(";")[0].strip())
        elif line.text and line.role:
            _field(draft, line.role, line.text)
    add_text(draft, text_of(lines[full:tail]), captions)
    return draft


def _titled(part: Part) -> Draft:
    """An article under a title, an outlet and a day, with words as labels."""
    draft = Draft()
    part = part._replace(lines=_set_alike(part.lines))
    day = _day_at(part)
    if day is None:
        part = part._replace(lines=_day_apart(part.lines))
        day = _day_at(part) or _year_at(part)
    lines = part.lines
    cut = cut_of(lines, 0 if day is None else day + 1)
    read_above(draft, lines[: cut.head], day, part)
    _head(draft, cut)
    add_text(draft, [*cut.kept, *cut.body], cut.captions, cut.links)
    return draft


def _set_alike(lines: Sequence[Line]) -> list[Line]:
    """The lines, without the labels that are not set as the first that every article has."""
    anchor = _anchor(lines)
    if anchor == len(lines):
        return list(lines)
    return [
        line if not line.role or is_set_as(line, lines[anchor]) else unlabelled(line.paragraph)
        for line in lines
    ]


def _day_apart(lines: Sequence[Line]) -> list[Line]:
    """The lines, outlet and day apart where the reading of a printed page put them together."""
    anchor = _anchor(lines)
    for at in reversed(range(max(0, anchor - _NEAR), anchor)):
        text = lines[at].text
        if not lines[at].role and (word := day_within(text)):
            words = text.split()
            two = (" ".join(words[:word]), " ".join(words[word:]))
            apart = [line_of(lines[at].paragraph._replace(text=one, label="")) for one in two]
            return [*lines[:at], *apart, *lines[at + 1 :]]
    return list(lines)


def _anchor(lines: Sequence[Line]) -> int:
    """The first label below the day that every article has."""
    found = (at for at, line in enumerate(lines) if line.role in ("length", "body"))
    return next(found, len(lines))


def _day_at(part: Part) -> int | None:
    """Where the day stands: below the title and the outlet, or below the outlet alone."""
    days = [at for at in _near(part) if day_of(part.lines[at].text)]
    if not days or part.above:
        return days[0] if days else None
    return days[-1] if part.covered else next((at for at in days if at > 1), days[0])


def _year_at(part: Part) -> int | None:
    """Where a line stands in the day's place that names no day: "Winter 2031"."""
    years = [
        at
        for at in _near(part)
        if at and words_of(part.lines[at].text) <= _SEASON and _YEAR.search(part.lines[at].text)
    ]
    return (years[0] if part.above else years[-1]) if years else None


def _near(part: Part) -> list[int]:
    """The lines among which the day is."""
    anchor = _anchor(part.lines)
    near = range(min(anchor, _NEAR)) if part.above else range(max(0, anchor - _NEAR), anchor)
    lines = part.lines
    return [at for at in near if not lines[at].role and not is_rights(lines[at].text)]


def _head(draft: Draft, cut: Cut) -> None:
    """The labelled fields above the text; a field goes on where no label follows."""
    role: Role | None = None
    for line in cut.fields:
        if line.role:
            role = line.role
        if not line.text or is_rights(line.text):
            continue
        if role == "headline":
            goes_on = draft.headline and not line.role
            draft.headline = f"{draft.headline} {line.text}" if goes_on else line.text
        elif line.role:
            _field(draft, role, line.text)


def _field(draft: Draft, role: Role | None, text: str) -> None:
    if role == "headline":
        draft.headline = text
    elif role == "authors":
        draft.authors = draft.authors or authors_of(text)
    elif role == "published":
        draft.published = day_of(text) or draft.published
    elif role == "time" and draft.published and len(draft.published) == 10:
        draft.published += clock_of(text) or ""
    elif role == "publisher":
        draft.publisher = draft.publisher or outlet_of(text)
    elif role == "section":
        draft.section = draft.section or section_of(text)
    elif role == "url":
        draft.url = draft.url or address_in(text)
