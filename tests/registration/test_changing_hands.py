"""Places for other people, and other tickets for the same people."""

from datetime import timedelta

import pytest
from attrs import evolve
from registration.desk import BUYER, ORGANIZER, Desk, attendee
from worked.shop import code, euros, percent, shop, ticket

from paidevents import IllegalTransitionError, InvalidValueError, Rate, RefusedError
from paidevents.catalog import (
    Cancellation,
    Event,
    Limit,
    LimitOf,
    LimitPer,
    Policy,
    Question,
    RefundStep,
    RegistrationForm,
    Restore,
)
from paidevents.catalog.people import Role
from paidevents.errors import SoldOutError
from paidevents.lifecycle.order import OrderState
from paidevents.lifecycle.registration import RegistrationState as R
from paidevents.registration import (
    Change,
    Outcome,
    approved,
    called_off,
    cancelled,
    changed,
    expired,
    extended,
    invite,
    payment_lost,
    taken_without,
    transferred,
)

BOTH = (ticket("20.00"), ticket("50.00", id="vip", quantity=5))


def sold(places: int = 1, event: Event | None = None, wanted: str = "standard", *codes: str) -> Desk:
    desk = Desk(event or shop(*BOTH, cancellation=Cancellation.limited(RefundStep(None, Rate.of("50 %")))))
    desk.reserve({wanted: places}, *codes)
    desk.pay()
    return desk


def swap(desk: Desk, wanted: str, id: str = "A1-1", *codes: str, count: int = 1) -> Outcome:
    taken = taken_without(desk.order, desk.plan, id, desk.taken)
    return desk.do(changed, id, desk.plan.quote({wanted: count}, codes, at=desk.at, taken=taken))


def test_another_person_gets_the_place_at_the_same_price_with_a_pass_of_its_own() -> None:
    desk = sold(2, shop(*BOTH, policy=Policy(one_per_person=True)))
    before = {name for name in +desk.taken if name.startswith("person/")}
    desk.do(transferred, "A1-1", attendee("Finn"), by=BUYER)
    after = {name for name in +desk.taken if name.startswith("person/")}
    assert desk.meant() == ["A1-1 renew_pass", "A1-1 send_confirmation"]
    new = desk.order.registration("A1-1").attendee
    assert new is not None and new.person.name == "Finn"
    assert (len(before), len(after), len(before & after)) == (2, 2, 1), "Ana may have a place again, Finn may not"


def test_a_place_is_not_given_to_who_has_it() -> None:
    """Hostile: state_machine-014."""
    desk = sold()
    with pytest.raises(RefusedError) as refused:
        desk.do(transferred, "A1-1", attendee("ANA"))
    assert [reason.code for reason in refused.value.reasons] == ["transfer_to_self"]


def test_the_other_person_fills_in_the_form_as_well() -> None:
    form = RegistrationForm(questions=(Question(id="level", text="Your level?"),))
    desk = sold(1, shop(*BOTH, form=form))
    desk.do(transferred, "A1-1", attendee("Finn"))
    required = RegistrationForm(questions=(Question(id="level", text="Your level?", required=True),))
    desk.plan = type(desk.plan)(shop(*BOTH, form=required))
    with pytest.raises(RefusedError) as refused:
        desk.do(transferred, "A1-1", attendee("Gus"))
    assert [reason.code for reason in refused.value.reasons] == ["answer_missing"]


def test_where_places_stay_with_their_people_they_stay() -> None:
    desk = sold(1, shop(*BOTH, policy=Policy(transferable=False)))
    with pytest.raises(IllegalTransitionError) as refused:
        desk.do(transferred, "A1-1", attendee("Finn"))
    assert [reason.code for reason in refused.value.refused_by] == ["is_transferable"]


def test_an_unpaid_place_is_nobody_elses() -> None:
    desk = Desk(shop(*BOTH))
    desk.reserve(1)
    with pytest.raises(IllegalTransitionError):
        desk.do(transferred, "A1-1", attendee("Finn"))


def test_a_dearer_ticket_waits_for_the_difference_and_the_old_place_is_kept_until_then() -> None:
    """50.00 - 20.00 = 30.00."""
    desk = sold(2)
    swap(desk, "vip")
    assert (desk.order.due, desk.order.asked, desk.states) == (euros("40.00"), euros("70.00"), [R.CONFIRMED] * 2)
    assert desk.taken == {"event": 2, "ticket/standard": 2, "ticket/vip": 1}
    desk.pay()
    assert (desk.received, desk.order.due, desk.order.change) == (euros("70.00"), euros("70.00"), None)
    assert +desk.taken == {"event": 2, "ticket/standard": 1, "ticket/vip": 1}
    assert (desk.order.registration("A1-1").quote, desk.meant()) == (1, ["apply_change", "A1-1 send_confirmation"])


def test_a_change_that_is_not_paid_in_time_is_dropped() -> None:
    desk = sold()
    swap(desk, "vip")
    with pytest.raises(IllegalTransitionError):
        swap(desk, "vip")
    desk.do(extended, until=desk.at + timedelta(hours=1))
    desk.at += timedelta(minutes=59)
    with pytest.raises(IllegalTransitionError):
        desk.do(expired)
    desk.at += timedelta(minutes=1)
    desk.do(expired)
    assert (desk.order.change, desk.state, desk.order.due, +desk.taken) == (
        None,
        OrderState.PAID,
        euros("20.00"),
        {"event": 1, "ticket/standard": 1},
    )


