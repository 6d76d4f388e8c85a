"""Reviews through the pages and the API: the queue, blind work, agreement, what is refused."""

from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from tests.web.conftest import Open

from sayso.errors import OptionError
from sayso.ledger.ledger import Ledger
from sayso.records import Source, Span, Statement
from sayso.web.editing import corrections


def say(client: TestClient, who: str, target: str, action: str, **more: Any) -> Any:
    body = {"target": target, "action": action, "who": who, **more}
    answer = client.post("/api/v1/reviews", json=body)
    assert answer.status_code == 201, answer.text
    return answer.json()


def test_the_queue_is_doubtful_first_and_keeps_its_order(copy: Path) -> None:
    with Ledger(copy) as book:
        items = book.queue()
        sure = [item.confidence or 1 for item in items]
        assert sure == sorted(sure)
        book.review(items[3].id, "confirm", who="ada")
        assert [item.id for item in book.queue()] == [item.id for item in items]
        assert book.queue()[3].verdict == "confirmed"
        article = next(book.articles())["id"]
        whole = [item.id for item in items]
        ids = [item.id for item in book.queue(article)]
        for id in (items[0].id, ids[1]):
            book.review(id, "reject", who="ada")
        assert [item.id for item in book.queue()] == whole
        assert [item.id for item in book.queue(article)] == ids
        assert book.queue(article)[1].verdict == "rejected"
        book.review("2", "undo", who="ada")
        assert [item.id for item in book.queue()] == whole
        mine = book.queue(article)
        assert [i.id for i in mine] == [i.id for i in mine if book.place(i.id).article == article]


def test_progress_counts_what_was_rejected(copy: Path) -> None:
    with Ledger(copy) as book:
        before = book.progress()
        ids = [item.id for item in book.queue()[:3]]
        book.review(ids[0], "confirm", who="ada")
        book.review(ids[1], "reject", who="ada")
        book.review(ids[2], "correct", who="ada", field="type", value="claim")
        after = book.progress()
        assert after == {
            "statements": before["statements"],
            "judged": 3,
            "confirmed": 1,
            "corrected": 1,
            "rejected": 1,
        }
        book.review("2", "undo", who="ada")
        assert book.progress()["judged"] == 2


#: Verdicts of two reviewers on the same claims, the share that agrees, Cohen's kappa by hand.
PAIRS: list[tuple[str, str, float, float | None]] = [
    ("ccrr", "ccrr", 1.0, 1.0),
    ("cccc", "cccc", 1.0, None),
    ("ccrr", "crcr", 0.5, 0.0),
    ("cccr", "ccrr", 0.75, 0.5),
]


@pytest.mark.parametrize(("one", "other", "agree", "kappa"), PAIRS)
def test_agreement(copy: Path, one: str, other: str, agree: float, kappa: float | None) -> None:
    actions: dict[str, Any] = {"c": "confirm", "r": "reject"}
    with Ledger(copy) as book:
        ids = [item.id for item in book.queue()[:4]]
        for who, verdicts in (("ada", one), ("ben", other)):
            for id, verdict in zip(ids, verdicts, strict=True):
                book.review(id, actions[verdict], who=who)
        (pair,) = book.agreement()
    assert (pair["a"], pair["b"], pair["both"]) == ("ada", "ben", 4)
    assert (pair["agree"], pair["kappa"]) == (agree, kappa)
    assert len(pair["differ"]) == round(4 * (1 - agree))


