"""Money that comes and goes: each movement by itself, and the stories that they tell together."""

from typing import Any

import pytest
from ledger.books import balances, fee, on, parties, passed_on, postings, where
from worked.shop import euros, quote, shop, taxes, ticket

from paidevents import InvalidValueError, Money, Rate
from paidevents.catalog import FeeTaker
from paidevents.errors import CurrencyMismatchError
from paidevents.ledger import (
    Account,
    Book,
    Entry,
    capture,
    dispute_lost,
    dispute_opened,
    dispute_won,
    forgiven,
    goodwill,
    payment_lost,
    provider_fee_seen,
    recovered,
    refund_dropped,
    refund_failed,
    refund_owed,
    refund_paid,
    sale,
    surplus,
    surplus_returned,
    surplus_used,
)
from paidevents.pricing import Quote, refund_due

PAID = quote(shop(ticket("19.95"), fees=[passed_on()], tax=taxes(("20 %", "standard"))))
TOTAL = euros("20.95")
NO_PROVIDER = (goodwill, forgiven, recovered, refund_dropped, surplus, surplus_used)


def books(*entries: tuple[Entry, ...]) -> Book:
    book = Book()
    for made in entries:
        book = book.added(made)
    return book


def sold_and_paid(found: Quote = PAID) -> Book:
    return books(sale(on(), found), capture(on(), found.charged, "card"))


@pytest.mark.parametrize(
    ("movement", "expected"),
    [
        (capture, {"buyer": "-5.00", "provider card": "5.00"}),
        (refund_paid, {"buyer": "5.00", "provider card": "-5.00"}),
        (payment_lost, {"buyer": "5.00", "provider card": "-5.00"}),
        (surplus_returned, {"surplus": "5.00", "provider card": "-5.00"}),
        (dispute_opened, {"disputed card": "5.00", "provider card": "-5.00"}),
        (dispute_won, {"disputed card": "-5.00", "provider card": "5.00"}),
        (dispute_lost, {"disputed card": "-5.00", "buyer": "5.00"}),
        (surplus, {"buyer": "5.00", "surplus": "-5.00"}),
        (surplus_used, {"buyer": "-5.00", "surplus": "5.00"}),
        (goodwill, {"buyer": "-5.00", "organizer": "5.00"}),
        (forgiven, {"buyer": "-5.00", "organizer": "5.00"}),
        (recovered, {"buyer": "5.00", "organizer": "-5.00"}),
        (refund_dropped, {"buyer": "5.00", "organizer": "-5.00"}),
    ],
)
def test_a_movement_goes_from_one_account_to_another(movement: Any, expected: dict[str, str]) -> None:
    arguments = () if movement in NO_PROVIDER else ("card",)
    occasion = on()
    made = movement(occasion, euros("5.00"), *arguments)
    assert postings(made) == expected
    assert made[0].kind.value == movement.__name__
    assert (made[0].id, made[0].payment, made[0].refund) == (occasion.id, occasion.payment, occasion.refund)


@pytest.mark.parametrize(
    ("movement", "named"),
    [
        *((movement, "payment") for movement in (capture, payment_lost, dispute_opened, dispute_won, dispute_lost)),
        *((movement, "payment") for movement in (surplus, surplus_used, surplus_returned)),
        *((movement, "refund") for movement in (refund_paid, refund_dropped, surplus_returned)),
    ],
)
def test_a_movement_names_what_it_belongs_to(movement: Any, named: str) -> None:
    arguments = () if movement in NO_PROVIDER else ("card",)
    with pytest.raises(InvalidValueError) as refused:
        movement(on(**{named: ""}), euros("5.00"), *arguments)
    assert (refused.value.field, refused.value.reason.code) == (named, "empty")


@pytest.mark.parametrize(
    ("amount", "reason"),
    [(euros("0.00"), "not_a_movement"), (euros("-1.00"), "not_a_movement"), ("5.00", "wrong_type"), (5, "wrong_type")],
)
def test_a_movement_is_of_an_amount_above_zero(amount: Any, reason: str) -> None:
    for movement in (goodwill, surplus, forgiven, recovered):
        with pytest.raises(InvalidValueError) as refused:
            movement(on(), amount)
        assert (refused.value.field, refused.value.reason.code) == ("amount", reason)


def test_a_movement_of_something_else() -> None:
    calls: tuple[tuple[str, Any], ...] = (
        ("on", lambda: capture(None, TOTAL, "card")),  # type: ignore[arg-type]
        ("provider", lambda: capture(on(), TOTAL, "")),
        ("provider", lambda: dispute_opened(on(), TOTAL, "x" * 101)),
        ("on", lambda: provider_fee_seen(None, TOTAL, TOTAL, "card")),  # type: ignore[arg-type]
        ("estimated", lambda: provider_fee_seen(on(), euros("-0.01"), TOTAL, "card")),
        ("actual", lambda: provider_fee_seen(on(), TOTAL, euros("-0.01"), "card")),
        ("provider", lambda: provider_fee_seen(on(), TOTAL, TOTAL, 7)),  # type: ignore[arg-type]
        ("payment", lambda: provider_fee_seen(on(payment=""), TOTAL, euros("0.00"), "card")),
        ("on", lambda: refund_failed(None, capture(on(), TOTAL, "card")[0])),  # type: ignore[arg-type]
        ("paid", lambda: refund_failed(on(), None)),  # type: ignore[arg-type]
    )
    for field, call in calls:
        with pytest.raises(InvalidValueError) as refused:
            call()
        assert refused.value.field == field
    with pytest.raises(CurrencyMismatchError):
        provider_fee_seen(on(), TOTAL, Money.of("1.00", "USD"), "card")


