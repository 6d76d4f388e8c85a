"""A reading arranged for people, in the order in which they ask: terminal and page show the same.

Nothing here is new: every line is a record of the reading, put where it is looked for.
"""

from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property

from sayso.records import Actor, Agreement, Article, Block, Event, Figure, Reading, Statement
from sayso.show.backing import NOBODY, SUPPORT, Backer, backers, nobody
from sayso.show.plain import count, line, shortened
from sayso.show.wording import form, meaning

_REFERENCE = {
    "given": "as you said",
    "metadata": "the page's metadata",
    "page": "the page's own lines",
    "feed": "the feed that led to the page",
    "address": "the page gives no date; inferred from its address",
    "text": "the page gives no date; inferred from the dates that its text names",
}


@dataclass(frozen=True)
class Fact:
    """A property of the page: its label, its value, and why where it was inferred."""

    label: str
    value: str
    reason: str = ""


@dataclass(frozen=True)
class Claim:
    """A statement with its number on the page, its chain in the words of the text, its place."""

    number: int
    statement: Statement
    chain: tuple[str, ...]
    form: str
    position: str

    @property
    def type(self) -> str:
        """The type, with ``not`` before it where the statement is negated."""
        return f"not {self.statement.type}" if self.statement.negated else self.statement.type

    @property
    def content(self) -> str:
        """What is attributed, its parts joined."""
        return " … ".join(line(span.text) for span in self.statement.content)


@dataclass(frozen=True)
class FigureLine:
    """A figure, what it says and on whose word."""

    figure: Figure
    meaning: str
    support: str
    rests_on: str
    claim: Claim | None
    position: str


@dataclass(frozen=True)
class Term:
    """A line of a treaty: a milestone, its duration, or an obligation."""

    label: str
    value: str


@dataclass(frozen=True)
class Treaty:
    """An agreement with its milestones and obligations in words."""

    agreement: Agreement
    parties: str
    terms: tuple[Term, ...]


@dataclass(frozen=True)
class EventLine:
    """An event in words."""

    event: Event
    who: str
    whom: str
    rests_on: str
    position: str


