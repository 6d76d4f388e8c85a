"""``sayso figures``: the same thing counted, by source, over time."""

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from sayso.cli.ledger import json_option, ledger_option, limit_option, opened, print_json

EPILOG = """\b
Examples:
  sayso figures --ledger story.db
  sayso figures soldiers killed --range
  sayso figures deployed troops --plot deployed.svg
"""


@click.command(short_help="The same thing counted, by source, over time.", epilog=EPILOG)
@click.argument("query", metavar="[QUERY]", nargs=-1)
@ledger_option
@json_option
@limit_option(10)
@click.option(
    "--range",
    "ranged",
    is_flag=True,
    help="Each party's lowest and highest number; none is called the best.",
)
@click.option(
    "--plot",
    metavar="FILE.svg|png",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Draw the series into a picture.",
)
def figures(
    query: tuple[str, ...],
    ledger: str,
    as_json: bool,
    limit: int,
    ranged: bool,
    plot: Path | None,
) -> None:
    """Show figures that count the same thing as series: each source's number by date.

    QUERY is words of what is counted, of whose it is, of what happened to it or of a place; without
    one, the series with the most figures come first.
    """
    if plot is not None and plot.suffix not in (".svg", ".png"):
        raise click.UsageError(f"--plot {plot}: name a file that ends in .svg or .png")
    if plot is not None and ranged:
        raise click.UsageError("--plot draws points: leave --range out")
    with opened(ledger) as book:
        found = list(book.figures(" ".join(query) or None, limit=limit, ranged=ranged))
    if plot is not None:
        _draw(found, plot)
    if as_json:
        print_json(found)
        return
    if not found:
        click.echo("no figures that can stand in a series" + (" match" if query else ""))
    for series in found:
        _print(series)


def _draw(found: list[dict[str, Any]], path: Path) -> None:
    from sayso.errors import SaysoError
    from sayso.show.plot import plot

    if not found:
        raise SaysoError(f"{path}: there is nothing to draw")
    try:
        plot(found, path)
    except OSError as error:
        raise SaysoError(f"{path}: {error.strerror or error}") from error


def _print(series: Mapping[str, Any]) -> None:
    from sayso.show.answers import print_table
    from sayso.show.plain import line, number

    money = series["unit"] if any(map(str.isupper, series["unit"])) else None
    kind = "share" if series["unit"] == "share" else None

    def said(value: float | None) -> str | None:
        return None if value is None else number(value, kind, money)

    click.echo(f"\n{line(series['what'])}")
    if "ranges" in series:
        rows = [
            (
                *(r["party"], r["stance"], said(r["low"]) or "…", said(r["high"]) or "…"),
                *(r["points"], r["from"], r["until"]),
            )
            for r in series["ranges"]
        ]
        heads = ("party", "side", "low", "high", "points", "from", "until")
        print_table(sys.stdout, heads, rows)
        return
    rows = [
        (p["date"], p["wording"], _who(p), p["stance"], p["place"], p["since"], _where(p))
        for p in series["points"]
    ]
    print_table(
        sys.stdout, ("date", "number", "source", "side", "place", "since", "articles"), rows
    )


def _who(point: Mapping[str, Any]) -> str:
    chain = " → ".join("; ".join(link) for link in point["chain"])
    return chain or point["source"] or "own voice"


def _where(point: Mapping[str, Any]) -> str:
    first, *more = point["articles"]
    return f"{first} (+{len(more)})" if more else str(first)
