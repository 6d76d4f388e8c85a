"""Which statements' contents reach into which sentence, so that look-ups stay local."""

from collections.abc import Sequence

from sayso.reader.analysis import Analysis
from sayso.records import Statement


def by_sentence(analysis: Analysis, statements: Sequence[Statement]) -> dict[int, list[int]]:
    """The indices of the statements whose content reaches into a sentence, by its index."""
    held: dict[int, list[int]] = {}
    for index, statement in enumerate(statements):
        reached: set[int] = set()
        for piece in statement.content:
            first = analysis.sentence_index(piece.start)
            reached |= set(range(first, analysis.sentence_index(piece.end - 1) + 1))
        for sentence in reached:
            held.setdefault(sentence, []).append(index)
    return held
