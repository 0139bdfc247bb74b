"""
A quote: the price of a basket at a moment, every part of it, and why.

It keeps whole numbers and makes amounts, lines and sentences when they are
read. It is a value: two quotes are equal if they say the same.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, Generic, Self, TypeVar, overload

from paidevents.catalog.fees import FeeTaker
from paidevents.money.amount import Money
from paidevents.money.currency import Currency
from paidevents.pricing.parts import FeeSettlement, Line, TaxSettlement, Totals, Unit
from paidevents.pricing.phase import Phase
from paidevents.pricing.record import Record
from paidevents.reason import Reason, Skipped

T = TypeVar("T")

_set = object.__setattr__


class Shared(Generic[T]):
    """A property that is worked out once for all quotes that share a record."""

    def __init__(self, make: Callable[[Quote], T]) -> None:
        self._make = make
        self._name = make.__name__
        self.__doc__ = make.__doc__

    @overload
    def __get__(self, quote: None, owner: type) -> Self: ...

    @overload
    def __get__(self, quote: Quote, owner: type) -> T: ...

    def __get__(self, quote: Quote | None, owner: type) -> Self | T:
        if quote is None:
            return self
        views = quote._views
        if self._name not in views:
            views[self._name] = self._make(quote)
        found: T = views[self._name]
        return found


class Quote:
    """
    The price of a basket at a moment.

    Made by `Plan.quote`; not constructed by hand.

    Attributes:
        record: What it is made of.
        at: The moment that it was made for, in UTC.
    """

    __slots__ = ("_views", "at", "record")

    record: Record
    at: datetime
    _views: dict[str, Any]

    def __init__(self, record: Record, at: datetime, views: dict[str, Any] | None = None) -> None:
        _set(self, "record", record)
        _set(self, "at", at)
        _set(self, "_views", {} if views is None else views)

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"a quote is not changed: {name}")

    def __delattr__(self, name: str) -> None:
        raise AttributeError(f"a quote is not changed: {name}")

    def __eq__(self, other: object) -> bool:
        return (self.at, self.record) == (other.at, other.record) if isinstance(other, Quote) else NotImplemented

    def __hash__(self) -> int:
        return hash((self.at, self.record.event, self.record.places, self.record.prices))

    def __reduce__(self) -> tuple[object, ...]:
        return (Quote, (self.record, self.at))

    def __repr__(self) -> str:
        return f"<Quote {self.event}: {len(self.record.places)} places, {self.charged} at {self.at.isoformat()}>"

    @property
    def event(self) -> str:
        """Id of the event."""
        return self.record.event

    @property
    def currency(self) -> Currency:
        """The currency of every amount."""
        return self.record.currency

    @property
    def provider(self) -> str | None:
        """The provider that it holds for; None where the event has none."""
        return self.record.provider

    @property
    def good_until(self) -> datetime:
        """When it has to be made anew: at the next change of price by time, or when the policy says."""
        end = self.at + timedelta(minutes=self.record.lasts)
        return end if self.record.until is None else min(end, self.record.until)

    @property
    def skipped(self) -> tuple[Skipped, ...]:
        """Promotions and codes that did not apply, each with all its reasons."""
        return self.record.skipped

    @property
    def provisional(self) -> tuple[Skipped, ...]:
        """Promotions that do apply, if who is buying turns out to be entitled."""
        return self.record.provisional

    @property
    def refusals(self) -> tuple[Reason, ...]:
        """Why it cannot be reserved; empty if it can."""
        return self.record.refusals

    @property
    def differs(self) -> tuple[str, ...]:
        """The other providers with which something else would be charged."""
        return self.record.differs

    @property
    def is_reverse_charged(self) -> bool:
        """Whether the buyer owes the tax itself."""
        return self.record.taxation.is_reversed

    @property
    def is_free(self) -> bool:
        """Whether nothing is charged, so that no provider takes part."""
        return not self.charged

    @Shared
    def charged(self) -> Money:
        """What the buyer pays."""
        record = self.record
        total = sum(record.prices) + sum(record.fees) + sum(record.on_top) + sum(record.gross_ups)
        return Money(total, record.currency)

    @Shared
    def charges(self) -> tuple[int, ...]:
        """Minor units that the buyer pays for each place."""
        record = self.record
        return tuple(map(sum, zip(record.prices, record.fees, record.on_top, record.gross_ups, strict=True)))

    @Shared
    def lines(self) -> tuple[Line, ...]:
        """From the list price to what is charged, in order. None of them is zero."""
        currency = self.record.currency
        return tuple(
            Line(phase, reason.given(**dict(values)), Money(sum(row), currency), row, promotion, version, code)
            for phase, reason, promotion, version, code, row, values in self.record.rows
        )

    @Shared
    def units(self) -> tuple[Unit, ...]:
        """The places, in the order of the basket."""
        record, money = self.record, self._money
        fees = [0] * len(record.places)
        for fee in record.fee_records:
            fees = [before + amount for before, amount in zip(fees, fee.amounts, strict=True)]
        columns = (record.list_prices, record.prices, self.charges, record.tax, fees)
        return tuple(
            Unit(
                ticket,
                tier,
                session,
                list_price=money(list_price),
                price=money(price),
                before_tax=money(charged - tax),
                tax=money(tax),
                charged=money(charged),
                fees=money(fee),
            )
            for (ticket, tier, session), list_price, price, charged, tax, fee in zip(
                record.places, *columns, strict=True
            )
        )

    @Shared
    def fees(self) -> tuple[FeeSettlement, ...]:
        """Every fee, whoever bears it, in the order in which the event declares them."""
        money = self._money
        return tuple(
            FeeSettlement(
                fee=one.fee,
                taker=one.taker,
                amount=money(sum(one.amounts)),
                passed_on=money(sum(one.passed_on)),
                tax=money(one.tax),
                at_source=one.at_source,
                refundable=one.refundable,
                per_unit=one.amounts,
                passed_on_per_unit=one.passed_on,
            )
            for one in self.record.fee_records
        )

    @Shared
    def taxes(self) -> tuple[TaxSettlement, ...]:
        """Every tax in what is charged."""
        return tuple(
            TaxSettlement(one.name, one.country, one.rate, self._money(sum(one.amounts)), one.amounts)
            for one in self.record.tax_records
        )

    @Shared
    def totals(self) -> Totals:
        """The sums."""
        record, money = self.record, self._money
        listed, price, tax = sum(record.list_prices), sum(record.prices), sum(record.tax)
        charged = self.charged.minor
        discount = -sum(sum(row) for phase, *_, row, _ in record.rows if phase in _DISCOUNTS)
        by_taker = dict.fromkeys(FeeTaker, 0)
        passed_on = deducted = at_source = 0
        for one in record.fee_records:
            amount = sum(one.amounts)
            by_taker[one.taker] += amount
            passed_on += sum(one.passed_on)
            # With the tax on top of everything, a fee has none in it.
            deducted += amount - (0 if record.taxation.exclusive else one.tax)
            at_source += amount if one.at_source else 0
        return Totals(
            list=money(listed),
            discount=money(discount),
            adjustment=money(price - listed + discount),
            price=money(price),
            before_tax=money(charged - tax),
            tax=money(tax),
            charged=money(charged),
            fees_passed_on=money(passed_on),
            platform_fees=money(by_taker[FeeTaker.PLATFORM]),
            provider_fees=money(by_taker[FeeTaker.PROVIDER]),
            organizer_keeps=money(charged - tax - deducted),
            payout=money(charged - at_source),
        )

    def _money(self, minor: int) -> Money:
        return Money(minor, self.record.currency)


_DISCOUNTS = frozenset(
    (
        Phase.UNIT_SET,
        Phase.UNIT_PERCENT,
        Phase.UNIT_AMOUNT,
        Phase.ORDER_SET,
        Phase.ORDER_PERCENT,
        Phase.ORDER_AMOUNT,
    )
)
