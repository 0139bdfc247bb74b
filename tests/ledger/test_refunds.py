"""What is undone of a sale when something is given back, reckoned by hand."""

from typing import Any

import pytest
from ledger.books import balances, fee, on, parties, passed_on, postings
from worked.shop import code, euros, off, percent, quote, shop, taxes, ticket

from paidevents import InvalidValueError, Money, Rate
from paidevents.catalog import FeeBase, FeeTaker, Promotion, Scope, TaxMode, TaxRate, TaxTable, Ticket
from paidevents.errors import CurrencyMismatchError
from paidevents.ledger import Account, Book, refund_owed, repriced, sale
from paidevents.money import USD
from paidevents.pricing import Plan, Quote, RefundDue, UnitRefund, clawback_due, refund_due, refund_of_amount

HALF = Rate(1, 2)
TWENTY = taxes(("20 %", "standard"))
PAYMENT = passed_on(
    "2.9 %", id="payment", per_order=euros("0.30"), base=FeeBase.CHARGED, tax_category=None, taker=FeeTaker.PROVIDER
)


def booked(found: Quote, *given: RefundDue) -> Book:
    """The sale of a quote, and its refunds one after the other."""
    book = Book(sale(on(), found))
    for place, due in enumerate(given):
        book = book.added(refund_owed(on(), found, due, before=given[:place]))
    return book


def test_half_of_what_was_paid() -> None:
    """
    20.95 for 19.95 and a fee of 1.00, with 3.49 of tax. Half is 10.475 → 10.48; of it 9.98 are for the place
    (19.95 × 10.48 / 20.95 = 9.9797) and 0.50 fee; tax 3.49 × 10.48 / 20.95 = 1.7458 → 1.75.

    The fee of 1.00 held 0.17 of tax, so its half holds 0.085 → 0.09: the platform gives 0.41 back.
    The organizer gives 10.48 - 1.75 - 0.41 = 8.32.
    """
    found = quote(shop(ticket("19.95"), fees=[passed_on()], tax=TWENTY))
    first = refund_due(found, [0], share=HALF)
    assert postings(refund_owed(on(), found, first)) == {
        "buyer": "-10.48",
        "organizer": "8.32",
        "tax FR:20 %:VAT": "1.75",
        "platform service:buyer": "0.41",
    }
    second = refund_due(found, [0], share=HALF, before=[first])
    assert postings(refund_owed(on(), found, second, before=[first])) == {
        "buyer": "-10.47",
        "organizer": "8.31",
        "tax FR:20 %:VAT": "1.74",
        "platform service:buyer": "0.42",
    }
    assert balances(booked(found, first, second)) == {}


def test_what_the_organizer_absorbed_of_a_fee_stays_with_the_platform() -> None:
    """40 % of 1.00 are the buyer's: 20.40 charged and given back, 0.60 are owed to the platform all the same."""
    found = quote(shop(fees=[fee(buyer_share=Rate.of("40 %"))]))
    assert balances(booked(found, refund_due(found, [0]))) == {"organizer": "0.60", "platform": "-0.60"}


@pytest.mark.parametrize(
    ("refundable", "fees", "expected"),
    [
        (True, None, {}),
        (True, True, {}),
        # Not given back to the buyer, nor by the platform.
        (True, False, {"buyer": "1.00", "platform": "-1.00"}),
        (False, None, {"buyer": "1.00", "platform": "-1.00"}),
        # The organizer's fault: the buyer gets all, and the platform keeps what it never gives back.
        (False, True, {"organizer": "1.00", "platform": "-1.00"}),
    ],
)
def test_who_bears_a_passed_on_fee_in_the_end(refundable: bool, fees: bool | None, expected: dict[str, str]) -> None:
    """20.00 and 1.00, paid and given back. What the buyer does not get stands as paid by the buyer."""
    found = quote(shop(fees=[passed_on(refundable=refundable)]))
    assert balances(booked(found, refund_due(found, [0], fees=fees))) == expected


