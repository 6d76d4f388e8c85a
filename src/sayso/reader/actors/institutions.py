"""Bodies that are named by whose they are: governments, ministries, forces, services, officials.

"Russia's Foreign Ministry", "the Azeri government", "Ukrainian forces", "Western media outlets":
a noun of the lexicon, and an owner or a modifier before it (or an owner after "of").
"""

from dataclasses import dataclass
from functools import cache

from sayso import lexicon
from sayso.reader.actors.drafts import Draft, Troupe
from sayso.reader.actors.registry import Hit, Known, Registry, government_of, split_words
from sayso.reader.actors.tokens import Tokens
from sayso.records import MentionForm

_MODIFIER_TAGS = frozenset({"JJ", "JJR", "JJS", "NN", "NNS", "NNP", "NNPS", "VBN", "VBG", "CD"})
_NEVER_MODIFIER = frozenset({"nsubj", "pobj", "dobj", "ROOT", "conj", "npadvmod", "attr", "prep"})
#: Tokens between an owner and its noun at most ("Ukrainian special operations forces").
_REACH = 4


@dataclass(frozen=True, slots=True)
class _Phrase:
    """A noun of the lexicon: the words before its last one, and what it names."""

    before: tuple[str, ...]
    sort: str


@dataclass(frozen=True, slots=True)
class _Owned:
    """A noun phrase with its owners; ``middle`` is where the words after the owner begin."""

    first: int
    last: int
    middle: int
    owners: tuple[Known, ...]
    possessive: bool = False


@cache
def _phrases() -> dict[str, list[_Phrase]]:
    """The lexicon's nouns by their last word, longest first."""
    data = lexicon.toml("institutions")
    lists = {
        "government": data["government"],
        "whole": data["force"]["whole"],
        "branch": data["force"]["branch"],
        "body": data["body"]["heads"],
        "collective": data["collective"]["heads"],
        "bare": data["collective"]["bare"],
        "people": data["collective"]["people"],
        "united": data["collective"]["united"],
        "document": data["document"]["heads"],
        "ministry": list(data["ministry"]["heads"]),
        "department": list(data["ministry"]["departments"]),
    }
    found: dict[str, list[_Phrase]] = {}
    for sort, names in lists.items():
        for name in names:
            words = split_words(name)
            found.setdefault(words[-1], []).append(_Phrase(tuple(words[:-1]), sort))
    for phrases in found.values():
        phrases.sort(key=lambda phrase: -len(phrase.before))
    return found


@cache
def _set(*path: str) -> frozenset[str]:
    data = lexicon.toml("institutions")
    for part in path:
        data = data[part]
    return frozenset(data)


@cache
def cue_verbs() -> frozenset[str]:
    """Lemmas of the verbs that attribute."""
    return frozenset(row["lemma"] for row in lexicon.table("cue_verbs"))


@cache
def speaking_verbs() -> frozenset[str]:
    """Of those, the ones that only say or report."""
    rows = lexicon.table("cue_verbs")
    return frozenset(row["lemma"] for row in rows if row["type"] in ("say", "report"))


