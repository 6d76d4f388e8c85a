"""Answers as lines of a table, for CSV: one line a line of the page, every line standing alone."""

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from sayso.exports.cells import as_text

Line = dict[str, Any]
Lines = Callable[[Mapping[str, Any]], Iterator[Line]]

_DUTY = ("type", "bound", "obligation", "condition", "invoked")


def written(lines: Iterable[Line]) -> bytes:
    """Lines of the same columns as CSV (UTF-8, RFC 4180)."""
    out = io.StringIO()
    writer = None
    for line in lines:
        if writer is None:
            writer = csv.DictWriter(out, list(line), lineterminator="\r\n")
            writer.writeheader()
        writer.writerow({name: _cell(value) for name, value in line.items()})
    return out.getvalue().encode("utf-8", "replace")


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return repr(int(value)) if float(value).is_integer() else repr(value)
    if isinstance(value, list | tuple):
        return as_text("; ".join(map(str, value)))
    return as_text(str(value))


def flat(answer: Mapping[str, Any]) -> Iterator[Line]:
    """An answer whose fields are its columns."""
    yield dict(answer)


def statements(answer: Mapping[str, Any]) -> Iterator[Line]:
    """A statement, with the actor that was asked for where there is one."""
    asked = {"actor": answer["actor"]["name"], "role": answer["role"]} if "actor" in answer else {}
    cue = answer["cue"]
    yield {
        **asked,
        "day": answer["day"],
        "chain": _chain(answer["chain"]),
        "type": answer["type"],
        "negated": answer["negated"],
        "cue": cue["text"] if cue else None,
        "text": answer["text"],
        "quotes": [span["text"] for span in answer["quotes"]],
        "confidence": answer["confidence"],
        **{k: answer[k] for k in ("publisher", "headline", "published", "article", "id")},
    }


def figures(answer: Mapping[str, Any]) -> Iterator[Line]:
    """A series: a line a point, or a line a party's range."""
    series = {name: answer[name] for name in ("what", "kind", "of", "unit")}
    for point in answer.get("points", ()):
        yield {**series, **point, "chain": _chain(point["chain"])}
    for range_ in answer.get("ranges", ()):
        yield {**series, **range_}


def origins(answer: Mapping[str, Any]) -> Iterator[Line]:
    """A claim, its origins by name."""
    yield {**answer, "origins": [origin["source"] for origin in answer["origins"]]}


def conflicts(answer: Mapping[str, Any]) -> Iterator[Line]:
    """A conflict, its two sides beside each other."""
    sides = {f"{side}_{k}": v for side in ("a", "b") for k, v in answer[side].items()}
    yield {"kind": answer["kind"], "about": answer["about"], **sides, "why": answer["why"]}


def agreements(answer: Mapping[str, Any]) -> Iterator[Line]:
    """A treaty: a line an obligation, or one line where none is known."""
    dates = ("signed", "ratified", "in_force", "ended")
    treaty = {
        **{k: answer[k] for k in ("name", "kind", "parties")},
        **{name: answer[name]["value"] if answer[name] else None for name in dates},
        **{k: answer[k] for k in ("duration", "articles", "id")},
    }
    for one in answer["obligations"]:
        condition = one["trigger"]["text"] if one["trigger"] else None
        duty = (one["type"], one["parties"], one["content"]["text"], condition, one["invoked"])
        yield treaty | dict(zip(_DUTY, duty, strict=True))
    if not answer["obligations"]:
        yield treaty | dict.fromkeys(_DUTY)


def _chain(links: Iterable[Iterable[str]]) -> str:
    """A chain of sources in words, from the outermost on."""
    return " → ".join(" and ".join(link) for link in links)
