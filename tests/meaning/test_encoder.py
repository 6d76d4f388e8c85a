"""The sentence encoder: the weights that were released, vectors that do not depend on company."""

import json
import shutil
from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest

from sayso.errors import ModelError
from sayso.meaning import load, load_from

NEAR = [
    ("Rebels shelled the harbour at dawn.", "The port came under artillery fire this morning."),
    ("The minister resigned on Friday.", "A member of the cabinet has stepped down."),
    ("The ministry put the death toll at forty.", "Forty people were killed, officials said."),
]


def test_alike_texts_are_nearer_than_others() -> None:
    ones, others = (load().vectors(list(texts)) for texts in zip(*NEAR, strict=True))
    likeness = ones @ others.T
    for row in range(len(NEAR)):
        assert likeness[row].argmax() == row
        assert likeness[row, row] > 0.35


def test_vectors_have_length_one_whatever_the_text() -> None:
    texts = ["", " ", "x" * 5000, "🜁🜂", "One word.", "a \ud800 lone surrogate"]
    lengths = np.linalg.norm(load().vectors(texts), axis=1)
    assert np.allclose(lengths, 1, atol=1e-3)


def test_a_vector_does_not_depend_on_the_texts_beside_it_or_on_threads() -> None:
    texts = [text for pair in NEAR for text in pair] * 3
    together = load().vectors(texts, threads=3)
    alone = np.concatenate([load().vectors([text], threads=1) for text in texts])
    assert (together == alone).all()


def test_no_text_gives_no_vector() -> None:
    assert load().vectors([]).shape == (0, load().card.width)


def test_other_weights_are_refused(tmp_path: Path) -> None:
    source = files("sayso.meaning") / "weights"
    shutil.copytree(str(source), tmp_path / "weights")
    graph = tmp_path / "weights" / "encoder.onnx"
    graph.write_bytes(graph.read_bytes()[:-1] + b"\0")
    with pytest.raises(ModelError, match="not the file that was released"):
        load_from(tmp_path / "weights")


def test_another_tokenizer_is_refused(tmp_path: Path) -> None:
    source = files("sayso.meaning") / "weights"
    shutil.copytree(str(source), tmp_path / "weights")
    card = tmp_path / "weights" / "meaning.json"
    card.write_text(json.dumps(json.loads(card.read_text()) | {"tokenizer": "0" * 64}))
    with pytest.raises(ModelError, match="not the file that was released"):
        load_from(tmp_path / "weights")
