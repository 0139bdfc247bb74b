"""Entries of money that comes and goes: payments, disputes, what providers take, and refunds."""

from collections import Counter

from paidevents.box_office.booking_page import Page
from paidevents.box_office.standing import Came, Purse, came_of, refunds_for_places, sold
from paidevents.catalog.fees import FeeTaker
from paidevents.ledger.movements import (
    capture,
    dispute_lost,
    dispute_opened,
    dispute_won,
    payment_lost,
    provider_fee_seen,
    refund_dropped,
    refund_failed,
    refund_paid,
    surplus_returned,
)
from paidevents.lifecycle.payment import PaymentState
from paidevents.lifecycle.refund import RefundState
from paidevents.money.amount import Money
from paidevents.money.currency import Currency
from paidevents.payments.payment import Payment
from paidevents.ports.dossier import Dossier
from paidevents.registration.order import Order

_CAME = (PaymentState.PAID.value, PaymentState.REVIEW.value)


def write_payments(page: Page, before: Dossier | None, after: Dossier) -> None:
    """What came with payments, and what banks took of it."""
    known = {} if before is None else {payment.id: payment for payment in before.payments}
    for payment in after.payments:
        had = dict([came_of(known[payment.id])]) if payment.id in known else {}
        has = dict([came_of(payment)])
        for currency in dict.fromkeys((*had, *has)):
            _write_payment(page, payment, currency, had.get(currency, Came()), has.get(currency, Came()))


def _write_payment(page: Page, payment: Payment, currency: Currency, had: Came, has: Came) -> None:
    """
    The difference of what came. What a bank had kept and no longer keeps came once more.

    What failed while it was disputed the bank has, as if the dispute were lost.
    """
    again, fewer = max(had.kept - has.kept, 0), max(had.received - has.received, 0)
    came = max(has.received - had.received, 0) + max(again - fewer, 0)
    gone = max(fewer - again, 0)
    kept = max(has.kept - had.kept, 0)
    failed = min(max(had.disputed - has.disputed - kept, 0), gone)
    opened = has.disputed - had.disputed + kept + failed
    for movement, minor in (
        (capture, came),
        (dispute_opened, opened),
        (dispute_won, -opened),
        (dispute_lost, kept + failed),
        (payment_lost, gone - failed),
    ):
        if minor > 0:
            page.write(movement(page.on(payment.id), Money(minor, currency), payment.provider))


def write_fees(page: Page, before: Dossier | None, after: Dossier) -> None:
    """
    What providers really took, once they say so.

    What was reckoned with the sale is replaced by what the first of the payments
    cost that brought money; the others cost what they cost. A fee in another
    currency is booked in its own, and what was reckoned is not taken.
    """
    known = {} if before is None else {payment.id: payment for payment in before.payments}
    was, now = _replaced(before), _replaced(after)
    first = next(iter(_told(after)), None)
    for payment in after.payments:
        more: Counter[Currency] = Counter()
        for sign, one in ((-1, known.get(payment.id)), (1, payment)):
            fee = one.snapshot.fee if one is not None and one.snapshot is not None else None
            if fee is not None:
                more[fee.currency] += sign * fee.minor
        if payment is first:
            more[after.order.currency] -= now - was
        for currency, minor in more.items():
            estimated, actual = Money(max(-minor, 0), currency), Money(max(minor, 0), currency)
            page.write(provider_fee_seen(page.on(payment.id), estimated, actual, payment.provider))


def _replaced(dossier: Dossier | None) -> int:
    """What was reckoned to be taken, and is known better by now, in minor units."""
    return _reckoned(dossier.order) if dossier is not None and _told(dossier) else 0


def _told(dossier: Dossier) -> list[Payment]:
    """The payments that brought money and of which the fee is known."""
    return [
        one
        for one in dossier.payments
        if one.snapshot is not None
        and one.snapshot.fee is not None
        and any(move.state in _CAME for move in one.history)
    ]


def _reckoned(order: Order) -> int:
    """What providers were reckoned to take for the places that were sold, tax included, in minor units."""
    number, units = sold(order)
    fees = order.quotes[number].record.fee_records if units else ()
    return sum(fee.amounts[unit] for fee in fees if fee.taker is FeeTaker.PROVIDER for unit in units)


def write_refunds(page: Page, before: Dossier | None, after: Dossier) -> None:
    """Refunds that were made, or that failed after they had been made, or that are settled in another way."""
    for_places = refunds_for_places(after)
    for id, made in _turned(before, after).items():
        refund = after.refund(id)
        provider = after.payment(refund.payment).provider
        movement = refund_paid if id in for_places else surplus_returned
        on = page.on(refund.payment, id)
        paid = movement(on, refund.amount, provider)
        page.write(paid if made else refund_failed(on, paid[0]))
    for refund in after.refunds:
        if refund.state is RefundState.DROPPED and _state(before, refund.id) is not RefundState.DROPPED:
            page.write(refund_dropped(page.on(refund.payment, refund.id), refund.amount))


def returned(before: Dossier | None, after: Dossier) -> Counter[Purse]:
    """What of what is held was given back meanwhile, in minor units; below zero, what did not arrive."""
    for_places = refunds_for_places(after)
    back: Counter[Purse] = Counter()
    for id, made in _turned(before, after).items():
        refund = after.refund(id)
        if id not in for_places:
            back[refund.payment, refund.amount.currency] += refund.amount.minor if made else -refund.amount.minor
    return back


def _turned(before: Dossier | None, after: Dossier) -> dict[str, bool]:
    """The refunds that were made meanwhile, or are no longer."""
    made = {refund.id: refund.state is RefundState.SUCCEEDED for refund in after.refunds}
    return {id: is_made for id, is_made in made.items() if is_made is not (_state(before, id) is RefundState.SUCCEEDED)}


def _state(dossier: Dossier | None, id: str) -> RefundState | None:
    """Where a refund stood; None if there was none."""
    refunds = () if dossier is None else dossier.refunds
    return next((refund.state for refund in refunds if refund.id == id), None)
