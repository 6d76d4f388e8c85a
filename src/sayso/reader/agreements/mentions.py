"""Mentions of agreements: their words, and what these say of which agreement is meant."""

from spacy.tokens import Token

from sayso.reader.agreements.evidence import accepted, is_public, placed
from sayso.reader.agreements.links import links_of
from sayso.reader.agreements.mention import AgreementMention
from sayso.reader.agreements.names import belongs, first_of, last_of
from sayso.reader.agreements.parties import acting, is_known, parties_of
from sayso.reader.agreements.words import words
from sayso.reader.clauses import NOUN, Clauses
from sayso.records import Actor


def find_mentions(clauses: Clauses, candidates: list[Token]) -> list[AgreementMention]:
    """The mentions headed by these words, in order."""
    found = []
    for token in candidates:
        if token.lower_ == "fire":
            mention = _cease_fire(clauses, token)
        elif token.lower_ in words().papers:
            mention = _paper(clauses, token)
        elif token.lower_ in words().kinds:
            mention = _mention(clauses, token)
        else:
            mention = _known(clauses, token)
        if mention is not None:
            found.append(mention)
    return found


def _cease_fire(clauses: Clauses, fire: Token) -> AgreementMention | None:
    """A ceasefire named by a verb: "agreed to cease fire"."""
    verb = fire.head
    above = verb.head
    if fire.dep_ != "dobj" or verb.lemma_ != "cease" or above.lemma_ != "agree":
        return None
    if clauses.negated(above) or verb.dep_ not in ("xcomp", "ccomp"):
        return None
    return AgreementMention(
        head=verb,
        span=clauses.analysis.span(above, fire),
        core="ceasefire",
        kind="ceasefire",
        modifiers=frozenset(["ceasefire"]),
        parties=parties_of(clauses, clauses.actors_of(clauses.agents(above))),
        links=links_of(clauses, verb),
        public=True,
    )


def _known(clauses: Clauses, head: Token) -> AgreementMention | None:
    """A treaty that has a name of its own ("New START")."""
    text = clauses.analysis.article.text
    end = head.idx + len(head)
    for name, kind in words().known.items():
        start = end - len(name)
        part = head.dep_ == "compound" and head.head.i > head.i
        if part or text[max(start, 0) : end] != name:
            continue
        first = clauses.analysis.token_at(start)
        before = head.doc[first.i - 1] if first.i else None
        article = before is not None and before.lower_ == "the"
        return AgreementMention(
            head=head,
            span=clauses.analysis.article.span(before.idx if before and article else start, end),
            core=name,
            kind=kind,
            modifiers=frozenset(name.lower().split()),
            proper=True,
            definite=True,
            links=links_of(clauses, head),
            public=True,
        )
    return None


def _paper(clauses: Clauses, head: Token) -> AgreementMention | None:
    """An agreement taken up by a word of another use ("signed the document", "it runs")."""
    table = words()
    verb = head.head
    doc = clauses.analysis.doc
    if head.lower_ == "it":
        if head.dep_ == "dobj":
            if verb.lemma_ not in table.signed | table.ratified | table.ended:
                return None
        elif head.dep_ in ("nsubj", "nsubjpass"):
            own = table.bind_object | table.lapse | table.ended | table.state | table.holding
            own = own | table.signed | table.ratified
            if verb.lemma_ not in own - {"be", "say"} and not _comes_into_force(clauses, verb):
                return None
            if clauses.named(head):
                return None
        elif head.dep_ != "pobj" or verb.lower_ not in ("under", "in"):
            return None
        span = clauses.analysis.span(head, head)
    else:
        if not any(dep == "det" and c.lower_ == "the" for dep, c in clauses.children(head)):
            return None
        signing = head.dep_ in ("dobj", "nsubjpass") and verb.lemma_ in (
            table.signed | table.ratified
        )
        if not signing and not (head.dep_ == "pobj" and verb.lower_ == "under"):
            return None
        span = clauses.analysis.span(doc[first_of(head)], head)
    return AgreementMention(
        head=head,
        span=span,
        core=head.text,
        bare=True,
        definite=True,
        paper=True,
        links=links_of(clauses, head),
    )


