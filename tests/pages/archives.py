"""WARC files for the tests, written by hand so that each part of them can be wrong."""

import gzip

HTML = "<html><body><h1>{0}</h1><p>{1}</p></body></html>"
SENTENCE = "The army of Tamor said on Friday that it had not fired at the dam."


def http(
    body: bytes | str = HTML.format("Army denies firing", SENTENCE),
    type: str | None = "text/html; charset=utf-8",
    status: str = "200 OK",
    **headers: str,
) -> bytes:
    """An HTTP response; names of ``headers`` have ``_`` for ``-``."""
    lines = [f"HTTP/1.1 {status}"]
    if type is not None:
        lines.append(f"Content-Type: {type}")
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    data = body.encode() if isinstance(body, str) else body
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + data


def record(
    block: bytes,
    url: str | None = "https://gazette.example/a",
    type: str = "response",
    length: int | str | None = None,
    **headers: str,
) -> bytes:
    """A WARC record; ``length`` is what it says of its length, where that is not true."""
    lines = ["WARC/1.0", f"WARC-Type: {type}"]
    if url is not None:
        lines.append(f"WARC-Target-URI: {url}")
    lines += [
        "WARC-Date: 2024-05-03T10:20:30Z",
        "WARC-Record-ID: <urn:uuid:6b4a3e9c-0000-4000-8000-000000000001>",
        "Content-Type: application/http; msgtype=response",
        f"Content-Length: {len(block) if length is None else length}",
    ]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + block + b"\r\n\r\n"


def page(url: str, sentence: str = SENTENCE, **headers: str) -> bytes:
    """The record of a good page."""
    body = HTML.format(f"Story of {url}", sentence)
    return record(http(body), url=url, **headers)


def packed(*records: bytes) -> bytes:
    """Each record in a gzip member of its own."""
    return b"".join(gzip.compress(one, mtime=0) for one in records)
