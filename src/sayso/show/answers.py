"""A ledger's answers on a terminal: tables and fields, plain where the output is no terminal."""

from collections.abc import Iterable, Mapping, Sequence
from typing import IO, Any

from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from sayso.show.plain import line, safe
from sayso.show.terminal import console_for


def print_table(stream: IO[str], heads: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """A table; the cells' text is shown as it is, without control characters or markup."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    for head in heads:
        table.add_column(head, overflow="fold")
    for row in rows:
        table.add_row(*(Text(line(str(cell))) if cell is not None else Text("") for cell in row))
    console_for(stream).print(table)


def print_fields(stream: IO[str], fields: Mapping[str, Any]) -> None:
    """The fields of a record that are stated, one a line."""
    rows = [(name, _words(value)) for name, value in fields.items() if value not in (None, [], "")]
    print_table(stream, ("field", "value"), rows)


def _words(value: Any) -> str:
    if isinstance(value, dict):
        if "text" in value:
            return f"“{value['text']}”"
        return ", ".join(f"{key} {_words(item)}" for key, item in value.items() if item is not None)
    if isinstance(value, list | tuple):
        return "; ".join(map(_words, value))
    return str(value)


def print_found(stream: IO[str], found: Iterable[Mapping[str, Any]]) -> None:
    """Statements that were searched for: who by way of whom, then the words with the hits bold."""
    console = console_for(stream)
    number = 0
    for number, one in enumerate(found, 1):
        head = Text(f"{number}. ", "dim")
        head.append(" ▸ ".join(line(", ".join(link)) for link in one["chain"]) or "no one named")
        head.append(f"  {'not ' if one['negated'] else ''}{one['type']}", "bold magenta")
        beside = " · ".join(line(part) for part in (one["day"], one["publisher"]) if part)
        head.append(f"  {beside}", "dim")
        console.print(head)
        console.print(Padding(_marked(one["snippet"]), (0, 0, 0, 3)))
        console.print(Padding(Text(f"{line(one['article'])}  {one['id']}", "dim"), (0, 0, 0, 3)))
    if not number:
        console.print(Text("nothing found", "dim"))


def _marked(snippet: Mapping[str, Any]) -> Text:
    """The words of a snippet with its hits bold."""
    words = Text()
    at = 0
    for start, end in snippet["hits"]:
        words.append(safe(snippet["text"][at:start]))
        words.append(safe(snippet["text"][start:end]), "bold")
        at = end
    words.append(safe(snippet["text"][at:]))
    return words
