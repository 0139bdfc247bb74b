"""What a provider last said of a payment: the snapshot that is kept, and what it has answered since."""

import pytest
from attrs import evolve
from reports.till import MADE, T, came, heard, made, refund, said

from paidevents import InvalidValueError
from paidevents.payments import Payment, Refund, RefundStatus, Status
from paidevents.reports.heard import last_heard

P = RefundStatus


def back(payment: Payment, *refunds: Refund) -> list[tuple[str, str, str]]:
    """The refunds in what was last heard."""
    seen = last_heard(payment, refunds)
    assert seen is not None
    return [(one.id, str(one.amount.decimal), one.status.value) for one in seen.refunds]


def test_without_refunds_it_is_the_snapshot() -> None:
    payment = heard(said())
    assert last_heard(payment, []) == payment.snapshot
    waiting = heard(said(None))
    assert last_heard(waiting, []) == waiting.snapshot
    assert last_heard(evolve(waiting, ref=None, snapshot=None, history=()), []) is None


def test_a_refund_that_was_answered_is_told() -> None:
    payment = came("20.00")
    assert back(payment, refund("5.00", *MADE, provider_id="re_1")) == [("re_1", "5.00", "succeeded")]
    assert back(payment, refund("5.00", T.REQUEST, T.PEND, provider_id="re_1")) == [("re_1", "5.00", "pending")]
    assert back(payment, refund("5.00", T.REQUEST, T.FAIL, provider_id="re_1")) == [("re_1", "5.00", "failed")]


def test_of_a_refund_that_was_not_answered_nothing_is_told() -> None:
    payment = came("20.00")
    owed, asked, dropped = refund("5.00"), refund("5.00", T.REQUEST), refund("5.00", T.DROP, provider_id="re_1")
    assert back(payment, owed) == back(payment, asked) == back(payment, dropped) == []
    assert back(payment, refund("5.00", *MADE, provider_id="re_1", payment="p2")) == []


def test_of_two_words_on_a_refund_the_later_counts() -> None:
    payment = heard(said("20.00", refunds=(made("5.00", P.PENDING), made("3.00", id="re_2"))))
    ours = refund("5.00", *MADE, provider_id="re_1")
    assert back(payment, ours) == [("re_1", "5.00", "succeeded"), ("re_2", "3.00", "succeeded")]
    late = refund("3.00", T.REQUEST, T.PEND, id="r2", provider_id="re_2")
    assert back(payment, ours, late) == [("re_1", "5.00", "succeeded"), ("re_2", "3.00", "succeeded")]


def test_of_a_payment_that_failed_after_all_refunds_stay_known() -> None:
    payment = came("20.00")
    assert payment.snapshot is not None
    lost = evolve(payment, snapshot=evolve(payment.snapshot, status=Status.FAILED, received=None), history=())
    assert back(lost, refund("5.00", *MADE, provider_id="re_1")) == [("re_1", "5.00", "succeeded")]


def test_a_refund_of_another_order_is_refused() -> None:
    with pytest.raises(InvalidValueError):
        last_heard(came("20.00"), [refund("5.00", order="B2")])
