"""Which series a question in words means: "soldiers killed Ostrenia", "Ostrenian deaths Varn"."""

from functools import cache

from sayso import lexicon
from sayso.ledger import counted
from sayso.ledger.store import Store

#: Letters by which a word that names nothing exactly is looked for.
_STEM = 5


def series(store: Store, query: str) -> set[int]:
    """The series that every word of a query names, by label, owner, kind or place.

    Words that name nothing in the ledger are left out; where no series has all the others, those
    with the most of them are taken. Of a query that names nothing there is no series.
    """
    sets = [found for term in _terms(query) if (found := _named(store, term))]
    if not sets:
        return set()
    every = set.intersection(*sets)
    if every:
        return every
    counts: dict[int, int] = {}
    for found in sets:
        for one in found:
            counts[one] = counts.get(one, 0) + 1
    most = max(counts.values())
    return {one for one, count in counts.items() if count == most}


def _terms(query: str) -> list[tuple[str, ...]]:
    """The words of a query, each with the ways in which a series may hold it."""
    words = [word for word in counted.words_of(query) if word not in _small()]
    terms: list[tuple[str, ...]] = []
    at = 0
    while at < len(words):
        length = next(
            (n for n in (3, 2, 1) if _country(" ".join(words[at : at + n])) is not None), 1
        )
        terms.append(_ways(" ".join(words[at : at + length])))
        at += length
    return terms


def _ways(words: str) -> tuple[str, ...]:
    noun = counted.singular(words)
    ways = {noun, f"in:{noun}"}
    code = _country(words)
    if code is not None:
        ways.add(f"@{code}")
    named = counted.known_class(noun)
    if named is not None:
        ways.add(f"#{named}")
    ways.update(f"kind:{kind}" for kind in counted.kinds_asked(words))
    return tuple(sorted(ways))


def _named(store: Store, ways: tuple[str, ...]) -> set[int]:
    marks = ", ".join("?" * len(ways))
    rows = store.rows(f"SELECT DISTINCT series FROM series_word WHERE word IN ({marks})", *ways)
    plain = [way for way in ways if way[0].isalnum() and ":" not in way]
    if rows or not plain or len(plain[0]) < _STEM:
        return {row["series"] for row in rows}
    # "Ostrenian" for "Ostrenia": a country that no list knows, by how its name begins.
    start = plain[0][:_STEM]
    rows = store.rows(
        "SELECT DISTINCT series FROM series_word WHERE (word >= ? AND word < ?)"
        " OR (word >= ? AND word < ?)",
        *(start, start + "\uffff", f"in:{start}", f"in:{start}\uffff"),
    )
    return {row["series"] for row in rows}


@cache
def _countries() -> dict[str, str]:
    found: dict[str, str] = {}
    for row in lexicon.table("countries"):
        names = [row["name"], *row["aliases"].split(";"), *row["demonyms"].split(";")]
        found.update((" ".join(counted.words_of(name)), row["iso3"]) for name in names if name)
    return found


def _country(words: str) -> str | None:
    return _countries().get(words)


@cache
def _small() -> frozenset[str]:
    return frozenset(lexicon.toml("counted")["asking"]["small"])
