"""Linguistic knowledge as data: TOML and CSV files in ``data/``, loaded once, read by the reader.

A fact of language (a cue verb, a currency, a metonym) lives in a file here, never in code.
"""

import csv
import tomllib
from functools import cache
from importlib import resources
from typing import Any

from sayso.errors import LexiconError


@cache
def toml(name: str) -> dict[str, Any]:
    """The lexicon file ``data/<name>.toml`` as a dict. Treat it as read-only.

    Raises:
        LexiconError: the file is missing or is not TOML.
    """
    path = resources.files(__name__) / "data" / f"{name}.toml"
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise LexiconError(f"lexicon file {name}.toml: {error}") from error


@cache
def table(name: str) -> tuple[dict[str, str], ...]:
    """The rows of the lexicon file ``data/<name>.csv``, each a dict by column name.

    Raises:
        LexiconError: the file is missing.
    """
    path = resources.files(__name__) / "data" / f"{name}.csv"
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise LexiconError(f"lexicon file {name}.csv: {error}") from error
    return tuple(csv.DictReader(text.splitlines()))
