"""What a sale owes to whom, reckoned by hand."""

from datetime import date
from typing import Any

import pytest
from ledger.books import AT, on, passed_on, postings
from ledger.books import fee as absorbed
from worked.shop import AT as NOON
from worked.shop import code, euros, percent, quote, shop, taxes, ticket

from paidevents import InvalidValueError, Money, Rate
from paidevents.catalog import FREE, FeeBase, FeeTaker, TaxMode, TaxRate, TaxTable
from paidevents.ledger import Account, Book, Occasion, sale, waiver
from paidevents.pricing import Buyer

TWENTY = taxes(("20 %", "standard"))
ON_TOP = taxes(("20 %", "standard"), mode=TaxMode.EXCLUSIVE)


def test_the_tax_of_a_passed_on_fee_is_not_counted_twice() -> None:
    """
    19.95 and 5 % of it, 0.9975 → 1.00: 20.95 charged, which hold 20.95 / 6 = 3.4917 → 3.49 of tax.

    Of these 0.17 are in the fee (3.49 × 1.00 / 20.95 = 0.1666), so the platform gets 0.83; 20.95 - 3.49 - 0.83 = 16.63.
    """
    found = quote(shop(ticket("19.95"), fees=[passed_on()], tax=TWENTY))
    assert postings(sale(on(), found)) == {
        "buyer": "20.95",
        "organizer": "-16.63",
        "tax FR:20 %:VAT": "-3.49",
        "platform service:buyer": "-0.83",
    }
    assert found.totals.organizer_keeps == euros("16.63")


def test_an_absorbed_fee_is_the_organizers() -> None:
    """5 % of 63.00 are 3.15, and 63.00 / 6 = 10.50 are tax: 63.00 - 10.50 - 3.15 = 49.35."""
    assert postings(sale(on(), quote(shop(ticket("63.00"), fees=[absorbed()], tax=TWENTY)))) == {
        "buyer": "63.00",
        "organizer": "-49.35",
        "tax FR:20 %:VAT": "-10.50",
        "platform service:organizer": "-3.15",
    }


def test_a_fee_that_is_split_is_booked_by_bearer() -> None:
    """40 % of 3.15 are 1.26, of which 0.21 are tax: 1.05 borne by the buyer, 1.89 by the organizer. 64.26 hold 10.71."""
    split = absorbed(buyer_share=Rate.of("40 %"))
    assert postings(sale(on(), quote(shop(ticket("63.00"), fees=[split], tax=TWENTY)))) == {
        "buyer": "64.26",
        "organizer": "-50.61",
        "tax FR:20 %:VAT": "-10.71",
        "platform service:buyer": "-1.05",
        "platform service:organizer": "-1.89",
    }


def test_tax_on_top() -> None:
    """
    100.00 and 20.00 of tax; 5 % of 120.00 are 6.00, on which there are 1.20: 127.20 charged, 21.20 of them tax.

    The fee of 6.00 has no tax in it, for that is on top: 127.20 - 21.20 - 6.00 = 100.00.
    """
    found = quote(shop(ticket("100.00"), fees=[passed_on()], tax=ON_TOP))
    assert postings(sale(on(), found)) == {
        "buyer": "127.20",
        "organizer": "-100.00",
        "tax FR:20 %:VAT": "-21.20",
        "platform service:buyer": "-6.00",
    }


def test_a_grossed_up_fee_of_the_provider() -> None:
    """(50.00 + 0.30) / 0.971 = 51.80 charged, of which the provider takes 1.50 + 0.30. Nothing of it is tax."""
    payment = passed_on(
        "2.9 %",
        id="payment",
        per_order=euros("0.30"),
        base=FeeBase.CHARGED,
        tax_category=None,
        taker=FeeTaker.PROVIDER,
    )
    assert postings(sale(on(), quote(shop(ticket("50.00"), fees=[payment])))) == {
        "buyer": "51.80",
        "organizer": "-50.00",
        "provider_fees payment:buyer": "-1.80",
    }


