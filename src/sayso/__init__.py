"""Sayso reads news and keeps a ledger of attributed claims.

    >>> import sayso
    >>> reading = sayso.read("The mayor of Ostrava said the bridge would open in May.")

Importing this package loads neither the language model nor any library; the first reading does.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sayso.api import read, read_many
    from sayso.errors import (
        ExportError,
        FetchError,
        GoldError,
        InputError,
        LedgerError,
        LeftOut,
        LexiconError,
        ModelError,
        SaysoError,
    )
    from sayso.ledger.ledger import Ledger
    from sayso.records import Reading

__version__ = "0.1.0"

__all__ = [
    "ExportError",
    "FetchError",
    "GoldError",
    "InputError",
    "Ledger",
    "LedgerError",
    "LeftOut",
    "LexiconError",
    "ModelError",
    "Reading",
    "SaysoError",
    "__version__",
    "read",
    "read_many",
]

_HOME = {
    "read": "sayso.api",
    "read_many": "sayso.api",
    "Ledger": "sayso.ledger.ledger",
    "Reading": "sayso.records",
}


def __getattr__(name: str) -> Any:
    """A public name, from the module that holds it, on first use."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    value = getattr(import_module(_HOME.get(name, "sayso.errors")), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
