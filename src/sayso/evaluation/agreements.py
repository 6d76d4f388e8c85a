"""Scores agreements on marked passages: TOML tables of texts with the agreements they speak of.

    published = "2024-05-16"

    [[case]]
    text = "Norrek and Tavia signed a trade pact on 4 March 2024. It binds both to cut tariffs."
    [[case.agreements]]
    name = "trade pact"
    kind = "pact"
    parties = ["Norrek", "Tavia"]
    mentions = ["a trade pact"]
    signed = "2024-03-04"
    obligations = ["economic | to cut tariffs | | Norrek; Tavia"]

``published`` is the day of all texts. ``name`` may be a list of names that will do; years, articles
and capitals are not compared. ``kind``, ``parties`` and an obligation's parties are compared where
they are given; a milestone, a duration, a trigger that is not given must not be read. Parties are
written as words of the text: one is right where the actor that was read has a mention that touches
those words (for an obligation, any place of them in the text).
"""

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sayso.errors import GoldError
from sayso.evaluation.matching import ENOUGH, alike, jaccard, normal
from sayso.evaluation.tallies import Scores, one_to_one
from sayso.records import Actor, Agreement, Obligation, Reading

Range = tuple[int, int]
MILESTONES = ("signed", "ratified", "in_force", "ended")
_KEYS = {"name", "kind", "parties", "mentions", "duration", "obligations", *MILESTONES}
_YEAR = re.compile(r"\b(?:1[6-9]|20)\d\d\b")


@dataclass(frozen=True)
class MarkedObligation:
    """A term as it is marked; ``parties`` is None where they are not compared."""

    type: str
    content: str
    trigger: str
    parties: tuple[str, ...] | None


@dataclass(frozen=True)
class MarkedAgreement:
    """An agreement as a careful reader marked it.

    Attributes:
        names: the names that will do.
        kind: its kind, or None where it is not compared.
        parties: words of the text, or None where they are not compared.
        mentions: where it is spoken of, in characters.
        given: its milestones and duration, as written.
        obligations: its terms.
    """

    names: tuple[str, ...]
    kind: str | None
    parties: tuple[str, ...] | None
    mentions: tuple[Range, ...]
    given: dict[str, str] = field(default_factory=dict)
    obligations: tuple[MarkedObligation, ...] = ()


@dataclass(frozen=True)
class MarkedPassage:
    """A text, the day it is of (ISO 8601, or None), and its agreements."""

    text: str
    published: str | None
    agreements: tuple[MarkedAgreement, ...]


def load_agreements(path: Path) -> list[MarkedPassage]:
    """The passages of a file.

    Raises:
        GoldError: the file is missing, is no such table, or marks words that its text lacks.
    """
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        return [
            MarkedPassage(
                case["text"],
                data.get("published"),
                tuple(_agreement(f"{path}: case {n}", case["text"], a) for a in case["agreements"]),
            )
            for n, case in enumerate(data["case"], 1)
        ]
    except (OSError, ValueError, KeyError) as error:
        raise GoldError(f"{path}: {error!r}") from error


def _agreement(case: str, text: str, row: dict[str, Any]) -> MarkedAgreement:
    if extra := row.keys() - _KEYS:
        raise GoldError(f"{case}: unknown keys {sorted(extra)}")
    mentions, start = [], 0
    for words in row["mentions"]:
        at = _place(case, text, words, start)
        mentions.append((at, at + len(words)))
        start = at + 1
    obligations = []
    for line in row.get("obligations", ()):
        kind, content, trigger, parties = (*(p.strip() for p in line.split("|")), "", "")[:4]
        bound = tuple(p.strip() for p in parties.split(";") if p.strip())
        for words in (content, trigger, *bound):
            _place(case, text, words)
        obligations.append(MarkedObligation(kind, content, trigger, bound or None))
    for words in row.get("parties", ()):
        _place(case, text, words)
    names = row["name"]
    return MarkedAgreement(
        (names,) if isinstance(names, str) else tuple(names),
        row.get("kind"),
        tuple(row["parties"]) if "parties" in row else None,
        tuple(mentions),
        {key: row[key] for key in (*MILESTONES, "duration") if key in row},
        tuple(obligations),
    )


