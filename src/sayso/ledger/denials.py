"""What one article sets against each other: claims and their denials, a headline and its text.

A layer (see ``layers``): it keeps these as rows, and the keys by which ``contested`` finds what
other articles assert of what a party denies.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from sayso import lexicon
from sayso.ledger import hedges, sides
from sayso.ledger.days import day_number
from sayso.ledger.found import Found, Side
from sayso.ledger.rows import article_day
from sayso.ledger.sides import Party
from sayso.ledger.stems import pairs, stems
from sayso.ledger.store import Store
from sayso.records import Reading, Statement

#: Characters of a statement that are looked at, and between a claim and a denial that points to it.
REACH, NEAR = 600, 400
#: Keys that a statement is found by, the smallest.
KEYS = 4


class Said(NamedTuple):
    """A statement with what it says, the parties that say it, and where it stands."""

    record: Statement
    text: str
    start: int
    parties: frozenset[str]
    abouts: frozenset[str]

    @property
    def end(self) -> int:
        """The end of its words."""
        return self.start + len(self.text)

    @property
    def side(self) -> Side:
        """The whole of it, as a side of a conflict."""
        return Side(self.record.id, None, self.start, self.end)


def index(store: Store, article: int, reading: Reading) -> None:
    """Keep what an article sets against each other, and what other articles may."""
    parties = sides.of_actors(store, article, reading)
    said = list(_said(reading, parties))
    found = [*_conflicts(said, reading, parties), *hedges.headline(reading)]
    day = article_day(reading.article)
    rows = store.rows("SELECT statement, id, day, text FROM statement WHERE article = ?", article)
    keys = {row["id"]: row["statement"] for row in rows}
    days = {row["id"]: row["day"] for row in rows}
    texts = {row["id"]: row["text"] for row in rows}
    if found:
        first = store.next_key("conflict")
        store.many(
            "INSERT INTO conflict (conflict, article, kind, grade, day, about, a_statement,"
            " a_source, a_start, a_end, b_statement, b_source, b_start, b_end, why)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                (
                    *(number, article, one.kind, one.grade, day, one.about),
                    *(keys.get(one.a.statement or ""), one.a.source, one.a.start, one.a.end),
                    *(keys.get(one.b.statement or ""), one.b.source, one.b.start, one.b.end),
                    one.why,
                )
                for number, one in enumerate(found, first)
            ],
        )
    denials, claims = [], []
    for one in said:
        key = keys.get(one.record.id)
        if key is None or not one.parties:
            continue
        number = day_number(days[one.record.id])
        if number is None:
            continue
        if (
            _denies(one)
            or one.record.type == "decline"
            or (_asserts(one) and says_none(texts[one.record.id]))
        ):
            if len(stems(one.text)) >= 2:
                denials.append((number, key))
        elif _may_be_denied(one):
            claims += [(one_key, number, key) for one_key in _keys(texts[one.record.id])]
    store.many("INSERT INTO denial (day, statement) VALUES (?, ?)", denials)
    store.many('INSERT INTO denied_key ("key", day, statement) VALUES (?, ?, ?)', claims)


def forget(store: Store, article: int) -> None:
    """Take out what an article brought."""
    store.run("DELETE FROM conflict WHERE article = ?", article)
    dated = [
        (number, row["statement"], row["text"])
        for row in store.rows(
            "SELECT statement, day, text FROM statement WHERE article = ?", article
        )
        if (number := day_number(row["day"])) is not None
    ]
    store.many(
        "DELETE FROM denial WHERE day = ? AND statement = ?", [(day, key) for day, key, _ in dated]
    )
    store.many(
        'DELETE FROM denied_key WHERE "key" = ? AND day = ? AND statement = ?',
        [(one, day, key) for day, key, text in dated for one in _keys(text)],
    )


def _keys(text: str) -> list[int]:
    return sorted(pairs(stems(text[:REACH])))[:KEYS]


def _said(reading: Reading, parties: Mapping[str, Party]) -> Iterator[Said]:
    """The statements with content, in the order of the text."""
    mentions = sorted(
        (mention.start, mention.end, parties[actor.id].key)
        for actor in reading.actors
        if actor.id in parties and parties[actor.id].code
        for mention in actor.mentions
    )
    found = []
    for record in reading.statements:
        if not record.content:
            continue
        span = record.content[0]
        bare = re.match(r"that(?=\s)\s*", span.text)
        skip = bare.end() if bare else 0
        actors = [source.actor for source in record.sources if source.actor]
        who = frozenset(parties[actor].key for actor in actors if actor in parties)
        end = span.start + REACH
        abouts = {key for s, e, key in mentions if span.start <= s and e <= min(span.end, end)}
        text = span.text[skip : skip + REACH]
        found.append(Said(record, text, span.start + skip, who, frozenset(abouts)))
    return iter(sorted(found, key=lambda one: (one.start, -one.end, one.record.id)))


def _denies(one: Said) -> bool:
    return one.record.type == "deny" and not one.record.negated


def says_none(text: str) -> bool:
    """Whether a statement, or a part of it, opens with "there has been no …"."""
    return any(_patterns()["none"].match(part) for part in text.split(" … "))


def _asserts(one: Said) -> bool:
    return one.record.type in lexicon.toml("denials")["types"]["assert"] and not one.record.negated


def _may_be_denied(one: Said) -> bool:
    """Whether another party may say that it is not so: it is about another side, or comes round."""
    admits = one.record.type in lexicon.toml("denials")["types"]["admit"]
    return _asserts(one) and bool(admits or one.abouts - one.parties)


# Patterns


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    table = lexicon.toml("denials")
    nouns = "|".join(word for words in table["claims"].values() for word in words)
    untrue = "|".join(re.escape(word) for word in table["untrue"]["words"])
    be = r"(?:is|are|was|were|be|been|’s|'s)"
    some = r"(?:[^\W\d_]+[ -]){0,3}"
    thing = r"[^.;,“”\"'’]{5,80}"
    tail = rf"(?P<untrue>(?:an? |the )?{some}(?:{untrue}))\b"
    patterns = {
        # denied | reports by X that P
        "reported": rf"^\W*(?:as \w+ )?(?P<source>{some}(?:{nouns})(?: [^.;“”\"]{{0,80}}?)??)"
        rf" (?:that (?P<claim>[^.;]{{5,}})|of (?P<thing>{thing}$))",
        # reports … that P | are a lie
        "told": rf"(?P<source>{some}(?:{nouns})(?: [^.;“”\"]{{1,80}}?)??)"
        rf" (?:that (?P<claim>[^.;]{{5,250}}?)|of (?P<thing>{thing}?)),? {be} {tail}",
        # it is a lie
        "pointed": rf"^\W*(?:(?:we|i) (?:\w+ ){{0,4}}that )?(?:it|this|that|these|those|they|all"
        rf" (?:of )?this) {be} {tail}",
        # the claims are false; the reports "a lie"
        "named": rf"^\W*(?:as \w+ )?(?:the|this|that|these|those|such|all|any|his|her|their)"
        rf" {some}(?P<noun>{nouns})\b(?: {be})?\W{{1,3}}(?:as )?{tail}",
        # denied | the accusation
        "bare": rf"^\W*(?:as \w+ )?(?:the|this|that|these|those|such|all|any|his|her|their|its)"
        rf" {some}(?P<noun>{nouns})\W*$",
    }
    patterns["untrue"] = rf"\b(?:{untrue})\b"
    patterns["none"] = (
        r"^\W*(?:that )?there (?:is|are|was|were|has been|have been|had been) no"
        r" (?P<thing>[^.,;]{3,60}?)"
        r"(?: (?:in|on|at|by|from|against|of) |[.,;”\"]|$)"
    )
    return {name: re.compile(pattern, re.IGNORECASE) for name, pattern in patterns.items()}


def _conflicts(said: list[Said], reading: Reading, parties: Mapping[str, Party]) -> Iterator[Found]:
    """Denials of one article with what they deny."""
    done: dict[int, Found] = {}
    for place, one in enumerate(said):
        found = _denial(one, said[:place], said, reading, parties)
        # "Lund said … , adding that it was a lie": one denial in several statements is one.
        if found is not None and found.a.start not in done:
            done[found.a.start] = found
            yield found
        elif found is None and place and (last := _goes_on(one, said[:place], done)):
            yield last


def _goes_on(one: Said, before: list[Said], done: Mapping[int, Found]) -> Found | None:
    """After a party called a lie what names X: its "there has been no X"."""
    none = _patterns()["none"].match(one.text)
    if none is None or not _asserts(one):
        return None
    thing = set(stems(none["thing"]))
    for other in before:
        found = done.get(other.start)
        if found is None or one.parties != other.parties or one.start - other.end > NEAR:
            continue
        if thing and thing & set(stems(other.text)):
            said = " ".join(none["thing"].split())
            return found._replace(grade=85, b=one.side, why=f"says that there was no {said}")
    return None


def _denial(
    one: Said,
    before: list[Said],
    said: list[Said],
    reading: Reading,
    parties: Mapping[str, Party],
) -> Found | None:
    patterns = _patterns()
    denies = _denies(one)
    if not denies and not _asserts(one):
        return None
    untrue = patterns["untrue"].search(one.text)
    if not denies and not untrue:
        return None
    told = (untrue and patterns["told"].search(one.text)) or (
        denies and patterns["reported"].match(one.text)
    )
    if told:
        # Who asserts in the same article what the denial calls a report?
        part = "claim" if told["claim"] else "thing"
        claim = told[part]
        held = _asserted(one, claim, said) if denies else None
        if held is not None:
            return _pair(held, one, 92, "denies what the other asserts")
        start = one.start + told.start(part)
        # "on Saturday that reports": the reports alone
        source = " ".join(told["source"].split()).rpartition(" that ")[2]
        a = Side(one.record.id, source, start, start + len(claim))
        return Found("denial", 88, claim, a, one.side, f"denies “{source}” that say so")
    if denies:
        bare = patterns["bare"].match(one.text)
        if bare:
            held = _pointed(one, before, bare["noun"].casefold())
            return held and _pair(held, one, 80, f"denies “{' '.join(one.text.split())}”")
        held = _asserted(one, one.text, said)
        return held and _pair(held, one, 92, "denies what the other asserts")
    pointed, named = patterns["pointed"].match(one.text), patterns["named"].match(one.text)
    word = (pointed or named or {"untrue": ""})["untrue"]
    if named:
        held = _pointed(one, before, named["noun"].casefold())
        return held and _pair(held, one, 82, f"calls it “{word}”")
    if pointed and before:
        return _before(one, before[-1], word, reading, parties)
    return None


def _asserted(one: Said, claim: str, said: list[Said]) -> Said | None:
    """The statement of another party in the article that asserts what is denied."""
    wanted = stems(claim)
    best = None
    for other in said:
        if not _asserts(other) or not _apart(one, other):
            continue
        if other.start <= one.start < other.end or one.start <= other.start < one.end:
            continue
        share = agreement(wanted, other.text, one.abouts | one.parties)
        if share is not None and (best is None or share > best[0]):
            best = share, other
    return best[1] if best else None


def agreement(denied: Sequence[str], claim: str, known: frozenset[str]) -> float | None:
    """How much of what is denied a claim asserts, 0 to 1; ``None`` where it is about another thing.

    Args:
        denied: stems of what is denied.
        claim: the words of the claim.
        known: parties whose names need not be shared, since "we" and "our" stand for them.
    """
    held = set(stems(claim))
    shared = [word for word in denied if word in held]
    told = [word for word in shared if not word.startswith("=")]
    if len(told) < 2 or not pairs(told):
        return None
    needed = [word for word in denied if word in held or word.removeprefix("=") not in known]
    share = len(shared) / len(needed)
    negated = set(claim.casefold().split()) & set(lexicon.toml("denials")["not"]["words"])
    return share if share >= 0.6 and not negated else None


def _apart(one: Said, other: Said) -> bool:
    """Whether two statements are of different parties, both of them known."""
    return bool(one.parties) and bool(other.parties) and not one.parties & other.parties


def _pointed(one: Said, before: list[Said], noun: str) -> Said | None:
    """The statement nearby that "the accusation", "the claims" points back to."""
    table = lexicon.toml("denials")["claims"]
    types = {
        "accusations": ("accuse", "claim"),
        "claims": ("claim", "accuse", "say"),
        "reports": ("report",),
    }
    wanted = next(types[kind] for kind, words in table.items() if noun in words)
    for other in reversed(before):
        if one.start - other.end > NEAR:
            return None
        if other.record.type in wanted and _apart(one, other) and _asserts(other):
            # It must be about the one who denies.
            return other if other.abouts & one.parties else None
    return None


def _before(
    one: Said, other: Said, word: str, reading: Reading, parties: Mapping[str, Party]
) -> Found | None:
    """What "it is a lie" comes after: another's words, or what another is said to say."""
    if not _asserts(other) or one.start - other.end > NEAR:
        return None
    if _apart(one, other):
        # In the denier's own words ("They claim …. It is a lie"), or about the denier.
        quoted = other.record.parent in {record.id for record in _own(one, reading, parties)}
        if not quoted and not other.abouts & one.parties:
            return None
        return _pair(other, one, 84, f"calls it “{word}”")
    if not one.parties or one.parties != other.parties:
        return None
    words = {part.strip("“”\"',.") for part in other.text.casefold().split()}
    if not words & set(lexicon.toml("denials")["presenting"]["words"]):
        return None
    subject = _first_other(other, reading, parties)
    if subject is None:
        return None
    actors = [source.actor for source in other.record.sources if source.actor]
    who = next(parties[actor].name for actor in actors if actor in parties)
    a = Side(other.record.id, f"{subject}, in the words of {who}", other.start, other.end)
    return Found("denial", 86, other.text, a, one.side, f"calls what {subject} says “{word}”")


def _own(one: Said, reading: Reading, parties: Mapping[str, Party]) -> Iterator[Statement]:
    """The statements of the parties that make one."""
    for record in reading.statements:
        actors = [source.actor for source in record.sources if source.actor]
        if {parties[actor].key for actor in actors if actor in parties} & one.parties:
            yield record


def _first_other(one: Said, reading: Reading, parties: Mapping[str, Party]) -> str | None:
    """The name of the other side where a statement begins with it."""
    firsts = [
        (mention.start, parties[actor.id].name)
        for actor in reading.actors
        if actor.id in parties and parties[actor.id].code
        if parties[actor.id].key not in one.parties
        for mention in actor.mentions
        if one.start <= mention.start < one.start + 40
    ]
    return min(firsts)[1] if firsts else None


def _pair(a: Said, b: Said, grade: int, why: str) -> Found:
    return Found("denial", grade, a.text, a.side, b.side, why)
