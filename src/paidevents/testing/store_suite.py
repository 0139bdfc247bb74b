"""Every promise of a store, as tests: for those who write one of their own."""

from typing import ClassVar

from paidevents.testing.stores.booking import Booking
from paidevents.testing.stores.counting import Counting
from paidevents.testing.stores.finding import Finding
from paidevents.testing.stores.keeping import Keeping
from paidevents.testing.stores.looking import Looking
from paidevents.testing.stores.meeting import Meeting
from paidevents.testing.stores.refusing import Refusing


class StoreSuite(Keeping, Refusing, Finding, Looking, Counting, Booking, Meeting):
    """
    What every store promises: derive from it, and say how a store is made.

    Each method that begins with `test_` makes fresh stores and asks them; pytest
    collects them, and so does unittest if the class is a `TestCase` as well. A
    broken promise is an AssertionError that says which. The suite is for stores
    whose methods answer at once; some of its tests share one among 64 threads.

    `make_store` takes no argument: what it needs, such as a database, a fixture
    that is used automatically may put on `self` before.

    Example:
        >>> from paidevents.ports import Store
        >>> from paidevents.stores import MemoryStore
        >>> class TestMemoryStore(StoreSuite):
        ...     def make_store(self) -> Store:
        ...         return MemoryStore()
        >>> suite = TestMemoryStore()
        >>> suite.test_the_last_can_be_taken_and_no_more()
        >>> suite.__test__, StoreSuite.__test__
        (True, False)
    """

    __test__: ClassVar[bool] = False