class View:
    """One reading, arranged.

    Args:
        reading: the reading to show.
    """

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.article: Article = reading.article
        self._actors = {actor.id: actor for actor in reading.actors}
        self._statements = {statement.id: statement for statement in reading.statements}
        self._mentions = {
            (m.start, m.end): (m.form, actor) for actor in reading.actors for m in actor.mentions
        }
        self._blocks, self._positions = _positions(reading.article.blocks)

    @property
    def title(self) -> str:
        """The headline, or else the name of the input."""
        return line(self.article.headline or self.article.input) or "(no headline)"

    @cached_property
    def stated(self) -> tuple[Fact, ...]:
        """What the page states of itself; see ``unstated`` for what it leaves out."""
        pictures = [
            Fact(
                "picture",
                shortened(image.caption.text if image.caption else "no caption", 90),
                f"credit: {line(image.credit)}" if image.credit else "",
            )
            for image in self.article.images
            if image.caption or image.credit
        ]
        return (
            Fact("input", line(self.article.input)),
            *(
                Fact(label, line(value))
                for label, value in self._properties
                if value and label != "headline"  # it is the title
            ),
            *pictures,
        )

    @cached_property
    def unstated(self) -> str:
        """The names of the properties that the page does not state."""
        return ", ".join(label for label, value in self._properties if not value)

    @cached_property
    def _properties(self) -> tuple[tuple[str, str | None], ...]:
        article = self.article
        minutes = article.read_minutes
        return (
            ("headline", article.headline),
            ("publisher", article.publisher),
            ("section", article.section),
            ("authors", ", ".join(article.authors)),
            ("published", article.published),
            ("address", article.url),
            ("reading time", count(minutes, "minute") if minutes else None),
        )

    @cached_property
    def inferred(self) -> tuple[Fact, ...]:
        """What was inferred or taken as read, with the reason."""
        facts = []
        reference = self.article.reference
        if reference:
            facts.append(Fact("dates read against", reference.value, _REFERENCE[reference.from_]))
        if self.article.language:
            facts.append(Fact("language", self.article.language, "by its words"))
        return tuple(facts)

    @cached_property
    def claims(self) -> tuple[Claim, ...]:
        """The claims in reading order."""
        ordered = sorted(self.reading.statements, key=_place)
        return tuple(self._claim(n, s) for n, s in enumerate(ordered, 1))

    @cached_property
    def refused(self) -> tuple[Claim, ...]:
        """What was denied, declined or said not to be so."""
        return tuple(
            c for c in self.claims if c.statement.negated or c.statement.type in ("deny", "decline")
        )

    @cached_property
    def backers(self) -> tuple[Backer, ...]:
        """Whom the article names as its sources, by number of claims."""
        return tuple(b for b in backers(self.reading) if b.kind != "unnamed")

    @cached_property
    def nobody(self) -> tuple[str, ...]:
        """What rests on nobody named, a line each."""
        return nobody(self.reading)

    @cached_property
    def figures(self) -> tuple[FigureLine, ...]:
        """The figures, the weakest sourced first, then in reading order."""
        lines = [self._figure(figure) for figure in self.reading.figures]
        return tuple(sorted(lines, key=lambda x: (SUPPORT.index(x.support), x.figure.span.start)))

    @cached_property
    def treaties(self) -> tuple[Treaty, ...]:
        """The agreements, each with its milestones and obligations."""
        return tuple(self._treaty(agreement) for agreement in self.reading.agreements)

    @cached_property
    def events(self) -> tuple[EventLine, ...]:
        """The events in reading order."""
        return tuple(
            EventLine(
                event,
                self.names(event.actors),
                self.names(event.recipients),
                self._rests_on(event.statement, event.attribution),
                self.position(event.trigger.start),
            )
            for event in sorted(self.reading.events, key=lambda e: e.trigger.start)
        )

    @cached_property
    def actors(self) -> tuple[Actor, ...]:
        """The actors, the most mentioned first."""
        return tuple(
            sorted(self.reading.actors, key=lambda a: (-len(a.mentions), a.mentions[:1], a.id))
        )

    def names(self, ids: tuple[str, ...]) -> str:
        """The canonical names of actors."""
        return ", ".join(line(self._actors[i].name) for i in ids if i in self._actors)

    def position(self, offset: int) -> str:
        """Where on the page a character stands: ``¶3``, ``headline``, ``caption``."""
        index = bisect_right(self._blocks, offset) - 1
        return self._positions[index] if index >= 0 else "–"

    def claim_of(self, statement_id: str | None) -> Claim | None:
        """The claim that shows a statement."""
        return self._claims_by_id.get(statement_id or "")

    @cached_property
    def _claims_by_id(self) -> dict[str, Claim]:
        return {claim.statement.id: claim for claim in self.claims}

    def _claim(self, number: int, statement: Statement) -> Claim:
        return Claim(
            number,
            statement,
            tuple(self._link(link) for link in self._lineage(statement)),
            form(statement),
            self.position(_place(statement)[0]),
        )

    def _lineage(self, statement: Statement) -> list[Statement]:
        """The statement and those that relay it, outermost first."""
        links, at = [statement], statement
        while at.parent in self._statements and self._statements[at.parent] not in links:
            at = self._statements[at.parent]
            links.append(at)
        return links[::-1]

    def _link(self, statement: Statement) -> str:
        """One link of a chain in the words of the text, with the name where they are a pronoun."""
        words = []
        for source in statement.sources:
            actor = self._actors.get(source.actor or "")
            if source.span is None:
                words.append(line(actor.name) if actor else NOBODY)
                continue
            said = line(source.span.text)
            form, _ = self._mentions.get((source.span.start, source.span.end), ("", None))
            if actor and form in ("pronoun", "description"):
                said = f"{said} ({line(actor.name)})"
            words.append(said)
        return " and ".join(words) or NOBODY

    def _figure(self, figure: Figure) -> FigureLine:
        return FigureLine(
            figure,
            meaning(figure, self.names(figure.of_actors), self._whole(figure)),
            self._support(figure),
            self._rests_on(figure.statement, figure.attribution),
            self.claim_of(figure.statement),
            self.position(figure.span.start),
        )

    def _support(self, figure: Figure) -> str:
        statement = self._statements.get(figure.statement or "")
        if figure.attribution != "stated" or statement is None:
            return "none" if figure.attribution == "none" or statement is None else "carried"
        kinds = [source.kind for source in statement.sources]
        return max(kinds, key=SUPPORT.index, default="unnamed")

    def _rests_on(self, statement_id: str | None, attribution: str) -> str:
        claim = self.claim_of(statement_id)
        if attribution == "none" or claim is None:
            return "nobody: the article's own voice"
        chain = " → ".join(claim.chain)
        return f"carried on from {chain}" if attribution == "carried" else chain

    def _whole(self, figure: Figure) -> str:
        whole = next((f for f in self.reading.figures if f.id == figure.part_of), None)
        return line(whole.span.text) if whole else ""

    def _treaty(self, agreement: Agreement) -> Treaty:
        dates = [
            ("signed", agreement.signed),
            ("ratified", agreement.ratified),
            ("in force", agreement.in_force),
            ("ended", agreement.ended),
        ]
        terms = [Term(label, date.value) for label, date in dates if date]
        if agreement.duration:
            terms.append(Term("duration", line(agreement.duration)))
        for obligation in agreement.obligations:
            when = f" [{line(obligation.trigger.text)}]" if obligation.trigger else ""
            claim = self.claim_of(obligation.statement)
            said = f" (claim {claim.number})" if claim else ""
            who = self.names(obligation.parties)
            words = f"{line(obligation.content.text)}{when}{said}"
            if who and obligation.parties != agreement.parties:
                words = f"{who}: {words}"
            terms.append(Term(obligation.type.replace("_", "-"), words))
        return Treaty(agreement, self.names(agreement.parties) or "not stated", tuple(terms))


def _positions(blocks: tuple[Block, ...]) -> tuple[list[int], list[str]]:
    """Where blocks begin, and what people call each: paragraphs are numbered."""
    names: list[str] = []
    paragraphs = 0
    for block in blocks:
        if block.kind in ("headline", "subheading", "caption"):
            names.append(block.kind)
        else:
            paragraphs += 1
            names.append(f"¶{paragraphs}")
    return [block.start for block in blocks], names


def _place(statement: Statement) -> tuple[int, int, int, str]:
    """Where a statement stands on the page, to sort by.

    It begins where its content does (the cue, a source where it has none); of two that begin
    together the longer comes first, because it holds the other.
    """
    sources = [source.span for source in statement.sources if source.span]
    cue = [statement.cue] if statement.cue else []
    spans = list(statement.content) or cue or sources
    start = min((span.start for span in spans), default=0)
    end = max((span.end for span in spans), default=0)
    return start, -end, cue[0].start if cue else start, statement.id
