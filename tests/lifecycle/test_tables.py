"""What a person would ask of the six tables, and the answers."""

from datetime import UTC, datetime, timedelta
from enum import Enum
from typing import Any

import pytest

from paidevents import IllegalTransitionError, Machine
from paidevents.lifecycle import (
    EVENT,
    ORDER,
    PAYMENT,
    REFUND,
    REGISTRATION,
    WAITING_LIST,
    EventEffect,
    EventFacts,
    EventState,
    EventTrigger,
    OrderEffect,
    OrderFacts,
    OrderState,
    OrderTrigger,
    PaymentEffect,
    PaymentFacts,
    PaymentState,
    PaymentTrigger,
    RefundEffect,
    RefundFacts,
    RefundState,
    RefundTrigger,
    RegistrationEffect,
    RegistrationFacts,
    RegistrationState,
    RegistrationTrigger,
    WaitingEffect,
    WaitingFacts,
    WaitingState,
    WaitingTrigger,
)

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
TICK = timedelta(microseconds=1)
HOUR = timedelta(hours=1)


def refusals(machine: Machine[Any, Any, Any, Any], state: Enum, trigger: Enum, facts: object) -> list[str]:
    """The codes of the guards that refuse; it must be refused."""
    with pytest.raises(IllegalTransitionError) as refused:
        machine.fire(state, trigger, facts)
    return [reason.code for reason in refused.value.refused_by]


def nothing_leads_out_of(machine: Machine[Any, Any, Any, Any], state: Enum) -> bool:
    return all(row.target is state for row in machine.rows if row.source is state)


# An event.


def event(**known: Any) -> EventFacts:
    return EventFacts(**{"at": NOON, "starts_at": NOON, "ends_at": NOON + HOUR, **known})


def test_an_event_with_errors_is_not_put_on_sale() -> None:
    assert refusals(EVENT, EventState.DRAFT, EventTrigger.SCHEDULE, event(is_sound=False)) == ["is_sound"]
    assert EVENT.fire(EventState.DRAFT, EventTrigger.SCHEDULE, event()).target is EventState.SCHEDULED


def test_a_draft_is_dropped_without_a_word() -> None:
    assert EVENT.fire(EventState.DRAFT, EventTrigger.CANCEL, event()).then == ()


def test_an_event_begins_at_its_start_and_not_before() -> None:
    early = event(at=NOON - TICK)
    assert refusals(EVENT, EventState.SCHEDULED, EventTrigger.START, early) == ["has_begun"]
    assert EVENT.fire(EventState.SCHEDULED, EventTrigger.START, event()).target is EventState.LIVE


def test_an_event_ends_at_its_end_and_not_before_also_where_nobody_started_it() -> None:
    for state in (EventState.SCHEDULED, EventState.LIVE):
        assert refusals(EVENT, state, EventTrigger.END, event(at=NOON + HOUR - TICK)) == ["is_over"]
        row = EVENT.fire(state, EventTrigger.END, event(at=NOON + HOUR))
        assert row.target is EventState.ENDED
        assert set(row.then) == {EventEffect.CLOSE_WAITING_LIST, EventEffect.ATTACH_RECORDINGS}


def test_what_has_no_date_has_begun_and_ends_when_its_organizer_says_so() -> None:
    """CM-15: a permanent event is paid once and attended at any time."""
    no_date = EventFacts(at=NOON)
    assert EVENT.fire(EventState.SCHEDULED, EventTrigger.START, no_date).target is EventState.LIVE
    assert EVENT.fire(EventState.LIVE, EventTrigger.END, no_date).target is EventState.ENDED


def test_a_new_date_is_told_at_once_and_has_to_lie_ahead() -> None:
    """CM-18."""
    for new_start, answered in ((None, False), (NOON - HOUR, False), (NOON, False), (NOON + TICK, True)):
        facts = event(new_start=new_start)
        if answered:
            row = EVENT.fire(EventState.SCHEDULED, EventTrigger.RESCHEDULE, facts)
            assert (row.target, row.then) == (EventState.SCHEDULED, (EventEffect.TELL_NEW_DATE,))
        else:
            assert refusals(EVENT, EventState.SCHEDULED, EventTrigger.RESCHEDULE, facts) == ["lies_ahead"]


