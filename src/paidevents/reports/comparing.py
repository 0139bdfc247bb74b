"""Payments, their refunds and their fees: ours against the provider's."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from paidevents.lifecycle.payment import PaymentState
from paidevents.lifecycle.refund import RefundState
from paidevents.money.amount import Money
from paidevents.money.currency import Currency
from paidevents.payments.giving_back import matched
from paidevents.payments.payment import Payment
from paidevents.payments.refund import Refund, is_of_failed_attempt, of_payment
from paidevents.payments.snapshot import DisputeStatus, RefundSnapshot, RefundStatus, Snapshot, Status
from paidevents.reason import Reason, Severity
from paidevents.registration.order import Order
from paidevents.reports.parts import parts_of
from paidevents.reports.places import places_of
from paidevents.reports.reconciled import (
    AMOUNT_DIFFERS,
    FEE_DIFFERS,
    MISSING_AT_PROVIDER,
    PAYMENT_MATCHES,
    REFUND_AMOUNT_DIFFERS,
    REFUND_DIFFERS,
    REFUND_MISSING_THERE,
    REFUND_NOT_OURS,
    UNKNOWN_HERE,
    ReconciliationRow,
)

_HAS_MONEY = (PaymentState.PAID, PaymentState.REVIEW)
# What the provider has to know; it may forget what never came to anything.
_KNOWN_THERE = (*_HAS_MONEY, PaymentState.OPEN, PaymentState.AUTHORIZED, PaymentState.PENDING)
_MAY_BE_PAID = (Status.OPEN, Status.AUTHORIZED, Status.PENDING)
# What a provider says of a refund that stands here.
STANDS_FOR = {
    RefundState.REQUESTED: RefundStatus.PENDING,
    RefundState.PENDING: RefundStatus.PENDING,
    RefundState.SUCCEEDED: RefundStatus.SUCCEEDED,
    RefundState.FAILED: RefundStatus.FAILED,
}
_UNDER_WAY = (RefundState.REQUESTED, RefundState.PENDING)
_ASKED_FOR = (*_UNDER_WAY, RefundState.SUCCEEDED)


def compared(payment: Payment, seen: Snapshot | None, refunds: Sequence[Refund]) -> Iterator[ReconciliationRow]:
    """
    What is found of a payment of ours and its refunds; *seen* is what the provider says, None if it does not know it.

    Raises:
        InvalidValueError: A refund is of the payment's id and of another order.
    """
    here = came(payment.snapshot, payment.amount.currency)
    if seen is None:
        if payment.state in _KNOWN_THERE:
            yield ReconciliationRow(
                severity=Severity.ERROR if payment.state in _HAS_MONEY else Severity.WARNING,
                reason=MISSING_AT_PROVIDER,
                provider=payment.provider,
                account=payment.account,
                order=payment.order,
                payment=payment.id,
                provider_id=payment.ref.id if payment.ref is not None else "",
                here=payment.state.value,
                ours=here,
            )
        return
    there = came(seen, payment.amount.currency)
    found = list(_compared_refunds(payment, seen, refunds))
    differs = here != there
    if differs or not found:
        yield ReconciliationRow(
            severity=Severity.ERROR if differs else Severity.NOTE,
            reason=AMOUNT_DIFFERS.given(ours=here, theirs=there) if differs else PAYMENT_MATCHES,
            provider=payment.provider,
            account=payment.account,
            order=payment.order,
            payment=payment.id,
            provider_id=seen.ref.id,
            here=payment.state.value,
            there=seen.status.value,
            ours=here,
            theirs=there,
        )
    yield from found


def not_here(seen: Snapshot) -> Iterator[ReconciliationRow]:
    """What is found of a payment that only the provider has."""
    there = came(seen, seen.requested.currency)
    if there or seen.refunds or seen.status in _MAY_BE_PAID:
        yield ReconciliationRow(
            severity=Severity.WARNING if seen.status in _MAY_BE_PAID else Severity.ERROR,
            reason=UNKNOWN_HERE,
            provider=seen.ref.provider,
            account=seen.ref.account,
            order=seen.reference,
            provider_id=seen.ref.id,
            there=seen.status.value,
            theirs=there,
        )


def came(seen: Snapshot | None, currency: Currency) -> Money:
    """What came of a payment, less what is disputed, or was lost in a dispute."""
    if seen is None or seen.received is None:
        return Money.zero(currency)
    if seen.dispute in (DisputeStatus.OPEN, DisputeStatus.LOST):
        return seen.received - (seen.disputed or seen.received)
    return seen.received


def _compared_refunds(payment: Payment, seen: Snapshot, refunds: Sequence[Refund]) -> Iterator[ReconciliationRow]:
    """
    What differs between our refunds of a payment and those that the provider tells of.

    Raises:
        InvalidValueError: A refund is of the payment's id and of another order.
    """
    own = of_payment(payment, refunds)
    pairs, elsewhere = matched(seen.refunds, own)
    # An attempt that failed long ago tells nothing of the one that is under way.
    present = [(ours, one) for ours, one in pairs if not is_of_failed_attempt(ours, one)]
    for ours, theirs in present:
        yield from _differs(payment, ours, theirs)
    found = {ours.id for ours, _ in present}
    for ours in own:
        if ours.id not in found and ours.state in _ASKED_FOR:
            severity = Severity.WARNING if ours.state in _UNDER_WAY else Severity.ERROR
            yield _row(payment, severity, REFUND_MISSING_THERE.given(ours=ours.amount), ours, None)
    for theirs in elsewhere:
        yield _row(payment, Severity.ERROR, REFUND_NOT_OURS.given(theirs=theirs.amount), None, theirs)


def compared_fees(
    orders: Sequence[Order], pairs: Sequence[tuple[Payment, Snapshot | None]]
) -> Iterator[ReconciliationRow]:
    """
    Where providers took another fee for an order than was reckoned for its places.

    Only where one was reckoned, and where what was taken is known of every payment that came.
    """
    seen: defaultdict[str, list[Snapshot]] = defaultdict(list)
    for payment, snapshot in pairs:
        if snapshot is not None and snapshot.received:
            seen[payment.order].append(snapshot)
    for order in orders:
        reckoned = _reckoned(order)
        fees = [snapshot.fee for snapshot in seen[order.id]]
        known = [fee for fee in fees if fee is not None and fee.currency == order.currency]
        taken = sum(known, Money.zero(order.currency))
        if reckoned and fees and len(known) == len(fees) and taken != reckoned:
            ref = seen[order.id][0].ref
            yield ReconciliationRow(
                severity=Severity.NOTE,
                reason=FEE_DIFFERS.given(ours=reckoned, theirs=taken),
                provider=ref.provider,
                account=ref.account,
                order=order.id,
                ours=reckoned,
                theirs=taken,
            )


def _reckoned(order: Order) -> Money:
    """What providers were reckoned to take for the places that were paid for, given up since or not (GT-04)."""
    parts = [parts_of(quote) for quote in order.quotes]
    paid = [place for place in places_of(order) if place.charged]
    return Money(sum(parts[place.quote].estimated[place.unit] for place in paid), order.currency)


def _differs(payment: Payment, ours: Refund, theirs: RefundSnapshot) -> Iterator[ReconciliationRow]:
    if ours.amount != theirs.amount:
        reason = REFUND_AMOUNT_DIFFERS.given(ours=ours.amount, theirs=theirs.amount)
        yield _row(payment, Severity.ERROR, reason, ours, theirs)
    elif STANDS_FOR.get(ours.state) is not theirs.status:
        goes_back = ours.state in _ASKED_FOR and theirs.status is not RefundStatus.FAILED
        severity = Severity.WARNING if goes_back else Severity.ERROR
        yield _row(payment, severity, REFUND_DIFFERS.given(ours=ours.amount), ours, theirs)


def _row(
    payment: Payment, severity: Severity, reason: Reason, ours: Refund | None, theirs: RefundSnapshot | None
) -> ReconciliationRow:
    provider_id = theirs.id if theirs is not None else ""
    return ReconciliationRow(
        severity=severity,
        reason=reason,
        provider=payment.provider,
        account=payment.account,
        order=payment.order,
        payment=payment.id,
        refund=ours.id if ours is not None else "",
        provider_id=provider_id or (ours.provider_id if ours is not None else ""),
        here=ours.state.value if ours is not None else "",
        there=theirs.status.value if theirs is not None else "",
        ours=ours.amount if ours is not None else None,
        theirs=theirs.amount if theirs is not None else None,
    )
