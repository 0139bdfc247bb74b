"""What happens at the fake provider without us: what buyers do, and people in its own pages."""

from collections.abc import Callable

from paidevents.checks import instance
from paidevents.errors import CurrencyMismatchError
from paidevents.money.amount import Money
from paidevents.payments.snapshot import DisputeStatus, RefundSnapshot, RefundStatus, Snapshot, Status, above_zero
from paidevents.ports.provider import Capability
from paidevents.providers.fake_books import Books, Which, alone
from paidevents.providers.fake_payment import Kept


class People(Books):
    """
    Buyers, their banks, and whoever works in the provider's pages.

    A payment is named by its `PaymentRef`, a snapshot of it, its address or its
    id there. What cannot happen is a `RequestRejectedError`, whose vendor code
    says why; then nothing has changed.
    """

    _declines = 0

    @alone
    def pay(self, which: Which) -> Snapshot:
        """The buyer pays; what was started to be captured later is only set aside."""
        return self._tried(
            which,
            lambda kept: self._set_aside(kept) if kept.request.capture_later else self._paid(kept, kept.seen.requested),
        )

    @alone
    def pay_another_amount(self, which: Which, amount: Money) -> Snapshot:
        """
        Less or more comes than was asked for: a coupon, a tip or a tax of the provider's own.

        Raises:
            CurrencyMismatchError: *amount* is in another currency than was asked for.
        """
        asked, came = self._kept(which).seen.requested, above_zero(amount, "amount")
        if came.currency != asked.currency:
            raise CurrencyMismatchError(asked.currency.code, came.currency.code)
        return self.pay_in_another_currency(which, came)

    @alone
    def pay_in_another_currency(self, which: Which, amount: Money) -> Snapshot:
        """So much comes, in whatever currency."""
        came = above_zero(amount, "amount")
        return self._tried(which, lambda kept: self._paid(kept, came))

    @alone
    def authorize(self, which: Which) -> Snapshot:
        """The buyer agrees, and the money is set aside, as PayPal does with every payment."""
        return self._tried(which, self._set_aside)

    @alone
    def pend(self, which: Which) -> Snapshot:
        """The buyer pays in a way that takes days; or what was set aside takes them."""
        return self._change(self._kept(which).on_its_way(), "payment.pending").seen

    @alone
    def settle(self, which: Which) -> Snapshot:
        """What was on its way has come."""
        kept = self._kept(which)
        kept.needs((Status.PENDING,))
        return self._paid(kept, kept.coming or kept.seen.requested).seen

    @alone
    def fail(self, which: Which) -> Snapshot:
        """It fails for good: before it was paid, on its way, or after it had been paid."""
        return self._change(self._kept(which).failed(), "payment.failed").seen

    @alone
    def expire(self, which: Which) -> Snapshot:
        """It ends before its time: nobody can pay it any more, and what was set aside is let go of."""
        return self._change(self._kept(which).ended(), "payment.expired").seen

    @alone
    def decline_next(self) -> None:
        """The next buyer's card is declined: the payment stays open, and they may try again."""
        self._declines += 1

    @alone
    def dispute(self, which: Which) -> Snapshot:
        """The buyer's bank takes all of it back, until the dispute is decided."""
        return self._change(self._kept(which).disputed(), "dispute.open").seen

    @alone
    def win_dispute(self, which: Which) -> Snapshot:
        """The bank finds for the organizer."""
        return self._change(self._kept(which).dispute_ended(DisputeStatus.WON), "dispute.won").seen

    @alone
    def lose_dispute(self, which: Which) -> Snapshot:
        """The bank finds for the buyer, and the money is gone."""
        return self._change(self._kept(which).dispute_ended(DisputeStatus.LOST), "dispute.lost").seen

    @alone
    def refund_in_dashboard(self, which: Which, amount: Money) -> RefundSnapshot:
        """A person gives so much back in the provider's own pages: it has no key of ours."""
        return self._refunded(self._kept(which), amount, RefundStatus.SUCCEEDED)

    @alone
    def complete_refund(self, refund: RefundSnapshot | str) -> RefundSnapshot:
        """A refund that was pending has reached the buyer; it is named by its id there or a snapshot of it."""
        return self._refund_told(refund, RefundStatus.SUCCEEDED)

    @alone
    def fail_refund(self, refund: RefundSnapshot | str) -> RefundSnapshot:
        """A refund fails, perhaps days after it had succeeded."""
        return self._refund_told(refund, RefundStatus.FAILED)

    def _tried(self, which: Which, then: Callable[[Kept], Kept]) -> Snapshot:
        """A payment after its buyer tried to pay it."""
        kept = self._kept(which)
        kept.needs((Status.OPEN,))
        if self._declines:
            self._declines -= 1
            return self._change(kept, "payment.declined").seen
        return then(kept).seen

    def _set_aside(self, kept: Kept) -> Kept:
        self._needs(Capability.MANUAL_CAPTURE)
        within = self._limits.capture_within
        until = None if within is None else self._now() + within
        return self._change(kept.set_aside(until), "payment.authorized")

    def _paid(self, kept: Kept, received: Money) -> Kept:
        return self._change(kept.paid(received, self._now(), self._fee), "payment.paid")

    def _refunded(self, kept: Kept, amount: Money, status: RefundStatus, key: str = "") -> RefundSnapshot:
        in_parts = Capability.PARTIAL_REFUND in self._capabilities
        kept.check_refund(above_zero(amount, "amount"), in_parts=in_parts)
        refund = RefundSnapshot(id=self._new_id("re"), amount=amount, status=status, key=key)
        self._change(kept.refunded(refund), f"refund.{status.value}")
        return refund

    def _refund_told(self, refund: RefundSnapshot | str, status: RefundStatus) -> RefundSnapshot:
        id = refund.id if isinstance(refund, RefundSnapshot) else instance(refund, "refund", str)
        for kept in self._payments.values():
            if any(each.id == id for each in kept.seen.refunds):
                seen = self._change(kept.refund_told(id, status), f"refund.{status.value}").seen
                return next(each for each in seen.refunds if each.id == id)
        raise self._refusal("unknown_refund")
