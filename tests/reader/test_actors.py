"""Actors of short texts, against the table in actors.toml."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from sayso.pages.article import make_article
from sayso.reader.actors import find_actors
from sayso.reader.pipeline import analyse
from sayso.records import Actor

CASES: list[dict[str, Any]] = tomllib.loads(
    Path(__file__).with_name("actors.toml").read_text(encoding="utf-8")
)["case"]


def as_row(actor: Actor) -> dict[str, Any]:
    row: dict[str, Any] = {"name": actor.name, "kind": actor.kind}
    if actor.country is not None:
        row["country"] = actor.country
    if actor.roles:
        row["roles"] = [role.title for role in actor.roles]
    return row | {"mentions": [f"{m.text}|{m.form}" for m in actor.mentions]}


@pytest.mark.parametrize("case", CASES, ids=[case["text"][:60] for case in CASES])
def test_text(case: dict[str, Any]) -> None:
    analysis = next(analyse([make_article("test", [("paragraph", case["text"])])]))
    assert [as_row(actor) for actor in find_actors(analysis).actors] == case["actors"]
