"""What must hold of money, by the provider's books: each promise says what breaks it."""

from collections import Counter
from collections.abc import Iterator

from paidevents.catalog.decisions import LatePayment
from paidevents.ledger.account import Account
from paidevents.lifecycle.order import OrderState, OrderTrigger
from paidevents.lifecycle.payment import PaymentState
from paidevents.lifecycle.refund import RefundState
from paidevents.money.amount import Money
from paidevents.money.currency import Currency
from paidevents.payments.refund import RefundPurpose
from paidevents.payments.snapshot import RefundStatus, Snapshot, Status
from paidevents.ports.dossier import Dossier
from paidevents.ports.message import MessageKind
from paidevents.registration.order import Order
from paidevents.testing.evidence import Evidence, InTill

# Promised to the buyer, and still in the till: owed, failed, or settled in another way.
_IN_TILL = (RefundState.OWED, RefundState.FAILED, RefundState.DROPPED)
_UNDER_WAY = {RefundStatus.PENDING: RefundState.PENDING, RefundStatus.SUCCEEDED: RefundState.SUCCEEDED}
_OVER = (OrderState.EXPIRED, OrderState.CANCELLED)


def _owners(evidence: Evidence) -> Iterator[str]:
    """Whatever a provider has is of an order that is kept, and what a person saw is what is kept."""
    for seen in evidence.there.values():
        if seen.reference not in evidence.dossiers:
            yield f"{seen.ref.id} is of {seen.reference}, which is gone"
    for dossier in evidence.dossiers.values():
        for payment in dossier.payments:
            came = payment.received
            if evidence.is_by_hand(payment) and came and came not in evidence.log.by_hand.get(payment.id, ()):
                yield f"{payment.id}: nobody saw {came}"


def _refunds(evidence: Evidence) -> Iterator[str]:
    """P5: no more is given back than came, and nothing twice."""
    for seen in evidence.there.values():
        came = 0 if seen.received is None else seen.received.minor
        made = [refund for refund in seen.refunds if refund.status is not RefundStatus.FAILED]
        back = sum(refund.amount.minor for refund in made)
        if seen.status is Status.PAID and back > came:
            yield f"{seen.ref.id}: {back} of {came} were given back"
        times = Counter(refund.key.rpartition(":")[0] for refund in made if refund.key)
        for id, count in times.items():
            if count > 1:
                yield f"{id} was given back {count} times"
    for dossier in evidence.dossiers.values():
        for till in evidence.tills(dossier):
            if till.back > till.came and not till.is_lost:
                yield f"{till.payment.id}: {till.back} of {till.came} were given back"


def _conserved(evidence: Evidence) -> Iterator[str]:
    """P3, in our own books."""
    book = evidence.book
    for order in (None, *evidence.dossiers):
        for currency, found in book.conservation(order).items():
            if not found.holds:
                yield f"{order or 'in all'}: the sides differ in {currency}"


def _accounts(evidence: Evidence) -> Iterator[str]:
    """P3, against the provider's books: what came, less what was given back and what banks took."""
    there: Counter[tuple[str, Currency]] = Counter()
    for dossier in evidence.dossiers.values():
        for till in evidence.tills(dossier):
            there[till.payment.provider, till.currency] += till.came - till.done - till.at_bank
    booked = evidence.book.by_party(Account.PROVIDER)
    parties = {(party, currency) for currency, found in booked.items() for party in found}
    for party, currency in sorted({*there, *parties}, key=str):
        ours = booked.get(currency, {}).get(party, Money.zero(currency)).minor
        if ours != there[party, currency]:
            yield f"{party}: {there[party, currency]} {currency} are there, and {ours} are booked"


def _known(evidence: Evidence) -> Iterator[str]:
    """P7: what is true at the provider is known."""
    refs = {payment.ref: payment for one in evidence.dossiers.values() for payment in one.payments}
    for ref, seen in evidence.there.items():
        payment = refs.get(ref)
        if payment is None:
            if seen.received is not None or seen.status in (Status.AUTHORIZED, Status.PENDING):
                yield f"{ref.id} has money, and nobody knows of it"
        elif payment.snapshot is None or _said(payment.snapshot) != _said(seen):
            yield f"{payment.id} is {seen.status.value} there, and is not known so"
    for checkout in evidence.log.checkouts.values():
        seen_at = [seen for ref, seen in evidence.there.items() if ref in refs and refs[ref].id == checkout.payment]
        if checkout.url and not (checkout.order in evidence.dossiers and seen_at):
            yield f"{checkout.payment} was shown to somebody, and is not there"


def _said(seen: Snapshot) -> tuple[object, ...]:
    """What a snapshot says of a payment; what was given back of it, its refunds say."""
    return seen.status, seen.requested, seen.received, seen.dispute


