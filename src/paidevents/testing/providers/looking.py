"""How a payment is looked at, without any effect; and what is nobody's."""

from paidevents.payments.snapshot import PaymentRef, Status
from paidevents.ports.provider import Capability, PaymentProvider
from paidevents.testing.providers.case import ProviderCase, rejected, same


class Looking(ProviderCase):
    """What `fetch` promises."""

    def test_what_was_started_is_found(self) -> None:
        provider = self.offering(Capability.FETCH)
        payment = self.started(provider)
        seen = provider.fetch(payment.ref)
        found = (seen.ref, seen.reference, seen.status, seen.requested)
        same(found, (payment.ref, payment.reference, Status.OPEN, self.amount), "It is as it was started.")

    def test_looking_changes_nothing(self) -> None:
        provider = self.offering(Capability.FETCH)
        payment = self.started(provider)
        first = provider.fetch(payment.ref)
        for _ in range(3):
            same(provider.fetch(payment.ref), first, "Nobody did anything but look.")
        self.buyer_pays(provider, payment)
        then = provider.fetch(payment.ref)
        for _ in range(3):
            same(provider.fetch(payment.ref), then, "Nobody did anything but look.")

    def test_what_the_buyer_paid_is_paid(self) -> None:
        provider = self.offering(Capability.FETCH)
        payment = self.paid(provider)
        seen = provider.fetch(payment.ref)
        same((seen.status, seen.received), (Status.PAID, self.amount), "All of it came.")
        same((seen.reference, seen.requested), (payment.reference, self.amount), "It is what was asked for.")
        same((seen.refunds, seen.dispute), ((), None), "Nothing of it has gone back.")

    def test_one_payment_is_not_another(self) -> None:
        provider = self.offering(Capability.FETCH)
        waiting = self.started(provider)
        self.paid(provider)
        same(provider.fetch(waiting.ref).status, Status.OPEN, "Another one was paid.")

    def test_a_payment_that_nobody_knows_is_refused(self) -> None:
        provider = self.offering(Capability.FETCH)
        self._refuse(provider, self.nobody(provider))

    def test_a_payment_of_another_account_is_refused(self) -> None:
        provider = self.make_provider()
        id = self.started(provider).ref.id
        self._refuse(provider, PaymentRef(provider.name, f"not-{provider.account}"[:200], id))
        self._refuse(provider, PaymentRef("elsewhere:test", provider.account, id))

    def test_where_nobody_can_look_looking_is_refused(self) -> None:
        provider = self.make_provider()
        payment = self.started(provider)
        if Capability.FETCH not in provider.capabilities:
            rejected(lambda: provider.fetch(payment.ref), "It cannot be asked what became of a payment.")

    def _refuse(self, provider: PaymentProvider, ref: PaymentRef) -> None:
        rejected(lambda: provider.fetch(ref), f"There is nothing to look at: {ref}.")
        rejected(lambda: provider.capture(ref, key=self.key()), f"There is nothing to take: {ref}.")
        rejected(lambda: provider.void(ref, key=self.key()), f"There is nothing to end: {ref}.")
        rejected(lambda: provider.refund(ref, self.amount, key=self.key()), f"There is nothing to give back: {ref}.")
