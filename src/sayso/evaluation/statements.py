"""Scoring statements: which are found, and their fields."""

from collections.abc import Callable, Iterable, Sequence

from msgspec import UNSET

from sayso.evaluation.gold import GoldSource, GoldStatement
from sayso.evaluation.look import Links, Read, shown, words_agree
from sayso.evaluation.matching import (
    ENOUGH,
    alike,
    jaccard,
    normal,
    pair,
    same_words,
    share_word,
)
from sayso.evaluation.report import Scores
from sayso.records import Span, Statement


def score_statements(scores: Scores, read: Read, gold: Sequence[GoldStatement]) -> Links:
    """Which statements are found, and their fields."""
    predicted = read.reading.statements
    paired = pair(_statement_pairs(predicted, gold, read))
    scores.count(
        "statements",
        "found",
        [(g.optional, describe_gold(g)) for g in gold],
        [(False, describe(s)) for s in predicted],
        paired,
    )
    links = Links({predicted[p].id: gold[g].id for g, p in paired.items()})
    for index, wanted in enumerate(gold):
        if index in paired and not wanted.optional:
            _score_fields(scores, read, predicted[paired[index]], wanted, links)
    return links


def describe(statement: Statement) -> str:
    """A predicted statement in words."""
    who = ", ".join(s.span.text for s in statement.sources if s.span) or "nobody named"
    content = " … ".join(span.text for span in statement.content)
    cue = statement.cue.text if statement.cue else "no cue"
    return f"{who} | {cue} | {shown(content, 90)}"


def describe_gold(statement: GoldStatement) -> str:
    """A gold statement in words."""
    who = ", ".join(s.text or f"({s.actor})" for s in statement.sources) or "nobody named"
    content = " … ".join(statement.content)
    return f"{statement.id}: {who} | {statement.cue or 'no cue'} | {shown(content, 90)}"


def _statement_pairs(
    predicted: Sequence[Statement], gold: Sequence[GoldStatement], read: Read
) -> Iterable[tuple[Sequence[float], int, int]]:
    """The pairs that count as found, with how well they agree."""
    texts = [" ".join(span.text for span in statement.content) for statement in predicted]
    for g, wanted in enumerate(gold):
        contents = [" ".join(wanted.content), *wanted.content_or]
        for p, statement in enumerate(predicted):
            if wanted.cue is not None and not (
                statement.cue and share_word(statement.cue.text, wanted.cue)
            ):
                continue
            overlap = max(jaccard(texts[p], content) for content in contents)
            if overlap >= ENOUGH and all(
                _met(source, statement, read) for source in wanted.sources
            ):
                own = statement.cue is None if wanted.cue is None else 0
                yield (overlap, own, not wanted.optional, _closeness(statement, wanted)), g, p


def _met(gold: GoldSource, statement: Statement, read: Read) -> bool:
    """Whether one of the statement's sources has gold's words (or, unsaid in gold, its actor)."""
    if gold.text is None:
        return any(
            source.span is None or normal(read.name(source.actor)) == normal(gold.actor or "")
            for source in statement.sources
        )
    return any(source.span and alike(source.span.text, gold.text) for source in statement.sources)


def _closeness(statement: Statement, gold: GoldStatement) -> float:
    """How well the sources' words agree, to part statements of like content."""
    return jaccard(
        " ".join(s.span.text for s in statement.sources if s.span),
        " ".join(s.text or "" for s in gold.sources),
    )


def _score_fields(
    scores: Scores, read: Read, found: Statement, gold: GoldStatement, links: Links
) -> None:
    """The fields of a statement that was found."""

    def check(name: str, predicted: object, wanted: object, agree: Callable[[], bool]) -> None:
        if wanted is not UNSET:
            problem = f"{gold.id}: {predicted!r}, gold has {wanted!r}"
            scores.judge(f"statements.{name}", agree(), problem)

    check("type", found.type, gold.type, lambda: found.type == gold.type)
    check("negated", found.negated, gold.negated, lambda: found.negated == gold.negated)
    for source in gold.sources:
        _score_source(scores, read, found, gold, source)
    if gold.chain is not UNSET:
        check("chain", found.chain, gold.chain, lambda: _same_chain(found.chain, gold.chain or ()))
    if gold.quotes is not UNSET:
        quotes = [q.text for q in found.quotes]
        check("quotes", quotes, gold.quotes, lambda: same_words(quotes, gold.quotes or ()))
    if gold.hedges is not UNSET:
        hedges = [h.text for h in found.hedges]
        check("hedges", hedges, gold.hedges, lambda: same_words(hedges, gold.hedges or ()))
    if gold.parent is not UNSET:
        check("parent", links.gold_of.get(found.parent or "", found.parent), gold.parent,
              lambda: links.agrees(found.parent, gold.parent or None))  # fmt: skip
    value = found.date.value if found.date else None
    check("date", value, gold.date, lambda: value == gold.date)
    for name in ("venue", "addressee"):
        span: Span | None = getattr(found, name)
        wanted = getattr(gold, name)
        text = span.text if span else None
        check(name, text, wanted, lambda s=span, w=wanted: words_agree(s, w))  # type: ignore[misc]


def _score_source(
    scores: Scores, read: Read, found: Statement, gold: GoldStatement, source: GoldSource
) -> None:
    """Whether one of the found statement's sources leads to gold's actor and is of its kind."""
    near = [s for s in found.sources if not (source.text and s.span)
            or alike(s.span.text, source.text)]  # fmt: skip
    if source.actor:
        names = read.names(s.actor for s in near if s.actor)
        right = any(normal(name) == normal(source.actor) for name in names)
        problem = f"{gold.id}: led to {', '.join(names) or 'nobody'}, gold has {source.actor!r}"
        scores.judge("statements.source_actor", right, problem)
    if source.kind is not UNSET:
        kinds = [s.kind for s in near]
        problem = f"{gold.id}: {kinds}, gold has {source.kind!r}"
        scores.judge("statements.source_kind", source.kind in kinds, problem)


def _same_chain(predicted: tuple[tuple[str, ...], ...], gold: tuple[tuple[str, ...], ...]) -> bool:
    """Whether the chains have the same links, the names of a link in any order."""
    return len(predicted) == len(gold) and all(map(same_words, predicted, gold))
