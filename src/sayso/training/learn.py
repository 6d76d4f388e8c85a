"""The training loop: seeded, logged, resumable."""

import logging
import math
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn.attention import SDPBackend, sdpa_kernel

from sayso.evaluation.polnear import mark, marked_of, score_marked, word_offsets
from sayso.evaluation.tallies import Scores
from sayso.model.decode import softmax
from sayso.model.tagger import Tagged, Tagger, outermost
from sayso.training.data import IGNORED, Article, Batch, batches, blocks_of, collate
from sayso.training.network import Network, expected, labelling, steps, total

log = logging.getLogger(__name__)
_CPU = torch.cpu.get_capabilities()
HALF = bool(_CPU.get("amx_bf16") or _CPU.get("avx512_bf16"))
"""Whether this CPU multiplies in bfloat16; one that does not is slower with it than without."""


def losses(
    network: Network, batch: Batch, config: dict[str, Any], teacher: Network | None = None
) -> Tensor:
    """The loss of a batch: cues, roles of the marked cues, and marked cues against mistaken ones.

    With a teacher the truth is the mean of what is marked and of what the teacher thinks
    (Furlanello et al., 2018, "Born-Again Neural Networks"): where one annotator marked each
    article, its doubts tell more than his certainty.
    """
    vectors, scores = network.encoder(batch.ids, batch.shapes, batch.quoted, batch.first)
    scores = scores.float()
    row, span = mistaken(scores.detach(), batch, config["mistaken_floor"])
    marked = len(batch.row)
    heads = (
        batch.present,
        batch.paragraph,
        torch.cat([batch.row, row]),
        torch.cat([batch.span, span]),
    )
    judged = batch.cue != IGNORED
    cues = nn.functional.one_hot(batch.cue.clamp(min=0), 3).float()
    valid_truth = torch.zeros(len(heads[2]))
    valid_truth[:marked] = 1
    moves_truth: Tensor | None = None
    if teacher is not None:
        with torch.no_grad():
            known, told = teacher.encoder(batch.ids, batch.shapes, batch.quoted, batch.first)
            told_roles, told_valid = teacher.roles(known, *heads)
        share = config["taught"] * batch.taught
        cues = torch.lerp(cues, told.float().softmax(-1), share[:, None, None])
        valid_truth = torch.lerp(valid_truth, told_valid.float().sigmoid(), share[heads[2]])
        moves_truth = expected(steps(told_roles[:marked], batch.present[batch.row]))
    surprise = -(cues * scores.log_softmax(-1)).sum(-1)
    loss: Tensor = config["cue_weight"] * surprise[judged].mean()
    if len(heads[2]) == 0:
        return loss
    potentials, valid = network.roles(vectors, *heads)
    loss = loss + config["valid_weight"] * nn.functional.binary_cross_entropy_with_logits(
        valid.float(), valid_truth
    )
    if marked:
        moves = steps(potentials[:marked], batch.present[batch.row])
        reached = labelling(moves, batch.roles)
        if moves_truth is not None:
            reached = torch.lerp(reached, (moves * moves_truth).flatten(1).sum(1), share[batch.row])
        loss = loss + config["role_weight"] * (total(moves) - reached).mean()
    return loss


def mistaken(scores: Tensor, batch: Batch, floor: float) -> tuple[Tensor, Tensor]:
    """Cues that the network sees where none is marked: their rows and word ranges."""
    chances = torch.from_numpy(softmax(scores.numpy()))
    wrong = (chances[..., 1] >= floor) & (batch.cue == 0)
    row, start = wrong.nonzero(as_tuple=True)
    chosen = torch.randperm(len(row))[: max(1, len(batch.row))]
    row, start = row[chosen], start[chosen]
    return row, torch.stack([start, start + 1], 1)


class Torch:
    """Computes the scores of a window with the network itself."""

    def __init__(self, network: Network, half: bool = HALF):
        self.network = network.eval()
        self.half = half

    def _run(self, module: nn.Module, *arrays: Any) -> tuple[Any, Any]:
        with torch.no_grad(), torch.autocast("cpu", torch.bfloat16, enabled=self.half):
            made = module(*(torch.from_numpy(a) for a in arrays))
        return tuple(part.float().numpy() for part in made)  # type: ignore[return-value]

    def encode(self, *arrays: Any) -> tuple[Any, Any]:
        """As `sayso.model.tagger.Backend.encode`."""
        return self._run(self.network.encoder, *arrays)

    def roles(self, *arrays: Any) -> tuple[Any, Any]:
        """As `sayso.model.tagger.Backend.roles`."""
        return self._run(self.network.roles, *arrays)


class Average:
    """The running mean of the weights, which is what is kept (Polyak averaging)."""

    def __init__(self, network: Network, decay: float):
        self.decay = decay
        self.weights = {k: v.detach().clone().float() for k, v in network.state_dict().items()}
        self.count = 0

    def update(self, network: Network) -> None:
        """Take in the weights after one more step."""
        self.count += 1
        decay = min(self.decay, (1 + self.count) / (10 + self.count))
        with torch.no_grad():
            for name, value in network.state_dict().items():
                self.weights[name].lerp_(value.float(), 1 - decay)


