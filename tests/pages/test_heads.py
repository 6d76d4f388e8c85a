"""What pages say of themselves: the cases of ``heads.toml``."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from sayso.pages import article_from_text

FILE = Path(__file__).with_name("heads.toml")
CASES = tomllib.loads(FILE.read_text(encoding="utf-8"))["case"]
PAGE = """<!doctype html><html><head>{head}</head><body><article>{body}
<p>The council of Orlo voted for the new bridge on Monday evening, by nine votes to four.</p>
<p>It will be built from spring, the mayor said, and opened in two years if the winter is mild.</p>
</article>{after}</body></html>"""


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_heads(case: dict[str, Any]) -> None:
    parts = {key: case.get(key, "") for key in ("head", "body", "after")}
    article = article_from_text(PAGE.format(**parts))
    assert article.headline == case.get("headline")
    assert list(article.authors) == case.get("authors", [])
    reference = article.reference
    stated = [article.published, reference.from_] if reference else None
    assert stated == case.get("published")
