"""From the files that ship back to a network, so that a run can go on where a release ended."""

from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import ModelProto, numpy_helper
from torch import Tensor, nn

from sayso.errors import ModelError
from sayso.training.network import Network


def restore(network: Network, folder: Path) -> None:
    """Take the weights from ``encoder.onnx`` and ``roles.onnx``, read back from eight bits.

    Raises:
        ModelError: a file is missing or holds a network of other sizes.
    """
    for module, name in ((network.encoder, "encoder.onnx"), (network.roles, "roles.onnx")):
        try:
            _fill(module, onnx.load(folder / name))
        except (OSError, KeyError, RuntimeError, ValueError) as error:
            raise ModelError(f"{folder / name} cannot be trained on: {error}") from error
    network.freeze()


def _fill(module: nn.Module, graph: ModelProto) -> None:
    """Vectors and tables keep their names; matrices stand in the order in which they are used."""
    stored = {i.name: numpy_helper.to_array(i) for i in graph.graph.initializer}
    tables = {n.removesuffix("_quantized"): _wide(n, stored) for n in stored if "_quantized" in n}
    matrices = [table.T for name, table in tables.items() if not name.endswith(".weight")]
    unnamed = iter(matrices)
    state: dict[str, Tensor] = {}
    for name, parameter in module.state_dict().items():
        if name in stored:
            state[name] = torch.tensor(stored[name])
        elif name in tables:
            state[name] = torch.from_numpy(tables[name])
        else:
            state[name] = torch.from_numpy(next(unnamed).copy())
        if state[name].shape != parameter.shape:
            raise ValueError(f"{name}: {tuple(state[name].shape)}, not {tuple(parameter.shape)}")
    module.load_state_dict(state)


def _wide(name: str, stored: dict[str, np.ndarray]) -> np.ndarray:
    scale, zero = (stored[name.replace("_quantized", f"_{p}")] for p in ("scale", "zero_point"))
    return (stored[name].astype(np.float32) - zero.astype(np.float32)) * scale
