"""What was decided to be given back in an order, place by place, with the tax and the fees in it as they are booked."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from paidevents.checks import integer
from paidevents.ledger.account import Account
from paidevents.ledger.left import Amounts, Left
from paidevents.money.alloc import alloc
from paidevents.money.amount import Money
from paidevents.money.rounding import half_up
from paidevents.pricing.given_back import RefundDue, UnitRefund
from paidevents.pricing.quote import Quote
from paidevents.pricing.refundable import Accounts
from paidevents.registration.order import Order


class Back(NamedTuple):
    """
    What is given back of one place, in minor units.

    Attributes:
        decision: By which of the order's decisions, from 0.
        quote: Number of the quote in the order.
        unit: Position of the place there.
        amount: What the buyer gets.
        tax: What states give back of it.
        fees: What the platform gives back, the tax in it not counted twice.
    """

    decision: int
    quote: int
    unit: int
    amount: int
    tax: int
    fees: int


class Backs:
    """
    What of an order's quotes was given back, and what is left.

    Args:
        order: With all that was decided.
    """

    def __init__(self, order: Order) -> None:
        self._order = order
        self._left: dict[int, Left] = {}
        self._accounts: dict[int, Accounts] = {}

    def decided(self, is_paid: Callable[[int, int], bool]) -> Iterator[Back]:
        """
        All that was decided, in order: of each place, then what was due once for the order.

        Args:
            is_paid: Whether the place at a position of a quote was paid for: what was
                due once was paid with these.

        Raises:
            InvalidValueError: No quote of the order has it.
            CurrencyMismatchError: It is in another currency.
        """
        for decision, given in enumerate(self._order.given):
            number = integer(given.quote, "given.quote", 0, len(self._order.quotes) - 1)
            refund = given.refund
            tax = refund.tax
            for each in refund.units:
                yield Back(
                    decision, number, each.unit, each.amount.minor, *self._booked(number, _of_place(each, refund))
                )
                tax -= each.tax
            if refund.order_fee:
                once = refund.order_fee
                part = RefundDue(units=(), order_fee=once, amount=once, tax=tax, fee=once, fees=refund.fees)
                units = [unit for unit in range(len(self._order.quotes[number].charges)) if is_paid(number, unit)]
                shares = _by_place(self._order.quotes[number], units, once.minor, *self._booked(number, part))
                yield from (Back(decision, number, *share) for share in shares)

    def left(self, quote: int, unit: int) -> int:
        """What of a place could still be given back, with the fees that are."""
        return self._account_of(quote).places[unit].left(None)

    def take(self, quote: int, unit: int, amount: int) -> tuple[int, int]:
        """
        Take so much of what is left of a place.

        Returns:
            The tax in it, and what of it the platform gives back.
        """
        tax, fee = self._account_of(quote).places[unit].give(amount, None)
        money = [Money(minor, self._order.currency) for minor in (amount, tax, fee)]
        return self._booked(quote, _of_place(UnitRefund(unit=unit, amount=money[0], tax=money[1], fee=money[2])))

    def keep(self, quote: int, unit: int, amount: int) -> tuple[int, int]:
        """
        Keep so much more of a place than it costs by now, refunds of it included. To be asked once for each.

        Returns:
            The tax in what is really kept, and what of it is the platform's.
        """
        left = self._left_of(quote)
        had = left.gross[unit]
        kept = min(amount - (self._order.quotes[quote].charges[unit] - had), had)
        tax, fees = _by_account(left.rest([unit]))
        return (half_up(tax * kept, had), half_up(fees * kept, had)) if kept > 0 else (0, 0)

    def _booked(self, number: int, part: RefundDue) -> tuple[int, int]:
        """What states and the platform give back of a refund."""
        return _by_account(self._left_of(number).given(part, "given.refund"))

    def _left_of(self, number: int) -> Left:
        if number not in self._left:
            self._left[number] = Left(self._order.quotes[number], ())
        return self._left[number]

    def _account_of(self, number: int) -> Accounts:
        if number not in self._accounts:
            before = [given.refund for given in self._order.given if given.quote == number]
            self._accounts[number] = Accounts(self._order.quotes[number], before)
        return self._accounts[number]


def _by_account(amounts: Amounts) -> tuple[int, int]:
    sums: Counter[Account] = Counter()
    for (account, _), minor in amounts.items():
        sums[account] += minor
    return sums[Account.TAX], sums[Account.PLATFORM]


def _of_place(each: UnitRefund, refund: RefundDue | None = None) -> RefundDue:
    """The refund of one place by itself."""
    fees = None if refund is None else refund.fees
    nothing = Money.zero(each.amount.currency)
    return RefundDue(units=(each,), order_fee=nothing, amount=each.amount, tax=each.tax, fee=each.fee, fees=fees)


def _by_place(
    quote: Quote, units: Sequence[int], amount: int, tax: int, fees: int
) -> Iterator[tuple[int, int, int, int]]:
    """What was due once for the order, and is given back, by the part of it that was charged with each place."""
    places = Accounts(quote, ()).places
    chosen = units or range(len(places))
    once = [quote.charges[unit] - places[unit].charged for unit in chosen]
    taxed = [quote.record.tax[unit] - places[unit].tax for unit in chosen]
    plain = [whole - part for whole, part in zip(once, taxed, strict=True)]
    columns = (_shared(total, weights) for total, weights in ((amount, once), (tax, taxed), (fees, plain)))
    return zip(chosen, *columns, strict=True)


def _shared(total: int, weights: list[int]) -> list[int]:
    return alloc(total, weights if any(weights) else [1] * len(weights))
