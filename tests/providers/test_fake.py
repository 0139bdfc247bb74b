"""The fake provider's books: as strict as a real one's, and changed by buyers and people as well."""

import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from providers.desk import FAKE, REF, asked, code, eur, fake, opened, paid, usd
from providers.watch import NOON, Watch

from paidevents import Money, Rate
from paidevents.errors import CurrencyMismatchError, InvalidValueError
from paidevents.money import CHF, EUR, HUF, Currency, ProviderLimits
from paidevents.payments import DisputeStatus, PaymentRef, RefundStatus, Snapshot, Status
from paidevents.ports import Capability
from paidevents.providers import FakeProvider
from paidevents.reason import Severity

SECOND = timedelta(seconds=1)
LIMITS = ProviderLimits(
    provider="fake",
    shortest_checkout=timedelta(minutes=10),
    key_retention=timedelta(hours=6),
    capture_within=timedelta(hours=3),
    refund_window=timedelta(days=180),
)


def test_what_is_started_is_open_at_an_address_of_its_own() -> None:
    payment = opened(fake(), expires_at=NOON + timedelta(hours=1))
    assert payment == Snapshot(
        ref=REF,
        reference="A7",
        status=Status.OPEN,
        requested=eur(20),
        url="https://pay.example/fake:test/cs_1",
        expires_at=NOON + timedelta(hours=1),
    )


def test_names_are_counters_so_that_two_runs_are_the_same() -> None:
    def run() -> tuple[object, ...]:
        provider = fake()
        for number in (1, 2):
            paid(provider, payment=f"A7-p{number}")
        refund = provider.refund_in_dashboard("cs_2", eur(5))
        return provider.fetch(REF), refund, provider.notifications()

    assert run() == run()
    assert run()[1].id == "re_1"  # type: ignore[attr-defined]


def test_a_payment_is_found_by_any_of_its_names() -> None:
    for way in range(4):
        provider = fake()
        payment = opened(provider)
        name = (payment, payment.ref, payment.ref.id, payment.url)[way]
        assert provider.pay(name).status is Status.PAID
        assert code(partial(provider.pay, name)) == "payment_paid"


def test_another_account_or_mode_has_other_payments() -> None:
    provider = fake()
    opened(provider)
    for ref in (PaymentRef(FAKE, "other", "cs_1"), PaymentRef("fake:live", "main", "cs_1")):
        assert code(partial(provider.fetch, ref)) == "unknown_payment"
    assert code(lambda: provider.pay("cs_2")) == "unknown_payment"
    with pytest.raises(InvalidValueError, match="which: Expected str, got int"):
        provider.pay(1)  # type: ignore[arg-type]


def test_it_says_who_it_is_and_what_it_keeps() -> None:
    provider = fake(name="card:test", account="bureau")
    first, second = opened(provider), opened(provider, payment="A7-p2")
    paid_second = provider.pay(second)
    assert (provider.name, provider.account) == ("card:test", "bureau")
    assert repr(provider) == "FakeProvider('card:test', 'bureau')"
    assert provider.payments() == (first, paid_second)
    assert provider.request(second) == asked(payment="A7-p2")


# Time.


def test_what_nobody_paid_in_time_has_expired() -> None:
    watch = Watch()
    provider = fake(watch)
    payment = opened(provider, expires_at=NOON + timedelta(minutes=30))
    watch.at = payment.expires_at - SECOND if payment.expires_at else NOON
    assert provider.fetch(REF).status is Status.OPEN
    watch.later(seconds=1)
    assert provider.fetch(REF).status is Status.EXPIRED
    assert provider.fetch(REF).url == ""
    assert code(lambda: provider.pay(REF)) == "payment_expired"
    watch.later(hours=-1)
    assert provider.fetch(REF).status is Status.EXPIRED, "A clock that goes back brings nothing back."


def test_what_was_paid_in_time_is_paid_for_good() -> None:
    watch = Watch()
    provider = fake(watch)
    paid(provider, expires_at=NOON + timedelta(minutes=30))
    watch.later(days=300)
    assert provider.fetch(REF).status is Status.PAID


