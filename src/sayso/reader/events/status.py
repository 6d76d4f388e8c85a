"""Whether what a word names happened, goes on, is planned, is possible, or is denied."""

from dataclasses import dataclass
from functools import cache

from spacy.tokens import Token

from sayso.lexicon import toml
from sayso.reader.clauses import NOUN, VERB, Clauses
from sayso.records import EventStatus

#: How far up the parse words are asked what they say of the event.
_DEPTH = 4


@dataclass(frozen=True)
class StatusWords:
    """What the lexicon knows: statuses by governing lemma, by adjective, and auxiliaries."""

    governors: dict[str, EventStatus]
    adjectives: dict[str, EventStatus]
    if_words: frozenset[str]
    will: frozenset[str]
    may: frozenset[str]
    present: frozenset[str]
    misread: frozenset[str]


@cache
def status_words() -> StatusWords:
    """The status tables of ``events.toml``, built once."""
    data = toml("events")["status"]
    kinds: tuple[EventStatus, ...] = ("happened", "ongoing", "planned", "possible", "denied")
    governors = {lemma: kind for kind in kinds for lemma in data[kind]}
    for wrong, right in toml("events")["misread"].items():
        if right in governors:
            governors.setdefault(wrong, governors[right])
    return StatusWords(
        governors=governors,
        adjectives={w: kind for kind in kinds for w in data.get(f"{kind}_adjectives", [])},
        if_words=frozenset(data["if_words"]),
        will=frozenset(data["will"]),
        may=frozenset(data["may"]),
        present=frozenset(data["present"]),
        misread=frozenset(toml("events")["misread"]),
    )


def verb_status(clauses: Clauses, verb: Token, depth: int = 0) -> EventStatus | None:
    """The status of what a verb says; None for a mere purpose ("sent troops to assist the war")."""
    words = status_words()
    if clauses.negated(verb):
        return "denied"
    auxiliaries = [c for dep, c in clauses.children(verb) if dep in ("aux", "auxpass")]
    lowers = {a.lower_ for a in auxiliaries}
    if lowers & words.may:
        return "possible"
    if lowers & words.will:
        return "possible" if "would" in lowers and _has_condition(clauses, verb) else "planned"
    if _is_condition(clauses, verb) or (
        verb.dep_ == "ccomp" and _is_condition(clauses, verb.head)  # "if we say that X attacked"
    ):
        return "possible"
    if "to" in lowers:
        return _governed(clauses, verb, depth, purpose=True)
    if verb.tag_ == "VBG":
        being = next((a for a in auxiliaries if a.lemma_ == "be"), None)
        if being is None:
            return _governed(clauses, verb, depth)
        return "happened" if being.tag_ in ("VBD", "VBN") and "has" not in lowers else "ongoing"
    if verb.dep_ == "conj" and _shares(clauses, verb) and not _finite(auxiliaries):
        return verb_status(clauses, verb.head, depth + 1) if depth < _DEPTH else None
    if "being" in lowers and any(a.tag_ in ("VBP", "VBZ") for a in auxiliaries):
        return "ongoing"
    if verb.lemma_ in words.misread and verb.tag_ == "VBP":
        return "happened"  # an irregular past that the model does not know
    if verb.dep_ in ("ccomp", "xcomp", "pcomp") and _is_denial(clauses, verb.head):
        return "denied"
    if verb.tag_ in ("VBP", "VBZ") and verb.dep_ != "advcl":
        return "ongoing" if _in_running_text(clauses, verb) else "happened"
    if verb.tag_ == "VB" and not auxiliaries:
        return _governed(clauses, verb, depth, purpose=verb.dep_ in ("advcl", "acl"))
    return "happened"


