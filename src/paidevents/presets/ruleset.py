"""A platform's rules as one value: what an event of its organizers is declared with."""

from attrs import frozen

from paidevents.catalog.fees import Fee
from paidevents.catalog.names import identifier, listed
from paidevents.catalog.policies import Policy
from paidevents.catalog.provider import Provider
from paidevents.checks import instance, of_kind, settle
from paidevents.errors import InvalidValueError
from paidevents.money.currency import Currency
from paidevents.reason import Reason

NOT_SOLD_IN = Reason("not_sold_in", "{platform} has no events in {currency}.")


@frozen(kw_only=True)
class Preset:
    """
    The rules of a platform, to declare events with.

    Attributes:
        name: Of the platform; by it `preset` finds this.
        policy: Its rules.
        takes: Its fees, whatever the currency.

    Raises:
        InvalidValueError: An attribute that cannot be.

    Example:
        >>> from datetime import UTC, datetime
        >>> from paidevents import EUR, Money, Span
        >>> from paidevents.catalog import Event, Ticket
        >>> from paidevents.presets import clickmeeting
        >>> rules = clickmeeting(plan_size=50)
        >>> talk = Event(
        ...     id="talk", title="A talk", zone="Europe/Paris", currency=EUR, capacity=50,
        ...     starts_at=datetime(2026, 4, 14, 16, tzinfo=UTC), duration=Span.of("90 min"),
        ...     tickets=[Ticket(id="standard", name="Standard", price=Money.of("20.00", EUR))],
        ...     policy=rules.policy, fees=rules.fees(EUR), providers=rules.providers(EUR),
        ... )
        >>> [str(fee.rate) for fee in talk.fees], [provider.name for provider in talk.providers]
        (['5 %'], ['paypal', 'stripe'])
    """

    name: str
    policy: Policy = Policy()
    takes: tuple[Fee, ...] = ()

    def __attrs_post_init__(self) -> None:
        settle(self, name=identifier, policy=of_kind(Policy), takes=listed(Fee, 20))

    def fees(self, currency: Currency) -> tuple[Fee, ...]:
        """
        What it takes of an event in *currency*: its fees but for those with fixed parts in another.

        Raises:
            InvalidValueError: It has no events in *currency*, or that is no Currency.
        """
        unit = self._sold_in(currency)
        return tuple(fee for fee in self.takes if all(amount.currency == unit for amount in fee.amounts))

    def providers(self, currency: Currency) -> tuple[Provider, ...]:
        """
        With whom an event in *currency* can be paid for; empty if its policy names no providers.

        Raises:
            InvalidValueError: It has no events in *currency*, or that is no Currency.
        """
        unit = self._sold_in(currency)
        named = (Provider(name=name) for name in self.policy.providers)
        return tuple(provider for provider in named if provider.rule(unit, self.policy) is not None)

    def _sold_in(self, currency: object) -> Currency:
        unit = instance(currency, "currency", Currency)
        if self.policy.currencies and unit not in self.policy.currencies:
            raise InvalidValueError("currency", NOT_SOLD_IN.given(platform=self.name, currency=unit))
        return unit
