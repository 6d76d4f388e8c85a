"""What the commands that use a ledger share: which ledger, and how answers are printed."""

import sys
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from sayso.ledger.ledger import Ledger


def ledger_option(function: Callable[..., Any]) -> Callable[..., Any]:
    """The option that names the ledger, as the parameter ``ledger``."""
    return click.option(
        "--ledger",
        metavar="FILE|URL",
        envvar="SAYSO_LEDGER",
        default="sayso.db",
        show_default="$SAYSO_LEDGER, else sayso.db",
        help="The ledger: a file, or a postgresql:// address.",
    )(function)


def json_option(function: Callable[..., Any]) -> Callable[..., Any]:
    """The option for machine output, as the parameter ``as_json``."""
    return click.option(
        "--json", "as_json", is_flag=True, help="JSON Lines on stdout, nothing else."
    )(function)


def limit_option(
    default: int, most: int | None = None
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """The option for how many answers at most, as the parameter ``limit``."""
    return click.option(
        "--limit",
        metavar="N",
        type=click.IntRange(1, most),
        default=default,
        show_default=True,
        help="How many at most.",
    )


def opened(name: str, *, create: bool = False) -> "Ledger":
    """The ledger of a command; answers never make one."""
    from sayso.ledger.ledger import Ledger

    return Ledger(name, create=create)


def print_json(answers: Iterable[Any]) -> None:
    """Each answer as one line of JSON."""
    import msgspec

    out = sys.stdout.buffer
    for answer in answers:
        out.write(msgspec.json.encode(answer) + b"\n")
    out.flush()