def test_what_is_set_aside_is_let_go_of_in_the_end() -> None:
    """Three hours, as PayPal has it; a payment that was to be taken by hand."""
    watch = Watch()
    provider = fake(watch, limits=LIMITS)
    payment = provider.pay(opened(provider, capture_later=True))
    assert (payment.status, payment.capture_until) == (Status.AUTHORIZED, NOON + timedelta(hours=3))
    watch.later(hours=3)
    assert code(lambda: provider.capture(REF, key="c")) == "payment_expired"
    assert provider.fetch(REF).capture_until is None


def test_what_can_be_taken_for_ever_says_so() -> None:
    forever = ProviderLimits(provider="fake", shortest_checkout=timedelta(0), key_retention=timedelta(0))
    watch = Watch()
    provider = fake(watch, limits=forever)
    assert provider.authorize(opened(provider)).capture_until is None
    watch.later(days=3000)
    assert provider.capture(REF, key="c").status is Status.PAID


def test_a_page_cannot_be_open_for_less_than_the_provider_has_it() -> None:
    """Stripe: thirty minutes at least, when the request arrives there."""
    watch = Watch()
    soon = NOON + timedelta(minutes=30)
    assert opened(fake(watch), expires_at=soon).expires_at == soon
    watch.later(seconds=1)
    assert code(lambda: opened(fake(watch), expires_at=soon)) == "expires_too_soon"


# Amounts.


def test_it_takes_what_the_provider_takes_whose_name_it_has() -> None:
    """Stripe: half a euro at least, no dinars; PayPal: forints without decimals. Otherwise everything."""
    stripe, paypal, plain = fake(name="stripe:test"), fake(name="paypal:test"), fake()
    refused = (
        (stripe, Money(49, EUR), "below_minimum"),
        (stripe, Money(10**9, EUR), "above_maximum"),
        (stripe, Money(10_000, Currency("KWD")), "currency_not_supported"),
        (paypal, Money(100_050, HUF), "off_step"),
    )
    for number, (provider, amount, why) in enumerate(refused):
        assert code(partial(opened, provider, amount=amount, payment=f"p{number}")) == why
    assert opened(plain, amount=Money(1, HUF)).requested == Money(1, HUF)
    assert (stripe.limits().provider, paypal.limits().provider) == ("stripe", "paypal")
    assert plain.limits() == stripe.limits()


def test_the_fee_is_a_share_of_what_came() -> None:
    """3 % of 20.50 are 0.615, so 0.62."""
    provider = fake(fee=Rate.of("3 %"))
    opened(provider)
    assert provider.pay_another_amount(REF, Money(2050, EUR)).fee == Money(62, EUR)
    assert paid(fake()).fee is None


def test_trap_6_another_amount_or_currency_can_come() -> None:
    provider = fake()
    opened(provider)
    with pytest.raises(CurrencyMismatchError):
        provider.pay_another_amount(REF, usd(20))
    assert provider.pay_another_amount(REF, eur(19)).received == eur(19)
    other = opened(provider, payment="A7-p2")
    assert provider.pay_in_another_currency(other, usd(20)).received == usd(20)
    assert provider.fetch(other.ref).requested == eur(20)
    with pytest.raises(InvalidValueError, match="above zero"):
        provider.pay_in_another_currency(opened(provider, payment="A7-p3"), usd(0))


# Ways to be paid.


def test_trap_8_money_can_be_on_its_way_for_days() -> None:
    provider = fake()
    opened(provider)
    assert code(lambda: provider.settle(REF)) == "payment_open"
    assert provider.pend(REF).status is Status.PENDING
    assert provider.void(REF, key="v").status is Status.PENDING, "It says what is true: it may still come."
    assert code(lambda: provider.capture(REF, key="c")) == "payment_pending"
    settled = provider.settle(REF)
    assert (settled.status, settled.received) == (Status.PAID, eur(20))
    assert provider.void(REF, key="v").status is Status.PAID, "Under the same key it says what is true now."


