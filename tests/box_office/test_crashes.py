"""Wherever everything ends, the box office gets over it: what was promised is kept, and nothing is done twice."""

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest
from attrs import evolve
from box_office.bugs import (
    Meeting,
    Wrong,
    another_key,
    done_when_claimed,
    never_voided,
    over_is_over,
    whatever_version,
    without_entries,
    without_gives,
    without_obligations,
    without_orders,
    without_takes,
    without_the_decision,
)
from box_office.offices import BUYER, NAMES, ORGANIZER, person, talk

from paidevents import EUR, Money, Provider, Ticket
from paidevents.access import Purpose
from paidevents.box_office import flows
from paidevents.catalog import Approval, Capture, LatePayment, Policy
from paidevents.errors import IllegalTransitionError, RefusedError
from paidevents.ports import MessageKind
from paidevents.registration import Attendee, Order
from paidevents.testing.crashes import CrashRuns, Scenario, crash_points, quiet
from paidevents.testing.promises import broken_promises
from paidevents.testing.world import World

Make = Callable[[], World]
Prepared = Callable[[Make], World]

VIP = Ticket(id="vip", name="VIP", price=Money.of("35.00", EUR))
CHEAP = Ticket(id="cheap", name="Cheap", price=Money.of("12.00", EUR))
STANDARD = Ticket(id="standard", name="Standard", price=Money.of("20.00", EUR))


def on_sale(**changed: Any) -> Prepared:
    """A world in which the talk is on sale, or one as it is *changed*."""

    def prepare(make: Make) -> World:
        world = make()
        world.box.publish(talk(**changed), by=ORGANIZER)
        return world

    return prepare


def then(prepare: Prepared, *acts: Scenario) -> Prepared:
    """The same world, in which something happened already."""

    def prepared(make: Make) -> World:
        world = prepare(make)
        for act in acts:
            act(world)
        return world

    return prepared


def unhurried(_: Make) -> World:
    """A world in which whoever reconciles asks and tells."""
    return on_sale()(lambda: World(at_once=False))


def reserve(world: World, places: int = 1, ticket: str = "standard", **more: Any) -> Order:
    people = [person(name) for name in NAMES[:places]]
    given: dict[str, Any] = {"buyer": people[0], "attendees": people, "by": BUYER, **more}
    return world.box.reserve("talk", {ticket: places}, **given)


def buy(world: World, order: str) -> None:
    """Check out, have the buyer pay, and bring the notifications."""
    world.card.pay(world.box.checkout(order, provider="card").url)
    world.deliver()


def sell(world: World, places: int = 1, **more: Any) -> Order:
    order = reserve(world, places, **more)
    buy(world, order.id)
    return order


def sell_two(world: World) -> None:
    sell(world, 2, id="A1")


def sell_one(world: World) -> None:
    sell(world, id="A1")


def sell_three_orders(world: World) -> None:
    for id in ("A1", "A2", "A3"):
        sell(world, id=id)


def get_for_nothing(world: World) -> None:
    reserve(world, 2)


def pay_by_transfer(world: World) -> None:
    order = reserve(world, id="A1")
    checkout = world.box.checkout(order.id, provider="bank_transfer")
    world.log.saw(checkout.payment, checkout.amount)
    world.box.run(flows.record_payment(order.id, checkout.payment, checkout.amount, by=ORGANIZER))


def pay_by_transfer_too_late(world: World) -> None:
    order = reserve(world)
    checkout = world.box.checkout(order.id, provider="bank_transfer")
    world.clock.advance(days=6)
    world.box.reconcile()
    world.log.saw(checkout.payment, checkout.amount)
    world.box.run(flows.record_payment(order.id, checkout.payment, checkout.amount, by=ORGANIZER))


def record_the_refund(world: World) -> None:
    pay_by_transfer(world)
    world.box.cancel("A1", by=BUYER)
    for refund in world.box.dossier("A1").refunds:
        world.box.run(flows.record_refund("A1", refund.id, by=ORGANIZER))


def cancel_one(world: World) -> None:
    world.box.cancel("A1", ["A1-1"], by=BUYER)


def cancel_all(world: World) -> None:
    world.box.cancel("A1", by=BUYER)


def refuse(world: World) -> None:
    world.box.refuse("A1", ["A1-1", "A1-2"], by=ORGANIZER)


def give_some_back(world: World) -> None:
    world.box.refund("A1", Money.of("5.00", EUR), by=ORGANIZER)


def reserve_to_be_approved(world: World) -> None:
    sell(world, 2, id="A1")


def approve(world: World) -> None:
    world.box.approve("A1", by=ORGANIZER)


def approve_and_pay(world: World) -> None:
    sell(world, 2, id="A1")
    world.box.approve("A1", by=ORGANIZER)


def let_the_decision_run_out(world: World) -> None:
    sell(world, 2, id="A1")
    world.clock.advance(days=8)
    world.box.reconcile()


