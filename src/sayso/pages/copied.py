"""Reading a page as a person copies it out of a browser: lines, furniture among them."""

import re
from collections import Counter
from collections.abc import Sequence

from sayso.pages.article import Draft, Picture
from sayso.pages.furniture import is_section_name, names_in, parted
from sayso.pages.layout import Part, parts_of
from sayso.pages.lines import stops, to_lines, words_of
from sayso.records import BlockKind

#: Words of the longest subheading; a longer line without a full stop is a paragraph.
_SUBHEADING = 12
#: Words of a last line that is kept although it ends in no full stop.
_LAST_LINE = 16
#: Lines that are looked at to tell whether the article goes on.
_WINDOW = 80
_BODY = ("prose", "item")
_BREADCRUMB = re.compile(r"\s?[>›»→]\s?|\s/\s")
_COPYRIGHT = re.compile(
    r"(?:©|\(c\)|copyright)\s?(?:©\s?)?(?:\d{4}\s?[-–]\s?)?\d{4},?\s(?:by\s)?"
    r"([A-Z][^.,|©]{2,40}?)(?=\s?(?:[.,|]|all rights|$))",
    re.IGNORECASE,
)
_TITLE_SUFFIX = re.compile(r"^(.{10,300}?)\s[|–—·-]\s([^|–—·]{2,50})$")


def read_copied(text: str, headline: str | None = None) -> Draft:
    """What a copied page says, without its furniture; a draft without blocks where it says nothing.

    Args:
        text: the page's text; white space is normalised, nothing else is changed.
        headline: a line of it that is set as a headline; where it is none, it is looked for.
    """
    lines = to_lines(text)
    parts = parts_of(lines)
    draft = Draft(published_from="page")
    head = next((i for i, part in enumerate(parts) if part.text == headline), None)
    head = _headline(parts) if head is None else head
    start = 0
    if head is not None:
        title, publisher = _without_publisher(parts, head)
        draft.headline, draft.publisher = title, publisher
        draft.section = _section(parts, head)
        start = head
    body = [i for i in range(start, len(parts)) if parts[i].role in _BODY and i != head]
    if not body:
        _without_prose(draft, parts, head)
        return draft
    cut = _tail_cut(parts, body)
    _facts(draft, parts, start, body, cut)
    _blocks(draft, parts, start if head is not None else -1, body, cut)
    if draft.publisher is None:
        notices = (part.text[:200] for part in parts if part.role == "furniture")
        owners = (match[1].strip() for line in notices if (match := _COPYRIGHT.search(line)))
        draft.publisher = next(owners, None)
    return draft


def _same(first: str, second: str) -> bool:
    return first.casefold() == second.casefold()


def _headline(parts: Sequence[Part]) -> int | None:
    """The index of the headline's first line: the title that is repeated, or the likeliest one."""
    prose = [i for i, part in enumerate(parts) if part.role in _BODY]
    limit = prose[1] if len(prose) > 1 else len(parts)
    titles = [
        i
        for i in range(limit)
        if parts[i].role in ("title", "prose") and 3 <= words_of(parts[i].text) <= 40
    ]
    counts = Counter(parts[i].text.casefold() for i in titles)
    for i in titles:
        suffix = _TITLE_SUFFIX.match(parts[i].text)
        if counts[parts[i].text.casefold()] > 1 or (suffix and counts[suffix[1].casefold()]):
            return i
    first = prose[0] if prose else len(parts)
    before = [i for i in range(first) if parts[i].role == "title"]
    before = [i for i in before if not is_section_name(parts[i].text)]
    for least in (4, 2, 1):
        candidates = [i for i in before if words_of(parts[i].text) >= least]
        if candidates:
            return _likeliest(parts, candidates, prose)
    return None


def _likeliest(parts: Sequence[Part], candidates: Sequence[int], prose: Sequence[int]) -> int:
    """The first candidate that shares a quarter of its longer words with the body, or the first."""
    body = {
        word[:6]
        for i in prose[:8]
        for word in re.findall(r"\w{4,40}", parts[i].text[:2000].lower())
    }
    for i in candidates:
        words = re.findall(r"\w{4,40}", parts[i].text.lower())
        if words and sum(word[:6] in body for word in words) >= 0.25 * len(words):
            return i
    return candidates[0]