def test_what_is_on_its_way_can_fail() -> None:
    provider = fake()
    opened(provider)
    provider.pend(REF)
    assert provider.fail(REF).status is Status.FAILED
    assert code(lambda: provider.fail(REF)) == "payment_failed"
    assert code(lambda: provider.pend(REF)) == "payment_failed"
    assert code(lambda: provider.expire(REF)) == "payment_failed"


def test_what_was_paid_can_fail_with_what_was_given_back_of_it() -> None:
    provider = fake()
    paid(provider)
    refund = provider.refund(REF, eur(5), key="r1:1")
    failed = provider.fail(REF)
    assert (failed.status, failed.received, failed.refunds) == (Status.FAILED, None, (refund,))
    assert provider.fail_refund(refund).status is RefundStatus.FAILED


def test_a_person_can_end_what_is_open_or_set_aside() -> None:
    provider = fake()
    opened(provider)
    assert provider.expire(REF).status is Status.EXPIRED
    second = provider.authorize(opened(provider, payment="A7-p2"))
    assert provider.expire(second).status is Status.EXPIRED


def test_a_declined_card_leaves_the_payment_open_for_another() -> None:
    provider = fake()
    opened(provider)
    provider.decline_next()
    provider.decline_next()
    assert [provider.pay(REF).status for _ in range(3)] == [Status.OPEN, Status.OPEN, Status.PAID]
    assert [b"declined" in body for _, body in provider.notifications()] == [False, True, True, False]


def test_a_part_of_what_is_set_aside_can_be_taken() -> None:
    provider = fake()
    provider.authorize(opened(provider))
    assert code(lambda: provider.capture(REF, eur(21), key="1")) == "amount_too_large"
    assert code(lambda: provider.capture(REF, usd(1), key="2")) == "currency_mismatch"
    taken = provider.capture(REF, eur(15), key="3")
    assert (taken.status, taken.received, taken.requested) == (Status.PAID, eur(15), eur(20))


def test_what_is_captured_or_given_back_is_on_the_step() -> None:
    provider = fake(name="paypal:test")
    ref = provider.authorize(opened(provider, amount=Money(100_000, HUF))).ref
    assert code(lambda: provider.capture(ref, Money(50_050, HUF), key="1")) == "off_step"
    provider.capture(ref, key="2")
    assert code(lambda: provider.refund(ref, Money(50_050, HUF), key="3")) == "off_step"
    foreign = opened(provider, payment="A7-p2")
    came = Money(1001, Currency("KWD"))
    provider.pay_in_another_currency(foreign, came)
    assert provider.refund(foreign.ref, came, key="4").amount == came, "No rule is known for what came."


# Giving back.


def test_trap_11_no_more_is_given_back_than_came_and_a_failed_refund_leaves_its_part() -> None:
    """Of 20.00: 12.00 and 8.00; the 12.00 fail, and can be given back again."""
    provider = fake()
    paid(provider)
    first = provider.refund(REF, eur(12), key="r1:1")
    assert code(lambda: provider.refund(REF, eur(9), key="r2:1")) == "amount_too_large"
    provider.refund(REF, eur(8), key="r3:1")
    assert code(lambda: provider.refund(REF, Money(1, EUR), key="r4:1")) == "amount_too_large"
    assert provider.fail_refund(first.id).status is RefundStatus.FAILED
    assert provider.refund(REF, eur(12), key="r1:2").id == "re_3"
    statuses = [refund.status for refund in provider.fetch(REF).refunds]
    assert statuses == [RefundStatus.FAILED, RefundStatus.SUCCEEDED, RefundStatus.SUCCEEDED]


def test_trap_13_a_refund_of_the_dashboard_has_no_key_of_ours() -> None:
    provider = fake()
    paid(provider)
    made = provider.refund_in_dashboard(REF, eur(20))
    assert (made.status, made.key) == (RefundStatus.SUCCEEDED, "")
    assert provider.fetch(REF).refunds == (made,)
    assert code(lambda: provider.refund_in_dashboard(REF, eur(1))) == "amount_too_large"


def test_a_refund_has_the_key_that_it_was_asked_for_with() -> None:
    provider = fake()
    paid(provider)
    assert provider.refund(REF, eur(5), key="r1:1").key == "r1:1"


