"""A reading on the terminal.

Text of the article goes to the terminal through ``plain.line`` alone: no escape sequence in it is
obeyed, and rich's markup in it is not interpreted (only ``Text`` is printed).
"""

from collections.abc import Iterable
from typing import IO

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from sayso.records import Reading
from sayso.show.plain import count, line, shortened
from sayso.show.view import Claim, Fact, FigureLine, View

#: Columns where the output is no terminal, and the most that lines of prose take on one.
WIDTH = 100


def console_for(stream: IO[str]) -> Console:
    """A console that prints to ``stream``: colour on a terminal alone, and none with NO_COLOR."""
    console = Console(file=stream, highlight=False, markup=False, emoji=False, soft_wrap=False)
    console.width = min(console.width, WIDTH) if console.is_terminal else WIDTH
    return console


def print_reading(console: Console, reading: Reading) -> None:
    """Print a reading in the order in which people ask of it."""
    view = View(reading)
    with console.capture() as captured:
        title = Text(shortened(view.title, console.width - 4), "bold")
        console.rule(title, characters="═", style="dim")
        for heading, body in _sections(view):
            console.print()
            console.print(Text(heading.upper(), "bold cyan"))
            console.print(Padding(body, (0, 0, 0, 2)))
    # Tables fill their cells with spaces, which are in the way where the output is kept.
    lines = (text.rstrip(" ") for text in captured.get().split("\n"))
    console.file.write("\n".join(lines) + "\n")
    console.file.flush()


def _sections(view: View) -> Iterable[tuple[str, RenderableType]]:
    unstated = [Text(f"not stated: {view.unstated}", "dim")] if view.unstated else []
    yield "The page states", Group(_facts(view.stated), *unstated)
    yield "Inferred", _facts(view.inferred) if view.inferred else Text("nothing", "dim")
    if view.reading.warnings:
        yield "Warnings", Group(*(Text(line(w), "yellow") for w in view.reading.warnings))
    yield "Who it rests on", _backers(view)
    yield "Figures, the weakest sourced first", _figures(view.figures)
    yield "Treaties and agreements", _treaties(view)
    yield "Denied or declined", _group([_short_claim(c) for c in view.refused], "nothing")
    yield (
        f"Claims in reading order ({len(view.claims)})",
        _group([_claim(c) for c in view.claims], "none found"),
    )
    yield "Events", _events(view)
    yield "Actors", _actors(view)


def _facts(facts: tuple[Fact, ...]) -> RenderableType:
    table = _grid(2)
    for fact in facts:
        said = Text(fact.value)
        said.append(f"  ({fact.reason})" if fact.reason else "", "dim")
        table.add_row(Text(fact.label, "dim"), said)
    return table


def _backers(view: View) -> RenderableType:
    parts: list[RenderableType] = []
    table = _grid(4)
    for backer in view.backers:
        table.add_row(
            Text(str(backer.claims), "bold", justify="right"),
            Text(backer.name),
            Text(backer.kind, "dim"),
            Text(count(backer.figures, "figure") if backer.figures else "", "dim"),
        )
    if view.backers:
        parts.append(table)
    else:
        parts.append(Text("no source that it names", "dim"))
    if view.nobody:
        parts.append(Text("and on nobody named:", "yellow"))
        parts += [_item(Text(words)) for words in view.nobody]
    return Group(*parts)


def _figures(figures: tuple[FigureLine, ...]) -> RenderableType:
    if not figures:
        return Text("none found", "dim")
    table = _grid(3)
    for figure in figures:
        weak = figure.support in ("none", "carried", "unnamed")
        support = Text(figure.support, "yellow" if weak else "green")
        words = Text(f"“{line(figure.figure.span.text)}”", "bold")
        words.append(f"  {figure.meaning}", "not bold")
        words.append(f"\non: {figure.rests_on}", "not bold dim")
        table.add_row(support, words, Text(figure.position, "dim"))
    return table


def _treaties(view: View) -> RenderableType:
    if not view.treaties:
        return Text("none found", "dim")
    parts: list[RenderableType] = []
    for treaty in view.treaties:
        head = Text(line(treaty.agreement.name), "bold")
        head.append(f"  ({line(treaty.agreement.kind)}) between {treaty.parties}", "not bold")
        table = _grid(2)
        for term in treaty.terms:
            table.add_row(Text(term.label, "dim"), Text(term.value))
        parts += [head, Padding(table, (0, 0, 0, 2))] if treaty.terms else [head]
    return Group(*parts)