def test_of_a_series_that_runs_a_later_session_is_moved_and_another_event_begins_anew() -> None:
    later = NOON + 24 * HOUR
    series = EVENT.fire(EventState.LIVE, EventTrigger.RESCHEDULE, event(new_start=later, is_series=True))
    single = EVENT.fire(EventState.LIVE, EventTrigger.RESCHEDULE, event(new_start=later))
    assert (series.target, single.target) == (EventState.LIVE, EventState.SCHEDULED)
    assert series.then == single.then == (EventEffect.TELL_NEW_DATE,)
    for is_series in (True, False):
        behind = event(new_start=NOON, is_series=is_series)
        assert refusals(EVENT, EventState.LIVE, EventTrigger.RESCHEDULE, behind) == ["goes_on", "lies_ahead"]


def test_who_paid_for_a_cancelled_event_is_not_forgotten() -> None:
    """CM-21."""
    for state in (EventState.SCHEDULED, EventState.LIVE):
        then = EVENT.fire(state, EventTrigger.CANCEL, event()).then
        assert set(then) == {EventEffect.CLOSE_WAITING_LIST, EventEffect.CALL_OFF_ORDERS}


def test_an_event_that_has_ended_is_cancelled_only_if_nobody_was_let_in() -> None:
    assert refusals(EVENT, EventState.ENDED, EventTrigger.CANCEL, event()) == ["never_took_place"]
    row = EVENT.fire(EventState.ENDED, EventTrigger.CANCEL, event(took_place=False))
    assert (row.target, row.then) == (EventState.CANCELLED, (EventEffect.CALL_OFF_ORDERS,))


def test_a_cancelled_event_stays_cancelled() -> None:
    for trigger in EventTrigger:
        assert refusals(EVENT, EventState.CANCELLED, trigger, event(new_start=NOON + HOUR)) == []


# An order.


def order(**known: Any) -> OrderFacts:
    return OrderFacts(**{"at": NOON, "hold_until": NOON + HOUR, **known})


LATE = order(at=NOON + HOUR)


def test_places_are_held_until_the_hold_is_over_and_not_a_moment_longer() -> None:
    before = order(at=NOON + HOUR - TICK)
    assert set(refusals(ORDER, OrderState.HELD, OrderTrigger.EXPIRE, before)) == {"hold_is_over", "some_stay"}
    assert ORDER.fire(OrderState.HELD, OrderTrigger.EXPIRE, LATE).target is OrderState.EXPIRED


def test_what_comes_in_time_pays_also_in_the_moment_after_as_long_as_nobody_let_it_expire() -> None:
    for facts in (order(), LATE):
        row = ORDER.fire(OrderState.HELD, OrderTrigger.PAY, facts)
        assert (row.target, row.then) == (OrderState.PAID, (OrderEffect.SETTLE_REGISTRATIONS,))


def test_a_part_of_the_money_does_not_pay_an_order() -> None:
    for state in (OrderState.HELD, OrderState.AUTHORIZED):
        assert refusals(ORDER, state, OrderTrigger.PAY, order(is_settled=False)) == ["is_settled"]


def test_a_hold_is_prolonged_while_it_lasts_and_may_last() -> None:
    assert ORDER.fire(OrderState.HELD, OrderTrigger.EXTEND, order()).target is OrderState.HELD
    for facts in (LATE, order(hold_can_last=False)):
        assert refusals(ORDER, OrderState.HELD, OrderTrigger.EXTEND, facts) == ["hold_can_last"]


def test_a_paid_order_never_expires() -> None:
    for at in (NOON, NOON + 10_000 * HOUR):
        assert refusals(ORDER, OrderState.PAID, OrderTrigger.EXPIRE, order(at=at)) != []
    unpaid_change = order(at=NOON + HOUR, change_is_open=True, is_settled=False)
    row = ORDER.fire(OrderState.PAID, OrderTrigger.EXPIRE, unpaid_change)
    assert row.target is OrderState.PAID
    assert OrderEffect.DROP_CHANGE in row.then and OrderEffect.LAPSE_REGISTRATIONS not in row.then


