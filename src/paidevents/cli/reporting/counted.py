"""A store that tells how much was read of it, for whoever waits."""

from collections.abc import Callable
from typing import Any

from paidevents.ledger.entry import Entry
from paidevents.ports.records import R, Stored
from paidevents.ports.store import Store


class Counted:
    """
    A store as it is, whose pages are counted.

    Args:
        store: The store.
        told: Hears after each page how many records and entries were read so far.
    """

    def __init__(self, store: Store, told: Callable[[int], None]) -> None:
        self._store = store
        self._told = told
        self._count = 0

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)

    def find(self, kind: type[R], by: str, value: str, *, after: str = "", limit: int = 100) -> tuple[Stored[R], ...]:
        """A page of records."""
        page = self._store.find(kind, by, value, after=after, limit=limit)
        self._read(len(page))
        return page

    def entries(self, event: str, *, order: str = "", after: str = "", limit: int = 1000) -> tuple[Entry, ...]:
        """A page of the ledger."""
        page = self._store.entries(event, order=order, after=after, limit=limit)
        self._read(len(page))
        return page

    def _read(self, count: int) -> None:
        self._count += count
        self._told(self._count)