def _claim(claim: Claim) -> RenderableType:
    statement = claim.statement
    head = _chain(claim)
    head.append(f"  {claim.type}", "bold magenta")
    head.append(f" · {claim.form} · {claim.position}", "dim")
    parts: list[RenderableType] = [head, Padding(_content(claim), (0, 0, 0, 2))]
    said = [
        ("cue", statement.cue.text if statement.cue else ""),
        ("on", statement.date.value if statement.date else ""),
        ("at", statement.venue.text if statement.venue else ""),
        ("to", statement.addressee.text if statement.addressee else ""),
        ("hedged", ", ".join(f"“{hedge.text}”" for hedge in statement.hedges)),
    ]
    aside = " · ".join(f"{label} {line(value)}" for label, value in said if value)
    if aside:
        parts.append(Padding(Text(aside, "dim"), (0, 0, 0, 2)))
    table = Table.grid(padding=(0, 1, 0, 0))
    table.add_column(min_width=3)
    table.add_row(Text(f"{claim.number}.", "dim", justify="right"), Group(*parts))
    return table


def _short_claim(claim: Claim) -> RenderableType:
    head = _chain(claim)
    head.append(f"  {claim.type}: ", "bold magenta")
    head.append(shortened(claim.content, 160))
    head.append(f"  (claim {claim.number}, {claim.position})", "dim")
    return _item(head)


def _chain(claim: Claim) -> Text:
    """The chain, the one whose words they are (the innermost) in bold."""
    text = Text()
    for index, link in enumerate(claim.chain):
        text.append(" → " if index else "", "dim")
        text.append(link, "bold" if index == len(claim.chain) - 1 else "")
    return text


def _content(claim: Claim) -> Text:
    """The content, its verbatim parts marked: by colour, and by the quotation marks of the text."""
    text = Text()
    for index, span in enumerate(claim.statement.content):
        text.append(" … " if index else "", "dim")
        at = span.start
        for quote in claim.statement.quotes:
            if at <= quote.start and quote.end <= span.end:
                text.append(_cut(span.text, span.start, at, quote.start))
                text.append(_cut(span.text, span.start, quote.start, quote.end), "green")
                at = quote.end
        text.append(_cut(span.text, span.start, at, span.end))
    return text


def _cut(words: str, offset: int, start: int, end: int) -> str:
    part = words[start - offset : end - offset]
    kept = line(part)
    before = " " if part[:1].isspace() else ""
    after = " " if kept and part[-1:].isspace() else ""
    return before + kept + after


def _events(view: View) -> RenderableType:
    if not view.events:
        return Text("none found", "dim")
    table = _grid(4)
    for row in view.events:
        event = row.event
        kind = Text(event.type or "other", "bold")
        if event.mode:
            kind.append(f"/{event.mode}", "not bold dim")
        words = Text(f"“{line(event.trigger.text)}”")
        who = " → ".join(filter(None, [row.who, row.whom]))
        place = event.place.name if event.place else ""
        for label, value in (("", who), ("in ", place)):
            words.append(f"  {label}{line(value)}" if value else "")
        words.append(f"\non: {row.rests_on}", "dim")
        when = Text(f"{event.status}\n{event.date.value if event.date else ''}", "dim")
        table.add_row(kind, when, words, Text(row.position, "dim"))
    return table


def _actors(view: View) -> RenderableType:
    if not view.actors:
        return Text("none found", "dim")
    table = _grid(3)
    for actor in view.actors:
        words = Text(line(actor.name), "bold")
        roles = ", ".join(line(role.title) for role in actor.roles)
        words.append(f"  {roles}" if roles else "", "not bold")
        aliases = ", ".join(f"“{line(alias)}”" for alias in actor.aliases)
        words.append(f"  also {aliases}" if aliases else "", "not bold dim")
        kind = " ".join(filter(None, [actor.kind.replace("_", " "), actor.country]))
        table.add_row(Text(str(len(actor.mentions)), justify="right"), words, Text(kind, "dim"))
    return table


def _grid(columns: int) -> Table:
    table = Table.grid(padding=(0, 2, 0, 0))
    for _ in range(columns):
        table.add_column(overflow="fold")
    return table


def _item(text: Text) -> RenderableType:
    table = Table.grid(padding=(0, 1, 0, 0))
    table.add_row(Text("-"), text)
    return table


def _group(parts: list[RenderableType], empty: str) -> RenderableType:
    return Group(*parts) if parts else Text(empty, "dim")
