"""``python -m sayso``: the same program as ``sayso``."""

from sayso.cli import main

main()
