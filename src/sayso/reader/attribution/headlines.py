"""Headlines: their contents run to the end, and a source may stand behind a dash or a colon.

Headlines leave out the words that a parse goes by ("Kremlin confirms readiness to send aid"), so a
cue's object is taken to the end of the headline.
"""

from spacy.tokens import Doc

from sayso.reader.analysis import Analysis
from sayso.reader.attribution import lexis
from sayso.reader.attribution.found import Found
from sayso.reader.attribution.trees import Range, covers, trim

_MARKS = frozenset({"-", "–", "—", ":"})
_FINITE = frozenset({"VBD", "VBZ", "VBP"})
_NOMINAL = frozenset({"PROPN", "NOUN", "DET", "ADJ", "PART", "NUM"})
#: Longest source, in words, before or behind the mark.
_MAX_SOURCE = 7


def read_headlines(analysis: Analysis, found: list[Found]) -> list[Found]:
    """Complete the attributions of headlines and add those made by a mark alone."""
    doc = analysis.doc
    added = []
    for block in analysis.article.blocks:
        if block.kind not in ("headline", "subheading") or block.end == block.start:
            continue
        tokens = analysis.tokens_in(block.start, block.end)
        span = trim(doc, (tokens.start, tokens.end - 1))
        if span is None:
            continue
        marked = _marked(analysis, span)
        if marked is not None:
            added.append(marked)
            found = [one for one in found if not _by_mark(doc, one, span)]
            span = marked.content[0]
        inside = sorted(
            (one for one in found if one.cue and span[0] <= one.cue[0] <= span[1]),
            key=lambda one: one.cue or span,
        )
        if inside:
            _run_on(doc, inside[-1], span)
    return found + added


def _run_on(doc: Doc, one: Found, span: Range) -> None:
    """Let the content of a headline's last cue run to its end, or to an "as" with a verb."""
    cue = one.cue
    if cue is None or not one.content or one.content[-1][0] < cue[1]:
        return
    start = one.content[-1][0]
    end = span[1]
    for at in range(start + 1, end):
        if doc[at].lower_ == "as" and any(t.tag_ in _FINITE for t in doc[at + 1 : end + 1]):
            end = at - 1
            break
    one.content[-1] = (start, end)


def _marked(analysis: Analysis, span: Range) -> Found | None:
    """Read "No talks planned – minister", "Minister: no talks planned"."""
    doc = analysis.doc
    marks = [i for i in range(span[0] + 1, span[1]) if doc[i].text in _MARKS]
    if not marks:
        return None
    last = marks[-1]
    spaced = doc[last - 1].whitespace_ or doc[last].text == ":"
    if spaced and last - span[0] >= 4 and _names_source(analysis, (last + 1, span[1])):
        return Found(None, [(last + 1, span[1])], [(span[0], last - 1)])
    first = marks[0]
    if doc[first].text == ":" and span[1] - first >= 3:
        source = (span[0], first - 1)
        if _names_source(analysis, source):
            return Found(None, [source], [(first + 1, span[1])])
    return None


def _by_mark(doc: Doc, one: Found, span: Range) -> bool:
    """Whether a cue within the headline is a mark alone."""
    return one.cue is not None and covers(span, one.cue) and doc[one.cue[0]].text in _MARKS


def _names_source(analysis: Analysis, span: Range) -> bool:
    """Whether a short phrase names someone who speaks: a person or body, or a speaking role."""
    doc = analysis.doc
    if not 0 <= span[1] - span[0] < _MAX_SOURCE:
        return False
    tokens = doc[span[0] : span[1] + 1]
    if any(t.pos_ not in _NOMINAL and t.lower_ not in ("of", "and", "for") for t in tokens):
        return False
    last = doc[span[1]]
    if last.lemma_.lower() in lexis.words("speakers", "nouns"):
        return True
    return any(t.ent_type_ in ("PERSON", "ORG") for t in tokens) and last.pos_ == "PROPN"
