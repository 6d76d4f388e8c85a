"""From a quantity in its place to a Figure: kind, counted, whose, scope, on whose word."""

from bisect import bisect_left
from dataclasses import dataclass, replace
from functools import cache, cached_property

import msgspec
from spacy.tokens import Token

from sayso import lexicon
from sayso.reader.analysis import Analysis
from sayso.reader.cast import Cast
from sayso.reader.figures.bounds import interval
from sayso.reader.figures.govern import Governed, govern
from sayso.reader.figures.kinds import Sort, is_outcome, sort_of_noun
from sayso.reader.figures.owners import Owners
from sayso.reader.figures.scope import (
    Change,
    Measure,
    change_of,
    date_of_event,
    part_of,
    place_of,
    says_part,
    times_of,
)
from sayso.reader.figures.site import Site, is_sized_group, referent
from sayso.reader.figures.units import currency_of_countries, is_group, noun_kind
from sayso.reader.sourcing import Sourcing
from sayso.records import Bound, Date, Figure, Span, UnitKind, record_id

_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_ARGUMENTS = frozenset({"nsubj", "nsubjpass", "dobj", "attr"})
_OLDEST = 120
#: Unit kinds of things that a later number may count again.
_COUNTED = frozenset({"weapons", "goods"})


@cache
def _sets() -> dict[str, frozenset[str]]:
    scope = lexicon.toml("figure_scope")
    return {
        "people_kinds": frozenset(scope["people_kinds"]["kinds"]),
        "alone": frozenset(lexicon.toml("vague")["alone"]["words"]),
        "anything": frozenset(lexicon.toml("vague")["alone"]["anything"]),
        "reporting": frozenset(scope["reporting"]["verbs"]),
        "harm_kinds": frozenset(scope["harm_kinds"]["kinds"]),
        "links": frozenset(scope["compared"]["links"]),
        "together": frozenset(scope["compared"]["together"]),
        "returns": frozenset(scope["compared"]["returns"]),
    }


@dataclass(frozen=True, slots=True)
class _Held:
    """What a later figure without a noun of its own takes from an earlier one."""

    figure: Figure
    site: Site
    sentence: int
    sort: Sort

    @property
    def added(self) -> tuple[Measure, Change]:
        """What it shares with the figure that "and" joins to it, where it is an increment."""
        figure = self.figure
        return (figure.measure, figure.change) if figure.measure == "increment" else (None, None)


