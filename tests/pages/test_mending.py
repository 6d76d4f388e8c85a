"""What an extractor left out or kept too much of: the cases of ``mending.toml``."""

import tomllib
from pathlib import Path
from typing import Any

import pytest
from lxml import html

from sayso.pages.mending import mended
from sayso.pages.segments import segments_of
from sayso.records import BlockKind

FILE = Path(__file__).with_name("mending.toml")
CASES = tomllib.loads(FILE.read_text(encoding="utf-8"))["case"]
KINDS: dict[str, BlockKind] = {
    "s": "subheading",
    "p": "paragraph",
    "q": "quote",
    "l": "list_item",
}


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_mended(case: dict[str, Any]) -> None:
    tree = html.document_fromstring(f"<html><body>{case['html']}</body></html>")
    kept = [(KINDS[line[0]], line[2:]) for line in case["kept"]]
    wanted = [(KINDS[line[0]], line[2:]) for line in case["mended"]]
    assert mended(list(segments_of(tree)), kept) == wanted


def test_what_cannot_be_placed_is_left_as_it_is() -> None:
    tree = html.document_fromstring("<html><body><p>Something else.</p></body></html>")
    blocks: list[tuple[BlockKind, str]] = [("paragraph", "Text from nowhere on this page at all.")]
    assert mended(list(segments_of(tree)), blocks) == blocks
