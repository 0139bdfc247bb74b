"""What news of a payment mean, and what they ask for: the words that a decision is told in."""

from enum import Enum

from attrs import field, frozen

from paidevents.lifecycle.order import OrderTrigger
from paidevents.lifecycle.payment import PaymentRow, PaymentTrigger
from paidevents.lifecycle.refund import RefundTrigger
from paidevents.money.amount import Money
from paidevents.payments.payment import Payment
from paidevents.payments.refund import Refund
from paidevents.payments.snapshot import RefundSnapshot


class Meaning(Enum):
    """What is new, most important first."""

    LOST = "lost"  # it failed after it had succeeded, or a dispute was lost
    DISPUTE_LOST = "dispute_lost"
    DISPUTED = "disputed"
    WRONG_CURRENCY = "wrong_currency"
    SHORT = "short"  # less came than was asked for
    OVER = "over"  # more came
    PAID_TWICE = "paid_twice"  # the order needs none of it
    DECLINED = "declined"  # the organizer does not take it: all of it goes back
    LATE = "late"  # the order has run out or was cancelled
    PAID = "paid"
    PART_PAID = "part_paid"  # as it was asked for, but the order needs more
    MORE_THAN_NEEDED = "more_than_needed"  # as it was asked for, but the order needs less by now
    REFUND_FAILED = "refund_failed"  # owed again
    UNCOVERED = "uncovered"  # a person gave back what the order needs
    REFUNDED_ELSEWHERE = "refunded_elsewhere"  # by a person, at the provider
    REFUNDED = "refunded"
    REFUND_PENDING = "refund_pending"
    DISPUTE_WON = "dispute_won"
    FAILED = "failed"
    RAN_OUT = "ran_out"  # or voided
    SET_ASIDE = "set_aside"
    ON_ITS_WAY = "on_its_way"
    WAITING = "waiting"  # the buyer can pay
    DETAILS = "details"  # its fee, its address: it stands where it stood
    NOTHING_NEW = "nothing_new"


class Action(Enum):
    """What is to be done, in this order."""

    CAPTURE = "capture"  # take what is set aside
    VOID = "void"  # see to it that it cannot be paid, or let go of what is set aside: it costs nothing
    EXTEND_HOLD = "extend_hold"  # as long as it can be paid, or is on its way
    SUSPEND_PASSES = "suspend_passes"
    RESTORE_PASSES = "restore_passes"
    SETTLE_REFUNDS = "settle_refunds"  # take over what a person gave back at the provider, by policy
    REFUND_SURPLUS = "refund_surplus"
    ASK_ORGANIZER = "ask_organizer"


@frozen(kw_only=True)
class Decision:
    """
    What is decided on news of a payment. Made by `decide`, `accepted` and `declined`; committed whole, or not at all.

    Attributes:
        payment: As it is now; the same object if nothing of it changed.
        meanings: What is new, most important first.
        trigger: What happened to the payment; None if it stands where it stood.
        row: The row of its table that answered; what it means agrees with `order` and `surplus`.
        order: What it means for the order, whose own table says the rest; None if nothing.
        actions: What is to be done, in order. Money that came late or in vain goes back by the order's table.
        surplus: What came and is not needed. It is given back at once (`REFUND_SURPLUS`) unless it is disputed.
        forgiven: What the organizer lets go of what was asked for.
        elsewhere: Refunds that a person made at the provider and none of ours explains; see `made_elsewhere`.
        refunds: What happened to ours: pairs of an id and a trigger.
        moved: The same refunds, as they are now.
    """

    payment: Payment
    meanings: tuple[Meaning, ...]
    trigger: PaymentTrigger | None = None
    row: PaymentRow | None = field(default=None, repr=False)
    order: OrderTrigger | None = None
    actions: tuple[Action, ...] = ()
    surplus: Money
    forgiven: Money
    elsewhere: tuple[RefundSnapshot, ...] = ()
    refunds: tuple[tuple[str, RefundTrigger], ...] = ()
    moved: tuple[Refund, ...] = ()

    @property
    def is_news(self) -> bool:
        """Whether there is anything to commit."""
        return self.meanings != (Meaning.NOTHING_NEW,)
