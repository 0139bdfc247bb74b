"""Fees by who bears them, taxes by where they are owed: as the ledger has them."""

from datetime import timedelta
from typing import Any

import pytest
from ledger.books import on
from worked.shop import AT, euros, quote, shop, taxes, ticket

from paidevents import InvalidValueError, Money, Rate, Window
from paidevents.catalog import Fee, FeeTaker, TaxMode, TaxRate, TaxTable
from paidevents.errors import CurrencyMismatchError
from paidevents.ledger import (
    Account,
    Book,
    Entry,
    EntryKind,
    Posting,
    provider_fee_seen,
    refund_owed,
    repriced,
    sale,
    waiver,
)
from paidevents.money import EUR, USD
from paidevents.pricing import Quote, refund_due
from paidevents.reports import FeeRow, Fees, FeeSums, Taxes, TaxRow, TaxSums, fees
from paidevents.reports import taxes as tax_report

TWENTY = taxes(("20 %", "standard"))
SPLIT = Fee(id="service", rate=Rate.of("5 %"), buyer_share=Rate(2, 5))
CARD = Fee(id="card", rate=Rate.of("2 %"), taker=FeeTaker.PROVIDER, tax_category=None)


def sold(count: int = 1, **event: Any) -> Quote:
    return quote(shop(ticket("60.00"), **event), count)


def fee_rows(found: Fees) -> list[tuple[str, ...]]:
    return [
        (
            row.taker.value if row.taker else "",
            row.fee,
            row.bearer.value if row.bearer else "",
            *(str(amount.decimal) for amount in (row.charged, row.given_back, row.corrected, row.total)),
        )
        for row in (*found.rows, *found.totals)
    ]


def tax_rows(found: Taxes) -> list[tuple[str, ...]]:
    return [
        (
            row.country,
            str(row.rate or ""),
            row.name,
            *(str(each.decimal) for each in (row.charged, row.given_back, row.owed)),
        )
        for row in (*found.rows, *found.totals)
    ]


def test_a_fee_that_is_split_has_two_bearers() -> None:
    """
    5 % of 60.00 are 3.00: 40 %, 1.20, are passed on, of which a sixth, 0.20, is tax; 1.80 are absorbed.

    The provider's 2 % of 60.00 are 1.20. Together 1.00 + 1.80 + 1.20 = 4.00.
    """
    book = Book(sale(on(), sold(fees=(SPLIT, CARD), tax=TWENTY)))
    assert fee_rows(fees(book)) == [
        ("platform", "service", "buyer", "1.00", "0.00", "0.00", "1.00"),
        ("platform", "service", "organizer", "1.80", "0.00", "0.00", "1.80"),
        ("provider", "card", "organizer", "1.20", "0.00", "0.00", "1.20"),
        ("", "", "", "4.00", "0.00", "0.00", "4.00"),
    ]


def test_what_is_given_back_of_fees_is_the_platforms_alone() -> None:
    """All 61.20 go back: the 1.00 that the buyer bore comes back, the absorbed 1.80 and the provider's 1.20 do not (GT-04)."""
    paid = sold(fees=(SPLIT, CARD), tax=TWENTY)
    back = refund_owed(on(), paid, refund_due(paid, [0]))
    assert fee_rows(fees(Book((*sale(on(), paid), *back)))) == [
        ("platform", "service", "buyer", "1.00", "1.00", "0.00", "0.00"),
        ("platform", "service", "organizer", "1.80", "0.00", "0.00", "1.80"),
        ("provider", "card", "organizer", "1.20", "0.00", "0.00", "1.20"),
        ("", "", "", "4.00", "1.00", "0.00", "3.00"),
    ]