def test_a_provider_keeps_its_fee() -> None:
    """GT-04: 50.00 and 1.80 of the provider's fee. The buyer gets 51.80, and the organizer owes the 1.80."""
    found = quote(shop(ticket("50.00"), fees=[PAYMENT]))
    assert postings(refund_owed(on(), found, refund_due(found, [0]))) == {"buyer": "-51.80", "organizer": "51.80"}
    assert balances(booked(found, refund_due(found, [0]))) == {"organizer": "1.80", "provider_fees": "-1.80"}


def test_of_two_fees_each_gives_its_own_part() -> None:
    """
    Two at 50.00 and 5.00 for the platform. (105.00 + 0.30) / 0.971 = 108.445, so 108.44 are charged, of which 2.9 %
    are 3.14: with the 0.30, 3.44 for the provider. One place back: 50.00 + 2.50 + 1.72, less its half of the 0.30.

    The platform gives 2.50 back, the provider nothing; then the same again, and the 0.30 with it.
    """
    found = quote(shop(ticket("50.00"), fees=[passed_on(), PAYMENT]), 2)
    assert found.charges == (5422, 5422)
    first = refund_due(found, [1])
    assert postings(refund_owed(on(), found, first)) == {
        "buyer": "-54.07",
        "organizer": "51.57",
        "platform service:buyer": "2.50",
    }
    second = refund_due(found, [0], before=[first])
    assert postings(refund_owed(on(), found, second, before=[first])) == {
        "buyer": "-54.37",
        "organizer": "51.87",
        "platform service:buyer": "2.50",
    }


def test_a_fee_that_stays_has_no_part_in_what_comes_back() -> None:
    """20.00, 1.00 that is refundable and 2.00 that are not: 21.00 come back, 1.00 of it from the platform."""
    found = quote(shop(fees=[passed_on(), passed_on("10 %", id="posting", refundable=False)]))
    assert postings(refund_owed(on(), found, refund_due(found, [0]))) == {
        "buyer": "-21.00",
        "organizer": "20.00",
        "platform service:buyer": "1.00",
    }
    # By an amount all fees have their part: of 11.50, 0.50 are of the one and 1.00 of the other, which stays.
    half = refund_of_amount(found, euros("11.50"))
    assert postings(refund_owed(on(), found, half)) == {
        "buyer": "-11.50",
        "organizer": "11.00",
        "platform service:buyer": "0.50",
    }


def test_a_fee_for_the_order_comes_back_with_the_last_place() -> None:
    """Two at 20.00 and 1.20 for the order with 20 % of tax in all: 41.20 hold 6.87, of which 0.20 are in the fee."""
    found = quote(shop(fees=[fee("0 %", per_order=euros("1.20"), buyer_share=Rate(1, 1))], tax=TWENTY), 2)
    assert parties(Book(sale(on(), found)), Account.PLATFORM) == {"service:buyer": "-1.00"}
    first = refund_due(found, [0])
    assert postings(refund_owed(on(), found, first)) == {
        "buyer": "-20.00",
        "organizer": "16.66",
        "tax FR:20 %:VAT": "3.34",
    }
    second = refund_due(found, [1], before=[first])
    assert postings(refund_owed(on(), found, second, before=[first])) == {
        "buyer": "-21.20",
        "organizer": "16.67",
        "tax FR:20 %:VAT": "3.53",
        "platform service:buyer": "1.00",
    }


