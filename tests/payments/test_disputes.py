"""Disputes: a bank takes the money back on its customer's word, and may give it back to the organizer later."""

from typing import Any

import pytest
from payments.till import AT, REF, disputed, due, eur, moves, paid, refund, seen, standing, starting

from paidevents.catalog import LatePayment
from paidevents.lifecycle import OrderState, OrderTrigger, PaymentState, PaymentTrigger, RefundTrigger
from paidevents.payments import (
    Action,
    DisputeStatus,
    Meaning,
    Payment,
    Snapshot,
    Status,
    accepted,
    decide,
    declined,
    refundable,
)

OPEN, WON, LOST = DisputeStatus

# What is told of a dispute, where the payment stands, what was known of a dispute, and where the order stands; then
# where the payment stands, what the order is told, and what is done.
TABLE = """
told | payment | known | order     | payment then | order is told | actions

open | open    | -     | held      | paid         | pay           | suspend_passes, ask_organizer
open | paid    | -     | paid      | paid         | -             | suspend_passes, ask_organizer
open | paid    | won   | paid      | paid         | -             | suspend_passes, ask_organizer
open | paid    | open  | paid      | .            | -             | -
open | paid    | -     | cancelled | paid         | -             | ask_organizer
open | review  | -     | held      | review       | -             | ask_organizer
open | lost    | lost  | cancelled | lost         | -             | ask_organizer
won  | open    | -     | held      | paid         | pay           | -
won  | paid    | -     | paid      | paid         | -             | -
won  | paid    | open  | paid      | paid         | -             | restore_passes
won  | paid    | open  | cancelled | paid         | -             | -
won  | paid    | won   | paid      | .            | -             | -
won  | review  | open  | held      | review       | -             | -
won  | lost    | lost  | cancelled | paid         | pay           | -
won  | lost    | lost  | paid      | paid         | pay           | restore_passes
lost | open    | -     | held      | failed       | -             | -
lost | paid    | -     | paid      | lost         | lose_payment  | suspend_passes
lost | paid    | open  | paid      | lost         | lose_payment  | suspend_passes
lost | paid    | open  | cancelled | lost         | -             | -
lost | review  | open  | held      | lost         | -             | -
lost | lost    | lost  | cancelled | .            | -             | -
lost | expired | -     | held      | .            | -             | -
"""
ROWS = [tuple(cell.strip() for cell in line.split("|")) for line in TABLE.strip().splitlines()[2:]]


def words(members: Any) -> str:
    return ", ".join(member.value for member in members) or "-"


@pytest.mark.parametrize("row", ROWS, ids="-".join)
def test_it_suspends_what_hangs_on_the_money_and_restores_it(row: tuple[str, ...]) -> None:
    told, state, known, order, then, told_order, actions = row
    amount = eur(60) if state == "review" else eur(100)
    before = seen(received=amount, dispute=DisputeStatus(known)) if known != "-" else None
    if known == "-" and state == "review":
        before = seen(received=amount)
    payment = standing(PaymentState(state), before)
    decision = decide(payment, disputed(DisputeStatus(told), received=amount), due(OrderState(order)), at=AT)
    if then == ".":
        assert decision.payment is payment and not decision.is_news
    else:
        assert decision.payment.state.value == then and decision.is_news
    assert (decision.order.value if decision.order else "-", words(decision.actions)) == (told_order, actions)


def test_nothing_is_given_back_while_the_bank_may_take_it_as_well() -> None:
    payment = paid(disputed(OPEN))
    assert payment.is_disputed
    assert refundable(payment, []) == eur(0)
    assert refundable(paid(disputed(WON)), []) == eur(100)


def test_what_is_paid_twice_and_disputed_goes_back_once_the_dispute_is_won() -> None:
    order = due(OrderState.PAID, received=eur(100))
    first = decide(standing(PaymentState.OPEN), disputed(OPEN), order, at=AT)
    assert (first.meanings, first.actions) == ((Meaning.DISPUTED, Meaning.PAID_TWICE), (Action.ASK_ORGANIZER,))
    assert first.surplus == eur(100)
    then = decide(first.payment, disputed(WON), order, at=AT)
    assert (then.actions, then.surplus) == ((Action.RESTORE_PASSES, Action.REFUND_SURPLUS), eur(100))
    given = refund(100)
    assert decide(first.payment, disputed(WON), order, [given], at=AT).surplus == eur(0), "it is promised already"


