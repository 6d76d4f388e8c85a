"""The network: one encoder, a head that tags cues, a head that tags each cue's source and content.

The encoder is MiniLM (Wang et al., 2020, "MiniLM: Deep Self-Attention Distillation"), a BERT of six
layers; linking and overlap fall out of the second head, which looks at the words once for each cue.
Its scores are the potentials of a linear-chain conditional random field (Lafferty et al., 2001)
whose transitions depend on the words at the border.
"""

from pathlib import Path

import torch
from torch import Tensor, nn

from sayso.model.decode import DISTANCES
from sayso.model.words import SHAPES

STATES = 3
"""Neither, source, content."""
FAR = -1e4


def _layer(width: int, heads: int, inner: int, dropout: float) -> nn.TransformerEncoderLayer:
    layer = nn.TransformerEncoderLayer(
        width, heads, inner, dropout, activation="gelu", layer_norm_eps=1e-12, batch_first=True
    )
    # Dropout inside attention doubles the time of training on a CPU.
    layer.self_attn.dropout = 0.0
    layer.dropout, layer.dropout1, layer.dropout2 = (SharedDropout(dropout) for _ in range(3))  # type: ignore[assignment]
    return layer


class SharedDropout(nn.Module):
    """Dropout that drops the same features at every word of a sequence (Gal & Ghahramani, 2016).

    Drawing one mask a sequence instead of one a word saves a quarter of the time on a CPU.
    """

    def __init__(self, chance: float):
        super().__init__()
        self.chance = chance

    def forward(self, x: Tensor) -> Tensor:
        """The same shape as `x`: (sequences, words, features)."""
        if not self.training or not self.chance:
            return x
        mask = torch.rand(x.shape[0], 1, x.shape[2], device=x.device) >= self.chance
        return x * (mask.to(x.dtype) / (1 - self.chance))


class Encoder(nn.Module):
    """Word vectors and cue scores of windows.

    Attributes:
        padded: whether windows of several lengths come together; not when one is read at a time.
    """

    padded = True

    def __init__(
        self, vocabulary: int, width: int, layers: int, heads: int, positions: int, dropout: float
    ):
        super().__init__()
        self.words = nn.Embedding(vocabulary, width)
        self.positions = nn.Embedding(positions, width)
        self.shapes = nn.Embedding(len(SHAPES), width)
        self.quoted = nn.Embedding(2, width)
        self.norm = nn.LayerNorm(width, eps=1e-12)
        self.dropout = SharedDropout(dropout)
        self.layers = nn.ModuleList(_layer(width, heads, 4 * width, dropout) for _ in range(layers))
        self.cue = nn.Linear(width, 3)
        nn.init.zeros_(self.shapes.weight)
        nn.init.zeros_(self.quoted.weight)

    def forward(
        self, ids: Tensor, shapes: Tensor, quoted: Tensor, first: Tensor
    ) -> tuple[Tensor, Tensor]:
        """Vectors (batch, words, width) and cue scores (batch, words, outside/begin/inside).

        Args:
            ids: (batch, pieces), of the word pieces, 0 where there is none.
            shapes: (batch, pieces), of their words.
            quoted: (batch, pieces), 1 between quotation marks.
            first: (batch, words), position of each word's first piece, 0 where there is none.
        """
        missing = ids == 0 if self.padded else None
        place = torch.arange(ids.shape[1], device=ids.device)
        x = self.words(ids) + self.positions(place) + self.shapes(shapes) + self.quoted(quoted)
        x = self.dropout(self.norm(x))
        for layer in self.layers:
            x = layer(x, src_key_padding_mask=missing)
        vectors = torch.gather(x, 1, first.unsqueeze(-1).expand(-1, -1, x.shape[-1]))
        return vectors, self.cue(self.dropout(vectors))


class Roles(nn.Module):
    """For each cue, the scores of every word of its window as source and content."""

    padded = True

    def __init__(self, width: int, inner: int, layers: int, heads: int, dropout: float):
        super().__init__()
        self.project = nn.Linear(width, inner)
        self.project_cue = nn.Linear(width, inner)
        self.is_cue = nn.Embedding(2, inner)
        self.distance = nn.Embedding(2 * len(DISTANCES) + 1, inner)
        self.paragraph = nn.Embedding(3, inner)
        self.norm = nn.LayerNorm(inner)
        self.layers = nn.ModuleList(_layer(inner, heads, 2 * inner, dropout) for _ in range(layers))
        self.score = nn.Linear(inner, 7)
        self.valid = nn.Linear(inner, 1)
        self.buckets: Tensor
        self.register_buffer("buckets", torch.tensor(DISTANCES), persistent=False)

    def forward(
        self, vectors: Tensor, present: Tensor, paragraph: Tensor, window: Tensor, cue: Tensor
    ) -> tuple[Tensor, Tensor]:
        """Potentials (cues, words, 7) and the score of each cue being one (cues).

        The seven: neither, source, content; a source begins, a content begins; a source ends, a
        content ends, at this word.

        Args:
            vectors: (batch, words, width).
            present: (batch, words), 1 for a word, 0 for padding.
            paragraph: (batch, words), number of its paragraph in the window.
            window: (cues), the row of each cue.
            cue: (cues, 2), first word and the one after the last.
        """
        place = torch.arange(vectors.shape[1], device=vectors.device).unsqueeze(0)
        start, end = cue[:, :1], cue[:, 1:]
        inside = ((place >= start) & (place < end)).long()
        mine = self.project(vectors)[window]
        weight = inside.unsqueeze(-1).to(vectors.dtype)
        centre = (vectors[window] * weight).sum(1, keepdim=True) / weight.sum(1, keepdim=True)
        before = torch.bucketize((start - place).clamp(min=0), self.buckets)
        after = torch.bucketize((place - end + 1).clamp(min=0), self.buckets)
        distance = len(DISTANCES) + after - before
        own = torch.gather(paragraph[window], 1, start)
        apart = (paragraph[window] - own).clamp(-1, 1) + 1
        x = mine + self.project_cue(centre) + self.is_cue(inside)
        x = self.norm(x + self.distance(distance) + self.paragraph(apart))
        missing = present[window] == 0 if self.padded else None
        for layer in self.layers:
            x = layer(x, src_key_padding_mask=missing)
        pooled = (x * weight).sum(1) / weight.sum(1)
        return self.score(x), self.valid(pooled).squeeze(-1)


