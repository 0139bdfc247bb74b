"""What can be charged with one provider: the step, the least and the most."""

from collections.abc import Iterable

from attrs import frozen

from paidevents.catalog.event import Event
from paidevents.catalog.provider import Provider
from paidevents.money.amount import Money
from paidevents.money.amount_rules import ABOVE_MAXIMUM, BELOW_MINIMUM
from paidevents.money.currency import Currency
from paidevents.money.rounding import half_up
from paidevents.pricing.reasons import PROVIDER_CANNOT
from paidevents.reason import Reason


@frozen
class Terms:
    """
    The bounds of a charge, in minor units.

    Attributes:
        provider: Name of the provider; None where the event has none.
        currency: The event's.
        quantum: Every amount is a multiple of it.
        minimum: Least charge, a multiple of the quantum; 0 if there is none.
        maximum: Most; None if there is none.
        is_open: Whether the provider takes the currency at all.
    """

    provider: str | None
    currency: Currency
    quantum: int = 1
    minimum: int = 0
    maximum: int | None = None
    is_open: bool = True

    def rounded(self, numerator: int, denominator: int) -> int:
        """The multiple of the quantum nearest to *numerator* / *denominator*, a tie away from zero."""
        return half_up(numerator, denominator * self.quantum) * self.quantum

    def against(self, charged: int, below: bool) -> Iterable[Reason]:
        """What speaks against charging so many minor units, where *below* says that it is refused as too little."""
        if not self.is_open:
            yield PROVIDER_CANNOT.given(provider=self.provider, currency=self.currency)
        if below:
            yield BELOW_MINIMUM.given(provider=self.provider, minimum=Money(self.minimum, self.currency))
        if self.maximum is not None and charged > self.maximum:
            yield ABOVE_MAXIMUM.given(provider=self.provider, maximum=Money(self.maximum, self.currency))


def terms_of(event: Event, provider: Provider | None) -> Terms:
    """The terms of *event* charged with *provider*."""
    if provider is None:
        return Terms(None, event.currency, event.policy.step)
    rule = provider.rule(event.currency, event.policy)
    if rule is None:
        return Terms(provider.name, event.currency, event.policy.step, is_open=False)
    return Terms(
        provider.name,
        event.currency,
        rule.step,
        0 if rule.minimum is None else rule.minimum.minor,
        None if rule.maximum is None else rule.maximum.minor,
    )