def test_a_dispute_is_not_forgotten_because_it_is_not_told_again() -> None:
    payment = paid(disputed(OPEN, disputed=eur(40), fee=eur(3)))
    assert decide(payment, seen(), due(OrderState.PAID), at=AT).payment is payment


def test_money_that_is_back_but_never_was_right_is_not_taken_for_paid() -> None:
    """60.00 of 100.00 came, nobody accepted it, a dispute of it was lost and then won."""
    lost = standing(PaymentState.REVIEW, seen(received=eur(60)))
    lost = decide(lost, disputed(LOST, received=eur(60)), due(), at=AT).payment
    back = decide(lost, disputed(WON, received=eur(60)), due(), at=AT)
    assert (back.payment.state, back.trigger, back.order) == (PaymentState.REVIEW, PaymentTrigger.MISMATCH, None)
    assert back.meanings == (Meaning.SHORT, Meaning.DISPUTE_WON)
    assert back.actions == (Action.ASK_ORGANIZER,)
    assert decide(back.payment, disputed(WON, received=eur(60)), due(), at=AT).payment is back.payment
    taken = accepted(back.payment, due(), at=AT)
    assert (taken.order, taken.forgiven) == (OrderTrigger.PAY, eur(40))
    assert declined(back.payment, due(), at=AT).surplus == eur(60)


def test_money_that_was_lost_and_is_back_with_another_amount_pays_once_it_is_accepted() -> None:
    """100.00 was lost, and 130.00 is back. An order that stayed paid without it is paid with it again."""
    back = decide(standing(PaymentState.LOST), seen(received=eur(130)), due(OrderState.PAID), at=AT)
    assert (back.payment.state, back.order, back.meanings) == (PaymentState.REVIEW, None, (Meaning.OVER,))
    assert not back.payment.counts, "it was lost, and nobody has accepted it since"
    assert decide(back.payment, seen(Status.FAILED), due(OrderState.PAID), at=AT).order is None
    taken = accepted(back.payment, due(OrderState.PAID), at=AT)
    assert (taken.order, taken.surplus) == (OrderTrigger.PAY, eur(30))


@pytest.mark.parametrize(
    "way", ["OPEN MISMATCH DECLINE LOSE", "RECEIVE MISMATCH LOSE", "RECEIVE MISMATCH DECLINE LOSE"]
)
def test_what_was_not_taken_when_it_was_lost_waits_for_a_person_when_it_is_back(way: str) -> None:
    lost = starting(
        ref=REF,
        snapshot=disputed(LOST, received=eur(130)),
        history=moves(*(PaymentTrigger[name] for name in way.split())),
    )
    back = decide(lost, disputed(WON, received=eur(130)), due(), at=AT)
    assert (back.payment.state, back.order) == (PaymentState.REVIEW, None)


def test_what_is_declined_while_it_is_disputed_goes_back_once_the_dispute_is_won() -> None:
    """All of it, also where the order would need it, or has run out and asks for nothing."""
    review = standing(PaymentState.REVIEW, disputed(OPEN, received=eur(60)))
    for order in (due(), due(OrderState.EXPIRED, asked=eur(0)), due(OrderState.CANCELLED)):
        first = declined(review, order, at=AT)
        assert (first.surplus, first.actions) == (eur(60), ())
        won = decide(first.payment, disputed(WON, received=eur(60)), order, at=AT)
        assert (won.surplus, won.actions, won.order) == (eur(60), (Action.REFUND_SURPLUS,), None)
        lost = decide(first.payment, disputed(LOST, received=eur(60)), order, at=AT)
        assert (lost.payment.state, lost.surplus, lost.order) == (PaymentState.LOST, eur(0), None)