def cancel_event(world: World) -> None:
    world.box.cancel_event("talk", by=ORGANIZER)


def reschedule(world: World) -> None:
    event = talk()
    assert event.starts_at is not None
    world.box.reschedule(evolve(event, starts_at=event.starts_at + timedelta(days=7)), by=ORGANIZER)


def transfer(world: World) -> None:
    world.box.run(flows.transfer("A1", "A1-1", Attendee(person=person("Gus")), by=BUYER))


def change_to_dearer(world: World) -> None:
    world.box.run(flows.change_ticket("A1", "A1-1", {"vip": 1}, by=BUYER))
    buy(world, "A1")


def change_and_do_not_pay(world: World) -> None:
    world.box.run(flows.change_ticket("A1", "A1-1", {"vip": 1}, by=BUYER))
    world.box.checkout("A1", provider="card")


def change_to_cheaper(world: World) -> None:
    world.box.run(flows.change_ticket("A1", "A1-1", {"cheap": 1}, by=BUYER))


def pay_unnoticed_and_let_it_run_out(world: World) -> None:
    """The notification never comes, and the hold is over: the sweep looks at the provider first."""
    order = reserve(world)
    world.card.pay(world.box.checkout(order.id, provider="card").url)
    world.clock.advance(hours=1)
    world.box.reconcile()


def pay_when_it_has_run_out(world: World) -> None:
    """What is on its way comes when the longest hold is over."""
    order = reserve(world)
    page = world.box.checkout(order.id, provider="card").url
    world.card.pend(page)
    world.deliver()
    world.clock.advance(days=8)
    world.box.reconcile()
    world.card.settle(page)
    world.deliver()


def never_pay(world: World) -> None:
    order = reserve(world)
    world.box.checkout(order.id, provider="card")
    world.clock.advance(hours=1)
    world.box.reconcile()


def give_up_at_the_till(world: World) -> None:
    order = reserve(world)
    world.box.checkout(order.id, provider="card")
    world.box.cancel(order.id, by=BUYER)


def check_out_twice(world: World) -> None:
    order = reserve(world)
    world.box.checkout(order.id, provider="bank_transfer")
    buy(world, order.id)


def wait_for_a_place(world: World) -> None:
    sell(world, id="A1")
    world.box.run(flows.join_list("talk", "standard", person("Zoe")))


def offer_and_take(world: World) -> None:
    world.box.cancel("A1", by=BUYER)
    (offer,) = world.outbox.of(MessageKind.OFFER)
    _, _, entry, token = offer.link(Purpose.OFFER).split("/")
    order = world.box.run(flows.take_offer(entry, token))
    buy(world, order.id)


def offer_in_vain(world: World) -> None:
    world.box.cancel("A1", by=BUYER)
    world.clock.advance(days=2)
    world.box.reconcile()


def connect_and_disconnect(world: World) -> None:
    world.box.run(flows.connect("42", world.card.name, world.card.account, by=ORGANIZER))
    reserve(world, 2)
    world.box.run(flows.disconnect("42", world.card.name, by=ORGANIZER))


def lose_a_dispute(world: World) -> None:
    for tell in (world.card.dispute, world.card.lose_dispute):
        tell("cs_1")
        world.deliver()


def win_a_dispute(world: World) -> None:
    for tell in (world.card.dispute, world.card.win_dispute):
        tell("cs_1")
        world.deliver()


def sell_and_leave_the_rest_to_the_sweep(world: World) -> None:
    order = reserve(world)
    checkout = world.box.checkout(order.id, provider="card")
    world.box.reconcile()
    world.card.pay(world.box.checkout(order.id, provider="card").url or checkout.url)
    world.deliver()
    world.box.reconcile()


BOTH = on_sale(tickets=[STANDARD, VIP, CHEAP], capacity=None)
ON_APPROVAL = on_sale(policy=Policy(approval=Approval.MANUAL, capture=Capture.ON_APPROVAL))
ONE_PLACE = on_sale(capacity=1)

