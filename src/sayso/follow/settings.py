"""``feeds.toml``: what is followed, and how.

    delay = 2                         # seconds between two requests to one host
    contact = "mailto:desk@news.example"

    [[feed]]                          # RSS or Atom
    url = "https://gazette.example/rss.xml"
    publisher = "The Gazette"
    include = ["/world/"]

    [[sitemap]]                       # also an index of sitemaps, also gzipped
    url = "https://courier.example/news-sitemap.xml"
    days = 3

    [[list]]                          # a text with an address a line, or the addresses themselves
    file = "addresses.txt"

A pattern is the beginning of an address, or of its path where it begins with "/"; ``*`` stands for
any characters and ``$`` at the end for the end, as in robots.txt (RFC 9309).
"""

import hashlib
import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

import msgspec

from sayso.errors import FeedsError

Kind = Literal["feed", "sitemap", "list"]
KINDS: tuple[Kind, ...] = ("feed", "sitemap", "list")
#: Bytes of a feeds file, entries in it, patterns an entry, characters and stars a pattern.
MAX_FILE, MAX_ENTRIES, MAX_PATTERNS, MAX_PATTERN, MAX_STARS = 5_000_000, 10_000, 200, 500, 10


class Entry(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """One table of the file.

    Attributes:
        url: the address of the feed, sitemap or list.
        file: of a list, a text file, from the folder of the feeds file.
        urls: of a list, the addresses themselves.
        publisher: the publisher of all its pages; stands above what a page states.
        include: patterns, one of which a page's address must fit.
        exclude: patterns, none of which it may fit.
        newest: how many of the pages that one document lists are taken, the newest first.
        days: pages that the document dates longer ago are left out.
        kind: which kind of table it is.
    """

    url: str | None = None
    file: str | None = None
    urls: list[str] | None = None
    publisher: str | None = None
    include: list[str] = []
    exclude: list[str] = []
    newest: int | None = None
    days: float | None = None
    kind: Kind = "feed"

    @property
    def name(self) -> str:
        """What it is called in messages and in the ledger."""
        return self.url or self.file or f"list:{(self.urls or ['empty'])[0]}"

    @property
    def digest(self) -> str:
        """What changes when the entry does."""
        return hashlib.sha256(msgspec.json.encode(self)).hexdigest()[:16]

    def takes(self, address: str) -> bool:
        """Whether a page's address fits the patterns."""
        return (not self.include or any(fits(p, address) for p in self.include)) and not any(
            fits(p, address) for p in self.exclude
        )


class Settings(msgspec.Struct, kw_only=True):
    """A feeds file.

    Attributes:
        entries: what is followed, in the order of the file.
        delay: seconds between two requests to one host.
        contact: an address (mail or web) that is shown to servers.
        revisit: seconds after which a page that is still listed is asked for again; the time
            doubles while it stays as it is. ``None``: never.
        folder: where the files of lists are looked for.
    """

    entries: list[Entry]
    delay: float = 2.0
    contact: str | None = None
    revisit: float | None = 3600.0
    folder: Path = Path()

    def named_hosts(self) -> frozenset[str]:
        """``host:port`` of all addresses that the file names."""
        named = (address for e in self.entries for address in [e.url, *(e.urls or [])] if address)
        return frozenset(host_of(address) for address in named)


def load(path: Path) -> Settings:
    """The feeds file at ``path``.

    Raises:
        FeedsError: it cannot be read; the message names the entry and what to do.
    """
    try:
        data = path.read_bytes()
        if len(data) > MAX_FILE:
            raise FeedsError(f"{path}: is larger than {MAX_FILE // 1_000_000} MB: split it")
        table = tomllib.loads(data.decode("utf-8-sig"))
    except OSError as error:
        raise FeedsError(f"{path}: cannot be read: {error.strerror}") from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as error:
        raise FeedsError(f"{path}: is no TOML in UTF-8: {error}") from error
    general = _general(path, table)
    return Settings(entries=list(_entries(path, table)), folder=path.parent, **general)


def _general(path: Path, table: dict[str, Any]) -> dict[str, Any]:
    """What holds for all entries."""
    known = ("delay", "contact", "revisit")
    if unknown := table.keys() - {*known, *KINDS}:
        keys = ", ".join((*known, *(f"[[{kind}]]" for kind in KINDS)))
        raise FeedsError(f"{path}: unknown key {sorted(unknown)[0]!r}: the keys are {keys}")
    found: dict[str, Any] = {}
    if "delay" in table:
        found["delay"] = table["delay"]
        number = isinstance(table["delay"], int | float) and not isinstance(table["delay"], bool)
        if not number or not 0 <= table["delay"] <= 86_400:
            raise FeedsError(f"{path}: delay: give seconds from 0 to 86400")
    if "contact" in table:
        found["contact"] = contact = table["contact"]
        if not isinstance(contact, str) or not (contact.isascii() and contact.isprintable()):
            raise FeedsError(f"{path}: contact: give a mail or web address, as a text")
        if any(char in contact for char in "();") or not 0 < len(contact) <= 200:
            raise FeedsError(f"{path}: contact: give one address of up to 200 characters")
    if "revisit" in table:
        found["revisit"] = None
        if table["revisit"] != "never":
            try:
                found["revisit"] = seconds(table["revisit"])
            except ValueError as error:
                raise FeedsError(f'{path}: revisit: {error}, or "never"') from error
    return found


def _entries(path: Path, table: dict[str, Any]) -> Iterator[Entry]:
    seen: set[str] = set()
    for kind in KINDS:
        tables = table.get(kind, [])
        if not isinstance(tables, list):
            raise FeedsError(f"{path}: {kind}: write [[{kind}]], with two brackets")
        for number, one in enumerate(tables, 1):
            where = f"{path}: {kind} {number}"
            entry = _entry(where, kind, one)
            if entry.name in seen:
                raise FeedsError(f"{where} ({entry.name}): is there twice: take one out")
            seen.add(entry.name)
            yield entry
    if not seen:
        raise FeedsError(f"{path}: names nothing to follow: add a [[feed]] with its url")
    if len(seen) > MAX_ENTRIES:
        raise FeedsError(f"{path}: has more than {MAX_ENTRIES} entries: split it")


def _entry(where: str, kind: Kind, one: object) -> Entry:
    keys = [name for name in Entry.__struct_fields__ if name != "kind"]
    if kind != "list":
        keys = [name for name in keys if name not in ("file", "urls")]
    if isinstance(one, dict):
        if isinstance(one.get("url"), str):
            where += f" ({one['url'][:200]})"
        if unknown := sorted(one.keys() - set(keys)):
            raise FeedsError(f"{where}: unknown key {unknown[0]!r}: the keys are {', '.join(keys)}")
    try:
        entry = msgspec.convert(one, Entry)
    except msgspec.ValidationError as error:
        raise FeedsError(f"{where}: {str(error).replace('`', '').replace('$.', '')}") from error
    entry.kind = kind
    given = [name for name in ("url", "file", "urls") if getattr(entry, name)]
    if len(given) != 1:
        ways = "url, file or urls, one of them" if kind == "list" else "its url"
        raise FeedsError(f"{where}: give {ways}")
    for address in [entry.url] if entry.url else entry.urls or []:
        if fault := fault_of(address):
            raise FeedsError(f"{where}: {address[:200]!r} {fault}")
    if entry.newest is not None and entry.newest < 1:
        raise FeedsError(f"{where}: newest: give a number from 1 on")
    if entry.days is not None and not 0 < entry.days <= 36_500:
        raise FeedsError(f"{where}: days: give a number above 0")
    _check_patterns(where, [*entry.include, *entry.exclude])
    return entry


def _check_patterns(where: str, patterns: Sequence[str]) -> None:
    if len(patterns) > MAX_PATTERNS:
        raise FeedsError(f"{where}: has more than {MAX_PATTERNS} patterns")
    for pattern in patterns:
        if not pattern.startswith(("/", "http://", "https://", "*")):
            raise FeedsError(f"{where}: pattern {pattern!r}: begin it with /, * or http(s)://")
        if len(pattern) > MAX_PATTERN or pattern.count("*") > MAX_STARS:
            limits = f"{MAX_PATTERN} characters and {MAX_STARS} stars"
            raise FeedsError(f"{where}: pattern {pattern[:60]!r}: is longer than {limits}")


def fits(pattern: str, address: str) -> bool:
    """Whether an address fits a pattern; linear in its length for each star."""
    if pattern.startswith("/"):
        parts = urlsplit(address)
        address = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    ends = pattern.endswith("$")
    first, *rest = pattern.removesuffix("$").split("*")
    if not address.startswith(first):
        return False
    at = len(first)
    last = rest.pop() if ends and rest else None
    for part in rest:
        found = address.find(part, at)
        if found < 0:
            return False
        at = found + len(part)
    if last is not None:
        return address.endswith(last) and len(address) - len(last) >= at
    return not ends or at == len(address)


def fault_of(address: str) -> str | None:
    """What is wrong with an address, and what to do; ``None`` if it can be asked for."""
    try:
        parts = urlsplit(address)
        _ = parts.port
    except ValueError as error:
        return f"is no valid address: {error}"
    if parts.scheme not in ("http", "https") or not parts.hostname:
        return "is no address: begin it with http:// or https://"
    if parts.username is not None or parts.password is not None:
        return "holds a user name or password: take them out"
    if any(map(str.isspace, address)) or not address.isprintable() or len(address) > 2000:
        return "is no valid address: it has spaces or is longer than 2000 characters"
    return None


def host_of(address: str) -> str:
    """``host:port`` of a valid address."""
    parts = urlsplit(address)
    return f"{parts.hostname}:{parts.port or (443 if parts.scheme == 'https' else 80)}"


def seconds(text: object) -> float:
    """Seconds of a time as people write it: ``30s``, ``15m``, ``2h``, ``1d``.

    Raises:
        ValueError: it is none.
    """
    units = {"s": 1, "m": 60, "h": 3600, "d": 86_400}
    if isinstance(text, str) and text[-1:] in units and text[:-1].isascii():
        number = text[:-1].strip()
        if number.isdigit() and len(number) < 7 and int(number):
            return float(int(number) * units[text[-1]])
    raise ValueError("give a time such as 90s, 15m, 2h or 1d")
