"""Building an ``Article`` from blocks of text."""

import hashlib
from collections.abc import Sequence

from sayso.records import Article, Block, BlockKind, record_id


def make_article(input: str, blocks: Sequence[tuple[BlockKind, str]], **fields: object) -> Article:
    """An article whose text is the blocks in order, parted by a blank line.

    Args:
        input: the input as it was named.
        blocks: kind and text of each block; the texts are taken as they are.
        **fields: the other fields of ``Article``.
    """
    text = "\n\n".join(block for _, block in blocks)
    placed, at = [], 0
    for kind, block in blocks:
        placed.append(Block(kind=kind, start=at, end=at + len(block)))
        at += len(block) + 2
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return Article(
        id=record_id("a", fields.get("url") or "", digest),
        input=input,
        text=text,
        sha256=digest,
        blocks=tuple(placed),
        **fields,  # type: ignore[arg-type]
    )
