"""An article with its tokens, parse and names: what every reader module reads.

The language model sees a text of the same length as ``article.text``, in which a headline in title
case is put into sentence case (names keep their capitals), because the model was trained on running
text. Offsets are therefore those of ``article.text``; take words from ``article.text``, never from
the tokens' own text, where the characters matter.
"""

from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property

from spacy.tokens import Doc, Token
from spacy.tokens import Span as TokenSpan

from sayso.records import Article, Block, Span


@dataclass(frozen=True)
class Analysis:
    """One article and its parse.

    Attributes:
        article: the article.
        doc: spaCy's tokens, tags, parse and entities; ``token.idx`` is an offset in the text.
            No sentence crosses a block.
    """

    article: Article
    doc: Doc

    @cached_property
    def _block_starts(self) -> list[int]:
        return [block.start for block in self.article.blocks]

    def block_at(self, offset: int) -> Block | None:
        """The block that holds the character at ``offset``, or the last one before it."""
        index = bisect_right(self._block_starts, offset) - 1
        return self.article.blocks[index] if index >= 0 else None

    def span(self, first: Token, last: Token) -> Span:
        """The span from ``first`` to ``last``, both inclusive."""
        return self.article.span(first.idx, last.idx + len(last))

    def span_of(self, tokens: TokenSpan) -> Span:
        """The span of a spaCy span."""
        return self.article.span(tokens.start_char, tokens.end_char)

    @cached_property
    def sentences(self) -> tuple[TokenSpan, ...]:
        """The sentences, in order."""
        return tuple(self.doc.sents)

    @cached_property
    def _sentence_starts(self) -> list[int]:
        return [sentence.start_char for sentence in self.sentences]

    def sentence_index(self, offset: int) -> int:
        """The index in ``sentences`` of the one that holds the character at ``offset``."""
        return max(0, bisect_right(self._sentence_starts, offset) - 1)

    def sentence_at(self, offset: int) -> TokenSpan:
        """The sentence that holds the character at ``offset``."""
        return self.sentences[self.sentence_index(offset)]

    @cached_property
    def _token_starts(self) -> list[int]:
        return [token.idx for token in self.doc]

    def token_at(self, offset: int) -> Token:
        """The token that holds the character at ``offset`` (or the last one before it)."""
        return self.doc[max(0, bisect_right(self._token_starts, offset) - 1)]

    def tokens_in(self, start: int, end: int) -> TokenSpan:
        """The tokens that overlap the characters ``start`` to ``end`` (exclusive)."""
        if end <= start:
            index = self.token_at(start).i
            return self.doc[index:index]
        return self.doc[self.token_at(start).i : self.token_at(end - 1).i + 1]
