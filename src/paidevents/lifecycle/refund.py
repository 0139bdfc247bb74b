"""
What becomes of a refund.

It is owed first. It is asked for at once, or when the organizer acts (CM-21);
one that the organizer made at the provider settles it as well. A refund can
fail after it had succeeded: then it is owed again, and a new attempt is a
decision of its own.
"""

from enum import Enum

from attrs import frozen

from paidevents.machine import Guard, Machine, Row
from paidevents.reason import Reason


class RefundState(Enum):
    """Where a refund stands."""

    OWED = "owed"
    REQUESTED = "requested"  # the provider is being asked; its answer may be lost
    PENDING = "pending"
    SUCCEEDED = "succeeded"
    FAILED = "failed"  # owed again
    DROPPED = "dropped"  # organizer and buyer settled it in another way


class RefundTrigger(Enum):
    """What happens to a refund."""

    REQUEST = "request"
    PEND = "pend"
    SUCCEED = "succeed"
    FAIL = "fail"
    SETTLE_ELSEWHERE = "settle_elsewhere"  # made at the provider, by a person
    DROP = "drop"


class RefundEffect(Enum):
    """What a move of a refund means."""

    CALL_PROVIDER = "call_provider"
    TELL_REFUNDED = "tell_refunded"
    ASK_ORGANIZER = "ask_organizer"


@frozen(kw_only=True)
class RefundFacts:
    """
    What a guard may look at.

    Attributes:
        is_covered: The payment has so much left that no other refund has reserved.
    """

    is_covered: bool = True


IS_COVERED = Guard[RefundFacts](
    lambda f: f.is_covered, Reason("is_covered", "The payment has less than this left to be refunded.")
)

S, T, E = RefundState, RefundTrigger, RefundEffect

REFUND: Machine[RefundState, RefundTrigger, RefundFacts, RefundEffect] = Machine(
    name="refund",
    initial=S.OWED,
    triggers=T,
    rows=(
        Row(S.OWED, T.REQUEST, S.REQUESTED, IS_COVERED, (E.CALL_PROVIDER,)),
        Row(S.OWED, T.SETTLE_ELSEWHERE, S.SUCCEEDED, then=(E.TELL_REFUNDED,)),
        Row(S.OWED, T.DROP, S.DROPPED),
        Row(S.REQUESTED, T.PEND, S.PENDING),
        Row(S.REQUESTED, T.SUCCEED, S.SUCCEEDED, then=(E.TELL_REFUNDED,)),
        Row(S.REQUESTED, T.FAIL, S.FAILED, then=(E.ASK_ORGANIZER,)),
        Row(S.PENDING, T.SUCCEED, S.SUCCEEDED, then=(E.TELL_REFUNDED,)),
        Row(S.PENDING, T.FAIL, S.FAILED, then=(E.ASK_ORGANIZER,)),
        Row(S.SUCCEEDED, T.FAIL, S.FAILED, then=(E.ASK_ORGANIZER,)),
        Row(S.FAILED, T.REQUEST, S.REQUESTED, IS_COVERED, (E.CALL_PROVIDER,)),
        Row(S.FAILED, T.SETTLE_ELSEWHERE, S.SUCCEEDED, then=(E.TELL_REFUNDED,)),
        Row(S.FAILED, T.DROP, S.DROPPED),
    ),
)
