"""The API answers what the command line answers, in the same bytes, and as it is described."""

import csv
import io
import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import msgspec
import pytest
from click.testing import CliRunner
from fastapi.testclient import TestClient
from tests.web.conftest import Open

from sayso.cli.main import cli
from sayso.web import shapes
from sayso.web.security import MAX_BODY

#: An answer of the API, the command that gives the same, the shape of a row.
ANSWERS: list[tuple[str, tuple[str, ...], Any]] = [
    ("articles?limit=1000", ("list",), shapes.ArticleRow),
    ("who?name=Edvin+Roos", ("who", "Edvin Roos"), shapes.WhoAnswer),
    ("figures?limit=1000", ("figures",), shapes.Series),
    ("figures?ranges=true&limit=1000", ("figures", "--range"), shapes.Series),
    ("figures?q=soldiers+killed&limit=1000", ("figures", "soldiers", "killed"), shapes.Series),
    ("origins", ("origins",), shapes.Claim),
    ("origins?q=volunteers", ("origins", "volunteers"), shapes.Claim),
    ("conflicts", ("conflicts",), shapes.Conflict),
    ("agreements?limit=1000", ("agreements",), shapes.Treaty),
    ("timeline", ("timeline",), shapes.Happening),
    (
        "timeline?q=Velmora&from=2031-09-10",
        ("timeline", "Velmora", "--from", "2031-09-10"),
        shapes.Happening,
    ),
    ("search?q=shelled", ("search", "shelled"), shapes.Found),
    ("search?q=shelled&type=deny", ("search", "shelled", "--type", "deny"), shapes.Found),
]


def printed(story: Path, *command: str) -> bytes:
    result = CliRunner().invoke(cli, [*command, "--json", "--ledger", str(story)])
    assert result.exit_code == 0, result.output
    return result.stdout_bytes


@pytest.mark.parametrize(("asked", "command", "shape"), ANSWERS, ids=[a[0] for a in ANSWERS])
def test_an_answer_is_that_of_the_command(
    desk: TestClient, story: Path, asked: str, command: tuple[str, ...], shape: Any
) -> None:
    lines = desk.get(f"/api/v1/{asked}{'&' if '?' in asked else '?'}format=jsonl")
    assert lines.status_code == 200
    assert lines.content
    assert lines.content == printed(story, *command)
    told = desk.get(f"/api/v1/{asked}").json()
    assert told["items"] == [json.loads(line) for line in lines.content.splitlines()]
    fields = {field.encode_name for field in msgspec.structs.fields(shape)}
    for row in told["items"]:
        assert row.keys() <= fields
        msgspec.convert(row, shape, strict=True)


#: What a command with --json has in place of a call of the API that reads.
ELSEWHERE = {
    "show": "test_one_of_each_kind_is_shown_as_by_the_command",
    "verify": "test_the_log_and_the_check_are_those_of_the_commands",
    "review log": "test_the_log_and_the_check_are_those_of_the_commands",
    **dict.fromkeys(
        [f"review {action}" for action in ("confirm", "correct", "reject", "note", "undo")],
        "POST /reviews, tests/web/test_review.py",
    ),
    "review merge": "POST /merges, tests/web/test_review.py",
    "review split": "POST /splits, tests/web/test_review.py",
    "export": "writes files",
}
#: Options of the commands that answer from a ledger, and of those that read articles into it.
ANSWERING, READING = {"--json", "--ledger"}, {"--allow-private", "--actors"}


def commands(of: click.Command, path: tuple[str, ...] = ()) -> Iterator[str]:
    """The commands that print what a ledger answers as JSON."""
    if isinstance(of, click.Group):
        context = click.Context(of)
        for name in of.list_commands(context):
            held = of.get_command(context, name)
            assert held is not None
            yield from commands(held, (*path, name))
        return
    options = {name for option in of.params for name in option.opts}
    if options >= ANSWERING and not options & READING:
        yield " ".join(path)


def test_every_answer_of_the_commands_has_its_call() -> None:
    told = set(commands(cli))
    compared = {command[0] for _, command, _ in ANSWERS}
    assert told == compared | ELSEWHERE.keys()
    assert not compared & ELSEWHERE.keys()


