"""Statements of single sentences, against the table in statements.toml."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from sayso.pages.article import make_article
from sayso.reader.attribution import attribute
from sayso.reader.cast import Cast
from sayso.reader.dates import find_dates
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


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("The bridge fell in June 2021. At the time, the mayor said nobody was hurt.", "2021-06"),
        (
            "Both countries ratified the pact in May 2023. Its terms are secret. The ratification "
            "came weeks after rebels had shelled Klow in March 2023. At the time, Premier Ilka "
            "Torvan declared that the pact would hold.",
            "2023-03/2023-05",
        ),
        ("The bridge fell in the storm. At the time, the mayor said nobody was hurt.", None),
    ],
)
def test_at_the_time_is_when_the_sentence_before_tells(text: str, date: str | None) -> None:
    analysis = next(analyse([make_article("test", [("paragraph", text)])]))
    *_, last = build_statements(analysis, Cast(), find_dates(analysis), attribute(analysis))
    assert (last.date.value if last.date else None) == date