def test_a_buyer_who_owes_the_tax_itself() -> None:
    """A German firm at a French shop: 12.00 and no tax; a German at home 12.00 with 1.92 for Germany (12.00 × 19 / 119)."""
    table = TaxTable(
        mode=TaxMode.INCLUSIVE,
        seller="FR",
        rates=(TaxRate(country="FR", rate=Rate.of("20 %")), TaxRate(country="DE", rate=Rate.of("19 %"))),
    )
    event = shop(ticket("12.00"), tax=table)
    firm = quote(event, buyer=Buyer(country="DE", business_number="DE136695976"))
    assert postings(sale(on(), firm)) == {"buyer": "12.00", "organizer": "-12.00"}
    assert postings(sale(on(), quote(event, buyer=Buyer(country="DE")))) == {
        "buyer": "12.00",
        "organizer": "-10.08",
        "tax DE:19 %:VAT": "-1.92",
    }


def test_two_taxes_are_owed_apart() -> None:
    """Quebec: 5 % and 9.975 % on 100.00 are 5.00 and 9.98."""
    table = TaxTable(
        mode=TaxMode.EXCLUSIVE,
        seller="CA",
        rates=(
            TaxRate(country="CA", rate=Rate.of("5 %"), name="GST", starts_on=date(2008, 1, 1)),
            TaxRate(country="CA", rate=Rate.of("9.975 %"), name="QST: Quebec", starts_on=date(2013, 1, 1)),
        ),
    )
    found = postings(sale(on(), quote(shop(ticket("100.00"), tax=table))))
    assert found == {
        "buyer": "114.98",
        "organizer": "-100.00",
        "tax CA:5 %:GST": "-5.00",
        "tax CA:9.975 %:QST: Quebec": "-9.98",
    }
    assert [party.removeprefix("tax ").split(":", 2) for party in found][2:] == [
        ["CA", "5 %", "GST"],
        ["CA", "9.975 %", "QST: Quebec"],
    ]


def test_one_tax_on_tickets_of_several_categories_is_one_posting() -> None:
    """Two categories at 20 %, one of them with a second tax of 10 %: 2.00 of 12.00; 13.00 hold 2.00 and 1.00."""
    table = TaxTable(
        mode=TaxMode.INCLUSIVE,
        seller="FR",
        rates=(
            TaxRate(country="FR", rate=Rate.of("20 %"), category="a"),
            TaxRate(country="FR", rate=Rate.of("20 %"), category="b"),
            TaxRate(country="FR", rate=Rate.of("10 %"), category="b", name="Extra"),
        ),
    )
    event = shop(ticket("12.00", "a", tax_category="a"), ticket("13.00", "b", tax_category="b"), tax=table)
    assert postings(sale(on(), quote(event, {"a": 1, "b": 1}))) == {
        "buyer": "25.00",
        "organizer": "-20.00",
        "tax FR:20 %:VAT": "-4.00",
        "tax FR:10 %:Extra": "-1.00",
    }


def test_fees_of_more_than_a_place_costs_are_the_organizers_debt() -> None:
    """Of 0.20 the provider takes 0.30."""
    payment = absorbed("0 %", id="payment", taker=FeeTaker.PROVIDER, per_order=euros("0.30"))
    assert postings(sale(on(), quote(shop(ticket("0.20"), fees=[payment])))) == {
        "buyer": "0.20",
        "organizer": "0.10",
        "provider_fees payment:organizer": "-0.30",
    }


def test_what_is_free_is_no_entry() -> None:
    event = shop(promotions=[code("free", FREE)], fees=[absorbed()], tax=TWENTY)
    assert sale(on(), quote(event, 1, "free")) == ()
    assert sale(on(), quote(event), []) == ()


