"""Which mentions speak of the same agreement."""

from dataclasses import dataclass, field

from sayso.reader.agreements.mention import AgreementMention
from sayso.reader.agreements.parties import is_state
from sayso.reader.agreements.words import words
from sayso.records import Actor, DateRef, Obligation

#: Sentences over which "the deal" may take up what was called a treaty.
_NEAR = 4


@dataclass
class Group:
    """One agreement as it is gathered from its mentions.

    Attributes:
        mentions: in order.
        parties: by id, in order.
        milestones: the first date found for each of signed, ratified, in_force, ended.
        duration: how long it holds.
        obligations: its terms.
    """

    mentions: list[AgreementMention] = field(default_factory=list)
    parties: dict[str, Actor] = field(default_factory=dict)
    milestones: dict[str, DateRef] = field(default_factory=dict)
    duration: str | None = None
    obligations: list[Obligation] = field(default_factory=list)

    @property
    def kind(self) -> str:
        """The kind that its name says, else the narrowest that its mentions name, first met."""
        kinds = [m.kind for m in self.mentions if not m.paper]
        named = [m.kind for m in self.mentions if m.proper and m.core == self.name]
        return next((kind for kind in (*named, *kinds) if kind != "agreement"), "agreement")

    @property
    def name(self) -> str:
        """Its longest name in capitals, else its fullest description."""
        proper = [m.core for m in self.mentions if m.proper]
        return max(proper or [m.core for m in self.mentions if not m.paper], key=len)

    @property
    def modifiers(self) -> frozenset[str]:
        """All words that say which agreement it is."""
        return frozenset(word for m in self.mentions for word in m.modifiers)

    @property
    def year(self) -> str:
        """The year that its mentions date it by, else empty."""
        return next((m.year for m in self.mentions if m.year), "")

    @property
    def public(self) -> bool:
        """Whether it is one of states, not of firms or people."""
        return any(m.public for m in self.mentions) or any(map(is_state, self.parties.values()))

    def add(self, mention: AgreementMention) -> None:
        """Takes a mention in, with the parties that it names."""
        self.mentions.append(mention)
        for party in mention.parties:
            self.parties.setdefault(party.id, party)

    def agrees(self, mention: AgreementMention) -> bool:
        """Whether a mention may speak of this agreement, by kind and parties."""
        if mention.paper:
            return True
        if mention.year and self.year and mention.year != self.year:
            return False
        if (self.kind == "ceasefire") != (mention.kind == "ceasefire") and not (
            mention.bare and mention.kind == "agreement"
        ):
            return False
        named = {p.id for p in mention.parties}
        # One party known on each side may be the two ends of one agreement.
        return len(named) < 2 or len(self.parties) < 2 or not named.isdisjoint(self.parties)

    def matches(self, mention: AgreementMention) -> bool:
        """Whether a mention names this agreement by its own words."""
        own, other = self.modifiers, mention.modifiers
        if mention.bare and mention.kind == "ceasefire":
            return self.kind == "ceasefire"
        if not own or not other:
            return False
        named = [m for m in self.mentions if m.proper]
        if mention.proper and named:
            return any(
                m.modifiers <= other or other <= m.modifiers or _initials(m, mention) for m in named
            )
        return own <= other or other <= own or any(_initials(m, mention) for m in named)

    def takes_up(self, mention: AgreementMention) -> int:
        """How well a mention without words of its own ("the treaty") fits; 0 where it does not.

        A word that was not used of the agreement before takes it up only from near by.
        """
        if any(m.head.lower_ == mention.head.lower_ for m in self.mentions):
            return 3
        if mention.plural or _sentences_apart(self.mentions[-1], mention) > _NEAR:
            return 0
        if mention.kind == self.kind:
            return 2
        return 1


def _initials(first: AgreementMention, second: AgreementMention) -> bool:
    """Whether one is called by the other's first letters ("the INF Treaty")."""
    for long, short in ((first, second), (second, first)):
        if len(short.modifiers) != 1:
            continue
        (word,) = short.modifiers
        letters = "".join(
            part[0]
            for part in long.core.replace("-", " ").split()
            if part[0].isupper() and part.lower() not in words().kinds
        )
        if len(word) >= 3 and word.upper() in short.core and letters.lower() == word:
            return True
    return False


def _sentences_apart(first: AgreementMention, second: AgreementMention) -> int:
    doc = first.head.doc
    between = doc[first.head.i + 1 : second.head.i + 1]
    return sum(1 for token in between if token.is_sent_start)


def group_mentions(mentions: list[AgreementMention]) -> list[Group]:
    """The agreements that the mentions speak of, in order of first mention.

    A mention that only points back ("the treaty") joins the last one that it fits, first among
    those called by the same noun; one with nothing to point back to is dropped.
    """
    groups: list[Group] = []
    recent: list[Group] = []
    by_head: dict[int, Group] = {}
    for mention in mentions:
        found: Group | None = None
        if mention.beside is not None:
            found = by_head.get(mention.beside.i)
        if found is None:
            fitting = [g for g in reversed(recent) if g.agrees(mention)]
            if mention.paper:
                # Such a word takes up what was spoken of just before, nothing farther back.
                near = fitting[0] if fitting else None
                if near is not None and _sentences_apart(near.mentions[-1], mention) <= 1:
                    near.add(mention)
                continue
            found = _named_before(mention, fitting)
            if found is None and not _stands_alone(mention):
                continue
        if found is None:
            found = Group()
            groups.append(found)
        found.add(mention)
        by_head[mention.head.i] = found
        if found in recent:
            recent.remove(found)
        recent.append(found)
    return groups


def _named_before(mention: AgreementMention, fitting: list[Group]) -> Group | None:
    """The last of the agreements (latest first) that a mention speaks of."""
    if mention.other:
        return None
    found = next((g for g in fitting if g.matches(mention)), None)
    if found is None and mention.bare and mention.definite:
        best = max(fitting, key=lambda g: g.takes_up(mention), default=None)
        if best is not None and best.takes_up(mention) > 0:
            return best
    return found


def _stands_alone(mention: AgreementMention) -> bool:
    """Whether a mention may be the first that is said of an agreement."""
    if mention.plural and mention.bare:
        return False
    if mention.renamed:
        return True
    if not (mention.bare and mention.definite) or mention.kind == "ceasefire":
        return True
    return len(mention.parties) >= 2 or (mention.public and bool(mention.year or _acted(mention)))


def _acted(mention: AgreementMention) -> bool:
    """Whether its clause says what it binds to, or by whom it was made."""
    table = words()
    return any(
        (link.role == "subject" and link.word.lemma_ in table.bind_object)
        or (link.role == "object" and link.word.lemma_ in table.signed)
        for link in mention.links
    )
