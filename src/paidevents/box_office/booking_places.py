"""
Entries of places: sold, given back, at another price from now on, or lost with their payment.

Nothing is booked for places that are only held: a sale is one when it is
settled.
"""

from collections.abc import Sequence

from paidevents.box_office.booking_page import Page
from paidevents.box_office.standing import claim_of, is_sold, sold
from paidevents.ledger.account import Account
from paidevents.ledger.refunds import refund_owed, repriced
from paidevents.ledger.sales import sale
from paidevents.money.amount import Money
from paidevents.pricing.given_back import RefundDue
from paidevents.pricing.quote import Quote
from paidevents.pricing.refundable import Accounts
from paidevents.pricing.refunds import refund_of_amount
from paidevents.registration.order import Order
from paidevents.registration.parts import Repriced
from paidevents.registration.registration import Registration


def write_places(page: Page, before: Order | None, after: Order) -> None:
    """All that became of places, in the order in which it can happen to one."""
    had = page.moved(Account.BUYER, after.currency)
    _write_sales(page, before, after)
    _write_given(page, before, after)
    if before is not None:
        _write_changes(page, before, after)
    _write_repriced(page, before, after)
    booked = page.moved(Account.BUYER, after.currency) - had
    claimed = 0 if before is None else claim_of(before)
    _write_lost(page, before, after, claimed + booked - claim_of(after))


def _write_sales(page: Page, before: Order | None, after: Order) -> None:
    number, units = sold(after)
    had = () if before is None else sold(before)[1]
    fresh = [unit for unit in units if unit not in had]
    if fresh:
        page.write(sale(page.on(), after.quotes[number], fresh))


def _write_given(page: Page, before: Order | None, after: Order) -> None:
    """What was decided to be given back."""
    known = 0 if before is None else len(before.given)
    for place, given in enumerate(after.given):
        if place >= known:
            earlier = [one for one in after.given[place:] if one.quote == given.quote]
            prior = after.refunds_of(given.quote)[: -len(earlier)]
            page.write(refund_owed(page.on(), after.quotes[given.quote], given.refund, before=prior))


def _write_changes(page: Page, before: Order, after: Order) -> None:
    """Tickets that were changed: at another price, and dearer ones for the difference."""
    had = {one.id: one for one in before.registrations}
    for one in after.registrations:
        was = had.get(one.id)
        if was is None or not is_sold(one):
            continue
        number = after.origin(one.quote, one.units[0])[0]
        if number in (before.origin(was.quote, was.units[0])[0], sold(after)[0]):
            continue
        quote, fresh = after.quotes[was.quote], after.quotes[number]
        dearer = fresh.charged - before.charge([was])
        page.write(
            repriced(
                page.on(),
                quote,
                fresh,
                was.units,
                asked=dearer if dearer.minor > 0 else None,
                before=after.refunds_of(was.quote),
            )
        )


def _write_repriced(page: Page, before: Order | None, after: Order) -> None:
    """Places that are kept at the price that they deserve alone, once others were given up."""
    known = 0 if before is None else len(before.repriced)
    active = {one.id for one in (after.registrations if before is None else before.active)}
    gone = [one for one in after.registrations if one.id in active and not one.is_active and is_sold(one)]
    number, units = sold(after)
    for one in after.repriced[known:]:
        waived = [
            place
            for place in range(len(one.units))
            if after.origin(one.quote, place) not in {(number, u) for u in units}
        ]
        kept = [unit for place, unit in enumerate(one.units) if place not in waived]
        fresh = after.quotes[one.quote]
        page.write(
            repriced(
                page.on(),
                after.quotes[one.of],
                fresh,
                [*kept, *after.units(one.of, gone)],
                unpaid=_unpaid(one, fresh, waived),
                before=after.refunds_of(one.of),
            )
        )


def _unpaid(one: Repriced, fresh: Quote, waived: Sequence[int]) -> RefundDue | None:
    """What of the fresh price there is no money for: nor is there any for places that nobody had to pay for."""
    if not waived:
        return one.unpaid
    prior = () if one.unpaid is None else (one.unpaid,)
    rest = _all_of(fresh, prior, waived)
    if one.unpaid is None:
        return rest
    return RefundDue(
        units=(*one.unpaid.units, *rest.units),
        order_fee=one.unpaid.order_fee,
        amount=one.unpaid.amount + rest.amount,
        tax=one.unpaid.tax + rest.tax,
        fee=one.unpaid.fee + rest.fee,
        fees=True,
    )


def _write_lost(page: Page, before: Order | None, after: Order, too_much: int) -> None:
    """
    Places that went with their payment: what was left of their sale is undone.

    If more than that was lost, what was kept of places that are gone is undone as well.
    """
    was_lost = [] if before is None else [one.id for one in before.registrations if one.is_lost]
    lost = [one for one in after.registrations if one.is_lost]
    fresh = [one for one in lost if one.id not in was_lost]
    if not fresh:
        return
    older = [one for one in lost if one.id in was_lost]
    for number, quote in enumerate(after.quotes):
        prior = (*after.refunds_of(number), *_undone(after, number, older))
        for due in _undone(after, number, fresh):
            page.write(refund_owed(page.on(), quote, due, before=prior))
            too_much -= due.amount.minor
    for number, quote in enumerate(after.quotes):
        prior = (*after.refunds_of(number), *_undone(after, number, older), *_undone(after, number, fresh))
        due = _kept(after, number, prior, max(too_much, 0))
        if due is not None:
            page.write(refund_owed(page.on(), quote, due, before=prior))
            too_much -= due.amount.minor


def _undone(order: Order, number: int, lost: Sequence[Registration]) -> tuple[RefundDue, ...]:
    """All that is left of places that were lost."""
    units = order.units(number, lost)
    return (_all_of(order.quotes[number], order.refunds_of(number), units),) if units else ()


def _kept(order: Order, number: int, prior: Sequence[RefundDue], most: int) -> RefundDue | None:
    """At *most* what was kept of the places of a quote that are gone; with the last, what was due once."""
    gone = order.units(number, [one for one in order.registrations if is_sold(one) and not one.is_active])
    if not gone:
        return None
    quote = order.quotes[number]
    accounts = Accounts(quote, prior)
    left = sum(accounts.places[unit].left(True) for unit in gone)
    is_all = len(gone) == len(quote.charges)
    if is_all:
        left += accounts.order.left(True)
    amount = Money(min(most, left), quote.currency)
    return refund_of_amount(quote, amount, units=None if is_all else gone, before=prior)


def _all_of(quote: Quote, prior: Sequence[RefundDue], units: Sequence[int]) -> RefundDue:
    """All that is left of some places."""
    accounts = Accounts(quote, prior)
    left = Money(sum(accounts.places[unit].left(True) for unit in units), quote.currency)
    return refund_of_amount(quote, left, units=units, before=prior)
