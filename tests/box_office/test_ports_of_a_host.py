"""What a host gives a box office to work with: accounts at providers, a notifier or none, addresses, prices."""

import asyncio
from collections.abc import Callable
from typing import Any

import pytest
from box_office.both_sides import Unsure, on_sale, payments, quick, receive, taken
from box_office.offices import ORGANIZER, person, talk

from paidevents.box_office import AsyncBoxOffice, BoxOffice, flows
from paidevents.box_office.asks import Recipe
from paidevents.box_office.outside import Plans
from paidevents.errors import (
    CommitUnknownError,
    InvalidValueError,
    ProviderUnavailableError,
)
from paidevents.providers import FakeProvider, Fault
from paidevents.stores import MemoryStore
from paidevents.testing.world import KEY, VirtualClock


@pytest.mark.parametrize("is_async", [False, True], ids=["waits", "awaits"])
def test_without_a_notifier_nobody_is_told_anything_and_nothing_is_left_to_be_done(is_async: bool) -> None:
    clock = VirtualClock()
    card = FakeProvider("card:test", clock=clock)
    kind: Callable[..., Any] = AsyncBoxOffice if is_async else BoxOffice
    door = kind(MemoryStore(), [card], key=KEY, clock=clock)

    def do(recipe: Recipe[Any]) -> Any:
        answer = door.run(recipe)
        return asyncio.run(answer) if is_async else answer

    do(flows.publish(talk(), by=ORGANIZER))
    order = do(flows.reserve("talk", {"standard": 1}, buyer=person())).id
    card.pay(do(flows.checkout(order)).url)
    assert do(flows.look(order))
    assert do(flows.reconcile()).changes == 0


def test_providers_of_organizers_are_found_when_they_are_needed() -> None:
    """A function from a name and an account; while it knows of none, a payment waits."""
    office, there = quick(), list[FakeProvider]()
    world = office.world
    card = FakeProvider("card:test", "acct_7", clock=world.clock)
    box = BoxOffice(
        world.store,
        lambda name, account: next((one for one in there if (one.name, one.account) == (name, account)), None),
        key=KEY,
        clock=world.clock,
    )
    with pytest.raises(ProviderUnavailableError) as refused:
        box.run(flows.connect("42", "card:test", "acct_7", by=ORGANIZER))
    assert refused.value.vendor_code == "not_configured"
    there.append(card)
    box.run(flows.connect("42", "card:test", "acct_7", by=ORGANIZER))
    order = box.run(flows.reserve("talk", {"standard": 1}, buyer=person())).id
    there.clear()
    with pytest.raises(ProviderUnavailableError):
        box.checkout(order)
    there.append(card)
    card.script("start", Fault.LOST_ANSWER)
    assert box.checkout(order).retry_after
    there.clear()
    world.clock.advance(minutes=1)
    assert (box.reconcile().failed, payments(office, order)) == ((), ["p1 starting"])
    there.append(card)
    world.clock.advance(minutes=2)
    box.reconcile()
    assert payments(office, order) == ["p1 open"]


def test_a_notification_for_an_account_that_is_not_there_is_to_be_sent_again() -> None:
    office = on_sale()
    body = b"{}"
    assert office.run(flows.receive("card:test", {}, body, account="elsewhere")) == 503
    assert receive(office, {}, body) == 400


def test_prices_are_kept_while_an_event_stays_the_same_and_of_so_many_events() -> None:
    plans = Plans((), most=2)
    first, second, third = (talk(id=name) for name in ("one", "two", "three"))
    kept = plans.of(first)
    assert plans.of(talk(id="one")) is kept
    assert plans.of(talk(id="one", title="Another title")) is not kept
    newest = [plans.of(event) for event in (second, third)]
    assert [plans.of(event) for event in (second, third)] == newest
    assert plans.of(first).event == first
    with pytest.raises(InvalidValueError):
        Plans((), most=0)


@pytest.mark.parametrize(
    "links",
    [
        *("", "/", "/{id}/{token}", "/{purpose}/{id}/{token}/{id}", "/{purpose}/{id}/{id}", "/{purpose}/{id}/{token"),
        *("/{0}", "{purpose.x}/{id}/{token}", "{purpose}/{id[a]}/{token}", "{purpose}/{id}/{token!r}"),
        *("{purpose}/{id}/{token:>9}", "{purpose}/{id}/{token}/{}", "{purpose}/{id}/{token}}"),
    ],
)
def test_an_address_has_all_its_places(links: str) -> None:
    with pytest.raises(InvalidValueError):
        BoxOffice(MemoryStore(), key=KEY, links=links)


def test_an_address_is_the_hosts_own() -> None:
    box = BoxOffice(MemoryStore(), key=KEY, links="https://talks.example/{purpose}?place={id}&key={token}")
    assert box.outside.links.startswith("https://talks.example")


def test_a_commit_whose_answer_is_lost_is_looked_for_and_never_written_twice() -> None:
    """It was written, or not; it was not, and then it was; or nobody knows after three times."""
    for lost, tries in (([True], 1), ([False], 1), ([False, True], 1), ([False] * 3, 0)):
        store = Unsure()
        office = quick(store)
        store.lost = list(lost)
        if tries:
            office.reserve()
        else:
            with pytest.raises(CommitUnknownError):
                office.reserve()
        assert (store.lost, taken(office)) == ([], tries)
