"""
A quote: the price of a basket at a moment, every part of it, and why.

It keeps whole numbers and makes amounts, lines and sentences when they are
read. It is a value: two quotes are equal if they say the same.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, Generic, NamedTuple, Self, TypeVar, overload

from attrs import frozen

from paidevents.catalog.fees import FeeTaker
from paidevents.money.amount import Money
from paidevents.money.currency import Currency
from paidevents.money.rate import Rate
from paidevents.pricing.draft import Row
from paidevents.pricing.phase import Phase
from paidevents.pricing.taxation import Taxation
from paidevents.reason import Reason, Skipped

T = TypeVar("T")

_set = object.__setattr__


@frozen
class Unit:
    """
    One place in a quote.

    Attributes:
        ticket: Id of its ticket.
        tier: Id of its tier; empty at base price.
        session: Id of its session; empty where none is chosen.
        list_price: Before any discount.
        price: After discounts and the minimum.
        before_tax: What is charged for it, without tax.
        tax: The tax in what is charged for it.
        charged: What the buyer pays for it, passed-on fees included.
        fees: Its share of all fees, whoever bears them.
    """

    ticket: str
    tier: str
    session: str
    list_price: Money
    price: Money
    before_tax: Money
    tax: Money
    charged: Money
    fees: Money


@frozen
class Line:
    """
    One step from the list price to what is charged. The lines of a quote and its list price add up to that.

    Attributes:
        phase: When it was reckoned.
        reason: What it is, with its values.
        amount: Less than zero if it is taken off.
        per_unit: Minor units of each place; their sum is the amount.
        promotion: Id of the promotion; empty if it is none.
        version: The promotion's version; 0 if it is none.
        code: The code as it was typed; empty if there is none.
    """

    phase: Phase
    reason: Reason
    amount: Money
    per_unit: tuple[int, ...]
    promotion: str = ""
    version: int = 0
    code: str = ""


@frozen
class FeeSettlement:
    """
    What one fee comes to, and who bears it.

    Attributes:
        fee: Its id.
        taker: Who takes it.
        amount: All of it.
        passed_on: What of it the buyer pays.
        tax: The tax in what the buyer pays of it.
        at_source: It is taken out of the payment.
        refundable: A refund gives the passed-on part back.
        per_unit: Minor units of it for each place.
        passed_on_per_unit: Minor units that the buyer pays of it, for each place.
    """

    fee: str
    taker: FeeTaker
    amount: Money
    passed_on: Money
    tax: Money
    at_source: bool
    refundable: bool
    per_unit: tuple[int, ...]
    passed_on_per_unit: tuple[int, ...]


@frozen
class TaxSettlement:
    """
    What one tax comes to.

    Attributes:
        name: Of the tax.
        country: Where it is owed.
        rate: Its rate.
        amount: The tax.
        per_unit: Minor units of it for each place.
    """

    name: str
    country: str
    rate: Rate
    amount: Money
    per_unit: tuple[int, ...]


@frozen(kw_only=True)
class Totals:
    """
    The sums of a quote. `list + discount-free changes = charged`, `before_tax + tax = charged`.

    Attributes:
        list: List prices.
        discount: What promotions take off, zero or more.
        adjustment: What a minimum adds, or a waiver takes off.
        price: What the places cost: list - discount + adjustment.
        before_tax: What is charged, without tax.
        tax: The tax in what is charged.
        charged: What the buyer pays.
        fees_passed_on: What of the fees the buyer pays.
        platform_fees: All platform fees.
        provider_fees: All provider fees, estimated.
        organizer_keeps: What is charged, less tax and fees.
        payout: What lands in the account: what is charged, less the fees taken at source.
    """

    list: Money
    discount: Money
    adjustment: Money
    price: Money
    before_tax: Money
    tax: Money
    charged: Money
    fees_passed_on: Money
    platform_fees: Money
    provider_fees: Money
    organizer_keeps: Money
    payout: Money


class FeeRecord(NamedTuple):
    """
    A fee in whole numbers.

    Attributes:
        fee: Its id.
        taker: Who takes it.
        at_source: It is taken out of the payment.
        refundable: A refund gives the passed-on part back.
        tax: In its passed-on part.
        order_part: What of its passed-on part was due once for the order.
        amounts: All of it, by place.
        passed_on: What the buyer pays of it, by place.
    """

    fee: str
    taker: FeeTaker
    at_source: bool
    refundable: bool
    tax: int
    order_part: int
    amounts: tuple[int, ...]
    passed_on: tuple[int, ...]


class TaxRecord(NamedTuple):
    """A tax in whole numbers, by place."""

    name: str
    country: str
    rate: Rate
    amounts: tuple[int, ...]


class Record(NamedTuple):
    """What a quote is made of, in whole numbers. The same for every quote that says the same."""

    event: str
    currency: Currency
    provider: str | None
    until: datetime | None
    lasts: int
    quantum: int
    places: tuple[tuple[str, str, str], ...]
    list_prices: tuple[int, ...]
    prices: tuple[int, ...]
    fees: tuple[int, ...]
    tax: tuple[int, ...]
    on_top: tuple[int, ...]
    gross_ups: tuple[int, ...]
    rates: tuple[int, ...]
    taxation: Taxation
    rows: tuple[Row, ...]
    fee_records: tuple[FeeRecord, ...]
    tax_records: tuple[TaxRecord, ...]
    skipped: tuple[Skipped, ...]
    provisional: tuple[Skipped, ...]
    refusals: tuple[Reason, ...]
    codes: tuple[tuple[str, str], ...]
    opened: tuple[tuple[str, str], ...]
    marks: tuple[str, ...]
    differs: tuple[str, ...]


class Context(NamedTuple):
    """What a quote says besides its price; from `skipped` on, the end of a record."""

    until: datetime | None
    places: tuple[tuple[str, str, str], ...]
    skipped: tuple[Skipped, ...] = ()
    provisional: tuple[Skipped, ...] = ()
    refusals: tuple[Reason, ...] = ()
    codes: tuple[tuple[str, str], ...] = ()
    opened: tuple[tuple[str, str], ...] = ()
    marks: tuple[str, ...] = ()
    differs: tuple[str, ...] = ()


class view(Generic[T]):  # noqa: N801  # it is used like `property`
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

    @view
    def charged(self) -> Money:
        """What the buyer pays."""
        record = self.record
        total = sum(record.prices) + sum(record.fees) + sum(record.on_top) + sum(record.gross_ups)
        return Money(total, record.currency)

    @view
    def charges(self) -> tuple[int, ...]:
        """Minor units that the buyer pays for each place."""
        record = self.record
        return tuple(map(sum, zip(record.prices, record.fees, record.on_top, record.gross_ups, strict=True)))

    @view
    def lines(self) -> tuple[Line, ...]:
        """From the list price to what is charged, in order. None of them is zero."""
        currency = self.record.currency
        return tuple(
            Line(phase, reason.given(**dict(values)), Money(sum(row), currency), row, promotion, version, code)
            for phase, reason, promotion, version, code, row, values in self.record.rows
        )

    @view
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

    @view
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

    @view
    def taxes(self) -> tuple[TaxSettlement, ...]:
        """Every tax in what is charged."""
        return tuple(
            TaxSettlement(one.name, one.country, one.rate, self._money(sum(one.amounts)), one.amounts)
            for one in self.record.tax_records
        )

    @view
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
            deducted += amount - one.tax
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
