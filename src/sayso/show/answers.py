"""A ledger's answers on a terminal: tables and fields, plain where the output is no terminal."""

from collections.abc import Iterable, Mapping, Sequence
from typing import IO, Any

from rich.table import Table
from rich.text import Text

from sayso.show.plain import line
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
