"""The scores of ``sayso eval`` on the terminal."""

from rich.console import Console
from rich.table import Table
from rich.text import Text

from sayso.evaluation import Report
from sayso.show.plain import count, line

_LISTS = ("missed", "spurious", "wrong")


def print_report(console: Console, report: Report, details: bool = True) -> None:
    """Print the pooled scores, and file by file what was missed, spurious or wrong.

    Args:
        console: where to.
        report: the scores.
        details: also list what is not right.
    """
    if details:
        for file in report.files:
            console.print(Text(f"{line(file.gold)}  ({line(file.input)})", "bold"))
            for name in _LISTS:
                for item in getattr(file.scores, name):
                    console.print(Text(f"  {name:<9}{line(item)}", "dim"))
            console.print()
    table = Table.grid(padding=(0, 2, 0, 0))
    for _ in range(4):
        table.add_column()
    for row in report.rows():
        counts = f"{row.right} of {row.total}" if row.total is not None else ""
        score = f"{row.score:.3f}" if row.score is not None else "–"
        table.add_row(
            Text(row.metric), Text(score, "bold", justify="right"), Text(counts, justify="right")
        )
    console.print(Text(f"Scores over {count(len(report.files), 'gold file')}", "bold cyan"))
    console.print(table)
