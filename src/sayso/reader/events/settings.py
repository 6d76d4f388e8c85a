"""Where and when: the place and the date of an event."""

from collections import Counter
from collections.abc import Iterator
from functools import cached_property

import msgspec
from spacy.tokens import Token

from sayso.reader.clauses import NOUN, VERB, Clauses
from sayso.reader.events.triggers import words
from sayso.reader.places import Surroundings, is_capital, locate
from sayso.reader.surroundings import named_after
from sayso.records import Actor, Date, DateRef, Mention, Place, Span

#: Labels over which a date hangs on what it dates.
_DATE_LINKS = ("prep", "pobj", "npadvmod", "advmod", "pcomp", "appos", "conj", "dep", "advcl")
_INSIDE_DATE = ("compound", "nummod", "amod", "nmod")
_DEPTH = 8


class Settings:
    """The dates and places of one article, by the words that they hang on.

    Args:
        clauses: its parse.
        dates: its dates.
    """

    def __init__(self, clauses: Clauses, dates: tuple[Date, ...]) -> None:
        self.clauses = clauses
        codes = Counter(
            {
                a.country: len(a.mentions)
                for a in clauses.cast.actors
                if a.kind == "country" and a.country is not None
            }
        )
        #: The countries that the article is about, the most mentioned first.
        self.countries = tuple(code for code, _ in codes.most_common())
        self.dates = tuple(d for d in dates if d.kind in ("date", "time") and d.value[:1].isdigit())

    @cached_property
    def _dated(self) -> dict[int, Date]:
        """The dates by the index of the verb or noun that each of them hangs on."""
        found: dict[int, Date] = {}
        analysis = self.clauses.analysis
        for date in self.dates:
            tokens = analysis.tokens_in(date.span.start, date.span.end)
            for anchor in _anchors(tokens.root) if len(tokens) else ():
                found.setdefault(anchor, date)
        return found

    def date(self, heads: list[Token]) -> DateRef | None:
        """The date of an event that these words name: the one that hangs on one of them.

        A verb also has the date of a verb that it completes or is joined to ("agreed on Monday to
        withdraw", "attacked and took the town on Monday").
        """
        for head in heads:
            for token in _chain(head):
                date = self._dated.get(token.i)
                if date is not None:
                    return DateRef(value=date.value, id=date.id)
        return None

    def place(self, heads: list[Token], target: list[Token]) -> Place | None:
        """The place of an event: after a preposition of place, else a place that is acted on.

        A country is a place only where nothing narrower is, and not after "to" and the like.
        """
        table = words()
        found: tuple[Mention, Actor] | None = None
        for prep, inner in self._phrases(heads):
            if prep not in table.place_preps:
                continue
            for mention, actor in self._places(inner):
                if actor.kind == "place":
                    return self._place(mention, actor)
                if prep not in table.direction_preps:
                    found = found or (mention, actor)
        for token in target:
            for mention, actor in self._places(token):
                if actor.kind == "place":
                    return self._place(mention, actor)
        return self._place(*found) if found else self._of_subject(heads)

    def _of_subject(self, heads: list[Token]) -> Place | None:
        """Where those who act are ("Police in Santiago arrested …")."""
        for head in heads:
            for dep, child in self.clauses.children(head):
                if dep != "nsubj":
                    continue
                for prep, inner in self.clauses.prepositions(child):
                    for mention, actor in self._places(inner) if prep in ("in", "at") else ():
                        if actor.kind == "place":
                            return self._place(mention, actor)
        return None

    def _phrases(self, heads: list[Token]) -> Iterator[tuple[str, Token]]:
        """The phrases by these words, then those that hang on the nouns in them ("with X in Y")."""
        inside = []
        for head in heads:
            for prep, inner in self.clauses.prepositions(head):
                yield prep, inner
                if inner.pos_ in NOUN and prep not in words().place_preps:
                    inside.append(inner)
        for noun in inside:
            yield from self.clauses.prepositions(noun)

    def _place(self, mention: Mention, actor: Actor) -> Place:
        """The record of a place that is named, with what the gazetteer knows of it."""
        span = Span(mention.start, mention.end, mention.text)
        within = named_after(self.clauses.analysis.article.text, mention.end)
        near: tuple[str, ...] = (actor.country,) if actor.country is not None else ()
        # A capital's country is what its name alone says; the words around may say another.
        capital = is_capital(actor.name)
        if capital:
            near = self._named_in_sentence(mention.start) or near
        countries = self.countries if capital or not near else ()
        known = locate(actor.name, Surroundings(within, near, countries))
        chosen = capital or bool(within)
        if known is None or (actor.country not in (None, known.country) and not chosen):
            return Place(name=actor.name, span=span, country=actor.country)
        return msgspec.structs.replace(known, name=actor.name, span=span)

    def _named_in_sentence(self, offset: int) -> tuple[str, ...]:
        """The codes of the countries that the sentence at an offset names."""
        sentence = self.clauses.analysis.sentence_at(offset)
        named = self.clauses.cast.mentions_in(sentence.start_char, sentence.end_char)
        codes = (a.country for _, a in named if a.kind == "country" and a.country is not None)
        return tuple(dict.fromkeys(codes))

    def _places(self, token: Token, depth: int = 0) -> list[tuple[Mention, Actor]]:
        """The places and countries that a phrase leads to ("the spa town of X", "X's border")."""
        named = [p for p in self.clauses.named(token) if p[1].kind in ("place", "country")]
        if named or depth > 2:
            return named
        found: list[tuple[Mention, Actor]] = []
        for dep, child in self.clauses.children(token):
            if dep in ("compound", "nmod", "appos"):
                found += [p for p in self.clauses.named(child) if p[1].kind == "place"]
            elif dep == "prep" and child.lower_ in ("of", "in", "near"):
                for _, inner in self.clauses.children(child):
                    found += self._places(inner, depth + 1)
        return found


