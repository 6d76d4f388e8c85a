"""How surely copies of articles are found, by the edits that desks make.

Run as ``make bench-copies``. The originals are the project's own news texts (``samples/`` and
``corpus/news-*.toml``); each is edited in every way of ``EDITS``, ``DRAWS`` times, and all lie in
one ledger. Pairs of one original are to be found, all others, many of one topic, are to stay apart.
"""

import random
import re
import tomllib
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import sayso
from sayso.ledger import copies

ROOT = Path(__file__).resolve().parents[1]
DRAWS = 2
#: Characters from which a text is long enough for an original.
LEAST = 700
#: Goals of the share of joined pairs that are copies, and of copies that are joined.
PRECISION, RECALL = 0.99, 0.95
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_HOUSE = {
    "defense": "defence",
    "kilometers": "kilometres",
    "percent": "per cent",
    "labor": "labour",
}
_SENTENCE = re.compile(r"(?<=[.!?”]) (?=[A-Z“])")

Edit = Callable[[list[str], random.Random], list[str]]


def cut(paragraphs: list[str], chance: random.Random) -> list[str]:
    """The first 50 to 80 of 100 paragraphs, at least three."""
    return paragraphs[: max(3, round(len(paragraphs) * chance.uniform(0.5, 0.8)))]


def headed(paragraphs: list[str], chance: random.Random) -> list[str]:
    """A new first paragraph and a credit line."""
    return [
        "What follows was sent by an agency during the night.",
        *paragraphs[1:],
        f"Additional reporting by desk {chance.randrange(9)}.",
    ]


def reordered(paragraphs: list[str], chance: random.Random) -> list[str]:
    """The paragraphs behind the first in another order."""
    rest = paragraphs[1:]
    chance.shuffle(rest)
    return [paragraphs[0], *rest]


def redated(paragraphs: list[str], chance: random.Random) -> list[str]:
    """Other names of days, in another house's spelling."""
    found = "\n\n".join(paragraphs)
    for old, new in _HOUSE.items():
        found = found.replace(old, new)
    return re.sub("|".join(_DAYS), lambda _: chance.choice(_DAYS), found).split("\n\n")


def thinned(paragraphs: list[str], chance: random.Random) -> list[str]:
    """Every sentence left out with a chance of a fifth."""
    kept = (
        " ".join(s for s in _SENTENCE.split(paragraph) if chance.random() > 0.2)
        for paragraph in paragraphs
    )
    return [paragraph for paragraph in kept if paragraph] or paragraphs


def together(paragraphs: list[str], chance: random.Random) -> list[str]:
    """Cut, redated, and two paragraphs exchanged."""
    found = redated(cut(paragraphs, chance), chance)
    at = chance.randrange(len(found) - 1)
    found[at], found[at + 1] = found[at + 1], found[at]
    return found


EDITS: dict[str, Edit] = {
    "cut": cut,
    "headed": headed,
    "reordered": reordered,
    "redated": redated,
    "thinned": thinned,
    "together": together,
}


def originals() -> Iterator[str]:
    """The project's news texts that are long enough, those of one story cut out of its copies."""
    for reading in sayso.read_many(
        [
            *sorted((ROOT / "samples").glob("*.txt")),
            *sorted((ROOT / "samples/story").glob("*.json")),
        ],
        only="article",
    ):
        if isinstance(reading, sayso.Reading) and not re.search(
            r"0[23]-", Path(reading.article.input.rsplit(":", 1)[0]).name
        ):
            yield reading.article.text
    for path in sorted((ROOT / "corpus").glob("news-*.toml")):
        for case in tomllib.loads(path.read_text(encoding="utf-8"))["case"]:
            yield case["text"]


def main() -> None:
    """Measure and print."""
    chance = random.Random(7)
    texts = [text for text in originals() if len(text) >= LEAST and text.count("\n\n") >= 3]
    owner: dict[str, tuple[int, str]] = {}
    with sayso.Ledger(":memory:") as ledger:
        for number, text in enumerate(texts):
            made = [("original", text)]
            for name, edit in EDITS.items():
                made += [
                    (name, "\n\n".join(edit(text.split("\n\n"), chance))) for _ in range(DRAWS)
                ]
            for at, (name, version) in enumerate(made):
                url = f"https://desk{at}.example/{number}"
                owner[url] = number, name
                ledger.add_reading(sayso.read(version, url=url, only="article"))
        names = {
            row["article"]: row["name"]
            for row in ledger.store.rows("SELECT article, name FROM article")
        }
        joined = {
            (name, names[other])
            for key, name in names.items()
            for other in copies.group(ledger.store, key)
            if names[other] != name
        }
    right = {(a, b) for a, b in joined if owner[a][0] == owner[b][0]}
    wrong = joined - right
    there = Counter(kind for _, kind in owner.values())
    print(
        f"{len(texts)} originals, {len(owner)} articles, {len(owner) * (len(owner) - 1) // 2} pairs"
    )
    for kind in EDITS:
        found = sum(owner[a][1] == "original" and owner[b][1] == kind for a, b in right)
        print(f"{kind:12} found of the originals' copies  {found / there[kind]:.3f}")
    every = sum(n * (n - 1) for n in Counter(number for number, _ in owner.values()).values())
    report("precision", len(right) / max(1, len(joined)), PRECISION)
    report("recall", len(right) / every, RECALL)
    for a, b in sorted(wrong)[:10]:
        print("joined wrongly:", a, b)


def report(name: str, value: float, goal: float) -> None:
    """Print one figure against its goal."""
    print(f"{name:12} {value:.3f}   goal {goal}   {'' if value >= goal else 'NOT REACHED'}")


if __name__ == "__main__":
    main()
