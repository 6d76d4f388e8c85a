"""The actors known beforehand: countries, capitals, seats of power, organisations, outlets.

A registry is a set of phrases, each leading to a known actor. The default one is read from the
lexicon; a user's own CSV file is laid over it (``load_registry``).
"""

import csv
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Literal, cast, get_args

from sayso import lexicon
from sayso.errors import LexiconError
from sayso.names import fold
from sayso.reader.actors.tokens import Tokens
from sayso.records import ActorKind

EntryForm = Literal["name", "demonym", "capital", "seat"]
#: Words of a phrase that a text must write exactly so: "US", "WHO", not "us", "who".
_EXACT = 5


@dataclass(frozen=True, slots=True)
class Known:
    """A known actor; ``of_name`` is its name after "of" ("the United States")."""

    name: str
    kind: ActorKind
    country: str | None = None
    of_name: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """What a phrase leads to.

    Attributes:
        actor: the known actor; for a capital or a seat of power the one that it stands for.
        form: how the phrase names it.
        exact: the phrase as it must be written, or the empty string.
    """

    actor: Known
    form: EntryForm = "name"
    exact: str = ""


@dataclass(frozen=True, slots=True)
class Hit:
    """A phrase of the registry in the text, from token ``first`` to ``last``, both inclusive."""

    first: int
    last: int
    entry: Entry


@dataclass
class Registry:
    """Phrases and the known actors that they lead to.

    Attributes:
        phrases: by first word (folded), the following words and the entry, longest first.
        countries: the known countries, by alpha-3 code or, lacking one, by name.
    """

    phrases: dict[str, list[tuple[tuple[str, ...], Entry]]] = field(default_factory=dict)
    countries: dict[str, Known] = field(default_factory=dict)

    def add(self, phrase: str, actor: Known, form: EntryForm = "name") -> None:
        """Let a phrase lead to an actor; the latest addition of a phrase wins."""
        words = split_words(phrase)
        if not words:
            return
        short = phrase.isupper() and len(phrase) <= _EXACT and len(words) == 1
        entry = Entry(actor, form, phrase if short else "")
        folded = tuple(fold(word) for word in words)
        held = self.phrases.setdefault(folded[0], [])
        held[:] = [h for h in held if h[0] != folded[1:] or h[1].exact != entry.exact]
        held.append((folded[1:], entry))
        held.sort(key=lambda item: -len(item[0]))

    def add_country(
        self, country: Known, demonyms: Iterable[str] = (), capitals: Iterable[str] = ()
    ) -> None:
        """Let a country's name, demonyms and capitals lead to it and to its government."""
        self.countries[country.country or country.name] = country
        self.add(country.name, country)
        for demonym in demonyms:
            self.add(demonym, country, "demonym")
        for capital in capitals:
            self.add(capital, government_of(country), "capital")

    def copy(self) -> "Registry":
        """A registry with the same phrases that can be added to."""
        phrases = {first: list(rest) for first, rest in self.phrases.items()}
        return Registry(phrases, dict(self.countries))

    def match(self, tokens: Tokens) -> list[Hit]:
        """The phrases in a text, longest first from the left; none overlap.

        A phrase counts where its first word has a capital letter (or none can have one).
        """
        hits: list[Hit] = []
        low, words, phrases = tokens.low, tokens.words, self.phrases
        index, total = 0, len(low)
        while index < total:
            found = phrases.get(low[index])
            if found is None or (words[index][0].islower() and words[index] != "al"):
                index += 1
                continue
            for rest, entry in found:
                after = index + 1 + len(rest)
                if rest and tuple(low[index + 1 : after]) != rest:
                    continue
                if entry.exact and words[index] != entry.exact:
                    continue
                hits.append(Hit(index, after - 1, entry))
                index = after - 1
                break
            index += 1
        return hits


def government_of(country: Known) -> Known:
    """The government of a country."""
    name = f"Government of {country.of_name or country.name}"
    return Known(name, "government", country.country, country.of_name or country.name)


def split_words(phrase: str) -> list[str]:
    """The words of a phrase, cut as the tokenizer cuts them."""
    words: list[str] = []
    for part in phrase.replace("-", " - ").replace(",", " , ").replace("/", " / ").split():
        if part.endswith(("'s", "’s")) and len(part) > 2:
            words += [part[:-2], part[-2:]]
        elif part.endswith(("s'", "s’")):
            words += [part[:-1], part[-1:]]
        else:
            words.append(part)
    return words


def _parts(cell: str | None) -> list[str]:
    return [part.strip() for part in (cell or "").split(";") if part.strip()]


@cache
def default_registry() -> Registry:
    """The registry of the lexicon."""
    registry = Registry()
    for row in lexicon.table("outlets"):
        known = Known(row["name"], "outlet", row["country"] or None)
        for phrase in (row["name"], *_parts(row["aliases"])):
            registry.add(phrase, known)
    for row in lexicon.table("organisations"):
        known = Known(row["name"], _kind(row["kind"]), row["country"] or None)
        for phrase in (row["name"], *_parts(row["aliases"])):
            registry.add(phrase, known)
    for row in lexicon.table("countries"):
        article = f"{row['article']} " if row["article"] else ""
        country = Known(row["name"], "country", row["iso3"], article + row["name"])
        registry.add_country(country, _parts(row["demonyms"]), _parts(row["capital"]))
        for phrase in _parts(row["aliases"]):
            registry.add(phrase, country)
    for row in lexicon.table("metonyms"):
        code = row["country"] or None
        if row["stands_for"]:
            known = Known(row["stands_for"], _kind(row["kind"]), code)
        else:
            known = government_of(registry.countries[str(code)])
        registry.add(row["words"], known, "seat")
    return registry


def _kind(text: str) -> ActorKind:
    if text not in get_args(ActorKind):
        raise LexiconError(f"no actor kind: {text!r} (one of {', '.join(get_args(ActorKind))})")
    return cast(ActorKind, text)


def load_registry(path: Path | str) -> Registry:
    """The lexicon's registry with a user's own actors over it.

    Args:
        path: a CSV file (UTF-8) with a header; columns ``name``, ``kind`` and, as wanted,
            ``country`` (alpha-3), ``aliases``, ``demonyms`` (parted by ``;``) and ``capital``.

    Raises:
        LexiconError: a column is missing or a kind is unknown; the message names the line.
        OSError: the file cannot be read.
    """
    registry = default_registry().copy()
    with Path(path).open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        missing = {"name", "kind"} - set(reader.fieldnames or ())
        if missing:
            raise LexiconError(f"{path}: no column {' or '.join(sorted(missing))}")
        for row in reader:
            name = (row["name"] or "").strip()
            if not name:
                continue
            try:
                kind = _kind((row["kind"] or "").strip())
            except LexiconError as error:
                raise LexiconError(f"{path}, line {reader.line_num}: {error}") from error
            known = Known(name, kind, (row.get("country") or "").strip() or None)
            if kind == "country":
                demonyms, capitals = _parts(row.get("demonyms")), _parts(row.get("capital"))
                registry.add_country(known, demonyms, capitals)
            for phrase in (name, *_parts(row.get("aliases"))):
                registry.add(phrase, known)
    return registry
