"""What goes wrong around a ledger: kills, a full disk, damaged and foreign files, two writers."""

import base64
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

import sayso
from sayso.errors import LedgerError
from sayso.ledger import articles, store
from sayso.ledger.ledger import Ledger
from sayso.records import Reading

#: Kills of one run; SAYSO_KILLS=200 makes it the long one.
KILLS = int(os.environ.get("SAYSO_KILLS", "6"))

#: See ``older_rows``; tables in an order in which rows are there before those that refer to them.
OLDER = Path(__file__).with_name("older.jsonl")
PARENTS = (
    *("evidence", "article", "version", "change", "entity", "entity_name", "actor", "series"),
    *("series_word", "statement", "statement_entity", "figure", "event", "event_entity", "review"),
    *("fight", "conflict", "denial", "denied_key", "copy_band", "copy", "claim_key", "same_claim"),
)

_TEXT = "The mayor of Tarnholm, Edda Brask, said on 3 May 2031 that {} people had been moved."

_WRITER = """
import sys, msgspec, sayso
from sayso.records import Reading
readings = [msgspec.json.decode(line, type=Reading) for line in open(sys.argv[2], "rb")]
with sayso.Ledger(sys.argv[1]) as ledger:
    print("open", flush=True)
    for reading in readings:
        ledger.add_reading(reading)
"""


@pytest.fixture(scope="module")
def readings() -> list[Reading]:
    texts = [_TEXT.format(number) for number in range(60)]
    return [sayso.read(text, url=f"https://a.example/{i}") for i, text in enumerate(texts)]


@pytest.fixture
def lines(readings: list[Reading], tmp_path: Path) -> Path:
    path = tmp_path / "readings.jsonl"
    path.write_bytes(b"".join(reading.to_json() + b"\n" for reading in readings))
    return path


