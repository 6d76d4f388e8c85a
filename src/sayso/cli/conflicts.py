"""``sayso conflicts``: what is said against what."""

from collections.abc import Mapping
from typing import Any

import click

from sayso.cli.ledger import json_option, ledger_option, limit_option, opened, print_json

EPILOG = """\b
Examples:
  sayso conflicts --ledger story.db
  sayso conflicts soldiers killed
"""


@click.command(
    short_help="Contradictions, denials, reversals, lost hedges, updates.", epilog=EPILOG
)
@click.argument("query", metavar="[QUERY]", nargs=-1)
@ledger_option
@json_option
@limit_option(20)
def conflicts(query: tuple[str, ...], ledger: str, as_json: bool, limit: int) -> None:
    """Show what is said against what, the surest and gravest first, with the reason in words.

    QUERY is words of what is counted, of the statements or of their sources. No side
    is called right.
    """
    with opened(ledger) as book:
        found = list(book.conflicts(" ".join(query) or None, limit=limit))
    if as_json:
        print_json(found)
        return
    if not found:
        click.echo("no conflicts found")
    for one in found:
        _print(one)


def _print(one: Mapping[str, Any]) -> None:
    from sayso.show.plain import line, shortened

    kind = one["kind"].replace("_", " ").upper()
    click.echo(f"\n{kind}: {shortened(one['about'], 90)}")
    click.echo(f"  {line(one['why'])}")
    for side in (one["a"], one["b"]):
        source = line(side["source"] or "own voice")
        click.echo(f"  {side['date'] or 'no date'}  {source}: “{shortened(side['text'], 300)}”")
        click.echo(f"              {line(side['article'])}")