def test_an_order_with_a_confirmed_place_stays_when_the_rest_expires() -> None:
    row = ORDER.fire(OrderState.HELD, OrderTrigger.EXPIRE, order(at=NOON + HOUR, keeps_places=True))
    assert (row.target, OrderEffect.LAPSE_REGISTRATIONS in row.then) == (OrderState.PAID, True)


def test_a_late_payment_is_taken_while_there_is_room() -> None:
    row = ORDER.fire(OrderState.EXPIRED, OrderTrigger.PAY, LATE)
    assert row.target is OrderState.PAID
    assert row.then == (OrderEffect.RETAKE_PLACES, OrderEffect.SETTLE_REGISTRATIONS)


@pytest.mark.parametrize("known", [{"has_room": False}, {"late_is_accepted": False}])
def test_a_late_payment_goes_back_when_there_is_no_room_or_the_event_takes_none(known: dict[str, bool]) -> None:
    row = ORDER.fire(OrderState.EXPIRED, OrderTrigger.PAY, order(**known))
    assert (row.target, row.then) == (OrderState.EXPIRED, (OrderEffect.REFUND_IN_FULL,))


@pytest.mark.parametrize("has_room", [True, False])
def test_a_late_payment_that_is_reviewed_waits_for_the_organizer_room_or_not(has_room: bool) -> None:
    row = ORDER.fire(OrderState.EXPIRED, OrderTrigger.PAY, order(late_is_reviewed=True, has_room=has_room))
    assert (row.target, row.then) == (OrderState.EXPIRED, (OrderEffect.ASK_ORGANIZER,))


def test_the_organizer_takes_a_late_payment_only_where_the_places_are_free_and_can_always_give_it_back() -> None:
    assert refusals(ORDER, OrderState.EXPIRED, OrderTrigger.HONOUR, order(has_room=False)) == ["has_room"]
    assert ORDER.fire(OrderState.EXPIRED, OrderTrigger.HONOUR, LATE).then[0] is OrderEffect.RETAKE_PLACES
    declined = ORDER.fire(OrderState.EXPIRED, OrderTrigger.DECLINE, order(has_room=False))
    assert (declined.target, declined.then) == (OrderState.EXPIRED, (OrderEffect.REFUND_IN_FULL,))


def test_money_for_a_cancelled_order_goes_back_and_the_order_stays_cancelled() -> None:
    row = ORDER.fire(OrderState.CANCELLED, OrderTrigger.PAY, order())
    assert (row.target, row.then) == (OrderState.CANCELLED, (OrderEffect.REFUND_IN_FULL,))
    assert nothing_leads_out_of(ORDER, OrderState.CANCELLED)


def test_money_that_comes_is_used_or_sent_back_or_looked_at() -> None:
    answers = {
        OrderEffect.SETTLE_REGISTRATIONS,
        OrderEffect.APPLY_CHANGE,
        OrderEffect.ASK_ORGANIZER,
        OrderEffect.REFUND_IN_FULL,
    }
    for row in ORDER.rows:
        if row.trigger is OrderTrigger.PAY:
            assert len(answers.intersection(row.then)) == 1, row


def test_an_order_is_cancelled_when_its_last_place_is_gone() -> None:
    for state in (OrderState.HELD, OrderState.AUTHORIZED, OrderState.PAID):
        assert refusals(ORDER, state, OrderTrigger.CANCEL, order()) == ["no_place_left"]
        assert ORDER.fire(state, OrderTrigger.CANCEL, order(has_places=False)).target is OrderState.CANCELLED


def test_what_could_still_be_paid_is_voided_when_nobody_waits_for_it_any_more() -> None:
    """An order that expires while it is held keeps its payments open, for money that comes late may be taken."""
    for row in ORDER.rows:
        over = row.trigger in {OrderTrigger.WAIVE, OrderTrigger.EXPIRE, OrderTrigger.CANCEL}
        may_come_late = row.source is OrderState.HELD and row.target is OrderState.EXPIRED
        nothing_open = row.source is OrderState.PAID and row.trigger is OrderTrigger.CANCEL
        assert (OrderEffect.VOID_PAYMENTS in row.then) == (over and not may_come_late and not nothing_open), row


