"""Bank transfers and cash: whoever is told how to pay, and what a person then records."""

from datetime import timedelta
from typing import Any

import pytest
from providers.desk import asked, code, eur
from providers.watch import NOON

from paidevents import Money
from paidevents.errors import ForgedNotificationError, InvalidValueError
from paidevents.lifecycle import OrderState, OrderTrigger, PaymentState
from paidevents.money import CHF, EUR, JPY, Currency
from paidevents.payments import Due, Payment, PaymentRef, RefundStatus, Snapshot, Status, decide, recorded
from paidevents.ports import Capability
from paidevents.providers import ManualProvider

BANK = ManualProvider(instructions="IBAN FR76 3000 6000\n{amount} for {reference} ({reference})")
REF = PaymentRef("bank_transfer", "main", "A7-p1/A7/2000EUR")
UNTIL = NOON + timedelta(days=5)


def told(locale: str) -> str:
    return BANK.start(asked(locale=locale), key="A7-p1:1").instructions


def test_the_buyer_is_told_how_to_pay() -> None:
    assert BANK.start(asked(expires_at=UNTIL), key="A7-p1:1") == Snapshot(
        ref=REF,
        reference="A7",
        status=Status.OPEN,
        requested=eur(20),
        instructions="IBAN FR76 3000 6000\n€20.00 for A7 (A7)",
        expires_at=UNTIL,
    )


def test_the_amount_is_written_as_the_buyer_writes_it() -> None:
    assert told("fr").splitlines()[1] == "20,00\xa0€ for A7 (A7)"
    assert told("de-AT").splitlines()[1] == "€\xa020,00 for A7 (A7)"
    assert told("xx").splitlines()[1] == "€20.00 for A7 (A7)", "In a language that has no texts, as in English."


def test_the_same_request_gives_the_same_from_any_process() -> None:
    again = ManualProvider(instructions="IBAN FR76 3000 6000\n{amount} for {reference} ({reference})")
    assert BANK.start(asked(), key="A7-p1:1") == again.start(asked(), key="A7-p1:2")


def test_what_a_payment_is_called_has_room_for_the_longest_names() -> None:
    """64 + 1 + 64 + 1 + 19 + 3 are 152 characters, of 200."""
    long = asked(reference="r" * 64, payment="p" * 64, amount=Money(2**63 - 1, EUR))
    payment = BANK.start(long, key="k")
    assert len(payment.ref.id) == 152
    ended = BANK.void(payment.ref, key="v")
    assert (ended.reference, ended.requested) == ("r" * 64, Money(2**63 - 1, EUR))


def test_what_is_no_longer_waited_for_has_expired() -> None:
    ended = Snapshot(ref=REF, reference="A7", status=Status.EXPIRED, requested=eur(20))
    assert BANK.void(REF, key="v") == ended
    assert ManualProvider().void(REF, key="v") == ended, "Whoever is asked, the name says it all."


@pytest.mark.parametrize(
    "id", ["p1", "A7-p1/A7/2000", "A7-p1/A7/0EUR", "A7-p1/A7/2000XAU", "A7-p1/A7/" + "9" * 19 + "EUR", "a/b/c/1EUR"]
)
def test_what_was_not_started_cannot_be_ended(id: str) -> None:
    assert code(lambda: BANK.void(PaymentRef("bank_transfer", "main", id), key="v")) == "unknown_payment"


def test_what_another_account_started_is_not_its_own() -> None:
    for ref in (PaymentRef("bank_transfer", "other", REF.id), PaymentRef("cash", "main", REF.id)):
        for act in (
            lambda ref=ref: BANK.fetch(ref),
            lambda ref=ref: BANK.capture(ref, key="k"),
            lambda ref=ref: BANK.void(ref, key="k"),
            lambda ref=ref: BANK.refund(ref, eur(5), key="k"),
        ):
            assert code(act) == "unknown_payment"


def test_nobody_can_be_asked_and_nothing_is_set_aside() -> None:
    assert code(lambda: BANK.fetch(REF)) == "recorded_by_hand"
    assert code(lambda: BANK.capture(REF, eur(5), key="k")) == "manual_capture_not_offered"
    assert code(lambda: BANK.start(asked(capture_later=True), key="k")) == "manual_capture_not_offered"
    assert code(lambda: BANK.notification({}, b"{}"), ForgedNotificationError) == "notifications_not_offered"
    assert BANK.capabilities == frozenset({Capability.REFUND, Capability.PARTIAL_REFUND})
    assert BANK.verify() == ()
    assert repr(BANK) == "ManualProvider('bank_transfer', 'main')"


