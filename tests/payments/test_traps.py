"""
The traps that payment providers set, one test each: what the room of payments decides of them.

What it cannot decide (amounts on the wire, signatures, minimums: traps 14 to 16) is tested where it is decided;
the hostile cases of payments are in `test_hostile_cases`.
"""

import pytest
from payments.till import AT, REF, disputed, due, eur, made, paid, refund, seen, standing, starting, usd

from paidevents.catalog import LatePayment
from paidevents.errors import IllegalTransitionError, InvalidValueError
from paidevents.lifecycle import (
    ORDER,
    OrderEffect,
    OrderFacts,
    OrderState,
    OrderTrigger,
    PaymentState,
    PaymentTrigger,
    RefundState,
    RefundTrigger,
)
from paidevents.payments import (
    Action,
    Decision,
    DisputeStatus,
    Due,
    Meaning,
    PaymentRef,
    RefundStatus,
    Status,
    accepted,
    decide,
    made_elsewhere,
    owed_again,
    refundable,
    requested,
)

T = RefundTrigger
HELD, PAID, EXPIRED = OrderState.HELD, OrderState.PAID, OrderState.EXPIRED


def order_then(order: Due, decision: Decision) -> tuple[OrderState, tuple[OrderEffect, ...]]:
    """Where the order's own table leads, and what that means."""
    assert decision.order is not None
    facts = OrderFacts(
        at=AT,
        hold_until=AT,
        has_room=order.has_room,
        late_is_reviewed=order.late is LatePayment.REVIEW,
        late_is_accepted=order.late is LatePayment.ACCEPT_IF_ROOM,
    )
    row = ORDER.fire(order.order, decision.order, facts)
    return row.target, row.then


def test_trap_1_a_lost_answer_to_a_start_is_asked_for_again_under_the_same_key() -> None:
    """Its key was committed before the call, and nothing but a definite failure changes it."""
    payment = starting()
    assert payment.key == "p1:1"
    answered = decide(payment, seen(Status.OPEN), due(), at=AT).payment
    assert (answered.key, answered.ref) == ("p1:1", REF)


def test_trap_1_a_start_whose_key_the_provider_forgot_is_given_up_for_the_next_attempt() -> None:
    """payments-004: nobody was shown its address, so nobody pays it; what ends there later is of no account."""
    again = starting().again()
    assert (again.key, again.state) == ("p1:2", PaymentState.STARTING)
    stray = seen(Status.EXPIRED, ref=PaymentRef("stripe:test", "acct_1", "cs_0"))
    assert decide(again, stray, due(), at=AT).payment is again
    assert decide(again, seen(Status.OPEN), due(), at=AT).payment.ref == REF


@pytest.mark.parametrize("state", [each for each in PaymentState if each is not PaymentState.FAILED])
def test_trap_1_no_other_attempt_while_the_outcome_is_unknown(state: PaymentState) -> None:
    """payments-004: only what was seen to fail is tried again; what expired or is known to be payable is not."""
    payment = standing(state) if state is not PaymentState.STARTING else starting().started(REF)
    with pytest.raises(IllegalTransitionError) as refused:
        payment.again()
    assert [reason.code for reason in refused.value.refused_by] == ["may_yet_be_paid"]


def test_trap_1_after_a_definite_failure_the_key_is_another() -> None:
    """The old key would repeat the failure. The address stays: money that comes there is still seen."""
    again = standing(PaymentState.FAILED).again()
    assert (again.key, again.ref) == ("p1:2", REF)
    assert decide(again, seen(), due(), at=AT).payment.state is PaymentState.PAID
    declined = starting().moved(PaymentTrigger.FAIL, at=AT)[1].again()
    assert decide(declined, seen(Status.OPEN), due(), at=AT).payment.state is PaymentState.OPEN


def test_trap_2_a_lost_answer_to_a_refund_is_asked_for_again_under_the_same_key() -> None:
    asked = requested(refund(40), paid(), [refund(40)], at=AT)
    assert asked.key == "r1:1"
    with pytest.raises(IllegalTransitionError):
        requested(asked, paid(), [asked], at=AT)
    found = decide(paid(), seen(refunds=[made(40, key="r1:1")]), due(PAID, asked=eur(60)), [asked], at=AT)
    assert found.refunds == (("r1", T.SUCCEED),) and found.elsewhere == ()


def test_trap_3_another_amount_is_another_payment() -> None:
    """A coupon was added: the old checkout is voided and looked at; if it was paid after all, that is too much."""
    old, new = standing(PaymentState.OPEN), starting(id="p2", amount=eur(80))
    assert old.key != new.key
    late = decide(old, seen(), due(asked=eur(80)), at=AT)
    assert (late.order, late.surplus) == (OrderTrigger.PAY, eur(20))


