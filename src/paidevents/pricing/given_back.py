"""What is given back, of each place and in all: values that are kept with an order, for its next refund to know of."""

from attrs import frozen

from paidevents.catalog.ticket import price
from paidevents.checks import OUT_OF_RANGE, between, of_kind, optional, settle, several
from paidevents.errors import InvalidValueError
from paidevents.money.amount import Money
from paidevents.money.rate import Rate
from paidevents.pricing.basket import MOST_PLACES
from paidevents.reason import Reason

NOT_THE_SUM = Reason("not_the_sum", "Its parts come to {total}.")


@frozen(kw_only=True)
class UnitRefund:
    """
    What is given back of one place.

    Attributes:
        unit: Its position in the quote.
        amount: What the buyer gets, tax and fee included.
        tax: The tax in it.
        fee: The passed-on fees in it.

    Raises:
        InvalidValueError: An attribute that cannot be, or more tax or fee than there is in all.
        CurrencyMismatchError: Amounts of several currencies.
    """

    unit: int
    amount: Money
    tax: Money
    fee: Money

    def __attrs_post_init__(self) -> None:
        settle(self, unit=between(0, MOST_PLACES - 1), amount=price, tax=price, fee=price)
        _check_part(self.tax, "tax", self.amount)
        _check_part(self.fee, "fee", self.amount)


@frozen(kw_only=True)
class RefundDue:
    """
    What is given back: of each place, and in all.

    Attributes:
        units: One for each place, in the order of the quote.
        order_fee: The fixed part of passed-on fees that was due once for the order.
        amount: What the buyer gets.
        tax: The tax in it.
        fee: The passed-on fees in it.
        share: The share of the places that was asked for, exact; None where an amount was.
        fees: Which passed-on fees were to be given back: True for all, False for none, None for the refundable.

    Raises:
        InvalidValueError: An attribute that cannot be, or a sum that is not that of its parts.
        CurrencyMismatchError: Amounts of several currencies.
    """

    units: tuple[UnitRefund, ...]
    order_fee: Money
    amount: Money
    tax: Money
    fee: Money
    share: Rate | None = None
    fees: bool | None = None

    def __attrs_post_init__(self) -> None:
        settle(
            self,
            units=several(of_kind(UnitRefund), MOST_PLACES),
            order_fee=price,
            amount=price,
            tax=price,
            fee=price,
            share=optional(of_kind(Rate)),
            fees=optional(of_kind(bool)),
        )
        _check_part(self.tax, "tax", self.amount)
        for name in ("amount", "fee"):
            total = sum((getattr(each, name) for each in self.units), self.order_fee)
            if total != getattr(self, name):
                raise InvalidValueError(name, NOT_THE_SUM.given(total=total))


def _check_part(part: Money, field: str, whole: Money) -> None:
    if part > whole:
        raise InvalidValueError(field, OUT_OF_RANGE.given(low=Money.zero(whole.currency), high=whole))
