"""Scope: change, total or increment, since and as of when, where, and a part of what."""

from functools import cache
from typing import Literal

from spacy.tokens import Span as TokenSpan
from spacy.tokens import Token

from sayso import lexicon
from sayso.reader.analysis import Analysis
from sayso.reader.cast import Cast
from sayso.reader.figures.govern import Governed
from sayso.reader.figures.kinds import is_outcome
from sayso.reader.figures.site import Site
from sayso.records import Date, DateRef, Figure, Span

Change = Literal["up", "down"] | None
Measure = Literal["total", "increment"] | None

#: Characters of a date that names a day.
_DAY = len("2024-05-03")
_PLACE_ENTS = frozenset({"GPE", "LOC", "FAC"})


@cache
def _lexis() -> dict[str, frozenset[str]]:
    data = lexicon.toml("figure_scope")
    change, total, part = data["change"], data["total"], data["part"]
    return {
        "up": frozenset(change["up"]),
        "down": frozenset(change["down"]),
        "moving": frozenset(change["moving"]),
        "intransitive": frozenset(change["intransitive"]),
        "up_nouns": frozenset(change["up_nouns"]),
        "down_nouns": frozenset(change["down_nouns"]),
        "new": frozenset(data["compared"]["new"]),
        "fewer": frozenset(data["compared"]["down"]),
        "total_nouns": frozenset(total["nouns"]),
        "total_adverbs": frozenset(total["adverbs"]),
        "total_verbs": frozenset(total["verbs"]),
        "reached": frozenset(total["reached"]),
        "part_nouns": frozenset(part["nouns"]),
        "places": frozenset(data["places"]["prepositions"]),
        "begins": frozenset(data["attacks"]["begins"]),
        "events": frozenset(data["attacks"]["nouns"] + data["attacks"]["fighting"]),
    }


@cache
def _multiple() -> str:
    return str(lexicon.toml("numbers")["multiple"]["ending"])


@cache
def _part_phrases() -> tuple[tuple[str, ...], ...]:
    phrases = lexicon.toml("figure_scope")["part"]["phrases"]
    return tuple(tuple(phrase.split()) for phrase in phrases)


def change_of(analysis: Analysis, site: Site, governed: Governed) -> tuple[Change, Measure]:
    """Whether something rose or fell by the figure, and whether the figure is a total."""
    lexis = _lexis()
    quantity = site.quantity
    if quantity.pair:
        return None, "total"
    doc = analysis.doc
    first = analysis.token_at(quantity.start).i
    before = doc[first - 1] if first else None
    if quantity.more or _is_new(site):
        return "up", "increment"
    if analysis.article.text[quantity.start : quantity.end].endswith(_multiple()):
        # "a threefold fall" is one; a multiple with nothing said is a rise.
        return _direction(site.anchor.head) or "up", "increment"
    after = doc[site.last + 1] if site.last + 1 < len(doc) else None
    if after is not None and after.lower_ in lexis["fewer"] and quantity.bound == "exact":
        return "down", "increment"
    if before is None:
        return None, None
    lower = before.lower_
    if lower in ("up", "down") and not (
        before.dep_ == "prt" and before.head.lemma_ not in lexis["moving"]
    ):  # "brought down 12 poles" lowers nothing
        return ("up" if lower == "up" else "down"), "increment"
    verb = governed.verb
    word = _changing(before.head) if lower in ("by", "to", "at", "of") else None
    if lower == "by" and word is None and before.head.lemma_ in lexis["moving"]:
        way = {c.lower_ for c in before.head.children} & {"up", "down"}
        return (way.pop() if len(way) == 1 else None), "increment"  # type: ignore[return-value]
    if lower == "by" or (lower == "of" and word is not None and word.tag_[0] == "N"):
        return (_direction(word), "increment") if word is not None else (None, None)
    if lower in ("to", "at", "from"):
        if word is not None or before.head.lemma_ in lexis["total_verbs"]:
            return None, "total"
        return None, None
    changing = _changing(site.anchor.head)
    if changing is not None:
        if changing.tag_[0] == "V" and changing.lemma_ in lexis["intransitive"]:
            if site.anchor.dep_ in ("dobj", "npadvmod", "advmod", "nummod", "obj", "attr"):
                return _direction(changing), "increment"
        elif changing.tag_[0] == "N" and changing.i > site.last:
            # "a 20% increase"
            return _direction(changing), "increment"
    if site.noun is not None and _changing(site.noun) is not None and not site.partitive:
        return _direction(site.noun), "increment"
    if verb is not None and governed.role == "object" and verb.lemma_ in lexis["reached"]:
        return None, "total"
    if lower == "of" and before.head.lemma_ in ("total", "toll"):
        return None, "total"
    return None, None


