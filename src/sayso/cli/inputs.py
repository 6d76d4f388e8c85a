"""The options that say what inputs are and what is known of them, as commands share them."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)

_OPTIONS = (
    click.option(
        "--as",
        "as_",
        type=click.Choice(["auto", "html", "page", "body", "json"]),
        default="auto",
        show_default=True,
        help="How to take the inputs: page is text copied out of a browser, body the bare text "
        "of an article, kept character for character.",
    ),
    click.option("--published", metavar="DATE", help="The date of publication, as 2024-05-03."),
    click.option("--publisher", metavar="NAME", help="The publisher's name."),
    click.option("--url", metavar="URL", help="The article's address."),
    click.option(
        "--actors", metavar="FILE", type=_FILE, help="A CSV file of actors to know by name."
    ),
    click.option("--allow-private", is_flag=True, help="Fetch from private networks too."),
)


def input_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """The options of ``ReadOptions`` that every command which reads has."""
    for option in reversed(_OPTIONS):
        function = option(function)
    return function
