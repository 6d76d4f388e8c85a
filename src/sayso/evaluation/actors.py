"""Scores who is who on marked articles: TOML tables of texts in which it is written who is meant.

    [[case]]
    marked = '''The mayor, {Agnes Quill}, said on Monday that she would resign. {She=Agnes Quill}
    said {Bruno Staal~Bruno Staal} had known.'''

``{words=Name}`` is the source of a statement, ``{words~Name}`` another mention, ``{Name}`` a
mention by that name; ``A & B`` are two at once. The marks are taken out before the text is read.
Who is meant is known by the actor that the fullest of a person's marked names leads to.
"""

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from sayso.errors import GoldError
from sayso.evaluation.tallies import Scores
from sayso.records import Mention, Reading, Span

_MARK = re.compile(r"\{([^{}=~]+)(?:([=~])([^{}]+))?\}")
_PRONOUNS = frozenset(
    ("he", "she", "it", "they", "him", "her", "them", "who", "himself", "herself", "themselves")
)
Form = Literal["pronoun", "surname", "name", "description", "metonym"]


@dataclass(frozen=True)
class MarkedMention:
    """Words of the text and whom they mean.

    Attributes:
        start, end: characters of the text, end exclusive.
        words: the same as words.
        names: who is meant, by the names that the file uses.
        source: whether they are the source of a statement.
    """

    start: int
    end: int
    words: str
    names: tuple[str, ...]
    source: bool

    @property
    def form(self) -> Form:
        """How the words name the one who is meant."""
        words = self.words.rstrip(",").split()
        if len(words) == 1 and words[0].lower() in _PRONOUNS:
            return "pronoun"
        if self.names[0].startswith("Government of "):
            return "metonym"
        if words[-1].islower():
            return "description"
        parts = self.names[0].split()
        shared = sum(word in parts for word in self.words.replace(",", "").split())
        return "surname" if shared < 2 <= len(parts) else "name"


@dataclass(frozen=True)
class MarkedArticle:
    """A text without its marks, and the marks."""

    text: str
    mentions: tuple[MarkedMention, ...]


def load_actors(path: Path) -> list[MarkedArticle]:
    """The articles of a file.

    Raises:
        GoldError: the file is missing, is no such table, or a mark in it has no end.
    """
    try:
        cases = tomllib.loads(path.read_text(encoding="utf-8"))["case"]
        articles = [_article(case["marked"]) for case in cases]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise GoldError(f"{path}: {error!r}") from error
    for number, article in enumerate(articles, 1):
        if "{" in article.text or "}" in article.text:
            raise GoldError(f"{path}: case {number}: a mark is not closed")
    return articles


def _article(marked: str) -> MarkedArticle:
    text, at = "", 0
    mentions = []
    for match in _MARK.finditer(marked):
        words, sign, names = match.groups()
        text += marked[at : match.start()]
        named = tuple(name.strip() for name in (names or words).split("&"))
        mentions.append(MarkedMention(len(text), len(text) + len(words), words, named, sign == "="))
        text += words
        at = match.end()
    return MarkedArticle(text + marked[at:], tuple(mentions))


def score_actors(path: Path) -> Scores:
    """Scores the reader on a file of marked articles.

    Returns:
        ``sources`` led to whom they mean, and of these those by ``pronoun``, ``surname``, ``name``,
        ``description`` and ``metonym``; ``mentions``, sources or not, led right; ``apart``, the
        marked ones whose names lead to an actor of their own.

    Raises:
        GoldError: see ``load_actors``.
        ModelError: a model is missing or is not the pinned one.
    """
    from sayso.evaluation.marked import read_articles_of

    articles = load_actors(path)
    scores = Scores()
    readings = read_articles_of(article.text for article in articles)
    for article, reading in zip(articles, readings, strict=True):
        _score(scores, article, reading)
    return scores


def _score(scores: Scores, article: MarkedArticle, reading: Reading) -> None:
    actors = _who(article, reading)
    names = {actor.id: actor.name for actor in reading.actors}
    faults = []
    for mention in article.mentions:
        wanted = {actors.get(name) for name in mention.names}
        at = _actors_at(reading, mention)
        scores.add("mentions", at == wanted, 1, 1)
        if mention.source:
            got = _source_at(reading, mention)
            scores.add("sources", got == wanted, 1, 1)
            scores.add(mention.form, got == wanted, 1, 1)
            at = got if got is not None else {"no source"}
        if at != wanted:
            shown = sorted(names.get(i or "", i or "nobody") for i in at)
            sort = f"source by {mention.form}" if mention.source else "mention"
            context = article.text[max(0, mention.start - 30) : mention.end + 30]
            faults.append(f"{sort} {mention.words!r} {mention.names}: {shown} in {context!r}")
    held: dict[str, list[str]] = {}
    for name, actor in actors.items():
        if actor is not None:
            held.setdefault(actor, []).append(name)
    merged = [people for people in held.values() if len(people) > 1]
    scores.add("apart", len(actors) - sum(map(len, merged)), len(actors), len(actors))
    faults += [f"merged {people}" for people in merged]
    if faults:
        scores.faults.append("\n    ".join([article.text.split("\n")[0], *faults]))


def _who(article: MarkedArticle, reading: Reading) -> dict[str, str | None]:
    """The actor of each marked name: of that name, or at the fullest mention of it."""
    found: dict[str, str | None] = {}
    named = {actor.name: actor.id for actor in reading.actors}
    for name in dict.fromkeys(n for m in article.mentions for n in m.names):
        mine = [m for m in article.mentions if m.names == (name,)]
        best = max(mine, key=lambda m: _likeness(m, name))
        at = _actors_at(reading, best)
        found[name] = named.get(name) or (next(iter(at)) if len(at) == 1 else None)
    return found


def _likeness(mention: MarkedMention, name: str) -> tuple[int, int]:
    parts = name.split()
    return sum(word in parts for word in mention.words.split()), -mention.start


def _actors_at(reading: Reading, mention: MarkedMention) -> set[str | None]:
    """The actors of the mention that agrees best with a marked one."""
    best, found = 0.0, set[str | None]()
    for actor in reading.actors:
        for read in actor.mentions:
            shared = _shared(mention, read)
            if shared > best:
                best, found = shared, set()
            if shared and shared == best:
                found.add(actor.id)
    return found or {None}


def _source_at(reading: Reading, mention: MarkedMention) -> set[str | None] | None:
    """The actors of the source that agrees best with a marked one; None where none touches it."""
    best, found = 0.0, None
    for statement in reading.statements:
        for source in statement.sources:
            shared = _shared(mention, source.span) if source.span is not None else 0.0
            if shared > best:
                best, found = shared, set[str | None]()
            if shared and shared == best and found is not None:
                found.add(source.actor)
    return found


def _shared(mention: MarkedMention, read: Span | Mention) -> float:
    """Shared characters as a part of all."""
    both = min(mention.end, read.end) - max(mention.start, read.start)
    if both <= 0:
        return 0.0
    return both / (max(mention.end, read.end) - min(mention.start, read.start))
