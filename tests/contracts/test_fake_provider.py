"""The fake provider keeps every promise of a provider, whatever it can do and whoever it is like."""

from contracts.fakes import EVERYTHING, FakeCase
from providers.watch import Watch

from paidevents.ports import Capability
from paidevents.providers import FakeProvider
from paidevents.testing.provider_suite import Outcome


class TestFakeProvider(FakeCase):
    pass


class TestFakeLikeStripe(FakeCase):
    def fake(self) -> FakeProvider:
        return FakeProvider("stripe:test", "acct_1", clock=Watch())


class TestFakeLikePayPal(FakeCase):
    def fake(self) -> FakeProvider:
        return FakeProvider("paypal:test", "bureau@theatre.example", clock=Watch())


class TestFakeWithoutNotifications(FakeCase):
    def fake(self) -> FakeProvider:
        return FakeProvider(clock=Watch(), capabilities=EVERYTHING - {Capability.NOTIFICATIONS})


class TestFakeWithoutRefunds(FakeCase):
    def fake(self) -> FakeProvider:
        both = {Capability.REFUND, Capability.PARTIAL_REFUND}
        return FakeProvider(clock=Watch(), capabilities=EVERYTHING - both)


class TestFakeThatGivesBackTheWholeOnly(FakeCase):
    def fake(self) -> FakeProvider:
        return FakeProvider(clock=Watch(), capabilities=EVERYTHING - {Capability.PARTIAL_REFUND})


class TestFakeThatTakesAtOnce(FakeCase):
    def fake(self) -> FakeProvider:
        return FakeProvider(clock=Watch(), capabilities=EVERYTHING - {Capability.MANUAL_CAPTURE})


def test_the_fake_offers_everything() -> None:
    """No test of the suite is left out for it."""
    assert {result.outcome for result in TestFakeProvider.results()} == {Outcome.KEPT}
    assert TestFakeProvider.report().startswith("fake:test: 55 promises kept, 0 not offered, 0 broken.\n")
