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
ARROW = 18
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
    with matplotlib.rc_context(SETTINGS):
        height = 0.4 + 4.2 * panels
        figure = Figure(figsize=(10, height))
        # set by hand: a layout that is worked out draws everything once more
        figure.subplots_adjust(0.09, 0.45 / height, 0.74, 1 - 0.4 / height, hspace=0.3)
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
    beside: Counter[float] = Counter()
    held: dict[str | None, list[tuple[float, Mapping[str, Any]]]] = {}
    for day, point in zip(days, points, strict=True):
        said = _source(point)
        # Marks of one day stand side by side.
        x = day + beside[day] * (last - first) * 0.015
        held.setdefault(said if said in kept else None, []).append((x, point))
        beside[day] += 1
    for place, name in enumerate([*kept, None] if kept != names else kept):
        colour = "#888888" if name is None else COLOURS[place % len(COLOURS)]
        mark = "." if name is None else MARKS[(place + place // len(COLOURS)) % len(MARKS)]
        label = f"{len(names) - len(kept)} other sources" if name is None else name
        _marks(axes, held.get(name, []), colour, mark, label)
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


def _marks(
    axes: Any,
    points: Sequence[tuple[float, Mapping[str, Any]]],
    colour: str,
    mark: str,
    label: str,
) -> None:
    """The points of one source, few things however many they are: marks, bars, arrows."""
    from matplotlib.collections import LineCollection

    named = [(x, point) for x, point in points if point["value"] is not None]
    faces = [colour if point["bound"] == "exact" else "white" for _, point in named]
    # a source that names no number has its mark in the legend all the same
    marks = axes.scatter(
        [x for x, _ in named],
        [point["value"] for _, point in named],
        s=42,
        c=faces or colour,
        marker=mark,
        edgecolors=colour,
        label=_plain(label),
        zorder=3,
    )
    marks.set_urls([point.get("link") for _, point in named])
    bars = [(x, ends, point) for x, point in points if (ends := _bar(point)) is not None]
    drawn = axes.add_collection(
        LineCollection(
            [((x, low), (x, high)) for x, (low, high), _ in bars], colors=colour, linewidths=1.8
        )
    )
    drawn.set_urls([point.get("link") for _, _, point in bars])
    caps = [(x, end, point) for x, ends, point in bars for end in ends if end != point["value"]]
    drawn = axes.scatter(
        [x for x, _, _ in caps], [end for _, end, _ in caps], s=90, c=colour, marker="_"
    )
    drawn.set_urls([point.get("link") for _, _, point in caps])
    for up in (True, False):
        open_ended = [(x, point) for x, point in named if _is_open(point, up)]
        if open_ended:
            axes.scatter(
                [x for x, _ in open_ended],
                [point["value"] for _, point in open_ended],
                s=(2 * ARROW) ** 2,
                c=colour,
                marker=_arrow(up),
                linewidths=1,
            )


def _bar(point: Mapping[str, Any]) -> tuple[float, float] | None:
    """From where to where the words let the number be; of an open end the mark is an arrow."""
    ends = sorted({end for end in _ends(point) if end is not None})
    return (ends[0], ends[-1]) if len(ends) > 1 or (ends and point["value"] is None) else None


def _is_open(point: Mapping[str, Any], up: bool) -> bool:
    """Whether the words name no highest (or lowest) number."""
    return point["high" if up else "low"] is None


def _arrow(up: bool) -> Any:
    """An arrow from the middle of a mark upwards or downwards, as a mark."""
    from matplotlib.path import Path as Outline

    way = 1.0 if up else -1.0
    points = [(0, 0.25), (0, 0.8), (-0.14, 0.72), (0, 1), (0.14, 0.72), (0, 0.8)]
    codes = [Outline.MOVETO, *[Outline.LINETO] * (len(points) - 1)]
    return Outline([(x, way * y) for x, y in points], codes)


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
