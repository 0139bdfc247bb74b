"""
What becomes of a payment: one try to be paid, with one provider.

The table is fed with what a provider says when it is asked, never with what a
notification claims. News that change nothing do not reach it. Money may come
after a failure or an expiry was told: what was received counts.
"""

from enum import Enum

from attrs import frozen

from paidevents.machine import Guard, Machine, Row
from paidevents.reason import Reason


class PaymentState(Enum):
    """Where a payment stands."""

    STARTING = "starting"  # the provider is being asked; its answer may be lost
    OPEN = "open"  # the buyer can pay
    AUTHORIZED = "authorized"  # set aside, not yet taken
    PENDING = "pending"  # on its way, for days perhaps
    PAID = "paid"
    REVIEW = "review"  # what came is not what was due: a person decides
    FAILED = "failed"
    EXPIRED = "expired"  # or voided
    LOST = "lost"  # it failed after it had succeeded, or a dispute was lost


class PaymentTrigger(Enum):
    """What the provider says of a payment, or a person decides."""

    OPEN = "open"
    AUTHORIZE = "authorize"
    PEND = "pend"
    RECEIVE = "receive"
    MISMATCH = "mismatch"
    FAIL = "fail"
    EXPIRE = "expire"
    LOSE = "lose"
    ACCEPT = "accept"


class PaymentEffect(Enum):
    """What a move of a payment means."""

    EXTEND_HOLD = "extend_hold"
    TELL_ORDER_AUTHORIZED = "tell_order_authorized"
    TELL_ORDER_PAID = "tell_order_paid"
    TELL_ORDER_LOST = "tell_order_lost"
    REFUND_SURPLUS = "refund_surplus"
    ASK_ORGANIZER = "ask_organizer"


@frozen(kw_only=True)
class PaymentFacts:
    """
    What a guard may look at.

    Attributes:
        is_needed: The order waits for money, or has run out; what is paid twice is not needed.
    """

    is_needed: bool = True


IS_NEEDED = Guard[PaymentFacts](lambda f: f.is_needed, Reason("is_needed", "The order does not wait for money."))

S, T, E = PaymentState, PaymentTrigger, PaymentEffect

_OPEN = (E.EXTEND_HOLD,)
_GONE = (E.TELL_ORDER_LOST,)
# A failure or an expiry that was told first is no reason to overlook money: it may have been tried again at
# the same address, told in the wrong order, or paid in the moment in which it was voided.
_UNPAID = (S.STARTING, S.OPEN, S.AUTHORIZED, S.PENDING, S.FAILED, S.EXPIRED)

PAYMENT: Machine[PaymentState, PaymentTrigger, PaymentFacts, PaymentEffect] = Machine(
    name="payment",
    initial=S.STARTING,
    triggers=T,
    rows=(
        Row(S.STARTING, T.OPEN, S.OPEN, then=_OPEN),
        Row(S.FAILED, T.OPEN, S.OPEN, then=_OPEN),
        *(
            Row(source, T.AUTHORIZE, S.AUTHORIZED, then=(E.TELL_ORDER_AUTHORIZED,))
            for source in (S.STARTING, S.OPEN, S.FAILED, S.EXPIRED)
        ),
        *(Row(source, T.PEND, S.PENDING, then=_OPEN) for source in _UNPAID if source is not S.PENDING),
        *(Row(source, T.RECEIVE, S.PAID, IS_NEEDED, (E.TELL_ORDER_PAID,)) for source in (*_UNPAID, S.REVIEW, S.LOST)),
        *(Row(source, T.RECEIVE, S.PAID, then=(E.REFUND_SURPLUS,)) for source in (*_UNPAID, S.REVIEW, S.LOST)),
        *(Row(source, T.MISMATCH, S.REVIEW, then=(E.ASK_ORGANIZER,)) for source in (*_UNPAID, S.PAID)),
        *(Row(source, T.FAIL, S.FAILED) for source in (S.STARTING, S.OPEN, S.PENDING)),
        Row(S.AUTHORIZED, T.FAIL, S.FAILED, then=_GONE),
        *(Row(source, T.EXPIRE, S.EXPIRED) for source in (S.STARTING, S.OPEN, S.PENDING, S.FAILED)),
        Row(S.AUTHORIZED, T.EXPIRE, S.EXPIRED, then=_GONE),
        Row(S.REVIEW, T.ACCEPT, S.PAID, IS_NEEDED, (E.TELL_ORDER_PAID,)),
        Row(S.REVIEW, T.ACCEPT, S.PAID, then=(E.REFUND_SURPLUS,)),
        Row(S.REVIEW, T.LOSE, S.LOST),
        Row(S.PAID, T.LOSE, S.LOST, then=_GONE),
    ),
)
