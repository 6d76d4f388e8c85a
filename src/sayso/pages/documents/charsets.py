"""The character sets of RTF files, as Python's codecs (Rich Text Format 1.9.1, fcharset)."""

import codecs

#: Windows' numbers of character sets; 0 and 1 are the file's own.
_CHARSETS = {
    77: "mac_roman",
    128: "cp932",
    129: "cp949",
    130: "johab",
    134: "gbk",
    136: "cp950",
    161: "cp1253",
    162: "cp1254",
    163: "cp1258",
    177: "cp1255",
    178: "cp1256",
    186: "cp1257",
    204: "cp1251",
    222: "cp874",
    238: "cp1250",
    254: "cp437",
    255: "cp850",
}
_PAGES = {0: "cp1252", 10000: "mac_roman", 20127: "ascii", 65001: "utf-8"}


def codec_of_charset(number: int) -> str | None:
    """The codec of a font's character set; ``None`` where it is the file's own."""
    return _CHARSETS.get(number)


def codec_of_page(number: int | None) -> str:
    """The codec of a code page by its number; that of Western Europe where there is none."""
    name = _PAGES.get(number or 0, f"cp{number}")
    try:
        return codecs.lookup(name).name
    except LookupError:
        return "cp1252"
