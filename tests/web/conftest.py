"""The desk over the sample story, read once for all tests."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from sayso.ledger.ledger import Ledger
from sayso.web.app import create_app
from sayso.web.demo import samples
from sayso.web.settings import Settings

#: Under which the tests' requests come.
BASE = "http://127.0.0.1:8765"


@pytest.fixture(scope="session")
def story(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger of the sample story; never written to."""
    path = tmp_path_factory.mktemp("story") / "story.db"
    inputs, actors = samples()
    with Ledger(path) as book:
        done = book.add(inputs, actors=actors, processes=1)
    assert done.added == 12
    assert not done.failed
    return path


@pytest.fixture
def copy(story: Path, tmp_path: Path) -> Path:
    """A copy of the story's ledger, to be written to."""
    return Path(shutil.copy(story, tmp_path / "copy.db"))


Open = Callable[..., TestClient]


@pytest.fixture
def opened() -> Iterator[Open]:
    """A function that opens a desk over a ledger."""
    clients: list[TestClient] = []

    def open_desk(ledger: Path, **settings: object) -> TestClient:
        made = create_app(Settings(ledger=str(ledger), **settings))  # type: ignore[arg-type]
        client = TestClient(made, base_url=BASE, follow_redirects=False)
        clients.append(client)
        return client.__enter__()

    yield open_desk
    for client in clients:
        client.__exit__(None, None, None)


@pytest.fixture(scope="module")
def desk(story: Path) -> Iterator[TestClient]:
    """A desk over the story that is only asked."""
    made = create_app(Settings(ledger=str(story), readonly=True))
    with TestClient(made, base_url=BASE, follow_redirects=False) as client:
        yield client
