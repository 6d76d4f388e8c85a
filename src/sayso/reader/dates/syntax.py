"""What the parse says about an expression of time: the tense of its verb, whether it counts."""

from functools import cache

from spacy.tokens import Token

from sayso.lexicon import toml
from sayso.reader.analysis import Analysis
from sayso.reader.dates.context import Tense

#: Steps up the tree from an expression to its verb.
_CLIMB = 12
_VERBS = ("VERB", "AUX")


@cache
def _lemmas(name: str) -> frozenset[str]:
    return frozenset(toml("dates")["syntax"][name])


def looking_back() -> frozenset[str]:
    """Words before which a date is past, whatever the tense of the verb: "since"."""
    return _lemmas("looking_back")


class ParsedSyntax:
    """Answers from spaCy's tags and parse, by offset in the article's text."""

    def __init__(self, analysis: Analysis) -> None:
        self._analysis = analysis

    def _head(self, start: int, end: int) -> Token:
        """The word of an expression that the rest of it hangs on."""
        tokens = self._analysis.tokens_in(start, end)
        first, last = tokens.start, tokens.end
        for token in tokens:
            if not first <= token.head.i < last or token.head.i == token.i:
                return token
        return tokens[0]

    def tense(self, start: int, end: int) -> Tense | None:
        """The tense of the verb that the expression from ``start`` to ``end`` belongs to."""
        if not len(self._analysis.doc):
            return None
        token = self._head(start, end)
        through_noun = False
        for _ in range(_CLIMB):
            if token.pos_ in _VERBS:
                break
            if token.lemma_.lower() in _lemmas("planning"):
                return "future"
            if token.head.i == token.i:
                return None
            token = token.head
            through_noun = through_noun or token.pos_ in ("NOUN", "PROPN")
        else:
            return None
        found = self._verb_tense(token)
        if found == "present":
            block = self._analysis.block_at(start)
            told = block is not None and block.kind in ("headline", "subheading", "caption")
            # "Talks begin on Monday" looks ahead; "Monday's talks show" and headlines do not.
            return "past" if told or through_noun else "present"
        return found

    def _verb_tense(self, verb: Token) -> Tense | None:
        for _ in range(_CLIMB):
            tag = verb.tag_
            helpers = [c for c in verb.children if c.dep_ in ("aux", "auxpass")]
            words = {c.lower_ for c in helpers}
            if words & _lemmas("modals"):
                if any(c.lower_ == "have" for c in helpers):
                    return "past"
                return "firm" if words & _lemmas("firm_future") else "future"
            if tag in ("VBD",):
                return (
                    "future"
                    if verb.lemma_ in _lemmas("planning") - {"set"} and self._plans(verb)
                    else "past"
                )
            if "to" in words or (tag == "VB" and not words):
                # An infinitive: of a plan, or of what its own verb says.
                head = verb.head
                if head.lemma_ in _lemmas("planning"):
                    return "future"
                if head.i == verb.i or head.pos_ not in _VERBS:
                    return "future"
                verb = head
                continue
            if tag in ("VBN", "VBG"):
                lemmas = {c.lemma_ for c in helpers}
                if tag == "VBN" and verb.lemma_ in _lemmas("planning"):
                    said = verb.lemma_ in _lemmas("pledging")
                    return "past" if said and helpers else "future"
                if any(c.tag_ in ("VBD", "VBN") for c in helpers) or "have" in lemmas:
                    return "past"
                if tag == "VBG" and "be" in lemmas:
                    return "future"
                if helpers:
                    return "past" if tag == "VBN" else None
                if verb.head.i == verb.i or verb.head.pos_ not in _VERBS:
                    return "past"
                if tag == "VBN":
                    return "past"
                verb = verb.head
                continue
            if tag in ("VBZ", "VBP"):
                return "present"
            return None
        return None

    def _plans(self, verb: Token) -> bool:
        return any(c.dep_ == "xcomp" for c in verb.children)

    def reports(self, start: int, end: int) -> bool:
        """Whether the expression says when something was told ("reported on April 28")."""
        if not len(self._analysis.doc):
            return False
        token = self._head(start, end)
        for _ in range(3):
            if token.pos_ == "VERB":
                return token.lemma_ in _lemmas("reporting")
            token = token.head
        return token.lemma_ in _lemmas("reporting")

    def counts(self, start: int) -> bool:
        """Whether the number at ``start`` counts the noun behind it ("2000 Ruritanian troops")."""
        token = self._analysis.token_at(start)
        head = token.head
        if token.dep_ != "nummod" or head.i <= token.i or head.tag_ not in ("NNS", "NNPS"):
            return False
        try:
            number = int(token.text)
        except ValueError:
            return True
        # "2024 elections" has a year, "1500 tanks" a number; round ones count.
        counted = toml("dates")["classes"]["counted"]
        return number < 100 or number % 100 == 0 or head.lower_ in counted

    def is_name(self, start: int) -> bool:
        """Whether the word at ``start`` is a person's name or a verb ("May", "March")."""
        token = self._analysis.token_at(start)
        if token.ent_type_ == "PERSON" or token.tag_ in ("MD", "VB", "VBP", "VBD"):
            return True
        first_name = token.dep_ == "compound" and token.head.pos_ == "PROPN"
        return first_name and token.ent_type_ != "DATE"

    def is_part_of_name(self, start: int) -> bool:
        """Whether the word at ``start`` stands in a name ("the Daily Star", "Winter Games")."""
        token = self._analysis.token_at(start)
        return token.pos_ == "PROPN" and (
            token.head.pos_ == "PROPN" or token.ent_type_ not in ("", "DATE", "TIME")
        )

    def is_noun(self, start: int) -> bool:
        """Whether the word at ``start`` is a noun of its own ("a weekly")."""
        token = self._analysis.token_at(start)
        return token.pos_ in ("NOUN", "ADJ") and any(c.dep_ == "det" for c in token.children)

    def leans(self, start: int) -> bool:
        """Whether the word at ``start`` says more of a noun behind it ("the year book")."""
        token = self._analysis.token_at(start)
        clause = any(child.dep_ == "relcl" for child in token.children)
        return clause or (token.dep_ in ("compound", "nmod") and token.head.i > token.i)
