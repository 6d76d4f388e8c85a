"""CPU time of reading 100 articles against the bare parser on the same text, and of starting up.

Run as ``make bench``. The articles are made by program from the paragraphs of the sample articles,
with their numbers exchanged, so that no two are alike. Both sides run in one process, on one
thread, in batches of one size, with the model loaded before; of three rounds the middle ratio
counts.
"""

import os

os.environ["OMP_NUM_THREADS"] = "1"

import argparse
import random
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sayso
from sayso import reader
from sayso.reader.pipeline import BATCH, load_model, model_text
from sayso.records import Article

SAMPLES = Path(__file__).resolve().parent.parent / "samples"
ARTICLES = 100
ROUNDS = 3
GOAL = 3.0
ATTRIBUTION_GOAL = 1.4
START_GOAL = 0.3
#: The steps of ``sayso.reader.reading_of``, by the names under which it calls them.
STEPS = [
    name
    for name, value in vars(reader).items()
    if callable(value)
    and getattr(value, "__module__", "").startswith("sayso.reader.")
    and name not in ("analyse", "Analysis")
]


def sample_articles() -> list[Article]:
    """The sample articles, by the page reader alone."""
    paths = sorted(p for p in SAMPLES.iterdir() if p.suffix in (".txt", ".html", ".json", ".jsonl"))
    found = sayso.read_many(paths, only="article")
    return [item.article for item in found if not isinstance(item, sayso.InputError)]


def made_texts(count: int, chance: random.Random) -> Iterator[str]:
    """``count`` article bodies of 10 to 20 paragraphs of the samples, their numbers exchanged."""
    paragraphs = [
        article.text[block.start : block.end]
        for article in sample_articles()
        for block in article.blocks
        if block.kind not in ("headline", "subheading", "caption")
    ]
    for _ in range(count):
        picked = chance.sample(paragraphs, min(len(paragraphs), chance.randint(10, 20)))
        # Numbers of one and two digits stay, lest days of the month become impossible.
        yield "\n\n".join(
            re.sub(r"\b[1-9]\d{2}(?=\b|,)(?!\d)", lambda m: str(chance.randint(100, 999)), text)
            for text in picked
        )


@contextmanager
def timed(spent: "Counter[str]") -> Iterator[None]:
    """Meter every step of the reader, in seconds of CPU time."""
    held = {name: getattr(reader, name) for name in STEPS}

    def metered(name: str, step: Callable[..., Any]) -> Callable[..., Any]:
        def run(*args: Any, **kwargs: Any) -> Any:
            start = time.process_time()
            try:
                return step(*args, **kwargs)
            finally:
                spent[name] += time.process_time() - start  # type: ignore[assignment]

        return run

    for name, step in held.items():
        setattr(reader, name, metered(name, step))
    try:
        yield
    finally:
        for name, step in held.items():
            setattr(reader, name, step)


def clock(work: Callable[[], object]) -> float:
    """Seconds of CPU time of this process."""
    start = time.process_time()
    work()
    return time.process_time() - start


def start_up() -> float:
    """Seconds of CPU time of ``sayso --help``, the middle of five."""
    times = []
    for _ in range(5):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([sys.executable, "-m", "sayso", "--help"], check=True, capture_output=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        times.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return statistics.median(times)


def main() -> int:
    """Run, print, and fail where a goal is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=ARTICLES)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    wanted = parser.parse_args()

    nlp = load_model()
    with tempfile.TemporaryDirectory() as kept:
        folder = Path(kept)
        for number, text in enumerate(made_texts(wanted.articles, random.Random(2024))):
            (folder / f"{number:04}.txt").write_text(text, encoding="utf-8")
        found = list(sayso.read_many([folder], only="article"))
        articles = [r.article for r in found if not isinstance(r, sayso.InputError)]
        texts = [model_text(article) for article in articles]
        words = sum(len(text.split()) for text in texts)

        def bare() -> None:
            for _ in nlp.pipe(texts, batch_size=BATCH):
                pass

        def read() -> None:
            for reading in sayso.read_many([folder]):
                assert not isinstance(reading, sayso.InputError), reading
                reading.to_json()

        def pages() -> None:
            for _ in sayso.read_many([folder], only="article"):
                pass

        clock(
            lambda: list(sayso.read_many([next(folder.iterdir())]))
        )  # loads lexicons and libraries
        spent: Counter[str] = Counter()
        bares, reads = [], []
        with timed(spent):
            for _ in range(wanted.rounds):
                bares.append(clock(bare))
                reads.append(clock(read))
        page_time = clock(pages)

    ratio = statistics.median(r / b for r, b in zip(reads, bares, strict=True))
    bare_time, read_time = statistics.median(bares), statistics.median(reads)
    started = start_up()
    print(
        f"{len(articles)} articles, {words:,} words, {wanted.rounds} rounds, CPU seconds (middle)"
    )
    print(f"  bare parser      {bare_time:7.2f}   {words / bare_time:8,.0f} words/s")
    print(f"  sayso read       {read_time:7.2f}   {words / read_time:8,.0f} words/s")
    print(f"  ratio            {ratio:7.2f}   goal: at most {GOAL}")
    print("of which, as a share of the bare parser's time")
    print(f"  {'page reader':<18}{page_time / bare_time:6.1%}")
    for name, seconds in spent.most_common():
        print(f"  {name:<18}{seconds / wanted.rounds / bare_time:6.1%}")
    attribution = spent["attribute"] / wanted.rounds / bare_time
    print(f"attribution        {attribution:7.2f}   goal: at most {ATTRIBUTION_GOAL}")
    print(f"sayso --help       {started:7.3f}   goal: under {START_GOAL}")
    return int(ratio > GOAL or attribution > ATTRIBUTION_GOAL or started >= START_GOAL)


if __name__ == "__main__":
    sys.exit(main())
