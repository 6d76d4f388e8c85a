"""Writes what the documents take from the program: the command reference and the demo's output.

Run as ``make docs``; ``tests/test_docs.py`` fails where a document differs from what this makes.
"""

import io
import re
from collections.abc import Iterator
from pathlib import Path

import click

import sayso
from sayso.cli.main import PROGRAM, cli
from sayso.show.terminal import console_for, print_reading

ROOT = Path(__file__).resolve().parent.parent
README = ROOT / "README.md"
REFERENCE = ROOT / "docs" / "cli.md"
#: The sample whose ledger the README shows, as ``make demo`` names it.
SHOWN = "samples/wire-truce.txt"
_DEMO = re.compile(r"(?<=<!-- demo -->\n).*?(?=<!-- /demo -->)", re.DOTALL)

_HEAD = """\
# Commands

Written by `make docs` from the commands themselves.

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


def ledger() -> str:
    """What ``make demo`` prints for the sample that the README shows."""
    reading = sayso.read(ROOT / SHOWN, actors=ROOT / "samples" / "actors.csv")
    stream = io.StringIO()
    print_reading(console_for(stream), reading)
    return stream.getvalue().replace(str(ROOT / SHOWN), SHOWN)


def readme() -> str:
    """The README with the demo's output as it is now."""
    block = f"```text\n{ledger().rstrip()}\n```\n"
    return _DEMO.sub(lambda _: block, README.read_text(encoding="utf-8"))


def main() -> None:
    """Write both."""
    REFERENCE.write_text(reference(), encoding="utf-8")
    README.write_text(readme(), encoding="utf-8")


if __name__ == "__main__":
    main()
