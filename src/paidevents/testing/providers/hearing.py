"""Notifications: what is not signed is nothing, and what is signed is only a hint."""

from paidevents.errors import ForgedNotificationError
from paidevents.payments.snapshot import Snapshot
from paidevents.ports.provider import Capability, Notification, PaymentProvider
from paidevents.testing.providers.case import ProviderCase, Sent, holds, refused, same


def _other(value: str) -> str:
    """The same, but for the last letter."""
    return value[:-1] + ("1" if value.endswith("0") else "0")


class Hearing(ProviderCase):
    """What `notification` promises."""

    def test_a_genuine_notification_names_its_payment(self) -> None:
        provider, payment, (headers, body) = self._sent()
        said = self._heard(provider, headers, body)
        holds(said.ref is not None or bool(said.reference), "It names neither the payment nor the order.")
        holds(said.ref in (None, payment.ref), f"It names another payment: {said.ref}.")
        holds(said.reference in ("", payment.reference), f"It names another order: {said.reference!r}.")

    def test_a_notification_says_no_amount_and_no_status(self) -> None:
        provider, _, (headers, body) = self._sent()
        same(type(self._heard(provider, headers, body)), Notification, "What happened is asked, not told.")

    def test_a_notification_that_comes_twice_says_the_same(self) -> None:
        provider, _, (headers, body) = self._sent()
        first = provider.notification(headers, body)
        same(provider.notification(headers, body), first, "It is heard as before.")

    def test_the_names_of_headers_are_the_same_in_any_case(self) -> None:
        provider, _, (headers, body) = self._sent()
        said = provider.notification(headers, body)
        for case in (str.upper, str.lower, str.title):
            named = {case(name): value for name, value in headers.items()}
            same(provider.notification(named, body), said, "A server may have written them in its own way.")

    def test_without_a_signature_nothing_is_heard(self) -> None:
        provider, _, (_, body) = self._sent()
        self._deaf(provider, {}, body, "It is not signed.")

    def test_with_a_wrong_signature_nothing_is_heard(self) -> None:
        provider, _, (headers, body) = self._sent()
        wrong = {name: _other(value) for name, value in headers.items()}
        self._deaf(provider, wrong, body, "Its signature is wrong.")
        empty = dict.fromkeys(headers, "")
        self._deaf(provider, empty, body, "Its signature is empty.")

    def test_of_a_body_that_was_cut_nothing_is_heard(self) -> None:
        provider, _, (headers, body) = self._sent()
        for part in (body[:-1], body[1:], body[: len(body) // 2], b""):
            self._deaf(provider, headers, part, "Its body was cut.")

    def test_of_a_body_that_was_changed_nothing_is_heard(self) -> None:
        provider, _, (headers, body) = self._sent()
        for place in range(0, len(body), max(len(body) // 16, 1)):
            changed = body[:place] + bytes([body[place] ^ 1]) + body[place + 1 :]
            self._deaf(provider, headers, changed, f"Byte {place} of its body was changed.")
        for longer in (body + b" ", b" " + body, body + body):
            self._deaf(provider, headers, longer, "Its body was made longer.")

    def test_what_somebody_else_signed_is_not_heard(self) -> None:
        provider = self.offering(Capability.NOTIFICATIONS)
        payment = self.paid(provider)
        headers, body = self.notified_by_another(provider, payment)
        self._deaf(provider, headers, body, "It was signed with another secret.")

    def test_where_nothing_is_sent_nothing_is_heard(self) -> None:
        provider = self.make_provider()
        if Capability.NOTIFICATIONS not in provider.capabilities:
            self._deaf(provider, {"signature": "0" * 64}, b'{"id": "1"}', "Nobody sends any.")

    def _sent(self) -> tuple[PaymentProvider, Snapshot, Sent]:
        provider = self.offering(Capability.NOTIFICATIONS)
        payment = self.paid(provider)
        return provider, payment, self.notified(provider, payment)

    def _heard(self, provider: PaymentProvider, headers: dict[str, str], body: bytes) -> Notification:
        said = provider.notification(headers, body)
        if said is None:
            raise AssertionError("It is about a payment that was paid, and that matters.")
        return said

    def _deaf(self, provider: PaymentProvider, headers: dict[str, str], body: bytes, sentence: str) -> None:
        refused(ForgedNotificationError, lambda: provider.notification(headers, body), sentence)
