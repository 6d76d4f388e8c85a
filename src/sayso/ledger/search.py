"""Search over statements: by their words, by their meaning, or both merged.

Both lists are merged by reciprocal rank fusion (Cormack, Clarke and Büttcher, 2009): a statement's
score is the sum of 1 / (60 + its rank) over the lists that it stands in.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, Literal

from sayso.errors import LedgerError, OptionError
from sayso.ledger import answers, filters, fulltext, meaning, snippets
from sayso.ledger import search_language as queries
from sayso.ledger.filters import Filter
from sayso.ledger.store import Store

By = Literal["both", "words", "meaning"]
#: Told what whoever asked should know of the answer.
Note = Callable[[str], None]

#: Statements without a vector up to which they get one when a search by meaning is asked for.
AT_ONCE = 1_000
#: The most that can be asked for in one answer, and passed over before it.
MOST, FARTHEST = 1_000, 10_000
_FUSION = 60


def search(
    store: Store,
    query: str,
    *,
    by: By | None = None,
    limit: int = 20,
    offset: int = 0,
    note: Note | None = None,
    progress: meaning.Progress | None = None,
    actor: str | None = None,
    types: Sequence[str] = (),
    since: str | None = None,
    until: str | None = None,
    outlet: str | None = None,
    place: str | None = None,
) -> Iterator[dict[str, Any]]:
    """See ``Ledger.search``."""
    tell = note or (lambda words: None)
    parsed = queries.parse(query)
    if parsed.root is None:
        raise OptionError("the query has no word to look for")
    if not 1 <= limit <= MOST or not 0 <= offset <= FARTHEST:
        raise OptionError(f"limit must be 1 to {MOST}, offset 0 to {FARTHEST}")
    if by == "meaning" and not parsed.plain and not parsed.note:
        tell("operators mean nothing to a search by meaning: the query was taken as one sentence")
    elif parsed.note and by != "meaning":
        tell(parsed.note)
    wanted = filters.made(
        store, actor=actor, types=types, since=since, until=until, outlet=outlet, place=place
    )
    if by is None:
        by = "both" if parsed.plain and not parsed.note and _has_vectors(store) else "words"
    count = offset + limit
    words: list[tuple[int, float]] = []
    near: list[tuple[int, float]] = []
    if by != "meaning":
        hits = fulltext.find(store, parsed.root, wanted, count)
        if hits.more:
            tell(f"more than {fulltext.WINDOW:,} statements match: the last added are ranked")
        words = hits.ranked
    if by != "words":
        near = _near(store, query, wanted, count, tell, progress)
    ranked = fused(words, near) if by == "both" else words or near
    yield from _answers(store, parsed.root, ranked[offset:count], words, near)


def _has_vectors(store: Store) -> bool:
    from sayso.meaning import card

    return meaning.any_made(store, card().version)


def _near(
    store: Store,
    query: str,
    wanted: Filter,
    count: int,
    tell: Note,
    progress: meaning.Progress | None,
) -> list[tuple[int, float]]:
    from sayso.meaning import load

    encoder = load()
    version = encoder.card.version
    lacking = meaning.lacking(store, version, AT_ONCE + 1)
    if 0 < lacking <= AT_ONCE:
        try:
            meaning.build(store, encoder, progress)
            lacking = 0
        except LedgerError:
            # Whoever may not write to a ledger may still ask it.
            tell("the ledger cannot be written: its last statements are not found by meaning")
    elif lacking and not meaning.any_made(store, version):
        raise LedgerError(
            f"{store.name}: its statements have no vectors yet: run sayso search --build"
        )
    elif lacking:
        tell(
            f"more than {AT_ONCE:,} statements have no vector yet and are not found by meaning:"
            " run sayso search --build"
        )
    return meaning.nearest(store, encoder, query, wanted, count)


def build(store: Store, progress: meaning.Progress | None = None) -> int:
    """See ``Ledger.build_meaning``."""
    from sayso.meaning import load

    return meaning.build(store, load(), progress)


def fused(*lists: list[tuple[int, float]]) -> list[tuple[int, float]]:
    """Ranked lists as one, by reciprocal rank fusion; scores are those of the fusion."""
    scores: dict[int, float] = {}
    for ranked in lists:
        for rank, (key, _) in enumerate(ranked, 1):
            scores[key] = scores.get(key, 0.0) + 1 / (_FUSION + rank)
    return sorted(scores.items(), key=lambda hit: (-hit[1], -hit[0]))


def _answers(
    store: Store,
    root: queries.Node,
    ranked: Sequence[tuple[int, float]],
    words: Sequence[tuple[int, float]],
    near: Sequence[tuple[int, float]],
) -> Iterator[dict[str, Any]]:
    keys = [key for key, _ in ranked]
    by_words, by_meaning = {key for key, _ in words}, {key for key, _ in near}
    marked = fulltext.snippets(store, root, [key for key in keys if key in by_words])
    told = answers.by_key(store, keys)
    for key, score in ranked:
        if key not in told:
            continue  # taken out meanwhile
        lists = (("words", by_words), ("meaning", by_meaning))
        yield {
            **told[key],
            "snippet": marked.get(key) or snippets.cut(told[key]["text"], []),
            "score": float(f"{score:.6g}"),
            "found_by": [name for name, held in lists if key in held],
        }
