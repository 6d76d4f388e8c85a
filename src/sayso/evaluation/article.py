"""Scoring the fields of an article, and what its text must leave out."""

from collections.abc import Callable
from datetime import datetime

from msgspec import UNSET

from sayso.evaluation.gold import GoldArticle
from sayso.evaluation.look import shown
from sayso.evaluation.report import Scores
from sayso.records import Image, Reading


def score_article(scores: Scores, reading: Reading, gold: GoldArticle) -> None:
    """The fields of the article that gold states, and what its text must leave out."""
    article = reading.article

    def check(name: str, predicted: object, wanted: object, right: bool) -> None:
        if wanted is not UNSET:
            scores.judge("article.fields", right, f"{name} is {predicted!r}, gold has {wanted!r}")

    plain = ("url", "publisher", "section", "headline", "language", "read_minutes", "authors")
    for name in plain:
        predicted, wanted = getattr(article, name), getattr(gold, name)
        check(name, predicted, wanted, predicted == wanted)
    published = same_moment(article.published, gold.published)
    check("published", article.published, gold.published, published)
    reference = article.reference.value if article.reference else None
    # A reader infers the month of a missing dateline; the day of it is a guess (see docs/gold.md).
    month = gold.reference[:7] if isinstance(gold.reference, str) else None
    check("reference", reference, gold.reference, (reference or "")[:7] == (month or ""))
    _score_images(check, reading, gold)
    blocks = [article.text[b.start : b.end] for b in article.blocks if b.kind == "paragraph"]
    first, last = (blocks[0], blocks[-1]) if blocks else ("", "")
    begins, ends = gold.first_paragraph or "", gold.last_paragraph or ""
    check("first paragraph", first[:60], gold.first_paragraph, first.startswith(begins))
    check("last paragraph", last[-60:], gold.last_paragraph, last.endswith(ends))
    check("paragraphs", len(blocks), gold.paragraphs, len(blocks) == gold.paragraphs)
    for furniture in gold.not_in_text:
        problem = f"{shown(furniture)} stands in the text"
        scores.judge("article.not_in_text", furniture not in article.text, problem)


def same_moment(a: object, b: object) -> bool:
    """Whether two ISO 8601 dates or date-times are the same, "Z" being "+00:00"."""
    if not (isinstance(a, str) and isinstance(b, str)) or len(a) <= 10 or len(b) <= 10:
        return a == b
    try:
        return datetime.fromisoformat(a) == datetime.fromisoformat(b)
    except (ValueError, TypeError):
        return a == b


def _score_images(
    check: Callable[[str, object, object, bool], None], reading: Reading, gold: GoldArticle
) -> None:
    """The number of images, and each one's caption and credit."""
    if gold.images is UNSET:
        return
    images = reading.article.images
    check("images", len(images), len(gold.images), len(images) == len(gold.images))
    for index, wanted in enumerate(gold.images):
        image = images[index] if index < len(images) else Image()
        caption = image.caption.text if image.caption else None
        name = f"of image {index + 1}"
        check(f"caption {name}", caption, wanted.caption, caption == wanted.caption)
        check(f"credit {name}", image.credit, wanted.credit, image.credit == wanted.credit)
