"""``sayso eval``: scores readings against gold files."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from sayso.evaluation.tallies import Scores

EPILOG = """\b
Examples:
  sayso eval samples/gold/*.json
  sayso eval gold.json --input article.txt --json
  sayso eval --polnear dev.jsonl.gz
  sayso eval --marked corpus/chains-measure.toml --brief
  sayso eval --timex meantime/ --brief
  sayso eval --recognizers recognizers/Number/ --brief
"""
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_PATH = click.Path(exists=True, path_type=Path)


@click.command("eval", short_help="Score readings against gold files.", epilog=EPILOG)
@click.argument("gold", metavar="GOLD…", nargs=-1)
@click.option("--json", "as_json", is_flag=True, help="The scores as one JSON object on stdout.")
@click.option(
    "--input",
    "inputs",
    metavar="FILE",
    multiple=True,
    help="The article of a gold file, one a gold file in the same order or of the same name; "
    "by default the one that the gold file names or that stands beside it.",
)
@click.option(
    "--readings",
    metavar="FILE",
    multiple=True,
    type=_FILE,
    help="Score readings made before (by sayso read --json) instead of reading.",
)
@click.option("--actors", metavar="FILE", type=_FILE, help="A CSV file of actors to read with.")
@click.option(
    "--polnear",
    metavar="FILE",
    type=_FILE,
    help="Score attribution alone, on a file in PolNeAR's form (JSON Lines, plain or gzip).",
)
@click.option(
    "--marked",
    metavar="FILE",
    multiple=True,
    type=_FILE,
    help="Score statements, figures, dates, events or actors on a table of marked texts (TOML).",
)
@click.option(
    "--timex",
    metavar="PATH",
    multiple=True,
    type=_PATH,
    help="Score dates on TIMEX3 marks in MEANTIME's form (XML files, or a folder of them).",
)
@click.option(
    "--entities",
    metavar="PATH",
    multiple=True,
    type=_PATH,
    help="Score who is led to whom (B³) on entities marked in MEANTIME's form.",
)
@click.option(
    "--recognizers",
    metavar="PATH",
    multiple=True,
    type=_PATH,
    help="Count the cases of Recognizers-Text that are read right (JSON files, or a folder).",
)
@click.option("--brief", is_flag=True, help="The scores alone, without what is missed or wrong.")
@click.pass_context
def evaluate(
    context: click.Context,
    /,
    gold: tuple[str, ...],
    as_json: bool,
    inputs: tuple[str, ...],
    readings: tuple[Path, ...],
    actors: Path | None,
    polnear: Path | None,
    marked: tuple[Path, ...],
    timex: tuple[Path, ...],
    entities: tuple[Path, ...],
    recognizers: tuple[Path, ...],
    brief: bool,
) -> None:
    """Score readings against gold files: what a careful reader found in the same articles."""
    from sayso.errors import InputError
    from sayso.evaluation import FileScores, Report, evaluate_each
    from sayso.show.plain import line

    if not (gold or polnear or marked or timex or entities or recognizers):
        raise click.UsageError("name a gold file, or a file with --polnear, --marked or the like")
    if polnear is not None:
        _print_polnear(polnear, as_json)
    for path in marked:
        _print_marked(path, as_json, details=not brief)
    if timex:
        _print_timex(timex, as_json, details=not brief)
    if entities:
        _print_entities(entities, as_json)
    if recognizers:
        _print_recognizers(recognizers, as_json, details=not brief)
    files: list[FileScores] = []
    failed = False
    for item in evaluate_each(gold, inputs=inputs, readings=readings, actors=actors):
        if isinstance(item, FileScores):
            files.append(item)
        else:
            failed = True
            reason = f"{item.input}: {item.reason}" if isinstance(item, InputError) else str(item)
            click.echo(f"sayso: {line(reason)}", err=True)
    report = Report(tuple(files))
    if as_json and files:
        sys.stdout.buffer.write(report.to_json() + b"\n")
    elif files:
        from sayso.show.scores import print_report
        from sayso.show.terminal import console_for

        print_report(console_for(sys.stdout), report, details=not brief)
    context.exit(1 if failed else 0)


def _print_polnear(path: Path, as_json: bool) -> None:
    """Print precision, recall and F1 of each role and of the whole, of the model and the reader.

    As JSON the model's stand at the top, the reader's under ``reader``.
    """
    import msgspec

    from sayso.evaluation.polnear import score_polnear

    scores = score_polnear(path)
    if as_json:
        shown = {
            who: {
                name: {"precision": precision, "recall": recall, "f1": f1}
                for name, precision, recall, f1 in part.rows()
            }
            for who, part in scores.items()
        }
        whole = shown.pop("model") | shown
        sys.stdout.buffer.write(msgspec.json.encode(whole) + b"\n")
        return
    for who, part in scores.items():
        click.echo(who)
        for name, precision, recall, f1 in part.rows():
            click.echo(f"  {name:14}  P {precision:.3f}  R {recall:.3f}  F1 {f1:.3f}")


def _print_marked(path: Path, as_json: bool, details: bool) -> None:
    """Print the scores of a table of marked texts, and what is wrong in each text."""
    from sayso.evaluation.tables import score_table

    _print_scores(str(path), score_table(path), as_json, details)


def _print_recognizers(paths: tuple[Path, ...], as_json: bool, details: bool) -> None:
    """Print how many cases of each file are read right, and what is wrong in the others."""
    from sayso.evaluation.recognizers import score_recognizers

    names = " ".join(str(path) for path in paths)
    _print_scores(names, score_recognizers(paths), as_json, details)


def _print_scores(name: str, scores: "Scores", as_json: bool, details: bool) -> None:
    """Print tallies by name, and what is wrong in each text."""
    import msgspec

    from sayso.show.plain import line

    if as_json:
        shown = {
            label: {"right": t.right, "made": t.predicted, "marked": t.gold, "f1": t.f1}
            for label, t in scores.tallies.items()
        }
        sys.stdout.buffer.write(msgspec.json.encode({"file": name, "scores": shown}) + b"\n")
        return
    click.echo(line(name))
    for label, tally in scores.tallies.items():
        made = f" of {tally.predicted} made" if tally.predicted != tally.gold else ""
        click.echo(f"  {label:21} {tally.right} of {tally.gold}{made}  F1 {tally.f1:.3f}")
    if details:
        for fault in scores.faults:
            click.echo("\n".join(line(part) for part in fault.split("\n")))


def _print_timex(paths: tuple[Path, ...], as_json: bool, details: bool) -> None:
    """Print how the dates that are read meet the marks, and every fault."""
    import msgspec

    from sayso.evaluation.timex import evaluate as score_dates
    from sayso.show.plain import line

    score = score_dates(paths)
    if as_json:
        sys.stdout.buffer.write(msgspec.json.encode(score.as_dict()) + b"\n")
        return
    for fault in score.misses if details else ():
        click.echo(line(fault))
    for name, value in score.as_dict().items():
        click.echo(f"{name:16} {value:.3f}" if isinstance(value, float) else f"{name:16} {value}")


def _print_entities(paths: tuple[Path, ...], as_json: bool) -> None:
    """Print B³ of the actors that are read, and of a baseline that is told the mentions."""
    import msgspec

    from sayso.evaluation.entities import score_entities

    score = score_entities(paths)
    if as_json:
        shown: dict[str, object] = {"mentions": score.mentions, "met": score.met}
        for name, precision, recall, f1 in score.rows():
            shown[name] = {"precision": precision, "recall": recall, "f1": f1}
        sys.stdout.buffer.write(msgspec.json.encode(shown) + b"\n")
        return
    click.echo(f"mentions {score.mentions}, met by an actor {score.met}")
    for name, precision, recall, f1 in score.rows():
        click.echo(f"  {name:10}  B³ P {precision:.3f}  R {recall:.3f}  F1 {f1:.3f}")
