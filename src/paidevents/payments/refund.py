"""
Refunds: what is given back of one payment each.

A refund is owed before anybody is asked for it. What the provider says of it
moves it along the table of `lifecycle.refund`; so does a refund that a person
made there, in the provider's own pages.
"""

from collections.abc import Sequence
from datetime import datetime
from enum import Enum

from attrs import evolve, frozen

from paidevents.checks import between, instance, of_kind, settle, several, text, text_or_nothing
from paidevents.errors import InvalidValueError
from paidevents.lifecycle.refund import REFUND, RefundFacts, RefundState, RefundTrigger
from paidevents.machine import Move
from paidevents.money.amount import Money
from paidevents.payments.payment import MOST_ATTEMPTS, OTHER_PAYMENT, Payment
from paidevents.payments.snapshot import RefundSnapshot, RefundStatus, above_zero, plain_id
from paidevents.reason import Reason

NEVER_MADE = Reason("never_made", "This refund failed at the provider.")

S, T = RefundState, RefundTrigger

_OWED = (S.OWED, S.FAILED)


class RefundPurpose(Enum):
    """Why money is given back."""

    PLACES = "places"  # places were given up or taken back
    SURPLUS = "surplus"  # paid twice, or more than was needed
    LATE = "late"  # it came when the places were gone
    NOT_AS_DUE = "not_as_due"  # less, more or in another currency than was due
    GOODWILL = "goodwill"
    ELSEWHERE = "elsewhere"  # made at the provider, by a person, who knows why


@frozen(kw_only=True)
class Refund:
    """
    What is given back of one payment.

    Attributes:
        id: Up to 64 letters, digits, `.`, `_` and `-` of ASCII; unique.
        order: Id of the order.
        payment: Id of the payment.
        amount: Above zero, in the currency that was received.
        purpose: Why.
        attempt: Number of the attempt, from 1.
        provider_id: What this attempt is called at the provider; empty until that is known.
        earlier: What attempts that failed were called there.
        history: Its moves, along the table of refunds.

    Raises:
        InvalidValueError: An attribute that cannot be.

    Example:
        >>> from paidevents import EUR
        >>> half = Money.of("10.00", EUR)
        >>> refund = Refund(id="r1", order="A7", payment="p1", amount=half, purpose=RefundPurpose.PLACES)
        >>> refund.state, refund.key, refund.is_reserved
        (<RefundState.OWED: 'owed'>, 'r1:1', True)
    """

    id: str
    order: str
    payment: str
    amount: Money
    purpose: RefundPurpose
    attempt: int = 1
    provider_id: str = ""
    earlier: tuple[str, ...] = ()
    history: tuple[Move, ...] = ()

    def __attrs_post_init__(self) -> None:
        settle(
            self,
            id=plain_id,
            order=text,
            payment=plain_id,
            amount=above_zero,
            purpose=of_kind(RefundPurpose),
            attempt=between(1, MOST_ATTEMPTS),
            provider_id=text_or_nothing,
            earlier=several(text),
            history=REFUND.replayed,
        )

    @property
    def state(self) -> RefundState:
        """Where it stands."""
        return REFUND.reached(self.history)

    @property
    def key(self) -> str:
        """The idempotency key of this attempt: the same however often the call is repeated."""
        return f"{self.id}:{self.attempt}"

    @property
    def is_reserved(self) -> bool:
        """Whether its amount is promised: until it fails or is dropped, nobody else can be given it."""
        return self.state not in (S.FAILED, S.DROPPED)

    @property
    def is_owed(self) -> bool:
        """Whether it waits for a decision to ask for it: never asked for, or failed."""
        return self.state in _OWED

    def is_key(self, key: str) -> bool:
        """Whether *key* was the key of one of its attempts."""
        start, _, number = instance(key, "key", str).rpartition(":")
        return start == self.id and number in {str(attempt) for attempt in range(1, self.attempt + 1)}

    def moved(self, trigger: RefundTrigger, *, at: datetime, by: str = "", is_covered: bool = True) -> "Refund":
        """
        Fire *trigger*: the refund after it. What is asked for is asked for with `requested`.

        Raises:
            IllegalTransitionError: It is not possible now; the refund is as it was.
            InvalidValueError: An argument that cannot be.
        """
        instance(trigger, "trigger", RefundTrigger)
        facts = RefundFacts(is_covered=instance(is_covered, "is_covered", bool))
        _, history = REFUND.moved(self.history, trigger, facts, at=at, by=by)
        return evolve(self, history=history)


