"""One box office for each test, behind each of the two drivers."""

import pytest
from box_office.offices import Office

from paidevents.providers import FakeProvider
from paidevents.testing.world import VirtualClock


@pytest.fixture(params=["sync", "async"])
def office(request: pytest.FixtureRequest) -> Office:
    """
    A fresh office: its world holds still, nothing is published; its flows are run, or awaited.

    Money comes through `office.world.card`, which is called "stripe:test", through "paypal:test", see
    `office.fakes`, and by bank transfer. Each has one account, "main"; none is connected.
    """
    clock = VirtualClock()
    paypal = FakeProvider("paypal:test", clock=clock)
    return Office(is_async=request.param == "async", clock=clock, card="stripe:test", providers=[paypal])