def groups(network: Network, config: dict[str, Any]) -> list[dict[str, Any]]:
    """Parameters with their learning rates; no weight decay on biases and norms."""
    found: dict[tuple[float, bool], list[nn.Parameter]] = {}
    for name, parameter in network.named_parameters():
        if not parameter.requires_grad:
            continue
        new = name.startswith("roles") or any(part in name for part in ("cue", "shapes", "quoted"))
        rate = config["rate_heads"] if new else config["rate"]
        found.setdefault((rate, parameter.ndim > 1), []).append(parameter)
    return [
        {"params": parameters, "lr": rate, "weight_decay": config["decay"] if wide else 0.0}
        for (rate, wide), parameters in found.items()
    ]


def train(
    network: Network,
    articles: Sequence[Article],
    config: dict[str, Any],
    folder: Path,
    pieces: tuple[int, int],
    teacher: Network | None = None,
    epochs: int | None = None,
) -> dict[str, Tensor]:
    """Train and return the averaged weights; a run that was cut goes on from its last checkpoint.

    Args:
        network: with the base weights loaded.
        articles: to train on.
        config: the table ``[training]`` of the configuration.
        folder: where checkpoints are kept.
        pieces: ids of the pieces that begin a window and end a paragraph.
        epochs: stop after so many, as a run that is cut would.
        teacher: a network of an earlier run to learn from, beside what is marked.
    """
    all_epochs, seed = config["epochs"], config["seed"]
    torch.manual_seed(seed)
    optimizer = torch.optim.AdamW(groups(network, config), betas=(0.9, 0.98), fused=True)

    def epoch_batches(epoch: int) -> list[Any]:
        random = np.random.default_rng([seed, epoch])
        return batches(articles, config["limits"], config["pieces"], *pieces, random)

    per_epoch = len(epoch_batches(0))
    all_steps = per_epoch * all_epochs
    warm = max(1, int(config["warm_up"] * all_steps))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer,
        lambda step: min((step + 1) / warm, max(0.02, (all_steps - step) / (all_steps - warm))),
    )
    average = Average(network, config["average"])
    checkpoint = folder / "checkpoint.pt"
    begin = 0
    if checkpoint.exists():
        kept = torch.load(checkpoint, weights_only=True)
        network.load_state_dict(kept["network"])
        optimizer.load_state_dict(kept["optimizer"])
        schedule.load_state_dict(kept["schedule"])
        average.weights, average.count = kept["average"], kept["count"]
        torch.set_rng_state(kept["random"])
        begin = kept["epoch"] + 1
        log.info("going on after epoch %d", begin)
    for epoch in range(begin, all_epochs if epochs is None else epochs):
        network.train()
        running, started = 0.0, time.monotonic()
        given = epoch_batches(epoch)
        for number, group in enumerate(given, 1):
            # On CPUs the plain formula of attention is faster than the fused one.
            with (
                torch.autocast("cpu", torch.bfloat16, enabled=HALF),
                sdpa_kernel([SDPBackend.MATH]),
            ):
                loss = losses(network, collate(group), config, teacher)
            if not math.isfinite(loss.item()):
                raise FloatingPointError(f"epoch {epoch + 1}, step {number}: loss {loss.item()}")
            optimizer.zero_grad(set_to_none=True)
            loss.backward()  # type: ignore[no-untyped-call]
            nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            average.update(network)
            running += loss.item()
            if number % 50 == 0:
                rate = number / (time.monotonic() - started)
                log.info(
                    "epoch %d step %d/%d loss %.4f, %.2f steps/s",
                    epoch + 1,
                    number,
                    len(given),
                    running / 50,
                    rate,
                )
                running = 0.0
        partial = checkpoint.with_suffix(".part")
        torch.save(
            {
                "network": network.state_dict(),
                "optimizer": optimizer.state_dict(),
                "schedule": schedule.state_dict(),
                "average": average.weights,
                "count": average.count,
                "random": torch.get_rng_state(),
                "epoch": epoch,
            },
            partial,
        )
        partial.replace(checkpoint)
    return average.weights


def tag_all(tagger: Tagger, records: Sequence[dict[str, Any]]) -> list[list[Tagged]]:
    """The attributions of each record's text, nested ones left in."""
    return [tagger(record["text"], blocks_of(record["text"])) for record in records]


def scored(records: Sequence[dict[str, Any]], found: Sequence[Sequence[Tagged]]) -> Scores:
    """Scores of attributions against marked records, outermost ones only."""
    pairs = []
    for record, items in zip(records, found, strict=True):
        words = word_offsets(record["text"])
        gold = marked_of(record["text"], words, record)
        predicted = [mark(words, t.sources, [t.cue], t.contents) for t in outermost(items)]
        pairs.append((gold, predicted))
    return score_marked(pairs)
