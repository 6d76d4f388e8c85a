"""How soon a server of the desk answers while many connections never finish what they ask.

    .venv/bin/python benchmarks/slow.py [CONNECTIONS] [SECONDS]

Each connection sends a byte of a request's head now and then; one that is closed is opened again.
"""

import contextlib
import selectors
import socket
import statistics
import sys
import threading
import time

import httpx
from uploads import started

HEAD = b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: "


def main(connections: int, seconds: int) -> None:
    """Start a server, beset it, and print how long others waited."""
    with started() as (base, _):
        for count in (0, connections):
            over = threading.Event()
            opened = [0]
            siege = threading.Thread(target=_siege, args=(base, count, over, opened))
            siege.start()
            time.sleep(2)
            waited = []
            until = time.monotonic() + seconds
            while time.monotonic() < until:
                began = time.monotonic()
                assert httpx.get(f"{base}/articles", timeout=60).status_code == 200
                waited.append(1000 * (time.monotonic() - began))
            over.set()
            siege.join()
            p95 = statistics.quantiles(waited, n=20)[-1]
            print(
                f"{count} slow connections, {opened[0]} opened in all: {len(waited)} answers,"
                f" median {statistics.median(waited):.0f} ms, p95 {p95:.0f} ms"
            )


def _siege(base: str, count: int, over: threading.Event, opened: list[int]) -> None:
    """Keep so many connections open, none of which comes to its end."""
    port = int(base.rsplit(":", 1)[1])
    held: dict[int, socket.socket] = {}
    with selectors.DefaultSelector() as waiting:
        while not over.is_set():
            while len(held) < count:
                one = socket.create_connection(("127.0.0.1", port))
                opened[0] += 1
                one.setblocking(False)
                one.send(HEAD)
                held[one.fileno()] = one
                waiting.register(one, selectors.EVENT_READ)
            for key, _ in waiting.select(timeout=0.2) if held else ():
                # a server that is there says nothing: it closed the connection
                waiting.unregister(key.fileobj)
                held.pop(key.fd).close()
            for one in held.values():
                with contextlib.suppress(OSError):
                    one.send(b"x")
            time.sleep(0.2)
    for one in held.values():
        one.close()


if __name__ == "__main__":
    given = [int(word) for word in sys.argv[1:3]]
    main(*given, *(1000, 20)[len(given) :])
