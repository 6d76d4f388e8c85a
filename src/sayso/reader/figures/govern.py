"""What happened to what a figure counts, by the words that govern it in the parse."""

from dataclasses import dataclass, replace
from functools import cache

from spacy.tokens import Doc, Token

from sayso import lexicon
from sayso.reader.analysis import Analysis
from sayso.reader.figures.kinds import (
    Sort,
    base_of,
    fits,
    kinds_of_words,
    modifier_kind,
    noun_kind_of,
    participle_kind,
)
from sayso.reader.figures.site import Site
from sayso.reader.figures.units import is_group, sort_of

_ARGUMENTS = frozenset({"dobj", "obj", "nsubj", "nsubjpass", "attr", "oprd"})
_GOVERNED = _ARGUMENTS | {"dative", "npadvmod", "acomp"}
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
#: Furthest that a name in commas reaches, in tokens.
_NAME = 10
_AUXILIARIES = frozenset({"be", "have", "get", "to", "'ve"})


@dataclass(frozen=True, slots=True)
class Governed:
    """The kind of a figure and how it was found.

    Attributes:
        kind: what happened to what is counted; None where no known word governs it.
        verb: the verb that governs the figure, whatever it says.
        about: the noun that rises, falls or comes to the figure ("its budget rose to 9bn").
        outcome: whether a noun that the figure hangs on names what befell ("the bodies of 12").
        deed: the participle or clause beside the noun that names the kind, or the verb.
        role: the figure's place with that verb: "object", "subject" or "".
        noun: a noun not its own that says what it counts ("the number of soldiers").
        holder: the noun that holds the figure ("number", "toll", "losses").
    """

    kind: str | None
    verb: Token | None = None
    role: str = ""
    noun: Token | None = None
    holder: Token | None = None
    deed: Token | None = None
    about: Token | None = None
    outcome: bool = False


@cache
def _scope() -> dict[str, frozenset[str]]:
    data = lexicon.toml("figure_scope")
    return {
        "holders": frozenset(data["holders"]["nouns"]),
        "reporting": frozenset(data["reporting"]["verbs"]),
        "rolls": frozenset(data["holders"]["rolls"]),
        "sizing": frozenset(
            {*data["change"]["up"], *data["change"]["down"], *data["total"]["reached"], "be"}
        ),
        "reached": frozenset(data["total"]["reached"]),
        "harms": frozenset(data["harm_kinds"]["kinds"]),
        "presence": frozenset(data["presence"]["prepositions"]),
        "events": frozenset(data["attacks"]["nouns"] + data["attacks"]["fighting"]),
    }


def govern(analysis: Analysis, site: Site, sort: Sort) -> Governed:
    """The kind of a figure, by its noun, the words beside it and the verb above it.

    Args:
        analysis: the article.
        site: the figure's place.
        sort: what sort of thing its unit or noun is, None where nothing says so.
    """
    noun = site.noun
    found = _climb(analysis, site, sort)
    kind, deed = None, found.verb
    if (found.outcome and found.kind in _scope()["harms"]) or (site.partitive and found.kind):
        # "the bodies of 12"; "shot down 46 of 61 drones launched": the part has its own fate.
        kind = found.kind
    elif noun is not None:
        # "12 deaths" counts the dead, whatever "death" is a unit of.
        kind = noun_kind_of(noun, None)
        if kind is None and (modified := modifier_kind(noun, sort)) is not None:
            kind, deed = modified
    if kind is None:
        kind = _beside(analysis, site, sort)
    if kind is None and not (noun is not None and _has_own_fates(noun, found.kind)):
        kind = found.kind
    if kind is None and (named := _named(site, sort)) is not None:
        return named
    if kind is None and noun is not None:
        status = kinds_of_words().status
        kind = fits(status.get(noun.lower_) or status.get(noun.lemma_.lower()), sort)
    if kind is None and sort in ("soldiers", "weapons") and found.verb is not None:
        kind = _present(found.verb, sort)
    if kind is None and sort == "soldiers" and noun is not None:
        # "its 300 soldiers on the border"
        placed = (c for c in noun.rights if c.dep_ == "prep" and c.lower_ in _scope()["presence"])
        kind = "deployed" if any(placed) else None
    if kind in (None, "spent") and (given := _given_in(analysis, site)) is not None:
        kind = given
    return replace(found, kind=kind, deed=deed, about=_about(found))


