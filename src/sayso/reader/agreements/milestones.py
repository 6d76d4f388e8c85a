"""When an agreement was signed, ratified, in force and ended, how long it holds, between whom."""

from spacy.tokens import Token

from sayso.reader.agreements.groups import Group
from sayso.reader.agreements.mentions import AgreementMention, parties_of
from sayso.reader.agreements.words import words
from sayso.reader.clauses import VERB, Clauses
from sayso.reader.events.settings import Settings
from sayso.reader.events.status import verb_status
from sayso.records import Actor, Date, DateRef


def read_milestones(
    clauses: Clauses, settings: Settings, dates: tuple[Date, ...], group: Group
) -> None:
    """Fills in a group's dates, duration and parties from the clauses of its mentions."""
    for mention in group.mentions:
        _modifying_date(settings, dates, mention, group)
        for verb in _verbs(clauses, mention.head):
            _verb(clauses, settings, mention, verb, group)
        _noun(clauses, settings, mention, group)
        if group.duration is None:
            group.duration = _duration(clauses, dates, mention)


def _modifying_date(
    settings: Settings, dates: tuple[Date, ...], mention: AgreementMention, group: Group
) -> None:
    """The "June 2024" of "the June 2024 agreement", the "1997" of "the treaty of 1997": signed."""
    span = mention.span
    for date in dates:
        if span.start <= date.span.start and date.span.end <= span.end and date.kind == "date":
            if date.value[:1].isdigit():
                group.milestones.setdefault("signed", DateRef(value=date.value, id=date.id))
            return
    for token in settings.clauses.analysis.tokens_in(span.start, span.end):
        text = token.text
        if token.i < mention.head.i and len(text) == 4 and text[:2] in ("18", "19", "20"):
            if text.isascii() and text.isdigit():
                group.milestones.setdefault("signed", DateRef(value=text))
            return
    for prep, inner in settings.clauses.prepositions(mention.head):
        if prep in ("of", "from") and (inner.ent_type_ == "DATE" or inner.pos_ == "NUM"):
            for date in dates:
                if date.span.start <= inner.idx < date.span.end and date.value[:1].isdigit():
                    ref = DateRef(value=date.value, id=date.id)
                    group.milestones.setdefault("signed", ref)
                    return


def _verbs(clauses: Clauses, head: Token) -> list[Token]:
    """The verbs that an agreement is an object or a subject of, relative clauses included."""
    found = []
    top = head
    while top.dep_ == "conj" and top.head.pos_ not in VERB:
        top = top.head
    if head.pos_ == "VERB":  # "agreed to cease fire"
        return [head.head]
    if top.dep_ in ("dobj", "nsubj", "nsubjpass") and top.head.pos_ in VERB:
        found += [t for t in clauses.conjuncts(top.head) if t.pos_ in VERB]
    for dep, child in clauses.children(head):
        if dep in ("acl", "relcl"):
            found += [t for t in clauses.conjuncts(child) if t.pos_ in VERB]
    return found


def _verb(
    clauses: Clauses, settings: Settings, mention: AgreementMention, verb: Token, group: Group
) -> None:
    table = words()
    lemma = verb.lemma_
    name = None
    if lemma in table.signed:
        name = "signed"
    elif lemma in table.ratified:
        name = "ratified"
    elif lemma in table.ended:
        name = "ended"
    elif lemma in table.force_verbs and _has_force(clauses, verb):
        name = "in_force"
    acts = lemma in table.party_verbs
    if name is None and not acts:
        return
    if verb_status(clauses, verb) not in ("happened", "ongoing"):
        return
    if acts:
        agents = clauses.actors_of(t for t in clauses.agents(verb) if t.i != mention.head.i)
        for prep, inner in clauses.prepositions(verb):
            if prep in ("with", "between"):
                agents += clauses.actors_of(clauses.conjuncts(inner))
        acting = parties_of(clauses, agents)
        if lemma not in table.plural_only or len(acting) > 1:
            _take(group, acting)
    if name is not None:
        date = settings.date([verb, mention.head])
        if date is not None:
            group.milestones.setdefault(name, date)


def _take(group: Group, parties: list[Actor]) -> None:
    """Adds parties; a lone new one to a settled pair is one who acts on it from outside."""
    if len(group.parties) >= 2 and len(parties) == 1:
        return
    for party in parties:
        group.parties.setdefault(party.id, party)


def _has_force(clauses: Clauses, verb: Token) -> bool:
    """Whether "force" or "effect" stands by the verb ("entered into force", "took effect")."""
    table = words()
    near = [c for dep, c in clauses.children(verb) if dep == "dobj"]
    near += [inner for prep, inner in clauses.prepositions(verb) if prep in ("into", "in")]
    return any(t.lower_ in table.force_nouns for t in near)


def _noun(clauses: Clauses, settings: Settings, mention: AgreementMention, group: Group) -> None:
    """The "signing of the treaty in June" and "the treaty's ratification in May"."""
    table = words()
    head = mention.head
    noun = None
    if head.dep_ == "pobj" and head.head.lower_ == "of":
        noun = head.head.head
    elif head.dep_ == "poss":
        noun = head.head
    name = table.milestone_nouns.get(noun.lemma_.lower()) if noun is not None else None
    if noun is None or name is None:
        return
    date = settings.date([noun])
    if date is not None:
        group.milestones.setdefault(name, date)


def _duration(clauses: Clauses, dates: tuple[Date, ...], mention: AgreementMention) -> str | None:
    """How long it holds: "indefinite", or an ISO 8601 duration as the dates give it."""
    table = words()
    head = mention.head
    near: list[Token] = [c for dep, c in clauses.children(head) if dep in ("amod", "acl")]
    heads = [head]
    for verb in _verbs(clauses, head):
        if verb.lemma_ not in table.duration_verbs | table.signed and not clauses.child(
            verb, "xcomp"
        ):
            continue
        heads.append(verb)
        xcomp = clauses.child(verb, "xcomp")
        if xcomp is not None:
            heads.append(xcomp)
    for token in heads:
        for dep, child in clauses.children(token):
            if dep in ("acomp", "attr", "advmod", "oprd", "amod"):
                near += [child, *(c for _, c in clauses.children(child) if c.pos_ == "ADJ")]
        for prep, inner in clauses.prepositions(token):
            if prep in ("for", "of", "in"):
                near += [inner, *(c for dep, c in clauses.children(inner) if dep == "amod")]
    if any(t.lower_ in table.indefinite for t in near):
        return "indefinite"
    for date in dates:
        if date.kind != "duration" or not date.value[1:2].isdigit():
            continue
        start, end = date.span.start, date.span.end
        if mention.span.start <= start and end <= mention.span.end:
            return date.value
        if any(start <= t.idx < end for t in near):
            return date.value
    return None
