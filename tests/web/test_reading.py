"""Paste, drop, name an address: what is read, what is stored, what is refused."""

import socket
import time
from pathlib import Path
from typing import Any

import msgspec
import pytest
from fastapi.testclient import TestClient
from tests.web.conftest import Open

from sayso.ledger.ledger import Ledger
from sayso.web.demo import add_samples, samples
from sayso.web.jobs import Asked, _read

TEXT = "Dam holds, mayor says\n\nThe mayor of Tarnholm, Edda Brask, said that 40 people had left.\n"


def done(client: TestClient, address: str) -> dict[str, Any]:
    for _ in range(300):
        told: dict[str, Any] = client.get(address).json()
        if told["state"] in ("done", "failed"):
            return told
        time.sleep(0.1)
    raise AssertionError("the reading did not end")


def test_read_then_store_through_the_api(opened: Open, copy: Path) -> None:
    client = opened(copy)
    asked = client.post("/api/v1/read", json={"text": TEXT, "published": "2031-05-03"})
    assert asked.status_code == 202
    told = done(client, asked.headers["location"])
    assert told["failures"] == []
    (reading,) = told["readings"]
    assert reading["article"]["published"] == "2031-05-03"
    assert reading["article"]["input"] == "pasted text"
    assert reading["statements"]
    assert told["stored"] == []
    count = len(client.get("/api/v1/articles").json()["items"])
    stored = client.post("/api/v1/articles", json={"text": TEXT, "published": "2031-05-03"})
    told = done(client, stored.headers["location"])
    assert len(told["stored"]) == 1
    assert len(client.get("/api/v1/articles").json()["items"]) == count + 1
    again = client.post("/api/v1/articles", json={"text": TEXT, "published": "2031-05-03"})
    assert done(client, again.headers["location"])["stored"] == told["stored"]
    assert len(client.get("/api/v1/articles").json()["items"]) == count + 1
    shown = client.get(f"/api/v1/articles/{told['stored'][0]}").json()
    assert shown["captures"][0]["how"] == "text"


def test_where_a_name_leads_is_not_told(monkeypatch: pytest.MonkeyPatch) -> None:
    where = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("10.20.30.40", 80))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: where)
    (packed,) = _read(Asked(address="http://intranet.example/"))
    kind, words = msgspec.msgpack.decode(packed)
    assert kind == "failed"
    assert "private network" in words
    assert "10.20" not in words


def test_the_demo_tells_nothing_of_the_disk(opened: Open, tmp_path: Path) -> None:
    path = tmp_path / "demo.db"
    Ledger(path).close()
    files, actors = samples()
    assert add_samples(str(path), files[-1:], actors) == 1
    client = opened(path)
    (article,) = client.get("/api/v1/articles").json()["items"]
    for address in (f"/articles/{article['id']}", f"/api/v1/articles/{article['id']}"):
        told = client.get(address).text
        assert files[-1].name in told
        assert str(files[-1].parent) not in told


def test_what_is_known_of_it_is_read_against(opened: Open, copy: Path) -> None:
    client = opened(copy)
    sent = client.post("/read", data={"text": TEXT})
    done(client, f"/api/v1{sent.headers['location']}")
    again = client.post(f"{sent.headers['location']}/again", data={"published": "2031-05-03"})
    told = done(client, f"/api/v1{again.headers['location']}")
    article = told["readings"][0]["article"]
    assert (article["published"], article["text"]) == ("2031-05-03", TEXT.strip())


def test_what_cannot_be_read_says_why(opened: Open, copy: Path) -> None:
    client = opened(copy)
    for body, words in (
        ({"text": " "}, "is empty"),
        ({"text": "{", "as": "json"}, "JSON"),
        ({"text": TEXT, "published": "soon"}, "is no date"),
        ({"address": "http://127.0.0.1/private"}, "leads into a private network"),
        ({"text": "x", "name": "a.odt"}, "not supported"),
    ):
        asked = client.post("/api/v1/read", json=body)
        told = done(client, asked.headers["location"])
        assert told["state"] == "failed", body
        assert words in told["failures"][0], told["failures"]
        assert "--" not in told["failures"][0]
    for refused in ({}, {"text": "a", "address": "http://b.example"}, {"address": "file:///etc"}):
        assert client.post("/api/v1/read", json=refused).status_code == 422


def test_a_file_of_several_articles_is_read(opened: Open, copy: Path) -> None:
    client = opened(copy)
    lines = b'{"title": "A", "text": "Brask said it."}\n{"title": "B", "text": "Roos said it."}\n'
    sent = client.post("/read", files={"file": ("two.jsonl", lines)})
    assert sent.status_code == 303
    told = done(client, f"/api/v1{sent.headers['location']}")
    assert [r["article"]["input"] for r in told["readings"]] == ["two.jsonl:1", "two.jsonl:2"]
    page = client.get(sent.headers["location"]).text
    assert "Brask" in page
    assert "Store it in the ledger" in page
    assert client.post(f"{sent.headers['location']}/store").status_code == 303
    assert "the article in the ledger" in client.get(sent.headers["location"]).text