def test_what_is_waived_has_to_be_all_that_is_unpaid() -> None:
    assert ORDER.fire(OrderState.HELD, OrderTrigger.WAIVE, order()).target is OrderState.PAID
    assert refusals(ORDER, OrderState.HELD, OrderTrigger.WAIVE, order(is_settled=False)) == ["is_settled"]


def test_a_payment_that_is_lost_takes_along_the_places_that_nothing_else_pays_for() -> None:
    for keeps, target in ((False, OrderState.CANCELLED), (True, OrderState.PAID)):
        row = ORDER.fire(OrderState.PAID, OrderTrigger.LOSE_PAYMENT, order(keeps_places=keeps))
        assert (row.target, row.then) == (target, (OrderEffect.LOSE_REGISTRATIONS,))
    set_aside = ORDER.fire(OrderState.AUTHORIZED, OrderTrigger.LOSE_PAYMENT, order())
    assert (set_aside.target, set_aside.then) == (OrderState.EXPIRED, (OrderEffect.LAPSE_REGISTRATIONS,))


def test_money_that_is_set_aside_is_taken_on_approval_and_let_go_when_nobody_approves() -> None:
    assert ORDER.fire(OrderState.HELD, OrderTrigger.AUTHORIZE, order()).then == (OrderEffect.AWAIT_APPROVAL,)
    assert ORDER.fire(OrderState.AUTHORIZED, OrderTrigger.APPROVE, order()).then == (OrderEffect.CAPTURE,)
    assert refusals(ORDER, OrderState.AUTHORIZED, OrderTrigger.EXPIRE, order()) == ["some_stay", "hold_is_over"]
    expired = ORDER.fire(OrderState.AUTHORIZED, OrderTrigger.EXPIRE, LATE)
    assert OrderEffect.VOID_PAYMENTS in expired.then


def test_one_change_at_a_time_is_made_to_an_order_and_paid_or_dropped() -> None:
    assert ORDER.fire(OrderState.PAID, OrderTrigger.CHANGE, order()).then == ()
    open_change = order(change_is_open=True)
    assert refusals(ORDER, OrderState.PAID, OrderTrigger.CHANGE, open_change) == ["no_open_change"]
    assert ORDER.fire(OrderState.PAID, OrderTrigger.PAY, open_change).then == (OrderEffect.APPLY_CHANGE,)
    assert refusals(ORDER, OrderState.PAID, OrderTrigger.PAY, order()) == ["change_is_paid"]
    assert ORDER.fire(OrderState.PAID, OrderTrigger.EXTEND, open_change).target is OrderState.PAID
    for facts in (order(), order(at=NOON + HOUR, change_is_open=True)):
        assert refusals(ORDER, OrderState.PAID, OrderTrigger.EXTEND, facts) == ["change_can_last"]


# A registration.


def registration(**known: bool) -> RegistrationFacts:
    return RegistrationFacts(**known)


R, RT = RegistrationState, RegistrationTrigger


def test_who_has_paid_is_let_in_or_waits_where_the_organizer_decides() -> None:
    """GT-22."""
    at_once = REGISTRATION.fire(R.RESERVED, RT.SETTLE, registration())
    assert (at_once.target, at_once.then) == (
        R.CONFIRMED,
        (RegistrationEffect.ISSUE_PASS, RegistrationEffect.SEND_CONFIRMATION),
    )
    later = REGISTRATION.fire(R.RESERVED, RT.SETTLE, registration(needs_approval=True))
    assert (later.target, later.then) == (R.AWAITING_APPROVAL, (RegistrationEffect.TELL_AWAITING,))
    assert REGISTRATION.fire(R.AWAITING_APPROVAL, RT.APPROVE, registration()).target is R.CONFIRMED


def test_nobody_is_let_in_on_money_that_is_only_set_aside() -> None:
    assert refusals(REGISTRATION, R.AWAITING_APPROVAL, RT.APPROVE, registration(is_paid=False)) == ["is_paid"]
    assert REGISTRATION.fire(R.AWAITING_APPROVAL, RT.SETTLE, registration()).target is R.CONFIRMED


