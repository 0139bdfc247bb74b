"""News of a payment that the tables leave out: whose they are, what is old, what is only a detail, and parts of a price."""

from datetime import datetime
from typing import Any

import pytest
from payments.till import AT, REF, due, eur, made, moves, paid, refund, seen, standing, starting, usd

from paidevents.catalog import Capture, LatePayment
from paidevents.errors import CurrencyMismatchError, InvalidValueError, NaiveDatetimeError
from paidevents.lifecycle import OrderState, OrderTrigger, PaymentEffect, PaymentState, PaymentTrigger
from paidevents.payments import (
    Action,
    Meaning,
    Payment,
    PaymentRef,
    RefundStatus,
    Snapshot,
    Status,
    capture_or_void,
    decide,
    recorded,
)

HELD, PAID = OrderState.HELD, OrderState.PAID
T = PaymentTrigger


@pytest.mark.parametrize(
    "other",
    [
        seen(reference="A8"),
        seen(ref=PaymentRef("stripe:live", "acct_1", "cs_1")),
        seen(ref=PaymentRef("stripe:test", "acct_2", "cs_1")),
        seen(ref=PaymentRef("stripe:test", "acct_1", "cs_2")),
    ],
)
def test_news_of_another_payment_are_refused(other: Snapshot) -> None:
    with pytest.raises(InvalidValueError) as refused:
        decide(standing(PaymentState.OPEN), other, due(), at=AT)
    assert (refused.value.field, refused.value.reason.code) == ("snapshot", "other_payment")


def test_an_order_or_a_refund_of_another_payment_is_refused() -> None:
    for field, ask in (
        ("due", lambda: decide(paid(), seen(), due(reference="A8"), at=AT)),
        ("due", lambda: capture_or_void(paid(), due(reference="A8"))),
        ("refunds", lambda: decide(paid(), seen(), due(), [refund(1, order="A8")], at=AT)),
    ):
        with pytest.raises(InvalidValueError) as refused:
            ask()
        assert (refused.value.field, refused.value.reason.code) == (field, "other_payment")
    foreign = due(asked=usd(100), received=usd(0))
    with pytest.raises(CurrencyMismatchError):
        decide(paid(), seen(), foreign, at=AT)


def test_a_moment_has_a_zone_and_who_did_it_is_a_word() -> None:
    with pytest.raises(NaiveDatetimeError):
        decide(paid(), seen(), due(), at=datetime(2026, 3, 1))
    with pytest.raises(InvalidValueError):
        decide(paid(), seen(), due(), at=AT, by=None)  # type: ignore[arg-type]


def test_who_recorded_it_and_when_stands_in_the_history() -> None:
    cash = starting(provider="cash", account="desk")
    decision = decide(cash, recorded(cash, eur(100)), due(), at=AT, by="organizer:42")
    (move,) = decision.payment.history
    assert (move.at, move.trigger, move.state, move.by) == (AT, "receive", "paid", "organizer:42")
    assert decision.trigger is PaymentTrigger.RECEIVE
    assert decision.row is not None and decision.row.then == (PaymentEffect.TELL_ORDER_PAID,)


def test_the_answer_to_a_start_names_the_payment_and_extends_the_hold() -> None:
    decision = decide(starting(), seen(Status.OPEN, url="https://pay.example/x"), due(), at=AT)
    assert (decision.payment.ref, decision.payment.state) == (REF, PaymentState.OPEN)
    assert (decision.meanings, decision.actions) == ((Meaning.WAITING,), (Action.EXTEND_HOLD,))


@pytest.mark.parametrize(
    "order",
    [
        due(OrderState.CANCELLED),
        due(OrderState.EXPIRED, has_room=True),
        due(PAID, received=eur(100)),
        due(OrderState.AUTHORIZED, set_aside=eur(100)),
    ],
)
def test_a_checkout_that_nobody_needs_any_more_is_voided_as_soon_as_it_answers(order: Any) -> None:
    assert decide(starting(), seen(Status.OPEN), order, at=AT).actions == (Action.VOID,)


def test_a_second_checkout_of_an_approved_order_is_left_alone_while_money_is_missing() -> None:
    assert decide(starting(), seen(Status.OPEN), due(OrderState.AUTHORIZED), at=AT).actions == ()


