"""Figures of one series against each other: contradictions, updates, lost hedges."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from sayso import lexicon
from sayso.ledger.counted import words_of
from sayso.ledger.days import day_number
from sayso.ledger.points import Point, days_between
from sayso.ledger.ranges import exclude, reach

#: Days within which two parties speak of the same time, and within which one total can be held
#: against an earlier, larger one.
SAME_TIME, SOON = 1, 7
#: Numbers further apart than this, as a multiple, count in another scope.
FAR, FAR_WITHIN, FAR_LATER = 5.0, 20.0, 10.0
#: Bounds of numbers that are meant to the letter.
_FIRM = ("exact", "at_least", "more_than", "at_most", "less_than")
#: Numbers below this are of single incidents more often than totals.
FEW = 10
#: Points of a series that are held against each other, the latest.
MOST = 150


class Dispute(NamedTuple):
    """Two points of a series; ``grade`` is how sure and grave it is, of 100."""

    kind: str
    grade: int
    a: Point
    b: Point
    why: str


def of_points(points: Sequence[Point], kind: str | None, owned: bool) -> Iterator[Dispute]:
    """What the points of a series say against each other.

    Args:
        points: by date.
        kind: what happened to what is counted.
        owned: whether it is known whose the counted are.
    """
    recent = points[-MOST:]
    if kind is not None and kind in _table()["contested"]:
        yield from _contradictions(recent, kind, owned)
    for a, b in _soon(recent):
        if _lost(a, b):
            why = f"the same source, “{b.first['wording']}” after “{a.first['wording']}”"
            yield Dispute("hedge_lost", 60, a, b, why)
    yield from _updates(recent, kind)


def _soon(points: Sequence[Point]) -> Iterator[tuple[Point, Point]]:
    """Each two points that lie within ``SOON``, the earlier one first; of whole days alone."""
    dated = [(day, point) for point in points if (day := day_number(point.day)) is not None]
    for place, (day, one) in enumerate(dated):
        for later, other in dated[place + 1 :]:
            if later - day > SOON:
                break
            yield one, other


def _table() -> dict[str, Any]:
    table: dict[str, Any] = lexicon.toml("counted")["disputes"]
    return table


def _contradictions(points: Sequence[Point], kind: str, owned: bool) -> Iterator[Dispute]:
    """Two parties' numbers against each other, each pair of numbers once, the surest."""
    found: dict[object, Dispute] = {}
    for a, b in _soon([point for point in points if _takes_sides(point)]):
        if not _contradict(a, b, kind, owned):
            continue
        grade = 95 if _articles(a) & _articles(b) else 84
        if not all(point.first["bound"] in _FIRM for point in (a, b)):
            grade -= 6
        one = Dispute("contradiction", grade, a, b, _against(a, b))
        key = frozenset((point.side, _size(point)) for point in (a, b))
        if key not in found or found[key].grade < grade:
            found[key] = one
    yield from found.values()


def _takes_sides(point: Point) -> bool:
    """Whether one party says it, that is no outlet, and gives a number."""
    return (
        point.side is not None
        and all(party.kind != "outlet" for party in point.parties)
        and point.first["bound"] != "vague"
    )


def _contradict(a: Point, b: Point, kind: str, owned: bool) -> bool:
    """Whether two parties give numbers of one thing at one time of which only one can hold."""
    if a.side == b.side or not exclude(a.first, b.first):
        return False
    gap = days_between(a.day, b.day)
    if gap is None or gap > SOON:
        return False
    if gap > SAME_TIME and not (kind in _adding() and _above(a, b)):
        return False
    return _comparable(a, b, owned)


def _adding() -> list[str]:
    kinds: list[str] = lexicon.toml("counted")["series"]["adding_up"]
    return kinds


def _above(a: Point, b: Point) -> bool:
    """Whether the earlier number is above the later one, which no total of losses comes down to."""
    earlier, later = (a, b) if a.day <= b.day else (b, a)
    return reach(earlier.first)[0] > reach(later.first)[1]


def _comparable(a: Point, b: Point, owned: bool) -> bool:
    """Whether two numbers hold of the same place and period, as far as the texts tell."""
    together = bool(_articles(a) & _articles(b))
    same_place = bool(a.place and b.place and a.place.casefold() == b.place.casefold())
    if a.place and b.place and not same_place:
        return False
    if a.since and b.since and a.since != b.since:
        return False
    if not owned and not same_place:
        return False
    ratio = _ratio(a, b)
    if together:
        return ratio <= FAR_WITHIN
    if ratio > FAR or ((a.place or b.place) and not same_place):
        return False
    if bool(a.since) != bool(b.since) or same_place:
        return same_place
    if max(_size(a), _size(b)) < FEW:
        return False
    return not (_single(a) or _single(b))


