"""Amounts of money: whole numbers of a currency's minor units."""

import re
from collections.abc import Sequence
from decimal import Decimal

from attrs import frozen

from paidevents import checks
from paidevents.checks import INT64_MAX, INT64_MIN
from paidevents.errors import AmountError, CurrencyMismatchError, InvalidValueError
from paidevents.money.alloc import alloc, checked_step, checked_weights
from paidevents.money.currency import Currency, checked_currency
from paidevents.money.rate import Rate
from paidevents.money.rounding import Rounding
from paidevents.reason import Reason

NOT_FINITE = Reason("not_finite", "The amount is not a finite number.")
TOO_MANY_DIGITS = Reason("too_many_digits", "{currency} has {digits} decimals; the amount has more.")

_PLAIN = re.compile(r"(-?)([0-9]+)(?:\.([0-9]+))?")
_LONGEST = 32


_set = object.__setattr__


@frozen(init=False, order=False, repr=False)
class Money:
    """
    A whole number of a currency's minor units.

    There is no such thing as half a cent here. Whatever could make one has to
    say what happens to it: `times` asks for a rounding, `split` hands out
    every unit, `of` refuses. Amounts of different currencies are never equal;
    adding or ordering them raises. Operators with anything else than the types
    below raise TypeError, as Python's own numbers do.

    Attributes:
        minor: Signed count of minor units (EUR cents, JPY yen, KWD fils), 64 bits.
        currency: The currency those units belong to.

    Raises:
        AmountError: *minor* is no int, is a bool, or does not fit 64 bits.
        InvalidValueError: *currency* is no Currency.

    Source:
        Minor-unit exponents: ISO 4217 list one, 2026-01-01.
    """

    minor: int
    currency: Currency

    # By hand, for amounts are made all the time: a validator each would cost half as much again.
    def __init__(self, minor: int, currency: Currency) -> None:
        if type(minor) is not int or not INT64_MIN <= minor <= INT64_MAX:
            try:
                checks.integer(minor, "minor")
            except InvalidValueError as error:
                raise AmountError(error.field, error.reason) from None
        if currency.__class__ is not Currency:
            checks.instance(currency, "currency", Currency)
        _set(self, "minor", minor)
        _set(self, "currency", currency)

    @classmethod
    def of(cls, amount: str | Decimal, currency: Currency | str) -> "Money":
        """
        Read a major-unit amount exactly.

        Plain text with a point and nothing else: what people type goes to
        `parse_money`. A bare int is refused, for it could be meant as minor
        units; so is a float, for it has forgotten what it was.

        Args:
            amount: Such as "12.50"; at most 32 characters.
            currency: A currency or its code.

        Raises:
            AmountError: Not written as a plain number, not finite, too long,
                or with more digits than *currency* can hold.
            UnknownCurrencyError: *currency* is not in use.

        Example:
            >>> Money.of("12.50", "EUR").minor
            1250
        """
        unit = checked_currency(currency)
        text: object = _plain_text(amount) if isinstance(amount, Decimal) else amount
        if not isinstance(text, str):
            got = type(text).__name__
            raise AmountError("amount", checks.WRONG_TYPE.given(expected="str, Decimal", got=got))
        if len(text) > _LONGEST:
            raise AmountError("amount", checks.TOO_LONG.given(limit=_LONGEST))
        match = _PLAIN.fullmatch(text)
        if match is None:
            raise AmountError("amount", checks.BAD_FORMAT.given(expected="1234.50"))
        sign, whole, decimals = match.groups("")
        decimals = decimals.rstrip("0").ljust(unit.digits, "0")
        if len(decimals) > unit.digits:
            raise AmountError("amount", TOO_MANY_DIGITS.given(currency=unit, digits=unit.digits))
        return cls(int(sign + whole + decimals), unit)

    @classmethod
    def zero(cls, currency: Currency | str) -> "Money":
        """Nothing, in *currency*; where a sum begins: `sum(amounts, Money.zero("EUR"))`."""
        return cls(0, checked_currency(currency))

    @property
    def decimal(self) -> Decimal:
        """The amount in major units, exact whatever the decimal context."""
        digits = tuple(int(digit) for digit in str(abs(self.minor)))
        return Decimal((int(self.minor < 0), digits, -self.currency.digits))

    def __add__(self, other: "Money") -> "Money":
        if not isinstance(other, Money):
            return NotImplemented
        return Money(self.minor + self._same(other).minor, self.currency)

    def __sub__(self, other: "Money") -> "Money":
        if not isinstance(other, Money):
            return NotImplemented
        return Money(self.minor - self._same(other).minor, self.currency)

    def __mul__(self, count: int) -> "Money":
        if type(count) is not int:
            return NotImplemented
        return Money(self.minor * count, self.currency)

    __rmul__ = __mul__

    def __neg__(self) -> "Money":
        return Money(-self.minor, self.currency)

    def __abs__(self) -> "Money":
        return Money(abs(self.minor), self.currency)

    def __bool__(self) -> bool:
        return self.minor != 0

    def __lt__(self, other: "Money") -> bool:
        return self.minor < self._same(other).minor if isinstance(other, Money) else NotImplemented

    def __le__(self, other: "Money") -> bool:
        return self.minor <= self._same(other).minor if isinstance(other, Money) else NotImplemented

    def __gt__(self, other: "Money") -> bool:
        return self.minor > self._same(other).minor if isinstance(other, Money) else NotImplemented

    def __ge__(self, other: "Money") -> bool:
        return self.minor >= self._same(other).minor if isinstance(other, Money) else NotImplemented

    def _same(self, other: "Money") -> "Money":
        if self.currency is not other.currency and self.currency != other.currency:
            raise CurrencyMismatchError(self.currency.code, other.currency.code)
        return other

    def times(self, rate: Rate, rounding: Rounding) -> "Money":
        """
        The share *rate* of this amount, rounded once, in the open.

        Raises:
            InvalidValueError: *rate* is no Rate, or *rounding* no Rounding.

        Example:
            >>> Money.of("19.95", "EUR").times(Rate.of("10 %"), Rounding.HALF_UP)
            Money.of('2.00', 'EUR')
        """
        numerator, denominator = checks.instance(rate, "rate", Rate).ratio
        nearest = checks.instance(rounding, "rounding", Rounding)
        return Money(nearest(self.minor * numerator, denominator), self.currency)

    def rounded(self, step: int, rounding: Rounding) -> "Money":
        """
        The multiple of *step* minor units that *rounding* leads to: CHF to 0.05 with a step of 5.

        Raises:
            InvalidValueError: *step* is not a positive int, or *rounding* no Rounding.

        Example:
            >>> Money.of("12.43", "CHF").rounded(5, Rounding.HALF_UP)
            Money.of('12.45', 'CHF')
        """
        whole = checks.integer(step, "step", 1)
        nearest = checks.instance(rounding, "rounding", Rounding)
        return Money(nearest(self.minor, whole) * whole, self.currency)

    def split(self, weights: Sequence[int], step: int = 1) -> tuple["Money", ...]:
        """
        Share out every minor unit in proportion to *weights*.

        Units left over go to the largest remainders; ties to the larger
        weight, then to the earlier position.

        Args:
            weights: Zero or more each, not all zero.
            step: Minor units that stay together; it must divide the amount.

        Returns:
            One share per weight, in order, each a multiple of *step*; their
            sum is exactly this amount, and each is within one step of its
            exact part.

        Raises:
            WeightsError: *weights* is empty, has a negative, or sums to zero.
            InvalidValueError: *weights* are no ints, or *step* does not divide the amount.

        Example:
            >>> [share.minor for share in Money.of("10.00", "EUR").split([1, 1, 1])]
            [334, 333, 333]
        """
        shares = alloc(self.minor, checked_weights(weights), checked_step(step, self.minor))
        return tuple(Money(share, self.currency) for share in shares)

    def __repr__(self) -> str:
        return f"Money.of({self._plain()!r}, {self.currency.code!r})"

    def __str__(self) -> str:
        return f"{self._plain()} {self.currency.code}"

    def _plain(self) -> str:
        digits = self.currency.digits
        text = str(abs(self.minor)).rjust(digits + 1, "0")
        sign = "-" if self.minor < 0 else ""
        return f"{sign}{text[:-digits]}.{text[-digits:]}" if digits else sign + text


def _plain_text(amount: Decimal) -> str:
    """The digits of a decimal. Its exponent is looked at before any are written: 1e1000000 is one digit."""
    _, digits, exponent = amount.as_tuple()
    if not isinstance(exponent, int):
        raise AmountError("amount", NOT_FINITE)
    if len(digits) + abs(exponent) > _LONGEST:
        raise AmountError("amount", checks.TOO_LONG.given(limit=_LONGEST))
    return format(amount, "f")
