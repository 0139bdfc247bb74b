"""
The row that answered means what was decided, whatever is told of whichever payment for whatever order.

Thirteen ways by which a payment came to stand where it stands, fourteen
things that are told of it, and 72 orders; ten more with a refund of it. And
where it is in review, a person takes what came or does not.
"""

from collections.abc import Iterator
from itertools import product

import pytest
from payments.till import AT, WAYS, disputed, due, eur, made, moves, refund, seen, standing, starting, usd

from paidevents.catalog import Capture, LatePayment
from paidevents.errors import CurrencyMismatchError, IllegalTransitionError
from paidevents.lifecycle import OrderState, OrderTrigger, PaymentEffect, PaymentState, PaymentTrigger
from paidevents.payments import (
    Action,
    Decision,
    DisputeStatus,
    Due,
    Payment,
    Refund,
    Snapshot,
    Status,
    accepted,
    decide,
    declined,
)

T, E = PaymentTrigger, PaymentEffect

PAYMENTS: dict[str, Payment] = {
    **{state.value: standing(state) for state in WAYS},
    **{
        words: starting(ref=last.ref, snapshot=last, history=moves(*way))
        for words, way, last in (
            ("set aside, now pending", (T.OPEN, T.AUTHORIZE, T.PEND), seen(Status.PENDING)),
            ("paid, now in review", (T.RECEIVE, T.MISMATCH), seen(received=eur(120))),
            ("lost, now in review", (T.RECEIVE, T.LOSE, T.MISMATCH), seen(received=eur(60))),
            ("declined", (T.MISMATCH, T.DECLINE), seen(received=eur(60))),
        )
    },
}
TOLD: dict[str, Snapshot] = {
    **{status.value: seen(status) for status in Status},
    "less": seen(received=eur(60)),
    "more": seen(received=eur(130)),
    "foreign": seen(received=usd(100)),
    "given back": seen(refunds=[made(100)]),
    **{f"dispute {status.value}": disputed(status) for status in DisputeStatus},
    "less, and a dispute won": disputed(DisputeStatus.WON, received=eur(60)),
}
# What others have brought, or have set aside, of what is asked for.
OTHERS = ((eur(0), None), (eur(30), None), (eur(100), None), (eur(0), eur(100)))
ORDERS: list[Due] = [
    *(
        due(order, received=received, set_aside=aside, capture=capture, late=LatePayment.REFUND)
        for order, (received, aside), capture in product(OrderState, OTHERS, Capture)
    ),
    *(due(order, asked=eur(asked)) for order, asked in product(OrderState, (0, 70, 150))),
    *(due(order, has_room=True, approved=True) for order in OrderState),
    *(due(order, asked=eur(60), set_aside=eur(30)) for order in OrderState),
    *(due(OrderState.EXPIRED, late=late, has_room=room) for late, room in product(LatePayment, (True, False))),
    due(OrderState.PAID, asked=eur(100), received=eur(20)),
]
CASES: list[tuple[Due, tuple[Refund, ...]]] = [
    *((order, ()) for order in ORDERS),
    *((due(order, asked=eur(asked)), (refund(60),)) for order, asked in product(OrderState, (40, 100))),
]


def disagreements(decision: Decision) -> list[str]:
    """Where the row that answered, and what was decided, say two things."""
    assert decision.row is not None
    then = decision.row.then
    pairs = {
        "paid": (E.TELL_ORDER_PAID in then, decision.order is OrderTrigger.PAY),
        "authorized": (E.TELL_ORDER_AUTHORIZED in then, decision.order is OrderTrigger.AUTHORIZE),
        "lost": (E.TELL_ORDER_LOST in then, decision.order is OrderTrigger.LOSE_PAYMENT),
        "surplus": (E.REFUND_SURPLUS in then, bool(decision.surplus)),
        "hold": (E.EXTEND_HOLD in then, Action.EXTEND_HOLD in decision.actions),
    }
    return [name for name, (meant, decided) in pairs.items() if meant is not decided]


def decisions(payment: Payment) -> Iterator[tuple[str, Due, Decision]]:
    """All that can be told of *payment*, and what a person can decide of it."""
    for order, refunds in CASES:
        for words, snapshot in TOLD.items():
            yield words, order, decide(payment, snapshot, order, refunds, at=AT)
        if payment.state is PaymentState.REVIEW:
            yield "accepted", order, accepted(payment, order, refunds, at=AT)
            try:
                yield "declined", order, declined(payment, order, refunds, at=AT)
            except IllegalTransitionError:
                assert payment.counts and order.order is OrderState.PAID


def test_the_product_is_as_large_as_is_said() -> None:
    """5 orders × 4 × 2 captures + 5 × 3 + 5 + 5 + 3 policies × 2 + 1 = 72."""
    assert (len(PAYMENTS), len(TOLD), len(ORDERS)) == (13, 14, 72)


# What a row can mean of which payment: each is met, and no other.
TAKEN = {E.TELL_ORDER_PAID, E.REFUND_SURPLUS}
UNPAID = {*TAKEN, E.EXTEND_HOLD, E.ASK_ORGANIZER}
MET = {
    "starting": {*UNPAID, E.TELL_ORDER_AUTHORIZED},
    "open": {*UNPAID, E.TELL_ORDER_AUTHORIZED},
    "authorized": {*UNPAID, E.TELL_ORDER_LOST},
    "pending": {*TAKEN, E.ASK_ORGANIZER},
    "set aside, now pending": {*TAKEN, E.ASK_ORGANIZER, E.TELL_ORDER_LOST},
    "paid": {E.ASK_ORGANIZER, E.TELL_ORDER_LOST},
    "declined": {E.ASK_ORGANIZER},
    "review": TAKEN,
    "paid, now in review": {*TAKEN, E.TELL_ORDER_LOST},
    "lost, now in review": TAKEN,
    "failed": {*UNPAID, E.TELL_ORDER_AUTHORIZED},
    "expired": {*UNPAID, E.TELL_ORDER_AUTHORIZED},
    "lost": {*TAKEN, E.ASK_ORGANIZER},
}


@pytest.mark.parametrize("name", PAYMENTS)
def test_the_row_that_answered_means_what_was_decided(name: str) -> None:
    met: set[PaymentEffect] = set()
    for words, order, decision in decisions(PAYMENTS[name]):
        if decision.row is None:
            assert decision.order is None and decision.trigger is None, (words, order)
        else:
            assert disagreements(decision) == [], (words, order, decision)
            assert decision.payment.history[-1].state == decision.row.target.value
            assert decision.row.trigger is decision.trigger
            met |= {*decision.row.then}
    assert met == MET[name]


def test_foreign_money_is_declined_in_the_currency_in_which_it_came() -> None:
    payment = standing(PaymentState.REVIEW, seen(received=usd(110)))
    for order in ORDERS:
        with pytest.raises(CurrencyMismatchError):
            accepted(payment, order, at=AT)
        decision = declined(payment, order, at=AT)
        assert (decision.surplus, disagreements(decision)) == (usd(110), [])
