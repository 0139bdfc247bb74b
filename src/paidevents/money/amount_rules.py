"""
What a payment provider takes in a currency: decimals, step, minimum and maximum, and the form on the wire.

The number of decimals on the wire belongs to provider *and* currency. It is
never derived from ISO 4217 or from a locale's data: those disagree with the
providers, and among each other from one release to the next.
"""

import re
from datetime import date
from enum import Enum
from math import lcm

from attrs import evolve, frozen

from paidevents import checks
from paidevents.checks import INT64_MAX, between, day, of_kind, optional, settle, text
from paidevents.errors import AmountError, AmountRefusedError, CurrencyMismatchError, InvalidValueError
from paidevents.money.amount import Money
from paidevents.money.currency import Currency
from paidevents.money.rounding import Rounding
from paidevents.reason import Reason

BELOW_MINIMUM = Reason("below_minimum", "An online payment is at least {minimum}.")
ABOVE_MAXIMUM = Reason("above_maximum", "An online payment is at most {maximum}.")
OFF_STEP = Reason("off_step", "Only multiples of {step} can be charged.")
EMPTY_RANGE = Reason("empty_range", "No amount lies between the minimum and the maximum.")
NOT_POSITIVE = Reason("not_positive", "Only an amount above zero can be charged.")


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
        InvalidValueError: A step that the decimals cannot write, or bounds that leave no amount.
        CurrencyMismatchError: A bound is in another currency.
        AmountRefusedError: A bound is off the step.

    Example:
        >>> cash = AmountRule(
        ...     provider="cash", currency=Currency("CHF"), form=WireForm.DECIMAL_TEXT, decimals=2, step=5
        ... )
        >>> cash.to_wire(Money.of("12.45", "CHF"))
        '12.45'
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
        if self.minimum is not None and self.maximum is not None and self.maximum < self.minimum:
            raise InvalidValueError("maximum", EMPTY_RANGE)

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

    def stepped(self, step: int) -> "AmountRule":
        """
        The same rule for an organizer who rounds to *step* minor units, as Swiss cash to 5.

        Its `step` is then the quantum of a price: the least difference that
        both allow. The minimum rises, and the maximum falls, to a multiple of it.

        Raises:
            InvalidValueError: *step* is not a positive int, or no amount is left between the bounds.

        Example:
            >>> rule = AmountRule(
            ...     provider="card", currency=Currency("CHF"), form=WireForm.MINOR_UNITS, decimals=2, step=1,
            ...     minimum=Money.of("0.52", "CHF"),
            ... )
            >>> rule.stepped(5).minimum
            Money.of('0.55', 'CHF')
        """
        quantum = lcm(self.step, checks.integer(step, "step", 1))
        return evolve(
            self,
            step=quantum,
            minimum=self.minimum and self.minimum.rounded(quantum, Rounding.CEILING),
            maximum=self.maximum and self.maximum.rounded(quantum, Rounding.FLOOR),
        )

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
