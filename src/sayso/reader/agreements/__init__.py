"""Agreements: treaties, pacts, ceasefires, with parties, milestones and obligations.

Nouns of the lexicon (``agreements.toml``) make mentions; mentions are joined by the words that say
which agreement is meant; the clauses around them give dates, parties and terms.
"""

from sayso.lexicon import toml
from sayso.reader.agreements.aliases import with_aliases
from sayso.reader.agreements.groups import group_mentions
from sayso.reader.agreements.mentions import find_mentions
from sayso.reader.agreements.milestones import Milestones
from sayso.reader.agreements.obligations import Obligations
from sayso.reader.agreements.words import candidate_ids, cue_ids, words
from sayso.reader.analysis import Analysis
from sayso.reader.cast import Cast
from sayso.reader.clauses import Clauses
from sayso.reader.events.settings import Settings
from sayso.reader.sourcing import Sourcing
from sayso.records import Agreement, Date, record_id

__all__ = ["find_agreements"]


def find_agreements(
    analysis: Analysis, cast: Cast, dates: tuple[Date, ...], sourcing: Sourcing
) -> tuple[Agreement, ...]:
    """The agreements of an article, in order of first mention."""
    from spacy.attrs import LEMMA, LOWER

    doc = analysis.doc
    rows = doc.to_array([LOWER, LEMMA])
    heads, cues = candidate_ids(), cue_ids()
    candidates = [i for i, lower in enumerate(rows[:, 0].tolist()) if lower in heads]
    if all(doc[i].lower_ in words().papers for i in candidates):
        return ()
    arguments = toml("events")["arguments"]
    clauses = Clauses(analysis, cast, arguments["object_control"], arguments["through_of"])
    mentions = with_aliases(clauses, find_mentions(clauses, [doc[i] for i in candidates]))
    groups = group_mentions(mentions)
    if not groups:
        return ()
    milestones = Milestones(clauses, Settings(clauses, dates), dates, mentions)
    for group in groups:
        milestones.read(group)
    groups = [group for group in groups if group.public]
    lemmas = rows[:, 1].tolist()
    Obligations(clauses, sourcing, groups).read(
        [doc[i] for i, lemma in enumerate(lemmas) if lemma in cues]
    )
    return tuple(
        Agreement(
            id=record_id("g", analysis.article.id, group.mentions[0].span.start, group.name),
            name=group.name,
            kind=group.kind,
            parties=tuple(group.parties),
            mentions=tuple(m.span for m in group.mentions if m.head.lower_ != "it"),
            signed=group.milestones.get("signed"),
            ratified=group.milestones.get("ratified"),
            in_force=group.milestones.get("in_force"),
            ended=group.milestones.get("ended"),
            duration=group.duration,
            obligations=tuple(sorted(group.obligations, key=lambda o: o.content)),
        )
        for group in groups
    )