def _without_publisher(parts: Sequence[Part], head: int) -> tuple[str, str | None]:
    """The headline and the publisher that a browser's title line appends to it."""
    text = parts[head].text
    suffix = _TITLE_SUFFIX.match(text)
    if suffix and any(_same(part.text, suffix[1]) for part in parts[head + 1 :]):
        shown = next(part.text for part in parts[head + 1 :] if _same(part.text, suffix[1]))
        return shown, suffix[2].strip()
    for part in parts[:head]:
        suffix = _TITLE_SUFFIX.match(part.text)
        if suffix and _same(suffix[1], text):
            return text, suffix[2].strip()
    return text, None


def _section(parts: Sequence[Part], head: int) -> str | None:
    """The section that a breadcrumb or a lone line above the headline names."""
    run: list[str] = []
    for part in reversed(parts[:head]):
        crumbs = [crumb.strip() for crumb in _BREADCRUMB.split(part.text) if crumb.strip()]
        if len(crumbs) > 1 and _same(crumbs[0], "home") and len(part.text) < 120:
            known = [c for c in crumbs[1:] if not _same(c, parts[head].text) and words_of(c) <= 4]
            return known[-1] if known else None
        if part.role == "furniture":
            continue
        if not is_section_name(part.text):
            break
        run.append(part.text)
    # many of them in a row are the site's menu
    return run[0].strip(" :") if 1 <= len(run) <= 2 else None


def _tail_cut(parts: Sequence[Part], body: Sequence[int]) -> int:
    """The index at which the article ends and lists of other stories begin."""
    for i in range(body[0] + 1, len(parts)):
        part = parts[i]
        if part.role == "tail":
            if not _resumes(parts[i + 1 : i + 1 + _WINDOW]):
                return i
        elif part.role == "meta" and part.meta and part.meta.listing:
            several = len(body) > 3 and body[2] < i
            # a date under a title is that of another story; one above a paragraph may head it
            heads = parts[i - 1].role != "title"
            if (
                several
                and not part.labelled
                and not _resumes(parts[i + 1 : i + 1 + _WINDOW], heads=heads)
            ):
                return i
    return len(parts)


def _resumes(rest: Sequence[Part], *, heads: bool = False) -> bool:
    """Whether the article goes on in ``rest``: after a few titles, mostly running text.

    Args:
        rest: the lines after the one in question.
        heads: that line may be the heading of what follows, so that shorter paragraphs will do.
    """
    roles = [(part.role, part.text) for part in rest if part.role in ("prose", "item", "title")]
    skipped = 0
    while skipped < len(roles) and skipped < 8 and roles[skipped][0] == "title":
        skipped += 1
    roles = roles[skipped:]
    running = [words_of(text) for role, text in roles if role in _BODY]
    if not running or len(running) < 0.6 * len(roles):
        return False
    if skipped and len(roles) > 1:
        # the lists of other stories have a title above each of their teasers
        return roles[1][0] in _BODY and sum(running) >= 10 * len(running)
    least = 20 if skipped else 6 if heads else 12
    return sum(running) >= least * len(running)


def _is_chronology(parts: Sequence[Part], body: Sequence[int], cut: int) -> bool:
    """Whether dates alone on their line head parts of the body, and do not date the page."""
    inside = parts[body[1] : cut] if len(body) > 1 else []
    return any(part.role == "meta" and _is_heading_date(part) for part in inside)


