"""What numbers leave open: how far a figure reaches, and where two exclude each other."""

from typing import Any

#: How far from the number named "about" and "nearly" may reach before they exclude another.
ROUND = 0.2


def reach(row: Any) -> tuple[float, float]:
    """The numbers that a figure leaves open, wide: the ends may be infinite.

    Args:
        row: with ``value``, ``low``, ``high`` and ``bound``, as a figure has them.
    """
    value, low, high = row["value"], row["low"], row["high"]
    if row["bound"] in ("about", "nearly") and value is not None:
        span = abs(value) * ROUND
        return value - span, high if high is not None else value + span
    return (
        low if low is not None else float("-inf"),
        high if high is not None else float("inf"),
    )


def exclude(one: Any, other: Any) -> bool:
    """Whether no number fits both figures."""
    low, high = reach(one)
    least, most = reach(other)
    if one["bound"] == "more_than" and least == most == low:
        return True
    if other["bound"] == "more_than" and low == high == least:
        return True
    return high < least or most < low


def ends(rows: list[Any]) -> tuple[float | None, float | None]:
    """The lowest and the highest number of several figures; ``None`` where an end is open.

    An "at least" leaves the upper end open only where no other figure goes beyond it.
    """
    lows = [_named(row, "low") for row in rows]
    highs = [_named(row, "high") for row in rows]
    low = min((end for end in lows if end is not None), default=None)
    high = max((end for end in highs if end is not None), default=None)
    if any(
        row["low"] is None and row["bound"] in ("at_most", "less_than") and _under(row["high"], low)
        for row in rows
    ):
        low = None
    if any(
        row["high"] is None
        and row["bound"] in ("at_least", "more_than")
        and _under(high, row["low"])
        for row in rows
    ):
        high = None
    return low, high


def _named(row: Any, end: str) -> float | None:
    found: float | None = row[end]
    if found is None and row["bound"] in ("about", "nearly"):
        found = row["value"]
    return found


def _under(one: float | None, other: float | None) -> bool:
    """Whether one end lies at or below another; an end that is missing always does."""
    return one is None or other is None or one <= other
