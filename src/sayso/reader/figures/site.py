"""Where a quantity stands in the parse: its token, the noun that it counts, its words."""

from dataclasses import dataclass, replace

from spacy.tokens import Token

from sayso import lexicon
from sayso.reader.analysis import Analysis
from sayso.reader.figures.quantity import Quantity
from sayso.reader.figures.units import is_group, noun_kind
from sayso.records import Span

_PLURAL = frozenset({"NNS", "NNPS"})
#: Tags of words that may stand between a number and the noun that it counts.
_MODIFIERS = frozenset(
    {"JJ", "JJR", "JJS", "VBN", "VBG", "NN", "NNP", "NNPS", "POS", "HYPH", "NNS"}
)
_NOUNS = frozenset({"NN", "NNS", "NNP", "NNPS"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_PRONOUNS = frozenset({"them", "those", "these", "whom", "which", "us", "it", "that"})


@dataclass(slots=True)
class Site:
    """A quantity in its sentence.

    Attributes:
        quantity: the quantity.
        first: index of its first token.
        last: index of its last token (number and unit, without bound words after them).
        anchor: the token through which it hangs in the parse.
        noun: the noun that it counts, None where the quantity has none of its own.
        counted: the words of what is counted.
        partitive: whether the counted noun hangs on an "of" ("two of them").
    """

    quantity: Quantity
    first: int
    last: int
    anchor: Token
    noun: Token | None = None
    counted: Span | None = None
    partitive: bool = False

    @property
    def node(self) -> Token:
        """The token whose place in the sentence is the quantity's: its noun, else its anchor."""
        return self.anchor if self.noun is None or self.partitive else self.noun


def locate(analysis: Analysis, quantity: Quantity) -> Site:
    """The site of a quantity, with the noun that it counts."""
    doc = analysis.doc
    quantity = _without_particle(analysis, quantity)
    first = analysis.token_at(quantity.core[0]).i
    last = analysis.token_at(quantity.core[1] - 1).i
    anchor = doc[last]
    for index in range(last, first - 1, -1):
        if not first <= doc[index].head.i <= last:
            anchor = doc[index]
            break
    site = Site(quantity, first, last, anchor)
    _find_noun(analysis, site)
    return site


def _without_particle(analysis: Analysis, quantity: Quantity) -> Quantity:
    """The quantity without a bound word that is its verb's: "handed over 14 tanks"."""
    if quantity.start == quantity.core[0]:
        return quantity
    word = analysis.token_at(quantity.start)
    verb = analysis.doc[max(word.i - 1, 0)]
    verbs = lexicon.toml("approximators")["particles"].get(word.lower_, ())
    if not (word.dep_ == "prt" and word.lower_ == "over") and verb.lemma_ not in verbs:
        return quantity
    return replace(quantity, start=quantity.core[0], bound="exact")


def _find_noun(analysis: Analysis, site: Site) -> None:
    doc, quantity = analysis.doc, site.quantity
    if quantity.age:
        return
    end = analysis.token_at(max(quantity.end, quantity.core[1]) - 1).i
    after = end + 1
    sentence_end = doc[site.last].sent.end
    if quantity.unit is None and (group := _group(site)) is not None:
        site.noun, site.counted = group, analysis.span(group, group)
        return
    if after >= sentence_end:
        return
    measured = quantity.unit is not None and quantity.unit.name != "share"
    if doc[after].lower_ == "of" or (quantity.bound == "vague" and doc[site.last].lower_ == "of"):
        start = after + 1 if doc[after].lower_ == "of" else after
        _noun_of_phrase(analysis, site, start, sentence_end)
        return
    if measured:
        return
    if quantity.compound and doc[after].tag_ == "HYPH":
        after += 1
        if after + 1 < sentence_end and doc[after].lower_ == "strong":
            # "a 5,000-strong force"
            after += 1
            strong = next((t for t in doc[after : after + 3] if t.tag_ in _NOUNS), None)
            if strong is not None:
                site.noun, site.counted = strong, analysis.span(doc[after], strong)
                return
    if after >= sentence_end:
        return
    head = site.anchor.head
    if is_designation(head) and head.dep_ == "nummod":
        head = head.head
    if (
        site.anchor.dep_ in ("nummod", "quantmod", "amod", "compound", "det", "npadvmod", "nmod")
        and site.last < head.i <= site.last + 9
        and head.tag_ in _NOUNS
        and _unbroken(analysis, after, head.i)
    ):
        site.noun = head
    else:
        site.noun = _scan(analysis, after, sentence_end)
    if site.noun is not None:
        # The head of a compound is its last noun.
        while (
            site.noun.i + 1 < sentence_end
            and site.noun.dep_ == "compound"
            and site.noun.head.i == site.noun.i + 1
        ):
            site.noun = site.noun.head
        # "not 49 but 105 soldiers": the noun's words begin behind the last number.
        for index in range(site.noun.i - 1, after - 1, -1):
            if doc[index].tag_ == "CD" and not is_designation(doc[index]):
                after = index + 1
                break
        shared = any(
            doc[i].tag_ in ("CD", "CC") and not is_designation(doc[i])
            for i in range(after, site.noun.i)
        )
        site.counted = analysis.span(site.noun if shared else doc[after], site.noun)


def _group(site: Site) -> Token | None:
    """The group whose size the number gives from behind an "of": "a crew of 22"."""
    of = site.anchor.head
    if site.anchor.dep_ != "pobj" or of.lower_ != "of" or site.anchor.i != site.last:
        return None
    return of.head if is_group(of.head.lemma_.lower()) else None


def _unbroken(analysis: Analysis, start: int, end: int) -> bool:
    """Whether no verb, preposition or clause mark parts the tokens from ``start`` to ``end``."""
    for index in range(start, end):
        tag = analysis.doc[index].tag_
        if tag in ("IN", "TO", ":", ".", "-LRB-", "-RRB-", "VBD", "VBZ", "VBP", "VB", "MD", "WDT"):
            return False
    # "20, mostly civilians"
    return start == end or analysis.doc[start].tag_ != ","


def is_designation(token: Token) -> bool:
    """Whether a word of letters and digits names a make ("F-16", "BM21"), whatever its tag."""
    text = token.text
    return text[:1].isalpha() and text[-1:].isdigit()


def _scan(analysis: Analysis, start: int, end: int) -> Token | None:
    """The noun that ends the run of modifiers and nouns from ``start``, where it is a plural."""
    doc = analysis.doc
    found = None
    for index in range(start, min(end, start + 7)):
        token = doc[index]
        tag = token.tag_
        plural = tag == "NN" and token.lower_.endswith(("people", "personnel", "men"))
        if tag in ("NNS", "NNPS") or plural:
            found = token
            if index + 1 < end and doc[index + 1].tag_ not in _NOUNS:
                break
        elif token.lower_ in ("and", "or") and start < index < end - 2:
            if doc[index + 1].tag_ == "CD":
                # "19 Arvenian and 26 Kestrian soldiers": the noun is both numbers'.
                found = _scan(analysis, index + 2, end)
            break
        elif tag not in _MODIFIERS and not is_designation(token):
            break
        elif tag == "VBN" and index == start and found is None:
            # "100 killed soldiers" is rare; "100 killed" is not: only before a noun it is near.
            follower = doc[index + 1].tag_ if index + 1 < end else ""
            if follower not in ("NNS", "NNPS", "NN"):
                break
        elif found is not None and tag not in _NOUNS:
            break
    return found


def _noun_of_phrase(analysis: Analysis, site: Site, start: int, end: int) -> None:
    """The noun of "dozens of X", "half of the X", and its words."""
    doc = analysis.doc
    if start >= end:
        return
    alone = doc[start].tag_ in ("PRP", "WP", "WDT")
    if doc[start].lower_ in _PRONOUNS and (
        alone or start + 1 >= end or doc[start + 1].tag_ not in (*_MODIFIERS, "CD")
    ):
        site.partitive = True
        return
    noun = None
    of = doc[start - 1] if start else doc[start]
    for child in of.children:
        if child.dep_ == "pobj" and child.i >= start:
            noun = child
            break
    if noun is None:
        for index in range(start, min(end, start + 8)):
            if doc[index].tag_ in _NOUNS:
                noun = doc[index]
            elif noun is not None or doc[index].tag_ in ("IN", "VBD", "VBZ", ",", "."):
                break
    if noun is None:
        return
    site.noun, site.partitive = noun, True
    last = noun
    unit = site.quantity.unit
    if unit is not None and unit.kind == "share":
        last = _whole_phrase(analysis, noun)
    site.counted = analysis.span(doc[start], last)


def _whole_phrase(analysis: Analysis, noun: Token) -> Token:
    """The last token of the noun's phrase, up to the first comma, dash or clause after it."""
    doc = analysis.doc
    last = noun
    for index in range(noun.i + 1, noun.right_edge.i + 1):
        token = doc[index]
        if token.tag_ in (",", ":", "-LRB-", ".", "WDT", "WP", "''", "``"):
            break
        last = token
    return last


def referent(analysis: Analysis, site: Site) -> Token | None:
    """The noun that "14 of them", "seven of which" or "three others" speak of, where one is near.

    For a bare number, the object that a verb joined to its own shares with it.

    The noun of a relative clause, else the nearest plural before the number (of people for
    "others": "a soldier … and three others").
    """
    doc = analysis.doc
    others = site.noun is not None and site.noun.lemma_.lower() == "other"
    if site.noun is None and not site.partitive:
        return _object_of_both(site)
    if not others and site.noun is not None:
        return None
    clause = next((t for t in site.anchor.ancestors if t.dep_ == "relcl"), None)
    pronoun = doc[min(site.last + 2, len(doc) - 1)]
    if clause is not None and pronoun.tag_ in ("WDT", "WP"):
        return clause.head
    for token in reversed(doc[doc[site.first].sent.start : site.first]):
        counts = token.tag_ in _PLURAL or (others and token.tag_ == "NN")
        if counts and noun_kind(token.lemma_.lower(), token.lower_) in ("people", "weapons"):
            return token
    return None


def _object_of_both(site: Site) -> Token | None:
    """The noun that a later verb's number has for both: "killed 12 and injured 30 civilians"."""
    if site.anchor.dep_ != "dobj" or site.quantity.unit is not None:
        return None
    for verb in site.anchor.head.children:
        if verb.dep_ != "conj" or any(c.dep_ in _SUBJECTS for c in verb.children):
            continue
        noun = next((c for c in verb.children if c.dep_ == "dobj" and c.tag_ in _PLURAL), None)
        if noun is None or noun_kind(noun.lemma_.lower(), noun.lower_) not in ("people", "weapons"):
            continue
        if noun.i > site.last and any(c.dep_ == "nummod" for c in noun.children):
            return noun
    return None


def is_sized_group(site: Site) -> bool:
    """Whether a bare number is the size of a group of people: "its contingent numbers 3,000"."""
    head = site.anchor.head
    if site.noun is not None or head.lemma_ not in lexicon.toml("figure_scope")["total"]["reached"]:
        return False
    return any(c.dep_ == "nsubj" and is_group(c.lemma_.lower()) for c in head.children)
