"""
What can be given back, and of which payments.

What is promised is reserved, whether or not it was asked for: nobody promises
the same money twice. What a person gave back at the provider is gone as well,
even before a refund of ours explains it.
"""

from collections.abc import Sequence
from datetime import UTC, datetime

from attrs import evolve

from paidevents.catalog.names import listed
from paidevents.checks import instance, of_kind
from paidevents.errors import InvalidValueError, RefundRefusedError
from paidevents.lifecycle.payment import PaymentState
from paidevents.lifecycle.refund import RefundState, RefundTrigger
from paidevents.money.amount import Money
from paidevents.money.currency import Currency
from paidevents.payments.payment import OTHER_PAYMENT, Payment
from paidevents.payments.refund import Refund, of_payment, refund_news
from paidevents.payments.snapshot import RefundSnapshot, RefundStatus, Snapshot, zero_or_more
from paidevents.reason import Reason

EXCEEDS_REFUNDABLE = Reason("exceeds_refundable", "Of what was received, only {left} can be given back now.")

# Which of ours a refund of the same amount may be that the provider made and does not say why: first one whose
# answer was lost, then one that was never asked for, then one that failed and that a person made by hand.
_MAY_BE = (RefundState.REQUESTED, RefundState.OWED, RefundState.FAILED)

# Neither given back nor reserved, and the order's no more.
_STILL_IN_TILL = (RefundState.FAILED, RefundState.DROPPED)

_HAS_MONEY = (PaymentState.PAID.value, PaymentState.REVIEW.value)

Pairs = tuple[tuple[Refund, RefundSnapshot], ...]


def matched(seen: Sequence[RefundSnapshot], refunds: Sequence[Refund]) -> tuple[Pairs, tuple[RefundSnapshot, ...]]:
    """
    Which of our *refunds* of a payment each of those is that the provider has *seen*.

    By its id there; else by our key, where the provider repeats it; else by
    its amount, if it did not fail.

    Returns:
        Pairs of ours and theirs; and those of theirs that did not fail and that none of ours explains.
    """
    pairs: list[tuple[Refund, RefundSnapshot]] = []
    rest: list[RefundSnapshot] = []
    for one in seen:
        ours = next((refund for refund in refunds if one.id in (refund.provider_id, *refund.earlier)), None)
        ours = ours or next((refund for refund in refunds if refund.is_key(one.key)), None)
        if ours is not None:
            pairs.append((ours, one))
        elif one.status is not RefundStatus.FAILED:
            rest.append(one)
    # One that is at the provider already, in its present attempt, is no candidate for another.
    found = {ours.id for ours, one in pairs if one.id == ours.provider_id or one.key == ours.key}
    free = [refund for state in _MAY_BE for refund in refunds if refund.state is state and _is_free(refund, found)]
    elsewhere = []
    for one in rest:
        ours = next((refund for refund in free if refund.amount == one.amount and _may_be(refund, one)), None)
        if ours is None:
            elsewhere.append(one)
        else:
            free.remove(ours)
            pairs.append((ours, one))
    return tuple(pairs), tuple(elsewhere)


def _is_free(refund: Refund, found: set[str]) -> bool:
    return refund.state is RefundState.FAILED or (not refund.provider_id and refund.id not in found)


def _may_be(refund: Refund, seen: RefundSnapshot) -> bool:
    """Whether it can be ours: not under another key, where the provider repeats them."""
    return not seen.key or refund.state is not RefundState.REQUESTED


def left_of(received: Money, seen: Sequence[RefundSnapshot], refunds: Sequence[Refund]) -> Money:
    """What is neither promised nor given back of what was *received* with one payment; never below zero."""
    pairs, elsewhere = matched(seen, refunds)
    # By hand, in place of one that had failed and reserves nothing.
    again = [one for ours, one in pairs if refund_news(ours, one) and ours.state is RefundState.FAILED]
    promised = [refund.amount for refund in refunds if refund.is_reserved]
    gone = (*promised, *(one.amount for one in (*elsewhere, *again)))
    rest = received.minor - sum(amount.minor for amount in gone if amount.currency == received.currency)
    return Money(max(rest, 0), received.currency)


def left(payment: Payment, refunds: Sequence[Refund]) -> Money:
    """What is neither promised nor given back of *payment*, disputed or not."""
    seen: Snapshot | None = payment.snapshot
    return left_of(payment.received, seen.refunds if seen else (), of_payment(payment, refunds))