# What a provider takes.


@pytest.mark.parametrize(
    ("actual", "keeps", "fees"), [("0.95", "49.05", "0.95"), ("1.20", "48.80", "1.20"), ("0.70", "49.30", "0.70")]
)
def test_what_a_provider_took_is_the_organizers_matter(actual: str, keeps: str, fees: str) -> None:
    """1.4 % and 0.25 of 50.00 were reckoned as 0.95; more or less than that is the organizer's."""
    reckoned = fee("1.4 %", id="payment", taker=FeeTaker.PROVIDER, per_order=euros("0.25"))
    found = quote(shop(ticket("50.00"), fees=[reckoned]))
    seen = provider_fee_seen(on(), found.totals.provider_fees, euros(actual), "card")
    book = sold_and_paid(found).added(seen)
    assert len(seen) == (actual != "0.95")
    assert where(book) == {"captured": "50.00", "organizer_keeps": keeps, "provider_fees": fees}


def test_the_providers_fee_by_bearer() -> None:
    """0.95 absorbed and reckoned, 0.25 more seen."""
    reckoned = fee("1.4 %", id="payment", taker=FeeTaker.PROVIDER, per_order=euros("0.25"))
    found = quote(shop(ticket("50.00"), fees=[reckoned]))
    book = sold_and_paid(found).added(provider_fee_seen(on(), euros("0.95"), euros("1.20"), "stripe:test"))
    expected = {"payment:organizer": "-0.95", "stripe:test:organizer": "-0.25"}
    assert parties(book, Account.PROVIDER_FEES) == expected


# Stories.


def test_paid_as_it_was_due() -> None:
    """20.95: 3.49 for the state, 0.83 for the platform, 16.63 for the organizer."""
    book = sold_and_paid()
    assert balances(book) == {"provider": "20.95", "organizer": "-16.63", "tax": "-3.49", "platform": "-0.83"}
    assert where(book) == {"captured": "20.95", "organizer_keeps": "16.63", "tax": "3.49", "platform_fees": "0.83"}


def test_not_yet_paid() -> None:
    assert where(books(sale(on(), PAID))) == {
        "unpaid": "20.95",
        "organizer_keeps": "16.63",
        "tax": "3.49",
        "platform_fees": "0.83",
    }


def test_half_refunded() -> None:
    """Half is 10.48, with 1.75 of tax and 0.41 of the platform's; owed first, then paid."""
    half = refund_due(PAID, [0], share=Rate(1, 2))
    book = sold_and_paid().added(refund_owed(on(), PAID, half))
    kept = {"captured": "20.95", "organizer_keeps": "8.31", "tax": "1.74", "platform_fees": "0.42"}
    assert where(book) == {**kept, "owed": "10.48"}
    book = book.added(refund_paid(on(), half.amount, "card"))
    assert where(book) == {**kept, "refunded": "10.48"}


def test_a_refund_that_never_arrives_is_owed_again() -> None:
    whole = refund_due(PAID, [0])
    paid = refund_paid(on(), TOTAL, "card")
    book = books(sale(on(), PAID), capture(on(), TOTAL, "card"), refund_owed(on(), PAID, whole), paid)
    assert where(book) == {"captured": "20.95", "refunded": "20.95"}
    book = book.added(refund_failed(on(), paid[0]))
    assert where(book) == {"captured": "20.95", "owed": "20.95"}
    assert balances(book) == {"buyer": "-20.95", "provider": "20.95"}
    assert where(book.added(refund_paid(on(), TOTAL, "card"))) == {"captured": "20.95", "refunded": "20.95"}


def test_only_what_was_paid_back_can_fail() -> None:
    """Not a capture, and no refund of another order or another refund."""
    paid = refund_paid(on(), TOTAL, "card")[0]
    calls = (
        (on(), capture(on(), TOTAL, "card")[0]),
        (on(order="order-2"), paid),
        (on(refund="refund-2"), paid),
    )
    for occasion, entry in calls:
        with pytest.raises(InvalidValueError) as refused:
            refund_failed(occasion, entry)
        assert (refused.value.field, refused.value.reason.code) == ("paid", "not_paid_back")


def test_a_refund_settled_in_another_way() -> None:
    """The organizer paid 20.95 in cash, so the 20.95 at the provider are the organizer's."""
    book = sold_and_paid().added(refund_owed(on(), PAID, refund_due(PAID, [0]))).added(refund_dropped(on(), TOTAL))
    assert where(book) == {"captured": "20.95", "organizer_keeps": "20.95"}


