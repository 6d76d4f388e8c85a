"""``sayso read``: inputs to readings on the terminal, as JSON Lines, or as one HTML page."""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sayso.cli.inputs import input_options

if TYPE_CHECKING:
    from sayso.errors import InputError
    from sayso.records import Reading

EPILOG = """\b
Examples:
  sayso read article.html
  sayso read articles/ --json > readings.jsonl
  pbpaste | sayso read - --as page --published 2024-05-03
"""


@click.command(short_help="Read articles: who claims what.", epilog=EPILOG)
@click.argument("inputs", metavar="INPUT…", nargs=-1, required=True)
@click.option("--json", "as_json", is_flag=True, help="One Reading a line on stdout, nothing else.")
@click.option(
    "--only",
    type=click.Choice(["article"]),
    help="Stop after the page reader: no language processing, the other lists empty.",
)
@input_options
@click.option(
    "--vague",
    metavar="FILE",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A CSV file of what vague words stand for: word, low, high.",
)
@click.option(
    "--html",
    metavar="FILE",
    type=click.Path(dir_okay=False, writable=True, path_type=Path),
    help="Write one self-contained page with the claims marked in the text.",
)
@click.pass_context
def read(
    context: click.Context,
    /,
    inputs: tuple[str, ...],
    as_json: bool,
    html: Path | None,
    **options: Any,
) -> None:
    """Read articles and show what they claim, on whose word; stores nothing.

    INPUT is a file (html, txt, pdf, docx, rtf, json, jsonl, warc, warc.gz, or a press database's
    export), a directory, an http(s) address, or - for standard input.
    """
    from sayso.api import read_many
    from sayso.errors import InputError, LeftOut, LexiconError
    from sayso.pages import OptionError

    written: list[Reading] = []
    show = _printer(as_json, html is not None, written)
    failed = False
    try:
        for result in _with_progress(read_many(inputs, **options)):
            if isinstance(result, InputError):
                failed |= not isinstance(result, LeftOut)
                _complain(result)
            else:
                show(result)
    except OptionError as error:
        raise click.UsageError(str(error)) from error
    except LexiconError as error:
        for name in ("actors", "vague"):
            if options[name] is not None and str(error).startswith(str(options[name])):
                raise click.BadParameter(str(error), param_hint=f"--{name}") from error
        raise
    if html is not None and written:
        failed |= not _write_page(html, written)
    context.exit(1 if failed else 0)


def _printer(as_json: bool, page: bool, written: list["Reading"]) -> Callable[["Reading"], None]:
    """What is done with each reading: JSON and the page may both be asked for."""
    if as_json:
        out = sys.stdout.buffer

        def show(reading: "Reading") -> None:
            out.write(reading.to_json() + b"\n")
            out.flush()
            if page:
                written.append(reading)

        return show
    if page:
        return written.append
    from sayso.show.terminal import console_for, print_reading

    console = console_for(sys.stdout)
    return lambda reading: print_reading(console, reading)


def _complain(failure: "InputError") -> None:
    from sayso.show.plain import line

    click.echo(f"sayso: {line(failure.input)}: {line(failure.reason)}", err=True)


def _write_page(path: Path, readings: list["Reading"]) -> bool:
    from sayso.show.html import page

    try:
        path.write_text(page(readings), encoding="utf-8")
    except OSError as error:
        click.echo(f"sayso: {path}: {error.strerror or error}", err=True)
        return False
    return True


def _with_progress(
    results: Iterator["Reading | InputError"],
) -> Iterator["Reading | InputError"]:
    """The results, with a count of them on stderr while the next is awaited, on a terminal."""
    if not sys.stderr.isatty():
        yield from results
        return
    from rich.console import Console

    console, done = Console(stderr=True), 0
    while True:
        with console.status(f"reading… {done} done" if done else "reading…"):
            result = next(results, None)
        if result is None:
            return
        done += 1
        yield result
