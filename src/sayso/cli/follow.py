"""``sayso follow``: feeds, sitemaps and lists into a ledger, once or on an interval."""

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sayso.cli.ledger import json_option, ledger_option, opened, print_json

if TYPE_CHECKING:
    from sayso.follow.clock import Clock
    from sayso.follow.following import Progress
    from sayso.follow.reports import Report

EPILOG = """\b
Examples:
  sayso follow feeds.toml --ledger story.db
  sayso follow feeds.toml --every 15m
"""
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


def _interval(context: click.Context, option: click.Parameter, value: str | None) -> float | None:
    from sayso.follow.settings import seconds

    try:
        return None if value is None else seconds(value)
    except ValueError as error:
        raise click.BadParameter(str(error)) from error


@click.command(short_help="Follow feeds, sitemaps and lists.", epilog=EPILOG)
@click.argument("feeds", metavar="FEEDS", type=_FILE)
@ledger_option
@json_option
@click.option("--once", is_flag=True, help="Look once and end; this is the default.")
@click.option("--every", metavar="TIME", callback=_interval, help="Look again and again: 15m, 2h.")
@click.option("--actors", metavar="FILE", type=_FILE, help="A CSV file of actors to know by name.")
@click.option(
    "--allow-private",
    is_flag=True,
    help="Let the hosts that FEEDS names lie in private networks; no others.",
)
@click.pass_context
def follow(
    context: click.Context,
    /,
    feeds: Path,
    ledger: str,
    as_json: bool,
    once: bool,
    every: float | None,
    actors: Path | None,
    allow_private: bool,
) -> None:
    """Read what feeds, sitemaps and lists name into the ledger.

    FEEDS is a TOML file; docs/follow.md says how it is written. What was read is not asked for
    again unless it may have changed; a page that changed becomes a new version. Ctrl-C ends after
    the page in hand, and the next run goes on from there.
    """
    from sayso.errors import FeedsError
    from sayso.follow.clock import Clock, Stopped
    from sayso.follow.following import Follower
    from sayso.follow.settings import load

    if once and every:
        raise click.UsageError("--once and --every exclude each other")
    try:
        settings = load(feeds)
    except FeedsError as error:
        raise click.UsageError(str(error)) from error
    clock = Clock()
    code = 0
    with opened(ledger, create=True) as book, _ending(clock), _progress() as progress:
        follower = Follower(
            book.store,
            settings,
            clock,
            actors=actors,
            allow_private=allow_private,
            progress=progress,
        )
        try:
            while True:
                started = clock.now()
                reports = follower.round()
                _report(reports, feeds, as_json)
                code = 1 if any(report.failures for report in reports) else 0
                if every is None:
                    break
                try:
                    clock.wait(started + every - clock.now())
                except Stopped:
                    break
        except Stopped:
            click.echo("sayso: ended before all was read: run it again to go on", err=True)
            code = 130
    context.exit(code)


def _report(reports: "list[Report]", feeds: Path, as_json: bool) -> None:
    from sayso.show.plain import line

    for report in reports:
        for failure in report.failures:
            click.echo(f"sayso: {line(failure['input'])}: {line(failure['reason'])}", err=True)
        if report.moved:
            told = f"has moved to {line(report.moved)}: change it in {feeds}"
            click.echo(f"sayso: {line(report.feed)}: {told}", err=True)
    if as_json:
        print_json(reports)
        return
    names = ("new", "changed", "unchanged", "no_article", "skipped_robots", "later", "failed")
    for report in reports:
        counts = [(getattr(report, name), name.replace("_", " ")) for name in names]
        words = [f"{number} {name}" for number, name in counts if number]
        told = ", ".join(words) or "nothing new"
        click.echo(f"{line(report.feed)}: {report.state}, {report.seen} listed: {told}")


@contextmanager
def _ending(clock: "Clock") -> Iterator[None]:
    """SIGINT and SIGTERM end after the page in hand; a second one ends at once."""

    def stop(number: int, frame: Any) -> None:
        clock.stop()
        for signum in (signal.SIGINT, signal.SIGTERM):
            signal.signal(signum, signal.SIG_DFL)

    before = {one: signal.signal(one, stop) for one in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)


@contextmanager
def _progress() -> Iterator["Progress | None"]:
    """The address that is asked for, on stderr, on a terminal."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.markup import escape

    from sayso.show.plain import line

    with Console(stderr=True).status("following…") as status:
        yield lambda url: status.update(escape(line(url)[:100]))