def test_a_cheaper_ticket_is_had_at_once_and_gives_back_what_was_promised_of_the_difference() -> None:
    """50.00 - 20.00 = 30.00, of which half is promised: 15.00. Then half of 20.00: 10.00; 25.00 are kept."""
    desk = sold(1, None, "vip")
    swap(desk, "standard")
    assert (desk.received, desk.order.due, desk.order.change) == (euros("35.00"), euros("35.00"), None)
    assert +desk.taken == {"event": 1, "ticket/standard": 1}
    desk.do(cancelled, by=BUYER)
    assert (desk.received, desk.state) == (euros("25.00"), OrderState.CANCELLED)


def test_a_ticket_of_the_same_price_costs_nothing() -> None:
    desk = sold(1, shop(ticket(), ticket(id="other")))
    assert swap(desk, "other").given == ()
    assert (desk.received, +desk.taken) == (euros("20.00"), {"event": 1, "ticket/other": 1})


def test_the_last_place_can_be_changed_and_a_code_that_was_used_stays_used_once() -> None:
    """One place in all; a code for one order. 18.00, then 45.00 with the same code."""
    once = code("ten", percent("10 %"), limits=(Limit(LimitOf.ORDERS, 1, LimitPer.PROMOTION),))
    desk = sold(1, shop(*BOTH, capacity=1, promotions=(once,)), "standard", "ten")
    assert desk.received == euros("18.00")
    swap(desk, "vip", "A1-1", "ten")
    desk.pay()
    assert (desk.received, desk.taken["event"], desk.taken["promotion/ten/orders"]) == (euros("45.00"), 1, 1)


def test_what_cannot_be_had_changes_nothing() -> None:
    desk = sold()
    before = desk.order
    with pytest.raises(SoldOutError):
        swap(desk, "vip", count=6)
    desk.at += timedelta(days=365)
    with pytest.raises(RefusedError):
        swap(desk, "vip")
    assert desk.order is before
    with pytest.raises(InvalidValueError):
        swap(desk, "vip", "A9-9")


def test_who_paid_nothing_has_no_ticket_to_change() -> None:
    let_off, guest = Desk(shop(*BOTH)), Desk(shop(*BOTH))
    let_off.reserve({"standard": 1})
    let_off.do(approved, received=let_off.received)
    guest.done(invite(guest.plan, id="A1", attendee=attendee(), role=Role.CO_ORGANIZER, at=guest.at, by=ORGANIZER))
    for desk in (let_off, guest):
        with pytest.raises(RefusedError) as refused:
            swap(desk, "vip")
        assert [reason.code for reason in refused.value.reasons] == ["nothing_paid_for"]


def test_whose_place_is_given_up_has_no_change_any_more() -> None:
    desk = sold(2)
    swap(desk, "vip")
    desk.do(called_off, ["A1-1"])
    assert (desk.order.change, desk.received, +desk.taken) == (None, euros("20.00"), {"event": 1, "ticket/standard": 1})
    swap(desk, "vip", "A1-2")
    desk.received = euros("0.00")
    desk.do(payment_lost, received=desk.received)
    assert (desk.order.change, desk.state, +desk.taken) == (None, OrderState.CANCELLED, {})


def test_when_the_difference_is_lost_the_changed_place_goes_and_the_others_stay() -> None:
    """Two of 20.00; one changed to 50.00: 70.00. The 30.00 are lost: 40.00 pay for the other, 20.00 go back."""
    desk = sold(2)
    swap(desk, "vip")
    desk.pay()
    desk.received = euros("40.00")
    assert desk.do(payment_lost, received=desk.received).in_vain == euros("20.00")
    assert (desk.states, desk.received, desk.state) == ([R.CANCELLED, R.CONFIRMED], euros("20.00"), OrderState.PAID)


def test_a_change_is_of_somebody_in_the_order() -> None:
    desk = sold()
    swap(desk, "vip")
    change = desk.order.change
    assert change is not None
    with pytest.raises(InvalidValueError, match="registration"):
        evolve(desk.order, change=Change(registration="A1-9", quote=change.quote, hold=change.hold))


def test_what_an_open_change_took_comes_back_whoever_leaves_meanwhile() -> None:
    """
    Two with one code: one use. A change of one with the code takes a second; then the other one leaves.

    When it is paid one order's use is needed, so the second comes back; when it is dropped as well.
    """
    ten = code(
        "ten", percent("10 %"), limits=(Limit(LimitOf.ORDERS, 9, LimitPer.PROMOTION),), restore=Restore.ON_ANY_REFUND
    )
    for is_paid in (True, False):
        desk = sold(2, shop(*BOTH, promotions=(ten,)), "standard", "ten")
        swap(desk, "vip", "A1-1", "ten")
        assert desk.taken["promotion/ten/orders"] == 2
        desk.do(called_off, ["A1-2"])
        if is_paid:
            desk.pay()
        else:
            desk.at += timedelta(days=1)
            desk.do(expired)
        assert desk.taken["promotion/ten/orders"] == 1
        desk.do(called_off)
        assert not +desk.taken
