"""
What refunds have left of the taxes and passed-on fees of a quote, place by place.

A refund says how much tax and how much of the fees is in what a place gets back.
Of several taxes on a place, and of several fees, each gives back in proportion
to what is left of it: never more than that, and all of it with the last part.
"""

from collections import Counter
from collections.abc import Sequence

from paidevents import checks
from paidevents.catalog.fees import FeeTaker
from paidevents.errors import CurrencyMismatchError, InvalidValueError
from paidevents.ledger.account import Account, Bearer, fee_party
from paidevents.ledger.shares import party_of, taxes_in
from paidevents.money.alloc import alloc
from paidevents.pricing.given_back import RefundDue
from paidevents.pricing.quote import Quote
from paidevents.pricing.record import FeeRecord
from paidevents.pricing.refundable import taxed_parts
from paidevents.reason import Reason

REFUND_OF_ANOTHER = Reason("refund_of_another", "The refund gives back what is not in this quote, or no longer.")

Amounts = Counter[tuple[Account, str]]


class PassedOn:
    """
    What is left of the passed-on part of a fee.

    Attributes:
        fee: The fee.
        own: Minor units of it that came with each place...
        once: ...and that were due once for the order, by place.
    """

    __slots__ = ("_taxes", "fee", "once", "own")

    def __init__(self, fee: FeeRecord, quote: Quote) -> None:
        self.fee = fee
        self._taxes = taxes_in(fee, quote)
        self.once = (
            alloc(fee.order_part, fee.passed_on, quote.record.quantum) if fee.order_part else [0] * len(fee.passed_on)
        )
        self.own = [whole - once for whole, once in zip(fee.passed_on, self.once, strict=True)]

    @property
    def key(self) -> tuple[Account, str]:
        """Where it is booked."""
        return Account.PLATFORM, fee_party(self.fee.fee, Bearer.BUYER)

    @property
    def is_given_back(self) -> bool:
        """Whether who takes it gives it back: the platform what is refundable, the provider nothing (GT-04)."""
        return self.fee.taker is FeeTaker.PLATFORM and self.fee.refundable

    def give(self, column: list[int], unit: int, amount: int) -> int:
        """Take *amount* out of the *column* of a place: what of it is no tax."""
        given = self.fee.passed_on[unit] - self.own[unit] - self.once[unit]
        column[unit] -= amount
        return amount - taxed_parts(self.fee.passed_on[unit], self._taxes[unit], given, amount)

    def rest(self, unit: int) -> int:
        """All that is left of a place, without the tax in it. Nothing is left of it afterwards."""
        own = self.give(self.own, unit, self.own[unit])
        return own + self.give(self.once, unit, self.once[unit])


class Left:
    """
    What is left of a quote after refunds.

    Args:
        quote: The price.
        before: The refunds.
        field: What they are called, in errors.
        units: Positions of the places that were sold at this price, and have no other since; None for all. Of what was
            due once for the order, states have the tax of these, and give back no more.

    Attributes:
        gross: What of the charge of each place was not given back, in minor units.

    Raises:
        InvalidValueError: A refund of more than is left.
        CurrencyMismatchError: One in another currency.
    """

    def __init__(
        self, quote: Quote, before: Sequence[RefundDue], field: str = "before", units: Sequence[int] | None = None
    ) -> None:
        record = quote.record
        self.gross = list(quote.charges)
        self._currency = quote.currency
        self._parties = [party_of(tax) for tax in record.tax_records]
        self._fees = [PassedOn(fee, quote) for fee in record.fee_records]
        self._places = len(record.places)
        # The taxes of each place: what comes with it, and what comes with fees that were due once for the order.
        self._own: list[list[int]] = []
        self._once: list[list[int]] = []
        for unit, charged in enumerate(quote.charges):
            row = [tax.amounts[unit] for tax in record.tax_records]
            once = sum(one.once[unit] for one in self._fees)
            own = taxed_parts(charged, sum(row), 0, charged - once)
            self._own.append(alloc(own, row) if own else [0] * len(row))
            self._once.append([whole - part for whole, part in zip(row, self._own[-1], strict=True)])
        self._is_whole = units is None
        for unit in () if units is None else set(range(self._places)) - set(units):
            self._once[unit] = [0] * len(self._parties)
        for number, made in enumerate(before):
            self.given(made, f"{field}[{number}]")

    def given(self, due: RefundDue, field: str) -> Amounts:
        """
        Give back what is due: taxes and fees of the platform, in minor units, by where they are booked.

        A refund of more than is left raises, with *field*.
        """
        if due.amount.currency != self._currency:
            raise CurrencyMismatchError(self._currency.code, due.amount.currency.code)
        amounts: Amounts = Counter()
        fees = [one for one in self._fees if due.fees or (due.fees is None and one.fee.refundable)]
        order_tax = due.tax.minor
        for each in due.units:
            unit = checks.integer(each.unit, f"{field}.units", 0, self._places - 1)
            self.gross[unit] -= _taken(each.amount.minor, [self.gross[unit]], field)[0]
            self._give_tax(each.tax.minor, [self._own[unit]], amounts, field)
            self._give_fees(each.fee.minor, [(one, one.own, unit) for one in fees], amounts, field)
            order_tax -= each.tax.minor
        every = range(self._places)
        once = [(one, one.once, unit) for one in fees for unit in every]
        for (_, _, unit), part in zip(once, self._give_fees(due.order_fee.minor, once, amounts, field), strict=True):
            self.gross[unit] -= part
        if not self._is_whole:
            order_tax = min(order_tax, sum(map(sum, self._once)))
        self._give_tax(order_tax, self._once, amounts, field)
        return amounts

    def rest(self, units: Sequence[int]) -> Amounts:
        """What is left of some places to be given back, in minor units, by where it is booked; then no more is."""
        amounts: Amounts = Counter()
        for place, party in enumerate(self._parties):
            amounts[Account.TAX, party] += sum(self._own[unit][place] + self._once[unit][place] for unit in units)
        for one in self._fees:
            if one.is_given_back:
                amounts[one.key] += sum(one.rest(unit) for unit in units)
        return amounts

    def _give_tax(self, tax: int, rows: Sequence[list[int]], amounts: Amounts, field: str) -> None:
        cells = [(row, place, party) for row in rows for place, party in enumerate(self._parties)]
        parts = _taken(tax, [row[place] for row, place, _ in cells], field)
        for (row, place, party), part in zip(cells, parts, strict=True):
            row[place] -= part
            amounts[Account.TAX, party] += part

    def _give_fees(
        self, fee: int, cells: Sequence[tuple[PassedOn, list[int], int]], amounts: Amounts, field: str
    ) -> list[int]:
        parts = _taken(fee, [column[unit] for _, column, unit in cells], field)
        for (one, column, unit), part in zip(cells, parts, strict=True):
            plain = one.give(column, unit, part) if part else 0
            if one.is_given_back:
                amounts[one.key] += plain
        return parts


def _taken(amount: int, left: Sequence[int], field: str) -> list[int]:
    """*amount* in proportion to what is left; of no cell more than that."""
    if not 0 <= amount <= sum(left):
        raise InvalidValueError(field, REFUND_OF_ANOTHER)
    return alloc(amount, left) if amount else [0] * len(left)
