"""Proper names that no registry knows: where each begins and ends, and what kind it speaks for.

A chunk is a run of capitalised names. Titles before it, its last word, the words around it and the
model's label each count for a kind; the model alone is wrong too often to be followed.
"""

from dataclasses import dataclass, field
from functools import cache

from sayso import lexicon
from sayso.names import is_first_name
from sayso.reader.actors.institutions import Institutions, cue_verbs
from sayso.reader.actors.registry import Hit
from sayso.reader.actors.tokens import Tokens
from sayso.reader.places import locate
from sayso.records import ActorKind

_NO_NAME = frozenset(
    {"DATE", "TIME", "MONEY", "PERCENT", "QUANTITY", "CARDINAL", "ORDINAL", "LANGUAGE"}
)
_LOCATIVE = frozenset(
    {"in", "at", "near", "around", "outside", "inside", "off", "across", "throughout"}
)
_HYPHENS = frozenset("-‐‑")
#: Tokens between two parts of a name at most ("Abd - al - Rahman").
_JOINTS = 4
_MARKS = frozenset("()[]“”\"'‘’,;:.!?/|#@*&…")


@dataclass
class Chunk:
    """A name from token ``first`` to ``last``.

    Attributes:
        start: where the title that stands before it in the same run begins, else ``first``.
        titled: whether a title or a form of address stands before it.
        scores: what speaks for each kind.
        head: the token that the name hangs by.
    """

    first: int
    last: int
    start: int
    titled: bool = False
    scores: dict[ActorKind, float] = field(default_factory=dict)
    owned: bool = False

    def add(self, kind: ActorKind, score: float) -> None:
        """Count evidence for a kind."""
        self.scores[kind] = self.scores.get(kind, 0.0) + score


@cache
def titles() -> frozenset[str]:
    """Nouns that are titles, in lower case."""
    data = lexicon.toml("roles")
    short = data["abbreviations"]
    return frozenset((*data["titles"], *short, *(word.rstrip(".") for word in short)))


@cache
def weak_titles() -> frozenset[str]:
    """Titles that are common nouns or adjectives too."""
    return frozenset(lexicon.toml("roles")["weak"])


@cache
def addresses() -> dict[str, str]:
    """Forms of address ("Mr"), with the gender that they show."""
    return dict(lexicon.toml("roles")["address"])


@cache
def _last_words(sort: str) -> frozenset[str]:
    return frozenset(lexicon.toml("institutions")["organisation"][sort])


@cache
def media_heads() -> dict[str, frozenset[str]]:
    """Nouns that make an outlet of the name after them, and what some of them need before them."""
    media = lexicon.toml("institutions")["media"]
    return {head: frozenset(media["needs"].get(head, ())) for head in media["heads"]}


@cache
def _body_nouns() -> frozenset[str]:
    return frozenset(lexicon.toml("institutions")["organisation"]["nouns"])


@cache
def _many() -> frozenset[str]:
    return frozenset(lexicon.toml("institutions")["organisation"]["many"])


@cache
def _particles() -> frozenset[str]:
    return frozenset(lexicon.toml("names")["inner"])


@cache
def _places(name: str) -> frozenset[str]:
    return frozenset(lexicon.toml("places")[name])


def hidden_hits(tokens: Tokens, hits: list[Hit]) -> set[int]:
    """Indices in ``hits`` of country and capital names that are parts of people's names."""
    hidden: set[int] = set()
    people: set[str] = set()
    at = {i for hit in hits for i in range(hit.first, hit.last + 1)}
    for number, hit in enumerate(hits):
        if hit.entry.form != "demonym" and _in_company(tokens, hit, at):
            hidden.add(number)
            continue
        if hit.entry.form == "demonym" or tokens.ents[hit.first] != "PERSON":
            continue
        if hit.entry.actor.kind not in ("country", "government"):
            continue
        before, after = hit.first - 1, hit.last + 1
        word = tokens.words[hit.first]
        if (
            after < len(tokens)
            and tokens.ents[after] == "PERSON"
            and not tokens.ent_starts[after]
            and tokens.proper[after]
            and tokens.ent_starts[hit.first]
            and is_first_name(word)
        ) or (
            before >= 0
            and not tokens.ent_starts[hit.first]
            and tokens.proper[before]
            and is_first_name(tokens.words[before])
        ):
            hidden.add(number)
            people.add(tokens.low[hit.last])
    # "Kingston" after "Alma Kingston" is hers, where the model sees no place.
    for number, hit in enumerate(hits if people else ()):
        alone = hit.first == hit.last and hit.entry.form in ("name", "capital")
        seen = hit.entry.form == "name" and tokens.ents[hit.first] in ("GPE", "LOC")
        if alone and not seen and tokens.low[hit.first] in people:
            hidden.add(number)
    return hidden


