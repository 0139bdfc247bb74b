"""
What a payment provider takes: decimals, step, minimum and maximum per currency, and its time limits.

The number of decimals on the wire belongs to provider *and* currency. It is
never derived from ISO 4217 or from a locale's data: those disagree with the
providers, and among each other from one release to the next.
"""

import re
from collections.abc import Collection
from datetime import date, timedelta
from enum import Enum

from attrs import frozen

from paidevents import checks
from paidevents.checks import INT64_MAX, between, day, duration, of_kind, optional, settle, text
from paidevents.errors import AmountError, AmountRefusedError, CurrencyMismatchError, InvalidValueError
from paidevents.money._provider_amounts import PAYPAL, STRIPE
from paidevents.money.amount import Money
from paidevents.money.currency import Currency
from paidevents.reason import Reason

BELOW_MINIMUM = Reason("below_minimum", "An online payment is at least {minimum}.")
ABOVE_MAXIMUM = Reason("above_maximum", "An online payment is at most {maximum}.")
OFF_STEP = Reason("off_step", "Only multiples of {step} can be charged.")
NOT_POSITIVE = Reason("not_positive", "Only an amount above zero can be charged.")
UNKNOWN_PROVIDER = Reason("unknown_provider", "No rules are known for this provider; known are {known}.")


class WireForm(Enum):
    """How a provider writes an amount."""

    MINOR_UNITS = "minor_units"  # a whole number, 1250
    DECIMAL_TEXT = "decimal_text"  # text with all its decimals, "12.50"


class Availability(Enum):
    """To whom a provider opens a currency."""

    LISTED = "listed"  # every account
    IN_COUNTRY = "in_country"  # accounts of the currency's own country
    UNLISTED = "unlisted"  # no longer or not generally; an account that has it must say so


@frozen(kw_only=True)
class AmountRule:
    """
    What one provider takes in one currency.

    Attributes:
        provider: Its name, such as "stripe".
        currency: The currency.
        form: Whole number or text.
        decimals: Decimals on the wire, which may differ from the currency's own.
        step: The least difference between two amounts, in the currency's minor units.
        minimum: Least charge, or None if none is published.
        maximum: Greatest charge, or None if none is published.
        availability: To whom the currency is open.
        source: Where this was read, and in what circumstances it holds.
        as_of: When it was read there.

    Raises:
        InvalidValueError: A bound in another currency or off the step, or a step
            that the decimals cannot write.

    Example:
        >>> rule = amount_rule("stripe", Currency("ISK"))
        >>> rule.to_wire(Money.of("990", "ISK"))
        99000
    """

    provider: str
    currency: Currency
    form: WireForm
    decimals: int
    step: int
    minimum: Money | None = None
    maximum: Money | None = None
    availability: Availability = Availability.LISTED
    source: str = ""
    as_of: date | None = None

    def __attrs_post_init__(self) -> None:
        settle(
            self,
            provider=text,
            currency=of_kind(Currency),
            form=of_kind(WireForm),
            decimals=between(0, 6),
            step=between(1, INT64_MAX),
            minimum=optional(of_kind(Money)),
            maximum=optional(of_kind(Money)),
            availability=of_kind(Availability),
            source=of_kind(str),
            as_of=optional(day),
        )
        lost = 10 ** max(self.currency.digits - self.decimals, 0)
        if self.step % lost:
            raise InvalidValueError("step", OFF_STEP.given(provider=self.provider, step=Money(lost, self.currency)))
        for bound in (self.minimum, self.maximum):
            if bound is not None:
                self._on_step(bound)

    def refusals(self, amount: Money) -> tuple[Reason, ...]:
        """
        Why the provider would refuse to charge *amount*; empty if it would not.

        A local look before the call: the provider has the last word, since its
        minimum depends on the currency that the account settles in.

        Raises:
            CurrencyMismatchError: *amount* is in another currency.
        """
        self._same(amount)
        reasons = []
        if amount.minor <= 0:
            reasons.append(NOT_POSITIVE)
        elif self.minimum is not None and amount < self.minimum:
            reasons.append(BELOW_MINIMUM.given(provider=self.provider, minimum=self.minimum))
        if self.maximum is not None and amount > self.maximum:
            reasons.append(ABOVE_MAXIMUM.given(provider=self.provider, maximum=self.maximum))
        if amount.minor % self.step:
            reasons.append(self._off_step())
        return tuple(reasons)

    def check(self, amount: Money) -> Money:
        """
        *amount*, if the provider would charge it.

        Raises:
            AmountRefusedError: With every reason of `refusals`.
            CurrencyMismatchError: *amount* is in another currency.
        """
        reasons = self.refusals(amount)
        if reasons:
            raise AmountRefusedError(reasons)
        return amount

    def to_wire(self, amount: Money) -> int | str:
        """
        *amount* as the provider writes it. Never rounded.

        Raises:
            AmountRefusedError: It is not a multiple of the step.
            CurrencyMismatchError: It is in another currency.
        """
        self._on_step(amount)
        wire: int = amount.minor * 10**self.decimals // 10**amount.currency.digits
        if self.form is WireForm.MINOR_UNITS:
            return wire
        sign, digits = "-" if wire < 0 else "", str(abs(wire)).rjust(self.decimals + 1, "0")
        return f"{sign}{digits[: -self.decimals]}.{digits[-self.decimals :]}" if self.decimals else sign + digits

    def from_wire(self, value: int | str) -> Money:
        """
        The amount that the provider wrote; the inverse of `to_wire`, and as strict.

        Raises:
            AmountError: Not in the rule's form, not with its decimals, or not a 64-bit amount.
            AmountRefusedError: Not a multiple of the step.
        """
        minor, rest = divmod(self._read(value) * 10**self.currency.digits, 10**self.decimals)
        if rest:
            raise AmountRefusedError((self._off_step(),))
        amount = Money(minor, self.currency)
        self._on_step(amount)
        return amount

    def _read(self, value: object) -> int:
        try:
            if self.form is WireForm.MINOR_UNITS:
                return checks.integer(value, "amount")
            decimals = rf"\.[0-9]{{{self.decimals}}}" if self.decimals else ""
            written = re.compile(rf"-?(?:0|[1-9][0-9]{{0,18}}){decimals}")
            example = f"12.{'0' * self.decimals}".rstrip(".")
            return int(checks.written(value, "amount", written, example)[0].replace(".", ""))
        except InvalidValueError as error:
            raise AmountError(error.field, error.reason) from None

    def _same(self, amount: Money) -> None:
        if checks.instance(amount, "amount", Money).currency != self.currency:
            raise CurrencyMismatchError(self.currency.code, amount.currency.code)

    def _on_step(self, amount: Money) -> None:
        self._same(amount)
        if amount.minor % self.step:
            raise AmountRefusedError((self._off_step(),))

    def _off_step(self) -> Reason:
        return OFF_STEP.given(provider=self.provider, step=Money(self.step, self.currency))


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
        >>> amount_rule("stripe", Currency("KWD")) is None
        True
    """
    checks.instance(currency, "currency", Currency)
    if not isinstance(declared, list | tuple | set | frozenset):
        expected, got = "list, tuple, set, frozenset", type(declared).__name__
        raise InvalidValueError("declared", checks.WRONG_TYPE.given(expected=expected, got=got))
    table, form, source, as_of = _TABLES[_known_provider(provider)]
    row = table.get(currency.code)
    if row is None or (row[4] == "unlisted" and currency not in declared):
        return None
    decimals, multiple, minimum, maximum, open_to = row
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
        availability=Availability(open_to),
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
