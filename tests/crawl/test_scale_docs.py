"""The examples of docs/scale.md run as they stand there."""

import re
from pathlib import Path

import pytest

from sayso.crawl import crawl
from sayso.crawl.engines import Local

EXAMPLES = re.findall(r"```python\n(.*?)```", Path("docs/scale.md").read_text("utf-8"), re.DOTALL)


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("crawl") / "out"
    crawl([Path("samples/story"), Path("samples/actors.csv")], folder, engine=Local(1))
    return folder


@pytest.mark.parametrize("example", EXAMPLES, ids=["duckdb", "pandas"])
def test_an_example_of_the_docs(out: Path, example: str) -> None:
    pytest.importorskip("duckdb" if "duckdb" in example else "pandas")
    held: dict[str, object] = {}
    exec(example.replace("DIR", str(out)), held)
    if "duckdb" in example:
        import duckdb

        for query in re.findall(r'sql\((?:"""|")(.*?)(?:"""|")\)', example, re.DOTALL):
            found = duckdb.sql(query.replace("DIR", str(out)))
            assert found is not None
            assert found.fetchall()
    else:
        assert len(held["said"]) > 20  # type: ignore[arg-type]
