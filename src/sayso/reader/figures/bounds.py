"""Bounds: the words before and after a number that bound it, and the interval that they leave."""

from dataclasses import dataclass
from functools import cache

from sayso import lexicon
from sayso.reader.figures.pieces import HYPHENS, Pieces
from sayso.records import Bound

Phrase = tuple[str, ...]
Found = tuple[int, Bound | None, bool]

#: Bounds whose number is the upper end, and those whose number is the lower end.
_ABOVE: frozenset[Bound] = frozenset({"nearly", "at_most", "less_than"})
_BELOW: frozenset[Bound] = frozenset({"at_least", "more_than"})


def interval(value: float, bound: Bound) -> tuple[float | None, float | None]:
    """Low and high of a figure, from the number named and its bound alone.

    Args:
        value: the number named.
        bound: the bound; "range" and "vague" figures carry their own ends.

    Returns:
        ``(low, high)``, None where the bound leaves an end open. An exact number is both ends; an
        approximate one has neither.

    Raises:
        ValueError: the bound is "range" or "vague".
    """
    if bound in ("range", "vague"):
        raise ValueError(f"a {bound} figure carries its own low and high")
    if bound == "exact":
        return value, value
    return (value if bound in _BELOW else None), (value if bound in _ABOVE else None)


@dataclass(frozen=True, slots=True)
class _Phrases:
    """Phrases by the word that touches the number, longest first, with what they mean."""

    before: dict[str, list[tuple[Phrase, Bound | None]]]
    after: dict[str, list[tuple[Phrase, Bound | None]]]
    silent: frozenset[str]
    position: frozenset[str]
    duration_after: frozenset[str]
    fillers: frozenset[str]


@cache
def _phrases() -> _Phrases:
    from sayso.reader.figures.pieces import cut

    data = lexicon.toml("approximators")
    before: dict[str, list[tuple[Phrase, Bound | None]]] = {}
    after: dict[str, list[tuple[Phrase, Bound | None]]] = {}
    for table, target, end in ((data["before"], before, -1), (data["after"], after, 0)):
        for bound, texts in table.items():
            for text in texts:
                words = tuple(w for w in cut(text).low if w not in HYPHENS)
                target.setdefault(words[end], []).append((words, bound))
    for text in data["increment"]["before"]:
        words = tuple(text.split())
        before.setdefault(words[-1], []).append((words, None))
    for text in data["increment"]["after"]:
        after.setdefault(text, []).append(((text,), None))
    for table in (before, after):
        for entries in table.values():
            entries.sort(key=lambda entry: -len(entry[0]))
    return _Phrases(
        before,
        after,
        frozenset(data["position"]["silent"]),
        frozenset(data["position"]["words"]),
        frozenset(data["position"]["duration_after"]),
        frozenset(data["fillers"]["words"]),
    )


def bound_before(pieces: Pieces, first: int, duration: bool) -> tuple[int, Bound | None, bool]:
    """The bound that ends right before a number.

    Args:
        pieces: the text.
        first: the number's first piece, currency sign included.
        duration: whether the number is one of a span of time, before which "over" is no bound by
            itself.

    Returns:
        The first piece of the bound words (``first`` where there are none), the bound (None where
        there is none), and whether the number comes on top of another ("another 50").
    """
    phrases = _phrases()
    start, found, more = first, None, False
    at = first
    for _ in range(4):
        hit = _match_before(pieces, at, phrases.before)
        if hit is None:
            # "at least the 20 men": an article may stand between, only where a bound is before it.
            if at == start and pieces.word(at - 1) in phrases.fillers:
                hit = _match_before(pieces, at - 1, phrases.before)
                if hit is not None and (hit[1] is None or hit[1] in phrases.silent):
                    hit = None
                if hit is not None and pieces.word(at - 2) in phrases.position:
                    hit = None
            if hit is None:
                break
        at, bound, word_count = hit
        if bound in phrases.silent:
            continue
        if (
            duration
            and word_count == 1
            and pieces.low[at] in phrases.position
            and pieces.word(at - 1) not in phrases.duration_after
            and pieces.low[at] in ("over", "under", "above", "below", "beyond")
        ):
            break
        start = at
        if bound is None:
            more = True
        else:
            found = _outer(found, bound)
    return start, found, more


def bound_after(pieces: Pieces, last: int) -> tuple[int, Bound | None, bool]:
    """The bound that begins right after piece ``last``; as ``bound_before``, to the other side."""
    at = last + 1
    if at >= len(pieces) or pieces.kinds[at] == "b":
        return last, None, False
    if pieces.low[at] in HYPHENS and pieces.glued(at) and pieces.glued(at + 1):
        at += 1
    for words, bound in _phrases().after.get(pieces.word(at), ()):
        end = at + len(words) - 1
        if end < len(pieces) and tuple(pieces.low[at : end + 1]) == words:
            if words == ("+",) and not pieces.glued(at):
                continue
            # "300, more than", "at least 40" belong to what follows.
            follower = pieces.word(end + 1)
            number_next = pieces.kinds[end + 1 : end + 2] == ["d"]
            if (
                (words[0] in ("and", "or") and (follower == "than" or number_next))
                or (words[0] == "at" and end + 1 < len(pieces) and pieces.kinds[end + 1] == "d")
                or (words == ("more",) and follower == "than")
                or (
                    words == ("plus",)
                    and not pieces.glued(at)
                    and pieces.kinds[end + 1 : end + 2] != ["w"]
                )
            ):
                continue
            return end, bound, bound is None
    return last, None, False


def _match_before(
    pieces: Pieces, at: int, table: dict[str, list[tuple[Phrase, Bound | None]]]
) -> tuple[int, Bound | None, int] | None:
    if at < 1 or pieces.kinds[at - 1] == "b":
        return None
    for words, bound in table.get(pieces.low[at - 1], ()):
        length = len(words)
        if length <= at and tuple(pieces.low[at - length : at]) == words:
            return at - length, bound, length
    return None


def _outer(inner: Bound | None, outer: Bound) -> Bound:
    """The bound of "at least some 300": the one that gives an end, the outer of two such."""
    if inner is None or inner == "about":
        return outer
    return inner if outer == "about" else outer