SCENARIOS: dict[str, tuple[Prepared, Scenario]] = {
    "sell": (on_sale(), sell_two),
    "sell at no price": (on_sale(tickets=[evolve(STANDARD, price=Money.zero(EUR))]), get_for_nothing),
    "sell by transfer": (on_sale(), pay_by_transfer),
    "sell by transfer, too late": (on_sale(), pay_by_transfer_too_late),
    "sell by transfer, and give it back": (on_sale(), record_the_refund),
    "sell, and leave the rest to the sweep": (unhurried, sell_and_leave_the_rest_to_the_sweep),
    "check out twice": (on_sale(), check_out_twice),
    "cancel one of two": (then(on_sale(), sell_two), cancel_one),
    "cancel all": (then(on_sale(), sell_two), cancel_all),
    "refuse": (then(on_sale(), sell_two), refuse),
    "give some back": (then(on_sale(), sell_two), give_some_back),
    "approve": (ON_APPROVAL, approve_and_pay),
    "do not approve": (ON_APPROVAL, let_the_decision_run_out),
    "cancel the event": (then(on_sale(), sell_three_orders), cancel_event),
    "reschedule": (then(on_sale(), sell_two), reschedule),
    "transfer": (then(on_sale(), sell_two), transfer),
    "change to a dearer ticket": (then(BOTH, sell_one), change_to_dearer),
    "change, and do not pay": (then(BOTH, sell_one), change_and_do_not_pay),
    "change to a cheaper ticket": (then(BOTH, sell_one), change_to_cheaper),
    "never pay": (on_sale(), never_pay),
    "give up at the till": (on_sale(), give_up_at_the_till),
    "pay, and nobody hears of it": (on_sale(), pay_unnoticed_and_let_it_run_out),
    "pay too late": (on_sale(), pay_when_it_has_run_out),
    "pay too late, in vain": (on_sale(policy=Policy(late_payments=LatePayment.REFUND)), pay_when_it_has_run_out),
    "take an offer": (then(ONE_PLACE, wait_for_a_place), offer_and_take),
    "do not take an offer": (then(ONE_PLACE, wait_for_a_place), offer_in_vain),
    "connect and disconnect": (on_sale(providers=[Provider(name="card")]), connect_and_disconnect),
    "lose a dispute": (then(on_sale(), sell_two), lose_a_dispute),
    "win a dispute": (then(on_sale(), sell_two), win_a_dispute),
}


# Which of these a mistake shows in, and what of all that is promised does not hold then.
MISTAKES: dict[str, tuple[Make, str, str]] = {
    "a refund has a new key each time": (lambda: Wrong(how=another_key()), "cancel one of two", "twice"),
    "what is to be done is not committed": (
        lambda: Wrong(rewrite=without_obligations),
        "cancel all",
        "given back or owed",
    ),
    "a refund is not reserved": (lambda: Wrong(rewrite=without_the_decision), "cancel all", "stays true"),
    "what is begun counts as done": (lambda: Wrong(rewrite=done_when_claimed), "cancel all", "given back or owed"),
    "what is late is not seen": (lambda: Wrong(how=over_is_over), "pay, and nobody hears of it", "is known"),
    "what can be paid is never voided": (lambda: Wrong(how=never_voided), "give up at the till", "Nobody can pay"),
    "what is sold is not counted": (lambda: Wrong(rewrite=without_takes), "sell", "somebody’s"),
    "what is given up is not counted": (lambda: Wrong(rewrite=without_gives), "cancel all", "somebody’s"),
    "nothing is booked": (lambda: Wrong(rewrite=without_entries), "sell", "The books have"),
    "orders get lost": (lambda: Wrong(rewrite=without_orders), "sell at no price", "stays true"),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_seen(mistake: str) -> None:
    """The same scenarios in a world that is wrong: a check that finds nothing there would be worth nothing."""
    make, name, sentence = MISTAKES[mistake]
    prepare, scenario = SCENARIOS[name]
    runs = crash_points(scenario, make=lambda: prepare(make))
    assert sentence in str(runs), str(runs)


def crashed(name: str, **more: Any) -> CrashRuns:
    prepare, scenario = SCENARIOS[name]
    return crash_points(scenario, make=lambda: prepare(World), **more)


@pytest.mark.parametrize("name", SCENARIOS)
def test_a_crash_at_any_point_is_got_over(name: str) -> None:
    runs = crashed(name)
    assert not runs.failures, str(runs)
    assert runs.runs == 1 + 2 * runs.effects > 1


def test_two_crashes_one_after_the_other_are_got_over() -> None:
    runs = crashed("sell", k=2, stride=3)
    assert not runs.failures, str(runs)
    assert runs.runs > 25


# What two may do with one order in the same moment.
ACTS: dict[str, Scenario] = {
    "cancel one": cancel_one,
    "refuse": refuse,
    "give some back": give_some_back,
    "transfer": transfer,
    "change": change_to_cheaper,
    "cancel the event": cancel_event,
}


def met(first: str, second: str, number: int, store: Meeting) -> tuple[str, ...]:
    """What is broken once *second* was done just before commit *number* of *first*."""
    world = then(BOTH, sell_two)(lambda: World(store=store))
    store.left, store.meanwhile = number, lambda: tried(ACTS[second], world)
    tried(ACTS[first], world)
    quiet(world)
    return broken_promises(world, world.log)


def tried(act: Scenario, world: World) -> None:
    with suppress(IllegalTransitionError, RefusedError):
        act(world)


@pytest.mark.parametrize("second", ACTS)
@pytest.mark.parametrize("first", ACTS)
def test_two_who_act_at_once_never_see_half_of_each_other(first: str, second: str) -> None:
    for number in range(1, 5):
        assert not met(first, second, number, Meeting())


def test_that_two_act_at_once_is_seen_where_the_last_is_right() -> None:
    assert met("cancel one", "give some back", 1, Meeting(whatever_version))
