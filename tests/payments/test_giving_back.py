"""Refunds: how much there is to give back, of which payment, and what a provider says of it."""

from datetime import timedelta
from typing import Any

import pytest
from attrs import evolve
from payments.till import AT, due, eur, made, paid, refund, seen, standing, usd

from paidevents.errors import IllegalTransitionError, InvalidValueError, RefundRefusedError
from paidevents.lifecycle import OrderState, PaymentState, RefundState, RefundTrigger
from paidevents.money import EUR
from paidevents.payments import (
    DisputeStatus,
    Payment,
    PaymentRef,
    RefundPurpose,
    RefundStatus,
    decide,
    kept,
    made_elsewhere,
    owed_again,
    refund_news,
    refundable,
    requested,
    spread,
    told,
)

T, S = RefundTrigger, RefundState
PENDING, SUCCEEDED, FAILED = RefundStatus

# How a refund came to stand where it stands.
WAYS: dict[RefundState, tuple[RefundTrigger, ...]] = {
    S.OWED: (),
    S.REQUESTED: (T.REQUEST,),
    S.PENDING: (T.REQUEST, T.PEND),
    S.SUCCEEDED: (T.REQUEST, T.SUCCEED),
    S.FAILED: (T.REQUEST, T.FAIL),
    S.DROPPED: (T.DROP,),
}


# What it means that the provider calls it pending, succeeded or failed.
NEWS: dict[RefundState, tuple[RefundTrigger | None, ...]] = {
    S.OWED: (T.SETTLE_ELSEWHERE, T.SETTLE_ELSEWHERE, None),
    S.REQUESTED: (T.PEND, T.SUCCEED, T.FAIL),
    S.PENDING: (None, T.SUCCEED, T.FAIL),
    S.SUCCEEDED: (None, None, T.FAIL),
    S.FAILED: (T.SETTLE_ELSEWHERE, T.SETTLE_ELSEWHERE, None),
    S.DROPPED: (None, None, None),
}


@pytest.mark.parametrize("state", RefundState)
def test_from_every_state_every_status_means_what_the_table_says(state: RefundState) -> None:
    assert tuple(refund_news(refund(40, *WAYS[state]), made(40, status)) for status in RefundStatus) == NEWS[state]


def test_what_is_told_of_an_attempt_that_failed_is_old() -> None:
    failed = refund(40, T.REQUEST, T.FAIL, provider_id="re_1", earlier=["re_0"], attempt=2)
    again = requested(failed, paid(), [failed], at=AT)
    assert (again.attempt, again.key, again.provider_id, again.earlier) == (3, "r1:3", "", ("re_0", "re_1"))
    for old in (made(40, id="re_0"), made(40, id="re_1"), made(40, id="re_9", key="r1:1")):
        for one in (failed, again):
            assert refund_news(one, old) is None and told(one, old, at=AT) is one
    assert refund_news(failed, made(40, id="re_9", key="r1:2")) is None
    assert refund_news(again, made(40, id="re_9", key="r1:3")) is T.SUCCEED


def test_what_is_told_of_another_refund_does_not_move_it() -> None:
    known = refund(40, T.REQUEST, T.PEND, provider_id="re_1")
    assert refund_news(known, made(40, id="re_2")) is None
    assert told(known, made(40, id="re_2"), at=AT) is known


def test_it_learns_what_the_provider_calls_it() -> None:
    asked = refund(40, T.REQUEST)
    pending = told(asked, made(40, PENDING), at=AT)
    assert (pending.state, pending.provider_id) == (S.PENDING, "re_1")
    assert told(pending, made(40, PENDING), at=AT) is pending
    nameless = refund(40, T.REQUEST, T.SUCCEED)
    named = told(nameless, made(40), at=AT)
    assert (named.provider_id, named.history) == ("re_1", nameless.history)
    dropped = refund(40, T.DROP)
    assert told(dropped, made(40, key="r1:1"), at=AT) is dropped
    by_hand = told(refund(40, T.REQUEST, T.FAIL, provider_id="re_1"), made(40, id="re_2"), at=AT, by="organizer:42")
    assert (by_hand.state, by_hand.provider_id, by_hand.earlier) == (S.SUCCEEDED, "re_2", ("re_1",))
    assert by_hand.history[-1].by == "organizer:42"


def test_what_is_promised_is_nobody_elses() -> None:
    """100.00 came; 30.00 owed + 20.00 asked for + 10.00 made = 60.00; failed and dropped ones hold nothing."""
    refunds = [
        refund(30, id="a"),
        refund(20, T.REQUEST, id="b"),
        refund(10, T.REQUEST, T.SUCCEED, id="c"),
        refund(50, T.REQUEST, T.FAIL, id="d"),
        refund(50, T.DROP, id="e"),
        refund(50, id="f", payment="p2"),
    ]
    assert refundable(paid(), refunds) == eur(40)
    assert refundable(paid(), [refund(60, id="a"), refund(60, id="b")]) == eur(0)
    assert refundable(standing(PaymentState.REVIEW), refunds[:1]) == eur(30)
    assert refundable(standing(PaymentState.LOST), []) == eur(0)
    with pytest.raises(InvalidValueError) as refused:
        refundable(paid(), [refund(1, order="A8")])
    assert refused.value.reason.code == "other_payment"


def test_what_a_person_gave_back_is_gone_before_it_is_explained() -> None:
    """100.00 less 30.00 that nobody explains; 40.00 failed and was made by hand in place of it."""
    payment = paid(seen(refunds=[made(30), made(5, FAILED, id="re_2")]))
    assert refundable(payment, []) == eur(70)
    failed = refund(40, T.REQUEST, T.FAIL, provider_id="re_2")
    payment = paid(seen(refunds=[made(40, FAILED, id="re_2"), made(40, id="re_3")]))
    assert refundable(payment, [failed]) == eur(60)


