"""However a report is cut into pages, it is the report of the whole; and what is kept of it stays small."""

import csv
from collections import Counter
from collections.abc import Sequence
from io import StringIO
from itertools import pairwise
from typing import Any, TypeVar

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from reports.lives import lives

from paidevents.ledger import Account, Book, Entry, LedgerSums, Occasion, capture
from paidevents.money import Currency, Money
from paidevents.payments import Payment, PaymentRef, Refund, Snapshot, Status
from paidevents.ports import Dossier
from paidevents.registration import Order
from paidevents.reports import (
    FeeSums,
    OwedSums,
    ReconciliationSums,
    SalesBy,
    SaleSums,
    TaxSums,
    as_csv,
    csv_lines,
    fees,
    owed,
    participants,
    reconciliation,
    sales,
    taxes,
)
from paidevents.testing import strategies
from paidevents.testing.strategies.offers import NEW_YEAR
from paidevents.timing import Window

T = TypeVar("T")

# Of any events; and of one shop, so that several orders come to one row.
ORDERS = (st.lists(lives(), min_size=2, max_size=4) | st.lists(strategies.orders(), max_size=4)).map(
    lambda found: [evolve(order, id=f"A{number}") for number, order in enumerate(found)]
)
# The stories of a few orders, one after another; and entries of any kind, which tell none.
ENTRIES = strategies.books().map(lambda book: list(book.entries)) | st.lists(
    st.tuples(strategies.entries(), st.integers(0, 2)), max_size=6
).map(lambda found: [evolve(entry, id=f"E{number}", order=f"A{order}") for number, (entry, order) in enumerate(found)])
CUTS = st.lists(st.integers(0, 6), max_size=3)


def pages(things: Sequence[T], cuts: Sequence[int]) -> list[Sequence[T]]:
    """*things* cut at these places, in their order; some pages may be empty."""
    places = [0, *sorted(min(cut, len(things)) for cut in cuts), len(things)]
    return [things[start:end] for start, end in pairwise(places)]


def of_its_own(dossier: Dossier, number: int) -> Dossier:
    """The same as an order with another id, and so with other payments and refunds, here and at the provider."""
    order = f"A{number}"

    def renamed(payment: Payment) -> Payment:
        ref = None if payment.ref is None else evolve(payment.ref, id=f"{payment.ref.id}-{payment.id}-{number}")
        seen = payment.snapshot
        seen = None if seen is None or ref is None else evolve(seen, ref=ref, reference=order)
        return evolve(payment, id=f"{order}-{payment.id}", order=order, ref=ref, snapshot=seen)

    return evolve(
        dossier,
        order=evolve(dossier.order, id=order),
        payments=tuple(renamed(payment) for payment in dossier.payments),
        refunds=tuple(
            evolve(refund, id=f"{order}-{refund.id}", order=order, payment=f"{order}-{refund.payment}")
            for refund in dossier.refunds
        ),
    )


DOSSIERS = st.lists(strategies.dossiers(), max_size=4).map(
    lambda found: [of_its_own(dossier, number) for number, dossier in enumerate(found)]
)


def parts(page: Sequence[Dossier]) -> tuple[list[Order], list[Payment], list[Refund]]:
    return (
        [one.order for one in page],
        [payment for one in page for payment in one.payments],
        [refund for one in page for refund in one.refunds],
    )


def there(page: Sequence[Dossier]) -> list[Snapshot]:
    """What the providers say: of most payments what is known, of some nothing, of one more than is known."""
    seen: list[Snapshot] = []
    for payment in parts(page)[1]:
        if payment.snapshot is None:  # its answer was lost
            ref = PaymentRef(payment.provider, payment.account, f"lost-{payment.id}")
            seen.append(Snapshot(ref=ref, reference=payment.order, status=Status.OPEN, requested=payment.amount))
        elif payment.snapshot.refunds or payment.id.endswith("p1"):
            seen.append(evolve(payment.snapshot, refunds=(), dispute=None, disputed=None))
            elsewhere = evolve(payment.snapshot.ref, id=f"elsewhere-{payment.id}")
            seen.append(evolve(payment.snapshot, ref=elsewhere))
    return seen


@pytest.mark.parametrize("by", SalesBy)
@given(orders=ORDERS, cuts=CUTS)
def test_sales(by: SalesBy, orders: list[Order], cuts: list[int]) -> None:
    sums = SaleSums(by, zone="Pacific/Auckland")
    for page in pages(orders, cuts):
        sums.add(page)
    assert sums.report() == sales(orders, by, zone="Pacific/Auckland")


@given(orders=ORDERS)
def test_participants_of_each_order_are_the_participants_of_all(orders: list[Order]) -> None:
    """Those who came first stand first, so only the order of the orders is another."""
    apart = [row for order in orders for row in participants([order])]
    assert sorted(participants(orders), key=lambda row: row.order) == apart