class Institutions:
    """One pass over an article's nouns; ``used`` are the tokens that belong to what was found."""

    def __init__(self, tokens: Tokens, hits: list[Hit], registry: Registry, troupe: Troupe) -> None:
        self.tokens = tokens
        self.registry = registry
        self.troupe = troupe
        self.used: set[int] = set()
        self.hit_at = {i: hit for hit in hits for i in range(hit.first, hit.last + 1)}
        self._forces: dict[str, Draft] = {}
        self._open: list[tuple[int, int, str]] = []

    def find(self) -> None:
        """Find them all and record their mentions."""
        phrases, low = _phrases(), self.tokens.low
        for index, word in enumerate(low):
            for phrase in phrases.get(word, ()):
                first = index - len(phrase.before)
                if phrase.before and (first < 0 or tuple(low[first:index]) != phrase.before):
                    continue
                if index in self.used or index in self.hit_at:
                    break
                if self._take(phrase.sort, first, index):
                    break
        self._close_ministries()

    def _take(self, sort: str, first: int, last: int) -> bool:
        if sort in ("ministry", "department"):
            return self._ministry(first, last, sort == "department")
        if not self._is_head(last, sort):
            return False
        if sort == "government":
            return self._government(first, last)
        if sort in ("whole", "branch"):
            return self._force(first, last, sort == "whole")
        if sort == "body":
            return self._body(first, last)
        if sort == "document":
            return self._document(last)
        if sort in ("people", "united") and not self._takes_part(last):
            return False
        return self._collective(first, last, sort in ("bare", "people"))

    def _takes_part(self, last: int) -> bool:
        """Whether a noun acts or is acted on in a clause, by more than speaking."""
        tokens, at = self.tokens, last
        for _ in range(4):
            if tokens.deps[at] != "conj":
                break
            at = tokens.heads[at]
        verb = tokens.subject_verb(at)
        if verb is not None:
            return tokens.lemmas[verb] not in cue_verbs()
        role = tokens.deps[at]
        if role == "pobj" and tokens.low[tokens.heads[at]] == "of":
            counted = tokens.heads[tokens.heads[at]]  # "thousands of teachers", "a group of men"
            return tokens.low[counted] in _set("collective", "counts") and self._takes_part(counted)
        governor = tokens.heads[at]
        if role == "pobj":
            if tokens.low[governor] not in _set("collective", "towards"):
                return False
            governor = tokens.heads[governor]
        elif role not in ("dobj", "dative"):
            return False
        return tokens.lemmas[governor] not in speaking_verbs()  # who is spoken to takes no part

    def _is_head(self, last: int, sort: str) -> bool:
        """Whether a noun heads its phrase: no other noun follows that takes its place."""
        tokens = self.tokens
        if not tokens.is_noun(last):
            return False
        after = last + 1
        if after >= len(tokens) or not tokens.is_noun(after) or tokens.heads[last] != after:
            joined = after < len(tokens) and tokens.starts[after] == tokens.end(last)
            return not (joined and tokens.words[after] in "-‐")
        return tokens.low[after] in _set("body", "followed_by") or (
            tokens.proper[after] and sort not in ("collective", "document")
        )

    # Owners ------------------------------------------------------------------------------

    def _country(self, hit: Hit) -> Known | None:
        known = hit.entry.actor
        if known.kind == "country":
            return known
        if known.kind == "government" and hit.entry.form in ("capital", "seat"):
            return self.registry.countries.get(known.country or known.of_name)
        return None

    def owner_of(self, first: int, last: int) -> tuple[int, Known] | None:
        """The country right before a name, and the token where it begins."""
        owned = self._owner_before(first, last)
        if owned is None or owned.middle != first:
            return None
        return owned.first, owned.owners[-1]

    def _owned(self, first: int, last: int) -> _Owned | None:
        """The phrase from its owner on: an owner before it, else one after "of"."""
        return self._owner_before(first, last) or self._owner_after(first, last)

    def _owner_before(self, first: int, last: int) -> _Owned | None:
        tokens = self.tokens
        at = first - 1
        for _ in range(_REACH):
            if at < 0 or tokens.sents[at] != tokens.sents[last]:
                return None
            hit = self.hit_at.get(at)
            possessive = tokens.tags[at] == "POS"
            if possessive and hit is None:
                hit = self.hit_at.get(at - 1)
                if hit is None:
                    return None
            if hit is not None:
                country = self._country(hit)
                if country is None:
                    return None
                if hit.entry.form != "demonym" and not possessive and tokens.ents[at] == "PERSON":
                    return None
                owners, start = self._more_owners(hit, country)
                return _Owned(start, last, at + 1, owners, possessive)
            if tokens.tags[at] not in _MODIFIER_TAGS and tokens.words[at] not in ("-", "&", "and"):
                return None
            at -= 1
        return None

    def _more_owners(self, hit: Hit, country: Known) -> tuple[tuple[Known, ...], int]:
        """The owners of a row that ends with a hit ("Russian and Ukrainian"), and its start."""
        if hit.first >= 2 and self.tokens.low[hit.first - 1] in ("and", "or", "&"):
            other = self.hit_at.get(hit.first - 2)
            also = self._country(other) if other is not None else None
            adjective = other is not None and other.entry.form == hit.entry.form == "demonym"
            if other is not None and also is not None and adjective:
                return (also, country), other.first
        return (country,), hit.first

    def _owner_after(self, first: int, last: int) -> _Owned | None:
        tokens = self.tokens
        at, owners, end = last + 1, [], last
        if at >= len(tokens) or tokens.low[at] != "of":
            return None
        at += 1
        while at < len(tokens):
            if tokens.low[at] in ("the", "and", ","):
                at += 1
                continue
            hit = self.hit_at.get(at)
            country = self._country(hit) if hit is not None else None
            if hit is None or country is None or hit.entry.form == "demonym":
                break
            owners.append(country)
            at = end = hit.last
            at += 1
            if at < len(tokens) and tokens.low[at] not in ("and", ","):
                break
        if not owners:
            return None
        return _Owned(first, end, first, tuple(owners))

    # Kinds of bodies ---------------------------------------------------------------------

    def _record(self, owned: _Owned, draft: Draft, head: int) -> None:
        form: MentionForm = "name" if len(owned.owners) == 1 else "description"
        self.troupe.refer(owned.first, owned.last, form, draft, head)
        self.used.update(i for i in range(owned.first, owned.last + 1) if i not in self.hit_at)

    def _government(self, first: int, last: int) -> bool:
        owned = self._owned(first, last)
        if owned is None:
            return False
        for owner in owned.owners:
            self._record(owned, self.troupe.known(government_of(owner)), last)
        return True

    def _ministry(self, first: int, last: int, department: bool) -> bool:
        """Read "Orlian Foreign Ministry", "Ministry of Defense of Orlia", or one without owner."""
        tokens = self.tokens
        if department and not tokens.words[last][0].isupper():
            return False
        start, end, name = self._portfolio(first, last)
        if name is None or (department and name not in _set_values()):
            return False
        owned = self._owned(start, end)
        if owned is None and department:
            country = self.registry.countries.get(_department_country())
            owned = _Owned(start, end, start, (country,)) if country else None
        if owned is None:
            self._open.append((start, end, name))
            self.used.update(range(start, end + 1))
            return True
        title = "Department" if department else "Ministry"
        for owner in owned.owners:
            draft = self.troupe.actor(
                f"{title} of {name} of {owner.of_name or owner.name}", "organisation", owner.country
            )
            self._record(owned, draft, last)
        return True

    def _portfolio(self, first: int, last: int) -> tuple[int, int, str | None]:
        """The phrase with its portfolio, and the portfolio's canonical name."""
        tokens, table = self.tokens, lexicon.toml("institutions")["portfolio"]
        if last + 2 < len(tokens) and tokens.low[last + 1] == "of":
            at = last + 2
            if tokens.low[at] == "the":
                at += 1
            for end in range(min(at + 2, len(tokens) - 1), at - 1, -1):
                name = table.get(" ".join(tokens.low[at : end + 1]))
                if name is not None:
                    return first, end, name
            end = at
            if self.hit_at.get(at) is None and tokens.proper[at]:
                while end + 1 < len(tokens) and self._goes_on(end + 1):
                    end += 1
                return first, end, tokens.text(at, end)
        for start in range(max(0, first - 2), first):
            name = table.get(" ".join(tokens.low[start:first]))
            if name is not None and start not in self.hit_at:
                return start, last, name
        start = first
        while start and tokens.proper[start - 1] and start - 1 not in self.hit_at:
            start -= 1
        if start < first and first - start <= 3 and tokens.words[last][0].isupper():
            return start, last, tokens.text(start, first - 1)
        return first, last, None

    def _goes_on(self, index: int) -> bool:
        """Whether a portfolio after "of" goes on ("Trade and Industry")."""
        tokens = self.tokens
        if index in self.hit_at or tokens.sents[index] != tokens.sents[index - 1]:
            return False
        if tokens.low[index] == "and":
            return index + 1 < len(tokens) and tokens.proper[index + 1]
        return tokens.proper[index]

    def _close_ministries(self) -> None:
        """Lead ministries without an owner to the one last named before them, or the only one."""
        held: dict[str, list[tuple[int, Draft]]] = {}
        for ref in self.troupe.ordered():
            if ref.draft.kind == "organisation":
                held.setdefault(ref.draft.name, []).append((ref.first, ref.draft))
        for first, last, name in self._open:
            wanted = f"Ministry of {name} of "
            known = [
                item for title, items in held.items() if title.startswith(wanted) for item in items
            ]
            before = [draft for at, draft in sorted(known, key=lambda k: k[0]) if at < first]
            drafts = {id(draft): draft for _, draft in known}
            form: MentionForm = "description"
            if before:
                draft = before[-1]
            elif len(drafts) == 1:
                draft = next(iter(drafts.values()))
            elif any(self.tokens.proper[i] for i in range(first, last + 1)):
                draft, form = self.troupe.actor(f"Ministry of {name}", "organisation"), "name"
            else:
                continue
            self.troupe.refer(first, last, form, draft)

    def _force(self, first: int, last: int, whole: bool) -> bool:
        owned = self._owned(first, last)
        if owned is None:
            return False
        plain = (whole and owned.middle == first) or owned.last > last
        for owner in owned.owners:
            key = owner.country or owner.name
            draft = self._forces.get(key) if whole and plain else None
            if draft is None:
                draft = self.troupe.actor(
                    self._name(owned, owner, last), "armed_force", owner.country
                )
                if whole and plain:
                    self._forces[key] = draft
            draft.plural = self.tokens.tags[last] in ("NNS", "NNPS")
            self._record(owned, draft, last)
        return True

    def _body(self, first: int, last: int) -> bool:
        phrase = " ".join(self.tokens.low[first : last + 1])
        owned = self._owned(first, last)
        if owned is None:
            return False
        kind = "outlet" if phrase in _set("body", "outlets") else "organisation"
        for owner in owned.owners:
            name = self._name(owned, owner, last)
            actor = self.troupe.actor(
                name, "outlet" if kind == "outlet" else "organisation", owner.country
            )
            self._record(owned, actor, last)
        return True

    def _name(self, owned: _Owned, owner: Known, last: int) -> str:
        """The words of the text, or "X of Country" where X is a proper name or a possessive's."""
        tokens = self.tokens
        core_last = min(last, owned.last)
        core = tokens.text(owned.middle, core_last)
        capital = all(
            tokens.words[i][0].isupper() or tokens.words[i] in ("of", "and", "-")
            for i in range(owned.middle, core_last + 1)
        )
        after = owned.last > last
        if (capital and core_last > owned.middle) or after or owned.possessive:
            shown = core if capital else core[0].upper() + core[1:]
            return f"{shown} of {owner.of_name or owner.name}"
        if len(owned.owners) > 1:
            return f"{core} of {owner.of_name or owner.name}"
        return tokens.text(owned.first, core_last)

    # Groups and documents ----------------------------------------------------------------

    def _phrase_start(self, first: int) -> int:
        """The first token of the modifiers that stand before a noun."""
        tokens, at = self.tokens, first
        while at and tokens.sents[at - 1] == tokens.sents[first]:
            before = at - 1
            if before in self.hit_at:
                at = self.hit_at[before].first
                continue
            if tokens.tags[before] == "POS" and before - 1 in self.hit_at:
                at = before
                continue
            hyphen = tokens.words[before] in "-‐" and tokens.end(before) == tokens.starts[at]
            if not hyphen and (
                tokens.tags[before] not in _MODIFIER_TAGS
                or tokens.deps[before] in _NEVER_MODIFIER
                or tokens.ents[before] in ("DATE", "TIME")
            ):
                break
            at = before
        return at

    def _collective(self, first: int, last: int, bare: bool) -> bool:
        tokens = self.tokens
        if tokens.tags[last] not in ("NNS", "NNPS", "NN") or last in self.hit_at:
            return False
        start = self._phrase_start(first)
        while start < first and tokens.low[start] in _set("collective", "weak"):
            start += 1
        while start < first and tokens.tags[start] in ("CD", "RB"):
            start += 1
        if start == first and not bare:
            return False
        if tokens.low[last] in lexicon.toml("roles")["governments"] and tokens.proper[first - 1]:
            return False  # "the Torvan government" is that of a country, if anybody's
        if start >= 2 and tokens.low[start - 1] in ("and", "or") and start - 2 in self.hit_at:
            return False  # "Russian and North Korean leaders": of two countries, no one group
        countries = {
            hit.entry.actor.country
            for i in range(start, first)
            if (hit := self.hit_at.get(i)) is not None and hit.entry.actor.country
        }
        name = tokens.text(start, last)
        draft = self.troupe.actor(
            name, "group", countries.pop() if len(countries) == 1 else None, plural=True
        )
        self.troupe.refer(start, last, "name", draft, last)
        self.used.update(i for i in range(start, last + 1) if i not in self.hit_at)
        return True

    def _document(self, last: int) -> bool:
        tokens = self.tokens
        verb = tokens.subject_verb(last)
        said = verb is not None and tokens.lemmas[verb] in cue_verbs()
        according = (
            tokens.deps[last] == "pobj"
            and tokens.low[tokens.heads[last]] == "to"
            and tokens.heads[last] > 0
            and tokens.low[tokens.heads[last] - 1] == "according"
        )
        if tokens.tags[last] not in ("NN", "NNP") or not (said or according):
            return False
        start = last
        while start and tokens.sents[start - 1] == tokens.sents[last]:
            if tokens.tags[start - 1] not in _MODIFIER_TAGS and tokens.tags[start - 1] != "POS":
                break
            start -= 1
        while start < last and tokens.low[start] in _set("collective", "weak"):
            start += 1
        if start == last or not any(tokens.words[i][0].isupper() for i in range(start, last)):
            return False
        draft = self.troupe.actor(tokens.text(start, last), "document")
        self.troupe.refer(start, last, "name", draft, last)
        return True


@cache
def _set_values() -> frozenset[str]:
    return frozenset(lexicon.toml("institutions")["portfolio"].values())


def _department_country() -> str:
    return str(lexicon.toml("institutions")["ministry"]["department_country"])
