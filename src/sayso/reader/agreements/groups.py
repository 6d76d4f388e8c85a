"""Which mentions speak of the same agreement."""

from dataclasses import dataclass, field

from sayso.reader.agreements.mentions import AgreementMention
from sayso.records import Actor, DateRef, Obligation


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

    def add(self, mention: AgreementMention) -> None:
        """Takes a mention in, with the parties that it names."""
        self.mentions.append(mention)
        for party in mention.parties:
            self.parties.setdefault(party.id, party)

    def agrees(self, mention: AgreementMention) -> bool:
        """Whether a mention may speak of this agreement, by kind and parties."""
        if mention.paper:
            return True
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
        if mention.proper and any(m.proper for m in self.mentions):
            return any(
                m.proper and (m.modifiers <= other or other <= m.modifiers) for m in self.mentions
            )
        return own <= other or other <= own


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
    for mention in mentions:
        fitting = [g for g in reversed(recent) if g.agrees(mention)]
        if mention.paper:
            # Such a word takes up what was spoken of just before, nothing farther back.
            near = fitting[0] if fitting else None
            if near is not None and _sentences_apart(near.mentions[-1], mention) <= 1:
                near.add(mention)
            continue
        found = next((g for g in fitting if g.matches(mention)), None)
        if mention.other:
            found = None
        elif found is None and mention.bare and mention.definite:
            noun = mention.head.lower_
            called = (g for g in fitting if any(m.head.lower_ == noun for m in g.mentions))
            loose = (g for g in fitting if mention.kind in (g.kind, "agreement"))
            found = next(called, None) or next(loose, None)
            if found is None and len(mention.parties) < 2 and mention.kind != "ceasefire":
                continue
        if found is None:
            found = Group()
            groups.append(found)
        found.add(mention)
        if found in recent:
            recent.remove(found)
        recent.append(found)
    return groups
