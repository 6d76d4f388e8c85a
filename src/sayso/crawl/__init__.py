"""Reading at scale: many files over many cores or machines into shards of readings.

    inputs → batches of pages → pages with their articles → links between copies → readings

Each arrow runs over batches, and a batch that is done is a file: what is cut short at any point is
taken up there by the same call. ``run.crawl`` is the whole of it.
"""

from sayso.crawl.run import crawl
from sayso.crawl.settings import Settings, Summary

__all__ = ["Settings", "Summary", "crawl"]
