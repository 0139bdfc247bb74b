"""What is not as it was due: a person takes it, forgives the rest, or gives it back."""

from typing import Any

import pytest
from payments.till import AT, due, eur, made, paid, refund, seen, standing, starting, usd

from paidevents.errors import CurrencyMismatchError, IllegalTransitionError, InvalidValueError
from paidevents.lifecycle import OrderState, OrderTrigger, PaymentEffect, PaymentState, PaymentTrigger, RefundTrigger
from paidevents.money import EUR
from paidevents.payments import Action, Decision, Meaning, RefundPurpose, Status, accepted, decide, declined, kept

PAID = OrderState.PAID


def taken(received: Any, order: Any, *refunds: Any) -> Decision:
    return accepted(standing(PaymentState.REVIEW, seen(received=received)), order, refunds, at=AT, by="organizer:42")


def test_what_was_accepted_is_compared_with_what_was_known_and_not_with_the_price() -> None:
    """60.00 of 100.00 was accepted. 80.00 is more than that; and that it is 100.00 now is told once."""
    order = due(PAID, asked=eur(60))
    payment = taken(eur(60), due()).payment
    assert decide(payment, seen(received=eur(80)), order, at=AT).meanings == (Meaning.OVER,)
    more = decide(payment, seen(), order, at=AT)
    assert (more.payment.state, more.meanings) == (PaymentState.REVIEW, (Meaning.OVER,))
    assert decide(more.payment, seen(), order, at=AT).payment is more.payment


def test_a_review_is_told_of_every_other_amount() -> None:
    review = standing(PaymentState.REVIEW)
    decision = decide(review, seen(received=eur(80)), due(), at=AT)
    assert (decision.payment.state, decision.trigger) == (PaymentState.REVIEW, None)
    assert (decision.meanings, decision.actions) == ((Meaning.SHORT,), (Action.ASK_ORGANIZER,))
    assert decision.payment.received == eur(80)


def test_too_little_can_be_accepted_and_the_rest_is_forgiven() -> None:
    """60.00 of 100.00: 40.00 are forgiven. Where 10.00 of them went back already, 50.00."""
    decision = taken(eur(60), due())
    assert (decision.payment.state, decision.order, decision.forgiven) == (PaymentState.PAID, OrderTrigger.PAY, eur(40))
    assert (decision.trigger, decision.surplus, decision.actions) == (PaymentTrigger.ACCEPT, eur(0), ())
    assert decision.payment.history[-1].by == "organizer:42"
    assert taken(eur(60), due(), refund(10)).forgiven == eur(50)
    assert decide(decision.payment, seen(received=eur(60)), due(PAID, asked=eur(60)), at=AT).payment is decision.payment


def test_only_what_this_payment_was_for_is_forgiven() -> None:
    """The order asks for 150.00, this payment was for 100.00 of them and 60.00 came: 40.00, and 50.00 are still due."""
    decision = taken(eur(60), due(asked=eur(150)))
    assert (decision.forgiven, decision.order, decision.meanings) == (eur(40), None, (Meaning.PART_PAID,))


def test_too_much_can_be_accepted_and_the_rest_goes_back() -> None:
    decision = taken(eur(120), due())
    assert (decision.order, decision.surplus, decision.forgiven) == (OrderTrigger.PAY, eur(20), eur(0))
    assert decision.actions == (Action.REFUND_SURPLUS,)
    twice = taken(eur(120), due(PAID, received=eur(100)))
    assert (twice.order, twice.surplus, twice.meanings) == (None, eur(120), (Meaning.PAID_TWICE,))


def test_what_is_accepted_late_is_the_business_of_the_orders_table() -> None:
    for state in (OrderState.EXPIRED, OrderState.CANCELLED):
        decision = taken(eur(60), due(state))
        assert (decision.order, decision.forgiven, decision.surplus) == (OrderTrigger.PAY, eur(0), eur(0))
        assert decision.meanings == (Meaning.LATE,)


def test_another_currency_can_only_be_given_back() -> None:
    with pytest.raises(CurrencyMismatchError):
        taken(usd(110), due())


@pytest.mark.parametrize("answer", [accepted, declined])
def test_only_what_is_in_review_is_accepted_or_declined(answer: Any) -> None:
    for payment in (paid(), starting(), standing(PaymentState.LOST)):
        with pytest.raises(IllegalTransitionError):
            answer(payment, due(), at=AT)
    review = standing(PaymentState.REVIEW)
    for junk in ({"payment": None}, {"due": None}, {"due": due(reference="A8")}, {"refunds": None}, {"by": None}):
        given = {"payment": review, "due": due(), "at": AT, **junk}
        with pytest.raises(InvalidValueError):
            answer(given.pop("payment"), given.pop("due"), **given)


# What the order relies on already.


def seen_again(received: Any, order: Any, *refunds: Any) -> Any:
    """The payment that was paid and that the order relies on, of which another amount is seen; and what is accepted."""
    review = decide(paid(), seen(received=received), order, refunds, at=AT)
    assert (review.payment.state, review.order, review.surplus) == (PaymentState.REVIEW, None, eur(0))
    assert review.payment.counts, "the order relies on it all the time"
    return accepted(review.payment, order, refunds, at=AT)


