"""The table of synonyms, from WordNet's files.

    python -m sayso.training.synonyms WORDNET_FOLDER FILE.csv

WordNet (Fellbaum, 1998; Princeton University) groups the senses of words into sets of synonyms, the
commonest sense of a word first, and says which words are derived from one another ("withdraw",
"withdrawal"). The folder is that of its database files (``data.verb``, ``index.verb``,
``verb.exc``, …; Debian's package ``wordnet-base`` has them). Kept are the words of the tokenizer's
vocabulary, by their stems, each with its commonest senses and those of what is derived from these.
"""

import csv
import sys
from collections.abc import Iterator
from pathlib import Path

from sayso.ledger.terms import stem, weight

PARTS = ("noun", "verb", "adj", "adv")
#: Senses of a word that are looked at, the commonest.
SENSES = 2


def _rows(path: Path) -> Iterator[list[str]]:
    """The lines of a database file as fields, without its licence, which is indented."""
    with path.open(encoding="latin-1") as lines:
        for line in lines:
            if not line.startswith("  "):
                yield line.split("|")[0].split()


def _derived(folder: Path) -> dict[tuple[str, str], set[str]]:
    """The synonym sets that hold what is derived from a word in one of its sets.

    Sets are named by the letter of their part of speech and their offset in its file.
    """
    found: dict[tuple[str, str], set[str]] = {}
    for part in PARTS:
        for offset, _, _, count, *rest in _rows(folder / f"data.{part}"):
            words = [word.split("(")[0].lower() for word in rest[: 2 * int(count, 16) : 2]]
            pointers = rest[2 * int(count, 16) + 1 :]
            for at in range(0, 4 * int(rest[2 * int(count, 16)]), 4):
                sign, other, kind, ends = pointers[at : at + 4]
                if sign == "+":
                    word = words[int(ends[:2], 16) - 1]
                    found.setdefault((part[0] + offset, word), set()).add(kind + other)
    return found


def _forms(folder: Path) -> dict[str, set[str]]:
    """The irregular forms of words ("retaken" of "retake")."""
    found: dict[str, set[str]] = {}
    for part in ("noun", "verb"):
        for form, *words in _rows(folder / f"{part}.exc"):
            for word in words:
                found.setdefault(word, set()).add(form)
    return found


def senses(folder: Path) -> dict[str, set[str]]:
    """The commonest synonym sets of each stem, with those of what is derived from its words."""
    derived, forms = _derived(folder), _forms(folder)
    found: dict[str, set[str]] = {}
    for part in PARTS:
        for word, _, _, pointers, *rest in _rows(folder / f"index.{part}"):
            common = [form for form in {word, *forms.get(word, ())} if weight(form) < 1]
            if not word.isalpha() or not common:
                continue
            for offset in rest[int(pointers) + 2 :][:SENSES]:
                own = part[0] + offset
                for form in common:
                    found.setdefault(stem(form), set()).update({own}, derived.get((own, word), ()))
    return found


def write(folder: Path, path: Path) -> None:
    """Write the stems that share a synonym set with another stem, with numbers for the sets."""
    held = senses(folder)
    uses: dict[str, int] = {}
    for sets in held.values():
        for one in sets:
            uses[one] = uses.get(one, 0) + 1
    numbers = {one: number for number, one in enumerate(sorted(o for o in uses if uses[o] > 1), 1)}
    with path.open("w", encoding="utf-8", newline="") as out:
        rows = csv.writer(out, lineterminator="\n")
        rows.writerow(("stem", "senses"))
        for word in sorted(held):
            shared = sorted(numbers[one] for one in held[word] if one in numbers)
            if shared:
                rows.writerow((word, " ".join(map(str, shared))))


if __name__ == "__main__":
    write(Path(sys.argv[1]), Path(sys.argv[2]))
