"""A soak of ``sayso follow`` against a local server that misbehaves, killed at random moments.

``make bench-follow`` takes five minutes. Each port of the server is a host: a feed of articles of
which some answer 503 or 429 first, break off first, redirect into a trap, are closed by robots.txt,
or are bombs. The program is killed (SIGKILL) again and again, then run to its end, then once more.
What is printed is what the server saw and what the ledger holds.
"""

import argparse
import gzip
import itertools
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from sayso.ledger.ledger import Ledger

BOMB = gzip.compress(b" " * 30_000_000)
#: What the page of a number does, by number modulo 20; all others are good.
DOES = {3: "503", 7: "429", 9: "short", 11: "private", 13: "closed", 15: "bomb", 17: "slow"}
LOST = {"private", "closed", "bomb"}


class Host(ThreadingHTTPServer):
    """A host with a feed of ``pages`` articles."""

    def __init__(self, pages: int, trap: str) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.base = f"http://127.0.0.1:{self.server_address[1]}"
        self.pages, self.trap = pages, trap
        self.asked: list[tuple[float, float, str, int]] = []
        self.lock, self.open, self.most_open = threading.Lock(), 0, 0

    def link(self, number: int) -> str:
        """The path of an article."""
        closed = "closed/" if DOES.get(number % 20) == "closed" else ""
        return f"/{closed}2026/05/story-{number}-about-the-bridge.html"

    def expected(self) -> set[str]:
        """The addresses of the articles that can be read."""
        good = (n for n in range(self.pages) if DOES.get(n % 20) not in LOST)
        return {self.base + self.link(number) for number in good}


class Handler(BaseHTTPRequestHandler):
    """Answers as ``DOES`` says."""

    server: Host

    def do_GET(self) -> None:
        """Answer, and note when."""
        host = self.server
        with host.lock:
            host.open += 1
            host.most_open = max(host.open, host.most_open)
            before = sum(path == self.path for _, _, path, _ in host.asked)
        start, status = time.time(), 500
        self.sent = start
        try:
            status = self.answer(before)
        except OSError:
            status = 0  # the other side was killed
        finally:
            with host.lock:
                host.open -= 1
                host.asked.append((start, self.sent, self.path, status))

    def answer(self, before: int) -> int:
        """Answer a path that was asked for ``before`` times; the status."""
        host = self.server
        if self.path == "/robots.txt":
            return self.send(b"User-agent: *\nDisallow: /closed/\n")
        if self.path == "/rss":
            if self.headers["If-None-Match"] == '"feed"':
                return self.send(b"", 304)
            links = (f"<item><link>{host.link(n)}</link></item>" for n in range(host.pages))
            feed = f'<rss version="2.0"><channel>{"".join(links)}</channel></rss>'
            return self.send(feed.encode(), ETag='"feed"')
        if not self.path.startswith(("/2026/", "/closed/")):
            return self.send(b"", 404)
        number = int(self.path.split("-")[1])
        does = DOES.get(number % 20, "")
        said = f"Mayor Orla Venn said on Friday that {number} soldiers had been killed there."
        page = f"<html><body><h1>Toll {number}</h1>{f'<p>{said}</p>' * 3}</body></html>".encode()
        if does in ("503", "429") and not before:
            return self.send(b"", int(does), Retry_After="3")
        if does == "private":
            return self.send(b"", 302, Location=host.trap)
        if does == "bomb":
            return self.send(BOMB, Content_Encoding="gzip")
        if does == "slow":
            time.sleep(1)
        return self.send(page, short=99 * (does == "short" and not before), ETag='"page"')

    def send(self, body: bytes, status: int = 200, short: int = 0, **headers: str) -> int:
        """Send an answer; its status, or 0 where a part is left out."""
        self.sent = time.time()
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Type", "text/html" if self.path != "/rss" else "text/xml")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body[: len(body) - short])
        return 0 if short else status

    def log_message(self, format: str, *args: object) -> None:
        """Be quiet."""


@contextmanager
def hosts(count: int, pages: int) -> Iterator[tuple[list[Host], Host]]:
    """Hosts that run, and a trap that nobody may reach."""
    trap = Host(0, "")
    made = [Host(pages, f"{trap.base}/2026/05/story-0-trap.html") for _ in range(count)]
    for host in (*made, trap):
        threading.Thread(target=host.serve_forever, daemon=True).start()
    yield made, trap
    for host in (*made, trap):
        host.shutdown()


def run(command: list[str], seconds: float | None) -> int:
    """Run the program; kill it after ``seconds``. Its exit code."""
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as made:
        try:
            return made.wait(seconds)
        except subprocess.TimeoutExpired:
            os.kill(made.pid, signal.SIGKILL)
            return made.wait()


def main() -> None:
    """Run the soak and print its figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--hosts", type=int, default=3)
    parser.add_argument("--pages", type=int, default=40, help="of each host")
    parser.add_argument("--kills", type=int, default=12)
    parser.add_argument("--delay", type=float, default=0.2)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    chance = random.Random(given.seed)
    with tempfile.TemporaryDirectory() as folder, hosts(given.hosts, given.pages) as (all_, trap):
        feeds, ledger = Path(folder) / "feeds.toml", str(Path(folder) / "ledger.db")
        entries = "".join(f'[[feed]]\nurl = "{host.base}/rss"\n' for host in all_)
        feeds.write_text(f"delay = {given.delay}\n{entries}")
        command = [sys.executable, "-m", "sayso", "follow", str(feeds), "--ledger", ledger]
        command.append("--allow-private")
        start = time.time()
        killed = [run(command, chance.uniform(1, 10)) for _ in range(given.kills)].count(-9)
        code = run(command, None)
        took = time.time() - start
        before = sum(len(host.asked) for host in all_)
        again = run(command, None)
        after = sum(len(host.asked) for host in all_) - before
        expected = set().union(*(host.expected() for host in all_))
        with Ledger(ledger) as book:
            found = [(article["article"], article["version"]) for article in book.articles()]
            faults = book.verify()
        answered = Counter(
            (host.base, path) for host in all_ for *_, path, status in host.asked if status == 200
        )
        gaps = [
            later[0] - sooner[1]
            for host in all_
            for sooner, later in itertools.pairwise(sorted(host.asked))
        ]
        figures = {
            "articles": len(expected),
            "killed": killed,
            "exit": [code, again],
            "missing": len(expected - {name for name, _ in found}),
            "unexpected": len({name for name, _ in found} - expected),
            "twice": len(found) - len({name for name, _ in found}),
            "versions above 1": sum(version > 1 for _, version in found),
            "faults": faults,
            "requests": before,
            "asked for again though had": sum(
                n - 1 for (_, p), n in answered.items() if "/story" in p
            ),
            "requests of one more run": after,
            "least gap": round(min(gaps), 3),
            "most connections to one host": max(host.most_open for host in all_),
            "closed pages asked for": sum("/closed/" in p for h in all_ for *_, p, _ in h.asked),
            "requests at the trap": len(trap.asked),
            "seconds": round(took, 1),
        }
    print(json.dumps(figures, indent=1))


if __name__ == "__main__":
    main()
