"""Scores of marked tables: statements, figures, dates, events, places, agreements or actors."""

import tomllib
from pathlib import Path

from sayso.errors import GoldError
from sayso.evaluation.tallies import Scores


def score_table(path: Path) -> Scores:
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

        return score_figures(path)
    if "events" in first:
        from sayso.evaluation.events import score_events

        return score_events(path)
    if "marked" in first:
        from sayso.evaluation.actors import score_actors

        return score_actors(path)
    if "places" in first:
        from sayso.evaluation.places import score_places

        return score_places(path)
    if "agreements" in first:
        from sayso.evaluation.agreements import score_agreements

        return score_agreements(path)
    if "dates" in first:
        from sayso.evaluation.dates import score_dates

        return score_dates(path)
    from sayso.evaluation.marked import score_marked_texts

    return score_marked_texts(path)