def test_of_places_that_were_sold_alone_no_more_tax_comes_back_than_was_in_them() -> None:
    """
    Two at 24.00 and 0.30 for the order hold 8.05: the second, 24.15, holds 4.02. Given back, it would hold 4.00,
    and of 0.05 in 0.30 half, 0.03: one cent more than states have of it, if it was sold alone.
    """
    found = quote(
        shop(ticket("24.00"), fees=[fee("0 %", per_order=euros("0.30"), buyer_share=Rate(1, 1))], tax=TWENTY), 2
    )
    place = refund_due(found, [1])
    due = RefundDue(
        units=place.units,
        order_fee=euros("0.15"),
        amount=euros("24.15"),
        tax=euros("4.03"),
        fee=euros("0.15"),
    )
    sold_alone = Book(sale(on(), found, [1]))
    assert balances(sold_alone.added(refund_owed(on(), found, due)))["tax"] == "0.01"
    assert "tax" not in balances(sold_alone.added(refund_owed(on(), found, due, units=[1])))
    # Sold together, it is as it was.
    assert refund_owed(on(id="1"), found, due, units=[1, 0]) == refund_owed(on(id="1"), found, due)


def test_two_taxes_come_back_in_proportion_and_to_the_last_cent() -> None:
    """
    Quebec: 100.00 with 5.00 and 9.98. A third of 114.98 is 38.33, with 14.98 × 38.33 / 114.98 = 4.9938 → 4.99 of tax:
    of 5.00 and 9.98 that is 1.67 (1.6656) and 3.32 (3.3244). The other two thirds bring the rest.
    """
    table = TaxTable(
        mode=TaxMode.EXCLUSIVE,
        seller="CA",
        rates=(
            TaxRate(country="CA", rate=Rate.of("5 %"), name="GST"),
            TaxRate(country="CA", rate=Rate.of("9.975 %"), name="QST"),
        ),
    )
    found = quote(shop(ticket("100.00"), tax=table))
    first = refund_due(found, [0], share=Rate(1, 3))
    taxes_of = postings(refund_owed(on(), found, first))
    assert (taxes_of["tax CA:5 %:GST"], taxes_of["tax CA:9.975 %:QST"]) == ("1.67", "3.32")
    second = refund_due(found, [0], share=Rate(2, 3), before=[first])
    assert parties(booked(found, first, second), Account.TAX) == {"CA:5 %:GST": "0.00", "CA:9.975 %:QST": "0.00"}


def test_of_two_rates_the_place_gives_its_own_back() -> None:
    """10.00 with 0.65 of tax at 7 % (10.00 × 7 / 107) and 10.00 with 1.60 at 19 %: the second comes back."""
    event = shop(
        ticket("10.00", "a", tax_category="low"),
        ticket("10.00", "b", tax_category="high"),
        tax=taxes(("7 %", "low"), ("19 %", "high")),
    )
    found = quote(event, {"a": 1, "b": 1})
    assert parties(booked(found, refund_due(found, [1])), Account.TAX) == {"FR:7 %:VAT": "-0.65", "FR:19 %:VAT": "0.00"}


def test_a_refund_of_nothing_is_no_entry() -> None:
    found = quote(shop(tax=TWENTY))
    assert refund_owed(on(), found, refund_due(found, [0], share=Rate(0, 1))) == ()


GROUP = Promotion(id="group", effect=percent("20 %"), automatic=True, least_units=5)


def test_kept_places_are_priced_anew() -> None:
    """
    Five at 16.00 instead of 20.00, 5 % passed on and 20 % of tax: 84.00 with 14.00 of tax, 0.67 of them in the fee of 4.00.

    Four go back: the fifth alone is 20.00 and 1.00: 21.00 with 3.50 of tax, 0.17 in the fee. The buyer gets 63.00,
    and of the rest the state has 3.50, the platform 0.83 and the organizer 16.67.
    """
    event = shop(fees=[passed_on()], tax=TWENTY, promotions=[GROUP])
    found = quote(event, 5)
    assert balances(Book(sale(on(), found))) == {
        "buyer": "84.00",
        "tax": "-14.00",
        "platform": "-3.33",
        "organizer": "-66.67",
    }
    due = clawback_due(Plan(event), found, [4])
    refund = refund_of_amount(found, due.amount, units=[0, 1, 2, 3])
    book = booked(found, refund).added(repriced(on(), found, due.quote, before=[refund]))
    assert balances(book) == {"buyer": "21.00", "tax": "-3.50", "platform": "-0.83", "organizer": "-16.67"}
    # From now on it is the fresh price that can be given back.
    last = refund_due(due.quote, [0])
    assert balances(book.added(refund_owed(on(), due.quote, last))) == {}