def _in_company(tokens: Tokens, hit: Hit, hits: set[int]) -> bool:
    """Whether a country or capital begins the name of a company or an outlet ("Qatar Airways")."""
    if hit.entry.actor.kind not in ("country", "government"):
        return False
    after = hit.last + 1
    while (
        after < len(tokens)
        and tokens.proper[after]
        and after not in hits
        and tokens.sents[after] == tokens.sents[hit.first]
        and tokens.heads[hit.last] > hit.last
    ):
        if tokens.words[after] in _last_words("companies"):
            return True
        after += 1
    return False


def find_chunks(tokens: Tokens, institutions: Institutions) -> list[Chunk]:
    """The names of a text, in order, without those that a registry or an institution holds."""
    found: list[Chunk] = []
    index, total = 0, len(tokens)
    free = _free(tokens, institutions)
    while index < total:
        if not free[index]:
            index += 1
            continue
        last = _run_end(tokens, free, index)
        found += _cut(tokens, institutions, _with_particles(tokens, index), last)
        index = last + 1
    return found


def _free(tokens: Tokens, institutions: Institutions) -> list[bool]:
    """Whether each token may be part of a new name."""
    taken, used = institutions.hit_at, institutions.used
    free = []
    for index, proper in enumerate(tokens.proper):
        word, ent = tokens.words[index], tokens.ents[index]
        if not proper and ent in ("PERSON", "ORG", "GPE", "NORP") and word[:1].isupper():
            proper = tokens.tags[index] not in ("DT", "PRP", "PRP$", "IN", "VBZ", "JJ", "CC")
        free.append(
            proper
            and index not in taken
            and index not in used
            and ent not in _NO_NAME
            and word[0] not in _MARKS
        )
    return free


def _run_end(tokens: Tokens, free: list[bool], first: int) -> int:
    """The last token of a run of names: hyphens and particles may stand within it."""
    last, total = first, len(free)
    while last + 1 < total and tokens.sents[last + 1] == tokens.sents[first]:
        after = last + 1
        if free[after]:
            last = after
            continue
        if _is_hyphenated(tokens, after):
            last = after + 1
            continue
        while after < total and after - last < _JOINTS and _is_joint(tokens, after):
            after += 1
        if after > last + 1 and after < total and free[after]:
            last = after
        elif _in_organisation(tokens, free, last + 1):
            last += 1
        else:
            break
    while last > first and not free[last] and tokens.words[last - 1] not in _HYPHENS:
        last -= 1
    return last


def _is_hyphenated(tokens: Tokens, hyphen: int) -> bool:
    """Whether a hyphen and the rest of a given name follow ("-sok" of "Kim Tae-sok")."""
    after = hyphen + 1
    return (
        after < len(tokens)
        and tokens.words[hyphen] in _HYPHENS
        and tokens.starts[after] == tokens.end(hyphen)
        and tokens.starts[hyphen] == tokens.end(hyphen - 1)
        and tokens.ents[after] == "PERSON"
        and not tokens.ent_starts[after]
        and tokens.tags[after][0] in "NFX"
    )


def _is_joint(tokens: Tokens, index: int) -> bool:
    """Whether a token joins the parts of a name: a hyphen, or a small word ("van", "der")."""
    joined = tokens.starts[index] == tokens.end(index - 1)
    if tokens.words[index] in _HYPHENS:
        return joined
    if tokens.words[index] == ".":  # "Lt. Col.", which the tokenizer parts
        return joined and tokens.low[index - 1] in titles()
    if tokens.tags[index] == "POS":  # "People's Savings Bank", "Workers' Party"
        return tokens.low[index - 1] in _many()
    return tokens.words[index] in _particles()


