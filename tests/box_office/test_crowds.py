"""Many at once: never one place, and never one use of a code, too many; nor one too few in the end."""

from collections import Counter
from collections.abc import Callable
from threading import Barrier, Thread

import pytest
from box_office.offices import ORGANIZER, Office, person, talk

from paidevents import Money, Rate
from paidevents.box_office import flows
from paidevents.catalog import Limit, LimitOf, Percent, PromoCode, Promotion
from paidevents.errors import PaidEventsError, PriceChangedError, SoldOutError
from paidevents.lifecycle import OrderState
from paidevents.pricing.counters import EVENT
from paidevents.registration import Order
from paidevents.testing.crashes import quiet
from paidevents.testing.promises import broken_promises

CROWD = 64


def at_once(act: Callable[[int], object]) -> Counter[str]:
    """What became of *act*, done by many in the same moment: how often it went well, and how often each error came."""
    barrier, found = Barrier(CROWD), list[str]()

    def one(number: int) -> None:
        barrier.wait()
        try:
            act(number)
        except PaidEventsError as error:
            found.append(type(error).__name__)
        else:
            found.append("")

    threads = [Thread(target=one, args=(number,)) for number in range(CROWD)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == CROWD, "none of them ended in an error of another kind"
    return Counter(found)


def buy(office: Office, number: int, places: int = 1, *codes: str) -> Order:
    people = [person(f"P{number}x{place}") for place in range(places)]
    order = office.world.box.reserve("talk", {"standard": places}, codes, buyer=people[0], attendees=people)
    office.world.log.told(order)
    return order


@pytest.mark.parametrize(("capacity", "places"), [(1, 1), (10, 1), (10, 3), (63, 1)])
def test_the_last_places_are_sold_once_each_and_all_of_them(capacity: int, places: int) -> None:
    """Of 64 who want so many places each, as many get them as there are places for."""
    office = Office()
    office.publish(talk(capacity=capacity))
    served = capacity // places
    assert at_once(lambda number: buy(office, number, places)) == {"": served, SoldOutError.__name__: CROWD - served}
    assert office.world.store.taken("talk", [EVENT]) == {EVENT: served * places}
    assert not broken_promises(office.world, office.world.log)


def test_the_last_uses_of_a_code_are_used_once_each_and_all_of_them() -> None:
    """5 uses at half price: 64 who ask for it get a place, and 5 of them pay 10.00; the others were not shown 20.00."""
    half = Promotion(
        id="half",
        effect=Percent(Rate.of("50 %")),
        codes=(PromoCode("HALF"),),
        limits=(Limit(LimitOf.ORDERS, 5),),
    )
    office = Office()
    office.publish(talk(capacity=None, promotions=[half]))
    tens = Money.of("10.00", "EUR")

    def act(number: int) -> None:
        office.world.log.told(
            office.world.box.reserve("talk", {"standard": 1}, ["HALF"], buyer=person(f"P{number}"), shown=tens)
        )

    assert at_once(act) == {"": 5, PriceChangedError.__name__: CROWD - 5}
    assert office.world.store.taken("talk", ["promotion/half/orders"]) == {"promotion/half/orders": 5}
    assert {order.due for order in office.world.log.orders} == {tens}
    assert not broken_promises(office.world, office.world.log)


def test_what_many_hear_of_one_payment_is_heard_once() -> None:
    """64 of its notifications in the same moment: one place, one letter, one capture."""
    office = Office()
    office.publish()
    order = office.reserve()
    world = office.world
    world.card.pay(office.run(flows.checkout(order.id)).url)
    headers, body = world.card.notifications()[-1]
    at_once(lambda _: world.box.receive(world.card.name, headers, body))
    quiet(world)
    assert office.dossier(order.id).order.state is OrderState.PAID
    assert office.told() == ["confirmation"]
    assert not broken_promises(world, world.log)


def test_when_many_cancel_one_order_it_is_given_back_once() -> None:
    office = Office()
    office.publish()
    sold = office.sell(2)
    at_once(lambda _: office.world.box.cancel(sold.id, [f"{sold.id}-1", f"{sold.id}-2"], by=ORGANIZER))
    quiet(office.world)
    assert [str(refund.amount) for refund in office.dossier(sold.id).refunds] == ["40.00 EUR"]
    assert not broken_promises(office.world, office.world.log)


def test_who_pays_while_others_take_the_last_places_pays_for_a_place() -> None:
    """Half of the crowd reserves what is left; the other half checks out what it has. Nobody's place is sold twice."""
    office = Office()
    office.publish(talk(capacity=CROWD // 2 + 10))
    held = [office.run(flows.reserve("talk", {"standard": 1}, buyer=person(f"H{n}"))) for n in range(CROWD // 2)]
    world = office.world

    def act(number: int) -> None:
        if number % 2:
            buy(office, number)
        else:
            world.card.pay(world.box.checkout(held[number // 2].id).url)

    assert at_once(act) == {"": CROWD // 2 + 10, SoldOutError.__name__: CROWD // 2 - 10}
    world.deliver()
    quiet(world)
    paid = [one for one in (office.dossier(order.id) for order in held) if one.order.state is OrderState.PAID]
    assert len(paid) == CROWD // 2
    assert not broken_promises(world, world.log)
