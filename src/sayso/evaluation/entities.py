"""Scores who is who: mentions of people and bodies led to one actor, on the MEANTIME corpus.

The measure is B³ (Bagga & Baldwin, 1998, "Algorithms for Scoring Coreference Chains") over the
marked mentions: a mention that no actor has stands alone. The baseline joins marked mentions with
the same words, which only a reader who is told the mentions could do.
"""

import xml.etree.ElementTree as ElementTree
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from sayso.errors import GoldError
from sayso.evaluation.timex import MARKED_SENTENCES, Document, files_of, load_document
from sayso.records import Actor

#: The corpus' types of entities that are actors.
TYPES = frozenset({"PER", "ORG"})
Range = tuple[int, int]


@dataclass(frozen=True)
class Marked:
    """A document with its mentions of people and bodies, each with the entity that it names."""

    document: Document
    mentions: tuple[tuple[Range, str], ...]


@dataclass
class EntityScores:
    """B³ over the mentions of all documents, of what was read and of the baseline."""

    mentions: int = 0
    met: int = 0
    read: tuple[float, float] = (0.0, 0.0)
    baseline: tuple[float, float] = (0.0, 0.0)

    def rows(self) -> list[tuple[str, float, float, float]]:
        """Name, precision, recall and F1 of each."""
        found = []
        for name, sums in (("read", self.read), ("same words", self.baseline)):
            precision, recall = (part / self.mentions if self.mentions else 1.0 for part in sums)
            f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
            found.append((name, precision, recall, f1))
        return found


def load_entities(path: Path) -> Marked:
    """The document of one XML file with its marked mentions.

    Raises:
        GoldError: the file cannot be read or is no such document.
    """
    try:
        document, places = load_document(path, MARKED_SENTENCES)
        root = ElementTree.parse(path).getroot()
    except (OSError, ElementTree.ParseError, KeyError, ValueError, IndexError) as error:
        raise GoldError(f"{path}: is no marked document: {error!r}") from error
    kinds = {e.get("m_id"): e.get("ent_type") for e in root.iter("ENTITY")}
    entity = {
        source.get("m_id"): target.get("m_id")
        for link in root.iter("REFERS_TO")
        for target in link.iter("target")
        for source in link.iter("source")
    }
    mentions = []
    for mention in root.iter("ENTITY_MENTION"):
        named = entity.get(mention.get("m_id"))
        anchors = [places[a.get("t_id") or ""] for a in mention.iter("token_anchor")]
        if named is not None and kinds.get(named) in TYPES and anchors:
            start, end = min(anchors)[0], max(anchors)[1]
            if start < document.end:
                mentions.append(((start, end), named))
    return Marked(document, tuple(sorted(set(mentions))))


def score_entities(paths: Iterable[Path]) -> EntityScores:
    """The score over all documents of files and folders.

    Raises:
        GoldError: a file cannot be read or is no such document.
        ModelError: a model is missing or is not the pinned one.
    """
    from sayso.reader import read_articles

    marked = [load_entities(path) for path in files_of(paths)]
    scores = EntityScores()
    for one, reading in zip(marked, read_articles(m.document.article for m in marked), strict=True):
        text = one.document.article.text
        gold: dict[Range, Hashable] = dict(one.mentions)
        found = {place: _actor_at(reading.actors, place) for place in gold}
        scores.mentions += len(gold)
        scores.met += sum(actor is not None for actor in found.values())
        read = {p: actor if actor is not None else p for p, actor in found.items()}
        same = {p: text[slice(*p)].casefold() for p in gold}
        scores.read = _added(scores.read, b_cubed(gold, read))
        scores.baseline = _added(scores.baseline, b_cubed(gold, same))
    return scores


def _added(one: tuple[float, float], other: tuple[float, float]) -> tuple[float, float]:
    return one[0] + other[0], one[1] + other[1]


def _actor_at(actors: Sequence[Actor], place: Range) -> str | None:
    """The actor with a mention that ends with the marked one's last word, the longest first."""
    best: tuple[int, str] | None = None
    for actor in actors:
        for mention in actor.mentions:
            shared = min(mention.end, place[1]) - max(mention.start, place[0])
            # "the Airbus chief Louis Gallois" is marked whole, and read as title and name.
            if shared > 0 and (mention.end == place[1] or mention.start == place[0]):
                best = max(best or (0, ""), (shared, actor.id))
    return best[1] if best else None


def b_cubed(gold: Mapping[Range, Hashable], read: Mapping[Range, Hashable]) -> tuple[float, float]:
    """The sums over mentions of B³ precision and recall; both map the same mentions to clusters."""

    def groups(clusters: Mapping[Range, Hashable]) -> dict[Hashable, set[Range]]:
        found: dict[Hashable, set[Range]] = {}
        for place, name in clusters.items():
            found.setdefault(name, set()).add(place)
        return found

    wanted, got = groups(gold), groups(read)
    precision = recall = 0.0
    for place in gold:
        mine, true = got[read[place]], wanted[gold[place]]
        precision += len(mine & true) / len(mine)
        recall += len(mine & true) / len(true)
    return precision, recall