def test_more_of_what_the_order_relies_on_pays_nothing_twice_and_gives_back_only_the_rest() -> None:
    """120.00 instead of 100.00: 20.00. Of a price of 70.00, of which 30.00 were promised before: 120.00 - 30.00 - 70.00 = 20.00."""
    decision = seen_again(eur(120), due(PAID))
    assert (decision.order, decision.surplus, decision.forgiven) == (None, eur(20), eur(0))
    assert decision.row.then == (PaymentEffect.REFUND_SURPLUS,)
    promised = refund(20, purpose=RefundPurpose.NOT_AS_DUE)
    then = decide(decision.payment, seen(received=eur(120)), due(PAID), [promised], at=AT)
    assert then.payment is decision.payment and not then.is_news
    given = decide(decision.payment, seen(received=eur(120), refunds=[made(20)]), due(PAID), [promised], at=AT)
    assert (given.order, given.surplus, given.elsewhere) == (None, eur(0), ())
    assert seen_again(eur(120), due(PAID, asked=eur(70)), refund(30)).surplus == eur(20)


def test_less_of_what_the_order_relies_on_is_forgiven_once() -> None:
    """60.00 instead of 100.00: 40.00. Were 60.00 of 100.00 accepted before and it is 50.00 now, 10.00 more."""
    decision = seen_again(eur(60), due(PAID))
    assert (decision.order, decision.surplus, decision.forgiven) == (None, eur(0), eur(40))
    assert decision.row.then == ()
    short = taken(eur(60), due()).payment
    review = decide(short, seen(received=eur(50)), due(PAID, asked=eur(60)), at=AT).payment
    again = accepted(review, due(PAID, asked=eur(60)), at=AT)
    assert (again.order, again.surplus, again.forgiven) == (None, eur(0), eur(10))


def test_what_brings_more_to_an_order_that_waits_still_pays_it() -> None:
    """Of 150.00, 100.00 came; then it is 150.00."""
    order = due(asked=eur(150))
    assert seen_again(eur(150), order).order is OrderTrigger.PAY


# What the organizer does not take.


def refused(received: Any, order: Any, *refunds: Any) -> Decision:
    return declined(standing(PaymentState.REVIEW, seen(received=received)), order, refunds, at=AT, by="organizer:42")


@pytest.mark.parametrize("received", [eur(60), eur(130), usd(100)])
def test_what_is_declined_goes_back_whole_and_the_order_hears_nothing(received: Any) -> None:
    for state in OrderState:
        decision = refused(received, due(state))
        assert (decision.payment.state, decision.trigger) == (PaymentState.PAID, PaymentTrigger.DECLINE)
        assert (decision.order, decision.surplus, decision.forgiven) == (None, received, eur(0))
        assert (decision.meanings, decision.actions) == ((Meaning.DECLINED,), (Action.REFUND_SURPLUS,))
        assert decision.payment.history[-1].by == "organizer:42"
        assert not decide(decision.payment, seen(received=received), due(state), at=AT).is_news


def test_of_what_is_declined_only_that_goes_back_which_is_not_yet_given_back() -> None:
    """60.00 less 10.00 that are promised, and less 20.00 that a person gave back; or nothing, if that was all."""
    assert refused(eur(60), due(), refund(10)).surplus == eur(50)
    gone = seen(received=eur(60), refunds=[made(20)])
    assert declined(standing(PaymentState.REVIEW, gone), due(), [refund(10)], at=AT).surplus == eur(30)
    nothing = refused(eur(60), due(), refund(60))
    assert (nothing.surplus, nothing.actions) == (eur(0), ())
    assert nothing.row is not None and nothing.row.then == ()


def test_what_is_declined_is_not_the_orders_even_if_its_refund_fails() -> None:
    """Nor does the order rely on it. What is told of another amount, a person decides anew."""
    payment = refused(eur(60), due()).payment
    assert kept([payment], [], EUR) == eur(0) and not payment.counts
    failed = refund(60, RefundTrigger.REQUEST, RefundTrigger.FAIL)
    assert kept([payment], [failed], EUR) == eur(0)
    assert decide(payment, seen(Status.FAILED), due(PAID), [failed], at=AT).order is None
    more = decide(payment, seen(), due(), at=AT)
    assert (more.payment.state, more.payment.counts) == (PaymentState.REVIEW, False)
    assert accepted(more.payment, due(), at=AT).order is OrderTrigger.PAY


def test_what_places_hang_on_cannot_be_declined() -> None:
    """Cancelled first, they give it back; and what other payments bring as well is not needed."""
    review = decide(paid(), seen(received=eur(120)), due(PAID), at=AT).payment
    with pytest.raises(IllegalTransitionError) as told:
        declined(review, due(PAID), at=AT)
    assert [reason.code for reason in told.value.refused_by] == ["goes_back", "is_spare"]
    for order in (due(OrderState.CANCELLED), due(PAID, received=eur(100)), due()):
        assert declined(review, order, at=AT).surplus == eur(120)