def kept(payments: Sequence[Payment], refunds: Sequence[Refund], currency: Currency) -> Money:
    """
    What several payments have brought an order: what counts of them, less all that was given back or is promised.

    Of all but the one in question, it is what `Due` calls received. A refund that
    failed is still promised, and what was settled in another way pays for nothing
    more.

    Args:
        payments: Of one order. Those in another currency, and those that nobody has accepted, bring nothing.
        refunds: All that there are.
        currency: Of the order.

    Raises:
        InvalidValueError: A payment twice, or an argument of another kind.
    """
    money = Money.zero(instance(currency, "currency", Currency))
    for payment in listed(Payment)(payments, "payments"):
        if payment.counts and payment.received.currency == currency:
            spoken_for = [one.amount for one in of_payment(payment, refunds) if one.state in _STILL_IN_TILL]
            money += max(left(payment, refunds) - sum(spoken_for, Money.zero(currency)), Money.zero(currency))
    return money


def refundable(payment: Payment, refunds: Sequence[Refund]) -> Money:
    """
    The most that can be given back of *payment* now.

    It is what was received, less every refund that neither failed nor was
    dropped, and less what a person gave back at the provider and none of ours
    explains. While it is disputed it is nothing: the bank may take the money
    back as well.

    Args:
        payment: Which.
        refunds: All that there are; those of other payments do not matter.

    Raises:
        InvalidValueError: An argument of another kind.

    Example:
        >>> from paidevents import EUR
        >>> from paidevents.payments import Payment
        >>> unpaid = Payment(id="p1", order="A7", provider="cash", account="desk", amount=Money.of("20.00", EUR))
        >>> refundable(unpaid, [])
        Money.of('0.00', 'EUR')
    """
    rest = left(instance(payment, "payment", Payment), refunds)
    return Money.zero(rest.currency) if payment.is_disputed else rest


def spread(
    amount: Money, payments: Sequence[Payment], refunds: Sequence[Refund], *, disputed: bool = False
) -> tuple[tuple[str, Money], ...]:
    """
    From which of several payments *amount* is given back: of the oldest first, of none more than is left.

    What is *disputed* comes last, and only if that is allowed: it is owed, and not asked for before the dispute ends.

    Args:
        amount: In all; zero or more.
        payments: Of one order, in any order. Those in another currency do not count.
        refunds: All that there are.
        disputed: Payments with an open dispute count as well.

    Returns:
        Pairs of a payment's id and what is given back of it, above zero; their sum is *amount*.

    Raises:
        RefundRefusedError: Less than that is left (`exceeds_refundable`).
        InvalidValueError: An amount below zero, a payment twice, or an argument of another kind.
    """
    rest = zero_or_more(amount, "amount")
    made = []
    of_kind(bool)(disputed, "disputed")
    for payment in sorted(listed(Payment)(payments, "payments"), key=lambda one: (one.is_disputed, _came_at(one))):
        most = left(payment, refunds) if disputed else refundable(payment, refunds)
        if rest and most and most.currency == rest.currency:
            part = min(rest, most)
            made.append((payment.id, part))
            rest -= part
    if rest:
        raise RefundRefusedError((EXCEEDS_REFUNDABLE.given(left=amount - rest),))
    return tuple(made)


def _came_at(payment: Payment) -> datetime:
    """When money came of it first; of what nothing came, at the end of time."""
    came = (move.at for move in payment.history if move.state in _HAS_MONEY)
    return next(came, datetime.max.replace(tzinfo=UTC))


def requested(refund: Refund, payment: Payment, refunds: Sequence[Refund], *, at: datetime, by: str = "") -> Refund:
    """
    *refund*, about to be asked for; commit it before the provider is called with its key.

    After a failure it is the next attempt, with another key: the old one would
    repeat the failure.

    Args:
        refund: Owed, or failed.
        payment: Of which it is.
        refunds: All that there are, with this one or without.
        at: The moment.
        by: Who decided it.

    Raises:
        IllegalTransitionError: It was asked for already, or the payment has less left (`is_covered`).
        InvalidValueError: *payment* is another one, or an argument that cannot be.
    """
    instance(refund, "refund", Refund)
    if instance(payment, "payment", Payment).id != refund.payment or payment.order != refund.order:
        raise InvalidValueError("payment", OTHER_PAYMENT)
    most = refundable(payment, [one for one in of_payment(payment, refunds) if one.id != refund.id])
    is_covered = refund.amount.currency == most.currency and refund.amount <= most
    asked = refund.moved(RefundTrigger.REQUEST, at=at, by=by, is_covered=is_covered)
    if refund.state is RefundState.OWED:
        return asked
    earlier = (*refund.earlier, refund.provider_id) if refund.provider_id else refund.earlier
    return evolve(asked, attempt=refund.attempt + 1, provider_id="", earlier=earlier)