def test_a_detail_is_kept_and_asks_for_nothing() -> None:
    decision = decide(paid(), seen(fee=eur(3)), due(PAID), at=AT)
    assert (decision.meanings, decision.trigger, decision.order, decision.actions) == (
        (Meaning.DETAILS,),
        None,
        None,
        (),
    )
    assert decision.payment.snapshot is not None and decision.payment.snapshot.fee == eur(3)
    then = decide(decision.payment, seen(), due(PAID), at=AT)
    assert then.payment is decision.payment, "a fee that is not told again is not forgotten"


def test_a_price_that_fell_after_the_start_leaves_a_surplus() -> None:
    """100.00 came, 70.00 are asked for, 20.00 of that came otherwise: 100.00 - (70.00 - 20.00) = 50.00."""
    decision = decide(standing(PaymentState.OPEN), seen(), due(asked=eur(70), received=eur(20)), at=AT)
    assert (decision.order, decision.surplus) == (OrderTrigger.PAY, eur(50))
    assert decision.meanings == (Meaning.PAID, Meaning.MORE_THAN_NEEDED)
    assert decision.actions == (Action.REFUND_SURPLUS,)


def test_a_part_of_a_price_pays_nothing_yet() -> None:
    """60.00 by another payment and 100.00 by this one make 160.00."""
    for asked, order, meaning in ((200, None, Meaning.PART_PAID), (160, OrderTrigger.PAY, Meaning.PAID)):
        decision = decide(standing(PaymentState.OPEN), seen(), due(asked=eur(asked), received=eur(60)), at=AT)
        assert (decision.payment.state, decision.order) == (PaymentState.PAID, order)
        assert decision.meanings == (meaning,)


def test_money_that_was_given_back_there_before_anybody_looked_has_not_come() -> None:
    """webhooks-013: refunded before it was seen to be paid. Nothing is settled, nothing goes back twice."""
    snapshot = seen(refunds=[made(100)])
    for order in (due(), due(PAID, received=eur(100)), due(OrderState.EXPIRED), due(OrderState.CANCELLED)):
        decision = decide(standing(PaymentState.OPEN), snapshot, order, at=AT)
        assert (decision.order, decision.surplus) == (None, eur(0))
        assert decision.actions == (Action.SETTLE_REFUNDS,)
        assert decision.elsewhere == (made(100),)


def test_what_the_order_relies_on_and_a_person_gave_back_is_told() -> None:
    snapshot = seen(refunds=[made(30)])
    for order, told in (
        (due(PAID), (Meaning.UNCOVERED, Meaning.REFUNDED_ELSEWHERE)),
        (due(PAID, asked=eur(70)), (Meaning.REFUNDED_ELSEWHERE,)),
        (due(PAID, received=eur(100)), (Meaning.REFUNDED_ELSEWHERE,)),
        (due(OrderState.CANCELLED), (Meaning.REFUNDED_ELSEWHERE,)),
    ):
        decision = decide(paid(), snapshot, order, at=AT)
        assert (decision.meanings, decision.order) == (told, None)
        assert decision.actions == (Action.SETTLE_REFUNDS,)
    settles = decide(paid(), snapshot, due(PAID), [refund(30)], at=AT)
    assert settles.meanings == (Meaning.REFUNDED_ELSEWHERE,), "it was promised before"


def test_money_that_came_and_went_between_two_looks_is_told_as_lost() -> None:
    order = due(OrderState.AUTHORIZED, capture=Capture.ON_APPROVAL)
    decision = decide(standing(PaymentState.AUTHORIZED), seen(Status.FAILED), order, at=AT)
    assert (decision.order, decision.meanings) == (OrderTrigger.LOSE_PAYMENT, (Meaning.FAILED,))


PENDING = starting(ref=REF, snapshot=seen(Status.PENDING), history=moves(T.OPEN, T.AUTHORIZE, T.PEND))


