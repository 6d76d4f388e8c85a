"""Sources: from the words of a source to the actor that they lead to, and the kind of source."""

import itertools
from functools import cache

from spacy.tokens import Token

from sayso import lexicon
from sayso.reader.analysis import Analysis
from sayso.reader.attribution.trees import conjuncts, noun_core, trim
from sayso.reader.cast import Cast
from sayso.records import Actor, Source, SourceKind, Span

_RELATIVE = frozenset({"who", "which", "that", "whose"})
_PARTING = frozenset({",", "(", "–", "—", "--"})


@cache
def _heads(kind: str) -> frozenset[str]:
    return frozenset(lexicon.toml("statements")["source"][kind])


def sources_of(
    analysis: Analysis, cast: Cast, spans: tuple[Span, ...], cores: tuple[Span, ...]
) -> tuple[Source, ...]:
    """The sources of a statement; a phrase for two actors ("both countries") makes two.

    Args:
        analysis: the article and its parse.
        cast: its actors.
        spans: the words of the sources.
        cores: smaller readings of them, looked at where the words as a whole name no actor.
    """
    sources = []
    for span in itertools.chain.from_iterable(_parted(analysis, whole) for whole in spans):
        actors = actors_of(analysis, cast, span)
        relative = span.text.lower() in _RELATIVE
        for core in () if actors else cores:
            if relative or (span.start <= core.start and core.end <= span.end):
                actors = actors_of(analysis, cast, core)
                if actors or relative:
                    span = core
                    break
        if not actors:
            sources.append(Source(span=span, actor=None, kind=_kind(analysis, span, None)))
        sources += [
            Source(span=span, actor=actor.id, kind=_kind(analysis, span, actor)) for actor in actors
        ]
    return tuple(sources)


def _parted(analysis: Analysis, span: Span) -> list[Span]:
    """The phrases of a source, without what hangs on them behind a comma.

    "Torvan, two aides and the mayor of Oster, who was present" makes three.
    """
    tokens = analysis.tokens_in(span.start, span.end)
    root = tokens.root
    if root.pos_ not in ("NOUN", "PROPN", "PRON"):
        return [span]
    heads = [h for h in conjuncts(root) if tokens.start <= h.i < tokens.end]
    firsts = [tokens.start, *(h.left_edge.i for h in heads[1:])]
    if firsts != sorted(set(firsts)):
        return [span]
    found = []
    for head, first, stop in zip(heads, firsts, [*firsts[1:], tokens.end], strict=True):
        last = max(head.i, noun_core(head)[1])
        if last + 1 >= stop or analysis.doc[last + 1].text not in _PARTING:
            last = stop - 1  # no comma: "figures compiled by the Tally Project" is one phrase
        if last > first and analysis.doc[last].dep_ == "case":
            last -= 1  # "Norrek's"
        kept = trim(analysis.doc, (first, last))
        if kept is not None:
            found.append(analysis.span(analysis.doc[kept[0]], analysis.doc[kept[1]]))
    return found or [span]


def head_of(analysis: Analysis, span: Span) -> Token:
    """The head word of a phrase."""
    return analysis.tokens_in(span.start, span.end).root


def actors_of(analysis: Analysis, cast: Cast, span: Span) -> list[Actor]:
    """The actors that a source's words refer to: the mention at the head of the phrase."""
    exact = [
        a
        for m, a in cast.mentions_in(span.start, span.end)
        if m.start == span.start and m.end == span.end
    ]
    if exact:
        return exact
    head = head_of(analysis, span)
    inside = cast.mentions_in(span.start, span.end)
    at_head = [(m, a) for m, a in inside if m.start <= head.idx < m.end]
    if at_head:
        longest = max(m.end - m.start for m, _ in at_head)
        return [a for m, a in at_head if m.end - m.start == longest]
    # "the chairman of the committee Eduard Aghajanyan": a person named beside the head.
    for mention, actor in inside:
        if actor.kind == "person" and _beside(analysis.token_at(mention.end - 1), head):
            return [actor]
    # "General Lubomir" of "General Lubomir Hask": words that end within a name mean whom it names.
    return [a for a in cast.across(span.start, span.end) if a.kind == "person"][:1]


def _beside(name: Token, head: Token) -> bool:
    """Whether a name is tied to the head of its phrase without a preposition or possessive."""
    for _ in range(6):
        if name.i == head.i:
            return True
        if name.dep_ in ("pobj", "poss", "relcl", "acl") or name.head.i == name.i:
            return False
        name = name.head
    return False


def _kind(analysis: Analysis, span: Span, actor: Actor | None) -> SourceKind:
    tokens = analysis.tokens_in(span.start, span.end)
    if any(t.lower_ in _heads("anonymity") for t in tokens):
        return "unnamed"
    if actor is not None:
        if actor.kind == "outlet":
            return "outlet"
        if actor.kind == "document":
            return "document"
        return "collective" if actor.kind == "group" else "named"
    head = head_of(analysis, span).lemma_.lower()
    if head in _heads("document") and (len(tokens) > 1 or head not in _heads("unnamed")):
        return "document"
    if head in _heads("unnamed"):
        return "unnamed"
    if head in _heads("collective"):
        return "collective"
    return "named" if any(t.pos_ == "PROPN" for t in tokens) else "unnamed"
