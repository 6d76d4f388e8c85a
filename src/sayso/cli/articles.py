"""``sayso list`` and ``sayso show``: the articles of a ledger, and one thing of it, whole."""

import sys
from typing import Any

import click

from sayso.cli.ledger import json_option, ledger_option, opened, print_json


@click.command("list", short_help="The articles of a ledger.")
@ledger_option
@json_option
def list_(ledger: str, as_json: bool) -> None:
    r"""List the articles, newest first.

    \b
    Example: sayso list --ledger story.db
    """
    with opened(ledger) as book:
        if as_json:
            print_json(book.articles())
            return
        from sayso.show.answers import print_table

        rows = [
            (a["day"], a["publisher"], a["headline"] or a["article"], a["version"], a["statements"])
            for a in book.articles()
        ]
    print_table(sys.stdout, ("day", "publisher", "headline", "version", "claims"), rows)


@click.command(short_help="One article or record, whole.")
@click.argument("name", metavar="ID")
@ledger_option
@json_option
def show(name: str, ledger: str, as_json: bool) -> None:
    r"""Show one article, statement, figure, event, agreement or actor, by its id.

    An article is found by its address or input, too.

    \b
    Example: sayso show s-0123456789abcdef
    """
    with opened(ledger) as book:
        found = book.show(name)
        if as_json:
            print_json([found])
            return
        if found["kind"] == "article":
            _print_article(book.reading(name), found)
        else:
            _print_record(found)


def _print_article(reading: Any, found: dict[str, Any]) -> None:
    from sayso.show.answers import print_table
    from sayso.show.terminal import console_for, print_reading

    print_reading(console_for(sys.stdout), reading)
    if found["changes"]:
        click.echo("\nQUIETLY EDITED")
        edits = [
            (c["version"], c["what"], c["record"], c["before"], c["after"])
            for c in found["changes"]
        ]
        print_table(sys.stdout, ("version", "what", "of", "before", "after"), edits)
    rows = [(c["retrieved"], c["how"], c["origin"], c["sha256"][:16]) for c in found["captures"]]
    if rows:
        click.echo("\nEVIDENCE")
        print_table(sys.stdout, ("retrieved", "how", "from", "sha256"), rows)


def _print_record(found: dict[str, Any]) -> None:
    from sayso.show.answers import print_fields

    where = {"article": found["article"]} if "article" in found else {}
    print_fields(sys.stdout, {**where, **found["record"]})
    if "articles" in found:
        print_fields(sys.stdout, {"named in": [a["article"] for a in found["articles"]]})
