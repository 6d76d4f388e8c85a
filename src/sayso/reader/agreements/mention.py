"""One stretch of text that refers to an agreement."""

from dataclasses import dataclass, field

from spacy.tokens import Token

from sayso.reader.agreements.links import Link
from sayso.records import Actor, Span


@dataclass(kw_only=True)
class AgreementMention:
    """One stretch of text that refers to an agreement.

    Attributes:
        head: the noun, or the verb of "cease fire".
        span: the words, with article or possessive, and with "Article 4 of" before them.
        core: the words that name it, without article, possessive or year.
        kind: the kind that its noun names.
        modifiers: the content words, lower case, that say which agreement it is.
        year: the year that its own words date it by ("the 1962 treaty"), else empty.
        proper: whether it is a name in capitals.
        bare: whether nothing but its noun says which agreement is meant.
        definite: whether an article or possessive points at a known one.
        plural: whether it is one agreement called by a plural ("the Minsk agreements").
        parties: the actors that its own words name as parties.
        links: the words that it hangs on.
        public: whether its words or those who act on it show it to be one of states.
        paper: whether its noun is one that makes no agreement by itself ("the document", "it").
        other: whether it is set off from one spoken of before ("a previous truce").
        article: the "Article" of "Article 4 of the treaty".
        beside: the head of the mention that it is another name for ("known as X").
        renamed: whether it is given another name ("the deal, known as X").
    """

    head: Token
    span: Span
    core: str
    kind: str = "agreement"
    modifiers: frozenset[str] = frozenset()
    year: str = ""
    proper: bool = False
    bare: bool = False
    definite: bool = False
    plural: bool = False
    parties: list[Actor] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    public: bool = False
    paper: bool = False
    other: bool = False
    article: Token | None = None
    beside: Token | None = None
    renamed: bool = False
