"""Answers that cost, kept until the ledger changes."""

import threading
from collections import OrderedDict
from collections.abc import Callable
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from sayso.ledger.ledger import Ledger
from sayso.ledger.store import Store

#: Answers that are kept, those that were asked for last.
KEPT = 200

_T = TypeVar("_T")


class Memory:
    """Answers by what was asked; all are forgotten when a connection sees a write.

    Connections see others' writes each in its own time (``Store.stamp``). Whichever asks looks
    first, so that none is given what is older than what it would have read itself.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._held: OrderedDict[Any, Any] = OrderedDict()
        self._working: dict[Any, threading.Lock] = {}
        self._stamps: WeakKeyDictionary[Store, str] = WeakKeyDictionary()
        self._age = 0

    def get(self, book: Ledger, asked: Any, answer: Callable[[], _T]) -> _T:
        """The answer, worked out by whoever asks first while others wait for it."""
        key = (self._age_of(book), asked)
        with self._lock:
            if key in self._held:
                self._held.move_to_end(key)
                return self._held[key]  # type: ignore[no-any-return]
            working = self._working.setdefault(key, threading.Lock())
        with working:
            with self._lock:
                if key in self._held:
                    return self._held[key]  # type: ignore[no-any-return]
            try:
                found = answer()
            finally:
                with self._lock:
                    self._working.pop(key, None)
            with self._lock:
                self._held[key] = found
                while len(self._held) > KEPT:
                    self._held.popitem(last=False)
        return found

    def _age_of(self, book: Ledger) -> int:
        """How often something was written, as far as this connection sees."""
        stamp = book.store.stamp()
        with self._lock:
            if self._stamps.get(book.store) != stamp:
                self._age += 1
                self._held.clear()
            self._stamps[book.store] = stamp
            return self._age