@pytest.mark.parametrize("payment", [standing(PaymentState.AUTHORIZED), PENDING], ids=["set aside", "being taken"])
@pytest.mark.parametrize("status", [Status.FAILED, Status.EXPIRED])
def test_an_approved_order_lapses_with_the_money_that_was_set_aside(status: Status, payment: Payment) -> None:
    """Also if it is being taken, for days perhaps: a capture that is pending."""
    for order, told in (
        (due(OrderState.AUTHORIZED), OrderTrigger.LOSE_PAYMENT),
        (due(OrderState.AUTHORIZED, set_aside=eur(100)), None),
        (due(OrderState.AUTHORIZED, received=eur(100)), None),
        (due(HELD), None),
        (due(PAID), None),
    ):
        assert decide(payment, seen(status), order, at=AT).order is told


def test_an_approved_order_does_not_rely_on_what_was_never_set_aside() -> None:
    """A second checkout, on its way without a word of approval; or a first one that was given up in between."""
    again = starting(ref=REF, history=moves(T.AUTHORIZE, T.FAIL, T.PEND), snapshot=seen(Status.PENDING))
    for payment in (standing(PaymentState.PENDING), again):
        assert not payment.is_set_aside
        decision = decide(payment, seen(Status.FAILED), due(OrderState.AUTHORIZED), at=AT)
        assert (decision.order, decision.row and decision.row.then) == (None, ())


def test_what_is_done_with_money_that_is_set_aside_can_be_asked_again() -> None:
    payment = standing(PaymentState.AUTHORIZED)
    for order, actions in (
        (due(OrderState.AUTHORIZED), ()),
        (due(OrderState.AUTHORIZED, approved=True), (Action.CAPTURE,)),
        (due(OrderState.CANCELLED), (Action.VOID,)),
        (due(OrderState.EXPIRED, late=LatePayment.REVIEW), (Action.ASK_ORGANIZER,)),
    ):
        assert capture_or_void(payment, order) == actions
        assert capture_or_void(standing(PaymentState.OPEN), order) == ()


def test_what_changed_after_it_was_paid_is_for_a_person() -> None:
    decision = decide(paid(), seen(received=eur(120)), due(PAID), at=AT)
    assert (decision.payment.state, decision.meanings) == (PaymentState.REVIEW, (Meaning.OVER,))
    back = decide(decision.payment, seen(), due(PAID), at=AT)
    assert (back.payment.state, back.order) == (PaymentState.PAID, None), "the order relied on it all the time"
    foreign = decide(paid(), seen(received=usd(100)), due(PAID), at=AT)
    assert foreign.meanings == (Meaning.WRONG_CURRENCY,)
    then = decide(foreign.payment, seen(received=usd(100), fee=usd(3)), due(PAID), at=AT)
    assert then.meanings == (Meaning.DETAILS,), "how much of it is missing, nobody can say"


def test_payments_014_the_order_keeps_its_places_where_other_money_pays_for_them() -> None:
    decision = decide(paid(), seen(Status.FAILED), due(PAID, received=eur(100)), at=AT)
    assert (decision.payment.state, decision.order, decision.actions) == (PaymentState.LOST, None, ())


def test_only_what_an_order_relies_on_takes_its_places_along() -> None:
    """What was never accepted did not count; of what was all given back, nothing is missing."""
    gone = seen(Status.FAILED)
    assert decide(standing(PaymentState.REVIEW), gone, due(PAID), at=AT).order is None
    assert decide(paid(), gone, due(PAID), [refund(100)], at=AT).order is None
    assert decide(paid(), gone, due(PAID), [refund(99)], at=AT).order is OrderTrigger.LOSE_PAYMENT


def test_money_for_an_order_that_is_over_is_needed_until_its_table_says_otherwise() -> None:
    """An order that has run out asks for nothing any more: that makes no surplus of what comes late."""
    decision = decide(standing(PaymentState.OPEN), seen(), due(OrderState.EXPIRED, asked=eur(0)), at=AT)
    assert decision.row is not None and decision.row.then == (PaymentEffect.TELL_ORDER_PAID,)
    assert (decision.order, decision.surplus) == (OrderTrigger.PAY, eur(0))


def test_nothing_is_news_where_nothing_changed() -> None:
    payment = paid(seen(refunds=[made(40, RefundStatus.FAILED)]))
    decision = decide(payment, seen(refunds=[made(40, RefundStatus.FAILED)]), due(PAID), at=AT)
    assert decision.payment is payment and not decision.is_news
    assert (decision.meanings, decision.actions, decision.moved) == ((Meaning.NOTHING_NEW,), (), ())