def test_the_organizer_may_confirm_who_has_not_paid_which_waives_the_debt() -> None:
    """CM-20."""
    row = REGISTRATION.fire(R.RESERVED, RT.APPROVE, registration(is_paid=False))
    assert (row.target, row.then[0]) == (R.CONFIRMED, RegistrationEffect.WAIVE_DEBT)
    waives = [row for row in REGISTRATION.rows if RegistrationEffect.WAIVE_DEBT in row.then]
    assert waives == [row]


def test_the_organizer_may_refuse_anybody_at_any_time_who_is_told() -> None:
    """CM-20, CM-21."""
    for state in (R.RESERVED, R.AWAITING_APPROVAL, R.CONFIRMED):
        row = REGISTRATION.fire(state, RT.REFUSE, registration(is_in_time=False))
        assert (row.target, RegistrationEffect.TELL_REFUSED in row.then) == (R.REFUSED, True)


def test_it_can_be_too_late_for_the_attendee_to_cancel_but_never_for_the_organizer() -> None:
    for state in (R.AWAITING_APPROVAL, R.CONFIRMED):
        assert refusals(REGISTRATION, state, RT.CANCEL, registration(is_in_time=False)) == ["is_in_time"]
        assert REGISTRATION.fire(state, RT.CALL_OFF, registration(is_in_time=False)).target is R.CANCELLED
    unpaid = REGISTRATION.fire(R.RESERVED, RT.CANCEL, registration(is_in_time=False))
    assert (unpaid.target, unpaid.then) == (R.CANCELLED, (RegistrationEffect.GIVE_BACK,))


def test_the_organizers_word_is_paid_back_in_full_and_the_attendees_by_the_policy() -> None:
    """GT-28."""
    for row in REGISTRATION.rows:
        if RegistrationEffect.REFUND_IN_FULL in row.then:
            assert row.trigger in {RT.REFUSE, RT.CALL_OFF}, row
        if RegistrationEffect.REFUND_BY_POLICY in row.then:
            assert row.trigger is RT.CANCEL, row


def test_what_was_refused_or_cancelled_stays_so() -> None:
    for state in (R.REFUSED, R.CANCELLED):
        for trigger in RT:
            assert refusals(REGISTRATION, state, trigger, registration()) == []


def test_what_lapsed_comes_back_only_by_being_paid() -> None:
    assert {row.trigger for row in REGISTRATION.rows if row.source is R.LAPSED} == {RT.SETTLE}
    assert REGISTRATION.fire(R.LAPSED, RT.SETTLE, registration()).target is R.CONFIRMED
    assert REGISTRATION.fire(R.LAPSED, RT.SETTLE, registration(needs_approval=True)).target is R.AWAITING_APPROVAL


def test_who_loses_a_confirmed_place_loses_the_pass_first() -> None:
    for row in REGISTRATION.rows:
        if row.source is R.CONFIRMED is not row.target:
            assert row.then[:2] == (RegistrationEffect.REVOKE_PASS, RegistrationEffect.GIVE_BACK), row


def test_whoever_waits_is_let_in_or_loses_a_place_is_told_so() -> None:
    """Only who had no more than a reservation, and left it or let it lapse, knows without being told."""
    messages = {
        R.AWAITING_APPROVAL: {RegistrationEffect.TELL_AWAITING},
        R.CONFIRMED: {RegistrationEffect.SEND_CONFIRMATION},
        R.REFUSED: {RegistrationEffect.TELL_REFUSED},
        R.CANCELLED: {RegistrationEffect.TELL_CANCELLED},
        R.LAPSED: {RegistrationEffect.TELL_REFUSED},
    }
    for row in REGISTRATION.rows:
        sent = {effect for effect in row.then if effect.value.startswith(("tell_", "send_"))}
        by_itself = row.source is not R.CONFIRMED and row.trigger is RT.CANCEL
        by_itself |= row.source is R.RESERVED and row.trigger is RT.LAPSE
        assert sent == (set() if by_itself else messages[row.target]), row


