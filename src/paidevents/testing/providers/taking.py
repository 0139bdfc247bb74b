"""How money that is set aside is taken, and how a payment is ended."""

from contextlib import suppress

from paidevents.payments.snapshot import Status
from paidevents.ports.provider import Capability
from paidevents.testing.providers.case import ProviderCase, rejected, same

_CAPTURE = (Capability.MANUAL_CAPTURE, Capability.FETCH)


class Taking(ProviderCase):
    """What `capture` and `void` promise."""

    def test_what_is_open_cannot_be_captured(self) -> None:
        provider = self.make_provider()
        payment = self.started(provider)
        rejected(lambda: provider.capture(payment.ref, key=self.key()), "Nothing of it is set aside.")
        if Capability.FETCH in provider.capabilities:
            same(provider.fetch(payment.ref).status, Status.OPEN, "The buyer can still pay.")

    def test_what_is_paid_cannot_be_captured(self) -> None:
        provider = self.offering(Capability.FETCH)
        payment = self.paid(provider)
        rejected(lambda: provider.capture(payment.ref, key=self.key()), "Nothing of it is set aside.")
        same(provider.fetch(payment.ref).received, self.amount, "As much is received as before.")

    def test_what_is_set_aside_is_taken(self) -> None:
        provider = self.offering(*_CAPTURE)
        payment = self.set_aside(provider)
        seen = provider.fetch(payment.ref)
        same((seen.status, seen.received), (Status.AUTHORIZED, None), "It is set aside, and not yet taken.")
        taken = provider.capture(payment.ref, key=self.key())
        same((taken.status, taken.received), (Status.PAID, self.amount), "All of it is taken.")
        same(provider.fetch(payment.ref), taken, "So it says when it is asked.")

    def test_a_part_of_what_is_set_aside_can_be_taken_and_no_more(self) -> None:
        provider = self.offering(*_CAPTURE)
        payment, step = self.set_aside(provider), self.step(provider)
        more, less = self.amount + step, self.amount - step
        rejected(lambda: provider.capture(payment.ref, more, key=self.key()), "So much is not set aside.")
        taken = provider.capture(payment.ref, less, key=self.key())
        same((taken.status, taken.received), (Status.PAID, less), "So much is taken.")
        same(taken.requested, self.amount, "What was asked for stays the same.")

    def test_a_capture_under_the_same_key_is_made_once(self) -> None:
        provider = self.offering(*_CAPTURE)
        payment, key = self.set_aside(provider), self.key()
        first = provider.capture(payment.ref, key=key)
        same(provider.capture(payment.ref, key=key), first, "The same key gives the same answer.")
        rejected(lambda: provider.capture(payment.ref, key=self.key()), "Under another key, nothing is left to take.")
        same(provider.fetch(payment.ref).received, self.amount, "It is taken once.")

    def test_what_is_voided_can_no_longer_be_paid(self) -> None:
        provider = self.make_provider()
        payment = self.started(provider)
        ended = provider.void(payment.ref, key=self.key())
        found = (ended.ref, ended.reference, ended.status, ended.requested)
        same(found, (payment.ref, payment.reference, Status.EXPIRED, self.amount), "It has ended.")
        if Capability.FETCH in provider.capabilities:
            same(provider.fetch(payment.ref).status, Status.EXPIRED, "So it says when it is asked.")
            with suppress(Exception):
                self.buyer_pays(provider, payment)
            same(provider.fetch(payment.ref).status, Status.EXPIRED, "A buyer who is late cannot pay it.")

    def test_what_is_set_aside_is_let_go_of(self) -> None:
        provider = self.offering(*_CAPTURE)
        payment = self.set_aside(provider)
        same(provider.void(payment.ref, key=self.key()).status, Status.EXPIRED, "It is let go of.")
        same(provider.fetch(payment.ref).status, Status.EXPIRED, "So it says when it is asked.")
        rejected(lambda: provider.capture(payment.ref, key=self.key()), "It can no longer be taken.")

    def test_what_is_paid_stays_paid_when_it_is_voided(self) -> None:
        provider = self.offering(Capability.FETCH)
        payment = self.paid(provider)
        seen = provider.void(payment.ref, key=self.key())
        same((seen.status, seen.received), (Status.PAID, self.amount), "It says what is true: it is paid.")
        same(provider.fetch(payment.ref), seen, "So it says when it is asked.")

    def test_voiding_again_changes_nothing(self) -> None:
        provider = self.make_provider()
        payment, key = self.started(provider), self.key()
        first = provider.void(payment.ref, key=key)
        same(provider.void(payment.ref, key=key), first, "The same key gives the same answer.")
        same(provider.void(payment.ref, key=self.key()).status, Status.EXPIRED, "Under another key it says the same.")
