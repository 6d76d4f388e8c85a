"""A server that is killed while it stores reviews loses none that it acknowledged.

``SAYSO_KILLS`` says how often it is killed.
"""

import os
import random
import socket
import subprocess
import sys
import time
from pathlib import Path
from threading import Thread

import httpx
import pytest

from sayso.ledger.ledger import Ledger

KILLS = int(os.environ.get("SAYSO_KILLS", "2"))


def _free_port() -> int:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        return int(held.getsockname()[1])


def _write(base: str, targets: list[str], kept: dict[int, str], name: str) -> None:
    """Send reviews until the server is gone, and keep what it acknowledged."""
    with httpx.Client(base_url=base, timeout=30) as client:
        for number in range(10_000):
            target = targets[number % len(targets)]
            body = {"target": target, "action": "note", "who": name, "note": f"{name} {number}"}
            try:
                answer = client.post("/api/v1/reviews", json=body)
            except httpx.HTTPError:
                return
            if answer.status_code != 201:
                return
            kept[answer.json()["review"]] = f"{name} {number}"


@pytest.mark.parametrize("kill", range(KILLS))
def test_no_acknowledged_review_is_lost(copy: Path, kill: int) -> None:
    with Ledger(copy) as book:
        article = next(book.articles())["id"]
        targets = [one["id"] for one in book.show(article)["record"]["statements"]]
    port = _free_port()
    base = f"http://127.0.0.1:{port}"
    serve = ["-m", "sayso", "serve", "--ledger", str(copy), "--port", str(port)]
    server = subprocess.Popen(
        [sys.executable, *serve], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    kept: dict[int, str] = {}
    try:
        for _ in range(600):
            try:
                httpx.get(f"{base}/api/v1/articles?limit=1")
                break
            except httpx.HTTPError:
                time.sleep(0.1)
        writers = [Thread(target=_write, args=(base, targets, kept, f"r{n}")) for n in range(3)]
        for writer in writers:
            writer.start()
        while len(kept) < 5:
            time.sleep(0.01)
        time.sleep(random.Random(kill).uniform(0, 0.5))
        server.kill()
        for writer in writers:
            writer.join()
    finally:
        server.kill()
        server.wait()
    assert len(kept) >= 5
    with Ledger(copy) as book:
        assert book.verify() == []
        log = {line.review: line.detail.get("note") for line in book.review_log()}
    assert kept.items() <= log.items()
