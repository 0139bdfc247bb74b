"""What flows ask of payment providers."""

from collections.abc import Mapping

from attrs import frozen

from paidevents.box_office.asks import Ask
from paidevents.box_office.outside import Outside
from paidevents.money.amount import Money
from paidevents.money.amount_rules import AmountRule
from paidevents.money.currency import Currency
from paidevents.money.provider_facts import ProviderLimits
from paidevents.payments.snapshot import PaymentRef, RefundSnapshot, Snapshot
from paidevents.ports.provider import Capability, Notification, PaymentRequest
from paidevents.reason import Finding


@frozen
class Till:
    """
    An account at a provider, as flows see it.

    Attributes:
        provider: The provider's name with its mode.
        account: The account there.
        capabilities: What it can do.
        limits: The times that it sets.
    """

    provider: str
    account: str
    capabilities: frozenset[Capability]
    limits: ProviderLimits


@frozen
class TillOf(Ask[Till]):
    """An account at a provider."""

    provider: str
    account: str

    def on(self, outside: Outside) -> Till:
        one = outside.tills.get(self.provider, self.account)
        return Till(one.name, one.account, one.capabilities, one.limits())


@frozen
class TillsNamed(Ask[tuple[tuple[str, str], ...]]):
    """The providers of a name, whatever their mode: pairs of a name with its mode and an account."""

    name: str

    def on(self, outside: Outside) -> tuple[tuple[str, str], ...]:
        return outside.tills.named(self.name)


@frozen
class RuleOf(Ask[AmountRule | None]):
    """Which amounts a provider takes."""

    provider: str
    account: str
    currency: Currency

    def on(self, outside: Outside) -> AmountRule | None:
        return outside.tills.get(self.provider, self.account).rule(self.currency)


@frozen
class Verify(Ask[tuple[Finding, ...]]):
    """What is wrong with an account at a provider."""

    provider: str
    account: str

    def on(self, outside: Outside) -> tuple[Finding, ...]:
        return outside.calling(self.provider, self.account, lambda till: till.verify())


@frozen
class Start(Ask[Snapshot]):
    """Open a payment."""

    provider: str
    account: str
    request: PaymentRequest
    key: str

    def on(self, outside: Outside) -> Snapshot:
        return outside.calling(self.provider, self.account, lambda till: till.start(self.request, key=self.key))


@frozen
class Fetch(Ask[Snapshot]):
    """What has become of a payment."""

    ref: PaymentRef

    def on(self, outside: Outside) -> Snapshot:
        return outside.calling(self.ref.provider, self.ref.account, lambda till: till.fetch(self.ref))


@frozen
class Capture(Ask[Snapshot]):
    """Take what is set aside."""

    ref: PaymentRef
    key: str

    def on(self, outside: Outside) -> Snapshot:
        return outside.calling(self.ref.provider, self.ref.account, lambda till: till.capture(self.ref, key=self.key))


@frozen
class Void(Ask[Snapshot]):
    """See to it that nothing can be paid any more."""

    ref: PaymentRef
    key: str

    def on(self, outside: Outside) -> Snapshot:
        return outside.calling(self.ref.provider, self.ref.account, lambda till: till.void(self.ref, key=self.key))


@frozen
class PayBack(Ask[RefundSnapshot]):
    """Give back so much of a payment."""

    ref: PaymentRef
    amount: Money
    key: str

    def on(self, outside: Outside) -> RefundSnapshot:
        provider, account = self.ref.provider, self.ref.account
        return outside.calling(provider, account, lambda till: till.refund(self.ref, self.amount, key=self.key))


@frozen
class Read(Ask[Notification | None]):
    """What a notification is about."""

    provider: str
    account: str
    headers: Mapping[str, str]
    body: bytes

    def on(self, outside: Outside) -> Notification | None:
        return outside.calling(self.provider, self.account, lambda till: till.notification(self.headers, self.body))
