"""What the ledger works out from its articles, kept up to date one article at a time.

A layer is a module with two functions: ``index(store, article, reading)`` adds what one article
brings, looking up only what it can touch, and ``forget(store, article)`` takes it out again. Both
run inside ``write``, ``forget`` while the article's rows are still there. Layers stand in the order
in which each may use the ones before it.
"""

from typing import Protocol

from sayso.ledger import claims, copies, denials, series, sides, treaties
from sayso.ledger.store import Store
from sayso.records import Reading


class Layer(Protocol):
    """See the module."""

    def index(self, store: Store, article: int, reading: Reading) -> None:
        """Add what an article brings."""

    def forget(self, store: Store, article: int) -> None:
        """Take out what an article brought."""


LAYERS: tuple[Layer, ...] = (treaties, sides, series, denials, copies, claims)
