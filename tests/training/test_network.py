"""The network's random field, and the labels that it learns from. Needs the extra ``train``."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="the extra 'train' is not installed")
pytest.importorskip("safetensors", reason="the extra 'train' is not installed")

from sayso.model import decode  # noqa: E402
from sayso.training import data, learn  # noqa: E402
from sayso.training.network import Network, expected, labelling, steps, total  # noqa: E402

SIZES = {
    "vocabulary": 50,
    "width": 16,
    "layers": 1,
    "heads": 2,
    "positions": 64,
    "role_width": 8,
    "role_layers": 1,
    "role_heads": 2,
}
TEXT = "Torvan said that the bridge was closed because the mayor said so."
RECORD = {
    "text": TEXT,
    "attributions": [{"source": [[0, 6]], "cue": [[7, 11]], "content": [[12, 64]]}],
}


def pieces(texts: Sequence[Sequence[str]]) -> list[list[list[int]]]:
    """One piece a word."""
    return [[[len(word) + 2] for word in words] for words in texts]


def test_the_field_sums_over_all_labellings_and_scores_the_best_one() -> None:
    potentials = torch.randn(3, 5, 7)
    moves = steps(potentials, torch.ones(3, 5))
    labels, chance = decode.best(potentials.numpy())
    found = labelling(moves, torch.from_numpy(labels)) - total(moves)
    assert np.allclose(found.numpy(), chance, atol=1e-4)


def test_padding_costs_nothing() -> None:
    potentials = torch.randn(1, 6, 7)
    present = torch.tensor([[1, 1, 1, 1, 0, 0]])
    short = total(steps(potentials[:, :4], present[:, :4]))
    assert torch.allclose(total(steps(potentials, present)), short, atol=1e-4)


def test_expectations_add_up_to_one_move_a_word() -> None:
    chances = expected(steps(torch.randn(2, 7, 7), torch.ones(2, 7)))
    assert torch.allclose(chances.flatten(2).sum(-1), torch.ones(2, 7), atol=1e-4)


def test_words_that_are_often_cues_are_unjudged_inside_contents() -> None:
    (article,) = data.load([RECORD], pieces)
    (example,) = data.examples(article, 40, 1, 2)
    labels = dict(zip(example.window.texts, example.cue, strict=True))
    assert labels["bridge"] == 0
    assert [c for t, c in zip(example.window.texts, example.cue, strict=True) if t == "said"] == [
        1,
        data.IGNORED,
    ]
    assert example.attributions == ((1, 2, (1, 0, *[2] * 10, 0)),)


@pytest.mark.parametrize("taught", [False, True])
def test_training_lowers_the_loss(taught: bool) -> None:
    torch.manual_seed(1)
    (article,) = data.load([RECORD], pieces)
    batch = data.collate(list(data.examples(article, 40, 1, 2)))
    config = {
        "cue_weight": 1.0,
        "role_weight": 0.1,
        "valid_weight": 0.1,
        "mistaken_floor": 0.9,
        "taught": 0.5,
    }
    network = Network(SIZES, dropout=0.0)
    teacher = Network(SIZES).eval() if taught else None
    optimizer = torch.optim.Adam(network.parameters(), lr=0.01)
    losses = []
    for _ in range(30):
        loss = learn.losses(network, batch, config, teacher)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    assert losses[-1] < 0.9 * losses[0]


def test_a_run_that_was_cut_goes_on(tmp_path: Path) -> None:
    articles = data.load([RECORD] * 4, pieces)
    config = {
        "seed": 1,
        "epochs": 2,
        "pieces": 64,
        "limits": [40],
        "rate": 1e-3,
        "rate_heads": 1e-3,
        "decay": 0.0,
        "warm_up": 0.1,
        "average": 0.9,
        "cue_weight": 1.0,
        "role_weight": 0.1,
        "valid_weight": 0.1,
        "mistaken_floor": 0.9,
        "taught": 0.0,
    }

    def run(folder: Path, epochs: int | None) -> dict[str, Any]:
        torch.manual_seed(1)
        return learn.train(
            Network(SIZES, dropout=0.0), articles, config, folder, (1, 2), epochs=epochs
        )

    whole, cut = tmp_path / "whole", tmp_path / "cut"
    whole.mkdir()
    cut.mkdir()
    wanted = run(whole, None)
    run(cut, 1)
    again = run(cut, None)
    assert all(torch.allclose(wanted[name], again[name], atol=1e-6) for name in wanted)
