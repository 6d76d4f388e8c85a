"""Scoring agreements and actors."""

from collections import Counter
from collections.abc import Iterable, Sequence

from msgspec import UNSET

from sayso.evaluation.gold import GoldActor, GoldAgreement, GoldObligation
from sayso.evaluation.look import Read, shown, text_of, value_of, words_agree
from sayso.evaluation.matching import ENOUGH, alike, contained, jaccard, normal, pair, same_words
from sayso.evaluation.report import Scores
from sayso.records import Actor, Agreement, Mention, Obligation


def score_agreements(scores: Scores, read: Read, gold: Sequence[GoldAgreement]) -> None:
    """Agreements by name, milestones, parties, mentions and each obligation."""
    predicted = read.reading.agreements
    paired = pair(
        ((agreement.name == wanted.name, held), g, p)
        for g, wanted in enumerate(gold)
        for p, agreement in enumerate(predicted)
        if (held := _likeness(agreement, wanted)) > 0
    )
    scores.count(
        "agreements",
        "found",
        [(g.optional, shown(g.name)) for g in gold],
        [(False, shown(a.name)) for a in predicted],
        paired,
    )
    for g, wanted in enumerate(gold):
        if not wanted.optional:
            found = predicted[paired[g]] if g in paired else None
            _score_agreement(scores, read, found, wanted)


def _likeness(agreement: Agreement, gold: GoldAgreement) -> float:
    """The gold mentions that the agreement has, and whether the names are alike."""
    named = jaccard(agreement.name, gold.name)
    return (named if named >= ENOUGH else 0.0) + sum(
        any(alike(span.text, mention) for span in agreement.mentions) for mention in gold.mentions
    )


def _score_agreement(
    scores: Scores, read: Read, found: Agreement | None, gold: GoldAgreement
) -> None:
    def check(name: str, predicted: object, wanted: object, right: bool) -> None:
        if wanted is not UNSET:
            problem = f"{shown(gold.name)}: {predicted!r}, gold has {wanted!r}"
            scores.judge(f"agreements.{name}", found is not None and right, problem)

    name = found.name if found else None
    check("name", name, gold.name, name is not None and normal(name) == normal(gold.name))
    check("kind", found and found.kind, gold.kind, (found and found.kind) == gold.kind)
    for milestone in ("signed", "ratified", "in_force", "ended"):
        value, wanted = value_of(getattr(found, milestone, None)), getattr(gold, milestone)
        check("milestones", f"{milestone} {value}", wanted, value == wanted)
    duration = found.duration if found else None
    check("duration", duration, gold.duration, duration == gold.duration)
    parties = read.names(found.parties if found else ())
    check("parties", parties, gold.parties, same_words(parties, gold.parties or ()))
    mentions = [span.text for span in found.mentions] if found else []
    for mention in gold.mentions:
        check("mentions", mentions, mention, any(alike(text, mention) for text in mentions))
    obligations = found.obligations if found else ()
    paired = pair(
        ((_same_obligation(o, wanted), jaccard(o.content.text, wanted.content)), g, p)
        for g, wanted in enumerate(gold.obligations)
        for p, o in enumerate(obligations)
        if alike(o.content.text, wanted.content) or contained(wanted.content, o.content.text)
    )
    right = {
        g: p for g, p in paired.items() if _same_obligation(obligations[p], gold.obligations[g])
    }
    scores.count(
        "obligations",
        "right",
        [(o.optional, _bound(o.type, o.content, o.trigger)) for o in gold.obligations],
        [(False, _bound(o.type, o.content.text, text_of(o.trigger))) for o in obligations],
        paired,
        right,
    )
    for g, p in sorted(paired.items()):
        wanted_parties = gold.obligations[g].parties
        if wanted_parties is not UNSET:
            held = read.names(obligations[p].parties)
            check("obligation_parties", held, wanted_parties, same_words(held, wanted_parties))


def _same_obligation(obligation: Obligation, gold: GoldObligation) -> bool:
    """Whether type, content and the condition agree."""
    if obligation.type != gold.type or jaccard(obligation.content.text, gold.content) < ENOUGH:
        return False
    return gold.trigger is UNSET or words_agree(obligation.trigger, gold.trigger)


def _bound(kind: str, content: str, trigger: object) -> str:
    condition = f" if {shown(trigger)}" if isinstance(trigger, str) else ""
    return f"{kind} {shown(content)}{condition}"


def score_actors(scores: Scores, read: Read, gold: Sequence[GoldActor]) -> None:
    """Actors by name, kind, country, roles, aliases and the mentions listed."""
    by_name: dict[str, Actor] = {}
    for actor in read.reading.actors:
        by_name.setdefault(normal(actor.name), actor)
    nobody = Actor(id="", name="", kind="group")
    for wanted in gold:
        if wanted.optional:
            continue
        found = normal(wanted.name) in by_name
        scores.add("actors.found", int(found), 1)
        if not found:
            scores.missed.append(f"actors: {wanted.name}")
        _score_actor(scores, by_name.get(normal(wanted.name), nobody), wanted, found)


def _score_actor(scores: Scores, actor: Actor, gold: GoldActor, found: bool) -> None:
    """The fields of an actor; of one not found all are wrong, and said so once."""

    def check(name: str, predicted: object, wanted: object, right: bool) -> None:
        if wanted is UNSET:
            return
        if found:
            scores.judge(
                f"actors.{name}", right, f"{gold.name}: {predicted!r}, gold has {wanted!r}"
            )
        else:
            scores.add(f"actors.{name}", 0, 1)

    check("kind", actor.kind, gold.kind, actor.kind == gold.kind)
    check("country", actor.country, gold.country, actor.country == gold.country)
    titles = [role.title for role in actor.roles]
    for role in gold.roles:
        check("roles", titles, role, any(alike(title, role) for title in titles))
    others = [*actor.aliases, *_names_of(actor.mentions)]
    for alias in gold.aliases:
        check("aliases", others, alias, any(normal(alias) == normal(text) for text in others))
    held = Counter(normal(mention.text) for mention in actor.mentions)
    for text, times in Counter(map(normal, gold.mentions_at_least)).items():
        for time in range(times):
            check("mentions", f"{held[text]} of {text!r}", times, held[text] > time)


def _names_of(mentions: Iterable[Mention]) -> list[str]:
    return [m.text for m in mentions if m.form in ("name", "alias", "metonym")]
