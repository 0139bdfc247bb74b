"""What a book keeps, and what it adds up to."""

from typing import Any

import pytest
from attrs import evolve
from ledger.books import AT, balances, fee, on, parties, passed_on, where
from worked.shop import euros, quote, shop, taxes, ticket

from paidevents import InvalidValueError, Money, Rate
from paidevents.catalog import FeeTaker
from paidevents.errors import CurrencyMismatchError
from paidevents.ledger import (
    Account,
    Book,
    Conservation,
    EntryKind,
    LedgerSums,
    Occasion,
    StatementLine,
    capture,
    dispute_won,
    refund_paid,
    sale,
    surplus,
    surplus_returned,
    surplus_used,
)
from paidevents.ledger.conservation import SIDES
from paidevents.ledger.entry import ACCOUNTS
from paidevents.ledger.sums import _FLOWS, _KEPT
from paidevents.money import EUR, USD

TWENTY = taxes(("20 %", "standard"))
PAID = quote(shop(ticket("19.95"), fees=[passed_on()], tax=TWENTY))
ZERO = Money.zero(EUR)


def test_a_book_only_grows() -> None:
    first = sale(on(), PAID)
    empty = Book()
    book = empty.added(first)
    longer = book.added(capture(on(), PAID.charged, "card"))
    assert (empty.entries, book.entries) == ((), first)
    assert longer.entries[:1] == first
    assert len(longer.entries) == 2
    assert Book(longer.entries) == longer


def test_no_entry_twice() -> None:
    """By its id, whatever else it says: a commit that is repeated books nothing twice."""
    book = Book(sale(on(id="1"), PAID))
    for again in (sale(on(id="1"), PAID), capture(on(id="1"), PAID.charged, "card")):
        with pytest.raises(InvalidValueError) as refused:
            book.added(again)
        assert (refused.value.field, refused.value.reason.code) == ("entries[1].id", "duplicate_id")
    with pytest.raises(InvalidValueError):
        Book((*book.entries, *book.entries))


@pytest.mark.parametrize("junk", [None, 7, "1", [None], [EntryKind.SALE]])
def test_a_book_is_of_entries(junk: Any) -> None:
    for make in (Book, Book().added):
        with pytest.raises(InvalidValueError) as refused:
            make(junk)
        assert refused.value.field.startswith("entries")


def test_balances_are_by_order_or_of_all() -> None:
    """20.95 sold in each of two orders, one paid: together 41.90 - 20.95 are owed."""
    book = Book(sale(on(), PAID)).added(sale(on(order="order-2"), PAID))
    book = book.added(capture(on(order="order-2"), PAID.charged, "card"))
    assert balances(book)["buyer"] == "20.95"
    assert "buyer" not in balances(book, "order-2")
    assert balances(book, None) == {
        "buyer": "20.95",
        "provider": "20.95",
        "organizer": "-33.26",
        "tax": "-6.98",
        "platform": "-1.66",
    }
    assert book.balances("order-3") == {}
    assert set(book.balances()[EUR]) == set(Account)


def test_currencies_are_kept_apart() -> None:
    dollars = Money.of("3.00", USD)
    book = Book(capture(on(), euros("2.00"), "card")).added(capture(on(), dollars, "card"))
    assert {currency: found[Account.PROVIDER] for currency, found in book.balances().items()} == {
        EUR: euros("2.00"),
        USD: dollars,
    }
    assert book.by_party(Account.PROVIDER) == {EUR: {"card": euros("2.00")}, USD: {"card": dollars}}
    assert book.by_party(Account.TAX) == {}
    assert {currency: found.captured for currency, found in book.conservation().items()} == {
        EUR: euros("2.00"),
        USD: dollars,
    }


