"""Which numbers are no figures: parts of names, years, dates, indices, pronouns."""

from bisect import bisect_right
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Token

from sayso import lexicon
from sayso.reader.analysis import Analysis
from sayso.reader.cast import Cast
from sayso.reader.figures.parallels import name_before
from sayso.reader.figures.site import Site
from sayso.reader.figures.units import noun_kind
from sayso.records import Date

_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_NAMES = frozenset({"PRODUCT", "WORK_OF_ART", "LAW", "FAC", "EVENT", "ORG"})
_DAY_LINKS = frozenset({"and", "or", "to", ",", "-", "\u2013"})
_PLACES = frozenset({"GPE", "LOC", "NORP", "DATE", "TIME"})
_NOUNS = frozenset({"NN", "NNS", "NNP", "NNPS"})


@dataclass(frozen=True, slots=True)
class _Lexis:
    strong: frozenset[str]
    weak: frozenset[str]
    months: frozenset[str]
    year_after: frozenset[str]
    one_not_before: frozenset[str]
    one_not_after: frozenset[str]


@cache
def _lexis() -> _Lexis:
    data = lexicon.toml("numbers")
    return _Lexis(
        frozenset(data["names"]["strong"]),
        frozenset(data["names"]["weak"]),
        frozenset(data["months"]["names"]),
        frozenset(data["clock"]["year_after"]),
        frozenset(data["one"]["not_before"]),
        frozenset(data["one"]["not_after"]),
    )


@dataclass(frozen=True)
class Calendar:
    """The spans of dates, in which numbers are no figures. Durations are left out of it."""

    starts: list[int]
    ends: list[int]

    @classmethod
    def of(cls, dates: tuple[Date, ...]) -> "Calendar":
        """The calendar dates, sets and times among ``dates``."""
        spans = sorted((d.span.start, d.span.end) for d in dates if d.kind != "duration")
        return cls([start for start, _ in spans], [end for _, end in spans])

    def holds(self, start: int, end: int) -> bool:
        """Whether the characters ``start`` to ``end`` lie within a date."""
        index = bisect_right(self.starts, start) - 1
        return index >= 0 and end <= self.ends[index]


def is_figure(analysis: Analysis, cast: Cast, site: Site, calendar: Calendar) -> bool:
    """Whether the number counts or measures something, rather than naming or dating it."""
    quantity = site.quantity
    start, end = quantity.number
    if calendar.holds(start, end):
        return False
    text = analysis.article.text
    word = text[start:end].lower()
    if quantity.unit is not None or quantity.age:
        return True
    doc = analysis.doc
    before = doc[site.first - 1] if site.first else None
    if before is not None and before.sent.start != doc[site.first].sent.start:
        before = None
    if quantity.bare and _is_year(site, doc[site.first - 1] if site.first else None):
        return False
    if quantity.digits and _in_month(analysis, site):
        return False
    if _is_index(analysis, site, before):
        return False
    if word == "one":
        return _counts_one(analysis, site, before)
    if quantity.bound == "vague" and doc[site.last].tag_[0] == "V":
        return False
    if word == "scores" and any(
        c.dep_ in ("amod", "compound", "poss", "det", "nummod") for c in doc[site.last].lefts
    ):
        return False
    if _is_bullet(analysis, start, end):
        return False
    if not _in_name(analysis, site, before) or _is_given(analysis, cast, before):
        return True
    # "Arvenia has buried 2,400 soldiers and Kestria 1,900"
    return name_before(analysis, cast, doc[site.first]) is not None


def _is_year(site: Site, before: Token | None) -> bool:
    """Whether four bare digits are a year: unless they count people, weapons or the like."""
    bounded = site.quantity.start != site.quantity.number[0]
    if site.noun is None or site.partitive:
        # "more than 2000 were killed", but "below 2005 levels", "around 2005".
        return not (bounded and site.quantity.bound not in ("about", "less_than"))
    if not bounded and before is not None and before.lower_ in _lexis().year_after:
        return True
    return site.noun.tag_ != "NNS" or noun_kind(site.noun.lemma_, site.noun.lower_) is None


def _in_month(analysis: Analysis, site: Site) -> bool:
    """Whether a day's number stands by its month ("Sept. 26", "13 June", "May 3 and 4")."""
    doc, months = analysis.doc, _lexis().months
    value = site.quantity.value
    if value is None or not 1 <= value <= 31 or site.first != site.last:
        return False
    first = site.first
    words = [doc[i].lower_.rstrip(".") for i in range(max(0, first - 3), first)]
    words = [w for w in words if w]
    if words and words[-1] in months:
        return True
    if len(words) == 3 and words[0] in months and words[1].isdigit() and words[2] in _DAY_LINKS:
        # "From May 3 to May 4, 10 shells landed": a number that counts is no day.
        return site.noun is None or site.partitive
    after = doc[site.last + 1] if site.last + 1 < len(doc) else None
    return after is not None and after.lower_.rstrip(".") in months and after.tag_ == "NNP"


