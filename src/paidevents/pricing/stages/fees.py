"""
Fees: what is passed on to the buyer, and what every fee comes to in the end.

A fee on the tickets is simply added. A fee on all that is charged, itself
included, needs the total that covers it: the gross-up.
"""

from collections.abc import Sequence

from attrs import frozen

from paidevents.catalog.event import Event
from paidevents.catalog.fees import GROSS_UP_TOO_LARGE, HALF, NOTHING, WHOLE, Fee, FeeBase
from paidevents.errors import InvalidValueError
from paidevents.money.alloc import alloc
from paidevents.money.amount import Money
from paidevents.money.rounding import half_up
from paidevents.pricing.draft import Draft
from paidevents.pricing.phase import Phase, Stage
from paidevents.pricing.reasons import FEE_PASSED_ON, FEE_SHARED, FEE_WITH_FIXED_PART, FIXED_FEE
from paidevents.pricing.stages.tax import taxes_alone
from paidevents.pricing.terms import Terms
from paidevents.reason import Reason


class BoundFee:
    """
    A fee in whole numbers of an event's minor units.

    Attributes:
        fee: As it was declared.
        tax_category: The category of tax on its passed-on part; empty for none.
    """

    __slots__ = (
        "_cap",
        "_currency",
        "_denominator",
        "_floor",
        "_numerator",
        "_per_order",
        "_per_unit",
        "_quantum",
        "_share",
        "_unit_cap",
        "_unit_floor",
        "fee",
        "tax_category",
    )

    def __init__(self, fee: Fee, terms: Terms) -> None:
        self.fee = fee
        self.tax_category = fee.tax_category or ""
        self._currency = terms.currency
        self._quantum = terms.quantum
        self._numerator, self._denominator = fee.rate.ratio
        self._share = fee.buyer_share.ratio
        self._per_order, self._per_unit = _minor(fee.per_order) or 0, _minor(fee.per_unit) or 0
        self._unit_floor, self._unit_cap = _minor(fee.unit_floor) or 0, _minor(fee.unit_cap)
        self._floor, self._cap = _minor(fee.floor) or 0, _minor(fee.cap)

    def total(self, bases: Sequence[int], paying: int) -> int:
        """
        The fee of an order, a multiple of the quantum.

        Args:
            bases: What the rate is a share of, by place.
            paying: How many places carry the fixed part.
        """
        if self._unit_floor or self._unit_cap is not None:
            total = sum(self._of_one(base) for base in bases if base or not self.fee.free_units_exempt)
        else:
            total = self._rounded(sum(bases)) + self._per_unit * paying
        total = max(total + self._per_order, self._floor)
        return total if self._cap is None else min(total, self._cap)

    def passed_on(self, total: int) -> int:
        """What of the fee the buyer bears."""
        numerator, denominator = self._share
        return half_up(total * numerator, denominator * self._quantum) * self._quantum

    @property
    def fixed_per_order(self) -> int:
        """The part that is due once for an order."""
        return self._per_order

    def fixed(self, places: int) -> int:
        """What its fixed parts and floors come to at most."""
        return self._per_order + self._floor + (self._per_unit + self._unit_floor) * places

    def _of_one(self, base: int) -> int:
        fee = max(self._rounded(base) + self._per_unit, self._unit_floor)
        return fee if self._unit_cap is None else min(fee, self._unit_cap)

    def _rounded(self, base: int) -> int:
        return half_up(base * self._numerator, self._denominator * self._quantum) * self._quantum

    def line(self, paying: int) -> tuple[Reason, dict[str, object]]:
        """What the buyer is told of it, with *paying* places carrying the fixed part."""
        fee = self.fee
        values: dict[str, object] = {"name": fee.name or fee.id}
        fixed = self._per_order + self._per_unit * paying
        if fee.buyer_share != WHOLE:
            return FEE_SHARED, {**values, "share": fee.buyer_share}
        if not self._numerator:
            return FIXED_FEE, values
        if not fixed:
            return FEE_PASSED_ON, {**values, "rate": fee.rate}
        return FEE_WITH_FIXED_PART, {**values, "rate": fee.rate, "fixed": Money(fixed, self._currency)}


