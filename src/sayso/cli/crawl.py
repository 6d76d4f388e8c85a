"""``sayso crawl``: many files over many cores or machines into shards of readings."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sayso.cli.ledger import json_option, print_json

if TYPE_CHECKING:
    from sayso.crawl.engines import Engine
    from sayso.crawl.run import Tell
    from sayso.crawl.settings import Summary

EPILOG = """\b
Examples:
  sayso crawl CC-NEWS-20310304.warc.gz --out march/
  sayso crawl dump.parquet feed.jsonl pages/ --out march/
  sayso add march/ --ledger march.db
"""


@click.command(short_help="Read many files into shards of readings.", epilog=EPILOG)
@click.argument("inputs", metavar="INPUT…", nargs=-1, required=True)
@click.option(
    "--out",
    metavar="DIR",
    required=True,
    type=click.Path(file_okay=False, path_type=Path),
    help="The folder of the shards; a crawl that was cut short goes on in it.",
)
@click.option(
    "--engine",
    type=click.Choice(["local", "daft"]),
    default="local",
    show_default=True,
    help="Processes of this machine, or Daft (extra cluster), which runs on Ray, too.",
)
@click.option("--processes", metavar="N", type=click.IntRange(1, 1024), help="How many read.")
@click.option(
    "--actors",
    metavar="FILE",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A CSV file of actors to know by name.",
)
@click.option(
    "--keep-pages", is_flag=True, help="Keep the pages' bytes in the shards, as evidence."
)
@json_option
@click.pass_context
def crawl(
    context: click.Context,
    /,
    inputs: tuple[str, ...],
    out: Path,
    engine: str,
    processes: int | None,
    actors: Path | None,
    keep_pages: bool,
    as_json: bool,
) -> None:
    """Read many files into Parquet shards of readings.

    INPUT is a WARC file (plain, gzip or Zstandard), JSON Lines, Parquet with the fields of JSON
    Lines, any file that sayso read takes, or a folder of all these. Articles in English are read;
    what is none is kept with its reason. Articles of the same text are read once. Kill it whenever
    you like: the same command goes on where it stopped.
    """
    from sayso.crawl.run import crawl as run
    from sayso.crawl.settings import Settings

    settings = Settings(
        actors=None if actors is None else str(actors.absolute()), keep_pages=keep_pages
    )
    start = time.perf_counter()
    with _progress() as tell:
        done, missing = run(inputs, out, settings, engine=_engine(engine, processes), tell=tell)
    _report(done, out, time.perf_counter() - start, as_json)
    for failure in missing:
        click.echo(f"sayso: {failure}", err=True)
    context.exit(1 if missing or done.failed else 0)


def _engine(name: str, processes: int | None) -> "Engine":
    if name == "daft":
        from sayso.crawl.on_daft import Daft

        return Daft(processes)
    from sayso.crawl.engines import Local

    return Local(processes)


def _report(done: "Summary", out: Path, seconds: float, as_json: bool) -> None:
    if as_json:
        import msgspec

        print_json([{"out": str(out), **msgspec.to_builtins(done), "wall": round(seconds, 3)}])
        return
    words = [f"{done.pages:,} pages", f"{done.read:,} read"]
    if done.copies or done.near:
        saved = done.copies / max(1, done.copies + done.read)
        words.append(f"{done.copies:,} copies not read again ({saved:.0%})")
        words.append(f"{done.near:,} nearly like another")
    click.echo(f"{out}: {', '.join(words)}; {done.pages / seconds:.1f} pages a second")
    for what, counts in (("left out", done.left_out), ("failed", done.failed)):
        if counts:
            most = sorted(counts.items(), key=lambda item: -item[1])
            told = ", ".join(f"{number:,} {reason}" for reason, number in most)
            click.echo(f"{what}: {told}")
    if done.failed:
        click.echo(f"each is named in {out}/pages/*.parquet, with its reason", err=True)


@contextmanager
def _progress() -> Iterator["Tell"]:
    """Counts on stderr, on a terminal."""
    if not sys.stderr.isatty():
        yield lambda done: None
        return
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("looking…", total=None)
        yield lambda done: bar.update(
            task, description=f"{done.pages:,} pages, {done.read:,} articles read"
        )
