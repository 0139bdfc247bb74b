"""Bank transfers and cash keep every promise that somebody without a memory can keep; the report names the others."""

from paidevents import Money
from paidevents.money import CHF
from paidevents.ports import PaymentProvider
from paidevents.providers import ManualProvider
from paidevents.testing.provider_suite import Outcome, ProviderSuite


class TestBankTransfer(ProviderSuite):
    has_modes = False

    def make_provider(self) -> PaymentProvider:
        return ManualProvider(instructions="IBAN FR76 3000 6000: {amount} for {reference}")


class TestCash(ProviderSuite):
    has_modes = False
    amount = Money(2000, CHF)

    def make_provider(self) -> PaymentProvider:
        return ManualProvider.cash("desk", step=5, currencies=["CHF"])


def test_what_a_bank_transfer_does_not_offer_is_named() -> None:
    reasons = {result.why for result in TestBankTransfer.results() if result.outcome is Outcome.NOT_OFFERED}
    assert reasons == {
        "It cannot be asked what became of a payment.",
        "It sets no money aside.",
        "It sends no notifications.",
    }
