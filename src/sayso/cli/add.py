"""``sayso add`` and ``sayso verify``: articles into a ledger, and the check of what it holds."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sayso.cli.inputs import input_options
from sayso.cli.ledger import json_option, ledger_option, opened, print_json

if TYPE_CHECKING:
    from sayso.ledger.adding import Added, Progress

EPILOG = """\b
Examples:
  sayso add articles/ --ledger story.db
  sayso add feed.jsonl https://news.example/story
  sayso add --reread
"""


@click.command(short_help="Read articles into a ledger.", epilog=EPILOG)
@click.argument("inputs", metavar="INPUT…", nargs=-1)
@ledger_option
@json_option
@click.option(
    "--reread",
    is_flag=True,
    help="Read again what an older version of sayso read; reviewers' corrections are kept.",
)
@input_options
@click.option(
    "--processes", metavar="N", type=click.IntRange(1, 256), help="How many read at once."
)
@click.pass_context
def add(
    context: click.Context,
    /,
    inputs: tuple[str, ...],
    ledger: str,
    as_json: bool,
    reread: bool,
    processes: int | None,
    actors: Path | None,
    **options: Any,
) -> None:
    """Read articles into the ledger.

    Adding again changes nothing; an article whose text changed becomes a new version, and what
    changed in its claims is kept. INPUT is as for sayso read.
    """
    from sayso.pages import OptionError

    if bool(inputs) == reread:
        raise click.UsageError("name inputs to add, or --reread")
    with opened(ledger, create=not reread) as book, _progress() as progress:
        try:
            done = (
                book.reread(actors=actors, processes=processes, progress=progress)
                if reread
                else book.add(
                    inputs, processes=processes, progress=progress, actors=actors, **options
                )
            )
        except OptionError as error:
            raise click.UsageError(str(error)) from error
    _report(done, ledger, as_json)
    context.exit(1 if done.failed else 0)


def _report(done: "Added", ledger: str, as_json: bool) -> None:
    from sayso.show.plain import line

    for failure in [*done.left_out, *done.failed]:
        click.echo(f"sayso: {line(failure.input)}: {line(failure.reason)}", err=True)
    counts = {name: getattr(done, name) for name in ("added", "changed", "unchanged", "reread")}
    if as_json:
        failed = [{"input": f.input, "reason": f.reason} for f in done.failed]
        left_out = [{"input": rest.input, "counts": rest.counts} for rest in done.left_out]
        print_json([{**counts, "failed": failed, "left_out": left_out}])
        return
    words = [f"{number} {name}" for name, number in counts.items() if number]
    if done.failed:
        words.append(f"{len(done.failed)} failed")
    click.echo(f"{ledger}: {', '.join(words) or 'nothing to do'}")


@contextmanager
def _progress() -> Iterator["Progress | None"]:
    """A count of articles on stderr, on a terminal."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import (
        MofNCompleteColumn,
        Progress,
        SpinnerColumn,
        TextColumn,
        TimeElapsedColumn,
    )

    columns = (SpinnerColumn(), TextColumn("{task.description}"), MofNCompleteColumn())
    with Progress(
        *columns, TimeElapsedColumn(), console=Console(stderr=True), transient=True
    ) as bar:
        task = bar.add_task("reading…", total=None)

        def advance(done: "Added", what: Any) -> None:
            total = done.added + done.changed + done.unchanged + done.reread + len(done.failed)
            bar.update(task, completed=total, description=f"{done.added} added")

        yield advance


@click.command(short_help="Check what a ledger holds against its hashes.")
@ledger_option
@json_option
@click.pass_context
def verify(context: click.Context, /, ledger: str, as_json: bool) -> None:
    r"""Check the stored bytes and texts against their hashes, and the review log against its chain.

    \b
    Example: sayso verify --ledger story.db
    """
    with opened(ledger) as book:
        faults = book.verify()
    if as_json:
        print_json([{"ledger": ledger, "sound": not faults, "faults": faults}])
    else:
        for fault in faults:
            click.echo(fault)
        click.echo(f"{ledger}: {len(faults)} faults" if faults else f"{ledger}: sound")
    context.exit(1 if faults else 0)
