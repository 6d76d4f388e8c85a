"""The tokens of an article as plain lists: what every step of finding actors walks over.

Lists of Python strings and numbers are read many times; spaCy's ``Token`` objects cost a call and a
look-up each time, so the columns are taken out of the parse once.
"""

from dataclasses import dataclass
from functools import cached_property

from spacy.attrs import DEP, ENT_IOB, ENT_TYPE, HEAD, LEMMA, ORTH, SENT_START, TAG

from sayso.names import fold
from sayso.reader.analysis import Analysis
from sayso.reader.quotes import find_quotations

_PROPER = frozenset({"NNP", "NNPS"})
_NOUNS = frozenset({"NN", "NNS", "NNP", "NNPS"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})


@dataclass(frozen=True)
class Tokens:
    """Columns of the parse; index ``i`` is that of the token in the document.

    Attributes:
        analysis: what the columns were taken from.
        words: the tokens' text, as the model saw it (a headline in sentence case).
        low: the same in lower case and without accents, for look-ups.
        tags: fine part-of-speech tags.
        deps: dependency labels.
        heads: index of each token's head.
        lemmas: lemmas, in lower case.
        ents: entity label, or the empty string.
        ent_starts: whether an entity starts at the token.
        sents: number of the token's sentence.
        starts: offset of each token's first character in the article.
        blocks: number of the token's block.
    """

    analysis: Analysis
    words: list[str]
    low: list[str]
    tags: list[str]
    deps: list[str]
    heads: list[int]
    lemmas: list[str]
    ents: list[str]
    ent_starts: list[bool]
    sents: list[int]
    starts: list[int]
    blocks: list[int]

    def __len__(self) -> int:
        return len(self.words)

    def end(self, index: int) -> int:
        """Offset of the end of a token."""
        return self.starts[index] + len(self.words[index])

    def text(self, first: int, last: int) -> str:
        """The characters of the article from one token to another, both inclusive."""
        return self.analysis.article.text[self.starts[first] : self.end(last)]

    @cached_property
    def proper(self) -> list[bool]:
        """Whether a token is a proper noun by its tag and its capital."""
        return [
            t in _PROPER and w[:1].isupper() for t, w in zip(self.tags, self.words, strict=True)
        ]

    @cached_property
    def children(self) -> list[list[int]]:
        """The dependents of each token, in order."""
        found: list[list[int]] = [[] for _ in self.words]
        for index, head in enumerate(self.heads):
            if head != index:
                found[head].append(index)
        return found

    @cached_property
    def sentence_starts(self) -> list[int]:
        """Index of the first token of each sentence."""
        return [i for i, s in enumerate(self.sents) if not i or s != self.sents[i - 1]]

    @cached_property
    def quoted(self) -> list[int]:
        """For each token the number of the quotation that it stands in, from 1; 0 outside."""
        found = [0] * len(self.words)
        article = self.analysis.article
        at, total = 0, len(self.words)
        for number, quotation in enumerate(find_quotations(article.text, article.blocks), start=1):
            while at < total and self.starts[at] < quotation.start:
                at += 1
            while at < total and self.starts[at] < quotation.end:
                found[at] = number
                at += 1
        return found

    def is_noun(self, index: int) -> bool:
        """Whether a token is a noun of any kind."""
        return self.tags[index] in _NOUNS

    def subject_verb(self, index: int) -> int | None:
        """The verb that a token is the subject of, by itself or as a conjunct, or None."""
        for _ in range(6):
            if self.deps[index] in _SUBJECTS:
                return self.heads[index]
            if self.deps[index] not in ("conj", "appos", "nmod", "compound"):
                return None
            index = self.heads[index]
        return None


def tokens_of(analysis: Analysis) -> Tokens:
    """The columns of an analysis."""
    doc = analysis.doc
    strings = doc.vocab.strings
    seen: dict[int, str] = {0: ""}

    def text(code: int) -> str:
        found = seen.get(code)
        if found is None:
            found = seen[code] = strings[code]
        return found

    rows = doc.to_array([ORTH, TAG, DEP, LEMMA, ENT_TYPE, ENT_IOB, HEAD, SENT_START])
    columns = [column.tolist() for column in rows.T]
    orth, tag, dep, lemma, ent, iob = columns[:6]
    heads = (rows[:, 6].astype("int64") + range(len(rows))).tolist() if len(rows) else []
    words = [text(code) for code in orth]
    folded: dict[str, str] = {}
    for word in words:
        if word not in folded:
            folded[word] = fold(word)
    sents, number = [], -1
    for start in columns[7]:
        number += start == 1
        sents.append(max(number, 0))
    starts = [token.idx for token in doc]
    return Tokens(
        analysis=analysis,
        words=words,
        low=[folded[word] for word in words],
        tags=[text(code) for code in tag],
        deps=[text(code) for code in dep],
        heads=heads,
        lemmas=[text(code).lower() for code in lemma],
        ents=[text(code) for code in ent],
        ent_starts=[code == 3 for code in iob],
        sents=sents,
        starts=starts,
        blocks=_block_numbers(analysis, starts),
    )


def _block_numbers(analysis: Analysis, starts: list[int]) -> list[int]:
    bounds = [block.start for block in analysis.article.blocks]
    found, number = [], 0
    for start in starts:
        while number + 1 < len(bounds) and bounds[number + 1] <= start:
            number += 1
        found.append(number)
    return found
