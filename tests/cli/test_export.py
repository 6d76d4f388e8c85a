"""``sayso export``: files, messages and exit codes."""

import json
from pathlib import Path

import pytest

from sayso.cli import main
from sayso.cli.export import NAMES
from sayso.exports import FORMATS
from sayso.ledger.ledger import Ledger


def run(*arguments: str) -> int:
    with pytest.raises(SystemExit) as stopped:
        main(["export", *arguments])
    assert isinstance(stopped.value.code, int)
    return stopped.value.code


@pytest.fixture
def book(tmp_path: Path) -> str:
    path = tmp_path / "ferry.txt"
    path.write_text(
        "The union in Oslund said on Monday that crews would go back.", encoding="utf-8"
    )
    with Ledger(tmp_path / "book.db") as ledger:
        ledger.add([path])
    return str(tmp_path / "book.db")


def test_the_command_knows_every_format() -> None:
    assert tuple(FORMATS) == NAMES


def test_files_are_written(book: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "deep" / "out"
    code = run(str(out), "--format", "csv", "--format", "plover", "--ledger", book, "--json")
    assert code == 0
    assert json.loads(capsys.readouterr().out)["articles"] == 1
    assert (out / "statements.csv").exists()
    assert (out / "plover.jsonl").exists()


@pytest.mark.parametrize("arguments", [(), ("out",), ("out", "--format", "word")])
def test_wrong_usage(
    book: str,
    arguments: tuple[str, ...],
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(*arguments, "--ledger", book) == 2
    assert "Usage" in capsys.readouterr().err


def test_a_foreign_file_is_named_and_kept(
    book: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "statements.csv").write_text("mine")
    assert run(str(tmp_path), "--format", "csv", "--ledger", book) == 1
    assert "holds statements.csv" in capsys.readouterr().err
    assert (tmp_path / "statements.csv").read_text() == "mine"


def test_no_ledger_is_made(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    missing = tmp_path / "none.db"
    assert run(str(tmp_path / "out"), "--format", "csv", "--ledger", str(missing)) == 1
    assert "no such ledger" in capsys.readouterr().err
    assert not missing.exists()
