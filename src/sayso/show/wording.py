"""Records in words: what a figure says, whether speech is direct."""

from sayso.records import Figure, Span, Statement
from sayso.show.plain import line, number

_BOUNDS = {
    "about": "about ",
    "nearly": "nearly ",
    "at_least": "at least ",
    "more_than": "more than ",
    "at_most": "at most ",
    "less_than": "less than ",
}


def meaning(figure: Figure, whose: str, whole: str) -> str:
    """What a figure says: its bounds, what is counted, what happened to it, whose it is.

    Args:
        figure: the figure.
        whose: the names of the actors whose it is, or empty.
        whole: the words of the figure that it is a part of, or empty.
    """
    counted = line(figure.counted.text) if figure.counted else ""
    # Units are named in the singular; a label in brackets says so better than a wrong plural.
    named = figure.unit and not figure.currency and figure.unit_kind != "share"
    unit = f"[{line(figure.unit or '')}]" if named else ""
    parts = [
        " ".join(filter(None, [amount(figure), unit, counted])),
        (figure.kind or "").replace("_", " "),
        f"of {whose}" if whose else "",
        {"up": "a rise", "down": "a fall"}.get(figure.change or "", ""),
        "in addition" if figure.measure == "increment" else "",
        f"as of {figure.as_of.value}" if figure.as_of else "",
        f"since {figure.since.value}" if figure.since else "",
        f"in {line(figure.place.text)}" if figure.place else "",
        f"part of “{whole}”" if whole else "",
    ]
    return "; ".join(filter(None, parts))


def amount(figure: Figure) -> str:
    """The value with its bound, or the range: ``at least 4,000``, ``10,000–12,000``."""

    def said(value: float) -> str:
        return number(value, figure.unit_kind, figure.currency)

    if figure.value is not None:
        return _BOUNDS.get(figure.bound, "") + said(figure.value)
    ends = [said(end) for end in (figure.low, figure.high) if end is not None]
    if figure.bound == "vague":
        return f"some {'–'.join(ends)}" if ends else "an unstated number"
    return "–".join(ends)


def form(statement: Statement) -> str:
    """``direct``, ``mixed`` or ``indirect`` speech, by how much of the content is verbatim."""
    quoted = sum(map(_letters, statement.quotes))
    if not quoted:
        return "indirect"
    return "direct" if quoted >= 0.9 * sum(map(_letters, statement.content)) else "mixed"


def _letters(span: Span) -> int:
    return sum(map(str.isalnum, span.text))
