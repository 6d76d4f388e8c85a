"""Scores of marked tables, whatever they mark: statements, figures or events."""

import tomllib
from dataclasses import dataclass
from pathlib import Path

from sayso.errors import GoldError
from sayso.evaluation.polnear import Tally


@dataclass(frozen=True)
class TableScores:
    """Counts by what is scored, and for each text with a fault what is wrong."""

    tallies: dict[str, Tally]
    faults: list[str]


def score_table(path: Path) -> TableScores:
    """Scores the reader on a table of marked texts (TOML, see ``corpus/README.md``).

    Raises:
        GoldError: the file is missing or is no such table.
        ModelError: a model is missing or is not the pinned one.
    """
    try:
        first = tomllib.loads(path.read_text(encoding="utf-8"))["case"][0]
    except (OSError, ValueError, KeyError, IndexError, TypeError) as error:
        raise GoldError(f"{path}: is no table of marked texts: {error!r}") from error
    if "figures" in first:
        from sayso.evaluation.figures import score_figures

        figures = score_figures(path)
        tallies = {
            f"{name}, {group}": tally
            for group, part in figures.tallies.items()
            for name, tally in part.items()
        }
        return TableScores(tallies, figures.faults)
    if "events" in first:
        from sayso.evaluation.events import score_events

        events = score_events(path)
        return TableScores(events.tallies, events.faults)
    from sayso.evaluation.marked import score_marked_texts

    statements = score_marked_texts(path)
    return TableScores(statements.tallies, statements.faults)