def _with_particles(tokens: Tokens, first: int) -> int:
    """Where the small words before a family name begin ("van der" of "van der Meer said")."""
    at = first
    while at and tokens.sents[at - 1] == tokens.sents[first]:
        hyphen = tokens.words[at - 1] in _HYPHENS and at > 1
        if tokens.words[at - 1 - hyphen] not in _particles():
            break
        at -= 1 + hyphen
    return at


def _in_organisation(tokens: Tokens, free: list[bool], index: int) -> bool:
    """Whether a small word stands within the name of a body ("Institute for Peace")."""
    return (
        tokens.low[index] in ("of", "for", "and", "the", "on", "&")
        and tokens.ents[index] == "ORG"
        and not tokens.ent_starts[index]
        and index + 1 < len(free)
        and tokens.ents[index + 1] == "ORG"
        and not tokens.ent_starts[index + 1]
        and tokens.tags[index - 1] != "POS"
    )


def _cut(tokens: Tokens, institutions: Institutions, first: int, last: int) -> list[Chunk]:
    """The names of one run: titles and bodies before a person's name are cut off."""
    low = tokens.low
    cut = first
    for index in range(first, last):
        strong = low[index] in titles() or low[index] in addresses()
        if (
            strong
            and not (
                low[index] in weak_titles()
                and index == first
                and last - first == 1
                and tokens.ents[last] == "ORG"
            )
        ) or (
            tokens.words[index] in _last_words("words")
            and (tokens.ents[index + 1] == "PERSON" or is_first_name(tokens.words[index + 1]))
        ):
            cut = index + 1
    titled = cut > first and low[cut - 1] in titles() | addresses().keys()
    while cut < last and (tokens.words[cut] in _HYPHENS or tokens.words[cut] == "."):
        cut += 1
    if low[last] in titles() and cut <= last:
        named = tokens.ents[last] == "PERSON" and last > first and not titled
        if not (named and is_first_name(tokens.words[last - 1])):
            return []  # a title without a name
    chunk = Chunk(cut, last, first, titled)
    if cut > first and not titled and tokens.words[cut - 1] in _last_words("words"):
        body = Chunk(first, cut - 1, first)
        _judge(tokens, institutions, body)
        chunk.start = cut
        _judge(tokens, institutions, chunk)
        chunk.add("person", 3.0)
        return [body, chunk]
    bodies = _body_before(tokens, institutions, first, cut) if titled else []
    if titled and tokens.words[last] in _last_words("words") and tokens.ents[last] != "PERSON":
        chunk = Chunk(first, last, first)
    _judge(tokens, institutions, chunk)
    return [*bodies, chunk]


def _body_before(tokens: Tokens, institutions: Institutions, first: int, cut: int) -> list[Chunk]:
    """The body within a title in capitals ("Security Council Secretary")."""
    for last in range(cut - 2, first, -1):
        if tokens.words[last] in _last_words("words") and tokens.low[last] not in titles():
            body = Chunk(first, last, first)
            _judge(tokens, institutions, body)
            return [body]
    return []


