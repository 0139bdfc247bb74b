"""Which of our refunds those are that a provider tells of, and what is new of them."""

import pytest
from payments.till import AT, due, eur, made, paid, refund, seen

from paidevents.lifecycle import OrderState, RefundTrigger
from paidevents.payments import Action, Meaning, RefundSnapshot, RefundStatus, decide, made_elsewhere

T = RefundTrigger
PENDING, SUCCEEDED, FAILED = RefundStatus

OWED, ASKED = refund(40, id="owed"), refund(40, T.REQUEST, id="asked")
NAMED = refund(40, T.REQUEST, T.PEND, id="named", provider_id="re_1")
BROKEN = refund(40, T.REQUEST, T.FAIL, id="broken", provider_id="re_0")
ALL = (OWED, ASKED, NAMED, BROKEN)


@pytest.mark.parametrize(
    ("told_of", "moved"),
    [
        ([made(40, id="re_1")], [("named", T.SUCCEED)]),
        ([made(40, id="re_7", key="asked:1")], [("asked", T.SUCCEED)]),
        ([made(40, id="re_7")], [("asked", T.SUCCEED)]),
        ([made(40, id="re_7", key="of-another-program:1")], [("owed", T.SETTLE_ELSEWHERE)]),
        ([made(40, id="re_7"), made(40, id="re_8")], [("asked", T.SUCCEED), ("owed", T.SETTLE_ELSEWHERE)]),
        (
            [made(40, id="re_7"), made(40, id="re_8"), made(40, id="re_9")],
            [("asked", T.SUCCEED), ("owed", T.SETTLE_ELSEWHERE), ("broken", T.SETTLE_ELSEWHERE)],
        ),
        (
            [made(40, id="re_7", key="asked:1"), made(40, id="re_8")],
            [("asked", T.SUCCEED), ("owed", T.SETTLE_ELSEWHERE)],
        ),
        ([made(40, FAILED, id="re_7")], []),
        ([made(40, FAILED, id="re_0")], []),
        ([made(40, PENDING, id="re_1")], []),
    ],
)
def test_theirs_is_ours_by_its_name_by_our_key_or_by_its_amount(
    told_of: list[RefundSnapshot], moved: list[tuple[str, RefundTrigger]]
) -> None:
    payment = paid(seen(received=eur(300)), amount=eur(300))
    decision = decide(payment, seen(received=eur(300), refunds=told_of), due(OrderState.PAID), ALL, at=AT)
    assert list(decision.refunds) == moved
    assert [one.id for one in decision.moved] == [id for id, _ in moved]
    assert decision.elsewhere == ()
    then = [next((new for new in decision.moved if new.id == one.id), one) for one in ALL]
    again = decide(decision.payment, seen(received=eur(300), refunds=told_of), due(OrderState.PAID), then, at=AT)
    assert again.payment is decision.payment and not again.is_news


def test_of_a_refund_that_only_got_its_name_the_name_is_kept() -> None:
    nameless = refund(40, T.REQUEST, T.SUCCEED)
    payment = paid(seen(refunds=[made(40, key="r1:1")]))
    decision = decide(payment, seen(refunds=[made(40, key="r1:1")]), due(OrderState.PAID), [nameless], at=AT)
    assert decision.payment is payment and decision.is_news
    assert (decision.meanings, decision.refunds) == ((Meaning.DETAILS,), ())
    assert [one.provider_id for one in decision.moved] == ["re_1"]


def test_news_of_refunds_have_a_meaning_each() -> None:
    asked = refund(40, T.REQUEST)
    for status, meaning, actions in (
        (PENDING, Meaning.REFUND_PENDING, ()),
        (SUCCEEDED, Meaning.REFUNDED, ()),
        (FAILED, Meaning.REFUND_FAILED, (Action.ASK_ORGANIZER,)),
    ):
        snapshot = seen(refunds=[made(40, status, key="r1:1")])
        decision = decide(paid(), snapshot, due(OrderState.PAID, asked=eur(60)), [asked], at=AT)
        assert (decision.meanings, decision.actions, decision.order) == ((meaning,), actions, None)


def test_refunds_that_are_not_told_again_are_not_forgotten() -> None:
    """A list may come in part (recovery-004), and an answer from a copy that lags behind."""
    payment = paid(seen(refunds=[made(40), made(30, FAILED, id="re_2")], fee=eur(3)))
    partial = seen(refunds=[made(30, SUCCEEDED, id="re_2")])
    decision = decide(payment, partial, due(OrderState.PAID), [made_elsewhere(paid(), made(40), id="r1", at=AT)], at=AT)
    assert decision.payment is payment and not decision.is_news


def test_an_attempt_that_failed_is_not_taken_for_the_next_one_of_the_same_amount() -> None:
    """An older answer still says that it succeeded, and the provider repeats no key."""
    again = refund(40, T.REQUEST, T.FAIL, T.REQUEST, attempt=2, earlier=["re_1"])
    decision = decide(paid(), seen(refunds=[made(40, SUCCEEDED)]), due(OrderState.PAID), [again], at=AT)
    assert (decision.refunds, decision.moved, decision.elsewhere) == ((), (), ())
    under_way = refund(40, T.REQUEST, T.FAIL, T.REQUEST, T.PEND, attempt=2, earlier=["re_1"], provider_id="re_2")
    both = [under_way, refund(40, id="owed")]
    assert decide(paid(), seen(refunds=[made(40, SUCCEEDED)]), due(OrderState.PAID), both, at=AT).refunds == ()
