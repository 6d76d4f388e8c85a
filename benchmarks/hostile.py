"""A WARC file of hostile records among good ones: is every good one read, every bad one counted?

Run as ``make bench-hostile``. Writes a file of ``RECORDS`` hostile records (``KINDS``, each with
what may become of it) with as many good pages between them, reads it as ``sayso read`` does, and
exits with 1 where a good page is missing, a bad one is not told or told wrongly, all processes
together take more than ``MEMORY``, or one record more than ``SECONDS``.
"""

import argparse
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from hostile_records import KINDS, READ, write

from sayso.pages.guarded import Extracted, Page, extract
from sayso.pages.warc import WarcPage, records

RECORDS = 1000
#: Goals: bytes of all processes, seconds of a record.
MEMORY, SECONDS = 1_500_000_000, 15.0


class Memory:
    """The most that this process and those that it started hold together, in bytes resident."""

    def __init__(self) -> None:
        self.peak = 0
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> "Memory":
        self._thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._over.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._over.wait(0.02):
            self.peak = max(self.peak, sum(map(_resident, _family())))


def _family() -> Iterator[int]:
    waiting = [threading.main_thread().native_id or 0]
    while waiting:
        process = waiting.pop()
        yield process
        for children in Path(f"/proc/{process}/task").glob("*/children"):
            try:
                waiting += map(int, children.read_text().split())
            except OSError:
                continue


def _resident(process: int) -> int:
    try:
        return int(Path(f"/proc/{process}/statm").read_text().split()[1]) * 4096
    except (OSError, IndexError):
        return 0


def read(path: Path) -> Iterator[tuple[int, str, float, str]]:
    """Offset, outcome, seconds and text of each record, as ``sayso read`` has them."""
    given: list[tuple[int, float, float]] = []
    told: list[tuple[int, str, float, str]] = []

    def pages(stream: Iterator[object]) -> Iterator[Page]:
        while True:
            start = time.perf_counter()
            found = next(stream, None)
            took = time.perf_counter() - start
            if found is None:
                return
            if isinstance(found, WarcPage):
                given.append((found.offset, took, time.perf_counter()))
                yield Page(str(found.offset), found.data, found.url, found.charset)
            else:
                told.append((found.offset, found.reason, took, ""))  # type: ignore[attr-defined]

    with path.open("rb") as file:
        for result in extract(pages(iter(records(path.name, file)))):
            offset, took, start = given.pop(0)
            took += time.perf_counter() - start
            if isinstance(result, Extracted):
                yield offset, READ, took, result.article.text
            else:
                yield offset, result.code, took, ""
    yield from told


def main() -> int:
    """Write, read, compare; the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=int, default=RECORDS)
    count = parser.parse_args().records
    outcomes: dict[str, Counter[str]] = defaultdict(Counter)
    slowest: dict[str, float] = defaultdict(float)
    wrong = 0
    with TemporaryDirectory() as folder:
        path = Path(folder) / "hostile.warc.gz"
        at = write(path, count)
        print(f"{count:,} hostile records, {count:,} good ones, {path.stat().st_size:,} bytes")
        start = time.perf_counter()
        with Memory() as memory:
            for offset, outcome, took, text in read(path):
                name, number = at.pop(offset, ("at no record", -1))
                wanted = KINDS[name].outcomes if name in KINDS else (READ,)
                if outcome == READ and f"number {number}." not in text:
                    outcome = "another text"
                outcomes[name][outcome] += 1
                slowest[name] = max(slowest[name], took)
                wrong += outcome not in wanted
        took = time.perf_counter() - start
    for name, counts in sorted(outcomes.items()):
        told = ", ".join(f"{outcome} {number}" for outcome, number in counts.items())
        print(f"{name or 'good page':42} {told:32} slowest {slowest[name]:6.2f} s")
    for name, _ in at.values():
        print(f"not told: {name or 'good page'}")
    wrong += len(at)
    most = max(slowest.values())
    print(f"{wrong} wrong or not told; {took:.0f} s in all, slowest record {most:.1f} s")
    print(f"all processes together at most {memory.peak / 1e6:,.0f} MB")
    return int(bool(wrong) or memory.peak > MEMORY or most > SECONDS)


if __name__ == "__main__":
    raise SystemExit(main())
