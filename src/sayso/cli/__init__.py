"""The program ``sayso``: thin commands over the Python API. Imports click alone; see ``main``."""

from sayso.cli.main import cli, main

__all__ = ["cli", "main"]
