"""
What becomes of a payment: one try to be paid, with one provider.

The table is fed with what a provider says when it is asked, never with what a
notification claims. News that change nothing do not reach it. Money may come
after a failure or an expiry was told: what was received counts.

What a payment means for its order, its amounts and the order say: the facts
are what was decided of them, and the rows repeat it.
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
    DECLINE = "decline"  # all of it goes back


class PaymentEffect(Enum):
    """What a move of a payment means. How much a surplus is, the decision says."""

    EXTEND_HOLD = "extend_hold"
    TELL_ORDER_AUTHORIZED = "tell_order_authorized"
    TELL_ORDER_PAID = "tell_order_paid"
    TELL_ORDER_LOST = "tell_order_lost"
    REFUND_SURPLUS = "refund_surplus"  # at once, or when its dispute is won
    ASK_ORGANIZER = "ask_organizer"


@frozen(kw_only=True)
class PaymentFacts:
    """
    What a guard may look at.

    Attributes:
        is_awaited: Places are held until it comes; not for what would go straight back.
        awaits_approval: The order goes before the organizer with what is set aside.
        pays_order: The order is paid with it, or is over and says itself what late money means.
        has_surplus: Something of it came that is not needed, and is not yet given back.
        is_relied_on: Places hang on it, or the order went before the organizer with it, and nothing else pays.
    """

    is_awaited: bool = True
    awaits_approval: bool = False
    pays_order: bool = True
    has_surplus: bool = False
    is_relied_on: bool = False


IS_AWAITED = Guard[PaymentFacts](
    lambda f: f.is_awaited, Reason("is_awaited", "No places are held until this money comes.")
)
AWAITS_APPROVAL = Guard[PaymentFacts](
    lambda f: f.awaits_approval, Reason("awaits_approval", "The order does not wait for approval with it.")
)
PAYS_MORE = Guard[PaymentFacts](
    lambda f: f.pays_order and f.has_surplus,
    Reason("pays_more", "The order is not paid with it, or needs all of it."),
)
PAYS_ORDER = Guard[PaymentFacts](lambda f: f.pays_order, Reason("pays_order", "The order is not paid with it."))
HAS_SURPLUS = Guard[PaymentFacts](lambda f: f.has_surplus, Reason("has_surplus", "None of it is left over."))
IS_RELIED_ON = Guard[PaymentFacts](
    lambda f: f.is_relied_on, Reason("is_relied_on", "The order does not rely on this money.")
)
GOES_BACK = Guard[PaymentFacts](
    lambda f: f.has_surplus and not f.is_relied_on, Reason("goes_back", "None of it can be given back.")
)
IS_SPARE = Guard[PaymentFacts](
    lambda f: not f.is_relied_on,
    Reason("is_spare", "The order relies on this money; its places would have to be cancelled."),
)

S, T, E = PaymentState, PaymentTrigger, PaymentEffect

PaymentRow = Row[PaymentState, PaymentTrigger, PaymentFacts, PaymentEffect]

# A failure or an expiry that was told first is no reason to overlook money: it may have been tried again at
# the same address, told in the wrong order, or paid in the moment in which it was voided.
_UNPAID = (S.STARTING, S.OPEN, S.AUTHORIZED, S.PENDING, S.FAILED, S.EXPIRED)


def _awaited(source: PaymentState, trigger: PaymentTrigger, target: PaymentState) -> tuple[PaymentRow, ...]:
    """The buyer is paying."""
    return (Row(source, trigger, target, IS_AWAITED, (E.EXTEND_HOLD,)), Row(source, trigger, target))


def _put_aside(source: PaymentState) -> tuple[PaymentRow, ...]:
    return (
        Row(source, T.AUTHORIZE, S.AUTHORIZED, AWAITS_APPROVAL, (E.TELL_ORDER_AUTHORIZED,)),
        Row(source, T.AUTHORIZE, S.AUTHORIZED),
    )


def _taken(source: PaymentState, trigger: PaymentTrigger) -> tuple[PaymentRow, ...]:
    """
    Money is taken.

    The last row answers for a part of a price, for what the order was paid with
    already, and for what was given back before anybody looked.
    """
    return (
        Row(source, trigger, S.PAID, PAYS_MORE, (E.TELL_ORDER_PAID, E.REFUND_SURPLUS)),
        Row(source, trigger, S.PAID, PAYS_ORDER, (E.TELL_ORDER_PAID,)),
        Row(source, trigger, S.PAID, HAS_SURPLUS, (E.REFUND_SURPLUS,)),
        Row(source, trigger, S.PAID),
    )


def _gone(source: PaymentState, trigger: PaymentTrigger, target: PaymentState) -> tuple[PaymentRow, ...]:
    """What an order can rely on is gone."""
    return (Row(source, trigger, target, IS_RELIED_ON, (E.TELL_ORDER_LOST,)), Row(source, trigger, target))


PAYMENT: Machine[PaymentState, PaymentTrigger, PaymentFacts, PaymentEffect] = Machine(
    name="payment",
    initial=S.STARTING,
    triggers=T,
    rows=(
        *_awaited(S.STARTING, T.OPEN, S.OPEN),
        *_awaited(S.FAILED, T.OPEN, S.OPEN),
        *(row for source in (S.STARTING, S.OPEN, S.FAILED, S.EXPIRED) for row in _put_aside(source)),
        *(row for source in _UNPAID if source is not S.PENDING for row in _awaited(source, T.PEND, S.PENDING)),
        *(row for source in (*_UNPAID, S.REVIEW, S.LOST) for row in _taken(source, T.RECEIVE)),
        *(Row(source, T.MISMATCH, S.REVIEW, then=(E.ASK_ORGANIZER,)) for source in (*_UNPAID, S.PAID, S.LOST)),
        *(Row(source, T.FAIL, S.FAILED) for source in (S.STARTING, S.OPEN)),
        *(row for source in (S.AUTHORIZED, S.PENDING) for row in _gone(source, T.FAIL, S.FAILED)),
        *(Row(source, T.EXPIRE, S.EXPIRED) for source in (S.STARTING, S.OPEN, S.FAILED)),
        *(row for source in (S.AUTHORIZED, S.PENDING) for row in _gone(source, T.EXPIRE, S.EXPIRED)),
        *_taken(S.REVIEW, T.ACCEPT),
        Row(S.REVIEW, T.DECLINE, S.PAID, GOES_BACK, (E.REFUND_SURPLUS,)),
        Row(S.REVIEW, T.DECLINE, S.PAID, IS_SPARE),
        *(row for source in (S.REVIEW, S.PAID) for row in _gone(source, T.LOSE, S.LOST)),
    ),
)
