"""Where the text of an article begins and ends between its labels, and what its blocks are.

A paragraph may begin as a label does ("Language: …"), so labels count only where they stand
together: below the day, and above the end.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from sayso.pages.article import Draft, Picture
from sayso.pages.credits import split_credit
from sayso.pages.lines import is_prose, stops, words_of
from sayso.pages.press.links import address_in, is_link
from sayso.pages.press.marks import Line, begins, is_button, is_rights
from sayso.records import BlockKind

#: Words of a sentence, in contrast to a field.
_SENTENCE = 6
#: Lines between two labels of a head that may go on with the first one's field.
_GOES_ON = 2
#: Lines of captions.
_CAPTIONS = 40
#: Lines at the end of the text among which an address of the article is looked for.
_LINKS = 3
_SHARE = re.compile(r"\(\d{1,3}%\)")


class Cut(NamedTuple):
    """An article's lines: above its labels, the labelled fields, the text, what is below it."""

    head: int
    fields: list[Line]
    kept: list[Line]
    body: list[Line]
    captions: list[Line]
    links: list[Line]


def cut_of(lines: Sequence[Line], start: int) -> Cut:
    """Cut an article with words as labels.

    Args:
        lines: of the article.
        start: the first line below the day.
    """
    fields = (at for at in range(start, len(lines)) if _is_named(lines[at]))
    first = next(fields, len(lines))
    body = _body_at(lines, first)
    tail = tail_of(lines, body)
    captions, links, picture = [], [], False
    for line in lines[tail:]:
        if line.role:
            picture = line.role == "caption"
        if picture and line.text and not is_rights(line.paragraph.text):
            captions.append(line)
        elif line.role == "url":
            links.append(line)
    head = lines[first:body]
    text = text_of(lines[body:tail])
    kept = _kept(head)
    others = [line for line in head if line not in kept]
    kept = [line for line in kept if not _repeated(line, text[:_GOES_ON])]
    return Cut(first, others, kept, text, captions, links)


def _repeated(line: Line, text: Sequence[Line]) -> bool:
    """Whether a summary is nothing but how the text begins."""
    return any(one.text.startswith(line.text.rstrip(".… ")) for one in text)


def text_of(lines: Sequence[Line]) -> list[Line]:
    """The lines of the text, in which no label is one but the one that opens it."""
    lines = _without_abstract(lines)
    opens = ("body", "abstract", "full")
    return [
        line if not at and line.role in opens else line._replace(text=line.paragraph.text)
        for at, line in enumerate(lines)
    ]


def _is_named(line: Line) -> bool:
    """Whether a line is a label with its field on it, as those of a head are, or opens the text."""
    return _is_field(line) and bool(line.text or line.role == "body")


def _is_field(line: Line) -> bool:
    """Whether a line is a label with its field, and no sentence that begins as one."""
    if not line.role:
        return False
    return line.certain or not (stops(line.text) and words_of(line.text) >= _SENTENCE)


def _body_at(lines: Sequence[Line], first: int) -> int:
    """Where the text begins: at its label, or below the last label that stands with the others."""
    prose = 0
    last, at = first, first
    while at < len(lines):
        line = lines[at]
        if line.role == "body" and prose <= _GOES_ON:
            return at
        if _is_field(line) and at - last <= _GOES_ON and not _ends(line):
            last = at + 1
        elif not line.role and is_prose(line.text):
            prose += 1
        if prose > _GOES_ON:
            break
        at += 1
    return last


def _ends(line: Line) -> bool:
    return line.role in ("end", "caption")


def tail_of(lines: Sequence[Line], body: int) -> int:
    """Where the text ends: above the labels at the end, the captions and the rights among them."""
    at = len(lines)
    tail = at
    while at > body:
        line = lines[at - 1]
        if (_is_field(line) and line.role != "body") or is_rights(line.paragraph.text):
            tail = at - 1
        elif is_prose(line.text) and not _SHARE.search(line.text):
            above = _captions_at(lines, body, at)
            if above is None or tail < at:
                break
            at = tail = above
            continue
        at -= 1
    return tail


def _captions_at(lines: Sequence[Line], body: int, end: int) -> int | None:
    """The label of captions, alone on its line, that all lines up to ``end`` belong to."""
    for at in range(end - 1, max(body, end - _CAPTIONS) - 1, -1):
        if lines[at].role == "caption":
            return None if lines[at].text else at
        if lines[at].role:
            return None
    return None


def _kept(head: Sequence[Line]) -> list[Line]:
    """The lines of a head that are of the text: an outlet's own summary."""
    kept, keeps = [], False
    for line in head:
        if line.role:
            keeps = line.role == "kept"
        if keeps and line.text:
            kept.append(line)
    return kept


def _without_abstract(lines: Sequence[Line]) -> Sequence[Line]:
    """The text without the summary that the database put before it."""
    opens = next((at for at, line in enumerate(lines[:3]) if line.role == "abstract"), None)
    full = next((at for at, line in enumerate(lines) if line.role == "full"), None)
    if full is not None and (full == 0 or opens is not None):
        return lines[full:]
    # a label of its own before the summary
    return lines[1:] if opens == 1 and not lines[0].text else lines


def add_text(
    draft: Draft, body: Sequence[Line], captions: Sequence[Line], links: Sequence[Line] = ()
) -> None:
    """Give a draft its blocks: nothing where there is no text, or only headings."""
    for line in links:
        draft.url = draft.url or address_in(line.text)
    body = [_without_link(draft, line) if line.role == "kept" else line for line in body]
    lines = [line for line in body if line.text and not is_button(line.text)]
    below = max(0, len(lines) - _LINKS)
    for at in range(len(lines) - 1, below - 1, -1):
        if is_link(lines[at].text):
            draft.url = draft.url or address_in(lines[at].text)
            del lines[at]
    blocks = [(_kind(line), line.text) for line in lines]
    if not any(kind in ("paragraph", "list_item") for kind, _ in blocks):
        return
    blocks += [("caption", line.text) for line in captions]
    if draft.headline:
        blocks.insert(0, ("headline", draft.headline))
    for kind, text in blocks:
        if kind == "caption":
            text = _picture(draft, text)
        if text:
            draft.blocks.append((kind, text))


def _without_link(draft: Draft, line: Line) -> Line:
    """A summary without the address that stands below it."""
    text, parted, link = line.text.rpartition("; ")
    if not (parted and is_link(link)):
        return line
    draft.url = draft.url or address_in(link)
    return line._replace(text=text)


def _kind(line: Line) -> BlockKind:
    if begins(line.text, "caption"):
        return "caption"
    if line.paragraph.item:
        return "list_item"
    set_apart = line.paragraph.level or line.paragraph.bold
    return "subheading" if set_apart and not is_prose(line.text) else "paragraph"


def _picture(draft: Draft, text: str) -> str:
    """Note a picture; its caption without who made it."""
    parted = split_credit(text)
    caption, credit = parted if parted else (text, None)
    draft.pictures.append(Picture(block=len(draft.blocks) if caption else None, credit=credit))
    return caption
