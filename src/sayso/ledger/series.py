"""Series: figures that count the same thing, so that they can stand on one line of time.

Two figures are of one series where what happened (killed, deployed), whose they are (by party),
the unit, and the class of what is counted agree (see ``counted``). Place and period stand at each
figure: they keep unlike figures from being compared, and split no series.

A layer (see ``layers``).
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from sayso import lexicon
from sayso.ledger import counted, sides
from sayso.ledger.sides import Party
from sayso.ledger.store import Store
from sayso.records import Figure, Reading, Statement


class Thing(NamedTuple):
    """What a series counts: "soldiers" "killed" of the owners, who are keys of parties."""

    kind: str | None
    named: str
    unit: str
    unit_kind: str
    owners: tuple[str, ...]

    @property
    def key(self) -> str:
        """What tells series apart."""
        return "|".join((self.kind or "", self.named, self.unit, " ".join(self.owners)))


def thing_of(figure: Figure, parties: Mapping[str, Party]) -> Thing | None:
    """What a figure counts; ``None`` for a figure that nobody would put in a series."""
    table = lexicon.toml("counted")
    series = table["series"]
    other = figure.unit_kind in series["other_units"] and figure.kind in series["other_kinds"]
    if not other and figure.unit_kind not in series["units"]:
        return None
    if figure.measure == "increment" or (figure.change and figure.measure != "total"):
        return None
    noun = figure.counted.text if figure.counted else None
    named = "" if figure.currency else counted.class_of(noun, figure.unit_kind)
    owners = tuple(sides.owners(figure, parties))
    # With nothing said of what happened to them, only whose they are makes them comparable.
    if figure.kind is None and (not owners or named not in table["classes"]):
        return None
    if not (named or figure.currency or figure.unit):
        return None
    unit = figure.currency or figure.unit or figure.unit_kind
    return Thing(figure.kind, named, unit, figure.unit_kind, owners)


def _facts(reading: Reading, parties: Mapping[str, Party]) -> Iterator[tuple[Figure, Thing]]:
    """The figures of a reading that stand in a series, each with what it counts."""
    statements = {one.id: one for one in reading.statements}
    figures = {one.id: one for one in reading.figures}
    things = {one.id: thing_of(one, parties) for one in reading.figures}
    for figure in reading.figures:
        thing = things[figure.id]
        if thing is None or not _asserted(statements.get(figure.statement or ""), statements):
            continue
        whole = things.get(figure.part_of or "")
        # A part that counts what its whole counts is no estimate of the whole.
        if figure.part_of in figures and whole is not None and whole.key == thing.key:
            continue
        yield figure, thing


def _asserted(statement: Statement | None, statements: Mapping[str, Statement]) -> bool:
    """Whether a statement gives what it says as a fact, and so do those that relay it."""
    seen: set[str] = set()
    while statement is not None and statement.id not in seen:
        seen.add(statement.id)
        if statement.negated or statement.type in lexicon.toml("counted")["series"]["not_facts"]:
            return False
        statement = statements.get(statement.parent or "")
    return True


def index(store: Store, article: int, reading: Reading) -> None:
    """Lead the figures of an article to their series; series that are new are made."""
    parties = sides.of_actors(store, article, reading)
    found = list(_facts(reading, parties))
    if not found:
        return
    rows = store.rows("SELECT figure, id FROM figure WHERE article = ?", article)
    figures = {row["id"]: row["figure"] for row in rows}
    rows = store.rows("SELECT statement, id FROM statement WHERE article = ?", article)
    keys = {row["id"]: row["statement"] for row in rows}
    statements = {one.id: one for one in reading.statements}
    held: dict[str, int] = {}
    places: Counter[tuple[str, int]] = Counter()
    uses: Counter[int] = Counter()
    updates = []
    for figure, thing in found:
        if figure.id not in figures:  # a reviewer rejected it
            continue
        if thing.key not in held:
            held[thing.key] = _series(store, thing)
        series = held[thing.key]
        uses[series] += 1
        for word in _place_words(figure.place.text if figure.place else None):
            places[word, series] += 1
        statement = statements.get(figure.statement or "")
        said = sides.innermost(statement, statements)
        dated = figure.as_of is not None or _dated(statement)
        updates.append((series, keys.get(said or ""), int(dated), figures[figure.id]))
    store.many(
        "UPDATE figure SET series = ?, of_statement = ?, dated = ? WHERE figure = ?", updates
    )
    store.many(
        "UPDATE series SET figures = figures + ? WHERE series = ?",
        sorted((number, series) for series, number in uses.items()),
    )
    store.many(
        "INSERT INTO series_word (word, series, uses) VALUES (?, ?, ?) ON CONFLICT (word, series)"
        " DO UPDATE SET uses = series_word.uses + excluded.uses",
        sorted((word, series, number) for (word, series), number in places.items()),
    )


def _dated(statement: Statement | None) -> bool:
    """Whether the text says on which day something was said."""
    return statement is not None and statement.date is not None and "/" not in statement.date.value


def forget(store: Store, article: int) -> None:
    """Take the figures of an article out of their series; series left empty go."""
    rows = store.rows(
        "SELECT series, place FROM figure WHERE article = ? AND series IS NOT NULL", article
    )
    if not rows:
        return
    store.run("UPDATE figure SET series = NULL WHERE article = ?", article)
    uses = Counter(row["series"] for row in rows)
    places = Counter((word, row["series"]) for row in rows for word in _place_words(row["place"]))
    store.many(
        "UPDATE series_word SET uses = uses - ? WHERE word = ? AND series = ?",
        sorted((number, word, series) for (word, series), number in places.items()),
    )
    for series, number in sorted(uses.items()):
        store.run("UPDATE series SET figures = figures - ? WHERE series = ?", number, series)
        store.run("DELETE FROM series_word WHERE series = ? AND uses <= 0", series)
        store.run("DELETE FROM series WHERE series = ? AND figures <= 0", series)


def _series(store: Store, thing: Thing) -> int:
    """The series of a thing; its label and words are made with it."""
    held = store.value("SELECT series AS value FROM series WHERE key = ?", thing.key)
    if held is not None:
        return int(held)
    series = store.next_key("series")
    names = [owner_name(store, owner) for owner in thing.owners]
    store.run(
        "INSERT INTO series (series, key, what, kind, owners, unit) VALUES (?, ?, ?, ?, ?, ?)",
        series,
        thing.key,
        label(thing.named, thing.kind, names, thing.unit, thing.unit_kind),
        thing.kind,
        " ".join(thing.owners),
        thing.unit,
    )
    store.many(
        "INSERT INTO series_word (word, series, uses) VALUES (?, ?, 1)",
        [(word, series) for word in sorted(_label_words(thing, names))],
    )
    return series


def label(named: str, kind: str | None, owners: list[str], unit: str, unit_kind: str) -> str:
    """What a series counts, in words: "soldiers of Ostrenia killed".

    Args:
        named: the class of what is counted.
        kind: what happened to it.
        owners: names of those whose it is.
        unit: the unit or currency.
        unit_kind: its kind.
    """
    words = [counted.class_label(named, unit_kind, unit)]
    if owners:
        words.append("of " + " and ".join(owners))
    if kind:
        words.append(counted.kind_label(kind))
    said = " ".join(words)
    if unit_kind in ("money", "area", "share", "goods") and unit not in (unit_kind, words[0]):
        said += f" ({unit})"
    elif unit_kind == "share":
        said += " (share)"
    return said if owners else f"{said}, whose is not stated"


def owner_name(store: Store, owner: str) -> str:
    """The name of a party by its key: a country's code, or ``#`` and an entity."""
    if owner.startswith("#"):
        name = store.value("SELECT name AS value FROM entity WHERE entity = ?", int(owner[1:]))
        return str(name or owner)
    for row in lexicon.table("countries"):
        if row["iso3"] == owner:
            return row["name"]
    name = store.value(
        "SELECT min(name) AS value FROM entity WHERE party = ? AND kind = 'country'", owner
    )
    return str(name or owner)


def _label_words(thing: Thing, names: Iterable[str]) -> set[str]:
    words = {f"#{thing.named}"} if thing.named else set()
    if thing.kind:
        words.add(f"kind:{thing.kind}")
    words.update(f"@{owner}" for owner in thing.owners)
    said = [thing.named, thing.unit, *names, counted.kind_label(thing.kind or "")]
    return words | {counted.singular(word) for text in said for word in counted.words_of(text)}


def _place_words(place: str | None) -> set[str]:
    """Words of a place, apart from those of the label, since they come and go with figures."""
    return {f"in:{counted.singular(word)}" for word in counted.words_of(place or "")}
