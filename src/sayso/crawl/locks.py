"""Who works in a crawl's folder: one run at a time, and no process of one that was killed."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from sayso.errors import CrawlError


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """While this run works in a folder; what a killed one left half-written there is taken away.

    Raises:
        CrawlError: another run is at work in it.
    """
    with (folder / ".lock").open("ab") as stream:
        if not _locked(stream, alone=True, wait=False):
            raise CrawlError(f"{folder.parent}: another crawl is at work in it")
        # processes of a run that was killed may be at their last batch
        with (folder / ".working").open("ab") as others:
            _locked(others, alone=True)
            for leftover in folder.parent.rglob("*.new-*"):
                leftover.unlink(missing_ok=True)
        yield


@contextmanager
def working(folder: Path) -> Iterator[None]:
    """While a batch is done: a run that begins meanwhile waits for its end."""
    with (folder / ".working").open("ab") as stream:
        _locked(stream, alone=False)
        yield


def _locked(stream: IO[bytes], *, alone: bool, wait: bool = True) -> bool:
    """Lock an open file for oneself, or with others, until it is closed; whether it could be.

    Where the system has no such locks (Windows), nothing is locked.
    """
    try:
        import fcntl
    except ImportError:
        return True
    how = fcntl.LOCK_EX if alone else fcntl.LOCK_SH
    try:
        fcntl.flock(stream, how if wait else how | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
