"""Exports of press databases in the layouts that they come in, about invented countries."""

from collections.abc import Callable, Sequence
from datetime import date
from html import escape
from typing import NamedTuple

from tests.pages.test_docx import docx, p, r


class Story(NamedTuple):
    """What an export says of one article."""

    outlet: str
    day: date
    headline: str
    author: str
    section: str
    body: tuple[str, ...]


STORIES = (
    Story(
        "The Tarnholm Gazette (Tarnholm)",
        date(2031, 4, 28),
        "Army says forty killed at the dam; governor denies it",
        "Edvin Roos",
        "WORLD",
        (
            "The army of Tamor said on Monday that 40 of its soldiers had been killed at the dam.",
            "Notes: the governor of Lunde, Ana Quill, denied it and demanded that observers be let"
            " in, a demand that was made before and that nobody answered for some three weeks.",
            "“Nobody was killed,” she told the Gazette.",
        ),
    ),
    Story(
        "Meridian News",
        date(2031, 5, 2),
        "Talks to begin in Orsk",
        "Mira Holt",
        "FEATURES",
        (
            "Ministers of both countries will meet in Orsk on Friday, the Meridian Council said.",
            "The treaty of Lunde binds both to consult each other, it added.",
        ),
    ),
    Story(
        "Karspress",
        date(2031, 5, 3),
        "Karsovia calls up reserves",
        "Olen Varga",
        "NEWS",
        (
            "Karsovia called up 12,000 reservists on Saturday, its defence ministry announced.",
            "The ministry said that the exercise would end on 20 May.",
        ),
    ),
)


def day_of(story: Story) -> str:
    return f"{story.day:%B} {story.day.day}, {story.day.year}"


def words_of(story: Story) -> int:
    return len(" ".join(story.body).split())


def _wrapped(text: str, width: int = 76) -> str:
    lines, line = [], ""
    for word in text.split():
        if len(line) + len(word) > width:
            lines.append(line)
            line = ""
        line = f"{line} {word}".strip()
    return "\n".join([*lines, line])


def academic(stories: Sequence[Story]) -> bytes:
    """LexisNexis Academic: plain text, labels in capitals, no label before the body."""
    parts = [f"Download Request: Selected Items: 1-{len(stories)}\nProject ID: None\n\n"]
    for number, story in enumerate(stories, 1):
        body = "\n\n".join(map(_wrapped, story.body))
        parts.append(
            f"{f'{number} of {len(stories)} DOCUMENTS':^76}\n\n\n{story.outlet:^76}\n\n"
            f"{f'{day_of(story)} {story.day:%A}':^76}\n{'Edition 1;':^76}\n{'Scotland':^76}\n\n"
            f"{_wrapped(story.headline)}\n\nBYLINE: {story.author}\n\nSECTION: {story.section};"
            f" Pg. 5\n\nLENGTH: {words_of(story)} words\n\nDATELINE: TARNHOLM\n\n{body}\n\n"
            f"LOAD-DATE: {day_of(story)}\n\nLANGUAGE: ENGLISH\n\nPUBLICATION-TYPE: Newspaper\n\n\n"
            f"{'Copyright 2031 Gazette Ltd':^76}\n{'All Rights Reserved':^76}\n"
        )
    return "\n".join(parts).encode()


def _uni(story: Story) -> list[tuple[str, str, str]]:
    """The lines of Nexis Uni: how they are set, the label, the text."""
    return [
        ("title", "", story.headline),
        ("", "", story.outlet),
        ("", "", f"{day_of(story)} {story.day:%A} 2:05 PM GMT"),
        ("", "", "Copyright 2031 Gazette Ltd All Rights Reserved"),
        ("", "Section:", f"{story.section}; Pg. 5"),
        ("", "Length:", f"{words_of(story)} words"),
        ("", "Byline:", story.author),
        ("bold", "", "Body"),
        *(("", "", text) for text in story.body),
        ("bold", "", "Classification"),
        ("", "Language:", "ENGLISH"),
        ("", "Publication-Type:", "Newspaper"),
        ("", "Subject:", "ARMED FORCES (90%); DAMS (78%)"),
        ("", "Load-Date:", day_of(story)),
        ("", "", "End of Document"),
    ]


def _cover(stories: Sequence[Story]) -> list[tuple[str, str, str]]:
    return [
        ("", "Date and Time:", "Friday, 9 May 2031 10:22:00 AM GMT"),
        ("", "Job Number:", "123456789"),
        ("bold", "", f"Documents ({len(stories)})"),
        *(("", f"{number}.", story.headline) for number, story in enumerate(stories, 1)),
        ("", "Client/Matter:", "-None-"),
        ("", "Search Terms:", "dam"),
    ]


def uni_docx(stories: Sequence[Story]) -> bytes:
    """Nexis Uni: a Word file."""
    made = []
    for look, label, text in [*_cover(stories), *(line for one in stories for line in _uni(one))]:
        bold = "<w:b/>" if look == "bold" else ""
        runs = [r(f"{label} ", "<w:b/>")] if label else []
        made.append(p(*runs, r(escape(text), bold), style="berschrift1" if look == "title" else ""))
    return docx("".join(made))


def _rtf(text: str) -> str:
    return "".join(
        char if char.isascii() and char not in "\\{}" else f"\\u{ord(char)}?" for char in text
    )