def test_a_place_can_lapse_be_called_off_or_lose_its_payment_as_long_as_it_is_somebodys() -> None:
    for trigger, states in (
        (RT.LAPSE, {R.RESERVED, R.AWAITING_APPROVAL}),
        (RT.CALL_OFF, {R.RESERVED, R.AWAITING_APPROVAL, R.CONFIRMED}),
        (RT.LOSE_PAYMENT, {R.AWAITING_APPROVAL, R.CONFIRMED}),
    ):
        assert {row.source for row in REGISTRATION.rows if row.trigger is trigger} == states, trigger


def test_another_person_gets_another_pass_where_places_may_be_passed_on() -> None:
    row = REGISTRATION.fire(R.CONFIRMED, RT.TRANSFER, registration())
    assert (row.target, row.then[0]) == (R.CONFIRMED, RegistrationEffect.RENEW_PASS)
    assert refusals(REGISTRATION, R.CONFIRMED, RT.TRANSFER, registration(is_transferable=False)) == ["is_transferable"]


def test_a_confirmation_is_sent_again_as_often_as_is_asked() -> None:
    """CM-16, GT-24."""
    row = REGISTRATION.fire(R.CONFIRMED, RT.RESEND, registration())
    assert (row.target, row.then) == (R.CONFIRMED, (RegistrationEffect.SEND_CONFIRMATION,))


# A payment.


P, PT = PaymentState, PaymentTrigger
PE = PaymentEffect
WANTED = PaymentFacts()


@pytest.mark.parametrize("state", [P.STARTING, P.OPEN, P.AUTHORIZED, P.PENDING, P.FAILED, P.EXPIRED, P.REVIEW, P.LOST])
def test_money_that_was_received_counts_whatever_was_told_before(state: PaymentState) -> None:
    """It pays for the order, or goes back, or both in parts; or neither, while more is missing."""
    for pays, surplus, then in (
        (True, True, (PE.TELL_ORDER_PAID, PE.REFUND_SURPLUS)),
        (True, False, (PE.TELL_ORDER_PAID,)),
        (False, True, (PE.REFUND_SURPLUS,)),
        (False, False, ()),
    ):
        facts = PaymentFacts(pays_order=pays, has_surplus=surplus)
        row = PAYMENT.fire(state, PT.RECEIVE, facts)
        assert (row.target, row.then) == (P.PAID, then)
        assert PAYMENT.fire(P.REVIEW, PT.ACCEPT, facts).then == then


def test_money_is_received_once() -> None:
    """News that repeat do not reach the table; if they do, it refuses them."""
    assert refusals(PAYMENT, P.PAID, PT.RECEIVE, WANTED) == []


def test_what_is_not_what_was_due_waits_for_a_person() -> None:
    for row in PAYMENT.rows:
        assert (PaymentEffect.ASK_ORGANIZER in row.then) == (row.target is P.REVIEW) == (row.trigger is PT.MISMATCH)


def test_what_a_person_declines_goes_back_unless_places_hang_on_it() -> None:
    for pays in (True, False):
        some, none = (PaymentFacts(pays_order=pays, has_surplus=surplus) for surplus in (True, False))
        assert PAYMENT.fire(P.REVIEW, PT.DECLINE, some).then == (PE.REFUND_SURPLUS,)
        gone = PAYMENT.fire(P.REVIEW, PT.DECLINE, none)
        assert (gone.target, gone.then) == (P.PAID, ()), "a person gave it back at the provider"
        for surplus in (True, False):
            relied_on = PaymentFacts(pays_order=pays, has_surplus=surplus, is_relied_on=True)
            assert refusals(PAYMENT, P.REVIEW, PT.DECLINE, relied_on) == ["goes_back", "is_spare"]


def test_places_are_held_longer_while_the_buyer_pays_for_them() -> None:
    for state, trigger in ((P.STARTING, PT.OPEN), (P.AUTHORIZED, PT.PEND)):
        for is_awaited in (True, False):
            row = PAYMENT.fire(state, trigger, PaymentFacts(is_awaited=is_awaited))
            assert row.then == (PE.EXTEND_HOLD,) * is_awaited
    for row in PAYMENT.rows:
        assert PE.EXTEND_HOLD not in row.then or row.target in {P.OPEN, P.PENDING}, row


def test_a_payment_that_failed_may_be_tried_again_at_the_same_address() -> None:
    for trigger, state in ((PT.OPEN, P.OPEN), (PT.AUTHORIZE, P.AUTHORIZED), (PT.PEND, P.PENDING)):
        assert PAYMENT.fire(P.FAILED, trigger, WANTED).target is state


