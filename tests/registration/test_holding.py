"""How an order begins, and how it is settled: in time, late, or not at all."""

from datetime import timedelta
from typing import Any

import pytest
from registration.desk import NAMES, ORGANIZER, Desk, attendee, person
from worked.shop import AT, card, code, euros, off, percent, shop, ticket

from paidevents import IllegalTransitionError, InvalidValueError, Money, RefusedError, Span
from paidevents.catalog import Approval, EventSession, LatePayment, Policy, Promotion, Question, RegistrationForm, Tier
from paidevents.catalog.form import Disclaimer
from paidevents.catalog.kinds import Attendance
from paidevents.catalog.people import Role
from paidevents.errors import AmountRefusedError, PriceChangedError, SaleClosedError, SoldOutError
from paidevents.lifecycle.event import EventState
from paidevents.lifecycle.order import OrderState
from paidevents.lifecycle.registration import RegistrationState as R
from paidevents.pricing import Basket, Item, Plan
from paidevents.registration import (
    Answer,
    Hold,
    Order,
    approved,
    authorized,
    declined,
    expired,
    extended,
    honoured,
    invite,
    paid,
    payment_hold_until,
    payment_lost,
    requoted,
    reserve,
    sale_refusals,
)

MANUAL = Policy(approval=Approval.MANUAL)


def test_places_are_held_for_a_quarter_of_an_hour() -> None:
    desk = Desk()
    desk.reserve(2)
    assert desk.state is OrderState.HELD and desk.states == [R.RESERVED, R.RESERVED]
    assert desk.order.hold.until == AT + timedelta(minutes=15)
    assert (str(desk.order.due), desk.taken) == ("40.00 EUR", {"event": 2, "ticket/standard": 2})


def test_the_registrations_are_called_after_their_order() -> None:
    desk = Desk()
    desk.reserve(2)
    assert [one.id for one in desk.order.registrations] == ["A1-1", "A1-2"]
    assert [one.units for one in desk.order.registrations] == [(0,), (1,)]


def test_who_has_paid_is_confirmed_and_gets_a_pass() -> None:
    desk = Desk()
    desk.reserve(1)
    desk.pay()
    assert (desk.state, desk.states) == (OrderState.PAID, [R.CONFIRMED])
    assert desk.meant() == ["settle_registrations", "A1-1 issue_pass", "A1-1 send_confirmation"]


def test_a_cent_too_little_is_not_paid() -> None:
    desk = Desk()
    desk.reserve(1)
    with pytest.raises(IllegalTransitionError) as refused:
        desk.pay("19.99")
    assert [reason.code for reason in refused.value.refused_by] == ["is_settled"]
    assert desk.state is OrderState.HELD


def test_a_free_order_needs_no_payment() -> None:
    """100 % off: 20.00 - 20.00 = 0.00 (CM-12)."""
    desk = Desk(shop(ticket(), promotions=(code("free", percent("100 %")),)))
    desk.reserve(1, "free")
    assert (desk.state, desk.states, desk.order.due) == (OrderState.PAID, [R.CONFIRMED], euros("0.00"))
    assert desk.taken["event"] == 1, "and takes its place like any other"


def test_a_free_order_waits_for_the_organizer_where_everybody_does() -> None:
    desk = Desk(shop(ticket("0.00"), policy=MANUAL))
    desk.reserve(1)
    assert (desk.state, desk.states) == (OrderState.PAID, [R.AWAITING_APPROVAL])


def test_speakers_and_co_organizers_pay_nothing_and_take_no_place_on_sale() -> None:
    """GT-12."""
    desk = Desk(shop(ticket(), capacity=0, policy=MANUAL))
    desk.done(invite(desk.plan, id="S1", attendee=attendee("Dai"), role=Role.SPEAKER, at=AT, by=ORGANIZER))
    assert (desk.states, desk.taken, desk.order.due) == ([R.CONFIRMED], {}, euros("0.00"))
    with pytest.raises(InvalidValueError, match="role"):
        invite(desk.plan, id="S2", attendee=attendee(), role=Role.ATTENDEE, at=AT, by=ORGANIZER)


@pytest.mark.parametrize("state", [EventState.DRAFT, EventState.CANCELLED, EventState.ENDED])
def test_what_is_no_event_yet_or_no_more_is_not_sold(state: EventState) -> None:
    desk = Desk()
    with pytest.raises(SaleClosedError) as refused:
        desk.reserve(1, state=state)
    assert [reason.code for reason in refused.value.reasons] == ["event_not_on_sale"]


