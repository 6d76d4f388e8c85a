"""RTF files: their text with what is bold, large, an item or a cell (Rich Text Format 1.9.1).

An own reader, since the library that there is (striprtf 0.0.35) shows what is hidden or deleted,
writes the addresses of links into the text, and tells no style.
"""

import re
from dataclasses import dataclass, replace

from sayso.errors import InputError
from sayso.pages.documents.building import Builder
from sayso.pages.documents.charsets import codec_of_charset, codec_of_page
from sayso.pages.documents.document import Document

_TOKEN = re.compile(
    r"\\([A-Za-z]{1,32})(-?[0-9]{1,10})? ?|\\'([0-9A-Fa-f]{2})|\\(.)|([{}])"
    r"|[\r\n\0]+|([^\\{}\r\n\0]+)",
    re.DOTALL,
)
#: Groups that hold no text of the body.
_APART = frozenset(
    "annotation atnauthor atndate atnicn atnid atnparent atnref atntime author bkmkend bkmkstart"  # noqa: SIM905
    " buptim category colortbl comment company creatim datafield do doccomm factoidname filetbl"
    " footer footerf footerl footerr footnote ftncn ftnsep ftnsepc generator header headerf headerl"
    " headerr info keywords listoverridetable listtable listtext manager nonshppict objdata"
    " objclass operator panose pict pntext pntxta pntxtb printim private revtbl revtim rsidtbl"
    " rxe shprslt sn subject sv tc themedata txe userprops xe xmlnstbl".split()
)
#: Groups that are marked as to be left out by programs that do not know them, and hold text.
_KNOWN = frozenset(("shpinst", "shptxt"))
_SYMBOLS = {
    "emdash": "\u2014",
    "endash": "\u2013",
    "lquote": "\u2018",
    "rquote": "\u2019",
    "ldblquote": "\u201c",
    "rdblquote": "\u201d",
    "bullet": "\u2022",
    "tab": " ",
    "emspace": " ",
    "enspace": " ",
    "qmspace": " ",
    "~": " ",
    "_": "\u2011",
    "-": "\u00ad",
    "{": "{",
    "}": "}",
    "\\": "\\",
}
#: Fields whose results are no words of the text.
_FIELDS = (["TOC"], ["INDEX"], ["PAGE"], ["PAGEREF"], ["NUMPAGES"], ["SECTIONPAGES"])
#: Groups whose text is not of the body, and is wanted.
_COLLECTED = {"title": "title", "stylesheet": "style", "fonttbl": "fonts", "fldinst": "field"}
_LOOKS = frozenset(("b", "v", "deleted", "plain", "fs", "f", "uc"))
_CODE_PAGES = {"mac": 10000, "pc": 437, "pca": 850, "ansi": 1252}
#: Points, where nothing is said.
_SIZE = 12.0
_HEADING = re.compile(r"heading (\d)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _State:
    """What a group takes from the one around it.

    Attributes:
        apart: nothing of it is text of the body.
        collects: where its text goes instead: ``title``, ``style``, ``fonts`` or ``field``.
        bold, size: of its characters; the size in points.
        unseen: they are hidden or deleted.
        font: the number of their font.
        skip: characters to leave out after one that is written by its number.
    """

    apart: bool = False
    collects: str = ""
    bold: bool = False
    unseen: bool = False
    font: int = -1
    size: float = _SIZE
    skip: int = 1


def read_rtf(name: str, data: bytes) -> Document:
    """The paragraphs of an RTF file, without hidden and deleted text, notes, heads and feet.

    Args:
        name: the input as it was named.
        data: its bytes.

    Raises:
        InputError: it is none.
    """
    text = data.decode("latin-1").lstrip("\ufeff\xef\xbb\xbf \t\r\n")
    if not text.startswith("{\\rtf"):
        raise InputError(name, "is no RTF file", "damaged")
    return _Reader(text).document()


class _Reader:
    """One pass over a file; groups are a list, so that no nesting is too deep."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._builder = Builder()
        # boxes of text: how deep each begins, and what goes on after it
        self._boxes: list[tuple[int, Builder]] = []
        self._state = _State()
        self._outer: list[_State] = []
        self._star = False
        self._bytes = bytearray()
        self._left = 0
        self._ansi = "cp1252"
        self._default = 0
        self._fonts: dict[int, str] = {}
        self._levels: dict[int, int] = {}
        self._defined = 0
        self._held = dict.fromkeys(("title", "style", "field", "fonts"), "")

    def document(self) -> Document:
        """Read it."""
        at = 0
        while match := _TOKEN.match(self._text, at):
            at = match.end()
            word, number, code, sign, brace, plain = match.groups()
            if word == "bin":
                at += max(int(number or 0), 0)
            elif word:
                self._flush()
                self._word(word, None if number is None else int(number))
            elif code:
                self._take(bytes.fromhex(code))
            elif plain:
                self._take(plain.encode("latin-1"))
            elif sign:
                self._sign(sign)
            elif brace == "{":
                self._flush()
                self._outer.append(self._state)
                self._star, self._left = False, 0
            elif brace == "}":
                self._close()
                if not self._outer:
                    break
        while self._outer:
            self._close()
        return Document(self._builder.finish(), title=self._held["title"].strip() or None)

    def _take(self, characters: bytes) -> None:
        """Characters of the current character set, less those that stand in for one before."""
        skipped = min(self._left, len(characters))
        self._left -= skipped
        self._bytes += characters[skipped:]

    def _flush(self) -> None:
        if self._bytes:
            codec = self._fonts.get(self._state.font, self._ansi)
            self._say(self._bytes.decode(codec, "replace"))
            self._bytes.clear()

    def _say(self, text: str) -> None:
        state = self._state
        if state.collects:
            self._held[state.collects] += text
            if state.collects == "style" and ";" in text:
                self._define()
        elif not state.apart and not state.unseen:
            self._builder.text(text, bold=state.bold, size=state.size)

    def _define(self) -> None:
        """A style of the sheet is whole: its name tells whether it is of headings."""
        name = self._held["style"].split(";")[0].strip()
        found = _HEADING.match(name)
        if found or name.lower() == "title":
            self._levels[self._defined] = int(found[1]) if found else 1
        self._held["style"], self._defined = "", 0

    def _close(self) -> None:
        self._flush()
        if self._boxes and self._boxes[-1][0] == len(self._outer):
            box = self._builder.finish()
            self._builder = self._boxes.pop()[1]
            self._builder.aside(box)
        if self._outer:
            self._state = self._outer.pop()
        self._star, self._left = False, 0

    def _sign(self, sign: str) -> None:
        self._flush()
        if sign == "*":
            self._star = True
        elif sign in "\r\n":
            self._builder.end()
        elif sign in _SYMBOLS:
            self._symbol(_SYMBOLS[sign])

    def _symbol(self, text: str) -> None:
        if self._left:
            self._left -= 1
        else:
            self._say(text)

    def _word(self, word: str, number: int | None) -> None:
        star, self._star = self._star, False
        if word in _COLLECTED:
            self._state = replace(self._state, collects=_COLLECTED[word])
            if word == "fldinst":
                self._held["field"] = ""
        elif word in _APART or (star and word not in _KNOWN):
            if word in ("listtext", "pntext"):
                self._builder.item = True
            self._state = replace(self._state, apart=True, collects="")
        elif word in _SYMBOLS:
            self._symbol(_SYMBOLS[word])
        elif word == "u":
            if number is not None and -0x8000 <= number <= 0x10FFFF:
                self._say(chr(number + 0x10000 if number < 0 else number))
            self._left = self._state.skip
        elif word in _LOOKS:
            self._look(word, number)
        elif word in _CODE_PAGES or word == "ansicpg":
            self._ansi = codec_of_page(_CODE_PAGES.get(word, number))
        elif self._state.collects in ("style", "fonts"):
            self._table(word, number or 0)
        elif not self._state.apart:
            self._layout(word, number)

    def _look(self, word: str, number: int | None) -> None:
        """How the characters look, or whether they are seen."""
        state, on = self._state, number != 0
        if word == "b":
            state = replace(state, bold=on)
        elif word in ("v", "deleted"):
            state = replace(state, unseen=on)
        elif word == "plain":
            state = replace(state, bold=False, unseen=False, font=self._default, size=_SIZE)
        elif word == "fs":
            state = replace(state, size=(number or 24) / 2)
        elif word == "uc":
            state = replace(state, skip=min(max(number or 0, 0), 9))
        elif word == "f" and not state.collects:
            state = replace(state, font=number or 0)
        self._state = state
        if word == "f" and state.collects == "fonts":
            self._defined = number or 0

    def _table(self, word: str, number: int) -> None:
        """An entry of the table of fonts, or of the sheet of styles."""
        if word == "s":
            self._defined = number
        elif word == "fcharset" and (codec := codec_of_charset(number)):
            self._fonts[self._defined] = codec

    def _layout(self, word: str, number: int | None) -> None:
        """Paragraphs, cells and pages."""
        builder = self._builder
        if word in ("par", "nestcell", "nestrow"):
            builder.end()
        elif word in ("page", "sect"):
            builder.end()
            builder.page += 1
        elif word in ("line", "lbr"):
            builder.line()
        elif word == "cell":
            builder.cell()
            builder.in_cell()
        elif word == "row":
            builder.row()
        elif word in ("trowd", "intbl"):
            builder.in_cell()
        elif word == "pard":
            builder.level = 0
        elif word == "s":
            builder.level = self._levels.get(number or 0, 0)
        elif word == "outlinelevel":
            builder.level = (number or 0) + 1 if (number or 0) < 9 else 0
        elif word == "deff":
            self._default = number or 0
        elif word == "shptxt":
            self._boxes.append((len(self._outer), builder))
            self._builder = Builder()
            self._builder.page = builder.page
        elif word == "fldrslt" and self._held["field"].split()[:1] in _FIELDS:
            self._state = replace(self._state, apart=True)
