"""Other names of the same agreement: "(INF)", "known as X", "a deal on a truce", "Article 4"."""

from dataclasses import replace

from spacy.tokens import Token

from sayso.reader.agreements.links import links_of
from sayso.reader.agreements.mention import AgreementMention
from sayso.reader.agreements.names import first_of
from sayso.reader.agreements.words import words
from sayso.reader.clauses import Clauses


def with_aliases(clauses: Clauses, mentions: list[AgreementMention]) -> list[AgreementMention]:
    """The mentions with those by other names: "(INF)", "known as X", a truce that a deal is on."""
    found = list(mentions)
    heads = {m.head.i: m for m in mentions}
    short: dict[str, AgreementMention] = {}
    for mention in mentions:
        _join_beside(clauses, mention, heads)
        if mention.paper or mention.head.pos_ == "VERB":
            continue
        renamed = _renamed(clauses, mention, heads)
        if renamed is not None:
            found.append(renamed)
            mention.renamed = mention.public = True
        for one in (mention, renamed):
            acronym = _acronym_after(clauses, one) if one is not None else None
            if acronym is not None:
                short.setdefault(acronym.text, mention)
    if short:
        found += _by_acronym(clauses, short, heads)
    if any(m.article is not None for m in mentions):
        found += _bare_articles(clauses, mentions)
    return sorted(found, key=lambda m: m.span.start)


def _bare_articles(clauses: Clauses, mentions: list[AgreementMention]) -> list[AgreementMention]:
    """The "Article 4" that stands alone after "Article 4 of the treaty"."""
    found: list[AgreementMention] = []
    doc = clauses.analysis.doc
    citing = [m for m in mentions if m.article is not None]
    for token in doc[citing[0].head.i + 1 : len(doc) - 1]:
        if token.lower_ not in words().articles or not token.text[0].isupper():
            continue
        number = doc[token.i + 1]
        follows = doc[token.i + 2].lower_ if token.i + 2 < len(doc) else ""
        before = [m for m in citing if m.head.i < token.i]
        if number.like_num and follows != "of" and before:
            found.append(
                AgreementMention(
                    head=token,
                    span=clauses.analysis.span(token, number),
                    core=before[-1].core,
                    kind=before[-1].kind,
                    modifiers=before[-1].modifiers,
                    definite=True,
                    links=links_of(clauses, token),
                    beside=before[-1].head,
                )
            )
    return found


def _join_beside(
    clauses: Clauses, mention: AgreementMention, heads: dict[int, AgreementMention]
) -> None:
    """Marks a mention as another name of the one that it stands in ("a deal on a truce")."""
    head = mention.head
    above = head.head
    if head.dep_ == "pobj" and above.lower_ in ("on", "for") and above.i - 1 in heads:
        mention.beside = heads[above.i - 1].head
    elif head.dep_ == "appos" and above.i in heads and above.i < head.i:
        mention.beside = above


def _renamed(
    clauses: Clauses, mention: AgreementMention, heads: dict[int, AgreementMention]
) -> AgreementMention | None:
    """The name in "the deal, known as the Joint Plan of Action", unless it is a mention already."""
    for dep, verb in clauses.children(mention.head):
        if dep != "acl" or verb.lemma_ not in words().naming or verb.tag_ != "VBN":
            continue
        names = [c for d, c in clauses.children(verb) if d in ("oprd", "dobj", "attr")]
        names += [inner for prep, inner in clauses.prepositions(verb) if prep == "as"]
        for name in names:
            if name.i in heads:
                heads[name.i].beside = mention.head
            elif name.text[0].isupper():
                return _alias(clauses, name, last_of_name(name), mention)
    return None


def last_of_name(name: Token) -> Token:
    """The last word in capitals of a name that ``name`` heads ("Plan of Action")."""
    doc, last = name.doc, name.i
    for index in range(name.i + 1, min(name.right_edge.i + 1, name.i + 8)):
        if doc[index].text[0].isupper():
            last = index
        elif doc[index].lower_ not in words().name_glue or doc[index].lower_ == ",":
            break
    return doc[last]


def _alias(
    clauses: Clauses, head: Token, last: Token, mention: AgreementMention
) -> AgreementMention:
    doc = clauses.analysis.doc
    first = first_of(head)
    bare = first + 1 if doc[first].lower_ in words().determiners and first < last.i else first
    return AgreementMention(
        head=head,
        span=clauses.analysis.span(doc[first], last),
        core=clauses.analysis.span(doc[bare], last).text,
        kind=words().kinds.get(head.lower_, mention.kind),
        modifiers=frozenset(doc[i].lower_ for i in range(bare, last.i + 1)),
        proper=True,
        definite=True,
        links=links_of(clauses, head),
        public=mention.public,
        beside=mention.head,
    )


def _acronym_after(clauses: Clauses, mention: AgreementMention) -> Token | None:
    """The "INF" of "the … Treaty (INF)"."""
    doc = clauses.analysis.doc
    last = clauses.analysis.token_at(mention.span.end - 1).i
    if last + 3 >= len(doc) or doc[last + 1].text != "(" or doc[last + 3].text != ")":
        return None
    token = doc[last + 2]
    return token if token.is_alpha and token.text[:2].isupper() and len(token) <= 8 else None


def _by_acronym(
    clauses: Clauses, short: dict[str, AgreementMention], heads: dict[int, AgreementMention]
) -> list[AgreementMention]:
    """A mention for each place of an acronym that the text has introduced."""
    found = []
    for token in clauses.analysis.doc:
        meant = short.get(token.text)
        if meant is None or token.i <= meant.head.i:
            continue
        if token.i in heads:
            heads[token.i].beside = meant.head
            continue
        above = token.head
        if token.dep_ in ("compound", "nmod") and above.i > token.i and above.i in heads:
            heads[above.i].beside = meant.head  # "the CFE treaty"
            continue
        alias = _alias(clauses, token, token, meant)
        found.append(replace(alias, definite=True))
    return found
