"""From what a caller names (files, folders, addresses, "-") to articles, one at a time."""

import os
import re
import sys
from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path
from typing import IO, TYPE_CHECKING, cast

from sayso.errors import FetchError, InputError
from sayso.pages.capture import Capture, How, captured
from sayso.pages.contents import articles_in_bytes, too_large
from sayso.pages.decoding import unsupported_suffix
from sayso.pages.documents import document_kind
from sayso.pages.jsonrecords import MAX_JSON, articles_in_lines
from sayso.pages.members import is_archive
from sayso.pages.options import Options
from sayso.pages.webpage import MAX_PAGE
from sayso.records import Article

if TYPE_CHECKING:
    from sayso.pages.fetch import Fetched

#: What an input gives: an article with the bytes that it was read from, or its failure.
Found = tuple[Article, Capture] | InputError

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]{1,20})://")
_LINES = (".jsonl", ".ndjson")
#: Bytes of one PDF, Word or RTF file, which may hold many articles, and their pictures.
MAX_DOCUMENT = 5 * MAX_PAGE
#: Bytes by which an archive is told.
_HEAD = 1024


def read_inputs(
    inputs: Iterable[str | Path], options: Options | None = None
) -> Iterator[Article | InputError]:
    """Read inputs one after the other; an input that fails is yielded as its error.

    Args:
        inputs: paths of files or folders, http(s) addresses, or ``-`` for standard input.
        options: what the inputs are and what is known of them.

    Yields:
        The articles in the order of the inputs (folders in the order of their files' names), and an
        ``InputError`` in the place of each article that could not be read.
    """
    for found in read_captured(inputs, options):
        yield found if isinstance(found, InputError) else found[0]


def read_captured(inputs: Iterable[str | Path], options: Options | None = None) -> Iterator[Found]:
    """As ``read_inputs``, each article with its capture: the bytes, from where, how and when.

    An address that ``options`` gives is that of one article; each further one is a failure.
    """
    options = options or Options()
    return _of_one_address(_captured(inputs, options), options)


def _of_one_address(found: Iterable[Found], options: Options) -> Iterator[Found]:
    """What is found, but for articles that would be one another's versions in a ledger."""
    first: str | None = None
    for one in found:
        if isinstance(one, InputError) or not options.url or first is None:
            yield one
        else:
            yield InputError(one[0].input, f"the address that was given (--url) is that of {first}")
        if first is None and not isinstance(one, InputError):
            first = one[0].input


def _captured(inputs: Iterable[str | Path], options: Options) -> Iterator[Found]:
    for named in inputs:
        name = str(named)
        try:
            if name == "-" and not isinstance(named, Path):
                yield from _read_stdin(options)
            elif isinstance(named, str) and (scheme := _SCHEME.match(name)):
                yield from _read_address(name, scheme[1].lower(), options)
            else:
                yield from _read_path(name, options)
        except InputError as error:
            yield error
        except (OSError, ValueError) as error:
            yield InputError(name, _reason(error))


def _read_stdin(options: Options) -> Iterator[Found]:
    buffer = getattr(sys.stdin, "buffer", None)
    if buffer is None:
        raise InputError("-", "there is no standard input")
    first = buffer.readline(MAX_PAGE + 1)
    if first.startswith(b"\x1f\x8b"):
        first += buffer.read(_HEAD)
    if _archive("-", first, options):
        stream = _Prefixed(first, buffer)
        yield from _read_archive("-", stream, options, "standard input")
        return
    if options.as_ in ("auto", "json") and re.match(
        rb'\s{0,9}\{\s{0,9}".{0,}\}\s{0,9}$', first, re.DOTALL
    ):
        for result, line in articles_in_lines("-", buffer, options, first):
            yield captured(result, line, "standard input", "-")
        return
    yield from _read_stream("-", "", _Prefixed(first, buffer), options, "standard input")


def _archive(name: str, head: bytes, options: Options) -> bool:
    """Whether an input is to be read as an archive of pages."""
    return options.as_ in ("auto", "html") and is_archive(name, head)


def _read_archive(
    name: str, stream: "IO[bytes] | _Prefixed", options: Options, how: How
) -> Iterator[Found]:
    # what starts processes is loaded when there is an archive
    from sayso.pages.archives import articles_in_archive

    return articles_in_archive(name, cast(IO[bytes], stream), options, how)


class _Prefixed:
    """A stream of which the first bytes were already read."""

    def __init__(self, first: bytes, rest: IO[bytes]) -> None:
        self._first = BytesIO(first)
        self._rest = rest

    def read(self, size: int) -> bytes:
        """Up to ``size`` bytes."""
        start = self._first.read(size)
        return start + self._rest.read(size - len(start))


