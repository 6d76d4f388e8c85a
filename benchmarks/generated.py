"""Readings made by program, to fill a ledger with: about invented countries, people and outlets.

Every article has 20 statements, about as dense in its text as in newspaper copy (PolNeAR's
training articles have one attribution every 31 words), seven figures and a few events. A tenth of
the articles are copies of a recent one cut short, and a third of the others carry a claim of one.
People are drawn as in news: a few are named often, most seldom. The same seed gives the same
readings.
"""

import itertools
import random
from collections.abc import Iterator
from datetime import date, timedelta

from sayso.pages.article import make_article
from sayso.records import (
    Actor,
    ActorKind,
    Article,
    DateRef,
    Event,
    Figure,
    Mention,
    Reading,
    Reference,
    Role,
    Source,
    Span,
    Statement,
    record_id,
)

_SYLLABLES = tuple(a + b for a in "bdgklmnprstv" for b in ("a", "e", "i", "o", "ur", "an"))
#: Sixty countries and their codes ("Bakarovia", "XAA").
COUNTRIES = [
    (f"{first}{second}{end}", f"X{chr(65 + n // 26)}{chr(65 + n % 26)}")
    for n, (first, second, end) in enumerate(
        itertools.islice(
            itertools.product(
                ("Bak", "Vel", "Mor", "Tus", "Rin"),
                ("ar", "en", "os"),
                ("ovia", "land", "istan", "ia"),
            ),
            60,
        )
    )
]
_NOUNS = (
    "soldiers",
    "civilians",
    "troops",
    "shells",
    "drones",
    "villages",
    "trucks",
    "people",
    "refugees",
    "tents",
)
_DEEDS = {"killed": "were killed", "wounded": "were wounded", "displaced": "had fled"}
_CUES = {"said": "say", "denied": "deny", "confirmed": "confirm", "warned": "warn"}
_VERBS = (
    "closed",
    "opened",
    "shelled",
    "left",
    "entered",
    "repaired",
    "guarded",
    "crossed",
    "searched",
    "flooded",
)
_STATEMENTS = 20
#: Words between two statements, of nobody's.
_BETWEEN = 11


