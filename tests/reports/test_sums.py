"""Whatever happened to orders, the rows of a report add up to the orders, and to the books."""

from collections.abc import Mapping
from itertools import count
from typing import Any

import pytest
from attrs import evolve, fields
from hypothesis import given
from hypothesis import strategies as st
from ledger.books import on
from reports.lives import KEEPS, lives

from paidevents import Money
from paidevents.ledger import Account, Book, refund_owed, sale
from paidevents.money import EUR
from paidevents.registration import Order
from paidevents.reports import Participant, SalesBy, as_csv, as_rows, participants, sales


def kept(order: Order) -> Money:
    """What an order keeps of what was paid for it: what is due, less what is only held."""
    held = [one for one in order.active if not one.is_settled and not one.is_waived]
    return order.due - order.charge(held)


def named(orders: list[Order]) -> list[Order]:
    return [evolve(order, id=f"{order.id}{number}") for number, order in enumerate(orders)]


@pytest.mark.parametrize("by", SalesBy)
@given(orders=st.lists(lives(), max_size=3))
def test_sales_add_up_to_what_orders_keep(by: SalesBy, orders: list[Order]) -> None:
    found = sales(named(orders), by, zone="Europe/Paris")
    nothing = Money.zero(EUR)
    rows = [row.charged - row.given_back + row.adjusted for row in found.rows]
    assert sum(rows, nothing) == sum(map(kept, orders), nothing)
    for name in ("places", "gone"):
        assert sum(getattr(row, name) for row in found.rows) == sum(getattr(row, name) for row in found.totals)
    for name in (
        "list_price",
        "discount",
        "waived",
        "charged",
        "given_back",
        "adjusted",
        "tax",
        "fees",
        "organizer_keeps",
    ):
        whole = sum((getattr(row, name) for row in found.totals), nothing)
        assert sum((getattr(row, name) for row in found.rows), nothing) == whole, name
    assert sum((row.given_back for row in found.rows), nothing) == sum(
        (one.refund.amount for order in orders for one in order.given), nothing
    )


@given(lives())
def test_participants_add_up_to_what_their_order_keeps(order: Order) -> None:
    rows = participants([order])
    assert [row.registration for row in rows] == [one.id for one in order.registrations]
    nothing = Money.zero(EUR)
    sold = [row for row in rows if row.payment.value not in {"unpaid", "set_aside", "void", "lost"}]
    charged = sum((row.charged for row in sold), nothing)
    rest = sum((row.adjusted - row.given_back for row in rows), nothing)
    assert charged + rest == kept(order)
    for row in rows:
        assert row.charged == order.charge([order.registration(row.registration)])
        assert row.before_tax + row.tax == row.charged
        assert not row.refund_owed


@given(lives())
def test_without_the_people_every_amount_stays(order: Order) -> None:
    people = {"name", "email", "buyer_name", "buyer_email", "answers"}
    names = {each.name for each in fields(Participant)} - people
    before, after = participants([order]), participants([order.erased()])
    assert [[getattr(row, name) for name in names] for row in before] == [
        [getattr(row, name) for name in names] for row in after
    ]
    assert {row.name for row in after} == {row.buyer_email for row in after} == {None}
    assert sales([order]) == sales([order.erased()])


@given(lives(clawback=False, acts=KEEPS))
def test_without_changes_of_price_sales_are_what_the_books_say(order: Order) -> None:
    """The sale of the places that were paid for, and then each refund, booked one by one."""
    entries: list[Any] = []
    ids = (f"sums-{number}" for number in count())
    paid = [one for one in order.registrations if one.is_settled and not one.is_waived]
    for quote in order.quotes:
        entries += sale(on(id=next(ids)), quote, order.units(0, paid))
        before: list[Any] = []
        for one in order.given:
            entries += refund_owed(on(id=next(ids)), quote, one.refund, before=before)
            before.append(one.refund)
    balances: Mapping[Account, Money] = Book(tuple(entries)).balances().get(EUR, {})
    nothing = Money.zero(EUR)
    found = sales([order]).totals
    sums = {name: sum((getattr(row, name) for row in found), nothing) for name in ("tax", "fees", "organizer_keeps")}
    fees = [balances.get(account, nothing) for account in (Account.PLATFORM, Account.PROVIDER_FEES)]
    assert sums == {
        "tax": -balances.get(Account.TAX, nothing),
        "fees": -sum(fees, nothing),
        "organizer_keeps": -balances.get(Account.ORGANIZER, nothing),
    }


@given(st.lists(lives(), max_size=3))
def test_every_row_has_a_cell_for_every_column(orders: list[Order]) -> None:
    for report in (participants(named(orders)), sales(named(orders), SalesBy.TIER)):
        header, rows = as_rows(report)
        assert len(set(header)) == len(header)
        assert {len(row) for row in rows} <= {len(header)}
        assert as_csv(report).count("\r\n") == len(rows) + 1