@given(entries=ENTRIES, cuts=CUTS, during=st.none() | st.just(Window(NEW_YEAR, NEW_YEAR.replace(month=2))))
def test_fees_and_taxes(entries: list[Entry], cuts: list[int], during: Window | None) -> None:
    borne, declared = FeeSums(during), TaxSums(during)
    for page in pages(entries, cuts):
        borne.add(page)
        declared.add(page)
    book = Book(tuple(entries))
    assert (borne.report(), declared.report()) == (fees(book, during), taxes(book, during))


@given(dossiers=DOSSIERS, cuts=CUTS)
def test_debts(dossiers: list[Dossier], cuts: list[int]) -> None:
    at = NEW_YEAR.replace(year=NEW_YEAR.year + 1)
    sums = OwedSums(at=at)
    for page in pages(dossiers, cuts):
        sums.add(*parts(page))
    assert sums.report() == owed(*parts(dossiers), at=at)


def booked(dossiers: Sequence[Dossier]) -> list[Entry]:
    """What came, twice of the first payment of each order: the second time a unit more."""
    entries: list[Entry] = []
    for payment in parts(dossiers)[1]:
        for more in range(1 + payment.id.endswith("p1")):
            on = Occasion(id=f"{payment.id}:{more}", at=NEW_YEAR, order=payment.order, payment=payment.id)
            entries += capture(on, Money(payment.amount.minor + more, payment.amount.currency), payment.provider)
    return entries


@given(dossiers=DOSSIERS, others=ENTRIES, cuts=CUTS, with_book=st.booleans())
def test_reconciliation(dossiers: list[Dossier], others: list[Entry], cuts: list[int], with_book: bool) -> None:
    entries = [*others, *booked(dossiers)]
    sums, findings = ReconciliationSums(), ReconciliationSums(notes=False)
    for page in pages(dossiers, cuts):
        sums.add(*parts(page), there(page))
        findings.add(*parts(page), there(page))
    for entered in pages(entries, cuts) if with_book else ():
        sums.add_entries(entered)
        findings.add_entries(entered)
    whole = reconciliation(*parts(dossiers), there(dossiers), Book(tuple(entries)) if with_book else None)
    assert sums.report() == whole
    worse = tuple(row for row in whole.rows if row.severity.value != "note")
    assert findings.report() == evolve(whole, rows=worse)


@given(entries=ENTRIES, cuts=CUTS)
def test_the_ledger(entries: list[Entry], cuts: list[int]) -> None:
    """Also what buyers owe and are owed, which is told order by order: here it is added up the long way."""
    sums = LedgerSums()
    for page in pages(entries, cuts):
        sums.add(page)
    book = Book(tuple(entries))
    assert (sums.balances(), sums.conservation()) == (book.balances(), book.conservation())
    for account in Account:
        assert sums.by_party(account) == book.by_party(account)
    buyers: Counter[tuple[Currency, str]] = Counter()
    for entry in entries:
        buyers[entry.currency, entry.order] += entry.amount(Account.BUYER).minor
    for currency, found in sums.conservation().items():
        amounts = [minor for (own, _), minor in buyers.items() if own == currency]
        assert found.unpaid.minor == sum(minor for minor in amounts if minor > 0)
        assert found.owed.minor == -sum(minor for minor in amounts if minor < 0)


@given(entries=ENTRIES)
def test_of_orders_that_are_settled_nothing_is_kept(entries: list[Entry]) -> None:
    sums = LedgerSums()
    sums.add(entries)
    buyers: Counter[tuple[Currency, str]] = Counter()
    for entry in entries:
        buyers[entry.currency, entry.order] += entry.amount(Account.BUYER).minor
    assert sums._buyers == {key: minor for key, minor in buyers.items() if minor}


@given(orders=ORDERS, cuts=CUTS)
def test_lines_of_csv(orders: list[Order], cuts: list[int]) -> None:
    """They are the same as in one piece; what has no column of its own stands in one besides, and is not lost."""
    for report in (sales(orders, SalesBy.TIER), owed(orders, [], [], at=NEW_YEAR)):
        rows: Sequence[Any] = report.rows
        cut = pages(rows, cuts)
        written = [line for place, page in enumerate(cut) for line in csv_lines(page, header=not place)]
        if cut[0]:
            assert "".join(written) == as_csv(report)
        assert "".join(csv_lines(report)) == as_csv(report)
    people = participants(orders)
    whole, lines = read(as_csv(people)), read("".join(csv_lines(iter(people))))
    assert len(whole) == len(lines) == len(people)
    for row, one, line in zip(people, whole, lines, strict=True):
        assert {key: text for key, text in one.items() if "answers." not in key} == {
            key: text for key, text in line.items() if key != "answers"
        }
        assert all(f"{question}: {text}" in line["answers"] for question, text in row.answers)


def read(text: str) -> list[dict[str, Any]]:
    return list(csv.DictReader(StringIO(text, newline="")))
