"""Exports of press databases: do they come apart in linear time, are other files told to be none?

Run as ``PYTHONPATH=. python benchmarks/press.py [FOLDER…]``. Reads files of 125, 500 and 2,000
articles of each layout of the tests (seconds to read the file, and to take it apart), and looks
whether any file of the folders is told to be an export.
"""

import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from tests.pages.press_layouts import LAYOUTS, STORIES, Story

from sayso.pages.documents.docx import read_docx
from sayso.pages.documents.html import read_html
from sayso.pages.documents.rtf import read_rtf
from sayso.pages.press.exports import export_in_html, export_in_text, export_of
from sayso.pages.press.marks import is_marked

SIZES = (125, 500, 2000)


def layout(name: str, make: Callable[[Sequence[Story]], bytes]) -> None:
    """Print the seconds of one layout."""
    times = []
    for size in SIZES:
        data = make([STORIES[at % len(STORIES)] for at in range(size)])
        begun = time.perf_counter()
        if name.endswith(".txt"):
            read = begun
            export = export_in_text(data.decode())
        else:
            if name.endswith(".html"):
                document = read_html(data.decode())
            else:
                document = (read_docx if name.endswith(".docx") else read_rtf)(name, data)
            read = time.perf_counter()
            export = export_of(document)
        assert export is not None
        assert len(export.drafts) == size
        times.append(f"{read - begun:.2f} + {time.perf_counter() - read:.2f}")
    print(f"{name:14}", *times, sep="  ")


def others(folders: Sequence[str]) -> None:
    """Print how many files there are, how many are told, and the seconds."""
    files = told = characters = 0
    seconds = 0.0
    for path in (path for folder in folders for path in sorted(Path(folder).rglob("*"))):
        if path.suffix.lower() not in (".html", ".htm", ".txt", ".md"):
            continue
        text = path.read_text(encoding="utf-8", errors="replace")
        begun = time.perf_counter()
        marked = is_marked(text)
        seconds += time.perf_counter() - begun
        files, characters = files + 1, characters + len(text)
        if marked and (export_in_html if "<html" in text.lower() else export_in_text)(text):
            told += 1
            print("told:", path)
    print(f"{told} of {files:,} files told, {1e9 * seconds / max(1, characters):.0f} ms a megabyte")


if __name__ == "__main__":
    for name, make in LAYOUTS.items():
        layout(name, make)
    others(sys.argv[1:])
