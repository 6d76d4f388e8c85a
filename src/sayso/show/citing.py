"""A claim as a citation: its words, its chain of sources, where it stands, how it was captured."""

from collections.abc import Mapping, Sequence
from typing import Any

from sayso.exports.passages import Passages
from sayso.records import Article
from sayso.show.plain import line
from sayso.show.view import Claim


def citation(article: Article, claim: Claim, captures: Sequence[Mapping[str, Any]]) -> str:
    """One line that a text can quote.

    Args:
        article: where the claim stands.
        claim: the claim.
        captures: of the article, as ``Ledger.article`` gives them.
    """
    spans = claim.statement.content or ((claim.statement.cue,) if claim.statement.cue else ())
    words = " … ".join(line(span.text).strip("“”\"'‘’") for span in spans)
    address = None
    if spans:
        address = Passages(article).address(spans[0].start, spans[0].end)
    parts = [
        f"“{words}” ({' → '.join(claim.chain)}, {claim.type})",
        f"“{line(article.headline)}”" if article.headline else "",
        line(article.publisher or ""),
        article.published or "",
        address or line(article.input),
    ]
    told = ", ".join(filter(None, parts))
    if captures:
        last = captures[-1]
        told += f" (captured {last['retrieved']}, SHA-256 {last['sha256']})"
    return f"{told}."
