"""From a file, an address or copied text to an ``Article``; knows nothing of linguistics."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sayso.errors import OptionError
    from sayso.pages.capture import Capture
    from sayso.pages.contents import article_from_text
    from sayso.pages.inputs import read_bytes, read_captured, read_inputs
    from sayso.pages.options import Options

__all__ = [
    "Capture",
    "OptionError",
    "Options",
    "article_from_text",
    "read_bytes",
    "read_captured",
    "read_inputs",
]

_HOME = {
    "Capture": "sayso.pages.capture",
    "read_bytes": "sayso.pages.inputs",
    "read_captured": "sayso.pages.inputs",
    "OptionError": "sayso.errors",
    "Options": "sayso.pages.options",
    "article_from_text": "sayso.pages.contents",
    "read_inputs": "sayso.pages.inputs",
}


def __getattr__(name: str) -> Any:
    """A public name, from the module that holds it, on first use."""
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOME[name]), name)