def test_the_recording_of_what_has_ended_is_sold_where_the_organizer_says_so() -> None:
    plan = Plan(shop(ticket(), policy=Policy(sells_recording=True)))
    assert sale_refusals(plan, EventState.ENDED) == ()
    assert [reason.code for reason in sale_refusals(plan, EventState.DRAFT)] == ["event_not_on_sale"]


def test_another_price_than_the_buyer_saw_holds_nothing() -> None:
    """Also when it became cheaper."""
    desk = Desk()
    for shown in ("19.99", "20.01"):
        with pytest.raises(PriceChangedError) as refused:
            desk.reserve(1, shown=euros(shown))
        assert str(refused.value.quote.charged) == "20.00 EUR"
    desk.reserve(1, shown=euros("20.00"))


def test_what_a_quote_refuses_is_refused() -> None:
    sold_out = Desk(shop(ticket(quantity=1)))
    with pytest.raises(SoldOutError) as none_left:
        sold_out.reserve(2)
    assert (none_left.value.counter, none_left.value.wanted, none_left.value.left) == ("ticket/standard", 2, 1)
    over = Desk()
    over.at = AT + timedelta(days=365)
    with pytest.raises(SaleClosedError):
        over.reserve(1)
    with pytest.raises(AmountRefusedError):
        Desk(shop(ticket("0.10"), providers=(card("0.50"),))).reserve(1)
    with pytest.raises(RefusedError) as two:
        Desk(shop(ticket(quantity=1, most_per_order=1))).reserve(2)
    assert sorted(reason.code for reason in two.value.reasons) == ["most_per_order", "sold_out"]


def test_a_discount_that_depends_on_who_buys_is_refused_and_not_priced_anew() -> None:
    desk = Desk(
        shop(ticket(), promotions=(Promotion(id="first", effect=off("5.00"), automatic=True, first_purchase=True),))
    )
    with pytest.raises(RefusedError) as refused:
        desk.reserve(1)
    assert [reason.code for reason in refused.value.reasons] == ["identity_required"]


def test_the_form_is_filled_in_or_nothing_is_held() -> None:
    form = RegistrationForm(
        questions=(
            Question(id="level", text="Your level?", required=True, choices=("low", "high")),
            Question(id="why", text="Why?", longest=5),
            Question(id="from", text="Where from?"),
        ),
        disclaimer=Disclaimer(text="No recording.", version=2),
    )
    desk = Desk(shop(ticket(), form=form))
    wrong = attendee(answers=(Answer("level", "middle"), Answer("why", "because"), Answer("who", "I")), accepted=1)
    for bad, codes in (
        (wrong, ["no_such_choice", "answer_too_long", "no_such_question", "disclaimer_not_accepted"]),
        (attendee(), ["answer_missing", "disclaimer_not_accepted"]),
    ):
        with pytest.raises(RefusedError) as refused:
            desk.reserve(1, attendees=[bad])
        assert [reason.code for reason in refused.value.reasons] == codes
    desk.reserve(1, attendees=[attendee(answers=(Answer("level", "low"), Answer("why", "so")), accepted=2)])


def test_where_each_person_has_one_place_the_second_is_refused() -> None:
    """By a counter: whoever asks at the same moment cannot both have one."""
    desk = Desk(shop(ticket(), policy=Policy(one_per_person=True)))
    with pytest.raises(RefusedError) as refused:
        desk.reserve(2, attendees=[attendee("Ana"), attendee("ANA")])
    assert [reason.code for reason in refused.value.reasons] == ["person_twice"]
    outcome = desk.reserve(2)
    marks = [take for take in outcome.takes if take.counter.startswith("person/")]
    assert [(take.count, take.limit) for take in marks] == [(1, 1), (1, 1)]
    assert not any("ana" in take.counter for take in marks), "no counter knows a person"
    desk.at += timedelta(minutes=15)
    desk.do(expired)
    assert not +desk.taken


