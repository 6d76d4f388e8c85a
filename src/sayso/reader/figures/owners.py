"""Whose a figure is: the countries (or groups) whose soldiers, people or means it counts."""

from functools import cache

from spacy.tokens import Token

from sayso import lexicon
from sayso.reader.analysis import Analysis
from sayso.reader.cast import Cast
from sayso.reader.figures.govern import Governed
from sayso.reader.figures.kinds import kinds_of_words
from sayso.reader.figures.parallels import name_before
from sayso.reader.figures.site import Site
from sayso.reader.figures.states import States
from sayso.reader.figures.units import noun_kind, sort_of
from sayso.records import Statement

_FIRST_PERSON = frozenset({"our", "we", "my", "ours", "us"})
#: Pronouns for a country or a body of it.
_NEUTRAL = frozenset({"it", "its", "they", "their"})
_HYPHENS = frozenset("-\u2010\u2011")
_BEING = frozenset({"be", "remain", "stay", "lie", "stand"})
_OFFICIAL = frozenset({"government", "armed_force", "organisation", "country", "person", "group"})


@cache
def _lexis() -> dict[str, frozenset[str]]:
    data = lexicon.toml("figure_scope")
    return {
        "subject_kinds": frozenset(data["subject_kinds"]["kinds"]),
        "subject_first": frozenset(data["subject_kinds"]["first"]),
        "subject_verbs": frozenset(data["subject_kinds"]["verbs"]),
        "bearers": frozenset(data["subject_kinds"]["bearers"]),
        "hostile": frozenset(data["harm_kinds"]["hostile"]),
        "harm_kinds": frozenset(data["harm_kinds"]["kinds"]),
        "observing": frozenset(data["reporting"]["observing"]),
        "hit_kinds": frozenset(data["hit_kinds"]["kinds"]),
        "own": frozenset(data["reporting"]["own"]),
        "prepositions": frozenset(data["owners"]["prepositions"]),
        "sides": frozenset(data["sides"]["words"]),
        "sides_before": frozenset(data["sides"]["before"]),
        "attack_nouns": frozenset(data["attacks"]["nouns"]),
        "bodies": frozenset(data["owners"]["bodies"]),
        "events": frozenset(data["attacks"]["nouns"] + data["attacks"]["fighting"]),
        "attack_verbs": frozenset(data["attacks"]["verbs"]),
        "attack_prepositions": frozenset(data["attacks"]["prepositions"]),
    }


