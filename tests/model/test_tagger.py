"""The shipped model, run on short texts."""

import json
import shutil
from importlib.resources import as_file, files
from pathlib import Path

import pytest

from sayso.errors import ModelError
from sayso.model.tagger import Tagged, outermost
from sayso.model.weights import load, load_from

TEXT = (
    "The bridge was closed on Monday, Mayor Ilka Torvan told reporters. "
    "“Nobody will cross it this week,” she said."
)


def shown(text: str, one: Tagged) -> tuple[str, list[str], list[str]]:
    return (
        text[slice(*one.cue)],
        [text[a:b] for a, b in one.sources],
        [text[a:b] for a, b in one.contents],
    )


def test_it_finds_who_said_what() -> None:
    told, said = load()(TEXT, [(0, len(TEXT))])
    assert shown(TEXT, told) == (
        "told",
        ["Mayor Ilka Torvan"],
        ["The bridge was closed on Monday"],
    )
    assert shown(TEXT, said) == ("said", ["she"], ["“Nobody will cross it this week,”"])
    assert 0.5 < told.confidence <= 1


def test_what_stands_in_other_windows_changes_nothing() -> None:
    other = "A long walk. " * 200
    alone = load()(TEXT, [(0, len(TEXT))])
    shift = len(other) + 2
    beside = load()(f"{other}\n\n{TEXT}", [(0, len(other)), (shift, shift + len(TEXT))])
    moved = [t for t in beside if t.cue[0] >= shift]
    assert [shown(TEXT, t) for t in alone] == [shown(f"{other}\n\n{TEXT}", t) for t in moved]


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "word",
        "\x00\x01\x02",
        "“" * 10_000,
        "😀 said 😀.",
        "a" * 100_000,
        "قال الوزير إن الجسر مغلق.",
    ],
    ids=["empty", "space", "word", "control", "marks", "emoji", "long", "arabic"],
)
def test_odd_texts_are_read_without_a_crash(text: str) -> None:
    for one in load()(text, [(0, len(text))]):
        assert all(0 <= a < b <= len(text) for a, b in (one.cue, *one.sources, *one.contents))


def test_inner_statements_can_be_left_out() -> None:
    outer = Tagged((10, 14), ((0, 9),), ((15, 60),), 0.9, ())
    inner = Tagged((20, 24), ((15, 19),), ((25, 60),), 0.8, ())
    assert outermost([inner, outer]) == [outer]


def test_a_changed_or_missing_file_is_refused(tmp_path: Path) -> None:
    with as_file(files("sayso.model") / "weights") as folder:
        copy = tmp_path / "weights"
        shutil.copytree(folder, copy)
    (copy / "roles.onnx").write_bytes(b"other")
    with pytest.raises(ModelError, match=r"roles\.onnx is not the file that was released"):
        load_from(copy)
    card = json.loads((copy / "model.json").read_text())
    (copy / "roles.onnx").unlink()
    (copy / "model.json").write_text(json.dumps(card))
    with pytest.raises(ModelError, match="install sayso again"):
        load_from(copy)