def noun_status(clauses: Clauses, noun: Token, depth: int = 0) -> EventStatus:
    """The status of the event that a noun names, by its modifiers and by what governs it."""
    words = status_words()
    if clauses.has_no(noun):
        return "denied"
    for dep, child in clauses.children(noun):
        if dep in ("amod", "det", "compound"):
            status = words.adjectives.get(child.lower_)
            if status is not None:
                return status
    if depth >= _DEPTH:
        return "happened"
    head, dep = noun.head, noun.dep_
    if dep == "conj" and head.pos_ in NOUN:
        return noun_status(clauses, head, depth + 1)
    if dep == "pobj":
        link, head = head, head.head
        if link.lower_ in ("for", "of", "to", "on", "against", "from", "about", "in"):
            status = words.governors.get(head.lemma_.lower())
            if status in ("planned", "possible", "denied") and head.i != link.i:
                if link.lower_ == "in" and status != "denied":
                    return "happened"
                return status if not clauses.negated(head) else "denied"
        return "happened"
    if head.pos_ not in VERB or head.i == noun.i:
        return "happened"
    if dep in ("dobj", "nsubj", "nsubjpass", "attr"):
        own = verb_status(clauses, head, depth + 1) or "planned"
        named = words.governors.get(head.lemma_)
        if named not in (None, "happened"):
            if own == "denied":
                return _undone(named)
            return own if own == "possible" else named
        # Of "the attack will delay talks" only the occurrence verbs speak of the attack itself.
        from sayso.reader.events.triggers import words as triggers

        occurs = triggers().occur if dep.startswith("nsubj") else triggers().light
        return own if head.lemma_ in occurs else "happened"
    return "happened"


def _undone(status: EventStatus) -> EventStatus:
    """What a denied governor leaves of its status ("did not deny shelling": possible)."""
    return "denied" if status in ("planned", "possible") else "possible"


def _governed(
    clauses: Clauses, verb: Token, depth: int, *, purpose: bool = False
) -> EventStatus | None:
    """The status that the word above gives a verb without a tense of its own."""
    words = status_words()
    head = verb.head
    if verb.dep_ == "amod":
        head = head.head  # "denied shelling positions", read as "positions that shell"
    if head.pos_ == "ADP":
        head = head.head
    elif purpose and (before := verb.left_edge.i - 1) > head.i:
        # "confirmed its readiness to send": read as hanging on the verb, it belongs to the noun.
        noun = clauses.analysis.doc[before]
        if noun.pos_ in NOUN and noun.lemma_.lower() in words.governors:
            head = noun
    if head.i == verb.i:
        return "planned" if purpose else "happened"
    if verb.dep_ == "conj" and depth < _DEPTH:
        return verb_status(clauses, head, depth + 1)
    status = words.governors.get(head.lemma_.lower())
    if status is None:
        if purpose and verb.dep_ in ("advcl", "acl", "relcl"):
            return None
        if head.pos_ in VERB and depth < _DEPTH:
            above = verb_status(clauses, head, depth + 1)
            return "possible" if purpose and above == "happened" else above
        return "possible" if purpose else "happened"
    if head.pos_ in VERB:
        if clauses.negated(head):
            return _undone(status)
        if status in ("happened", "ongoing") and depth < _DEPTH:
            above = verb_status(clauses, head, depth + 1)
            return above if above in ("planned", "possible", "denied") else status
    return status


def _is_condition(clauses: Clauses, verb: Token) -> bool:
    """Whether "if" opens a verb's clause."""
    marks = status_words().if_words
    return any(dep == "mark" and c.lower_ in marks for dep, c in clauses.children(verb))


def _has_condition(clauses: Clauses, verb: Token) -> bool:
    """Whether something is said to be so only "if" something else is."""
    return any(
        dep == "advcl"
        and (mark := clauses.child(c, "mark")) is not None
        and mark.lower_ in status_words().if_words
        for dep, c in clauses.children(verb)
    )


def _is_denial(clauses: Clauses, head: Token) -> bool:
    """Whether a verb denies what its clause says ("denied that officers had beaten him")."""
    word = head.head if head.pos_ == "ADP" else head
    denied = status_words().governors.get(word.lemma_.lower()) == "denied"
    return denied and word.pos_ in VERB and not clauses.negated(word)


def _finite(auxiliaries: list[Token]) -> bool:
    return any(a.tag_ in ("VBD", "VBZ", "VBP", "MD") for a in auxiliaries)


def _shares(clauses: Clauses, verb: Token) -> bool:
    """Whether a joined verb has its auxiliary from the verb before it ("will come and attack")."""
    if verb.tag_ in ("VBD", "VBZ", "VBP"):
        return False
    return verb.head.pos_ in VERB and not any(
        dep in ("nsubj", "nsubjpass") for dep, _ in clauses.children(verb)
    )


def _in_running_text(clauses: Clauses, verb: Token) -> bool:
    """Whether the plain present is one: in headlines and captions it tells what happened."""
    block = clauses.analysis.block_at(verb.idx)
    return block is None or block.kind not in ("headline", "subheading", "caption")