def _is_index(analysis: Analysis, site: Site, before: Token | None) -> bool:
    """Whether a number follows a noun that it is the index of ("Article 4", "phase two")."""
    if before is None or site.quantity.start != site.quantity.number[0]:
        return False
    lexis = _lexis()
    lower = before.lower_
    if lower == "." and before.i and analysis.doc[before.i - 1].lower_ in ("no", "nos", "art"):
        return True
    lower = lower.rstrip(".")
    if lower in lexis.strong and before.tag_[0] != "V":
        return True
    if lower not in lexis.weak or before.tag_ == "CD" or before.tag_ in ("VBP", "VBZ", "VBD"):
        return False
    if before.lower_ == "no" and not before.is_title:
        return False
    if before.is_title and before.i > before.sent.start:
        return True
    return site.noun is None and site.anchor.head.i == before.i


def _counts_one(analysis: Analysis, site: Site, before: Token | None) -> bool:
    """Whether "one" numbers a thing; as a pronoun it does not."""
    doc = analysis.doc
    lexis = _lexis()
    if (
        before is not None
        and before.lower_ in lexis.one_not_after
        and (site.noun is None or before.lower_ in ("no", "any", "every", "each", "square"))
    ):
        return False
    end = site.quantity.end
    after = doc[site.last + 1] if site.last + 1 < len(doc) else None
    if after is None or after.lower_ in lexis.one_not_before:
        return False
    if site.quantity.compound or end != site.quantity.core[1]:
        return True
    if site.partitive:
        # "one of the largest", "one of the reasons": counted only where it is people or things.
        noun = site.noun
        if noun is None:
            # "one of whom was killed": left to the kind of the verb.
            return site.anchor.dep_ in _SUBJECTS
        best = any(c.tag_ in ("JJS", "RBS") for c in noun.lefts)
        return not best and noun_kind(noun.lemma_, noun.lower_) is not None
    if site.noun is not None:
        return site.anchor.tag_ == "CD" and site.noun.i - site.last <= 4
    # "killing one and wounding two" is left to the kind of the verb.
    return site.anchor.dep_ in ("dobj", "nsubjpass", "conj", "nsubj")


def _is_bullet(analysis: Analysis, start: int, end: int) -> bool:
    """Whether a number opens its block and is only its mark ("1.", "2)")."""
    block = analysis.block_at(start)
    text = analysis.article.text
    return block is not None and block.start == start and text[end : end + 2] in (". ", ") ")


def _in_name(analysis: Analysis, site: Site, before: Token | None) -> bool:
    """Whether the number is part of a name ("Leopard 2", "Group of Seven", "Big Four")."""
    doc, quantity = analysis.doc, site.quantity
    token = doc[site.first]
    text = analysis.article.text
    start = quantity.number[0]
    block = analysis.block_at(start)
    title = block is not None and block.kind in ("headline", "subheading")
    if (
        not quantity.digits
        and not title
        and text[start].isupper()
        and token.i > token.sent.start
        and before is not None
        and (before.is_title or before.lower_ in ("the", "of"))
    ):
        return True
    if before is None or quantity.start != start:
        return False
    if token.ent_type_ in _NAMES and before.ent_type_ == token.ent_type_ and token.ent_iob_ == "I":
        if before.lower_ == "of" or before.tag_ in ("NNP", "NNPS"):
            return (
                site.noun is None
                or site.noun.ent_type_ == token.ent_type_
                or (before.head.i == site.noun.i)
            )
        return False
    if before.tag_ not in ("NNP", "NNPS") or title:
        return False
    if before.ent_type_ in _PLACES:
        return False
    if site.noun is not None and not site.partitive:
        return bool(before.head.i == site.noun.i and before.dep_ in ("compound", "nmod", "amod"))
    if site.anchor.head.i == before.i or site.anchor.dep_ == "nummod":
        return True
    after = doc[site.last + 1] if site.last + 1 < len(doc) else None
    return after is None or after.tag_ not in ("VBN", "VBD", "JJ", "RB")


def _is_given(analysis: Analysis, cast: Cast, before: Token | None) -> bool:
    """Whether the name before the number is whom something is given: "sent Kestel 18 tanks"."""
    if before is None or before.i == 0 or analysis.doc[before.i - 1].tag_[0] != "V":
        return False
    actors = cast.at(before.idx, before.idx + len(before))
    return any(actor.kind in ("country", "government", "place") for actor in actors)
