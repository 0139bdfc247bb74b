"""
Payments: one try each to be paid, with one provider.

A payment never lies about what a provider said: it is moved by snapshots only,
along the table of `lifecycle.payment`. It is committed with its key before the
provider is called, so that a lost answer repeats the same call.
"""

from collections.abc import Sequence
from datetime import datetime

from attrs import evolve, frozen

from paidevents.checks import between, instance, of_kind, optional, settle, several, text
from paidevents.errors import IllegalTransitionError, InvalidValueError
from paidevents.lifecycle.payment import PAYMENT, PaymentFacts, PaymentRow, PaymentState, PaymentTrigger
from paidevents.machine import Move
from paidevents.money.amount import Money
from paidevents.payments.snapshot import (
    DisputeStatus,
    PaymentRef,
    RefundSnapshot,
    Snapshot,
    Status,
    above_zero,
    plain_id,
    provider_name,
)
from paidevents.reason import Reason

OTHER_PAYMENT = Reason("other_payment", "This belongs to another payment.")
PAID_WITHOUT_MONEY = Reason("paid_without_money", "It stands there as paid, but nothing says that money came.")
MAY_YET_BE_PAID = Reason("may_yet_be_paid", "It may yet be paid: start another payment.")

MOST_ATTEMPTS = 1000

_HAS_MONEY = (PaymentState.PAID, PaymentState.REVIEW)
_SET_ASIDE = (PaymentState.AUTHORIZED, PaymentState.PENDING)
# The moves that make its money the order's, and those that end that: the latest of them says.
_COUNTS = (PaymentTrigger.RECEIVE.value, PaymentTrigger.ACCEPT.value)
_ENDS = (PaymentTrigger.DECLINE.value, PaymentTrigger.LOSE.value)
_PLAIN = PaymentFacts()


