"""From gold files to a report: finding each one's article, reading it, scoring it."""

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import msgspec

from sayso.errors import GoldError, InputError, SaysoError
from sayso.evaluation.gold import Gold, load_gold
from sayso.evaluation.report import FileScores, Report
from sayso.evaluation.score import score
from sayso.records import Reading

#: How the article of a gold file that names none may end, the likeliest first.
_ENDINGS = (".txt", ".html", ".htm", ".json", ".jsonl")
#: "name.jsonl:12", line 12 of name.jsonl.
_LINE = re.compile(r"(.+):(\d{1,9})")

Named = str | Path


def evaluate(
    paths: Sequence[Named],
    *,
    inputs: Named | Sequence[Named] = (),
    readings: Named | Sequence[Named | Reading] = (),
    actors: Named | None = None,
) -> Report:
    """Score the readings of the articles that gold files are about.

    A gold file's article is, in this order: the reading of it among ``readings``; that of
    ``inputs``; the file's own ``input``; a file of the same stem beside it, or in the folder
    ``../articles`` or ``..`` as seen from it.

    Args:
        paths: the gold files.
        inputs: the articles' files, one a gold file in the same order, or of the same stem.
        readings: readings made before, or files of them (one a line, as ``sayso read --json``
            writes): matched to the gold files by the stem of their ``input``, else by order.
        actors: a table of actors to read with; by default the one that the gold file names.

    Raises:
        GoldError: a gold file or a file of readings is malformed, or its article is not found.
        InputError: an article cannot be read.
    """
    files = []
    for item in evaluate_each(paths, inputs=inputs, readings=readings, actors=actors):
        if isinstance(item, SaysoError):
            raise item
        files.append(item)
    return Report(tuple(files))


def evaluate_each(
    paths: Sequence[Named],
    *,
    inputs: Named | Sequence[Named] = (),
    readings: Named | Sequence[Named | Reading] = (),
    actors: Named | None = None,
) -> Iterator[FileScores | GoldError | InputError]:
    """As ``evaluate``, one gold file at a time: its scores, or why there are none.

    Raises:
        GoldError: ``readings`` names a file that cannot be read.
    """
    given = [Path(i) for i in ((inputs,) if isinstance(inputs, Named) else inputs)]
    made = list(_load_readings((readings,) if isinstance(readings, Named) else readings))
    for index, path in enumerate(paths):
        try:
            gold = load_gold(path)
            if made:
                reading = _made_reading(made, gold, index, len(paths))
            else:
                article = _article_of(gold, given, index, len(paths))
                reading = _read(article, gold, actors)
        except (GoldError, InputError) as error:
            yield error
        else:
            yield FileScores(str(path), reading.article.input, score(reading, gold))


def _load_readings(readings: Iterable[Named | Reading]) -> Iterator[Reading]:
    for item in readings:
        if isinstance(item, Reading):
            yield item
            continue
        try:
            lines = Path(item).read_bytes().splitlines()
        except OSError as error:
            raise GoldError(f"{item}: cannot be read: {error.strerror or error}") from error
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                yield msgspec.json.decode(line, type=Reading)
            except (msgspec.DecodeError, UnicodeDecodeError) as error:
                raise GoldError(f"{item}:{number}: is no reading: {error}") from error


def _made_reading(made: Sequence[Reading], gold: Gold, index: int, count: int) -> Reading:
    """The reading of the gold file's article: by its line, by its stem, by order."""
    name = Path(gold.input).name if gold.input else None
    wanted = {Path(gold.path).stem, *([name, _stem(name)] if name else [])}
    same = [reading for reading in made if Path(reading.article.input).name == name]
    same = same or [reading for reading in made if _stem(reading.article.input) in wanted]
    if len(same) == 1:
        return same[0]
    if len(made) == count:
        return made[index]
    raise GoldError(f"{gold.path}: none of the {len(made)} readings is of its article")


def _stem(name: str) -> str:
    """The file's stem: "two" of "folder/two.jsonl:1"."""
    line = _LINE.fullmatch(name)
    return Path(line[1] if line else name).stem


def _article_of(gold: Gold, given: Sequence[Path], index: int, count: int) -> Path:
    """Where the gold file's article is; a line of a file as ``name.jsonl:2``."""
    folder, stem = Path(gold.path).parent, Path(gold.path).stem
    if given:
        same = [path for path in given if _stem(str(path)) == stem]
        if len(same) == 1:
            return same[0]
        if len(given) == count:
            return given[index]
        raise GoldError(
            f"{gold.path}: none of the {len(given)} inputs is its article: give one a file"
        )
    if gold.input:
        return folder / gold.input
    for place in (folder, folder.parent / "articles", folder.parent):
        for ending in _ENDINGS:
            path = place / f"{stem}{ending}"
            if path.is_file() and not path.samefile(gold.path):
                return path
    raise GoldError(
        f"{gold.path}: names no article, and none of the stem {stem!r} stands beside it or in "
        f"../articles: give the article as an input"
    )


def _read(article: Path, gold: Gold, actors: Named | None) -> Reading:
    """The reading of one article, or of one line of a file."""
    from sayso.api import read_many

    if actors is None and gold.actors_file:
        actors = Path(gold.path).parent / gold.actors_file
    line = None if article.exists() else _LINE.fullmatch(str(article))
    found = list(read_many([line[1] if line else article], actors=actors))
    if line:
        found = [f for f in found if _input(f).endswith(f":{line[2]}")]
    if len(found) != 1:
        raise InputError(str(article), f"holds {len(found)} articles, a gold file is about one")
    if isinstance(found[0], InputError):
        raise found[0]
    return found[0]


def _input(item: Reading | InputError) -> str:
    return item.input if isinstance(item, InputError) else item.article.input