@pytest.mark.parametrize(
    ("trigger", "states"),
    [
        (PT.OPEN, {P.STARTING, P.FAILED}),
        (PT.AUTHORIZE, {P.STARTING, P.OPEN, P.FAILED, P.EXPIRED}),
        (PT.PEND, {P.STARTING, P.OPEN, P.AUTHORIZED, P.FAILED, P.EXPIRED}),
        (PT.MISMATCH, {P.STARTING, P.OPEN, P.AUTHORIZED, P.PENDING, P.FAILED, P.EXPIRED, P.PAID, P.LOST}),
        (PT.FAIL, {P.STARTING, P.OPEN, P.AUTHORIZED, P.PENDING}),
        (PT.EXPIRE, {P.STARTING, P.OPEN, P.AUTHORIZED, P.PENDING, P.FAILED}),
        (PT.LOSE, {P.PAID, P.REVIEW}),
    ],
)
def test_news_are_understood_also_where_those_before_them_were_missed(
    trigger: PaymentTrigger, states: set[PaymentState]
) -> None:
    assert {row.source for row in PAYMENT.rows if row.trigger is trigger} == states


def test_an_order_that_waits_for_approval_is_told_what_was_set_aside() -> None:
    for state in (P.STARTING, P.OPEN, P.FAILED, P.EXPIRED):
        for waits in (True, False):
            row = PAYMENT.fire(state, PT.AUTHORIZE, PaymentFacts(awaits_approval=waits))
            assert (row.target, row.then) == (P.AUTHORIZED, (PE.TELL_ORDER_AUTHORIZED,) * waits)


@pytest.mark.parametrize("state", P)
def test_an_order_is_told_of_a_loss_only_if_it_relies_on_the_money(state: PaymentState) -> None:
    """Nothing is to be relied on that was never there."""
    never = {P.STARTING, P.OPEN, P.FAILED, P.EXPIRED, P.LOST}
    for trigger in (PT.FAIL, PT.EXPIRE, PT.LOSE):
        if any(row.source is state and row.trigger is trigger for row in PAYMENT.rows):
            for relied_on in (True, False):
                row = PAYMENT.fire(state, trigger, PaymentFacts(is_relied_on=relied_on))
                assert row.then == (PE.TELL_ORDER_LOST,) * (relied_on and state not in never), row


# A refund.


RS, RFT = RefundState, RefundTrigger


def test_a_refund_is_asked_for_once_at_a_time() -> None:
    asked = REFUND.fire(RS.OWED, RFT.REQUEST, RefundFacts())
    assert (asked.target, asked.then) == (RS.REQUESTED, (RefundEffect.CALL_PROVIDER,))
    for state in (RS.REQUESTED, RS.PENDING, RS.SUCCEEDED):
        assert refusals(REFUND, state, RFT.REQUEST, RefundFacts()) == []


def test_no_more_is_paid_back_than_is_left_of_the_payment() -> None:
    for state in (RS.OWED, RS.FAILED):
        assert refusals(REFUND, state, RFT.REQUEST, RefundFacts(is_covered=False)) == ["is_covered"]


@pytest.mark.parametrize("state", [RS.REQUESTED, RS.PENDING, RS.SUCCEEDED])
def test_a_failed_refund_is_owed_again_and_may_be_asked_for_again(state: RefundState) -> None:
    failed = REFUND.fire(state, RFT.FAIL, RefundFacts())
    assert (failed.target, failed.then) == (RS.FAILED, (RefundEffect.ASK_ORGANIZER,))
    again = REFUND.fire(RS.FAILED, RFT.REQUEST, RefundFacts())
    assert (again.target, again.then) == (RS.REQUESTED, (RefundEffect.CALL_PROVIDER,))


def test_a_refund_that_the_organizer_made_at_the_provider_settles_what_is_owed() -> None:
    """CM-21."""
    for state in (RS.OWED, RS.FAILED):
        row = REFUND.fire(state, RFT.SETTLE_ELSEWHERE, RefundFacts(is_covered=False))
        assert (row.target, row.then) == (RS.SUCCEEDED, (RefundEffect.TELL_REFUNDED,))


