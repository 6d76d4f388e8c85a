"""The fields of one article of an export, by its labels, and by the order of its other lines."""

from collections.abc import Sequence

from sayso.pages.article import Draft
from sayso.pages.datelines import stated_dates
from sayso.pages.furniture import names_in, names_nobody, parted
from sayso.pages.lines import is_prose, words_of
from sayso.pages.press.marks import Line, Role, begins, mark_of
from sayso.records import BlockKind

#: Lines above the date, or the length, in which headline and outlet are looked for.
_ABOVE = 4
#: Lines below the length in which date, outlet and rights are looked for.
_BELOW = 12
_HEADLINE = 60


def draft_of(lines: Sequence[Line]) -> Draft:
    """What an article of an export says; a draft without blocks where that is no text.

    Args:
        lines: those between two marks; a cover may stand before the article.
    """
    draft = Draft(published_from="metadata")
    first = next((at for at, line in enumerate(lines) if line.role), len(lines))
    length = next((at for at in range(first) if is_length(lines[at])), None)
    if length is not None:
        body = _blocks(_unlabelled(draft, lines, length))
    else:
        _above_labels(draft, lines[:first])
        body = _labelled(draft, lines[first:])
    if any(kind == "paragraph" for kind, _ in body):
        if draft.headline:
            draft.blocks.append(("headline", draft.headline))
        draft.blocks += body
    return draft


def is_length(line: Line) -> bool:
    """Whether a line says how many words the article has."""
    return line.role == "length" or mark_of(line.text, ("words",)) is not None


def _date(text: str) -> str | None:
    """The day that a line begins with; a weekday or an edition may follow."""
    dates = stated_dates(text) if len(text) <= 80 else []
    if len(dates) != 1:
        return None
    rest = dates[0].rest
    return dates[0].value if words_of(rest) <= 4 and not (rest and text.startswith(rest)) else None


def _unlabelled(draft: Draft, lines: Sequence[Line], length: int) -> Sequence[Line]:
    """Read the head of an article without labels around its length; what comes after the head."""
    above = [line.text for line in lines[max(0, length - _ABOVE) : length]]
    if above and begins(above[-1], "byline"):
        _authors(draft, above.pop())
    if above:
        draft.headline = above.pop()
    if above and words_of(above[-1]) <= 4:
        draft.section = above.pop()
    at = length + 1
    end = min(len(lines), at + _BELOW)
    rights = next((i for i in range(at, end) if begins(lines[i].text, "rights")), None)
    stop = min(at + 3, end) if rights is None else rights
    for place in range(at, stop):
        text = lines[place].text
        if not draft.published:
            draft.published = _date(text)
        elif clock := _clock(text):
            _time(draft, clock)
        elif not draft.publisher:
            draft.publisher = text
            at = place + 1
    return lines[at if rights is None else rights + 1 :]


def _above_labels(draft: Draft, lines: Sequence[Line]) -> None:
    """Outlet, date and headline, which have no labels: headline first, or headline last."""
    day = next((at for at in reversed(range(len(lines))) if _date(lines[at].text)), None)
    if day is None:
        plain = [line for line in lines if not begins(line.text, "rights")]
        draft.headline = _set_apart(plain[-_ABOVE:])
        return
    draft.published = _date(lines[day].text)
    if day:
        draft.publisher = lines[day - 1].text
    before = _set_apart(lines[max(0, day - _ABOVE) : max(0, day - 1)])
    after = [line for line in lines[day + 1 :] if not begins(line.text, "rights")]
    draft.headline = before or _last(after)


def _last(lines: Sequence[Line]) -> str | None:
    """The last line, with those before it from which only a line break parts it."""
    at = len(lines) - 1
    while at > 0 and lines[at].paragraph.broken:
        at -= 1
    return " ".join(line.text for line in lines[at:]) or None


def _set_apart(lines: Sequence[Line]) -> str | None:
    """The last line that is set as a heading, or the last one."""
    titles = [one for one in lines if words_of(one.text) <= _HEADLINE]
    headings = [one for one in titles if one.paragraph.level or one.paragraph.bold]
    found = (headings or titles)[-1:]
    return found[0].text if found else None


def _labelled(draft: Draft, lines: Sequence[Line]) -> list[tuple[BlockKind, str]]:
    """Read the labelled lines; the body's blocks."""
    begins_at = _body_at(lines)
    heads: list[tuple[BlockKind, str]] = []
    captions: list[tuple[BlockKind, str]] = []
    body: list[Line] = []
    role: Role | None = None
    for at, line in enumerate(lines):
        role = line.role or ("body" if at == begins_at else role)
        if not line.text or begins(line.text, "rights"):
            continue
        if role == "body":
            body.append(line)
        elif role == "caption":
            captions.append(("caption", line.text))
        elif role == "kept" or (role == "headline" and not line.role):
            heads.append(("subheading", line.text))
        elif line.role:
            _field(draft, role, line.text)
    return heads + _blocks(body) + captions


def _body_at(lines: Sequence[Line]) -> int | None:
    """Where the text begins that no label is set before: after the length and what is beside it."""
    if any(line.role == "body" for line in lines):
        return None
    length = next((at for at, line in enumerate(lines) if line.role == "length"), 0)
    return next((at for at in range(length, len(lines)) if lines[at].role is None), None)


def _blocks(lines: Sequence[Line]) -> list[tuple[BlockKind, str]]:
    blocks: list[tuple[BlockKind, str]] = []
    for line in lines:
        kind: BlockKind = "paragraph"
        if line.paragraph.item:
            kind = "list_item"
        elif (line.paragraph.level or line.paragraph.bold) and not is_prose(line.text):
            kind = "subheading"
        blocks.append((kind, line.text))
    return blocks


def _field(draft: Draft, role: Role | None, text: str) -> None:
    if role == "headline":
        draft.headline = text
    elif role == "authors":
        _authors(draft, text)
    elif role == "published":
        draft.published = _date(text) or draft.published
    elif role == "time" and (clock := _clock(text)):
        _time(draft, clock)
    elif role == "publisher":
        draft.publisher = text
    elif role == "section":
        draft.section = text.split(";")[0].strip() or None


def _authors(draft: Draft, text: str) -> None:
    if begins(text, "byline"):
        text = text.partition(" ")[2]
    people, _ = parted(names_in(text))
    draft.authors = draft.authors or tuple(name for name in people if not names_nobody(name))


def _clock(text: str) -> str | None:
    """A time of day that is a line of its own, as 14:05."""
    hour, _, minute = text.strip().removesuffix(" GMT").partition(":")
    if not (hour.isdecimal() and minute[:2].isdecimal() and len(text) <= 12):
        return None
    return f"{int(hour):02}:{minute[:2]}" if int(hour) < 24 and int(minute[:2]) < 60 else None


def _time(draft: Draft, clock: str) -> None:
    if draft.published and len(draft.published) == 10:
        draft.published += f"T{clock}"
