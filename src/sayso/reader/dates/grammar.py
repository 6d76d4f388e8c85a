"""What expressions of time look like: how the classes of words follow one another.

A form is a regular expression over classes of words, compiled to one over ``Words.symbols``.
All repeats are bounded, so the search is linear in the length of the text.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from sayso.reader.dates.words import Payload, Words, symbols

#: Names for several classes.
_SETS = {
    "any_month": "month name_month short_month",
    "day_number": "day ordinal_day",
    "any_ordinal": "ordinal ordinal_day",
    "clock_number": "day integer",
    "any_unit": "unit units clock_unit clock_units quarter quarters century weekend weekends",
    "long_unit": "unit quarter century weekend",
    "one_unit": "unit clock_unit quarter century weekend",
    "many_units": "units clock_units quarters weekends",
    "numeral": "day integer decimal year",
    "any_season": "season fall",
    "any_zone": "zone other_zone",
    "shift": "last this next coming previous following",
    "period_shift": "last past next coming previous following",
    # Words before which a number of four digits is a year, and "May" or "March" a month.
    "before_date": "in on by to from of between before after and preposition last this next early "
    "edge per previous following same coming the",
    "before_length": "in preposition of after approximate by per",
    "stop": "period comma semicolon break close colon quote hyphen",
    "back_or_on": "ago before after early",
}

#: Names for pieces of forms; a piece may use those above it.
_PIECES = {
    "OF_EDGE": "(?:the? early? edge of (?:the (?=any_month|year|any_season))?)",
    "MOD": "(?:OF_EDGE|the? early hyphen? (?:in|on)?)",
    "MONTH": "(?:any_month dot?)",
    "BARE_MONTH": "(?:month|(?<=before_date|hyphen) (?:name_month|short_month dot?)"
    "|short_month dot|(?<=open|break) name_month (?=close|break))",
    "DAY": "(?:the? day_number (?!colon|slash|percent|currency))",
    "STOP": "(?=stop|$)",
    "HEAD": "(?:(?:weekday|short_weekday dot?) comma? the?)",
    "YEAR_TAIL": "(?:(?:comma|of|in)? year)",
    "DATE": "(?:HEAD? (?:MONTH DAY|DAY of? MONTH|the ordinal of MONTH) YEAR_TAIL?)",
    "MONTH_YEAR": "(?:MONTH (?:comma|of|in)? the? year)",
    "SHIFTED": "(?:the? shift unit)",
    "END": "(?:MOD? (?:DATE|MONTH_YEAR|MONTH|year|weekday|decade_number)|deictic)",
    "NUMBER": "(?:a? few of?|number hyphen number|a? number? hundred|number|numeral)",
    "CLOCK": "(?:(?:clock_number|decimal) (?:colon clock_number){0,2} (?:ampm|oclock)"
    "|clock_number (?:colon clock_number){1,2} (?=any_zone)"
    "|(?<=at|by|before_date|preposition|approximate|open) clock_number (?:colon clock_number){1,2}"
    "|(?:year|integer) (?=zone)|clock_word)",
    "ZONE": "(?:open? any_zone close?)",
    "DAY_PHRASE": "(?:DATE|shift? weekday|deictic)",
}

#: The forms, each with the name of what reads it; the first that fits at a word wins.
_FORMS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "numeric",
        (
            "year hyphen day hyphen day (?!hyphen|slash)",
            "(?<!slash) year slash day slash day (?!slash)",
            "(?<!slash) day slash day slash (?:year|clock_number) (?!slash)",
            "dotted",
        ),
    ),
    (
        "range",
        (
            "(?:from|between) DAY (?:to|and|hyphen) DAY of? MONTH YEAR_TAIL?",
            "(?:from|between) MONTH DAY (?:to|and|hyphen) DAY YEAR_TAIL?",
            "(?:from|between) END (?:to|and|hyphen) END",
            "DAY (?:hyphen|to) DAY of? MONTH YEAR_TAIL?",
            "MONTH DAY (?:hyphen|to) (?!any_month) DAY YEAR_TAIL?",
            "(?:DATE|MONTH_YEAR) (?:hyphen|to) (?:DATE|MONTH_YEAR)",
            "any_month (?:hyphen|to) (?:MONTH_YEAR|any_month)",
            "(?<!hyphen) year (?:hyphen|to) year (?!hyphen)",
            "year (?:hyphen|slash) clock_number (?!hyphen|slash|any_month)",
            "weekday (?:hyphen|to) weekday",
            "from? END onwards",
        ),
    ),
    (
        "several",
        (
            "MONTH DAY (?:comma DAY){0,6} comma? and (?!any_month) DAY (?!MONTH) YEAR_TAIL?",
            "DAY (?:comma DAY){0,6} comma? and DAY of? MONTH YEAR_TAIL?",
            "MONTH (?:comma MONTH){0,4} comma? and MONTH_YEAR",
        ),
    ),
    ("clock", ("CLOCK ZONE? (?:comma? DAY_PHRASE)?",)),
    (
        "feast",
        ("feast (?:unit|eve)? year?", "new unit quote possessive (?:eve|unit) year?", "new unit"),
    ),
    (
        "fiscal",
        (
            "(?:the|shift)? fiscal unit? hyphen? year",
            "fiscal_code hyphen? year",
            "the? shift fiscal unit",
        ),
    ),
    (
        "quarter",
        (
            "the? early? any_ordinal hyphen? quarter"
            " (?:of? (?:fiscal? unit? year|SHIFTED|the unit))?",
            "the? last quarter of (?:year|SHIFTED|the unit)",
            "quarter_code (?:of|comma)? year",
            "year quarter_code",
            "quarter_code",
        ),
    ),
    (
        "half",
        (
            "the? (?:any_ordinal|last) hyphen? half of (?:year|SHIFTED|the unit)",
            "half_code (?:of|comma)? year",
            "year half_code",
        ),
    ),
    (
        "part_of_month",
        ("the? (?:any_ordinal|last) (?:half|unit) of (?:MONTH_YEAR|any_month dot?)",),
    ),
    (
        "calendar",
        (
            "MOD? (?:DATE|MONTH_YEAR|BARE_MONTH) of? (?:the? (?:shift|same|that) unit)",
            "the? early? (?:part|clock_units) of DATE",
            "MOD? (?:DATE|MONTH_YEAR)",
            "the? shift any_month",
            "MOD any_month",
            "BARE_MONTH",
        ),
    ),
    ("season", ("MOD? (?:last|this|next|in|by|the|of)? any_season of? year",)),
    (
        "weekday",
        (
            "the? early? (?:part|clock_units) of shift? weekday",
            "MOD? the? (?:shift|same)? weekday part? (?:of? SHIFTED)?",
            "MOD? short_weekday part",
        ),
    ),
    (
        "deictic",
        (
            "the unit (?:before|after) deictic",
            "the? early? (?:part|clock_units) of deictic",
            "early? deictic part?",
            "tonight",
        ),
    ),
    ("day_part", ("early? (?:last|this|same|that) part", "(?<=in|preposition) the part (?!of)")),
    (
        "ago",
        (
            "NUMBER (?:and a half)? hyphen? any_unit (?:ago|from this|from reference)",
            "a half? (?:unit|clock_unit|century|quarter) (?:and a half)? ago",
            "half a any_unit ago",
            "many_units (?:ago|from reference)",
        ),
    ),
    (
        "later",
        (
            "(?:NUMBER|a) any_unit (?:early|after STOP|before STOP)",
            "many_units (?:early|after STOP|before STOP)",
            "the unit (?:before|after) STOP",
        ),
    ),
    ("period_ref", ("the? (?:recent|coming|past|last|next) many_units",)),
    (
        "period",
        (
            "the? period_shift NUMBER (?:and a half)? any_unit",
            "the past (?:one_unit)",
            "(?<=preposition) the (?:last|next|coming) (?:unit|century) (?!quote)",
            "the? early? ordinal (?:NUMBER) many_units (?=of)",
        ),
    ),
    (
        "shifted",
        (
            "(?:early hyphen?|OF_EDGE)? the? shift (?:long_unit|any_season|part)",
            "(?:early|OF_EDGE)? (?:the? same|that) (?:unit|any_season|century|weekend)",
            "the? early? edge of the? unit (?!of)",
            "(?:the|a)? unit quote possessive edge",
            "(?<!per) unit hyphen edge",
            "early in the unit",
            "(?<=of|preposition) the unit STOP",
            "the weekend (?!of)",
            "weekend STOP",
        ),
    ),
    (
        "each",
        (
            "per (?:NUMBER|ordinal|that)? (?:any_unit|weekday|part|any_month|any_season)",
            "weekdays",
            "(?<=on|at) weekends",
            "(?<=numeral|number|scale|once|few|hundred|percent) a unit (?!hyphen|ago|and|early)",
        ),
    ),
    ("adverb", ("(?<!hyphen) adverb",)),
    (
        "duration",
        (
            "NUMBER (?:to|and|hyphen) NUMBER hyphen? any_unit (?!hyphen? old)",
            "(?:a|number) (?:unit|clock_unit) and a half",
            "NUMBER (?:and a half)? hyphen? any_unit (?!hyphen? old)",
            "half (?:a|hyphen) (?:one_unit)",
            "(?:a|number)? one_unit hyphen long",
            "(?<=before_length|last) a (?:one_unit) (?!hyphen)",
            "many_units hyphen (?:long|old)",
            "compound_duration",
            "(?<=preposition) the many_units (?!of|quote)",
            "(?<=preposition|approximate) many_units",
            "many_units (?=of)",
        ),
    ),
    (
        "decade",
        (
            "the? early? hyphen? decade_number",
            "MOD decade_number",
            "(?:the|quote) early? hyphen? quote? short_decade",
            "the early? hyphen? decade_word",
        ),
    ),
    ("century", ("MOD? the? (?:any_ordinal|number hyphen ordinal) hyphen? century",)),
    ("year", ("(?:MOD the?)? year", "the unit of? year")),
    (
        "reference",
        (
            "reference (?!hyphen)",
            "at (?:the|this)? moment",
            "these units",
            "in the near? future",
            "in the past (?!number|numeral|few|any_unit|hyphen)",
        ),
    ),
)


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

    def int(self, *names: str) -> int | None:
        """As ``get``, for classes that mean a whole number."""
        value = self.get(*names)
        return None if value is None else int(value)

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
    chars = symbols()
    found: set[str] = set()
    for name in names:
        for word in _SETS.get(name, name).split():
            found |= members((word,)) if word in _SETS else {chars[word]}
    return frozenset(found)


def _compile(template: str) -> str:
    """A form as a regular expression over symbols."""
    # A piece may use those above it, so the last are put in first.
    for name, piece in reversed(_PIECES.items()):
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
        for form, templates in _FORMS
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
