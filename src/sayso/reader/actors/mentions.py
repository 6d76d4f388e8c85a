"""From registry hits and proper-name chunks to actors and their mentions."""

from collections import Counter
from functools import cache, cached_property

from sayso import lexicon
from sayso.names import fold, parse_name, skeleton
from sayso.reader.actors.chunks import (
    Chunk,
    addresses,
    find_chunks,
    media_heads,
    media_start,
)
from sayso.reader.actors.drafts import Draft, DraftRole, Troupe
from sayso.reader.actors.institutions import Institutions
from sayso.reader.actors.metonyms import is_place
from sayso.reader.actors.people import Age, People, Person
from sayso.reader.actors.registry import Hit, Known, Registry
from sayso.reader.actors.roles import (
    Title,
    kin_gender,
    title_after,
    title_before,
    title_gender,
)
from sayso.reader.actors.tokens import Tokens
from sayso.reader.places import Surroundings, country_of
from sayso.reader.surroundings import named_after
from sayso.records import ActorKind

#: Evidence that a name must have to be an actor.
_ENOUGH = 1.4
_BODIES = frozenset({"organisation", "armed_force", "group", "outlet"})
_HEADS = frozenset({"headline", "subheading"})


class Mentions:
    """Records who and what is named in an article."""

    def __init__(self, tokens: Tokens, hits: list[Hit], registry: Registry, troupe: Troupe) -> None:
        self.tokens = tokens
        self.hits = hits
        self.registry = registry
        self.troupe = troupe
        self.people = People()
        self.named: set[int] = set()
        self.countries = self._countries()

    def find(self, institutions: Institutions) -> None:
        """Record the mentions of all names; roles and places need those of the hits."""
        self._record_hits()
        chunks = find_chunks(self.tokens, institutions)
        chunks = self._with_surnames(chunks, institutions)
        body = [c for c in chunks if not self._in_head(c)]
        heads = [c for c in chunks if self._in_head(c)]
        self._record_chunks(body, institutions, trusted=True)
        # A headline's capitals say little: there a name counts that the body has.
        self._record_chunks(heads, institutions, trusted=not body)

    def _around(self, first: int, last: int) -> Surroundings:
        """What the sentence and the article say of where a place lies."""
        tokens = self.tokens
        return Surroundings(
            within=named_after(tokens.analysis.article.text, tokens.end(last)),
            near=tuple(self._by_sentence.get(tokens.sents[first], ())),
            countries=self.countries,
        )

    @cached_property
    def _by_sentence(self) -> dict[int, dict[str, None]]:
        """The codes of the countries that each sentence names, in order."""
        found: dict[int, dict[str, None]] = {}
        for hit in self.hits:
            code = hit.entry.actor.country
            if code and hit.entry.actor.kind != "outlet":
                found.setdefault(self.tokens.sents[hit.first], {})[code] = None
        return found

    # Known names -------------------------------------------------------------------------

    def _countries(self) -> tuple[str, ...]:
        """The countries that the article names, most often first."""
        counts = Counter(
            hit.entry.actor.country for hit in self.hits if hit.entry.actor.kind != "outlet"
        )
        return tuple(code for code, _ in counts.most_common() if code)

    def _record_hits(self) -> None:
        for hit in self.hits:
            known, form = hit.entry.actor, hit.entry.form
            if form in ("capital", "seat"):
                self._record_seat(hit)
            elif form == "demonym":
                self.troupe.refer(hit.first, hit.last, "alias", self.troupe.known(known))
            else:
                first, last = hit.first, hit.last
                if known.kind == "outlet":
                    first, last = self._with_media(first, last)
                text = self.tokens.text(hit.first, hit.last)
                shape = "name" if fold(text) == fold(known.name) else "alias"
                draft = self.troupe.known(known)
                self.troupe.refer(
                    first, last, "name" if shape == "name" else "alias", draft, hit.last
                )
                self.troupe.call(first, last, hit.first, hit.last)

    def _record_seat(self, hit: Hit) -> None:
        tokens = self.tokens
        if is_place(tokens, hit):
            name = tokens.text(hit.first, hit.last)
            name = name.title() if name.isupper() and len(name) > 3 else name
            draft = self.troupe.actor(name, "place", hit.entry.actor.country)
            self.troupe.refer(hit.first, hit.last, "name", draft)
            return
        first = hit.first
        article = first and tokens.low[first - 1] == "the" and hit.entry.form == "seat"
        if article and tokens.sents[first - 1] == tokens.sents[first]:
            # "the Kremlin spokesperson": the article is the spokesperson's.
            inside = tokens.deps[hit.last] in ("compound", "nmod", "amod")
            first -= not inside
        draft = self.troupe.known(hit.entry.actor)
        self.troupe.refer(first, hit.last, "metonym", draft, hit.last)

    def _with_media(self, first: int, last: int) -> tuple[int, int]:
        """An outlet's name with the noun before or after it ("Russian media X", "the X daily")."""
        tokens = self.tokens
        after = last + 1
        follows = after < len(tokens) and tokens.heads[last] == after and tokens.is_noun(after)
        if follows and tokens.low[after] in media_heads():
            return first, after
        return media_start(tokens, first), last

    # Other names -------------------------------------------------------------------------

    def _in_head(self, chunk: Chunk) -> bool:
        block = self.tokens.analysis.block_at(self.tokens.starts[chunk.first])
        return block is not None and block.kind in _HEADS

    def _record_chunks(
        self, chunks: list[Chunk], institutions: Institutions, trusted: bool
    ) -> None:
        kinds = self._kinds(chunks)
        people = [c for c in chunks if kinds[self._key(c)] == "person"]
        self.named.update(i for c in people for i in range(c.first, c.last + 1))
        for chunk in chunks:
            kind = kinds[self._key(chunk)]
            person = self._who(chunk)
            if person is not None and (kind in (None, "person") or not self._sure(chunk, kind)):
                self._record_person(chunk, person)
            elif kind == "person" and trusted:
                self._record_person(chunk, self._person(chunk))
            elif kind is not None and kind != "person":
                self._record_thing(chunk, kind, institutions, trusted)

    def _key(self, chunk: Chunk) -> str:
        return skeleton(self.tokens.text(chunk.first, chunk.last))

    def _kinds(self, chunks: list[Chunk]) -> dict[str, ActorKind | None]:
        """The kind of each name, by all that speaks for it in the whole article."""
        sums: dict[str, dict[ActorKind, float]] = {}
        for chunk in chunks:
            held = sums.setdefault(self._key(chunk), {})
            for kind, score in chunk.scores.items():
                held[kind] = held.get(kind, 0.0) + score
        found: dict[str, ActorKind | None] = {}
        for key, scores in sums.items():
            best = max(scores.items(), key=lambda item: item[1], default=None)
            found[key] = best[0] if best is not None and best[1] >= _ENOUGH else None
        return found

    def _sure(self, chunk: Chunk, kind: ActorKind | None) -> bool:
        """Whether a name that could be a person's family name is clearly something else."""
        return kind is not None and not chunk.titled and chunk.scores.get(kind, 0.0) >= 3.5

    # People ------------------------------------------------------------------------------

    def _name(self, chunk: Chunk) -> str:
        return self.tokens.text(chunk.first, chunk.last)

    def _person(self, chunk: Chunk) -> Person:
        """The person of a name, made where there is none."""
        person, new = self.people.add(self._name(chunk))
        if new:
            self.troupe.drafts.append(person.draft)
        return person

    def _who(self, chunk: Chunk) -> Person | None:
        """The known person that a name leads to."""
        before = self.tokens.low[chunk.first - 1] if chunk.first else ""
        return self.people.named(
            self._name(chunk),
            gender=addresses().get(before, ""),
            age=_ages().get(before, ""),
            given=chunk.scores.get("person", 0.0) > 0,
        )

    def _with_surnames(self, chunks: list[Chunk], institutions: Institutions) -> list[Chunk]:
        """The names with those that the model does not see: family names of people named in full.

        "Zerenko" after "Oleksiy Zerenko" is one wherever it stands, if the text has no such word
        in lower case.
        """
        tokens = self.tokens
        kinds = self._kinds(chunks)
        # The longest first: "Beltrán Ruiz" is "José Beltrán Ruiz", wherever that stands.
        for chunk in sorted(chunks, key=lambda c: -len(parse_name(self._name(c)).words)):
            full = parse_name(self._name(chunk)).full
            if full and kinds[self._key(chunk)] == "person" and not self._in_head(chunk):
                self._person(chunk)
        surnames = self.people.surnames()
        if not surnames:
            return chunks
        taken = {i for chunk in chunks for i in range(chunk.start, chunk.last + 1)}
        common = {low for word, low in zip(tokens.words, tokens.low, strict=True) if word == low}
        more = [
            Chunk(i, i, i)
            for i, low in enumerate(tokens.low)
            if low in surnames
            and low not in common
            and tokens.words[i][0].isupper()
            and i not in taken
            and i not in institutions.hit_at
            and i not in institutions.used
        ]
        return sorted((*chunks, *more), key=lambda chunk: chunk.first)

    def _record_person(self, chunk: Chunk, person: Person) -> None:
        tokens, draft = self.tokens, person.draft
        own = self._name(chunk)
        if not draft.name or len(parse_name(own).words) > len(parse_name(draft.name).words):
            draft.name = own if not own.isupper() else own.title()
        person.places.append(chunk.first)
        taken = {i for hit in self.hits for i in range(hit.first, hit.last + 1)}
        start = chunk.first
        before = title_before(tokens, chunk.first, taken)
        if before is not None:
            self._role(draft, before)
            outer = None
            if before.joined:
                start = before.first
                # "Its spokeswoman, Major X"
                outer = title_before(tokens, start, taken) if start else None
            for title in (before,) if not before.joined else (outer,):
                if title is not None and not title.joined:
                    self._describe(title, draft)
                    self._role(draft, title)
        elif start and tokens.low[start - 1] in addresses():
            start -= 1
            draft.gender = draft.gender or addresses()[tokens.low[start]]
            before = title_before(tokens, start, taken)
            if before is not None and not before.joined:  # "the prime minister, Mr. X"
                self._describe(before, draft)
                self._role(draft, before)
        draft.gender = draft.gender or kin_gender(tokens, chunk.first, chunk.last)
        after = title_after(tokens, chunk.last, taken, self.named)
        if after is not None:
            self._role(draft, after)
            if tokens.low[after.first - 1] != "who":
                self._describe(after, draft)
        self.troupe.refer(start, chunk.last, "name", draft, chunk.last)
        self.troupe.call(start, chunk.last, chunk.first, chunk.last)

    def _describe(self, title: Title, draft: Draft) -> None:
        first = title.first
        before = first - 1
        if before >= 0 and (
            self.tokens.low[before] in ("the", "a", "an") or self.tokens.tags[before] == "PRP$"
        ):
            first = before
        self.troupe.refer(first, title.last, "description", draft, title.last)

    def _role(self, draft: Draft, title: Title) -> None:
        tokens = self.tokens
        of: Draft | None = None
        for (first, last), refs in sorted(self.troupe.refs.items()):
            ref = refs[0]
            if title.first <= first and last <= title.last and ref.draft is not draft:
                of = _better_owner(of, ref.draft)
        draft.roles.append(DraftRole(title.first, title.last, of))
        draft.gender = draft.gender or title_gender(tokens, title)
        if draft.country is None and of is not None:
            draft.country = of.country

    # Bodies, outlets, places -------------------------------------------------------------

    def _record_thing(
        self, chunk: Chunk, kind: ActorKind, institutions: Institutions, trusted: bool
    ) -> None:
        tokens = self.tokens
        first, last = chunk.first, chunk.last
        name = tokens.text(first, last)
        country: str | None = None
        if kind == "place":
            first, last, name = self._place_extent(first, last)
            country = country_of(name, self._around(first, last))
        elif kind == "outlet":
            first, last = self._with_media(first, last)
            country = self._only_country(first, chunk.first)
        else:
            known = self._misnamed(chunk)
            if known is not None:
                self.troupe.refer(first, last, "alias", self.troupe.known(known))
                return
            first, name, country = self._owned(chunk, name, institutions)
        draft = self._held(name, kind)
        if draft is None:
            if not trusted:
                return
            draft = self.troupe.actor(name, kind, country)
        self.troupe.refer(first, last, "name", draft, chunk.last)
        self.troupe.call(first, last, chunk.first, chunk.last)

    def _held(self, name: str, kind: ActorKind) -> Draft | None:
        """The actor that a name is, begins ("Kursk" of "Kursk region"), or is short for."""
        folded = fold(name)
        exact = [d for d in self.troupe.drafts if fold(d.name) == folded and d.kind != "person"]
        if exact:
            return exact[0]
        if kind == "organisation" and name.isupper() and len(name) > 2:
            short = [
                d for d in self.troupe.drafts if d.kind in _BODIES and name in _initials(d.name)
            ]
            if short:
                return short[0]
        longer = [
            d
            for d in self.troupe.drafts
            if d.kind == kind and fold(d.name).startswith(folded + " ")
        ]
        return longer[0] if len(longer) == 1 and kind in ("place", "organisation") else None

    def _place_extent(self, first: int, last: int) -> tuple[int, int, str]:
        after = last + 1
        nouns = _place_nouns()
        if after < len(self.tokens) and self.tokens.low[after] in nouns:
            last = after
        return first, last, self.tokens.text(first, last)

    def _only_country(self, first: int, last: int) -> str | None:
        codes = {
            hit.entry.actor.country for hit in self.hits if first <= hit.first and hit.last < last
        }
        return next(iter(codes)) if len(codes) == 1 else None

    def _owned(
        self, chunk: Chunk, name: str, institutions: Institutions
    ) -> tuple[int, str, str | None]:
        """A body's name with its owner: "Armenia's Security Council" is that "of Armenia"."""
        owned = institutions.owner_of(chunk.first, chunk.last)
        if owned is not None:
            first, owner = owned
            return first, f"{name} of {owner.of_name or owner.name}", owner.country
        before = institutions.hit_at.get(chunk.first - 1)
        sents = self.tokens.sents
        beside = before is not None and sents[before.first] == sents[chunk.first]
        if before is not None and beside and before.entry.actor.kind == "organisation":
            return before.first, self.tokens.text(before.first, chunk.last), None
        return chunk.first, name, None

    def _misnamed(self, chunk: Chunk) -> Known | None:
        """The known body whose long name differs in one word alone, as careless copy writes it."""
        words = self.tokens.low[chunk.first : chunk.last + 1]
        return _nearly_known(tuple(words)) if len(words) >= 4 else None


