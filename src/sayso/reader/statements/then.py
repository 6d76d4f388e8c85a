"""What "at the time" refers to: the date, or the stretch between two, of the sentence before."""

from functools import cache

from spacy.tokens import Span as Sentence
from spacy.tokens import Token

from sayso import lexicon
from sayso.reader.analysis import Analysis
from sayso.records import Date, DateRef

#: Letters that a noun shares with the verb that it comes from: "ratification", "ratify".
_STEM = 5
_CLIMB = 10


@cache
def _words(key: str) -> frozenset[str]:
    return frozenset(lexicon.toml("statements")["then"][key])


def date_then(analysis: Analysis, dates: tuple[Date, ...], date: Date) -> DateRef | None:
    """When "the time" was that ``date`` names; None where the sentence before names no day.

    "The ratification came after the raid in August 2024. At the time, …" is between the raid and
    the ratification, where the text has told before when that was.
    """
    if date.span.text.split()[-1].lower() not in _words("nouns"):
        return None
    index = analysis.sentence_index(date.span.start)
    if not index or analysis.block_at(date.span.start) != analysis.block_at(
        analysis.sentences[index - 1].start_char
    ):
        return None
    sentence = analysis.sentences[index - 1]
    named = [d for d in _dated(dates) if sentence.start_char <= d.span.start < sentence.end_char]
    if not named:
        return None
    last = named[-1]
    other = _other_end(analysis, dates, sentence, last)
    if other is None or len(other.value) != len(last.value) or other.value == last.value:
        return DateRef(value=last.value, id=last.id)
    start, end = sorted((last.value, other.value))
    return DateRef(value=f"{start}/{end}")


def _dated(dates: tuple[Date, ...]) -> list[Date]:
    return [d for d in dates if d.kind == "date" and d.value[:4].isdecimal() and "/" not in d.value]


def _other_end(
    analysis: Analysis, dates: tuple[Date, ...], sentence: Sentence, last: Date
) -> Date | None:
    """The date told before of what the sentence puts before or after its own date."""
    if not any(t.lower_ in _words("order") for t in sentence if t.idx < last.span.start):
        return None
    stems = {
        token.lemma_.lower()[:_STEM]
        for token in sentence.root.children
        if token.dep_ in ("nsubj", "nsubjpass") and token.pos_ == "NOUN"
    }
    for date in reversed(_dated(dates)):
        if date.span.start >= sentence.start_char:
            continue
        verb = _verb(analysis.token_at(date.span.end - 1))
        if verb is not None and len(verb.lemma_) >= _STEM and verb.lemma_[:_STEM] in stems:
            return date
    return None


def _verb(token: Token) -> Token | None:
    for _ in range(_CLIMB):
        if token.pos_ == "VERB":
            return token
        token = token.head
    return None