def test_a_second_reviewer_works_blind(opened: Open, copy: Path) -> None:
    client = opened(copy)
    with Ledger(copy) as book:
        ids = [item.id for item in book.queue()[:3]]
        was = book.show(ids[0])["record"]["type"]
    say(client, "ada", ids[0], "correct", field="type", value="plan", note="I think so")
    say(client, "ada", ids[1], "confirm")
    say(client, "ada", ids[2], "reject")
    client.cookies.set("sayso-reviewer", "ben")
    first = client.get("/review?blind=true")
    assert f'id="{ids[0]}"' in first.text
    shown = first.text[first.text.index("<main") :]
    assert "I think so" not in shown
    assert "corrected" not in shown
    assert f'<span class="type">{was}</span>' in shown
    after = client.post(f"/review/{ids[0]}", data={"action": "confirm", "blind": "true"})
    assert after.status_code == 303
    assert "blind=true" in after.headers["location"]
    told = client.get("/review/log").text
    assert "ada" in told
    assert "0%" in told
    client.post(f"/review/{ids[1]}", data={"action": "confirm", "blind": "true"})
    third = client.get("/review?blind=true").text
    assert f'id="{ids[2]}"' in third
    assert "rejected" not in third[third.index("<main") :]
    client.post(f"/review/{ids[2]}", data={"action": "confirm", "blind": "true"})
    assert "Nothing waits for a second reviewer" in client.get("/review?blind=true").text


def test_what_a_page_writes_is_in_the_log(opened: Open, copy: Path) -> None:
    client = opened(copy)
    with Ledger(copy) as book:
        id = book.queue()[0].id
    nameless = client.post(f"/review/{id}", data={"action": "confirm"})
    assert nameless.status_code == 422
    client.cookies.set("sayso-reviewer", "Ad%C3%A9")
    client.post(f"/review/{id}", data={"action": "note", "note": "look again"})
    client.post(f"/review/{id}", data={"action": "correct", "type": "warn", "negated": ""})
    lines = client.get("/api/v1/reviews").json()["items"]
    assert [(line["action"], line["who"]) for line in lines] == [
        ("note", "Adé"),
        ("correct", "Adé"),
    ]
    assert client.get(f"/api/v1/records/{id}").json()["record"]["type"] == "warn"
    client.post(f"/review/{id}", data={"action": "undo"})
    assert client.get(f"/api/v1/records/{id}").json()["record"]["type"] != "warn"
    assert client.get("/review/log").text.count("taken back") == 1
    client.post("/log/3/undo")
    assert client.get(f"/api/v1/records/{id}").json()["record"]["type"] == "warn"
    rows = client.get("/review/log").text.split("<tr")
    assert [("taken back" in row) for row in rows if "data-of=" in row] == [
        False,
        True,
        False,
        False,
    ]
    assert "look again" in client.get(f"/review?id={id}").text


REFUSED = [
    ({"target": "s-0", "action": "confirm", "who": "ada"}, 404),
    ({"target": "s-0", "action": "praise", "who": "ada"}, 422),
    ({"target": "s-0", "action": "confirm", "who": ""}, 422),
    ({"target": "s-0", "action": "confirm", "who": "ada", "more": 1}, 422),
    ({"target": "999", "action": "undo", "who": "ada"}, 404),
    ({}, 422),
]


@pytest.mark.parametrize(("body", "status"), REFUSED)
def test_what_cannot_be_said_is_refused(
    opened: Open, copy: Path, body: dict[str, Any], status: int
) -> None:
    client = opened(copy)
    answer = client.post("/api/v1/reviews", json=body)
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert client.get("/api/v1/reviews").json()["items"] == []


