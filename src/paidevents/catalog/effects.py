"""What a promotion takes off: a share, an amount, or all above a set price."""

from attrs import frozen

from paidevents.catalog.ticket import one_a_currency
from paidevents.checks import WRONG_TYPE, of_kind, settle
from paidevents.errors import InvalidValueError
from paidevents.money.amount import Money
from paidevents.money.currency import Currency
from paidevents.money.rate import Rate
from paidevents.reason import Reason

NO_DISCOUNT = Reason("no_discount", "A discount is more than nothing.")
NO_AMOUNT = Reason("no_amount", "It needs an amount in at least one currency.")


def _amounts(value: object, field: str) -> tuple[Money, ...]:
    amounts = one_a_currency(value, field)
    if not amounts:
        raise InvalidValueError(field, NO_AMOUNT)
    return amounts


@frozen
class Percent:
    """
    A share off. 100 % makes it free, whatever minimum a provider has.

    Attributes:
        rate: More than nothing, at most the whole.

    Raises:
        InvalidValueError: No rate, or nothing.
    """

    rate: Rate

    def __attrs_post_init__(self) -> None:
        settle(self, rate=of_kind(Rate))
        if self.rate == Rate(0, 1):
            raise InvalidValueError("rate", NO_DISCOUNT)


@frozen
class AmountOff:
    """
    A fixed amount off, at most the price.

    Attributes:
        amounts: One for each currency that it knows. Nothing is converted.

    Raises:
        InvalidValueError: No amount, one of zero or less, or two of one currency.
    """

    amounts: tuple[Money, ...]

    def __attrs_post_init__(self) -> None:
        settle(self, amounts=_amounts)
        if not all(amount.minor for amount in self.amounts):
            raise InvalidValueError("amounts", NO_DISCOUNT)


@frozen
class SetPrice:
    """
    The price itself, where that is less. Zero makes it free.

    Attributes:
        amounts: One for each currency that it knows. Nothing is converted.

    Raises:
        InvalidValueError: No amount, one below zero, or two of one currency.

    Source:
        GT-09, GT-10.
    """

    amounts: tuple[Money, ...]

    def __attrs_post_init__(self) -> None:
        settle(self, amounts=_amounts)


Effect = Percent | AmountOff | SetPrice

FREE = Percent(Rate(1, 1))


def effect_of(value: object, field: str) -> Effect:
    """*value* if it is an effect; a check, as in `checks`."""
    if isinstance(value, Effect):
        return value
    expected, got = "Percent, AmountOff, SetPrice", type(value).__name__
    raise InvalidValueError(field, WRONG_TYPE.given(expected=expected, got=got))


def amount_in(amounts: tuple[Money, ...], currency: Currency) -> int | None:
    """The minor units of the amount in *currency*; None if there is none."""
    return next((amount.minor for amount in amounts if amount.currency == currency), None)
