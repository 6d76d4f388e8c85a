"""Ledgers to test with, in both stores, and readings made by hand."""

import hashlib
import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest

import sayso
from sayso.ledger.ledger import Ledger
from sayso.records import Reading

ACTORS = Path(__file__).parents[2] / "samples" / "actors.csv"

_PLACES = ("/usr/lib/postgresql/*/bin", "/usr/local/pgsql/bin", "/opt/homebrew/bin")


def _program(name: str) -> str | None:
    if found := shutil.which(name):
        return found
    for place in _PLACES:
        root, _, pattern = place.partition("*")
        folders = sorted(Path(root).glob("*" + pattern)) if pattern else [Path(place)]
        for folder in reversed(folders):
            if (folder / name).is_file():
                return str(folder / name)
    return None


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The address of a PostgreSQL server of the tests' own, on a socket in a folder of its own."""
    initdb, server = _program("initdb"), _program("postgres")
    if not initdb or not server:
        pytest.skip("no PostgreSQL on this machine (initdb and postgres)")
    pytest.importorskip("psycopg", reason="the extra postgresql is not installed")
    folder = tempfile.mkdtemp(prefix="sayso-pg-")
    user = None
    if os.geteuid() == 0:  # the server does not run as root
        user = (
            "postgres"
            if subprocess.run(["id", "postgres"], capture_output=True).returncode == 0
            else "nobody"
        )
        shutil.chown(folder, user)
    data = f"{folder}/data"
    command = [initdb, "-D", data, "-U", "sayso", "-A", "trust", "-E", "UTF8", "--no-sync"]
    made = subprocess.run(command, user=user, cwd=folder, capture_output=True, text=True)
    if made.returncode:
        pytest.skip(f"initdb failed: {made.stderr.strip()[-200:]}")
    running = subprocess.Popen(
        [server, "-D", data, "-k", folder, "-c", "listen_addresses=", "-c", "fsync=off"],
        user=user,
        cwd=folder,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait(folder)
        yield folder
    finally:
        running.terminate()
        running.wait(20)
        shutil.rmtree(folder, ignore_errors=True)


def _wait(folder: str) -> None:
    import time

    import psycopg

    for _ in range(100):
        try:
            psycopg.connect(f"postgresql://sayso@/postgres?host={folder}").close()
            return
        except psycopg.OperationalError:
            time.sleep(0.1)
    pytest.skip("PostgreSQL did not start")


def make_address(request: pytest.FixtureRequest, folder: Path, of: str) -> str:
    """Where a new ledger may lie: a file, or a database."""
    if request.param == "sqlite":
        return str(folder / "ledger.db")
    import psycopg

    held = request.getfixturevalue("postgres")
    name = f"t{abs(hash(of))}"
    with psycopg.connect(f"postgresql://sayso@/postgres?host={held}", autocommit=True) as server:
        server.execute(f"DROP DATABASE IF EXISTS {name}")
        server.execute(f"CREATE DATABASE {name}")
    return f"postgresql://sayso@/{name}?host={held}"


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where a new ledger may lie: a file, and a database, in turn."""
    return make_address(request, tmp_path, request.node.nodeid)


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def shared(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Ledger]:
    """A ledger that the tests of a module only ask; in both stores."""
    name = f"{request.node.nodeid} {request.param}"
    with Ledger(make_address(request, tmp_path_factory.mktemp("shared"), name)) as opened:
        yield opened


@pytest.fixture
def ledger(address: str) -> Iterator[Ledger]:
    """An empty ledger; tests that take it run on SQLite and on PostgreSQL."""
    with Ledger(address) as opened:
        yield opened


Write = Callable[[str, str], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """A function that writes an article and gives its path."""

    def written(name: str, text: str) -> Path:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return written


Readings = Callable[[Iterable[dict[str, str]]], list[Reading]]


@pytest.fixture(scope="session")
def readings() -> Readings:
    """A function that reads articles ``{on, by, text}`` of invented countries."""

    def read(articles: Iterable[dict[str, str]]) -> list[Reading]:
        found = []
        for article in articles:
            digest = hashlib.sha256(article["text"].encode()).hexdigest()[:8]
            found.append(
                sayso.read(
                    article["text"].strip(),
                    url=f"https://{article['by'].lower().replace(' ', '-')}.example/{digest}",
                    published=article["on"],
                    publisher=article["by"],
                    actors=ACTORS,
                )
            )
        return found

    return read
