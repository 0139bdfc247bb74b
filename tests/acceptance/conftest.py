"""One box office for each test: behind each of the two drivers, on each store."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from box_office.offices import Office

from paidevents.providers import FakeProvider
from paidevents.stores import MemoryStore, sqlite
from paidevents.testing.world import VirtualClock


@pytest.fixture(params=["sync", "async", "sync on SQLite", "async on SQLite"])
def office(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Office]:
    """
    A fresh office: its world holds still, nothing is published; its flows are run, or awaited.

    Money comes through `office.world.card`, which is called "stripe:test", through "paypal:test", see
    `office.fakes`, and by bank transfer. Each has one account, "main"; none is connected.
    """
    driver, _, database = request.param.partition(" on ")
    clock = VirtualClock()
    paypal = FakeProvider("paypal:test", clock=clock)
    with ExitStack() as opened:
        store = opened.enter_context(sqlite(tmp_path / "office.db")) if database else MemoryStore()
        yield Office(is_async=driver == "async", store=store, clock=clock, card="stripe:test", providers=[paypal])