class Owners:
    """Look-up of whose a figure is, for one article."""

    def __init__(self, analysis: Analysis, cast: Cast, statements: tuple[Statement, ...]) -> None:
        self.analysis = analysis
        self.cast = cast
        self.statements = {statement.id: statement for statement in statements}
        self.states = States(cast)
        self._main = self.states.main

    def of(
        self,
        site: Site,
        governed: Governed,
        kind: str | None,
        statement: str | None,
        held: tuple[str, ...] | None = None,
    ) -> tuple[str, ...]:
        """The ids of those whose a figure is, by its words, its verb, or who speaks of it.

        Args:
            site: the figure's place.
            governed: what governs it.
            kind: what happened to what is counted.
            statement: the id of the statement that it rests on.
            held: whose the figure is whose noun this one shares; None where there is none.
        """
        if not self.cast.actors:
            return ()
        lexis = _lexis()
        if kind == "controlled":
            return self._of_holder(site, governed) or held or ()
        found = self._of_words(site, governed, statement) or self._of_side(site)
        found = found or self._of_sides(governed)
        if not found and kind in lexis["harm_kinds"]:
            found = self._of_land(site, "harm", site.anchor, site.noun)
        if found:
            return found
        verb, deed = governed.verb, governed.deed or governed.verb
        doing = governed.kind in lexis["subject_kinds"]
        if held and not self._tells_own(verb):
            return (doing and deed is not None and self._of_subject(deed, statement)) or held
        acting = deed is not None and deed.lemma_ in lexis["subject_verbs"]
        if kind in lexis["subject_kinds"] or acting:
            if kind in lexis["subject_first"] or not (found := self._of_origin(site, governed)):
                for word in dict.fromkeys((deed, verb)):
                    if not found and word is not None:
                        found = self._of_subject(word, statement)
            found = found or self._of_origin(site, governed)
            if found or kind != "displaced":
                return found
        found = self._of_origin(site, governed)
        if found:
            return found
        if kind == "displaced":
            return self._of_land(site, "displaced", site.anchor, site.noun, governed.verb)
        if kind in lexis["harm_kinds"] or kind == "lost":
            return self._of_harm(site, governed, statement)
        if kind in lexis["hit_kinds"]:
            return self._of_other_side(deed, statement)
        sort = None if site.noun is None else sort_of(site.noun.lemma_, site.noun.lower_)
        means = sort == "soldiers" or (site.noun is not None and _is_weapon(site.noun))
        hostile = deed is not None and deed.lemma_ in lexis["attack_verbs"] | lexis["observing"]
        if kind is None and means and deed is not None and not hostile:
            # "Arvenia put 48 tanks on alert", "its minister said that 12,000 soldiers would train"
            own = self._of_subject(deed, statement) if governed.role == "object" else ()
            return own or self._speaker(statement)
        return ()

    def _of_other_side(self, deed: Token | None, statement: str | None) -> tuple[str, ...]:
        """Whose weapons one of the two sides destroys or brings down: the other's."""
        doer = self._of_subject(deed, statement) if deed is not None else ()
        if len(self._main) != 2 or len(doer) != 1 or doer[0] not in self._main:
            return ()
        return tuple(side for side in self._main if side != doer[0])

    def alone_before(self, token: Token) -> tuple[str, ...]:
        """Whose a clipped clause is: of who is named alone before its number or verb."""
        actor = name_before(self.analysis, self.cast, token)
        if actor is None:
            return ()
        owner = self.states.country_of(actor) or self.states.seat_of(actor)
        return () if owner is None else (owner,)

    def _tells_own(self, verb: Token | None) -> bool:
        """Whether a verb gives its subject's own figures ("Arvenia declares 105")."""
        return verb is not None and verb.lemma_ in _lexis()["own"] and bool(self._of_subject(verb))

    def _ids(self, start: int, end: int) -> tuple[str, ...]:
        ids: list[str] = []
        text = self.analysis.article.text
        for mention, actor in self.cast.mentions_in(start, end):
            # "Kestrian-made shells", "the Arvenian-held town"
            if actor.kind == "outlet" or text[mention.end : mention.end + 1] in _HYPHENS:
                continue
            owner = self.states.country_of(actor)
            if owner is not None and owner not in ids:
                ids.append(owner)
        return tuple(ids)

    def _of_words(self, site: Site, governed: Governed, statement: str | None) -> tuple[str, ...]:
        """Whose the words before the counted noun say: "Arvenian soldiers", "our 40 men"."""
        doc, noun = self.analysis.doc, site.noun
        if noun is not None:
            first = site.last + 1
            if noun.i < first or site.partitive:
                first = max(noun.left_edge.i, site.last + 1 if noun.i > site.last else 0)
            # "19 Arvenian and 26 Kestrian soldiers": up to the next number, if that leaves words.
            stop = next((t.i for t in doc[first : noun.i] if t.tag_ in ("CD", "CC")), noun.i + 1)
            if stop == first:
                numbers = [t.i for t in doc[first : noun.i] if t.tag_ == "CD"]
                first, stop = (numbers[-1] + 1 if numbers else noun.i), noun.i + 1
            elif site.partitive and _is_share(site) and noun.ent_type_ != "NORP":
                stop -= 1
            found = self._of_stretch(first, stop, statement) if first < stop else ()
            if found and not self._is_product(noun, found):
                return found
            for child in noun.children:
                between = doc[child.i + 1 : site.first]
                if (
                    child.dep_ in ("poss", "amod", "nmod", "compound")
                    and child.i < site.first
                    and not any(t.tag_ == "CD" for t in between)
                    and (found := self._of_stretch(child.left_edge.i, child.i + 1, statement))
                ):
                    return found
        for other in (governed.noun, governed.holder, governed.about, _given_in(site)):
            if other is None:
                continue
            found = self._of_stretch(other.left_edge.i, other.i + 1, statement)
            if found:
                return found
        return ()

    def _is_product(self, noun: Token, owners: tuple[str, ...]) -> bool:
        """Whether a name before a weapon is the weapon's and no owner's ("Bradley vehicles")."""
        if not _is_weapon(noun):
            return False
        actors = [self.cast.get(i) for i in owners if i in self.cast]
        return any(a.country is None and a.kind not in ("country", "group") for a in actors)

    def _of_stretch(self, first: int, stop: int, statement: str | None) -> tuple[str, ...]:
        """Whose the tokens say, "our" being the speaker's and "whose" the noun's before it."""
        doc = self.analysis.doc
        for token in doc[first:stop]:
            if _is_first_person(token):
                return self._speaker(statement, anyone=True)
            if token.tag_ == "WP$":
                verb = next((t for t in token.ancestors if t.dep_ == "relcl"), None)
                if verb is not None:
                    head = verb.head
                    return self._ids(doc[head.left_edge.i].idx, head.idx + len(head))
        last = doc[stop - 1]
        found = self._ids(doc[first].idx, last.idx + len(last))
        if not found:
            pronoun = next((t for t in doc[first:stop] if t.tag_ == "PRP$"), None)
            found = self._named_before(pronoun) if pronoun is not None else ()
        return found

    def _named_before(self, pronoun: Token) -> tuple[str, ...]:
        """The country last named in the sentence before an "its" that nobody is known for."""
        if pronoun.lower_ not in _NEUTRAL or self.cast.at(pronoun.idx, pronoun.idx + len(pronoun)):
            return ()
        return self._ids(pronoun.sent.start_char, pronoun.idx)[-1:]

    def _of_origin(self, site: Site, governed: Governed) -> tuple[str, ...]:
        """Whose a phrase after the noun says: "people from both sides", "dead among Arvenians"."""
        lexis = _lexis()
        for noun in (site.noun, governed.noun, governed.holder, governed.about):
            if noun is None or (noun is site.noun and _is_share(site)):
                continue
            for token in noun.rights:
                if token.dep_ != "prep" or token.lower_ not in lexis["prepositions"]:
                    continue
                for child in token.children:
                    if child.dep_ == "pobj" and (found := self._of_phrase(child, token.lower_)):
                        return found
        return ()

    def _of_side(self, site: Site) -> tuple[str, ...]:
        """Whose the side is right after the figure: "two on the Arvenian side"."""
        doc = self.analysis.doc
        after = (site.last if site.noun is None else max(site.last, site.noun.i)) + 1
        if after >= len(doc) or doc[after].lower_ != "on":
            return ()
        for token in doc[after + 1 : after + 6]:
            if token.lower_ in _lexis()["sides"]:
                return self._of_phrase(token, "on")
        return ()

    def _of_phrase(self, noun: Token, preposition: str) -> tuple[str, ...]:
        start, end = noun.left_edge.idx, noun.idx + len(noun)
        if self._names_sides(noun):
            return self._both(start, end)
        if preposition == "on":
            on_side = noun.lower_ in _lexis()["sides"]
            return self._of_stretch(noun.left_edge.i, noun.i + 1, None) if on_side else ()
        for token in noun.rights:
            if token.dep_ == "conj":
                end = token.idx + len(token)
        return self._ids(start, end)

    @staticmethod
    def _names_sides(noun: Token) -> bool:
        lexis = _lexis()
        return noun.lower_ in lexis["sides"] and any(
            t.lower_ in lexis["sides_before"] for t in noun.lefts
        )

    def _both(self, start: int, end: int) -> tuple[str, ...]:
        """The two sides of the story: those that the cast knows, else the two it names most."""
        ids: list[str] = []
        for actor in self.cast.at(start, end):
            owner = self.states.country_of(actor)
            if owner is not None and owner not in ids:
                ids.append(owner)
        return tuple(ids) if len(ids) == 2 else self._main

    def _of_subject(self, verb: Token, statement: str | None = None) -> tuple[str, ...]:
        """Whose the subject of a verb is, as who deploys, earns or supplies."""
        raised = False
        for _ in range(4):
            agent = next((c for c in verb.children if c.dep_ == "agent"), None)
            kinds = ("nsubj", "nsubjpass") if raised else ("nsubj",)
            subject = next((c for c in verb.children if c.dep_ in kinds), None)
            if agent is not None:
                subject = next((c for c in agent.children if c.dep_ == "pobj"), None)
            if verb.lemma_ in _lexis()["bearers"]:
                bearer = next((c for c in verb.children if c.dep_ in ("dative", "dobj")), None)
                found = self._of_head(bearer, statement) if bearer is not None else ()
                if found or subject is None:
                    return found
            if subject is not None and subject.tag_ in ("WDT", "WP"):
                return self._of_head(verb.head, statement) if verb.dep_ == "relcl" else ()
            if subject is not None:
                return self._of_head(subject, statement)
            first = next((c for c in verb.lefts if c.dep_ in ("aux", "advmod")), verb)
            if side := self.alone_before(first):
                return side
            if verb.dep_ not in ("conj", "xcomp", "advcl", "ccomp", "pcomp", "acl", "relcl"):
                return ()
            if verb.dep_ in ("acl", "relcl"):
                return self._of_head(verb.head, statement) if verb.tag_ == "VBG" else ()
            raised = raised or verb.dep_ == "xcomp"
            above = verb.head
            while above.tag_[0] != "V" and above.head.i != above.i:
                above = above.head
            if above.tag_[0] != "V":
                return ()
            verb = above
        return ()

    def _of_head(self, noun: Token, statement: str | None) -> tuple[str, ...]:
        """Whose a subject is: its own words' first, and those of the nouns joined to it."""
        if any(map(_is_first_person, (noun, *noun.lefts))):
            return self._speaker(statement, anyone=True)
        found: list[str] = []
        for each in (noun, *(c for c in noun.conjuncts if c.i > noun.i)):
            last = each
            for link in each.rights:
                # "thousands of Arvenian soldiers", "sources in Drenov"
                if link.lower_ in ("of", "in"):
                    last = next((c for c in link.children if c.dep_ == "pobj"), last)
            start, end = each.left_edge.idx, last.idx + len(last)
            ids = self._ids(start, end)
            # "by Drenov's account Kestel's forces": of several the one that ends with the noun.
            named = [a for m, a in self.cast.mentions_in(start, end) if m.end == end]
            own = [i for a in named if (i := self.states.country_of(a)) in ids]
            if not ids and last is not each:
                # "sources in Drenov"
                seats = map(self.states.seat_of, self.cast.at(last.idx, last.idx + len(last)))
                ids = tuple(seat for seat in seats if seat is not None)
            found += [i for i in (own or ids)[:1] if i is not None and i not in found]
        if not found and noun.left_edge.tag_ in ("PRP", "PRP$"):
            return self._named_before(noun.left_edge)
        if not found and noun.lemma_.lower() in _lexis()["bodies"] and len(self._main) == 1:
            # "the junta", in a text on one country
            return () if self._is_foe(noun, self._main[0]) else self._main
        return tuple(found)

    def _is_foe(self, noun: Token, country: str) -> bool:
        """Whether the sentence of a noun has a country as the other side: "a war with Arvenia"."""
        for link in noun.sent:
            if (
                link.lower_ not in ("with", "against")
                or link.head.lemma_.lower() not in (_lexis()["events"])
            ):
                continue
            for other in link.children:
                if country in self._ids(other.left_edge.idx, other.idx + len(other)):
                    return True
        return False

    def _of_holder(self, site: Site, governed: Governed) -> tuple[str, ...]:
        """Who controls what a figure measures: who takes it, or whose the control over it is."""
        for word in dict.fromkeys((governed.deed, governed.verb)):
            if word is not None and word.tag_[0] == "V":
                passive = any(c.dep_ in ("nsubjpass", "auxpass") for c in word.children)
                agent = any(c.dep_ == "agent" for c in word.children)
                acting = word.lemma_ not in _BEING and (not passive or agent)
                if acting and (found := self._of_subject(word)):
                    return found
        controls = kinds_of_words().nouns
        for token in site.anchor.sent:
            if "controlled" in controls.get(token.lower_, ()):
                found = self._ids(token.left_edge.idx, token.idx + len(token))
                if found:
                    return found[:1]
        return ()

    def _of_harm(self, site: Site, governed: Governed, statement: str | None) -> tuple[str, ...]:
        """Whose the harmed are where their words do not say.

        The side that reports or mourns its own dead; else the target of an attack named before;
        never anyone where somebody is said to have done it to them.
        """
        lexis = _lexis()
        verb = governed.verb
        if verb is not None and self._on_both_sides(verb, site):
            return self._main
        if land := self._of_land(site, "harm", governed.verb):
            return land
        if verb is not None and verb.lemma_ in lexis["own"]:
            own = self._of_subject(verb, statement)
            if own:
                return tuple(o for o in own if o in self._main) or own
        if verb is not None and governed.role == "object" and self.has_doer(verb):
            return self._attacked(site)
        if self._of_somebody(site, governed):
            return ()
        if site.noun is not None and site.noun.lemma_.lower() in lexis["hostile"]:
            return ()
        return self._speaker(statement) or self._between(site) or self._attacked(site)

    def _of_sides(self, governed: Governed) -> tuple[str, ...]:
        """Both sides, where the noun that holds the figure is theirs: "the toll on both sides"."""
        for noun in (governed.holder, governed.about):
            for preposition in noun.rights if noun is not None else ():
                if any(c.dep_ == "pobj" and self._names_sides(c) for c in preposition.children):
                    return self._main
        return ()

    def _of_land(self, site: Site, what: str, *heads: Token | None) -> tuple[str, ...]:
        """Whose the people are by the side's country in which they die or flee; not of soldiers."""
        if _may_be_abroad(site.noun):
            return ()
        prepositions = lexicon.toml("figure_scope")["lands"][what]
        for head in dict.fromkeys(heads):
            for link in head.children if head is not None else ():
                if link.dep_ != "prep" or link.lower_ not in prepositions:
                    continue
                for land in link.children:
                    if land.dep_ != "pobj":
                        continue
                    owners = self._ids(land.left_edge.idx, land.idx + len(land))
                    if len(owners) == 1 and owners[0] in self._main:
                        return owners
        return ()

    def _between(self, site: Site) -> tuple[str, ...]:
        """The two whose soldiers fell "in the clashes between Arvenia and Kestria"."""
        if site.noun is None or sort_of(site.noun.lemma_.lower(), site.noun.lower_) != "soldiers":
            return ()
        for token in site.anchor.sent:
            if token.lower_ == "between" and token.head.lemma_.lower() in _lexis()["events"]:
                sides = self._ids(token.idx, token.right_edge.idx + len(token.right_edge))
                if len(sides) == 2:
                    return sides
        return ()

    @staticmethod
    def _of_somebody(site: Site, governed: Governed) -> bool:
        """Whether the words name an owner that no actor is known for ("the North's dead")."""
        return any(
            child.dep_ == "poss" and child.tag_[0] == "N"
            for noun in (site.noun, governed.noun, governed.holder)
            if noun is not None
            for child in noun.children
        )

    def _on_both_sides(self, verb: Token, site: Site) -> bool:
        """Whether "on both sides" stands by the verb or the figure."""
        return any(
            self._names_sides(child)
            for head in (*_objects(verb), verb, site.anchor, site.node)
            for preposition in head.children
            if preposition.dep_ == "prep"
            for child in preposition.children
            if child.dep_ == "pobj"
        )

    @staticmethod
    def has_doer(verb: Token) -> bool:
        """Whether a verb has somebody who does it: a subject, an agent, or the clause's above."""
        if any(c.dep_ == "agent" for c in verb.children):
            return True
        if any(c.dep_ in ("nsubjpass", "auxpass") for c in verb.children):
            return False
        if any(c.dep_ == "nsubj" for c in verb.children):
            return True
        return verb.dep_ in ("advcl", "conj", "xcomp", "pcomp") and verb.tag_ == "VBG"

    def _speaker(self, statement: str | None, anyone: bool = False) -> tuple[str, ...]:
        """The speaker's own country, where it is a side of the story (or of whatever country)."""
        if statement is None or statement not in self.statements:
            return ()
        sources = self.statements[statement].sources
        owners: list[str] = []
        for source in sources:
            if source.actor is None:
                # "the Arvenian president", "sources in Drenov"
                named = self._ids(source.span.start, source.span.end) if source.span else ()
                owner = named[0] if len(named) == 1 else None
            else:
                actor = self.cast.get(source.actor)
                owner = self.states.country_of(actor) if actor.kind in _OFFICIAL else None
            if owner is not None and (anyone or owner in self._main) and owner not in owners:
                owners.append(owner)
        return tuple(owners) if len(owners) == len(sources) else ()

    def _attacked(self, site: Site) -> tuple[str, ...]:
        """Whom the attack named shortly before was directed at."""
        doc, lexis = self.analysis.doc, _lexis()
        start = max(0, self.analysis.sentence_index(site.quantity.start) - 3)
        first = self.analysis.sentences[start].start if self.analysis.sentences else 0
        for index in range(site.first, first - 1, -1):
            token = doc[index]
            lemma = token.lemma_.lower()
            if lemma in lexis["attack_nouns"]:
                for preposition in token.children:
                    if preposition.lower_ in lexis["attack_prepositions"]:
                        for child in preposition.children:
                            found = self._ids(child.left_edge.idx, child.right_edge.idx + 1)
                            if found:
                                return found[:1]
            elif lemma in lexis["attack_verbs"] and token.tag_[0] == "V":
                for child in token.children:
                    if child.dep_ in ("dobj", "nsubjpass"):
                        found = self._ids(child.left_edge.idx, child.idx + len(child))
                        if found:
                            return found[:1]
        return ()