def test_a_refund_is_owed_by_the_organizer_and_known_by_its_key() -> None:
    refund = BANK.refund(REF, eur(5), key="A7-r1:1")
    assert (refund.id, refund.key, refund.amount) == ("A7-r1:1", "A7-r1:1", eur(5))
    assert refund.status is RefundStatus.PENDING
    assert BANK.refund(REF, eur(5), key="A7-r1:1") == refund


def test_what_was_recorded_without_being_started_can_be_given_back() -> None:
    """Cash at the desk: nobody was told how to pay, so the payment is called as the order calls it."""
    desk = ManualProvider.cash("desk")
    payment = Payment(id="A7-p1", order="A7", provider=desk.name, account=desk.account, amount=eur(20))
    ref = recorded(payment, eur(20)).ref
    assert ref == PaymentRef("cash", "desk", "A7-p1")
    assert desk.refund(ref, eur(20), key="A7-r1:1").status is RefundStatus.PENDING


def test_what_is_started_is_paid_once_it_is_recorded() -> None:
    payment = Payment(id="A7-p1", order="A7", provider=BANK.name, account=BANK.account, amount=eur(20))
    due = Due(reference="A7", order=OrderState.HELD, asked=eur(20), received=eur(0))
    waiting = decide(payment, BANK.start(asked(), key=payment.key), due, at=NOON).payment
    assert waiting.state is PaymentState.OPEN
    came = decide(waiting, recorded(waiting, eur(20)), due, at=UNTIL, by="organizer:42")
    assert (came.payment.state, came.order) == (PaymentState.PAID, OrderTrigger.PAY)
    ended = decide(came.payment, BANK.void(REF, key="v"), due, at=UNTIL)
    assert ended.payment is came.payment, "That it is no longer waited for is older than that it came."


def test_the_buyer_has_some_days_and_a_key_is_never_too_old() -> None:
    limits = ManualProvider(days=14).limits()
    assert (limits.provider, limits.shortest_checkout) == ("bank_transfer", timedelta(days=14))
    assert limits.key_retention == timedelta(days=36525)
    assert (limits.capture_within, limits.refund_window) == (None, None)


def test_swiss_cash_is_of_five_centimes() -> None:
    """12.45 is on the step, 12.43 is not; and nobody takes euros there."""
    desk = ManualProvider.cash("desk", step=5, currencies=[CHF])
    assert desk.name == "cash"
    assert desk.start(asked(amount=Money(1245, CHF)), key="k").status is Status.OPEN
    assert code(lambda: desk.start(asked(amount=Money(1243, CHF)), key="k")) == "off_step"
    assert code(lambda: desk.start(asked(), key="k")) == "currency_not_supported"
    assert desk.rule(EUR) is None
    assert (
        desk.start(asked(amount=Money(5, CHF)), key="k").instructions
        == "Please pay CHF0.05 in cash at the desk, and say A7."
    )


def test_a_rule_has_the_decimals_of_its_currency() -> None:
    for currency, digits in ((JPY, 0), (EUR, 2), (Currency("KWD"), 3)):
        rule = BANK.rule(currency)
        assert rule is not None and (rule.decimals, rule.step, rule.minimum) == (digits, 1, None)


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": "Bank"},
        {"account": ""},
        {"instructions": ""},
        {"instructions": "x" * 1001},
        {"instructions": "Pay {amount} to {iban}."},
        {"instructions": None},
        {"days": -1},
        {"days": 366},
        {"days": "5"},
        {"step": 0},
        {"currencies": ["XXX"]},
        {"currencies": "EUR"},
    ],
    ids=str,
)
def test_what_cannot_be_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(InvalidValueError):
        ManualProvider(**wrong)


def test_a_call_that_cannot_be_is_refused() -> None:
    wrong: list[Any] = [
        lambda: BANK.start("A7", key="k"),  # type: ignore[arg-type]
        lambda: BANK.start(asked(), key=""),
        lambda: BANK.fetch("cs_1"),  # type: ignore[arg-type]
        lambda: BANK.capture(REF, 5, key="k"),  # type: ignore[arg-type]
        lambda: BANK.capture(REF, key=""),
        lambda: BANK.void(REF, key=""),
        lambda: BANK.refund(REF, eur(0), key="k"),
        lambda: BANK.refund(REF, eur(5), key=""),
        lambda: BANK.rule("EUR"),  # type: ignore[arg-type]
    ]
    for act in wrong:
        with pytest.raises(InvalidValueError):
            act()