def _has_own_fates(noun: Token, kind: str | None) -> bool:
    """Whether a part of those counted has that fate: "12 killed and six men, one of whom died"."""
    for clause in noun.rights:
        for part in clause.children if clause.dep_ == "relcl" else ():
            if part.dep_ in _SUBJECTS and any(
                c.tag_ == "WP" for of in part.children if of.lower_ == "of" for c in of.children
            ):
                table = kinds_of_words()
                died = fits(table.subject.get(clause.lemma_.lower()), None)
                return kind is not None and kind in (participle_kind(clause, None), died)
    return False


def _about(found: Governed) -> Token | None:
    """The subject of a verb of change or of a total: what the figure is the size of."""
    verb = found.verb
    if verb is None or verb.lemma_ not in _scope()["sizing"]:
        return None
    return next((c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass")), None)


def _given_in(analysis: Analysis, site: Site) -> str | None:
    """The kind of a sum by what it is given in: "£4.5bn in military aid", "$60m worth of arms"."""
    doc, unit = analysis.doc, site.quantity.unit
    at = site.last + 1
    if unit is None or unit.kind != "money" or at >= len(doc) or doc[at].lower_ != "in":
        return None
    noun = next((c for c in doc[at].children if c.dep_ == "pobj"), None)
    return None if noun is None else noun_kind_of(noun, "money")


def _present(verb: Token, sort: Sort) -> str | None:
    """The kind of "has 3,000 soldiers in the valley", "400 men are there": only with a place."""
    kind = fits(kinds_of_words().present.get(verb.lemma_), sort)
    if kind is None:
        return None
    places = _scope()["presence"]
    placed = any(c.dep_ == "prep" and c.lower_ in places for c in verb.subtree)
    return kind if placed or any(c.lower_ in ("there", "where") for c in verb.children) else None


def _beside(analysis: Analysis, site: Site, sort: Sort) -> str | None:
    """The kind that the words right after the figure name: "100 killed", "50 were hurt".

    Needs no right parse, which headlines and clipped copy seldom get.
    """
    doc = analysis.doc
    start = site.noun.i if site.noun is not None else site.last
    if site.partitive and site.noun is None:
        # "seven of them were killed"
        start += 2
    end_char = max(site.quantity.end, site.counted.end if site.counted else 0)
    start = _past_name(doc, max(start, analysis.token_at(end_char - 1).i))
    stop = min(doc[site.last].sent.end, start + 7)
    kinds = kinds_of_words()
    auxiliary = False
    for index in range(start + 1, stop):
        token = doc[index]
        lower = token.lower_
        for words, kind in kinds.phrases.get(lower, ()):
            if tuple(t.lower_ for t in doc[index : index + len(words)]) == words:
                return fits([kind], sort)
        if lower in kinds.words or token.tag_ in ("VBN", "VBD"):
            if token.lemma_ in _AUXILIARIES:
                auxiliary = True
                continue
            found = participle_kind(token, sort)
            if found is not None:
                has_object = any(c.dep_ in ("dobj", "obj") for c in token.children)
                return None if has_object and not auxiliary else found
            if index + 1 < stop and doc[index + 1].lower_ in kinds.words:
                # "made homeless", "feared dead", "reported missing"
                continue
            if (found := fits(kinds.subject.get(token.lemma_), sort)) is not None:
                return found
            continue
        if token.lemma_ in _AUXILIARIES:
            auxiliary = True
        elif token.tag_ not in ("RB", "RBR") and lower not in ("others", "more", "people", "as"):
            break
    return None


def _past_name(doc: Doc, last: int) -> int:
    """The last token of a name in commas behind ``last``: "one of its men, Sgt. Orlo, 48, died"."""
    end = doc[last].sent.end
    if last + 2 >= end or doc[last + 1].text != "," or doc[last + 2].tag_ != "NNP":
        return last
    for at in range(last + 2, min(end - 1, last + _NAME)):
        token = doc[at]
        if token.text == "," and doc[at + 1].tag_ in ("VBD", "VBZ", "VBP"):
            return at
        if token.tag_ not in ("NNP", "CD", ",", "."):
            break
    return last


def _climb(analysis: Analysis, site: Site, sort: Sort) -> Governed:
    """The kind by the words above the figure in the parse."""
    kinds = kinds_of_words()
    node = site.node
    verb: Token | None = None
    for _ in range(8):
        head, dep = node.head, node.dep_
        if head.i == node.i:
            # A headline's root noun, or the root verb taken for a noun.
            break
        tag = head.tag_
        if tag in ("IN", "TO", "RP") or dep == "pobj":
            above = head.head
            if above.i == head.i:
                break
            if site.quantity.start <= head.idx < site.quantity.end and above.tag_[0] == "V":
                # "wounded over 30", "massed between 40 and 50": words of the figure itself.
                return _of_verb(site, head, above, "dobj", sort)
            if above.tag_[:2] == "NN":
                kind = noun_kind_of(above, sort)
                if kind is None and head.lower_ == "of" and above.lemma_ in _scope()["holders"]:
                    # "its estimate of 300", "a toll of 71 dead"
                    held = _holder(above, _verb_above(above), sort)
                    return held or Governed(None, _verb_above(above), "", None, above)
                if kind is not None and head.lower_ in ("of", "in", "to", "at", "for", "from"):
                    outer = _verb_above(above)
                    return Governed(kind, outer, "object", outcome=head.lower_ == "of")
                if head.lower_ not in ("of", "at", "to", "in", "by", "from", "with"):
                    break
                node = above
                continue
            if above.tag_[0] == "V":
                return _argument(analysis, site, head, above, sort)
            node = head
            continue
        if tag[0] == "V":
            if dep in _GOVERNED:
                return _of_verb(site, node, head, dep, sort)
            if dep in ("pcomp", "conj", "advmod", "prep", "appos", "dep"):
                verb = head
                if dep == "conj" and node.tag_[0] != "V":
                    # "killed 5 people and 3 soldiers" with the second noun hung on the verb.
                    kind = fits(kinds.object.get(head.lemma_), sort)
                    return Governed(kind, head, "object")
            break
        if tag[:2] in ("NN", "CD", "PR", "JJ", "DT"):
            if dep in (
                "conj",
                "appos",
                "nummod",
                "nmod",
                "compound",
                "npadvmod",
                "amod",
                "quantmod",
            ):
                modified = modifier_kind(head, sort)
                kind = noun_kind_of(head, sort) or (modified[0] if modified else None)
                if kind is not None and dep == "appos":
                    return Governed(kind, _verb_above(head), "object", head)
                node = head
                continue
            break
        node = head
    return Governed(None, verb)


def _named(site: Site, sort: Sort) -> Governed | None:
    """The kind of those whose names a list gives: the casualties that its sentence speaks of."""
    if sort is None or base_of(sort) != "people" or site.noun is None:
        return None
    preposition = site.noun.head
    above = preposition.head
    if preposition.dep_ != "prep" or above.lemma_ not in _scope()["rolls"]:
        return None
    nouns = kinds_of_words().nouns
    for token in site.noun.sent:
        if token.i < site.first and token.tag_[0] == "N":
            kind = fits(nouns.get(token.lower_) or nouns.get(token.lemma_.lower()), sort)
            if kind is not None:
                return Governed(kind, _verb_above(above), "object")
    return None


def _verb_above(token: Token) -> Token | None:
    """The nearest verb above a token, a few steps up."""
    for _ in range(5):
        if token.head.i == token.i:
            return token if token.tag_[0] == "V" else None
        token = token.head
        if token.tag_[0] == "V":
            return token
    return None


def _of_verb(site: Site, node: Token, verb: Token, dep: str, sort: Sort) -> Governed:
    """The kind of an object or a subject of ``verb``."""
    kinds = kinds_of_words()
    lemma = verb.lemma_.lower()
    if dep == "nsubjpass":
        kind = _phrasal(verb, sort) or participle_kind(verb, sort)
        if kind is None:
            # "were ambushed and killed"
            joined = (c for c in verb.conjuncts if not any(d.dep_ in _SUBJECTS for d in c.children))
            kind = next((k for c in joined if (k := participle_kind(c, sort))), None)
        # "are feared dead"
        return Governed(kind or _state(verb, sort), verb, "object")
    if dep == "nsubj":
        negated = any(c.dep_ == "neg" for c in verb.children)
        kind = fits(kinds.subject.get(f"not_{lemma}" if negated else lemma), sort)
        objects = [c for c in verb.children if c.dep_ in ("dobj", "obj")]
        if kind is None and objects:
            # "lost their lives", "left their homes"
            kind = fits(kinds.subject.get(f"{lemma}_{objects[0].lemma_.lower()}"), sort)
        passive_like = verb.tag_ in ("VBN", "VBD") and not objects
        if kind is None and passive_like:
            # "176 soldiers killed in clashes": a headline's participle read as a past tense.
            kind = participle_kind(verb, sort)
        if kind is None and verb.tag_ == "VBG":
            kind = fits(kinds.words.get(verb.lower_), sort)  # "are missing"
        if kind is None and lemma in ("be", "stand", "remain"):
            kind = _state(verb, sort)
        return Governed(kind, verb, "subject")
    kind = _phrasal(verb, sort) or fits(kinds.object.get(lemma), sort)
    if kind is not None and lemma != "see":
        return Governed(kind, verb, "object")
    sibling = _held(verb, node, sort) or _sized(verb, sort)
    if sibling is None:
        return Governed(None, verb, "object")
    return Governed(sibling.kind, verb, "object", sibling.noun, sibling.holder)


def _phrasal(verb: Token, sort: Sort) -> str | None:
    """The kind of a verb with the word it goes with: "hand over", "bring … under control"."""
    table = kinds_of_words().object
    for child in verb.children:
        if child.dep_ in ("prt", "prep", "advmod", "acomp"):
            kind = fits(table.get(f"{verb.lemma_.lower()}_{child.lower_}"), sort)
            if kind is not None:
                return kind
    return None


def _sized(verb: Token, sort: Sort) -> Governed | None:
    """What the subject of a verb of size says: "the refugees now number 70,000"."""
    if verb.lemma_ not in _scope()["reached"]:
        return None
    subject = next((c for c in verb.children if c.dep_ in _SUBJECTS), None)
    if subject is None or not (sort_of(subject.lemma_, subject.lower_) or is_group(subject.lemma_)):
        return None
    modified = modifier_kind(subject, sort)
    kind = (modified[0] if modified else None) or _group_kind(subject, sort)
    return Governed(kind, verb, "object", subject, subject)


def _state(verb: Token, sort: Sort) -> str | None:
    """The kind of "is under occupation", "are missing", "are dead"."""
    for child in verb.children:
        if child.dep_ in ("acomp", "attr", "oprd"):
            kind = participle_kind(child, sort)
            if kind is not None:
                return kind
        elif child.dep_ == "xcomp":
            # "are known to be dead", "are thought to have died"
            died = fits(kinds_of_words().subject.get(child.lemma_), sort)
            if (kind := died or _state(child, sort)) is not None:
                return kind
        elif child.dep_ == "prep":
            for grandchild in child.children:
                if grandchild.dep_ == "pobj":
                    kind = noun_kind_of(grandchild, sort)
                    if kind is not None:
                        return kind
    return None


def _argument(
    analysis: Analysis, site: Site, preposition: Token, verb: Token, sort: Sort
) -> Governed:
    """The kind of "put the toll at 300", "raised it to 71", "supplied it with 40 tanks"."""
    kinds = kinds_of_words()
    lower = preposition.lower_
    if preposition.dep_ == "agent":
        # "reinforced by 300 men"
        kind = fits(kinds.subject.get(verb.lemma_.lower()), sort)
        if kind is not None:
            return Governed(kind, verb, "subject")
    if lower in ("at", "to") and verb.dep_ in ("acl", "relcl"):
        # "the number of soldiers killed in combat at 49": the figure hung on the participle.
        kind = participle_kind(verb, sort)
        if kind is not None:
            return Governed(kind, _verb_above(verb.head), "", verb.head)
    if lower in ("at", "to", "by", "from", "of", "as"):
        held = _held(verb, preposition, sort) or _held_after(analysis, site, sort)
        if held is not None:
            return Governed(held.kind, verb, "", held.noun, held.holder)
    if lower == "with":
        return Governed(fits(kinds.object.get(verb.lemma_), sort), verb, "object")
    if lower == "for" and sort == "money":
        return Governed("spent" if verb.lemma_ in ("buy", "purchase") else None, verb)
    return Governed(None, verb)


def _held(verb: Token, besides: Token, sort: Sort) -> Governed | None:
    """What another phrase of the verb says that a figure counts ("the number of dead")."""
    for child in verb.children:
        if child.i != besides.i and child.dep_ in _ARGUMENTS:
            held = _holder(child, verb, sort)
            if held is not None:
                return held
    for child in verb.children:
        # "cut its force from 5,100 to 2,500", "its force shrank to 2,500"
        if child.i != besides.i and child.dep_ in _ARGUMENTS and is_group(child.lemma_):
            return Governed(_group_kind(child, sort), verb, "", child, child)
    return None


def _group_kind(noun: Token, sort: Sort) -> str | None:
    """The kind that a group's own noun names or stands for ("force", "contingent")."""
    status = kinds_of_words().status
    named = noun_kind_of(noun, sort)
    return named or fits(status.get(noun.lower_) or status.get(noun.lemma_.lower()), sort)


def _held_after(analysis: Analysis, site: Site, sort: Sort) -> Governed | None:
    """The same right after the figure ("raised to 70 the number of soldiers killed"), by place."""
    doc = analysis.doc
    for index in range(site.last + 1, min(len(doc), site.last + 5)):
        if doc[index].tag_[0] == "N":
            return _holder(doc[index], doc[index].head, sort)
        if doc[index].tag_ not in ("DT", "JJ", "PRP$"):
            return None
    return None


def _holder(noun: Token, verb: Token | None, sort: Sort) -> Governed | None:
    """What a noun that holds a figure says of it: "the death toll", "the number of dead"."""
    modifiers = " ".join(t.lower_ for t in noun.lefts if t.dep_ in ("compound", "amod"))
    toll = f"{modifiers} {noun.lower_}".strip()
    kind = kinds_of_words().tolls.get(toll) or noun_kind_of(noun, sort)
    if noun.lemma_ not in _scope()["holders"] and kind is None:
        return None
    held = _inner_noun(noun)
    inner = held if held is not None else noun
    modified = modifier_kind(inner, sort)
    kind = (modified[0] if modified else None) or noun_kind_of(inner, sort) or kind
    if kind is None and noun.lemma_ == "toll":
        kind = "killed"
    return Governed(kind, verb, "", held, noun)


def _inner_noun(holder: Token) -> Token | None:
    """The noun of "the number of soldiers": "soldiers"."""
    for child in holder.children:
        if child.dep_ == "prep" and child.lower_ == "of":
            for grandchild in child.children:
                if grandchild.dep_ == "pobj" and grandchild.tag_ != "CD":
                    # "the toll of the war" counts no wars
                    return None if grandchild.lemma_.lower() in _scope()["events"] else grandchild
    return None
