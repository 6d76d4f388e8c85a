"""Statements of single sentences, against the table in statements.toml."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from sayso.pages.article import make_article
from sayso.reader.attribution import attribute
from sayso.reader.cast import Cast
from sayso.reader.pipeline import analyse
from sayso.reader.statements import build_statements
from sayso.records import Statement

CASES: list[dict[str, Any]] = tomllib.loads(
    Path(__file__).with_name("statements.toml").read_text(encoding="utf-8")
)["case"]


def statements_of(text: str) -> tuple[Statement, ...]:
    blocks = [("paragraph", paragraph) for paragraph in text.split("\n\n")]
    analysis = next(analyse([make_article("test", blocks)]))  # type: ignore[arg-type]
    return build_statements(analysis, Cast(), (), attribute(analysis))


def as_row(statement: Statement) -> dict[str, Any]:
    row: dict[str, Any] = {
        "type": statement.type,
        "chain": " > ".join(" + ".join(link) for link in statement.chain),
        "cue": statement.cue.text if statement.cue else "",
        "content": " | ".join(piece.text for piece in statement.content),
    }
    optional = {
        "negated": statement.negated,
        "venue": statement.venue.text if statement.venue else "",
        "addressee": statement.addressee.text if statement.addressee else "",
        "hedges": [hedge.text for hedge in statement.hedges],
        "quotes": [quote.text for quote in statement.quotes],
    }
    return row | {key: value for key, value in optional.items() if value}


def marked(case: dict[str, Any]) -> Any:
    """A case of which it is known that it is read wrong says why."""
    known = case.get("fault")
    marks = [pytest.mark.xfail(reason=known, strict=True)] if known else []
    return pytest.param(case, id=case["text"][:60], marks=marks)


@pytest.mark.parametrize("case", [marked(case) for case in CASES])
def test_sentence(case: dict[str, Any]) -> None:
    assert [as_row(s) for s in statements_of(case["text"])] == case["statements"]
