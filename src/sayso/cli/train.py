"""``sayso train``: trains the attribution model."""

import logging
import sys
from pathlib import Path

import click

EPILOG = """\b
Examples:
  sayso train train.jsonl.gz corpus/*-train.toml --dev dev.jsonl.gz --out build/model
  sayso train mine.jsonl --dev mine-dev.jsonl --out model --config smaller.toml
"""
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command(short_help="Train the attribution model.", epilog=EPILOG)
@click.argument("data", metavar="DATA…", nargs=-1, type=_FILE)
@click.option(
    "--dev",
    metavar="FILE",
    required=True,
    type=_FILE,
    help="Marked articles to choose thresholds and measure on.",
)
@click.option(
    "--out",
    metavar="DIR",
    required=True,
    type=click.Path(file_okay=False, path_type=Path),
    help="Gets the model; a run that was cut goes on there.",
)
@click.option(
    "--config",
    metavar="FILE",
    type=_FILE,
    help="Sizes, rates and epochs (TOML); by default those of the shipped model.",
)
@click.option(
    "--start",
    metavar="DIR",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Go on from the weights of a model in this folder, with the last generation alone.",
)
@click.option(
    "--average",
    metavar="DIR",
    multiple=True,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Do not train, but take the mean of the weights of these runs, which had one start.",
)
@click.option("--threads", default=2, show_default=True, help="Threads of the CPU.")
@click.option(
    "--name", default="own", show_default=True, help="The name of the weights, kept with them."
)
def train(
    data: tuple[Path, ...],
    dev: Path,
    out: Path,
    config: Path | None,
    start: Path | None,
    average: tuple[Path, ...],
    threads: int,
    name: str,
) -> None:
    """Train the attribution model on marked articles, and measure and export it.

    DATA are files in PolNeAR's form (JSON Lines, plain or gzip) or tables of marked sentences
    (TOML). Needs the extra: pip install 'sayso[train]'.
    """
    try:
        from sayso.training import make
    except ImportError as error:
        raise click.ClickException(
            f"{error.name} is missing: pip install 'sayso[train]'"
        ) from error

    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s", stream=sys.stderr)
    settings = make.configuration(config)
    if average:
        made = make.average(average, dev, out, settings, threads, name)
    elif data:
        made = make.make(data, dev, out, settings, threads, name, start)
    else:
        raise click.UsageError("name marked articles to train on, or runs with --average")
    for label, scores in (("full precision", made.full), ("as shipped", made.shipped)):
        for metric, precision, recall, f1 in scores.rows():
            click.echo(f"{label}  {metric:<14} P {precision:.3f}  R {recall:.3f}  F1 {f1:.3f}")
