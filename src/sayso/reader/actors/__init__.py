"""Actors: who and what the article names, with every mention, role and alias.

The way of an article: its tokens as columns (``tokens``), the names that a registry knows
(``registry``), countries that only the text shows (``countries``), bodies named by their owner
(``institutions``), capitals that stand for governments (``metonyms``), other proper names
(``chunks``, ``naming``, ``mentions``) with people's titles (``roles``), and at last descriptions
(``descriptions``) and pronouns (``coreference``).
"""

from sayso.reader.actors.chunks import hidden_hits
from sayso.reader.actors.coreference import Resolver
from sayso.reader.actors.countries import discover
from sayso.reader.actors.descriptions import Descriptions
from sayso.reader.actors.drafts import Troupe
from sayso.reader.actors.institutions import Institutions
from sayso.reader.actors.mentions import Mentions
from sayso.reader.actors.registry import Hit, Registry, default_registry, load_registry
from sayso.reader.actors.tokens import Tokens, tokens_of
from sayso.reader.analysis import Analysis
from sayso.reader.cast import Cast

__all__ = ["Registry", "default_registry", "find_actors", "load_registry"]


def find_actors(analysis: Analysis, registry: Registry | None = None) -> Cast:
    """The cast of an article, in order of first mention.

    Args:
        analysis: the article and its parse.
        registry: the actors known beforehand; the lexicon's where none is given.
    """
    tokens = tokens_of(analysis)
    if not len(tokens):
        return Cast((), analysis.article.text)
    registry = registry or default_registry()
    hits = _hits(tokens, registry)
    found = discover(tokens, hits, registry)
    if found is not None:
        hits = _merged(hits, found.match(tokens))
        registry = Registry(registry.phrases, {**registry.countries, **found.countries})
    troupe = Troupe(tokens)
    institutions = Institutions(tokens, hits, registry, troupe)
    institutions.find()
    Mentions(tokens, hits, registry, troupe).find(institutions)
    Descriptions(tokens, hits, registry, troupe).find()
    Resolver(tokens, troupe).resolve()
    return troupe.cast()


def _hits(tokens: Tokens, registry: Registry) -> list[Hit]:
    """The known names of a text, without common words and parts of people's names."""
    hits = [
        hit
        for hit in registry.match(tokens)
        if hit.entry.form == "demonym"
        or any(tokens.proper[i] or tokens.ents[i] for i in range(hit.first, hit.last + 1))
    ]
    hidden = hidden_hits(tokens, hits)
    return [hit for number, hit in enumerate(hits) if number not in hidden]


def _merged(hits: list[Hit], more: list[Hit]) -> list[Hit]:
    taken = {i for hit in hits for i in range(hit.first, hit.last + 1)}
    free = [h for h in more if not taken.intersection(range(h.first, h.last + 1))]
    return sorted((*hits, *free), key=lambda hit: hit.first)