def _facts(draft: Draft, parts: Sequence[Part], head: int, body: Sequence[int], cut: int) -> None:
    """What the page states of itself above its second paragraph, or under a label further down."""
    limit = body[1] if len(body) > 1 else cut
    if len(body) > 2 and words_of(parts[body[0]].text) < 40:
        # a standfirst in full sentences may stand above byline and date
        limit = body[2] if any(parts[i].role == "meta" for i in range(body[1], body[2])) else limit
    chronology = _is_chronology(parts, body, cut)
    updated: str | None = None
    for i, part in enumerate(parts[:cut]):
        meta = part.meta
        if part.role == "title" and head < i < body[0] and not draft.authors:
            # a name alone above the date or the reading time
            after = parts[i + 1]
            if after.meta and after.meta.listing and after.role == "meta":
                names = names_in(part.text)
                draft.authors, outlet = parted(names)
                draft.publisher = draft.publisher or outlet
                part.role = "furniture" if names else part.role
            continue
        if part.role != "meta" or meta is None or (i > limit and not part.labelled):
            continue
        if chronology and i > body[0] and _is_heading_date(part):
            continue
        draft.section = (
            meta.section if part.labelled and meta.section else draft.section or meta.section
        )
        draft.authors = draft.authors or tuple(dict.fromkeys(meta.authors))
        draft.published = draft.published or meta.published
        draft.read_minutes = draft.read_minutes or meta.minutes
        draft.publisher = draft.publisher or meta.publisher
        updated = updated or meta.updated
    draft.published = draft.published or updated


def _blocks(draft: Draft, parts: list[Part], head: int, body: Sequence[int], cut: int) -> None:
    """Put headline, captions and body into the draft, in page order."""
    last = max((i for i in body if i < cut), default=body[0])
    chronology = _is_chronology(parts, body, cut)
    teasing = decks = 0
    for i, part in enumerate(parts[:cut]):
        if i == head and draft.headline:
            draft.blocks.append(("headline", draft.headline))
        elif part.role in ("caption", "credit"):
            if i > head or part.credit:
                _picture(draft, part)
        elif i < head or (draft.headline and _same(part.text, draft.headline)):
            continue
        elif part.role == "tail":
            teasing = 1
        elif part.role == "prose":
            teasing = 0
            if not (i >= last - 1 and _is_biography(part.text, draft.authors)):
                draft.blocks.append(("paragraph", part.text))
        elif part.role == "item":
            draft.blocks.append(("list_item", part.text))
        elif part.role == "title" and not teasing:
            kind = _title_kind(part, i, body[0], last, decks)
            decks += i < body[0]
            if kind:
                draft.blocks.append((kind, part.text))
        elif part.role == "meta" and chronology and body[0] < i < last and _is_heading_date(part):
            draft.blocks.append(("subheading", part.text))


def _title_kind(part: Part, index: int, first: int, last: int, decks: int) -> BlockKind | None:
    """The kind of block of a line that is no sentence; ``None`` where it is furniture."""
    count = words_of(part.text)
    if index < first:
        # the standfirst; further lines above the body are of the page, not of the article
        return "subheading" if count >= 4 and decks < 2 and not is_section_name(part.text) else None
    if index < last:
        if part.text.endswith(":") and count >= 3:
            return "paragraph"
        return "subheading" if count <= _SUBHEADING else "paragraph"
    return "paragraph" if index == last + 1 and count >= _LAST_LINE else None


def _is_heading_date(part: Part) -> bool:
    """Whether a date in the middle of the body heads what follows, as in a chronology."""
    meta = part.meta
    return bool(meta and meta.published and not meta.authors and not part.labelled)


def _is_biography(text: str, authors: Sequence[str]) -> bool:
    return any(
        text.casefold().startswith(f"{name.casefold()} {verb} ")
        for name in authors
        for verb in ("is", "was", "covers", "reports", "writes", "contributed", "reported")
    )


def _picture(draft: Draft, part: Part) -> None:
    if part.role == "credit":
        draft.pictures.append(Picture(credit=part.credit))
        return
    draft.blocks.append(("caption", part.text))
    draft.pictures.append(Picture(block=len(draft.blocks) - 1, credit=part.credit))


def _without_prose(draft: Draft, parts: Sequence[Part], head: int | None) -> None:
    """A text without one full sentence: a few lines are an article, a long list is none."""
    titles = [part for part in parts if part.role == "title" and words_of(part.text) >= 2]
    if not titles or len(titles) > 3:
        return
    texts = list(dict.fromkeys(part.text for part in titles))
    if len(texts) == 1 or head is None or stops(texts[0]):
        draft.headline = None
        draft.blocks = [("paragraph", text) for text in texts]
        return
    draft.headline = texts[0]
    draft.blocks = [("headline", texts[0]), *(("paragraph", text) for text in texts[1:])]
