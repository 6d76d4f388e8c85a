"""Paste, drop, name an address: what is read, what is stored, what is refused."""

import time
from pathlib import Path
from typing import Any

from fastapi.testclient import TestClient
from tests.web.conftest import Open

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
        ({"address": "http://127.0.0.1/private"}, "private address"),
        ({"text": "x", "name": "a.docx"}, "not supported"),
    ):
        asked = client.post("/api/v1/read", json=body)
        told = done(client, asked.headers["location"])
        assert told["state"] == "failed", body
        assert words in told["failures"][0], told["failures"]
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
