"""Telling the language of a text."""

from collections.abc import Iterable
from functools import cache
from typing import Any

#: Characters that the language is told by.
SAMPLE = 2_000
#: Letters below which a text is too short to tell.
MIN_LETTERS = 12
#: Confidence (0 to 1) below which the language is not told.
MIN_CONFIDENCE = 0.5


@cache
def _identifier() -> Any:
    """The language identifier, loaded once a process (about 0.4 s of CPU time)."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    # languages without an ISO 639-1 code are left out: ``Article.language`` holds such codes
    labels = sorted({label for label in identifier.labels if len(label) == 2})
    identifier.set_languages(labels)
    return identifier


def language_of(texts: Iterable[str]) -> str | None:
    """The ISO 639-1 code of the language of ``texts``, or ``None`` where it cannot be told."""
    parts: list[str] = []
    length = 0
    for text in texts:
        parts.append(text[: SAMPLE - length])
        length += len(parts[-1]) + 1
        if length >= SAMPLE:
            break
    sample = "\n".join(parts)
    if sum(map(str.isalpha, sample)) < MIN_LETTERS:
        return None
    code, confidence = _identifier().classify(sample.encode("utf-8", "replace"))
    return str(code) if confidence >= MIN_CONFIDENCE else None
