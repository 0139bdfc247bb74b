"""
What becomes of a registration: one attendee's place.

It is reserved with its order, and settled when nothing is left to pay for it.
The organizer may have to approve it first, may confirm it whatever is unpaid
(which waives the debt) and may refuse it whatever is paid (CM-20, GT-22).
"""

from enum import Enum

from attrs import frozen

from paidevents.machine import Guard, Machine, Row
from paidevents.reason import Reason


class RegistrationState(Enum):
    """Where a registration stands."""

    RESERVED = "reserved"
    AWAITING_APPROVAL = "awaiting_approval"
    CONFIRMED = "confirmed"
    REFUSED = "refused"  # by the organizer
    CANCELLED = "cancelled"
    LAPSED = "lapsed"  # never paid, or not in time


class RegistrationTrigger(Enum):
    """What happens to a registration."""

    AUTHORIZE = "authorize"
    SETTLE = "settle"
    APPROVE = "approve"
    REFUSE = "refuse"
    CANCEL = "cancel"  # the attendee's or the buyer's wish
    CALL_OFF = "call_off"  # the organizer's, or the event is cancelled
    LAPSE = "lapse"
    LOSE_PAYMENT = "lose_payment"
    CHANGE = "change"
    TRANSFER = "transfer"
    RESEND = "resend"


class RegistrationEffect(Enum):
    """What a move of a registration means."""

    ISSUE_PASS = "issue_pass"
    RENEW_PASS = "renew_pass"
    REVOKE_PASS = "revoke_pass"
    GIVE_BACK = "give_back"
    WAIVE_DEBT = "waive_debt"
    REFUND_BY_POLICY = "refund_by_policy"
    REFUND_IN_FULL = "refund_in_full"
    SEND_CONFIRMATION = "send_confirmation"
    TELL_AWAITING = "tell_awaiting"
    TELL_REFUSED = "tell_refused"
    TELL_CANCELLED = "tell_cancelled"


@frozen(kw_only=True)
class RegistrationFacts:
    """
    What a guard may look at.

    Attributes:
        needs_approval: The organizer decides, after the payment.
        is_paid: Its money was taken, not only set aside.
        is_in_time: It may still be cancelled.
        is_transferable: It may be given to another person.
    """

    needs_approval: bool = False
    is_paid: bool = True
    is_in_time: bool = True
    is_transferable: bool = True


NEEDS_APPROVAL = Guard[RegistrationFacts](lambda f: f.needs_approval, Reason("needs_approval", "It needs no approval."))
IS_PAID = Guard[RegistrationFacts](
    lambda f: f.is_paid, Reason("is_paid", "Its payment is set aside, and not yet taken.")
)
IS_IN_TIME = Guard[RegistrationFacts](lambda f: f.is_in_time, Reason("is_in_time", "It is too late to cancel."))
IS_TRANSFERABLE = Guard[RegistrationFacts](
    lambda f: f.is_transferable, Reason("is_transferable", "Places of this event cannot be given to another person.")
)

S, T, E = RegistrationState, RegistrationTrigger, RegistrationEffect

_LET_IN = (E.ISSUE_PASS, E.SEND_CONFIRMATION)

REGISTRATION: Machine[RegistrationState, RegistrationTrigger, RegistrationFacts, RegistrationEffect] = Machine(
    name="registration",
    initial=S.RESERVED,
    triggers=T,
    rows=(
        Row(S.RESERVED, T.AUTHORIZE, S.AWAITING_APPROVAL, then=(E.TELL_AWAITING,)),
        Row(S.RESERVED, T.SETTLE, S.AWAITING_APPROVAL, NEEDS_APPROVAL, (E.TELL_AWAITING,)),
        Row(S.RESERVED, T.SETTLE, S.CONFIRMED, then=_LET_IN),
        Row(S.RESERVED, T.APPROVE, S.CONFIRMED, then=(E.WAIVE_DEBT, *_LET_IN)),
        Row(S.RESERVED, T.REFUSE, S.REFUSED, then=(E.GIVE_BACK, E.TELL_REFUSED)),
        Row(S.RESERVED, T.CANCEL, S.CANCELLED, then=(E.GIVE_BACK,)),
        Row(S.RESERVED, T.CALL_OFF, S.CANCELLED, then=(E.GIVE_BACK, E.TELL_CANCELLED)),
        Row(S.RESERVED, T.LAPSE, S.LAPSED, then=(E.GIVE_BACK,)),
        # Captured after it was approved.
        Row(S.AWAITING_APPROVAL, T.SETTLE, S.CONFIRMED, then=_LET_IN),
        Row(S.AWAITING_APPROVAL, T.APPROVE, S.CONFIRMED, IS_PAID, _LET_IN),
        Row(S.AWAITING_APPROVAL, T.REFUSE, S.REFUSED, then=(E.GIVE_BACK, E.REFUND_IN_FULL, E.TELL_REFUSED)),
        Row(S.AWAITING_APPROVAL, T.CANCEL, S.CANCELLED, IS_IN_TIME, (E.GIVE_BACK, E.REFUND_BY_POLICY)),
        Row(S.AWAITING_APPROVAL, T.CALL_OFF, S.CANCELLED, then=(E.GIVE_BACK, E.REFUND_IN_FULL, E.TELL_CANCELLED)),
        Row(S.AWAITING_APPROVAL, T.LAPSE, S.LAPSED, then=(E.GIVE_BACK, E.TELL_REFUSED)),
        Row(S.AWAITING_APPROVAL, T.LOSE_PAYMENT, S.CANCELLED, then=(E.GIVE_BACK, E.TELL_CANCELLED)),
        Row(
            S.CONFIRMED,
            T.REFUSE,
            S.REFUSED,
            then=(E.REVOKE_PASS, E.GIVE_BACK, E.REFUND_IN_FULL, E.TELL_REFUSED),
        ),
        Row(
            S.CONFIRMED,
            T.CANCEL,
            S.CANCELLED,
            IS_IN_TIME,
            (E.REVOKE_PASS, E.GIVE_BACK, E.REFUND_BY_POLICY, E.TELL_CANCELLED),
        ),
        Row(
            S.CONFIRMED,
            T.CALL_OFF,
            S.CANCELLED,
            then=(E.REVOKE_PASS, E.GIVE_BACK, E.REFUND_IN_FULL, E.TELL_CANCELLED),
        ),
        Row(S.CONFIRMED, T.LOSE_PAYMENT, S.CANCELLED, then=(E.REVOKE_PASS, E.GIVE_BACK, E.TELL_CANCELLED)),
        Row(S.CONFIRMED, T.CHANGE, S.CONFIRMED, then=(E.SEND_CONFIRMATION,)),
        Row(S.CONFIRMED, T.TRANSFER, S.CONFIRMED, IS_TRANSFERABLE, (E.RENEW_PASS, E.SEND_CONFIRMATION)),
        Row(S.CONFIRMED, T.RESEND, S.CONFIRMED, then=(E.SEND_CONFIRMATION,)),
        # The money came after all, and there is room.
        Row(S.LAPSED, T.SETTLE, S.AWAITING_APPROVAL, NEEDS_APPROVAL, (E.TELL_AWAITING,)),
        Row(S.LAPSED, T.SETTLE, S.CONFIRMED, then=_LET_IN),
    ),
)
