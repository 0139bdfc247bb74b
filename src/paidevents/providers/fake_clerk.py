"""What the fake provider does of what it is asked, and what it refuses; keys and faults are not its business."""

from collections.abc import Collection, Mapping, Sequence

from paidevents.checks import instance
from paidevents.errors import PaymentDeclinedError
from paidevents.money.amount import Money
from paidevents.money.amount_rules import AmountRule, WireForm
from paidevents.money.currency import Currency
from paidevents.money.provider_facts import PROVIDERS, ProviderLimits, amount_rule, provider_limits
from paidevents.money.rate import Rate
from paidevents.payments.snapshot import PaymentRef, RefundSnapshot, RefundStatus, Snapshot, Status
from paidevents.ports.connection import base_name
from paidevents.ports.provider import Capability, PaymentRequest
from paidevents.ports.source import Clock
from paidevents.providers.fake_payment import Kept
from paidevents.providers.fake_people import People
from paidevents.providers.fake_script import Fault

_COMES_TO: Mapping[Fault | None, RefundStatus] = {
    Fault.PENDING_REFUND: RefundStatus.PENDING,
    Fault.FAILED_REFUND: RefundStatus.FAILED,
}


class Clerk(People):
    """
    Starts, takes, ends and gives back payments, as a provider does.

    Args:
        limits: The times that it sets; None for those of the provider whose name it has, or else Stripe's.
    """

    def __init__(
        self,
        name: str,
        account: str,
        clock: Clock,
        capabilities: Collection[Capability],
        limits: ProviderLimits | None,
        fee: Rate | None,
        secrets: Sequence[bytes],
    ) -> None:
        self._base = base_name(name)
        usual = provider_limits(self._base if self._base in PROVIDERS else "stripe")
        super().__init__(name, account, clock, capabilities, usual if limits is None else limits, fee, secrets)

    def rule(self, currency: Currency) -> AmountRule | None:
        """Which amounts it takes in *currency*; None if it does not take it."""
        if self._base in PROVIDERS:
            return amount_rule(self._base, currency)
        digits = instance(currency, "currency", Currency).digits
        return AmountRule(provider=self._base, currency=currency, form=WireForm.DECIMAL_TEXT, decimals=digits, step=1)

    def _started(self, asked: PaymentRequest, fault: Fault | None) -> Snapshot:
        rule = self.rule(asked.amount.currency)
        if rule is None:
            raise self._refusal("currency_not_supported")
        for reason in rule.refusals(asked.amount):
            raise self._refusal(reason.code)
        if asked.capture_later:
            self._needs(Capability.MANUAL_CAPTURE)
        if asked.expires_at is not None and asked.expires_at - self._now() < self._limits.shortest_checkout:
            raise self._refusal("expires_too_soon")
        if fault is Fault.DECLINE:
            raise PaymentDeclinedError(self._name, "card_declined")
        ref = PaymentRef(self._name, self._account, self._new_id("cs"))
        return self._change(Kept.opened(ref, asked), "payment.open").seen

    def _captured(self, ref: PaymentRef, amount: Money | None, fault: Fault | None) -> Snapshot:
        kept = self._kept(ref)
        kept.needs((Status.AUTHORIZED,))
        asked = kept.seen.requested
        taken = asked if amount is None else self._on_step(amount)
        if taken.currency != asked.currency:
            raise self._refusal("currency_mismatch")
        if taken > asked:
            raise self._refusal("amount_too_large")
        if fault is Fault.DECLINE:
            self._change(kept.failed(), "payment.failed")
            raise PaymentDeclinedError(self._name, "card_declined")
        if fault is Fault.PENDING_CAPTURE:
            return self._change(kept.on_its_way(taken), "payment.pending").seen
        return self._paid(kept, taken).seen

    def _voided(self, ref: PaymentRef) -> Snapshot:
        kept = self._kept(ref)
        if kept.seen.status in (Status.OPEN, Status.AUTHORIZED):
            return self._change(kept.ended(), "payment.expired").seen
        return kept.seen

    def _given_back(self, ref: PaymentRef, amount: Money, key: str, fault: Fault | None) -> RefundSnapshot:
        self._needs(Capability.REFUND)
        kept, window = self._kept(ref), self._limits.refund_window
        if window is not None and kept.paid_at is not None and self._now() - kept.paid_at > window:
            raise self._refusal("refund_window_over")
        status = _COMES_TO.get(fault, RefundStatus.SUCCEEDED)
        return self._refunded(kept, self._on_step(amount), status, key)

    def _on_step(self, amount: Money) -> Money:
        rule = self.rule(amount.currency)
        if rule is not None and amount.minor % rule.step:
            raise self._refusal("off_step")
        return amount
