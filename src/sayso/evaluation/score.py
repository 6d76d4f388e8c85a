"""Scoring one reading against one gold file: every record kind in turn."""

from msgspec import UNSET

from sayso.evaluation.article import score_article
from sayso.evaluation.facts import (
    score_dates,
    score_events,
    score_figures,
)
from sayso.evaluation.gold import Gold
from sayso.evaluation.look import Read, shown
from sayso.evaluation.matching import occurs
from sayso.evaluation.parties import score_actors, score_agreements
from sayso.evaluation.report import Scores
from sayso.evaluation.statements import score_statements
from sayso.records import Reading


def score(reading: Reading, gold: Gold) -> Scores:
    """The scores of a reading; a list that the gold file leaves out is not scored."""
    scores, read = Scores(), Read(reading)
    score_article(scores, reading, gold.article)
    links = None
    if gold.statements is not UNSET:
        links = score_statements(scores, read, gold.statements)
    if gold.figures is not UNSET:
        score_figures(scores, read, gold.figures, links)
    if gold.dates is not UNSET:
        score_dates(scores, reading.dates, gold.dates)
    if gold.agreements is not UNSET:
        score_agreements(scores, read, gold.agreements)
    if gold.events is not UNSET:
        score_events(scores, read, gold.events)
    if gold.actors is not UNSET:
        score_actors(scores, read, gold.actors)
    scores.wrong += [
        f"gold: {shown(stretch)} does not stand in the article"
        for stretch in not_in_article(gold, reading.article.text)
    ]
    return scores


def not_in_article(gold: Gold, text: str) -> list[str]:
    """The stretches of gold that its article does not hold: mistakes of the gold file."""
    stretches = [
        *(w for s in gold.statements or () for w in (*s.content, *(s.quotes or ()), s.cue or "")),
        *(s.text or "" for g in gold.statements or () for s in g.sources),
        *(figure.text for figure in gold.figures or ()),
        *(date.text for date in gold.dates or ()),
        *(event.trigger for event in gold.events or ()),
        *(o.content for a in gold.agreements or () for o in a.obligations),
        *(m for a in gold.agreements or () for m in a.mentions),
        *(m for a in gold.actors or () for m in a.mentions_at_least),
    ]
    return [stretch for stretch in stretches if stretch and not occurs(stretch, text)]