def test_the_end_of_a_refund_is_told_once() -> None:
    provider = fake()
    paid(provider)
    refund = provider.refund(REF, eur(5), key="r1:1")
    assert code(lambda: provider.complete_refund(refund)) == "refund_succeeded"
    provider.fail_refund(refund)
    for again in (provider.fail_refund, provider.complete_refund):
        assert code(partial(again, refund)) == "refund_failed"
    assert code(lambda: provider.fail_refund("re_9")) == "unknown_refund"
    with pytest.raises(InvalidValueError, match="refund: Expected str"):
        provider.fail_refund(None)  # type: ignore[arg-type]


def test_trap_12_what_is_disputed_is_not_given_back() -> None:
    provider = fake()
    assert code(lambda: provider.dispute(opened(provider))) == "not_paid"
    provider.pay(REF)
    assert code(lambda: provider.win_dispute(REF)) == "not_disputed"
    open_ = provider.dispute(REF)
    assert (open_.dispute, open_.disputed, open_.is_gone) == (DisputeStatus.OPEN, eur(20), False)
    assert code(lambda: provider.refund(REF, eur(5), key="r1:1")) == "disputed"
    assert code(lambda: provider.dispute(REF)) == "disputed"
    assert provider.win_dispute(REF).dispute is DisputeStatus.WON
    assert provider.refund(REF, eur(5), key="r2:1").amount == eur(5)
    lost = paid(provider, payment="A7-p2")
    provider.dispute(lost)
    assert provider.lose_dispute(lost).is_gone
    assert code(lambda: provider.refund(lost.ref, eur(5), key="r3:1")) == "disputed"


def test_what_is_not_paid_is_not_given_back() -> None:
    provider = fake()
    opened(provider)
    assert code(lambda: provider.refund(REF, eur(5), key="1")) == "not_paid"
    assert code(lambda: provider.refund_in_dashboard(REF, eur(5))) == "not_paid"
    provider.pay(REF)
    assert code(lambda: provider.refund(REF, usd(5), key="2")) == "currency_mismatch"


def test_after_its_window_nothing_is_given_back() -> None:
    """PayPal: 180 days."""
    watch = Watch()
    provider = fake(watch, limits=LIMITS)
    paid(provider)
    watch.later(days=180)
    assert provider.refund(REF, eur(5), key="1").amount == eur(5)
    watch.later(seconds=1)
    assert code(lambda: provider.refund(REF, eur(5), key="2")) == "refund_window_over"


# What it can do, and what is wrong with the account.


def test_what_it_cannot_do_is_refused() -> None:
    provider = fake(capabilities=[Capability.PARTIAL_REFUND])
    assert provider.capabilities == frozenset({Capability.PARTIAL_REFUND})
    assert code(lambda: opened(provider, payment="A7-p0", capture_later=True)) == "manual_capture_not_offered"
    paid(provider)
    assert code(lambda: provider.fetch(REF)) == "fetch_not_offered"
    assert code(lambda: provider.refund(REF, eur(20), key="r")) == "refund_not_offered"
    second = opened(provider, payment="A7-p2")
    assert code(lambda: provider.authorize(second)) == "manual_capture_not_offered"
    assert provider.notifications() == ()
    whole = fake(capabilities={Capability.REFUND, Capability.FETCH})
    paid(whole)
    assert code(lambda: whole.refund(REF, eur(5), key="r1")) == "partial_refund_not_offered"
    assert whole.refund(REF, eur(20), key="r2").amount == eur(20)


def test_a_sound_account_has_no_findings() -> None:
    assert fake().verify() == ()


def test_cm_01_cm_02_gt_01_what_is_wrong_with_an_account_is_told_by_severity() -> None:
    """A key without the permission for refunds still takes money: they are made in the provider's pages."""
    provider = fake(broken=["may_not_refund", "charges_disabled", "key_invalid"])
    assert [(one.severity, one.where, one.reason.code) for one in provider.verify()] == [
        (Severity.ERROR, "key", "key_invalid"),
        (Severity.ERROR, "account", "charges_disabled"),
        (Severity.WARNING, "key.permissions", "may_not_refund"),
    ]
    provider.breaks("payouts_disabled", "not_notified", "mode_differs", "may_not_start")
    assert [one.severity for one in provider.verify()].count(Severity.ERROR) == 2
    provider.breaks()
    assert provider.verify() == ()