def test_the_log_and_the_check_are_those_of_the_commands(opened: Open, copy: Path) -> None:
    client = opened(copy)
    first, second = (row["id"] for row in client.get("/api/v1/who?name=Roos").json()["items"][:2])
    said = [
        {"target": first, "action": "confirm", "who": "ada", "note": "so it is"},
        {"target": second, "action": "correct", "who": "ben", "field": "type", "value": "plan"},
        {"target": "1", "action": "undo", "who": "ada"},
    ]
    lines = [client.post("/api/v1/reviews", json=body).json() for body in said]
    log = printed(copy, "review", "log")
    assert [json.loads(line) for line in log.splitlines()] == lines
    assert client.get("/api/v1/reviews?format=jsonl").content == log
    assert json.loads(printed(copy, "review", "log", first)) == lines[0]
    of_one = client.get("/api/v1/reviews", params={"target": first}).json()["items"]
    assert of_one == lines[:1]
    assert client.get("/api/v1/verify").content + b"\n" == printed(copy, "verify")


def test_a_reading_is_that_of_the_command(opened: Open, copy: Path) -> None:
    client = opened(copy)
    text = "The mayor of Tarnholm, Edda Brask, said on 3 May 2031 that 40 people had left 🌊.\n"
    sent = client.post("/api/v1/read", json={"text": text, "name": "-", "published": "2031-05-04"})
    while (told := client.get(sent.headers["location"]).json())["state"] not in ("done", "failed"):
        time.sleep(0.1)
    result = CliRunner().invoke(cli, ["read", "-", "--json", "--published", "2031-05-04"], text)
    assert told["readings"] == [json.loads(result.stdout)]


def test_one_of_each_kind_is_shown_as_by_the_command(desk: TestClient, story: Path) -> None:
    article = desk.get("/api/v1/articles").json()["items"][0]["id"]
    whole = desk.get(f"/api/v1/articles/{article}")
    msgspec.json.decode(whole.content, type=shapes.ArticleAnswer)
    record = whole.json()["record"]
    ids = [record[kind][0]["id"] for kind in ("statements", "figures", "events", "actors")]
    ids += [desk.get("/api/v1/actors").json()["items"][0]["id"]]
    assert whole.content + b"\n" == printed(story, "show", article)
    for id in ids:
        shown = desk.get(f"/api/v1/records/{id}")
        assert shown.content + b"\n" == printed(story, "show", id)
        assert desk.get("/api/v1/show", params={"name": id}).content == shown.content
        msgspec.json.decode(shown.content, type=shapes.RecordAnswer)


def test_pages_of_a_list_are_the_list(desk: TestClient) -> None:
    whole = desk.get("/api/v1/articles?limit=1000").json()["items"]
    rows: list[Any] = []
    address = "/api/v1/articles?limit=5"
    while address:
        answer = desk.get(address)
        rows += answer.json()["items"]
        address = answer.json()["next"]
        assert (answer.headers.get("link") is None) == (address is None)
    assert rows == whole


@pytest.mark.parametrize("answer", ["timeline", "conflicts", "origins", "figures", "agreements"])
def test_pages_of_an_answer_hold_each_row_once(desk: TestClient, answer: str) -> None:
    whole = desk.get(f"/api/v1/{answer}?limit=1000").json()["items"]
    rows: list[Any] = []
    for offset in range(0, len(whole) + 1, 3):
        part = desk.get(f"/api/v1/{answer}?limit=3&offset={offset}").json()["items"]
        rows = part + rows if answer == "timeline" else rows + part
    assert rows == whole


#: What is asked, columns that a line of its CSV has, and words that stand in one of its cells.
SHEETS = [
    ("articles", {"day", "headline", "publisher"}, "Forty dead in dawn shelling of Orsk Pass"),
    ("actors", {"name", "kind", "articles"}, "Edvin Roos"),
    ("who?name=Roos", {"actor", "role", "chain", "text"}, "Edvin Roos"),
    ("figures", {"what", "value", "bound", "source", "chain"}, "soldiers of Velmora killed"),
    ("figures?ranges=true", {"what", "party", "low", "high"}, "soldiers of Velmora killed"),
    ("origins", {"claim", "independent", "origins"}, "Edvin Roos"),
    ("conflicts", {"kind", "a_source", "b_text", "why"}, "denial"),
    ("agreements", {"name", "obligation", "bound"}, "Halmere Armistice"),
    ("timeline", {"date", "type", "actors"}, "Karsovia; Velmora"),
    ("search?q=shelled", {"chain", "text", "id"}, "deny"),
]