def test_somebody_may_have_several_sessions() -> None:
    """Two sessions of 20.00 are 40.00; one attendee takes both, another one."""
    weeks = [EventSession(id=f"s{n}", starts_at=AT + timedelta(weeks=n), duration=Span(minutes=60)) for n in (1, 2)]
    desk = Desk(shop(ticket(), sessions=weeks, attendance=Attendance.CHOSEN_SESSIONS))
    items = [Item("standard", 2, sessions=("s1",)), Item("standard", 1, sessions=("s2",))]
    quote = desk.plan.quote(Basket.of(items), at=AT)
    people = [attendee("Ana"), attendee("Bo")]
    given: dict[str, Any] = {"id": "A1", "buyer": person(), "attendees": people, "at": AT}
    desk.done(reserve(desk.plan, quote, places=[[0, 2], [1]], **given))
    assert [one.units for one in desk.order.registrations] == [(0, 2), (1,)]
    assert (desk.taken["session/s1"], desk.taken["session/s2"]) == (2, 1)
    for places in ([[0], [1]], [[0, 1, 2], []], [[0, 1], [1, 2]], [[0, 1, 2]]):
        with pytest.raises(InvalidValueError, match="attendees"):
            reserve(desk.plan, quote, places=places, **given)
    with pytest.raises(InvalidValueError, match="attendees"):
        reserve(desk.plan, quote, **{**given, "attendees": []})


def test_what_is_not_paid_in_time_goes_back() -> None:
    desk = Desk(
        shop(
            ticket(tiers=(Tier(id="early", price=euros("15.00"), quantity=1),)),
            promotions=(code("ten", percent("10 %")),),
        )
    )
    desk.reserve(2, "ten")
    desk.at += timedelta(minutes=15) - timedelta(seconds=1)
    with pytest.raises(IllegalTransitionError) as early:
        desk.do(expired)
    assert [reason.code for reason in early.value.refused_by] == ["some_stay", "hold_is_over"]
    desk.at += timedelta(seconds=1)
    desk.do(expired)
    assert (desk.state, desk.states, +desk.taken) == (OrderState.EXPIRED, [R.LAPSED, R.LAPSED], {})
    with pytest.raises(IllegalTransitionError):
        desk.do(expired)


def late(policy: LatePayment) -> Desk:
    desk = Desk(
        shop(ticket(tiers=(Tier(id="early", price=euros("15.00"), quantity=5),)), policy=Policy(late_payments=policy))
    )
    desk.reserve(2)
    desk.at += timedelta(hours=1)
    desk.do(expired)
    return desk


def test_a_late_payment_keeps_the_price_and_takes_the_places_again() -> None:
    """The tier is not taken again: the price that was paid is honoured whatever became of it."""
    desk = late(LatePayment.ACCEPT_IF_ROOM)
    outcome = desk.pay("30.00")
    assert (desk.state, desk.states, str(desk.order.due)) == (OrderState.PAID, [R.CONFIRMED] * 2, "30.00 EUR")
    assert [(take.counter, take.count) for take in outcome.takes] == [("event", 2), ("ticket/standard", 2)]


@pytest.mark.parametrize(("policy", "has_room"), [(LatePayment.ACCEPT_IF_ROOM, False), (LatePayment.REFUND, True)])
def test_a_late_payment_goes_back_where_there_is_no_room_or_the_policy_says_so(
    policy: LatePayment, has_room: bool
) -> None:
    desk = late(policy)
    outcome = desk.pay("30.00", has_room=has_room)
    assert (desk.state, outcome.in_vain, desk.meant(), outcome.takes) == (
        OrderState.EXPIRED,
        euros("30.00"),
        ["refund_in_full"],
        (),
    )


def test_too_little_too_late_goes_back() -> None:
    desk = late(LatePayment.ACCEPT_IF_ROOM)
    assert desk.pay("29.99").in_vain == euros("29.99")


@pytest.mark.parametrize("accepts", [True, False])
def test_a_late_payment_can_wait_for_the_organizer(accepts: bool) -> None:
    desk = late(LatePayment.REVIEW)
    desk.received = euros("30.00")
    outcome = paid(desk.order, desk.plan, received=desk.received, at=desk.at)
    assert [meant.effect.value for meant in outcome.meant] == ["ask_organizer"]
    desk.order = outcome.order
    if accepts:
        with pytest.raises(IllegalTransitionError):
            honoured(desk.order, desk.plan, received=desk.received, at=desk.at, by=ORGANIZER, has_room=False)
        desk.do(honoured, received=desk.received, has_room=True)
        assert desk.states == [R.CONFIRMED] * 2
    else:
        assert desk.do(declined, received=desk.received).in_vain == euros("30.00")


