"""When, where, to whom and how surely something was said."""

from collections.abc import Sequence
from functools import cache

from spacy.tokens import Token

from sayso import lexicon
from sayso.reader.analysis import Analysis
from sayso.reader.attribution import Attribution, lexis
from sayso.reader.attribution.trees import child, noun_core
from sayso.reader.coverage import by_sentence
from sayso.reader.statements.then import date_then
from sayso.records import Date, DateRef, Span, Statement


@cache
def _words(section: str, key: str) -> frozenset[str]:
    return frozenset(lexicon.toml("statements")[section][key])


def _cue_verb(analysis: Analysis, one: Attribution) -> Token | None:
    """The word of the cue that governs its clause."""
    if one.cue is None:
        return None
    return analysis.tokens_in(one.cue.start, one.cue.end).root


def _inside(spans: Sequence[Span], offset: int) -> bool:
    return any(span.start <= offset < span.end for span in spans)


def date_of(analysis: Analysis, dates: tuple[Date, ...], one: Attribution) -> DateRef | None:
    """When it was said: a date that hangs on the cue, outside content and source."""
    verb = _cue_verb(analysis, one)
    if verb is None:
        return None
    sentence = analysis.sentence_at(verb.idx)
    for date in dates:
        if (
            date.kind not in ("date", "time")
            or (date.value.endswith("_REF") and date.value != "PAST_REF")
            or not (sentence.start_char <= date.span.start < sentence.end_char)
        ):
            continue
        if _inside(one.content, date.span.start) or _inside(one.sources, date.span.start):
            continue
        path = _path_to(analysis.token_at(date.span.end - 1), verb)
        if path is None:
            continue
        if date.value == "PAST_REF":
            then = date_then(analysis, dates, date)
            if then is not None:
                return then
            continue
        value = date.value
        if any(word in _words("after", "from") for word in path):
            value = f"{value}/.."
        elif any(word in _words("after", "until") for word in path):
            value = f"../{value}"
        return DateRef(value=value, id=date.id)
    return None


def _path_to(token: Token, verb: Token) -> list[str] | None:
    """The prepositions between a word and the verb that governs it; None if another verb does."""
    path: list[str] = []
    for _ in range(10):
        if token.i == verb.i:
            return path
        if token.pos_ in ("VERB", "AUX") or token.head.i == token.i:
            return None
        if token.pos_ in ("ADP", "SCONJ"):
            path.append(token.lower_)
        token = token.head
    return None


def venue_of(analysis: Analysis, one: Attribution) -> Span | None:
    """Where or in what it was said: "a report to Putin", "an interview with Reuters"."""
    verb = _cue_verb(analysis, one)
    if verb is None:
        return None
    verbs = [verb, verb.head] if verb.dep_ == "conj" else [verb]
    for prep in (c for v in verbs for c in v.children if v is verb or c.i < v.i):
        if prep.dep_ != "prep" or prep.lower_ not in _words("venue", "preps"):
            continue
        for noun in prep.children:
            if noun.dep_ != "pobj" or noun.lemma_.lower() not in _words("venue", "nouns"):
                continue
            end = noun.i
            for other in noun.children:
                if other.i > noun.i and other.dep_ in ("prep", "appos", "compound"):
                    end = max(end, _short_end(other, one))
            span = analysis.span(noun.left_edge, analysis.doc[end])
            if not _inside(one.content, span.start) and not _inside(one.sources, span.start):
                return span
    return None


def _short_end(token: Token, one: Attribution) -> int:
    """The end of a phrase, before a comma, a clause or the content that follows within it."""
    end = token.i
    for other in token.doc[token.i : token.right_edge.i + 1]:
        aside = other.is_punct or other.dep_ in ("relcl", "acl")
        if aside or _inside(one.content, other.idx):
            break
        end = other.i
    return end


def addressee_of(analysis: Analysis, one: Attribution, venue: Span | None) -> Span | None:
    """Whom it was said to: "told Reuters", "in a report to Putin"."""
    verb = _cue_verb(analysis, one)
    if verb is None:
        return None
    if verb.lemma_.lower() in _words("addressee", "verbs"):
        first = verb.i + 1
        end = first
        doc = analysis.doc
        while end < len(doc) and (
            doc[end].pos_ in ("PROPN", "NOUN", "DET", "ADJ", "PRON", "PART", "NUM")
            and not _inside(one.content, doc[end].idx)
            and doc[end].ent_type_ not in ("DATE", "TIME")
            and doc[end].tag_ not in ("TO", "WDT", "WP")
        ):
            end += 1
        if end > first and doc[end - 1].pos_ in ("PROPN", "NOUN", "PRON"):
            return analysis.span(doc[first], doc[end - 1])
    spoken = _spoken_to(analysis, one, verb)
    if spoken is not None:
        return spoken
    if venue is not None:
        tokens = analysis.tokens_in(venue.start, venue.end)
        for at, token in enumerate(tokens):
            if token.lower_ in _words("addressee", "held_for") and at + 1 < len(tokens):
                held = analysis.span(tokens[at + 1], tokens[-1])
                if token.lower_ == "to" or _is_someone(tokens[-1]):
                    return held
    return None