def test_places_can_be_sold_one_after_the_other() -> None:
    """
    3 × 19.95 less 10 %, 17.955 → 17.95 each (the discount is 2.00), with 5 % passed on: 53.85 + 2.69 = 56.54.

    The fee of 2.6925 → 2.69 is 0.90, 0.90 and 0.89 a place, so 18.85, 18.85 and 18.84. Of 9.42 of tax (56.54 / 6) 3.14 are
    in each, and 0.45 in the fee (9.42 × 2.69 / 56.54), 0.15 in each. So of the last 0.89 - 0.15 = 0.74 are the platform's.
    """
    event = shop(ticket("19.95"), fees=[passed_on()], tax=TWENTY, promotions=[code("ten", percent("10 %"))])
    found = quote(event, 3, "ten")
    assert found.charges == (1885, 1885, 1884)
    together = Book(sale(on(), found))
    apart = Book().added(sale(on(), found, [2])).added(sale(on(), found, [0, 1]))
    assert apart.balances() == together.balances()
    assert apart.by_party(Account.TAX) == together.by_party(Account.TAX)
    assert apart.by_party(Account.PLATFORM) == together.by_party(Account.PLATFORM)
    assert postings(sale(on(), found, [2])) == {
        "buyer": "18.84",
        "organizer": "-14.96",
        "tax FR:20 %:VAT": "-3.14",
        "platform service:buyer": "-0.74",
    }


def test_confirmed_without_payment_nothing_is_owed_to_anybody() -> None:
    """CM-20: two at 20.00 with 5 % and 20 % tax; the organizer waives one of them, then the other."""
    found = quote(shop(fees=[passed_on()], tax=TWENTY), 2)
    book = Book(sale(on(), found)).added(waiver(on(), found, [1]))
    assert book.balances() == Book(sale(on(), found, [0])).balances()
    book = book.added(waiver(on(), found, [0]))
    assert not any(amount for amounts in book.balances().values() for amount in amounts.values())


def test_an_entry_is_of_its_occasion() -> None:
    occasion = Occasion(id="e", at=AT, order="o", payment="p", refund="r")
    (entry,) = sale(occasion, quote(shop()))
    assert (entry.id, entry.at, entry.order, entry.payment, entry.refund) == ("e", NOON, "o", "p", "r")


def test_no_entry_knows_who_bought() -> None:
    """What a buyer told for the price is in no entry, so that erasing a person changes none."""
    buyer = Buyer(country="FR", business_number="FR40303265045", identities=("ana@example.org", "account-7"))
    event = shop(fees=[passed_on()], tax=TWENTY)
    with_buyer = sale(on(id="1"), quote(event, buyer=buyer))
    assert with_buyer == sale(on(id="1"), quote(event))
    assert not any(word in repr(with_buyer) for word in ("ana", "account-7", "40303265045"))


@pytest.mark.parametrize(
    ("units", "field", "reason"),
    [
        ([0, 1, 0], "units[2]", "sold_twice"),
        ([2], "units[0]", "out_of_range"),
        ([-1], "units[0]", "out_of_range"),
        ([True], "units[0]", "bool_not_allowed"),
        ("0", "units", "wrong_type"),
    ],
)
def test_places_to_sell_are_named_each_once(units: Any, field: str, reason: str) -> None:
    with pytest.raises(InvalidValueError) as refused:
        sale(on(), quote(shop(), 2), units)
    assert (refused.value.field, refused.value.reason.code) == (field, reason)


@pytest.mark.parametrize("arguments", [(None, "quote"), ("on", None), ("on", Money.of("1.00", "EUR"))])
def test_a_sale_is_of_a_quote_on_an_occasion(arguments: tuple[Any, Any]) -> None:
    occasion, priced = arguments
    with pytest.raises(InvalidValueError) as refused:
        sale(on() if occasion else None, quote(shop()) if priced == "quote" else priced)  # type: ignore[arg-type]
    assert refused.value.field == ("quote" if occasion else "on")
