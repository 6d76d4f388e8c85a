"""How quick the desk is with 20 clients at once: seconds for 95 of 100 answers, by page.

    .venv/bin/python benchmarks/web.py LEDGER [--clients 20] [--each 20] [--pause 0] [--mixed]

LEDGER is one that ``make bench-ledger`` made, or any other. One server process answers; each client
(a thread, httpx) asks every page ``--each`` times about things that the ledger holds: one kind of
page after the other, or, with ``--mixed``, all in an order of its own. Between two questions it
waits ``--pause`` seconds on average; by default not at all, which fills the server. What is told
is the time from the request to the whole answer, others' work included; most articles are asked
for once, so that nearly all of their answers are worked out anew.
"""

import argparse
import math
import random
import socket
import statistics
import subprocess
import sys
import time
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import quote

import httpx

from sayso.ledger.ledger import Ledger

#: Seconds for 95 of 100 answers.
GOALS = {"article": 0.15}
GOAL = 0.2


def addresses(path: Path) -> dict[str, list[str]]:
    """What is asked of each page."""
    with Ledger(path) as book:
        many = book.counts()["articles"]
        starts = random.Random(2).sample(range(max(1, many - 50)), min(20, max(1, many // 50)))
        articles = [a for at in starts for a in book.articles(limit=50, offset=at)]
        actors = list(book.actors(limit=60))
        series = [one["id"] for one in book.figures(limit=30, ranged=True)]
        texts = [
            span.text
            for article in articles[:100]
            for said in book.article(article["id"]).reading.statements
            for span in said.content
        ]
    # words as they are said, the common ones often
    words = [word for text in texts for word in text.split() if word.isalpha() and len(word) > 4]
    words = random.Random(1).sample(words, min(200, len(words)))
    outlets = sorted({a["publisher"] for a in articles if a["publisher"]})
    return {
        "article": [f"/articles/{a['id']}" for a in articles],
        "articles": [f"/articles?offset={n * 50}" for n in range(40)],
        "articles, by outlet": [f"/articles?outlet={quote(name)}" for name in outlets],
        "actors": ["/actors", "/actors?kind=person", "/actors?kind=outlet"],
        "actor": [f"/actors/{a['id']}" for a in actors],
        "figures": ["/figures", *(f"/figures?q={quote(a['name'])}" for a in actors[:20])],
        "series": [f"/figures/{quote(id, safe='')}" for id in series],
        "origins": ["/origins", *(f"/origins?q={quote(word)}" for word in words[:40])],
        "conflicts": ["/conflicts"],
        "agreements": ["/agreements"],
        "timeline": ["/timeline"],
        "search": [f"/search?by=words&q={quote(word)}" for word in words],
        "front": ["/"],
    }


def main(ledger: Path, clients: int, each: int, pause: float, mixed: bool) -> None:
    """Serve the ledger, ask, and print."""
    asked = addresses(ledger)
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        port = held.getsockname()[1]
    base = f"http://127.0.0.1:{port}"
    command = ["-m", "sayso", "serve", "--readonly", "--ledger", str(ledger), "--port", str(port)]
    server = subprocess.Popen([sys.executable, *command], stdout=subprocess.DEVNULL)
    try:
        alone = _warm(base, asked)
        told: dict[str, list[float]] = defaultdict(list)
        rounds = [asked] if mixed else [{page: where} for page, where in asked.items()]
        with ThreadPoolExecutor(clients) as pool:
            for pages in rounds:
                runs = [pool.submit(_client, base, pages, each, pause, n) for n in range(clients)]
                for run in runs:
                    for page, seconds in run.result():
                        told[page].append(seconds)
    finally:
        server.kill()
        server.wait()
    print(f"{'page':22} {'alone':>8} {'median':>8} {'95 of 100':>10}   goal")
    for page, times in told.items():
        last = sorted(times)[math.ceil(0.95 * len(times)) - 1]
        goal = GOALS.get(page, GOAL)
        line = f"{page:22} {alone[page]:8.3f} {statistics.median(times):8.3f} {last:10.3f}   {goal}"
        print(line + ("" if last <= goal else "  missed"))


def _warm(base: str, asked: dict[str, list[str]]) -> dict[str, float]:
    """Wait for the server; the seconds of one answer of each page while nobody else asks."""
    for _ in range(600):
        try:
            httpx.get(f"{base}/articles?limit=1")
            break
        except httpx.HTTPError:
            time.sleep(0.1)
    found = {}
    with httpx.Client(base_url=base, timeout=300) as client:
        for page, where in asked.items():
            client.get(where[0])
            start = time.perf_counter()
            client.get(where[-1]).raise_for_status()
            found[page] = time.perf_counter() - start
    return found


def _client(
    base: str, asked: dict[str, list[str]], each: int, pause: float, number: int
) -> list[tuple[str, float]]:
    """One client's answers: page and seconds."""
    draw = random.Random(number)
    order = [page for page in asked for _ in range(each)]
    draw.shuffle(order)
    told = []
    with httpx.Client(base_url=base, timeout=300) as client:
        for page in order:
            address = draw.choice(asked[page])
            time.sleep(draw.uniform(0, 2 * pause))
            start = time.perf_counter()
            client.get(address).raise_for_status()
            told.append((page, time.perf_counter() - start))
    return told


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("ledger", type=Path)
    parser.add_argument("--clients", type=int, default=20)
    parser.add_argument("--each", type=int, default=20)
    parser.add_argument("--pause", type=float, default=0.0)
    parser.add_argument("--mixed", action="store_true")
    given = parser.parse_args()
    main(given.ledger, given.clients, given.each, given.pause, given.mixed)
