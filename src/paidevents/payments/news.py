"""
Which news of a payment are news: from where it stands and what is seen to a trigger of its table.

News can be told twice, late and in another order. What the table has no row
for is older than what is known, and is passed over whole.
"""

from attrs import frozen

from paidevents.lifecycle.order import OrderState
from paidevents.lifecycle.payment import PAYMENT, PaymentState, PaymentTrigger
from paidevents.money.amount import Money
from paidevents.payments.due import Due
from paidevents.payments.giving_back import left, left_of
from paidevents.payments.payment import Payment
from paidevents.payments.refund import Refund
from paidevents.payments.snapshot import DisputeStatus, Snapshot, Status

S, T = PaymentState, PaymentTrigger

_ROWS = {(row.source, row.trigger) for row in PAYMENT.rows}
_HAS_MONEY = (S.PAID, S.REVIEW)
_SAYS = {
    Status.OPEN: T.OPEN,
    Status.AUTHORIZED: T.AUTHORIZE,
    Status.PENDING: T.PEND,
    Status.EXPIRED: T.EXPIRE,
}
_STANDS_FOR = {
    Status.OPEN: (S.OPEN,),
    Status.AUTHORIZED: (S.AUTHORIZED,),
    Status.PENDING: (S.PENDING,),
    Status.EXPIRED: (S.EXPIRED,),
}
_GONE = (S.FAILED, S.LOST)


@frozen(kw_only=True)
class Case:
    """
    All that a decision looks at.

    Attributes:
        payment: As it is stored.
        seen: What the provider says now, with what it does not repeat.
        due: What the order needs.
        refunds: Of this payment.
    """

    payment: Payment
    seen: Snapshot
    due: Due
    refunds: tuple[Refund, ...]

    @property
    def known(self) -> Snapshot | None:
        """What the provider said before."""
        return self.payment.snapshot

    @property
    def had(self) -> Money:
        """What of it was neither promised nor given back before these news."""
        return left(self.payment, self.refunds)

    @property
    def has(self) -> Money:
        """What of it is neither promised nor given back now."""
        return left_of(money_of(self.seen), self.seen.refunds, self.refunds)

    @property
    def was_disputed(self) -> bool:
        """Whether a dispute was known, and was not known to be won."""
        return self.known is not None and self.known.dispute in (DisputeStatus.OPEN, DisputeStatus.LOST)

    @property
    def pays(self) -> bool:
        """Whether places were let go of for its money, and nothing else pays for them."""
        return self.payment.counts and self.due.is_paid and bool(self.due.needs) and bool(self.had)

    @property
    def is_uncovered(self) -> bool:
        """Whether less is left now of what pays; what is in another currency a person looks at anyhow."""
        if not self.pays or {self.has.currency, self.had.currency} != {self.due.asked.currency}:
            return False
        return self.has < min(self.had, self.due.needs)

    @property
    def is_relied_on(self) -> bool:
        """Whether it pays, or the organizer is to decide on the strength of what is set aside, and nothing else is."""
        waits = self.due.order is OrderState.AUTHORIZED and not self.due.is_promised
        return self.pays or (self.payment.is_set_aside and waits)


def money_of(seen: Snapshot) -> Money:
    """What a snapshot says was received; nothing where it says nothing."""
    return Money.zero(seen.requested.currency) if seen.received is None else seen.received


def is_old(payment: Payment, seen: Snapshot) -> bool:
    """
    Whether *seen* is older than what is known.

    So is the end of a checkout that nobody knows, where a later attempt is
    under way: it is that of an earlier one, whose answer was lost.
    """
    if payment.ref is None and payment.attempt > 1 and seen.status in (Status.FAILED, Status.EXPIRED):
        return True
    told = _told(payment, seen)
    return told is not None and (payment.state, told) not in _ROWS and payment.state not in _states(seen)


def trigger_of(payment: Payment, seen: Snapshot) -> PaymentTrigger | None:
    """What happened, if *seen* is no older than what is known; None if it stands where it stood."""
    told = _told(payment, seen)
    return told if (payment.state, told) in _ROWS else None


def has_changed(payment: Payment, seen: Snapshot) -> bool:
    """Whether another amount was received than was known."""
    return payment.snapshot is None or seen.received != payment.snapshot.received


def _told(payment: Payment, seen: Snapshot) -> PaymentTrigger | None:
    if seen.is_gone:
        return T.LOSE if payment.state in _HAS_MONEY else T.FAIL
    if seen.status is not Status.PAID:
        return _SAYS[seen.status]
    as_due, changed = seen.received == payment.amount, has_changed(payment, seen)
    if payment.state is S.PAID:
        return T.MISMATCH if changed else None
    if payment.state is S.REVIEW:
        return T.RECEIVE if changed and as_due else None
    if payment.state is S.LOST:
        if seen.dispute is DisputeStatus.OPEN:
            return None
        return T.RECEIVE if as_due or (_was_right(payment) and not changed) else T.MISMATCH
    return T.RECEIVE if as_due else T.MISMATCH


def _was_right(lost: Payment) -> bool:
    """Whether what was lost had been taken as it came: it neither waited for a person nor was to go back."""
    before = lost.history[-2]
    return before.state == S.PAID.value and before.trigger != T.DECLINE.value


def _states(seen: Snapshot) -> tuple[PaymentState, ...]:
    """Where a payment stands of which this was told before, if no money came of it."""
    return _GONE if seen.is_gone else _STANDS_FOR[seen.status]