def _spoken_to(analysis: Analysis, one: Attribution, verb: Token) -> Span | None:
    """Whom "to" leads to: "declared to a crowd", "speaking to reporters, she estimated"."""
    cue = lexis.verbs().get(verb.lemma_.lower())
    speaking = [
        c
        for c in verb.children
        if c.dep_ == "advcl" and c.lemma_.lower() in _words("addressee", "speaks")
    ]
    verbs = [verb, *speaking] if cue and cue.frames and "to" not in cue.preps else speaking
    for head in verbs:
        for prep in head.children:
            if prep.dep_ not in ("prep", "dative") or prep.lower_ not in _words(
                "addressee", "preps"
            ):
                continue
            if prep.lower_ == "at" and verb.lemma_.lower() not in _words("addressee", "shouts"):
                continue
            noun = child(prep, "pobj")
            if noun is None or not _is_someone(noun) or _inside(one.content, noun.idx):
                continue
            first, last = noun_core(noun)
            return analysis.span(analysis.doc[first], analysis.doc[last])
    return None


def _is_someone(noun: Token) -> bool:
    """Whether a noun can be spoken to: a name of people, a pronoun, or a common noun of no time."""
    if noun.ent_type_ in ("DATE", "TIME", "CARDINAL", "MONEY", "PERCENT", "QUANTITY"):
        return False
    return noun.pos_ in ("PROPN", "PRON", "NOUN")


def hedges_of(analysis: Analysis, statements: Sequence[Statement]) -> list[tuple[Span, ...]]:
    """The hedges of each statement: a hedge counts for the innermost content that holds it."""
    hedges: list[list[Span]] = [[] for _ in statements]
    if not statements:
        return []
    words, modals = _words("hedges", "words"), _words("hedges", "modals")
    reach = by_sentence(analysis, statements)
    sizes = [sum(c.end - c.start for c in s.content) for s in statements]
    for index, statement in enumerate(statements):
        hedges[index] += _of_cue(analysis, statement)
    for token in analysis.doc:
        lower = token.lower_
        if lower not in words and lower not in modals:
            continue
        holders = [
            index
            for index in reach.get(analysis.sentence_index(token.idx), [])
            if _inside(statements[index].content, token.idx)
            and not _inside_cue(statements[index], token.idx)
        ]
        if not holders:
            continue
        inner = min(holders, key=lambda index: sizes[index])
        if lower in modals and not _heads_content(analysis, token, statements[inner]):
            continue
        hedges[inner].append(analysis.span(token, token))
    return [tuple(found) for found in hedges]


def _of_cue(analysis: Analysis, statement: Statement) -> list[Span]:
    """Words that weaken the act of saying itself: "allegedly boasted", "appears to have said"."""
    if statement.cue is None:
        return []
    verb = analysis.tokens_in(statement.cue.start, statement.cue.end).root
    found = [
        c
        for c in verb.children
        if c.dep_ == "advmod"
        and c.lower_ in _words("hedges", "words")
        and not _inside(statement.content, c.idx)
    ]
    outer = verb.head
    if verb.dep_ == "xcomp" and outer.lemma_.lower() in _words("hedges", "verbs"):
        found.append(outer)
    found += [
        token
        for token in analysis.tokens_in(statement.cue.start, statement.cue.end)
        if token.i < verb.i and token.lemma_.lower() in _words("hedges", "verbs")
    ]
    return [analysis.span(t, t) for t in sorted(set(found), key=lambda t: t.i)]


def _inside_cue(statement: Statement, offset: int) -> bool:
    return statement.cue is not None and statement.cue.start <= offset < statement.cue.end


def _heads_content(analysis: Analysis, modal: Token, statement: Statement) -> bool:
    """Whether a modal stands with the main verb of the content."""
    return any(
        modal.head.i == analysis.tokens_in(piece.start, piece.end).root.i
        for piece in statement.content
    )