def test_starting_a_payment_keeps_the_places_as_long_as_its_page_is_open() -> None:
    """30 minutes of a Stripe page from 12:10 on, and 2 minutes for the news: 12:42."""
    desk = Desk()
    desk.reserve(1)
    desk.at += timedelta(minutes=10)
    until = payment_hold_until(desk.order.hold, desk.at, timedelta(minutes=30))
    assert until == AT + timedelta(minutes=42)
    desk.do(extended, until=until)
    desk.do(extended, until=AT)  # never shorter
    assert desk.order.hold.until == until
    with pytest.raises(IllegalTransitionError) as refused:
        desk.do(extended, until=AT + timedelta(days=7, seconds=1))
    assert [reason.code for reason in refused.value.refused_by] == ["hold_can_last"]
    assert payment_hold_until(desk.order.hold, AT, timedelta(0)) == AT + timedelta(minutes=44)


def test_a_hold_begins_then_ends_at_the_latest_when_it_has_to() -> None:
    hour = timedelta(hours=1)
    for bounds in ((AT, AT, AT + hour), (AT, AT + 2 * hour, AT + hour)):
        with pytest.raises(InvalidValueError, match="until"):
            Hold(starts_at=bounds[0], until=bounds[1], latest=bounds[2])


def test_money_that_is_set_aside_waits_for_the_organizer() -> None:
    desk = Desk(shop(ticket(), policy=MANUAL))
    desk.reserve(2)
    decide_until = AT + timedelta(days=10)
    desk.do(authorized, until=decide_until)
    assert (desk.state, desk.states, desk.order.hold.until) == (
        OrderState.AUTHORIZED,
        [R.AWAITING_APPROVAL] * 2,
        decide_until,
    )
    desk.do(approved, received=desk.received)
    assert (desk.state, desk.meant()) == (OrderState.AUTHORIZED, ["capture"])
    desk.pay()
    assert desk.states == [R.CONFIRMED] * 2


@pytest.mark.parametrize("fails", [True, False])
def test_money_that_is_set_aside_too_long_lets_the_places_go(fails: bool) -> None:
    desk = Desk(shop(ticket(), policy=MANUAL))
    desk.reserve(1)
    desk.do(authorized, until=AT + timedelta(days=1))
    if fails:
        desk.do(payment_lost, received=desk.received)
    else:
        desk.at += timedelta(days=1)
        desk.do(expired)
        assert "void_payments" in desk.meant()
    assert (desk.state, desk.states, +desk.taken) == (OrderState.EXPIRED, [R.LAPSED], {})


def test_a_payment_that_fails_after_all_takes_the_places_with_it() -> None:
    """Hostile: payments-014. The pass is revoked in the same decision."""
    desk = Desk()
    desk.reserve(2)
    desk.pay()
    desk.received = euros("0.00")
    desk.do(payment_lost, received=desk.received)
    assert (desk.state, desk.states, +desk.taken) == (OrderState.CANCELLED, [R.CANCELLED] * 2, {})
    assert "A1-1 revoke_pass" in desk.meant()
    with pytest.raises(IllegalTransitionError):
        desk.do(payment_lost, received=desk.received)


def test_who_was_let_off_stays_when_the_payment_of_the_others_is_lost() -> None:
    desk = Desk()
    desk.reserve(2)
    desk.do(approved, ["A1-2"], received=desk.received)
    desk.pay()
    assert str(desk.received) == "20.00 EUR"
    desk.received = euros("0.00")
    desk.do(payment_lost, received=desk.received)
    assert (desk.state, desk.states) == (OrderState.PAID, [R.CANCELLED, R.CONFIRMED])


def test_the_organizer_may_let_somebody_off_and_the_rest_of_the_order_runs_out() -> None:
    """CM-20: who was confirmed by hand stays, with who did it; the other place goes back."""
    desk = Desk()
    desk.reserve(2)
    assert desk.do(approved, ["A1-1"], received=desk.received).forgiven == euros("20.00")
    assert (desk.state, str(desk.order.due)) == (OrderState.HELD, "20.00 EUR")
    assert desk.order.registration("A1-1").history[-1].by == "organizer:42"
    desk.at += timedelta(hours=1)
    desk.do(expired)
    assert (desk.state, desk.states, desk.taken["event"]) == (OrderState.PAID, [R.CONFIRMED, R.LAPSED], 1)


