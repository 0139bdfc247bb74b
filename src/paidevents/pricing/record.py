"""What a quote is made of: whole numbers, one column a kind of amount, one entry a place."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from paidevents.catalog.fees import FeeTaker
from paidevents.money.currency import Currency
from paidevents.money.rate import Rate
from paidevents.pricing.draft import Row
from paidevents.pricing.taxation import Taxation
from paidevents.reason import Reason, Skipped


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