def test_paid_twice() -> None:
    """The second 20.95 are held, cost 0.55 at the provider, are given back, do not arrive, and are given back again."""
    book = sold_and_paid().added(capture(on(payment="payment-2"), TOTAL, "card"))
    kept = {"captured": "41.90", "organizer_keeps": "16.63", "tax": "3.49", "platform_fees": "0.83"}
    assert where(book) == {**kept, "owed": "20.95"}
    book = book.added(surplus(on(payment="payment-2"), TOTAL))
    assert where(book) == {**kept, "surplus": "20.95"}
    book = book.added(provider_fee_seen(on(payment="payment-2"), euros("0.00"), euros("0.55"), "card"))
    kept |= {"organizer_keeps": "16.08", "provider_fees": "0.55"}
    returned = surplus_returned(on(payment="payment-2"), TOTAL, "card")
    book = book.added(returned)
    assert where(book) == {**kept, "refunded": "20.95"}
    book = book.added(refund_failed(on(), returned[0]))
    assert where(book) == {**kept, "surplus": "20.95"}
    assert where(book.added(surplus_returned(on(), TOTAL, "card"))) == {**kept, "refunded": "20.95"}


def test_paid_late_and_honoured() -> None:
    """The money came in vain, was held, and the organizer took it after all."""
    book = books(capture(on(), TOTAL, "card"), surplus(on(), TOTAL))
    assert where(book) == {"captured": "20.95", "surplus": "20.95"}
    book = book.added(sale(on(), PAID)).added(surplus_used(on(), TOTAL))
    assert balances(book) == balances(sold_and_paid())


def test_a_dispute_won() -> None:
    """What is disputed is at the organizer's risk: 16.63 - 20.95 = -4.32."""
    before = sold_and_paid()
    book = before.added(dispute_opened(on(), TOTAL, "card"))
    assert balances(book)["disputed"] == "20.95"
    assert where(book) == {
        "captured": "20.95",
        "organizer_keeps": "-4.32",
        "tax": "3.49",
        "platform_fees": "0.83",
        "disputed": "20.95",
    }
    assert balances(book.added(dispute_won(on(), TOTAL, "card"))) == balances(before)
    assert where(book.added(dispute_won(on(), TOTAL, "card"))) == where(before)


def test_a_dispute_lost() -> None:
    """The place is gone as well, so tax and fee are given back; the dispute cost 15.00 at the provider."""
    book = sold_and_paid()
    book = book.added(dispute_opened(on(), TOTAL, "card"))
    book = book.added(provider_fee_seen(on(), euros("0.00"), euros("15.00"), "card"))
    book = book.added(dispute_lost(on(), TOTAL, "card"))
    assert balances(book)["buyer"] == "20.95"
    book = book.added(refund_owed(on(refund=""), PAID, refund_due(PAID, [0], fees=True)))
    assert where(book) == {
        "captured": "20.95",
        "disputed": "20.95",
        "organizer_keeps": "-15.00",
        "provider_fees": "15.00",
    }


def test_a_dispute_about_what_was_owed_anyway() -> None:
    """A refund is owed when the bank takes the money: the dispute lost, nobody owes anything."""
    book = sold_and_paid().added(refund_owed(on(), PAID, refund_due(PAID, [0])))
    book = book.added(dispute_opened(on(), TOTAL, "card")).added(dispute_lost(on(), TOTAL, "card"))
    assert balances(book) == {}
    assert where(book) == {"captured": "20.95", "disputed": "20.95"}


def test_a_payment_that_failed_after_it_had_succeeded() -> None:
    """The buyer owes 20.95 again; the organizer lets it go and bears the tax and the fee."""
    book = sold_and_paid().added(payment_lost(on(), TOTAL, "card"))
    assert where(book) == {
        "captured": "20.95",
        "lost": "20.95",
        "unpaid": "20.95",
        "organizer_keeps": "16.63",
        "tax": "3.49",
        "platform_fees": "0.83",
    }
    book = book.added(forgiven(on(payment=""), TOTAL))
    assert where(book) == {
        "captured": "20.95",
        "lost": "20.95",
        "organizer_keeps": "-4.32",
        "tax": "3.49",
        "platform_fees": "0.83",
    }


def test_what_had_been_let_go_comes_after_all() -> None:
    """20.95 are lost and let go, and then they come again: nothing was let go in the end."""
    book = sold_and_paid().added(payment_lost(on(), TOTAL, "card")).added(forgiven(on(), TOTAL))
    book = book.added(capture(on(), TOTAL, "card")).added(recovered(on(payment=""), TOTAL))
    assert balances(book) == balances(sold_and_paid())


def test_goodwill_is_the_organizers() -> None:
    """5.00 without a reason in the price: tax and fee stay."""
    book = sold_and_paid().added(goodwill(on(), euros("5.00"))).added(refund_paid(on(), euros("5.00"), "card"))
    assert where(book) == {
        "captured": "20.95",
        "organizer_keeps": "11.63",
        "tax": "3.49",
        "platform_fees": "0.83",
        "refunded": "5.00",
    }
