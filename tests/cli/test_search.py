"""``sayso search``: its two outputs, its messages and exit codes."""

import json
from pathlib import Path

import pytest

from sayso.cli import main
from sayso.ledger.ledger import Ledger

TEXT = """A dam above Tarnholm

The mayor of Tarnholm, Edda Brask, said on 3 May 2031 that the dam would hold.

Ilmar Koss, the harbour master, warned that \x1b[31m[bold]the quay\x9b would be flooded by noon.
"""


@pytest.fixture
def book(tmp_path: Path) -> str:
    path = tmp_path / "dam.txt"
    path.write_text(TEXT, encoding="utf-8")
    with Ledger(tmp_path / "book.db") as ledger:
        ledger.add([path], as_="body")
    return str(tmp_path / "book.db")


def run(*arguments: str) -> int:
    with pytest.raises(SystemExit) as stopped:
        main(["search", *arguments])
    assert isinstance(stopped.value.code, int)
    return stopped.value.code


def test_json_is_one_statement_a_line(book: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("dam", "hold", "--ledger", book, "--json", "--words") == 0
    out, err = capsys.readouterr()
    (line,) = out.splitlines()
    found = json.loads(line)
    text = found["snippet"]["text"]
    assert [text[a:b] for a, b in found["snippet"]["hits"]] == ["dam", "hold"]
    assert found["article"].endswith("dam.txt")
    assert not err


def test_a_terminal_obeys_no_text(book: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("quay", "--ledger", book) == 0
    out = capsys.readouterr().out
    assert "[bold]the quay" in out
    assert not {"\x1b", "\x9b"} & set(out)


@pytest.mark.parametrize(
    "arguments",
    [(), ("",), ("—",), ("dam", "--build"), ("dam", "--type", "shout"), ("dam", "--from", "May")],
)
def test_wrong_usage(
    book: str, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...]
) -> None:
    assert run(*arguments, "--ledger", book) == 2
    out, err = capsys.readouterr()
    assert not out
    assert "Usage" in err


def test_a_query_that_is_none_is_said_so_on_stderr(
    book: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run('"dam', "--ledger", book, "--json") == 0
    out, err = capsys.readouterr()
    assert len(out.splitlines()) == 1
    assert "not closed; looked for as plain words" in err


def test_nothing_found_is_no_failure(book: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("zeppelin", "--ledger", book) == 0
    assert "nothing found" in capsys.readouterr().out


def test_vectors_are_built_once(book: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--build", "--ledger", book, "--json") == 0
    made = json.loads(capsys.readouterr().out)["made"]
    assert made > 0
    assert run("--build", "--ledger", book) == 0
    assert "0 vectors made" in capsys.readouterr().out
    assert run("will the barrier withstand the water", "--meaning", "--ledger", book) == 0
    assert "the dam would hold" in capsys.readouterr().out