_ANSWERS = {RefundStatus.PENDING: T.PEND, RefundStatus.SUCCEEDED: T.SUCCEED, RefundStatus.FAILED: T.FAIL}
_NEWS = {
    S.REQUESTED: (T.PEND, T.SUCCEED, T.FAIL),
    S.PENDING: (T.SUCCEED, T.FAIL),
    S.SUCCEEDED: (T.FAIL,),  # it can fail after it had succeeded
}


def refund_news(refund: Refund, seen: RefundSnapshot) -> RefundTrigger | None:
    """
    What it means for *refund* that the provider says this of it.

    One that is owed is settled by one that a person made, even if that is
    still on its way: asking for it as well would give the money back twice.

    Returns:
        What happens to it; None if it was known, is older than what is known,
        or is of an attempt that failed, or of another refund.

    Raises:
        InvalidValueError: An argument of another kind.
    """
    instance(refund, "refund", Refund)
    instance(seen, "seen", RefundSnapshot)
    if is_of_failed_attempt(refund, seen):
        return None
    if refund.is_owed:
        return None if seen.status is RefundStatus.FAILED else T.SETTLE_ELSEWHERE
    if refund.provider_id not in ("", seen.id):
        return None  # of another one
    trigger = _ANSWERS[seen.status]
    return trigger if trigger in _NEWS.get(refund.state, ()) else None


def is_of_failed_attempt(refund: Refund, seen: RefundSnapshot) -> bool:
    """Whether *seen* is an attempt at *refund* that is known to have failed."""
    failed = {*refund.earlier, refund.provider_id} if refund.state is S.FAILED else {*refund.earlier}
    if seen.id in failed:
        return True
    return refund.is_key(seen.key) and (seen.key != refund.key or refund.state is S.FAILED)


def told(refund: Refund, seen: RefundSnapshot, *, at: datetime, by: str = "") -> Refund:
    """
    *refund* after the provider said this of it; the same object if that is nothing new.

    Args:
        refund: As it is stored.
        seen: What the provider says of it.
        at: The moment.
        by: Who did it, if a person did.

    Raises:
        InvalidValueError: An argument that cannot be.
    """
    trigger = refund_news(refund, seen)
    if trigger is None:
        is_nameless = refund.state in _NEWS and not refund.provider_id and not is_of_failed_attempt(refund, seen)
        return evolve(refund, provider_id=seen.id) if is_nameless else refund
    earlier = refund.earlier
    if refund.provider_id not in ("", seen.id):
        earlier = (*earlier, refund.provider_id)
    return evolve(refund.moved(trigger, at=at, by=by), provider_id=seen.id, earlier=earlier)


def made_elsewhere(payment: Payment, seen: RefundSnapshot, *, id: str, at: datetime, by: str = "") -> Refund:
    """
    The refund of ours for one that a person made at the provider and nothing explains.

    Args:
        payment: Of which it was made.
        seen: What the provider says of it.
        id: For the new refund.
        at: The moment.
        by: Who made it, if that is known.

    Raises:
        InvalidValueError: It failed, so that nothing was given back; or an argument that cannot be.
    """
    instance(payment, "payment", Payment)
    if instance(seen, "seen", RefundSnapshot).status is RefundStatus.FAILED:
        raise InvalidValueError("seen", NEVER_MADE)
    owed = Refund(id=id, order=payment.order, payment=payment.id, amount=seen.amount, purpose=RefundPurpose.ELSEWHERE)
    return told(owed, seen, at=at, by=by)


def owed_again(refunds: Sequence[Refund]) -> tuple[Refund, ...]:
    """
    Those of *refunds* that failed: the money is owed again, and a new attempt is a decision of its own.

    Raises:
        InvalidValueError: They are no refunds.
    """
    return tuple(refund for refund in several(of_kind(Refund))(refunds, "refunds") if refund.state is S.FAILED)


def of_payment(payment: Payment, refunds: object) -> tuple[Refund, ...]:
    """
    Those of *refunds* that are of *payment*.

    Raises:
        InvalidValueError: They are no refunds, or one is of the payment's id and of another order.
    """
    own = [one for one in several(of_kind(Refund))(refunds, "refunds") if one.payment == payment.id]
    if any(refund.order != payment.order for refund in own):
        raise InvalidValueError("refunds", OTHER_PAYMENT)
    return tuple(own)
