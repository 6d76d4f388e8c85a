"""The part that each line of a copied page plays, by the line itself and its neighbours."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from sayso.pages.credits import has_caption_mark, split_credit, strip_caption_label
from sayso.pages.datelines import stated_dates
from sayso.pages.furniture import (
    Meta,
    is_furniture,
    is_section_name,
    is_tail,
    label_of,
    meta_of,
    names_in,
    parted,
    unglued,
)
from sayso.pages.lines import BULLETS, Line, is_prose, stops, words_of

#: prose: running text; item: of a list; title: any line that is no sentence; meta: what the page
#: says of itself; tail: what opens a list of other stories; credit: the maker of a picture, alone.
Role = Literal["prose", "item", "title", "caption", "credit", "meta", "tail", "furniture"]

_BULLET = re.compile(rf"[{BULLETS}]\s?(?=\S)|\*\s(?=\S)")
_HEADING = re.compile(r"#{1,6}\s(?=\S)")
_DIGITS = re.compile(r"(\d{1,3})\b")


@dataclass
class Part:
    """A line, its role and what was read from it.

    Attributes:
        text: the line; of a caption and an item, without credit and bullet.
        gap: a blank line stands before it.
        credit: the maker of the picture (captions and credits).
        labelled: a label on the page names what the line states (metas).
    """

    text: str
    gap: bool
    role: Role
    meta: Meta | None = None
    credit: str | None = None
    labelled: bool = False


def parts_of(lines: Sequence[Line]) -> list[Part]:
    """The lines with their roles, in order; lines that repeat the one before are left out."""
    counts = Counter(line.text.casefold() for line in lines)
    parts: list[Part] = []
    skip = -1
    for index, line in enumerate(lines):
        if index == skip or (
            index and line.text == lines[index - 1].text and words_of(line.text) > 3
        ):
            continue
        follower = lines[index + 1].text if index + 1 < len(lines) else ""
        labelled = _labelled(line, follower, counts)
        if labelled:
            part, consumed = labelled
            skip = index + 1 if consumed else skip
        else:
            part = _part(line)
        parts.append(part)
    _join_credits(parts)
    return parts


def _labelled(line: Line, follower: str, counts: Counter[str]) -> tuple[Part, bool] | None:
    """The part of a line that is a label, and whether the next line is its value."""
    label = label_of(line.text)
    if not label:
        return None
    field, value = label
    inline = bool(value)
    value = value or follower
    meta: Meta | None = None
    if field == "dropped":
        return (Part(line.text, line.gap, "furniture"), False) if inline else None
    if field == "section" and words_of(value) <= 4 and not _is_other(value):
        meta = Meta(section=value)
    elif field == "authors" and counts[value.casefold()] < 2 and names_in(value):
        people, publisher = parted(names_in(value))
        meta = Meta(authors=people, publisher=publisher)
    elif field in ("published", "updated"):
        dates = stated_dates(value)
        if dates and not dates[0].rest:
            shown = dates[0].value
            meta = Meta(published=shown) if field == "published" else Meta(updated=shown)
    elif field == "minutes" and _DIGITS.match(value) and words_of(value) <= 3:
        meta = Meta(minutes=int(_DIGITS.match(value)[1]))  # type: ignore[index]
    if meta:
        return Part(line.text, line.gap, "meta", meta, labelled=True), not inline
    return None if inline else (Part(line.text, line.gap, "furniture"), False)


def _is_other(value: str) -> bool:
    return not value or bool(label_of(value) or meta_of(value) or stops(value))


def _part(line: Line) -> Part:
    text, gap = line
    heading = _HEADING.match(text)
    if heading and len(text) < 300:
        return Part(text[heading.end() :], gap, "title")
    if len(text) < 240:
        meta = meta_of(text)
        if meta:
            labelled = (
                text[:1].isalpha()
                and bool(meta.authors or meta.publisher)
                and text[:2].lower() in ("by", "wr")
            )
            return Part(text, gap, "meta", meta, labelled=labelled)
        if is_tail(text):
            return Part(text, gap, "tail")
    if is_furniture(text):
        return Part(text, gap, "furniture")
    labelled_caption = strip_caption_label(text)
    credited = split_credit(labelled_caption or text) if words_of(text) <= 90 else None
    if credited and not is_section_name(text):
        role: Role = "caption" if credited[0] else "credit"
        return Part(credited[0] or text, gap, role, credit=credited[1])
    if labelled_caption:
        return Part(labelled_caption, gap, "caption")
    if words_of(text) <= 60 and has_caption_mark(text):
        return Part(text, gap, "caption")
    bullet = _BULLET.match(text)
    if bullet:
        return Part(text[bullet.end() :], gap, "item")
    text = unglued(text)
    return Part(text, gap, "prose" if is_prose(text) else "title")


def _join_credits(parts: list[Part]) -> None:
    """Give credits that stand on a line of their own to the caption beside them."""
    prose = [part for part in parts if part.role == "prose"]
    parted = sum(part.gap for part in prose) >= 0.6 * len(prose)
    seen_prose = 0
    for index, part in enumerate(parts):
        if part.role == "prose":
            seen_prose += 1
        if part.role != "credit":
            continue
        before = parts[index - 1] if index else None
        after = parts[index + 1] if index + 1 < len(parts) else None
        if after and after.role == "caption" and after.credit is None:
            after.credit = part.credit
        elif before and before.role == "caption" and before.credit is None:
            before.credit = part.credit
        elif (
            before
            and index > 1
            and not part.gap
            and _may_be_caption(before, after, alone=seen_prose <= 1, parted=parted)
        ):
            before.role, before.credit = "caption", part.credit
        elif (
            after
            and after.role == "title"
            and not after.gap
            and words_of(after.text) >= 4
            and index
        ):
            after.role, after.credit = "caption", part.credit
        else:
            continue
        part.role = "furniture"


def _may_be_caption(before: Part, after: Part | None, *, alone: bool, parted: bool) -> bool:
    """Whether the line before a credit is what the credit belongs to.

    Args:
        before: the line before the credit, with no blank line between them.
        after: the line after the credit.
        alone: no other running text stands before the credit.
        parted: the paragraphs of the page are parted by blank lines.
    """
    if words_of(before.text) < 4:
        return False
    if before.role == "title":
        return True
    # in a page of parted paragraphs a paragraph and a credit do not share a group of lines
    return before.role == "prose" and (alone or (parted and before.gap)) and bool(after)