@frozen(kw_only=True)
class Payment:
    """
    One try to be paid.

    What is started for another amount, with another provider or at another
    address is another payment: at the old address, money may still come.

    Attributes:
        id: Up to 64 letters, digits, `.`, `_` and `-` of ASCII; unique.
        order: Id of the order; the provider is given it as the reference.
        provider: Its name with its mode, such as "stripe:test".
        account: The organizer's account there, which also gives back what it took.
        amount: What it was started for, above zero.
        attempt: Number of the attempt, from 1.
        ref: What it is called there; None until that is known.
        snapshot: The latest that was heard of it; None before the first.
        history: Its moves, along the table of payments.

    Raises:
        InvalidValueError: A name or snapshot of another payment, paid without money, or an attribute that cannot be.

    Example:
        >>> from paidevents import EUR
        >>> price = Money.of("20.00", EUR)
        >>> payment = Payment(id="p1", order="A7", provider="stripe:test", account="acct_1", amount=price)
        >>> payment.state, payment.key
        (<PaymentState.STARTING: 'starting'>, 'p1:1')
    """

    id: str
    order: str
    provider: str
    account: str
    amount: Money
    attempt: int = 1
    ref: PaymentRef | None = None
    snapshot: Snapshot | None = None
    history: tuple[Move, ...] = ()

    def __attrs_post_init__(self) -> None:
        settle(
            self,
            id=plain_id,
            order=text,
            provider=provider_name,
            account=text,
            amount=above_zero,
            attempt=between(1, MOST_ATTEMPTS),
            ref=optional(of_kind(PaymentRef)),
            snapshot=optional(of_kind(Snapshot)),
            history=PAYMENT.replayed,
        )
        if self.ref is not None and (self.ref.provider, self.ref.account) != (self.provider, self.account):
            raise InvalidValueError("ref", OTHER_PAYMENT)
        if self.snapshot is not None and (self.snapshot.ref, self.snapshot.reference) != (self.ref, self.order):
            raise InvalidValueError("snapshot", OTHER_PAYMENT)
        if self.state in _HAS_MONEY and (self.snapshot is None or self.snapshot.status is not Status.PAID):
            raise InvalidValueError("snapshot", PAID_WITHOUT_MONEY)

    @property
    def state(self) -> PaymentState:
        """Where it stands."""
        return PAYMENT.reached(self.history)

    @property
    def key(self) -> str:
        """The idempotency key of this attempt: the same however often the call is repeated."""
        return f"{self.id}:{self.attempt}"

    @property
    def received(self) -> Money:
        """What came of it and was not lost again; what was given back is not taken off."""
        if self.state in _HAS_MONEY and self.snapshot is not None and self.snapshot.received is not None:
            return self.snapshot.received
        return Money.zero(self.amount.currency)

    @property
    def is_disputed(self) -> bool:
        """Whether a dispute of it is open: then nothing of it is given back."""
        return self.snapshot is not None and self.snapshot.dispute is DisputeStatus.OPEN

    @property
    def is_set_aside(self) -> bool:
        """Whether its money is set aside, or was and is being taken for days."""
        states = [move.state for move in self.history[-2:]]
        return self.state in _SET_ASIDE and PaymentState.AUTHORIZED.value in states

    @property
    def counts(self) -> bool:
        """
        Whether its money is the order's: it is paid, or was and is looked at again.

        What nobody has accepted is not, nor what was lost or is to go back whole.
        """
        says = (move.trigger for move in reversed(self.history) if move.trigger in (*_COUNTS, *_ENDS))
        return next(says, None) in _COUNTS

    def moved(
        self, trigger: PaymentTrigger, facts: PaymentFacts = _PLAIN, *, at: datetime, by: str = ""
    ) -> "tuple[PaymentRow, Payment]":
        """
        Fire *trigger*: the row of the table that answers, and the payment after it.

        By hand it is used where no snapshot can come: a start that was declined
        or rejected (FAIL), one given up before it was answered (EXPIRE).

        Raises:
            IllegalTransitionError: It is not possible now; the payment is as it was.
            InvalidValueError: An argument that cannot be.
        """
        instance(trigger, "trigger", PaymentTrigger)
        instance(facts, "facts", PaymentFacts)
        row, history = PAYMENT.moved(self.history, trigger, facts, at=at, by=by)
        return row, evolve(self, history=history)

    def started(self, ref: PaymentRef) -> "Payment":
        """
        The same, with the name that the provider gave it when this attempt was started.

        Raises:
            InvalidValueError: It has another name already, or *ref* is of another provider or account.
        """
        if instance(ref, "ref", PaymentRef) == self.ref:
            return self
        if self.ref is not None:
            raise InvalidValueError("ref", OTHER_PAYMENT)
        return evolve(self, ref=ref)

    def again(self) -> "Payment":
        """
        The same with the next attempt, and so with another key; commit it before the next call.

        Only after a definite failure, for the same key would repeat that
        failure, and after an unknown outcome another key would pay twice. The
        one harmless unknown is a start that never answered: nobody was ever
        shown where to pay. What expired is never tried again.

        Raises:
            IllegalTransitionError: It has not failed, or its address is known and may be paid.

        Source:
            Stripe repeats a saved answer, errors included (docs.stripe.com/api/idempotent_requests).
        """
        is_lost = self.state is PaymentState.STARTING and self.ref is None
        if self.state is not PaymentState.FAILED and not is_lost:
            raise IllegalTransitionError("payment", self.state.value, "again", (MAY_YET_BE_PAID,))
        return evolve(self, attempt=self.attempt + 1)


def recorded(
    payment: Payment,
    received: Money,
    *,
    fee: Money | None = None,
    refunds: Sequence[RefundSnapshot] | None = None,
) -> Snapshot:
    """
    The snapshot of a payment that a person records: of a bank transfer, or of cash.

    It is decided on as any other: too little, too much or too late is seen.

    Args:
        payment: Which.
        received: What has come in all, not only this time; zero or more.
        fee: What was taken for it.
        refunds: All that were paid out of it; None for those that are known.

    Raises:
        InvalidValueError: An argument that cannot be.

    Example:
        >>> from paidevents import EUR
        >>> cash = Payment(id="p1", order="A7", provider="cash", account="desk", amount=Money.of("20.00", EUR))
        >>> recorded(cash, Money.of("20.00", EUR)).status
        <Status.PAID: 'paid'>
    """
    known = instance(payment, "payment", Payment).snapshot
    made = () if known is None else known.refunds
    if refunds is not None:
        made = several(of_kind(RefundSnapshot))(refunds, "refunds")
    return Snapshot(
        ref=payment.ref or PaymentRef(payment.provider, payment.account, payment.id),
        reference=payment.order,
        status=Status.PAID,
        requested=payment.amount,
        received=received,
        fee=fee,
        refunds=made,
        dispute=None if known is None else known.dispute,
        disputed=None if known is None else known.disputed,
    )
