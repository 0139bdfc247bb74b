"""
What of an order can still be given back: an account for each place, and one for what was due once for the order.

What refunds come to is added up exactly and rounded once: as much is given back
as they come to in all, less what was given before. So a rest is never lost nor
given twice, whatever the parts.
"""

from collections.abc import Sequence
from fractions import Fraction

from paidevents import checks
from paidevents.errors import CurrencyMismatchError
from paidevents.money.alloc import alloc
from paidevents.money.rounding import half_up
from paidevents.pricing.given_back import RefundDue
from paidevents.pricing.quote import Quote
from paidevents.pricing.record import FeeRecord, Record


def taxed_parts(gross: int, tax: int, before: int, amount: int) -> int:
    """
    The tax in a refund of *amount*, after refunds of *before*, of a *gross* that contains *tax*.

    All in minor units. Summed over any refunds that add up to *gross*, it is *tax*;
    no part is below zero or above what it is the tax of.

    Raises:
        InvalidValueError: A number below zero, a tax above its gross, or more than is left.

    Example:
        >>> taxed_parts(6100, 974, 0, 1000), taxed_parts(6100, 974, 1000, 1000)
        (160, 159)
    """
    checks.integer(gross, "gross", 0)
    checks.integer(tax, "tax", 0, gross)
    checks.integer(before, "before", 0, gross)
    checks.integer(amount, "amount", 0, gross - before)
    if not gross:
        return 0
    return half_up(tax * (before + amount), gross) - half_up(tax * before, gross)


class Account:
    """
    What was charged for a place, or once for the order, and what of it was given back. In minor units.

    Attributes:
        charged: All of it, tax and passed-on fees included.
        tax: The tax in it.
        plain: What of it is no fee.
        given: What was given back of it.
        plain_given: What of that was no fee.
        asked: What refunds came to before any was rounded.
        share: The shares that were asked for, added up.
    """

    __slots__ = ("_back", "_step", "asked", "charged", "given", "plain", "plain_given", "share", "tax")

    def __init__(self, charged: int, tax: int, fees: int, refundable_fees: int, step: int) -> None:
        self.charged = charged
        self.tax = tax
        self.plain = charged - fees
        self._back = {None: self.plain + refundable_fees, True: charged, False: self.plain}
        self._step = step
        self.given = self.plain_given = 0
        self.asked = self.share = Fraction(0)

    def whole(self, fees: bool | None) -> int:
        """What could be given back of it if nothing had been yet, with those *fees*."""
        return self._back[fees]

    def left(self, fees: bool | None) -> int:
        """What can be given back of it now, with those *fees*."""
        return max(self.whole(fees) - self.given, 0)

    def due(self, total: Fraction, fees: bool | None) -> int:
        """What is to be given now, so that it is *total* in all: rounded once to what can be charged."""
        left = self.left(fees)
        if total >= self.whole(fees):
            return left
        numerator, denominator = (total - self.given).as_integer_ratio()
        return min(max(half_up(numerator, denominator * self._step) * self._step, 0), left)

    def give(self, amount: int, fees: bool | None) -> tuple[int, int]:
        """
        Give so much of what is left.

        Returns:
            The tax and the fees in it. They are given back as what they are a part of is.
        """
        tax = taxed_parts(self.charged, self.tax, self.given, amount)
        plain = self._plain_in(amount, fees)
        self.given += amount
        self.plain_given += plain
        return tax, amount - plain

    def _plain_in(self, amount: int, fees: bool | None) -> int:
        whole = self.whole(fees)
        if not amount:
            return 0
        in_all = half_up(self.plain * (self.given + amount), whole * self._step) * self._step
        # Other fees may have been given back before than are now: no more of each than is left of it.
        fees_left = whole - self.plain - (self.given - self.plain_given)
        return min(max(in_all - self.plain_given, amount - fees_left, 0), amount, self.plain - self.plain_given)


class Accounts:
    """
    The accounts of an order, as the refunds *before* have left them.

    Attributes:
        record: Of the quote.
        places: One for each place.
        order: What of passed-on fees was due once for the order. It is in no place's account.

    Raises:
        InvalidValueError: A refund before of a place that the quote has not, or of more than was charged.
        CurrencyMismatchError: One in another currency.
    """

    __slots__ = ("order", "places", "record")

    def __init__(self, quote: Quote, before: Sequence[RefundDue]) -> None:
        self.record = record = quote.record
        once, once_refundable = _due_once(record, record.fee_records), _due_once(record, _refundable(record))
        self.places = []
        for unit, charged in enumerate(quote.charges):
            own = charged - once[unit]
            tax = taxed_parts(charged, record.tax[unit], 0, own)
            fees = _passed_on(record.fee_records, unit) - once[unit]
            refundable = _passed_on(_refundable(record), unit) - once_refundable[unit]
            self.places.append(Account(own, tax, fees, refundable, record.quantum))
        tax = sum(record.tax) - sum(place.tax for place in self.places)
        self.order = Account(sum(once), tax, sum(once), sum(once_refundable), record.quantum)
        for number, made in enumerate(before):
            self._book(made, f"before[{number}]")

    @property
    def least_share(self) -> Fraction:
        """The share that was given back of every place, by refunds of a share."""
        return min(place.share for place in self.places)

    def _book(self, made: RefundDue, field: str) -> None:
        if made.amount.currency != self.record.currency:
            raise CurrencyMismatchError(self.record.currency.code, made.amount.currency.code)
        for each in made.units:
            place = self.places[checks.integer(each.unit, f"{field}.units", 0, len(self.places) - 1)]
            _give_before(place, each.amount.minor, each.fee.minor, field)
            if made.share is None:
                place.asked += each.amount.minor
            else:
                place.asked += made.share.fraction * place.whole(made.fees)
                place.share += made.share.fraction
        _give_before(self.order, made.order_fee.minor, made.order_fee.minor, field)


def _give_before(account: Account, amount: int, fee: int, field: str) -> None:
    account.given += amount
    account.plain_given += amount - fee
    checks.integer(account.plain_given, field, 0, account.plain)
    checks.integer(account.given - account.plain_given, field, 0, account.charged - account.plain)


def _refundable(record: Record) -> list[FeeRecord]:
    return [fee for fee in record.fee_records if fee.refundable]


def _passed_on(fees: Sequence[FeeRecord], unit: int) -> int:
    return sum(fee.passed_on[unit] for fee in fees)


def _due_once(record: Record, fees: Sequence[FeeRecord]) -> list[int]:
    """What of each place is its part of *fees* that were due once for the order."""
    parts = [0] * len(record.places)
    for fee in fees:
        if fee.order_part:
            shares = alloc(fee.order_part, fee.passed_on, record.quantum)
            parts = [before + share for before, share in zip(parts, shares, strict=True)]
    return parts
