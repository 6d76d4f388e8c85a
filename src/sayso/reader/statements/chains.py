"""Parents and chains: which statement relays which, and the sources from the outermost in."""

import itertools
from collections.abc import Sequence

import msgspec

from sayso.reader.analysis import Analysis
from sayso.reader.cast import Cast
from sayso.reader.coverage import by_sentence
from sayso.reader.statements.kinds import cites
from sayso.records import Statement

#: Furthest that a citing statement stands from the one that it cites, in statements.
_NEAR = 12

#: The share of its characters from which two contents are one.
_SAME = 0.8


def with_chains(analysis: Analysis, cast: Cast, statements: Sequence[Statement]) -> list[Statement]:
    """The statements with ``parent`` and ``chain``.

    A statement's parent is the innermost other one whose content holds its cue; "X said P, citing
    Y" is relayed by what X said, although it stands beside it.
    """
    reach = by_sentence(analysis, statements)
    parents = []
    for index, statement in enumerate(statements):
        near = reach.get(analysis.sentence_index(_place(statement)[0]), [])
        parents.append(_parent(analysis, cast, statements, near, index))
    parents = [_past_oneself(statements, parents, index) for index in range(len(statements))]
    chained = []
    for index, statement in enumerate(statements):
        links: list[tuple[str, ...]] = []
        seen: set[int] = set()
        at: int | None = index
        while at is not None and at not in seen:
            seen.add(at)
            link = _link(cast, statements[at])
            if link:
                links.append(link)
            at = parents[at]
        parent = parents[index]
        chained.append(
            msgspec.structs.replace(
                statement,
                parent=statements[parent].id if parent is not None else None,
                chain=tuple(reversed(links)),
            )
        )
    return chained


def _past_oneself(
    statements: Sequence[Statement], parents: Sequence[int | None], index: int
) -> int | None:
    """The parent, past those with the very same source: nobody relays himself."""
    own = [s.span for s in statements[index].sources]
    parent = parents[index]
    for _ in statements:
        if parent is None or not own or [s.span for s in statements[parent].sources] != own:
            break
        parent = parents[parent]
    return parent


def _link(cast: Cast, statement: Statement) -> tuple[str, ...]:
    """The names of a statement's sources: the actor's, or the words of the text."""
    names = []
    for source in statement.sources:
        if source.actor is not None:
            names.append(cast.get(source.actor).name)
        elif source.span is not None:
            names.append(source.span.text)
    return tuple(dict.fromkeys(names))


def _place(statement: Statement) -> tuple[int, int]:
    """Where a statement is made: its cue, or its content where it has none."""
    span = statement.cue or statement.content[0]
    return span.start, span.end


def _holds(outer: Statement, place: tuple[int, int]) -> bool:
    return any(c.start <= place[0] and place[1] <= c.end for c in outer.content)


def _size(statement: Statement) -> int:
    return sum(c.end - c.start for c in statement.content)


def _parent(
    analysis: Analysis, cast: Cast, statements: Sequence[Statement], near: Sequence[int], index: int
) -> int | None:
    """The parent of a statement among those whose content reaches into its cue's sentence."""
    own = statements[index]
    place = _place(own)
    cited = _cited_by(analysis, statements, index)
    if cited is not None:
        return cited
    quoted = _quoted_as(analysis, statements, near, index)
    if quoted is not None:
        return quoted
    # Of two with the same content ("X reported P, citing Y") the cited one is the inner.
    holders: list[tuple[int, bool, int]] = [
        (_size(other), not _is_cited(analysis, other), at)
        for at in near
        if at != index
        and (other := statements[at])
        and _holds(other, place)
        and not (_holds(own, _place(other)) and _size(own) >= _size(other))
        and not _is_one_of(cast, own, other)
        and _cited_by(analysis, statements, at) != index
    ]
    if holders:
        return min(holders)[2]
    return _beyond(analysis, statements, near, index)


