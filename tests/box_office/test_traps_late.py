"""Money and holds: what comes too late, what comes in the last moment, what takes days, what comes twice (traps 7, 8 and 10)."""

from datetime import timedelta

import pytest
from box_office.both_sides import balances, books, late, on_sale, payments, record, refunds, taken, wrong
from box_office.offices import ORGANIZER, Office

from paidevents import EUR, IllegalTransitionError, Money, Span
from paidevents.box_office import flows
from paidevents.catalog import LatePayment, Policy
from paidevents.errors import SoldOutError
from paidevents.lifecycle import OrderState, RegistrationState
from paidevents.providers import Fault


def paid_late(policy: LatePayment, *, is_sold_out: bool = False) -> tuple[Office, str]:
    """An order that was paid in a way that takes longer than its places are held."""
    office = on_sale(policy=late(policy))
    order = office.reserve().id
    shown = office.run(flows.checkout(order))
    office.world.card.pend(shown.url)
    office.deliver()
    office.world.clock.advance(days=7)
    office.run(flows.reconcile())
    assert (office.dossier(order).order.state, taken(office)) == (OrderState.EXPIRED, 0)
    if is_sold_out:
        office.sell(3)
    office.world.card.settle(shown.url)
    assert office.deliver() == [200]
    return office, order


def test_late_money_is_taken_while_there_is_room() -> None:
    office, order = paid_late(LatePayment.ACCEPT_IF_ROOM)
    assert (office.dossier(order).order.state, taken(office)) == (OrderState.PAID, 1)
    assert (books(office), office.told()) == (["paid 20.00"], ["confirmation"])
    assert balances(office, order) == {"provider": "20.00", "organizer": "-20.00"}
    assert wrong(office) == []


def test_late_money_goes_back_if_there_is_no_room() -> None:
    office, order = paid_late(LatePayment.ACCEPT_IF_ROOM, is_sold_out=True)
    assert (office.dossier(order).order.state, taken(office)) == (OrderState.EXPIRED, 3)
    assert (books(office)[0], refunds(office, order)) == ("paid 20.00 -20.00 succeeded", ["p1 -20.00 late succeeded"])
    assert (balances(office, order), office.told()[-1]) == ({}, "money_returned")
    assert office.dossier(order).passes == ()
    assert wrong(office) == []


def test_late_money_goes_back_where_the_event_says_so() -> None:
    office, order = paid_late(LatePayment.REFUND)
    assert (office.dossier(order).order.state, taken(office)) == (OrderState.EXPIRED, 0)
    assert (books(office), refunds(office, order)) == (["paid 20.00 -20.00 succeeded"], ["p1 -20.00 late succeeded"])
    assert wrong(office) == []


def test_late_money_waits_for_the_organizer_where_the_event_says_so_and_is_honoured() -> None:
    office, order = paid_late(LatePayment.REVIEW)
    assert (books(office), office.told()) == (["paid 20.00"], ["decision_needed"])
    assert balances(office, order) == {"provider": "20.00", "surplus": "-20.00"}
    assert wrong(office) == []
    assert office.run(flows.honour(order, by=ORGANIZER)).state is OrderState.PAID
    assert (taken(office), balances(office, order)) == (1, {"provider": "20.00", "organizer": "-20.00"})
    with pytest.raises(IllegalTransitionError):
        office.run(flows.turn_down(order, by=ORGANIZER))
    assert wrong(office) == []


def test_late_money_is_not_honoured_once_the_places_are_gone_and_then_it_is_turned_down() -> None:
    office, order = paid_late(LatePayment.REVIEW, is_sold_out=True)
    with pytest.raises(IllegalTransitionError, match="The places are gone"):
        office.run(flows.honour(order, by=ORGANIZER))
    assert (books(office)[0], taken(office)) == ("paid 20.00", 3)
    assert office.run(flows.turn_down(order, by=ORGANIZER)).state is OrderState.EXPIRED
    assert (books(office)[0], balances(office, order)) == ("paid 20.00 -20.00 succeeded", {})
    office.run(flows.turn_down(order, by=ORGANIZER))
    assert refunds(office, order) == ["p1 -20.00 late succeeded"], "once is enough"
    assert wrong(office) == []