def test_trap_4_a_notification_can_overtake_the_answer_to_the_start() -> None:
    """The payment has no name yet: it is known by the reference that it was started with."""
    first = decide(starting(), seen(), due(), at=AT)
    assert (first.payment.ref, first.order) == (REF, OrderTrigger.PAY)
    assert decide(first.payment, seen(Status.OPEN), due(PAID), at=AT).payment is first.payment
    with pytest.raises(InvalidValueError):
        decide(starting(), seen(reference="A8"), due(), at=AT)


@pytest.mark.parametrize("status", [Status.OPEN, Status.AUTHORIZED, Status.PENDING, Status.EXPIRED])
def test_trap_5_what_is_told_after_the_payment_but_happened_before_it_changes_nothing(status: Status) -> None:
    for payment in (paid(), standing(PaymentState.REVIEW)):
        decision = decide(payment, seen(status), due(PAID), at=AT)
        assert decision.payment is payment
        assert (decision.order, decision.actions, decision.is_news) == (None, (), False)


def test_trap_5_completed_after_expired_is_paid() -> None:
    decision = decide(standing(PaymentState.EXPIRED), seen(), due(), at=AT)
    assert (decision.payment.state, decision.order) == (PaymentState.PAID, OrderTrigger.PAY)


@pytest.mark.parametrize(
    ("received", "meaning"),
    [(eur(1), Meaning.SHORT), (eur(101), Meaning.OVER), (usd(100), Meaning.WRONG_CURRENCY), (eur(0), Meaning.SHORT)],
)
def test_trap_6_another_amount_or_currency_is_never_fulfilled(received: object, meaning: Meaning) -> None:
    """A coupon of the dashboard, a price shown in the buyer's currency, a tax added there; payments-007, payments-008."""
    decision = decide(standing(PaymentState.OPEN), seen(received=received), due(), at=AT)
    assert (decision.payment.state, decision.order) == (PaymentState.REVIEW, None)
    assert (decision.meanings, decision.actions) == ((meaning,), (Action.ASK_ORGANIZER,))


@pytest.mark.parametrize(
    ("late", "room", "then", "effect"),
    [
        (LatePayment.ACCEPT_IF_ROOM, True, PAID, OrderEffect.RETAKE_PLACES),
        (LatePayment.ACCEPT_IF_ROOM, False, EXPIRED, OrderEffect.REFUND_IN_FULL),
        (LatePayment.REFUND, True, EXPIRED, OrderEffect.REFUND_IN_FULL),
        (LatePayment.REVIEW, True, EXPIRED, OrderEffect.ASK_ORGANIZER),
    ],
)
def test_trap_7_a_late_payment_follows_the_events_policy(
    late: LatePayment, room: bool, then: OrderState, effect: OrderEffect
) -> None:
    """reservation-005, reservation-006: a place again, or all the money back; never a place that somebody else has."""
    order = due(EXPIRED, late=late, has_room=room)
    decision = decide(standing(PaymentState.OPEN), seen(), order, at=AT)
    assert decision.meanings == (Meaning.LATE,)
    target, effects = order_then(order, decision)
    assert target is then and effects[0] is effect


def test_trap_7_a_late_buyer_whose_money_is_only_set_aside_is_refused_free_of_charge() -> None:
    order = due(EXPIRED, late=LatePayment.ACCEPT_IF_ROOM, has_room=False)
    assert decide(standing(PaymentState.OPEN), seen(Status.AUTHORIZED), order, at=AT).actions == (Action.VOID,)


def test_trap_8_what_is_on_its_way_for_days_keeps_the_place_and_pays_nothing() -> None:
    """payments-013: a capture that the provider calls pending."""
    for payment in (standing(PaymentState.OPEN), standing(PaymentState.AUTHORIZED)):
        decision = decide(payment, seen(Status.PENDING), due(), at=AT)
        assert (decision.payment.state, decision.order) == (PaymentState.PENDING, None)
        assert decision.actions == (Action.EXTEND_HOLD,)
    then = decide(standing(PaymentState.PENDING), seen(), due(), at=AT)
    assert then.order is OrderTrigger.PAY


def test_trap_9_too_little_is_reviewed_and_too_much_is_fulfilled_after_review() -> None:
    over = decide(standing(PaymentState.OPEN), seen(received=eur(130)), due(), at=AT)
    assert over.order is None
    after = accepted(over.payment, due(), at=AT, by="organizer:42")
    assert (after.order, after.surplus) == (OrderTrigger.PAY, eur(30))


