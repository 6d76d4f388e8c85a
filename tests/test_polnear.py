"""Scoring of attributions in PolNeAR's form."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from sayso.cli import cli
from sayso.errors import GoldError
from sayso.evaluation.polnear import mark, score_marked, score_polnear, word_offsets

TEXT = "Torvan said that the bridge was closed. The mayor denied the report."
GOLD = [
    {"source": [[0, 6]], "cue": [[7, 11]], "content": [[12, 38]]},
    {"source": [[40, 49]], "cue": [[50, 56]], "content": [[57, 67]]},
]


def write(path: Path, attributions: list[dict[str, list[list[int]]]]) -> Path:
    path.write_text(json.dumps({"id": "1", "text": TEXT, "attributions": attributions}) + "\n")
    return path


def test_a_perfect_reading_scores_one(tmp_path: Path) -> None:
    scores = score_polnear(write(tmp_path / "gold.jsonl", GOLD))["reader"]
    assert {name: f1 for name, _, _, f1 in scores.rows()} == dict.fromkeys(scores.tallies, 1.0)


def test_what_is_missed_and_what_is_made_up_lower_different_numbers(tmp_path: Path) -> None:
    rows = score_polnear(write(tmp_path / "gold.jsonl", GOLD[:1]))["reader"].rows()
    assert rows[0][:3] == ("linked", 0.5, 1.0)


def test_half_the_words_are_an_overlap_and_not_exact() -> None:
    words = word_offsets("one two three four")
    gold = mark(words, [], [[0, 3]], [[4, 18]])
    half = mark(words, [], [[0, 3]], [[4, 13]])
    scores = score_marked([([gold], [half])]).tallies
    assert scores["linked"].f1 == 1.0
    assert scores["linked_exact"].f1 == 0.0


def test_a_malformed_file_is_named(tmp_path: Path) -> None:
    path = tmp_path / "bad.jsonl"
    path.write_text("{}\n")
    with pytest.raises(GoldError, match=r"bad\.jsonl:1"):
        score_polnear(path)


def test_the_command_prints_scores_and_wants_a_file(tmp_path: Path) -> None:
    path = write(tmp_path / "gold.jsonl", GOLD)
    shown = CliRunner().invoke(cli, ["eval", "--polnear", str(path), "--json"])
    assert json.loads(shown.stdout)["reader"]["linked"]["f1"] == 1.0
    assert json.loads(shown.stdout)["source"]["recall"] == 1.0
    assert CliRunner().invoke(cli, ["eval"]).exit_code == 2
