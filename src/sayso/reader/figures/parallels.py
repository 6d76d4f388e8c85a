"""Clauses that leave out what the one before them said: "Arvenia sent 18 tanks and Kestria 12"."""

from spacy.tokens import Token

from sayso import lexicon
from sayso.reader.analysis import Analysis
from sayso.reader.cast import Cast
from sayso.records import Actor

#: Who may stand for a side in such a clause, cities for their country.
_SIDES = frozenset({"government", "armed_force", "organisation", "country", "group", "place"})
_REACH = 8


def name_before(analysis: Analysis, cast: Cast, token: Token) -> Actor | None:
    """The actor named right before a token and behind "and", "while", a comma or the like.

    Args:
        analysis: the article.
        cast: its actors.
        token: the first token of a number or of a verb.
    """
    doc = analysis.doc
    if token.i <= token.sent.start:
        return None
    end = doc[token.i - 1].idx + len(doc[token.i - 1])
    leads = lexicon.toml("figure_scope")["compared"]["parallel"]
    start = doc[max(token.i - _REACH, token.sent.start)].idx
    for mention, actor in cast.mentions_in(start, end):
        first = analysis.token_at(mention.start)
        if mention.end != end or actor.kind not in _SIDES or first.i == token.sent.start:
            continue
        lead = doc[first.i - 1]
        if lead.lower_ == "the" and lead.i > token.sent.start:
            lead = doc[lead.i - 1]
        if lead.lower_ in leads:
            return actor
    return None
