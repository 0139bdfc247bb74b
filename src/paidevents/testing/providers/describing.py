"""What a provider says of itself."""

from datetime import timedelta

from paidevents.errors import PaidEventsError
from paidevents.money.currency import Currency
from paidevents.money.provider_facts import ProviderLimits
from paidevents.payments.snapshot import provider_name
from paidevents.ports.provider import Capability
from paidevents.reason import Finding, Severity
from paidevents.testing.providers.case import ProviderCase, holds, same


class Describing(ProviderCase):
    """Name, account, capabilities, limits, rules, and the state of the account."""

    def test_its_name_has_its_mode(self) -> None:
        name = self.make_provider().name
        try:
            provider_name(name, "name")
        except PaidEventsError as error:
            raise AssertionError(f"{name!r} is no name of a provider.") from error
        holds(not self.has_modes or ":" in name, f"{name!r} has no mode: what is only a test would pay for a place.")

    def test_it_says_which_account_the_money_goes_to(self) -> None:
        holds(bool(self.make_provider().account), "The account has no name.")

    def test_what_it_can_do_is_a_set_of_capabilities(self) -> None:
        found = self.make_provider().capabilities
        holds(isinstance(found, frozenset), "What it can do is a frozenset.")
        holds(all(isinstance(each, Capability) for each in found), f"Not all of these are capabilities: {found}.")
        whole = Capability.REFUND in found
        holds(whole or Capability.PARTIAL_REFUND not in found, "Who gives back a part can give back the whole.")

    def test_its_limits_are_durations(self) -> None:
        limits = self.make_provider().limits()
        holds(isinstance(limits, ProviderLimits), f"These are no ProviderLimits: {limits!r}.")
        for length in (limits.shortest_checkout, limits.key_retention):
            holds(isinstance(length, timedelta) and length >= timedelta(0), f"This is no duration: {length!r}.")

    def test_a_rule_is_of_the_currency_that_was_asked_about(self) -> None:
        provider = self.make_provider()
        for currency in Currency.all():
            rule = provider.rule(currency)
            holds(rule is None or rule.currency == currency, f"The rule of {currency} is {rule!r}.")
            same(provider.rule(currency), rule, "Asked again, it says the same.")

    def test_it_takes_the_amount_that_the_suite_asks_for(self) -> None:
        rule = self.make_provider().rule(self.amount.currency)
        holds(rule is not None and not rule.refusals(self.amount), f"It does not take {self.amount}.")

    def test_a_sound_account_has_no_error(self) -> None:
        found = self.make_provider().verify()
        holds(isinstance(found, tuple), f"These are no findings: {found!r}.")
        holds(all(isinstance(each, Finding) for each in found), f"Not all of these are findings: {found!r}.")
        wrong = [str(each) for each in found if each.severity is Severity.ERROR]
        same(wrong, [], "Nothing is wrong with the account of the suite.")
