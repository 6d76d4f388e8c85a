"""A series as a picture: one mark a point, bars for what numbers leave open, colours by source."""

import warnings
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import IO, Any

from sayso.show.plain import line, shortened

#: Colours that people with any vision tell apart (Okabe and Ito), with marks that differ too.
COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000")
MARKS = ("o", "s", "^", "D", "v", "P", "X")
#: Sources that have an entry of their own in the legend; the rest share one.
SOURCES = 12
#: Length of an open end's arrow, in points.
ARROW = 20
#: Axes of fewer days show each of them.
SHORT = 12

#: Text as text, in a font that matplotlib brings, and the same ids each time.
SETTINGS: dict[Any, Any] = {
    "svg.hashsalt": "sayso",
    "svg.fonttype": "none",
    "font.family": "DejaVu Sans",
}


def plot(
    series: Sequence[Mapping[str, Any]],
    path: Path | IO[bytes],
    *,
    format: str | None = None,
) -> None:
    """Draw series, one panel each, into an SVG or PNG file; the same series give the same bytes.

    Args:
        series: answers of ``figures`` with points; a point with a ``link`` leads there (SVG).
        path: a file that ends in ``.svg`` or ``.png``, or a stream.
        format: ``svg`` or ``png``; by default as the file is named.
    """
    format = format or (path.suffix[1:] if isinstance(path, Path) else "svg")
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib.figure import Figure

    drawn = [one for one in series if any(_day(point["date"]) for point in one["points"])]
    panels = max(1, len(drawn))
    settings: dict[Any, Any] = {
        "svg.hashsalt": "sayso",
        "svg.fonttype": "none",
        "font.family": "DejaVu Sans",
    }
    with matplotlib.rc_context(settings):
        figure = Figure(figsize=(10, 0.4 + 4.2 * panels), layout="constrained")
        for at, one in enumerate(drawn):
            _panel(figure.add_subplot(panels, 1, at + 1), one)
        title = "; ".join(_plain(one["what"]) for one in drawn) or "nothing to draw"
        if format == "svg":
            words = {"Title": title, "Description": describe(drawn), "Date": None}
        else:
            words = {"Title": title, "Description": describe(drawn), "Software": None}
        with warnings.catch_warnings():
            # names in scripts that the font lacks: an SVG has them as text, a PNG shows boxes
            warnings.filterwarnings("ignore", "Glyph .* missing from font")
            figure.savefig(path, format=format, metadata=words, dpi=130)


def describe(series: Sequence[Mapping[str, Any]]) -> str:
    """What the picture shows, in words, for those who do not see it."""
    said = []
    for one in series:
        points = [
            f"{point['date']}: {line(point['wording'])}, {_source(point)}"
            for point in one["points"]
        ]
        said.append(f"{line(one['what'])}: {'; '.join(points)}")
    return ". ".join(said)


