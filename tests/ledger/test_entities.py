"""Actors across articles: who is led together, in any order, and what a person orders."""

import itertools
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from sayso.errors import LedgerError
from sayso.ledger import entities
from sayso.ledger.ledger import Ledger
from sayso.pages.article import make_article
from sayso.records import Actor, Mention, Reading, Role

CASES = tomllib.loads(Path(__file__).with_name("people.toml").read_text(encoding="utf-8"))["case"]


def reading(number: int, fields: dict[str, Any]) -> Reading:
    """An article that names one actor."""
    text = f"{fields['name']} spoke on day {number}."
    article = make_article(
        f"{number}.txt", [("paragraph", text)], url=f"https://a.example/{number}"
    )
    actor = Actor(
        id="actor-0",
        name=fields["name"],
        kind=fields.get("kind", "person"),
        country=fields.get("country"),
        roles=tuple(Role(title=title) for title in fields.get("roles", ())),
        mentions=(Mention(0, len(fields["name"]), fields["name"], "name"),),
    )
    return Reading(article=article, actors=(actor,))


def groups(ledger: Ledger) -> set[frozenset[int]]:
    rows = ledger.store.rows(
        "SELECT article.name, actor.entity FROM actor JOIN article USING (article)"
    )
    found: dict[int, set[int]] = {}
    for row in rows:
        number = int(row["name"].rsplit("/", 1)[1])
        found.setdefault(entities.root(ledger.store, row["entity"]), set()).add(number)
    return {frozenset(group) for group in found.values()}


def orders(size: int) -> list[Sequence[int]]:
    return [tuple(order) for order in itertools.permutations(range(size))]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_who_is_one_whatever_the_order(case: dict[str, Any], tmp_path: Path) -> None:
    wanted = {frozenset(group) for group in case["same"]}
    listed = frozenset().union(*wanted)
    for number, order in enumerate(orders(len(case["actors"]))):
        with Ledger(tmp_path / f"{number}.db") as ledger:
            for place in order:
                ledger.add_reading(reading(place, case["actors"][place]))
            seen = {group & listed for group in groups(ledger)} - {frozenset()}
            assert seen == wanted, order


def test_a_merge_and_a_split_are_ordered_and_undone(ledger: Ledger) -> None:
    for number, name in enumerate(("Ada Brandt", "Adela Brandt-Koss", "Ada Brandt")):
        ledger.add_reading(reading(number, {"name": name}))
    assert groups(ledger) == {frozenset({0, 2}), frozenset({1})}
    rows = ledger.store.rows("SELECT entity FROM entity ORDER BY entity")
    one, other = (f"entity-{row['entity']}" for row in rows)
    merge = ledger.merge(other, one, who="ada")
    assert groups(ledger) == {frozenset({0, 1, 2})}
    with pytest.raises(LedgerError, match="one already"):
        ledger.merge(other, one, who="ada")
    split = ledger.split("https://a.example/2", "actor-0", who="ada")
    assert groups(ledger) == {frozenset({0, 1}), frozenset({2})}
    ledger.review(str(merge.review), "undo", who="ada")
    assert groups(ledger) == {frozenset({0}), frozenset({1}), frozenset({2})}
    ledger.review(str(split.review), "undo", who="ada")
    assert groups(ledger) == {frozenset({0, 2}), frozenset({1})}
    assert ledger.verify() == []


def test_an_actor_is_shown_by_the_id_of_a_reading_and_of_the_ledger(ledger: Ledger) -> None:
    first = reading(0, {"name": "Nikol Verashián", "country": "XOS", "roles": ["premier"]})
    ledger.add_reading(first)
    ledger.add_reading(reading(1, {"name": "Nikol Verashyan"}))
    shown = ledger.show("entity-1")
    assert shown["record"]["name"] == "Nikol Verashyan"
    assert shown["record"]["aliases"] == ["Nikol Verashián"]
    assert shown["record"]["roles"] == ["premier"]
    assert [one["article"] for one in shown["articles"]] == [
        "https://a.example/0",
        "https://a.example/1",
    ]
    assert ledger.show("actor-0")["record"]["name"] in ("Nikol Verashyan", "Nikol Verashián")


def test_an_order_names_actors_that_are_there(ledger: Ledger) -> None:
    with pytest.raises(LedgerError, match="no such actor"):
        ledger.merge("entity-1", "entity-2", who="ada")
    with pytest.raises(LedgerError, match="no id"):
        ledger.merge("Ada", "entity-2", who="ada")


@pytest.mark.parametrize(
    ("fields", "party"),
    [
        ({"name": "Velmora", "kind": "country", "country": "XVM"}, "XVM"),
        (
            {"name": "Ministry of Health of Velmora", "kind": "organisation", "country": "XVM"},
            "XVM",
        ),
        ({"name": "Ada Brandt", "country": "XVM", "roles": ["Foreign Minister"]}, "XVM"),
        ({"name": "Ada Brandt", "country": "XVM", "roles": ["opposition leader"]}, "entity-1"),
        ({"name": "Ada Brandt", "country": "XVM", "roles": ["lawmaker"]}, "entity-1"),
        ({"name": "Velmora Herald", "kind": "outlet", "country": "XVM"}, "entity-1"),
    ],
)
def test_whom_an_actor_speaks_for(ledger: Ledger, fields: dict[str, Any], party: str) -> None:
    ledger.add_reading(reading(0, fields))
    assert entities.party(ledger.store, 1) == party
