"""What is owed, to buyers and by them: the values that a report of debts is made of."""

from datetime import datetime
from enum import Enum

from attrs import frozen

from paidevents.checks import INT64_MAX, between, instant, of_kind, optional, settle, several, text, text_or_nothing
from paidevents.money.amount import Money
from paidevents.payments.refund import RefundPurpose
from paidevents.payments.snapshot import above_zero
from paidevents.reports.asked import MOST


class OwedKind(Enum):
    """Why something is owed."""

    REFUND_OWED = "refund_owed"  # decided, and not asked for: the organizer is to make it (CM-21)
    REFUND_FAILED = "refund_failed"  # asked for, and owed again
    REFUND_UNDER_WAY = "refund_under_way"  # the provider was asked
    SURPLUS = "surplus"  # more came than was needed, and no refund of it was decided
    LATE = "late"  # it came when the places were gone, and the organizer has not decided
    REVIEW = "review"  # what came is not what was due, and the organizer has not decided
    UNPAID = "unpaid"  # the buyer owes it


@frozen(kw_only=True, repr=False)
class OwedRow:
    """
    Something that is owed: to the buyer, or by the buyer where the kind is `UNPAID`.

    Attributes:
        kind: Why.
        order: Id of the order; empty in a total.
        payment: Id of the payment that it is in; empty where it is in none, or not in one alone.
        refund: Id of the refund; empty without one.
        purpose: What is refunded; None without a refund.
        buyer_name: Who bought; None once the person was erased, and in a total.
        buyer_email: The same.
        amount: Above zero.
        since: Since when, in UTC; None where no record says so.
        days: How many whole days that is by now; None likewise.

    Raises:
        InvalidValueError: An attribute that cannot be.
        NaiveDatetimeError: The moment has no zone.
    """

    kind: OwedKind
    order: str = ""
    payment: str = ""
    refund: str = ""
    purpose: RefundPurpose | None = None
    buyer_name: str | None = None
    buyer_email: str | None = None
    amount: Money
    since: datetime | None = None
    days: int | None = None

    def __attrs_post_init__(self) -> None:
        settle(
            self,
            kind=of_kind(OwedKind),
            order=text_or_nothing,
            payment=text_or_nothing,
            refund=text_or_nothing,
            purpose=optional(of_kind(RefundPurpose)),
            buyer_name=optional(text),
            buyer_email=optional(text),
            amount=above_zero,
            since=optional(instant),
            days=optional(between(0, INT64_MAX)),
        )

    def __repr__(self) -> str:
        return f"OwedRow({self.kind.value!r}, {self.order!r}, {self.amount!s}, …)"

    @property
    def is_to_buyer(self) -> bool:
        """Whether it is owed to the buyer."""
        return self.kind is not OwedKind.UNPAID


@frozen(kw_only=True)
class Owed:
    """
    All that is owed.

    Attributes:
        rows: By kind; of each, what is owed for longest first.
        totals: One for each kind and currency.

    Raises:
        InvalidValueError: An attribute that cannot be.
    """

    rows: tuple[OwedRow, ...]
    totals: tuple[OwedRow, ...]

    def __attrs_post_init__(self) -> None:
        rows = several(of_kind(OwedRow), MOST)
        settle(self, rows=rows, totals=rows)
