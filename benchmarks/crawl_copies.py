"""Bytes that the pass over copies holds for each article of a crawl.

    .venv/bin/python benchmarks/crawl_copies.py [ARTICLES]

Links articles with texts and signatures drawn by chance, as those are that have nothing to do with
each other, and asks Python what it holds (``tracemalloc``).
"""

import argparse
import random
import tracemalloc

from sayso.crawl.copies import Copies
from sayso.crawl.kernel import SIGNATURE
from sayso.crawl.rows import PageRow


def main(articles: int) -> None:
    """Run it and print the number."""
    chance = random.Random(1)
    tracemalloc.start()
    copies = Copies()
    before = tracemalloc.get_traced_memory()[0]
    for place in range(articles):
        row = PageRow(
            source="0123456789abcdef",
            place=place,
            input="made",
            status="article",
            article_id=f"a-{chance.getrandbits(64):016x}",
            sameness=f"{chance.getrandbits(128):032x}",
            signature=[chance.getrandbits(32) for _ in range(SIGNATURE)],
        )
        copies.link([row], place // 32)
    held = tracemalloc.get_traced_memory()[0] - before
    print(f"{articles} articles, {held / articles:.0f} bytes each")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("articles", nargs="?", type=int, default=100_000)
    main(parser.parse_args().articles)
