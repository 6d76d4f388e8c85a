"""From trained weights to the files that ship: two ONNX graphs with weights of eight bits."""

import hashlib
from pathlib import Path
from typing import Any

import msgspec
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.shape_inference import quant_pre_process
from torch import nn

from sayso.model.tagger import Settings
from sayso.model.weights import CARD, Card
from sayso.training.network import Network

OPSET = 20


def export(network: Network, folder: Path) -> None:
    """Write ``encoder.onnx`` and ``roles.onnx``, in full precision, for one window at a time."""
    network = network.eval().float()
    network.encoder.padded = network.roles.padded = False
    torch.backends.mha.set_fastpath_enabled(False)
    pieces, words, cues = (
        torch.export.Dim(n, min=2, max=m)
        for n, m in (("pieces", 512), ("words", 510), ("cues", 510))
    )
    ids = torch.ones(1, 12, dtype=torch.long)
    first = torch.arange(1, 9).unsqueeze(0)
    write_graph(
        network.encoder,
        (ids, ids.clone(), ids.clone(), first),
        folder / "encoder.onnx",
        ["ids", "shapes", "quoted", "first"],
        ["vectors", "cues"],
        ({1: pieces}, {1: pieces}, {1: pieces}, {1: words}),
    )
    vectors = torch.zeros(1, 8, network.encoder.words.weight.shape[1])
    flat = torch.ones(1, 8, dtype=torch.long)
    write_graph(
        network.roles,
        (
            vectors,
            flat,
            flat.clone(),
            torch.zeros(3, dtype=torch.long),
            torch.tensor([[0, 1], [2, 4], [5, 6]]),
        ),
        folder / "roles.onnx",
        ["vectors", "present", "paragraph", "window", "cue"],
        ["potentials", "valid"],
        ({1: words}, {1: words}, {1: words}, {0: cues}, {0: cues}),
    )


def write_graph(
    module: nn.Module,
    example: tuple[Any, ...],
    path: Path,
    inputs: list[str],
    outputs: list[str],
    shapes: tuple[Any, ...],
) -> None:
    """Write a module as one ONNX graph in full precision; ``shapes`` as torch names them."""
    torch.onnx.export(
        module,
        example,
        str(path),
        input_names=inputs,
        output_names=outputs,
        dynamic_shapes=shapes,
        opset_version=OPSET,
        dynamo=True,
        external_data=False,
        verbose=False,
    )


def quantize(source: Path, target: Path) -> None:
    """Weights and products of a graph in eight bits, by channel; the rest stays as it is."""
    prepared = target.with_suffix(".prepared")
    quant_pre_process(str(source), str(prepared), skip_symbolic_shape=True)
    quantize_dynamic(
        str(prepared),
        str(target),
        per_channel=True,
        weight_type=QuantType.QInt8,
        op_types_to_quantize=["MatMul", "Gemm", "Gather"],
    )
    prepared.unlink()


def release(
    folder: Path, tokenizer: Path, version: str, pieces: tuple[int, int], settings: Settings
) -> None:
    """Write ``tokenizer.json`` and ``model.json``, which names every file with its hash."""
    (folder / "tokenizer.json").write_bytes(tokenizer.read_bytes())
    card = Card(
        version=version,
        files={
            name: hashlib.sha256((folder / name).read_bytes()).hexdigest()
            for name in ("encoder.onnx", "roles.onnx", "tokenizer.json")
        },
        begin=pieces[0],
        part=pieces[1],
        settings=settings,
    )
    (folder / CARD).write_bytes(msgspec.json.format(msgspec.json.encode(card), indent=2) + b"\n")
