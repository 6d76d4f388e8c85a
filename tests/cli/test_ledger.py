"""The commands that use a ledger: exit codes, machine output, messages."""

import json
import os
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from sayso.cli.main import cli

TEXT = """Dam holds, mayor says

The mayor of Tarnholm, Edda Brask, said on 3 May 2031 that at least 40 people had been moved.
"""


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):  # type: ignore[no-untyped-def]
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SAYSO_LEDGER", raising=False)
    (tmp_path / "dam.txt").write_text(TEXT, encoding="utf-8")

    def invoke(*arguments: str) -> Result:
        return CliRunner().invoke(cli, arguments)

    return invoke


def test_add_then_ask(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    added = run("add", "dam.txt", "--json")
    assert json.loads(added.stdout) == {
        "added": 1,
        "changed": 0,
        "unchanged": 0,
        "reread": 0,
        "failed": [],
        "left_out": [],
    }
    (listed,) = map(json.loads, run("list", "--json").stdout.splitlines())
    assert listed["article"] == "dam.txt"
    shown = json.loads(run("show", listed["id"], "--json").stdout)
    statement = shown["record"]["statements"][-1]["id"]
    assert json.loads(run("show", statement, "--json").stdout)["record"]["id"] == statement
    said = [json.loads(line) for line in run("who", "Brask", "--json").stdout.splitlines()]
    assert statement in {one["id"] for one in said}
    assert run("verify").exit_code == 0
    for command in (
        ("list",),
        ("show", listed["id"]),
        ("who", "Brask"),
        ("timeline",),
        ("agreements",),
    ):
        result = run(*command)
        assert result.exit_code == 0, result.output


def test_what_cannot_be_read_is_named_and_the_rest_is_done(run) -> None:  # type: ignore[no-untyped-def]
    result = run("add", "none.txt", "dam.txt")
    assert result.exit_code == 1
    assert "none.txt: no such file" in result.stderr
    assert "1 added, 1 failed" in result.stdout


def test_the_ledger_may_be_named_by_the_environment(run, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setenv("SAYSO_LEDGER", "other.db")
    assert run("add", "dam.txt").exit_code == 0
    assert os.listdir(".").count("other.db") == 1  # noqa: PTH208
    assert not Path("sayso.db").exists()


def test_add_needs_inputs_or_reread(run) -> None:  # type: ignore[no-untyped-def]
    assert run("add").exit_code == 2
    assert run("add", "dam.txt", "--reread").exit_code == 2
    assert run("add", "dam.txt", "--published", "soon").exit_code == 2


def test_reviews_by_command(run) -> None:  # type: ignore[no-untyped-def]
    run("add", "dam.txt")
    listed = json.loads(run("list", "--json").stdout)
    record = json.loads(run("show", listed["id"], "--json").stdout)["record"]
    figure = record["figures"][0]["id"]
    done = run("review", "correct", figure, "bound", '"exact"', "--who", "ada", "--json")
    assert json.loads(done.stdout)["detail"]["value"] == "exact"
    assert json.loads(run("show", figure, "--json").stdout)["record"]["bound"] == "exact"
    assert run("review", "undo", "1", "--who", "ada").exit_code == 0
    assert json.loads(run("show", figure, "--json").stdout)["record"]["bound"] == "at_least"
    assert "bound: at_least → exact" in " ".join(run("review", "log").stdout.split())
    assert run("review", "correct", figure, "bound", "exact", "--who", "ada").exit_code == 2
