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
            units = _sold_in(given.quote, before, after)
            page.write(refund_owed(page.on(), after.quotes[given.quote], given.refund, before=prior, units=units))


def _sold_in(number: int, before: Order | None, after: Order) -> tuple[int, ...] | None:
    """Whose places in a quote were sold, and had no other price before this; None for all of a new quote."""
    if before is None or number >= len(before.quotes):
        return None
    sold_by_now = {one.id for one in after.registrations if is_sold(one)}
    return before.units(number, [one for one in before.registrations if one.id in sold_by_now])


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
    gone = [one for one in after.registrations if is_sold(one) and not (one.is_active or one.is_lost)]
    number, units = sold(after)
    for one in after.repriced[known:]:
        origins = [after.origin(one.quote, place) for place in range(len(one.units))]
        paying = [place for place, (quote, unit) in enumerate(origins) if quote != number or unit in units]
        page.write(
            repriced(
                page.on(),
                after.quotes[one.of],
                after.quotes[one.quote],
                [*(one.units[place] for place in paying), *after.units(one.of, gone)],
                unpaid=one.unpaid,
                before=after.refunds_of(one.of),
                paying=paying,
            )
        )


def _write_lost(page: Page, before: Order | None, after: Order, too_much: int) -> None:
    """
    Places that went with their payment: what was left of their sale is undone.

    Where more was lost, and nothing is left of the order, so is what was kept of places that had been given
    up before; of a part that was kept and is lost, the sale stays.
    """
    known = () if before is None else tuple(one.id for one in before.registrations if one.is_lost)
    lost = [one for one in after.registrations if one.is_lost]
    fresh = [one for one in lost if one.id not in known]
    for number, quote in enumerate(after.quotes):
        for due in _undone(after, number, fresh):
            page.write(refund_owed(page.on(), quote, due, before=after.refunds_of(number)))
            too_much -= due.amount.minor
    if fresh and too_much > 0 and not claim_of(after):
        for number, quote in enumerate(after.quotes):
            prior = (*after.refunds_of(number), *_undone(after, number, lost))
            for due in _kept(after, number, prior):
                page.write(refund_owed(page.on(), quote, due, before=prior))


def _undone(order: Order, number: int, lost: Sequence[Registration]) -> tuple[RefundDue, ...]:
    """All that is left of places that were lost; of all places of a quote, with what was due once for them."""
    units = order.units(number, lost)
    return (_all_of(order.quotes[number], units, order.refunds_of(number)),) if units else ()


def _kept(order: Order, number: int, prior: Sequence[RefundDue]) -> tuple[RefundDue, ...]:
    """What was kept of the places of a quote that were given up; of one priced anew, the others have it."""
    gone = [one for one in order.registrations if is_sold(one) and not one.is_active]
    is_priced_anew = any(one.of == number for one in order.repriced)
    if is_priced_anew or not order.units(number, [one for one in gone if not one.is_lost]):
        return ()
    return (_all_of(order.quotes[number], order.units(number, gone), prior),)


def _all_of(quote: Quote, units: Sequence[int], prior: Sequence[RefundDue]) -> RefundDue:
    """All that is left of some places; of all places of a quote, with what was due once for them."""
    accounts, is_all = Accounts(quote, prior), len(units) == len(quote.charges)
    left = sum(accounts.places[unit].left(True) for unit in units)
    left += accounts.order.left(True) if is_all else 0
    return refund_of_amount(quote, Money(left, quote.currency), units=None if is_all else units, before=prior)