def test_taxes_and_fees_are_told_by_rate_and_by_bearer() -> None:
    """
    10.00 at 7 % hold 0.65, 10.00 at 19 % hold 1.60. Of a fee of 10 %, 2.00, untaxed, the buyer bears 40 %;
    the provider takes 0.30 of the organizer's.
    """
    event = shop(
        ticket("10.00", "a", tax_category="low"),
        ticket("10.00", "b", tax_category="high"),
        tax=taxes(("7 %", "low"), ("19 %", "high")),
        fees=[
            fee("10 %", buyer_share=Rate.of("40 %"), tax_category=None),
            fee("0 %", id="payment", per_order=euros("0.30"), taker=FeeTaker.PROVIDER),
        ],
    )
    book = Book(sale(on(), quote(event, {"a": 1, "b": 1})))
    assert parties(book, Account.TAX) == {"FR:19 %:VAT": "-1.60", "FR:7 %:VAT": "-0.65"}
    assert parties(book, Account.PLATFORM) == {"service:buyer": "-0.80", "service:organizer": "-1.20"}
    assert parties(book, Account.PROVIDER_FEES) == {"payment:organizer": "-0.30"}
    assert book.by_party(Account.TAX, "order-2") == {}


def test_a_statement_shows_what_each_account_has_come_to() -> None:
    """20.95 owed, 12.00 paid, then 8.95: 20.95, 8.95, 0.00."""
    book = Book(sale(on(payment=""), PAID)).added(capture(on(payment="p1"), euros("12.00"), "card"))
    book = book.added(sale(on(order="order-2"), PAID)).added(capture(on(payment="p2"), euros("8.95"), "bank"))
    lines = book.statement("order-1")
    assert [
        (line.payment, str(line.amount.decimal), str(line.balance.decimal))
        for line in lines
        if line.account is Account.BUYER
    ] == [
        ("", "20.95", "20.95"),
        ("p1", "-12.00", "8.95"),
        ("p2", "-8.95", "0.00"),
    ]
    assert [line.kind for line in lines] == [EntryKind.SALE] * 4 + [EntryKind.CAPTURE] * 4
    assert sum((line.amount for line in lines), ZERO) == ZERO
    last = lines[-1]
    assert (last.entry, last.at, last.refund) == (book.entries[-1].id, AT, "refund-1")
    assert (last.account, last.party, last.balance) == (Account.PROVIDER, "bank", euros("20.95"))
    assert book.statement("order-3") == ()


def test_what_one_buyer_owes_does_not_pay_another() -> None:
    """One order owes 20.95, another paid 20.95 in vain: both are told."""
    book = Book(sale(on(), PAID)).added(capture(on(order="order-2"), PAID.charged, "card"))
    assert where(book, None) == {
        "captured": "20.95",
        "unpaid": "20.95",
        "owed": "20.95",
        "organizer_keeps": "16.63",
        "tax": "3.49",
        "platform_fees": "0.83",
    }


@pytest.mark.parametrize(
    "entries",
    [
        refund_paid(on(), PAID.charged, "card"),
        surplus(on(), PAID.charged) + surplus_returned(on(), PAID.charged, "card"),
        dispute_won(on(), PAID.charged, "card"),
        surplus_used(on(), PAID.charged),
        capture(on(), euros("20.94"), "card") + refund_paid(on(), PAID.charged, "card"),
    ],
)
def test_money_that_never_came_is_told(entries: Any) -> None:
    """Given back without having been received: the sums are the same, and still it cannot be."""
    found = Book(entries).conservation()[EUR]
    assert found.captured + found.unpaid == sum((getattr(found, name) for name in SIDES[2:]), ZERO)
    assert not found.holds


