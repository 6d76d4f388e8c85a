"""Captions and the credits at their end: "The dam at Orlo. (Photo: Ana Bel/Delta Images)"."""

import re
from functools import cache

from sayso.lexicon import toml

#: Words above which the end of a line is no credit.
_CREDIT_WORDS = 14
_BRACKETED = re.compile(r"\s?[(\[]([^()\[\]]{2,160})[)\]]\s?\.?$")
_SLASHED = re.compile(r"[^\W\d_]\S{0,30}\s?/\s?[^\W\d_]")
_MARK = re.compile(r"(?:©|\(c\)\s|Ⓒ)", re.IGNORECASE)
#: The end of a sentence before a credit that stands outside brackets.
_SENTENCE_END = re.compile(r"[.!?…]['\"’”»)\]]{0,3}\s")


def _any(words: list[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=lambda w: (-len(w), w)))


@cache
def _label_with_colon() -> re.Pattern[str]:
    labels = _any(toml("furniture")["credits"]["labels"])
    return re.compile(rf"(?:{labels})(?:\s(?:by|from))?\s?[:,|]\s?(?=\S)", re.IGNORECASE)


@cache
def _bare_label() -> re.Pattern[str]:
    bare = _any(toml("furniture")["credits"]["bare"])
    return re.compile(rf"(?:{bare})\s(?=\S)", re.IGNORECASE)


@cache
def _agency() -> re.Pattern[str]:
    names = _any(toml("furniture")["credits"]["agencies"])
    return re.compile(rf"(?<![\w-])(?:{names})(?![\w-])", re.IGNORECASE)


@cache
def _caption_label() -> re.Pattern[str]:
    labels = _any(toml("furniture")["credits"]["caption_labels"])
    return re.compile(rf"(?:{labels})\s?[:,]\s?(?=\S)", re.IGNORECASE)


def credit_of(text: str, *, bracketed: bool = False) -> str | None:
    """Who made a picture, where ``text`` as a whole is a credit; otherwise ``None``.

    Args:
        text: a line, the inside of brackets, or what stands after the last sentence of a line.
        bracketed: ``text`` stood in brackets, where a credit needs less to be told by.
    """
    text = text.strip().strip("|").strip()
    words = text.split()
    if not words or len(words) > _CREDIT_WORDS:
        return None
    label = _label_with_colon().match(text) or _bare_label().match(text)
    if label:
        name = text[label.end() :].strip().rstrip(".")
        # a label may stand before another one: "Image source, Photo: Delta Images"
        inner = _label_with_colon().match(name) or _bare_label().match(name)
        name = name[inner.end() :].strip() if inner else name
        return name if name and _names(name) else None
    mark = _MARK.match(text)
    if mark:
        return text[mark.end() :].strip().rstrip(".") or None
    if not _names(text) or _SENTENCE_END.search(text):
        return None
    if len(words) <= 4 and words[-1].lower() in toml("furniture")["credits"]["endings"]:
        return text
    agency = _agency().search(text)
    if agency and (agency.group() == text.rstrip(".") or "/" in text or " via " in text):
        return text.rstrip(".")
    if bracketed and len(words) <= 9 and (" for The " in text or " via " in text):
        return text
    if _SLASHED.search(text) and len(words) <= 7:
        return text.rstrip(".")
    return None


def _names(text: str) -> bool:
    """Whether ``text`` is made of names: all words but joiners begin with a capital."""
    words = re.findall(r"[^\W\d_][\w'’.-]*", text)
    return not any(word[0].islower() and word.lower() not in _JOINERS for word in words)


#: Function words inside credits.
_JOINERS = frozenset(
    ("via", "for", "of", "by", "the", "and", "from", "on", "de", "van", "von", "al")
)


def split_credit(line: str) -> tuple[str, str] | None:
    """The caption and the credit of a line that ends in a credit; ``None`` where it does not.

    The caption is ``""`` where the whole line is a credit.
    """
    bracket = _BRACKETED.search(line[-180:])
    if bracket:
        credit = credit_of(bracket[1], bracketed=True)
        # "…, he said (Reuters)." is a sentence that names where it comes from
        if credit and not (bracket[0].endswith(".") and credit == bracket[1].strip()):
            return line[: len(line) - len(bracket[0])].strip(), credit
    whole = credit_of(line)
    if whole:
        return "", whole
    # outside brackets: what stands after the last sentence, or after a label or a mark
    tail_from = max(0, len(line) - 120)
    tail = line[tail_from:]
    ends = [match.end() for match in _SENTENCE_END.finditer(tail)]
    for end in ends:
        credit = credit_of(tail[end:])
        if credit:
            return line[: tail_from + end].strip(), credit
    for pattern in (_label_with_colon(), _MARK):
        for match in pattern.finditer(tail):
            if not match.start() or tail[match.start() - 1] not in " |–—-":
                continue
            # without the end of a sentence before it, a small label is a word of the sentence
            if pattern is not _MARK and not match[0][0].isupper():
                continue
            credit = credit_of(tail[match.start() :])
            if credit:
                return line[: tail_from + match.start()].rstrip(" |–—-"), credit
    return None


def strip_caption_label(line: str) -> str | None:
    """What a caption says after its label ("Image caption, …"); ``None`` without such a label."""
    match = _caption_label().match(line)
    return line[match.end() :] if match else None


def has_caption_mark(line: str) -> bool:
    """Whether ``line`` holds words that only captions use ("(L)", "file photo")."""
    lower = line.lower()
    return any(mark in lower for mark in toml("furniture")["credits"]["caption_marks"])
