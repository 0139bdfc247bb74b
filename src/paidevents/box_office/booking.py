"""
Booking: the ledger's entries for everything that became different between two states of a dossier.

It is asked once for every commit that writes a dossier, and nothing else books.
What happened is seen in the difference: money that came, places that were
settled, refunds that were made. What the accounts have to come to follows from
the state alone (see `standing`), so it does not matter in how many commits
something happened.
"""

from datetime import datetime

from paidevents.box_office.booking_money import returned, write_fees, write_payments, write_refunds
from paidevents.box_office.booking_page import Page
from paidevents.box_office.booking_places import write_places
from paidevents.box_office.standing import Standing, standing
from paidevents.catalog.names import UNKNOWN_ID
from paidevents.checks import instance, instant, of_kind, optional
from paidevents.errors import InvalidValueError
from paidevents.ledger.account import Account
from paidevents.ledger.entry import Entry
from paidevents.ledger.movements import forgiven, recovered, surplus, surplus_used
from paidevents.money.amount import Money
from paidevents.ports.dossier import Dossier

_NEW = Standing({}, {})


def booked(before: Dossier | None, after: Dossier, *, at: datetime) -> tuple[Entry, ...]:
    """
    The entries of everything that changed between two states of one order's dossier.

    - Places are sold when they are settled; places that are only held are not booked.
    - What came and is not the order's is held for the buyer, until it goes back or
      is taken for what the buyer owes.
    - What is given back is owed from the moment it is decided, and paid when the
      provider has made it.
    - What was lost is undone with the places that it paid for. What the order no
      longer asks for is forgiven.

    So the buyer's account shows the refunds for places that are not made yet, and
    what a paid order lacks; else nothing.

    Args:
        before: As it was read; None for a new one.
        after: As it is to be.
        at: When it happened.

    Returns:
        They are called after the order and numbered on from `before.entries`; none if nothing was moved.

    Raises:
        InvalidValueError: Two orders, a refund of what is in no payment or quote, or an argument of another kind.
        CurrencyMismatchError: It decided to give back in another currency.
        NaiveDatetimeError: The moment has no zone.
    """
    had, has = optional(of_kind(Dossier))(before, "before"), instance(after, "after", Dossier)
    if had is not None and had.id != has.id:
        raise InvalidValueError("before", UNKNOWN_ID.given(id=had.id))
    page = Page(has.id, 0 if had is None else had.entries, instant(at, "at"))
    was, now = _NEW if had is None else standing(had), standing(has)
    write_payments(page, had, has)
    write_places(page, None if had is None else had.order, has.order)
    write_fees(page, had, has)
    _write_held(page, had, has, was, now)
    write_refunds(page, had, has)
    _write_let_go(page, was, now)
    return tuple(page.entries)


def _write_held(page: Page, before: Dossier | None, after: Dossier, was: Standing, now: Standing) -> None:
    """What is set aside for the buyer of each payment, and what is taken of that for what the buyer owes."""
    back = returned(before, after)
    for purse in dict.fromkeys((*was.held, *now.held, *back)):
        payment, currency = purse
        more = now.held.get(purse, 0) - was.held.get(purse, 0) + back[purse]
        amount = Money(abs(more), currency)
        if more:
            page.write((surplus if more > 0 else surplus_used)(page.on(payment), amount))


def _write_let_go(page: Page, was: Standing, now: Standing) -> None:
    """What nobody claims of the buyer any more; or came after all, or for places of which the sale was undone."""
    for currency in dict.fromkeys((*was.buyer, *now.buyer)):
        rest = now.buyer.get(currency, 0) - was.buyer.get(currency, 0) - page.moved(Account.BUYER, currency)
        if rest:
            page.write((recovered if rest > 0 else forgiven)(page.on(), Money(abs(rest), currency)))