def test_both_sides_have_to_be_the_same() -> None:
    nothing = dict.fromkeys(SIDES, ZERO)
    assert Conservation(**nothing).holds
    for name in SIDES:
        assert not Conservation(**{**nothing, name: euros("0.01")}).holds
    assert not Conservation(**{**nothing, "refunded": euros("0.01"), "organizer_keeps": euros("-0.01")}).holds
    for name in ("refunded", "owed", "disputed", "lost", "surplus", "tax"):
        upside_down = {**nothing, name: euros("-0.01"), "organizer_keeps": euros("0.01")}
        assert not Conservation(**upside_down).holds
    assert not Conservation(**{**nothing, "captured": euros("-0.01"), "organizer_keeps": euros("-0.01")}).holds
    assert Conservation(**{**nothing, "captured": euros("1.00"), "refunded": euros("1.00")}).holds
    assert Conservation(**{**nothing, "provider_fees": euros("0.30"), "organizer_keeps": euros("-0.30")}).holds


def test_every_movement_of_captured_money_has_its_place_in_the_equation() -> None:
    assert _FLOWS.keys() == {kind for kind, accounts in ACCOUNTS.items() if Account.PROVIDER in accounts}
    assert _KEPT.keys() == set(Account) - {Account.BUYER, Account.PROVIDER}
    assert set(_FLOWS.values()) | set(_KEPT.values()) | {"unpaid", "owed"} == set(SIDES)


def test_values_of_another_kind() -> None:
    book = Book(sale(on(), PAID))
    calls: tuple[tuple[str, Any], ...] = (
        ("order", lambda: book.balances(7)),  # type: ignore[arg-type]
        ("order", lambda: book.conservation("")),
        ("order", lambda: book.statement(None)),  # type: ignore[arg-type]
        ("order", lambda: book.by_party(Account.TAX, 7)),  # type: ignore[arg-type]
        ("account", lambda: book.by_party("tax")),  # type: ignore[arg-type]
        ("captured", lambda: Conservation(**dict.fromkeys(SIDES, 7))),  # type: ignore[arg-type]
        ("at", lambda: evolve(book.statement("order-1")[0], at=None)),  # type: ignore[arg-type]
        ("on", lambda: sale(Occasion, PAID)),  # type: ignore[arg-type]
    )
    for field, call in calls:
        with pytest.raises(InvalidValueError) as refused:
            call()
        assert refused.value.field == field
    dollars = Money.zero(USD)
    with pytest.raises(CurrencyMismatchError):
        Conservation(**{**dict.fromkeys(SIDES, ZERO), "surplus": dollars})
    line: StatementLine = book.statement("order-1")[0]
    with pytest.raises(CurrencyMismatchError):
        evolve(line, balance=dollars)


def test_what_is_sold_on_one_page_and_paid_on_the_next_is_not_owed() -> None:
    """20.95 twice: owed after the first page; after the second one order owes them still, after the third none."""
    pages = [
        (*sale(on(), PAID), *sale(on(order="order-2"), PAID)),
        capture(on(), PAID.charged, "card"),
        capture(on(order="order-2"), PAID.charged, "card"),
    ]
    sums, unpaid = LedgerSums(), []
    for page in pages:
        sums.add(page)
        unpaid.append(str(sums.conservation()[EUR].unpaid.decimal))
    assert unpaid == ["41.90", "20.95", "0.00"]
    assert sums._buyers == {}, "who has paid is forgotten"
    assert sums.conservation()[EUR].holds
    assert {account.value: str(amount.decimal) for account, amount in sums.balances()[EUR].items() if amount} == {
        "provider": "41.90",
        "organizer": "-33.26",
        "tax": "-6.98",
        "platform": "-1.66",
    }
    assert {party: str(amount.decimal) for party, amount in sums.by_party(Account.TAX)[EUR].items()} == {
        "FR:20 %:VAT": "-6.98"
    }


@pytest.mark.parametrize("junk", [None, 7, "1", [None], [EntryKind.SALE], sale(on(id="1"), PAID) * 2])
def test_a_page_that_is_refused_adds_nothing(junk: Any) -> None:
    sums = LedgerSums()
    with pytest.raises(InvalidValueError):
        sums.add(junk)
    assert not (sums.balances() or sums.conservation() or sums.by_party(Account.TAX))
    with pytest.raises(InvalidValueError):
        sums.by_party("tax")  # type: ignore[arg-type]
