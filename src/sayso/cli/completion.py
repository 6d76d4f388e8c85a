"""``sayso completion``: the shell's own completion script."""

import click
from click.shell_completion import get_completion_class


@click.command(
    short_help="Print a shell's completion script.",
    epilog='Example: eval "$(sayso completion bash)"',
)
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def completion(context: click.Context, shell: str) -> None:
    """Print the completion script of a SHELL; its start-up file evaluates it."""
    maker = get_completion_class(shell)
    if maker is None:
        raise click.UsageError(f"no completion for {shell}")
    root = context.find_root()
    click.echo(maker(root.command, {}, "sayso", "_SAYSO_COMPLETE").source())