def start(ledger: Path, lines: Path) -> "subprocess.Popen[str]":
    command = [sys.executable, "-c", _WRITER, str(ledger), str(lines)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def contents(path: Path) -> list[tuple[object, ...]]:
    with Ledger(path) as ledger:
        assert ledger.verify() == []
        sql = "SELECT id, text, source FROM statement ORDER BY id"
        return [tuple(row) for row in ledger.store.rows(sql)]


def add_one_by_one(ledger: Ledger, readings: list[Reading]) -> None:
    for reading in readings:
        ledger.add_reading(reading)


def faults(path: Path) -> list[str]:
    """What is said of a damaged file, on opening it or on checking it."""
    try:
        with Ledger(path) as ledger:
            return ledger.verify()
    except LedgerError as error:
        return [str(error)]


def test_a_kill_at_any_moment_loses_and_doubles_nothing(
    readings: list[Reading], lines: Path, tmp_path: Path
) -> None:
    whole = tmp_path / "whole.db"
    with Ledger(whole) as ledger:
        ledger.add_readings(readings)
    chance = random.Random(7)
    path = tmp_path / "killed.db"
    stored = 0
    for _ in range(KILLS):
        with start(path, lines) as process:
            assert process.stdout is not None
            process.stdout.readline()
            time.sleep(chance.random() * 0.15)
            process.send_signal(signal.SIGKILL)
        with Ledger(path) as ledger:
            assert ledger.verify() == []
            now = len(list(ledger.articles()))
        assert now >= stored
        stored = now
        if stored == len(readings):
            path.unlink()
            stored = 0
    with start(path, lines) as process:
        process.communicate()
    assert process.returncode == 0
    assert contents(path) == contents(whole)


def test_two_writers_at_once(readings: list[Reading], lines: Path, tmp_path: Path) -> None:
    path, alone = tmp_path / "two.db", tmp_path / "alone.db"
    with start(path, lines) as one, start(path, lines) as other:
        one.communicate()
        other.communicate()
    assert (one.returncode, other.returncode) == (0, 0)
    with Ledger(alone) as ledger:
        ledger.add_readings(readings)
    assert contents(path) == contents(alone)


def test_a_full_disk_keeps_what_was_stored(readings: list[Reading], tmp_path: Path) -> None:
    with Ledger(tmp_path / "full.db") as ledger:
        ledger.add_reading(readings[0])
        pages = ledger.store.rows("PRAGMA page_count")[0][0]
        ledger.store.rows(f"PRAGMA max_page_count = {pages + 2}")
        with pytest.raises(LedgerError, match="disk is full"):
            add_one_by_one(ledger, readings[1:])
        stored = len(list(ledger.articles()))
        assert ledger.verify() == []
        ledger.store.rows("PRAGMA max_page_count = 1000000")
        ledger.add_readings(readings)
        assert 1 <= stored < len(list(ledger.articles())) == len(readings)


def test_a_ledger_that_may_only_be_read_answers_and_is_not_written(
    readings: list[Reading], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "readonly.db"
    with Ledger(path) as ledger:
        ledger.add_reading(readings[0])
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    with Ledger(path) as ledger:
        assert len(list(ledger.articles())) == 1
        with pytest.raises(LedgerError, match="cannot be written"):
            ledger.add_reading(readings[1])


@pytest.mark.parametrize("damage", ["header", "middle", "cut"])
def test_a_damaged_file_is_named_and_left_alone(
    readings: list[Reading], tmp_path: Path, damage: str
) -> None:
    path = tmp_path / "damaged.db"
    with Ledger(path) as ledger:
        ledger.add_readings(readings)
    data = bytearray(path.read_bytes())
    if damage == "header":
        data[:16] = b"no database here"
    elif damage == "middle":
        data[8192 : len(data) - 4096] = os.urandom(len(data) - 12288)
    else:
        del data[len(data) // 3 :]
    path.write_bytes(data)
    assert any("damaged" in fault or "database" in fault for fault in faults(path))
    assert path.read_bytes() == data


def test_another_programs_database_is_not_touched(tmp_path: Path) -> None:
    path = tmp_path / "photos.db"
    other = sqlite3.connect(path)
    other.execute("CREATE TABLE photo (name TEXT)")
    other.commit()
    other.close()
    before = path.read_bytes()
    with pytest.raises(LedgerError, match="another program"):
        Ledger(path)
    assert path.read_bytes() == before


def test_a_ledger_of_a_newer_version_is_not_opened(ledger: Ledger, address: str) -> None:
    if ledger.store.dialect == "sqlite":
        ledger.store.rows("PRAGMA user_version = 999")
    else:
        with ledger.store.write():
            ledger.store.run("INSERT INTO schema_version (number) VALUES (999)")
    with pytest.raises(LedgerError, match="newer version"):
        Ledger(address)


def test_no_ledger_is_made_by_asking(tmp_path: Path) -> None:
    with pytest.raises(LedgerError, match="no such ledger"):
        Ledger(tmp_path / "none.db", create=False)
    assert not (tmp_path / "none.db").exists()


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(LedgerError, match="cannot be opened"):
        Ledger(tmp_path / "no" / "folder.db")


def older_rows() -> Iterator[tuple[str, dict[str, object]]]:
    """What a ledger of version 6 held: three articles, of which one was changed."""
    for line in OLDER.read_text(encoding="utf-8").splitlines():
        held = msgspec.json.decode(line)
        yield (
            held["table"],
            {
                name: base64.b64decode(value["base64"]) if isinstance(value, dict) else value
                for name, value in held["row"].items()
            },
        )


def columns(held: store.Store, table: str) -> set[str]:
    if held.dialect == "sqlite":
        return {row["name"] for row in held.rows(f"PRAGMA table_info({table})")}
    sql = "SELECT column_name AS name FROM information_schema.columns WHERE table_name = ?"
    return {row["name"] for row in held.rows(sql, table)}


def fill(held: store.Store, version: int) -> None:
    """Put the older ledger's rows into the tables and columns that there are."""
    with held.write():
        for table, row in sorted(older_rows(), key=lambda one: PARENTS.index(one[0])):
            if version >= 9 and table == "denial":
                continue
            if version >= 9 and table == "statement_entity":
                table = f"statement_{row['role']}"
            names = sorted(columns(held, table) & row.keys())
            if version < 2:  # no figure stood in a series
                names = [name for name in names if name != "series"]
            if names and (version >= 2 or table != "series"):
                quoted = ", ".join(f'"{name}"' for name in names)
                marks = ", ".join("?" * len(names))
                held.run(f"INSERT INTO {table} ({quoted}) VALUES ({marks})", *map(row.get, names))


@pytest.mark.parametrize("version", [number for number, _ in store.migrations("sqlite")][:-1])
def test_every_earlier_version_is_brought_up_to_date(
    address: str, version: int, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    everything = store.migrations

    def earlier(dialect: store.Dialect) -> list[tuple[int, str]]:
        return [m for m in everything(dialect) if m[0] <= version]

    with monkeypatch.context() as older:
        older.setattr(store, "migrations", earlier)
        with store.open_store(address, create=True) as held:
            fill(held, version)
    with Ledger(address) as ledger, Ledger(tmp_path / "fresh.db") as fresh:
        assert ledger.store.schema() == everything(ledger.store.dialect)[-1][0]
        assert ledger.store.rows("SELECT article FROM stale") == []
        assert ledger.verify() == []
        for table in ("version", "article"):
            for row in ledger.store.rows(f"SELECT * FROM {table} ORDER BY {table}.article"):
                fresh.add_reading(articles.reading_of(row))
        (review,) = ledger.review_log()
        assert ledger.show(review.target)["record"]["type"] == "confirm"
        fresh.review(review.target, "correct", who="ada", field="type", value="confirm")
        assert len(list(ledger.articles())) == 3
        for ask in (Ledger.figures, Ledger.conflicts, Ledger.timeline, Ledger.origins):
            assert list(ask(ledger)) == list(ask(fresh))
        assert [*ledger.who("Ruta Hallen")] == [*fresh.who("Ruta Hallen")]
        found = [{s["id"] for s in one.search("soldiers")} for one in (ledger, fresh)]
        assert found[0] == found[1] != set()