def uni_rtf(stories: Sequence[Story]) -> bytes:
    """Nexis Uni: an RTF file."""
    made = []
    for look, label, text in [*_cover(stories), *(line for one in stories for line in _uni(one))]:
        size = r"\b\fs32 " if look == "title" else r"\b " if look else ""
        head = rf"{{\b {label}\~}}" if label else ""
        made.append(rf"{{\pard\plain {head}{size}{_rtf(text)}\par}}")
    return ("{\\rtf1\\ansi\\ansicpg1252 " + "\n".join(made) + "}").encode()


def _coded(story: Story, number: int) -> list[tuple[str, tuple[str, ...]]]:
    """The labels of Factiva with what they name."""
    return [
        ("SE", (story.section,)),
        ("HD", (story.headline,)),
        ("BY", (f"By {story.author}",)),
        ("WC", (f"{words_of(story)} words",)),
        ("PD", (f"{story.day.day} {story.day:%B} {story.day.year}",)),
        ("ET", ("14:05",)),
        ("SN", (story.outlet,)),
        ("SC", ("GAZETT",)),
        ("LA", ("English",)),
        ("CY", ("© 2031 Gazette Ltd. All Rights Reserved.",)),
        ("LP", story.body[:1]),
        ("TD", story.body[1:]),
        ("CO", ("gazltd : Gazette Ltd",)),
        ("NS", ("gvio : Military Action | gcat : Political News",)),
        ("RE", ("tamor : Tamor",)),
        ("PUB", ("Gazette Ltd",)),
        ("AN", (f"Document GAZETT002031042{number:07}el4s000jp",)),
    ]


def factiva_html(stories: Sequence[Story]) -> bytes:
    """Factiva, "Article/Report plus Indexing": HTML, a table of labels."""
    made = []
    for number, story in enumerate(stories):
        rows = "".join(
            f"<tr><td class='index'><b>{label}</b></td><td>"
            + "".join(f"<p class='articleParagraph'>{escape(text)}</p>" for text in texts)
            + "</td></tr>"
            for label, texts in _coded(story, number)
        )
        made.append(f"<div class='article enArticle'><table>{rows}</table></div>")
    return (
        "<!DOCTYPE html><html><head><title>Factiva</title></head><body><div id='headlines'><p>"
        f"Search Summary</p></div>{''.join(made)}<table><tr><td>Text</td><td>dam</td></tr></table>"
        "</body></html>"
    ).encode()


def factiva_rtf(stories: Sequence[Story]) -> bytes:
    """Factiva, "Article/Report plus Indexing": RTF, a table of labels."""
    made = []
    for number, story in enumerate(stories):
        for label, texts in _coded(story, number):
            cell = r"\par ".join(map(_rtf, texts))
            made.append(
                r"\trowd\cellx900\cellx9000\pard\intbl{\b "
                + label
                + r"}\cell "
                + cell
                + r"\cell\row"
            )
        made.append(r"\pard\par\page")
    return ("{\\rtf1\\ansi " + "\n".join(made) + "}").encode()


def _bare(story: Story, number: int) -> list[str]:
    """The lines of Factiva's plain format: none has a label."""
    return [
        story.section,
        story.headline,
        f"By {story.author}",
        f"{words_of(story)} words",
        f"{story.day.day} {story.day:%B} {story.day.year}",
        "14:05",
        story.outlet,
        "GAZETT",
        "English",
        "© 2031 Gazette Ltd. All Rights Reserved.",
        *story.body,
        f"Document GAZETT002031042{number:07}el4s000jp",
    ]


def factiva_bare_html(stories: Sequence[Story]) -> bytes:
    """Factiva, "Full Article/Report": HTML without labels."""
    made = []
    for number, story in enumerate(stories):
        lines = _bare(story, number)
        heads, rest = lines[: -len(story.body) - 1], lines[-len(story.body) - 1 :]
        made.append(
            "<div class='article enArticle'>"
            + "".join(f"<div>{escape(text)}</div>" for text in heads)
            + "".join(
                f"<p class='articleParagraph enarticleParagraph'>{escape(t)}</p>" for t in rest
            )
            + "</div>"
        )
    return f"<html><body>{''.join(made)}</body></html>".encode()


def factiva_bare_rtf(stories: Sequence[Story]) -> bytes:
    """Factiva, "Full Article/Report": RTF without labels."""
    lines = [_rtf(text) for number, story in enumerate(stories) for text in _bare(story, number)]
    return ("{\\rtf1\\ansi " + "\n".join(rf"\pard {line}\par" for line in lines) + "}").encode()


def factiva_text(stories: Sequence[Story]) -> bytes:
    """Factiva's plain format as it is copied out of a browser."""
    return "\n\n".join(
        text for number, story in enumerate(stories) for text in _bare(story, number)
    ).encode()


LAYOUTS: dict[str, Callable[[Sequence[Story]], bytes]] = {
    "academic.txt": academic,
    "uni.docx": uni_docx,
    "uni.rtf": uni_rtf,
    "factiva.html": factiva_html,
    "factiva.rtf": factiva_rtf,
    "bare.html": factiva_bare_html,
    "bare.rtf": factiva_bare_rtf,
    "bare.txt": factiva_text,
}
