"""Events: who did what to whom, where and when, in PLOVER's types.

A word of the lexicon (``events.toml``) with its conditions makes a trigger; the parse gives its
participants, place, date and status. What is merely said is a statement, not an event.
"""

from sayso.lexicon import toml
from sayso.reader.analysis import Analysis
from sayso.reader.cast import Cast
from sayso.reader.clauses import Clauses
from sayso.reader.events.finder import Finder
from sayso.reader.events.settings import Settings
from sayso.reader.events.triggers import candidate_ids
from sayso.reader.sourcing import Sourcing
from sayso.records import Actor, Date, Event

__all__ = ["find_events"]


def find_events(
    analysis: Analysis, cast: Cast, dates: tuple[Date, ...], sourcing: Sourcing
) -> tuple[tuple[Event, ...], tuple[Actor, ...]]:
    """The events of an article, in order of their triggers, and the actors that they bring in.

    Those brought in take part without a name of their own ("two gunmen") and are not of the cast.
    """
    from spacy.attrs import LEMMA

    ids = candidate_ids()
    doc = analysis.doc
    candidates = [i for i, lemma in enumerate(doc.to_array([LEMMA]).tolist()) if lemma in ids]
    if not candidates:
        return (), ()
    arguments = toml("events")["arguments"]
    clauses = Clauses(analysis, cast, arguments["object_control"], arguments["through_of"])
    finder = Finder(clauses, Settings(clauses, dates), sourcing)
    events = finder.find([doc[i] for i in candidates])
    return events, finder.parties.brought_in(events)
