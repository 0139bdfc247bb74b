"""The suite for a fake provider: its buyers are its own methods."""

from providers.watch import Watch

from paidevents.payments import Snapshot
from paidevents.ports import Capability, PaymentProvider
from paidevents.providers import FakeProvider
from paidevents.testing.provider_suite import ProviderSuite

ELSE = b"another secret, which the account does not know"


class FakeCase(ProviderSuite):
    """What is the same for every fake."""

    __test__ = False

    def make_provider(self) -> PaymentProvider:
        return self.fake()

    def fake(self) -> FakeProvider:
        return FakeProvider(clock=Watch())

    def buyer_pays(self, provider: PaymentProvider, payment: Snapshot) -> None:
        own(provider).pay(payment)

    def buyer_agrees(self, provider: PaymentProvider, payment: Snapshot) -> None:
        own(provider).authorize(payment)

    def notified(self, provider: PaymentProvider, payment: Snapshot) -> tuple[dict[str, str], bytes]:
        return own(provider).notifications()[-1]

    def notified_by_another(self, provider: PaymentProvider, payment: Snapshot) -> tuple[dict[str, str], bytes]:
        body = self.notified(provider, payment)[1]
        forger = FakeProvider(provider.name, provider.account, clock=Watch(), secrets=[ELSE])
        return forger.signed(body), body


def own(provider: PaymentProvider) -> FakeProvider:
    assert isinstance(provider, FakeProvider)
    return provider


EVERYTHING = frozenset(Capability)
