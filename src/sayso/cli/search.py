"""``sayso search``: statements by their words and their meaning."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from sayso.cli.ledger import json_option, ledger_option, limit_option, opened, print_json

if TYPE_CHECKING:
    from sayso.ledger.meaning import Progress

EPILOG = """\b
Examples:
  sayso search shelling border
  sayso search '"cross the border" OR incursion' --type deny --from 2024-05
  sayso search "losses on the front" --meaning --actor Zerenko
  sayso search --build
"""


@click.command(short_help="Statements by words and meaning.", epilog=EPILOG)
@click.argument("query", metavar="QUERY", nargs=-1)
@ledger_option
@json_option
@click.option("--meaning", "by", flag_value="meaning", help="By meaning alone.")
@click.option("--words", "by", flag_value="words", help="By words alone.")
@click.option("--actor", metavar="NAME", help="Who says it: a name, a surname, or entity-N.")
@click.option(
    "--type", "types", metavar="TYPE", multiple=True, help="deny, confirm, …; repeatable."
)
@click.option("--from", "since", metavar="DATE", help="Said on this day (month, year) or later.")
@click.option("--until", metavar="DATE", help="Said on this day (month, year) or earlier.")
@click.option("--outlet", metavar="NAME", help="Of an outlet: (part of) its name, or a host.")
@click.option("--place", metavar="NAME", help="Of a place or country.")
@limit_option(20, most=1000)
@click.option(
    "--offset", metavar="N", type=click.IntRange(0, 10_000), default=0, help="Answers to pass over."
)
@click.option("--build", is_flag=True, help="Make the vectors that search by meaning needs.")
def search(query: tuple[str, ...], ledger: str, as_json: bool, build: bool, **options: Any) -> None:
    """Search what was said.

    Words must all occur, in any of their forms. "A phrase" stands as it is, begin* is a beginning;
    AND, OR, NOT and parentheses work; source:NAME and text:WORD look in one of the two alone. Once
    the ledger has vectors (--build), statements that mean the same are found by other words, too.
    """
    from sayso.errors import OptionError

    if build == bool(query):
        raise click.UsageError("name what to look for, or --build")
    with opened(ledger) as book, _progress() as progress:
        if build:
            made = book.build_meaning(progress)
            if as_json:
                print_json([{"ledger": ledger, "made": made}])
            else:
                click.echo(f"{ledger}: {made:,} vectors made")
            return
        try:
            found = list(book.search(" ".join(query), note=_tell, progress=progress, **options))
        except OptionError as error:
            raise click.UsageError(str(error)) from error
    if as_json:
        print_json(found)
        return
    from sayso.show.answers import print_found

    print_found(sys.stdout, found)


def _tell(words: str) -> None:
    from sayso.show.plain import line

    click.echo(f"sayso: {line(words)}", err=True)


@contextmanager
def _progress() -> Iterator["Progress | None"]:
    """A bar on stderr, on a terminal, once vectors are made."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        tasks: list[Any] = []

        def advance(done: int, total: int) -> None:
            if not tasks:
                tasks.append(bar.add_task("reading statements for their meaning…", total=total))
            bar.update(tasks[0], completed=done)

        yield advance