def _initials(name: str) -> tuple[str, str]:
    """The initials of a body's name, with and without those of its country ("of Velmora")."""
    found = [
        "".join(w[0] for w in part.split() if w[0].isupper())
        for part in (name, name.partition(" of ")[0])
    ]
    return found[0], found[1]


def _better_owner(held: Draft | None, other: Draft) -> Draft | None:
    """Of the actors in a title the one that it is an office of: a body before its country."""
    rank = {"organisation": 3, "armed_force": 3, "government": 2, "group": 2, "country": 1}
    if rank.get(other.kind, 0) == 0:
        return held
    if held is None or rank[other.kind] > rank[held.kind]:
        return other
    return held


@cache
def _ages() -> dict[str, Age]:
    return dict(lexicon.toml("roles")["age"])


@cache
def _place_nouns() -> frozenset[str]:
    return frozenset(lexicon.toml("places")["place_nouns"])


@cache
def _long_names() -> dict[int, list[tuple[tuple[str, ...], Known]]]:
    found: dict[int, list[tuple[tuple[str, ...], Known]]] = {}
    for row in lexicon.table("organisations"):
        words = tuple(fold(row["name"]).split())
        if len(words) >= 4:
            known = Known(row["name"], "organisation", row["country"] or None)
            found.setdefault(len(words), []).append((words, known))
    return found


def _nearly_known(words: tuple[str, ...]) -> Known | None:
    for other, known in _long_names().get(len(words), ()):
        differing = sum(a != b for a, b in zip(words, other, strict=True))
        if differing == 1 and words[-1] == other[-1]:
            return known
    return None