def read_bytes(name: str, data: bytes, options: Options | None = None) -> Iterator[Found]:
    """The articles of bytes that no file or address holds, such as an upload.

    Args:
        name: what to call the input; its suffix says what it is, as that of a file does.
        data: the bytes.
        options: what the input is and what is known of it.

    Yields:
        As ``read_captured``; the captures say ``text``.
    """
    options = options or Options()
    return _of_one_address(_of_bytes(name, data, options), options)


def _of_bytes(name: str, data: bytes, options: Options) -> Iterator[Found]:
    suffix = Path(name).suffix.lower()
    try:
        if _archive(name, data[:_HEAD], options):
            yield from _read_archive(name, BytesIO(data), options, "text")
        elif unsupported_suffix(suffix):
            raise InputError(name, _unsupported(suffix))
        elif suffix in _LINES and options.as_ in ("auto", "json"):
            for result, line in articles_in_lines(name, BytesIO(data), options):
                yield captured(result, line, "text", name)
        else:
            yield from _read_stream(name, suffix, BytesIO(data), options, "text")
    except InputError as error:
        yield error
    except ValueError as error:
        yield InputError(name, _reason(error))


def _unsupported(suffix: str) -> str:
    return f"{suffix[1:]} files are not supported yet: save it as text or HTML"


def _read_stream(
    name: str, suffix: str, stream: "IO[bytes] | _Prefixed", options: Options, how: How = "file"
) -> Iterator[Found]:
    several = options.as_ == "json" or (options.as_ == "auto" and suffix == ".json")
    limit = MAX_JSON if several else MAX_PAGE
    data = stream.read(limit + 1)
    if len(data) > limit and document_kind(data):
        limit = MAX_DOCUMENT
        data += stream.read(limit + 1 - len(data))
    if len(data) > limit:
        raise InputError(name, too_large(limit), "too_large")
    for result in articles_in_bytes(name, data, suffix, options):
        yield captured(result, data, how, name)


def _read_address(name: str, scheme: str, options: Options) -> Iterator[Found]:
    if scheme not in ("http", "https"):
        raise FetchError(name, "only http and https addresses are fetched")
    # the network libraries are loaded when there is an address
    from sayso.pages.fetch import fetch

    yield from read_fetched(name, fetch(name, allow_private=options.allow_private), options)


def read_fetched(name: str, fetched: "Fetched", options: Options) -> Iterator[Found]:
    """The articles of a page that was fetched.

    Raises:
        InputError: it is nothing that can be read.
    """
    data, charset, url = fetched.data, fetched.charset, fetched.url
    for result in articles_in_bytes(name, data, "", options, charset=charset, url=url):
        yield captured(result, fetched.data, "address", fetched.url)


def _read_path(name: str, options: Options) -> Iterator[Found]:
    path = Path(name)
    if path.is_dir():
        found = False
        for result in _files(name):
            found = True
            if isinstance(result, InputError):
                yield result
            else:
                yield from _tried_file(result, options)
        if not found:
            raise InputError(name, "the folder holds no files")
    elif not name or not path.exists():
        raise InputError(name or "''", "no such file or folder")
    else:
        yield from _tried_file(name, options)


def _files(folder: str) -> Iterator[str | InputError]:
    """The files below ``folder`` by name, without hidden ones and linked folders."""
    try:
        with os.scandir(folder) as entries:
            listed = sorted(entries, key=lambda entry: entry.name)
    except OSError as error:
        yield InputError(folder, _reason(error))
        return
    for entry in listed:
        if entry.name.startswith("."):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _files(entry.path)
        elif not entry.is_dir():
            yield entry.path


def _tried_file(name: str, options: Options) -> Iterator[Found]:
    try:
        yield from _read_file(name, options)
    except InputError as error:
        yield error
    except (OSError, ValueError) as error:
        yield InputError(name, _reason(error))


def _read_file(name: str, options: Options) -> Iterator[Found]:
    path = Path(name)
    suffix = path.suffix.lower()
    with path.open("rb") as stream:
        if _archive(name, stream.peek(_HEAD)[:_HEAD], options):
            yield from _read_archive(name, stream, options, "file")
        elif unsupported_suffix(suffix):
            raise InputError(name, _unsupported(suffix))
        elif suffix in _LINES and options.as_ in ("auto", "json"):
            for result, line in articles_in_lines(name, stream, options):
                yield captured(result, line, "file", name)
        else:
            yield from _read_stream(name, suffix, stream, options)


def _reason(error: OSError | ValueError) -> str:
    """What went wrong, in words, without the name of the file."""
    if isinstance(error, OSError) and error.strerror:
        return f"could not be read: {error.strerror[0].lower()}{error.strerror[1:]}"
    return f"could not be read: {error}"