def test_what_a_provider_really_took_corrects_what_was_reckoned() -> None:
    """Reckoned 1.20, taken 1.45: 0.25 more. It stands by the provider's name, for no event declares it."""
    paid = sold(fees=(CARD,))
    seen = provider_fee_seen(on(), paid.totals.provider_fees, euros("1.45"), "stripe:test")
    assert fee_rows(fees(Book((*sale(on(), paid), *seen)))) == [
        ("provider", "card", "organizer", "1.20", "0.00", "0.00", "1.20"),
        ("provider", "stripe:test", "organizer", "0.00", "0.00", "0.25", "0.25"),
        ("", "", "", "1.20", "0.00", "0.25", "1.45"),
    ]


def test_a_waived_place_owes_neither_fee_nor_tax() -> None:
    """CM-20."""
    paid = sold(fees=(SPLIT,), tax=TWENTY)
    book = Book((*sale(on(), paid), *waiver(on(), paid)))
    assert {row.total for row in fees(book).rows} == {euros("0.00")}
    assert [row.owed for row in tax_report(book).totals] == [euros("0.00")]


def test_taxes_by_country_rate_and_name_less_what_was_refunded() -> None:
    """Of 60.00, 10.00 are tax at 20 %; of another 60.00 at 5.5 %, 60.00 × 5.5 / 105.5 = 3.1280 → 3.13. One of two goes back."""
    paid = sold(2, tax=TWENTY)
    back = refund_owed(on(), paid, refund_due(paid, [1]))
    books = Book((*sale(on(), paid), *back, *sale(on(), sold(tax=taxes(("5.5 %", "standard"))))))
    assert tax_rows(tax_report(books)) == [
        ("FR", "20 %", "VAT", "20.00", "10.00", "10.00"),
        ("FR", "5.5 %", "VAT", "3.13", "0.00", "3.13"),
        ("", "", "", "23.13", "10.00", "13.13"),
    ]


def test_two_taxes_on_one_place_are_told_apart() -> None:
    """On 40.00 in Québec: 5 % are 2.00, and 9.975 % are 3.99."""
    rates = [
        TaxRate(country="CA", rate=Rate.of("5 %"), name="GST"),
        TaxRate(country="CA", rate=Rate.of("9.975 %"), name="QST"),
    ]
    table = TaxTable(mode=TaxMode.EXCLUSIVE, seller="CA", rates=tuple(rates))
    found = tax_report(Book(sale(on(), quote(shop(ticket("40.00"), tax=table)))))
    assert tax_rows(found) == [
        ("CA", "5 %", "GST", "2.00", "0.00", "2.00"),
        ("CA", "9.975 %", "QST", "3.99", "0.00", "3.99"),
        ("", "", "", "5.99", "0.00", "5.99"),
    ]


def test_a_change_of_price_changes_its_taxes_and_fees() -> None:
    """
    90.00 instead of 60.00, each with the 2 % that are passed on: 91.80 instead of 61.20, and a sixth of it is tax.

    Of the fee the buyer bears 1.80, of which 0.30 is tax, instead of 1.20 with 0.20.
    """
    paid = sold(tax=TWENTY, fees=(SPLIT,))
    fresh = quote(shop(ticket("90.00"), tax=TWENTY, fees=(SPLIT,)))
    dearer = repriced(on(), paid, fresh, asked=fresh.charged - paid.charged)
    book = Book((*sale(on(), paid), *dearer))
    assert tax_rows(tax_report(book))[0] == ("FR", "20 %", "VAT", "10.20", "-5.10", "15.30")
    assert fee_rows(fees(book))[0] == ("platform", "service", "buyer", "1.00", "-0.50", "0.00", "1.50")


def test_a_refund_counts_when_it_was_booked() -> None:
    """Sold in the first quarter, given back in the second."""
    paid = sold(tax=TWENTY, fees=(SPLIT,))
    later = AT + timedelta(days=90)
    book = Book((*sale(on(), paid), *refund_owed(on(at=later), paid, refund_due(paid, [0]))))
    first, second = Window(None, later), Window(later, None)
    assert [str(tax_report(book, during).totals[0].owed) for during in (first, second)] == ["10.20 EUR", "-10.20 EUR"]
    assert [str(fees(book, during).totals[0].total) for during in (first, second)] == ["2.80 EUR", "-1.00 EUR"]
    assert tax_report(book, Window(None, AT)) == Taxes(rows=(), totals=())


