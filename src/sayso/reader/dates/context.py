"""What dates are read against: the day of reference, the dates named before, and the parse."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Literal, Protocol

from sayso.records import Anchor, DateKind

#: Which way the verb points: "firm" is a future that cannot be meant otherwise ("will").
Tense = Literal["past", "present", "future", "firm"]

#: Days. A yearless date that its verb's tense puts further off than FAR is read the other way where
#: that lies within NEAR: nobody names a day of eleven months ago without its year.
FAR, NEAR = 300, 60
#: Days that a date may lie on the wrong side of the reference (time zones, late editing).
GRACE = 1
#: Characters back within which a date named in the text still anchors "two days later".
REACH = 1500


class Syntax(Protocol):
    """What the reader asks the parse, by offset in the text."""

    def tense(self, start: int, end: int) -> Tense | None:
        """The tense of the verb that the expression from ``start`` to ``end`` belongs to."""
        ...

    def reports(self, start: int, end: int) -> bool:
        """Whether the expression says when something was told ("reported on April 28")."""
        ...

    def counts(self, start: int) -> bool:
        """Whether the number at ``start`` counts what follows it ("2014 people")."""
        ...

    def is_name(self, start: int) -> bool:
        """Whether the word at ``start`` is a person's name or a verb ("May", "March")."""
        ...

    def is_part_of_name(self, start: int) -> bool:
        """Whether the word at ``start`` stands in a name ("the Daily Star", "Winter Games")."""
        ...

    def is_noun(self, start: int) -> bool:
        """Whether the word at ``start`` is a noun of its own ("a weekly")."""
        ...

    def leans(self, start: int) -> bool:
        """Whether the word at ``start`` says more of a noun behind it ("the year book")."""
        ...


class NoSyntax:
    """No parse: every question gets the answer that leaves the words to speak for themselves."""

    def tense(self, start: int, end: int) -> Tense | None:
        """Unknown."""
        return None

    def reports(self, start: int, end: int) -> bool:
        """No."""
        return False

    def counts(self, start: int) -> bool:
        """No."""
        return False

    def is_name(self, start: int) -> bool:
        """No."""
        return False

    def is_part_of_name(self, start: int) -> bool:
        """No."""
        return False

    def is_noun(self, start: int) -> bool:
        """No."""
        return False

    def leans(self, start: int) -> bool:
        """No."""
        return False


@dataclass(slots=True)
class Found:
    """An expression that has been read.

    Attributes:
        start: offset of its first character.
        end: offset after its last character.
        value: the TIMEX3 value.
        kind: the kind of the Date record.
        anchor: where what the words leave out was taken from.
        stated: year, month and day as far as the words name them; None for other expressions.
        day: the day that it means, where it means one.
        undated: a time of day whose day the words next to it do not name.
    """

    start: int
    end: int
    value: str
    kind: DateKind
    anchor: Anchor
    stated: tuple[int | None, int | None, int | None] | None = None
    day: date | None = None
    undated: bool = False


@dataclass(slots=True)
class Context:
    """What an expression is read against.

    Attributes:
        text: the article's text.
        syntax: the parse.
        now: the day of reference, or the last day of its month or year; None where there is none.
        exact: whether ``now`` is a day that was stated or inferred as such.
        day_first: whether 3/5/2024 is the third of May.
        found: the expressions read so far, in order.
    """

    text: str
    syntax: Syntax
    now: date | None
    exact: bool = True
    day_first: bool = False
    found: list[Found] = field(default_factory=list)

    @property
    def today(self) -> date | None:
        """The day of reference, None where only its month or year is known."""
        return self.now if self.exact else None

    def last_day(self, start: int) -> date | None:
        """The day named last before the offset ``start``, not too far from it."""
        for item in reversed(self.found):
            if start - item.end > REACH:
                return None
            if item.day:
                return item.day
        return None

    def last_stated(self, start: int) -> tuple[int | None, int | None, int | None] | None:
        """Year, month and day of the date named last before ``start``, not too far from it."""
        for item in reversed(self.found):
            if start - item.end > REACH:
                return None
            if item.day:
                return item.day.year, item.day.month, item.day.day
            if item.stated and item.stated[0]:
                return item.stated
            if item.stated and item.value[:4].isdecimal() and len(item.value) in (4, 7):
                return int(item.value[:4]), item.stated[1], None
        return None

    def last_quarter(self, start: int) -> tuple[int, int] | None:
        """Year and number of the quarter named last before ``start``, not too far from it."""
        for item in reversed(self.found):
            if start - item.end > REACH:
                return None
            if item.value[4:6] == "-Q" and item.value[:4].isdecimal():
                return int(item.value[:4]), int(item.value[6])
        return None

    def year_of(
        self, month: int, day: int | None, start: int, end: int
    ) -> tuple[int | None, Anchor]:
        """The year of a yearless date, and where it was taken from; None where nothing tells."""
        near = None
        tense = self.syntax.tense(start, end)
        if self.now:
            near = nearest_year(month, day, self.now, tense)
        told = self._told_year(month, day, start)
        if told is not None and tense not in ("future", "firm"):
            spoken = _span(near, month, day) if near else None
            fresh = self.now and spoken and abs((self.now - spoken[1]).days) <= NEAR
            if not fresh or not (day or self.syntax.reports(start, end)):
                return told, "text"
        return near, "published"

    def _told_year(self, month: int, day: int | None, start: int) -> int | None:
        """The year in which the paragraph's last full date lets this one follow it."""
        block = self.text.rfind("\n\n", 0, start)
        for item in reversed(self.found):
            if item.end <= block:
                return None
            if item.stated and item.stated[0] and item.stated[1]:
                year, then = item.stated[0], item.stated[1]
                if self.now and year >= self.now.year:
                    return None
                same = (month, day or 32) >= (then, item.stated[2] or 1)
                return year if same and month - then <= 6 else None
        return None


def nearest_year(month: int, day: int | None, now: date, tense: Tense | None) -> int | None:
    """The year that puts a yearless date next to ``now``, on the side that the tense tells."""
    spans = []
    for year in range(max(1, now.year - 8), min(9998, now.year + 8) + 1):
        span = _span(year, month, day)
        if span:
            spans.append((year, *span))
    past = [s for s in spans if (s[1] - now).days <= GRACE]
    ahead = [s for s in spans if (now - s[2]).days <= GRACE]
    if not past or not ahead:
        return None
    behind, before = past[-1], ahead[0]
    since = max(0, (now - behind[2]).days)
    until = max(0, (before[1] - now).days)
    if tense == "firm":
        return before[0]
    if tense == "future":
        return behind[0] if until > FAR and since < NEAR else before[0]
    if tense == "past":
        return before[0] if since > FAR and until < NEAR else behind[0]
    return behind[0] if since <= until else before[0]


def _span(year: int, month: int, day: int | None) -> tuple[date, date] | None:
    """First and last day of a date; None where the calendar has no such day."""
    try:
        if day:
            return date(year, month, day), date(year, month, day)
        first = date(year, month, 1)
        return first, date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
    except ValueError:
        return None


def weekday_near(weekday: int, now: date, tense: Tense | None) -> date:
    """The day of this name (1 is Monday) at or before ``now``, or after it for a verb ahead."""
    behind = (now.isoweekday() - weekday) % 7
    if tense in ("present", "future", "firm"):
        return now + timedelta(days=(-behind) % 7)
    return now - timedelta(days=behind)