def test_a_price_anew_changes_no_debt() -> None:
    """
    Five at 16.00 with 13.33 of tax: 2.67 in each of the first three. Half of the first came back, 8.00 with 1.34 of tax
    (1.335), and the other half is kept, with 1.33.

    Then three go, for 64.00 - 20.00 = 44.00, and the last is kept at 20.00, with 3.33 of tax: 4.66 with that of the first.
    """
    event = shop(tax=TWENTY, promotions=[GROUP])
    found = quote(event, 5)
    fresh = quote(event, 1)
    first = refund_due(found, [0], share=HALF)
    second = refund_of_amount(found, euros("44.00"), units=[1, 2, 3], before=[first])
    book = booked(found, first, second)
    assert balances(book)["buyer"] == "28.00"
    anew = repriced(on(), found, fresh, [1, 2, 3, 4], before=[first, second])
    assert balances(book.added(anew)) == {"buyer": "28.00", "tax": "-4.66", "organizer": "-23.34"}


def test_what_nobody_claims_is_the_organizers() -> None:
    """Five at 16.00 with 13.33 of tax; 25.00 of the first two came back. Three kept at 20.00 are 60.00, 5.00 more than is left."""
    event = shop(tax=TWENTY, promotions=[GROUP])
    found = quote(event, 5)
    first = refund_of_amount(found, euros("25.00"), units=[0, 1])
    book = booked(found, first).added(repriced(on(), found, quote(event, 3), before=[first]))
    assert balances(book) == {"buyer": "55.00", "tax": "-10.00", "organizer": "-45.00"}


def test_what_nobody_paid_counts_as_given_back() -> None:
    """The same 5.00, with 0.84 of tax (0.28 a place), so that no more than 55.00 can be given back: then nothing is left."""
    event = shop(tax=TWENTY, promotions=[GROUP])
    found, fresh = quote(event, 5), quote(event, 3)
    first = refund_of_amount(found, euros("25.00"), units=[0, 1])
    unpaid = refund_of_amount(fresh, euros("5.00"))
    book = booked(found, first).added(repriced(on(), found, fresh, unpaid=unpaid, before=[first]))
    assert balances(book) == {"buyer": "55.00", "tax": "-9.16", "organizer": "-45.84"}
    rest = refund_of_amount(fresh, euros("55.00"), before=[unpaid])
    assert balances(book.added(refund_owed(on(), fresh, rest, before=[unpaid]))) == {}


def test_a_dearer_ticket_instead() -> None:
    """
    20.00 becomes 30.00: as if 30.00 had been sold, to the last fee.

    5 % are absorbed; the buyer bears 10 % that nobody gives back, and 2.5 % and 1.20 that are refundable. So 23.70
    become 34.95, and 11.25 are asked for.
    """
    fees = [
        fee(),
        passed_on("10 %", id="posting", refundable=False),
        passed_on("2.5 %", id="booking", per_order=euros("1.20")),
    ]
    event = shop(ticket("20.00", "a"), ticket("30.00", "b"), fees=fees, tax=TWENTY)
    old, new = quote(event, {"a": 1}), quote(event, {"b": 1})
    assert (old.charged, new.charged) == (euros("23.70"), euros("34.95"))
    book = booked(old).added(repriced(on(), old, new, asked=euros("11.25")))
    assert balances(book) == balances(Book(sale(on(), new)))
    assert parties(book, Account.PLATFORM) == parties(Book(sale(on(), new)), Account.PLATFORM)