def _comes_into_force(clauses: Clauses, verb: Token) -> bool:
    table = words()
    if verb.lemma_ not in table.force_verbs:
        return False
    return any(inner.lower_ in table.force_nouns for _, inner in clauses.prepositions(verb)) or any(
        c.lower_ in table.force_nouns for dep, c in clauses.children(verb) if dep == "dobj"
    )


def _mention(clauses: Clauses, head: Token) -> AgreementMention | None:
    table = words()
    doc = clauses.analysis.doc
    if head.pos_ not in NOUN and not head.text[0].isupper():
        return None
    after = doc[head.i + 1] if head.i + 1 < len(doc) else None
    part = head.dep_ in ("compound", "nmod") and head.head.i > head.i
    if part and after is not None and after.pos_ in NOUN:
        return None  # "Treaty Organization", "ceasefire agreement": the head's, or no agreement
    first, last = first_of(head), last_of(clauses, head)
    before = [t for t in doc[first : head.i] if not _by_whom(t, head)]
    owner = clauses.child(head, "poss")
    last_owner = clauses.conjuncts(owner)[-1] if owner is not None else None
    core = [t for t in before if belongs(t, owner, last_owner)]
    mention = _described(clauses, head, last, core)
    if mention.kind == "convention" and mention.modifiers & table.meetings:
        return None
    own = {t.lower_ for t in core}
    if (own & table.private and not own & table.public) or _private_topic(clauses, head):
        return None
    mention.definite = owner is not None or any(t.lower_ in table.determiners for t in before)
    mention.other = any(t.lower_ in table.other for t in before)
    mention.parties = _own_parties(clauses, head, owner, before)
    mention.links = links_of(clauses, head)
    cited = _cited(clauses, first)
    if cited < first:
        mention.article = doc[cited]
        mention.links = [*links_of(clauses, doc[cited]), *mention.links]
    mention.span = clauses.analysis.article.span(doc[cited].idx, mention.span.end)
    if head.tag_ in ("NNS", "NNPS") and not mention.proper:
        mention.plural = True
        if owner is not None or not mention.definite:
            return None
        if not (mention.bare or placed(clauses, mention)):
            return None
    mention.public = is_public(clauses, mention)
    return mention if accepted(clauses, mention) else None


def _by_whom(token: Token, head: Token) -> bool:
    """Whether a word tells who brought it about ("UN-brokered", "Russian-mediated")."""
    doc = token.doc
    for begin in (token.i, token.i - 1, token.i - 2):
        joined = begin >= 0 and begin + 2 < head.i and doc[begin + 1].lower_ in ("-", "–")
        if joined and doc[begin + 2].tag_ in ("VBN", "VBD"):
            return True
    return False


def _described(clauses: Clauses, head: Token, last: int, core: list[Token]) -> AgreementMention:
    """A mention with what the words of its name say."""
    table, doc, article = words(), clauses.analysis.doc, clauses.analysis.article
    kind = table.kinds[head.lower_]
    if any(table.kinds.get(t.lower_) == "ceasefire" for t in core) or _on_ceasefire(clauses, head):
        kind = "ceasefire" if kind == "agreement" else kind
    # The model's text has a headline in sentence case: what is a name is seen in the article's.
    capital = article.text[head.idx].isupper()
    proper = capital and (last > head.i or any(article.text[t.idx].isupper() for t in core))
    content = [
        t
        for t in (*core, *(doc[i] for i in range(head.i + 1, last + 1)))
        if t.pos_ in ("NOUN", "PROPN", "ADJ", "VERB", "X")
        and t.lower_ not in table.empty_modifiers
        and not (t.tag_ in ("VBN", "VBG") and not proper)
    ]
    modifiers = frozenset(
        "ceasefire" if table.kinds.get(t.lower_) == "ceasefire" else t.lower_
        for t in content
        if not t.like_num
    )
    if kind == "ceasefire":
        modifiers |= {"ceasefire"}
    begin = core[0] if core else head
    while begin.i < head.i and not proper and not _says_which(begin):
        begin = doc[begin.i + 1]
    end = doc[last].idx + len(doc[last])
    return AgreementMention(
        head=head,
        span=article.span(head.idx, end),
        core=article.text[begin.idx : end],
        kind=kind,
        modifiers=modifiers,
        year=next((t.text for t in core if _is_year(t.text)), ""),
        proper=proper,
        bare=not proper and not modifiers - {"ceasefire"},
    )