def test_what_comes_for_a_cancelled_order_goes_back() -> None:
    office = on_sale()
    order = office.reserve().id
    shown = office.run(flows.checkout(order))
    office.world.card.pay(shown.url)
    office.run(flows.cancel(order, by=ORGANIZER))
    assert (books(office), refunds(office, order)) == (["paid 20.00 -20.00 succeeded"], ["p1 -20.00 late succeeded"])
    assert (office.dossier(order).order.state, taken(office)) == (OrderState.CANCELLED, 0)
    office.deliver()
    assert wrong(office) == []


def test_what_is_paid_in_the_moment_in_which_it_runs_out_keeps_its_place() -> None:
    """It is voided first; the provider says that it is paid, and nobody else gets the place."""
    office = on_sale(capacity=1)
    order = office.reserve().id
    shown = office.run(flows.checkout(order))
    office.world.clock.advance(minutes=30)
    office.world.card.pay(shown.url)
    office.world.clock.advance(minutes=2)
    assert not office.run(flows.expire(order))
    assert (books(office), payments(office, order)) == (["paid 20.00"], ["p1 paid"])
    assert (taken(office), office.dossier(order).order.state) == (1, OrderState.PAID)
    assert wrong(office) == []


def test_somebody_else_gets_a_place_that_has_run_out_only_after_the_provider_was_asked() -> None:
    for is_paid in (True, False):
        office = on_sale(capacity=1)
        order = office.reserve().id
        shown = office.run(flows.checkout(order))
        if is_paid:
            office.world.card.pay(shown.url)
        office.world.clock.advance(minutes=32)
        if is_paid:
            with pytest.raises(SoldOutError, match="Places left: 0"):
                office.reserve()
        else:
            assert office.reserve().state is OrderState.HELD
        assert (books(office), taken(office)) == (["paid 20.00" if is_paid else "expired"], 1)
        assert wrong(office) == []


def test_while_the_provider_is_down_places_are_kept_until_the_last_moment() -> None:
    """A hold lasts seven days at most; until then nobody knows whether it was paid."""
    office = on_sale()
    order = office.reserve()
    office.run(flows.checkout(order.id))
    last = order.hold.latest
    for at in (order.hold.starts_at + timedelta(minutes=32), last - timedelta(days=1), last - timedelta(seconds=1)):
        office.world.clock.set(at)
        office.world.card.script("void", Fault.LOST_REQUEST)
        assert not office.run(flows.expire(order.id))
        assert (taken(office), payments(office, order.id)) == (1, ["p1 open"])
    office.world.clock.set(last)
    office.world.card.script("void", Fault.LOST_REQUEST, Fault.LOST_REQUEST)
    assert office.run(flows.expire(order.id))
    assert (taken(office), payments(office, order.id)) == (0, ["p1 open"])
    office.run(flows.reconcile())
    assert payments(office, order.id) == ["p1 expired"]
    office.world.clock.advance(minutes=1)
    office.run(flows.reconcile())
    assert wrong(office) == []


def test_what_was_paid_while_nobody_could_be_asked_is_late_money() -> None:
    office = on_sale()
    order = office.reserve()
    shown = office.run(flows.checkout(order.id))
    office.world.card.pay(shown.url)
    office.world.clock.set(order.hold.latest)
    office.world.card.script("void", Fault.LOST_REQUEST)
    assert office.run(flows.expire(order.id))
    assert (taken(office), office.dossier(order.id).order.state) == (1, OrderState.PAID), (
        "it was late, and there is room"
    )
    assert wrong(office) == []


