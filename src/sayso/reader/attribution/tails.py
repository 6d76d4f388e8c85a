"""Cue clauses set behind what they attribute: "P, said X, Y reported on Monday".

The parse often hangs such chains together wrongly, while their shape is plain: between two commas
stand a noun phrase and a cue verb and nothing else but a time or place. Each is the source of all
that stands before it in the sentence, so a chain nests of itself.
"""

from collections.abc import Iterator

from spacy.tokens import Doc, Token

from sayso.reader.attribution import lexis
from sayso.reader.attribution.found import Found
from sayso.reader.attribution.trees import Range, subject, verb_group

_NOMINAL = frozenset({"PROPN", "NOUN", "DET", "ADJ", "NUM", "PART", "PRON"})
_HEADS = frozenset({"PROPN", "NOUN", "PRON"})
_TAIL = frozenset({"ADP", "DET", "PROPN", "NOUN", "NUM", "ADV", "ADJ", "PART", "PRON", "PUNCT"})
_LINKS = frozenset({"of", "for", "in", "at", "and"})
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_MAX_SEGMENT = 30


def tail_cues(doc: Doc, sentence: Range) -> Iterator[Found]:
    """The cue clauses behind the content of one sentence, given by its first and last token."""
    first, last = sentence
    while last > first and (doc[last].is_space or doc[last].text in ".;!?”\"’'"):
        last -= 1
    commas = [i for i in range(first, last + 1) if doc[i].text == ","]
    if not commas:
        return
    stops = [*commas[1:], last + 1]
    for comma, stop in zip(commas, stops, strict=True):
        start = comma + 1
        while start < stop and doc[start].text in "”\"’'":
            start += 1
        if not 1 <= stop - start <= _MAX_SEGMENT:
            continue
        matched = (
            _inverted(doc, start, stop)
            or _straight(doc, start, stop)
            or _bare(doc, first, commas[: commas.index(comma)], start, stop)
        )
        if matched is None:
            continue
        cue, source = matched
        content_end = start - 1 if start > comma + 1 else comma - 1
        if source[1] < comma:
            content_end = source[0] - 2
        content = [(first, content_end)]
        if not any(doc[i].tag_ in _FINITE for i in range(first, content_end + 1)):
            # "The talks, Hale said, will resume": the cue stands within its content.
            if not any(doc[i].tag_ in _FINITE for i in range(stop + 1, min(stop + 12, last + 1))):
                continue
            content.append((stop + 1, last))
        yield Found(cue, [source], content)


def _is_cue(doc: Doc, at: int) -> bool:
    token = doc[at]
    if token.tag_ not in ("VBD", "VBZ", "VBP", "VBN"):
        return False
    return _says(token)


def _says(token: Token) -> bool:
    cue = lexis.verbs().get(token.lemma_.lower())
    return cue is not None and "c" in cue.frames


def _inverted(doc: Doc, start: int, stop: int) -> tuple[Range, Range] | None:
    """Read "said X": the cue and the source."""
    if not _is_cue(doc, start) or doc[start].tag_ == "VBN":
        return None
    before = subject(doc[start])
    if before is not None and before.i < start:
        return None
    end = nominal_end(doc, start + 1, stop)
    if end is None or not _only_tail(doc, end + 1, stop):
        return None
    return (start, start), (start + 1, end)


def _straight(doc: Doc, start: int, stop: int) -> tuple[Range, Range] | None:
    """Read "X has said on Monday": the cue and the source."""
    end = nominal_end(doc, start, stop)
    if end is None:
        return None
    last = doc[end]
    if end + 1 == stop and end > start and last.tag_ == "NNS" and _says(last):
        return (end, end), (start, end - 1)  # "the government estimates": tagged as a noun
    verb = end + 1
    while verb < stop and doc[verb].pos_ in ("AUX", "ADV"):
        verb += 1
    if verb >= stop or not _is_cue(doc, verb) or not _only_tail(doc, verb + 1, stop):
        return None
    # "an attack denied by the army" has the shape, and is passive.
    if doc[verb].tag_ == "VBN" and verb == end + 1:
        return None
    if verb + 1 < stop and doc[verb + 1].lower_ == "by":
        return None
    return verb_group(doc[verb]), (start, end)


def _bare(
    doc: Doc, first: int, commas: list[int], start: int, stop: int
) -> tuple[Range, Range] | None:
    """Read "the governor of Oster, Lena Marsk, said": a source set in commas before its cue."""
    if not _is_cue(doc, start) or not _only_tail(doc, start + 1, stop) or len(commas) < 2:
        return None
    end = start - 2
    source = None
    for comma in reversed(commas[-3:]):
        if nominal_end(doc, comma + 1, end + 1) != end:
            break
        source = (comma + 1, start - 2)
        end = comma - 1
    return ((start, start), source) if source is not None and source[0] > first + 3 else None


def nominal_end(doc: Doc, start: int, stop: int) -> int | None:
    """The last token of the noun phrase that begins at ``start``; None where none does."""
    end = None
    at = start
    while at < stop and (doc[at].pos_ in _NOMINAL or (at > start and doc[at].lower_ in _LINKS)):
        if doc[at].ent_type_ in ("DATE", "TIME"):
            break
        if doc[at].pos_ in _HEADS:
            end = at
        at += 1
    if end is None or doc[start].lower_ in ("that", "which", "who", "it", "there"):
        return None
    return end


def _only_tail(doc: Doc, start: int, stop: int) -> bool:
    return all(doc[i].pos_ in _TAIL and doc[i].lower_ != "that" for i in range(start, stop))