def _says_which(token: Token) -> bool:
    """Whether a word can open a name: no number, no word that any agreement has, no "and"."""
    if token.pos_ in ("CCONJ", "PUNCT") or token.lower_ in words().empty_modifiers:
        return False
    return not token.like_num or _is_year(token.text)


def _is_year(text: str) -> bool:
    return (
        len(text) == 4
        and text.isascii()
        and text.isdigit()
        and text[:2] in ("16", "17", "18", "19", "20")
    )


def _on_ceasefire(clauses: Clauses, head: Token) -> bool:
    """Whether it is one "on a truce"."""
    prep = _topic_prep(head)
    return prep is not None and any(
        dep == "pobj" and words().kinds.get(inner.lower_) == "ceasefire"
        for dep, inner in clauses.children(prep)
    )


def _topic_prep(head: Token) -> Token | None:
    """The "on" or "for" right behind an agreement, whatever the parse hangs it on."""
    after = head.doc[head.i + 1] if head.i + 1 < len(head.doc) else None
    return after if after is not None and after.lower_ in ("on", "for", "over") else None


def _private_topic(clauses: Clauses, head: Token) -> bool:
    """Whether it is "on the budget" and the like."""
    prep = _topic_prep(head)
    return prep is not None and any(
        dep == "pobj" and inner.lemma_.lower() in words().private
        for dep, inner in clauses.children(prep)
    )


def _cited(clauses: Clauses, first: int) -> int:
    """The index of "Article" where the phrase at ``first`` follows "Article 4 of"."""
    doc = clauses.analysis.doc
    if first < 3 or doc[first - 1].lower_ != "of" or not doc[first - 2].like_num:
        return first
    return first - 3 if doc[first - 3].lower_ in words().articles else first


def _own_parties(
    clauses: Clauses, head: Token, owner: Token | None, before: list[Token]
) -> list[Actor]:
    """The parties that the phrase itself names: possessors, demonyms, "between", "with"."""
    found: list[Actor] = []
    if owner is not None:
        found += clauses.actors_of(clauses.conjuncts(owner))
    found += [
        actor
        for token in before
        if owner is None or not owner.left_edge.i <= token.i <= owner.i
        for _, actor in clauses.named(token)
    ]
    if head.text[0].isupper() and sum(a.kind == "country" for a in found) < 2 and owner is None:
        # One country in a name is no party ("the Northern Ireland Protocol"), two are.
        found = [a for a in found if a.kind != "country" or _is_demonym(clauses, before, a)]
    found = [a for a in found if a.kind not in ("place", "organisation") or is_known(a)]
    parties = parties_of(clauses, found)
    seen = {p.id for p in parties}
    for prep, inner in clauses.prepositions(head):
        if prep in ("between", "with", "among"):
            beside = acting(clauses, clauses.conjuncts(inner))
            parties += [p for p in beside if p.id not in seen]
    return parties


def _is_demonym(clauses: Clauses, before: list[Token], actor: Actor) -> bool:
    return any(
        token.dep_ == "amod" and any(a.id == actor.id for _, a in clauses.named(token))
        for token in before
    )
