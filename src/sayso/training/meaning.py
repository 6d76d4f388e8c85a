"""From the base weights to the files that search by meaning runs on, and how near they stay.

    python -m sayso.training.meaning FOLDER

The network is all-MiniLM-L6-v2 as its makers released it: a sentence's vector is the mean of its
word pieces' vectors, at length one (Reimers and Gurevych, 2019, "Sentence-BERT"). Nothing is
trained; it is written as one ONNX graph with weights of eight bits.
"""

import hashlib
import sys
from pathlib import Path

import msgspec
import torch
from tokenizers import Tokenizer
from torch import Tensor, nn

from sayso.errors import ModelError
from sayso.meaning.encoder import CARD, Card
from sayso.training.export import quantize, write_graph
from sayso.training.make import base_folder, configuration
from sayso.training.network import Network

#: Word pieces of a sentence that count, the marks at its ends included.
LIMIT = 128


class Sentence(nn.Module):
    """The vector (1, width) of one sentence's word pieces (1, pieces), its marks included."""

    def __init__(self, network: Network):
        super().__init__()
        self.encoder = network.encoder.eval().float()
        self.encoder.padded = False

    def forward(self, ids: Tensor) -> Tensor:
        """See the class."""
        nothing = torch.zeros_like(ids)
        place = torch.arange(ids.shape[1], device=ids.device).unsqueeze(0)
        vectors, _ = self.encoder(ids, nothing, nothing, place)
        return nn.functional.normalize(vectors.mean(1), dim=-1)


def make(folder: Path, version: str) -> None:
    """Write ``encoder.onnx`` and ``meaning.json``.

    Raises:
        ModelError: the package of the base weights is not installed.
    """
    torch.set_grad_enabled(False)
    torch.backends.mha.set_fastpath_enabled(False)
    config = configuration(None)
    base = base_folder(config)
    network = Network(config["sizes"])
    network.load_base(base)
    folder.mkdir(parents=True, exist_ok=True)
    full = folder / "full.onnx"
    pieces = torch.export.Dim("pieces", min=2, max=LIMIT)
    ids = torch.ones(1, 12, dtype=torch.long)
    write_graph(Sentence(network), (ids,), full, ["ids"], ["vector"], ({1: pieces},))
    quantize(full, folder / "encoder.onnx")
    full.unlink()
    tokenizer = (base / "tokenizer.json").read_bytes()
    marks = Tokenizer.from_buffer(tokenizer)
    card = Card(
        version=version,
        files={"encoder.onnx": _digest((folder / "encoder.onnx").read_bytes())},
        tokenizer=_digest(tokenizer),
        begin=_piece(marks, "[CLS]"),
        end=_piece(marks, "[SEP]"),
        limit=LIMIT,
        width=config["sizes"]["width"],
    )
    (folder / CARD).write_bytes(msgspec.json.format(msgspec.json.encode(card), indent=2) + b"\n")


def _piece(tokenizer: Tokenizer, name: str) -> int:
    number = tokenizer.token_to_id(name)
    if number is None:
        raise ModelError(f"the base weights' tokenizer has no piece {name}")
    return number


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


if __name__ == "__main__":
    make(Path(sys.argv[1]), "all-MiniLM-L6-v2 int8 1")
