"""The group of commands, and the one place where errors become messages and exit codes.

Exit codes: 0 success; 1 some inputs failed, or the output could not be written; 2 wrong usage;
130 interrupted.
"""

import os
import sys
from collections.abc import Sequence
from typing import NoReturn

import click

from sayso import __version__
from sayso.cli.add import add, verify
from sayso.cli.answers import agreements, origins, timeline, who
from sayso.cli.articles import list_, show
from sayso.cli.completion import completion
from sayso.cli.conflicts import conflicts
from sayso.cli.crawl import crawl
from sayso.cli.evaluate import evaluate
from sayso.cli.export import export
from sayso.cli.figures import figures
from sayso.cli.follow import follow
from sayso.cli.read import read
from sayso.cli.review import review
from sayso.cli.search import search
from sayso.cli.serve import serve
from sayso.cli.train import train
from sayso.errors import SaysoError

PROGRAM = "sayso"


@click.group(
    epilog="Example: sayso read article.txt",
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, prog_name=PROGRAM, message="%(prog)s %(version)s")
def cli() -> None:
    """On whose say-so? Sayso reads news and records who claimed what, in which words.

    Works offline, on a CPU. Records attribution and never judges what is true.
    """


for command in (
    read,
    add,
    verify,
    list_,
    show,
    who,
    origins,
    agreements,
    figures,
    conflicts,
    timeline,
    review,
    search,
    serve,
    follow,
    export,
    crawl,
    evaluate,
    train,
    completion,
):
    cli.add_command(command)


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the program and exit; no error shows a traceback.

    Args:
        arguments: the command line after the program's name; by default that of the process.
    """
    for stream in (sys.stdout, sys.stderr):
        # A terminal of an old encoding shows "?" for what it lacks rather than failing.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    try:
        code = cli.main(arguments, prog_name=PROGRAM, standalone_mode=False)
        sys.stdout.flush()
    except click.ClickException as error:
        error.show()
        code = error.exit_code
    except (click.Abort, KeyboardInterrupt):
        code = 130
    except BrokenPipeError:
        # Whoever read the output has had enough (click does the same for what comes through it);
        # Python's own flush at exit must not fail again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 1
    except SaysoError as error:
        click.echo(f"{PROGRAM}: {error}", err=True)
        code = 1
    sys.exit(code if isinstance(code, int) else 0)
