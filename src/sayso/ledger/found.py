"""Conflicts as they are found in an article, before they are answered with."""

from typing import NamedTuple


class Side(NamedTuple):
    """One side: the statement, who is said to say it (where not its source), and its characters."""

    statement: str | None
    source: str | None
    start: int
    end: int


class Found(NamedTuple):
    """Two sides of one article; ``grade`` is how sure and grave it is, of 100."""

    kind: str
    grade: int
    about: str
    a: Side
    b: Side
    why: str