def test_when_all_are_let_off_the_order_is_settled() -> None:
    desk = Desk()
    desk.reserve(2)
    desk.do(approved, received=desk.received)
    assert (desk.state, desk.order.due, desk.meant()[-1]) == (OrderState.PAID, euros("0.00"), "void_payments")


def test_unpaid_places_are_had_for_nothing_when_payment_is_switched_off() -> None:
    """GT-06, GT-11."""
    desk = Desk()
    desk.reserve(2)
    free = Plan(shop(ticket("0.00")))
    desk.plan = free
    desk.do(requoted, desk.quote(2))
    assert (desk.state, desk.states, desk.order.due, desk.taken["event"]) == (
        OrderState.PAID,
        [R.CONFIRMED] * 2,
        euros("0.00"),
        2,
    )
    held = Desk()
    held.reserve(1)
    for wrong in (held.quote(1), free.quote({"standard": 2}, at=AT)):
        with pytest.raises(InvalidValueError, match="quote"):
            held.do(requoted, wrong)


def test_with_another_price_everybody_keeps_their_own_sessions() -> None:
    """Ana has the first and the second session, Bo the first."""
    weeks = [EventSession(id=f"s{n}", starts_at=AT + timedelta(weeks=n), duration=Span(minutes=60)) for n in (1, 2)]
    series = {"sessions": weeks, "attendance": Attendance.CHOSEN_SESSIONS}
    desk = Desk(shop(ticket(), **series))
    basket = Basket.of([Item("standard", 2, sessions=("s1",)), Item("standard", 1, sessions=("s2",))])
    people = [attendee("Ana"), attendee("Bo")]
    quote = desk.plan.quote(basket, at=AT)
    desk.done(reserve(desk.plan, quote, places=[[0, 2], [1]], id="A1", buyer=person(), attendees=people, at=AT))
    desk.plan = Plan(shop(ticket("0.00"), **series))
    desk.do(requoted, desk.plan.quote(basket, at=AT))
    places = desk.order.quotes[1].record.places
    assert [[places[unit][2] for unit in one.units] for one in desk.order.registrations] == [["s1", "s2"], ["s1"]]


def test_an_order_is_what_its_quotes_say() -> None:
    desk = Desk()
    desk.reserve(2)
    plain = {
        name: getattr(desk.order, name)
        for name in ("id", "event", "buyer", "registrations", "hold", "cancellation", "adjustment", "quotes")
    }
    one, two = desk.order.registrations
    other = Plan(shop(ticket(), id="other")).quote({"standard": 2}, at=AT)
    for changed, field in (
        ({"registrations": ()}, "registrations"),
        ({"registrations": (one, one)}, "registrations[1].id"),
        ({"quotes": ()}, "registrations[0].units"),
        ({"quotes": (other,)}, "quotes[0]"),
        ({"registrations": (one, type(two)(id="A1-2", attendee=None, units=(0,)))}, "registrations[1].units"),
        ({"registrations": (one, type(two)(id="A1-2", attendee=None, units=(2,)))}, "registrations[1].units"),
        ({"adjustment": Money.of("0.00", "USD")}, "currency"),
    ):
        with pytest.raises(InvalidValueError) as refused:
            Order(**{**plain, **changed})
        assert refused.value.field == field
    with pytest.raises(InvalidValueError, match="registration"):
        desk.order.registration("A2-1")


def test_people_are_in_no_text() -> None:
    """Hostile: people_and_text-008."""
    form = RegistrationForm(questions=(Question(id="level", text="Your level?"),))
    desk = Desk(shop(ticket(), form=form))
    desk.reserve(2, attendees=[attendee("Zebulon", answers=(Answer("level", "canary"),)), attendee()])
    shown = f"{desk.order!r} {desk.last!r} {person()!s}"
    assert not any(word in shown.lower() for word in ("zebulon", "canary", *(f"{name.lower()}@" for name in NAMES)))


def test_where_nothing_came_late_there_is_nothing_to_be_honoured() -> None:
    desk = Desk()
    desk.reserve()
    desk.at = AT + timedelta(minutes=15)
    desk.done(expired(desk.order, desk.plan, at=desk.at))
    with pytest.raises(IllegalTransitionError) as caught:
        honoured(desk.order, desk.plan, received=desk.received, at=desk.at, by=ORGANIZER, has_room=True)
    assert [reason.code for reason in caught.value.refused_by] == ["nothing_came_late"]