def test_what_organizer_and_buyer_settled_otherwise_is_never_paid_back() -> None:
    for trigger in RFT:
        assert refusals(REFUND, RS.DROPPED, trigger, RefundFacts()) == []
    for state in (RS.OWED, RS.FAILED):
        assert REFUND.fire(state, RFT.DROP, RefundFacts()).target is RS.DROPPED
    for state in (RS.REQUESTED, RS.PENDING, RS.SUCCEEDED):  # it may be on its way
        assert refusals(REFUND, state, RFT.DROP, RefundFacts()) == []


def test_a_refund_may_take_days_and_succeeds_from_there_as_well() -> None:
    assert REFUND.fire(RS.REQUESTED, RFT.PEND, RefundFacts()).target is RS.PENDING
    for state in (RS.REQUESTED, RS.PENDING):
        assert REFUND.fire(state, RFT.SUCCEED, RefundFacts()).target is RS.SUCCEEDED


def test_whoever_is_refunded_is_told() -> None:
    for row in REFUND.rows:
        assert (RefundEffect.TELL_REFUNDED in row.then) == (row.target is RS.SUCCEEDED), row
        assert (RefundEffect.ASK_ORGANIZER in row.then) == (row.target is RS.FAILED), row


# A place in the waiting list.


W, WT = WaitingState, WaitingTrigger


def waiting(**known: Any) -> WaitingFacts:
    return WaitingFacts(**{"at": NOON, "offer_until": NOON + HOUR, **known})


def test_a_place_is_offered_only_where_one_is_free_and_is_held_then() -> None:
    assert refusals(WAITING_LIST, W.WAITING, WT.OFFER, waiting(place_is_free=False)) == ["place_is_free"]
    row = WAITING_LIST.fire(W.WAITING, WT.OFFER, waiting())
    assert (row.target, row.then) == (W.OFFERED, (WaitingEffect.HOLD_PLACE, WaitingEffect.SEND_OFFER))


@pytest.mark.parametrize(
    ("at", "taken"), [(NOON, True), (NOON + HOUR - TICK, True), (NOON + HOUR, False), (NOON + 2 * HOUR, False)]
)
def test_an_offer_can_be_taken_or_has_lapsed_never_both(at: datetime, taken: bool) -> None:
    facts = waiting(at=at)
    if taken:
        assert WAITING_LIST.fire(W.OFFERED, WT.TAKE, facts).target is W.TAKEN
        assert refusals(WAITING_LIST, W.OFFERED, WT.EXPIRE, facts) == ["offer_is_over"]
    else:
        assert refusals(WAITING_LIST, W.OFFERED, WT.TAKE, facts) == ["offer_is_good"]
        assert WAITING_LIST.fire(W.OFFERED, WT.EXPIRE, facts).target is W.LAPSED


def test_what_is_not_taken_up_is_offered_to_the_next() -> None:
    for trigger in (WT.EXPIRE, WT.LEAVE):
        then = WAITING_LIST.fire(W.OFFERED, trigger, waiting(at=NOON + HOUR)).then
        assert then == (WaitingEffect.GIVE_BACK, WaitingEffect.OFFER_NEXT)


def test_who_waits_may_leave_at_any_time_and_gives_nothing_back() -> None:
    row = WAITING_LIST.fire(W.WAITING, WT.LEAVE, waiting())
    assert (row.target, row.then) == (W.LEFT, ())


def test_when_the_list_is_closed_everybody_is_told_and_nobody_is_offered_a_place() -> None:
    for state in (W.WAITING, W.OFFERED):
        row = WAITING_LIST.fire(state, WT.CLOSE, waiting())
        assert (row.target, row.then[-1]) == (W.CLOSED, WaitingEffect.TELL_CLOSED)
        assert WaitingEffect.OFFER_NEXT not in row.then


def test_who_left_or_let_an_offer_lapse_joins_again_with_a_new_entry() -> None:
    for state in (W.TAKEN, W.LAPSED, W.LEFT, W.CLOSED):
        for trigger in WT:
            assert refusals(WAITING_LIST, state, trigger, waiting()) == []