def test_merge_split_and_undo(opened: Open, copy: Path) -> None:
    client = opened(copy)
    one, other = (
        client.get("/api/v1/actors", params={"q": name}).json()["items"][0]["id"]
        for name in ("Anton Selvik", "Mara Dunn")
    )
    merged = client.post("/api/v1/merges", json={"one": other, "into": one, "who": "ada"})
    assert merged.status_code == 201
    again = client.post("/api/v1/merges", json={"one": other, "into": one, "who": "ada"})
    assert again.status_code == 409
    page = client.get(f"/actors/{one}").text
    assert "<bdi>Mara Dunn</bdi> is <bdi>Anton Selvik</bdi>" in page
    assert "“<bdi>Mara Dunn</bdi>”: merged by a reviewer" in page
    client.cookies.set("sayso-reviewer", "ada")
    client.post(f"/actors/{one}/undo", data={"review": merged.json()["review"]})
    assert client.get(f"/api/v1/records/{other}").json()["record"]["name"] == "Mara Dunn"
    article = client.get(f"/api/v1/records/{one}").json()["articles"][0]["article"]
    done = client.post(f"/actors/{one}/split", data={"article": article})
    assert done.status_code == 303
    left = client.get(f"/api/v1/records/{one}").json()["articles"]
    assert article not in {a["article"] for a in left}
    # the second article is the last of this name: its actor goes, and the page leads to where it is
    gone = client.post(f"/actors/{one}/split", data={"article": left[0]["article"]})
    new = gone.headers["location"]
    assert new != f"/actors/{one}"
    assert "is not" in client.get(new).text
    last = client.get("/api/v1/reviews").json()["items"][-1]["review"]
    back = client.post(f"{new}/undo", data={"review": last})
    assert client.get(back.headers["location"]).status_code == 200


def test_a_corrected_date_is_read_against(opened: Open, copy: Path) -> None:
    client = opened(copy)
    listed = client.get("/api/v1/articles?q=toll").json()["items"]
    (article,) = [a for a in listed if a["day"] == "2031-09-10"]
    client.cookies.set("sayso-reviewer", "ada")
    done = client.post(f"/articles/{article['id']}/correct", data={"published": "2031-09-12"})
    assert done.status_code == 303
    record = client.get(f"/api/v1/articles/{article['id']}").json()["record"]
    assert record["article"]["published"] == "2031-09-12"
    wrong = client.post(f"/articles/{article['id']}/correct", data={"published": "soon"})
    assert wrong.status_code == 409


def span(start: int, text: str) -> Span:
    return Span(start, start + len(text), text)


HELD = Statement(
    id="s-1",
    sources=(Source(span=span(0, "Brask"), actor="actor-1", kind="named"),),
    cue=span(6, "said"),
    type="say",
    negated=False,
    content=(span(11, "the dam holds"),),
)
AS_IT_IS = {"source": "0-5", "actor": "actor-1", "cue": "6-10", "content": "11-24", "type": "say"}
EDITS: list[tuple[dict[str, str], list[tuple[str, Any]]]] = [
    ({}, []),
    ({"type": "claim"}, [("type", "claim")]),
    ({"negated": "yes"}, [("negated", True)]),
    ({"cue": ""}, [("cue", None)]),
    ({"cue": "6-9"}, [("cue", {"start": 6, "end": 9})]),
    (
        {"content": "11-14 19-24"},
        [("content", [{"start": 11, "end": 14}, {"start": 19, "end": 24}])],
    ),
    (
        {"source": "0-3"},
        [("sources", [{"span": {"start": 0, "end": 3}, "actor": "actor-1", "kind": "named"}])],
    ),
    (
        {"actor": ""},
        [("sources", [{"span": {"start": 0, "end": 5}, "actor": None, "kind": "named"}])],
    ),
    ({"source": "", "actor": ""}, [("sources", [])]),
    ({"parent": "s-2"}, [("parent", "s-2")]),
    ({"date": "2031-05-03"}, [("date", {"value": "2031-05-03", "id": None})]),
]


@pytest.mark.parametrize(("changed", "found"), EDITS)
def test_a_form_as_corrections(changed: dict[str, str], found: list[tuple[str, Any]]) -> None:
    assert list(corrections(HELD, {**AS_IT_IS, **changed})) == found


@pytest.mark.parametrize("text", ["a-b", "5", "-", "1-2-3", "١-٢٣x", "9" * 40 + "-1"])
def test_offsets_that_are_none_are_refused(text: str) -> None:
    with pytest.raises(OptionError, match="offsets"):
        list(corrections(HELD, {**AS_IT_IS, "content": text}))