def _is_new(site: Site) -> bool:
    """Whether the dead or hurt are said to come on top: "12 new deaths"."""
    noun, words = site.noun, _lexis()["new"]
    return noun is not None and is_outcome(noun) and any(c.lower_ in words for c in noun.lefts)


def _changing(token: Token) -> Token | None:
    return token if _direction(token) is not None else None


def _direction(word: Token | None) -> Change:
    """Up or down, by a verb of change or a noun of one."""
    if word is None:
        return None
    lexis, lemma = _lexis(), word.lemma_.lower()
    noun = word.tag_[0] == "N"
    if lemma in (lexis["up_nouns"] if noun else lexis["up"]):
        return "up"
    return "down" if lemma in (lexis["down_nouns"] if noun else lexis["down"]) else None


def times_of(
    analysis: Analysis, site: Site, dates: list[Date]
) -> tuple[DateRef | None, DateRef | None, Token | None]:
    """The figure's ``as_of`` and ``since``, from the dates of its sentence.

    Args:
        analysis: the article.
        site: the figure's place.
        dates: the dates of the figure's sentence, in order.

    Returns:
        Both, and the noun of a "since" phrase that names an event and no date ("since the offensive
        began").
    """
    as_of = since = None
    text = analysis.article.text
    sentence = analysis.doc[site.last].sent
    opened = _since(analysis, site, sentence)
    for date in dates:
        if date.kind == "duration":
            continue
        lead = (
            text[max(sentence.start_char, date.span.start - 40) : date.span.start].lower().split()
        )
        own = date.span.text.lower()
        value = date.value.split("/")[0] if date.value.endswith("/..") else date.value
        ref = DateRef(value=value, id=date.id)
        if own.startswith("as of") or lead[-2:] == ["as", "of"]:
            as_of = as_of or ref
        elif own.startswith("since") or (opened and opened[0] < date.span.start < opened[1]):
            since = since or ref
        elif (
            lead[-1:] in (["by"], ["until"])
            and as_of is None
            and date.span.start > site.quantity.end
        ):
            as_of = ref
    return as_of, since, opened[2] if opened and since is None else None


def _since(
    analysis: Analysis, site: Site, sentence: TokenSpan
) -> tuple[int, int, Token | None] | None:
    """The characters of the words behind "since" up to a comma, and the event that they name."""
    for token in sentence:
        if token.lower_ != "since" or not _bears_on(analysis, token, site):
            continue
        event, end = None, sentence.end_char
        for word in analysis.doc[token.i + 1 : sentence.end]:
            if word.tag_ in (",", ":", "."):
                end = word.idx
                break
            if event is None and word.lemma_.lower() in _lexis()["events"]:
                event = word
        return token.idx, end, event
    return None


def _bears_on(analysis: Analysis, since: Token, site: Site) -> bool:
    """Whether a "since" is the figure's: before it, in its part of the sentence, or above it."""
    if since.i < site.first or not any(
        t.tag_ in (",", ":") for t in analysis.doc[site.last + 1 : since.i]
    ):
        return True
    above = since.head
    while above.tag_[0] != "V" and above.head.i != above.i:
        above = above.head
    return above in site.anchor.ancestors


def date_of_event(analysis: Analysis, noun: Token, dates: list[Date]) -> DateRef | None:
    """When the article says, in another sentence, that the event was that "since" goes back to.

    The first day that stands with the same noun ("the clashes on Tuesday"), else words by which
    something like it began ("the violence that erupted on Tuesday").
    """
    lexis = _lexis()
    home = analysis.sentence_index(noun.idx)
    began: DateRef | None = None
    for date in dates:
        index = analysis.sentence_index(date.span.start)
        if date.kind != "date" or index == home or len(date.value) != _DAY:
            continue
        lemmas: list[str] = []
        for token in analysis.sentences[index]:
            if token.idx >= date.span.start:
                break
            lemmas = [] if token.tag_ in (",", ":") else [*lemmas, token.lemma_.lower()]
        if noun.lemma_.lower() in lemmas:
            return DateRef(value=date.value, id=date.id)
        if began is None and lexis["begins"] & {*lemmas} and lexis["events"] & {*lemmas}:
            began = DateRef(value=date.value, id=date.id)
    return began