def test_more_asked_for_than_the_fresh_price() -> None:
    """12.00 with 2.00 of tax, priced anew as 12.00, and 13.00 asked for: all that was paid is kept, and so is its tax."""
    found = quote(shop(ticket("12.00"), tax=TWENTY))
    assert postings(repriced(on(), found, found, asked=euros("13.00"))) == {
        "buyer": "13.00",
        "organizer": "-11.00",
        "tax FR:20 %:VAT": "-2.00",
    }


def test_a_cheaper_ticket_instead() -> None:
    """
    30.00 with 5.00 of tax becomes 20.00 with 3.33. Of the 10.00 between them half is given back, with 0.83 of tax.

    The other 5.00 are kept, with their part of the tax that is left: 4.17 × 5 / 25 = 0.83. What is absorbed of a fee
    is not given back: 1.50 for the platform, as before.
    """
    event = shop(ticket("30.00", "a"), ticket("20.00", "b"), fees=[fee()], tax=TWENTY)
    old, new = quote(event, {"a": 1}), quote(event, {"b": 1})
    half = refund_of_amount(old, euros("5.00"))
    book = booked(old, half).added(repriced(on(), old, new, before=[half]))
    assert balances(book) == {"buyer": "25.00", "tax": "-4.16", "platform": "-1.50", "organizer": "-19.34"}


def test_a_fee_for_the_order_is_replaced_as_well() -> None:
    """
    20.00 and 1.20 for the order, with 3.53 of tax; half comes back: 10.60 with 1.77. It becomes 5.00 and 1.20: 6.20 with 1.03.

    Left were 10.60 with 1.76 of tax, and half of the platform's 1.00. Of these 4.40 / 10.60 are kept with the 4.40 beyond
    the fresh price: 0.73 of the tax and 0.21 of the platform's. The rest, 1.03 and 0.29, make place for 1.03 and 1.00.
    """
    once = passed_on("0 %", per_order=euros("1.20"))
    event = shop(ticket("20.00", "a"), ticket("5.00", "b"), fees=[once], tax=TWENTY)
    old, new = quote(event, {"a": 1}), quote(event, {"b": 1})
    half = refund_due(old, [0], share=HALF)
    assert (half.amount, half.order_fee, half.tax) == (euros("10.60"), euros("0.60"), euros("1.77"))
    assert postings(repriced(on(), old, new, before=[half])) == {"organizer": "0.71", "platform service:buyer": "-0.71"}


def test_places_that_were_free_before() -> None:
    """Nothing was paid, so nothing is kept: 12.00 with 2.00 of tax are asked for."""
    event = shop(ticket("0.00", "a"), ticket("12.00", "b"), tax=TWENTY)
    old, new = quote(event, {"a": 1}), quote(event, {"b": 1})
    assert postings(repriced(on(), old, new, asked=euros("12.00"))) == {
        "buyer": "12.00",
        "organizer": "-10.00",
        "tax FR:20 %:VAT": "-2.00",
    }
    assert repriced(on(), old, old) == repriced(on(), new, new) == ()
    assert postings(repriced(on(), old, old, asked=euros("1.00"))) == {"buyer": "1.00", "organizer": "-1.00"}


def a_refund(
    unit: int = 0,
    amount: str = "1.00",
    tax: str = "0.00",
    fee: str = "0.00",
    once: str = "0.00",
    in_all: str | None = None,
    fees: bool | None = None,
) -> RefundDue:
    """A refund that no price gave: of one place, and of fees for the order; *in_all* is its tax, if it is not the place's."""
    place = UnitRefund(unit=unit, amount=euros(amount), tax=euros(tax), fee=euros(fee))
    return RefundDue(
        units=(place,),
        order_fee=euros(once),
        amount=euros(amount) + euros(once),
        tax=euros(tax if in_all is None else in_all),
        fee=euros(fee) + euros(once),
        fees=fees,
    )


