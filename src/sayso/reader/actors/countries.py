"""Countries that no registry knows, found by what only countries have.

A name that has a ministry, an army or a capital of its own is a country; an adjective of the same
stem is its demonym ("Veldania", "Veldanian").
"""

from collections import Counter
from functools import cache

from sayso import lexicon
from sayso.reader.actors.registry import Hit, Known, Registry
from sayso.reader.actors.tokens import Tokens

#: Letters that a name and its demonym must share at least.
_STEM = 3


@cache
def _data(name: str) -> frozenset[str]:
    return frozenset(lexicon.toml("states")[name])


@cache
def _body_words() -> frozenset[str]:
    words = lexicon.toml("institutions")["organisation"]
    return frozenset(word.lower() for sort in words.values() for word in sort)


def discover(tokens: Tokens, hits: list[Hit], registry: Registry) -> Registry | None:
    """A registry of the countries that a text shows and ``registry`` does not know, or None."""
    known = {i for hit in hits for i in range(hit.first, hit.last + 1)}
    people: Counter[str] = Counter()
    nouns: Counter[str] = Counter()
    adjectives: Counter[str] = Counter()
    for index, word in enumerate(tokens.words):
        if not word[0].isupper() or len(word) < 4 or index in known or not word.isalpha():
            continue
        if tokens.ents[index] in ("DATE", "TIME") or tokens.low[index] in _data("nouns"):
            continue
        if tokens.low[index] in _body_words():
            continue
        people[word] += tokens.ents[index] == "PERSON" and _is_part(tokens, index)
        state = _has_state(tokens, index)
        if state == "strong" or (state and tokens.ents[index] in ("GPE", "NORP", "LOC")):
            nouns[word] += 1
        elif state:
            nouns[word] += 0
        if _is_adjective(tokens, index):
            adjectives[word] += 1
        elif tokens.ents[index] == "GPE":
            nouns[word] += 0
    if not nouns and not adjectives:
        return None
    demonyms: dict[str, list[str]] = {}
    for adjective in adjectives:
        partners = [noun for noun in _names(tokens, known) if is_demonym(adjective, noun)]
        if partners:
            best = min(partners, key=lambda noun: (-nouns[noun], abs(len(noun) - len(adjective))))
            demonyms.setdefault(best, []).append(adjective)
    found = Registry()
    shown = {*nouns} & {*demonyms} | {n for n, count in nouns.items() if count}
    for name in sorted(shown):
        if people[name] or (name in adjectives and name not in demonyms):
            continue
        capitals = _capitals(tokens, name, demonyms.get(name, []))
        # Demonyms in the plural ("Veldanians") are names of its people.
        words = [form for d in demonyms.get(name, []) for form in (d, f"{d}s")]
        found.add_country(Known(name, "country"), words, capitals)
    return found if found.countries else None


def is_demonym(adjective: str, name: str) -> bool:
    """Whether an adjective may be a country's: the same stem and an ending of demonyms."""
    if adjective == name:
        return False
    one, other = adjective.casefold(), name.casefold()
    shared = 0
    while shared < min(len(one), len(other)) and one[shared] == other[shared]:
        shared += 1
    # Of the country's name little may be lost, and the rest of the adjective must be an ending.
    if shared < _STEM or other[shared:] not in _data("name_endings"):
        return False
    return one[shared:] in _data("demonym_endings")


def _names(tokens: Tokens, known: set[int]) -> list[str]:
    seen = {
        tokens.words[i]: None
        for i, proper in enumerate(tokens.proper)
        if proper and i not in known and tokens.tags[i] != "JJ" and len(tokens.words[i]) >= 4
    }
    return list(seen)


def _is_part(tokens: Tokens, index: int) -> bool:
    """Whether a token is part of a longer entity."""
    after = index + 1
    before = index and tokens.ents[index - 1] == "PERSON" and not tokens.ent_starts[index]
    follows = (
        after < len(tokens) and tokens.ents[after] == "PERSON" and not tokens.ent_starts[after]
    )
    return bool(before or (follows and tokens.tags[after] != "POS"))


def _has_state(tokens: Tokens, index: int) -> str:
    """Whether a name has what only states have ("X's army", "the government of X"): "strong".

    "weak" where it has what others may have too ("X's president"), else "".
    """
    total = len(tokens)
    if index + 2 < total and tokens.tags[index + 1] == "POS":
        following = [word for word in tokens.low[index + 2 : index + 5] if word in _data("nouns")]
        strong = any(word not in _data("weak") for word in following)
        return "strong" if strong else "weak" if following else ""
    before = index - 1
    if before > 0 and tokens.low[before] == "the":
        before -= 1
    # "the government of Ilka Torvan" is no country's: countries of two words are not discovered.
    last = index + 1 >= total or not tokens.proper[index + 1]
    if before > 0 and tokens.low[before] == "of" and last:
        return "strong" if tokens.low[before - 1] in _data("nouns_of") else ""
    return ""


def _is_adjective(tokens: Tokens, index: int) -> bool:
    """Whether a capitalised word stands as a modifier before what states have, or as a demonym."""
    after = index + 1
    if after >= len(tokens) or not tokens.words[index][-1].isalpha():
        return False
    if tokens.ents[index] == "NORP" or tokens.tags[index] in ("JJ", "NNPS", "NNS"):
        return True
    if tokens.deps[index] not in ("amod", "compound", "nmod"):
        return False
    return any(word in _data("nouns") for word in tokens.low[after : after + 3])


def _capitals(tokens: Tokens, name: str, demonyms: list[str]) -> list[str]:
    """Names that the text calls the capital of a country."""
    found: dict[str, None] = {}
    owners = {name, *demonyms}
    for index, word in enumerate(tokens.low):
        if word != "capital":
            continue
        before, after = index - 1, index + 1
        owned = before >= 0 and (
            tokens.words[before] in owners
            or (tokens.tags[before] == "POS" and tokens.words[before - 1] in owners)
        )
        if after < len(tokens) and tokens.low[after] == "of":
            at = after + 1
            if at < len(tokens) and tokens.words[at] in owners:
                owned, after = True, at + 1
                # "Sarn, the capital of Veldania"
                if index >= 3 and tokens.low[index - 1] == "the" and tokens.words[index - 2] == ",":
                    candidate = index - 3
                    if tokens.proper[candidate]:
                        found[tokens.words[candidate]] = None
        if not owned:
            continue
        if after < len(tokens) and tokens.words[after] == ",":
            after += 1
        if after < len(tokens) and tokens.proper[after] and tokens.words[after] not in owners:
            found[tokens.words[after]] = None
    return list(found)
