"""Accounts that are disconnected or changed: which events turn free, wherever it breaks off."""

from collections.abc import Callable
from typing import Any, TypeVar

import pytest
from box_office.offices import ORGANIZER, Office, talk

from paidevents import Provider
from paidevents.box_office import flows
from paidevents.box_office.asking_store import Write
from paidevents.box_office.asks import Ask, Recipe
from paidevents.box_office.driving import Driver
from paidevents.catalog import Actor, Role
from paidevents.catalog.event import Charging
from paidevents.catalog.people import SYSTEM
from paidevents.errors import NotAllowedError, NotFoundError
from paidevents.lifecycle import OrderState
from paidevents.providers import FakeProvider
from paidevents.testing.world import VirtualClock

T = TypeVar("T")

CARD, BANK = Provider(name="card"), Provider(name="bank_transfer")


class BrokenOffError(Exception):
    """Everything ends here."""


class BreakingOff(Driver):
    """A driver that breaks off when so many commits were written, before the next."""

    def __init__(self, office: Office, after: int) -> None:
        super().__init__(office.world.box.outside)
        self.left = after

    def answer(self, question: Ask[T]) -> T:
        if isinstance(question, Write):
            if not self.left:
                raise BrokenOffError
            self.left -= 1
        return super().answer(question)


def connected(*providers: Provider) -> Office:
    """The talk is on sale, and paid into the organizer's account for cards; there is another one."""
    clock = VirtualClock()
    office = Office(clock=clock, providers=[FakeProvider("card:test", "second", clock=clock)])
    office.run(flows.connect("42", "card:test", "main", by=ORGANIZER))
    office.publish(talk(providers=providers or [CARD]))
    return office


def charging(office: Office) -> Charging:
    return office.run(flows.listing("talk")).event.charging


def disconnect(provider: str = "card") -> Recipe[Any]:
    return flows.disconnect("42", provider, by=ORGANIZER)


def change() -> Recipe[Any]:
    return flows.connect("42", "card:test", "second", by=ORGANIZER)


def test_an_event_that_can_be_paid_in_another_way_is_not_turned_free() -> None:
    """A bank transfer needs no account that is connected; one that was disconnected takes no money either."""
    office = connected(CARD, BANK)
    office.run(disconnect())
    assert charging(office) is Charging.ON
    office.run(flows.connect("42", "card:test", "main", by=ORGANIZER))
    office.run(flows.connect("42", "bank_transfer", "main", by=ORGANIZER))
    office.run(disconnect())
    assert charging(office) is Charging.ON
    office.run(disconnect("bank_transfer"))
    assert charging(office) is Charging.DISCONNECTED


def test_only_events_on_sale_that_are_paid_with_it_turn_free() -> None:
    """Neither a draft, nor what is paid by bank transfer only, nor another organizer's."""
    office = connected()
    office.publish(talk(id="by-bank", providers=[BANK]))
    office.run(flows.draft(talk(id="draft", providers=[CARD]), by=ORGANIZER))
    office.run(disconnect())
    found = {id: office.run(flows.listing(id)).event.charging for id in ("talk", "by-bank", "draft")}
    assert found == {"talk": Charging.DISCONNECTED, "by-bank": Charging.ON, "draft": Charging.ON}


def test_what_is_not_connected_is_not_disconnected() -> None:
    """Never was, or no longer is; and only its owner or the host application may."""
    office = connected()
    with pytest.raises(NotFoundError):
        office.run(disconnect("paypal"))
    with pytest.raises(NotAllowedError):
        office.run(flows.disconnect("42", "card", by=Actor(Role.ORGANIZER, "43")))
    assert charging(office) is Charging.ON
    office.run(flows.disconnect("42", "card", by=SYSTEM))
    with pytest.raises(NotFoundError):
        office.run(disconnect())


@pytest.mark.parametrize("recipe", [disconnect, change])
def test_wherever_it_breaks_off_asked_once_more_it_comes_to_the_same(recipe: Callable[[], Recipe[Any]]) -> None:
    """However much was written, the event is free in the end, and who held a place has it for nothing."""
    for count in range(100):
        office = connected()
        held = office.reserve().id
        try:
            BreakingOff(office, count).run(recipe())
        except BrokenOffError:
            office.run(recipe())
        else:
            assert count > 5
            return
        office.world.clock.advance(minutes=2)
        office.run(flows.reconcile())
        assert charging(office) is Charging.DISCONNECTED, count
        assert (office.dossier(held).order.state, office.dossier(held).order.due.minor) == (OrderState.PAID, 0), count
    raise AssertionError("it never came to its end")
