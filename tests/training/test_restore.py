"""A network read back from the files that ship."""

from pathlib import Path

import pytest

torch = pytest.importorskip("torch", reason="the training extra is not installed")
pytest.importorskip("onnx", reason="the training extra is not installed")

from sayso.errors import ModelError  # noqa: E402
from sayso.training.export import export, quantize  # noqa: E402
from sayso.training.network import Network  # noqa: E402
from sayso.training.restore import restore  # noqa: E402

# The exporter warns of its own workings.
pytestmark = pytest.mark.filterwarnings("ignore")
SIZES = {
    "vocabulary": 50,
    "width": 24,
    "layers": 2,
    "heads": 2,
    "positions": 32,
    "role_width": 16,
    "role_layers": 1,
    "role_heads": 2,
}


def trained() -> Network:
    """A network in which no two tensors are alike, as the exporter would merge them."""
    torch.manual_seed(1)
    network = Network(SIZES)
    with torch.no_grad():
        for parameter in network.parameters():
            parameter.add_(0.1 * torch.randn_like(parameter))
    return network


def test_the_weights_come_back_to_within_a_step_of_eight_bits(tmp_path: Path) -> None:
    network = trained()
    export(network, tmp_path)
    shipped = tmp_path / "shipped"
    shipped.mkdir()
    for name in ("encoder.onnx", "roles.onnx"):
        quantize(tmp_path / name, shipped / name)
    again = Network(SIZES)
    restore(again, shipped)
    wanted = network.state_dict()
    for name, weight in again.state_dict().items():
        step = wanted[name].abs().max() / 100 + 1e-6
        assert (weight - wanted[name]).abs().max() <= step, name


def test_a_network_of_other_sizes_is_refused(tmp_path: Path) -> None:
    export(trained(), tmp_path)
    with pytest.raises(ModelError, match="cannot be trained on"):
        restore(Network(SIZES | {"width": 48}), tmp_path)
