"""``sayso export``: a ledger in other people's formats."""

from pathlib import Path

import click

from sayso.cli.ledger import json_option, ledger_option, opened, print_json

NAMES = ("csv", "jsonl", "parquet", "webannotation", "plover", "followthemoney", "gold")

EPILOG = """\b
Examples:
  sayso export tables/ --format csv
  sayso export out/ --format parquet --format webannotation --ledger story.db
"""


@click.command(short_help="The ledger in other programs' formats.", epilog=EPILOG)
@click.argument("folder", metavar="DIR", type=click.Path(file_okay=False, path_type=Path))
@click.option(
    "--format",
    "formats",
    type=click.Choice(NAMES),
    multiple=True,
    required=True,
    help="Which; repeatable.",
)
@ledger_option
@json_option
def export(folder: Path, formats: tuple[str, ...], ledger: str, as_json: bool) -> None:
    """Write the ledger into DIR, in one or more formats.

    csv, jsonl, parquet: tables of statements, figures, events, agreements, actors and articles,
    each row with its sentence, chain, article, address and capture. webannotation: W3C Web
    Annotations. plover: events. followthemoney: entities. gold: what reviewers confirmed and
    corrected. An earlier export is replaced, any other file is left alone.
    """
    with opened(ledger) as book:
        number = book.export(folder, formats)
    if as_json:
        print_json([{"folder": str(folder), "formats": list(formats), "articles": number}])
    else:
        click.echo(f"{folder}: {number:,} articles as {', '.join(formats)}")
