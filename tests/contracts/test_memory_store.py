"""The store in memory keeps every promise of a store."""

from paidevents.ports import Store
from paidevents.stores import MemoryStore
from paidevents.testing.store_suite import StoreSuite


class TestMemoryStore(StoreSuite):
    def make_store(self) -> Store:
        return MemoryStore()
