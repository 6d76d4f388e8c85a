"""``sayso who``, ``agreements`` and ``timeline``: one actor, the treaties, events by date."""

import sys
from typing import Any

import click

from sayso.cli.ledger import json_option, ledger_option, limit_option, opened, print_json


@click.command(short_help="What one actor said, and what was said of it.")
@click.argument("name", metavar="NAME")
@ledger_option
@json_option
@limit_option(100)
@click.option("--offset", metavar="N", type=click.IntRange(0), default=0, help="How many to skip.")
def who(name: str, ledger: str, as_json: bool, limit: int, offset: int) -> None:
    r"""Show all that one actor said and all that was said of it, by date.

    NAME is a name, an alias, a family name, or the id of an actor ("entity-12").

    \b
    Example: sayso who "Karel Vintner"
    """
    with opened(ledger) as book:
        found = book.who(name, limit=limit, offset=offset)
        if as_json:
            print_json(found)
            return
        from sayso.show.answers import print_table

        rows = [
            (
                s["day"],
                s["actor"]["name"] if s["role"] == "source" else f"of {s['actor']['name']}",
                _chain(s),
                s["type"],
                s["text"],
                s["article"],
            )
            for s in found
        ]
    print_table(sys.stdout, ("day", "who", "through", "type", "what", "article"), rows)


def _chain(statement: dict[str, Any]) -> str:
    return " → ".join(" and ".join(link) for link in statement["chain"])


@click.command(short_help="The treaties that articles name.")
@click.argument("query", metavar="[QUERY]", nargs=-1)
@ledger_option
@json_option
def agreements(query: tuple[str, ...], ledger: str, as_json: bool) -> None:
    r"""Show the treaties, with their dates, what they bind to, and who called on it.

    \b
    Example: sayso agreements "friendship treaty"
    """
    with opened(ledger) as book:
        found = book.agreements(" ".join(query))
        if as_json:
            print_json(found)
            return
        from sayso.show.answers import print_fields

        for number, treaty in enumerate(found):
            if number:
                click.echo()
            print_fields(sys.stdout, _treaty(treaty))


def _treaty(treaty: dict[str, Any]) -> dict[str, Any]:
    """A treaty as people are shown it: dates as their values, an obligation a line."""
    shown: dict[str, Any] = {}
    for field, value in treaty.items():
        if field == "mentions":
            continue
        if field == "obligations":
            for number, one in enumerate(value, 1):
                shown[f"binds to {number}"] = _obligation(one)
        else:
            shown[field] = value["value"] if isinstance(value, dict) else value
    return shown


def _obligation(one: dict[str, Any]) -> str:
    condition = f", {one['trigger']['text']}" if one["trigger"] else ""
    calls = f" (called on by {', '.join(one['invoked'])})" if one["invoked"] else ""
    who = f"{', '.join(one['parties'])}: " if one["parties"] else ""
    return f"{one['type']}: {who}“{one['content']['text']}”{condition}{calls}"


@click.command(short_help="Claims that several articles carry, and who stands behind them.")
@click.argument("query", metavar="[QUERY]", nargs=-1)
@ledger_option
@json_option
@limit_option(50)
def origins(query: tuple[str, ...], ledger: str, as_json: bool, limit: int) -> None:
    r"""Show the claims that several articles carry, with the number of independent origins.

    Who passes a claim on, and copies of an article, are folded into its origin; unnamed sources and
    an outlet's own voice are counted apart. QUERY are words that claim or sources must meet.

    \b
    Example: sayso origins troops deployed
    """
    with opened(ledger) as book:
        found = book.origins(" ".join(query), limit=limit)
        if as_json:
            print_json(found)
            return
        from sayso.show.answers import print_table

        rows = [
            (
                len(o["articles"]),
                o["independent"],
                o["parties"],
                o["unattributed"],
                "; ".join(one["source"] for one in o["origins"]),
                o["claim"],
                ", ".join(o["outlets"]),
            )
            for o in found
        ]
    heads = ("articles", "independent", "parties", "unnamed", "origins", "claim", "outlets")
    print_table(sys.stdout, heads, rows)


@click.command(short_help="Events by date.")
@click.argument("query", metavar="[QUERY]", nargs=-1)
@ledger_option
@json_option
@click.option("--from", "since", metavar="DATE", help="The first day, month or year.")
@click.option("--until", metavar="DATE", help="The last day, month or year.")
@limit_option(500)
def timeline(
    query: tuple[str, ...],
    ledger: str,
    as_json: bool,
    since: str | None,
    until: str | None,
    limit: int,
) -> None:
    r"""Show events by date; those that several articles tell are one.

    QUERY are words that actors, place, type or the event's own words must meet.

    \b
    Example: sayso timeline Velmora --from 2031-10
    """
    with opened(ledger) as book:
        found = book.timeline(" ".join(query), since=since, until=until, limit=limit)
        if as_json:
            print_json(found)
            return
        from sayso.show.answers import print_table

        rows = [(e["date"], e["type"], e["status"], _happening(e), _told_by(e)) for e in found]
    print_table(sys.stdout, ("date", "type", "status", "what", "on whose word"), rows)


def _happening(event: dict[str, Any]) -> str:
    """An event in words: who, the text's own word, to whom, where."""
    words = [", ".join(event["actors"]), f"“{event['trigger']}”", ", ".join(event["recipients"])]
    place = f"in {event['place']}" if event["place"] else ""
    return " ".join(word for word in (*words, place) if word)


def _told_by(event: dict[str, Any]) -> str:
    count = len(event["articles"])
    articles = f" ({count} articles)" if count > 1 else ""
    return "; ".join(event["sources"]) + articles
