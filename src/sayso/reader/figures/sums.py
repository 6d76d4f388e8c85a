"""What figures of one article say of each other: parts, sums, and the headline's by the text's."""

import re
from collections.abc import Sequence
from itertools import pairwise

from msgspec.structs import replace

from sayso import lexicon
from sayso.records import Article, Figure

_OF_THE = re.compile(r"\s(?:\S{1,20}\s){0,2}of\s(?:\S{1,20}\s){0,2}")
#: Furthest that the parts of a sum stand behind it, in figures.
_REACH = 6


def settled(
    figures: Sequence[Figure], article: Article, sides: tuple[str, ...]
) -> tuple[Figure, ...]:
    """The figures, with what only another figure of the article tells of them.

    Args:
        figures: the figures as their own sentences give them, in order.
        article: the article.
        sides: the ids of the two sides of the story.
    """
    harmed = frozenset(lexicon.toml("figure_scope")["harm_kinds"]["kinds"])
    done = list(figures)
    _part_of_next(done, article.text)
    for index, whole in enumerate(done):
        if whole.value is not None and whole.kind in harmed:
            if len(whole.of_actors) == 1:
                _part_by_sort(done, index)
            else:
                _part_by_side(done, index, sides)
    _follow_text(done, article, harmed)
    return tuple(done)


def _part_of_next(figures: list[Figure], text: str) -> None:
    """Parts before their whole: of "63 of the 92 drones" 63 is a part of 92."""
    for index, (part, whole) in enumerate(pairwise(figures)):
        between = text[part.span.end : whole.span.start]
        alike = part.unit_kind == whole.unit_kind and part.unit == whole.unit
        if part.unit == "share" or part.part_of is not None or not _OF_THE.fullmatch(between):
            continue
        smaller = 0 < (part.value or 0) < (whole.value or 0)
        if smaller and (alike or part.counted is None):
            figures[index] = replace(part, part_of=whole.id)


def _part_by_side(figures: list[Figure], index: int, sides: tuple[str, ...]) -> None:
    """Each side's own number as a part of both sides' where they make its sum.

    "At least 176 from both countries … A reports 71, B declares 105". A whole whose owner is not
    said is then both sides'.
    """
    whole = figures[index]
    parts: dict[tuple[str, ...], int] = {}
    for at in range(index + 1, min(len(figures), index + 1 + _REACH)):
        part = figures[at]
        one = len(part.of_actors) == 1 and part.of_actors[0] in (whole.of_actors or sides)
        free = part.part_of in (None, whole.id)
        if one and free and part.kind == whole.kind and part.value is not None:
            parts[part.of_actors] = at
    sizes = [figures[at].value or 0.0 for at in parts.values()]
    if len(parts) == 2 and sum(sizes) == whole.value:
        for at in parts.values():
            figures[at] = replace(figures[at], part_of=whole.id)
        owners = tuple(side for side in sides if (side,) in parts)
        figures[index] = replace(whole, of_actors=whole.of_actors or owners)


def _part_by_sort(figures: list[Figure], index: int) -> None:
    """Two sorts as the parts of one side's new dead: "12 new deaths … seven women and five men"."""
    whole = figures[index]
    near = figures[index + 1 : index + 1 + _REACH]
    for at, (one, other) in enumerate(pairwise(near), index + 1):
        if whole.measure != "increment" or (one.value or 0) + (other.value or 0) != whole.value:
            continue
        if all(
            part.kind == whole.kind
            and part.measure == whole.measure
            and part.part_of is None
            and part.of_actors in ((), whole.of_actors)
            for part in (one, other)
        ):
            for place in (at, at + 1):
                figures[place] = replace(
                    figures[place], part_of=whole.id, of_actors=whole.of_actors
                )
            return


def _follow_text(figures: list[Figure], article: Article, harmed: frozenset[str]) -> None:
    """Give a headline's total the owners that the text, in fuller words, gives the same number."""
    ends = [b.end for b in article.blocks if b.kind == "headline"]
    title = max(ends, default=0)
    for index, short in enumerate(figures):
        if short.span.start >= title or short.kind not in harmed or short.value is None:
            continue
        if short.of_actors and short.measure != "total":
            continue
        for full in figures[index + 1 :]:
            alike = (full.kind, full.value) == (short.kind, short.value)
            if alike and full.span.start >= title and full.of_actors:
                figures[index] = replace(short, of_actors=full.of_actors)
                break
