"""What a server of the desk holds while many send too much: statuses, and its peak memory.

    .venv/bin/python benchmarks/uploads.py [CLIENTS] [MEGABYTES]

Half of the clients say how long their body is, the others do not; each sends once to the API and
once as a form. Linux alone: the peak is that of /proc.
"""

import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import httpx

from sayso.ledger.ledger import Ledger

PIECE = b"x" * 2**16


def main(clients: int, megabytes: int) -> None:
    """Start a server, send, and print what became of it."""
    with started() as (base, process):
        before = _peak(process)
        with ThreadPoolExecutor(clients) as pool:
            sent = [
                pool.submit(_send, f"{base}{path}", megabytes, stated=bool(number % 2))
                for number in range(clients)
                for path in ("/api/v1/read", "/read")
            ]
            statuses = Counter(future.result() for future in sent)
        print(f"{len(sent)} bodies of {megabytes} MB by {clients} clients: {dict(statuses)}")
        print(f"peak memory: {before} MB before, {_peak(process)} MB afterwards")
        print(f"and it still answers: {httpx.get(base).status_code}")


@contextmanager
def started() -> Iterator[tuple[str, int]]:
    """A server of its own over an empty ledger: its address, its process."""
    with tempfile.TemporaryDirectory() as folder:
        ledger = Path(folder) / "ledger.db"
        Ledger(ledger).close()
        command = [sys.executable, "-m", "sayso", "serve", "--port", "0", "--ledger", str(ledger)]
        server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        try:
            assert server.stdout is not None
            base = server.stdout.readline().split()[-1].rstrip("/")
            httpx.get(base, timeout=60)
            yield base, server.pid
        finally:
            server.kill()
            server.wait()


def _send(address: str, megabytes: int, *, stated: bool) -> str:
    headers = {"content-type": "application/json"}
    if address.endswith("/v1/read") is False:
        headers = {"content-type": "multipart/form-data; boundary=b"}
    size = megabytes * 2**20
    if stated:
        headers["content-length"] = str(size)
    try:
        answer = httpx.post(address, content=_body(size), headers=headers, timeout=120)
    except httpx.HTTPError as error:
        return type(error).__name__
    return str(answer.status_code)


def _body(size: int) -> Iterator[bytes]:
    head = b'--b\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\n'
    yield head
    left = size - len(head)
    while left > 0:
        yield PIECE[:left]
        left -= len(PIECE)


def _peak(process: int) -> int:
    """The most memory that a process has had, in MB."""
    status = Path(f"/proc/{process}/status").read_text()
    line = next(line for line in status.splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) // 1024


if __name__ == "__main__":
    given = [int(word) for word in sys.argv[1:3]]
    main(*given, *(20, 100)[len(given) :])