@pytest.mark.parametrize(("asked", "columns", "cell"), SHEETS, ids=[s[0] for s in SHEETS])
def test_csv_has_plain_cells(desk: TestClient, asked: str, columns: set[str], cell: str) -> None:
    told = desk.get(f"/api/v1/{asked}{'&' if '?' in asked else '?'}format=csv&limit=100")
    assert told.headers["content-type"].startswith("text/csv")
    head, *lines = csv.reader(io.StringIO(told.text))
    assert columns <= set(head)
    assert lines
    assert any(cell in line for line in lines)
    for value in (value for line in lines for value in line):
        assert not value.startswith(("=", "+", "-", "@", "{", "["))


@pytest.mark.parametrize("asked", [a[0] for a in ANSWERS] + ["verify", "reviews", "openapi.json"])
def test_an_answer_is_not_sent_twice(desk: TestClient, asked: str) -> None:
    first = desk.get(f"/api/v1/{asked}")
    again = desk.get(f"/api/v1/{asked}", headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_another_answer_has_another_tag(desk: TestClient) -> None:
    first = desk.get("/api/v1/articles")
    other = desk.get("/api/v1/articles?limit=3", headers={"if-none-match": first.headers["etag"]})
    assert other.status_code == 200


PROBLEMS = [
    ("records/s-0", 404),
    ("articles/a-0", 404),
    ("articles/entity-1", 404),
    ("figures/killed%7Cgnomes%7Cpeople%7C", 404),
    ("who?name=Nobody+Atall", 404),
    ("who", 422),
    ("articles?limit=0", 422),
    ("articles?from=yesterday", 422),
    ("conflicts?kind=quarrel", 422),
    ("search?q=", 422),
    ("search?q=x&outlet=Nowhere", 404),
    ("nothing", 404),
]


#: Requests that are no GET.
REFUSED: list[tuple[str, str, Any, int]] = [
    ("POST", "articles/a-0", None, 405),
    ("DELETE", "articles", None, 405),
    ("PUT", "reviews", None, 405),
    ("POST", "read", b"x" * (MAX_BODY + 1), 413),
    ("POST", "read", b"{", 422),
    ("POST", "reviews", b"{}", 422),
]


@pytest.mark.parametrize(("asked", "status"), PROBLEMS, ids=[p[0] for p in PROBLEMS])
def test_the_shape_of_a_problem(desk: TestClient, asked: str, status: int) -> None:
    check_problem(desk.get(f"/api/v1/{asked}"), status)


@pytest.mark.parametrize(("method", "asked", "body", "status"), REFUSED)
def test_the_shape_of_a_refusal(
    opened: Open, copy: Path, method: str, asked: str, body: Any, status: int
) -> None:
    json_body = {"content-type": "application/json"}
    answer = opened(copy).request(method, f"/api/v1/{asked}", content=body, headers=json_body)
    check_problem(answer, status)
    assert ("allow" in answer.headers) == (status == 405)


def check_problem(answer: Any, status: int) -> None:
    """Whether an answer is a problem as RFC 9457 has it."""
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    told = answer.json()
    assert told.keys() - {"errors"} == {"type", "title", "status", "detail"}
    assert told["status"] == status
    assert told["type"] == "about:blank"
    assert told["detail"]
    for fault in told.get("errors", []):
        assert fault.keys() == {"where", "what"}


def test_the_description_names_every_operation_and_refers_to_nothing_missing(
    desk: TestClient,
) -> None:
    told = desk.get("/api/v1/openapi.json").json()
    asked = {a[0].split("?")[0] for a in ANSWERS}
    assert {f"/api/v1/{name}" for name in asked} <= told["paths"].keys()
    shapes = told["components"]["schemas"]
    for name, operation in ((n, one) for n, path in told["paths"].items() for one in path.values()):
        assert operation["description"], name
        body = operation.get("requestBody", {}).get("content", {}).get("application/json", {})
        taken = shapes[body["schema"]["$ref"].rsplit("/", 1)[1]]["properties"] if body else {}
        for field in (*operation.get("parameters", []), *taken.values()):
            assert field.get("description"), (name, field)
    text = json.dumps(told)
    for reference in set(text.split('"$ref": "')[1:]):
        name = reference.split('"')[0].removeprefix("#/components/schemas/")
        assert name in told["components"]["schemas"]
    assert "http://" not in text.replace("http://127.0.0.1", "")
