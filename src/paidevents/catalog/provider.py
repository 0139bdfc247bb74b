"""The payment providers of an event, and what each takes in its currency."""

from attrs import evolve, frozen

from paidevents.catalog.names import identifier
from paidevents.catalog.policies import Policy
from paidevents.catalog.ticket import price
from paidevents.checks import between, instance, of_kind, optional, settle
from paidevents.money.amount import Money
from paidevents.money.amount_rules import AmountRule, WireForm
from paidevents.money.currency import Currency
from paidevents.money.provider_facts import PROVIDERS, amount_rule
from paidevents.money.rounding import Rounding


@frozen(kw_only=True)
class Provider:
    """
    A way to pay: Stripe, PayPal, or one that the host knows, such as a bank transfer.

    Of Stripe and PayPal their own rules are known and hold besides what is
    declared here; of any other name only what is declared here.

    Attributes:
        name: Such as "stripe" or "bank_transfer"; unique in its event.
        declared: The account has the event's currency although the provider does not list it.
        minimum: The least charge, if more than the provider's own.
        step: Every charge is a multiple of so many minor units.

    Raises:
        InvalidValueError: An attribute that cannot be.

    Source:
        CM-13, CM-27, GT-01.
    """

    name: str
    declared: bool = False
    minimum: Money | None = None
    step: int = 1

    def __attrs_post_init__(self) -> None:
        settle(self, name=identifier, declared=of_kind(bool), minimum=optional(price), step=between(1, 10**6))

    @property
    def id(self) -> str:
        """Its name, by which it is found."""
        return self.name

    def rule(self, currency: Currency, policy: Policy) -> AmountRule | None:
        """
        What is charged with it in *currency* under *policy*: step, minimum and maximum.

        The minimum is the highest of the provider's, the one declared here, and
        the policy's, rounded up to the common step.

        Returns:
            The rule; None if the provider does not take the currency, or the policy does not offer it in that.

        Raises:
            InvalidValueError: No amount lies between minimum and maximum, or an argument is of the wrong kind.

        Example:
            >>> from paidevents import EUR
            >>> Provider(name="stripe", minimum=Money.of("0.99", EUR), step=5).rule(EUR, Policy()).minimum
            Money.of('1.00', 'EUR')
        """
        instance(currency, "currency", Currency)
        rule = self._own_rule(currency) if instance(policy, "policy", Policy).offers(self.name, currency) else None
        if rule is None:
            return None
        least = [amount for amount in (rule.minimum, self.minimum) if amount is not None]
        least += [floor.amount for floor in policy.charge_minimums if floor.provider == self.name]
        highest = max((amount.minor for amount in least if amount.currency == currency), default=None)
        minimum = None if highest is None else Money(highest, currency).rounded(rule.step, Rounding.CEILING)
        return evolve(rule, minimum=minimum).stepped(self.step).stepped(policy.step)

    def _own_rule(self, currency: Currency) -> AmountRule | None:
        if self.name in PROVIDERS:
            return amount_rule(self.name, currency, declared=[currency] if self.declared else [])
        return AmountRule(
            provider=self.name, currency=currency, form=WireForm.DECIMAL_TEXT, decimals=currency.digits, step=1
        )