def _may_be_abroad(noun: Token | None) -> bool:
    """Whether those whom a noun counts may well be in a country that is not theirs."""
    if noun is None:
        return False
    soldiers = sort_of(noun.lemma_.lower(), noun.lower_) == "soldiers"
    return soldiers or noun.lemma_.lower() in _lexis()["hostile"]


def _objects(verb: Token) -> list[Token]:
    """The objects of the verbs joined to one: "killed 12 and displaced 300 people"."""
    joined = (c for c in verb.children if c.dep_ == "conj")
    return [o for c in joined for o in (c, *c.children) if o is c or o.dep_ == "dobj"]


def _is_weapon(noun: Token) -> bool:
    return noun_kind(noun.lemma_.lower(), noun.lower_) in ("weapons", "goods")


def _is_first_person(token: Token) -> bool:
    """Whether a token is "we", "our" or the like; "US" is none."""
    return token.lower_ in _FIRST_PERSON and token.tag_ in ("PRP", "PRP$")


def _given_in(site: Site) -> Token | None:
    """What a sum is given in: "$500m in Arvenian grants"."""
    unit, doc = site.quantity.unit, site.anchor.doc
    at = site.last + 1
    if unit is None or unit.kind != "money" or at >= len(doc) or doc[at].lower_ != "in":
        return None
    return next((c for c in doc[at].children if c.dep_ == "pobj"), None)


def _is_share(site: Site) -> bool:
    """Whether a figure is a share, whose "of" leads to the whole and not to an owner."""
    return site.quantity.unit is not None and site.quantity.unit.kind == "share"
