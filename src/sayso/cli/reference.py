"""``python -m sayso.cli.reference``: the reference of all commands as Markdown, from themselves."""

from collections.abc import Iterator

import click

from sayso.cli.main import PROGRAM, cli

_HEAD = """\
# Commands

Written by `make docs` from the commands themselves; a test fails where it differs.

Exit codes: 0 success; 1 some inputs failed, each named on stderr with the reason, the rest done;
2 wrong usage; 130 interrupted. `NO_COLOR` is honoured, and there is colour on a terminal alone.
"""


def reference() -> str:
    """The help of every command, in alphabetical order, as Markdown."""
    parts = [_HEAD]
    for name, command in _commands(cli, PROGRAM):
        context = click.Context(command, info_name=name, terminal_width=88, max_content_width=88)
        context.help_option_names = cli.context_settings["help_option_names"]
        parts.append(f"## {name}\n\n```text\n{command.get_help(context)}\n```\n")
    return "\n".join(parts)


def _commands(command: click.Command, name: str) -> Iterator[tuple[str, click.Command]]:
    yield name, command
    if isinstance(command, click.Group):
        for child in sorted(command.commands):
            yield from _commands(command.commands[child], f"{name} {child}")


if __name__ == "__main__":
    click.echo(reference(), nl=False)
