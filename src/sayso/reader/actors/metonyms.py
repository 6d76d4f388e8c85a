"""Whether the name of a capital or a seat of power is the place itself, or the government there."""

from functools import cache

from sayso import lexicon
from sayso.reader.actors.registry import Hit
from sayso.reader.actors.tokens import Tokens


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(lexicon.toml("contexts")[name])


def is_place(tokens: Tokens, hit: Hit) -> bool:
    """Whether a capital's name is the place itself where it stands.

    The word that the name hangs on decides: a subject acts, the object of "in" is a place, and
    prepositions that serve both ("from", "on") are read by the noun or verb before them.
    """
    head = _head(tokens, hit)
    before = hit.first - 1
    after = hit.last + 1
    total = len(tokens)
    if after < total and tokens.words[after] in "-‐–" and after + 1 < total:
        joined = tokens.starts[after] == tokens.end(hit.last)
        if joined and tokens.low[after + 1].isalpha():
            return tokens.low[after + 1] not in _words("agent_compounds")
    if _is_dateline(tokens, hit):
        return True
    # "Pyongyang, North Korea": a place, whatever the rest of the sentence.
    if (
        after + 1 < total
        and tokens.words[after] == ","
        and tokens.deps[after + 1] in ("appos", "compound")
        and tokens.ents[after + 1] == "GPE"
        and tokens.deps[head] in ("pobj", "npadvmod")
    ):
        return tokens.low[before] in _words("place_prepositions") if before >= 0 else True
    if before >= 0 and tokens.low[before] in _words("place_prepositions"):
        return True
    return _by_dependency(tokens, hit, head)


def _by_dependency(tokens: Tokens, hit: Hit, head: int) -> bool:
    for _ in range(4):  # a conjunct is read as the first of its row
        if tokens.deps[head] != "conj" or tokens.heads[head] == head:
            break
        head = tokens.heads[head]
    dep, above = tokens.deps[head], tokens.heads[head]
    lemma = tokens.lemmas[above]
    if dep in ("nsubj", "csubj"):
        return lemma in _words("subject_verbs")
    if dep == "nsubjpass":
        return lemma in _words("object_verbs") or lemma in _words("subject_verbs")
    if dep in ("dobj", "iobj", "dative", "oprd"):
        return lemma in _words("object_verbs")
    if dep == "poss":
        return lemma in _words("parts") or tokens.low[above] in _words("parts")
    if dep == "pobj":
        return _after_preposition(tokens, above)
    if dep in ("compound", "nmod", "amod"):
        return not (hit.entry.form == "seat" or tokens.low[above] in _words("agent_nouns"))
    if dep in ("ROOT", "ccomp", "appos", "advcl"):
        # A parse that took a verb for a noun: an agent before an auxiliary or a verb still acts.
        follows = tokens.tags[hit.last + 1] if hit.last + 1 < len(tokens) else ""
        return not (follows.startswith("VB") or follows == "MD" or hit.entry.form == "seat")
    return hit.entry.form != "seat"


def _after_preposition(tokens: Tokens, preposition: int) -> bool:
    word = tokens.low[preposition]
    if word in _words("place_prepositions"):
        return True
    anchor = tokens.heads[preposition]
    lemma = tokens.lemmas[anchor]
    if word in ("to", "from", "for", "between"):
        return lemma in _words("movement") or lemma in _words("parts")
    if word in ("on", "against", "over", "upon"):
        return lemma in _words("attack")
    if word == "of":
        return lemma in _words("parts")
    return False


def _head(tokens: Tokens, hit: Hit) -> int:
    for index in range(hit.last, hit.first - 1, -1):
        if not hit.first <= tokens.heads[index] <= hit.last or tokens.heads[index] == index:
            return index
    return hit.last


def _is_dateline(tokens: Tokens, hit: Hit) -> bool:
    """Whether the name opens a block as a dateline: "SARN, September 20", "SARN (Wire) -"."""
    first = hit.first
    if first and tokens.blocks[first - 1] == tokens.blocks[first]:
        return False
    if hit.last + 1 >= len(tokens):
        return False
    follows = tokens.words[hit.last + 1]
    if tokens.words[first].isupper() and len(tokens.words[first]) > 2:
        return follows in (",", "(", "-", "–", "—", ":", ".", "/")
    return follows in ("(", "–", "—") or (
        follows == "," and hit.last + 2 < len(tokens) and tokens.ents[hit.last + 2] == "DATE"
    )
