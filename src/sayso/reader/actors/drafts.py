"""Actors in the making: what each step of finding actors fills, and the cast made of it."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from sayso.names import is_first_name
from sayso.reader.actors.registry import Known
from sayso.reader.actors.tokens import Tokens
from sayso.reader.cast import Cast
from sayso.records import Actor, ActorKind, Mention, MentionForm, Role, record_id

_ALIAS_FORMS = frozenset({"name", "alias", "metonym"})


@dataclass(frozen=True, slots=True)
class DraftRole:
    """A title from token ``first`` to ``last``, and whose it is."""

    first: int
    last: int
    of: "Draft | None"


@dataclass(eq=False)
class Draft:
    """An actor in the making; compared by identity.

    Attributes:
        gender: "m", "f" or "" (not known), for people.
        plural: whether the name is a plural ("Ukrainian officials").
    """

    name: str
    kind: ActorKind
    country: str | None = None
    gender: str = ""
    plural: bool = False
    roles: list[DraftRole] = field(default_factory=list)


def is_bare(draft: Draft) -> bool:
    """Whether nothing but a label says that a name is a person's: no title, no first name."""
    words = draft.name.split()
    return not (draft.roles or draft.gender or is_first_name(words[0]) or len(words) > 2)


@dataclass(frozen=True, slots=True)
class Ref:
    """A mention in the making: tokens ``first`` to ``last`` (inclusive), and its main noun."""

    first: int
    last: int
    head: int
    form: MentionForm
    draft: Draft


@dataclass
class Troupe:
    """The actors and mentions found so far.

    Attributes:
        drafts: actors in the order in which they were made.
        called: of mentions with a title or a noun around the name, the range of the name.
        refs: mentions by their token range; several actors may share one ("both countries").
    """

    tokens: Tokens
    drafts: list[Draft] = field(default_factory=list)
    refs: dict[tuple[int, int], list[Ref]] = field(default_factory=dict)
    called: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)
    _by_name: dict[tuple[str, ActorKind], Draft] = field(default_factory=dict)

    def actor(
        self, name: str, kind: ActorKind, country: str | None = None, plural: bool = False
    ) -> Draft:
        """The actor of this name and kind, made where there is none."""
        key = (name.casefold(), kind)
        draft = self._by_name.get(key)
        if draft is None:
            draft = self._by_name[key] = Draft(name, kind, country, plural=plural)
            self.drafts.append(draft)
        elif draft.country is None:
            draft.country = country
        return draft

    def known(self, known: Known) -> Draft:
        """The actor of a known one."""
        return self.actor(known.name, known.kind, known.country)

    def refer(
        self, first: int, last: int, form: MentionForm, draft: Draft, head: int | None = None
    ) -> None:
        """Record that tokens ``first`` to ``last`` refer to an actor; once is enough."""
        held = self.refs.setdefault((first, last), [])
        if all(ref.draft is not draft for ref in held):
            held.append(Ref(first, last, last if head is None else head, form, draft))

    def call(self, first: int, last: int, name_first: int, name_last: int) -> None:
        """Record which part of a mention is the name."""
        if (first, last) != (name_first, name_last):
            self.called[first, last] = (name_first, name_last)

    def ordered(self) -> list[Ref]:
        """The mentions, by place in the text, the longer first."""
        return [ref for key in sorted(self.refs, key=_place) for ref in self.refs[key]]

    def cast(self) -> Cast:
        """The cast: actors that are mentioned, in order of first mention."""
        text = self.tokens.analysis.article.text
        mentions: dict[int, list[Mention]] = {}
        names: dict[int, list[str]] = {}
        for ref in self.ordered():
            if ref.form in _ALIAS_FORMS:
                name = self.called.get((ref.first, ref.last), (ref.first, ref.last))
                names.setdefault(id(ref.draft), []).append(self.tokens.text(*name))
            span = self._mention(ref)
            if span.end > span.start:
                mentions.setdefault(id(ref.draft), []).append(span)
        ids: dict[int, str] = {}
        taken: set[str] = set()
        for draft in self.drafts:
            number = 1
            ids[id(draft)] = record_id("actor", draft.name, draft.kind)
            while ids[id(draft)] in taken:
                number += 1
                ids[id(draft)] = record_id("actor", draft.name, draft.kind, number)
            taken.add(ids[id(draft)])
        actors = [
            Actor(
                id=ids[id(draft)],
                name=draft.name,
                kind=draft.kind,
                aliases=_aliases(draft.name, names.get(id(draft), [])),
                roles=self._roles(draft, ids, mentions),
                country=draft.country,
                mentions=tuple(sorted(mentions[id(draft)])),
            )
            for draft in self.drafts
            if id(draft) in mentions
        ]
        actors.sort(key=lambda actor: (actor.mentions[0].start, -actor.mentions[0].end))
        return Cast(tuple(actors), text)

    def _mention(self, ref: Ref) -> Mention:
        article = self.tokens.analysis.article
        start, end = self.tokens.starts[ref.first], self.tokens.end(ref.last)
        return Mention(start, end, article.text[start:end], ref.form)

    def _roles(
        self, draft: Draft, ids: dict[int, str], mentions: dict[int, list[Mention]]
    ) -> tuple[Role, ...]:
        found: dict[str, Role] = {}
        for role in sorted(draft.roles, key=lambda role: (role.first, role.last)):
            start, end = self.tokens.starts[role.first], self.tokens.end(role.last)
            span = self.tokens.analysis.article.span(start, end)
            of = ids[id(role.of)] if role.of is not None and id(role.of) in mentions else None
            held = found.get(span.text.casefold())
            if held is None or (held.of is None and of is not None):
                found[span.text.casefold()] = Role(title=span.text, of=of, span=span)
        return tuple(found.values())


def _place(key: tuple[int, int]) -> tuple[int, int]:
    return key[0], -key[1]


def _aliases(name: str, names: Iterable[str]) -> tuple[str, ...]:
    """The distinct words, other than the name, by which an actor is named."""
    found: dict[str, str] = {}
    for other in names:
        if other.casefold() != name.casefold():
            found.setdefault(other.casefold(), other)
    return tuple(found.values())