class Assembler:
    """Builds the figures of one article, in order; later ones may lean on earlier ones."""

    def __init__(
        self, analysis: Analysis, cast: Cast, dates: tuple[Date, ...], sourcing: Sourcing
    ) -> None:
        self.analysis = analysis
        self.cast = cast
        self.dates = sorted(dates, key=lambda date: date.span)
        self._date_starts = [date.span.start for date in self.dates]
        self.sourcing = sourcing
        self.owners = Owners(analysis, cast, sourcing.statements)
        self.figures: list[Figure] = []
        self._held: list[_Held] = []

    @cached_property
    def _countries(self) -> list[str]:
        """The countries (alpha-2) that the article speaks of, the most named first."""
        import pycountry

        counts: dict[str, int] = {}
        for actor in self.cast.actors:
            if actor.country:
                counts[actor.country] = counts.get(actor.country, 0) + len(actor.mentions)
        ranked = sorted(counts, key=lambda code: -counts[code])
        known = (pycountry.countries.get(alpha_3=code) for code in ranked)
        return [country.alpha_2 for country in known if country is not None]

    def add(self, site: Site) -> None:
        """Make the figure of a quantity, if it turns out to be one."""
        if self._is_age(site):
            site.quantity = replace(site.quantity, age=True)
        analysis, quantity = self.analysis, site.quantity
        span = analysis.article.span(quantity.start, quantity.end)
        sentence = analysis.sentence_index(quantity.number[0])
        unit_kind = self._own_kind(site)
        sort = self._sort(site, unit_kind, sentence)
        governed = govern(analysis, site, sort)
        if governed.noun is None and not self._lent(sentence):
            governed = replace(governed, noun=referent(analysis, site))
        kind, counted = governed.kind, site.counted
        if counted is None and governed.noun is not None:
            counted = analysis.span(governed.noun, governed.noun)
            counted = self._with_modifiers(governed.noun, counted)
            own = noun_kind(governed.noun.lemma_, governed.noun.lower_)
            if own is None and governed.noun is governed.holder and is_group(governed.noun.lemma_):
                own = "people"
            unit_kind = unit_kind or own
        parallel, side = self._parallel(site, governed, sentence)
        antecedent = self._antecedent(site, governed, counted, sentence)
        if parallel is not None and counted is None:
            antecedent = parallel
        if antecedent is not None:
            held = antecedent.figure
            # "1,140 dead …, 3,200 wounded": the first's noun says what befell, not whom.
            if held.kind in (kind, None) or not _outcome(antecedent.site.noun):
                counted = counted or held.counted
            unit_kind = unit_kind or held.unit_kind
            if self._shares_kind(site, governed):
                kind = kind or held.kind
        joined = self._joined(site) or parallel
        like = joined or self._compared(site, sentence)
        if like is not None and kind is None and antecedent is None:
            kind = like.figure.kind if like.figure.unit_kind == unit_kind else None
        if (given := self._exchanged(site, sentence)) is not None:
            kind = given.figure.kind if given.figure.unit_kind == unit_kind else kind
        if unit_kind is None or (unit_kind in ("events", "other") and governed.kind is not None):
            people = kind in _sets()["people_kinds"]
            unit_kind = "people" if people else unit_kind or "other"
        if not self._stands(site, kind):
            return
        if quantity.age:
            unit_kind, kind = "duration", "age"
        statement, attribution = self.sourcing.of(span)
        lender = antecedent or (joined if kind is None else None)
        inherited = lender.figure.of_actors if lender is not None else None
        of_actors = side or self.owners.of(site, governed, kind, statement, inherited)
        if not of_actors and joined is not None and joined.figure.kind == kind:
            of_actors = joined.figure.of_actors
        if not of_actors and kind in _sets()["harm_kinds"]:
            of_actors = self._same_group(site, governed, statement, sentence)
        change, measure = change_of(analysis, site, governed)
        if measure is None and joined is not None and joined is not parallel:
            # "seven more women and five men"
            measure, change = joined.added
        as_of, since, began = times_of(analysis, site, self._dates_of(site))
        if began is not None and kind in _sets()["people_kinds"]:
            since = date_of_event(analysis, began, self.dates)
        value, low, high, bound = self._values(site)
        unit = quantity.unit.name if quantity.unit else ("year" if quantity.age else None)
        currency = quantity.unit.currency if quantity.unit else None
        if currency is not None and unit == currency:
            written = analysis.article.text[quantity.core[0] : quantity.core[1]]
            unit = currency = currency_of_countries(written, currency, self._countries)
        figure = Figure(
            id=record_id("f", analysis.article.id, span.start, span.end),
            span=span,
            value=value,
            low=low,
            high=high,
            bound=bound,
            unit_kind=unit_kind,
            unit=unit,
            change=change,
            kind=kind,
            counted=counted,
            of_actors=of_actors,
            currency=currency,
            as_of=as_of,
            since=since,
            place=place_of(analysis, self.cast, site),
            measure=measure,
            statement=statement,
            attribution=attribution,
        )
        whole = part_of(analysis, site, figure, self.figures)
        if whole is not None:
            figure = _part(figure, whole, next(f for f in self.figures if f.id == whole))
        self.figures.append(figure)
        self._held.append(_Held(figure, site, sentence, sort))

    def _is_age(self, site: Site) -> bool:
        """Whether a number in commas is the age of the person named before it: "Orlo Tarn, 48,"."""
        doc, value = self.analysis.doc, site.quantity.value
        if site.first < 2 or site.first != site.last or not site.quantity.digits or value is None:
            return False
        comma, name = doc[site.first - 1], doc[site.first - 2]
        after = doc[site.last + 1].text if site.last + 1 < len(doc) else "."
        if comma.text != "," or after not in (",", ".", ";") or not 0 < value < _OLDEST:
            return False
        named = any(a.kind == "person" for a in self.cast.at(name.idx, name.idx + len(name)))
        return named or name.ent_type_ == "PERSON"

    def _sort(self, site: Site, unit_kind: UnitKind | None, sentence: int) -> Sort:
        """What a figure counts, as finely as the kinds ask: by its noun, or as the one before."""
        if site.noun is not None and site.noun.lemma_.lower() != "other":
            return sort_of_noun(site.noun, unit_kind)
        pronoun = site.partitive or site.anchor.dep_ in _ARGUMENTS
        bare = site.noun is not None or (unit_kind is None and pronoun)
        if bare and is_sized_group(site):
            return "people"
        if bare and self._held:
            held = self._held[-1]
            if held.sentence == sentence and held.figure.unit_kind in ("people", "weapons"):
                return held.sort
        return unit_kind

    def _own_kind(self, site: Site) -> UnitKind | None:
        """The unit kind that the figure's own unit or noun gives."""
        if site.quantity.age:
            return "duration"
        if site.quantity.unit is not None:
            return site.quantity.unit.kind
        if site.noun is None:
            return None
        found = noun_kind(site.noun.lemma_.lower(), site.noun.lower_)
        if self.analysis.doc[site.noun.i - 1].lower_ == "strong":
            return "people"
        if found is None and site.noun.i < site.first and is_group(site.noun.lemma_.lower()):
            return "people"
        if found is None and (site.noun.ent_type_ == "NORP" or self._names_people(site.noun)):
            return "people"
        return found or "other"

    def _names_people(self, noun: Token) -> bool:
        """Whether a noun is the people of a country or a group of people ("200 Kestrians")."""
        end = noun.idx + len(noun)
        if noun.tag_ == "NNPS":
            return any(a.kind in ("country", "group") for a in self.cast.at(noun.idx, end))
        return False

    def _with_modifiers(self, noun: object, span: Span) -> Span:
        """The noun's words with what stands before it ("military personnel"), articles left out."""
        start = span.start
        for token in noun.lefts:  # type: ignore[attr-defined]
            if token.dep_ in ("amod", "compound", "nmod", "poss"):
                start = min(start, token.left_edge.idx)
        return self.analysis.article.span(start, span.end)

    def _values(self, site: Site) -> tuple[float | None, float | None, float | None, Bound]:
        quantity = site.quantity
        bound = quantity.bound
        if quantity.value is None:
            low = None if quantity.low is None else float(quantity.low)
            return None, low, None if quantity.high is None else float(quantity.high), bound
        value = float(quantity.value)
        low, high = interval(value, bound)
        return value, low, high, bound

    def _stands(self, site: Site, kind: str | None) -> bool:
        """Whether words that give no number alone ("several", "one", "a few") are a figure here."""
        quantity = site.quantity
        word = self.analysis.article.text[quantity.number[0] : quantity.number[1]].lower()
        harmed = kind in _sets()["people_kinds"]
        last = word.removesuffix(" of").split()[-1]
        if quantity.bound == "vague" and last in _sets()["alone"]:
            if last in _sets()["anything"]:
                return quantity.unit is not None or site.counted is not None
            return harmed and quantity.unit is None and site.counted is not None
        if word == "one" and site.noun is None and quantity.unit is None:
            return harmed
        return True

    def _dates_of(self, site: Site) -> list[Date]:
        sentence = self.analysis.doc[site.last].sent
        first = bisect_left(self._date_starts, sentence.start_char)
        last = bisect_left(self._date_starts, sentence.end_char)
        return self.dates[first:last]

    def _antecedent(
        self, site: Site, governed: Governed, counted: Span | None, sentence: int
    ) -> _Held | None:
        """The earlier figure whose noun this one shares ("71 dead soldiers, …, 105").

        A measure or a sum of money shares the kind of the one that it is compared with.
        """
        if site.quantity.age:
            return None
        if site.quantity.unit is not None:
            return self._like_before(site, governed, sentence)
        others = site.noun is not None and site.noun.lemma_.lower() == "other"
        if counted is not None and not others and not self._is_repeated(site):
            return None
        verb = governed.verb
        hurt = governed.kind in _sets()["people_kinds"]
        reported = verb is not None and verb.lemma_ in _sets()["reporting"]
        held_by = governed.holder is not None
        bare = site.noun is None and site.anchor.dep_ in _ARGUMENTS
        shared = hurt or reported or held_by or site.partitive or bare or others
        shared = shared or (site.noun is None and says_part(self.analysis, site))
        if not shared and site.anchor.dep_ != "conj" and not self._is_linked(site):
            return None
        told = _told_by(verb) if held_by else None
        for held in reversed(self._held[-6:]):
            if sentence - held.sentence > 1:
                break
            figure = held.figure
            if held.sentence == sentence and held.site.first < (told or 0):
                # "A counts 12 dead, while a man was killed in B, raising the toll to 20."
                return None
            if figure.part_of is not None and not (
                site.partitive or says_part(self.analysis, site)
            ):
                # "15 men were hurt, three of them badly, while nine died"
                continue
            if figure.unit_kind != "people" and (hurt or figure.unit_kind not in _COUNTED):
                continue
            if sentence != held.sentence and not (hurt or held_by):
                continue
            if figure.counted is not None or figure.kind is not None or held_by:
                return held
        return None

    def _same_group(
        self, site: Site, governed: Governed, statement: str | None, sentence: int
    ) -> tuple[str, ...]:
        """The owner of those whom the same account spoke of by the same word just before.

        "222 troops were killed. 20 troops were captured.", on the word of one statement.
        """
        noun, verb = site.noun, governed.verb
        if noun is None or statement is None or (verb is not None and self.owners.has_doer(verb)):
            return ()
        for held in reversed(self._held[-6:]):
            if sentence - held.sentence > 2 or held.figure.statement != statement:
                break
            other = held.site.noun
            if other is not None and other.lemma_ == noun.lemma_ and held.figure.of_actors:
                return held.figure.of_actors
        return ()

    def _is_linked(self, site: Site) -> bool:
        """Whether the figure is what another is compared with ("down from 30", "than the 49")."""
        head = site.anchor.head
        return site.anchor.dep_ == "pobj" and head.lower_ in _sets()["links"]

    def _is_repeated(self, site: Site) -> bool:
        """Whether a part is taken of what was counted before ("31 of the planes")."""
        return (
            site.partitive
            and site.noun is not None
            and site.quantity.unit is None
            and any(c.lower_ in ("the", "these", "those") for c in site.noun.lefts)
            and not any(c.dep_ in ("prep", "relcl", "acl") for c in site.noun.rights)
        )

    def _like_before(self, site: Site, governed: Governed, sentence: int) -> _Held | None:
        """The measure of the same unit in the sentence that this one is compared or joined with."""
        unit = site.quantity.unit
        if unit is None or governed.kind is not None:
            return None
        if unit.kind == "share" and site.partitive and site.noun is None:
            # "87 percent of them"
            return self._last(sentence)
        if unit.kind != "money" and not self._is_linked(site):
            return None
        for held in reversed(self._held[-3:]):
            other = held.site.quantity.unit
            if held.sentence != sentence or other is None or other.kind != unit.kind:
                continue
            return held if held.figure.kind is not None else None
        return None

    def _shares_kind(self, site: Site, governed: Governed) -> bool:
        """Whether what befell the earlier ones befell these: not where a verb tells otherwise."""
        verb = governed.verb
        if verb is None or site.partitive or governed.holder is not None or self._is_linked(site):
            return True
        if site.noun is not None and site.noun.lemma_.lower() == "other":
            return False
        if site.anchor.dep_ not in ("nsubj", "nsubjpass"):
            return True
        return verb.lemma_ in _sets()["reporting"] or verb.lemma_ in ("be", "do")

    def _lent(self, sentence: int) -> bool:
        """Whether the sentence has a figure of people or things whose noun a later one may take."""
        return any(
            held.sentence == sentence and held.figure.unit_kind in ("people", *_COUNTED)
            for held in self._held[-6:]
        )

    def _parallel(
        self, site: Site, governed: Governed, sentence: int
    ) -> tuple[_Held | None, tuple[str, ...]]:
        """The figure whose clause this one's repeats without the verb, and whose it then is.

        "Arvenia lost 14 soldiers and Kestria nine": a name alone between "and" or a comma and the
        number, which takes the verb, and the noun where it has none, from the figure before it.
        """
        first = self.analysis.token_at(site.quantity.start)
        verb = governed.verb
        if verb is not None and verb.i > site.first and verb.lemma_ not in _sets()["reporting"]:
            return None, ()
        side = self.owners.alone_before(first)
        if not side:
            return None, ()
        for held in reversed(self._held[-6:]):
            figure = held.figure
            if held.sentence != sentence:
                break
            own = site.quantity.unit.kind if site.quantity.unit is not None else None
            if own in (None, figure.unit_kind) and figure.kind and figure.of_actors:
                return held, side
        return None, ()

    def _compared(self, site: Site, sentence: int) -> _Held | None:
        """The figure beside which one is put: "200 Arvenians against (along with) 4 Kestrians"."""
        noun = site.noun
        if noun is None or noun.dep_ != "pobj":
            return None
        link = noun.head
        together = link.lower_ == "with" and link.i > 0
        together = together and link.nbor(-1).lower_ in _sets()["together"]
        return self._last(sentence) if together or link.lower_ in _sets()["links"] else None

    def _exchanged(self, site: Site, sentence: int) -> _Held | None:
        """The figure for which this one is given: "700 prisoners in return for 35 hostages"."""
        above = site.node.head
        if site.node.dep_ != "pobj" or above.head.lower_ not in _sets()["returns"]:
            return None
        return self._last(sentence)

    def _last(self, sentence: int) -> _Held | None:
        held = self._held[-1] if self._held else None
        return held if held is not None and held.sentence == sentence else None

    def _joined(self, site: Site) -> _Held | None:
        """The figure whose noun "and" joins to this one's: "five missiles and a dozen drones"."""
        noun = site.noun
        if noun is None or noun.dep_ != "conj":
            return None
        return next(
            (
                held
                for held in reversed(self._held[-6:])
                if held.site.noun is not None and held.site.noun.i == noun.head.i
            ),
            None,
        )


def _told_by(verb: Token | None) -> int | None:
    """Index of the first token of the clause that a participle sums up: "…, raising it to 20"."""
    summing = verb is not None and verb.dep_ == "advcl" and verb.tag_ == "VBG"
    return verb.head.left_edge.i if verb is not None and summing else None


def _outcome(noun: Token | None) -> bool:
    """Whether a noun names what befell those whom it counts ("deaths", "wounded")."""
    return noun is None or is_outcome(noun)


def _part(figure: Figure, whole_id: str, whole: Figure) -> Figure:
    """A part takes from its whole what its own words leave open."""
    return msgspec.structs.replace(
        figure,
        part_of=whole_id,
        kind=figure.kind or whole.kind,
        of_actors=figure.of_actors or whole.of_actors,
        counted=figure.counted or whole.counted,
    )
