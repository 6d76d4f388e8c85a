"""When words agree, and which prediction belongs to which gold entry."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

# A number with its separators is one word, so that "4,000" and "15,000" share none.
_WORD = re.compile(r"\d[\d.,]*\d|[^\W_]+")
_ARTICLES = frozenset({"a", "an", "the"})

#: The share of words from which two stretches count as the same.
ENOUGH = 0.5


def words(text: str) -> list[str]:
    """The words of ``text`` in lower case, without marks."""
    return _WORD.findall(text.lower())


def normal(text: str) -> str:
    """The words of ``text`` without a leading article: compared where words must agree."""
    found = words(text)
    while found and found[0] in _ARTICLES:
        found = found[1:]
    return " ".join(found)


def state(name: str) -> str:
    """A normal name in which a government goes by the name of its country."""
    return normal(normal(name).removeprefix("government of "))


def jaccard(a: str, b: str) -> float:
    """Words in common over words in all, each as often as it occurs; 1 where both have none."""
    first, second = Counter(words(a)), Counter(words(b))
    union = (first | second).total()
    return (first & second).total() / union if union else 1.0


def contained(part: str, whole: str) -> bool:
    """Whether all words of ``part`` (at least one) are among those of ``whole``."""
    inner = Counter(words(part))
    return bool(inner) and inner <= Counter(words(whole))


def alike(predicted: str, gold: str) -> bool:
    """Whether the predicted words share half of the words with gold's, or are contained in them."""
    return jaccard(predicted, gold) >= ENOUGH or contained(predicted, gold)


def share_word(a: str, b: str) -> bool:
    """Whether the two have a word in common."""
    return not set(words(a)).isdisjoint(words(b))


def same_words(a: Iterable[str], b: Iterable[str]) -> bool:
    """Whether both are the same stretches of words, in any order."""
    return Counter(map(normal, a)) == Counter(map(normal, b))


def occurs(stretch: str, text: str) -> bool:
    """Whether the words of ``stretch`` occur in ``text`` one after the other."""
    return f" {' '.join(words(stretch))} " in f" {' '.join(words(text))} "


def pair(candidates: Iterable[tuple[Sequence[float], int, int]]) -> dict[int, int]:
    """One prediction a gold entry, best first.

    Args:
        candidates: (how well they agree, index of the gold entry, index of the prediction) of every
            pair that may be joined. Of equally good ones the earlier gold entry and the earlier
            prediction go first.

    Returns:
        The prediction's index by the gold entry's.
    """
    best_first = sorted(candidates, key=lambda c: ([-x for x in c[0]], c[1], c[2]))
    paired: dict[int, int] = {}
    used: set[int] = set()
    for _, gold, predicted in best_first:
        if gold not in paired and predicted not in used:
            paired[gold] = predicted
            used.add(predicted)
    return paired
