"""The event lexicon (``events.toml``) as look-up tables by lemma."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from sayso.lexicon import toml


@dataclass(frozen=True)
class Trigger:
    """One row of the lexicon: an event's type, and the conditions on the verb that names it.

    Attributes:
        type: PLOVER's type.
        mode: PLOVER's mode, or None.
        objects: lemmas of which the direct object must be one; empty: any.
        not_objects: lemmas of which it must be none.
        not_preps: prepositions of which none may stand by the verb.
        modifiers: lemmas of which one must stand before the noun.
        preps: prepositions of which one must stand by the verb; empty: none needed.
        near_objects: lemmas of which the head of such a phrase must be one.
        particles: particles of which one must stand by the verb.
        complement: whether a clause or an infinitive must stand by the verb.
        complements: lemmas of which one must head it; empty: any.
        subjects: lemmas of which the one who acts must be one; empty: any.
        needs: which participants must be known; see ``events.toml``.
        symmetric: whether both sides are actors.
        recipients: prepositions that lead to the recipient.
        object_acted_on: whether the direct object is the recipient.
        clause: whether the "subject" or the "object" of the verb's clause is the recipient, or "".
        of_actor: whether "of X" after the noun names the actor.
        owner_acts: whether "X's" before it does.
        sites: whether a building or a vehicle may be acted on, for those in it.
        any_object: whether the direct object is acted on whatever its noun.
        phrases: by verb lemma the words that must follow it; "~" before a word allows a gap.
        reverse: whether the event befalls the subject ("came under fire").
        negated: whether the verb must be denied ("did not recognise"); the event then happened.
        owners: whether whose the object is is acted on ("froze X's assets").
        from_actor: whether "from X" after the noun names the actor ("a warning from X").
        subject_acts: whether the clause's subject acts where the noun names nobody.
        at_once: whether the event happens with the verb whose purpose it is ("marched to demand").
        marks: conjunctions whose clause has the recipient as its subject.
        for_users: whether who uses the object is the recipient.
        preps_first: whether those behind a preposition come before the object ("recalled its envoy
            from X").
        adjacent: whether a preposition right behind a phrase leads to the recipient.
        future: whether the verb's clause must say what will be done.
        subjunctive: whether it must say what is to be done ("insisted that X go").
    """

    type: str
    mode: str | None
    objects: frozenset[str]
    not_objects: frozenset[str]
    not_preps: frozenset[str]
    modifiers: frozenset[str]
    preps: frozenset[str]
    near_objects: frozenset[str]
    particles: frozenset[str]
    complement: bool
    complements: frozenset[str]
    subjects: frozenset[str]
    needs: str
    symmetric: bool
    recipients: frozenset[str]
    object_acted_on: bool
    clause: str
    of_actor: bool
    owner_acts: bool
    sites: bool
    any_object: bool
    phrases: dict[str, tuple[tuple[str, ...], ...]]
    reverse: bool
    negated: bool
    owners: bool
    from_actor: bool
    subject_acts: bool
    at_once: bool
    marks: frozenset[str]
    for_users: bool
    preps_first: bool
    adjacent: bool
    future: bool
    subjunctive: bool


@dataclass(frozen=True)
class Words:
    """The lexicon's tables.

    Attributes:
        verbs: rows by verb lemma, in the file's order.
        nouns: rows by noun lemma; the noun names an event by itself.
        light_nouns: rows by noun lemma; it does so under a light verb.
        light: light verbs.
        light_passive: those whose subject the event befalls.
        by_preposition: verbs that lead to the noun by a preposition.
        idioms: verbs whose object belongs to the trigger.
        occur: verbs whose subject is the event.
        place_preps: prepositions of places.
        direction_preps: those of them that may as well lead to a party.
        absorbing: types that have what they are about within them, with the prepositions that
            lead to it.
        absorbing_objects: those of them that have their object and clause within them as well.
        adjacent_preps: prepositions that lead to the recipient right behind a phrase.
        violent: types in which somebody is killed or wounded.
        results: verbs that only say what came of such an event.
        hits: verbs by which an event as subject befalls their object.
        hits_preps: prepositions that do so behind them.
        measures: nouns before "of" an event ("two days of talks").
        arms: nouns of weapons.
    """

    verbs: dict[str, tuple[Trigger, ...]]
    nouns: dict[str, tuple[Trigger, ...]]
    light_nouns: dict[str, tuple[Trigger, ...]]
    light: frozenset[str]
    light_passive: frozenset[str]
    by_preposition: frozenset[str]
    idioms: frozenset[str]
    occur: frozenset[str]
    place_preps: frozenset[str]
    direction_preps: frozenset[str]
    absorbing: dict[str, frozenset[str]]
    absorbing_objects: frozenset[str]
    adjacent_preps: frozenset[str]
    violent: frozenset[str]
    results: frozenset[str]
    hits: frozenset[str]
    hits_preps: frozenset[str]
    measures: frozenset[str]
    arms: frozenset[str]


def _gapped(parts: list[str]) -> tuple[str, ...]:
    """The words of a phrase; a "~" of its own goes to the word behind it."""
    found: list[str] = []
    gap = False
    for part in parts:
        if part == "~":
            gap = True
            continue
        found.append(f"~{part}" if gap else part)
        gap = False
    return tuple(found)


@cache
def words() -> Words:
    """The tables, built once."""
    data = toml("events")
    classes: dict[str, list[str]] = data["objects"]

    def lemmas(names: list[str]) -> frozenset[str]:
        return frozenset(lemma for name in names for lemma in classes.get(name, [name]))

    def trigger(row: dict[str, Any]) -> Trigger:
        defaults = data["types"][row["type"]]
        phrases: dict[str, list[tuple[str, ...]]] = {}
        for phrase in row.get("phrases", []):
            first, *rest = phrase.split()
            phrases.setdefault(first, []).append(_gapped(rest))
        return Trigger(
            type=row["type"],
            mode=row.get("mode"),
            objects=lemmas(row.get("objects", [])),
            not_objects=lemmas(row.get("not_objects", [])),
            not_preps=frozenset(row.get("not_preps", [])),
            modifiers=frozenset(row.get("modifiers", [])),
            preps=frozenset(row.get("preps", [])),
            near_objects=lemmas(row.get("near_objects", [])),
            particles=frozenset(row.get("particles", [])),
            complement=row.get("complement", False),
            complements=lemmas(row.get("complements", [])),
            subjects=lemmas(row.get("subjects", [])),
            needs=row.get("needs", "any"),
            symmetric=row.get("symmetric", defaults.get("symmetric", False)),
            recipients=frozenset(row.get("recipients", defaults["recipients"])),
            object_acted_on=row.get("object", defaults.get("object", not row.get("objects"))),
            clause=row.get("clause", defaults.get("clause", "")),
            of_actor=row.get("of", "actor") == "actor",
            owner_acts=row.get("owner", "actor") == "actor",
            sites=defaults.get("sites", False),
            any_object=row.get("any_object", defaults.get("any_object", False)),
            phrases={lemma: tuple(many) for lemma, many in phrases.items()},
            reverse=row.get("reverse", False),
            negated=row.get("negated", False),
            owners=defaults.get("owners", False),
            from_actor=defaults.get("from_actor", False),
            subject_acts=defaults.get("subject_acts", False),
            at_once=defaults.get("at_once", False),
            preps_first=row.get("preps_first", defaults.get("preps_first", False)),
            adjacent=row["type"] in data["arguments"]["adjacent"],
            future=row.get("future", False),
            subjunctive=row.get("subjunctive", False),
            for_users=defaults.get("for_users", False),
            marks=frozenset(defaults.get("marks", [])),
        )

    verbs: dict[str, list[Trigger]] = {}
    nouns: dict[str, list[Trigger]] = {}
    light_nouns: dict[str, list[Trigger]] = {}
    for row in data["trigger"]:
        built = trigger(row)
        for lemma in (*row.get("verbs", []), *built.phrases):
            verbs.setdefault(lemma, []).append(built)
        for lemma in row.get("nouns", []):
            nouns.setdefault(lemma, []).append(built)
        for lemma in row.get("light_nouns", []):
            light_nouns.setdefault(lemma, []).append(built)
    light = data["light"]
    misread: dict[str, str] = data["misread"]
    for wrong, right in misread.items():
        if right in verbs:
            verbs.setdefault(wrong, verbs[right])
    lights = {*light["verbs"], *(w for w, r in misread.items() if r in light["verbs"])}
    places = data["arguments"]
    return Words(
        verbs={lemma: tuple(rows) for lemma, rows in verbs.items()},
        nouns={lemma: tuple(rows) for lemma, rows in nouns.items()},
        light_nouns={lemma: tuple(rows) for lemma, rows in light_nouns.items()},
        light=frozenset(lights),
        light_passive=frozenset(light["passive"]),
        by_preposition=frozenset(light["by_preposition"]),
        idioms=frozenset(light["idioms"]),
        occur=frozenset(light["occur"]),
        place_preps=frozenset(places["place_preps"]),
        direction_preps=frozenset(places["direction_preps"]),
        absorbing={kind: frozenset(preps) for kind, preps in data["absorbing"].items()},
        absorbing_objects=frozenset(data["absorbing"]) - {"DISAPPROVE"},
        adjacent_preps=frozenset(places["adjacent_preps"]),
        violent=frozenset(light["violent"]),
        results=frozenset(light["results"]),
        hits=frozenset(light["hits"]),
        hits_preps=frozenset(light["hits_preps"]),
        measures=frozenset(light["measures"]),
        arms=frozenset(classes["arms"]),
    )


@cache
def candidate_ids() -> frozenset[int]:
    """The ids, in spaCy's string store, of every lemma that may name an event."""
    from spacy.strings import get_string_id

    table = words()
    return frozenset(
        get_string_id(lemma) for lemma in (*table.verbs, *table.nouns, *table.light_nouns)
    )