def _single(point: Point) -> bool:
    """Whether the words tell of one incident or one day, so that the number is no running total."""
    return any(_tells_of_one(s.row["statement_text"] or "") for s in point.sightings)


@lru_cache(maxsize=20_000)
def _tells_of_one(text: str) -> bool:
    return not set(words_of(text)).isdisjoint(_table()["single"])


def _articles(point: Point) -> set[int]:
    return {s.row["article"] for s in point.sightings}


def _size(point: Point) -> float:
    row = point.first
    return float(next(n for n in (row["value"], row["low"], row["high"], 0) if n is not None))


def _ratio(a: Point, b: Point) -> float:
    small, large = sorted((abs(_size(a)), abs(_size(b))))
    return large / small if small else float("inf")


def _against(a: Point, b: Point) -> str:
    """Why two points contradict each other, in words."""
    gap = days_between(a.day, b.day)
    when = "on the same day" if gap == 0 else "a day apart" if gap == 1 else f"{gap} days apart"
    return (
        f"two parties, {when}: no number is both “{a.first['wording']}” and “{b.first['wording']}”"
    )


def _lost(a: Point, b: Point) -> bool:
    """Whether a source's hedged number comes again, elsewhere, without its hedge."""
    if not a.parties or a.parties != b.parties or a.first["value"] is None:
        return False
    if a.first["value"] != b.first["value"] or b.first["bound"] != "exact":
        return False
    if a.first["bound"] in ("exact", "range", "vague") or _articles(a) & _articles(b):
        return False
    gap = days_between(a.day, b.day)
    return gap is not None and gap <= SOON and a.day <= b.day


def _updates(points: Sequence[Point], kind: str | None) -> Iterator[Dispute]:
    """Each later number of one party with the one before it."""
    latest: dict[str, Point] = {}
    # Of one day, "more than 70" comes before 71.
    for point in sorted(points, key=lambda p: (p.day, p.first["bound"] == "exact")):
        if point.side is None or point.first["bound"] == "vague" or _single(point):
            continue
        before = latest.get(point.side)
        latest[point.side] = point
        if before is None or before.first["value"] == point.first["value"]:
            continue
        if _goes_on(before, point, kind):
            yield Dispute("update", 30, before, point, _later(before, point))


def _later(a: Point, b: Point) -> str:
    when = "the same day" if a.day == b.day else "later"
    return f"the same party, {when}: “{a.first['wording']}”, then “{b.first['wording']}”"


def after_casualties(casualties: Sequence[Point], killed: Sequence[Point]) -> Iterator[Dispute]:
    """A party's first number of killed after its last of killed and wounded, where it is larger."""
    for side in sorted({p.side for p in killed if p.side is not None}):
        first = next(p for p in killed if p.side == side)
        before = [p for p in casualties if p.side == side and p.day < first.day]
        if not before or not _goes_on(before[-1], first, "killed"):
            continue
        gap = days_between(before[-1].day, first.day)
        if gap is not None and gap <= SOON and reach(first.first)[0] > reach(before[-1].first)[1]:
            why = "inferred: the party first gave killed and wounded together, then a larger number"
            yield Dispute("update", 22, before[-1], first, f"{why} of killed")


def _goes_on(a: Point, b: Point, kind: str | None) -> bool:
    """Whether a later number of the same party takes the place of an earlier one."""
    exacter = a.first["bound"] in ("more_than", "at_least") and b.first["bound"] == "exact"
    if a.day > b.day or (a.day == b.day and not exacter):
        return False
    if a.place and b.place and a.place.casefold() != b.place.casefold():
        return False
    if a.since and b.since and a.since != b.since:
        return False
    # three in one incident are no earlier count of twenty-nine in a war
    far = FAR if min(_size(a), _size(b)) < FEW else FAR_LATER
    if _ratio(a, b) > far or max(_size(a), _size(b)) < FEW:
        return False
    if not exclude(a.first, b.first):
        # "More than 70" and 71 agree; "about 50" and 49 say the same.
        return exacter
    if a.day == b.day:
        return False
    return kind not in _adding() or not _above(a, b)
