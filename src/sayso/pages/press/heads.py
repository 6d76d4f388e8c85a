"""What stands above the text of an article without labels, told by its order."""

import re
from collections.abc import Sequence

from sayso.pages.article import Draft
from sayso.pages.furniture import names_in, names_person
from sayso.pages.lines import stops, words_of
from sayso.pages.press.days import clock_of, day_of
from sayso.pages.press.marks import (
    Line,
    begins,
    has_word,
    is_database,
    is_rights,
    names_language,
)
from sayso.pages.press.names import authors_of, outlet_of, section_of
from sayso.pages.press.parts import Part

#: Lines above the number of words that can be an article's: section, headline, authors, credit.
_ABOVE = 6
#: Lines below it up to the rights.
_BELOW = 14
#: Lines of a title on a printed page.
_TITLE = 6
#: Lines of a title above which no cover stands.
_UNCOVERED = 3
_SECTION = 6
#: Words of an outlet's name by which the line of its publisher is told.
_AGAIN = 2
#: Dots that lead to the number of a page.
_LEADER = re.compile(r"[.…]{2,}\s?\d{1,4}$")
_PAGE = re.compile(r"[^;:,]\s\d{1,4}$")
_CODE = re.compile(r"[A-Z0-9]{2,8}")


def read_bare(draft: Draft, lines: Sequence[Line], length: int, *, cover: bool) -> Sequence[Line]:
    """Read the head around the number of words; the lines of the text.

    Args:
        draft: takes the fields.
        lines: of the article, perhaps below a cover.
        length: where the number of words stands.
        cover: other lines may stand above the article's.
    """
    above = list(lines[max(0, length - _ABOVE) : length])
    if cover:
        listed = [at + 1 for at, line in enumerate(above[:-1]) if _is_listed(_said(line))]
        above = above[max(listed, default=0) :]
    byline = _byline_at(above)
    title = _title(above, byline)
    if byline is not None and byline > title[1] - 1:
        draft.authors = authors_of(_said(above[byline]))
    elif title[1] < len(above):
        draft.authors = authors_of(_said(above[title[1]]))
    draft.headline = " ".join(_said(line) for line in above[title[0] : title[1]]) or None
    before = [_said(line) for line in above[: title[0]]]
    if before and _is_section(before[-1], cover=cover):
        draft.section = section_of(before[-1])
    return _below(draft, lines, length + 1)


def _byline_at(above: Sequence[Line]) -> int | None:
    """Where the authors stand; a headline may begin as they do ("Von der …")."""
    found = [at for at, line in enumerate(above) if at and begins(_said(line), "byline")]
    named = (at for at in found if authors_of(_said(above[at])))
    return next(named, found[-1] if found else None)


def _is_section(text: str, *, cover: bool) -> bool:
    """Whether a line above a headline can be its section's, not that of a list with pages."""
    listed = cover and _PAGE.search(text)
    return words_of(text) <= _SECTION and not stops(text) and not listed


def _is_listed(text: str) -> bool:
    """Whether a line above the first article is of a list of headlines, or names the database."""
    return bool(_LEADER.search(text)) or is_database(text)


def _said(line: Line) -> str:
    return line.paragraph.text


def _title(above: Sequence[Line], byline: int | None) -> tuple[int, int]:
    """From where to where the headline goes: what is set apart, or the line above the authors."""
    looks = [(line.paragraph.level > 0 or line.paragraph.bold) for line in above]
    if any(looks) and not all(looks):
        end = len(looks) - looks[::-1].index(True)
        start = end - 1
        while start and looks[start - 1]:
            start -= 1
        return start, end
    if byline:
        return byline - 1, byline
    last = len(above) - 1
    if last > 0 and _is_names(_said(above[last])) and words_of(_said(above[last - 1])) >= 4:
        return last - 1, last
    return max(0, last), len(above)


def _is_names(text: str) -> bool:
    """Whether a line is people's names and nothing else."""
    return names_person(names_in(text))


def _below(draft: Draft, lines: Sequence[Line], start: int) -> Sequence[Line]:
    """Read day, time and outlet below the number of words; what comes after the head."""
    end = min(len(lines), start + _BELOW)
    language = [at for at in range(start, end) if names_language(_said(lines[at]))]
    rights = [
        at
        for at in range(start, end)
        if is_rights(_said(lines[at]))
        or (at - 1 in language and begins(_said(lines[at]), "rights"))
    ]
    last = start
    for at in range(start, min(rights[0], end) if rights else end):
        text = _said(lines[at])
        if not draft.published:
            draft.published = day_of(text)
        elif len(draft.published) == 10 and not draft.publisher and (clock := clock_of(text)):
            draft.published += clock
        elif not draft.publisher:
            draft.publisher = outlet_of(text)
        elif not rights and not language and not _CODE.fullmatch(text):
            break
        last = at + 1
        if not rights and language and at == language[0]:
            break
    if rights:
        last = rights[0] + 1
        while last < end and is_rights(_said(lines[last])):
            last += 1
    return _without_publisher(lines[last:], draft.publisher)


def _without_publisher(lines: Sequence[Line], publisher: str | None) -> Sequence[Line]:
    """The text without the line below it that names the publisher again."""
    if not lines or len(lines) < 2 or not publisher:
        return lines
    last = _said(lines[-1])
    named = {word for word in publisher.split() if len(word) > 3}
    again = words_of(last) <= 8 and not stops(last) and len(named & set(last.split())) >= _AGAIN
    return lines[:-1] if again else lines


def read_above(draft: Draft, lines: Sequence[Line], day: int | None, part: Part) -> None:
    """Read title, outlet and day, which have no labels.

    Args:
        draft: takes the fields.
        lines: those above the text and its labels.
        day: which of them states the day.
        part: the article's.
    """
    if day is None:
        shown = [line for line in lines if not line.role and not is_rights(line.text)]
        draft.headline = _titled(shown[:1]) if not part.covered else None
        return
    draft.published = day_of(lines[day].text)
    before = [line for line in lines[:day] if not is_rights(line.text)]
    if part.above:
        draft.publisher = outlet_of(before[-1].paragraph.text) if before else None
        draft.headline = _titled(_first_group(lines[day + 1 :]))
        return
    if len(before) > 1:
        draft.publisher = outlet_of(before.pop().paragraph.text)
    covered = part.covered and len(before) > _UNCOVERED
    draft.headline = _titled(_below_cover(before) if covered else before[-_TITLE:])


def _titled(lines: Sequence[Line]) -> str | None:
    title = " ".join(line.paragraph.text for line in lines).rstrip("; ")
    return None if not title or begins(title, "untitled") else title


def _first_group(lines: Sequence[Line]) -> Sequence[Line]:
    """The headline below a day: its first line with those broken off from it, no edition."""
    group: list[Line] = []
    for line in lines:
        if not group:
            edition = line.paragraph.broken or (
                has_word(line.text, "edition") and words_of(line.text) < 6
            )
            if edition or is_rights(line.text):
                continue
        elif not line.paragraph.broken:
            break
        group.append(line)
    return group


def _below_cover(lines: Sequence[Line]) -> Sequence[Line]:
    """The title at the end of a cover: as many lines as the cover names together, or one."""
    texts = [line.paragraph.text for line in lines]
    for start in range(max(0, len(texts) - _TITLE), len(texts) - 1):
        if " ".join(texts[start:]) in " ".join(texts[:start]):
            return lines[start:]
    return lines[-1:]