def _place(case: str, text: str, words: str, start: int = 0) -> int:
    """Where the words stand, as whole words if they do."""
    whole = re.compile(rf"(?<!\w){re.escape(words)}(?!\w)").search(text, start)
    at = whole.start() if whole else text.find(words, start)
    if at < 0:
        raise GoldError(f"{case}: {words!r} is not in the text")
    return at


def score_agreements(path: Path) -> Scores:
    """Scores the reader on a file of marked passages.

    Returns:
        ``agreements`` (found, made, marked), ``whole`` (right in all that is marked), of those
        found ``name`` and ``kind``, ``mentions``, ``parties``, ``milestones`` (dates),
        ``duration``, and ``obligations`` (contents) with ``obligation type``, ``trigger`` and
        ``bound`` of those found.

    Raises:
        GoldError: see ``load_agreements``.
        ModelError: a model is missing or is not the pinned one.
    """
    passages = load_agreements(path)
    scores = Scores()
    for passage, reading in zip(passages, _readings(passages), strict=True):
        _score(scores, passage, reading)
    return scores


def _readings(passages: Sequence[MarkedPassage]) -> Iterator[Reading]:
    from sayso.pages.article import make_article
    from sayso.reader import read_articles
    from sayso.records import Reference

    return read_articles(
        make_article(
            str(number),
            [("paragraph", p.text)],
            published=p.published,
            reference=Reference(value=p.published, from_="given") if p.published else None,
        )
        for number, p in enumerate(passages, 1)
    )


def _score(scores: Scores, passage: MarkedPassage, reading: Reading) -> None:
    gold, read = passage.agreements, reading.agreements
    ranked = sorted(
        (-_likeness(wanted, got), i, j)
        for i, wanted in enumerate(gold)
        for j, got in enumerate(read)
        if _likeness(wanted, got) > 0
    )
    matched = one_to_one((i, j) for _, i, j in ranked)
    faults = [f"missed {g.names[0]!r}" for i, g in enumerate(gold) if i not in matched]
    faults += [f"made up {a.name!r}" for j, a in enumerate(read) if j not in matched.values()]
    scores.add("agreements", len(matched), len(read), len(gold))
    whole = 0
    for i, wanted in enumerate(gold):
        got = read[matched[i]] if i in matched else None
        wrong = list(_compare(scores, passage.text, reading, wanted, got))
        whole += got is not None and not wrong
        faults += wrong if got is not None else []
    scores.add("whole", whole, len(read), len(gold))
    for j, one in enumerate(read):
        if j not in matched.values():
            scores.add("mentions", 0, len(one.mentions), 0)
            scores.add("obligations", 0, len(one.obligations), 0)
    if faults:
        scores.faults.append("\n    ".join([passage.text, *faults]))


def _likeness(wanted: MarkedAgreement, got: Agreement) -> int:
    return sum(
        any(_alike(place, m.start, m.end) for m in got.mentions) for place in wanted.mentions
    )


def _alike(place: Range, start: int, end: int) -> bool:
    shared = min(place[1], end) - max(place[0], start)
    return shared > 0 and 2 * shared >= min(place[1] - place[0], end - start)


def _compare(
    scores: Scores, text: str, reading: Reading, wanted: MarkedAgreement, got: Agreement | None
) -> Iterator[str]:
    """Count what is right of one agreement, and yield what is wrong."""
    if got is None:
        scores.add("mentions", 0, 0, len(wanted.mentions))
        scores.add("obligations", 0, 0, len(wanted.obligations))
        scores.add("milestones", 0, 0, sum(m in wanted.given for m in MILESTONES))
        return
    named = any(_bare(name) == _bare(got.name) for name in wanted.names)
    scores.add("name", named, 1, 1)
    if not named:
        yield f"name {got.name!r}, marked {wanted.names[0]!r}"
    if wanted.kind is not None:
        scores.add("kind", wanted.kind == got.kind, 1, 1)
        if wanted.kind != got.kind:
            yield f"kind {got.kind}, marked {wanted.kind}"
    yield from _compare_mentions(scores, text, wanted, got)
    if wanted.parties is not None:
        met, made, missed = _met(reading, text, got.parties, wanted.parties)
        scores.add("parties", met, len(got.parties), len(wanted.parties))
        if made or missed:
            yield f"parties of {got.name!r}: made up {made}, missed {missed}"
    for name in MILESTONES:
        ref = getattr(got, name)
        value, right = ref.value if ref else None, wanted.given.get(name)
        if value or right:
            scores.add("milestones", value == right, value is not None, right is not None)
        if value != right:
            yield f"{name} of {got.name!r}: {value}, marked {right}"
    duration = wanted.given.get("duration")
    if got.duration or duration:
        scores.add("duration", got.duration == duration, bool(got.duration), bool(duration))
    if got.duration != duration:
        yield f"duration of {got.name!r}: {got.duration}, marked {duration}"
    yield from _compare_obligations(scores, text, reading, wanted, got)


