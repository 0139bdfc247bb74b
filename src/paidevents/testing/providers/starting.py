"""How a payment is started, once for each key; and which are not."""

from functools import partial

from attrs import evolve

from paidevents.money.amount import Money
from paidevents.money.currency import Currency
from paidevents.payments.snapshot import Status
from paidevents.ports.provider import Capability
from paidevents.testing.providers.case import ProviderCase, holds, rejected, same


class Starting(ProviderCase):
    """What `start` promises."""

    def test_what_is_started_is_open_and_says_how_to_pay(self) -> None:
        payment = self.started(self.make_provider())
        same(payment.status, Status.OPEN, "The buyer can pay.")
        holds(bool(payment.url or payment.instructions), "It has neither an address nor instructions.")

    def test_a_payment_is_called_by_its_provider_and_account(self) -> None:
        provider = self.make_provider()
        ref = self.started(provider).ref
        same((ref.provider, ref.account), (provider.name, provider.account), "Its name says where it is.")

    def test_the_reference_comes_back(self) -> None:
        payment = self.started(self.make_provider(), reference="A7.b-C_8")
        same(payment.reference, "A7.b-C_8", "The id of the order is said again, letter by letter.")

    def test_the_amount_is_the_one_that_was_asked_for(self) -> None:
        payment = self.started(self.make_provider())
        same(payment.requested, self.amount, "Amount and currency are those of the request.")

    def test_a_request_with_nothing_that_can_be_left_out_is_started(self) -> None:
        payment = self.started(self.make_provider(), return_url="", cancel_url="", email="")
        same(payment.status, Status.OPEN, "The buyer can pay.")

    def test_the_same_key_gives_the_same_payment(self) -> None:
        provider, request, key = self.make_provider(), self.request(), self.key()
        first = provider.start(request, key=key)
        for _ in range(2):
            again = provider.start(request, key=key)
            same((again.ref, again.url), (first.ref, first.url), "It is the same payment, at the same address.")

    def test_the_same_key_with_another_request_is_refused(self) -> None:
        provider, request, key = self.offering(Capability.FETCH), self.request(), self.key()
        first = provider.start(request, key=key)
        other = evolve(request, amount=self.amount + self.step(provider))
        rejected(lambda: provider.start(other, key=key), "The key is that of another request.")
        same(provider.start(request, key=key).ref, first.ref, "The first request is as good as before.")

    def test_two_payments_are_two(self) -> None:
        provider = self.make_provider()
        holds(self.started(provider).ref != self.started(provider).ref, "Two payments have one name.")

    def test_what_it_has_no_rule_for_is_refused(self) -> None:
        provider = self.make_provider()
        untaken = [each for each in Currency.all() if provider.rule(each) is None]
        for amount in (Money(10**6, currency) for currency in untaken[:3]):
            rejected(partial(self.started, provider, amount=amount), f"It has no rule for {amount.currency}.")

    def test_an_amount_off_the_step_is_refused_and_never_rounded(self) -> None:
        provider = self.make_provider()
        rules = (provider.rule(each) for each in Currency.all())
        coarse = [rule for rule in rules if rule is not None and rule.step > 1]
        for amount in (Money(rule.step * 1000 + 1, rule.currency) for rule in coarse[:3]):
            rejected(partial(self.started, provider, amount=amount), f"{amount} is off the step.")

    def test_nothing_is_set_aside_where_that_is_not_offered(self) -> None:
        provider = self.make_provider()
        if Capability.MANUAL_CAPTURE not in provider.capabilities:
            rejected(lambda: self.started(provider, capture_later=True), "It cannot be captured later.")