class Maker:
    """Makes readings; see the module.

    Args:
        seed: of the pseudo-random choices.
        names: how many words there are to choose from.
        people: how many people there are.
    """

    def __init__(self, seed: int = 1, names: int = 20_000, people: int = 30_000) -> None:
        self._random = random.Random(seed)
        self._words = [self._word() for _ in range(names)]
        self._people = [
            f"{self._random.choice(self._words).title()} {self._random.choice(self._words).title()}"
            for _ in range(people)
        ]
        self._recent: list[list[str]] = []

    def _word(self) -> str:
        return "".join(self._random.choices(_SYLLABLES, k=self._random.randint(2, 4)))

    def readings(self, count: int) -> Iterator[Reading]:
        """``count`` readings, one a few minutes after the other."""
        for number in range(count):
            day = date(2031, 1, 1) + timedelta(days=number // 250)
            yield self._reading(number, day)

    def _sentences(self) -> list[str]:
        """The sentences of an article: new ones, or, for a copy, those of a recent one."""
        if self._recent and self._random.random() < 0.1:
            held = self._random.choice(self._recent)
            return held[: self._random.randint(len(held) * 3 // 4, len(held))]
        made = [self._sentence() for _ in range(_STATEMENTS)]
        if self._recent and self._random.random() < 0.3:  # one claim that another article carries
            made[3] = self._random.choice(self._random.choice(self._recent))
        self._recent = [*self._recent[-200:], made]
        return made

    def _person(self) -> str:
        """A person, some far more often than others (Zipf's law)."""
        return self._people[int(len(self._people) ** self._random.random()) - 1]

    def _sentence(self) -> str:
        pick, word = self._random, self._random.choice
        country = word(COUNTRIES)[0]
        source = word(
            [
                self._person(),
                f"Government of {country}",
                f"Ministry of Defense of {country}",
            ]
        )
        cue = word(list(_CUES))
        what = " ".join(word(self._words) for _ in range(pick.randint(4, 9)))
        if pick.random() < 0.35:
            kind = word(list(_DEEDS))
            number = pick.randint(2, 900)
            bound = word(["", "", "at least ", "nearly "])
            claim = f"{bound}{number} {word(_NOUNS)} of {country} {_DEEDS[kind]} near {what}"
        else:
            claim = f"the {what} {word(_VERBS)} the {word(self._words)} road in {country}"
        return f"{source}|{cue}|{claim}"

    def _reading(self, number: int, day: date) -> Reading:
        sentences = [line.split("|") for line in self._sentences()]
        paragraphs = [
            f"{source} {cue} {claim}. {' '.join(self._random.choices(self._words, k=_BETWEEN))}."
            for source, cue, claim in sentences
        ]
        headline = f"{sentences[0][2][:60]} {number}"
        article = make_article(
            f"{number}.json",
            [("headline", headline), *(("paragraph", text) for text in paragraphs)],
            url=f"https://outlet{number % 400}.example/{number}",
            publisher=f"Outlet {number % 400}",
            headline=headline,
            published=day.isoformat(),
            reference=Reference(value=day.isoformat(), from_="metadata"),
            language="en",
        )
        return _fill(article, sentences, day)


def _fill(article: Article, sentences: list[list[str]], day: date) -> Reading:
    actors: dict[str, Actor] = {}
    statements: list[Statement] = []
    figures: list[Figure] = []
    events: list[Event] = []
    codes = dict(COUNTRIES)
    for block, (source, cue, claim) in zip(article.blocks[1:], sentences, strict=True):
        at = block.start
        country = next((c for c in codes if f" of {c}" in f" {source}"), None)
        kind: ActorKind = "person" if country is None else "organisation"
        if source.startswith("Government"):
            kind = "government"
        owner = claim.split(" in ")[-1] if " in " in claim else claim.split(" of ")[1].split()[0]
        place = article.text.index(owner, at)
        who = _actor(actors, source, kind, codes.get(country or ""), at)
        whose = _actor(actors, owner, "country", codes[owner], place)
        cue_at = at + len(source) + 1
        said_at = cue_at + len(cue) + 1
        span = Span(said_at, said_at + len(claim), claim)
        statement = Statement(
            id=record_id("s", article.id, said_at),
            sources=(Source(span=Span(at, at + len(source), source), actor=who, kind="named"),),
            cue=Span(cue_at, cue_at + len(cue), cue),
            type=_CUES[cue],  # type: ignore[arg-type]
            negated=False,
            content=(span,),
            date=DateRef(value=day.isoformat()),
            chain=((source,),),
            confidence=0.9,
        )
        statements.append(statement)
        figure = _figure(article, statement, claim, said_at, whose)
        if figure is not None:
            figures.append(figure)
        elif len(statements) % 4 == 0:
            verb = claim.split()[-5]
            start = said_at + claim.rindex(f" {verb} ") + 1
            events.append(
                Event(
                    id=record_id("e", article.id, start, start + len(verb), "ASSAULT"),
                    type="ASSAULT",
                    trigger=Span(start, start + len(verb), verb),
                    status="happened",
                    actors=(who,),
                    recipients=(whose,),
                    date=DateRef(value=day.isoformat()),
                    statement=statement.id,
                    attribution="stated",
                )
            )
    return Reading(
        article=article,
        actors=tuple(actors.values()),
        statements=tuple(statements),
        figures=tuple(figures),
        events=tuple(events),
    )


def _actor(
    actors: dict[str, Actor], name: str, kind: ActorKind, country: str | None, at: int
) -> str:
    key = record_id("actor", name, kind)
    held = actors.get(key)
    mention = Mention(at, at + len(name), name, "name")
    mentions = (*held.mentions, mention) if held else (mention,)
    roles = (Role(title="spokesperson"),) if kind == "person" else ()
    actors[key] = Actor(
        id=key, name=name, kind=kind, country=country, roles=roles, mentions=mentions
    )
    return key


def _figure(
    article: Article, statement: Statement, claim: str, at: int, whose: str
) -> Figure | None:
    words = claim.split()
    place = next((i for i, word in enumerate(words) if word.isdecimal()), None)
    if place is None:
        return None
    bound = {"at least": "at_least", "nearly": "nearly"}.get(" ".join(words[:place]), "exact")
    value = float(words[place])
    noun = words[place + 1]
    kind = next(kind for kind, deed in _DEEDS.items() if deed in claim)
    end = at + len(" ".join(words[: place + 1]))
    start = end + 1
    return Figure(
        id=record_id("f", article.id, at, end),
        span=Span(at, end, claim[: end - at]),
        value=value,
        low=None if bound == "nearly" else value,
        high=None if bound == "at_least" else value,
        bound=bound,  # type: ignore[arg-type]
        unit_kind="people",
        kind=kind,
        counted=Span(start, start + len(noun), noun),
        of_actors=(whose,),
        statement=statement.id,
        attribution="stated",
    )