def _judge(tokens: Tokens, institutions: Institutions, chunk: Chunk) -> None:
    """Count what speaks for each kind."""
    first, last = chunk.first, chunk.last
    size = last - first + 1
    before, after = chunk.start - 1, last + 1
    word_before = tokens.low[before] if before >= 0 else ""
    word_after = tokens.low[after] if after < len(tokens) else ""
    label = tokens.ents[last] or tokens.ents[first]
    ending = tokens.words[last]
    _judge_label(chunk, label, size)
    if chunk.titled:
        chunk.add("person", 6.0)
    elif word_before in titles() and tokens.is_noun(before) and before not in institutions.hit_at:
        if not (word_before in weak_titles() and label == "ORG"):
            chunk.add("person", 5.0)
            chunk.titled = True
    elif word_before in addresses():
        chunk.add("person", 6.0)
        chunk.titled = True
    elif _is_media_head(tokens, before):
        chunk.add("outlet", 5.0)
    if tokens.deps[last] == "appos" and _is_media_head(tokens, tokens.heads[last]):
        chunk.add("outlet", 4.0)  # "the party newspaper, the Red Tide"
    if size > 1 and is_first_name(tokens.words[first]) and ending not in _last_words("outlets"):
        chunk.add("person", 2.0)
    if word_before == "the":
        chunk.add("person", -3.0)
    if ending in _last_words("no_actors"):
        chunk.scores = {}
        return
    if ending in _last_words("outlets") and (size > 1 or label == "ORG"):
        chunk.add("outlet", 4.0)
    elif ending in _last_words("armed") and size > 1:
        chunk.add("armed_force", 4.5)
    elif ending in _last_words("words"):
        if size == 1:
            chunk.scores = {}  # "the Council": a description
            return
        chunk.add("organisation", 4.0)
    elif ending[-1] == "s" and len(ending) > 2 and ending[:-1].isupper():
        chunk.scores = {}  # "UAVs": things
        return
    elif ending.isupper() and 2 <= len(ending) <= 6 and size == 1 and tokens.tags[last] == "NNP":
        chunk.add("organisation", 1.5)
    if (
        word_after in _places("place_nouns")
        or (word_before == "of" and before and tokens.low[before - 1] in _places("place_heads"))
        or word_before in _places("place_heads")
    ):
        chunk.add("place", 4.0)
    elif word_before in _LOCATIVE and label in ("GPE", "LOC", "FAC"):
        chunk.add("place", 2.0)
    elif word_before in _LOCATIVE and size == 1 and locate(tokens.words[first]) is not None:
        # "in Izmir", which the tagger takes for a person or a body.
        chunk.add("place", 2.5)
    if word_after in _body_nouns():
        chunk.add("organisation", 3.0)
    elif word_after in media_heads() and not media_heads()[word_after] and label != "PERSON":
        chunk.add("outlet", 3.0)
    verb = tokens.subject_verb(last)
    if verb is not None and tokens.lemmas[verb] in cue_verbs():
        kind: ActorKind = "person" if size in (2, 3) or label == "PERSON" else "organisation"
        chunk.add(kind, 1.0)
        chunk.add("place", -1.0)
    if _is_person_apposition(tokens, chunk):
        chunk.add("person", 3.0)


def _judge_label(chunk: Chunk, label: str, size: int) -> None:
    if label == "PERSON":
        chunk.add("person", 2.5 if size > 1 else 1.5)
    elif label == "ORG":
        chunk.add("organisation", 1.5)
    elif label in ("GPE", "LOC"):
        chunk.add("place", 2.0)
    elif label in ("FAC", "NORP", "PRODUCT", "EVENT", "LAW", "WORK_OF_ART"):
        chunk.add("document", 0.0)


def _is_media_head(tokens: Tokens, index: int) -> bool:
    """Whether a noun makes an outlet of the name after it ("news agency")."""
    if index < 0:
        return False
    needs = media_heads().get(tokens.low[index])
    if needs is None or tokens.words[index][0].isupper():
        return False
    return not needs or (index > 0 and tokens.low[index - 1] in needs)


def media_start(tokens: Tokens, first: int) -> int:
    """Where the media noun and its modifiers before a name begin; ``first`` where there is none."""
    if not _is_media_head(tokens, first - 1):
        return first
    at = first - 1
    while (
        at
        and tokens.sents[at - 1] == tokens.sents[first]
        and (tokens.tags[at - 1] in ("JJ", "NN", "NNP") or tokens.words[at - 1] in _HYPHENS)
    ):
        at -= 1
    return at


def _is_person_apposition(tokens: Tokens, chunk: Chunk) -> bool:
    """Whether a title stands beside the name: "the prime minister, X," or "X, a lawmaker"."""
    head = chunk.last
    if tokens.deps[head] == "appos" and tokens.low[tokens.heads[head]] in titles():
        return tokens.heads[head] < head
    return any(
        tokens.deps[child] == "appos" and tokens.low[child] in titles()
        for child in tokens.children[head]
    )
