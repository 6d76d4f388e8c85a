"""Who an article rests on, and what in it rests on nobody named."""

from collections import Counter
from dataclasses import dataclass

from sayso.records import Reading, Source
from sayso.show.plain import count, line

#: From the weakest support of a figure to the strongest.
SUPPORT = ("none", "carried", "unnamed", "collective", "outlet", "document", "named")
NOBODY = "nobody named"


@dataclass(frozen=True)
class Backer:
    """One whom the article rests on.

    Attributes:
        name: the actor's name, or the words of the text where none is known.
        kind: what kind of source it mostly is.
        claims: the number of statements that are its own (not those that it only relays).
        figures: the number of figures that stand on those.
    """

    name: str
    kind: str
    claims: int
    figures: int


def backers(reading: Reading) -> list[Backer]:
    """The sources of a reading, the one with the most claims first, then by first mention."""
    names = {actor.id: line(actor.name) for actor in reading.actors}
    shown: dict[str, str] = {}
    kinds: dict[str, Counter[str]] = {}
    claims: Counter[str] = Counter()
    keys_of: dict[str, list[str]] = {}
    for statement in reading.statements:
        for source in statement.sources:
            key, name = _who(source, names)
            shown.setdefault(key, name)
            kinds.setdefault(key, Counter())[source.kind] += 1
            claims[key] += 1
            keys_of.setdefault(statement.id, []).append(key)
    figures = Counter(
        key for figure in reading.figures for key in keys_of.get(figure.statement or "", ())
    )
    # `most_common` keeps the order of first mention among equals.
    return [
        Backer(shown[key], kinds[key].most_common(1)[0][0], number, figures[key])
        for key, number in claims.most_common()
    ]


def nobody(reading: Reading) -> tuple[str, ...]:
    """What rests on nobody named, a line each."""
    lines = []
    for backer in backers(reading):
        if backer.kind == "unnamed":
            figures = f" and {count(backer.figures, 'figure')}" if backer.figures else ""
            lines.append(f"{count(backer.claims, 'claim')}{figures} on “{backer.name}”")
    bare = sum(not statement.sources for statement in reading.statements)
    if bare:
        lines.append(f"{count(bare, 'claim')} with no source in the text")
    own = {
        "figure": [f.span.text for f in reading.figures if f.attribution == "none"],
        "event": [e.trigger.text for e in reading.events if e.attribution == "none"],
    }
    for what, texts in own.items():
        if texts:
            words = ", ".join(f"“{line(text)}”" for text in texts)
            lines.append(f"{count(len(texts), what)} in the article's own voice: {words}")
    return tuple(lines)


def _who(source: Source, names: dict[str, str]) -> tuple[str, str]:
    """What tells a source from others, and its name; an unnamed one is known by its words alone."""
    if source.actor in names and source.kind != "unnamed":
        return source.actor, names[source.actor]
    words = line(source.span.text) if source.span else NOBODY
    return words.casefold(), words