def _minor(amount: Money | None) -> int | None:
    return None if amount is None else amount.minor


def bound_fees(event: Event, terms: Terms) -> list[BoundFee]:
    """The fees of a payment under *terms*, in the order in which they were declared."""
    return [BoundFee(fee, terms) for fee in event.fees if fee.provider in (None, terms.provider)]


def grosses(draft: Draft) -> list[int]:
    """What each place costs after discounts and the minimum, its own tax included."""
    if not draft.taxation.exclusive:
        return draft.prices
    return [price + tax for price, tax in zip(draft.prices, taxes_alone(draft), strict=True)]


def fee_total(fee: BoundFee, draft: Draft) -> int:
    """What a fee on the tickets comes to; 0 for an order that is free."""
    if not any(draft.prices):
        return 0
    match fee.fee.base:
        case FeeBase.GROSS:
            bases = grosses(draft)
        case FeeBase.NET if not draft.taxation.exclusive:
            bases = [price - tax for price, tax in zip(draft.prices, taxes_alone(draft), strict=True)]
        case FeeBase.BEFORE_DISCOUNT:
            bases = draft.list_prices
        case _:
            bases = draft.prices
    if fee.fee.free_units_exempt:
        bases = [base if price else 0 for base, price in zip(bases, draft.prices, strict=True)]
    return fee.total(bases, paying_places(fee, draft))


def paying_places(fee: BoundFee, draft: Draft) -> int:
    """How many places carry the fixed part of a fee on the tickets."""
    return sum(1 for price in draft.prices if price) if fee.fee.free_units_exempt else len(draft.prices)


@frozen
class FeesPassedOn:
    """The fees on the tickets that the buyer bears, or a part of them."""

    name: str = "fees"
    phase: Phase = Phase.FEE

    def bind(self, event: Event, terms: Terms) -> Stage | None:
        """See `Step.bind`."""
        fees = [fee for fee in bound_fees(event, terms) if fee.fee.buyer_share > NOTHING and not fee.fee.is_grossed_up]
        if not fees:
            return None

        def stage(draft: Draft) -> None:
            if not any(draft.prices):
                return
            weights = grosses(draft)
            for fee in fees:
                total = fee_total(fee, draft)
                passed_on = fee.passed_on(total)
                row = alloc(passed_on, weights, draft.quantum)
                draft.fee_rows.append((fee, tuple(alloc(total, weights, draft.quantum)), tuple(row)))
                if passed_on:
                    reason, values = fee.line(paying_places(fee, draft))
                    draft.add(reason, row, **values)

        return stage


@frozen
class GrossUp:
    """
    The fees on all that is charged that the buyer bears: the least total that covers them.

    A provider that takes 2.9 % + 0.30 of 51.80 leaves 50.00.
    """

    name: str = "gross_up"
    phase: Phase = Phase.GROSS_UP

    def bind(self, event: Event, terms: Terms) -> Stage | None:
        """See `Step.bind`."""
        fees = [fee for fee in bound_fees(event, terms) if fee.fee.is_grossed_up]
        if not fees:
            return None
        if sum(fee.fee.rate.fraction * fee.fee.buyer_share.fraction for fee in fees) > HALF:
            raise InvalidValueError("fees", GROSS_UP_TOO_LARGE)

        def stage(draft: Draft) -> None:
            wanted = draft.charged
            if not wanted:
                return
            weights = draft.charges
            paying = sum(1 for price in draft.prices if price)
            charged, parts = 0, [0] * len(fees)
            # Each round adds the fee on what the last one added: the least total that covers all, from below.
            while charged != wanted + sum(parts):
                charged = wanted + sum(parts)
                parts = [fee.passed_on(fee.total([charged], paying)) for fee in fees]
            for fee, part in zip(fees, parts, strict=True):
                row = alloc(part, weights, draft.quantum)
                total = fee.total([charged], paying)
                draft.fee_rows.append((fee, tuple(alloc(total, weights, draft.quantum)), tuple(row)))
                if part:
                    reason, values = fee.line(paying)
                    draft.add(reason, row, **values)

        return stage