def _known_refunds(evidence: Evidence) -> Iterator[str]:
    """P7, of refunds."""
    for dossier in evidence.dossiers.values():
        ours = {refund.provider_id: refund for refund in dossier.refunds if refund.provider_id}
        for payment in dossier.payments:
            seen = None if payment.ref is None else evidence.there.get(payment.ref)
            for made in () if seen is None else seen.refunds:
                one = ours.get(made.id)
                if made.status is RefundStatus.FAILED:
                    is_known = one is None or one.state not in _UNDER_WAY.values()
                else:
                    is_known = one is not None and one.state is _UNDER_WAY[made.status]
                if not is_known:
                    yield f"{made.id} of {payment.id} is {made.status.value} there, and is not known so"


def _payable(evidence: Evidence) -> Iterator[str]:
    """Nobody can pay for what is not held, and nothing is set aside in vain."""
    for dossier in evidence.dossiers.values():
        for payment in dossier.payments:
            seen = None if payment.ref is None else evidence.there.get(payment.ref)
            if seen is None or seen.status not in (Status.OPEN, Status.AUTHORIZED):
                continue
            if not (_waits(dossier) or _is_reviewed(evidence, dossier.order)):
                yield f"{payment.id} is {seen.status.value}, and {dossier.id} is {dossier.order.state.value}"


def _waits(dossier: Dossier) -> bool:
    order = dossier.order
    return order.state in (OrderState.HELD, OrderState.AUTHORIZED) or order.change is not None


def _is_reviewed(evidence: Evidence, order: Order) -> bool:
    """Whether the organizer decides on what came late."""
    asked = bool(order.history) and order.history[-1].trigger == OrderTrigger.PAY.value
    late = order.state is OrderState.EXPIRED
    return late and (asked or evidence.plan(order.event).event.policy.late_payments is LatePayment.REVIEW)


def _kept(evidence: Evidence) -> Iterator[str]:
    """P4 and P6: what is in the till, less what is promised, is what the order keeps."""
    for dossier in evidence.dossiers.values():
        tills = [till for till in evidence.tills(dossier) if till.currency == dossier.order.currency]
        living = [till for till in tills if not till.is_lost]
        rests = {till.payment.id: till.came - till.back - _promised(evidence, dossier, till) for till in living}
        counted = sum(rests[till.payment.id] for till in living if till.payment.counts)
        if not _is_right(evidence, dossier, living, counted):
            order = dossier.order
            yield f"{order.id} is {order.state.value}, {counted} are in the till, and {order.due.minor} are due"
        for till in living:
            is_nobodys = not (till.payment.counts or till.is_disputed or till.payment.state is PaymentState.REVIEW)
            if is_nobodys and rests[till.payment.id]:
                yield f"{till.payment.id}: {rests[till.payment.id]} are in the till that are nobody’s"


def _promised(evidence: Evidence, dossier: Dossier, till: InTill) -> int:
    """What is promised to be given back of a payment, and is in its till; of what is stuck a person was told."""
    states = (*_IN_TILL, RefundState.REQUESTED) if _is_stuck(evidence, dossier) else _IN_TILL
    own = [refund for refund in dossier.refunds if refund.payment == till.payment.id]
    return sum(refund.amount.minor for refund in own if refund.state in states)


def _is_stuck(evidence: Evidence, dossier: Dossier) -> bool:
    return any(one.order == dossier.id and one.kind is MessageKind.TASK_STUCK for one in evidence.letters)


def _is_right(evidence: Evidence, dossier: Dossier, living: list[InTill], counted: int) -> bool:
    """Whether an order has what it should have; or a person was asked what it should have."""
    order = dossier.order
    due, asked = order.due.minor, order.asked.minor
    if order.state in (OrderState.HELD, OrderState.AUTHORIZED):
        return counted < asked or not asked
    if any(till.payment.state is PaymentState.REVIEW and till.payment.counts for till in living):
        return True
    if order.change is not None:
        return due <= counted <= max(asked, due)
    # While a bank may take all of it, nothing is given back of it.
    may_have_more = any(till.is_disputed for till in living) or _is_reviewed(evidence, order)
    return due - _may_lack(dossier, due) <= counted <= due or (may_have_more and counted > due)


def _may_lack(dossier: Dossier, due: int) -> int:
    """
    How much less an order may have than it keeps.

    A person gave it back at the provider, or tried to, and the order does not allow
    for it; or what was kept of places that are gone was lost with its payment.
    """
    was_lost = any(payment.state is PaymentState.LOST for payment in dossier.payments)
    if was_lost and dossier.order.state in _OVER:
        return due
    elsewhere = [one.amount for one in dossier.refunds if one.purpose is RefundPurpose.ELSEWHERE]
    return sum(amount.minor for amount in elsewhere if amount.currency == dossier.order.currency)


# What must hold at every moment, and what must hold when nothing is left to be done.
MONEY = {
    "What is in a till is of an order that is kept.": _owners,
    "No more is given back than came, and nothing twice.": _refunds,
    "No money is lost or made up in the books.": _conserved,
}
QUIET_MONEY = {
    "The books have of each provider what the provider has.": _accounts,
    "What is true of a payment at the provider is known.": _known,
    "What is true of a refund at the provider is known.": _known_refunds,
    "Nobody can pay for what is not held.": _payable,
    "Who has a place has paid, once, and what was paid for nothing is given back or owed.": _kept,
}