def test_spread_takes_from_the_oldest_first_and_loses_nothing() -> None:
    """Of 100.00 and 60.00: 130.00 is 100.00 of the older and 30.00 of the other, in whatever order they are listed."""
    newer = paid(id="p2", amount=eur(60), last=at_address("cs_2", received=eur(60)), at=AT + timedelta(days=1))
    assert spread(eur(130), [newer, paid()], []) == (("p1", eur(100)), ("p2", eur(30)))
    assert spread(eur(50), [newer, paid()], [refund(80)]) == (("p1", eur(20)), ("p2", eur(30)))
    assert spread(eur(0), [newer, paid()], []) == ()
    unpaid, foreign = (
        standing(PaymentState.OPEN, id="p3"),
        standing(PaymentState.REVIEW, seen(received=usd(9)), id="p4"),
    )
    assert spread(eur(160), [unpaid, foreign, newer, paid()], []) == (("p1", eur(100)), ("p2", eur(60)))


def at_address(id: str, **changed: Any) -> Any:
    return seen(ref=PaymentRef("stripe:test", "acct_1", id), **changed)


@pytest.mark.parametrize(
    ("payments", "left"),
    [([], eur(0)), ([paid()], eur(100)), ([paid(seen(dispute=DisputeStatus.OPEN))], eur(0))],
)
def test_spread_says_what_is_left_where_that_is_too_little(payments: list[Payment], left: Any) -> None:
    with pytest.raises(RefundRefusedError) as refused:
        spread(eur(101), payments, [])
    assert [reason.code for reason in refused.value.reasons] == ["exceeds_refundable"]
    assert dict(refused.value.reasons[0].values) == {"left": left}


def test_spread_counts_no_payment_twice() -> None:
    with pytest.raises(InvalidValueError) as refused:
        spread(eur(150), [paid(), paid()], [])
    assert refused.value.reason.code == "duplicate_id"


def test_an_order_has_what_counts_of_its_payments() -> None:
    """100.00 less 30.00 that are promised, and 120.00 that was 100.00 and is looked at again: 70.00 + 120.00 = 190.00."""
    again = decide(paid(id="p2"), seen(received=eur(120)), due(OrderState.PAID), at=AT).payment
    foreign = standing(PaymentState.PAID, seen(received=usd(100)), id="p3")
    never_accepted = standing(PaymentState.REVIEW, id="p4")
    unpaid = [standing(PaymentState.AUTHORIZED, id="p5"), standing(PaymentState.LOST, id="p6")]
    assert kept([paid(), again, foreign, never_accepted, *unpaid], [refund(30)], EUR) == eur(190)
    assert kept([], [], EUR) == eur(0)
    with pytest.raises(InvalidValueError):
        kept([paid(), paid()], [], EUR)
    with pytest.raises(InvalidValueError):
        kept([], [], "EUR")  # type: ignore[arg-type]


def test_a_refund_is_asked_for_only_while_it_is_covered() -> None:
    first, second = refund(60, id="a"), refund(60, T.REQUEST, T.FAIL, id="b")
    asked = requested(first, paid(), [first, second], at=AT)
    assert (asked.state, asked.attempt) == (S.REQUESTED, 1)
    for payment in (paid(), paid(seen(dispute=DisputeStatus.OPEN)), standing(PaymentState.LOST)):
        with pytest.raises(IllegalTransitionError) as refused:
            requested(second, payment, [asked, second], at=AT)
        assert [reason.code for reason in refused.value.refused_by] == ["is_covered"]
    with pytest.raises(IllegalTransitionError):
        requested(asked, paid(), [asked], at=AT)  # its answer may be lost: the same key again, never another
    again = requested(second, paid(), [], at=AT)
    assert (again.attempt, again.earlier) == (2, ())


def test_a_refund_is_asked_for_of_its_own_payment_and_in_its_currency() -> None:
    for other in ({"payment": "p2"}, {"order": "A8"}):
        with pytest.raises(InvalidValueError) as refused:
            requested(refund(10, **other), paid(), [], at=AT)
        assert (refused.value.field, refused.value.reason.code) == ("payment", "other_payment")
    foreign = standing(PaymentState.REVIEW, seen(received=usd(110)))
    with pytest.raises(IllegalTransitionError):
        requested(refund(10), foreign, [], at=AT)
    assert requested(evolve(refund(10), amount=usd(10)), foreign, [refund(200, id="r2")], at=AT).state is S.REQUESTED


def test_those_that_failed_are_owed_again() -> None:
    failed = refund(10, T.REQUEST, T.FAIL)
    assert owed_again([refund(10, id="r0"), failed, refund(10, T.DROP, id="r2")]) == (failed,)
    assert failed.is_owed and not failed.is_reserved


def test_one_that_a_person_made_becomes_one_of_ours() -> None:
    ours = made_elsewhere(paid(), made(30), id="r9", at=AT, by="organizer:42")
    assert (ours.state, ours.amount, ours.purpose) == (S.SUCCEEDED, eur(30), RefundPurpose.ELSEWHERE)
    assert (ours.provider_id, ours.payment, ours.order) == ("re_1", "p1", "A7")
    assert decide(paid(), seen(refunds=[made(30)]), due(OrderState.PAID), [ours], at=AT).elsewhere == ()
    with pytest.raises(InvalidValueError) as refused:
        made_elsewhere(paid(), made(30, FAILED), id="r9", at=AT)
    assert refused.value.reason.code == "never_made"
