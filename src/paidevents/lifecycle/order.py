"""
What becomes of an order.

An order holds places for a while, until it is paid: in full, or because nothing
is left to pay. Money can come when the hold has run out; then the event's
policy says what happens, and never is a place given that somebody else has.
"""

from datetime import datetime
from enum import Enum

from attrs import frozen

from paidevents.machine import Guard, Machine, Row
from paidevents.reason import Reason


class OrderState(Enum):
    """Where an order stands."""

    HELD = "held"  # places, tiers and uses of codes set aside, the clock running
    AUTHORIZED = "authorized"  # the money is set aside too, and the organizer decides
    PAID = "paid"  # in full, or nothing is left to pay
    EXPIRED = "expired"  # the hold ran out first; money may still come
    CANCELLED = "cancelled"  # none of its places is left


class OrderTrigger(Enum):
    """What happens to an order."""

    EXTEND = "extend"
    AUTHORIZE = "authorize"
    APPROVE = "approve"
    PAY = "pay"
    WAIVE = "waive"
    HONOUR = "honour"  # the organizer takes what came late
    DECLINE = "decline"  # or gives it back
    CHANGE = "change"
    EXPIRE = "expire"
    CANCEL = "cancel"
    LOSE_PAYMENT = "lose_payment"  # it failed after it had succeeded


class OrderEffect(Enum):
    """What a move of an order means."""

    SETTLE_REGISTRATIONS = "settle_registrations"
    AWAIT_APPROVAL = "await_approval"
    CAPTURE = "capture"
    LAPSE_REGISTRATIONS = "lapse_registrations"
    LOSE_REGISTRATIONS = "lose_registrations"
    RETAKE_PLACES = "retake_places"
    APPLY_CHANGE = "apply_change"
    DROP_CHANGE = "drop_change"
    VOID_PAYMENTS = "void_payments"
    REFUND_IN_FULL = "refund_in_full"  # what came in vain
    ASK_ORGANIZER = "ask_organizer"


@frozen(kw_only=True)
class OrderFacts:
    """
    What a guard may look at.

    Attributes:
        at: The moment.
        hold_until: When the hold, of the places or of a change, runs out.
        hold_can_last: The hold may last as long as is asked.
        is_settled: Nothing is left to pay.
        keeps_places: A place of it stays confirmed, whatever is unpaid.
        has_places: A place of it is left.
        change_is_open: A change of it waits for its payment.
        has_room: Its places can be taken again.
        late_is_reviewed: The organizer decides on what comes late.
        late_is_accepted: What comes late is taken while there is room.
    """

    at: datetime
    hold_until: datetime
    hold_can_last: bool = True
    is_settled: bool = True
    keeps_places: bool = False
    has_places: bool = True
    change_is_open: bool = False
    has_room: bool = True
    late_is_reviewed: bool = False
    late_is_accepted: bool = True


HOLD_IS_OVER = Guard[OrderFacts](lambda f: f.at >= f.hold_until, Reason("hold_is_over", "The places are still held."))
SOME_STAY = Guard[OrderFacts](
    lambda f: f.at >= f.hold_until and f.keeps_places, Reason("some_stay", "No place of it is confirmed.")
)
CHANGE_IS_OVER = Guard[OrderFacts](
    lambda f: f.at >= f.hold_until and f.change_is_open,
    Reason("change_is_over", "No change is open, or its places are still held."),
)
CAN_LAST = Guard[OrderFacts](
    lambda f: f.hold_can_last and f.at < f.hold_until,
    Reason("hold_can_last", "The places cannot be held that long."),
)
IS_SETTLED = Guard[OrderFacts](lambda f: f.is_settled, Reason("is_settled", "It is not paid in full."))
CHANGE_CAN_LAST = Guard[OrderFacts](
    lambda f: f.change_is_open and f.hold_can_last and f.at < f.hold_until,
    Reason("change_can_last", "No change is open, or its places cannot be held that long."),
)
SOME_PAID = Guard[OrderFacts](lambda f: f.keeps_places, Reason("some_paid", "Nothing else pays for its places."))
NO_PLACE_LEFT = Guard[OrderFacts](lambda f: not f.has_places, Reason("no_place_left", "Places of the order are left."))
NO_OPEN_CHANGE = Guard[OrderFacts](
    lambda f: not f.change_is_open, Reason("no_open_change", "An earlier change still waits for its payment.")
)
CHANGE_IS_PAID = Guard[OrderFacts](
    lambda f: f.change_is_open and f.is_settled, Reason("change_is_paid", "No change waits for this payment.")
)
LATE_IS_REVIEWED = Guard[OrderFacts](
    lambda f: f.late_is_reviewed, Reason("late_is_reviewed", "The organizer does not decide on late payments.")
)
LATE_HAS_ROOM = Guard[OrderFacts](
    lambda f: f.late_is_accepted and f.has_room, Reason("late_has_room", "The payment came too late.")
)
HAS_ROOM = Guard[OrderFacts](lambda f: f.has_room, Reason("has_room", "The places are gone."))

