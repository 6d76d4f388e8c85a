"""Finds expressions of time in the words of a text, by the forms of ``date_forms.toml``.

A form is a regular expression over classes of words, compiled to one over ``Words.symbols``.
All repeats are bounded, so the search is linear in the length of the text.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from sayso.lexicon import toml
from sayso.reader.dates.words import Payload, Words, symbols


@dataclass(slots=True)
class Expression:
    """An expression of time as it stands in the text, not yet read.

    Attributes:
        form: the name of the form.
        words: the words of the whole text.
        first: index in ``words`` of its first word.
        last: index after its last word.
    """

    form: str
    words: Words
    first: int
    last: int

    @property
    def start(self) -> int:
        """Offset of its first character in the text."""
        return self.words.starts[self.first]

    @property
    def end(self) -> int:
        """Offset after its last character."""
        return self.words.ends[self.last - 1]

    def part(self, first: int, last: int) -> "Expression":
        """The words from index ``first`` to ``last`` (exclusive), as an expression of its own."""
        return Expression(self.form, self.words, first, last)

    def index(self, *names: str) -> int:
        """Index in ``words`` of the first word of any of these classes, or -1."""
        wanted = members(names)
        for index in range(self.first, self.last):
            if self.words.symbols[index] in wanted:
                return index
        return -1

    def indices(self, *names: str) -> list[int]:
        """Indices in ``words`` of all the words of these classes."""
        wanted = members(names)
        symbols_ = self.words.symbols
        return [index for index in range(self.first, self.last) if symbols_[index] in wanted]

    def has(self, *names: str) -> bool:
        """Whether it holds a word of any of these classes."""
        return self.index(*names) >= 0

    def get(self, *names: str) -> Payload | None:
        """What the first word of any of these classes means, None where there is none."""
        index = self.index(*names)
        return self.words.payloads[index] if index >= 0 else None

    def number(self, *names: str) -> int | None:
        """As ``get``, for classes that mean a whole number."""
        value = self.get(*names)
        return None if value is None else int(value)

    @property
    def shift(self) -> int:
        """Where "last", "this", "next" and the like point: -1, 0 or 1."""
        step = self.get("last", "next", "coming", "previous", "following", "latest")
        if step is None:
            return -1 if self.has("past", "recent") else 0
        return 1 if int(step) > 0 else -1

    def before(self, *names: str) -> bool:
        """Whether the word before it is of one of these classes."""
        return self.first > 0 and self.words.symbols[self.first - 1] in members(names)

    def followed(self, *names: str) -> bool:
        """Whether the word behind it is of one of these classes."""
        symbols_ = self.words.symbols
        return self.last < len(symbols_) and symbols_[self.last] in members(names)


@cache
def members(names: tuple[str, ...]) -> frozenset[str]:
    """The symbols of these classes and sets."""
    chars, sets = symbols(), toml("date_forms")["sets"]
    found: set[str] = set()
    for name in names:
        for word in sets.get(name, name).split():
            found |= members((word,)) if word in sets else {chars[word]}
    return frozenset(found)


def _compile(template: str) -> str:
    """A form as a regular expression over symbols."""
    # A piece may use those above it, so the last are put in first.
    for name, piece in reversed(toml("date_forms")["pieces"].items()):
        template = re.sub(rf"\b{name}\b", piece, template)

    def spelled(match: re.Match[str]) -> str:
        return "[" + "".join(sorted(members((match[0],)))) + "]"

    # Blanks part two classes; the symbols may themselves be blanks, so they are dropped after.
    return re.sub(r" +", "", re.sub(r"[a-z_]+", spelled, template))


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    """Each form as a pattern of its own, in order."""
    return {
        form: re.compile("|".join(_compile(template) for template in templates))
        for form, templates in toml("date_forms")["forms"].items()
    }


@cache
def _pattern() -> re.Pattern[str]:
    """All forms as one pattern; the group that matched names the form."""
    return re.compile("|".join(f"(?P<{form}>{p.pattern})" for form, p in _patterns().items()))


def next_expression(words: Words, position: int) -> Expression | None:
    """The first expression at or after the word ``position``, None where there is none left."""
    match = _pattern().search(words.symbols, position)
    if match is None:
        return None
    return Expression(str(match.lastgroup), words, match.start(), match.end())


def other_readings(expression: Expression) -> Iterator[Expression]:
    """What else may stand at the first word of an expression, by the forms behind its own."""
    words, reached = expression.words, False
    for form, pattern in _patterns().items():
        if reached and (match := pattern.match(words.symbols, expression.first)):
            yield Expression(form, words, match.start(), match.end())
        reached = reached or form == expression.form
