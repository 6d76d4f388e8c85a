"""Addresses of articles in what a database says of them."""

import re
from urllib.parse import urlsplit

from sayso.lexicon import toml
from sayso.pages.press.marks import begins

_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s<>\"“”()]{3,500}", re.IGNORECASE)


def address_in(text: str) -> str | None:
    """The first address in a line that is not the database's own."""
    for match in _ADDRESS.finditer(text[:2000]):
        address = match[0].rstrip(".,;:!?]'’")
        # links that are shown without their scheme are those of old pages
        address = address if "://" in address else f"http://{address}"
        try:
            host = (urlsplit(address).hostname or "").lower()
        except ValueError:
            continue
        hosts = toml("press")["lines"]["hosts"]
        # as libraries' proxies write them: www-nexis-com.elib.example
        plain = host.replace("-", ".")
        if "." in host and not any(f".{own}." in f".{plain}." for own in hosts):
            return address
    return None


def is_link(text: str) -> bool:
    """Whether a line is an address and nothing else, or leads to the article's original."""
    return begins(text, "original") or bool(_ADDRESS.fullmatch(text))
