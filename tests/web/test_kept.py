"""Answers are worked out once until something is written, by whomever."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from sayso.ledger.ledger import Ledger
from sayso.web.app import create_app
from sayso.web.settings import Settings

HOST = "http://127.0.0.1:8765"


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str | None]:
    """What the ledger's list of actors was asked for."""
    queries: list[str | None] = []
    actors = Ledger.actors

    def counting(book: Ledger, query: str | None = None, **options: object) -> Iterator[object]:
        queries.append(query)
        return actors(book, query, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(Ledger, "actors", counting)
    return queries


@pytest.fixture
def client(copy: Path, asked: list[str | None]) -> Iterator[TestClient]:
    with TestClient(create_app(Settings(ledger=str(copy))), base_url=HOST) as client:
        yield client


def test_an_answer_is_worked_out_once(client: TestClient, asked: list[str | None]) -> None:
    first, again = client.get("/actors"), client.get("/actors")
    assert first.content == again.content
    assert first.headers == again.headers
    assert asked == [None]
    held = client.get("/actors", headers={"if-none-match": first.headers["etag"]})
    assert (held.status_code, held.content, asked) == (304, b"", [None])


@pytest.mark.parametrize("other", ["/actors?q=x", "/api/v1/actors", "/actors?limit=3"])
def test_another_address_is_another_answer(
    client: TestClient, asked: list[str | None], other: str
) -> None:
    client.get("/actors")
    assert client.get(other).content != client.get("/actors").content
    assert len(asked) == 2


def test_another_reader_is_given_their_own(client: TestClient, asked: list[str | None]) -> None:
    for cookie in ("", "sayso-reviewer=ada", "sayso-reviewer=ben"):
        client.get("/actors", headers={"cookie": cookie})
    assert len(asked) == 3


def test_an_answer_is_forgotten_when_anybody_writes(
    client: TestClient, copy: Path, asked: list[str | None]
) -> None:
    client.get("/actors")
    with Ledger(copy) as other:
        into, one, third = (actor["id"] for actor in other.actors(limit=3))
        other.merge(one, into, who="ada")
        del asked[:]
        shown = client.get("/actors").text
        assert (asked, f'"/actors/{one}"' in shown) == ([None], False)
    client.post(f"/actors/{into}/merge", data={"one": third, "who": "ben"})
    assert f'"/actors/{third}"' not in client.get("/actors").text


def test_a_failed_answer_is_asked_again(client: TestClient, asked: list[str | None]) -> None:
    for _ in range(2):
        assert client.get("/actors?limit=0").status_code == 422
        assert client.get("/articles/a-0000").status_code == 404
    assert client.get("/actors").status_code == 200
