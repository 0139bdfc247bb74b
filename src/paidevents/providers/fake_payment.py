"""A payment as the fake provider keeps it: what can happen to it, and what cannot."""

from datetime import datetime
from typing import Any

from attrs import evolve, frozen

from paidevents.errors import RequestRejectedError
from paidevents.money.amount import Money
from paidevents.money.rate import Rate
from paidevents.money.rounding import Rounding
from paidevents.payments.snapshot import DisputeStatus, PaymentRef, RefundSnapshot, RefundStatus, Snapshot, Status
from paidevents.ports.provider import PaymentRequest

_NOT_YET_TAKEN = (Status.OPEN, Status.AUTHORIZED)
_CAN_FAIL = (Status.OPEN, Status.AUTHORIZED, Status.PENDING, Status.PAID)


@frozen(kw_only=True)
class Kept:
    """
    A payment in the provider's books.

    What happens to it gives another one. What cannot happen is a
    `RequestRejectedError`, whose vendor code says why.

    Attributes:
        request: What it was started with.
        seen: What whoever asks is told.
        coming: What is on its way; None if nothing is.
        paid_at: When its money came; None before.
    """

    request: PaymentRequest
    seen: Snapshot
    coming: Money | None = None
    paid_at: datetime | None = None

    @classmethod
    def opened(cls, ref: PaymentRef, request: PaymentRequest) -> "Kept":
        """One that the buyer can pay, at an address of its own."""
        seen = Snapshot(
            ref=ref,
            reference=request.reference,
            status=Status.OPEN,
            requested=request.amount,
            url=f"https://pay.example/{ref.provider}/{ref.id}",
            expires_at=request.expires_at,
        )
        return cls(request=request, seen=seen)

    @property
    def left(self) -> Money:
        """What came of it and was neither given back nor is about to be."""
        left = self.seen.received or Money.zero(self.seen.requested.currency)
        for refund in self.seen.refunds:
            left = left if refund.status is RefundStatus.FAILED else left - refund.amount
        return left

    def is_over(self, at: datetime) -> bool:
        """Whether the time has run out in which it could be paid, or taken."""
        ends = {Status.OPEN: self.seen.expires_at, Status.AUTHORIZED: self.seen.capture_until}
        until = ends.get(self.seen.status)
        return until is not None and until <= at

    def paid(self, received: Money, at: datetime, fee: Rate | None) -> "Kept":
        """The same with its money, whatever it stood at; *fee* is the share that the provider takes of it."""
        taken = None if fee is None else received.times(fee, Rounding.HALF_UP)
        return evolve(self._told(Status.PAID, received=received, fee=taken), coming=None, paid_at=at)

    def set_aside(self, until: datetime | None) -> "Kept":
        """The same with its money set aside, for so long."""
        self.needs((Status.OPEN,))
        return self._told(Status.AUTHORIZED, capture_until=until)

    def on_its_way(self, amount: Money | None = None) -> "Kept":
        """The same with all of its money on its way, or so much."""
        self.needs(_NOT_YET_TAKEN)
        return evolve(self._told(Status.PENDING), coming=amount or self.seen.requested)

    def failed(self) -> "Kept":
        """The same without money; it may have been paid before."""
        self.needs(_CAN_FAIL)
        return self._told(Status.FAILED, received=None)

    def ended(self) -> "Kept":
        """The same, which nobody can pay or take any more."""
        self.needs(_NOT_YET_TAKEN)
        return self._told(Status.EXPIRED)

    def check_refund(self, amount: Money, *, in_parts: bool) -> None:
        """Make sure that *amount* can be given back: nothing that is disputed, and no more than is left."""
        self.needs((Status.PAID,), "not_paid")
        left = self.left
        if self.seen.dispute in (DisputeStatus.OPEN, DisputeStatus.LOST):
            raise self.refusal("disputed")
        if amount.currency != left.currency:
            raise self.refusal("currency_mismatch")
        if amount > left:
            raise self.refusal("amount_too_large")
        if amount != self.seen.received and not in_parts:
            raise self.refusal("partial_refund_not_offered")

    def refunded(self, refund: RefundSnapshot) -> "Kept":
        """The same with one more refund."""
        return self._told(self.seen.status, refunds=(*self.seen.refunds, refund))

    def refund_told(self, id: str, status: RefundStatus) -> "Kept":
        """The same once a refund that had not failed has come to *status*."""
        known = {refund.id: refund for refund in self.seen.refunds}
        if known[id].status in (status, RefundStatus.FAILED):
            raise self.refusal(f"refund_{known[id].status.value}")
        known[id] = evolve(known[id], status=status)
        return self._told(self.seen.status, refunds=tuple(known.values()))

    def disputed(self) -> "Kept":
        """The same with a dispute of all that came, which is open."""
        self.needs((Status.PAID,), "not_paid")
        if self.seen.dispute is not None:
            raise self.refusal("disputed")
        return self._told(Status.PAID, dispute=DisputeStatus.OPEN, disputed=self.seen.received)

    def dispute_ended(self, status: DisputeStatus) -> "Kept":
        """The same with its dispute won or lost."""
        if self.seen.dispute is not DisputeStatus.OPEN:
            raise self.refusal("not_disputed")
        return self._told(self.seen.status, dispute=status)

    def needs(self, statuses: tuple[Status, ...], code: str = "") -> None:
        """Make sure that it stands at one of *statuses*; what else it stands at is the vendor code, or *code*."""
        if self.seen.status not in statuses:
            raise self.refusal(code or f"payment_{self.seen.status.value}")

    def refusal(self, code: str) -> RequestRejectedError:
        """The error of the provider's that names *code*."""
        return RequestRejectedError(self.seen.ref.provider, code)

    def _told(self, status: Status, **changed: Any) -> "Kept":
        """The same, standing at *status*; what no longer is open has no address."""
        plain: dict[str, Any] = {"url": "", "capture_until": None}
        return evolve(self, seen=evolve(self.seen, status=status, **{**plain, **changed}))