class Network(nn.Module):
    """Encoder and heads, with the sizes from the configuration."""

    def __init__(self, sizes: dict[str, int], dropout: float = 0.1):
        super().__init__()
        self.encoder = Encoder(
            sizes["vocabulary"],
            sizes["width"],
            sizes["layers"],
            sizes["heads"],
            sizes["positions"],
            dropout,
        )
        self.roles = Roles(
            sizes["width"], sizes["role_width"], sizes["role_layers"], sizes["role_heads"], dropout
        )

    def load_base(self, folder: Path) -> None:
        """Take the encoder's weights from a folder that holds a BERT as ``model.safetensors``."""
        from safetensors.torch import load_file

        given = {
            k.removeprefix("bert."): v for k, v in load_file(folder / "model.safetensors").items()
        }
        state = self.encoder.state_dict()
        state["words.weight"] = given["embeddings.word_embeddings.weight"]
        kinds = given["embeddings.token_type_embeddings.weight"]
        count = state["positions.weight"].shape[0]
        state["positions.weight"] = (
            given["embeddings.position_embeddings.weight"][:count] + kinds[0]
        )
        for part in ("weight", "bias"):
            state[f"norm.{part}"] = given[f"embeddings.LayerNorm.{part}"]
            for number in range(len(self.encoder.layers)):
                old, new = f"encoder.layer.{number}.", f"layers.{number}."
                state[f"{new}self_attn.in_proj_{part}"] = torch.cat(
                    [given[f"{old}attention.self.{n}.{part}"] for n in ("query", "key", "value")]
                )
                for theirs, ours in (
                    ("attention.output.dense", "self_attn.out_proj"),
                    ("attention.output.LayerNorm", "norm1"),
                    ("intermediate.dense", "linear1"),
                    ("output.dense", "linear2"),
                    ("output.LayerNorm", "norm2"),
                ):
                    state[f"{new}{ours}.{part}"] = given[f"{old}{theirs}.{part}"]
        self.encoder.load_state_dict(state)
        self.freeze()

    def freeze(self) -> None:
        """Leave word and position vectors as they are in training."""
        self.encoder.words.weight.requires_grad_(False)
        self.encoder.positions.weight.requires_grad_(False)


def steps(potentials: Tensor, present: Tensor) -> Tensor:
    """The field's scores of going from a state to another, (cues, words, 3, 3).

    At a padding word every state keeps itself at no cost. The first word is entered from "neither".
    """
    p = potentials.float()
    emission = p[..., :3]
    begins = nn.functional.pad(p[..., 3:5], (1, 0))
    ends = nn.functional.pad(p[..., 5:7], (1, 0))
    left = nn.functional.pad(ends[:, :-1], (0, 0, 1, 0))
    changed = 1 - torch.eye(STATES, device=p.device)
    moves = (left.unsqueeze(-1) + begins.unsqueeze(-2)) * changed + emission.unsqueeze(-2)
    still = FAR * changed
    return torch.where((present > 0)[..., None, None], moves, still)


def total(moves: Tensor) -> Tensor:
    """Log of the sum over all labellings, (cues); a tree of products, so of logarithmic depth."""
    while moves.shape[1] > 1:
        if moves.shape[1] % 2:
            still = FAR * (1 - torch.eye(STATES, device=moves.device))
            moves = torch.cat([moves, still.expand(moves.shape[0], 1, -1, -1)], 1)
        left, right = moves[:, ::2], moves[:, 1::2]
        moves = torch.logsumexp(left.unsqueeze(-1) + right.unsqueeze(-3), dim=-2)
    return torch.logsumexp(moves[:, 0, 0], dim=-1)


def labelling(moves: Tensor, labels: Tensor) -> Tensor:
    """The score of one labelling, (cues); padding has the label of the word before it."""
    before = nn.functional.pad(labels[:, :-1], (1, 0))
    chosen = torch.gather(moves.flatten(2), 2, (before * STATES + labels).unsqueeze(-1))
    return chosen.squeeze(-1).sum(1)


def expected(moves: Tensor) -> Tensor:
    """How likely the field goes from each state to each other at each word: (cues, words, 3, 3)."""
    with torch.enable_grad():
        moves = moves.detach().requires_grad_()
        (chances,) = torch.autograd.grad(total(moves).sum(), moves)
    return chances