S, T, E = OrderState, OrderTrigger, OrderEffect

ORDER: Machine[OrderState, OrderTrigger, OrderFacts, OrderEffect] = Machine(
    name="order",
    initial=S.HELD,
    triggers=T,
    rows=(
        Row(S.HELD, T.EXTEND, S.HELD, CAN_LAST),
        Row(S.HELD, T.AUTHORIZE, S.AUTHORIZED, then=(E.AWAIT_APPROVAL,)),
        Row(S.HELD, T.PAY, S.PAID, IS_SETTLED, (E.SETTLE_REGISTRATIONS,)),
        Row(S.HELD, T.WAIVE, S.PAID, IS_SETTLED, (E.VOID_PAYMENTS,)),
        Row(S.HELD, T.EXPIRE, S.PAID, SOME_STAY, (E.LAPSE_REGISTRATIONS, E.VOID_PAYMENTS)),
        Row(S.HELD, T.EXPIRE, S.EXPIRED, HOLD_IS_OVER, (E.LAPSE_REGISTRATIONS,)),
        Row(S.HELD, T.CANCEL, S.CANCELLED, NO_PLACE_LEFT, (E.VOID_PAYMENTS,)),
        Row(S.AUTHORIZED, T.EXTEND, S.AUTHORIZED, CAN_LAST),
        Row(S.AUTHORIZED, T.APPROVE, S.AUTHORIZED, then=(E.CAPTURE,)),
        Row(S.AUTHORIZED, T.PAY, S.PAID, IS_SETTLED, (E.SETTLE_REGISTRATIONS,)),
        Row(S.AUTHORIZED, T.EXPIRE, S.PAID, SOME_STAY, (E.LAPSE_REGISTRATIONS, E.VOID_PAYMENTS)),
        Row(S.AUTHORIZED, T.EXPIRE, S.EXPIRED, HOLD_IS_OVER, (E.LAPSE_REGISTRATIONS, E.VOID_PAYMENTS)),
        Row(S.AUTHORIZED, T.CANCEL, S.CANCELLED, NO_PLACE_LEFT, (E.VOID_PAYMENTS,)),
        Row(S.AUTHORIZED, T.LOSE_PAYMENT, S.PAID, SOME_PAID, (E.LAPSE_REGISTRATIONS,)),
        Row(S.AUTHORIZED, T.LOSE_PAYMENT, S.EXPIRED, then=(E.LAPSE_REGISTRATIONS,)),
        Row(S.PAID, T.EXTEND, S.PAID, CHANGE_CAN_LAST),
        Row(S.PAID, T.CHANGE, S.PAID, NO_OPEN_CHANGE),
        Row(S.PAID, T.PAY, S.PAID, CHANGE_IS_PAID, (E.APPLY_CHANGE,)),
        Row(S.PAID, T.EXPIRE, S.PAID, CHANGE_IS_OVER, (E.DROP_CHANGE, E.VOID_PAYMENTS)),
        Row(S.PAID, T.CANCEL, S.CANCELLED, NO_PLACE_LEFT),
        Row(S.PAID, T.LOSE_PAYMENT, S.PAID, SOME_PAID, (E.LOSE_REGISTRATIONS,)),
        Row(S.PAID, T.LOSE_PAYMENT, S.CANCELLED, then=(E.LOSE_REGISTRATIONS,)),
        # Money can land after the hold ran out. It is taken while there is room, where the
        # event's policy says so; otherwise it goes straight back, or a person decides.
        Row(S.EXPIRED, T.PAY, S.EXPIRED, LATE_IS_REVIEWED, (E.ASK_ORGANIZER,)),
        Row(S.EXPIRED, T.PAY, S.PAID, LATE_HAS_ROOM, (E.RETAKE_PLACES, E.SETTLE_REGISTRATIONS)),
        Row(S.EXPIRED, T.PAY, S.EXPIRED, then=(E.REFUND_IN_FULL,)),
        Row(S.EXPIRED, T.HONOUR, S.PAID, HAS_ROOM, (E.RETAKE_PLACES, E.SETTLE_REGISTRATIONS)),
        Row(S.EXPIRED, T.DECLINE, S.EXPIRED, then=(E.REFUND_IN_FULL,)),
        Row(S.CANCELLED, T.PAY, S.CANCELLED, then=(E.REFUND_IN_FULL,)),
    ),
)
