"""On whose word a figure or an event stands: a statement's, one carried on, or nobody's."""

from dataclasses import dataclass
from functools import cached_property

from sayso import lexicon
from sayso.reader.analysis import Analysis
from sayso.reader.coverage import by_sentence
from sayso.records import AttributionKind, Span, Statement


@dataclass(frozen=True)
class Sourcing:
    """Look-up from a span of the text to the statement that it rests on.

    Words within a statement's content are ``stated``. A statement is ``carried`` on from where its
    source is a document, a report or nobody named ("The report says …", "Reports emerged that …"):
    the bare sentences that follow tell what the source tells, until somebody else speaks.
    """

    analysis: Analysis
    statements: tuple[Statement, ...]

    def of(self, span: Span) -> tuple[str | None, AttributionKind]:
        """The id of the (innermost) statement that the words stand on, and how they do."""
        sentence = self.analysis.sentence_index(span.start)
        # of two with the same words the one further down the chain: it says them first-hand
        inside = [
            (sum(c.end - c.start for c in s.content), -len(s.chain), s.content, s.id)
            for s in (self.statements[index] for index in self._reach.get(sentence, []))
            if any(c.start <= span.start and span.end <= c.end for c in s.content) and s.sources
        ]
        if inside:
            return min(inside)[-1], "stated"
        carrier = self._carriers.get(sentence)
        return (carrier, "carried") if carrier else (None, "none")

    @cached_property
    def _reach(self) -> dict[int, list[int]]:
        return by_sentence(self.analysis, self.statements)

    @cached_property
    def _carriers(self) -> dict[int, str]:
        """The statement that each bare sentence carries on, by index of the sentence."""
        spoken: dict[int, list[Statement]] = {}
        for statement in self.statements:
            place = statement.cue or statement.content[0]
            for index in {
                self.analysis.sentence_index(place.start),
                *(
                    self.analysis.sentence_index(offset)
                    for c in statement.content
                    for offset in (c.start, c.end - 1)
                ),
            }:
                if statement.sources:
                    spoken.setdefault(index, []).append(statement)
        carriers: dict[int, str] = {}
        current: Statement | None = None
        for index, sentence in enumerate(self.analysis.sentences):
            block = self.analysis.block_at(sentence.start_char)
            if block is not None and block.kind in ("headline", "subheading", "caption"):
                current = None
                continue
            if index in spoken:
                outer = [s for s in spoken[index] if s.parent is None] or spoken[index]
                current = outer[0] if all(map(self._carries_on, outer)) else None
            elif current is not None:
                carriers[index] = current.id
        return carriers

    def _carries_on(self, statement: Statement) -> bool:
        """Whether the sentences after a statement are likely to tell more of the same."""
        if statement.negated or statement.type not in _types():
            return False
        return any(_is_account(self.analysis, source.span) for source in statement.sources)


def _types() -> frozenset[str]:
    return frozenset(lexicon.toml("sourcing")["carrying"]["types"])


def _is_account(analysis: Analysis, span: Span | None) -> bool:
    """Whether a source is a document or a report, which tells at length, rather than a speaker."""
    if span is None:
        return False
    nouns = lexicon.toml("sourcing")["carrying"]["nouns"]
    return analysis.tokens_in(span.start, span.end).root.lemma_.lower() in nouns
