"""What is not as it was due: a person takes it, forgives the rest, or gives it back."""

from typing import Any

import pytest
from payments.till import AT, due, eur, paid, refund, seen, standing, usd

from paidevents.errors import CurrencyMismatchError, IllegalTransitionError
from paidevents.lifecycle import OrderState, OrderTrigger, PaymentState, PaymentTrigger
from paidevents.payments import Action, Decision, Meaning, accepted, decide

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


def test_only_what_is_in_review_is_accepted() -> None:
    with pytest.raises(IllegalTransitionError):
        accepted(paid(), due(), at=AT)