def test_what_is_wrong_with_an_account_stops_what_needs_it() -> None:
    provider = fake()
    provider.authorize(opened(provider))
    provider.breaks("charges_disabled")
    assert code(lambda: opened(provider, payment="A7-p2")) == "charges_disabled"
    assert provider.capture(REF, key="c").status is Status.PAID
    provider.breaks("may_not_start")
    assert code(lambda: opened(provider, payment="A7-p2")) == "may_not_start"
    provider.breaks("may_not_refund", "payouts_disabled")
    assert code(lambda: provider.refund(REF, eur(5), key="r")) == "may_not_refund"
    provider.breaks("key_invalid")
    for act in (
        lambda: opened(provider),
        lambda: provider.fetch(REF),
        lambda: provider.capture(REF, key="c"),
        lambda: provider.void(REF, key="v"),
        lambda: provider.refund(REF, eur(5), key="r"),
    ):
        assert code(act) == "key_invalid"
    provider.breaks()
    assert provider.refund(REF, eur(5), key="r").key == "r", "It was not kept under the key: nothing was asked."


# What cannot be.


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": "Fake"},
        {"name": None},
        {"account": ""},
        {"clock": None},
        {"capabilities": "refund"},
        {"capabilities": ["refund"]},
        {"limits": {}},
        {"fee": 3},
        {"broken": ["on_fire"]},
        {"broken": [1]},
        {"broken": "key_invalid"},
        {"secrets": []},
        {"secrets": [b"short"]},
        {"secrets": b"whsec_of_the_fake_provider_which_is_no_secret"},
    ],
    ids=str,
)
def test_a_provider_that_cannot_be_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(InvalidValueError):
        FakeProvider(**{"clock": Watch(), **wrong})


def test_a_call_that_cannot_be_changes_nothing_and_is_not_kept_under_its_key() -> None:
    provider = fake()
    wrong: list[Any] = [
        lambda: provider.start("A7", key="k"),  # type: ignore[arg-type]
        lambda: provider.start(asked(), key=""),
        lambda: provider.fetch("cs_1"),  # type: ignore[arg-type]
        lambda: provider.capture(None, key="k"),  # type: ignore[arg-type]
        lambda: provider.capture(REF, 5, key="k"),  # type: ignore[arg-type]
        lambda: provider.void("cs_1", key="k"),  # type: ignore[arg-type]
        lambda: provider.refund(REF, eur(0), key="k"),
        lambda: provider.rule("EUR"),  # type: ignore[arg-type]
    ]
    for act in wrong:
        with pytest.raises(InvalidValueError):
            act()
    assert provider.notifications() == ()
    assert provider.start(asked(), key="k").ref == REF


def test_many_at_once_start_one_payment_for_each_key_and_take_it_once() -> None:
    """Eight threads, each with the same five keys."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        provider = fake()
        provider.authorize(opened(provider, payment="first"))

        def all_keys(_: int) -> list[str]:
            started = [provider.start(asked(payment=f"p{n}"), key=f"p{n}:1").ref.id for n in range(5)]
            return [*started, str(provider.capture(REF, key="c").received)]

        with ThreadPoolExecutor(8) as pool:
            answers = list(pool.map(all_keys, range(8)))
    finally:
        sys.setswitchinterval(before)
    assert all(answer == answers[0] for answer in answers)
    assert len({*answers[0]}) == 6
    kinds = [body for _, body in provider.notifications()]
    assert len(kinds) == 8, "Six were started, one agreed to, one taken."


def test_francs_are_any_amount_here() -> None:
    rule = fake().rule(CHF)
    assert rule is not None and (rule.provider, rule.decimals, rule.step, rule.minimum) == ("fake", 2, 1, None)