def test_each_currency_has_rows_of_its_own() -> None:
    def entry(id: str, minor: int, currency: Any) -> Entry:
        amounts = (
            Posting(Account.TAX, Money(-minor, currency), "FR:20 %:VAT"),
            Posting(Account.BUYER, Money(minor, currency)),
        )
        return Entry(id=id, at=AT, kind=EntryKind.SALE, order="7", postings=amounts)

    found = tax_report(Book((entry("1", 100, USD), entry("2", 200, EUR), entry("3", 50, USD))))
    assert [str(row.owed) for row in found.rows] == [str(row.owed) for row in found.totals] == ["2.00 EUR", "1.50 USD"]


def test_what_a_host_booked_in_its_own_words_is_shown_as_it_is() -> None:
    nobody = (
        Posting(Account.TAX, euros("-1.00"), "levy"),
        Posting(Account.TAX, euros("-1.00"), "FR:much:VAT"),
        Posting(Account.PLATFORM, euros("-1.00"), "stamp"),
        Posting(Account.BUYER, euros("3.00")),
    )
    book = Book((Entry(id="1", at=AT, kind=EntryKind.SALE, order="7", postings=nobody),))
    assert [(row.country, row.rate, row.name) for row in tax_report(book).rows] == [
        ("", None, "FR:much:VAT"),
        ("", None, "levy"),
    ]
    assert [(row.fee, row.bearer) for row in fees(book).rows] == [("stamp", None)]


@pytest.mark.parametrize("report", [fees, tax_report])
def test_what_is_no_book_and_no_window_is_refused(report: Any) -> None:
    wrong: tuple[tuple[Any, ...], ...] = ((1,), (Book(), "march"), ([],))
    for given in wrong:
        with pytest.raises(InvalidValueError):
            report(*given)


def test_rows_that_do_not_add_up_cannot_be() -> None:
    one, none = euros("1.00"), euros("0.00")
    with pytest.raises(InvalidValueError, match="total"):
        FeeRow(charged=one, given_back=none, corrected=none, total=none)
    with pytest.raises(InvalidValueError, match="owed"):
        TaxRow(charged=one, given_back=none, owed=none)
    for make in (
        lambda: FeeRow(charged=one, given_back=none, corrected=Money(0, USD), total=one),
        lambda: TaxRow(charged=one, given_back=Money(0, USD), owed=one),
    ):
        with pytest.raises(CurrencyMismatchError):
            make()


def test_pages_of_fees_and_taxes_come_to_one_row_of_each() -> None:
    """Sold on the first page and given back on the second: what is charged and what went back stand in one row."""
    paid = sold(fees=[CARD], tax=TWENTY)
    pages = [sale(on(), paid), refund_owed(on(), paid, refund_due(paid, [0]))]
    borne, declared = FeeSums(), TaxSums()
    for page in pages:
        borne.add(page)
        declared.add(page)
    whole = Book(tuple(entry for page in pages for entry in page))
    assert (borne.report(), declared.report()) == (fees(whole), tax_report(whole))
    assert len(borne.report().rows) == len(declared.report().rows) == 1
    assert declared.report().rows[0].given_back


@pytest.mark.parametrize("kind", [FeeSums, TaxSums])
def test_a_page_of_what_is_no_entry_is_refused(kind: Any) -> None:
    sums = kind()
    for junk in (None, [None], [*sale(on(id="1"), sold())] * 2):
        with pytest.raises(InvalidValueError):
            sums.add(junk)
    assert (sums.report().rows, sums.report().totals) == ((), ())
    with pytest.raises(InvalidValueError, match="during"):
        kind("March")
