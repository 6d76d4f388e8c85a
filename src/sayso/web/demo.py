"""The sample story, which ``sayso serve --demo`` opens on."""

from importlib import resources
from pathlib import Path

from sayso.errors import InputError

#: What its job is called.
STORY = "the sample story"


def samples() -> tuple[list[Path], Path]:
    """The files of the story and its file of actors: in the wheel, or in the repository."""
    home = Path(str(resources.files("sayso"))) / "samples"
    if not home.is_dir():
        home = Path(__file__).parents[3] / "samples"
    return sorted((home / "story").iterdir()), home / "actors.csv"


def add_samples(ledger: str, files: list[Path], actors: Path) -> int:
    """Read files into a ledger under their names alone; in the reading process.

    Where they lie on the server's disk is told nowhere.

    Returns:
        The number of articles.

    Raises:
        InputError: one cannot be read.
    """
    from sayso.api import readings_of
    from sayso.ledger.ledger import Ledger
    from sayso.pages import read_bytes

    found = [one for file in files for one in read_bytes(file.name, file.read_bytes())]
    pages = [one for one in found if not isinstance(one, InputError)]
    readings = readings_of([article for article, _ in pages], actors=actors)
    failed = [one for one in found if isinstance(one, InputError)]
    with Ledger(ledger) as book:
        for reading, (_, capture) in zip(readings, pages, strict=True):
            if isinstance(reading, InputError):
                failed.append(reading)
            else:
                book.add_reading(reading, capture, actors=actors)
    if failed:
        raise failed[0]
    return len(pages)
