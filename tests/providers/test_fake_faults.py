"""What goes wrong on the way to the fake provider, when a test says so; and what its keys keep."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from providers.desk import REF, asked, code, eur, fake, opened, paid
from providers.watch import Watch

from paidevents.errors import (
    InvalidValueError,
    OutcomeUnknownError,
    PaymentDeclinedError,
    ProviderUnavailableError,
)
from paidevents.payments import RefundStatus, Status
from paidevents.providers import FakeProvider, Fault

METHODS = ("start", "fetch", "capture", "void", "refund", "verify")


def calls(provider: FakeProvider) -> dict[str, Callable[[], object]]:
    """Each method once, with one key; cs_1 is set aside, cs_2 paid, cs_3 open."""
    provider.authorize(opened(provider, payment="a"))
    second, third = paid(provider, payment="b"), opened(provider, payment="c")
    return {
        "start": lambda: provider.start(asked(), key="k"),
        "fetch": lambda: provider.fetch(REF),
        "capture": lambda: provider.capture(REF, key="k"),
        "void": lambda: provider.void(third.ref, key="k"),
        "refund": lambda: provider.refund(second.ref, eur(5), key="k"),
        "verify": provider.verify,
    }


ACTING = ("start", "capture", "void", "refund")


@pytest.mark.parametrize("method", METHODS)
def test_a_lost_request_has_certainly_not_happened(method: str) -> None:
    provider = fake()
    call, before = calls(provider)[method], len(provider.notifications())
    provider.script(method, Fault.LOST_REQUEST)
    assert code(call, ProviderUnavailableError) == "connection_refused"
    assert len(provider.notifications()) == before
    call()


@pytest.mark.parametrize("method", ACTING)
def test_trap_1_trap_2_a_lost_answer_has_happened_and_is_told_again_under_the_same_key(method: str) -> None:
    provider = fake()
    call, before = calls(provider)[method], len(provider.notifications())
    provider.script(method, Fault.LOST_ANSWER, Fault.LOST_ANSWER)
    for _ in range(2):
        assert code(call, OutcomeUnknownError) == "answer_lost"
    assert len(provider.notifications()) == before + 1
    assert call() == call()
    assert len(provider.notifications()) == before + 1, "It happened once."


@pytest.mark.parametrize("method", METHODS)
def test_an_adapter_can_break_on_an_answer(method: str) -> None:
    provider = fake()
    call, before = calls(provider)[method], len(provider.notifications())
    provider.script(method, Fault.GARBLED)
    with pytest.raises(KeyError, match="status"):
        call()
    assert len(provider.notifications()) == before + (method in ACTING)
    call()


@pytest.mark.parametrize("method", ["fetch", "verify"])
def test_a_look_whose_answer_is_lost_is_done_again(method: str) -> None:
    provider = fake()
    call = calls(provider)[method]
    provider.script(method, Fault.LOST_ANSWER, Fault.REJECT, Fault.STICKY_ERROR)
    assert code(call, OutcomeUnknownError) == "answer_lost"
    assert code(call) == "rejected"
    assert code(call, OutcomeUnknownError) == "internal_error"
    call()


@pytest.mark.parametrize("method", ACTING)
def test_trap_1_a_saved_error_is_told_each_time_under_its_key_and_under_no_other(method: str) -> None:
    """Stripe repeats a saved 500. Nothing has happened; once the key is forgotten, it does."""
    watch = Watch()
    provider = fake(watch)
    call, before = calls(provider)[method], len(provider.notifications())
    provider.script(method, Fault.STICKY_ERROR)
    for _ in range(3):
        assert code(call, OutcomeUnknownError) == "internal_error"
    assert len(provider.notifications()) == before
    watch.later(hours=24, seconds=1)
    call()
    assert len(provider.notifications()) == before + 1


@pytest.mark.parametrize("method", ACTING)
def test_what_is_rejected_is_rejected_for_good(method: str) -> None:
    provider = fake()
    call, before = calls(provider)[method], len(provider.notifications())
    provider.script(method, Fault.REJECT)
    assert [code(call) for _ in range(3)] == ["rejected"] * 3
    assert len(provider.notifications()) == before


def test_a_refusal_of_its_own_is_kept_under_the_key_as_well() -> None:
    """What was too much stays refused under its key, also once there would be enough."""
    provider = fake()
    paid(provider)
    first = provider.refund(REF, eur(20), key="r1:1")
    assert code(lambda: provider.refund(REF, eur(5), key="r2:1")) == "amount_too_large"
    provider.fail_refund(first)
    assert code(lambda: provider.refund(REF, eur(5), key="r2:1")) == "amount_too_large"
    assert provider.refund(REF, eur(5), key="r2:2").amount == eur(5)


def test_a_declined_start_is_no_payment_and_the_next_attempt_has_another_key() -> None:
    provider = fake()
    provider.script("start", Fault.DECLINE)
    for _ in range(2):
        assert code(lambda: opened(provider), PaymentDeclinedError) == "card_declined"
    assert provider.notifications() == ()
    assert provider.start(asked(), key="A7-p1:2").ref == REF


def test_a_declined_capture_has_failed() -> None:
    provider = fake()
    provider.authorize(opened(provider))
    provider.script("capture", Fault.DECLINE)
    assert code(lambda: provider.capture(REF, key="c"), PaymentDeclinedError) == "card_declined"
    assert provider.fetch(REF).status is Status.FAILED


def test_trap_8_a_capture_can_be_pending_for_days_and_so_can_a_part() -> None:
    provider = fake()
    provider.authorize(opened(provider))
    provider.script("capture", Fault.PENDING_CAPTURE)
    assert provider.capture(REF, eur(15), key="c").status is Status.PENDING
    assert provider.settle(REF).received == eur(15)


def test_trap_11_a_refund_can_pend_and_succeed_and_fail_after_that() -> None:
    provider = fake()
    paid(provider)
    provider.script("refund", Fault.PENDING_REFUND, Fault.FAILED_REFUND)
    pending = provider.refund(REF, eur(5), key="r1:1")
    failed = provider.refund(REF, eur(6), key="r2:1")
    assert (pending.status, failed.status) == (RefundStatus.PENDING, RefundStatus.FAILED)
    assert provider.complete_refund(pending).status is RefundStatus.SUCCEEDED
    assert provider.fail_refund(pending).status is RefundStatus.FAILED
    assert provider.refund(REF, eur(5), key="r1:1") == pending, "The key has the answer that it was given."


def test_trap_1_a_forgotten_key_does_it_again() -> None:
    """The same call, an hour too late, gives back a second time: 12.00 of 20.00 are gone instead of 6.00."""
    watch = Watch()
    provider = fake(watch)
    paid(provider)
    first = provider.refund(REF, eur(6), key="r1:1")
    watch.later(hours=24)
    assert provider.refund(REF, eur(6), key="r1:1") == first
    watch.later(seconds=1)
    assert provider.refund(REF, eur(6), key="r1:1").id == "re_2"
    assert provider.limits().key_retention == timedelta(hours=24)


def test_keys_can_be_forgotten_at_once() -> None:
    provider = fake()
    assert opened(provider).ref.id == "cs_1"
    provider.script("start", Fault.FORGET_KEYS)
    assert opened(provider).ref.id == "cs_2"
    assert opened(provider).ref.id == "cs_2"
    provider.script("fetch", Fault.FORGET_KEYS)
    provider.fetch(REF)
    assert opened(provider).ref.id == "cs_3"


def test_trap_3_a_key_is_one_requests_whichever_method_it_comes_with() -> None:
    provider = fake()
    payment = paid(provider)
    key = "A7-p1:1"
    assert code(lambda: provider.start(asked(amount=eur(15)), key=key)) == "key_reused"
    assert code(lambda: provider.refund(payment.ref, eur(5), key=key)) == "key_reused"
    assert code(lambda: provider.void(payment.ref, key=key)) == "key_reused"
    assert opened(provider).status is Status.OPEN, "The first request is answered as it was."
    provider.script("start", Fault.LOST_ANSWER)
    assert code(lambda: provider.start(asked(amount=eur(15)), key=key), OutcomeUnknownError) == "answer_lost"


def test_faults_come_in_order_one_for_each_call() -> None:
    provider = fake()
    provider.script("start", Fault.LOST_REQUEST, Fault.LOST_ANSWER)
    provider.script("start", Fault.REJECT)
    assert code(lambda: opened(provider), ProviderUnavailableError) == "connection_refused"
    assert code(lambda: opened(provider), OutcomeUnknownError) == "answer_lost"
    assert opened(provider).ref == REF, "What befalls only what is done waits: this key was only repeated."
    assert code(lambda: opened(provider, payment="A7-p2")) == "rejected"
    assert opened(provider, payment="A7-p3").ref.id == "cs_2"


def test_a_fault_says_which_methods_it_can_befall() -> None:
    assert Fault.LOST_ANSWER.methods == METHODS
    assert Fault.FAILED_REFUND.methods == ("refund",)
    provider = fake()
    for fault in Fault:
        for method in METHODS:
            if method in fault.methods:
                provider.script(method, fault)
                continue
            with pytest.raises(InvalidValueError, match=f"method: It must be one of: {', '.join(fault.methods)}"):
                provider.script(method, fault)


def test_a_script_that_cannot_be_is_refused_whole() -> None:
    provider = fake()
    for method, fault in (("begin", Fault.REJECT), (None, Fault.REJECT), ("start", "reject")):
        with pytest.raises(InvalidValueError):
            provider.script(method, Fault.REJECT, fault)  # type: ignore[arg-type]
    assert opened(provider).status is Status.OPEN


def test_once_it_heals_nothing_is_wrong_any_more() -> None:
    provider = fake(broken=["charges_disabled"])
    provider.script("start", Fault.LOST_REQUEST, Fault.REJECT)
    provider.script("verify", Fault.LOST_ANSWER)
    provider.heals()
    assert provider.verify() == ()
    assert opened(provider).ref == REF