def test_what_takes_days_is_waited_for_and_then_comes() -> None:
    """Trap 8: complete is not paid. The place is kept, and nobody is let in, until the money is there."""
    office = on_sale()
    order = office.reserve()
    shown = office.run(flows.checkout(order.id))
    office.world.card.pend(shown.url)
    office.deliver()
    assert office.dossier(order.id).order.hold.until == order.hold.latest
    for _ in range(6):
        office.world.clock.advance(days=1)
        assert (office.run(flows.reconcile()).changes, taken(office)) == (0, 1)
        assert (office.dossier(order.id).passes, office.told()) == ((), [])
    office.world.card.settle(shown.url)
    office.deliver()
    assert (books(office), payments(office, order.id)) == (["paid 20.00"], ["p1 paid"])
    assert office.told() == ["confirmation"]
    assert wrong(office) == []


def test_what_took_days_and_failed_leaves_the_place_for_another_try() -> None:
    office = on_sale(policy=Policy(longest_hold=Span(days=7)))
    order = office.reserve().id
    shown = office.run(flows.checkout(order))
    office.world.card.pend(shown.url)
    office.deliver()
    office.world.clock.advance(days=5)
    office.world.card.fail(shown.url)
    office.deliver()
    assert (books(office), payments(office, order), taken(office)) == (["failed"], ["p1 failed"], 1)
    office.pay(order)
    assert (payments(office, order), taken(office)) == (["p1 failed", "p2 paid"], 1)
    assert wrong(office) == []


def test_what_came_and_is_taken_back_days_later_ends_the_place_and_its_links() -> None:
    office = on_sale()
    order = office.sell().id
    office.world.clock.advance(days=5)
    office.world.card.fail("cs_1")
    office.deliver()
    after = office.dossier(order)
    assert (books(office), payments(office, order)) == (["failed"], ["p1 lost"])
    assert (after.order.state, taken(office)) == (OrderState.CANCELLED, 0)
    assert [one.state for one in after.order.registrations] == [RegistrationState.CANCELLED]
    assert [bool(pass_.refusals) for pass_ in after.passes] == [True]
    assert (balances(office, order), office.told()) == ({}, ["confirmation", "cancelled"])
    assert wrong(office) == []


def test_two_pages_of_one_order_are_paid_and_the_second_goes_back() -> None:
    """Trap 10: an answer was lost and its key forgotten; the buyer has both pages open."""
    office = on_sale()
    order = office.reserve().id
    office.world.card.script("start", Fault.LOST_ANSWER, Fault.FORGET_KEYS)
    office.run(flows.checkout(order))
    office.run(flows.checkout(order))
    for page in ("cs_1", "cs_2"):
        office.world.card.pay(page)
    office.deliver()
    assert books(office) == ["paid 20.00", "paid 20.00 -20.00 succeeded"]
    assert [one.split(" ", 1)[1] for one in refunds(office, order)] == ["-20.00 surplus succeeded"]
    assert balances(office, order) == {"provider": "20.00", "organizer": "-20.00"}
    assert office.told() == ["confirmation", "money_returned"]
    assert wrong(office) == []


def test_an_order_is_paid_by_card_and_by_transfer_and_what_came_second_goes_back() -> None:
    """The buyer chose the bank, but the card's page could not be closed."""
    office = on_sale()
    order = office.reserve().id
    first = office.run(flows.checkout(order))
    office.world.card.script("void", Fault.LOST_REQUEST)
    second = office.run(flows.checkout(order, provider="bank_transfer"))
    assert payments(office, order) == ["p1 open", "p2 open"]
    office.world.card.pay(first.url)
    record(office, order, second.payment, Money.of("20.00", EUR))
    assert payments(office, order) == ["p1 paid", "p2 paid"], (
        "once nothing is due, the card’s page is closed, and looked at"
    )
    assert (books(office), refunds(office, order)) == (["paid 20.00 -20.00 succeeded"], ["p1 -20.00 surplus succeeded"])
    assert balances(office, order) == {"provider": "20.00", "organizer": "-20.00"}
    office.deliver()
    assert wrong(office) == []


def test_two_tabs_show_one_page() -> None:
    office = on_sale()
    order = office.reserve().id
    assert office.run(flows.checkout(order)) == office.run(flows.checkout(order))
    assert books(office) == ["open"]
