"""A crawl that is killed again and again: does it end as one that nobody disturbed?

    .venv/bin/python benchmarks/kills.py [KILLS]

Crawls ``PAGES`` short made pages once without a break. Then the same into another folder, killed
(SIGKILL) after a random time, ``KILLS`` times (50 by default), each time gone on with by the same
command; a folder that is done before is begun anew. Exits with 1 where any file of a finished
folder differs.
"""

import argparse
import random
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from crawl import write

PAGES = 200
#: Seconds after which a run is killed, at least and at most.
SOON, LATE = 1.0, 9.0


def command(path: Path, out: Path) -> list[str]:
    """The command of one run."""
    return [
        sys.executable,
        "-m",
        "sayso",
        "crawl",
        str(path),
        "--out",
        str(out),
        "--processes",
        "2",
    ]


def files(out: Path) -> dict[str, bytes]:
    """What a crawl gives, by name."""
    return {
        str(path.relative_to(out)): path.read_bytes()
        for kind in ("pages", "readings")
        for path in (out / kind).glob("*.parquet")
    }


def run(path: Path, out: Path, seconds: float | None = None) -> bool:
    """One run, killed after some seconds; whether it came to its end."""
    process = subprocess.Popen(
        command(path, out), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
        return False
    return process.returncode == 0


def main(kills: int) -> int:
    """Run it; the exit code."""
    chance = random.Random(11)
    done = finished = wrong = 0
    with tempfile.TemporaryDirectory() as folder:
        path, whole, out = (Path(folder) / name for name in ("made.warc.gz", "whole", "out"))
        write(path, PAGES, longest=2)
        start = time.perf_counter()
        run(path, whole)
        alone = time.perf_counter() - start
        while done < kills or out.exists():
            ended = run(path, out, chance.uniform(SOON, LATE) if done < kills else None)
            done += not ended
            if ended:
                finished += 1
                wrong += files(out) != files(whole)
                shutil.rmtree(out)
    print(f"{PAGES} pages, {alone:.0f} s undisturbed")
    print(f"{done} kills, {finished} crawls ended all the same, {wrong} unlike the undisturbed one")
    return 1 if wrong or not finished else 0


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("kills", nargs="?", type=int, default=50)
    sys.exit(main(parser.parse_args().kills))