def _panel(axes: Any, series: Mapping[str, Any]) -> None:
    import matplotlib.dates
    from matplotlib.ticker import FuncFormatter

    dates: Any = matplotlib.dates

    points = [point for point in series["points"] if _day(point["date"])]
    names = list(dict.fromkeys(_source(point) for point in points))
    often = Counter(_source(point) for point in points).most_common(SOURCES - 1)
    kept = names if len(names) <= SOURCES else [name for name, _ in often]
    tops = [end for point in points for end in _ends(point) if end is not None]
    days = [dates.date2num(_day(point["date"])) for point in points]
    first, last = min(days) - 1, max(days) + 1
    beside: dict[float, int] = {}
    for place, name in enumerate([*kept, None] if kept != names else kept):
        colour = "#888888" if name is None else COLOURS[place % len(COLOURS)]
        mark = "." if name is None else MARKS[(place + place // len(COLOURS)) % len(MARKS)]
        label = f"{len(names) - len(kept)} other sources" if name is None else name
        for day, point in zip(days, points, strict=True):
            if (_source(point) in kept) if name is None else (_source(point) != name):
                continue
            # Marks of one day stand side by side.
            seat = beside.get(day, 0)
            beside[day] = seat + 1
            _mark(axes, day + seat * (last - first) * 0.015, point, colour, mark, label)
            label = "_"
    axes.set_title(_plain(shortened(series["what"], 90)), loc="left", fontsize=11)
    axes.set_ylabel(_plain(series["unit"]))
    space = 0.12 * (max(tops) - min(0, *tops)) or 1
    axes.set_ylim(min(0, min(tops) - space), max(tops) + space)
    axes.yaxis.set_major_formatter(FuncFormatter(_tick))
    locator: Any = dates.AutoDateLocator(minticks=3, maxticks=8)
    if last - first < SHORT:
        locator = dates.DayLocator()
    axes.xaxis_date()
    axes.xaxis.set_major_locator(locator)
    axes.xaxis.set_major_formatter(dates.ConciseDateFormatter(locator))
    margin = (last - first) * 0.03
    axes.set_xlim(first - margin, last + margin)
    axes.grid(axis="y", color="#DDDDDD", linewidth=0.7)
    axes.set_axisbelow(True)
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
    axes.legend(
        loc="upper left", bbox_to_anchor=(1.01, 1), frameon=False, fontsize=8, borderaxespad=0
    )


def _mark(
    axes: Any, x: float, point: Mapping[str, Any], colour: str, mark: str, label: str
) -> None:
    low, high, at = point["low"], point["high"], point["value"]
    face = colour if point["bound"] == "exact" else "white"
    style = {"color": colour, "markerfacecolor": face, "markersize": 6.5, "linestyle": "none"}
    if at is None:
        # Of a range no number in it is named: the bar is the mark.
        axes.plot([], [], mark, label=_plain(label), **style)
        ends = [end for end in (low, high) if end is not None]
        lines = axes.plot(
            [x] * len(ends), ends, "_", color=colour, markersize=11, markeredgewidth=2
        )
        lines += axes.plot([x] * len(ends), ends, color=colour, linewidth=2)
    else:
        lines = axes.plot([x], [at], mark, label=_plain(label), **style)
    for drawn in lines:
        drawn.set_url(point.get("link"))
    if at is None:
        return
    up = high is None or high > at
    down = low is None or low < at
    for open_end, end, length in ((up, high, ARROW), (down, low, -ARROW)):
        if open_end and end is None:
            axes.annotate(
                "",
                xy=(x, at),
                xytext=(0, length),
                textcoords="offset points",
                arrowprops={"arrowstyle": "<|-", "color": colour, "linewidth": 1.4, "shrinkB": 4},
            )
        elif open_end:
            axes.plot([x, x], [at, end], color=colour, linewidth=1.6, marker="_", markersize=9)


def _ends(point: Mapping[str, Any]) -> tuple[float | None, ...]:
    return point["value"], point["low"], point["high"]


def _source(point: Mapping[str, Any]) -> str:
    """The source of a point as the legend has it, with its side where that is told."""
    name = shortened(point["origin"] or point["source"] or "outlets' own voice", 44)
    return f"{name} ({point['stance']})" if point["stance"] in ("own", "opponent") else name


def _day(value: str | None) -> datetime | None:
    """The day of a date, of a month or a year its first."""
    if not value:
        return None
    parts = [int(part) for part in value[:10].split("-")]
    year, month, day = [*parts, 1, 1][:3]
    return datetime.combine(date(year, month, day), datetime.min.time())


def _tick(value: float, _: int) -> str:
    from sayso.show.plain import number

    return number(value)


def _plain(text: str) -> str:
    """Text that matplotlib takes letter for letter: no mathematics between dollar signs."""
    said = line(text).replace("$", r"\$")
    return said if not said.startswith("_") or said == "_" else f" {said}"