def _bare(name: str) -> str:
    return normal(_YEAR.sub("", name))


def _compare_mentions(
    scores: Scores, text: str, wanted: MarkedAgreement, got: Agreement
) -> Iterator[str]:
    met = one_to_one(
        (i, j)
        for i, place in enumerate(wanted.mentions)
        for j, m in enumerate(got.mentions)
        if _alike(place, m.start, m.end)
    )
    scores.add("mentions", len(met), len(got.mentions), len(wanted.mentions))
    for i, (start, end) in enumerate(wanted.mentions):
        if i not in met:
            yield f"missed mention {text[start:end]!r}"
    for j, m in enumerate(got.mentions):
        if j not in met.values():
            yield f"mention {m.text!r} too many"


def _met(
    reading: Reading, text: str, ids: Sequence[str], phrases: Sequence[str]
) -> tuple[int, list[str], list[str]]:
    """How many phrases are met, the names of actors that meet none, the phrases that none meets."""
    actors = {a.id: a for a in reading.actors}
    places = {
        phrase: [m.span() for m in re.finditer(re.escape(phrase), text)] for phrase in phrases
    }

    def touch(identity: str, phrase: str) -> bool:
        return any(
            m.start < end and start < m.end
            for actor in same_state(actors[identity])
            for m in actor.mentions
            for start, end in places[phrase]
        )

    def same_state(actor: Actor) -> list[Actor]:
        """A country goes by its government's words too ("Washington")."""
        if actor.country is None or actor.kind not in ("country", "government"):
            return [actor]
        kinds = ("country", "government")
        return [a for a in actors.values() if a.country == actor.country and a.kind in kinds]

    missed = [p for p in phrases if not any(touch(i, p) for i in ids)]
    made = [actors[i].name for i in ids if not any(touch(i, p) for p in phrases)]
    return len(phrases) - len(missed), made, missed


def _compare_obligations(
    scores: Scores, text: str, reading: Reading, wanted: MarkedAgreement, got: Agreement
) -> Iterator[str]:
    ranked = sorted(
        (-jaccard(o.content.text, w.content), i, j)
        for i, w in enumerate(wanted.obligations)
        for j, o in enumerate(got.obligations)
        if jaccard(o.content.text, w.content) >= ENOUGH
    )
    met = one_to_one((i, j) for _, i, j in ranked)
    scores.add("obligations", len(met), len(got.obligations), len(wanted.obligations))
    for i, one in enumerate(wanted.obligations):
        if i not in met:
            yield f"missed term {one.content!r}"
            continue
        yield from _compare_term(scores, text, reading, one, got.obligations[met[i]])
    for j, term in enumerate(got.obligations):
        if j not in met.values():
            yield f"term {term.content.text!r} too many"


def _compare_term(
    scores: Scores, text: str, reading: Reading, wanted: MarkedObligation, got: Obligation
) -> Iterator[str]:
    trigger = got.trigger.text if got.trigger else ""
    held = (
        alike(trigger, wanted.trigger)
        if trigger and wanted.trigger
        else not (trigger or wanted.trigger)
    )
    scores.add("obligation type", wanted.type == got.type, 1, 1)
    scores.add("trigger", held, 1, 1)
    if wanted.type != got.type:
        yield f"type of {wanted.content!r}: {got.type}, marked {wanted.type}"
    if not held:
        yield f"trigger of {wanted.content!r}: {trigger!r}, marked {wanted.trigger!r}"
    if wanted.parties is not None:
        _, made, missed = _met(reading, text, got.parties, wanted.parties)
        scores.add("bound", not (made or missed), 1, 1)
        if made or missed:
            yield f"bound by {wanted.content!r}: made up {made}, missed {missed}"