def test_money_that_was_accepted_counts_again_when_its_dispute_is_won() -> None:
    """60.00 of 100.00 was accepted, so the order asks for 60.00."""
    snapshot = disputed(LOST, received=eur(60))
    lost = Payment(
        **{name: getattr(paid(), name) for name in ("id", "order", "provider", "account", "amount", "ref")},
        snapshot=snapshot,
        history=moves(*(PaymentTrigger[name] for name in ("OPEN", "MISMATCH", "ACCEPT", "LOSE"))),
    )
    order = due(OrderState.HELD, asked=eur(60))
    back = decide(lost, disputed(WON, received=eur(60)), order, at=AT)
    assert (back.payment.state, back.order) == (PaymentState.PAID, OrderTrigger.PAY)


def test_a_disputed_late_payment_suspends_the_passes_that_it_buys() -> None:
    for room, actions in ((True, (Action.SUSPEND_PASSES, Action.ASK_ORGANIZER)), (False, (Action.ASK_ORGANIZER,))):
        order = due(OrderState.EXPIRED, has_room=room, late=LatePayment.ACCEPT_IF_ROOM)
        assert decide(standing(PaymentState.OPEN), disputed(OPEN), order, at=AT).actions == actions


def test_a_dispute_of_what_was_paid_twice_touches_no_pass() -> None:
    order = due(OrderState.PAID, received=eur(100))
    assert decide(paid(), disputed(OPEN), order, at=AT).actions == (Action.ASK_ORGANIZER,)
    lost = decide(paid(disputed(OPEN)), disputed(LOST), order, at=AT)
    assert (lost.payment.state, lost.order, lost.actions) == (PaymentState.LOST, None, ())


def test_what_was_given_back_of_lost_money_is_for_the_organizer_to_know() -> None:
    lost = decide(paid(), seen(Status.FAILED), due(OrderState.PAID), [refund(40)], at=AT)
    assert lost.actions == (Action.SUSPEND_PASSES, Action.ASK_ORGANIZER)
    failed = refund(40, RefundTrigger.REQUEST, RefundTrigger.FAIL)
    assert decide(paid(), seen(Status.FAILED), due(OrderState.PAID), [failed], at=AT).actions == (
        Action.SUSPEND_PASSES,
    )


def test_a_changed_amount_is_seen_also_with_news_of_a_dispute() -> None:
    decision = decide(paid(disputed(OPEN)), disputed(WON, received=eur(130)), due(OrderState.PAID), at=AT)
    assert (decision.payment.state, decision.surplus) == (PaymentState.REVIEW, eur(0))
    assert decision.meanings == (Meaning.OVER, Meaning.DISPUTE_WON)


def test_a_dispute_that_is_won_of_an_order_that_is_over_leaves_the_rest_to_its_table() -> None:
    order = due(OrderState.CANCELLED, asked=eur(0))
    decision = decide(paid(disputed(OPEN)), disputed(WON), order, at=AT)
    assert (decision.actions, decision.surplus) == ((), eur(0))


def test_a_lost_payment_whose_dispute_goes_on_is_still_lost() -> None:
    snapshot: Snapshot = disputed(OPEN)
    payment = standing(PaymentState.LOST)
    decision = decide(payment, snapshot, due(OrderState.CANCELLED), at=AT)
    assert (decision.payment.state, decision.meanings) == (PaymentState.LOST, (Meaning.DISPUTED,))


def test_a_dispute_that_is_lost_of_lost_money_asks_nobody() -> None:
    decision = decide(standing(PaymentState.LOST), disputed(LOST), due(OrderState.CANCELLED), at=AT)
    assert (decision.payment.state, decision.meanings) == (PaymentState.LOST, (Meaning.DISPUTE_LOST,))
    assert decision.actions == ()


def test_a_checkout_that_is_open_again_says_nothing_of_a_dispute() -> None:
    """Money came and a bank took it back before anybody looked; then the buyer tries again at the same address."""
    failed = decide(standing(PaymentState.OPEN), disputed(LOST), due(), at=AT).payment
    decision = decide(failed, seen(Status.OPEN), due(OrderState.PAID, asked=eur(150)), at=AT)
    assert (decision.payment.state, decision.meanings) == (PaymentState.OPEN, (Meaning.WAITING,))
    assert decision.actions == (Action.EXTEND_HOLD,)
