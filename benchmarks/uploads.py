"""What a server of the desk holds while many send too much: statuses, and its peak memory.

    .venv/bin/python benchmarks/uploads.py [CLIENTS] [MEGABYTES]

Half of the clients say how long their body is, the others do not; each sends once to the API and
once as a form. Linux alone: the peak is that of /proc.
"""

import socket
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx

from sayso.ledger.ledger import Ledger

PIECE = b"x" * 2**16


def main(clients: int, megabytes: int) -> None:
    """Start a server, send, and print what became of it."""
    with tempfile.TemporaryDirectory() as folder:
        ledger = Path(folder) / "ledger.db"
        Ledger(ledger).close()
        with socket.socket() as held:
            held.bind(("127.0.0.1", 0))
            port = held.getsockname()[1]
        command = [sys.executable, "-m", "sayso", "serve", "--port", str(port)]
        server = subprocess.Popen([*command, "--ledger", str(ledger)], stdout=subprocess.DEVNULL)
        base = f"http://127.0.0.1:{port}"
        try:
            _wait(base)
            before = _peak(server.pid)
            with ThreadPoolExecutor(clients) as pool:
                sent = [
                    pool.submit(_send, f"{base}{path}", megabytes, stated=bool(number % 2))
                    for number in range(clients)
                    for path in ("/api/v1/read", "/read")
                ]
                statuses = Counter(future.result() for future in sent)
            print(f"{len(sent)} bodies of {megabytes} MB by {clients} clients: {dict(statuses)}")
            print(f"peak memory: {before} MB before, {_peak(server.pid)} MB afterwards")
            print(f"and it still answers: {httpx.get(base).status_code}")
        finally:
            server.kill()
            server.wait()


def _wait(base: str) -> None:
    for _ in range(600):
        try:
            httpx.get(base)
            return
        except httpx.HTTPError:
            time.sleep(0.1)


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
