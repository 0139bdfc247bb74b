"""How money is given back: once for each key, and never more than came."""

from paidevents.money.amount import Money
from paidevents.money.currency import Currency
from paidevents.payments.snapshot import RefundStatus, Status
from paidevents.ports.provider import Capability
from paidevents.testing.providers.case import ProviderCase, holds, rejected, same

_LOOKED_AT = (Capability.REFUND, Capability.FETCH)
_IN_PARTS = (*_LOOKED_AT, Capability.PARTIAL_REFUND)
_GOES_WELL = (RefundStatus.PENDING, RefundStatus.SUCCEEDED)


class GivingBack(ProviderCase):
    """What `refund` promises."""

    def test_the_whole_is_given_back(self) -> None:
        provider = self.offering(*_LOOKED_AT)
        payment, key = self.paid(provider), self.key()
        refund = provider.refund(payment.ref, self.amount, key=key)
        same(refund.amount, self.amount, "All of it is given back.")
        holds(refund.status in _GOES_WELL, f"It stands at {refund.status}.")
        holds(refund.key in ("", key), f"Its key is {refund.key!r}, not {key!r}.")
        seen = provider.fetch(payment.ref)
        same([(each.id, each.amount) for each in seen.refunds], [(refund.id, self.amount)], "It is seen afterwards.")
        same((seen.status, seen.received), (Status.PAID, self.amount), "What came is as it was.")

    def test_it_is_given_back_in_parts(self) -> None:
        provider = self.offering(*_IN_PARTS)
        payment, part = self.paid(provider), self.step(provider)
        ids = [provider.refund(payment.ref, part, key=self.key()).id for _ in range(2)]
        rest = self.amount - part * 2
        ids.append(provider.refund(payment.ref, rest, key=self.key()).id)
        same(len(set(ids)), 3, "Three refunds have three names.")
        seen = {each.id: each.amount for each in provider.fetch(payment.ref).refunds}
        same(seen, dict(zip(ids, (part, part, rest), strict=True)), "All are seen afterwards.")

    def test_no_part_is_given_back_where_only_the_whole_can_be(self) -> None:
        provider = self.offering(*_LOOKED_AT)
        payment, part = self.paid(provider), self.step(provider)
        if Capability.PARTIAL_REFUND not in provider.capabilities:
            rejected(lambda: provider.refund(payment.ref, part, key=self.key()), "It gives back the whole only.")

    def test_more_than_came_is_not_given_back(self) -> None:
        provider = self.offering(*_LOOKED_AT)
        payment = self.paid(provider)
        more = self.amount + self.step(provider)
        rejected(lambda: provider.refund(payment.ref, more, key=self.key()), "So much did not come.")
        same(provider.fetch(payment.ref).refunds, (), "Nothing is given back.")

    def test_more_than_is_left_is_not_given_back(self) -> None:
        provider = self.offering(*_IN_PARTS)
        payment = self.paid(provider)
        provider.refund(payment.ref, self.step(provider), key=self.key())
        rejected(lambda: provider.refund(payment.ref, self.amount, key=self.key()), "So much is not left.")
        same(len(provider.fetch(payment.ref).refunds), 1, "Nothing more is given back.")

    def test_the_same_key_gives_back_once(self) -> None:
        provider = self.offering(*_IN_PARTS)
        payment, key, part = self.paid(provider), self.key(), self.step(provider)
        first = provider.refund(payment.ref, part, key=key)
        for _ in range(2):
            same(provider.refund(payment.ref, part, key=key).id, first.id, "It is the same refund.")
        same(len(provider.fetch(payment.ref).refunds), 1, "It is given back once.")

    def test_the_same_key_gives_back_no_other_amount(self) -> None:
        provider = self.offering(*_IN_PARTS)
        payment, key, part = self.paid(provider), self.key(), self.step(provider)
        provider.refund(payment.ref, part, key=key)
        rejected(lambda: provider.refund(payment.ref, part * 2, key=key), "The key is that of another request.")
        same(len(provider.fetch(payment.ref).refunds), 1, "Nothing more is given back.")

    def test_what_did_not_come_is_not_given_back(self) -> None:
        provider = self.offering(*_LOOKED_AT)
        payment = self.started(provider)
        rejected(lambda: provider.refund(payment.ref, self.amount, key=self.key()), "Nothing came of it.")

    def test_nothing_is_given_back_in_another_currency(self) -> None:
        provider = self.offering(*_LOOKED_AT)
        payment = self.paid(provider)
        other = Currency("CHF" if self.amount.currency.code != "CHF" else "EUR")
        foreign = Money(self.amount.minor, other)
        rejected(lambda: provider.refund(payment.ref, foreign, key=self.key()), "Nothing came in that currency.")

    def test_what_a_person_pays_out_is_pending_under_its_key(self) -> None:
        provider = self.offering(Capability.REFUND)
        payment, key = self.started(provider), self.key()
        if Capability.FETCH in provider.capabilities:
            return  # it gives back by itself, and says how that went
        refund = provider.refund(payment.ref, self.amount, key=key)
        found = (refund.status, refund.amount, refund.key)
        same(found, (RefundStatus.PENDING, self.amount, key), "It is owed, and known by its key.")
        same(provider.refund(payment.ref, self.amount, key=key), refund, "The same key gives the same answer.")

    def test_nothing_is_given_back_where_that_is_not_offered(self) -> None:
        provider = self.make_provider()
        payment = self.started(provider)
        if Capability.REFUND not in provider.capabilities:
            rejected(lambda: provider.refund(payment.ref, self.amount, key=self.key()), "It gives nothing back.")