def _is_one_of(cast: Cast, own: Statement, other: Statement) -> bool:
    """Whether the source is one side of those that jointly say the other statement.

    "The ministries of A and B said that A counts 40 and B 60": each speaks for itself.
    """
    joint = [cast.get(s.actor).country if s.actor else None for s in other.sources]
    single = [cast.get(s.actor).country if s.actor else None for s in own.sources]
    return len(set(joint)) > 1 and len(single) == 1 and single[0] is not None and single[0] in joint


def _quoted_as(
    analysis: Analysis, statements: Sequence[Statement], near: Sequence[int], index: int
) -> int | None:
    """The "quoted" of "X quoted Y as saying P", for its "saying"."""
    own = statements[index]
    if not _follows_as(analysis, own) or own.cue is None:
        return None
    before = [
        at
        for at in near
        if (cue := statements[at].cue) is not None
        and cue.end <= own.cue.start
        and analysis.sentence_index(cue.start) == analysis.sentence_index(own.cue.start)
        and (_overlap(own, statements[at]) or _holds(statements[at], _place(own)))
    ]
    return max(before, key=lambda at: _place(statements[at])[0], default=None)


def _follows_as(analysis: Analysis, statement: Statement) -> bool:
    """Whether a cue is a participle behind "as" ("as saying")."""
    if statement.cue is None:
        return False
    cue = analysis.tokens_in(statement.cue.start, statement.cue.end)
    before = analysis.doc[cue.start - 1].lower_ if cue.start else ""
    return before == "as" and cue[0].tag_ == "VBG"


def _beyond(
    analysis: Analysis, statements: Sequence[Statement], near: Sequence[int], index: int
) -> int | None:
    """The statement with the same content and a cue further out: "P, Y said, X reported".

    Of several cues on one side of a content the nearest is the innermost; those that "and" joins
    stand side by side.
    """
    own = statements[index]
    if own.cue is None:
        return None
    found: list[tuple[int, int]] = []
    for at in near:
        other = statements[at]
        if at == index or other.cue is None or not _same_content(own, other):
            continue
        if _is_cited(analysis, other) or _follows_as(analysis, other):
            continue
        after = other.cue.start > own.cue.start
        between = analysis.tokens_in(
            *((own.cue.end, other.cue.start) if after else (other.cue.end, own.cue.start))
        )
        content = own.content[0].start
        if (content > own.cue.start) == after or any(t.pos_ == "CCONJ" for t in between):
            continue
        if analysis.sentence_index(own.cue.start) != analysis.sentence_index(other.cue.start):
            continue
        found.append((abs(other.cue.start - own.cue.start), at))
    return min(found)[1] if found else None


def _same_content(a: Statement, b: Statement) -> bool:
    shared = _overlap(a, b)
    return shared >= _SAME * max(_size(a), _size(b))


def _cited_by(analysis: Analysis, statements: Sequence[Statement], index: int) -> int | None:
    """The statement that cites this one: "X said P, citing Y" with Y's content that of X."""
    own = statements[index]
    if own.cue is None:
        return None
    if not _is_cited(analysis, own):
        return None
    before = range(index - 1, max(-1, index - _NEAR - 1), -1)
    after = range(index + 1, min(len(statements), index + _NEAR + 1))
    for at in itertools.chain(before, after):
        if _same_content(own, statements[at]) or _holds(own, _place(statements[at])):
            return at
        if at < index and _overlap(own, statements[at]):
            return at
    return None


def _is_cited(analysis: Analysis, statement: Statement) -> bool:
    """Whether a statement's source is whom another one cites ("citing Y")."""
    if statement.cue is None:
        return False
    spans = [source.span for source in statement.sources if source.span is not None]
    return cites(analysis, statement.cue, spans)


def _overlap(a: Statement, b: Statement) -> int:
    return sum(
        max(0, min(x.end, y.end) - max(x.start, y.start)) for x in a.content for y in b.content
    )
