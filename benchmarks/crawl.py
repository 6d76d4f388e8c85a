"""How quick a crawl is, where its time goes, and whether its memory stays flat.

Run as ``make bench-crawl``; ``PAGES=600`` makes it a short run. Writes a WARC file of news pages
made by program from the sample articles, every tenth a copy of another under another address,
crawls it with one process and with one a core, and prints pages a second, the ratio, the seconds of
each stage, and the memory of all processes after 500 pages and at the end.
"""

import argparse
import gzip
import html
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from memory import held_by
from read import made_texts

#: Goals: times one core, share of the time that is reading in all its stages, memory at the end.
SPEEDUP_GOAL, READING_GOAL, MEMORY_GOAL = 1.7, 0.85, 0.10
#: Pages after which the memory is compared with that of the end.
EARLY = 500
_FURNITURE = "".join(
    f'<li><a href="/{name.lower()}">{name}</a></li>'
    for name in ("Home", "World", "Business", "Sport", "Weather", "Opinion", "Contact", "Subscribe")
)


def write(path: Path, count: int, longest: int = 20) -> None:
    """A WARC file of so many pages of so many paragraphs at most, each in a gzip member."""
    chance = random.Random(7)
    kept: list[str] = []
    with path.open("wb") as out:
        for number, text in enumerate(made_texts(count, chance)):
            text = "\n\n".join(text.split("\n\n")[:longest])
            body = chance.choice(kept) if kept and number % 10 == 9 else text
            kept = [*kept[-50:], body]
            out.write(gzip.compress(_record(number, body, chance), 6))


def _record(number: int, text: str, chance: random.Random) -> bytes:
    url = f"https://outlet{chance.randint(1, 40)}.example/2031/03/04/story-{number}"
    paragraphs = [f"<p>{html.escape(part)}</p>" for part in text.split("\n\n")]
    headline = html.escape(text.split(". ")[0][:90])
    page = (
        f"<!DOCTYPE html><html lang=en><head><title>{headline}</title>"
        '<meta property="article:published_time" content="2031-03-04T08:00:00Z"></head><body>'
        f"<nav><ul>{_FURNITURE}</ul></nav><article><h1>{headline}</h1>{''.join(paragraphs)}"
        f"</article><aside><h2>More</h2><ul>{_FURNITURE}</ul></aside><footer>All rights"
        " reserved</footer></body></html>"
    ).encode()
    answer = (
        f"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n"
        f"Content-Length: {len(page)}\r\n\r\n"
    ).encode() + page
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\n"
        f"WARC-Date: 2031-03-04T09:00:00Z\r\nWARC-Record-ID: <urn:uuid:{number:032x}>\r\n"
        "Content-Type: application/http; msgtype=response\r\n"
        f"Content-Length: {len(answer)}\r\n\r\n"
    )
    return head.encode() + answer + b"\r\n\r\n"


def crawled(path: Path, out: Path, processes: int) -> tuple[dict[str, Any], list[tuple[int, int]]]:
    """One crawl: its summary, and pages read with bytes held by all processes, twice a second."""
    command = [sys.executable, "-m", "sayso", "crawl", str(path), "--out", str(out), "--json"]
    process = subprocess.Popen(
        [*command, "--processes", str(processes)], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    held: list[tuple[int, int]] = []
    while process.poll() is None:
        read = len(list(out.glob("work/*.readings.*.parquet")))
        if read:
            held.append((read * 32, held_by(process.pid)))
        time.sleep(0.5)
    assert process.stdout is not None
    summary: dict[str, Any] = json.loads(process.stdout.read())
    return summary, held


def report(name: str, value: float, goal: str = "", *, reached: bool = True) -> None:
    """One line."""
    print(f"{name:<52}{value:>10.3f}   {goal}{'' if reached else '   NOT REACHED'}")


def main(pages: int) -> None:
    """Run the benchmark and print its table."""
    cores = os.cpu_count() or 1
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "made.warc.gz"
        write(path, pages)
        one, _ = crawled(path, Path(folder) / "one", 1)
        many, held = crawled(path, Path(folder) / "many", cores)
    print(f"{pages} pages, {many['read']} read, {many['copies']} copies, {many['near']} near")
    report("pages a second, one process", pages / one["wall"])
    report(f"pages a second, {cores} processes", pages / many["wall"])
    ratio = one["wall"] / many["wall"]
    report("times one process", ratio, f"goal {SPEEDUP_GOAL}", reached=ratio >= SPEEDUP_GOAL)
    for stage, seconds in sorted(many["seconds"].items()):
        report(f"seconds of {stage}, all processes", seconds)
    share = sum(many["seconds"].values()) / many["wall"] / cores
    goal = f"goal {READING_GOAL}"
    report("share of the time that these are", share, goal, reached=share >= READING_GOAL)
    words = many["words"] / (many["seconds"]["read"] / 3600)
    report("words read an hour of one core", words)
    report("pages extracted an hour of one core", pages / (many["seconds"]["extract"] / 3600))
    early = [memory for read, memory in held if EARLY <= read < EARLY + 200]
    late = [memory for _, memory in held[-20:]]
    if early and late:
        growth = statistics.median(late) / statistics.median(early) - 1
        report(f"MB held after {EARLY} pages", statistics.median(early) / 1e6)
        report("MB held at the end", statistics.median(late) / 1e6)
        goal = f"goal {MEMORY_GOAL}"
        report("more or less than then", growth, goal, reached=abs(growth) <= MEMORY_GOAL)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pages", nargs="?", type=int, default=3000)
    main(parser.parse_args().pages)