def _anchors(root: Token) -> list[int]:
    """The words that a date dates: going up from its head to the first noun or verb, and beyond."""
    token = root
    if token.dep_ in _INSIDE_DATE or token.dep_ == "poss":
        return [token.head.i]
    for _ in range(_DEPTH):
        head = token.head
        if head.i == token.i or token.dep_ not in _DATE_LINKS:
            return []
        if head.pos_ in VERB:
            return [head.i]
        if head.pos_ in NOUN and token.dep_ in ("prep", "npadvmod"):
            # The phrase may hang on the noun or, misread, belong to the verb above it.
            above = head
            found = [head.i]
            while above.dep_ in ("pobj", "prep", "dobj", "nsubjpass", "conj", "appos", "attr"):
                if above.dep_ == "prep" and above.lower_ == "of":
                    return found
                above = above.head
                if above.pos_ in VERB:
                    return [*found, above.i]
                found.append(above.i)
            return found
        token = head
    return []


def _chain(head: Token) -> list[Token]:
    """A word, and the verbs that it completes, is joined to or is an object of."""
    chain = [head]
    token = head
    for _ in range(_DEPTH):
        above = token.head
        if above.i == token.i or above.pos_ not in VERB:
            break
        participle = token.dep_ == "advcl" and token.tag_ == "VBG"
        if token.dep_ not in ("xcomp", "conj", "dobj", "nsubjpass", "nsubj") and not participle:
            break
        if token.dep_ == "conj" and _has_subject(token):
            break
        if token.dep_ == "nsubj" and token is not head:
            break
        chain.append(above)
        token = above
    joined = head.children if head.pos_ in VERB else ()
    chain += [c for c in joined if c.dep_ == "conj" and c.pos_ in VERB and not _has_subject(c)]
    return chain


def _has_subject(verb: Token) -> bool:
    return any(child.dep_ in ("nsubj", "nsubjpass") for child in verb.children)