@pytest.mark.parametrize(
    "refund",
    [
        a_refund(unit=1),
        a_refund(amount="20.00", tax="3.43"),
        a_refund(amount="20.00", tax="3.42", in_all="3.43"),
        a_refund(amount="20.00", tax="3.42", in_all="3.41"),
        a_refund(fee="0.51"),
        a_refund(fee="0.50", fees=False),
        a_refund(once="0.01"),
    ],
)
def test_a_refund_of_another_price_is_refused(refund: RefundDue) -> None:
    """20.00 and a fee of 0.50 (2.5 %): 20.50 with 3.42 of tax, one place, nothing for the order."""
    found = quote(shop(fees=[passed_on("2.5 %")], tax=TWENTY))
    nothing = refund_due(found, [0], share=Rate(0, 1))
    for named, due, before in (("due", refund, ()), ("before[1]", nothing, (nothing, refund))):
        with pytest.raises(InvalidValueError) as refused:
            refund_owed(on(), found, due, before=before)
        assert refused.value.field.startswith(named)
    with pytest.raises(InvalidValueError) as refused:
        repriced(on(), found, found, unpaid=refund)
    assert refused.value.field.startswith("unpaid[0]")
    whole = a_refund(amount="20.50", tax="3.42", fee="0.50")
    assert refund_owed(on(), found, whole) != ()


def test_one_currency_throughout() -> None:
    found = quote(shop())
    zero = Money.zero(USD)
    dollars = RefundDue(units=(), order_fee=zero, amount=zero, tax=zero, fee=zero)
    with pytest.raises(CurrencyMismatchError):
        refund_owed(on(), found, dollars)
    with pytest.raises(CurrencyMismatchError):
        repriced(on(), found, found, asked=zero)
    dollar = Ticket(id="standard", name="Standard", price=Money.of("20.00", USD))
    with pytest.raises(CurrencyMismatchError):
        repriced(on(), found, quote(shop(dollar, currency=USD)))


@pytest.mark.parametrize("junk", [None, 7, "due", [7]])
def test_arguments_of_another_kind(junk: Any) -> None:
    found = quote(shop())
    due = refund_due(found, [0])
    something: Any = 7 if junk is None else junk
    calls: tuple[tuple[str, Any], ...] = (
        ("on", lambda: refund_owed(junk, found, due)),
        ("quote", lambda: refund_owed(on(), junk, due)),
        ("due", lambda: refund_owed(on(), found, junk)),
        ("before", lambda: refund_owed(on(), found, due, before=junk)),
        ("units", lambda: refund_owed(on(), found, due, units=something)),
        ("on", lambda: repriced(junk, found, found)),
        ("quote", lambda: repriced(on(), junk, found)),
        ("fresh", lambda: repriced(on(), found, junk)),
        ("units", lambda: repriced(on(), found, found, something)),
        ("asked", lambda: repriced(on(), found, found, asked=something)),
        ("unpaid", lambda: repriced(on(), found, found, unpaid=something)),
        ("paying", lambda: repriced(on(), found, found, paying=something)),
        ("before", lambda: repriced(on(), found, found, before=junk)),
    )
    for field, call in calls:
        with pytest.raises(InvalidValueError) as refused:
            call()
        assert refused.value.field.startswith(field)


def test_a_discount_on_the_order_and_a_place_of_it() -> None:
    """10.00 off 30.00 and 20.00: 24.00 and 16.00, with 4.00 and 2.67 of tax. The second comes back: 13.33 of the organizer's."""
    event = shop(
        ticket("30.00", "a"),
        ticket("20.00", "b"),
        tax=TWENTY,
        promotions=[code("ten", off("10.00"), scope=Scope.ORDER)],
    )
    found = quote(event, {"a": 1, "b": 1}, "ten")
    book = booked(found, refund_due(found, [1]))
    assert balances(book) == {"buyer": "24.00", "tax": "-4.00", "organizer": "-20.00"}
