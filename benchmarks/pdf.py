"""How well articles are read out of PDF files, for instance of real pages that a browser printed.

    python benchmarks/pdf.py FOLDER TRUTH.json [--each]

``FOLDER`` holds ``NAME.pdf`` for entries of ``TRUTH.json``, which is as ``benchmarks/pages.py`` has
it. Scored is the body, as there: runs of four words, without headline and captions. Beside it, the
lines as PDFium gives them, and the page ``NAME.html`` itself, where ``--html FOLDER`` has it.
"""

import argparse
import json
import time
from pathlib import Path
from statistics import mean

from pages import harmonic, overlap
from sayso.errors import InputError
from sayso.pages import Options, article_from_text, read_bytes
from sayso.records import Article


def body_of(article: Article) -> str:
    """The text without headline and captions."""
    kept = (block for block in article.blocks if block.kind not in ("headline", "caption"))
    return "\n\n".join(article.text[block.start : block.end] for block in kept)


def read(path: Path) -> str:
    """The body of a file, as the program reads it."""
    for found in read_bytes(path.name, path.read_bytes()):
        if not isinstance(found, InputError):
            return body_of(found[0])
    return ""


def plainly(path: Path) -> str:
    """The body of the text that PDFium gives, read as copied text."""
    import pypdfium2

    with pypdfium2.PdfDocument(path) as file:
        text = "\n".join(page.get_textpage().get_text_range() for page in file)
    try:
        return body_of(article_from_text(text, Options(as_="page")))
    except InputError:
        return ""


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("truth", type=Path)
    parser.add_argument("--html", type=Path, help="the pages that were printed")
    parser.add_argument("--each", action="store_true", help="every file's F1")
    options = parser.parse_args()
    truth = json.loads(options.truth.read_text("utf-8"))
    names = [name for name in truth if (options.folder / f"{name}.pdf").exists()]
    ways = {
        "sayso": (read, options.folder, "pdf"),
        "lines of PDFium": (plainly, options.folder, "pdf"),
    }
    if options.html:
        ways["the page itself"] = (read, options.html, "html")
    rows = [["read from", "body F1", "precision", "recall", "files/s"], ["---"] * 5]
    for way, (reader, folder, suffix) in ways.items():
        start = time.perf_counter()
        bodies = {name: reader(folder / f"{name}.{suffix}") for name in names}
        spent = time.perf_counter() - start
        scores = {name: overlap(bodies[name], truth[name]["body"]) for name in names}
        precision, recall = (mean(one[at] for one in scores.values()) for at in (0, 1))
        shown = [f"{harmonic(precision, recall):.3f}", f"{precision:.3f}", f"{recall:.3f}"]
        rows.append([way, *shown, f"{len(names) / spent:.1f}"])
        if options.each:
            for name, (p, r) in sorted(scores.items(), key=lambda one: harmonic(*one[1])):
                print(f"{way}  {name}  {harmonic(p, r):.3f}  {p:.3f}  {r:.3f}")
    print(f"{len(names)} files")
    for row in rows:
        print(f"| {' | '.join(row)} |")


if __name__ == "__main__":
    main()
