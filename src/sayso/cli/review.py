"""``sayso review``: what a person says of the records; nothing is lost, all can be undone."""

import getpass
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

from sayso.cli.ledger import json_option, ledger_option, opened, print_json

if TYPE_CHECKING:
    from sayso.ledger.reviews import Review

EPILOG = """\b
Examples:
  sayso review confirm s-0123456789abcdef
  sayso review correct f-0123456789abcdef bound '"at_least"' --note "the text says so"
  sayso review correct https://news.example/story published '"2031-05-02"'
  sayso review merge entity-12 entity-7
  sayso review undo 3
"""


@click.group(short_help="Confirm, correct or reject what was read.", epilog=EPILOG)
def review() -> None:
    """Say what a record should be, who is one with whom; every line of the log can be undone.

    TARGET is the id of a record, or the id, address or input of an article.
    """


def _common(function: Callable[..., Any]) -> Callable[..., Any]:
    """The options of every review: the ledger, who says it, a remark."""
    for option in (
        click.option("--note", metavar="TEXT", help="A remark, kept in the log."),
        click.option(
            "--who",
            metavar="NAME",
            default=getpass.getuser,
            show_default="your login name",
            help="Who says it.",
        ),
        json_option,
        ledger_option,
    ):
        function = option(function)
    return function


def _done(line: "Review", as_json: bool) -> None:
    if as_json:
        print_json([line])
    else:
        click.echo(f"review {line.review}: {line.action} {line.target}")


def _simple(action: str, does: str) -> click.Command:
    @review.command(action, short_help=does, help=f"{does}\n\nTARGET: see sayso review.")
    @click.argument("target")
    @_common
    def command(target: str, ledger: str, as_json: bool, who: str, note: str | None) -> None:
        with opened(ledger) as book:
            _done(book.review(target, action, who=who, note=note), as_json)  # type: ignore[arg-type]

    return command


_simple("confirm", "Say that a record is right.")
_simple("reject", "Say that a record is none: it stands in no answer any more.")
_simple("note", "Leave a remark (--note) at a record or an article.")
_simple("undo", "Take a review back; TARGET is its number.")


@review.command(short_help="Say what a field should be.")
@click.argument("target")
@click.argument("field")
@click.argument("value", metavar="JSON")
@_common
def correct(
    target: str, field: str, value: str, ledger: str, as_json: bool, who: str, note: str | None
) -> None:
    """Correct a FIELD of a record, or when or by whom an article was published.

    The value is JSON, as sayso show --json has it; a span is {"start": 10, "end": 25}.
    """
    import msgspec

    try:
        given = msgspec.json.decode(value)
    except msgspec.DecodeError as error:
        raise click.BadParameter(f"{value} is not JSON: {error}", param_hint="JSON") from error
    with opened(ledger) as book:
        line = book.review(target, "correct", who=who, field=field, value=given, note=note)
    _done(line, as_json)


@review.command(short_help="Say that two actors are one.")
@click.argument("one")
@click.argument("into")
@_common
def merge(one: str, into: str, ledger: str, as_json: bool, who: str, note: str | None) -> None:
    """Say that actor ONE of the ledger is INTO, whose name stands for both ("entity-12")."""
    with opened(ledger) as book:
        _done(book.merge(one, into, who=who, note=note), as_json)


@review.command(short_help="Say that an actor is somebody else.")
@click.argument("article")
@click.argument("actor")
@click.option("--into", metavar="ENTITY", help="Who it is instead; by default somebody new.")
@_common
def split(
    article: str,
    actor: str,
    into: str | None,
    ledger: str,
    as_json: bool,
    who: str,
    note: str | None,
) -> None:
    """Say that an ACTOR of an ARTICLE (by its id there) is not whom it was led to."""
    with opened(ledger) as book:
        _done(book.split(article, actor, who=who, into=into, note=note), as_json)


@review.command("log", short_help="The review log.")
@click.argument("target", required=False)
@ledger_option
@json_option
def log_(target: str | None, ledger: str, as_json: bool) -> None:
    """Show the log, whole or of one TARGET, in order."""
    with opened(ledger) as book:
        lines = book.review_log(target)
    if as_json:
        print_json(lines)
        return
    from sayso.show.answers import print_table

    rows = [(r.review, r.at, r.who, r.action, r.target, _detail(r)) for r in lines]
    print_table(sys.stdout, ("no.", "at", "who", "action", "target", "what"), rows)


def _detail(line: "Review") -> str:
    detail = line.detail
    parts = []
    if "field" in detail:
        parts.append(f"{detail['field']}: {detail['before']} → {detail['value']}")
    if "into" in detail:
        parts.append(f"into entity-{detail['into']}")
    if "note" in detail:
        parts.append(f"“{detail['note']}”")
    return "; ".join(parts)
