"""People called by their office: "the spokesman", "the Russian leader", "the rebel commander"."""

from functools import cache

from sayso import lexicon
from sayso.reader.actors.drafts import Draft
from sayso.reader.actors.institutions import cue_verbs
from sayso.reader.actors.roles import title_around
from sayso.reader.actors.scene import DEFINITE, Scene


@cache
def called() -> dict[str, tuple[str, ...]]:
    """The words of titles by the noun that the text uses later on."""
    return {noun: tuple(words) for noun, words in lexicon.toml("roles")["person"].items()}


@cache
def _other(noun: str) -> tuple[str, ...]:
    return tuple(lexicon.toml("roles")["other"].get(noun, ()))


@cache
def _offices() -> frozenset[str]:
    return frozenset(lexicon.toml("roles")["offices"])


class Offices:
    """Leads a title that stands alone to the last person before it who bears it."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.tokens = scene.tokens
        self.taken = set(scene.hit_at)

    def lead(self, index: int) -> None:
        """Record whom the title at a token means, where somebody does."""
        tokens, scene = self.tokens, self.scene
        if index in scene.roles or index in scene.inside:
            return
        title = title_around(tokens, index, self.taken)
        if title is None:
            return
        first, last = title
        if any(i in scene.inside and i not in scene.hit_at for i in range(first, index + 1)):
            return
        before = tokens.low[first - 1] if first else ""
        country = self._country(first, last)
        possessive = tokens.tags[first] in ("NNP", "NNPS") and first in scene.hit_at
        if before not in DEFINITE and not (country and possessive and before not in ("a", "an")):
            return
        start = first - 1 if before in DEFINITE else first
        draft = self._bearer(start, first, index, country)
        if draft is not None:
            scene.troupe.refer(start, last, "description", draft, index)
            return
        verb = tokens.subject_verb(index)
        if country and verb is not None and tokens.lemmas[verb] in cue_verbs():
            name = tokens.text(first, last)
            made = scene.troupe.actor(name, "person", country)
            scene.troupe.refer(first, last, "description", made, index)

    def _country(self, first: int, last: int) -> str | None:
        hits = [self.scene.hit_at[i] for i in range(first, last + 1) if i in self.scene.hit_at]
        codes = {hit.entry.actor.country for hit in hits}
        return next(iter(codes)) if len(codes) == 1 else None

    def _bearer(self, start: int, first: int, index: int, country: str | None) -> Draft | None:
        """The last person before a title who bears it, else the only one who bears one like it."""
        noun = self.tokens.low[index]
        wanted = called().get(noun, (noun,))
        qualified = self.tokens.text(first, index).casefold() if first < index else ""
        people = list(
            dict.fromkeys(
                ref.draft for ref in self.scene.before(start) if ref.draft.kind == "person"
            )
        )
        for draft in people:
            if self._has_title(draft, noun, wanted, qualified, country):
                return draft
        if not qualified:
            return None
        like = [d for d in people if self._may_have(d, noun, wanted, qualified, country)]
        words = set(qualified.split()[:-1])
        sharing = [d for d in like if any(words & {*title.split()} for title, _ in self._titles(d))]
        like = sharing or like
        return like[0] if len(like) == 1 else None

    def _titles(self, draft: Draft) -> list[tuple[str, str | None]]:
        """A person's titles in lower case, each with the country that it is of."""
        return [
            (
                self.tokens.text(role.first, role.last).casefold(),
                role.of.country if role.of is not None else None,
            )
            for role in draft.roles
        ]

    def _has_title(
        self, draft: Draft, noun: str, wanted: tuple[str, ...], qualified: str, country: str | None
    ) -> bool:
        if country is not None and draft.country not in (None, country):
            return False
        for title, of in self._titles(draft):
            if qualified and qualified in title:
                return True
            if country is not None and of != country:
                continue
            # A qualified title must agree as it is: "the foreign minister" is not any minister.
            if qualified and country is None:
                continue
            if not qualified and any(other in title for other in _other(noun)):
                continue
            if any(word in title for word in wanted):
                return country is None or not qualified or _agrees(qualified, title)
        return False

    def _may_have(
        self, draft: Draft, noun: str, wanted: tuple[str, ...], qualified: str, country: str | None
    ) -> bool:
        """Whether a person's title is like a qualified one, and nothing speaks against it.

        "The league president" is the only president of the text; "the Karsovian minister" the
        minister's "Karsovian counterpart".
        """
        if country is not None and draft.country not in (None, country):
            return False
        for title, of in self._titles(draft):
            if country is not None and of not in (None, country):
                continue
            shared = set(qualified.split()[:-1]) & set(title.split())
            if "counterpart" in title and shared:
                return True
            if any(other in title for other in _other(noun)) or not _agrees(qualified, title):
                continue
            if any(word in title for word in wanted):
                return True
        return False


def _agrees(qualified: str, title: str) -> bool:
    """Whether what both titles say of the office agrees ("Russian foreign minister")."""
    offices = [word for word in qualified.split() if word in _offices()]
    return all(word in title for word in offices)
