"""A ledger of two invented articles with reviews, made once."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from sayso.ledger.ledger import Ledger

FORMULA = "=cmd|' /C calc'!A0"
DAM = """Dam above Tarnholm

The mayor of Tarnholm, Edda Brask, said on 3 May 2031 that at least 40 people had been moved.

“The dam will hold,” Brask told reporters. The army of Velmora denied that it had been warned.

Rebels shelled the harbour of Oslund on Monday, the Heron Post reported, citing Ilmar Koss.
"""
FERRY = """+44 crews go back to work, the union said. The union accused the ministry of a breach.
"""


@pytest.fixture(scope="session")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The path of the ledger."""
    folder = tmp_path_factory.mktemp("exports")
    with Ledger(folder / "book.db") as ledger:
        for name, text in (("dam", DAM), ("ferry", FERRY)):
            path = folder / f"{name}.txt"
            path.write_text(text, encoding="utf-8")
            url = f"https://heron.example/{name}" if name == "dam" else None
            ledger.add([path], as_="body", url=url, publisher="Heron Post" if url else FORMULA)
        said = {
            s.cue.text: s.id
            for s in ledger.reading("https://heron.example/dam").statements
            if s.cue
        }
        for id in (said["said"], said["told"]):
            ledger.review(id, "confirm", who="ann")
        denial = next(id for cue, id in said.items() if "denied" in cue)
        ledger.review(denial, "correct", who="ann", field="type", value="decline")
        ledger.review(said["reported"], "reject", who="ann")
    return folder / "book.db"


@pytest.fixture
def ledger(book: Path) -> Iterator[Ledger]:
    """The ledger."""
    with Ledger(book) as opened:
        yield opened