def test_trap_10_of_two_checkouts_that_were_paid_the_second_goes_back() -> None:
    order = due(PAID, received=eur(100))
    decision = decide(standing(PaymentState.OPEN, id="p2"), seen(), order, at=AT)
    assert (decision.meanings, decision.order) == ((Meaning.PAID_TWICE,), None)
    assert (decision.actions, decision.surplus) == ((Action.REFUND_SURPLUS,), eur(100))


def test_trap_11_a_refund_is_reserved_before_it_is_asked_for() -> None:
    first = refund(60)
    assert refundable(paid(), [first]) == eur(40)
    with pytest.raises(IllegalTransitionError):
        requested(refund(60, id="r2"), paid(), [first], at=AT)


def test_trap_11_a_refund_can_fail_after_it_succeeded_and_is_owed_again() -> None:
    """state_machine-008: another attempt is a decision of its own, under the next key."""
    done = refund(60, T.REQUEST, T.SUCCEED, provider_id="re_1")
    failed = seen(refunds=[made(60, RefundStatus.FAILED)])
    decision = decide(paid(seen(refunds=[made(60)])), failed, due(PAID, asked=eur(40)), [done], at=AT)
    assert decision.refunds == (("r1", T.FAIL),)
    assert (decision.meanings, decision.actions) == ((Meaning.REFUND_FAILED,), (Action.ASK_ORGANIZER,))
    (again,) = owed_again(decision.moved)
    assert again.key == "r1:1" and refundable(decision.payment, [again]) == eur(100)
    asked = requested(again, decision.payment, [again], at=AT, by="organizer:42")
    assert (asked.state, asked.key) == (RefundState.REQUESTED, "r1:2")
    stale = decide(decision.payment, seen(refunds=[made(60)]), due(PAID, asked=eur(40)), [asked], at=AT)
    assert not stale.is_news, "that the first attempt succeeded is no news of the second"


def test_trap_12_nothing_is_given_back_while_a_bank_may_take_it_too() -> None:
    decision = decide(paid(), disputed(DisputeStatus.OPEN), due(PAID), at=AT)
    assert decision.actions == (Action.SUSPEND_PASSES, Action.ASK_ORGANIZER)
    assert refundable(decision.payment, []) == eur(0)
    won = decide(decision.payment, disputed(DisputeStatus.WON), due(PAID), at=AT)
    assert won.actions == (Action.RESTORE_PASSES,) and refundable(won.payment, []) == eur(100)


def test_trap_13_a_refund_made_in_the_dashboard_settles_what_was_owed() -> None:
    decision = decide(paid(), seen(refunds=[made(60)]), due(PAID, asked=eur(40)), [refund(60)], at=AT)
    assert decision.refunds == (("r1", T.SETTLE_ELSEWHERE),)
    assert (decision.actions, decision.elsewhere) == ((Action.SETTLE_REFUNDS,), ())
    assert [one.state for one in decision.moved] == [RefundState.SUCCEEDED]


def test_trap_13_one_that_nobody_owed_is_taken_over_once() -> None:
    decision = decide(paid(), seen(refunds=[made(30)]), due(PAID), at=AT)
    assert decision.elsewhere == (made(30),)
    ours = made_elsewhere(decision.payment, made(30), id="r9", at=AT)
    again = decide(decision.payment, seen(refunds=[made(30)]), due(PAID), [ours], at=AT)
    assert again.payment is decision.payment and not again.is_news


def test_trap_13_of_a_second_payment_it_leaves_the_place_alone() -> None:
    """state_machine-006: two payments, and the duplicate is given back in the dashboard."""
    order = due(PAID, received=eur(100))
    owed = refund(100, payment="p2")
    decision = decide(paid(id="p2"), seen(refunds=[made(100)]), order, [owed], at=AT)
    assert (decision.order, decision.refunds) == (None, (("r1", T.SETTLE_ELSEWHERE),))
    assert Meaning.UNCOVERED not in decision.meanings


def test_trap_17_a_missed_notification_is_made_up_for_by_asking() -> None:
    """However many were missed, the last answer alone leads to the same end."""
    told = [seen(Status.PENDING), seen(), seen(refunds=[made(30)])]
    payment = standing(PaymentState.OPEN)
    for snapshot in told:
        payment = decide(payment, snapshot, due(), at=AT).payment
    at_once = decide(standing(PaymentState.OPEN), told[-1], due(), at=AT).payment
    assert (at_once.state, at_once.snapshot) == (payment.state, payment.snapshot)


def test_trap_18_what_was_paid_in_test_mode_pays_for_nothing_live() -> None:
    live = standing(
        PaymentState.OPEN,
        seen(Status.OPEN, ref=PaymentRef("stripe:live", "acct_1", "cs_1")),
        provider="stripe:live",
    )
    with pytest.raises(InvalidValueError) as refused:
        decide(live, seen(), due(), at=AT)
    assert refused.value.reason.code == "other_payment"
