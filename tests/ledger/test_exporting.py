"""Both stores give exports the same articles."""

import json
from collections.abc import Callable
from pathlib import Path

from sayso.ledger import exporting
from sayso.ledger.ledger import Ledger


def test_a_ledger_s_articles_with_all_that_is_known_of_them(
    ledger: Ledger, write: Callable[[str, str], Path], tmp_path: Path
) -> None:
    path = write("dam.txt", "The mayor of Tarnholm said the dam would hold.")
    ledger.add([path])
    (statement,) = ledger.reading(str(path)).statements
    ledger.review(statement.id, "correct", who="ann", field="type", value="promise")
    (item,) = exporting.items(ledger.store)
    assert item.reading == ledger.reading(str(path))
    assert item.reviews == {statement.id: "corrected"}
    assert item.captures[0].origin == str(path)
    assert set(item.entities) == {actor.id for actor in item.reading.actors}
    assert ledger.export(tmp_path / "out", ["jsonl"]) == 1
    (line,) = (tmp_path / "out" / "statements.jsonl").read_text(encoding="utf-8").splitlines()
    assert (json.loads(line)["type"], json.loads(line)["version"]) == ("promise", 1)