def place_of(analysis: Analysis, cast: Cast, site: Site) -> Span | None:
    """The place in the figure's clause that a preposition leads to, the nearest one after it."""
    doc = analysis.doc
    sentence = doc[site.last].sent
    prepositions = _lexis()["places"]
    best: tuple[int, Span] | None = None
    for index in range(sentence.start, sentence.end):
        token = doc[index]
        if token.ent_type_ not in _PLACE_ENTS or token.ent_iob_ != "B":
            if not (token.tag_ == "NNP" and token.ent_type_ == ""):
                continue
            if token.i and doc[token.i - 1].tag_ in ("NNP",):
                continue
            if not any(a.kind == "place" for a in cast.at(token.idx, token.idx + len(token))):
                continue
        at = index - 1
        while (
            at > sentence.start
            and doc[at].tag_ in ("DT", "JJ", "NN", "NNP", "POS", "PRP$")
            and (index - at <= 4)
        ):
            at -= 1
        if doc[at].lower_ not in prepositions or doc[at].tag_ not in ("IN", "RP"):
            continue
        last = index
        while last + 1 < sentence.end and (
            (doc[last + 1].ent_type_ == token.ent_type_ != "" and doc[last + 1].ent_iob_ == "I")
            or doc[last + 1].lower_ in ("region", "province", "oblast", "district")
        ):
            last += 1
        if _parted(analysis, site, at) or (last + 1 < sentence.end and doc[last + 1].tag_ == "POS"):
            continue
        distance = at - site.last if at > site.last else 2 * (site.first - index) + 4
        if best is None or distance < best[0]:
            best = (distance, analysis.span(doc[index], doc[last]))
    return best[1] if best else None


def _parted(analysis: Analysis, site: Site, index: int) -> bool:
    """Whether a clause mark stands between the figure and token ``index``."""
    low, high = sorted((site.last, index))
    marks = 0
    for token in analysis.doc[low + 1 : high]:
        tag = token.tag_
        if tag == ":" or token.lower_ in ("while", "whereas", "but"):
            return True
        if tag == ",":
            marks += 1
    return marks > 2


def part_of(analysis: Analysis, site: Site, figure: Figure, earlier: list[Figure]) -> str | None:
    """The id of the earlier figure that this one is a part of, where the text says so.

    A part has the unit of its whole and is no larger; "of which", "including", "the majority of" or
    the like lead to it.
    """
    if not says_part(analysis, site):
        return None
    bare = _with_some(analysis, site)
    size = figure.value if figure.value is not None else figure.low
    for whole in reversed(earlier[-6:]):
        total = whole.value if whole.value is not None else whole.high
        if whole.unit_kind != figure.unit_kind or whole.currency != figure.currency:
            continue
        if figure.unit_kind == "share":
            continue
        if whole.part_of is not None and not _leads_from(analysis, whole, site):
            continue
        if bare and figure.kind not in (None, whole.kind) and whole.kind is not None:
            return None
        if size is not None and total is not None and size < total:
            return whole.id
    return None


def _leads_from(analysis: Analysis, whole: Figure, site: Site) -> bool:
    """Whether a part has parts: "22 dead, nine of them in Oster, including four men"."""
    between = analysis.tokens_in(whole.span.end, site.quantity.start)
    words = [t.lower_ for t in between]
    return any(
        tuple(words[at : at + len(phrase)]) == phrase
        for phrase in (*_part_phrases(), (",", "with"))
        for at in range(len(words))
    )


def _with_some(analysis: Analysis, site: Site) -> bool:
    """Whether ", with" puts the number beside its whole: "40 were hit, with nine killed"."""
    at = analysis.token_at(site.quantity.start).i
    words = [t.lower_ for t in analysis.doc[max(at - 2, 0) : at]]
    return words == [",", "with"]


def says_part(analysis: Analysis, site: Site) -> bool:
    """Whether the words before or after a number make it a part of one before it."""
    if _with_some(analysis, site):
        return True
    doc = analysis.doc
    sentence = doc[site.last].sent
    first = analysis.token_at(site.quantity.start).i
    nouns = _lexis()["part_nouns"]
    words = [t.lower_ for t in doc[max(sentence.start, first - 12) : first]]
    after = [t.lower_ for t in doc[site.last + 1 : min(sentence.end, site.last + 5)]]
    for index, word in enumerate(words):
        if word in nouns and words[index + 1 : index + 2] == ["of"]:
            return True
    for phrase in _part_phrases():
        size = len(phrase)
        if tuple(after[:size]) == phrase and phrase[0] == "of":
            return True
        for index in range(max(0, len(words) - 6), len(words) - size + 1):
            if tuple(words[index : index + size]) == phrase:
                return not _closed(words[index + size :])
    return False


def _closed(words: list[str]) -> bool:
    """Whether a part told in commas is over: "nine here, including four men, and 13 there"."""
    commas = [at for at, word in enumerate(words) if word == ","]
    return len(commas) == 1 and words[commas[0] + 1 : commas[0] + 2] in (["and"], ["while"])
