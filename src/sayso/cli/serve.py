"""``sayso serve``: the review desk and the API, on this machine."""

import click

from sayso.cli.ledger import ledger_option

EPILOG = """\b
Examples:
  sayso serve --ledger story.db
  sayso serve --demo
  sayso serve --host 0.0.0.0 --token "$(openssl rand -hex 16)"
"""


@click.command(short_help="Pages to look, search and review with, and an API.", epilog=EPILOG)
@ledger_option
@click.option("--host", metavar="HOST", default="127.0.0.1", show_default=True, help="Listen here.")
@click.option("--port", metavar="N", type=click.IntRange(0, 65535), default=8765, show_default=True)
@click.option("--readonly", is_flag=True, help="Nothing can be written.")
@click.option(
    "--token",
    metavar="WORD",
    envvar="SAYSO_TOKEN",
    help="What whoever writes must bring; a must where others can reach the server. "
    "By default $SAYSO_TOKEN.",
)
@click.option("--demo", is_flag=True, help="A ledger of the sample story, gone afterwards.")
def serve(ledger: str, host: str, port: int, readonly: bool, token: str | None, demo: bool) -> None:
    """Show a ledger as pages and as an API, until it is stopped with Ctrl+C.

    Nobody but this machine can reach it, unless --host says so. Whoever reaches it can read all of
    the ledger.
    """
    from sayso.web.server import run
    from sayso.web.settings import Settings, is_loopback

    if not token and not readonly and not is_loopback(host):
        raise click.UsageError(f"others can reach {host}: give --token, or --readonly")
    if demo and readonly:
        raise click.UsageError("--demo makes a ledger: leave --readonly out")
    settings = Settings(
        ledger=ledger, host=host, port=port, readonly=readonly, token=token or None, demo=demo
    )
    run(settings, click.echo)
