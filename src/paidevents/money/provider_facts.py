"""
What Stripe and PayPal publish: the amounts they take per currency, and the times they set.

Facts about others, with source and date. They change without notice, and are
a look before the call: the provider has the last word.
"""

from collections.abc import Collection
from datetime import date, timedelta

from attrs import frozen

from paidevents import checks
from paidevents.checks import duration, of_kind, optional, settle, text
from paidevents.errors import InvalidValueError
from paidevents.money._provider_amounts import PAYPAL, STRIPE
from paidevents.money.amount import Money
from paidevents.money.amount_rules import AmountRule, Availability, WireForm
from paidevents.money.currency import Currency
from paidevents.reason import Reason

UNKNOWN_PROVIDER = Reason("unknown_provider", "No rules are known for this provider; known are {known}.")
CURRENCY_NOT_SUPPORTED = Reason("currency_not_supported", "{provider} does not take {currency}.")
CURRENCY_UNLISTED = Reason(
    "currency_unlisted", "{provider} takes {currency} only from accounts that have been given it."
)


@frozen(kw_only=True)
class ProviderLimits:
    """
    The times a provider sets. None means that it sets no such limit.

    Attributes:
        provider: Its name.
        shortest_checkout: The soonest a started payment can be made to expire.
        key_retention: How long a repeated request is recognised by its key; the shortest over its calls.
        capture_within: How long an authorized payment can be captured.
        refund_window: How long after the payment it can be refunded.
        source: Where this was read.
    """

    provider: str
    shortest_checkout: timedelta
    key_retention: timedelta
    capture_within: timedelta | None = None
    refund_window: timedelta | None = None
    source: str = ""

    def __attrs_post_init__(self) -> None:
        settle(
            self,
            provider=text,
            shortest_checkout=duration,
            key_retention=duration,
            capture_within=optional(duration),
            refund_window=optional(duration),
            source=of_kind(str),
        )


_LIMITS = {
    "stripe": ProviderLimits(
        provider="stripe",
        shortest_checkout=timedelta(minutes=30),
        key_retention=timedelta(hours=24),
        capture_within=timedelta(days=7),
        source="docs.stripe.com: api/checkout/sessions (expires_at), api/idempotent_requests, payments/capture-later",
    ),
    "paypal": ProviderLimits(
        provider="paypal",
        shortest_checkout=timedelta(0),  # an order has no expiry; not capturing it is enough
        key_retention=timedelta(hours=6),  # orders; refunds and captures of authorizations 45 days
        capture_within=timedelta(hours=3),  # then the buyer's approval is reversed
        refund_window=timedelta(days=180),
        source="developer.paypal.com: Orders v2 and Payments v2 (2024-02-03), payments-standard/admin/refunds",
    ),
}

_TABLES = {
    "stripe": (STRIPE, WireForm.MINOR_UNITS, "docs.stripe.com/currencies", date(2026, 9, 20)),
    "paypal": (
        PAYPAL,
        WireForm.DECIMAL_TEXT,
        "developer.paypal.com/docs/api/reference/currency-codes",
        date(2026, 11, 21),
    ),
}

PROVIDERS = tuple(sorted(_TABLES))


def amount_rule(provider: str, currency: Currency, declared: Collection[Currency] = ()) -> AmountRule | None:
    """
    What *provider* takes in *currency*.

    Args:
        provider: "stripe" or "paypal".
        currency: The currency in question.
        declared: Currencies that the provider does not list but the host's account has.

    Returns:
        The rule, or None if the currency is not supported, or unlisted and not declared.

    Raises:
        InvalidValueError: No rules are known for *provider*, or an argument is of the wrong kind.

    Example:
        >>> print(amount_rule("stripe", Currency("EUR")).minimum)
        0.50 EUR
        >>> amount_rule("stripe", Currency("ISK")).to_wire(Money.of("990", "ISK"))
        99000
        >>> amount_rule("stripe", Currency("KWD")) is None
        True
    """
    checks.instance(currency, "currency", Currency)
    if not isinstance(declared, list | tuple | set | frozenset):
        expected, got = "list, tuple, set, frozenset", type(declared).__name__
        raise InvalidValueError("declared", checks.WRONG_TYPE.given(expected=expected, got=got))
    table, form, source, as_of = _TABLES[_known_provider(provider)]
    if currency.code not in table:
        return None
    decimals, multiple, minimum, maximum, open_to = table[currency.code]
    availability = Availability(open_to)
    if availability is Availability.UNLISTED and currency not in declared:
        return None
    # A wire unit is `coarse` minor units; where it is finer than one, `multiple` must make it whole.
    fine, coarse = 10 ** max(decimals - currency.digits, 0), 10 ** max(currency.digits - decimals, 0)
    step = max(multiple // fine, 1) * coarse
    return AmountRule(
        provider=provider,
        currency=currency,
        form=form,
        decimals=decimals,
        step=step,
        minimum=None if minimum is None else Money(-(-minimum * coarse // fine), currency),
        maximum=None if maximum is None else Money(maximum * coarse // fine // step * step, currency),
        availability=availability,
        source=source,
        as_of=as_of,
    )


def provider_rules(provider: str) -> tuple[AmountRule, ...]:
    """
    Every rule of *provider*, by currency code, those of unlisted currencies included.

    Raises:
        InvalidValueError: No rules are known for *provider*.
    """
    currencies = tuple(Currency(code) for code in sorted(_TABLES[_known_provider(provider)][0]))
    rules = (amount_rule(provider, currency, declared=currencies) for currency in currencies)
    return tuple(rule for rule in rules if rule is not None)


def provider_limits(provider: str) -> ProviderLimits:
    """
    The time limits of *provider*.

    Raises:
        InvalidValueError: None are known for *provider*.

    Example:
        >>> provider_limits("stripe").shortest_checkout
        datetime.timedelta(seconds=1800)
    """
    return _LIMITS[_known_provider(provider)]


def _known_provider(provider: str) -> str:
    if checks.instance(provider, "provider", str) not in _TABLES:
        raise InvalidValueError("provider", UNKNOWN_PROVIDER.given(known=", ".join(PROVIDERS)))
    return provider
