"""The language of full-text queries, the same for every store.

    shelling border              both words, in any of their forms
    "cross the border"           a phrase
    shell*                       words that begin so
    denied OR rejected           either; AND and NOT work alike, and parentheses group
    source:ministry              in the source's name alone; text: in what is said alone

A query that is none in this language is looked for as plain words, and ``Query.note`` says so.
"""

import re
from dataclasses import dataclass
from typing import Literal

Column = Literal["text", "source"]

#: Words and operators of a query beyond which it is no query that a person wrote.
MOST = 64

_TOKEN = re.compile(
    r"""\s*(?:
        (?P<open>\() | (?P<close>\))
        | (?:(?P<column>text|source):)?
          (?: "(?P<phrase>[^"]*)" | (?P<word>[^\s()"]+?) ) (?P<star>\*?) (?=[\s()"]|$)
        | (?P<bad>\S)
    )""",
    re.VERBOSE,
)
_OPERATORS = ("AND", "OR", "NOT")


@dataclass(frozen=True)
class Term:
    """Words that stand together; the last is a beginning where ``prefix``."""

    words: str
    prefix: bool = False
    column: Column | None = None


@dataclass(frozen=True)
class Both:
    """All of ``parts``."""

    parts: "tuple[Node, ...]"


@dataclass(frozen=True)
class Either:
    """One of ``parts`` at least."""

    parts: "tuple[Node, ...]"


@dataclass(frozen=True)
class Without:
    """``what`` where ``unwanted`` is not."""

    what: "Node"
    unwanted: "Node"


Node = Term | Both | Either | Without


@dataclass(frozen=True)
class Query:
    """What is looked for.

    Attributes:
        root: the query as a tree; ``None`` where it has no word.
        plain: whether it is words alone, without any operator.
        note: what the person who asked should know of how the query was taken.
    """

    root: Node | None
    plain: bool
    note: str | None = None


class _Refused(Exception):
    """The query is none in this language, for this reason."""


def parse(text: str) -> Query:
    """The query of a text; never fails."""
    text = text.encode("utf-8", "replace").decode().replace("\0", " ")
    try:
        tokens = _tokens(text)
        root = _Parser(tokens).whole()
    except _Refused as reason:
        return Query(_words(text), plain=True, note=f"{reason}; looked for as plain words")
    plain = all(
        isinstance(t, Term) and not (t.prefix or t.column or " " in t.words) for t in tokens
    )
    return Query(root, plain=plain)


def terms(node: Node) -> list[Term]:
    """The terms that are wanted, in order."""
    if isinstance(node, Term):
        return [node]
    if isinstance(node, Without):
        return terms(node.what)
    return [term for part in node.parts for term in terms(part)]


def fts5(node: Node) -> str:
    """The query in the language of SQLite's FTS5; every word is quoted."""
    if isinstance(node, Term):
        column = f"{node.column} : " if node.column else ""
        words = node.words.replace('"', " ")
        return f'{column}"{words}"{" *" if node.prefix else ""}'
    if isinstance(node, Without):
        return f"({fts5(node.what)} NOT {fts5(node.unwanted)})"
    word = " AND " if isinstance(node, Both) else " OR "
    return f"({word.join(map(fts5, node.parts))})"


def _words(text: str) -> Node | None:
    found = [w for w in re.findall(r"\w+", text) if w not in _OPERATORS][:MOST]
    return _joined(Both, [Term(word) for word in found]) if found else None


def _joined(kind: type[Both] | type[Either], parts: list[Node]) -> Node:
    return parts[0] if len(parts) == 1 else kind(tuple(parts))


def _tokens(text: str) -> list[Term | str]:
    """Terms, operators and parentheses, in order; signs without a letter or digit are left out."""
    found: list[Term | str] = []
    for match in _TOKEN.finditer(text.rstrip()):
        if match["bad"]:
            raise _Refused('a quotation mark " is not closed')
        if match["open"] or match["close"]:
            found.append(match["open"] or match["close"])
            continue
        words = match["word"] if match["phrase"] is None else match["phrase"]
        if match["word"] in _OPERATORS and not (match["column"] or match["star"]):
            found.append(match["word"])
        elif re.search(r"\w", words):
            column: Column | None = match["column"]  # type: ignore[assignment]
            found.append(Term(" ".join(words.split()), bool(match["star"]), column))
    if len(found) > MOST:
        raise _Refused(f"more than {MOST} words")
    return found


class _Parser:
    """Recursive descent: NOT binds closest, then AND (or nothing between), then OR."""

    def __init__(self, tokens: list[Term | str]) -> None:
        self._tokens = tokens
        self._at = 0

    def whole(self) -> Node | None:
        if not self._tokens:
            return None
        node = self._either()
        if self._at < len(self._tokens):
            raise self._refused()
        return node

    def _peek(self) -> Term | str | None:
        return self._tokens[self._at] if self._at < len(self._tokens) else None

    def _take(self, *wanted: str) -> bool:
        if self._peek() in wanted:
            self._at += 1
            return True
        return False

    def _either(self) -> Node:
        parts = [self._both()]
        while self._take("OR"):
            parts.append(self._both())
        return _joined(Either, parts)

    def _both(self) -> Node:
        wanted = [self._one()]
        unwanted: list[Node] = []
        while True:
            joined = self._take("AND")
            if self._take("NOT"):
                unwanted.append(self._one())
            elif joined or isinstance(self._peek(), Term) or self._peek() == "(":
                wanted.append(self._one())
            else:
                break
        node = _joined(Both, wanted)
        return Without(node, _joined(Either, unwanted)) if unwanted else node

    def _one(self) -> Node:
        token = self._peek()
        if isinstance(token, Term):
            self._at += 1
            return token
        if self._take("("):
            node = self._either()
            if not self._take(")"):
                raise _Refused("a parenthesis ( is not closed")
            return node
        raise self._refused()

    def _refused(self) -> _Refused:
        token = self._peek()
        if token == ")":
            return _Refused("a parenthesis ) was never opened")
        if token is None:
            return _Refused(f"nothing follows {self._tokens[-1]}")
        return _Refused(f"{token} has nothing before it")
